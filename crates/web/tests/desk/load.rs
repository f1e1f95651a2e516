//! `/desk/load`.

use crate::{app::new_site, team::opened};

#[tokio::test]
async fn how_much_there_is_for_whom_is_shown_with_what_helps_after_hard_reading() {
    let site = new_site().await;
    let (mut desk, _) = opened(&site).await;
    desk.get("/desk").await.has("href=\"/desk/load\"");
    desk.get("/desk/load")
        .await
        .has("Marisol Penhale")
        .has("Open cases")
        .has("How am I?")
        .lacks("[record-")
        .lacks("{$");
}

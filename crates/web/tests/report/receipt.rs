//! Checking a receipt.

use axum::http::StatusCode;

use crate::app::{HARM, new_site};

#[tokio::test]
async fn a_receipt_is_checked_and_a_changed_one_refused() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await;
    let receipt = visitor.get("/report/receipt.txt").await.body;
    let mut anybody = site.visitor();
    let answer = anybody.post("/check", &[("receipt", &receipt)]).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer
        .has("This receipt is from us")
        .has("10am on 24 November 2026");
    assert!(anybody.cookie.is_none());
    let changed = receipt.replace("2026", "2025");
    let answer = anybody.post("/check", &[("receipt", &changed)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("This is not a receipt from us").has("2025");
    anybody
        .post("/check", &[])
        .await
        .has("This is not a receipt from us");
}

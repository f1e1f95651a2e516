//! Following a report that was sent, through the real router and a real database in this process.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]
#![allow(dead_code, reason = "the helper is shared with the tests of writing a report")]

#[path = "../report/app.rs"]
mod app;
mod change;
mod follow;
mod message;

use app::{HARM, TestSite, Visitor, new_site};

/// Somebody who has sent a report with their name.
async fn sent() -> (TestSite, Visitor) {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    visitor.get("/follow").await;
    (site, visitor)
}

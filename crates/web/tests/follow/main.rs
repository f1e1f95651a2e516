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
mod file;
mod follow;
mod message;
mod person;

use app::{HARM, TestSite, Visitor, new_site};
use safehold_app::{follow as followed, report::Visit};
use safehold_core::id::CaseId;
use safehold_testkit::store::files;

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

/// The case of somebody who has sent a report.
async fn case_of(site: &TestSite, visitor: &Visitor) -> CaseId {
    let (_, token) = visitor.cookie.as_deref().unwrap().split_once('=').unwrap();
    let visit = Visit::from_token(token).unwrap();
    followed::open(&site.app, &visit).await.unwrap().unwrap().case
}

/// How many files are stored for their case, those that nothing names too.
async fn stored_files(site: &TestSite, visitor: &Visitor) -> i64 {
    let case = case_of(site, visitor).await;
    let mut conn = site.app.store().read().await.unwrap();
    let all = files::totals_of_case(&mut conn, case, jiff::Timestamp::UNIX_EPOCH).await;
    all.unwrap().count
}

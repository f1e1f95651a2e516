//! Following a report that was sent, through the real router and a real database in this process.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]
#![allow(dead_code, reason = "the helper is shared with the tests of writing a report")]

#[path = "../report/app.rs"]
mod app;

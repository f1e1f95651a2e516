//! Writing a report, through the real router and a real database in this process.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]
#![allow(
    dead_code,
    reason = "the helper is shared with the tests of following a report"
)]

mod app;
mod bad_input;
mod branching;
mod check;
mod come_back;
mod files;
mod item;
mod pages;
mod paper;
mod question;
mod receipt;
mod words;

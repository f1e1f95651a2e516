//! The desk, through the real router and a real database in this process.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]
#![allow(dead_code, reason = "the helper is shared with the tests of writing a report")]

mod act;
#[path = "../report/app.rs"]
mod app;
mod case;
mod circle;
mod duties;
mod ended;
mod export;
mod fields;
mod forms;
mod load;
mod mail;
mod pattern;
mod person;
mod record;
mod requests;
mod retention;
mod search;
mod sign_in;
mod stay_away;
mod take_down;
mod team;
mod write;

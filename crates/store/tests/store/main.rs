//! The store on real databases: each test runs on a SQLite file and on a PostgreSQL server.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod database;
mod rows;

mod cases;
mod columns;
mod crash;
mod dues;
mod duties;
mod files;
mod jobs;
mod messages;
mod open;
mod organisation;
mod reconciling;
mod team;
mod trace;
mod visits;
mod wraps;
mod writer;

//! Case files, read back: what is in the documents, and what is not.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]

mod archive;
mod pdf;
mod redact;
mod sample;

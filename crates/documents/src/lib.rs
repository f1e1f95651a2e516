//! The case file: what a case holds, put in order for somebody outside of the program, as a tagged PDF and as an
//! archive whose origin anyone can verify; and redaction, which happens before either is made.
//!
//! Nothing here knows of keys, databases, requests or the clock, and nothing touches a disk: [`CaseFile`] comes in,
//! bytes come out. Both outputs are made from the same [`CaseFile`], so what [`redact()`] took out is in neither.

pub mod archive;
pub mod case_file;
pub mod pdf;
pub mod redact;

pub use archive::{Archive, ArchiveError};
pub use case_file::{CaseFile, Entry, Fact, Field, Labels, Part, Piece, Text};
pub use pdf::{Pdf, PdfError, render};
pub use redact::{Ground, Layer, Passage, Redacted, redact};

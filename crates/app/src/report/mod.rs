//! Writing a report: drafts, words to come back with, files, and sending.

mod body;
mod draft;
mod submit;
mod visit;
mod words;

pub use body::{Channel, DraftBody, EventBody, FileNote, MessageBody, ReportBody};
pub use draft::{ChangeError, Draft, VisitState, change, forget, load};
pub use submit::{Check, Sent, SubmitError, check, submit};
pub use visit::Visit;
pub use words::{ComeBackError, WordsShown, come_back, keep_words, words};

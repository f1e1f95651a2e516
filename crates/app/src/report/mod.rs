//! Writing a report: drafts, words to come back with, files, and sending.

mod body;
mod draft;
mod submit;
mod take_down;
mod team;
mod visit;
mod words;

pub use body::{Channel, DraftBody, EventBody, FileNote, MessageBody, ReportBody};
pub use draft::{ChangeError, Draft, VisitState, change, forget, load};
/// What the pages for words and receipts need to tell apart.
pub use safehold_seal::{Receipt, ReceiptError, WordsError};
pub(crate) use submit::conflict;
pub use submit::{Check, Sent, SubmitError, check, submit};
pub use take_down::{Progress, TakeDownError, TakenDown, WrittenDown, take_down, written_down};
pub use team::team;
pub use visit::Visit;
pub use words::{ComeBackError, WordsShown, come_back, keep_words, words};

//! Requests of people about what is kept of them (UK GDPR Articles 12 and 15 to 21; domain reference 7.5).
//!
//! A request is no case: it has readers and a key of its own, and whoever is not to know of it gets none (decision
//! 0030). What one of its readers finds in their cases is sealed to them alone, so that nobody learns from a request
//! which cases others have.

mod held;
mod look;
mod open;
mod remind;
mod take;

use safehold_core::{
    access::{Area, may_enter},
    case::RecordError,
    rights::Refusal,
};

pub use look::{Finding, FoundCase, LookedInto, look, mark, released_from};
pub use open::{Line, Looked, OpenedRequest, SomebodyElse, list, open};
pub use take::{New, could_read, new_id, take, take_down};

pub(crate) use held::is_open_for;
pub(crate) use remind::remind;

use super::{DeskError, Reader};

/// Why something was not done with a request. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// Fields need another look.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The day in this field is still to come.
    #[error("the day in {0} is still to come")]
    ToCome(&'static str),
    /// Who takes it down is named in it, or is not to know of it.
    #[error("who takes a request down is not to know of it")]
    Yourself,
    /// The rules do not allow it now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(RequestError);

fn admit(reader: &Reader) -> Result<(), DeskError> {
    if may_enter(reader.role, Area::Requests) {
        Ok(())
    } else {
        Err(DeskError::Role)
    }
}

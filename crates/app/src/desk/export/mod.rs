//! Copies of a case that leave the program: redaction in layers that a second person checks, then the case file as PDF
//! and signed archive, each copy kept sealed as it left.
//!
//! Layers and copies are entries in the history of the case, so they lie under its key, and who is excluded loses them
//! with it. What a copy says in words is written by whoever has the words (`web`); what is left out of it is decided
//! here, from the sealed record and nothing else.

mod body;
mod checks;
mod layers;
mod make;
mod proof;
mod views;

use safehold_core::access::{Area, may_enter};

pub use body::{CopyNote, CopyStep, LayerUsed};
pub use checks::{check_layer, put_layer};
pub use layers::{CopyView, LayerState, LayerView, copies, layers};
pub use make::{Document, MakeError, Wanted, make, open_copy};
pub use safehold_documents as documents;
pub use views::{FileDigest, Sheet};

use super::{DeskError, Reader};

/// The most characters of a name or purpose.
pub const MOST_IN_A_LINE: usize = 200;
/// The most passages of one layer.
pub const MOST_PASSAGES: usize = 5_000;

/// Why a layer was not put or checked. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    /// It has no name, or one that is too long.
    #[error("the layer needs a name")]
    Name,
    /// It gives no reason, or one that is too long.
    #[error("the layer needs a reason")]
    Why,
    /// It takes nothing out.
    #[error("nothing was picked")]
    Nothing,
    /// It takes out more than one layer can.
    #[error("more was picked than one layer holds")]
    TooMuch,
    /// Who made a layer does not check it.
    #[error("a second person checks a layer")]
    Own,
    /// It does not wait for a check.
    #[error("the layer does not wait for a check")]
    NotWaiting,
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(LayerError);

fn admit(reader: &Reader) -> Result<(), DeskError> {
    if may_enter(reader.role, Area::Export) {
        Ok(())
    } else {
        Err(DeskError::Role)
    }
}

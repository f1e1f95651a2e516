//! Working copies: what readers get instead of the original, without place, time, device and author data.
//!
//! What is not known to be harmless goes, rather than what is known to tell something: makers of cameras and
//! programs think of new places to write such data to. Where that cannot be done the reader is told so.

mod audio;
mod boxes;
mod image;
mod pdf;

use safehold_seal::Zeroizing;

use super::kind::{Family, FileKind};

/// A copy to work with.
pub enum WorkingCopy {
    /// Hidden data was taken out.
    Clean(Zeroizing<Vec<u8>>),
    /// Some was, and more may be left: the reader is told so.
    Partly(Zeroizing<Vec<u8>>),
    /// Nothing here can take hidden data out of this file: the reader is told so.
    AsItCame(Zeroizing<Vec<u8>>),
}

/// What a cleaner made.
enum Cleaned {
    Surely(Vec<u8>),
    Partly(Vec<u8>),
}

/// Makes a working copy. It may take a while: run it away from the threads that answer requests.
pub fn working_copy(kind: FileKind, original: Zeroizing<Vec<u8>>) -> WorkingCopy {
    let cleaned = match kind.family() {
        Family::Image => image::clean(&original).map(Cleaned::Surely),
        Family::Pdf => pdf::clean(&original),
        Family::Audio => audio::clean(kind, &original),
        Family::Video => boxes::clean(&original, boxes::Tracks::PicturesToo),
        // All of it shows.
        Family::Text => return WorkingCopy::Clean(original),
    };
    match cleaned {
        Some(Cleaned::Surely(copy)) => WorkingCopy::Clean(Zeroizing::new(copy)),
        Some(Cleaned::Partly(copy)) => WorkingCopy::Partly(Zeroizing::new(copy)),
        None => WorkingCopy::AsItCame(original),
    }
}

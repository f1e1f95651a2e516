//! What a copy is written from.

use jiff::Timestamp;
use safehold_core::id::FileId;

use super::layers::LayerView;
use crate::desk::OpenedCase;

/// A file of the case with the digest of its content as it was sent.
pub struct FileDigest {
    /// Which.
    pub id: FileId,
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// What the sender said of it.
    pub about: String,
    /// The SHA-256 of its content, in hexadecimal; empty where it was not asked for.
    pub sha256: String,
}

/// All that a copy is written from.
pub struct Sheet<'a> {
    /// The case.
    pub case: &'a OpenedCase,
    /// Its files.
    pub files: &'a [FileDigest],
    /// When the copy is made.
    pub made_at: Timestamp,
    /// By whom.
    pub made_by: &'a str,
    /// For what or whom; empty in a preview.
    pub purpose: &'a str,
    /// The layers that will be applied to it.
    pub layers: &'a [&'a LayerView],
}

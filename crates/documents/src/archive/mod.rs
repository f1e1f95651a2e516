//! The case file as an archive: JSON that is signed as a whole, with the digests of the PDF and the files and with what
//! the trace says of the case. Who has the installation's public key can tell whether it is whole and as it was made.

mod json;
mod tree;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case_file::{CaseFile, Piece};
pub use tree::Hash;

/// The first thing that an archive says.
pub const FORMAT: &str = "safehold case file v1";

/// How much it holds, so that what is missing is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Parts.
    pub parts: usize,
    /// Entries, those that were taken out among them.
    pub entries: usize,
    /// Entries that were taken out whole.
    pub removed_entries: usize,
    /// Passages that were taken out of those that are left.
    pub removed_passages: usize,
}

impl Counts {
    /// What a case file holds.
    pub fn of(file: &CaseFile) -> Self {
        let entries = || file.parts.iter().flat_map(|part| &part.entries);
        let passages = file.texts().flat_map(|text| &text.0);
        Self {
            parts: file.parts.len(),
            entries: entries().count(),
            removed_entries: entries().filter(|entry| !entry.removed.is_empty()).count(),
            removed_passages: passages
                .filter(|piece| matches!(piece, Piece::Removed { .. }))
                .count(),
        }
    }
}

/// An entry of the trace: who did what and when, by ids, with its way to the root.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// Its number, from 1.
    pub seq: u64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// In which case.
    pub case: Option<String>,
    /// What.
    pub leaf: String,
    /// The hashes beside its way to the root, in hexadecimal (RFC 9162, 2.1.3).
    pub proof: Vec<String>,
}

/// What the trace says of the case, under a signed head.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// How many entries the head covers.
    pub size: u64,
    /// The root over them, in hexadecimal.
    pub root: String,
    /// When the head was signed, in milliseconds since 1970.
    pub signed_at_ms: i64,
    /// Its signature, in hexadecimal.
    pub signature: String,
    /// The entries of this case.
    pub entries: Vec<Leaf>,
}

/// An archive.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// [`FORMAT`].
    pub format: String,
    /// What is read.
    pub document: CaseFile,
    /// How much that is.
    pub counts: Counts,
    /// The SHA-256 of the PDF that was made with it, in hexadecimal.
    pub pdf_sha256: String,
    /// What the trace says.
    pub trace: Trace,
    /// The public key of the installation that signed it.
    pub key: String,
}

/// Why a text is not an archive as an installation made it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// It is no JSON.
    #[error("it is not JSON, or is cut off: line {line}")]
    Json {
        /// Where reading stopped.
        line: usize,
    },
    /// It is something else.
    #[error("it is not a case file of Safehold: `format` is not \"{FORMAT}\"")]
    Format,
    /// Something in it is not as an archive has it.
    #[error("it does not hold what a case file holds: line {line}")]
    Shape {
        /// Where reading stopped; 0 where that can't be told.
        line: usize,
    },
    /// The signature is missing or no signature.
    #[error("`signature` is missing or is not a signature")]
    NoSignature,
    /// It was signed with another key.
    #[error("it says that it was signed with another key: {key}")]
    OtherKey {
        /// Which it names.
        key: String,
    },
    /// The signature is not over this content.
    #[error(
        "the signature does not fit: the file was changed after it was signed, or another installation made it"
    )]
    Signature,
    /// The content is as it was signed, but the file is not written as it was.
    #[error("it is not written as it was made: spaces, order or a name that stands twice")]
    Written,
    /// It does not hold as much as it says.
    #[error("it does not hold as many entries as it says")]
    Counts,
    /// The head of the trace was not signed by this key.
    #[error("the head of the trace was not signed with this key")]
    Head,
    /// An entry of the trace is not one that the head covers.
    #[error("entry {seq} of the trace is not among those that its head covers")]
    TraceEntry {
        /// Which.
        seq: u64,
    },
    /// An entry of the trace is about something else.
    #[error("entry {seq} of the trace is not of the same case as the others")]
    OtherCase {
        /// Which.
        seq: u64,
    },
}

/// Checks signatures: whoever has a key.
pub trait Check {
    /// The key as text.
    fn key(&self) -> String;
    /// Whether the archive's signature is over these bytes.
    fn archive(&self, bytes: &[u8], signature: &[u8; 64]) -> bool;
    /// Whether the signature of a head of the trace is over these.
    fn head(&self, size: u64, root: &Hash, at_ms: i64, signature: &[u8; 64]) -> bool;
}

impl Archive {
    /// The file: the archive with its signature. Nothing if it can't be written, which only a number that is not
    /// whole would bring about.
    pub fn sign(&self, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Option<String> {
        let mut value = serde_json::to_value(self).ok()?;
        let signature = sign(json::text(&value)?.as_bytes());
        value
            .as_object_mut()?
            .insert("signature".to_owned(), Value::String(hex(&signature)));
        json::text(&value)
    }

    /// Reads an archive and checks all that can be checked with a public key.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn verify(text: &str, by: &impl Check) -> Result<Self, ArchiveError> {
        let mut value: Value =
            serde_json::from_str(text).map_err(|error| ArchiveError::Json { line: error.line() })?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(ArchiveError::Format);
        }
        let whole = json::text(&value);
        let fields = value.as_object_mut().ok_or(ArchiveError::Format)?;
        let signature = fields.remove("signature");
        let signature = signature.as_ref().and_then(Value::as_str).and_then(bytes::<64>);
        let signature = signature.ok_or(ArchiveError::NoSignature)?;
        let signed = json::text(&value).ok_or(ArchiveError::Shape { line: 0 })?;
        if !by.archive(signed.as_bytes(), &signature) {
            let key = value.get("key").and_then(Value::as_str).unwrap_or_default();
            return Err(if key == by.key() || key.is_empty() {
                ArchiveError::Signature
            } else {
                ArchiveError::OtherKey { key: key.to_owned() }
            });
        }
        if whole.as_deref() != Some(text) {
            return Err(ArchiveError::Written);
        }
        let archive: Self =
            serde_json::from_value(value).map_err(|error| ArchiveError::Shape { line: error.line() })?;
        if archive.counts != Counts::of(&archive.document) {
            return Err(ArchiveError::Counts);
        }
        archive.trace.check(by)?;
        Ok(archive)
    }

    /// The digests of the files that the case file lists, with their names as far as they are left.
    pub fn file_digests(&self) -> Vec<(String, String)> {
        let files = self.document.parts.iter().filter(|part| part.id == "files");
        files
            .flat_map(|part| &part.entries)
            .filter_map(|entry| {
                let digest = entry.fields.iter().find(|field| field.id == "sha256")?;
                Some((entry.heading.words(), digest.text.words()))
            })
            .collect()
    }
}

impl Trace {
    fn check(&self, by: &impl Check) -> Result<(), ArchiveError> {
        let root = bytes::<32>(&self.root).ok_or(ArchiveError::Head)?;
        let signature = bytes::<64>(&self.signature).ok_or(ArchiveError::Head)?;
        if !by.head(self.size, &root, self.signed_at_ms, &signature) {
            return Err(ArchiveError::Head);
        }
        let case = self.entries.first().and_then(|first| first.case.clone());
        for entry in &self.entries {
            let seq = entry.seq;
            if entry.case != case {
                return Err(ArchiveError::OtherCase { seq });
            }
            let proof: Option<Vec<Hash>> = entry.proof.iter().map(|hash| bytes::<32>(hash)).collect();
            let leaf = tree::leaf_hash(entry.at_ms, entry.case.as_deref(), &entry.leaf);
            let leads_to = proof.and_then(|proof| tree::root(leaf, seq, self.size, &proof));
            if leads_to != Some(root) {
                return Err(ArchiveError::TraceEntry { seq });
            }
        }
        Ok(())
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The SHA-256 of something that comes piece by piece.
#[derive(Default)]
pub struct Digesting(sha2::Sha256);

impl Digesting {
    /// Takes the next piece.
    pub fn push(&mut self, piece: &[u8]) {
        sha2::Digest::update(&mut self.0, piece);
    }

    /// The digest of all that came, in hexadecimal.
    pub fn hex(self) -> String {
        hex(&sha2::Digest::finalize(self.0))
    }
}

/// The SHA-256 of something, in hexadecimal.
pub fn sha256_hex(of: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(of))
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

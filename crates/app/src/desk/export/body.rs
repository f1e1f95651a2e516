//! What is sealed about copies of a case: layers, their checks, and what left.

use safehold_core::id::{EventId, RequestId};
use safehold_documents::Layer;
use serde::{Deserialize, Serialize};

use crate::report::FileNote;

/// A step towards a copy that leaves the program. Stored for years: fields are only ever added, each with a default.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum CopyStep {
    /// A layer was made or changed. It takes its name from the entry that first made it.
    LayerPut {
        /// Which; nothing for a new one, which is then named by this entry.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        layer: Option<EventId>,
        /// The number of its version, from 1.
        version: u32,
        /// The whole of it.
        content: Layer,
    },
    /// A second person looked at a layer.
    LayerChecked {
        /// Which.
        layer: EventId,
        /// Which version of it.
        version: u32,
        /// Whether they agree.
        agreed: bool,
        /// What they say about it.
        #[serde(default)]
        why: String,
    },
    /// A copy was made, and is kept as it left.
    Made {
        /// What it is.
        copy: Box<CopyNote>,
    },
}

/// A copy that was made.
#[derive(Clone, Serialize, Deserialize)]
pub struct CopyNote {
    /// For what or whom.
    pub purpose: String,
    /// The layers that it was made with.
    pub layers: Vec<LayerUsed>,
    /// The PDF, as it left.
    pub pdf: FileNote,
    /// The archive, as it left.
    pub archive: FileNote,
    /// The SHA-256 of the PDF, in hexadecimal.
    pub pdf_sha256: String,
    /// The SHA-256 of the archive, in hexadecimal.
    pub archive_sha256: String,
    /// How many entries it holds.
    pub entries: usize,
    /// How many entries were taken out whole.
    pub removed_entries: usize,
    /// How many passages were taken out of the others.
    pub removed_passages: usize,
    /// How many signs the PDF can't show.
    #[serde(default)]
    pub unshown: usize,
    /// The request of somebody about what is kept of them that it was made for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
}

/// A layer as a copy used it.
#[derive(Clone, Serialize, Deserialize)]
pub struct LayerUsed {
    /// Which.
    pub layer: EventId,
    /// Which version.
    pub version: u32,
    /// Its name then.
    pub name: String,
}

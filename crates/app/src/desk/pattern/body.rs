//! What is sealed of how two cases belong together.

use std::collections::BTreeSet;

use jiff::Timestamp;
use safehold_core::{
    id::{CaseId, UserId},
    pattern::{Tie, What, Why},
};
use serde::{Deserialize, Serialize};

/// What somebody said of two cases. Stored for years: fields are only ever added, each with a default.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "noted", rename_all = "snake_case")]
pub enum Noted {
    /// They belong together. It stands in the place of what was said of them before.
    Linked {
        /// What they have in common.
        ties: BTreeSet<Tie>,
        /// Why they were linked.
        why: Why,
    },
    /// They don't, after all.
    Unlinked {
        /// Why.
        why: Why,
    },
    /// Two names in them were compared, and are not of the same person or place.
    Apart {
        /// What was compared.
        what: What,
        /// The two names, as they are compared, in order.
        names: [String; 2],
    },
}

/// The same with when and by whom it was said.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) at: Timestamp,
    pub(super) by: UserId,
    pub(super) what: Noted,
}

/// What a case keeps of it: which the other case is, and the words, sealed under the key of that other case. So the
/// words need both keys, and go with either of them.
#[derive(Serialize, Deserialize)]
pub(super) struct Half {
    pub(super) other: CaseId,
    /// Which of the other case's keys opens the words.
    pub(super) epoch: i64,
    /// The sealed words, in base64.
    pub(super) words: String,
}

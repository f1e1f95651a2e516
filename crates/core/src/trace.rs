//! What the trace records: who did what to which case, and when. Never what was written.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    case::Action,
    id::{CaseId, FileId, UserId},
};

/// Something that leaves a trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Traced {
    /// A report was received.
    Received,
    /// A case was opened to read.
    Opened,
    /// A file of a case was shown or saved.
    FileOpened {
        /// Which.
        file: FileId,
    },
    /// An action was taken.
    Acted {
        /// Which.
        action: Action,
    },
    /// A message was sent to the reporter.
    WroteToReporter,
    /// The reporter added a message, a file or a change of wishes.
    ReporterAdded,
    /// The reporter read the case with their words.
    ReporterReturned,
    /// Somebody was given a key, or their standing was raised.
    Shared {
        /// With whom.
        with: UserId,
    },
    /// Somebody was excluded, and a new key was made.
    KeyChanged,
    /// The case was brought to somebody because it was late or somebody was away.
    Escalated {
        /// To whom.
        to: UserId,
    },
    /// A case file was exported.
    Exported,
    /// Somebody signed in.
    SignedIn,
    /// A sign-in did not succeed.
    SignInRefused,
    /// Somebody signed out.
    SignedOut,
    /// Somebody was invited, joined, changed role or left.
    TeamChanged {
        /// Who.
        member: UserId,
    },
    /// A setting was changed.
    SettingChanged {
        /// Its key.
        key: String,
    },
}

/// One entry of the trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceEntry {
    /// When.
    pub at: Timestamp,
    /// Who, if it was a member of the team. A reporter and the system are nobody here.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub who: Option<UserId>,
    /// To which case.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub case: Option<CaseId>,
    /// What.
    #[serde(flatten)]
    pub what: Traced,
}

//! What the trace records: who did what to which case, and when. Never what was written.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    case::Action,
    id::{CaseId, FileId, UserId},
    retention,
    roster::Role,
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
    /// Something was entered in the record of a case. Of what kind it is, the entry alone tells.
    Entered,
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
    /// Something was done about how long a case is kept.
    Kept {
        /// What.
        step: retention::Step,
    },
    /// A case was erased, confirmed by a second person.
    Erased {
        /// On what basis: a word, nothing that was written.
        basis: String,
    },
    /// A case that was erased before came back with a copy, and was erased again.
    ErasedAgain,
    /// Somebody signed in.
    SignedIn,
    /// A sign-in did not succeed.
    SignInRefused,
    /// Somebody signed out.
    SignedOut,
    /// The team changed.
    TeamChanged {
        /// Who was invited, joined or left.
        member: UserId,
        /// In which role.
        role: Role,
        /// What was done.
        step: TeamStep,
    },
    /// A mail that did not arrive was tried again, or let go.
    MailSettled {
        /// Whether it is tried again.
        again: bool,
    },
    /// A setting was changed.
    SettingChanged {
        /// Its key.
        key: String,
    },
}

/// What changed in the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamStep {
    /// Somebody was invited.
    Invited,
    /// Somebody was invited anew, and lost the key they had.
    InvitedAgain,
    /// Somebody took up an invitation, and waits to be confirmed.
    Joined,
    /// Somebody took up an invitation where nobody else was there to confirm it.
    JoinedUnconfirmed,
    /// A second person confirmed somebody who had joined.
    Confirmed,
    /// The holder of the recovery key confirmed somebody who had joined.
    ConfirmedByRecovery,
    /// Somebody left.
    Left,
    /// A time away was noted.
    AwayNoted,
    /// A time away was taken back.
    AwayRemoved,
    /// Somebody changed their own pass phrase.
    PassChanged,
    /// Somebody ended a session of their own from elsewhere.
    SessionEnded,
}

impl TeamStep {
    /// Whether it changes who may read what comes, so that the others in the team are told of it.
    pub fn is_told(self) -> bool {
        match self {
            Self::Invited
            | Self::InvitedAgain
            | Self::Joined
            | Self::JoinedUnconfirmed
            | Self::Confirmed
            | Self::ConfirmedByRecovery
            | Self::Left => true,
            Self::AwayNoted | Self::AwayRemoved | Self::PassChanged | Self::SessionEnded => false,
        }
    }

    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::InvitedAgain => "invited_again",
            Self::Joined => "joined",
            Self::JoinedUnconfirmed => "joined_unconfirmed",
            Self::Confirmed => "confirmed",
            Self::ConfirmedByRecovery => "confirmed_by_recovery",
            Self::Left => "left",
            Self::AwayNoted => "away_noted",
            Self::AwayRemoved => "away_removed",
            Self::PassChanged => "pass_changed",
            Self::SessionEnded => "session_ended",
        }
    }
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

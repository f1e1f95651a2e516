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
    /// Lines of a case were shown among what a search found.
    Found,
    /// What somebody may open was looked through by a search. What for is in no trace.
    LookedThrough {
        /// How many cases were.
        cases: u64,
    },
    /// Names of people who would like to join an activity were compared with decisions that somebody stays away. Which
    /// names, and what came of it, is in no trace.
    SignUpsCompared,
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
    /// Cases were linked, or how they belong together was looked at anew. It names no case: whoever may open only one
    /// of them must not learn that there is another. The sealed entry tells which.
    Linked,
    /// Something was done about a request of somebody about what is kept of them. It names neither the request nor what
    /// was done: of those who see the trace, some may be excluded from it. The sealed entry tells.
    Requested,
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
    /// The recovery key was used or changed, or somebody asked for it.
    Recovery {
        /// What was done.
        step: RecoveryStep,
        /// Whom it is about, if it is about somebody.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        member: Option<UserId>,
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
    /// Somebody added a passkey of their own.
    PasskeyAdded,
    /// Somebody removed a passkey of their own.
    PasskeyRemoved,
    /// A passkey counted backwards, so there may be a copy of it: it is shut.
    PasskeyShut,
}

impl TeamStep {
    /// Whether it changes who may read what comes, or may let in who should not, so that the others in the team are
    /// told of it.
    pub fn is_told(self) -> bool {
        match self {
            Self::Invited
            | Self::InvitedAgain
            | Self::Joined
            | Self::JoinedUnconfirmed
            | Self::Confirmed
            | Self::ConfirmedByRecovery
            | Self::Left
            | Self::PasskeyShut => true,
            Self::AwayNoted
            | Self::AwayRemoved
            | Self::PassChanged
            | Self::SessionEnded
            | Self::PasskeyAdded
            | Self::PasskeyRemoved => false,
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
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::PasskeyShut => "passkey_shut",
        }
    }
}

/// What was done with the organisation's recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryStep {
    /// Somebody asked for a new pass phrase.
    Asked,
    /// An ask was put aside, by a lead or by the person in whose name it was made.
    AskDropped,
    /// The key was used to give somebody a new pass phrase and what they had held.
    LetIn,
    /// The key was used to give somebody keys.
    KeysGiven,
    /// A change of the key was begun: new shares were made, and the old hold still.
    ChangeBegun,
    /// A change that was begun was given up.
    ChangeDropped,
    /// The new key is in force.
    Changed,
    /// Every case is under the new key.
    ChangeDone,
    /// The key was used for emergency access to a case.
    EmergencyBegun,
    /// Emergency access was asked for with the key, and nothing was opened.
    EmergencyRefused,
    /// Emergency access ended.
    EmergencyEnded,
}

impl RecoveryStep {
    /// Every step.
    pub const ALL: [Self; 11] = [
        Self::Asked,
        Self::AskDropped,
        Self::LetIn,
        Self::KeysGiven,
        Self::ChangeBegun,
        Self::ChangeDropped,
        Self::Changed,
        Self::ChangeDone,
        Self::EmergencyBegun,
        Self::EmergencyRefused,
        Self::EmergencyEnded,
    ];

    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::AskDropped => "ask_dropped",
            Self::LetIn => "let_in",
            Self::KeysGiven => "keys_given",
            Self::ChangeBegun => "change_begun",
            Self::ChangeDropped => "change_dropped",
            Self::Changed => "changed",
            Self::ChangeDone => "change_done",
            Self::EmergencyBegun => "emergency_begun",
            Self::EmergencyRefused => "emergency_refused",
            Self::EmergencyEnded => "emergency_ended",
        }
    }

    /// The step with this stable name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.key() == key)
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

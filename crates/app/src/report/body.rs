//! What is sealed: drafts, reports, and what is written about a case afterwards.
//!
//! These types are stored for years. Fields are only ever added, each with a default.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    case::{Action, Record, State},
    duties,
    form::Answers,
    id::{FileId, UserId},
    record, retention,
};
use safehold_seal::SymmetricKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::TakenDown;
use crate::{App, desk::export::CopyStep};

/// A file and the key that opens it. The file itself lies sealed beside it.
#[derive(Clone, Serialize, Deserialize)]
pub struct FileNote {
    /// Which file.
    pub id: FileId,
    /// Its name as it was sent.
    pub name: String,
    /// Its type as its first bytes show it, such as `image/jpeg`.
    pub kind: String,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// What it is and who may see it, in the words of who sent it (question A10.2).
    #[serde(default)]
    pub about: String,
    /// Its own key.
    key: [u8; 32],
}

impl FileNote {
    /// Notes a file with its key.
    pub fn new(id: FileId, name: String, kind: String, size_bytes: u64, key: &SymmetricKey) -> Self {
        Self {
            id,
            name,
            kind,
            size_bytes,
            about: String::new(),
            key: *key.expose(),
        }
    }

    /// The key of the file.
    pub fn key(&self) -> SymmetricKey {
        SymmetricKey::from_bytes(self.key)
    }
}

impl Drop for FileNote {
    fn drop(&mut self) {
        self.key.zeroize();
        self.name.zeroize();
    }
}

/// How a report came (domain reference 3, A12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Typed by the person on a page.
    #[default]
    Web,
    /// Told on the phone.
    Phone,
    /// Sent by e-mail.
    Email,
    /// Written on paper.
    Paper,
    /// Told in person.
    InPerson,
}

impl Channel {
    /// The ways in which somebody else takes a report down, in the order in which they are offered.
    pub const TAKEN_DOWN: [Self; 4] = [Self::Phone, Self::InPerson, Self::Paper, Self::Email];

    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Paper => "paper",
            Self::InPerson => "in_person",
        }
    }
}

impl ReportBody {
    /// From when target times count, where the report lay with somebody before it was typed.
    pub(crate) fn counts_from(&self, app: &App, received_at: Timestamp) -> Timestamp {
        counts_from(app, self.told_on, received_at)
    }
}

/// From when target times count of what was received at a moment and told on a day: from the beginning of that day, if
/// it lay with somebody before.
pub(super) fn counts_from(app: &App, told_on: Option<Date>, received_at: Timestamp) -> Timestamp {
    told_on
        .and_then(|on| app.start_of(on))
        .map_or(received_at, |told| told.min(received_at))
}

/// A report that is being written.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct DraftBody {
    /// The answers so far.
    pub answers: Answers,
    /// Files so far.
    #[serde(default)]
    pub files: Vec<FileNote>,
    /// How and by whom it is taken down, where the person does not type it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_down: Option<TakenDown>,
}

/// A report as it was sent. It never changes: what comes later is written beside it.
#[derive(Clone, Serialize, Deserialize)]
pub struct ReportBody {
    /// The answers.
    pub answers: Answers,
    /// The files.
    #[serde(default)]
    pub files: Vec<FileNote>,
    /// How it came.
    #[serde(default)]
    pub channel: Channel,
    /// Who typed it, if it was not the reporter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed_by: Option<UserId>,
    /// On which day the person told it, if somebody took it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_on: Option<Date>,
    /// Who must never have a key.
    #[serde(default)]
    pub excluded: BTreeSet<UserId>,
    /// To this key a later case key is wrapped for the reporter, who is not there when it is made.
    #[serde(with = "as_base64")]
    pub reply_key: Vec<u8>,
}

/// Bytes as text: a list of numbers would be three times as long, in every report.
mod as_base64 {
    use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        // What is said of the error must not quote what was sealed.
        BASE64
            .decode(String::deserialize(deserializer)?)
            .map_err(|_| D::Error::custom("not base64"))
    }
}

/// What the reporter or the desk sends on a case that was received.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MessageBody {
    /// Words and files.
    Text {
        /// The words.
        text: String,
        /// Files.
        #[serde(default)]
        files: Vec<FileNote>,
    },
    /// What the person wants now, instead of what they said before.
    Wishes {
        /// What should happen.
        wishes: String,
        /// What must not happen.
        must_not: String,
    },
    /// The person takes back their agreement to sharing.
    ConsentWithdrawn {
        /// With whom nothing may be shared any more, in their words; empty for everybody.
        with: String,
    },
    /// A named report becomes confidential.
    Confidential,
    /// The person asks to withdraw the report. A lead answers; nothing is deleted.
    AskToWithdraw {
        /// Why, if they want to say.
        text: String,
    },
}

/// What is sealed with an entry in the history of a case.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventBody {
    /// An action with its record.
    Acted {
        /// What was done.
        action: Action,
        /// Where the case stood before.
        from: State,
        /// What was recorded.
        record: Record,
    },
    /// The list of those who must never have a key has changed.
    Excluded {
        /// The whole list.
        excluded: BTreeSet<UserId>,
        /// Why, in the words of who did it.
        why: String,
    },
    /// The case was shared.
    Shared {
        /// With whom.
        with: UserId,
        /// Why.
        why: String,
    },
    /// Somebody got emergency access to the case: the entry's author, with the recovery key.
    Emergency {
        /// Until when.
        until: Timestamp,
        /// Why, in their words.
        why: String,
    },
    /// Something was entered in the record of the work on the case.
    Entered {
        /// What.
        entry: record::Entry,
    },
    /// A step towards a copy that leaves the program.
    Copied {
        /// Which.
        about: CopyStep,
    },
    /// Something was done about how long the case is kept.
    Kept {
        /// What.
        step: retention::Step,
        /// What was recorded.
        record: Record,
    },
    /// Something was decided or done about a body outside.
    Duty {
        /// What.
        entry: duties::Entry,
        /// What was sent to it, or came from it.
        #[serde(default)]
        files: Vec<FileNote>,
    },
}

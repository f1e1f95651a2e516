//! Typed identifiers, so that an id of one kind cannot be passed as another.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

/// A text that is not an identifier.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an identifier")]
pub struct IdError;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// Makes an identifier (a version 4 UUID) from sixteen random bytes.
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(Builder::from_random_bytes(bytes).into_uuid())
            }

            /// The sixteen bytes.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            /// Reads the 32 lower-case hexadecimal digits that `Display` writes.
            fn from_str(text: &str) -> Result<Self, IdError> {
                if text.len() != 32 {
                    return Err(IdError);
                }
                Uuid::try_parse(text).map(Self).map_err(|_| IdError)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )*};
}

ids! {
    /// A member of the safeguarding team: somebody who signs in at the desk.
    UserId,
    /// What a reporter's words lead to: first a draft, later their side of a case.
    VisitId,
    /// A case: a report that was received, and all that came of it.
    CaseId,
    /// A message between the reporter and the desk.
    MessageId,
    /// One entry in the history of a case.
    EventId,
    /// A sealed file.
    FileId,
    /// A job in the queue.
    JobId,
    /// A time away of a member of the team.
    AbsenceId,
    /// The clock of a duty outward.
    DutyId,
    /// A passkey of a member of the team.
    PasskeyId,
    /// Somebody's ask for a new pass phrase.
    AskId,
    /// A note on a use of the recovery key, for those who are told of it.
    NoteId,
    /// Emergency access to a case.
    GrantId,
    /// Somebody's request about what is kept of them.
    RequestId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        let id = CaseId::from_random([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().len(), 32);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "07",
            "zz070707070747078707070707070707",
            "{07070707-0707-4707-8707-070707070707}",
        ] {
            assert_eq!(text.parse::<CaseId>(), Err(IdError));
        }
    }
}

//! Passkeys: what a member of the team may use in place of the code of their authenticator app (decision 0026).
//!
//! The pass phrase stays: it opens the reader's key, which no passkey holds. What is kept of a passkey is sealed under
//! a key that follows from the reader's own, so that only somebody whose pass phrase was right can see that there is
//! one.

mod account;
mod attempt;
mod place;
mod sign_in;

use jiff::civil::Date;
use safehold_core::id::{PasskeyId, UserId};
use safehold_seal::{ReaderSecret, Sealed, SymmetricKey};
use safehold_store::{Conn, StoreError, passkeys};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{CredentialID, Passkey as Credential};

use crate::{App, AppError, keys};

pub use account::{add, ask_to_add, list, remove};
pub use attempt::{ANSWER_MINUTES, Question};
pub use place::Place;
pub use sign_in::{ask, finish};

/// The most passkeys that one person keeps.
pub const MOST: usize = 10;
/// The longest name of a passkey, in characters.
pub const LONGEST_NAME: usize = 60;

/// A passkey of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPasskey {
    /// Which.
    pub id: PasskeyId,
    /// What its owner calls it; empty if they gave it no name.
    pub name: String,
    /// The day on which it was added.
    pub added_on: Date,
    /// The last day on which it was used to sign in.
    pub used_on: Option<Date>,
    /// Whether it counted backwards: there may be a copy of it, and it signs nobody in any more.
    pub is_shut: bool,
}

/// Why a passkey was not added or removed.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// Whoever asks proved too long ago who they are.
    #[error("who asks has to prove who they are once more")]
    ProveFirst,
    /// The name is longer than [`LONGEST_NAME`].
    #[error("the name of a passkey is too long")]
    Name,
    /// They have [`MOST`] already.
    #[error("there are as many passkeys as one person keeps")]
    TooMany,
    /// The answer of the browser does not fit what was asked, or came too late or twice.
    #[error("the passkey was not taken")]
    Refused,
    /// They have no such passkey.
    #[error("there is no such passkey")]
    NoPasskey,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for PasskeyError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// What is sealed of a passkey.
#[derive(Clone, Serialize, Deserialize)]
struct Body {
    name: String,
    credential: Credential,
    added_on: Date,
    #[serde(default)]
    used_on: Option<Date>,
    #[serde(default)]
    is_shut: bool,
}

/// A passkey that was opened.
struct Stored {
    id: PasskeyId,
    body: Body,
    /// As it was sealed.
    sealed: Sealed,
}

impl Stored {
    fn is(&self, credential: &[u8]) -> bool {
        let own: &CredentialID = self.body.credential.cred_id();
        own.as_slice() == credential
    }
}

/// The key that somebody's passkeys are sealed under.
fn key_of(secret: &ReaderSecret) -> SymmetricKey {
    SymmetricKey::from_bytes(*secret.expose()).derive("safehold/passkeys/v1")
}

/// Somebody's passkeys. One that was sealed under a key which they lost is none of theirs any more.
async fn stored(conn: &mut Conn, who: UserId, secret: &ReaderSecret) -> Result<Vec<Stored>, AppError> {
    let key = key_of(secret);
    let rows = passkeys::list_of(conn, who).await?;
    let open = |row: passkeys::PasskeyRow| {
        let body = keys::open(&key, &keys::passkey(who, row.id), &row.body_sealed).ok()?;
        Some(Stored {
            id: row.id,
            body,
            sealed: row.body_sealed,
        })
    };
    Ok(rows.into_iter().filter_map(open).collect())
}

fn row(
    who: UserId,
    id: PasskeyId,
    body: &Body,
    secret: &ReaderSecret,
) -> Result<passkeys::PasskeyRow, AppError> {
    Ok(passkeys::PasskeyRow {
        id,
        user_id: who,
        body_sealed: keys::seal(&key_of(secret), &keys::passkey(who, id), body)?,
    })
}

/// Today, where the organisation is.
fn today(app: &App) -> Date {
    app.rules().hours.day_of(app.now())
}

//! What was asked of a browser, until it answers: once, and soon.
//!
//! The page that asks has a ticket of 32 random bytes. The row is found by a hash of it, and sealed under a key that
//! follows from it too, as a session is under its cookie (decision 0006). So what is asked belongs to that one page, and
//! neither the database nor somebody else's page can answer it.

use jiff::SignedDuration;
use safehold_core::id::UserId;
use safehold_seal::{ReaderSecret, SessionCookie, Zeroizing};
use safehold_store::passkeys;
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{PasskeyAuthentication, PasskeyRegistration};

use crate::{App, AppError, keys};

/// How long an answer is waited for, in minutes: what Web Authentication recommends, for people who have to find their
/// device first.
pub const ANSWER_MINUTES: i64 = 5;

/// What a page asks of the browser.
pub struct Question {
    /// What the page sends back with the answer. A secret.
    pub ticket: Zeroizing<String>,
    /// What the script gives to the browser, as JSON.
    pub options: String,
}

/// What was asked, and what for.
#[derive(Serialize, Deserialize)]
pub(super) enum Asked {
    /// To sign in: the pass phrase was right.
    SignIn {
        /// What the pass phrase opened.
        reader: ReaderSecret,
        /// The digest of the lock that it opened: if it is another one meanwhile, the answer is worth nothing.
        lock: String,
        /// The digests of the passkeys as they were sealed when it was asked.
        seen: Vec<String>,
        /// For the library.
        state: PasskeyAuthentication,
    },
    /// To add one.
    Add {
        /// In which session.
        session: String,
        /// What it will be called.
        name: String,
        /// For the library.
        state: PasskeyRegistration,
    },
}

/// Notes what was asked; gives the ticket for the page.
pub(super) async fn note(app: &App, who: UserId, asked: &Asked) -> Result<Zeroizing<String>, AppError> {
    let ticket = SessionCookie::generate();
    let now = app.now();
    let attempt = passkeys::AttemptRow {
        id_hash: ticket.id_hash(),
        user_id: who,
        body_sealed: keys::seal(&ticket.key(), &keys::passkey_attempt(who), asked)?,
        expires_at: now
            .saturating_add(SignedDuration::from_mins(ANSWER_MINUTES))
            .unwrap_or(now),
    };
    app.store()
        .write_with(attempt, |tx, attempt| {
            Box::pin(async move {
                passkeys::ask(tx, attempt).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(ticket.expose())
}

/// Takes what was asked, so that it is answered once, rightly or not. `None` if the ticket is none, or too old.
pub(super) async fn take(app: &App, ticket: &str) -> Result<Option<(UserId, Asked)>, AppError> {
    let Ok(ticket) = SessionCookie::parse(ticket) else {
        return Ok(None);
    };
    let (id_hash, now) = (ticket.id_hash(), app.now());
    let taken = app
        .store()
        .write(move |tx| Box::pin(async move { Ok::<_, AppError>(passkeys::take(tx, &id_hash, now).await?) }))
        .await?;
    let Some(attempt) = taken else {
        return Ok(None);
    };
    let who = attempt.user_id;
    let asked = keys::open(&ticket.key(), &keys::passkey_attempt(who), &attempt.body_sealed)?;
    Ok(Some((who, asked)))
}

//! One's own passkeys: seen, added and removed.

use safehold_core::{
    id::PasskeyId,
    trace::{TeamStep, Traced},
};
use safehold_seal::{digest_hex, random};
use safehold_store::{Tx, passkeys, users};
use webauthn_rs::prelude::{RegisterPublicKeyCredential, Uuid};

use super::{
    Body, LONGEST_NAME, MOST, OwnPasskey, PasskeyError, Place, Question,
    attempt::{self, Asked},
    row, stored, today,
};
use crate::{App, AppError, desk::Reader, leave_trace, sessions::is_proven, sign_in::SignedIn};

/// One's own passkeys, in the order in which they were added.
///
/// # Errors
/// [`AppError`].
pub async fn list(app: &App, reader: &Reader) -> Result<Vec<OwnPasskey>, AppError> {
    let mut conn = app.store().read().await?;
    let mut own: Vec<_> = stored(&mut conn, reader.id, &reader.secret)
        .await?
        .into_iter()
        .map(|stored| OwnPasskey {
            id: stored.id,
            name: stored.body.name,
            added_on: stored.body.added_on,
            used_on: stored.body.used_on,
            is_shut: stored.body.is_shut,
        })
        .collect();
    own.sort_by(|a, b| (a.added_on, &a.name, a.id).cmp(&(b.added_on, &b.name, b.id)));
    Ok(own)
}

/// Asks the browser for a new passkey. Who has one of theirs in the same device already is told so by the browser.
///
/// # Errors
/// [`PasskeyError::ProveFirst`], [`PasskeyError::Name`], [`PasskeyError::TooMany`].
pub async fn ask_to_add(
    app: &App,
    place: &Place,
    me: &SignedIn,
    name: &str,
) -> Result<Question, PasskeyError> {
    if !is_proven(app, &me.reader) {
        return Err(PasskeyError::ProveFirst);
    }
    let name = name.trim();
    if name.chars().count() > LONGEST_NAME {
        return Err(PasskeyError::Name);
    }
    let who = me.reader.id;
    let mut conn = app.store().read().await?;
    let known = stored(&mut conn, who, &me.reader.secret).await?;
    let user = users::find(&mut conn, who)
        .await?
        .ok_or(AppError::Broken("who is signed in is no member"))?;
    drop(conn);
    if known.len() >= MOST {
        return Err(PasskeyError::TooMany);
    }
    let known = known
        .iter()
        .map(|stored| stored.body.credential.cred_id().clone());
    let (options, state) = place
        .relying
        .start_passkey_registration(
            Uuid::from_bytes(*who.as_bytes()),
            &user.email,
            &user.name,
            Some(known.collect()),
        )
        .map_err(|_| AppError::Broken("asking for a passkey"))?;
    let asked = Asked::Add {
        session: digest_hex(&me.id_hash),
        name: name.to_owned(),
        state,
    };
    Ok(Question {
        ticket: attempt::note(app, who, &asked).await?,
        options: serde_json::to_string(&options).map_err(|_| AppError::Broken("asking for a passkey"))?,
    })
}

/// Adds the passkey that the browser made. The proof that was good when it was asked for is good for the few minutes
/// in which an answer is.
///
/// # Errors
/// [`PasskeyError::Refused`] if it is not an answer to what this session asked.
pub async fn add(
    app: &App,
    place: &Place,
    me: &SignedIn,
    ticket: &str,
    answer: &str,
) -> Result<(), PasskeyError> {
    let Some((asked_of, Asked::Add { session, name, state })) = attempt::take(app, ticket).await? else {
        return Err(PasskeyError::Refused);
    };
    if asked_of != me.reader.id || session != digest_hex(&me.id_hash) {
        return Err(PasskeyError::Refused);
    }
    let answer: RegisterPublicKeyCredential =
        serde_json::from_str(answer).map_err(|_| PasskeyError::Refused)?;
    let credential = place
        .relying
        .finish_passkey_registration(&answer, &state)
        .map_err(|_| PasskeyError::Refused)?;
    let body = Body {
        name,
        credential,
        added_on: today(app),
        used_on: None,
        is_shut: false,
    };
    let who = me.reader.id;
    let row = row(
        who,
        PasskeyId::from_random(random::bytes()),
        &body,
        &me.reader.secret,
    )?;
    let (role, now) = (me.reader.role, app.now());
    app.store()
        .write_with(row, move |tx, row| {
            Box::pin(async move {
                let step = TeamStep::PasskeyAdded;
                let changed = Traced::TeamChanged {
                    member: who,
                    role,
                    step,
                };
                // The trace comes first: nobody else changes anything until the commit.
                leave_trace(tx, now, Some(who), None, changed).await?;
                if passkeys::list_of(tx, who).await?.len() >= MOST {
                    return Err(PasskeyError::TooMany);
                }
                passkeys::add(tx, row).await?;
                Ok(())
            })
        })
        .await
}

/// Removes one of one's own passkeys. The codes of the authenticator app remain, so nobody shuts themselves out.
///
/// # Errors
/// [`PasskeyError::ProveFirst`], [`PasskeyError::NoPasskey`].
pub async fn remove(app: &App, reader: &Reader, id: PasskeyId) -> Result<(), PasskeyError> {
    if !is_proven(app, reader) {
        return Err(PasskeyError::ProveFirst);
    }
    let (who, role, now) = (reader.id, reader.role, app.now());
    app.store()
        .write(move |tx: &mut Tx| {
            Box::pin(async move {
                let step = TeamStep::PasskeyRemoved;
                let changed = Traced::TeamChanged {
                    member: who,
                    role,
                    step,
                };
                leave_trace(tx, now, Some(who), None, changed).await?;
                if passkeys::remove_of(tx, who, id).await? {
                    Ok(())
                } else {
                    Err(PasskeyError::NoPasskey)
                }
            })
        })
        .await
}

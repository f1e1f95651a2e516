//! Signing in with a pass phrase and a passkey.
//!
//! First the pass phrase: until it is right, all is as it is with a code, and nothing says whether somebody has
//! passkeys. Then the passkey, which is asked for on a page of its own.

use safehold_core::{
    id::UserId,
    trace::{TeamStep, Traced},
};
use safehold_seal::{ReaderSecret, SecretString, SessionCookie, digest_hex};
use safehold_store::{
    passkeys, sessions,
    users::{self, UserRow, UserState},
};
use webauthn_rs::prelude::{PublicKeyCredential, WebauthnError};

use super::{
    Place, Question, Stored,
    attempt::{self, Asked},
    row, stored, today,
};
use crate::{
    App, AppError, leave_trace,
    sign_in::{self, SignInError, Unlocked, new_session, refuse},
    team,
};

/// Checks the pass phrase, and asks for a passkey of whoever it belongs to.
///
/// # Errors
/// [`SignInError::Refused`], whether there is no such member, the pass phrase is another, or they have no passkey.
pub async fn ask(app: &App, place: &Place, email: &str, pass: SecretString) -> Result<Question, SignInError> {
    let email = email.trim().to_lowercase();
    app.slow().wait(&email).await;
    let asked = match sign_in::unlock(app, &email, pass).await {
        Ok(unlocked) => question(app, place, unlocked).await,
        Err(error) => Err(error),
    };
    // Half of a sign-in clears nothing: who knows only the pass phrase must not get more tries at codes by it.
    if asked.is_err() {
        app.slow().note(&email, false);
    }
    asked
}

async fn question(app: &App, place: &Place, unlocked: Unlocked) -> Result<Question, SignInError> {
    let who = unlocked.user.id;
    let mut conn = app.store().read().await?;
    let mut own = stored(&mut conn, who, &unlocked.secrets.reader).await?;
    drop(conn);
    own.retain(|passkey| !passkey.body.is_shut);
    if own.is_empty() {
        return Err(refuse(app, Some(who)).await);
    }
    let credentials: Vec<_> = own.iter().map(|own| own.body.credential.clone()).collect();
    let (options, state) = place
        .relying
        .start_passkey_authentication(&credentials)
        .map_err(|_| AppError::Broken("asking for a passkey"))?;
    let asked = Asked::SignIn {
        reader: unlocked.secrets.reader.clone(),
        lock: digest_hex(unlocked.lock.as_bytes()),
        seen: own.iter().map(seal_digest).collect(),
        state,
    };
    Ok(Question {
        ticket: attempt::note(app, who, &asked).await?,
        options: serde_json::to_string(&options).map_err(|_| AppError::Broken("asking for a passkey"))?,
    })
}

fn seal_digest(passkey: &Stored) -> String {
    digest_hex(passkey.sealed.as_bytes())
}

/// What an answer turned out to be.
enum Verdict {
    /// It is from this passkey, as it is now.
    Fits(Stored),
    /// It is from this passkey, or a copy of it: its counter did not go up.
    Copied(Stored),
    /// It is no answer to what was asked.
    Other,
}

/// Signs somebody in with what their browser answered.
///
/// # Errors
/// [`SignInError::Refused`], if the answer does not fit, or comes too late or twice.
pub async fn finish(
    app: &App,
    place: &Place,
    ticket: &str,
    answer: &str,
) -> Result<SessionCookie, SignInError> {
    let taken = attempt::take(app, ticket).await?;
    let Some((
        who,
        Asked::SignIn {
            reader,
            lock,
            seen,
            state,
        },
    )) = taken
    else {
        return Err(SignInError::Refused);
    };
    let mut conn = app.store().read().await?;
    let user = users::find(&mut conn, who)
        .await?
        .filter(|user| is_still(user, &lock))
        .ok_or(SignInError::Refused)?;
    let mut own = stored(&mut conn, who, &reader).await?;
    drop(conn);
    // One that was used meanwhile has another counter than the one that is compared with.
    own.retain(|passkey| seen.contains(&seal_digest(passkey)));
    let verdict = match serde_json::from_str::<PublicKeyCredential>(answer) {
        Err(_) => Verdict::Other,
        Ok(answer) => match place.relying.finish_passkey_authentication(&answer, &state) {
            Ok(result) => own
                .into_iter()
                .find(|passkey| passkey.is(result.cred_id()))
                .map_or(Verdict::Other, |mut passkey| {
                    passkey.body.credential.update_credential(&result);
                    passkey.body.used_on = Some(today(app));
                    Verdict::Fits(passkey)
                }),
            Err(WebauthnError::CredentialPossibleCompromise) => own
                .into_iter()
                .find(|passkey| passkey.is(&answer.raw_id))
                .map_or(Verdict::Other, Verdict::Copied),
            Err(_) => Verdict::Other,
        },
    };
    let admitted = match verdict {
        Verdict::Fits(passkey) => admit(app, &user, &reader, &lock, &passkey).await,
        Verdict::Copied(passkey) => {
            shut(app, &user, &reader, passkey).await?;
            Err(SignInError::Refused)
        }
        Verdict::Other => Err(SignInError::Refused),
    };
    app.slow().note(&user.email, admitted.is_ok());
    match admitted {
        Err(SignInError::Refused) => Err(refuse(app, Some(who)).await),
        other => other,
    }
}

/// Whether somebody can sign in, with the lock that was opened.
fn is_still(user: &UserRow, lock: &str) -> bool {
    let own = user.lock_sealed.as_ref().map(|lock| digest_hex(lock.as_bytes()));
    user.state == UserState::Active && own.as_deref() == Some(lock)
}

async fn admit(
    app: &App,
    user: &UserRow,
    reader: &ReaderSecret,
    lock: &str,
    passkey: &Stored,
) -> Result<SessionCookie, SignInError> {
    let (who, now) = (user.id, app.now());
    let cookie = SessionCookie::generate();
    let session = new_session(app, who, &cookie, reader, now);
    let used = row(who, passkey.id, &passkey.body, reader)?;
    let seen = passkey.sealed.clone();
    let given = (session, used, seen, lock.to_owned());
    app.store()
        .write_with(given, move |tx, (session, used, seen, lock)| {
            Box::pin(async move {
                leave_trace(tx, now, Some(who), None, Traced::SignedIn).await?;
                // The trace keeps every other change out until the commit: nobody changed the pass phrase, left, or
                // used the same passkey since it was looked at.
                let user = users::find(tx, who).await?;
                if !user.is_some_and(|user| is_still(&user, lock))
                    || !passkeys::replace(tx, used, seen).await?
                {
                    return Err(SignInError::Refused);
                }
                sessions::add(tx, session).await?;
                Ok(())
            })
        })
        .await?;
    Ok(cookie)
}

/// A counter that does not go up says that somebody may have a copy: the passkey signs nobody in any more, and the
/// others in the team are told (Web Authentication Level 3, 6.1.1).
async fn shut(
    app: &App,
    user: &UserRow,
    reader: &ReaderSecret,
    mut passkey: Stored,
) -> Result<(), SignInError> {
    let seen = passkey.sealed.clone();
    passkey.body.is_shut = true;
    let who: UserId = user.id;
    let given = (user.clone(), row(who, passkey.id, &passkey.body, reader)?, seen);
    let now = app.now();
    app.store()
        .write_with(given, move |tx, (user, closed, seen)| {
            Box::pin(async move {
                if passkeys::replace(tx, closed, seen).await? {
                    team::note(tx, Some(who), user, TeamStep::PasskeyShut, now).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(())
}

//! Joining: a pass phrase, an authenticator app and a key of one's own.

use safehold_core::trace::TeamStep;
use safehold_seal::{Lock, ReaderKeys, Sealed, SecretString, UserSecrets, lock::new_recovery_codes, totp};
use safehold_store::{invitations, users};

use super::{TeamError, confirm, hold, invite::token_hash, member, note};
use crate::{App, AppError, sign_in};

/// How many recovery codes somebody gets.
const RECOVERY_CODES: usize = 8;

/// What somebody needs to join: their name, and a secret for their authenticator app.
pub struct Joining {
    /// Their name.
    pub name: String,
    /// Their address, with which they will sign in.
    pub email: String,
}

/// Whom an invitation is for.
///
/// # Errors
/// [`TeamError::Invitation`].
pub async fn joining(app: &App, token: &str) -> Result<Joining, TeamError> {
    let hash = token_hash(token)?;
    let mut conn = app.store().read().await?;
    let id = invitations::find(&mut conn, &hash, app.now())
        .await?
        .ok_or(TeamError::Invitation)?;
    let row = users::find(&mut conn, id).await?.ok_or(TeamError::Invitation)?;
    Ok(Joining {
        name: row.name,
        email: row.email,
    })
}

/// What somebody chose to sign in with, checked and closed.
pub(crate) struct Credentials {
    pub(crate) public: Vec<u8>,
    pub(crate) lock: Sealed,
    pub(crate) recovery_codes: Vec<String>,
}

/// Checks what somebody chose, makes their key and closes their lock.
pub(crate) async fn credentials(
    app: &App,
    pass: SecretString,
    about_them: &[&str],
    typed_secret: &str,
    code: &str,
) -> Result<Credentials, TeamError> {
    let problems = sign_in::pass_problems(&pass, about_them);
    if !problems.is_empty() {
        return Err(TeamError::Weak(problems));
    }
    let totp_secret = totp::parse_typed(typed_secret).ok_or(TeamError::Code)?;
    if totp::check(&totp_secret, code, app.now().as_second(), None).is_none() {
        return Err(TeamError::Code);
    }
    let params = app.lock_params();
    let made = app
        .gate()
        .run(move || {
            let (public, reader) = ReaderKeys::generate();
            let recovery_codes = new_recovery_codes(RECOVERY_CODES);
            let secrets = UserSecrets {
                reader,
                totp_secret,
                recovery_codes: recovery_codes.clone(),
            };
            let lock = Lock::close(&pass, &secrets, params);
            lock.map(|lock| Credentials {
                public: public.as_bytes().to_vec(),
                lock,
                recovery_codes,
            })
        })
        .await?;
    made.map_err(|_| AppError::Broken("a lock could not be closed").into())
}

/// What joining gives.
pub struct Joined {
    /// Recovery codes, to be shown once.
    pub recovery_codes: Vec<String>,
    /// Whether a second person has to confirm them before they can sign in.
    pub waits: bool,
}

/// Joins the team. Where there is somebody to confirm them, they wait for it.
///
/// # Errors
/// [`TeamError`].
pub async fn join(
    app: &App,
    token: &str,
    pass: SecretString,
    typed_secret: &str,
    code: &str,
) -> Result<Joined, TeamError> {
    let who = joining(app, token).await?;
    let made = credentials(app, pass, &[&who.name, &who.email], typed_secret, code).await?;
    let hash = token_hash(token)?;
    let now = app.now();
    let recovery_codes = made.recovery_codes.clone();
    let waits = app
        .store()
        .write_with(made, move |tx, made| {
            Box::pin(async move {
                hold(tx).await?;
                let id = invitations::take(tx, &hash, now)
                    .await?
                    .ok_or(TeamError::Invitation)?;
                let row = member(tx, id).await?;
                let waits = confirm::is_needed(&users::list(tx).await?, &row);
                users::join(tx, id, &made.public, &made.lock, waits).await?;
                let step = if waits {
                    TeamStep::Joined
                } else {
                    TeamStep::JoinedUnconfirmed
                };
                note(tx, Some(id), &row, step, now).await?;
                Ok::<_, TeamError>(waits)
            })
        })
        .await?;
    Ok(Joined {
        recovery_codes,
        waits,
    })
}

//! One's own sign-ins: which there are, ending them, and proving once more who one is before what is sensitive.

use jiff::{SignedDuration, Timestamp};
use safehold_core::trace::{TeamStep, Traced};
use safehold_seal::{Lock, SecretString};
use safehold_store::{
    sessions,
    users::{self, UserState},
};

use crate::{
    App, AppError,
    desk::Reader,
    leave_trace,
    sign_in::{SignInError, SignedIn},
};

/// How long a proof holds, in minutes: long enough for what one came for, too short for a screen that was left.
pub const PROOF_MINUTES: i64 = 15;

/// A sign-in of one's own.
pub struct OwnSession {
    /// What it is called in a form: a hash of its cookie, with which nobody can sign in.
    pub name: String,
    /// When it began.
    pub since: Timestamp,
    /// When it was last used, to within a minute.
    pub seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Which sign-ins are to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// One, by its name.
    One(String),
    /// All but the one that asks.
    Others,
}

/// Whether this reader proved a short while ago who they are.
pub fn is_proven(app: &App, reader: &Reader) -> bool {
    app.now().duration_since(reader.proven_at) < SignedDuration::from_mins(PROOF_MINUTES)
}

/// One's own sign-ins, the latest in use first.
///
/// # Errors
/// [`AppError`].
pub async fn list(app: &App, me: &SignedIn) -> Result<Vec<OwnSession>, AppError> {
    let mut conn = app.store().read().await?;
    let rows = sessions::list_of(&mut conn, me.reader.id, app.now()).await?;
    Ok(rows
        .into_iter()
        .map(|row| OwnSession {
            name: name_of(&row.id_hash),
            since: row.created_at,
            seen_at: row.seen_at,
            is_this: row.id_hash == me.id_hash,
        })
        .collect())
}

fn name_of(id_hash: &[u8; 32]) -> String {
    safehold_seal::digest_hex(id_hash)
}

/// Ends sign-ins of one's own, on whatever device they are (ASVS 7.5.2). The answer is how many.
///
/// # Errors
/// [`SignInError::Refused`] if who asks proved too long ago who they are.
pub async fn end(app: &App, me: &SignedIn, which: Ending) -> Result<usize, SignInError> {
    if !is_proven(app, &me.reader) {
        return Err(SignInError::Refused);
    }
    let (who, role, this, now) = (me.reader.id, me.reader.role, me.id_hash, app.now());
    app.store()
        .write_with(which, move |tx, which| {
            Box::pin(async move {
                let mut ended = 0;
                for row in sessions::list_of(tx, who, now).await? {
                    let is_meant = match which {
                        Ending::One(name) => name_of(&row.id_hash) == *name,
                        Ending::Others => row.id_hash != this,
                    };
                    if is_meant && sessions::remove_of(tx, who, &row.id_hash).await? {
                        let changed = Traced::TeamChanged {
                            member: who,
                            role,
                            step: TeamStep::SessionEnded,
                        };
                        leave_trace(tx, now, Some(who), None, changed).await?;
                        ended += 1;
                    }
                }
                Ok::<_, SignInError>(ended)
            })
        })
        .await
}

/// Proves once more who one is, with the pass phrase (ASVS 7.5.3). Guesses are slowed as at signing in, and are in the
/// trace.
///
/// # Errors
/// [`SignInError::Refused`] if it is not the pass phrase.
pub async fn prove(app: &App, me: &SignedIn, pass: SecretString) -> Result<(), SignInError> {
    let mut conn = app.store().read().await?;
    let user = users::find(&mut conn, me.reader.id)
        .await?
        .filter(|user| user.state == UserState::Active)
        .ok_or(SignInError::Refused)?;
    drop(conn);
    app.slow().wait(&user.email).await;
    let lock = user
        .lock_sealed
        .ok_or(AppError::Broken("an active member has no lock"))?;
    let opened = app.gate().run(move || Lock::open(&pass, &lock).map(drop)).await?;
    app.slow().note(&user.email, opened.is_ok());
    let (who, id_hash, now) = (me.reader.id, me.id_hash, app.now());
    let is_right = opened.is_ok();
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                if is_right {
                    Ok::<_, AppError>(sessions::prove(tx, &id_hash, now).await?)
                } else {
                    leave_trace(tx, now, Some(who), None, Traced::SignInRefused).await
                }
            })
        })
        .await?;
    if is_right {
        Ok(())
    } else {
        Err(SignInError::Refused)
    }
}

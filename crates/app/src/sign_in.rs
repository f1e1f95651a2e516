//! Signing in at the desk, staying signed in, and signing out.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use jiff::{SignedDuration, Timestamp};
use safehold_core::{
    id::UserId,
    roster::Role,
    trace::{TeamStep, Traced},
};
use safehold_seal::{
    ExposeSecret, Lock, LockError, ReaderSecret, Sealed, SecretString, SessionCookie, SymmetricKey,
    UserSecrets, totp,
};
use safehold_store::{
    StoreError, Tx, sessions,
    users::{self, UserRow, UserState},
};

use crate::{App, AppError, desk::Reader, keys, leave_trace};

/// Why somebody was not signed in. All reasons look alike from outside.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Some of the three is not right.
    #[error("the sign-in did not succeed")]
    Refused,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// A session that was resumed.
pub struct SignedIn {
    /// Who, with their key.
    pub reader: Reader,
    /// The token for forms.
    pub form_token: String,
    /// When the session ends if nothing more is done.
    pub expires_at: Timestamp,
    pub(crate) id_hash: [u8; 32],
}

/// Signs somebody in. `code` is the six digits of their app, or one of their recovery codes.
///
/// # Errors
/// [`SignInError::Refused`], after the same work whatever was wrong.
pub async fn sign_in(
    app: &App,
    email: &str,
    pass: SecretString,
    code: &str,
) -> Result<SessionCookie, SignInError> {
    let email = email.trim().to_lowercase();
    app.slow().wait(&email).await;
    let result = match unlock(app, &email, pass).await {
        Ok(unlocked) => check(app, unlocked, code).await,
        Err(error) => Err(error),
    };
    app.slow().note(&email, result.is_ok());
    result
}

/// Somebody whose pass phrase was right, which is half of signing in.
pub(crate) struct Unlocked {
    pub(crate) user: UserRow,
    pub(crate) lock: Sealed,
    pub(crate) secrets: UserSecrets,
    lock_key: SymmetricKey,
}

/// Opens the lock of whoever has this address, in lower case. The work is the same whoever has it, and if nobody does.
pub(crate) async fn unlock(app: &App, email: &str, pass: SecretString) -> Result<Unlocked, SignInError> {
    let mut conn = app.store().read().await?;
    let user = users::find_by_email(&mut conn, email)
        .await?
        .filter(|user| user.state == UserState::Active);
    drop(conn);
    let Some(user) = user else {
        let params = app.lock_params();
        app.gate()
            .run(move || Lock::dummy_open_with(&pass, params))
            .await?;
        return Err(refuse(app, None).await);
    };
    let lock = user
        .lock_sealed
        .clone()
        .ok_or(AppError::Broken("an active member has no lock"))?;
    let lock_for_opening = lock.clone();
    let opened = app
        .gate()
        .run(move || Lock::open(&pass, &lock_for_opening))
        .await?;
    match opened {
        Ok((secrets, lock_key)) => Ok(Unlocked {
            user,
            lock,
            secrets,
            lock_key,
        }),
        Err(LockError::Refused) => Err(refuse(app, Some(user.id)).await),
        Err(_) => Err(AppError::Broken("a lock").into()),
    }
}

async fn check(app: &App, unlocked: Unlocked, code: &str) -> Result<SessionCookie, SignInError> {
    let Unlocked {
        user,
        lock,
        mut secrets,
        lock_key,
    } = unlocked;
    let id = user.id;
    let now = app.now();
    let step = totp::check(&secrets.totp_secret, code, now.as_second(), user.totp_last_step);
    let new_lock = match step {
        Some(_) => None,
        None if secrets.use_recovery_code(code) => {
            Some(Lock::reclose(&lock_key, &lock, &secrets).map_err(|_| AppError::Broken("a lock"))?)
        }
        None => return Err(refuse(app, Some(id)).await),
    };
    let cookie = SessionCookie::generate();
    let session = new_session(app, id, &cookie, &secrets.reader, now);
    app.store()
        .write_with((session, lock, new_lock), move |tx, (session, lock, new_lock)| {
            Box::pin(async move {
                leave_trace(tx, now, Some(id), None, Traced::SignedIn).await?;
                if let Some(step) = step
                    && !users::use_totp_step(tx, id, step).await?
                {
                    return Err(SignInError::Refused);
                }
                if let Some(new_lock) = new_lock {
                    still_locked_by(tx, id, lock).await?;
                    users::set_lock(tx, id, new_lock).await?;
                }
                sessions::add(tx, session).await?;
                Ok(())
            })
        })
        .await?;
    Ok(cookie)
}

/// A lock is replaced only if it is still the one that was opened: else the same recovery code could be used by two at
/// once, or a pass phrase that was just changed come back. Called after the trace was appended to, which keeps every
/// other change out until the commit.
async fn still_locked_by(tx: &mut Tx, id: UserId, lock: &Sealed) -> Result<(), SignInError> {
    let present = users::find(tx, id).await?.and_then(|user| user.lock_sealed);
    if present.is_some_and(|present| present.as_bytes() == lock.as_bytes()) {
        Ok(())
    } else {
        Err(SignInError::Refused)
    }
}

/// Refuses, with a trace of it: also of a name that nobody has, as the time that a commit takes would tell.
pub(crate) async fn refuse(app: &App, id: Option<UserId>) -> SignInError {
    let now = app.now();
    let traced = app
        .store()
        .write(move |tx| Box::pin(leave_trace(tx, now, id, None, Traced::SignInRefused)))
        .await;
    match traced {
        Ok(()) => SignInError::Refused,
        Err(error) => error.into(),
    }
}

pub(crate) fn new_session(
    app: &App,
    user_id: UserId,
    cookie: &SessionCookie,
    reader: &ReaderSecret,
    now: Timestamp,
) -> sessions::SessionRow {
    sessions::SessionRow {
        id_hash: cookie.id_hash(),
        user_id,
        key_sealed: cookie.seal_reader(&keys::session(user_id), reader),
        created_at: now,
        seen_at: now,
        proven_at: now,
        expires_at: later(
            now,
            SignedDuration::from_mins(app.rules().desk_idle_minutes.into()),
        ),
    }
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(now)
}

/// A session is noted as in use at most this often, since noting it is a write.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// Resumes a session from the value of its cookie; `None` if it has ended or never was.
///
/// # Errors
/// [`AppError`].
pub async fn resume(app: &App, cookie: &str) -> Result<Option<SignedIn>, AppError> {
    let Ok(cookie) = SessionCookie::parse(cookie) else {
        return Ok(None);
    };
    let now = app.now();
    let mut conn = app.store().read().await?;
    let Some(session) = sessions::find(&mut conn, &cookie.id_hash(), now).await? else {
        return Ok(None);
    };
    let user = users::find(&mut conn, session.user_id)
        .await?
        .filter(|user| user.state == UserState::Active);
    drop(conn);
    let Some(user) = user else {
        return Ok(None);
    };
    let longest = later(
        session.created_at,
        SignedDuration::from_hours(app.rules().desk_hours.into()),
    );
    if now >= longest {
        return Ok(None);
    }
    let secret = cookie.open_reader(&keys::session(user.id), &session.key_sealed)?;
    let mut expires_at = session.expires_at;
    if now.duration_since(session.seen_at) >= TOUCH_EVERY {
        expires_at = later(
            now,
            SignedDuration::from_mins(app.rules().desk_idle_minutes.into()),
        )
        .min(longest);
        let id_hash = session.id_hash;
        app.store()
            .write(move |tx| {
                Box::pin(async move {
                    sessions::touch(tx, &id_hash, now, expires_at).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
    }
    Ok(Some(SignedIn {
        reader: Reader {
            id: user.id,
            role: user.role,
            name: user.name,
            since: session.created_at,
            proven_at: session.proven_at,
            session: session.id_hash,
            secret,
        },
        form_token: cookie.form_token(),
        expires_at,
        id_hash: session.id_hash,
    }))
}

/// Signs out.
///
/// # Errors
/// [`AppError`].
pub async fn sign_out(app: &App, cookie: &str) -> Result<(), AppError> {
    let Ok(cookie) = SessionCookie::parse(cookie) else {
        return Ok(());
    };
    let (id_hash, now) = (cookie.id_hash(), app.now());
    app.shelves().wipe(&id_hash);
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                let session = sessions::find(tx, &id_hash, now).await?;
                if let Some(session) = session {
                    sessions::remove(tx, &id_hash).await?;
                    leave_trace(tx, now, Some(session.user_id), None, Traced::SignedOut).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await
}

/// Changes one's own pass phrase. Every session of theirs ends.
///
/// # Errors
/// [`SignInError::Refused`] if the present one is not right.
pub async fn change_pass(
    app: &App,
    reader: &Reader,
    present: SecretString,
    new: SecretString,
) -> Result<(), SignInError> {
    let mut conn = app.store().read().await?;
    let user = users::find(&mut conn, reader.id)
        .await?
        .ok_or(SignInError::Refused)?;
    drop(conn);
    let lock = user
        .lock_sealed
        .ok_or(AppError::Broken("an active member has no lock"))?;
    let params = app.lock_params();
    let opened = lock.clone();
    let closed = app
        .gate()
        .run(move || -> Result<Sealed, LockError> {
            let (secrets, _): (UserSecrets, SymmetricKey) = Lock::open(&present, &opened)?;
            Lock::close(&new, &secrets, params).map_err(|_| LockError::Refused)
        })
        .await?
        .map_err(|_| SignInError::Refused)?;
    let (id, role, now) = (reader.id, reader.role, app.now());
    app.store()
        .write_with((lock, closed), move |tx, (lock, closed)| {
            Box::pin(async move {
                let changed = Traced::TeamChanged {
                    member: id,
                    role,
                    step: TeamStep::PassChanged,
                };
                leave_trace(tx, now, Some(id), None, changed).await?;
                still_locked_by(tx, id, lock).await?;
                users::set_lock(tx, id, closed).await?;
                sessions::remove_for(tx, id).await?;
                Ok::<_, SignInError>(())
            })
        })
        .await
}

/// How good a pass phrase must be, from 0 to 4 (zxcvbn).
pub const LEAST_SCORE: u8 = 3;

/// Why a pass phrase is not good enough: keys of messages, most important first.
pub fn pass_problems(pass: &SecretString, about_them: &[&str]) -> Vec<String> {
    let strength = safehold_seal::strength(pass.expose_secret(), about_them);
    if strength.score >= LEAST_SCORE {
        return Vec::new();
    }
    let mut problems: Vec<String> = strength
        .warning
        .into_iter()
        .chain(strength.suggestions)
        .map(ToString::to_string)
        .collect();
    if problems.is_empty() {
        problems.push("add-another-word".to_owned());
    }
    problems
}

/// Role names are part of what a page shows of a reader.
impl Reader {
    /// The stable name of the role.
    pub fn role_key(&self) -> &'static str {
        let role: Role = self.role;
        role.key()
    }
}

/// How many tries at an account in a row did not succeed, of which more make the next one wait: for tests, which must
/// not measure the waiting.
pub fn failures(app: &App, email: &str) -> u32 {
    app.slow().count(email)
}

/// Slows guesses at one account. It never refuses, so nobody can shut somebody else out, and it remembers no
/// address of a machine.
#[derive(Default)]
pub(crate) struct Slow {
    failures: Mutex<HashMap<String, u32>>,
}

impl Slow {
    /// So many failures cost nothing: people mistype.
    const FREE: u32 = 3;
    const LONGEST: Duration = Duration::from_secs(15);
    /// Beyond this, forget all: somebody is guessing names, and memory is bounded.
    const MOST: usize = 10_000;

    pub(crate) async fn wait(&self, account: &str) {
        let failures = self.count(account);
        if failures > Self::FREE {
            let doubled = 1u64
                .checked_shl((failures - Self::FREE).min(10))
                .unwrap_or(u64::MAX);
            tokio::time::sleep(Duration::from_millis(250 * doubled).min(Self::LONGEST)).await;
        }
    }

    fn count(&self, account: &str) -> u32 {
        self.failures
            .lock()
            .ok()
            .and_then(|failures| failures.get(account).copied())
            .unwrap_or(0)
    }

    pub(crate) fn note(&self, account: &str, succeeded: bool) {
        let Ok(mut failures) = self.failures.lock() else {
            return;
        };
        if succeeded {
            failures.remove(account);
        } else {
            if failures.len() >= Self::MOST {
                failures.clear();
            }
            *failures.entry(account.to_owned()).or_default() += 1;
        }
    }
}

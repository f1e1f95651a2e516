//! Getting in again: somebody who lost their pass phrase chooses a new one, and it becomes theirs when the recovery key
//! is used for them.
//!
//! Nobody is signed in while they ask, so anybody can ask in anybody's name. Nothing changes by it. Whoever asks is shown
//! eight letters, and so is the lead who looks at the ask: they are read out on a number that the lead knows from
//! elsewhere, and stand for the very key that was made. The person in whose name it was made is told too.

use jiff::{SignedDuration, Timestamp};
use safehold_core::{
    access::{Area, may_enter},
    id::{AskId, UserId},
    reference::Reference,
    trace::{RecoveryStep, Traced},
};
use safehold_seal::{RecoveryKey, SecretString, random};
use safehold_store::{
    StoreError, invitations, passkeys, recovery as stored, sessions, trace as trace_store,
    users::{self, UserState},
    wraps::{self, Holder as WrapHolder},
};

use super::{
    RecoverError, Recovered, Use, finish, for_leads,
    give::{Scope, give_all},
    ours, tell,
};
use crate::{
    App, AppError,
    desk::{DeskError, Reader},
    leave_trace,
    notices::{self, Notice},
    roster::Team,
    team::{self, TeamError},
};

/// How long an ask waits, in days.
pub const ASK_DAYS: i64 = 7;
/// So many may wait in one name. More are dropped without a word, so that nobody fills the leads' desk.
const MOST_EACH: usize = 3;
/// So many may wait in all.
const MOST: usize = 30;

/// What somebody chooses to sign in with from now on.
pub struct Asking {
    /// Their address.
    pub email: String,
    /// The new pass phrase.
    pub pass: SecretString,
    /// The secret of their authenticator app, as typed.
    pub typed_secret: String,
    /// A code from the app.
    pub code: String,
}

/// What somebody who asked is shown, once.
pub struct Asked {
    /// Eight letters to read out to whoever calls them.
    pub letters: Reference,
    /// Their new recovery codes.
    pub recovery_codes: Vec<String>,
}

/// Why somebody could not ask.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    Email,
    /// What they chose cannot be used.
    #[error(transparent)]
    Choice(TeamError),
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for AskError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// The letters that stand for a key.
fn letters(public_key: &[u8]) -> Reference {
    let digest = safehold_seal::digest_hex(public_key);
    let number = digest
        .get(..10)
        .and_then(|head| u64::from_str_radix(head, 16).ok())
        .unwrap_or_default();
    let [_, _, _, bytes @ ..] = number.to_be_bytes();
    Reference::from_random(bytes)
}

/// Asks to be let in again. The answer is the same, after the same work, whether or not anybody has this address.
///
/// # Errors
/// [`AskError`].
pub async fn ask(app: &App, asking: Asking) -> Result<Asked, AskError> {
    let email = asking.email.trim().to_lowercase();
    if !email.contains('@') || email.chars().count() > 254 {
        return Err(AskError::Email);
    }
    let made = team::credentials(app, asking.pass, &[&email], &asking.typed_secret, &asking.code)
        .await
        .map_err(|error| match error {
            TeamError::App(error) => AskError::App(error),
            other => AskError::Choice(other),
        })?;
    let asked = Asked {
        letters: letters(&made.public),
        recovery_codes: made.recovery_codes.clone(),
    };
    let now = app.now();
    app.store()
        .write_with((email, made), move |tx, (email, made)| {
            Box::pin(async move {
                trace_store::hold(tx).await?;
                stored::expire_asks(tx, now).await?;
                let member = users::find_by_email(tx, email)
                    .await?
                    .filter(|row| row.state == UserState::Active);
                let what = Traced::Recovery {
                    step: RecoveryStep::Asked,
                    member: member.as_ref().map(|row| row.id),
                };
                leave_trace(tx, now, None, None, what).await?;
                let Some(member) = member else { return Ok(()) };
                let waiting = stored::list_asks(tx, now).await?;
                let own = waiting.iter().filter(|ask| ask.user_id == member.id).count();
                if waiting.len() >= MOST || own >= MOST_EACH {
                    return Ok(());
                }
                let row = stored::AskRow {
                    id: AskId::from_random(random::bytes()),
                    user_id: member.id,
                    public_key: made.public.clone(),
                    lock_sealed: made.lock.clone(),
                    asked_at: now,
                    expires_at: now
                        .saturating_add(SignedDuration::from_hours(24 * ASK_DAYS))
                        .unwrap_or(now),
                };
                stored::add_ask(tx, &row).await?;
                for other in users::list(tx).await? {
                    let is_told = other.id == member.id || may_enter(other.role, Area::Recovery);
                    if other.state == UserState::Active && is_told {
                        notices::tell_member(tx, other.id, Notice::Recovery, None, now).await?;
                    }
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(asked)
}

/// An ask that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Which.
    pub id: AskId,
    /// In whose name.
    pub member: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The number to call.
    pub phone: String,
    /// What the person has to read out.
    pub letters: Reference,
    /// When it was made.
    pub asked_at: Timestamp,
}

async fn list(app: &App, of: impl Fn(UserId) -> bool) -> Result<Vec<Ask>, AppError> {
    let mut conn = app.store().read().await?;
    let rows = stored::list_asks(&mut conn, app.now()).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let members = users::list(&mut conn).await?;
    Ok(rows
        .into_iter()
        .filter(|row| of(row.user_id))
        .filter_map(|row| {
            let member = members.iter().find(|member| member.id == row.user_id)?;
            Some(Ask {
                id: row.id,
                member: row.user_id,
                name: member.name.clone(),
                email: member.email.clone(),
                phone: member.phone.clone(),
                letters: letters(&row.public_key),
                asked_at: row.asked_at,
            })
        })
        .collect())
}

/// Those who ask, for those who may let them in. Nobody lets themselves in.
///
/// # Errors
/// [`DeskError::Role`].
pub async fn asks(app: &App, reader: &Reader) -> Result<Vec<Ask>, DeskError> {
    if !may_enter(reader.role, Area::Recovery) {
        return Err(DeskError::Role);
    }
    Ok(list(app, |member| member != reader.id).await?)
}

/// Asks for whoever runs the installation.
///
/// # Errors
/// [`AppError`].
pub async fn asks_of(app: &App, member: UserId) -> Result<Vec<Ask>, AppError> {
    list(app, |other| other == member).await
}

/// What was asked in the name of somebody who is signed in: they know whether it was they.
///
/// # Errors
/// [`AppError`].
pub async fn asks_in_my_name(app: &App, reader: &Reader) -> Result<Vec<Ask>, AppError> {
    list(app, |member| member == reader.id).await
}

/// Puts an ask aside: a lead, or the person in whose name it was made.
///
/// # Errors
/// [`DeskError::NotFound`] if there is no such for them.
pub async fn drop_ask(app: &App, reader: &Reader, ask: AskId) -> Result<(), DeskError> {
    let (by, now) = (reader.id, app.now());
    let may_all = may_enter(reader.role, Area::Recovery);
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                let rows = stored::list_asks(tx, now).await?;
                let row = rows.into_iter().find(|row| row.id == ask);
                let row = row.filter(|row| may_all || row.user_id == by);
                let row = row.ok_or(DeskError::NotFound)?;
                let what = Traced::Recovery {
                    step: RecoveryStep::AskDropped,
                    member: Some(row.user_id),
                };
                leave_trace(tx, now, Some(by), None, what).await?;
                stored::remove_ask(tx, ask).await?;
                Ok(())
            })
        })
        .await
}

/// Lets somebody in again: what they chose is what they sign in with, and they get back what they had held. All leads
/// are told. If it is interrupted, `give_keys` finishes it.
///
/// # Errors
/// [`RecoverError::NoMember`] if the ask is gone, or is one's own.
pub async fn let_in(
    app: &App,
    recovery: &RecoveryKey,
    ask: AskId,
    used: &Use,
) -> Result<Recovered, RecoverError> {
    let mut conn = app.store().read().await?;
    if !ours(&mut conn, recovery).await? {
        return Err(RecoverError::NotOurs);
    }
    let row = stored::list_asks(&mut conn, app.now())
        .await?
        .into_iter()
        .find(|row| row.id == ask)
        .filter(|row| Some(row.user_id) != used.by())
        .ok_or(RecoverError::NoMember)?;
    let team = Team::read(&mut conn).await?;
    drop(conn);
    finish(app, recovery).await?;
    let member = row.user_id;
    let step = RecoveryStep::LetIn;
    // The key that they had opens nothing any more for them, so they are told without the reason.
    let notes = for_leads(app, &team, step, used, Some(member), |other| other.id != member)?;
    let (now, by) = (app.now(), used.by());
    app.store()
        .write_with((row, notes), move |tx, (row, notes)| {
            Box::pin(async move {
                let what = Traced::Recovery {
                    step,
                    member: Some(member),
                };
                leave_trace(tx, now, by, None, what).await?;
                if !stored::remove_ask(tx, row.id).await? {
                    return Err(RecoverError::NoMember);
                }
                users::replace_keys(tx, member, &row.public_key, &row.lock_sealed)
                    .await
                    .map_err(AppError::from)?;
                // What was wrapped to the key of before opens for nobody: it is noted, and given anew.
                stored::note_held(tx, member).await?;
                wraps::remove_all_of(tx, WrapHolder::User(member)).await?;
                stored::remove_asks_of(tx, member).await?;
                // A passkey of before holds the key of before.
                passkeys::remove_for(tx, member).await?;
                sessions::remove_for(tx, member).await?;
                invitations::remove_for(tx, member).await?;
                tell(tx, notes, now).await?;
                notices::tell_member(tx, member, Notice::Recovery, None, now).await?;
                Ok(())
            })
        })
        .await?;
    give_all(app, recovery, member, Scope::Held).await
}

/// Asks that nobody granted in time go.
pub(crate) async fn expire(app: &App) -> Result<(), AppError> {
    let now = app.now();
    app.store()
        .write(move |tx| Box::pin(async move { Ok::<_, AppError>(stored::expire_asks(tx, now).await?) }))
        .await
}

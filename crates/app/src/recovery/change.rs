//! Changing the recovery key: new holders, another way of keeping it, or because it was typed where somebody could see.
//!
//! It takes two steps, so that nothing depends on a key before it is known to be written down. First whoever holds the
//! present key has a new one made, which is shown once; nothing else has changed. Then the new one is typed in from
//! paper: only now it comes into force, and every case is wrapped to it. The key of before is sealed to the new one until
//! that is done, so that a change which a crash interrupted goes on with the new key alone.

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use jiff::Timestamp;
use safehold_core::{
    access::{Area, may_enter},
    id::UserId,
    trace::{RecoveryStep, Traced},
};
use safehold_seal::{
    Context, ReaderPublic, ReaderSecret, RecoveryKey, Sealed, SymmetricKey, Zeroizing, share, unwrap_key,
    wrap_key,
};
use safehold_store::{
    Conn, StoreError, Tx, recovery as stored, settings, trace as trace_store,
    wraps::{self, Holder, WrapRow},
};

use super::{
    GivenError, RecoverError, SharedOut, Use, for_leads, given,
    holders::{self, ShareHolder},
    tell, unlock,
};
use crate::{App, AppError, desk::Reader, keys, leave_trace, roster::Team, setup};

/// How many wraps are made anew in one transaction.
const BATCH: u32 = 200;
/// The most letters of a holder's name.
const MOST_LETTERS: usize = 100;

/// How a key is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Whole, by one person.
    Whole,
    /// In shares.
    Shares {
        /// How many must come together.
        needed: u8,
        /// Who gets one, by name.
        holders: Vec<String>,
    },
}

/// A share to print.
pub struct PrintedShare {
    /// Which one, from 1.
    pub number: u8,
    /// For whom.
    pub holder: String,
    /// What is printed.
    pub text: Zeroizing<String>,
}

/// What is shown once.
pub enum Printed {
    /// The whole key.
    Whole(Zeroizing<String>),
    /// Its shares.
    Shares {
        /// How many must come together.
        needed: u8,
        /// The name of the set.
        set: String,
        /// One for each holder.
        shares: Vec<PrintedShare>,
    },
}

/// Why the key was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The role of who asks does not do this.
    #[error("this role does not change the recovery key")]
    Role,
    /// Fewer than two or more than nine holders, one without a name, or one twice.
    #[error("there are two to nine holders, each with a name of their own")]
    Holders,
    /// Fewer than two or more than five are to come together, or more than there are.
    #[error("two to five shares are needed, and no more than there are holders")]
    Needed,
    /// No reason was given.
    #[error("a reason is needed")]
    Why,
    /// What was typed is not the key that it has to be.
    #[error(transparent)]
    Given(GivenError),
    /// No change was begun, or another one was meanwhile.
    #[error("no change of the recovery key is under way")]
    NotBegun,
    /// Anything else.
    #[error(transparent)]
    App(AppError),
}

impl From<AppError> for ChangeError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => error.into(),
            other => Self::App(other),
        }
    }
}

impl From<StoreError> for ChangeError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::ChangedSince | StoreError::Conflict { .. } => Self::NotBegun,
            other => Self::App(other.into()),
        }
    }
}

impl From<GivenError> for ChangeError {
    fn from(error: GivenError) -> Self {
        match error {
            GivenError::App(error) => error.into(),
            other => Self::Given(other),
        }
    }
}

impl From<RecoverError> for ChangeError {
    fn from(error: RecoverError) -> Self {
        match error {
            RecoverError::App(error) => error.into(),
            RecoverError::Why => Self::Why,
            RecoverError::NotOurs | RecoverError::NoMember => Self::NotBegun,
        }
    }
}

impl Plan {
    /// Checks a plan before anything is made.
    ///
    /// # Errors
    /// [`ChangeError::Holders`] or [`ChangeError::Needed`].
    pub fn check(&self) -> Result<(), ChangeError> {
        let Self::Shares { needed, holders } = self else {
            return Ok(());
        };
        let mut names: Vec<String> = holders.iter().map(|name| name.trim().to_lowercase()).collect();
        names.sort();
        names.dedup();
        let is_named = |name: &String| !name.trim().is_empty() && name.chars().count() <= MOST_LETTERS;
        let fits = (2..=usize::from(share::MOST_SHARES)).contains(&holders.len());
        if names.len() != holders.len() || !fits || !holders.iter().all(is_named) {
            return Err(ChangeError::Holders);
        }
        let allowed = share::LEAST_NEEDED..=share::MOST_NEEDED;
        if !allowed.contains(needed) || usize::from(*needed) > holders.len() {
            return Err(ChangeError::Needed);
        }
        Ok(())
    }

    /// Makes what is printed, and what is kept to know it again.
    pub(crate) fn print(
        &self,
        key: &RecoveryKey,
        now: Timestamp,
    ) -> Result<(Printed, Option<SharedOut>), ChangeError> {
        self.check()?;
        let Self::Shares { needed, holders } = self else {
            return Ok((Printed::Whole(key.to_text()), None));
        };
        let of = u8::try_from(holders.len()).map_err(|_| ChangeError::Holders)?;
        let shares = share::split(key, *needed, of).map_err(|_| ChangeError::Needed)?;
        let set = shares
            .first()
            .map(|share| share.set().to_string())
            .unwrap_or_default();
        let given: Vec<ShareHolder> = shares
            .iter()
            .zip(holders)
            .map(|(share, name)| ShareHolder {
                number: share.number(),
                name: name.trim().to_owned(),
                digest: holders::digest_text(share),
                checked_at: None,
            })
            .collect();
        let printed = shares
            .iter()
            .zip(holders)
            .map(|(share, name)| PrintedShare {
                number: share.number(),
                holder: name.trim().to_owned(),
                text: share.to_text(),
            })
            .collect();
        let printed = Printed::Shares {
            needed: *needed,
            set: set.clone(),
            shares: printed,
        };
        let out = SharedOut {
            set,
            needed: *needed,
            made_at: now,
            holders: given,
        };
        Ok((printed, Some(out)))
    }
}

/// A change that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnderWay {
    /// When it was begun.
    pub begun_at: Timestamp,
    /// How many of the new shares are to be typed; one for a whole key.
    pub needed: u8,
    /// Whether the new key is in force, and cases are still to be wrapped to it.
    pub is_in_force: bool,
}

/// The change that was begun, if there is one.
///
/// # Errors
/// [`AppError`].
pub async fn under_way(app: &App) -> Result<Option<UnderWay>, AppError> {
    let mut conn = app.store().read().await?;
    let Some(row) = stored::find_change(&mut conn).await? else {
        return Ok(None);
    };
    Ok(Some(UnderWay {
        begun_at: row.begun_at,
        needed: set_of(&row)?.map_or(1, |set| set.needed),
        is_in_force: row.switched_at.is_some(),
    }))
}

fn set_of(row: &stored::ChangeRow) -> Result<Option<SharedOut>, AppError> {
    serde_json::from_str(&row.holders).map_err(|_| AppError::Broken("the holders of new shares"))
}

fn before(public: &[u8]) -> Context {
    Context::new("recovery-before", &[&safehold_seal::digest_hex(public)])
}

/// Makes a new key and shows it. The present one stays in force until the new one was typed in.
///
/// # Errors
/// [`ChangeError`].
pub async fn begin(
    app: &App,
    reader: &Reader,
    typed: &[Zeroizing<String>],
    plan: &Plan,
    why: &str,
) -> Result<Printed, ChangeError> {
    if !may_enter(reader.role, Area::Recovery) {
        return Err(ChangeError::Role);
    }
    plan.check()?;
    let used = Use::at_desk(reader.id, why)?;
    let present = unlock(app, typed).await?;
    finish(app, &present).await?;
    let new = RecoveryKey::generate();
    let now = app.now();
    let (printed, set) = plan.print(&new, now)?;
    let public = new.public();
    let old = SymmetricKey::from_bytes(*present.secret().expose());
    let change = stored::ChangeRow {
        holders: serde_json::to_string(&set).map_err(|_| AppError::Broken("the holders of new shares"))?,
        before_sealed: wrap_key(&public, &before(public.as_bytes()), &old).map_err(AppError::from)?,
        public_key: public.as_bytes().to_vec(),
        begun_at: now,
        switched_at: None,
    };
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    drop(conn);
    let notes = for_leads(app, &team, RecoveryStep::ChangeBegun, &used, None, |_| true)?;
    let (by, was) = (reader.id, present.public());
    app.store()
        .write_with((change, notes, was), move |tx, (change, notes, was)| {
            Box::pin(async move {
                trace(tx, now, Some(by), RecoveryStep::ChangeBegun).await?;
                still_wrapped_to(tx, Some(was)).await?;
                stored::put_change(tx, change).await?;
                Ok::<_, ChangeError>(tell(tx, notes, now).await?)
            })
        })
        .await?;
    Ok(printed)
}

async fn trace(tx: &mut Tx, now: Timestamp, by: Option<UserId>, step: RecoveryStep) -> Result<(), AppError> {
    leave_trace(tx, now, by, None, Traced::Recovery { step, member: None }).await
}

/// The new key is typed in from paper, and comes into force. Then every case is wrapped to it; the answer is how many
/// wraps that were. Typed again after an interruption, it goes on with what is left.
///
/// # Errors
/// [`ChangeError`].
pub async fn confirm(app: &App, reader: &Reader, typed: &[Zeroizing<String>]) -> Result<u64, ChangeError> {
    if !may_enter(reader.role, Area::Recovery) {
        return Err(ChangeError::Role);
    }
    let mut conn = app.store().read().await?;
    let row = stored::find_change(&mut conn)
        .await?
        .ok_or(ChangeError::NotBegun)?;
    let present = setup::recovery_public(&mut conn).await?;
    let settings = holders::load(&mut conn).await?;
    let team = Team::read(&mut conn).await?;
    drop(conn);
    let public = ReaderPublic::from_bytes(&row.public_key).map_err(AppError::from)?;
    let set = set_of(&row)?;
    let new = given::put_together(&public, &settings, set.as_ref(), typed)?;
    if row.switched_at.is_some() {
        return Ok(finish(app, &new).await?);
    }
    let old = key_before(&new, &row)?;
    if present != Some(old.public()) {
        return Err(ChangeError::NotBegun);
    }
    let mut settings = settings;
    settings.former.extend(settings.set.take().map(|set| set.set));
    settings.set = set;
    settings.reminded_at = None;
    let now = app.now();
    let rows = [holders::row(&settings, now)?, setup::recovery_row(&public, now)];
    let used = Use::going_on(reader.id);
    let notes = for_leads(app, &team, RecoveryStep::Changed, &used, None, |_| true)?;
    let (by, was) = (reader.id, old.public());
    app.store()
        .write_with(
            (rows, public, notes, was),
            move |tx, (rows, public, notes, was)| {
                Box::pin(async move {
                    trace(tx, now, Some(by), RecoveryStep::Changed).await?;
                    still_wrapped_to(tx, Some(was)).await?;
                    stored::switch_change(tx, public.as_bytes(), now).await?;
                    for row in &*rows {
                        settings::put(tx, row).await?;
                    }
                    Ok::<_, ChangeError>(tell(tx, notes, now).await?)
                })
            },
        )
        .await?;
    Ok(finish(app, &new).await?)
}

/// Gives up a change that was begun. A new key that is in force already stays.
///
/// # Errors
/// [`ChangeError::NotBegun`] if there is none that could be given up.
pub async fn give_up(app: &App, reader: &Reader) -> Result<(), ChangeError> {
    if !may_enter(reader.role, Area::Recovery) {
        return Err(ChangeError::Role);
    }
    let (by, now) = (reader.id, app.now());
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                trace(tx, now, Some(by), RecoveryStep::ChangeDropped).await?;
                match stored::find_change(tx).await? {
                    Some(row) if row.switched_at.is_none() => {
                        stored::remove_change(tx, &row.public_key).await?;
                        Ok(())
                    }
                    _ => Err(ChangeError::NotBegun),
                }
            })
        })
        .await
}

fn key_before(new: &RecoveryKey, row: &stored::ChangeRow) -> Result<RecoveryKey, AppError> {
    let old = unwrap_key(new.secret(), &before(&row.public_key), &row.before_sealed)?;
    Ok(RecoveryKey::from_secret(ReaderSecret::from_bytes(*old.expose())))
}

/// Wraps what is still under the key of before to the one in force; answers how many wraps that were. Whoever uses the
/// key does this first, so that an interrupted change is finished by the next use. Safe to run again.
pub(crate) async fn finish(app: &App, key: &RecoveryKey) -> Result<u64, AppError> {
    let mut conn = app.store().read().await?;
    let Some(row) = stored::find_change(&mut conn).await? else {
        return Ok(0);
    };
    drop(conn);
    if row.switched_at.is_none() || row.public_key != key.public().as_bytes() {
        return Ok(0);
    }
    let old = key_before(key, &row)?;
    let mut count = 0;
    let mut after = None;
    loop {
        let mut conn = app.store().read().await?;
        let page = wraps::list_held(&mut conn, Holder::Recovery, after, BATCH).await?;
        drop(conn);
        let Some(last) = page.last() else { break };
        after = Some((last.case_id, last.epoch));
        let secrets = (key.secret().clone(), old.secret().clone());
        let public = key.public();
        let new = app
            .gate()
            .run(move || anew(&page, (&secrets.0, &secrets.1), &public))
            .await??;
        count += u64::try_from(new.len()).unwrap_or_default();
        app.store()
            .write_with(new, |tx, new| {
                Box::pin(async move {
                    trace_store::hold(tx).await?;
                    for (wrap, sealed) in &*new {
                        stored::rewrap(tx, wrap.case_id, wrap.epoch, wrap.holder, sealed).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
    }
    let now = app.now();
    app.store()
        .write_with(row.public_key, move |tx, public| {
            Box::pin(async move {
                trace(tx, now, None, RecoveryStep::ChangeDone).await?;
                Ok::<_, AppError>(stored::remove_change(tx, public).await?)
            })
        })
        .await?;
    Ok(count)
}

/// The wraps of a page that are still under the old key, made anew.
fn anew(
    page: &[WrapRow],
    (key, old): (&ReaderSecret, &ReaderSecret),
    public: &ReaderPublic,
) -> Result<Vec<(WrapRow, Sealed)>, AppError> {
    let mut new = Vec::new();
    for wrap in page {
        let place = keys::case_key(wrap.case_id, wrap.epoch, wrap.holder);
        if unwrap_key(key, &place, &wrap.wrap_sealed).is_ok() {
            continue;
        }
        let case_key = unwrap_key(old, &place, &wrap.wrap_sealed)?;
        new.push((wrap.clone(), wrap_key(public, &place, &case_key)?));
    }
    Ok(new)
}

/// Whether the recovery key is still the one to which something was wrapped before the transaction.
///
/// Called after the trace was appended to, or held.
///
/// # Errors
/// [`StoreError::ChangedSince`] if it was changed meanwhile: whoever asked begins again.
pub(crate) async fn still_wrapped_to(tx: &mut Conn, public: Option<&ReaderPublic>) -> Result<(), AppError> {
    let stored = setup::recovery_text(tx).await?;
    if stored == public.map(|public| BASE64.encode(public.as_bytes())) {
        Ok(())
    } else {
        Err(StoreError::ChangedSince.into())
    }
}

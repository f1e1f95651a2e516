//! Who keeps the recovery key or its shares, and whether they have looked lately.

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use jiff::{SignedDuration, Timestamp};
use safehold_core::access::{Area, may_enter};
use safehold_seal::Share;
use safehold_store::{
    Conn, StoreError, settings,
    users::{self, UserState},
};
use serde::{Deserialize, Serialize};

use super::{Fault, given};
use crate::{
    App, AppError,
    desk::{DeskError, Reader},
    notices::{self, Notice},
};

/// The setting. Nothing of any share is in it but a digest, from which nobody finds the share.
const KEY: &str = "recovery_shares";
/// After so many days without a look a holder is to be asked whether they still have their share.
const DAYS: i64 = 365;
/// So many days pass between two reminders.
const AGAIN_DAYS: i64 = 30;

/// What is known of the recovery key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// The shares that were given out; none while one person keeps the whole key.
    pub(crate) set: Option<SharedOut>,
    /// Sets that were replaced, so that a share of one is known for what it is.
    pub(crate) former: Vec<String>,
    /// When the leads were last reminded to have shares looked for.
    pub(crate) reminded_at: Option<Timestamp>,
}

/// Shares that were given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SharedOut {
    pub(crate) set: String,
    pub(crate) needed: u8,
    pub(crate) made_at: Timestamp,
    pub(crate) holders: Vec<ShareHolder>,
}

/// One of their holders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ShareHolder {
    pub(crate) number: u8,
    pub(crate) name: String,
    pub(crate) digest: String,
    pub(crate) checked_at: Option<Timestamp>,
}

pub(super) fn digest_text(share: &Share) -> String {
    BASE64.encode(share.digest())
}

pub(crate) async fn load(conn: &mut Conn) -> Result<Settings, AppError> {
    let Some(row) = settings::find(conn, KEY).await? else {
        return Ok(Settings::default());
    };
    serde_json::from_str(&row.value).map_err(|_| AppError::Broken("the holders of shares"))
}

pub(super) fn row(settings: &Settings, now: Timestamp) -> Result<settings::SettingRow, AppError> {
    Ok(settings::SettingRow {
        key: KEY.to_owned(),
        value: serde_json::to_string(settings).map_err(|_| AppError::Broken("the holders of shares"))?,
        changed_at: now,
    })
}

/// The setting of a new installation.
pub(crate) fn settings_row(set: Option<SharedOut>, now: Timestamp) -> Result<settings::SettingRow, AppError> {
    let settings = Settings {
        set,
        ..Settings::default()
    };
    row(&settings, now)
}

/// A holder, as the leads see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Which share they have, from 1.
    pub number: u8,
    /// Their name.
    pub name: String,
    /// When they last looked whether they still have it.
    pub checked_at: Option<Timestamp>,
    /// Whether that is more than a year ago.
    pub is_stale: bool,
}

/// How the recovery key is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// How many must come together; one while the key is whole.
    pub needed: u8,
    /// The name of the set, as it stands on each share; nothing while the key is whole.
    pub set: String,
    /// When the shares were made.
    pub made_at: Option<Timestamp>,
    /// Who has one.
    pub holders: Vec<Holder>,
}

/// How the recovery key is kept, for those who are told of its uses.
///
/// # Errors
/// [`DeskError::Role`].
pub async fn kept(app: &App, reader: &Reader) -> Result<Kept, DeskError> {
    // Whoever uses it has to know how many must come.
    if !may_enter(reader.role, Area::Recovery) && !may_enter(reader.role, Area::Emergency) {
        return Err(DeskError::Role);
    }
    let mut conn = app.store().read().await?;
    let settings = load(&mut conn).await?;
    let now = app.now();
    Ok(settings.set.map_or_else(
        || Kept {
            needed: 1,
            ..Kept::default()
        },
        |set| Kept {
            needed: set.needed,
            made_at: Some(set.made_at),
            holders: set
                .holders
                .iter()
                .map(|holder| Holder {
                    number: holder.number,
                    name: holder.name.clone(),
                    checked_at: holder.checked_at,
                    is_stale: is_stale(set.made_at, holder, now),
                })
                .collect(),
            set: set.set,
        },
    ))
}

fn is_stale(made_at: Timestamp, holder: &ShareHolder, now: Timestamp) -> bool {
    let last = holder.checked_at.unwrap_or(made_at);
    now.duration_since(last) > SignedDuration::from_hours(24 * DAYS)
}

/// What a holder learns of their share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Which one it is.
    pub number: u8,
    /// Of how many.
    pub of: u8,
    /// How many must come together.
    pub needed: u8,
}

/// Why a share was not found to be good.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// It is none, or none of ours.
    #[error("this is not a share that is in use here")]
    Wrong(Fault),
    /// The key was never split here.
    #[error("the recovery key is not split")]
    NotSplit,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for CheckError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Looks whether a share is whole and in use. It is compared with a digest, and nothing of it is kept but the day.
///
/// # Errors
/// [`CheckError`].
pub async fn check(app: &App, typed: &str) -> Result<Check, CheckError> {
    let mut conn = app.store().read().await?;
    let settings = load(&mut conn).await?;
    drop(conn);
    let set = settings.set.as_ref().ok_or(CheckError::NotSplit)?;
    let share = given::known(set, &settings, typed).map_err(CheckError::Wrong)?;
    let found = Check {
        number: share.number(),
        of: share.of(),
        needed: share.needed(),
    };
    let (digest, now) = (digest_text(&share), app.now());
    app.store()
        .write_with(digest, move |tx, digest| {
            Box::pin(async move {
                let mut settings = load(tx).await?;
                let holders = settings.set.iter_mut().flat_map(|set| &mut set.holders);
                for holder in holders.filter(|holder| holder.digest == *digest) {
                    holder.checked_at = Some(now);
                }
                settings::put(tx, &row(&settings, now)?).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(found)
}

/// Tells the leads when a holder has not looked for a year, and again each month while that is so.
pub(crate) async fn remind(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let mut conn = app.store().read().await?;
    if !is_due(&load(&mut conn).await?, now) {
        return Ok(());
    }
    drop(conn);
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                let mut settings = load(tx).await?;
                if !is_due(&settings, now) {
                    return Ok::<_, AppError>(());
                }
                settings.reminded_at = Some(now);
                settings::put(tx, &row(&settings, now)?).await?;
                for member in users::list(tx).await? {
                    if member.state == UserState::Active && may_enter(member.role, Area::Recovery) {
                        notices::tell_member(tx, member.id, Notice::Recovery, None, now).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

fn is_due(settings: &Settings, now: Timestamp) -> bool {
    let rested = settings
        .reminded_at
        .is_none_or(|at| now.duration_since(at) > SignedDuration::from_hours(24 * AGAIN_DAYS));
    rested
        && settings.set.as_ref().is_some_and(|set| {
            set.holders
                .iter()
                .any(|holder| is_stale(set.made_at, holder, now))
        })
}

//! Taking a report down for somebody who phones, writes on paper or comes (Statement 4.2: ways that are worth the
//! same). It is the same form and the same words to come back with; who typed it is noted, and target times count
//! from the day on which the person told it.

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    access::{Area, may_enter},
    id::UserId,
    reference::Reference,
};
use safehold_store::{StoreError, taken_down};
use serde::{Deserialize, Serialize};

use super::{ChangeError, Channel, Visit, draft};
use crate::{App, desk::Reader};

/// What is noted of a report that somebody takes down for somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenDown {
    /// How the person told it.
    pub channel: Channel,
    /// Who types it.
    pub by: UserId,
    /// On which day the person told it, by the organisation's clock.
    pub told_on: Date,
}

/// Why a report was not begun for somebody else.
#[derive(Debug, thiserror::Error)]
pub enum TakeDownError {
    /// Not for this role.
    #[error("this role does not take reports down")]
    Role,
    /// A report that is typed by the person needs nobody to take it down.
    #[error("a way in which nobody takes a report down")]
    Channel,
    /// The day is still to come.
    #[error("the day on which it was told is still to come")]
    Future,
    /// Anything else.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl From<StoreError> for TakeDownError {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

/// Begins a report for somebody else. From here on it is written as any other.
///
/// # Errors
/// [`TakeDownError`]; nothing is stored then.
pub async fn take_down(
    app: &App,
    reader: &Reader,
    channel: Channel,
    told_on: Date,
) -> Result<Visit, TakeDownError> {
    if !may_enter(reader.role, Area::TakeDown) {
        return Err(TakeDownError::Role);
    }
    if channel == Channel::Web {
        return Err(TakeDownError::Channel);
    }
    if told_on > app.rules().hours.day_of(app.now()) {
        return Err(TakeDownError::Future);
    }
    let visit = Visit::begin();
    let note = TakenDown {
        channel,
        by: reader.id,
        told_on,
    };
    draft::change(app, &visit, |body| body.taken_down = Some(note.clone())).await?;
    Ok(visit)
}

/// How far a report is, in as few words as can be: what is done about it is for those who read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nobody has opened it yet.
    Waiting,
    /// Somebody is working on it.
    Open,
    /// It is closed.
    Closed,
}

impl Progress {
    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// A report that a member wrote down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDown {
    /// What people call it.
    pub reference: Reference,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// How far it is.
    pub progress: Progress,
}

/// The most that are listed.
const MOST: u32 = 200;

/// What a member wrote down, the latest first, without those from which they are excluded.
///
/// # Errors
/// [`TakeDownError`].
pub async fn written_down(app: &App, reader: &Reader) -> Result<Vec<WrittenDown>, TakeDownError> {
    if !may_enter(reader.role, Area::TakeDown) {
        return Err(TakeDownError::Role);
    }
    let mut conn = app.store().read().await?;
    let rows = taken_down::list_of(&mut conn, reader.id, MOST).await?;
    Ok(rows
        .into_iter()
        .map(|row| WrittenDown {
            progress: match (row.opened_at, row.closed_at) {
                (_, Some(_)) => Progress::Closed,
                (Some(_), None) => Progress::Open,
                (None, None) => Progress::Waiting,
            },
            reference: row.reference,
            sent_at: row.sent_at,
        })
        .collect())
}

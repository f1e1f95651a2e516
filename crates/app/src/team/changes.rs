//! What changed in the team, from the trace.

use jiff::{SignedDuration, Timestamp};
use safehold_core::{
    access::{Area, may_enter},
    id::UserId,
    roster::Role,
    trace::{TeamStep, TraceEntry, Traced},
};
use safehold_store::{trace, users};

use super::{TeamError, may_keep_team};
use crate::{
    App, AppError,
    desk::Reader,
    trace::{PAGE, latest_without_case},
};

/// How many changes the page shows.
const SHOWN: usize = 200;

/// A change of the team.
pub struct TeamChange {
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody for the holder of the recovery key.
    pub by: Option<String>,
    /// What.
    pub step: TeamStep,
    /// Whom it is about.
    pub member: String,
    /// In which role they were then.
    pub role: Role,
}

/// The latest changes, newest first.
///
/// # Errors
/// [`TeamError::Role`].
pub async fn changes(app: &App, reader: &Reader) -> Result<Vec<TeamChange>, TeamError> {
    may_keep_team(reader)?;
    let mut conn = app.store().read().await?;
    let members = users::list(&mut conn).await?;
    let name = |id: UserId| {
        members
            .iter()
            .find(|row| row.id == id)
            .map(|row| row.name.clone())
            .unwrap_or_default()
    };
    let pick = |entry: TraceEntry| match entry.what {
        Traced::TeamChanged { member, role, step } => Some(TeamChange {
            at: entry.at,
            by: entry.who.map(name),
            step,
            member: name(member),
            role,
        }),
        _ => None,
    };
    Ok(latest_without_case(&mut conn, SHOWN, pick).await?)
}

/// For how many days a change stays on the desks of those who are told of it.
const LATELY_DAYS: i64 = 7;

/// How many times others changed the team lately: what a mail without content told of is then found at the desk. For
/// those who are told, and nothing for others.
///
/// # Errors
/// [`AppError`].
pub async fn changed_lately(app: &App, reader: &Reader) -> Result<usize, AppError> {
    if !may_enter(reader.role, Area::Confirm) {
        return Ok(0);
    }
    let now = app.now();
    let since = now
        .saturating_sub(SignedDuration::from_hours(24 * LATELY_DAYS))
        .unwrap_or(now);
    let mut conn = app.store().read().await?;
    let page = trace::list_without_case(&mut conn, None, PAGE).await?;
    let mut changed = 0;
    for row in page.iter().take_while(|row| row.at >= since) {
        let entry: TraceEntry =
            serde_json::from_str(&row.leaf).map_err(|_| AppError::Broken("a trace entry"))?;
        if let Traced::TeamChanged { member, step, .. } = entry.what
            && step.is_told()
            && entry.who != Some(reader.id)
            && member != reader.id
        {
            changed += 1;
        }
    }
    Ok(changed)
}

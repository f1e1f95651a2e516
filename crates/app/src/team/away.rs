//! Times away.

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    id::{AbsenceId, UserId},
    trace::{TeamStep, Traced},
};
use safehold_seal::random;
use safehold_store::{Tx, absences};

use super::{TeamError, hold, may_keep_team, member, note};
use crate::{App, desk::Reader, leave_trace};

/// Notes a time away, so that new reports follow cover (R4.2k). Everybody notes their own; those who keep the team
/// note anybody's.
///
/// # Errors
/// [`TeamError`].
pub async fn add_absence(
    app: &App,
    reader: &Reader,
    member: UserId,
    from_on: Date,
    until_on: Date,
) -> Result<(), TeamError> {
    if member != reader.id {
        may_keep_team(reader)?;
    }
    if until_on < from_on {
        return Err(TeamError::Days);
    }
    let (by, now) = (reader.id, app.now());
    let row = absences::AbsenceRow {
        id: AbsenceId::from_random(random::bytes()),
        user_id: member,
        from_on,
        until_on,
    };
    app.store()
        .write_with(row, move |tx, row| {
            Box::pin(async move {
                hold(tx).await?;
                absences::add(tx, row).await?;
                traced(tx, by, row.user_id, TeamStep::AwayNoted, now).await
            })
        })
        .await
}

/// Takes a time away back.
///
/// # Errors
/// [`TeamError`].
pub async fn remove_absence(
    app: &App,
    reader: &Reader,
    member: UserId,
    absence: AbsenceId,
) -> Result<(), TeamError> {
    if member != reader.id {
        may_keep_team(reader)?;
    }
    let (by, now): (UserId, Timestamp) = (reader.id, app.now());
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                hold(tx).await?;
                absences::remove(tx, member, absence).await?;
                traced(tx, by, member, TeamStep::AwayRemoved, now).await
            })
        })
        .await
}

/// One's own times are one's own business. That somebody else says when one is away moves reports, so it is told.
async fn traced(
    tx: &mut Tx,
    by: UserId,
    whose: UserId,
    step: TeamStep,
    now: Timestamp,
) -> Result<(), TeamError> {
    let row = member(tx, whose).await?;
    if by == whose {
        let (member, role) = (row.id, row.role);
        leave_trace(
            tx,
            now,
            Some(by),
            None,
            Traced::TeamChanged { member, role, step },
        )
        .await?;
    } else {
        note(tx, Some(by), &row, step, now).await?;
    }
    Ok(())
}

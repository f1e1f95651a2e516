//! A second person says that somebody who joined is who they are taken for.

use safehold_core::{
    access::{Area, may_enter},
    id::UserId,
    trace::TeamStep,
};
use safehold_store::users::{self, UserRow};

use super::{TeamError, TeamMember, UserState, hold, is_proven, member, note};
use crate::{
    App,
    desk::Reader,
    notices::{self, Notice},
};

/// Those who may confirm somebody: whoever may at all, but neither the person nor who invited them. Where nobody else
/// is there, who invited them is left.
fn confirmers(rows: &[UserRow], waiting: &UserRow) -> Vec<UserId> {
    let able = || {
        rows.iter()
            .filter(|row| row.state == UserState::Active && may_enter(row.role, Area::Confirm))
            .map(|row| row.id)
            .filter(|id| *id != waiting.id)
    };
    let others: Vec<_> = able().filter(|id| Some(*id) != waiting.invited_by_id).collect();
    if others.is_empty() {
        able().collect()
    } else {
        others
    }
}

/// Whether somebody who joins has to wait: not if whoever invited them is the only one who could confirm them.
pub(super) fn is_needed(rows: &[UserRow], joining: &UserRow) -> bool {
    confirmers(rows, joining)
        .into_iter()
        .any(|id| Some(id) != joining.invited_by_id)
}

/// Whether this reader may confirm this member, of this team.
pub fn may_confirm(reader: &Reader, waiting: &TeamMember, team: &[TeamMember]) -> bool {
    let able = |member: &&TeamMember| {
        member.state == UserState::Active
            && may_enter(member.role, Area::Confirm)
            && member.id != waiting.id
            && Some(member.id) != waiting.invited_by
    };
    waiting.state == UserState::Joined
        && waiting.id != reader.id
        && may_enter(reader.role, Area::Confirm)
        && (waiting.invited_by != Some(reader.id) || !team.iter().any(|member| able(&member)))
}

/// Confirms somebody who joined: from now on they can sign in, and keys are made for them.
///
/// # Errors
/// [`TeamError::SecondPerson`] to who invited them, while somebody else is there.
pub async fn confirm(app: &App, reader: &Reader, who: UserId) -> Result<(), TeamError> {
    if !may_enter(reader.role, Area::Confirm) {
        return Err(TeamError::Role);
    }
    is_proven(app, reader)?;
    let (by, now) = (reader.id, app.now());
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                hold(tx).await?;
                let row = member(tx, who).await?;
                if row.state != UserState::Joined {
                    return Err(TeamError::NoMember);
                }
                if !confirmers(&users::list(tx).await?, &row).contains(&by) {
                    return Err(TeamError::SecondPerson);
                }
                users::confirm(tx, who).await?;
                note(tx, Some(by), &row, TeamStep::Confirmed, now).await?;
                notices::tell_member(tx, who, Notice::Confirmed, None, now).await?;
                Ok(())
            })
        })
        .await
}

/// The holder of the recovery key is a second person too: for a team in which nobody else is left to confirm.
pub(crate) async fn confirm_by_recovery(app: &App, who: UserId) -> Result<(), TeamError> {
    let now = app.now();
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                hold(tx).await?;
                let row = member(tx, who).await?;
                if row.state == UserState::Joined {
                    users::confirm(tx, who).await?;
                    note(tx, None, &row, TeamStep::ConfirmedByRecovery, now).await?;
                    notices::tell_member(tx, who, Notice::Confirmed, None, now).await?;
                }
                Ok(())
            })
        })
        .await
}

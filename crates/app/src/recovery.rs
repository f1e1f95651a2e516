//! The recovery key: for the day on which nobody who could read a case is left, or somebody has lost their key.
//!
//! It opens every case, so it is kept offline, by somebody whom no report is likely to name. It gives keys to others
//! under the same rule as everything else: nobody who is excluded from a case gets one to it.

use safehold_core::{
    id::{CaseId, UserId},
    recipients::{Recipients, Standing, TeamConflict},
    roster::Role,
    trace::Traced,
};
use safehold_seal::RecoveryKey;
use safehold_store::{
    Tx,
    cases::reconciling,
    wraps::{self, Holder, WrapRow},
};

use crate::{App, AppError, desk, keys::CaseKeys, leave_trace, roster::Team, setup};

/// How many wraps are read at a time.
const PAGE: u32 = 200;

/// What giving keys anew did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Cases to which the member has a key now and had none before.
    pub given: u64,
    /// Cases to which they must have none.
    pub withheld: u64,
}

/// Why no keys were given.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// It is the recovery key of another installation.
    #[error("this is not the recovery key of this installation")]
    NotOurs,
    /// There is no such member, or they have not joined, or their role reads no cases.
    #[error("there is no member with a key under this address who may read cases")]
    NoMember,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<safehold_store::StoreError> for RecoverError {
    fn from(error: safehold_store::StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Gives a member a key to every case from which they are not excluded. Each is in the trace.
///
/// # Errors
/// [`RecoverError`].
pub async fn give_keys(app: &App, recovery: &RecoveryKey, member: UserId) -> Result<Recovered, RecoverError> {
    let mut conn = app.store().read().await?;
    if setup::recovery_public(&mut conn).await? != Some(recovery.public()) {
        return Err(RecoverError::NotOurs);
    }
    let team = Team::read(&mut conn).await?;
    drop(conn);
    let able = team
        .roster
        .find(member)
        .is_some_and(|member| member.has_key && member.role != Role::Administrator);
    if !able {
        return Err(RecoverError::NoMember);
    }
    let mut done = Recovered::default();
    let mut after = None;
    let mut of_case: Vec<WrapRow> = Vec::new();
    loop {
        let mut conn = app.store().read().await?;
        let page = wraps::list_held(&mut conn, Holder::Recovery, after, PAGE).await?;
        drop(conn);
        let Some(last) = page.last() else { break };
        after = Some((last.case_id, last.epoch));
        for wrap in page {
            if of_case.first().is_some_and(|first| first.case_id != wrap.case_id) {
                give(app, recovery, &team, member, &of_case, &mut done).await?;
                of_case.clear();
            }
            of_case.push(wrap);
        }
    }
    give(app, recovery, &team, member, &of_case, &mut done).await?;
    Ok(done)
}

async fn give(
    app: &App,
    recovery: &RecoveryKey,
    team: &Team,
    member: UserId,
    of_case: &[WrapRow],
    done: &mut Recovered,
) -> Result<(), RecoverError> {
    let Some(case) = of_case.first().map(|wrap| wrap.case_id) else {
        return Ok(());
    };
    let keys = CaseKeys::unwrap(case, recovery.secret(), of_case).map_err(AppError::from)?;
    let mut conn = app.store().read().await?;
    let content = desk::content(&mut conn, case, &keys, &team.names()).await?;
    let held = wraps::list_of(&mut conn, case, Holder::User(member)).await?;
    drop(conn);
    if content.excluded.contains(&member) {
        done.withheld += 1;
        return Ok(());
    }
    if held.len() == of_case.len() {
        return Ok(());
    }
    let now = app.now();
    let epoch = of_case.iter().map(|wrap| wrap.epoch).max().unwrap_or(1);
    let new: Vec<WrapRow> = desk::wraps_for(team, &keys, case, member, Standing::Active, now)?
        .into_iter()
        .filter(|wrap| !held.iter().any(|held| held.epoch == wrap.epoch))
        .collect();
    app.store()
        .write_with(new, move |tx, new| {
            Box::pin(async move {
                if add_to_unchanged(tx, case, epoch, new).await? {
                    leave_trace(tx, now, None, Some(case), Traced::Shared { with: member }).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    done.given += 1;
    Ok(())
}

/// Adds keys that were made outside of the transaction, unless the case's key was changed meanwhile: then somebody
/// was excluded, perhaps the very person for whom they were made. Keys that are there already stay as they are.
pub(crate) async fn add_to_unchanged(
    tx: &mut Tx,
    case: CaseId,
    epoch: i64,
    new: &[WrapRow],
) -> Result<bool, AppError> {
    let row = reconciling::find_for_reconciling(tx, case).await?;
    if row.is_none_or(|row| row.epoch != epoch) {
        return Ok(false);
    }
    let mut missing = Vec::new();
    for wrap in new {
        let held = wraps::find(tx, case, wrap.epoch, wrap.holder).await?;
        if held.is_none() {
            missing.push(wrap.clone());
        }
    }
    if !missing.is_empty() {
        wraps::add_all(tx, &missing).await?;
    }
    Ok(!missing.is_empty())
}

/// Keys on standby that are missing: somebody joined, or came back with a new key, after the report was received.
/// Whoever opens the case makes them, because only an open case tells who must have none.
pub(crate) fn missing_standby(
    app: &App,
    team: &Team,
    keys: &CaseKeys,
    case: CaseId,
    holders: &[(Holder, Standing)],
    conflict: &TeamConflict,
) -> Result<Vec<WrapRow>, AppError> {
    let now = app.now();
    let Ok(wanted) = Recipients::choose(&team.roster, conflict, app.rules().hours.day_of(now)) else {
        return Ok(Vec::new());
    };
    let mut new = Vec::new();
    for (id, _) in wanted.readers() {
        if !holders.iter().any(|(holder, _)| *holder == Holder::User(*id)) {
            new.extend(desk::wraps_for(team, keys, case, *id, Standing::Standby, now)?);
        }
    }
    Ok(new)
}

//! Keys that somebody should hold and does not yet.

use safehold_core::{
    id::CaseId,
    recipients::{Recipients, Standing, TeamConflict},
};
use safehold_store::{
    StoreError, Tx,
    cases::reconciling,
    wraps::{self, Holder, WrapRow},
};

use crate::{
    App, AppError, desk,
    keys::CaseKeys,
    roster::{self, SealedTo, Team},
};

/// Keys that were made outside of a transaction, with those to whom they were made.
#[derive(Default)]
pub(crate) struct Missing {
    wraps: Vec<WrapRow>,
    sealed_to: SealedTo,
}

impl Missing {
    pub(crate) fn new(team: &Team, wraps: Vec<WrapRow>) -> Self {
        Self {
            sealed_to: team.keys_of(&wraps),
            wraps,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.wraps.is_empty()
    }
}

/// Adds keys that were made outside of the transaction, unless the case's key was changed meanwhile: then somebody
/// was excluded, perhaps the very person for whom they were made. Nor if one of those to whom they were made has left
/// or lost that key. Keys that are there already stay as they are.
///
/// Called after the trace was appended to, or held.
pub(crate) async fn add_to_unchanged(
    tx: &mut Tx,
    case: CaseId,
    epoch: i64,
    new: &Missing,
) -> Result<bool, AppError> {
    let row = reconciling::find_for_reconciling(tx, case).await?;
    if row.is_none_or(|row| row.epoch != epoch) {
        return Ok(false);
    }
    match roster::still_theirs(tx, &new.sealed_to).await {
        Ok(()) => {}
        Err(StoreError::ChangedSince) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    let mut missing = Vec::new();
    for wrap in &new.wraps {
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
) -> Result<Missing, AppError> {
    let now = app.now();
    let Ok(wanted) = Recipients::choose(&team.roster, conflict, app.rules().hours.day_of(now)) else {
        return Ok(Missing::default());
    };
    let mut new = Vec::new();
    for (id, _) in wanted.readers() {
        if !holders.iter().any(|(holder, _)| *holder == Holder::User(*id)) {
            new.extend(desk::wraps_for(team, keys, case, *id, Standing::Standby, now)?);
        }
    }
    Ok(Missing::new(team, new))
}

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
    StoreError, Tx,
    cases::{self, reconciling},
    wraps::{self, Holder, WrapRow},
};

use crate::{
    App, AppError, desk,
    keys::CaseKeys,
    leave_trace,
    roster::{self, SealedTo, Team},
    setup,
    team::{self, TeamError},
};

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

/// Gives a member a key to every case that they may read. Each is in the trace.
///
/// Whoever holds the recovery key is a second person: a member who joined and waits to be confirmed is confirmed by it.
///
/// # Errors
/// [`RecoverError`].
pub async fn give_keys(app: &App, recovery: &RecoveryKey, member: UserId) -> Result<Recovered, RecoverError> {
    let mut conn = app.store().read().await?;
    if setup::recovery_public(&mut conn).await? != Some(recovery.public()) {
        return Err(RecoverError::NotOurs);
    }
    drop(conn);
    match team::confirm_by_recovery(app, member).await {
        Ok(()) => {}
        Err(TeamError::App(error)) => return Err(error.into()),
        Err(_) => return Err(RecoverError::NoMember),
    }
    let mut conn = app.store().read().await?;
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
    let mut seen: Option<CaseId> = None;
    loop {
        let mut conn = app.store().read().await?;
        let page = wraps::list_held(&mut conn, Holder::Recovery, after, PAGE).await?;
        drop(conn);
        let Some(last) = page.last() else { break };
        after = Some((last.case_id, last.epoch));
        for wrap in page {
            if seen.replace(wrap.case_id) != Some(wrap.case_id) {
                match give_patiently(app, recovery, member, wrap.case_id).await? {
                    Given::New => done.given += 1,
                    Given::Withheld => done.withheld += 1,
                    Given::Held => {}
                }
            }
        }
    }
    Ok(done)
}

/// What came of one case.
enum Given {
    /// They have a key now.
    New,
    /// They had one already.
    Held,
    /// They must have none.
    Withheld,
}

/// How often a case is looked at again because it, or the team, changed meanwhile.
const TRIES: usize = 5;

async fn give_patiently(
    app: &App,
    recovery: &RecoveryKey,
    member: UserId,
    case: CaseId,
) -> Result<Given, RecoverError> {
    for _ in 0..TRIES {
        match give(app, recovery, member, case).await {
            Err(AppError::Store(StoreError::ChangedSince)) => {}
            other => return Ok(other?),
        }
    }
    Err(AppError::Store(StoreError::ChangedSince).into())
}

async fn give(app: &App, recovery: &RecoveryKey, member: UserId, case: CaseId) -> Result<Given, AppError> {
    let mut conn = app.store().read().await?;
    let of_case = wraps::list_of(&mut conn, case, Holder::Recovery).await?;
    let keys = CaseKeys::unwrap(case, recovery.secret(), &of_case)?;
    let team = Team::read(&mut conn).await?;
    let Some(form) = cases::find_form_digest(&mut conn, case).await? else {
        return Ok(Given::Held);
    };
    let content = match desk::content(&mut conn, case, &keys, &team.names()).await {
        Ok(content) => content,
        // A new key was made between the two readings: what is sealed under it opens the next time.
        Err(_) if wraps::list_of(&mut conn, case, Holder::Recovery).await?.len() != of_case.len() => {
            return Err(StoreError::ChangedSince.into());
        }
        Err(error) => return Err(error),
    };
    let conflict = desk::conflict(app, &mut conn, &form, &content, &team).await?;
    let held = wraps::list_of(&mut conn, case, Holder::User(member)).await?;
    drop(conn);
    // The role as it is now: whoever would rather not say which lead meant whoever is one.
    let role = team.roster.find(member).map(|member| member.role);
    if role.is_none_or(|role| conflict.shuts_out(member, role)) {
        return Ok(Given::Withheld);
    }
    if held.len() == of_case.len() {
        return Ok(Given::Held);
    }
    let now = app.now();
    let epoch = of_case.first().map_or(1, |wrap| wrap.epoch);
    let new = desk::wraps_for(&team, &keys, case, member, Standing::Active, now)?;
    let missing = Missing::new(&team, new);
    app.store()
        .write_with(missing, move |tx, missing| {
            Box::pin(async move {
                // Before the keys: what is not on record is not done. If nothing is added, it is taken back too.
                leave_trace(tx, now, None, Some(case), Traced::Shared { with: member }).await?;
                if add_to_unchanged(tx, case, epoch, missing).await? {
                    Ok(())
                } else {
                    Err(AppError::Store(StoreError::ChangedSince))
                }
            })
        })
        .await?;
    Ok(Given::New)
}

/// How many cases nobody who receives reports can open: they wait for the recovery key. For whoever runs the
/// installation, who sees who holds a key anyway; a page that said it would tell of a case.
///
/// # Errors
/// [`AppError`].
pub async fn count_waiting(app: &App) -> Result<i64, AppError> {
    let mut conn = app.store().read().await?;
    Ok(wraps::count_without_reader(&mut conn).await?)
}

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

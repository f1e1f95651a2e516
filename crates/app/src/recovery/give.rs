//! Keys for a member, from the recovery key.

use safehold_core::{
    id::{CaseId, UserId},
    recipients::{Recipients, Standing, TeamConflict},
    roster::Role,
    trace::{RecoveryStep, Traced},
};
use safehold_seal::RecoveryKey;
use safehold_store::{
    StoreError, cases, recovery as stored,
    wraps::{self, Holder},
};

use super::{Missing, add_to_unchanged, finish, for_leads, ours, tell};
use crate::{
    App, AppError, desk,
    keys::CaseKeys,
    leave_trace,
    report::EventBody,
    roster::Team,
    team::{self, TeamError},
};

/// How many wraps are read at a time.
const PAGE: u32 = 200;
/// The most letters of a reason.
const MOST_LETTERS: usize = 4_000;

/// What giving keys anew did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Cases to which the member has a key now and had none before.
    pub given: u64,
    /// Cases to which they must have none.
    pub withheld: u64,
}

/// Who uses the recovery key, and why. All leads are told both.
#[derive(Debug, Clone)]
pub struct Use {
    by: Option<UserId>,
    why: String,
}

impl Use {
    /// A member of the team, at the desk.
    ///
    /// # Errors
    /// [`RecoverError::Why`] without a reason.
    pub fn at_desk(by: UserId, why: &str) -> Result<Self, RecoverError> {
        Self::new(Some(by), why)
    }

    /// Whoever runs the installation, where the program runs.
    ///
    /// # Errors
    /// [`RecoverError::Why`] without a reason.
    pub fn at_the_machine(why: &str) -> Result<Self, RecoverError> {
        Self::new(None, why)
    }

    fn new(by: Option<UserId>, why: &str) -> Result<Self, RecoverError> {
        let why = why.trim();
        if why.is_empty() || why.chars().count() > MOST_LETTERS {
            return Err(RecoverError::Why);
        }
        Ok(Self {
            by,
            why: why.to_owned(),
        })
    }

    /// For what only goes on with something for which a reason was given.
    pub(crate) fn going_on(by: UserId) -> Self {
        Self {
            by: Some(by),
            why: String::new(),
        }
    }

    pub(crate) fn by(&self) -> Option<UserId> {
        self.by
    }

    pub(crate) fn why(&self) -> &str {
        &self.why
    }
}

/// Why no keys were given.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// It is the recovery key of another installation, or one that was replaced.
    #[error("this is not the recovery key of this installation")]
    NotOurs,
    /// There is no such member, or they have not joined, or their role reads no cases.
    #[error("there is no member with a key under this address who may read cases")]
    NoMember,
    /// No reason was given, or a very long one.
    #[error("a reason is needed, of up to 4000 letters")]
    Why,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for RecoverError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Which cases somebody gets keys to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// What they may read by their role, for somebody who joined: a caseworker only what was shared with them.
    ByRole,
    /// What they held before their key was lost, and what nobody else could open.
    Held,
}

/// Gives a member a key to every case that they may read. Each is in the trace, and all leads are told.
///
/// Whoever holds the recovery key is a second person: a member who joined and waits to be confirmed is confirmed by it.
///
/// # Errors
/// [`RecoverError`].
pub async fn give_keys(
    app: &App,
    recovery: &RecoveryKey,
    member: UserId,
    used: &Use,
) -> Result<Recovered, RecoverError> {
    let mut conn = app.store().read().await?;
    if !ours(&mut conn, recovery).await? {
        return Err(RecoverError::NotOurs);
    }
    drop(conn);
    finish(app, recovery).await?;
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
        .is_some_and(|member| member.has_key && member.role.holds_keys());
    if !able {
        return Err(RecoverError::NoMember);
    }
    // Before any key: what is not on record is not done.
    let step = RecoveryStep::KeysGiven;
    let notes = for_leads(app, &team, step, used, Some(member), |_| true)?;
    let (now, by) = (app.now(), used.by());
    app.store()
        .write_with(notes, move |tx, notes| {
            Box::pin(async move {
                let what = Traced::Recovery {
                    step,
                    member: Some(member),
                };
                leave_trace(tx, now, by, None, what).await?;
                tell(tx, notes, now).await
            })
        })
        .await?;
    give_all(app, recovery, member, Scope::ByRole).await
}

/// Looks at every case, and gives what is to be given. Safe to run again.
pub(super) async fn give_all(
    app: &App,
    recovery: &RecoveryKey,
    member: UserId,
    scope: Scope,
) -> Result<Recovered, RecoverError> {
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
                match give_patiently(app, recovery, member, wrap.case_id, scope).await? {
                    Given::New => done.given += 1,
                    Given::Withheld => done.withheld += 1,
                    Given::Held | Given::NotTheirs => {}
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
    /// They may, but nobody gave it to them.
    NotTheirs,
}

/// How often a case is looked at again because it, or the team, changed meanwhile.
const TRIES: usize = 5;

async fn give_patiently(
    app: &App,
    recovery: &RecoveryKey,
    member: UserId,
    case: CaseId,
    scope: Scope,
) -> Result<Given, RecoverError> {
    for _ in 0..TRIES {
        match give(app, recovery, member, case, scope).await {
            Err(AppError::Store(StoreError::ChangedSince)) => {}
            other => return Ok(other?),
        }
    }
    Err(AppError::Store(StoreError::ChangedSince).into())
}

async fn give(
    app: &App,
    recovery: &RecoveryKey,
    member: UserId,
    case: CaseId,
    scope: Scope,
) -> Result<Given, AppError> {
    let mut conn = app.store().read().await?;
    let held = wraps::list_of(&mut conn, case, Holder::User(member)).await?;
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
    let epoch = of_case.first().map_or(1, |wrap| wrap.epoch);
    let holders = wraps::list_holders(&mut conn, case, epoch).await?;
    let before = stored::find_held(&mut conn, member, case).await?;
    drop(conn);
    // The role as it is now: whoever would rather not say which lead meant whoever is one.
    let role = team.roster.find(member).map(|member| member.role);
    let Some(role) = role.filter(|role| !conflict.shuts_out(member, *role)) else {
        forget(app, member, case).await?;
        return Ok(Given::Withheld);
    };
    if held.len() == of_case.len() {
        return Ok(Given::Held);
    }
    let was_shared = content
        .history
        .iter()
        .any(|entry| matches!(&entry.body, EventBody::Shared { with, .. } if *with == member));
    let standing = match before {
        Some(standing) => standing,
        None if was_shared || is_theirs(app, scope, role, member, &team, &holders, &conflict) => {
            Standing::Active
        }
        None => return Ok(Given::NotTheirs),
    };
    let now = app.now();
    let new = desk::wraps_for(&team, &keys, case, member, standing, now)?;
    let missing = Missing::new(&team, new);
    app.store()
        .write_with(missing, move |tx, missing| {
            Box::pin(async move {
                // Before the keys: what is not on record is not done. If nothing is added, it is taken back too.
                leave_trace(tx, now, None, Some(case), Traced::Shared { with: member }).await?;
                if add_to_unchanged(tx, case, epoch, missing).await? {
                    stored::remove_held(tx, member, case).await?;
                    Ok(())
                } else {
                    Err(AppError::Store(StoreError::ChangedSince))
                }
            })
        })
        .await?;
    Ok(Given::New)
}

/// Whether a case that was never given to somebody by name is theirs to read. Caseworkers read only what a lead shared
/// with them, and the university what nobody stands before them for (domain reference 8.4).
fn is_theirs(
    app: &App,
    scope: Scope,
    role: Role,
    member: UserId,
    team: &Team,
    holders: &[(Holder, Standing)],
    conflict: &TeamConflict,
) -> bool {
    if !role.receives_reports() {
        return false;
    }
    let has_reader = holders.iter().any(|(holder, _)| match holder {
        Holder::User(id) => team
            .roster
            .find(*id)
            .is_some_and(|other| other.id != member && other.has_key && other.role.receives_reports()),
        Holder::Reporter | Holder::Recovery => false,
    });
    match scope {
        Scope::Held => !has_reader,
        Scope::ByRole if role == Role::University => {
            let today = app.rules().hours.day_of(app.now());
            Recipients::choose(&team.roster, conflict, today)
                .is_ok_and(|chosen| chosen.standing(member).is_some())
        }
        Scope::ByRole => true,
    }
}

/// What they held before is not kept as theirs if they must not have it any more.
async fn forget(app: &App, member: UserId, case: CaseId) -> Result<(), AppError> {
    app.store()
        .write(move |tx| {
            Box::pin(async move { Ok::<_, AppError>(stored::remove_held(tx, member, case).await?) })
        })
        .await
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

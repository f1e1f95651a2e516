//! Emergency access: somebody who may answer for a case gets its key for some hours, with the recovery key, when nobody
//! who could open it can be reached (domain reference 8.4).
//!
//! It is for one case, by its number, with a reason, and ends by itself. The independent recipient and every lead who is
//! not excluded are told at once. Nobody who is excluded gets a key, and the answer to them is that of a number which
//! nobody has. Whoever only keeps lists never gets one.

use jiff::{SignedDuration, Timestamp};
use safehold_core::{
    access::{Area, may_enter},
    id::{CaseId, EventId, GrantId, UserId},
    recipients::Standing,
    reference::Reference,
    trace::{RecoveryStep, Traced},
};
use safehold_seal::{RecoveryKey, Zeroizing, random};
use safehold_store::{
    StoreError, cases,
    cases::reconciling,
    events, recovery as stored,
    wraps::{self, Holder},
};

use crate::{
    App, AppError, cover,
    desk::{self, Reader},
    keys::{self, CaseKeys},
    leave_trace,
    recovery::{
        self, About, GivenError, Missing, RecoverError, Use, add_to_unchanged, for_leads, for_leads_about,
        tell,
    },
    report::EventBody,
    roster::Team,
};

/// The most hours that it lasts.
pub const MOST_HOURS: u8 = 72;
/// How many that are over are ended in one round.
const ROUND: u32 = 200;

/// Why a case was not opened.
#[derive(Debug, thiserror::Error)]
pub enum EmergencyError {
    /// The role of who asks never gets a case like this.
    #[error("this role gets no emergency access")]
    Role,
    /// No reason was given, or a very long one.
    #[error("a reason is needed")]
    Why,
    /// Fewer hours than one, or more than 72.
    #[error("it lasts 1 to 72 hours")]
    Hours,
    /// What was typed is not the recovery key.
    #[error(transparent)]
    Given(GivenError),
    /// There is no such case, or it is not for this person. Which of the two is not said.
    #[error("nothing can be opened under this number")]
    NotFound,
    /// It is on their desk already.
    #[error("the case is on their desk already")]
    Open(CaseId),
    /// Anything else.
    #[error(transparent)]
    App(AppError),
}

impl From<AppError> for EmergencyError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<StoreError> for EmergencyError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<GivenError> for EmergencyError {
    fn from(error: GivenError) -> Self {
        match error {
            GivenError::App(error) => Self::App(error),
            other => Self::Given(other),
        }
    }
}

impl From<RecoverError> for EmergencyError {
    fn from(error: RecoverError) -> Self {
        match error {
            RecoverError::Why => Self::Why,
            RecoverError::App(error) => Self::App(error),
            RecoverError::NotOurs | RecoverError::NoMember => Self::NotFound,
        }
    }
}

/// Opens one case to whoever asks, for some hours. The answer is the case.
///
/// # Errors
/// [`EmergencyError`]. Whatever was typed is looked at before the number is, so that no answer tells of a case to whoever
/// does not hold the recovery key.
pub async fn open(
    app: &App,
    reader: &Reader,
    reference: &str,
    why: &str,
    hours: u8,
    typed: &[Zeroizing<String>],
) -> Result<CaseId, EmergencyError> {
    if !may_enter(reader.role, Area::Emergency) {
        return Err(EmergencyError::Role);
    }
    let used = Use::at_desk(reader.id, why)?;
    if !(1..=MOST_HOURS).contains(&hours) {
        return Err(EmergencyError::Hours);
    }
    let key = recovery::unlock(app, typed).await?;
    recovery::finish(app, &key).await?;
    let opened = match reference.trim().parse() {
        Ok(reference) => open_patiently(app, reader, &reference, &used, hours, &key).await,
        Err(_) => Err(EmergencyError::NotFound),
    };
    if matches!(opened, Err(EmergencyError::NotFound)) {
        // The key was used, so it is told, without a number: it may have been one that this person may not know of.
        refused(app, reader.id, &used).await?;
    }
    opened
}

async fn refused(app: &App, by: UserId, used: &Use) -> Result<(), AppError> {
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    drop(conn);
    let step = RecoveryStep::EmergencyRefused;
    let notes = for_leads(app, &team, step, used, Some(by), |_| true)?;
    let now = app.now();
    app.store()
        .write_with(notes, move |tx, notes| {
            Box::pin(async move {
                let member = Some(by);
                leave_trace(tx, now, Some(by), None, Traced::Recovery { step, member }).await?;
                tell(tx, notes, now).await
            })
        })
        .await
}

/// How often a case is looked at again because it, or the team, changed meanwhile.
const TRIES: usize = 5;

async fn open_patiently(
    app: &App,
    reader: &Reader,
    reference: &Reference,
    used: &Use,
    hours: u8,
    key: &RecoveryKey,
) -> Result<CaseId, EmergencyError> {
    for _ in 0..TRIES {
        match give(app, reader, reference, used, hours, key).await {
            Err(EmergencyError::App(AppError::Store(StoreError::ChangedSince))) => {}
            other => return other,
        }
    }
    Err(AppError::Store(StoreError::ChangedSince).into())
}

/// What is stored together.
struct Package {
    missing: Option<Missing>,
    event: events::EventRow,
    notes: Vec<stored::NoteRow>,
    grant: stored::GrantRow,
    epoch: i64,
}

async fn give(
    app: &App,
    reader: &Reader,
    reference: &Reference,
    used: &Use,
    hours: u8,
    key: &RecoveryKey,
) -> Result<CaseId, EmergencyError> {
    let mut conn = app.store().read().await?;
    let case = stored::find_case_by_reference(&mut conn, reference)
        .await?
        .ok_or(EmergencyError::NotFound)?;
    let of_case = wraps::list_of(&mut conn, case, Holder::Recovery).await?;
    let keys = CaseKeys::unwrap(case, key.secret(), &of_case).map_err(AppError::from)?;
    let team = Team::read(&mut conn).await?;
    let form = cases::find_form_digest(&mut conn, case)
        .await?
        .ok_or(EmergencyError::NotFound)?;
    let content = match desk::content(&mut conn, case, &keys, &team.names()).await {
        Ok(content) => content,
        Err(_) if wraps::list_of(&mut conn, case, Holder::Recovery).await?.len() != of_case.len() => {
            return Err(StoreError::ChangedSince.into());
        }
        Err(error) => return Err(error.into()),
    };
    let conflict = desk::conflict(app, &mut conn, &form, &content, &team).await?;
    let held = wraps::list_of(&mut conn, case, Holder::User(reader.id)).await?;
    drop(conn);

    let member = team.roster.find(reader.id).filter(|member| member.has_key);
    let role = member.map(|member| member.role);
    if role.is_none_or(|role| conflict.shuts_out(reader.id, role) || !may_enter(role, Area::Emergency)) {
        return Err(EmergencyError::NotFound);
    }
    if held.iter().any(|wrap| wrap.standing == Standing::Active) {
        return Err(EmergencyError::Open(case));
    }
    let now = app.now();
    let until = now
        .saturating_add(SignedDuration::from_hours(hours.into()))
        .unwrap_or(now);
    let epoch = of_case.first().map_or(1, |wrap| wrap.epoch);
    let missing = if held.is_empty() {
        let new = desk::wraps_for(&team, &keys, case, reader.id, Standing::Active, now)?;
        Some(Missing::new(&team, new))
    } else {
        None
    };
    let id = EventId::from_random(random::bytes());
    let body = EventBody::Emergency {
        until,
        why: used.why().to_owned(),
    };
    let sealed = keys::seal(
        keys.of(epoch).map_err(AppError::from)?,
        &keys::event(case, id),
        &body,
    );
    let event = events::EventRow {
        id,
        case_id: case,
        at: now,
        actor_id: Some(reader.id),
        kind: "emergency".to_owned(),
        epoch,
        body_sealed: Some(sealed.map_err(AppError::from)?),
    };
    let about = About {
        case: Some(case),
        until: Some(until),
    };
    let step = RecoveryStep::EmergencyBegun;
    let notes = for_leads_about(app, &team, step, used, Some(reader.id), about, |other| {
        !conflict.shuts_out(other.id, other.role)
    })?;
    let grant = stored::GrantRow {
        id: GrantId::from_random(random::bytes()),
        case_id: case,
        user_id: reader.id,
        from_at: now,
        until_at: until,
        had_standby: missing.is_none(),
    };
    let package = Package {
        missing,
        event,
        notes,
        grant,
        epoch,
    };
    app.store()
        .write_with(package, move |tx, package| Box::pin(save(tx, package, now)))
        .await?;
    Ok(case)
}

async fn save(tx: &mut safehold_store::Tx, package: &Package, now: Timestamp) -> Result<(), EmergencyError> {
    let Package {
        missing,
        event,
        notes,
        grant,
        epoch,
    } = package;
    let (case, who) = (grant.case_id, grant.user_id);
    // Before the key: what is not on record is not done.
    let what = Traced::Recovery {
        step: RecoveryStep::EmergencyBegun,
        member: Some(who),
    };
    leave_trace(tx, now, Some(who), Some(case), what).await?;
    let is_given = if let Some(missing) = missing {
        add_to_unchanged(tx, case, *epoch, missing).await?
    } else {
        let row = reconciling::find_for_reconciling(tx, case).await?;
        let is_same = row.is_some_and(|row| row.epoch == *epoch);
        is_same && wraps::set_standing(tx, case, Holder::User(who), Standing::Active, now).await?
    };
    if !is_given {
        return Err(StoreError::ChangedSince.into());
    }
    stored::add_grant(tx, grant).await?;
    events::add(tx, event).await?;
    Ok(tell(tx, notes, now).await?)
}

/// Cases to which this reader has emergency access now: which, its number, and until when.
///
/// # Errors
/// [`AppError`].
pub async fn mine(app: &App, reader: &Reader) -> Result<Vec<(CaseId, Reference, Timestamp)>, AppError> {
    let mut conn = app.store().read().await?;
    Ok(stored::list_grants_of(&mut conn, reader.id).await?)
}

/// Ends what is over: the key goes, or is on standby again as before. Runs again safely, and after a restart.
pub(crate) async fn end_what_is_over(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let mut conn = app.store().read().await?;
    let over = stored::list_grants_over(&mut conn, now, ROUND).await?;
    drop(conn);
    let today = app.rules().hours.day_of(now);
    for grant in over {
        app.store()
            .write_with(grant, move |tx, grant| {
                Box::pin(async move {
                    let (case, who) = (grant.case_id, grant.user_id);
                    let what = Traced::Recovery {
                        step: RecoveryStep::EmergencyEnded,
                        member: Some(who),
                    };
                    leave_trace(tx, now, None, Some(case), what).await?;
                    if !stored::end_grant(tx, grant.id, now).await? {
                        return Err(StoreError::ChangedSince.into());
                    }
                    // Whoever had it twice keeps it until the later end.
                    if stored::find_grant_end(tx, who, case).await?.is_none() {
                        let team = Team::read(tx).await?;
                        cover::bring_to_next(tx, &team, case, who, today, now).await?;
                        if grant.had_standby {
                            wraps::set_standing(tx, case, Holder::User(who), Standing::Standby, now).await?;
                        } else {
                            wraps::remove_of(tx, case, Holder::User(who)).await?;
                        }
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
    }
    Ok(())
}

//! Sending a report: chosen readers, a key of its own, one transaction, and an answer only when it is durable.

use jiff::Timestamp;
use safehold_core::{
    case::{Level, State, suggest_level},
    form::Facts,
    id::{CaseId, UserId, VisitId},
    recipients::{NobodyLeft, Recipients, Standing, TeamConflict},
    reference::Reference,
    roster::Roster,
    trace::Traced,
};
use safehold_seal::{ReaderPublic, ReplySecret, Sealed, random, wrap_key_symmetric};
use safehold_store::{
    StoreError, cases, files, reports, taken_down, visits,
    wraps::{self, Holder},
};

use super::{Channel, Draft, ReportBody, Visit, VisitState, body::counts_from, draft, words};
use crate::{
    App, AppError,
    keys::{self, CaseKeys},
    leave_trace, notices, recovery,
    roster::{self, Team},
    setup,
};

/// A report that is safely stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The case that it became.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
}

/// Why a report was not sent. The draft is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// Questions are open without which the report cannot work: the page of the first.
    #[error("a required answer is missing on the page {page}")]
    Incomplete {
        /// The id of the page.
        page: String,
    },
    /// Everybody who could read it is involved. The person is shown where else to turn.
    #[error(transparent)]
    NobodyLeft(#[from] NobodyLeft),
    /// The draft has expired, or was never begun.
    #[error("the draft is gone")]
    Gone,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for SubmitError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// What a person sees before they send.
pub struct Check {
    /// The draft.
    pub draft: Draft,
    /// Who will receive it, by name and role; nobody if all are involved.
    pub goes_to: Option<UserId>,
    /// When somebody will have opened it at the latest.
    pub opened_by: Timestamp,
    /// When they will hear from a person at the latest.
    pub contact_by: Timestamp,
    /// Members of the team whom the account names, though the reporter has not said that they are involved.
    pub named: Vec<UserId>,
    /// The first page with a required answer that is missing.
    pub incomplete: Option<String>,
}

/// Who may read, from all that the reporter said. A person of concern with the name of a member counts as that member.
pub(crate) fn conflict(facts: &Facts, roster: &Roster) -> TeamConflict {
    let mut conflict = facts.team_conflict.clone();
    conflict.involved.extend(
        facts
            .people_of_concern
            .iter()
            .flat_map(|name| roster.named_in(name)),
    );
    conflict
}

/// Everything before sending, to look through.
///
/// # Errors
/// [`SubmitError::Gone`] without a draft.
pub async fn check(app: &App, visit: &Visit) -> Result<Check, SubmitError> {
    let Some(VisitState::Draft(draft)) = draft::load(app, visit).await? else {
        return Err(SubmitError::Gone);
    };
    let facts = Facts::of(&draft.form.form, &draft.body.answers);
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    let now = app.now();
    let hours = &app.rules().hours;
    let conflict = conflict(&facts, &team.roster);
    let recipients = Recipients::choose(&team.roster, &conflict, hours.day_of(now)).ok();
    let targets = app.rules().targets(suggest_level(&facts));
    let told_on = draft.body.taken_down.as_ref().map(|note| note.told_on);
    let counts_from = counts_from(app, told_on, now);
    let mut named: Vec<UserId> = draft
        .body
        .answers
        .texts()
        .into_iter()
        .flat_map(|text| team.roster.named_in(text))
        .filter(|id| {
            recipients
                .as_ref()
                .is_some_and(|recipients| recipients.standing(*id).is_some())
        })
        .collect();
    named.sort();
    named.dedup();
    Ok(Check {
        goes_to: recipients.map(|recipients| recipients.addressee()),
        opened_by: hours.after(counts_from, targets.opened),
        contact_by: hours.after(counts_from, targets.contact),
        named,
        incomplete: draft
            .form
            .form
            .first_incomplete(&draft.body.answers)
            .map(|missing| missing.page.id.clone()),
        draft: *draft,
    })
}

/// Everything that sending stores.
struct Package {
    case: cases::CaseRow,
    report: reports::ReportRow,
    wraps: Vec<wraps::WrapRow>,
    visit: VisitId,
    version: i64,
    words: Option<words::NewWords>,
    tell: Vec<UserId>,
    typed_by: Option<UserId>,
    /// Who sees how far it is, because they wrote it down and are not involved.
    shown_to: Option<UserId>,
    sealed_to: roster::SealedTo,
    recovery: Option<ReaderPublic>,
}

/// Sends a report. It is answered when it is durable. Sending twice gives the same report.
///
/// If the person has no words yet, they are made now, to be shown on the next page.
///
/// # Errors
/// [`SubmitError`]; the draft is as it was.
pub async fn submit(app: &App, visit: &Visit) -> Result<Sent, SubmitError> {
    let draft = match draft::load(app, visit).await? {
        Some(VisitState::Draft(draft)) => draft,
        Some(VisitState::Sent(_)) => return already_sent(app, visit).await,
        None => return Err(SubmitError::Gone),
    };
    let mut answers = draft.body.answers.clone();
    draft.form.form.prune(&mut answers);
    // Who chose to send nothing is shown where that was chosen, however the request came about.
    if draft.form.form.ends_without_sending(&answers)
        && let Some(end) = draft.form.form.visible_pages(&answers).last()
    {
        return Err(SubmitError::Incomplete { page: end.id.clone() });
    }
    if let Some(missing) = draft.form.form.first_incomplete(&answers) {
        return Err(SubmitError::Incomplete {
            page: missing.page.id.clone(),
        });
    }
    let facts = Facts::of(&draft.form.form, &answers);
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    let recovery = setup::recovery_public(&mut conn).await?;
    drop(conn);
    let now = app.now();
    let conflict = conflict(&facts, &team.roster);
    let recipients = Recipients::choose(&team.roster, &conflict, app.rules().hours.day_of(now))?;
    let level = suggest_level(&facts);

    let id = CaseId::from_random(random::bytes());
    let keys = CaseKeys::first(id);
    let taken_down = draft.body.taken_down.as_ref();
    let body = ReportBody {
        answers,
        files: draft.body.files.clone(),
        channel: taken_down.map_or(Channel::Web, |note| note.channel),
        typed_by: taken_down.map(|note| note.by),
        told_on: taken_down.map(|note| note.told_on),
        excluded: recipients.excluded().clone(),
        reply_key: ReplySecret::of(&visit.key).public().as_bytes().to_vec(),
    };
    let body_sealed =
        keys::seal(keys.of(1).map_err(AppError::from)?, &keys::report(id), &body).map_err(AppError::from)?;
    let readers = at_once(&recipients, level, &team.roster);
    let wraps = new_wraps(&keys, id, visit, &team, &readers, recovery.as_ref(), now)?;
    let words = if draft.has_words {
        None
    } else {
        Some(words::make(app, visit).await?)
    };

    let reference = Reference::from_random(random::bytes());
    let tell = wraps
        .iter()
        .filter_map(|wrap| match (wrap.holder, wrap.standing) {
            (Holder::User(reader), Standing::Active) => Some(reader),
            _ => None,
        })
        .collect();
    let package = Package {
        report: reports::ReportRow {
            case_id: id,
            epoch: 1,
            digest: body_sealed.digest(),
            body_sealed,
        },
        case: case_row(
            app,
            id,
            reference.clone(),
            level,
            &facts,
            draft.form.digest.clone(),
            (now, body.counts_from(app, now)),
        ),
        typed_by: body.typed_by,
        shown_to: body.typed_by.filter(|id| !body.excluded.contains(id)),
        sealed_to: team.keys_of(&wraps),
        recovery,
        wraps,
        visit: visit.id,
        version: draft.version(),
        words,
        tell,
    };
    match app
        .store()
        .write_with(package, |tx, package| Box::pin(save(tx, package)))
        .await
    {
        Ok(()) => Ok(Sent { case: id, reference }),
        // A second press of the button, or a change in another tab, was quicker.
        Err(SubmitError::App(AppError::Store(StoreError::ChangedSince | StoreError::Conflict { .. }))) => {
            match draft::load(app, visit).await? {
                Some(VisitState::Sent(_)) => already_sent(app, visit).await,
                Some(VisitState::Draft(_)) => Box::pin(submit(app, visit)).await,
                None => Err(SubmitError::Gone),
            }
        }
        Err(error) => Err(error),
    }
}

/// The key of a new case for each of its readers, for recovery and for the reporter.
fn new_wraps(
    keys: &CaseKeys,
    id: CaseId,
    visit: &Visit,
    team: &Team,
    readers: &[(UserId, Standing)],
    recovery: Option<&ReaderPublic>,
    now: Timestamp,
) -> Result<Vec<wraps::WrapRow>, AppError> {
    let mut wraps = Vec::new();
    for (reader, standing) in readers {
        let holder = Holder::User(*reader);
        let wrap_sealed = keys.wrap_to(1, holder, team.public_key(*reader)?)?;
        wraps.push(wrap_row(id, holder, *standing, wrap_sealed, now));
    }
    if let Some(recovery) = recovery {
        let wrap_sealed = keys.wrap_to(1, Holder::Recovery, recovery)?;
        wraps.push(wrap_row(
            id,
            Holder::Recovery,
            Standing::Standby,
            wrap_sealed,
            now,
        ));
    }
    let for_reporter = wrap_key_symmetric(&visit.key, &keys::case_key(id, 1, Holder::Reporter), keys.of(1)?)?;
    wraps.push(wrap_row(
        id,
        Holder::Reporter,
        Standing::Active,
        for_reporter,
        now,
    ));
    Ok(wraps)
}

/// The readers of a new report. What is immediate comes to both leads at once (domain reference 6.2).
fn at_once(recipients: &Recipients, level: Level, roster: &Roster) -> Vec<(UserId, Standing)> {
    let lead = |id| roster.find(id).is_some_and(|member| member.role.is_lead());
    recipients
        .readers()
        .iter()
        .map(|(id, standing)| {
            let both = level == Level::Immediate && lead(*id);
            (*id, if both { Standing::Active } else { *standing })
        })
        .collect()
}

fn wrap_row(
    case_id: CaseId,
    holder: Holder,
    standing: Standing,
    wrap_sealed: Sealed,
    since_at: Timestamp,
) -> wraps::WrapRow {
    wraps::WrapRow {
        case_id,
        epoch: 1,
        holder,
        standing,
        wrap_sealed,
        since_at,
    }
}

fn case_row(
    app: &App,
    id: CaseId,
    reference: Reference,
    level: Level,
    facts: &Facts,
    form_digest: String,
    (now, counts_from): (Timestamp, Timestamp),
) -> cases::CaseRow {
    let targets = app.rules().targets(level);
    let hours = &app.rules().hours;
    // Everybody has words and so can be answered here, without a name too; only who wants no contact gets none.
    let reachable = !facts.contact.do_not_contact;
    cases::CaseRow {
        id,
        reference,
        state: State::Received,
        level: Some(level),
        urgent: level == Level::Immediate,
        owner_id: None,
        asked_to_close_id: None,
        epoch: 1,
        form_digest,
        received_at: now,
        opened_at: None,
        acknowledged_at: None,
        decided_at: None,
        paused_at: None,
        closed_at: None,
        due_open_at: Some(hours.after(counts_from, targets.opened)),
        due_contact_at: reachable.then(|| hours.after(counts_from, targets.contact)),
        due_decision_at: targets
            .decision
            .map(|decision| hours.after(counts_from, decision)),
        review_at: None,
        changed_at: now,
        version: 1,
    }
}

async fn save(tx: &mut safehold_store::Tx, package: &Package) -> Result<(), SubmitError> {
    let case = &package.case;
    // First, because it keeps every change of the team out until the commit.
    leave_trace(
        tx,
        case.received_at,
        package.typed_by,
        Some(case.id),
        Traced::Received,
    )
    .await?;
    roster::still_theirs(tx, &package.sealed_to).await?;
    recovery::still_wrapped_to(tx, package.recovery.as_ref()).await?;
    cases::add(tx, case).await?;
    reports::add(tx, &package.report).await?;
    wraps::add_all(tx, &package.wraps).await?;
    if let Some(by) = package.shown_to {
        taken_down::add(tx, case.id, by, case.received_at).await?;
    }
    if let Some(words) = &package.words {
        visits::set_words(
            tx,
            package.visit,
            &words.lookup,
            &words.key_sealed,
            &words.words_sealed,
        )
        .await?;
    }
    visits::submit(tx, package.visit, package.version, case.id, case.received_at).await?;
    files::move_to_case(tx, package.visit, case.id).await?;
    for reader in &package.tell {
        notices::tell_member(
            tx,
            *reader,
            notices::Notice::NewReport,
            Some(case.id),
            case.received_at,
        )
        .await?;
    }
    Ok(())
}

async fn already_sent(app: &App, visit: &Visit) -> Result<Sent, SubmitError> {
    let mut conn = app.store().read().await?;
    let row = cases::find_for_reporter(&mut conn, visit.id).await?;
    let row = row.ok_or(AppError::Broken("a sent report has no case"))?;
    Ok(Sent {
        case: row.id,
        reference: row.reference,
    })
}

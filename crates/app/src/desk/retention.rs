//! How long a closed case is kept: holds, and erasing it by two people (domain reference 7.4).
//!
//! Erasing takes every wrap of the case's keys and everything that is sealed under them, so that not even a copy of
//! the key opens anything. What is left is in [`crate::erased`].

use jiff::civil::Date;
use safehold_core::{
    access::{Area, may_enter},
    case::{Record, RecordError, State},
    form::{Facts, ReportKind},
    id::{CaseId, EventId, UserId},
    reference::Reference,
    retention::{self, Closed, Keep, Step, View},
    trace::{TraceEntry, Traced},
};
use safehold_seal::random;
use safehold_store::{
    Conn,
    cases::{self, CaseRow},
    erasure::{self, Count},
    events, patterns, trace as trace_store, wraps,
};

use super::{DeskError, Reader, Unlocked, act, circle, open, pattern, unlock};
use crate::{
    App, AppError, erased, keys, leave_trace,
    notices::{self, Notice},
    report::EventBody,
    roster::{self, Team},
    sessions,
};

/// The most cases that the list shows at a time. What is done about them takes them off it.
const MOST: u32 = 200;

/// Why a step was not taken. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// Fields need another look.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The rules do not allow it.
    #[error(transparent)]
    Refused(#[from] retention::Refusal),
    /// Nobody erases from a page that somebody left open: they prove once more who they are.
    #[error("the pass phrase has to be given again first")]
    ProveFirst,
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(RetentionError);

/// A hold: it stops every deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Because of what: a choice of the field `hold_for`.
    pub hold_for: String,
    /// When somebody looks at it again.
    pub review_on: Option<Date>,
    /// In the words of who set it.
    pub reason: String,
    /// Who set it.
    pub by: Option<String>,
}

/// A proposal to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Who made it.
    pub by: UserId,
    /// Their name.
    pub by_name: Option<String>,
    /// On what basis: a choice of the field `basis`.
    pub basis: String,
    /// In their words.
    pub reason: String,
}

/// How long a case is kept, for somebody on whose desk it is.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Which.
    pub id: CaseId,
    /// What people call it.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
    /// Which version of it this is.
    pub version: i64,
    /// The day on which it was closed.
    pub closed_on: Option<Date>,
    /// The rule that counts, once it is closed.
    pub rule: Option<String>,
    /// The first day on which the schedule no longer keeps it; nothing if it does until people decide.
    pub until: Option<Date>,
    /// Whether that day has come.
    pub is_due: bool,
    /// What stops every deletion.
    pub hold: Option<Hold>,
    /// What waits for a second person.
    pub proposal: Option<Proposal>,
    /// What this reader can do now.
    pub steps: Vec<Step>,
}

/// What is done about one case, and all that was read for it.
struct Looked {
    row: CaseRow,
    keys: keys::CaseKeys,
    content: open::Content,
    facts: Facts,
    kept: Kept,
}

/// The reader's cases whose time has come, which wait for a second person, or which are on hold, the longest closed
/// first.
///
/// # Errors
/// [`DeskError::Role`] for a role that does not decide on this.
pub async fn list(app: &App, reader: &Reader) -> Result<Vec<Kept>, DeskError> {
    if !may_enter(reader.role, Area::Retention) {
        return Err(DeskError::Role);
    }
    let now = app.now();
    let shortest = match app.rules().retention.shortest() {
        Some(Keep::Months(months)) => app
            .rules()
            .hours
            .day_of(now)
            .saturating_sub(jiff::Span::new().months(months)),
        Some(Keep::Always) | None => Date::MIN,
    };
    // A day more than enough: what is not due is left out below.
    let before = shortest
        .tomorrow()
        .ok()
        .and_then(|day| app.start_of(day))
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    let mut kept = Vec::new();
    for row in erasure::list_kept_for(&mut conn, reader.id, before, MOST).await? {
        let looked = look(app, &mut conn, reader, row.id, &team).await?;
        if looked.kept.is_due || looked.kept.hold.is_some() || looked.kept.proposal.is_some() {
            kept.push(looked.kept);
        }
    }
    Ok(kept)
}

/// How many cases wait for this reader to confirm that they are erased.
///
/// # Errors
/// [`DeskError`] if the database does not answer.
pub async fn waiting(app: &App, reader: &Reader) -> Result<usize, DeskError> {
    if !may_enter(reader.role, Area::Retention) {
        return Ok(0);
    }
    let mut conn = app.store().read().await?;
    let count = erasure::count_waiting_for(&mut conn, reader.id).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// How long one case is kept.
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk.
pub async fn find(app: &App, reader: &Reader, case: CaseId) -> Result<Kept, DeskError> {
    if !may_enter(reader.role, Area::Retention) {
        return Err(DeskError::Role);
    }
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    Ok(look(app, &mut conn, reader, case, &team).await?.kept)
}

async fn look(
    app: &App,
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
    team: &Team,
) -> Result<Looked, DeskError> {
    let Unlocked { row, keys } = unlock(conn, reader, case).await?;
    let names = team.names();
    let content = open::content(conn, case, &keys, &names).await?;
    let form = app.asked_form(conn, &row.form_digest).await?;
    let facts = Facts::of(&form.form, &content.report.answers);
    let closed = closed(app, &row, &content, &facts);
    let rule = closed
        .as_ref()
        .and_then(|closed| app.rules().retention.rule(closed));
    let until = rule
        .zip(closed.as_ref())
        .and_then(|(rule, closed)| rule.keep.until(closed.closed_on));
    let today = app.rules().hours.day_of(app.now());
    let hold = hold(&content.history);
    let proposal = if row.state == State::Retained {
        proposal(&content.history)
    } else {
        None
    };
    let view = View {
        state: row.state,
        on_hold: hold.is_some(),
        proposed_by: proposal.as_ref().map(|proposal| proposal.by),
    };
    let steps = Step::ALL
        .iter()
        .copied()
        .filter(|step| retention::may(&view, reader.id, reader.role, *step).is_ok())
        .collect();
    let kept = Kept {
        id: row.id,
        reference: row.reference.clone(),
        state: row.state,
        version: row.version,
        closed_on: closed.as_ref().map(|closed| closed.closed_on),
        rule: rule.map(|rule| rule.id.clone()),
        is_due: until.is_some_and(|until| until <= today),
        until,
        hold,
        proposal,
        steps,
    };
    Ok(Looked {
        row,
        keys,
        content,
        facts,
        kept,
    })
}

fn closed(app: &App, row: &CaseRow, content: &open::Content, facts: &Facts) -> Option<Closed> {
    let closed_on = app.rules().hours.day_of(row.closed_at?);
    Some(Closed {
        outcome: outcome(content),
        level: row.level,
        kinds: facts.kinds.clone(),
        // Whoever is not sure has not said no.
        about_child: facts
            .under_18
            .is_some_and(|answer| answer != safehold_core::form::Sure::No),
        closed_on,
    })
}

/// What came of a case: the last step that decided on it.
fn outcome(content: &open::Content) -> State {
    let decided = content.history.iter().rev().find_map(|entry| match &entry.body {
        EventBody::Acted { action, .. } => retention::outcome_of(*action),
        _ => None,
    });
    decided.unwrap_or(State::Open)
}

fn hold(history: &[open::Entry]) -> Option<Hold> {
    history
        .iter()
        .rev()
        .find_map(|entry| match &entry.body {
            EventBody::Kept {
                step: Step::Hold,
                record,
            } => Some(Some(Hold {
                hold_for: field(record, "hold_for"),
                review_on: record.get("review_on").and_then(|on| on.parse().ok()),
                reason: field(record, "reason"),
                by: entry.actor_name.clone(),
            })),
            EventBody::Kept {
                step: Step::LiftHold, ..
            } => Some(None),
            _ => None,
        })
        .flatten()
}

fn proposal(history: &[open::Entry]) -> Option<Proposal> {
    history.iter().rev().find_map(|entry| match &entry.body {
        EventBody::Kept {
            step: Step::Propose,
            record,
        } => Some(Proposal {
            by: entry.actor?,
            by_name: entry.actor_name.clone(),
            basis: field(record, "basis"),
            reason: field(record, "reason"),
        }),
        _ => None,
    })
}

fn field(record: &Record, id: &str) -> String {
    record.get(id).unwrap_or_default().to_owned()
}

/// Takes a step. `seen_version` is the version of the case on the page that the person acted from.
///
/// # Errors
/// [`RetentionError`]; nothing has changed then.
pub async fn take(
    app: &App,
    reader: &Reader,
    case: CaseId,
    step: Step,
    input: &[(String, String)],
    seen_version: i64,
) -> Result<(), RetentionError> {
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    let Looked {
        mut row,
        keys,
        content,
        facts,
        kept,
    } = look(app, &mut conn, reader, case, &team).await?;
    let holders = wraps::list_holders(&mut conn, case, row.epoch).await?;
    let conflict = open::conflict(app, &mut conn, &row.form_digest, &content, &team).await?;
    drop(conn);

    let view = View {
        state: row.state,
        on_hold: kept.hold.is_some(),
        proposed_by: kept.proposal.as_ref().map(|proposal| proposal.by),
    };
    retention::may(&view, reader.id, reader.role, step)?;
    let record = Record::read(step.fields(), input)?;
    if step == Step::Propose && record.get("basis") == Some("schedule") && !kept.is_due {
        return Err(retention::Refusal::NotDue.into());
    }
    if row.version != seen_version {
        return Err(DeskError::Changed.into());
    }
    let now = app.now();
    if step == Step::Erase {
        if !sessions::is_proven(app, reader) {
            return Err(RetentionError::ProveFirst);
        }
        let basis = kept.proposal.map(|proposal| proposal.basis).unwrap_or_default();
        let count = count(app, &row, &content, &facts);
        return erase(app, reader, &row, &keys, basis, count).await;
    }
    row.changed_at = now;
    let mut checker = None;
    match step {
        Step::Propose => {
            row.state = State::Retained;
            row.asked_to_close_id = Some(reader.id);
            if let Some(recipients) = circle::recipients(&row, &holders, &conflict, &team) {
                checker = act::find_checker(app, &team, recipients, &keys, &row, &[reader.id].into(), now)?;
            }
        }
        Step::KeepOn => {
            row.state = State::Closed;
            row.asked_to_close_id = None;
        }
        Step::Hold | Step::LiftHold | Step::Erase => {}
    }
    let id = EventId::from_random(random::bytes());
    let body = EventBody::Kept { step, record };
    let event = events::EventRow {
        id,
        case_id: case,
        at: now,
        actor_id: Some(reader.id),
        kind: step.key().to_owned(),
        epoch: row.epoch,
        body_sealed: Some(
            keys::seal(keys.of(row.epoch)?, &keys::event(case, id), &body).map_err(AppError::from)?,
        ),
    };
    let sealed_to = checker
        .as_ref()
        .map(|(_, new)| team.keys_of(new))
        .unwrap_or_default();
    let who = reader.id;
    app.store()
        .write_with(
            (row, event, checker, sealed_to),
            move |tx, (row, event, checker, sealed_to)| {
                Box::pin(async move {
                    cases::save(tx, row).await?;
                    events::add(tx, event).await?;
                    leave_trace(tx, now, Some(who), Some(case), Traced::Kept { step }).await?;
                    roster::still_theirs(tx, sealed_to).await?;
                    if let Some((checker, new)) = checker {
                        act::give_to_checker(tx, case, who, *checker, new, now).await?;
                        notices::tell_member(tx, *checker, Notice::CheckAsked, Some(case), now).await?;
                    }
                    Ok::<_, RetentionError>(())
                })
            },
        )
        .await
}

/// What is counted of an erased case: month, kind, outcome and level, and nothing that would tell which it was.
fn count(app: &App, row: &CaseRow, content: &open::Content, facts: &Facts) -> Count {
    let on = app.rules().hours.day_of(row.received_at);
    Count {
        month: format!("{:04}-{:02}", on.year(), on.month()),
        kind: facts
            .kinds
            .first()
            .map_or("none", |kind: &ReportKind| kind.id())
            .to_owned(),
        outcome: outcome(content),
        level: row.level,
        number: 1,
    }
}

async fn erase(
    app: &App,
    reader: &Reader,
    row: &CaseRow,
    keys: &keys::CaseKeys,
    basis: String,
    count: Count,
) -> Result<(), RetentionError> {
    let (who, now, case, version) = (reader.id, app.now(), row.id, row.version);
    // The key of the case alone tells where they are.
    let halves = pattern::places_of(&mut app.store().read().await?, keys).await?;
    app.store()
        .write_with((basis, count, halves), move |tx, (basis, count, halves)| {
            Box::pin(async move {
                // Fails if anybody changed the case since it was looked at, such as by a hold.
                erasure::erase(tx, case, version).await?;
                erasure::add_count(tx, count).await?;
                for half in &*halves {
                    patterns::remove(tx, half).await?;
                }
                let erased = Traced::Erased { basis: basis.clone() };
                leave_trace(tx, now, Some(who), Some(case), erased).await?;
                Ok::<_, RetentionError>(())
            })
        })
        .await?;
    // The database has it. If the list cannot be written now, the next round does.
    if let Err(error) = erased::write_out(app).await {
        tracing::error!(error.kind = %error, "the list of what was erased was not written");
    }
    Ok(())
}

/// The certificate that a case was erased, for the two who did it: no name, nothing of what was in it.
///
/// # Errors
/// [`DeskError::NotFound`] for everybody else, and for a case that was not erased.
pub async fn certificate(app: &App, reader: &Reader, case: CaseId) -> Result<String, DeskError> {
    if !may_enter(reader.role, Area::Retention) {
        return Err(DeskError::Role);
    }
    let mut conn = app.store().read().await?;
    if !erasure::is_erased(&mut conn, case).await? {
        return Err(DeskError::NotFound);
    }
    let mut told = false;
    let mut found = None;
    let mut after = 0;
    loop {
        let page = trace_store::list_of_case(&mut conn, case, after, 500).await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for row in &page {
            let entry: TraceEntry =
                serde_json::from_str(&row.leaf).map_err(|_| AppError::Broken("a trace entry"))?;
            let is_theirs = entry.who == Some(reader.id);
            match entry.what {
                Traced::Kept { step: Step::Propose } => told |= is_theirs,
                Traced::Erased { basis } => {
                    told |= is_theirs;
                    found = Some((row.seq, entry.at, basis));
                }
                _ => {}
            }
        }
    }
    match found {
        Some((seq, at, basis)) if told => Ok(erased::certificate(app, case, seq, at, &basis)),
        _ => Err(DeskError::NotFound),
    }
}

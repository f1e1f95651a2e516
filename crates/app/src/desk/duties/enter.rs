//! Recording: checked by `core`, sealed, and saved with its trace, its clock, its files, and, if the lead chose so,
//! with a message to the reporter.

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    access::{Area, Part, may_enter, may_enter_with},
    duties::{
        Body, Book, Decides, DecisionInput, Entry, FieldProblem, Refused, Step, read_decision, read_ending,
        read_look, read_reply, read_sent,
    },
    form::{Facts, News},
    id::{CaseId, DutyId, EventId, FileId, UserId},
    roster::Role,
    trace::Traced,
};
use safehold_seal::{Sealed, random};
use safehold_store::{
    StoreError, Tx,
    cases::{self, CaseRow},
    duties::{self, DutyDue},
    events, files as stored_files,
};

use super::entries;
use crate::{
    App, AppError,
    desk::{DeskError, Reader, Unlocked, open, part_in, unlock_for},
    files,
    follow::{self, Happening},
    keys, leave_trace,
    messages::{NewMessage, new_message_id},
    notices,
    report::{EventBody, FileNote, MessageBody},
    roster::Team,
};

/// Why something was not recorded. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum DutyError {
    /// Fields need another look.
    #[error("{} fields need another look", .0.len())]
    Fields(Vec<FieldProblem>),
    /// The rules do not allow it now.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(DutyError);

/// What an entry is about, and the page that it was written on.
#[derive(Debug, Clone, Copy)]
pub struct DutyPlace<'p> {
    /// The id of the entry, which came with the page.
    pub id: EventId,
    /// The version of the case on the page.
    pub seen_version: i64,
    /// What is recorded.
    pub step: Step,
    /// The body; empty for [`Step::Look`].
    pub body: &'p str,
}

/// What is done with the clock of a body.
enum Clock {
    Set(DutyDue),
    Stop(DutyId),
    Leave,
}

/// A message to the reporter that goes with an entry.
struct ToReporter {
    message: NewMessage,
    address: Option<Sealed>,
    news: Option<News>,
}

struct Package {
    row: CaseRow,
    event: events::EventRow,
    clock: Clock,
    files: Vec<FileId>,
    told: Option<ToReporter>,
    actor: UserId,
}

/// Records something about duties outward. Files that come with what is not recorded are removed.
///
/// # Errors
/// [`DutyError`]; nothing has changed then.
pub async fn enter(
    app: &App,
    reader: &Reader,
    case: CaseId,
    place: DutyPlace<'_>,
    input: &[(String, String)],
    notes: Vec<FileNote>,
) -> Result<(), DutyError> {
    let ids: Vec<FileId> = notes.iter().map(|note| note.id).collect();
    let result = enter_once(app, reader, case, place, input, notes).await;
    let before = match &result {
        Ok(()) => return Ok(()),
        // The second press of a button finds the entry there, or the case changed by the first.
        Err(DutyError::Desk(
            DeskError::App(AppError::Store(StoreError::Conflict { .. })) | DeskError::Changed,
        )) => {
            let mut conn = app.store().read().await?;
            events::list(&mut conn, case)
                .await?
                .iter()
                .any(|event| event.id == place.id)
        }
        Err(_) => false,
    };
    files::discard(app, ids).await;
    if before { Ok(()) } else { result }
}

/// Whether somebody with this part in a case may record something about a body; about none, if its id is empty.
///
/// In a case that was shared with it, the university records what it decides itself, and nothing else (domain reference
/// 8.4).
pub fn may_record(app: &App, role: Role, part: Part, body: &str) -> bool {
    let by_university = || {
        app.outward()
            .rules
            .body(body)
            .is_some_and(|body| match body.decides {
                Decides::University
                | Decides::UniversityPeople
                | Decides::UniversityPrevent
                | Decides::UniversitySafety => true,
                Decides::Anyone
                | Decides::Lead
                | Decides::LeadWithPerson
                | Decides::LeadWithPeopleTeam
                | Decides::LeadWithService
                | Decides::LeadWithSponsor
                | Decides::Children
                | Decides::DataProtection
                | Decides::Project => false,
            })
    };
    may_enter_with(role, part, Area::Duties)
        && (role != Role::University || part == Part::InCharge || by_university())
}

async fn enter_once(
    app: &App,
    reader: &Reader,
    case: CaseId,
    place: DutyPlace<'_>,
    input: &[(String, String)],
    notes: Vec<FileNote>,
) -> Result<(), DutyError> {
    if !may_enter(reader.role, Area::Duties) {
        return Err(DeskError::Role.into());
    }
    let mut conn = app.store().read().await.map_err(DeskError::from)?;
    let Unlocked { mut row, keys } = unlock_for(&mut conn, reader, case, Area::Duties).await?;
    let part = part_in(&mut conn, reader, &row).await.map_err(DeskError::from)?;
    if !may_record(app, reader.role, part, place.body) {
        return Err(DeskError::Role.into());
    }
    let team = Team::read(&mut conn).await?;
    let content = open::content(&mut conn, case, &keys, &team.names()).await?;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    drop(conn);

    let now = app.now();
    let mut book = Book::of(entries(&content.history).map(|entry| entry.entry));
    if row.version != place.seen_version {
        return Err(DeskError::Changed.into());
    }
    book.may(row.state, place.step, place.body)?;
    let (entry, words) = read(app, &row, &book, place, input, now)?;
    book = Book::of(entries(&content.history).map(|entry| entry.entry).chain([&entry]));
    let clock = clock(app, case, &book, entry.body(), now);
    let epoch = row.epoch;
    let facts = Facts::of(&form.form, &content.report.answers);
    let told = match words {
        None => None,
        Some(text) => {
            let body = MessageBody::Text {
                text,
                files: Vec::new(),
            };
            let id = new_message_id();
            row.acknowledged_at = row.acknowledged_at.or(Some(now));
            let address = facts.contact.may_email.as_ref();
            Some(ToReporter {
                message: NewMessage::seal((case, epoch), &keys, id, Some(reader.id), now, &body)?,
                address: address
                    .map(|address| notices::seal_address(app, address))
                    .transpose()?,
                news: facts.contact.news,
            })
        }
    };
    row.changed_at = now;
    let files = notes.iter().map(|note| note.id).collect();
    let body = EventBody::Duty { entry, files: notes };
    let event = events::EventRow {
        id: place.id,
        case_id: case,
        at: now,
        actor_id: Some(reader.id),
        kind: ENTERED.to_owned(),
        epoch,
        body_sealed: Some(
            keys::seal(keys.of(epoch)?, &keys::event(case, place.id), &body).map_err(AppError::from)?,
        ),
    };
    let package = Package {
        row,
        event,
        clock,
        files,
        told,
        actor: reader.id,
    };
    app.store()
        .write_with(package, move |tx, package| Box::pin(save(tx, package, now)))
        .await
}

/// The kind of these events in the database: the same as of any other entry, so that it gives nothing away.
const ENTERED: &str = "entered";

async fn save(tx: &mut Tx, package: &Package, now: Timestamp) -> Result<(), DutyError> {
    let case = package.row.id;
    let actor = Some(package.actor);
    // First, because it keeps every other change out until the commit.
    leave_trace(tx, now, actor, Some(case), Traced::Entered).await?;
    cases::save(tx, &package.row).await?;
    events::add(tx, &package.event).await?;
    for file in &package.files {
        stored_files::attach_to_case(tx, *file, case).await?;
    }
    match &package.clock {
        Clock::Set(due) => duties::set(tx, due).await?,
        Clock::Stop(id) => {
            duties::stop(tx, *id).await?;
        }
        Clock::Leave => {}
    }
    if let Some(told) = &package.told {
        told.message.store(tx).await?;
        leave_trace(tx, now, actor, Some(case), Traced::WroteToReporter).await?;
        follow::tell_reporter(
            tx,
            told.address.as_ref(),
            told.news,
            Happening::Message,
            case,
            now,
        )
        .await?;
    }
    Ok(())
}

/// Reads what was typed, and the words for the reporter where there are some.
fn read(
    app: &App,
    row: &CaseRow,
    book: &Book,
    place: DutyPlace<'_>,
    input: &[(String, String)],
    now: Timestamp,
) -> Result<(Entry, Option<String>), DutyError> {
    let hours = &app.rules().hours;
    let today = hours.day_of(now);
    let body = place.body;
    let rules = &app.outward().rules;
    // A body that the rules do not have any more is known by what was recorded.
    let known = || match rules.body(body) {
        Some(rule) => Ok(Some(rule)),
        None if book.bodies.contains_key(body) => Ok(None),
        None => Err(DutyError::Desk(DeskError::NotFound)),
    };
    let entry = match place.step {
        Step::Look => Entry::Looked(read_look(input, &rules.says).map_err(DutyError::Fields)?),
        Step::Decide => {
            let rule = known()?;
            let typed = read_decision(input, today).map_err(DutyError::Fields)?;
            let clock = book
                .clock(body)
                .unwrap_or_else(|| DutyId::from_random(random::bytes()));
            let starts_at = starts(app, row, &typed, now);
            let due_at = due(app, book, rule, &typed, starts_at);
            Entry::Decided(typed.decide(body.to_owned(), clock, Some(starts_at), due_at))
        }
        Step::Send => {
            let (sent, words) = read_sent(body, input, today).map_err(DutyError::Fields)?;
            return Ok((Entry::Sent(sent), words));
        }
        Step::Reply => Entry::Replied(read_reply(body, input, today).map_err(DutyError::Fields)?),
        Step::End => Entry::Ended(read_ending(body, input, book.outcomes(body)).map_err(DutyError::Fields)?),
    };
    Ok((entry, None))
}

/// From when the clock of a decision runs. A day counts from its beginning, so that it ends too soon rather than too
/// late.
fn starts(app: &App, row: &CaseRow, typed: &DecisionInput, now: Timestamp) -> Timestamp {
    match typed.starts_on {
        _ if typed.starts_now => now,
        Some(on) => on
            .yesterday()
            .ok()
            .and_then(|before| app.rules().hours.end_of(before))
            .unwrap_or(row.received_at),
        None => row.received_at,
    }
}

fn due(
    app: &App,
    book: &Book,
    rule: Option<&Body>,
    typed: &DecisionInput,
    starts_at: Timestamp,
) -> Option<Timestamp> {
    let hours = &app.rules().hours;
    match (typed.due_on, rule) {
        (Some(on), _) => hours.end_of(on),
        (None, Some(rule)) => rule
            .within
            .due(starts_at, hours, book.place, &app.outward().holidays),
        (None, None) => None,
    }
}

/// What becomes of the clock of the body that an entry is about.
fn clock(app: &App, case: CaseId, book: &Book, body: Option<&str>, now: Timestamp) -> Clock {
    let Some(standing) = body.and_then(|body| book.bodies.get(body)) else {
        return Clock::Leave;
    };
    let id = standing.decision.clock;
    match standing.due(|on: Date| app.rules().hours.end_of(on)) {
        Some(due_at) => Clock::Set(DutyDue {
            id,
            case_id: case,
            set_at: now,
            due_at,
        }),
        None => Clock::Stop(id),
    }
}

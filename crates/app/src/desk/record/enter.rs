//! Making an entry: checked by `core`, sealed, and saved with its trace, with what is due by it and with notices.

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    case::{Record, RecordProblem},
    form::{AboutWhom, Facts, News},
    id::{CaseId, EventId, UserId},
    record::{
        Caution, Entry, EntryRefusal, Filed, Kind, Known, Register, cautions, is_asked, may_be_shown,
        may_enter,
    },
    stay_away,
    trace::Traced,
};
use safehold_seal::{Sealed, random};
use safehold_store::{
    cases::{self, CaseRow},
    dues, events, wraps,
};

use super::register;
use crate::{
    App, AppError,
    desk::{DeskError, Reader, Unlocked, open, part_in, unlock},
    follow,
    follow::Happening,
    keys, leave_trace,
    notices::{self, Notice},
    report::EventBody,
    roster::Team,
};

/// Why an entry was not made. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// Fields need another look, or there is something to think about first.
    #[error("{} fields need another look, and there are {} cautions", .problems.len(), .cautions.len())]
    Input {
        /// The fields.
        problems: Vec<(&'static str, RecordProblem)>,
        /// What to think about.
        cautions: Vec<Caution>,
    },
    /// The rules do not allow it.
    #[error(transparent)]
    Refused(#[from] EntryRefusal),
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(EnterError);

/// What an entry stores.
struct Package {
    row: CaseRow,
    event: events::EventRow,
    dues: Vec<dues::DueRow>,
    /// Somebody else who now has something to do here.
    tell: Option<UserId>,
    /// Where the reporter is told that there is something on their page, and which news they want.
    news: Option<(Sealed, Option<News>)>,
}

/// What stands beside the fields of a new entry.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The entry that it answers.
    pub about: Option<EventId>,
    /// The entry whose place it takes.
    pub corrects: Option<EventId>,
    /// The version of the case on the page that the person wrote on.
    pub seen_version: i64,
}

/// Makes an entry, and answers which it is.
///
/// # Errors
/// [`EnterError`]; nothing has changed then.
pub async fn enter(
    app: &App,
    reader: &Reader,
    case: CaseId,
    kind: Kind,
    place: Place,
    input: &[(String, String)],
) -> Result<EventId, EnterError> {
    let mut conn = app.store().read().await.map_err(DeskError::from)?;
    let Unlocked { mut row, keys } = unlock(&mut conn, reader, case).await?;
    let part = part_in(&mut conn, reader, &row).await?;
    let team = Team::read(&mut conn).await?;
    let content = open::content(&mut conn, case, &keys, &team.names()).await?;
    let holders = wraps::list_holders(&mut conn, case, row.epoch).await?;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    drop(conn);

    if !kind.has_form() {
        return Err(EntryRefusal::NoSuchEntry.into());
    }
    may_enter(row.state, reader.role, part, kind)?;
    register(&content.history).check(kind, reader.id, place.about, place.corrects)?;
    let facts = Facts::of(&form.form, &content.report.answers);
    let record = read(kind, input, &facts, &holders)?;
    let problems = stay_away::check_record(
        &register(&content.history),
        (kind, reader.id),
        (place.about, place.corrects),
        &record,
        &team.roster,
        app.rules().hours.day_of(app.now()),
    )?;
    if !problems.is_empty() {
        let cautions = Vec::new();
        return Err(EnterError::Input { problems, cautions });
    }
    may_show(&register(&content.history), kind, place.about, &facts)?;
    if row.version != place.seen_version {
        return Err(DeskError::Changed.into());
    }
    let now = app.now();
    apply(app, &mut row, kind, &record, now);
    let id = EventId::from_random(random::bytes());
    let entry = Entry {
        of: kind,
        about: place.about,
        corrects: place.corrects,
        record,
    };
    let new = Filed {
        id,
        at: now,
        by: Some(reader.id),
        entry: &entry,
    };
    let dues = super::rows(app, case, &content.history, Some(new));
    let news = match &facts.contact.may_email {
        Some(address) if is_news(&entry) => Some((notices::seal_address(app, address)?, facts.contact.news)),
        _ => None,
    };
    let tell = match kind {
        // An appeal is given to whoever hears it; a decision only names them.
        Kind::StayAwayAppeal => &[stay_away::HEARS][..],
        _ => &["task_owner", "check_by"],
    };
    let tell = tell
        .iter()
        .find_map(|field| entry.record.get(field)?.parse::<UserId>().ok())
        .filter(|who| *who != reader.id);
    let body = EventBody::Entered { entry };
    let event = events::EventRow {
        id,
        case_id: case,
        at: now,
        actor_id: Some(reader.id),
        kind: ENTERED.to_owned(),
        epoch: row.epoch,
        body_sealed: Some(
            keys::seal(keys.of(row.epoch)?, &keys::event(case, id), &body).map_err(AppError::from)?,
        ),
    };
    let package = Package {
        row,
        event,
        dues,
        tell,
        news,
    };
    app.store()
        .write_with(package, move |tx, package| Box::pin(save(tx, package, now)))
        .await?;
    Ok(id)
}

/// The kind of all of these events in the database: it gives nothing away of what they are.
pub(crate) const ENTERED: &str = "entered";

/// Reads the fields, and asks what must be thought about. Both are told at once.
fn read(
    kind: Kind,
    input: &[(String, String)],
    facts: &Facts,
    holders: &[(wraps::Holder, safehold_core::recipients::Standing)],
) -> Result<Record, EnterError> {
    let (record, mut problems) = Record::read_some(kind.fields(), input);
    for field in ["task_owner", "check_by", stay_away::HEARS] {
        let who = record.get(field).and_then(|who| who.parse::<UserId>().ok());
        let holds = |who| {
            holders
                .iter()
                .any(|(holder, _)| *holder == wraps::Holder::User(who))
        };
        if who.is_some_and(|who| !holds(who)) {
            problems.push((field, RecordProblem::UnknownChoice));
        }
    }
    let known = Known {
        contact: &facts.contact,
    };
    let mut open: Vec<_> = cautions(kind, &record, known)
        .into_iter()
        .filter(|caution| record.get(caution.field()).is_none())
        .collect();
    // A field that is there and wrong is told as that.
    open.retain(|caution| !problems.iter().any(|(field, _)| *field == caution.field()));
    if problems.is_empty() && open.is_empty() {
        Ok(record)
    } else {
        Err(EnterError::Input {
            problems,
            cautions: open,
        })
    }
}

fn apply(app: &App, row: &mut CaseRow, kind: Kind, record: &Record, now: Timestamp) {
    row.changed_at = now;
    if kind == Kind::Decision {
        row.decided_at = row.decided_at.or(Some(now));
        if let Some(on) = record.get("review_on").and_then(|on| on.parse::<Date>().ok()) {
            row.review_at = app.start_of(on);
        }
    }
}

async fn save(tx: &mut safehold_store::Tx, package: &Package, now: Timestamp) -> Result<(), EnterError> {
    let case = package.row.id;
    // First, because it keeps every other change out until the commit.
    leave_trace(tx, now, package.event.actor_id, Some(case), Traced::Entered).await?;
    cases::save(tx, &package.row).await?;
    events::add(tx, &package.event).await?;
    dues::replace(tx, case, &package.dues).await?;
    if let Some(who) = package.tell {
        notices::tell_member(tx, who, Notice::Given, Some(case), now).await?;
    }
    if let Some((address, news)) = &package.news {
        follow::tell_reporter(tx, Some(address), *news, Happening::Message, case, now).await?;
    }
    Ok(())
}

/// Whether the reporter finds something new on their page.
fn is_news(entry: &Entry) -> bool {
    match entry.of {
        Kind::Ask => is_asked(&entry.record),
        Kind::Shown | Kind::RequestAnswer => true,
        Kind::Talk => entry.record.get("talk_show") == Some("yes"),
        _ => false,
    }
}

/// A copy is shown only of what is for whoever reported.
fn may_show(
    register: &Register<'_>,
    kind: Kind,
    about: Option<EventId>,
    facts: &Facts,
) -> Result<(), EntryRefusal> {
    if kind != Kind::Shown {
        return Ok(());
    }
    let is_affected = facts.about_whom == Some(AboutWhom::Me);
    let entry = about.and_then(|about| register.find(about));
    match entry.map(|item| may_be_shown(item.latest.entry, is_affected)) {
        Some(true) => Ok(()),
        _ => Err(EntryRefusal::NotForThem),
    }
}

//! Looking again at what was decided, when the person asked for it: by somebody who had no part in it.

use jiff::Timestamp;
use safehold_core::{
    case::{Action, Record, RecordError, State},
    form::Facts,
    id::{CaseId, EventId, UserId},
    record::{Entry as Recorded, Kind},
    reference::Reference,
    trace::Traced,
};
use safehold_seal::{Sealed, random};
use safehold_store::{
    Conn, Tx,
    cases::{self, CaseRow},
    events,
    reviews::{self, ReviewRow},
};

use super::{DeskError, Reader, Unlocked, open, unlock};
use crate::{
    App, AppError, follow,
    follow::{Happening, ReviewBody},
    keys::{self, CaseKeys},
    leave_trace, notices,
    report::EventBody,
    roster::Team,
};

/// The most reviews that a desk lists.
const MOST: u32 = 100;

/// A review that was asked for, as a reader of the case sees it.
pub struct ReviewAsked {
    /// Which.
    pub id: EventId,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// By when it is to be answered.
    pub due_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Whether this reader is the one who looks.
    pub is_mine: bool,
    /// Whether those who decided know of it.
    pub told: bool,
    /// What it is about, in the person's words; may be empty.
    pub about: String,
}

/// A review that waits for somebody.
pub struct ReviewLine {
    /// Which.
    pub id: EventId,
    /// Of which case.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// By when.
    pub due_at: Timestamp,
}

/// Why a review was not answered. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// Fields need another look.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(AnswerError);

/// The reviews of a case that a reader knows of. Of one that was asked for quietly only the reviewer knows, until it is
/// answered.
pub(super) async fn of_case(
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
    keys: &CaseKeys,
) -> Result<Vec<ReviewAsked>, AppError> {
    reviews::list_of_case_for(conn, reader.id, case)
        .await?
        .into_iter()
        .map(|row| {
            let body = open_body(keys, &row)?;
            Ok(ReviewAsked {
                id: row.id,
                asked_at: row.asked_at,
                due_at: row.due_at,
                answered_at: row.answered_at,
                is_mine: row.reviewer_id == Some(reader.id),
                told: row.told,
                about: body.about,
            })
        })
        .collect()
}

fn open_body(keys: &CaseKeys, row: &ReviewRow) -> Result<ReviewBody, AppError> {
    let key = keys.of(row.epoch)?;
    Ok(keys::open(
        key,
        &keys::review(row.case_id, row.id),
        &row.body_sealed,
    )?)
}

/// The reviews that wait for this reader, the soonest first.
///
/// # Errors
/// [`DeskError`].
pub async fn waiting(app: &App, reader: &Reader) -> Result<Vec<ReviewLine>, DeskError> {
    let mut conn = app.store().read().await?;
    let mut lines = Vec::new();
    for row in reviews::list_open_for(&mut conn, reader.id, MOST).await? {
        if let Some(case) = cases::find_for(&mut conn, reader.id, row.case_id).await? {
            lines.push(ReviewLine {
                id: row.id,
                case: row.case_id,
                reference: case.reference,
                due_at: row.due_at,
            });
        }
    }
    Ok(lines)
}

/// What an answer stores.
struct Package {
    row: CaseRow,
    events: Vec<events::EventRow>,
    reopens: bool,
    actor: UserId,
    address: Option<Sealed>,
    facts: Facts,
}

/// Answers a review. Where the answer is that a closed case is looked at again, it is opened again with it, and the
/// reviewer answers for it.
///
/// # Errors
/// [`AnswerError`]: [`DeskError::NotFound`] for a review that is not this reader's to answer, whoever's it is.
pub async fn answer(
    app: &App,
    reader: &Reader,
    case: CaseId,
    review: EventId,
    input: &[(String, String)],
) -> Result<(), AnswerError> {
    let mut conn = app.store().read().await?;
    let Unlocked { mut row, keys } = unlock(&mut conn, reader, case).await?;
    let asked = reviews::list_of_case_for(&mut conn, reader.id, case).await?;
    let names = Team::read(&mut conn).await?.names();
    let report = open::content(&mut conn, case, &keys, &names).await?.report;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    drop(conn);
    let asked = asked
        .into_iter()
        .find(|asked| asked.id == review && asked.reviewer_id == Some(reader.id))
        .ok_or(DeskError::NotFound)?;
    // The second press of a button.
    if asked.answered_at.is_some() {
        return Ok(());
    }
    let mut record = Record::read(Kind::Review.fields(), input)?;
    record.0.remove("review_about");
    let body = open_body(&keys, &asked)?;
    if !body.about.is_empty() {
        record.0.insert("review_about".to_owned(), body.about);
    }
    let now = app.now();
    let reopens = record.get("review_result") == Some("again") && row.state == State::Closed;
    let from = row.state;
    let why = record.get("review_words").unwrap_or_default().to_owned();
    let mut bodies = vec![EventBody::Entered {
        entry: Recorded {
            of: Kind::Review,
            about: None,
            corrects: None,
            record,
        },
    }];
    if reopens {
        let record = [("reopen_reason", "request".to_owned()), ("reason", why)]
            .map(|(field, value)| (field.to_owned(), value))
            .into_iter()
            .collect();
        bodies.push(EventBody::Acted {
            action: Action::Reopen,
            from,
            record: Record(record),
        });
        row.state = State::Triage;
        row.closed_at = None;
        row.owner_id = Some(reader.id);
    }
    row.changed_at = now;
    let facts = Facts::of(&form.form, &report.answers);
    let package = Package {
        events: sealed(&keys, &row, reader.id, &bodies, now)?,
        reopens,
        actor: reader.id,
        address: match &facts.contact.may_email {
            Some(address) => Some(notices::seal_address(app, address)?),
            None => None,
        },
        facts,
        row,
    };
    app.store()
        .write_with(package, move |tx, package| {
            Box::pin(async move { save(tx, package, review, now).await })
        })
        .await
}

fn sealed(
    keys: &CaseKeys,
    row: &CaseRow,
    actor: UserId,
    bodies: &[EventBody],
    now: Timestamp,
) -> Result<Vec<events::EventRow>, AppError> {
    bodies
        .iter()
        .map(|body| {
            let id = EventId::from_random(random::bytes());
            Ok(events::EventRow {
                id,
                case_id: row.id,
                at: now,
                actor_id: Some(actor),
                kind: match body {
                    EventBody::Acted { action, .. } => action.key().to_owned(),
                    _ => super::record::ENTERED.to_owned(),
                },
                epoch: row.epoch,
                body_sealed: Some(keys::seal(keys.of(row.epoch)?, &keys::event(row.id, id), body)?),
            })
        })
        .collect()
}

async fn save(tx: &mut Tx, package: &Package, review: EventId, now: Timestamp) -> Result<(), AnswerError> {
    let case = package.row.id;
    leave_trace(tx, now, Some(package.actor), Some(case), Traced::Entered).await?;
    if package.reopens {
        let reopened = Traced::Acted {
            action: Action::Reopen,
        };
        leave_trace(tx, now, Some(package.actor), Some(case), reopened).await?;
    }
    cases::save(tx, &package.row).await?;
    for event in &package.events {
        events::add(tx, event).await?;
    }
    reviews::answer(tx, review, now).await?;
    let news = package.facts.contact.news;
    follow::tell_reporter(tx, package.address.as_ref(), news, Happening::Decision, case, now).await?;
    Ok(())
}

//! What the person says to the record and asks for: entries of their own, sealed under the key of their case.
//!
//! They come with an id from the page, so that a second press of a button says nothing twice.

use jiff::Timestamp;
use safehold_core::{
    case::{Record, RecordProblem},
    form::Contact,
    id::{CaseId, EventId},
    recipients::Standing,
    record::{Caution, Entry as Recorded, Filed, Kind, Known, Register, cautions, is_asked},
    trace::Traced,
};
use safehold_store::{
    Conn, StoreError, Tx,
    cases::{self, CaseRow},
    dues::{self, DueRow},
    events,
    wraps::{self, Holder},
};

use super::{ATTEMPTS, unlock};
use crate::{
    App, AppError,
    desk::{self, Entry, record::register},
    keys::{self, CaseKeys},
    leave_trace,
    notices::{self, Notice},
    report::{EventBody, Visit},
    roster::Team,
};

/// Why it was not taken. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum SayError {
    /// The visit leads to no report.
    #[error("there is no report here")]
    NoReport,
    /// There is nothing here that this could be about.
    #[error("there is nothing that this is about")]
    NotHere,
    /// Fields need another look.
    #[error("{} fields need another look", .0.len())]
    Input(Vec<(&'static str, RecordProblem)>),
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for SayError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Takes what the person says: an answer to a question, a comment on what is shown to them, or something that they ask
/// for.
///
/// # Errors
/// [`SayError`].
pub async fn say(
    app: &App,
    visit: &Visit,
    id: EventId,
    kind: Kind,
    about: Option<EventId>,
    input: &[(String, String)],
) -> Result<(), SayError> {
    let record = read(kind, input)?;
    for _ in 0..ATTEMPTS {
        match say_once(app, visit, id, kind, about, &record).await {
            // Somebody changed the case meanwhile: it is sealed under the key that holds now, and what is due is
            // counted anew.
            Err(SayError::App(AppError::Store(StoreError::ChangedSince))) => {}
            other => return other,
        }
    }
    Err(AppError::Broken("a case changed again and again").into())
}

fn read(kind: Kind, input: &[(String, String)]) -> Result<Record, SayError> {
    let (record, mut problems) = Record::read_some(kind.fields(), input);
    let known = Known {
        contact: &Contact::default(),
    };
    for caution in cautions(kind, &record, known) {
        let field = caution.field();
        let is_named = problems.iter().any(|(named, _)| *named == field);
        if matches!(caution, Caution::Needs(_)) && record.get(field).is_none() && !is_named {
            problems.push((field, RecordProblem::Missing));
        }
    }
    if problems.is_empty() {
        Ok(record)
    } else {
        Err(SayError::Input(problems))
    }
}

/// Whether this is for the person to say: what is not on their page cannot be answered.
fn may_say(register: &Register<'_>, kind: Kind, about: Option<EventId>) -> bool {
    let subject = about.and_then(|about| register.find(about));
    match (kind, subject) {
        (Kind::Request, None) => about.is_none(),
        (Kind::AskAnswer, Some(ask)) => ask.first.entry.of == Kind::Ask && is_asked(&ask.latest.entry.record),
        (Kind::Comment, Some(shown)) => shown.first.entry.of == Kind::Shown,
        (Kind::OutcomeCheck, Some(wanted)) => wanted.first.entry.of == Kind::Outcome,
        _ => false,
    }
}

async fn say_once(
    app: &App,
    visit: &Visit,
    id: EventId,
    kind: Kind,
    about: Option<EventId>,
    record: &Record,
) -> Result<(), SayError> {
    let mut conn = app.store().read().await?;
    let (row, keys) = unlock(&mut conn, visit).await?.ok_or(SayError::NoReport)?;
    let history = history(&mut conn, row.id, &keys).await?;
    drop(conn);
    if history.iter().any(|entry| entry.id == id) {
        return Ok(());
    }
    let said = vec![(id, kind, about, record.clone())];
    let now = app.now();
    let entries = Entries::seal(app, row, &keys, &history, said, now)?;
    app.store()
        .write_with(entries, move |tx, entries| {
            Box::pin(async move {
                entries.store(tx, now).await?;
                Ok::<_, SayError>(())
            })
        })
        .await
}

pub(super) async fn history(conn: &mut Conn, case: CaseId, keys: &CaseKeys) -> Result<Vec<Entry>, AppError> {
    let names = Team::read(conn).await?.names();
    Ok(desk::content(conn, case, keys, &names).await?.history)
}

/// Entries by the reporter, ready to be stored.
pub(super) struct Entries {
    row: CaseRow,
    events: Vec<events::EventRow>,
    dues: Vec<DueRow>,
}

impl Entries {
    /// Seals entries under the case's key, and counts anew what is due.
    pub(super) fn seal(
        app: &App,
        mut row: CaseRow,
        keys: &CaseKeys,
        history: &[Entry],
        said: Vec<(EventId, Kind, Option<EventId>, Record)>,
        now: Timestamp,
    ) -> Result<Self, SayError> {
        let known = register(history);
        let mut entries = Vec::new();
        for (id, kind, about, record) in said {
            if !may_say(&known, kind, about) {
                return Err(SayError::NotHere);
            }
            let entry = Recorded {
                of: kind,
                about,
                corrects: None,
                record,
            };
            entries.push((id, entry));
        }
        let new = entries.iter().map(|(id, entry)| Filed {
            id: *id,
            at: now,
            by: None,
            entry,
        });
        let dues = desk::record::rows(app, row.id, history, new);
        let mut events = Vec::new();
        for (id, entry) in entries {
            let body = EventBody::Entered { entry };
            let sealed = keys::seal(
                keys.of(row.epoch).map_err(AppError::from)?,
                &keys::event(row.id, id),
                &body,
            );
            events.push(events::EventRow {
                id,
                case_id: row.id,
                at: now,
                actor_id: None,
                kind: desk::record::ENTERED.to_owned(),
                epoch: row.epoch,
                body_sealed: Some(sealed.map_err(AppError::from)?),
            });
        }
        row.changed_at = now;
        Ok(Self { row, events, dues })
    }

    /// Stores them, with their trace entry and notices.
    ///
    /// # Errors
    /// [`StoreError::ChangedSince`] if somebody changed the case since it was read.
    pub(super) async fn store(&self, tx: &mut Tx, now: Timestamp) -> Result<(), AppError> {
        let case = self.row.id;
        if self.events.is_empty() {
            return Ok(());
        }
        // First, because it keeps every other change out until the commit.
        leave_trace(tx, now, None, Some(case), Traced::ReporterAdded).await?;
        cases::save(tx, &self.row).await?;
        for event in &self.events {
            events::add(tx, event).await?;
        }
        dues::replace(tx, case, &self.dues).await?;
        tell_readers(tx, case, self.row.epoch, now).await
    }
}

/// Tells everybody who has the case on their desk that the reporter wrote.
pub(super) async fn tell_readers(
    tx: &mut Tx,
    case: CaseId,
    epoch: i64,
    now: Timestamp,
) -> Result<(), AppError> {
    for (holder, standing) in wraps::list_holders(tx, case, epoch).await? {
        if let (Holder::User(reader), Standing::Active) = (holder, standing) {
            notices::tell_member(tx, reader, Notice::ReporterWrote, Some(case), now).await?;
        }
    }
    Ok(())
}

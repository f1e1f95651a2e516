//! Duties outward of a case: which bodies the answers raise, how things stand with each, and recording it.
//!
//! Nothing here sends anything to a body. People do; this keeps what they decided, what they sent and what came back.

mod chase;
mod enter;

use safehold_core::{
    case::Level,
    duties::{Body, Book, Entry, Open, Suggested},
    form::{Answers, Form},
    id::{CaseId, EventId},
    record::university_says,
    trace::Traced,
};
use safehold_store::duties;

pub use enter::{DutyError, DutyPlace, enter, may_record};
pub use safehold_store::duties::DutyLine;

pub(crate) use chase::chase;

use super::{DeskError, OpenedCase, Reader};
use crate::{
    App, leave_trace,
    report::{EventBody, FileNote},
};

/// The duties outward of a case.
pub struct Duties<'a> {
    /// What was recorded.
    pub book: Book,
    /// The bodies that the answers raise, and why.
    pub raised: Vec<Suggested<'a>>,
    /// What is still open.
    pub open: Vec<Open>,
}

/// One entry with its files.
pub struct DutyEntry<'h> {
    /// When it was made.
    pub at: jiff::Timestamp,
    /// By whom.
    pub actor_name: Option<&'h str>,
    /// What was recorded.
    pub entry: &'h Entry,
    /// What was sent or came, sealed.
    pub files: &'h [FileNote],
}

/// The duties outward of a case that was opened.
pub fn duties<'a>(app: &'a App, case: &OpenedCase) -> Duties<'a> {
    of(
        app,
        &case.form.form,
        &case.report.answers,
        case.row.level,
        &case.history,
    )
}

pub(crate) fn of<'a>(
    app: &'a App,
    form: &Form,
    answers: &Answers,
    level: Option<Level>,
    history: &[super::Entry],
) -> Duties<'a> {
    let mut book = Book::of(entries(history).map(|entry| entry.entry));
    // What is recorded of the university's people counts as if it was ticked here (R1.2b).
    let university = university_says(&super::record::register(history));
    book.says.extend(university.into_iter().map(str::to_owned));
    let raised = app.outward().rules.suggest(form, answers, level, &book);
    let open = book.open(&raised);
    Duties { book, raised, open }
}

/// What was recorded about duties outward, oldest first.
pub fn entries(history: &[super::Entry]) -> impl Iterator<Item = DutyEntry<'_>> {
    history.iter().filter_map(|happened| match &happened.body {
        EventBody::Duty { entry, files } => Some(DutyEntry {
            at: happened.at,
            actor_name: happened.actor_name.as_deref(),
            entry,
            files,
        }),
        _ => None,
    })
}

/// The body with this id, if the rules have it.
pub fn body<'a>(app: &'a App, id: &str) -> Option<&'a Body> {
    app.outward().rules.body(id)
}

/// An id for an entry that a page is about to ask for: a page that is sent twice makes one entry.
pub fn new_entry_id() -> EventId {
    EventId::from_random(safehold_seal::random::bytes())
}

/// Notes in the trace that a draft was made: what leaves the program on paper leaves a mark as a copy does.
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk, for whatever reason.
pub async fn note_draft(app: &App, reader: &Reader, case: CaseId) -> Result<(), DeskError> {
    super::find(app, reader, case).await?;
    let (who, now) = (reader.id, app.now());
    app.store()
        .write(move |tx| Box::pin(leave_trace(tx, now, Some(who), Some(case), Traced::Exported)))
        .await?;
    Ok(())
}

/// How many clocks are shown on one page.
const MOST_LINES: u32 = 200;

/// What is due outward in all cases on this reader's desk, the next first. Nothing sealed is opened for it.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn due_lines(app: &App, reader: &Reader) -> Result<Vec<DutyLine>, DeskError> {
    use safehold_core::access::{Area, may_enter};
    if !may_enter(reader.role, Area::Cases) {
        return Err(DeskError::Role);
    }
    let mut conn = app.store().read().await?;
    Ok(duties::list_for(&mut conn, reader.id, MOST_LINES).await?)
}

/// How many of them are late.
///
/// # Errors
/// [`DeskError`].
pub async fn late_count(app: &App, reader: &Reader) -> Result<usize, DeskError> {
    let mut conn = app.store().read().await?;
    let late = duties::count_late_for(&mut conn, reader.id, app.now()).await?;
    Ok(usize::try_from(late).unwrap_or_default())
}

//! The reporter's side of a case: its state, what happens next, and what they want to add or change.

use jiff::Timestamp;
use safehold_core::{
    case::State,
    form::{Facts, Identity, News},
    id::{CaseId, EventId, MessageId},
    recipients::Standing,
    reference::Reference,
    trace::Traced,
};
use safehold_seal::{OpenError, Receipt, Sealed};
use safehold_store::{
    Conn, StoreError, Tx,
    cases::{self, CaseRow},
    ends,
    messages::{self, Sender},
    reports, visits,
    wraps::{self, Holder},
};

use crate::{
    App, AppError, AskedForm, desk,
    files::{self, Owner, Upload},
    keys::{self, CaseKeys},
    leave_trace,
    messages::{Length, NewMessage, check_length, file_ids, is_there},
    notices::{self, Notice},
    report::{MessageBody, ReportBody, Visit},
    roster::Team,
};

mod end;
mod file;
mod review;
mod say;
mod side;

pub use crate::messages::{MOST_CHARACTERS, Message, new_message_id};
pub(crate) use crate::messages::{open_messages, present_identity, present_wishes};
pub use end::{EndError, PEOPLE, RESULTS, Said, end, is_at_end};
pub use file::{FileToKeep, open_file};
pub(crate) use review::ReviewBody;
pub use review::{OpenReview, ReviewAsk, ReviewError, Reviewing, ask_for_review, reviewing};
pub use say::{SayError, say};
pub use side::{Asked, Piece, Question, Remark, Side, StepSoFar, Talk, Wanted};

/// A report as its reporter sees it.
pub struct Followed {
    /// Which case.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
    /// Whether work waits for another body.
    pub is_paused: bool,
    /// When it came.
    pub received_at: Timestamp,
    /// When somebody opened it.
    pub opened_at: Option<Timestamp>,
    /// When somebody first wrote.
    pub acknowledged_at: Option<Timestamp>,
    /// By when somebody will have opened it.
    pub due_open_at: Option<Timestamp>,
    /// By when they will hear from a person.
    pub due_contact_at: Option<Timestamp>,
    /// By when something will be decided.
    pub due_decision_at: Option<Timestamp>,
    /// When somebody looks again whether what was decided holds.
    pub review_at: Option<Timestamp>,
    /// When something was first decided.
    pub decided_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The report as it was sent.
    pub report: ReportBody,
    /// The form that it answers.
    pub form: AskedForm,
    /// All messages, oldest first.
    pub messages: Vec<Message>,
    /// How they are known now: a named report may have become confidential.
    pub identity: Identity,
    /// The words of the latest change of wishes, if there was one.
    pub wishes: Option<(String, String)>,
    /// Proof of submission, to keep.
    pub receipt: String,
    /// Whether the words are still to be written down.
    pub words_waiting: bool,
    /// What they see of the work.
    pub side: Side,
    /// Whether they said, at the end, what is counted apart.
    pub has_ended: bool,
}

/// Why something was not added.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The visit leads to no report.
    #[error("there is no report here")]
    NoReport,
    /// There is nothing in it.
    #[error("nothing was written")]
    Empty,
    /// More than [`MOST_CHARACTERS`].
    #[error("the text is too long")]
    TooLong,
    /// No message to or from this person, nor their report, has such a file.
    #[error("there is no such file here")]
    NoFile,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for FollowError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<OpenError> for FollowError {
    fn from(error: OpenError) -> Self {
        Self::App(error.into())
    }
}

impl From<Length> for FollowError {
    fn from(length: Length) -> Self {
        match length {
            Length::Nothing => Self::Empty,
            Length::TooLong => Self::TooLong,
        }
    }
}

pub(crate) async fn unlock(conn: &mut Conn, visit: &Visit) -> Result<Option<(CaseRow, CaseKeys)>, AppError> {
    let Some(row) = cases::find_for_reporter(conn, visit.id).await? else {
        return Ok(None);
    };
    let wraps = wraps::list_of(conn, row.id, Holder::Reporter).await?;
    let keys = CaseKeys::unwrap_reporter(row.id, &visit.key, &wraps)?;
    Ok(Some((row, keys)))
}

/// The report as it was sent, and what its receipt says of it.
async fn open_report(
    conn: &mut Conn,
    row: &CaseRow,
    keys: &CaseKeys,
) -> Result<(ReportBody, [u8; 32]), AppError> {
    let stored = reports::find(conn, row.id)
        .await?
        .ok_or(AppError::Broken("a case has no report"))?;
    let report = keys::open(keys.of(stored.epoch)?, &keys::report(row.id), &stored.body_sealed)?;
    Ok((report, stored.digest))
}

/// Opens the reporter's side of their case. What the desk wrote counts as seen from now on.
///
/// # Errors
/// [`AppError`]. A visit without a report is `None`.
pub async fn open(app: &App, visit: &Visit) -> Result<Option<Followed>, AppError> {
    let mut conn = app.store().read().await?;
    let Some((row, keys)) = unlock(&mut conn, visit).await? else {
        return Ok(None);
    };
    let (report, digest) = open_report(&mut conn, &row, &keys).await?;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    let team = Team::read(&mut conn).await?;
    let names = team.names();
    let history = desk::content(&mut conn, row.id, &keys, &names).await?.history;
    let has_ended = ends::is_said(&mut conn, row.id).await?;
    let messages = open_messages(&mut conn, row.id, &keys, &names).await?;
    let words_waiting = visits::find(&mut conn, visit.id)
        .await?
        .is_some_and(|row| row.words_sealed.is_some());
    drop(conn);
    if messages
        .iter()
        .any(|message| message.from_desk && message.seen_at.is_none())
    {
        let (case, now) = (row.id, app.now());
        app.store()
            .write(move |tx| {
                Box::pin(async move {
                    messages::mark_seen(tx, case, Sender::Desk, now).await?;
                    leave_trace(tx, now, None, Some(case), Traced::ReporterReturned).await
                })
            })
            .await?;
    }
    let facts = Facts::of(&form.form, &report.answers);
    let owner_role = row
        .owner_id
        .and_then(|owner| team.roster.find(owner))
        .map(|member| member.role);
    let side = Side::of(app, &history, facts.about_whom, owner_role);
    let receipt = Receipt {
        number: row.reference.clone(),
        at: row.received_at,
        digest,
    };
    Ok(Some(Followed {
        case: row.id,
        reference: row.reference,
        state: row.state,
        is_paused: row.paused_at.is_some(),
        received_at: row.received_at,
        opened_at: row.opened_at,
        acknowledged_at: row.acknowledged_at,
        due_open_at: row.due_open_at,
        due_contact_at: row.due_contact_at,
        due_decision_at: row.due_decision_at,
        review_at: row.review_at,
        decided_at: row.decided_at,
        closed_at: row.closed_at,
        identity: present_identity(facts.identity, &messages),
        wishes: present_wishes(&messages),
        receipt: app.keys().sign_receipt(&receipt),
        report,
        form,
        messages,
        words_waiting,
        side,
        has_ended,
    }))
}

/// An id for something that a page is about to ask for: a page that is sent twice says it once.
pub fn new_entry_id() -> EventId {
    EventId::from_random(safehold_seal::random::bytes())
}

/// Begins to take a file that will go with a message.
///
/// # Errors
/// [`files::FileError`]; [`files::FileError::Gone`] if the visit leads to no report.
pub async fn upload(app: &App, visit: &Visit) -> Result<Upload, files::FileError> {
    let mut conn = app.store().read().await?;
    let row = cases::find_for_reporter(&mut conn, visit.id).await?;
    drop(conn);
    let row = row.ok_or(files::FileError::Gone)?;
    Upload::begin(app, Owner::Case(row.id)).await
}

/// Sends something to the desk: words, changed wishes, withdrawn consent, and so on.
///
/// The id comes with the page, so that a second press of the button sends nothing twice. Files that come again with
/// it, or with a message that is not taken, are removed.
///
/// # Errors
/// [`FollowError`].
pub async fn send(app: &App, visit: &Visit, id: MessageId, body: MessageBody) -> Result<(), FollowError> {
    let sent = send_anew(app, visit, id, &body).await;
    if !matches!(sent, Ok(Stored::Now)) {
        files::discard(app, file_ids(&body)).await;
    }
    sent.map(|_| ())
}

/// Whether a message was stored by this request or by an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stored {
    Now,
    Before,
}

async fn send_anew(
    app: &App,
    visit: &Visit,
    id: MessageId,
    body: &MessageBody,
) -> Result<Stored, FollowError> {
    check_length(body)?;
    for _ in 0..ATTEMPTS {
        match send_once(app, visit, id, body).await {
            // Somebody was excluded meanwhile: it is sealed anew, under the key that they do not have.
            Err(FollowError::App(AppError::Store(StoreError::ChangedSince))) => {}
            other => return other,
        }
    }
    Err(AppError::Broken("the key of a case changed again and again").into())
}

/// How often a message is sealed anew when the key of its case was changed meanwhile.
const ATTEMPTS: usize = 8;

async fn send_once(
    app: &App,
    visit: &Visit,
    id: MessageId,
    body: &MessageBody,
) -> Result<Stored, FollowError> {
    let mut conn = app.store().read().await?;
    let (row, keys) = unlock(&mut conn, visit).await?.ok_or(FollowError::NoReport)?;
    drop(conn);
    let (case, now) = (row.id, app.now());
    let message = NewMessage::seal((case, row.epoch), &keys, id, None, now, body)?;
    let visit = visit.id;
    let stored = app
        .store()
        .write_with(message, move |tx, message| {
            Box::pin(async move {
                // The trace comes first: whoever appends to it has it alone until the commit, so the key that is
                // looked at next stays the key until this is stored.
                leave_trace(tx, now, None, Some(case), Traced::ReporterAdded).await?;
                let epoch = cases::find_for_reporter(tx, visit).await?.map(|row| row.epoch);
                if epoch != Some(message.row.epoch) {
                    return Err(StoreError::ChangedSince.into());
                }
                message.store(tx).await?;
                for (holder, standing) in wraps::list_holders(tx, case, message.row.epoch).await? {
                    if let (Holder::User(reader), Standing::Active) = (holder, standing) {
                        notices::tell_member(tx, reader, Notice::ReporterWrote, Some(case), now).await?;
                    }
                }
                Ok::<_, FollowError>(())
            })
        })
        .await;
    match stored {
        Ok(()) => Ok(Stored::Now),
        Err(FollowError::App(AppError::Store(StoreError::Conflict { .. })))
            if is_there(&mut app.store().read().await?, case, id).await? =>
        {
            Ok(Stored::Before)
        }
        Err(error) => Err(error),
    }
}

/// What happened, seen from a reporter who asked for news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happening {
    /// Somebody wrote to them.
    Message,
    /// The case moved on.
    Step,
    /// Something was decided.
    Decision,
    /// It is finished.
    Finished,
}

/// Queues a notice to the reporter, if they gave an address, said that it is safe, and want this news.
pub(crate) async fn tell_reporter(
    tx: &mut Tx,
    address: Option<&Sealed>,
    news: Option<News>,
    happening: Happening,
    case: CaseId,
    now: Timestamp,
) -> Result<(), AppError> {
    let Some(address) = address else {
        return Ok(());
    };
    let (wanted, wait_days) = match news {
        None | Some(News::EachStep) => (true, 0),
        Some(News::Weekly) => (true, 7),
        Some(News::Decisions) => (happening != Happening::Step, 0),
        Some(News::Finished) => (matches!(happening, Happening::Finished | Happening::Message), 0),
        Some(News::Never) => (false, 0),
    };
    if wanted {
        let at = now
            .saturating_add(jiff::SignedDuration::from_hours(24 * wait_days))
            .unwrap_or(now);
        notices::tell_reporter(tx, address, case, at).await?;
    }
    Ok(())
}

//! The reporter's side of a case: its state, what happens next, and what they want to add or change.

use std::collections::BTreeMap;

use jiff::Timestamp;
use safehold_core::{
    case::State,
    form::{Facts, Identity, News},
    id::{CaseId, MessageId, UserId},
    recipients::Standing,
    reference::Reference,
    trace::Traced,
};
use safehold_seal::{OpenError, Receipt, Sealed};
use safehold_store::{
    Conn, StoreError, Tx,
    cases::{self, CaseRow},
    messages::{self, Sender},
    reports, visits,
    wraps::{self, Holder},
};

use crate::{
    App, AppError, AskedForm,
    files::{Owner, Upload},
    keys::{self, CaseKeys},
    leave_trace,
    notices::{self, Notice},
    report::{MessageBody, ReportBody, Visit},
    roster::Team,
};

/// A message that was opened.
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// When it was sent.
    pub at: Timestamp,
    /// Who of the team sent it; nobody if it was the reporter.
    pub author: Option<UserId>,
    /// Their name, if they are still known.
    pub author_name: Option<String>,
    /// Which side sent it.
    pub from_desk: bool,
    /// What it says.
    pub body: MessageBody,
    /// When the other side first saw it.
    pub seen_at: Option<Timestamp>,
}

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

/// The most characters of one message.
pub const MOST_CHARACTERS: usize = 20_000;

async fn unlock(conn: &mut Conn, visit: &Visit) -> Result<Option<(CaseRow, CaseKeys)>, AppError> {
    let Some(row) = cases::find_for_reporter(conn, visit.id).await? else {
        return Ok(None);
    };
    let wraps = wraps::list_of(conn, row.id, Holder::Reporter).await?;
    let keys = CaseKeys::unwrap_reporter(row.id, &visit.key, &wraps)?;
    Ok(Some((row, keys)))
}

/// Opens messages with the keys of their case.
pub(crate) async fn open_messages(
    conn: &mut Conn,
    case: CaseId,
    keys: &CaseKeys,
    names: &BTreeMap<UserId, String>,
) -> Result<Vec<Message>, AppError> {
    let rows = messages::list(conn, case).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Message {
                id: row.id,
                at: row.sent_at,
                author: row.author_id,
                author_name: row.author_id.and_then(|id| names.get(&id).cloned()),
                from_desk: row.sender == Sender::Desk,
                body: keys::open(
                    keys.of(row.epoch)?,
                    &keys::message(case, row.id),
                    &row.body_sealed,
                )?,
                seen_at: row.seen_at,
            })
        })
        .collect()
}

/// How the reporter is known now, and their latest wishes.
pub(crate) fn present_identity(report: Identity, messages: &[Message]) -> Identity {
    let confidential = messages
        .iter()
        .any(|message| matches!(message.body, MessageBody::Confidential));
    if confidential && report == Identity::Named {
        Identity::Confidential
    } else {
        report
    }
}

/// The latest wishes and must-nots that were sent after the report.
pub(crate) fn present_wishes(messages: &[Message]) -> Option<(String, String)> {
    messages.iter().rev().find_map(|message| match &message.body {
        MessageBody::Wishes { wishes, must_not } => Some((wishes.clone(), must_not.clone())),
        _ => None,
    })
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
    let stored = reports::find(&mut conn, row.id)
        .await?
        .ok_or(AppError::Broken("a case has no report"))?;
    let report: ReportBody = keys::open(keys.of(stored.epoch)?, &keys::report(row.id), &stored.body_sealed)?;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    let names = Team::read(&mut conn).await?.names();
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
    let receipt = Receipt {
        number: row.reference.clone(),
        at: row.received_at,
        digest: stored.digest,
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
        closed_at: row.closed_at,
        identity: present_identity(facts.identity, &messages),
        wishes: present_wishes(&messages),
        receipt: app.keys().sign_receipt(&receipt),
        report,
        form,
        messages,
        words_waiting,
    }))
}

/// An id for a message that a page is about to ask for: a page that is sent twice sends one message.
pub fn new_message_id() -> MessageId {
    MessageId::from_random(safehold_seal::random::bytes())
}

/// Begins to take a file that will go with a message.
///
/// # Errors
/// [`crate::files::FileError`]; [`FollowError::NoReport`] is told as a broken visit.
pub async fn upload(app: &App, visit: &Visit) -> Result<Upload, crate::files::FileError> {
    let mut conn = app.store().read().await?;
    let row = cases::find_for_reporter(&mut conn, visit.id).await?;
    drop(conn);
    let row = row.ok_or(AppError::Broken("a visit has no case"))?;
    Upload::begin(app, Owner::Case(row.id)).await
}

/// Sends something to the desk: words, changed wishes, withdrawn consent, and so on.
///
/// The id comes with the page, so that a second press of the button sends nothing twice.
///
/// # Errors
/// [`FollowError`].
pub async fn send(app: &App, visit: &Visit, id: MessageId, body: MessageBody) -> Result<(), FollowError> {
    check_length(&body)?;
    for _ in 0..ATTEMPTS {
        match send_once(app, visit, id, &body).await {
            // Somebody was excluded meanwhile: it is sealed anew, under the key that they do not have.
            Err(FollowError::App(AppError::Store(StoreError::ChangedSince))) => {}
            Err(FollowError::App(AppError::Store(StoreError::Conflict { .. }))) => return Ok(()),
            other => return other,
        }
    }
    Err(AppError::Broken("the key of a case changed again and again").into())
}

/// How often a message is sealed anew when the key of its case was changed meanwhile.
const ATTEMPTS: usize = 8;

async fn send_once(app: &App, visit: &Visit, id: MessageId, body: &MessageBody) -> Result<(), FollowError> {
    let mut conn = app.store().read().await?;
    let (row, keys) = unlock(&mut conn, visit).await?.ok_or(FollowError::NoReport)?;
    drop(conn);
    let now = app.now();
    let sealed = keys::seal(keys.of(row.epoch)?, &keys::message(row.id, id), body).map_err(AppError::from)?;
    let message = message_row(id, row.id, now, Sender::Reporter, None, row.epoch, sealed);
    let visit = visit.id;
    app.store()
        .write_with(message, move |tx, message| {
            Box::pin(async move {
                let case = message.case_id;
                // The trace comes first: whoever appends to it has it alone until the commit, so the key that is
                // looked at next stays the key until this is stored.
                leave_trace(tx, now, None, Some(case), Traced::ReporterAdded).await?;
                let epoch = cases::find_for_reporter(tx, visit).await?.map(|row| row.epoch);
                if epoch != Some(message.epoch) {
                    return Err(StoreError::ChangedSince.into());
                }
                messages::add(tx, message).await?;
                for (holder, standing) in wraps::list_holders(tx, case, message.epoch).await? {
                    if let (Holder::User(reader), Standing::Active) = (holder, standing) {
                        notices::tell_member(tx, reader, Notice::ReporterWrote, Some(case), now).await?;
                    }
                }
                Ok::<_, FollowError>(())
            })
        })
        .await
}

fn check_length(body: &MessageBody) -> Result<(), FollowError> {
    let (texts, may_be_empty) = match body {
        MessageBody::Text { text, files } => (vec![text], !files.is_empty()),
        MessageBody::Wishes { wishes, must_not } => (vec![wishes, must_not], false),
        MessageBody::ConsentWithdrawn { with } => (vec![with], true),
        MessageBody::Confidential => (Vec::new(), true),
        MessageBody::AskToWithdraw { text } => (vec![text], true),
    };
    if texts.iter().any(|text| text.chars().count() > MOST_CHARACTERS) {
        return Err(FollowError::TooLong);
    }
    if !may_be_empty && texts.iter().all(|text| text.trim().is_empty()) {
        return Err(FollowError::Empty);
    }
    Ok(())
}

pub(crate) fn message_row(
    id: MessageId,
    case_id: CaseId,
    sent_at: Timestamp,
    sender: Sender,
    author_id: Option<UserId>,
    epoch: i64,
    body_sealed: Sealed,
) -> messages::MessageRow {
    messages::MessageRow {
        id,
        case_id,
        sent_at,
        sender,
        author_id,
        epoch,
        body_sealed,
        seen_at: None,
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

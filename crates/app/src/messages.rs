//! Messages between a reporter and the desk: what both sides share.

use std::collections::BTreeMap;

use jiff::Timestamp;
use safehold_core::{
    form::Identity,
    id::{CaseId, MessageId, UserId},
};
use safehold_store::{
    Conn, StoreError, Tx, files,
    messages::{self, MessageRow, Sender},
};

use crate::{
    AppError,
    keys::{self, CaseKeys},
    report::{FileNote, MessageBody},
};

/// The most characters of one message.
pub const MOST_CHARACTERS: usize = 20_000;

/// An id for a message that a page is about to ask for: a page that is sent twice sends one message.
pub fn new_message_id() -> MessageId {
    MessageId::from_random(safehold_seal::random::bytes())
}

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

impl Message {
    /// The files that came with it.
    pub fn files(&self) -> &[FileNote] {
        match &self.body {
            MessageBody::Text { files, .. } => files,
            _ => &[],
        }
    }
}

/// Opens messages with the keys of their case.
pub(crate) async fn open_messages(
    conn: &mut Conn,
    case: CaseId,
    keys: &CaseKeys,
    names: &BTreeMap<UserId, String>,
) -> Result<Vec<Message>, AppError> {
    let rows = messages::list(conn, case).await?;
    messages_of(case, keys, names, rows)
}

/// The same from what was read already.
pub(crate) fn messages_of(
    case: CaseId,
    keys: &CaseKeys,
    names: &BTreeMap<UserId, String>,
    rows: Vec<MessageRow>,
) -> Result<Vec<Message>, AppError> {
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

/// How the reporter is known now: a named report may have become confidential.
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

/// What is wrong with the length of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Nothing,
    TooLong,
}

/// Looks whether a message says something, and not more than fits.
pub(crate) fn check_length(body: &MessageBody) -> Result<(), Length> {
    let (texts, may_be_empty) = match body {
        MessageBody::Text { text, files } => (vec![text], !files.is_empty()),
        MessageBody::Wishes { wishes, must_not } => (vec![wishes, must_not], false),
        MessageBody::ConsentWithdrawn { with } => (vec![with], true),
        MessageBody::Confidential => (Vec::new(), true),
        MessageBody::AskToWithdraw { text } => (vec![text], true),
    };
    if texts.iter().any(|text| text.chars().count() > MOST_CHARACTERS) {
        return Err(Length::TooLong);
    }
    if !may_be_empty && texts.iter().all(|text| text.trim().is_empty()) {
        return Err(Length::Nothing);
    }
    Ok(())
}

/// A message to store, and the files that stay because of it.
pub(crate) struct NewMessage {
    pub(crate) row: MessageRow,
    pub(crate) files: Vec<safehold_core::id::FileId>,
}

impl NewMessage {
    /// Seals it under the case's key of this epoch.
    pub(crate) fn seal(
        (case_id, epoch): (CaseId, i64),
        keys: &CaseKeys,
        id: MessageId,
        author_id: Option<UserId>,
        sent_at: Timestamp,
        body: &MessageBody,
    ) -> Result<Self, AppError> {
        Ok(Self {
            row: MessageRow {
                id,
                case_id,
                sent_at,
                sender: match author_id {
                    Some(_) => Sender::Desk,
                    None => Sender::Reporter,
                },
                author_id,
                epoch,
                body_sealed: keys::seal(keys.of(epoch)?, &keys::message(case_id, id), body)?,
                seen_at: None,
            },
            files: file_ids(body),
        })
    }

    /// Stores it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it is there already.
    pub(crate) async fn store(&self, tx: &mut Tx) -> Result<(), AppError> {
        messages::add(tx, &self.row).await?;
        for file in &self.files {
            if !files::attach_to_case(tx, *file, self.row.case_id).await? {
                return Err(AppError::Broken("a file of a message is not there"));
            }
        }
        Ok(())
    }
}

/// The files that a message names.
pub(crate) fn file_ids(body: &MessageBody) -> Vec<safehold_core::id::FileId> {
    match body {
        MessageBody::Text { files, .. } => files.iter().map(|file| file.id).collect(),
        _ => Vec::new(),
    }
}

/// Whether a message was stored: the second press of a button finds it there.
pub(crate) async fn is_there(conn: &mut Conn, case: CaseId, id: MessageId) -> Result<bool, StoreError> {
    Ok(messages::list(conn, case)
        .await?
        .iter()
        .any(|message| message.id == id))
}

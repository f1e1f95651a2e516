//! Messages between the reporter and the desk.

use jiff::Timestamp;
use safehold_core::id::{CaseId, MessageId, UserId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// Which side wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// Who reported.
    Reporter,
    /// The team.
    Desk,
}

/// One message.
#[derive(Debug, Clone)]
pub struct MessageRow {
    /// Which.
    pub id: MessageId,
    /// In which case.
    pub case_id: CaseId,
    /// When.
    pub sent_at: Timestamp,
    /// By which side.
    pub sender: Sender,
    /// Who of the team.
    pub author_id: Option<UserId>,
    /// Under which key of the case it is sealed.
    pub epoch: i64,
    /// What it says.
    pub body_sealed: Sealed,
    /// When the other side first saw it.
    pub seen_at: Option<Timestamp>,
}

impl Sender {
    /// The stable name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Desk => "desk",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Reporter, Self::Desk]
            .into_iter()
            .find(|sender| sender.key() == key)
    }
}

pub(crate) fn read(row: &Row) -> Result<MessageRow, StoreError> {
    Ok(MessageRow {
        id: row.parsed("id")?,
        case_id: row.parsed("case_id")?,
        sent_at: row.at("sent_at")?,
        sender: row.keyed("sender", Sender::from_key)?,
        author_id: row.maybe_parsed("author_id")?,
        epoch: row.int("epoch")?,
        body_sealed: row.sealed("body_sealed")?,
        seen_at: row.maybe_at("seen_at")?,
    })
}

/// All of a case, in the order in which they were added.
pub async fn list(conn: &mut Conn, case_id: CaseId) -> Result<Vec<MessageRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM messages WHERE case_id = $1 ORDER BY number, sent_at, id").id(case_id),
        read,
    )
    .await
}

/// Adds one, after all that the case has.
pub async fn add(tx: &mut Tx, message: &MessageRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO messages (id, case_id, number, sent_at, sender, author_id, epoch, body_sealed, seen_at) \
             VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM messages WHERE case_id = $2), \
                 $3, $4, $5, $6, $7, $8)",
        )
        .id(message.id)
        .id(message.case_id)
        .at(message.sent_at)
        .text(message.sender.key())
        .maybe_id(message.author_id)
        .int(message.epoch)
        .sealed(&message.body_sealed)
        .maybe_at(message.seen_at),
    )
    .await
}

/// Marks what this side wrote as seen by the other. Answers how many were new to it.
pub async fn mark_seen(
    tx: &mut Tx,
    case_id: CaseId,
    sender: Sender,
    at: Timestamp,
) -> Result<u64, StoreError> {
    tx.execute(
        sql("UPDATE messages SET seen_at = $3 WHERE case_id = $1 AND sender = $2 AND seen_at IS NULL")
            .id(case_id)
            .text(sender.key())
            .at(at),
    )
    .await
}

/// How many messages of this side the other has not seen.
pub async fn count_unseen(conn: &mut Conn, case_id: CaseId, sender: Sender) -> Result<i64, StoreError> {
    conn.number(
        sql("SELECT COUNT(*) AS number FROM messages WHERE case_id = $1 AND sender = $2 AND seen_at IS NULL")
            .id(case_id)
            .text(sender.key()),
    )
    .await
}

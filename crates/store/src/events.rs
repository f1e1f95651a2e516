//! What happened in a case: the kind, the time and the person in clear, what was written sealed.

use jiff::Timestamp;
use safehold_core::id::{CaseId, EventId, UserId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// One event.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Which.
    pub id: EventId,
    /// In which case.
    pub case_id: CaseId,
    /// When.
    pub at: Timestamp,
    /// By whom; nobody if it was the reporter or the system.
    pub actor_id: Option<UserId>,
    /// What kind: a key of `core`.
    pub kind: String,
    /// Under which key of the case the body is sealed.
    pub epoch: i64,
    /// What was recorded with it.
    pub body_sealed: Option<Sealed>,
}

pub(crate) fn read(row: &Row) -> Result<EventRow, StoreError> {
    Ok(EventRow {
        id: row.parsed("id")?,
        case_id: row.parsed("case_id")?,
        at: row.at("at")?,
        actor_id: row.maybe_parsed("actor_id")?,
        kind: row.text("kind")?,
        epoch: row.int("epoch")?,
        body_sealed: row.maybe_sealed("body_sealed")?,
    })
}

/// All of a case, in the order in which they were added.
pub async fn list(conn: &mut Conn, case_id: CaseId) -> Result<Vec<EventRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM events WHERE case_id = $1 ORDER BY number, at, id").id(case_id),
        read,
    )
    .await
}

/// Adds one, after all that the case has.
pub async fn add(tx: &mut Tx, event: &EventRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO events (id, case_id, number, at, actor_id, kind, epoch, body_sealed) \
             VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM events WHERE case_id = $2), \
                 $3, $4, $5, $6, $7)",
        )
        .id(event.id)
        .id(event.case_id)
        .at(event.at)
        .maybe_id(event.actor_id)
        .text(&event.kind)
        .int(event.epoch)
        .maybe_sealed(event.body_sealed.as_ref()),
    )
    .await
}

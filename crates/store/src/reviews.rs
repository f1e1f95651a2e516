//! Reviews that people asked for: who looks, and by when. What was asked is sealed under the key of the case.

use jiff::Timestamp;
use safehold_core::id::{CaseId, EventId, UserId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A review.
#[derive(Debug, Clone)]
pub struct ReviewRow {
    /// Which.
    pub id: EventId,
    /// Of which case.
    pub case_id: CaseId,
    /// Who looks; nobody if they are gone from the team.
    pub reviewer_id: Option<UserId>,
    /// Whether those who decided know of it.
    pub told: bool,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// By when it is answered.
    pub due_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Under which key of the case it is sealed.
    pub epoch: i64,
    /// What was asked.
    pub body_sealed: Sealed,
}

fn read(row: &Row) -> Result<ReviewRow, StoreError> {
    Ok(ReviewRow {
        id: row.parsed("id")?,
        case_id: row.parsed("case_id")?,
        reviewer_id: row.maybe_parsed("reviewer_id")?,
        told: row.flag("told")?,
        asked_at: row.at("asked_at")?,
        due_at: row.at("due_at")?,
        answered_at: row.maybe_at("answered_at")?,
        epoch: row.int("epoch")?,
        body_sealed: row.sealed("body_sealed")?,
    })
}

/// All of a case, the oldest first: for whoever asked.
pub async fn list(conn: &mut Conn, case_id: CaseId) -> Result<Vec<ReviewRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM reviews WHERE case_id = $1 ORDER BY asked_at, id").id(case_id),
        read,
    )
    .await
}

/// Those of a case that this reader knows of: that they are to look at, or of which those who decided are told.
pub async fn list_of_case_for(
    conn: &mut Conn,
    reader: UserId,
    case_id: CaseId,
) -> Result<Vec<ReviewRow>, StoreError> {
    conn.list(
        sql(
            "SELECT * FROM reviews WHERE case_id = $2 AND (told = 1 OR reviewer_id = $1) \
             ORDER BY asked_at, id",
        )
        .id(reader)
        .id(case_id),
        read,
    )
    .await
}

/// Those that wait for this reader, in cases on their desk, the soonest first.
pub async fn list_open_for(
    conn: &mut Conn,
    reader: UserId,
    limit: u32,
) -> Result<Vec<ReviewRow>, StoreError> {
    // It begins with the reader's keys: what they no longer hold is not theirs to look at.
    conn.list(
        sql(
            "SELECT r.* FROM key_wraps w CROSS JOIN cases c CROSS JOIN reviews r \
             WHERE w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 AND w.standing = 'active' \
             AND r.case_id = c.id AND r.reviewer_id = $1 AND r.answered_at IS NULL \
             ORDER BY r.due_at, r.id LIMIT $2",
        )
        .id(reader)
        .int(i64::from(limit)),
        read,
    )
    .await
}

/// Whether a reader has one to look at in this case.
pub async fn is_open_for(conn: &mut Conn, reader: UserId, case_id: CaseId) -> Result<bool, StoreError> {
    let row = conn
        .find(
            sql("SELECT 1 FROM reviews WHERE case_id = $1 AND reviewer_id = $2 AND answered_at IS NULL")
                .id(case_id)
                .id(reader),
        )
        .await?;
    Ok(row.is_some())
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Conflict`] if it is there already.
pub async fn add(tx: &mut Tx, review: &ReviewRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO reviews (id, case_id, reviewer_id, told, asked_at, due_at, answered_at, epoch, body_sealed) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .id(review.id)
        .id(review.case_id)
        .maybe_id(review.reviewer_id)
        .flag(review.told)
        .at(review.asked_at)
        .at(review.due_at)
        .maybe_at(review.answered_at)
        .int(review.epoch)
        .sealed(&review.body_sealed),
    )
    .await
}

/// Notes that it was answered: from now on everybody who reads the case knows of it.
///
/// # Errors
/// [`StoreError::ChangedSince`] if it was answered already.
pub async fn answer(tx: &mut Tx, id: EventId, at: Timestamp) -> Result<(), StoreError> {
    tx.change(
        sql("UPDATE reviews SET answered_at = $2, told = 1 WHERE id = $1 AND answered_at IS NULL")
            .id(id)
            .at(at),
    )
    .await
}

/// Those whose time has come and of which nobody was reminded.
pub async fn list_overdue_for_reconciling(
    conn: &mut Conn,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<ReviewRow>, StoreError> {
    conn.list(
        sql(
            "SELECT * FROM reviews WHERE answered_at IS NULL AND due_at <= $1 AND reminded_at IS NULL \
             ORDER BY due_at, id LIMIT $2",
        )
        .at(now)
        .int(i64::from(limit)),
        read,
    )
    .await
}

/// Notes that somebody is reminded of it; `false` if they were already.
pub async fn mark_reminded(tx: &mut Tx, id: EventId, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .execute(
            sql("UPDATE reviews SET reminded_at = $2 \
                 WHERE id = $1 AND reminded_at IS NULL AND answered_at IS NULL")
            .id(id)
            .at(now),
        )
        .await?;
    Ok(changed == 1)
}

//! What is left of a case that was erased: its random id, so that a copy of the database that is put back has it erased
//! again, and one more in a count. Everything else goes.

use jiff::Timestamp;
use safehold_core::{
    case::{Level, State},
    id::{CaseId, UserId},
};

use crate::{
    cases::{self, CaseRow},
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// How many cases of one sort were erased.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// The month in which they came, as `2026-11`.
    pub month: String,
    /// What was reported: the id of a kind, or `none`.
    pub kind: String,
    /// What came of them.
    pub outcome: State,
    /// How soon they were looked at.
    pub level: Option<Level>,
    /// How many.
    pub number: i64,
}

/// The kind of a hold's event.
pub const HOLD: &str = "hold";

/// A reader's cases that are closed and were closed before this time, that wait to be erased, or that were ever put on
/// hold; the longest closed first.
pub async fn list_kept_for(
    conn: &mut Conn,
    reader: UserId,
    closed_before: Timestamp,
    limit: u32,
) -> Result<Vec<CaseRow>, StoreError> {
    conn.list(
        sql("SELECT c.* FROM key_wraps w CROSS JOIN cases c \
             WHERE w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 AND w.standing = 'active' \
             AND (c.closed_at < $2 OR c.state = 'retained' \
             OR EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id AND e.kind = $3)) \
             ORDER BY COALESCE(c.closed_at, 9223372036854775807), c.id LIMIT $4")
        .id(reader)
        .at(closed_before)
        .text(HOLD)
        .int(i64::from(limit)),
        cases::read,
    )
    .await
}

/// How many of a reader's cases wait for somebody else than who proposed that they are erased, and so for this reader.
pub async fn count_waiting_for(conn: &mut Conn, reader: UserId) -> Result<i64, StoreError> {
    conn.number(
        sql("SELECT COUNT(*) AS number FROM key_wraps w CROSS JOIN cases c \
             WHERE w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 AND w.standing = 'active' \
             AND c.state = 'retained' AND c.asked_to_close_id <> $1")
        .id(reader),
    )
    .await
}

/// Erases a case with all that hangs on it, if nobody changed it since it was read, and notes its id.
///
/// # Errors
/// [`StoreError::ChangedSince`] if somebody did.
pub async fn erase(tx: &mut Tx, id: CaseId, version: i64) -> Result<(), StoreError> {
    tx.change(
        sql("DELETE FROM cases WHERE id = $1 AND version = $2")
            .id(id)
            .int(version),
    )
    .await?;
    note(tx, id).await
}

/// Erases a case again that was erased before; `false` if it is not there.
pub async fn erase_again(tx: &mut Tx, id: CaseId) -> Result<bool, StoreError> {
    let was_there = tx.execute(sql("DELETE FROM cases WHERE id = $1").id(id)).await? == 1;
    note(tx, id).await?;
    Ok(was_there)
}

async fn note(tx: &mut Tx, id: CaseId) -> Result<(), StoreError> {
    tx.add(sql("INSERT INTO erased_cases (case_id) VALUES ($1) ON CONFLICT DO NOTHING").id(id))
        .await
}

/// The ids of all cases that were erased.
pub async fn list_erased(conn: &mut Conn) -> Result<Vec<CaseId>, StoreError> {
    conn.list(sql("SELECT case_id FROM erased_cases ORDER BY case_id"), |row| {
        row.parsed("case_id")
    })
    .await
}

/// Whether this case was erased.
pub async fn is_erased(conn: &mut Conn, id: CaseId) -> Result<bool, StoreError> {
    let row = conn
        .find(sql("SELECT 1 FROM erased_cases WHERE case_id = $1").id(id))
        .await?;
    Ok(row.is_some())
}

fn read_count(row: &Row) -> Result<Count, StoreError> {
    Ok(Count {
        month: row.text("month")?,
        kind: row.text("kind")?,
        outcome: row.keyed("outcome", State::from_key)?,
        level: Level::from_number(row.int("level")?),
        number: row.int("number")?,
    })
}

/// All counts.
pub async fn list_counts(conn: &mut Conn) -> Result<Vec<Count>, StoreError> {
    conn.list(
        sql("SELECT * FROM erased_counts ORDER BY month, kind, outcome, level"),
        read_count,
    )
    .await
}

/// Counts so many more.
pub async fn add_count(tx: &mut Tx, count: &Count) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO erased_counts (month, kind, outcome, level, number) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (month, kind, outcome, level) DO UPDATE SET number = erased_counts.number + excluded.number")
        .text(&count.month)
        .text(&count.kind)
        .text(count.outcome.key())
        .int(count.level.map_or(0, Level::number))
        .int(count.number),
    )
    .await
}

/// Raises a count to what it was known to be. A copy that is put back knows fewer; counts only ever grow.
pub async fn raise_count(tx: &mut Tx, count: &Count) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO erased_counts (month, kind, outcome, level, number) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (month, kind, outcome, level) DO UPDATE SET number = excluded.number \
             WHERE erased_counts.number < excluded.number",
        )
        .text(&count.month)
        .text(&count.kind)
        .text(count.outcome.key())
        .int(count.level.map_or(0, Level::number))
        .int(count.number),
    )
    .await
}

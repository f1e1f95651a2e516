//! Reports that somebody wrote down for somebody else: how far they are, for whoever wrote them down.

use jiff::Timestamp;
use safehold_core::{
    id::{CaseId, UserId},
    reference::Reference,
};

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// How far a report is that this member wrote down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDownRow {
    /// What people call it.
    pub reference: Reference,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When somebody began with it.
    pub opened_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<TakenDownRow, StoreError> {
    Ok(TakenDownRow {
        reference: row.parsed("reference")?,
        sent_at: row.at("sent_at")?,
        opened_at: row.maybe_at("opened_at")?,
        closed_at: row.maybe_at("closed_at")?,
    })
}

/// Notes who wrote a report down.
///
/// # Errors
/// [`StoreError`].
pub async fn add(tx: &mut Tx, case: CaseId, by: UserId, sent_at: Timestamp) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO taken_down (case_id, by_id, sent_at) VALUES ($1, $2, $3)")
            .id(case)
            .id(by)
            .at(sent_at),
    )
    .await
}

/// What a member wrote down, the latest first.
///
/// # Errors
/// [`StoreError`].
pub async fn list_of(conn: &mut Conn, by: UserId, limit: u32) -> Result<Vec<TakenDownRow>, StoreError> {
    conn.list(
        sql(
            "SELECT c.reference, t.sent_at, c.opened_at, c.closed_at FROM taken_down t \
             JOIN cases c ON c.id = t.case_id WHERE t.by_id = $1 ORDER BY t.sent_at DESC, c.id LIMIT $2",
        )
        .id(by)
        .int(i64::from(limit)),
        read,
    )
    .await
}

/// From now on this member never wrote that report down: they are excluded from it.
///
/// # Errors
/// [`StoreError`].
pub async fn remove_of(tx: &mut Tx, case: CaseId, by: UserId) -> Result<(), StoreError> {
    tx.execute(
        sql("DELETE FROM taken_down WHERE case_id = $1 AND by_id = $2")
            .id(case)
            .id(by),
    )
    .await?;
    Ok(())
}

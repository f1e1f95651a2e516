//! What people say at the end, apart from their cases (decision 0029): that a case had its say, answers that wait for
//! others, and sums. Nothing here joins the first to the others.

use safehold_core::id::{CaseId, EventId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A sum: how many people of a quarter gave this answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The quarter in which they were counted.
    pub quarter: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// How many.
    pub number: i64,
}

/// Whether the reporter of this case has answered.
pub async fn is_said(conn: &mut Conn, case_id: CaseId) -> Result<bool, StoreError> {
    let row = conn
        .find(sql("SELECT 1 FROM case_ends WHERE case_id = $1").id(case_id))
        .await?;
    Ok(row.is_some())
}

/// Notes that the reporter of this case has answered; `false` if that was noted before.
pub async fn mark_said(tx: &mut Tx, case_id: CaseId) -> Result<bool, StoreError> {
    let added = tx
        .execute(sql("INSERT INTO case_ends (case_id) VALUES ($1) ON CONFLICT DO NOTHING").id(case_id))
        .await?;
    Ok(added == 1)
}

/// Adds answers to those that wait.
pub async fn add_waiting(tx: &mut Tx, id: EventId, body: &Sealed) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO end_waiting (id, body_sealed) VALUES ($1, $2)")
            .id(id)
            .sealed(body),
    )
    .await
}

/// The answers that wait, in the order of their random ids.
pub async fn list_waiting(conn: &mut Conn, limit: u32) -> Result<Vec<(EventId, Sealed)>, StoreError> {
    conn.list(
        sql("SELECT id, body_sealed FROM end_waiting ORDER BY id LIMIT $1").int(i64::from(limit)),
        |row| Ok((row.parsed("id")?, row.sealed("body_sealed")?)),
    )
    .await
}

/// Takes answers out that were counted.
pub async fn remove_waiting(tx: &mut Tx, ids: &[EventId]) -> Result<(), StoreError> {
    for id in ids {
        tx.change(sql("DELETE FROM end_waiting WHERE id = $1").id(id))
            .await?;
    }
    Ok(())
}

/// Adds to a sum.
pub async fn count(tx: &mut Tx, sum: &Sum) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO end_counts (quarter, question, answer, number) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (quarter, question, answer) DO UPDATE SET number = end_counts.number + $4",
        )
        .text(&sum.quarter)
        .text(&sum.question)
        .text(&sum.answer)
        .int(sum.number),
    )
    .await
}

fn read(row: &Row) -> Result<Sum, StoreError> {
    Ok(Sum {
        quarter: row.text("quarter")?,
        question: row.text("question")?,
        answer: row.text("answer")?,
        number: row.int("number")?,
    })
}

/// All sums of the quarters before this one, the latest first.
pub async fn list_before(conn: &mut Conn, quarter: &str) -> Result<Vec<Sum>, StoreError> {
    conn.list(
        sql("SELECT * FROM end_counts WHERE quarter < $1 ORDER BY quarter DESC, question, answer")
            .text(quarter),
        read,
    )
    .await
}

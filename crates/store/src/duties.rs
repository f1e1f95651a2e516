//! Clocks of duties outward: ids and times in clear, so that they are chased without anybody signed in. To which
//! body a clock belongs, and why, stands in the sealed entry only.

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::Timestamp;
use safehold_core::{
    id::{CaseId, DutyId, UserId},
    reference::Reference,
};

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, Statement, sql, sql_built},
};

/// A clock that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyDue {
    /// Which. It is random, and the same for one body in one case whatever becomes of it.
    pub id: DutyId,
    /// In which case.
    pub case_id: CaseId,
    /// When it was set to this time.
    pub set_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
}

/// A clock on the desk of somebody who may read its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyLine {
    /// The case.
    pub case_id: CaseId,
    /// Its number.
    pub reference: Reference,
    /// When it is due.
    pub due_at: Timestamp,
}

fn read(row: &Row) -> Result<DutyDue, StoreError> {
    Ok(DutyDue {
        id: row.parsed("id")?,
        case_id: row.parsed("case_id")?,
        set_at: row.at("set_at")?,
        due_at: row.at("due_at")?,
    })
}

/// Sets a clock, in place of what it showed before.
pub async fn set(tx: &mut Tx, due: &DutyDue) -> Result<(), StoreError> {
    tx.execute(sql("DELETE FROM duty_dues WHERE id = $1").id(due.id))
        .await?;
    tx.add(
        sql("INSERT INTO duty_dues (id, case_id, set_at, due_at) VALUES ($1, $2, $3, $4)")
            .id(due.id)
            .id(due.case_id)
            .at(due.set_at)
            .at(due.due_at),
    )
    .await
}

/// Stops a clock; `false` if none ran.
pub async fn stop(tx: &mut Tx, id: DutyId) -> Result<bool, StoreError> {
    Ok(tx
        .execute(sql("DELETE FROM duty_dues WHERE id = $1").id(id))
        .await?
        == 1)
}

/// The clocks of a case, the next first.
pub async fn list_of_case(conn: &mut Conn, case_id: CaseId) -> Result<Vec<DutyDue>, StoreError> {
    conn.list(
        sql("SELECT * FROM duty_dues WHERE case_id = $1 ORDER BY due_at, id").id(case_id),
        read,
    )
    .await
}

/// Clocks of which half the time is up, and so all that are late, the latest first, after the one that was read last:
/// for reminders. Nothing here is for showing to anybody.
pub async fn list_for_reconciling(
    conn: &mut Conn,
    now: Timestamp,
    after: Option<&DutyDue>,
    limit: u32,
) -> Result<Vec<DutyDue>, StoreError> {
    conn.list(
        sql(
            "SELECT * FROM duty_dues WHERE set_at + (due_at - set_at) / 2 <= $1 \
             AND (due_at > $2 OR (due_at = $2 AND id > $3)) ORDER BY due_at, id LIMIT $4",
        )
        .at(now)
        .int(after.map_or(i64::MIN, |after| after.due_at.as_millisecond()))
        .text(after.map_or_else(String::new, |after| after.id.to_string()))
        .int(i64::from(limit)),
        read,
    )
    .await
}

/// The next clock of each of these cases. Whether somebody may know of a case has been looked at before.
pub async fn next_of(conn: &mut Conn, cases: &[CaseId]) -> Result<BTreeMap<CaseId, Timestamp>, StoreError> {
    if cases.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut text = "SELECT case_id, MIN(due_at) AS due_at FROM duty_dues WHERE case_id IN (".to_owned();
    for place in 1..=cases.len() {
        let _ = write!(text, "{}${place}", if place == 1 { "" } else { ", " });
    }
    text.push_str(") GROUP BY case_id");
    let statement = cases.iter().fold(sql_built(text), Statement::id);
    let rows = conn
        .list(statement, |row| Ok((row.parsed("case_id")?, row.at("due_at")?)))
        .await?;
    Ok(rows.into_iter().collect())
}

/// The clocks in the cases that somebody may read, the next first.
pub async fn list_for(conn: &mut Conn, reader: UserId, limit: u32) -> Result<Vec<DutyLine>, StoreError> {
    conn.list(
        sql(
            "SELECT c.id AS case_id, c.reference AS reference, d.due_at AS due_at \
             FROM key_wraps w JOIN cases c ON w.case_id = c.id AND w.epoch = c.epoch \
             JOIN duty_dues d ON d.case_id = c.id \
             WHERE w.holder = $1 AND w.standing = 'active' ORDER BY d.due_at, d.id LIMIT $2",
        )
        .id(reader)
        .int(i64::from(limit)),
        |row| {
            Ok(DutyLine {
                case_id: row.parsed("case_id")?,
                reference: row.parsed("reference")?,
                due_at: row.at("due_at")?,
            })
        },
    )
    .await
}

/// How many clocks are late in the cases that somebody may read.
pub async fn count_late_for(conn: &mut Conn, reader: UserId, now: Timestamp) -> Result<i64, StoreError> {
    let row = conn
        .find(
            sql(
                "SELECT COUNT(*) AS number FROM key_wraps w JOIN cases c ON w.case_id = c.id AND w.epoch = c.epoch \
                 JOIN duty_dues d ON d.case_id = c.id \
                 WHERE w.holder = $1 AND w.standing = 'active' AND d.due_at < $2",
            )
            .id(reader)
            .at(now),
        )
        .await?;
    row.map_or(Ok(0), |row| row.int("number"))
}

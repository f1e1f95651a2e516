//! What is due by the record of a case: when and by whom, and nothing of what it is.

use jiff::Timestamp;
use safehold_core::id::{CaseId, EventId, UserId};

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql, sql_built},
};

/// Something that is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueRow {
    /// By which entry.
    pub entry_id: EventId,
    /// When.
    pub due_at: Timestamp,
    /// In which case.
    pub case_id: CaseId,
    /// By whom, if somebody of the team is named.
    pub owner_id: Option<UserId>,
}

fn read(row: &Row) -> Result<DueRow, StoreError> {
    Ok(DueRow {
        entry_id: row.parsed("entry_id")?,
        due_at: row.at("due_at")?,
        case_id: row.parsed("case_id")?,
        owner_id: row.maybe_parsed("owner_id")?,
    })
}

/// All of a case, the earliest first.
pub async fn list(conn: &mut Conn, case_id: CaseId) -> Result<Vec<DueRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM case_dues WHERE case_id = $1 ORDER BY due_at, entry_id").id(case_id),
        read,
    )
    .await
}

/// Makes these, and no others, the dues of a case. What was reminded of and is still due is not reminded of again.
pub async fn replace(tx: &mut Tx, case_id: CaseId, dues: &[DueRow]) -> Result<(), StoreError> {
    let before = list(tx, case_id).await?;
    let key = |due: &DueRow| (due.entry_id, due.due_at, due.owner_id);
    for gone in before
        .iter()
        .filter(|old| !dues.iter().any(|due| key(due) == key(old)))
    {
        tx.execute(
            sql("DELETE FROM case_dues WHERE entry_id = $1 AND due_at = $2")
                .id(gone.entry_id)
                .at(gone.due_at),
        )
        .await?;
    }
    for new in dues
        .iter()
        .filter(|due| !before.iter().any(|old| key(old) == key(due)))
    {
        tx.execute(
            sql(
                "INSERT INTO case_dues (entry_id, due_at, case_id, owner_id) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT DO NOTHING",
            )
            .id(new.entry_id)
            .at(new.due_at)
            .id(case_id)
            .maybe_id(new.owner_id),
        )
        .await?;
    }
    Ok(())
}

/// What has come due in any case and was not reminded of, the earliest first.
pub async fn list_overdue_for_reconciling(
    conn: &mut Conn,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<DueRow>, StoreError> {
    conn.list(
        sql(
            "SELECT * FROM case_dues WHERE due_at <= $1 AND reminded_at IS NULL \
             ORDER BY due_at, entry_id LIMIT $2",
        )
        .at(now)
        .int(i64::from(limit)),
        read,
    )
    .await
}

/// Notes that it is reminded of; `false` if it was already, or is no longer due.
pub async fn mark_reminded(tx: &mut Tx, due: &DueRow, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .execute(
            sql("UPDATE case_dues SET reminded_at = $3 \
                 WHERE entry_id = $1 AND due_at = $2 AND reminded_at IS NULL")
            .id(due.entry_id)
            .at(due.due_at)
            .at(now),
        )
        .await?;
    Ok(changed == 1)
}

/// Whether anything in a case has come due.
pub async fn is_any_due(conn: &mut Conn, case_id: CaseId, now: Timestamp) -> Result<bool, StoreError> {
    let row = conn
        .find(
            sql("SELECT 1 FROM case_dues WHERE case_id = $1 AND due_at <= $2 LIMIT 1")
                .id(case_id)
                .at(now),
        )
        .await?;
    Ok(row.is_some())
}

/// What is due before a time in the cases on a reader's desk, the earliest first.
pub async fn list_for(
    conn: &mut Conn,
    reader: UserId,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<DueRow>, StoreError> {
    // It begins with the reader's keys, so that the time it takes tells nothing of cases without one.
    conn.list(
        sql(
            "SELECT d.* FROM key_wraps w CROSS JOIN cases c CROSS JOIN case_dues d \
             WHERE w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 AND w.standing = 'active' \
             AND d.case_id = c.id AND d.due_at < $2 ORDER BY d.due_at, d.entry_id LIMIT $3",
        )
        .id(reader)
        .at(before)
        .int(i64::from(limit)),
        read,
    )
    .await
}

/// The cases on a reader's desk in which anything is due, now or later.
pub async fn cases_for(conn: &mut Conn, reader: UserId) -> Result<Vec<CaseId>, StoreError> {
    // It begins with the reader's keys, so that the time it takes tells nothing of cases without one.
    conn.list(
        sql(
            "SELECT DISTINCT c.id FROM key_wraps w CROSS JOIN cases c CROSS JOIN case_dues d \
             WHERE w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 AND w.standing = 'active' \
             AND d.case_id = c.id ORDER BY c.id",
        )
        .id(reader),
        |row| row.parsed("id"),
    )
    .await
}

/// What a reader is to do before a time, in the cases on their desk, the earliest first.
pub async fn list_owned(
    conn: &mut Conn,
    reader: UserId,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<DueRow>, StoreError> {
    conn.list(
        sql("SELECT d.* FROM case_dues d JOIN cases c ON c.id = d.case_id \
             JOIN key_wraps w ON w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 \
             WHERE w.standing = 'active' AND d.owner_id = $1 AND d.due_at < $2 \
             ORDER BY d.due_at, d.entry_id LIMIT $3")
        .id(reader)
        .at(before)
        .int(i64::from(limit)),
        read,
    )
    .await
}

/// How much is due before a time in these cases, of those that are on the reader's desk.
pub async fn count_in(
    conn: &mut Conn,
    reader: UserId,
    case_ids: &[CaseId],
    before: Timestamp,
) -> Result<Vec<(CaseId, i64)>, StoreError> {
    if case_ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<_> = (3..3 + case_ids.len()).map(|place| format!("${place}")).collect();
    let text = format!(
        "SELECT c.id, COUNT(*) AS number FROM cases c \
         JOIN key_wraps w ON w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 \
         JOIN case_dues d ON d.case_id = c.id \
         WHERE w.standing = 'active' AND d.due_at < $2 AND c.id IN ({}) GROUP BY c.id",
        places.join(", ")
    );
    let statement = case_ids
        .iter()
        .fold(sql_built(text).id(reader).at(before), |statement, id| {
            statement.id(*id)
        });
    conn.list(statement, |row| Ok((row.parsed("id")?, row.int("number")?)))
        .await
}

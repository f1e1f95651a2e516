//! What jobs compare with what should be: ids, times and holders. Nothing here is for showing to anybody.

use std::{collections::BTreeMap, ops::Deref};

use jiff::Timestamp;
use safehold_core::{
    id::{CaseId, UserId},
    recipients::Standing,
};

use super::CaseRow;
use crate::{
    conn::Conn,
    error::StoreError,
    statement::sql,
    wraps::{self, Holder},
};

/// What can be late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Opening it.
    Open,
    /// Answering the reporter.
    Contact,
    /// Deciding on it.
    Decision,
    /// Looking at it again.
    Review,
}

/// A case as a job sees it: where it stands, and the holders of its present key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTimes {
    row: CaseRow,
    /// The members who hold its present key. Nobody who was excluded is among them.
    pub holders: BTreeMap<UserId, Standing>,
}

impl Deref for CaseTimes {
    type Target = CaseRow;

    fn deref(&self) -> &CaseRow {
        &self.row
    }
}

/// One case.
pub async fn find_for_reconciling(conn: &mut Conn, id: CaseId) -> Result<Option<CaseTimes>, StoreError> {
    let row = conn.find(sql("SELECT * FROM cases WHERE id = $1").id(id)).await?;
    match row.as_ref().map(super::read).transpose()? {
        Some(row) => Ok(Some(with_holders(conn, row).await?)),
        None => Ok(None),
    }
}

/// Cases for which a duty's time has come, the longest waiting first. Paused cases are among them: whether
/// that matters depends on the duty.
pub async fn list_overdue_for_reconciling(
    conn: &mut Conn,
    duty: Duty,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<CaseTimes>, StoreError> {
    let select = match duty {
        Duty::Open => {
            "SELECT * FROM cases WHERE due_open_at <= $1 AND opened_at IS NULL AND closed_at IS NULL \
             ORDER BY due_open_at LIMIT $2"
        }
        Duty::Contact => {
            "SELECT * FROM cases WHERE due_contact_at <= $1 AND acknowledged_at IS NULL AND closed_at IS NULL \
             ORDER BY due_contact_at LIMIT $2"
        }
        Duty::Decision => {
            "SELECT * FROM cases WHERE due_decision_at <= $1 AND decided_at IS NULL AND closed_at IS NULL \
             ORDER BY due_decision_at LIMIT $2"
        }
        Duty::Review => {
            "SELECT * FROM cases WHERE review_at <= $1 AND review_at IS NOT NULL AND closed_at IS NULL \
             ORDER BY review_at LIMIT $2"
        }
    };
    let cases = conn
        .list(sql(select).at(now).int(i64::from(limit)), super::read)
        .await?;
    let mut with = Vec::with_capacity(cases.len());
    for case in cases {
        with.push(with_holders(conn, case).await?);
    }
    Ok(with)
}

/// Cases that were closed before this time, the oldest first: for retention.
pub async fn list_closed_for_reconciling(
    conn: &mut Conn,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<CaseId>, StoreError> {
    conn.list(
        sql(
            "SELECT id FROM cases WHERE closed_at IS NOT NULL AND closed_at < $1 ORDER BY closed_at LIMIT $2",
        )
        .at(before)
        .int(i64::from(limit)),
        |row| row.parsed("id"),
    )
    .await
}

async fn with_holders(conn: &mut Conn, row: CaseRow) -> Result<CaseTimes, StoreError> {
    let holders = wraps::list_holders(conn, row.id, row.epoch).await?;
    let holders = holders
        .into_iter()
        .filter_map(|(holder, standing)| match holder {
            Holder::User(id) => Some((id, standing)),
            Holder::Reporter | Holder::Recovery => None,
        })
        .collect();
    Ok(CaseTimes { row, holders })
}

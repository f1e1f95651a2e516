//! What jobs compare with what should be: ids, times and holders. Nothing here is for showing to anybody.

use std::collections::BTreeMap;

use jiff::Timestamp;
use safehold_core::{
    case::State,
    id::{CaseId, UserId},
    recipients::Standing,
};

use crate::{
    conn::Conn,
    error::StoreError,
    statement::{Row, sql},
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

/// A case as a job sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTimes {
    /// Which.
    pub id: CaseId,
    /// Where it stands.
    pub state: State,
    /// Who answers for it.
    pub owner_id: Option<UserId>,
    /// Which of its keys counts.
    pub epoch: i64,
    /// When it came.
    pub received_at: Timestamp,
    /// When it was first opened.
    pub opened_at: Option<Timestamp>,
    /// When the reporter was first answered.
    pub acknowledged_at: Option<Timestamp>,
    /// When it was first decided on.
    pub decided_at: Option<Timestamp>,
    /// Since when work on it waits for another body.
    pub paused_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// By when it is to be opened.
    pub due_open_at: Option<Timestamp>,
    /// By when the reporter is to be answered.
    pub due_contact_at: Option<Timestamp>,
    /// By when it is to be decided on.
    pub due_decision_at: Option<Timestamp>,
    /// When it is to be looked at again.
    pub review_at: Option<Timestamp>,
    /// The members who hold its present key. Nobody who was excluded is among them.
    pub holders: BTreeMap<UserId, Standing>,
}

fn read(row: &Row) -> Result<CaseTimes, StoreError> {
    Ok(CaseTimes {
        id: row.parsed("id")?,
        state: row.keyed("state", State::from_key)?,
        owner_id: row.maybe_parsed("owner_id")?,
        epoch: row.int("epoch")?,
        received_at: row.at("received_at")?,
        opened_at: row.maybe_at("opened_at")?,
        acknowledged_at: row.maybe_at("acknowledged_at")?,
        decided_at: row.maybe_at("decided_at")?,
        paused_at: row.maybe_at("paused_at")?,
        closed_at: row.maybe_at("closed_at")?,
        due_open_at: row.maybe_at("due_open_at")?,
        due_contact_at: row.maybe_at("due_contact_at")?,
        due_decision_at: row.maybe_at("due_decision_at")?,
        review_at: row.maybe_at("review_at")?,
        holders: BTreeMap::new(),
    })
}

/// One case.
pub async fn find_for_reconciling(conn: &mut Conn, id: CaseId) -> Result<Option<CaseTimes>, StoreError> {
    let row = conn.find(sql("SELECT * FROM cases WHERE id = $1").id(id)).await?;
    match row.as_ref().map(read).transpose()? {
        Some(case) => Ok(Some(with_holders(conn, case).await?)),
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
    let cases = conn.list(sql(select).at(now).int(i64::from(limit)), read).await?;
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

async fn with_holders(conn: &mut Conn, mut case: CaseTimes) -> Result<CaseTimes, StoreError> {
    let holders = wraps::list_holders(conn, case.id, case.epoch).await?;
    case.holders = holders
        .into_iter()
        .filter_map(|(holder, standing)| match holder {
            Holder::User(id) => Some((id, standing)),
            Holder::Reporter | Holder::Recovery => None,
        })
        .collect();
    Ok(case)
}

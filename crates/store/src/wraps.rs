//! Case keys, wrapped to each who holds one. Without a wrap for a reader, a case does not exist for them.

use std::{fmt, fmt::Write, str::FromStr};

use jiff::Timestamp;
use safehold_core::{
    id::{CaseId, UserId},
    recipients::Standing,
    roster::Role,
};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql, sql_built},
};

/// Who holds a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A member of the team.
    User(UserId),
    /// Who reported, with their words.
    Reporter,
    /// The organisation's recovery key, kept offline.
    Recovery,
}

/// A case key wrapped to a holder.
#[derive(Debug, Clone)]
pub struct WrapRow {
    /// Of which case.
    pub case_id: CaseId,
    /// Which of the case's keys: 1 for the first.
    pub epoch: i64,
    /// To whom.
    pub holder: Holder,
    /// Whether the case is on their desk.
    pub standing: Standing,
    /// The key.
    pub wrap_sealed: Sealed,
    /// Since when they hold it in this standing.
    pub since_at: Timestamp,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => id.fmt(f),
            Self::Reporter => f.write_str("reporter"),
            Self::Recovery => f.write_str("recovery"),
        }
    }
}

impl FromStr for Holder {
    type Err = safehold_core::id::IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "reporter" => Ok(Self::Reporter),
            "recovery" => Ok(Self::Recovery),
            id => id.parse().map(Self::User),
        }
    }
}

pub(crate) fn standing(key: &str) -> Option<Standing> {
    [Standing::Active, Standing::Standby]
        .into_iter()
        .find(|standing| standing.key() == key)
}

pub(crate) fn read(row: &Row) -> Result<WrapRow, StoreError> {
    Ok(WrapRow {
        case_id: row.parsed("case_id")?,
        epoch: row.int("epoch")?,
        holder: row.parsed("holder")?,
        standing: row.keyed("standing", standing)?,
        wrap_sealed: row.sealed("wrap_sealed")?,
        since_at: row.at("since_at")?,
    })
}

/// One wrap.
pub async fn find(
    conn: &mut Conn,
    case_id: CaseId,
    epoch: i64,
    holder: Holder,
) -> Result<Option<WrapRow>, StoreError> {
    let row = conn
        .find(
            sql("SELECT * FROM key_wraps WHERE case_id = $1 AND epoch = $2 AND holder = $3")
                .id(case_id)
                .int(epoch)
                .id(holder),
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// All that one holder has of a case, newest key first: older keys open what was written earlier.
pub async fn list_of(conn: &mut Conn, case_id: CaseId, holder: Holder) -> Result<Vec<WrapRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM key_wraps WHERE case_id = $1 AND holder = $2 ORDER BY epoch DESC")
            .id(case_id)
            .id(holder),
        read,
    )
    .await
}

/// All wraps of one key of a case.
pub async fn list(conn: &mut Conn, case_id: CaseId, epoch: i64) -> Result<Vec<WrapRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM key_wraps WHERE case_id = $1 AND epoch = $2 ORDER BY holder")
            .id(case_id)
            .int(epoch),
        read,
    )
    .await
}

/// Who holds one key of a case, and how.
pub async fn list_holders(
    conn: &mut Conn,
    case_id: CaseId,
    epoch: i64,
) -> Result<Vec<(Holder, Standing)>, StoreError> {
    conn.list(
        sql("SELECT holder, standing FROM key_wraps WHERE case_id = $1 AND epoch = $2 ORDER BY holder")
            .id(case_id)
            .int(epoch),
        |row| Ok((row.parsed("holder")?, row.keyed("standing", standing)?)),
    )
    .await
}

/// Cases of which this member is the only one who can receive reports and has a key, each once.
pub async fn list_without_other_reader(conn: &mut Conn, member: UserId) -> Result<Vec<CaseId>, StoreError> {
    let text = format!(
        "SELECT DISTINCT w.case_id FROM key_wraps w WHERE w.holder = $1 AND NOT EXISTS \
         (SELECT 1 FROM key_wraps o JOIN cases c ON c.id = o.case_id AND c.epoch = o.epoch \
         JOIN users u ON u.id = o.holder WHERE o.case_id = w.case_id AND o.holder <> $1 \
         AND u.state = 'active' AND u.role IN ({})) ORDER BY w.case_id",
        receiving()
    );
    conn.list(sql_built(text).id(member), |row| row.parsed("case_id"))
        .await
}

/// How many cases nobody who receives reports can open: for whoever holds the recovery key, and nobody else.
pub async fn count_without_reader(conn: &mut Conn) -> Result<i64, StoreError> {
    let text = format!(
        "SELECT COUNT(*) AS number FROM cases c WHERE NOT EXISTS \
         (SELECT 1 FROM key_wraps o JOIN users u ON u.id = o.holder WHERE o.case_id = c.id \
         AND o.epoch = c.epoch AND u.state = 'active' AND u.role IN ({}))",
        receiving()
    );
    conn.number(sql_built(text)).await
}

/// The roles that receive reports, as the database names them: stable keys of core.
fn receiving() -> String {
    Role::ALL
        .into_iter()
        .filter(|role| role.receives_reports())
        .map(|role| format!("'{}'", role.key()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Adds wraps, all in one statement.
pub async fn add_all(tx: &mut Tx, wraps: &[WrapRow]) -> Result<(), StoreError> {
    // PostgreSQL takes 65,535 parameters; a team is smaller than this, a recovery of old cases may not be.
    for wraps in wraps.chunks(1_000) {
        let mut text =
            "INSERT INTO key_wraps (case_id, epoch, holder, standing, wrap_sealed, since_at) VALUES "
                .to_owned();
        for place in 0..wraps.len() {
            let places = [1, 2, 3, 4, 5, 6]
                .map(|column| format!("${}", place * 6 + column))
                .join(", ");
            let comma = if place == 0 { "" } else { ", " };
            // Writing to a string cannot go wrong.
            let _ = write!(text, "{comma}({places})");
        }
        let statement = wraps.iter().fold(sql_built(text), |statement, wrap| {
            statement
                .id(wrap.case_id)
                .int(wrap.epoch)
                .id(wrap.holder)
                .text(wrap.standing.key())
                .sealed(&wrap.wrap_sealed)
                .at(wrap.since_at)
        });
        tx.execute(statement).await?;
    }
    Ok(())
}

/// Changes the standing of a holder, for every key of the case that they hold. `false` if they hold none, or
/// stood so already.
pub async fn set_standing(
    tx: &mut Tx,
    case_id: CaseId,
    holder: Holder,
    standing: Standing,
    since_at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx
        .execute(
            sql("UPDATE key_wraps SET standing = $3, since_at = $4 \
                 WHERE case_id = $1 AND holder = $2 AND standing <> $3")
            .id(case_id)
            .id(holder)
            .text(standing.key())
            .at(since_at),
        )
        .await?;
    Ok(changed > 0)
}

/// Takes all keys of a case from a holder.
pub async fn remove_of(tx: &mut Tx, case_id: CaseId, holder: Holder) -> Result<u64, StoreError> {
    tx.execute(
        sql("DELETE FROM key_wraps WHERE case_id = $1 AND holder = $2")
            .id(case_id)
            .id(holder),
    )
    .await
}

/// Takes every key from a holder, in all cases: they left, or their secret was lost.
pub async fn remove_all_of(tx: &mut Tx, holder: Holder) -> Result<u64, StoreError> {
    tx.execute(sql("DELETE FROM key_wraps WHERE holder = $1").id(holder))
        .await
}

/// All wraps of a holder, in every standing, a page at a time in the order of cases: for wrapping anew.
pub async fn list_held(
    conn: &mut Conn,
    holder: Holder,
    after: Option<(CaseId, i64)>,
    limit: u32,
) -> Result<Vec<WrapRow>, StoreError> {
    let (case, epoch) = after.map_or((String::new(), 0), |(case, epoch)| (case.to_string(), epoch));
    conn.list(
        sql(
            "SELECT * FROM key_wraps WHERE holder = $1 AND (case_id, epoch) > ($2, $3) \
             ORDER BY case_id, epoch LIMIT $4",
        )
        .id(holder)
        .text(case)
        .int(epoch)
        .int(i64::from(limit)),
        read,
    )
    .await
}

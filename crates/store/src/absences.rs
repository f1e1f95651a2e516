//! When members of the team are away.

use jiff::civil::Date;
use safehold_core::{
    id::{AbsenceId, UserId},
    roster::Absence,
};

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A time away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceRow {
    /// Which.
    pub id: AbsenceId,
    /// Whose.
    pub user_id: UserId,
    /// The first day away.
    pub from_on: Date,
    /// The last day away.
    pub until_on: Date,
}

impl From<&AbsenceRow> for Absence {
    fn from(row: &AbsenceRow) -> Self {
        Self {
            from_on: row.from_on,
            until_on: row.until_on,
        }
    }
}

fn read(row: &Row) -> Result<AbsenceRow, StoreError> {
    Ok(AbsenceRow {
        id: row.parsed("id")?,
        user_id: row.parsed("user_id")?,
        from_on: row.parsed("from_on")?,
        until_on: row.parsed("until_on")?,
    })
}

/// Everybody's, in order of time.
pub async fn list(conn: &mut Conn) -> Result<Vec<AbsenceRow>, StoreError> {
    conn.list(sql("SELECT * FROM absences ORDER BY from_on, id"), read)
        .await
}

/// One member's, in order of time.
pub async fn list_of(conn: &mut Conn, user_id: UserId) -> Result<Vec<AbsenceRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM absences WHERE user_id = $1 ORDER BY from_on, id").id(user_id),
        read,
    )
    .await
}

/// Adds one.
pub async fn add(tx: &mut Tx, absence: &AbsenceRow) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO absences (id, user_id, from_on, until_on) VALUES ($1, $2, $3, $4)")
            .id(absence.id)
            .id(absence.user_id)
            .on(absence.from_on)
            .on(absence.until_on),
    )
    .await
}

/// Removes one of this member's. `false` if they have no such.
pub async fn remove(tx: &mut Tx, user_id: UserId, id: AbsenceId) -> Result<bool, StoreError> {
    let removed = tx
        .execute(
            sql("DELETE FROM absences WHERE id = $1 AND user_id = $2")
                .id(id)
                .id(user_id),
        )
        .await?;
    Ok(removed == 1)
}

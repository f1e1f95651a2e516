//! Which reminders went out, so that each goes out once.

use jiff::Timestamp;
use safehold_core::id::CaseId;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::sql,
};

/// Whether this reminder went out.
pub async fn is_sent(conn: &mut Conn, case_id: CaseId, duty: &str) -> Result<bool, StoreError> {
    let row = conn
        .find(
            sql("SELECT 1 FROM reminders WHERE case_id = $1 AND duty = $2")
                .id(case_id)
                .text(duty),
        )
        .await?;
    Ok(row.is_some())
}

/// Notes that it goes out; `false` if it did already.
pub async fn add(tx: &mut Tx, case_id: CaseId, duty: &str, sent_at: Timestamp) -> Result<bool, StoreError> {
    let added = tx
        .execute(
            sql("INSERT INTO reminders (case_id, duty, sent_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .id(case_id)
                .text(duty)
                .at(sent_at),
        )
        .await?;
    Ok(added == 1)
}

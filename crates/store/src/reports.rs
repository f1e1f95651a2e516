//! What was reported, sealed.

use safehold_core::id::CaseId;
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// The body of a report.
#[derive(Debug, Clone)]
pub struct ReportRow {
    /// Of which case.
    pub case_id: CaseId,
    /// Under which key of the case it is sealed.
    pub epoch: i64,
    /// What was reported.
    pub body_sealed: Sealed,
    /// What the receipt signs.
    pub digest: [u8; 32],
}

pub(crate) fn read(row: &Row) -> Result<ReportRow, StoreError> {
    Ok(ReportRow {
        case_id: row.parsed("case_id")?,
        epoch: row.int("epoch")?,
        body_sealed: row.sealed("body_sealed")?,
        digest: row.hash("digest")?,
    })
}

/// The report of a case.
pub async fn find(conn: &mut Conn, case_id: CaseId) -> Result<Option<ReportRow>, StoreError> {
    let row = conn
        .find(sql("SELECT * FROM reports WHERE case_id = $1").id(case_id))
        .await?;
    row.as_ref().map(read).transpose()
}

/// Adds it.
pub async fn add(tx: &mut Tx, report: &ReportRow) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO reports (case_id, epoch, body_sealed, digest) VALUES ($1, $2, $3, $4)")
            .id(report.case_id)
            .int(report.epoch)
            .sealed(&report.body_sealed)
            .bytes(&report.digest),
    )
    .await
}

/// Replaces the body, sealed anew under another key of the case. The digest stays: receipts refer to it.
pub async fn reseal(tx: &mut Tx, case_id: CaseId, epoch: i64, body: &Sealed) -> Result<(), StoreError> {
    tx.change(
        sql("UPDATE reports SET epoch = $2, body_sealed = $3 WHERE case_id = $1")
            .id(case_id)
            .int(epoch)
            .sealed(body),
    )
    .await
}

//! Sealed files, in chunks, so that none is ever whole in memory.

use jiff::Timestamp;
use safehold_core::id::{CaseId, FileId, VisitId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A file. Its name and type are sealed in the draft, report or message that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Which.
    pub id: FileId,
    /// Added to this draft…
    pub visit_id: Option<VisitId>,
    /// …or to this case.
    pub case_id: Option<CaseId>,
    /// How much ciphertext is stored.
    pub size_bytes: i64,
    /// Whether it is whole, and a draft, report or message names it. Until then it goes by itself.
    pub attached: bool,
    /// When it began to come.
    pub created_at: Timestamp,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileTotals {
    /// How many files.
    pub count: i64,
    /// How much ciphertext.
    pub size_bytes: i64,
}

fn read(row: &Row) -> Result<FileRow, StoreError> {
    Ok(FileRow {
        id: row.parsed("id")?,
        visit_id: row.maybe_parsed("visit_id")?,
        case_id: row.maybe_parsed("case_id")?,
        size_bytes: row.int("size_bytes")?,
        attached: row.flag("attached")?,
        created_at: row.at("created_at")?,
    })
}

/// One file.
pub async fn find(conn: &mut Conn, id: FileId) -> Result<Option<FileRow>, StoreError> {
    let row = conn.find(sql("SELECT * FROM files WHERE id = $1").id(id)).await?;
    row.as_ref().map(read).transpose()
}

/// The files of a draft, oldest first.
pub async fn list_of_visit(conn: &mut Conn, visit_id: VisitId) -> Result<Vec<FileRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM files WHERE visit_id = $1 ORDER BY created_at, id").id(visit_id),
        read,
    )
    .await
}

/// The files of a case, oldest first.
pub async fn list_of_case(conn: &mut Conn, case_id: CaseId) -> Result<Vec<FileRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM files WHERE case_id = $1 ORDER BY created_at, id").id(case_id),
        read,
    )
    .await
}

/// How much a draft has, and what began to come since then.
pub async fn totals_of_visit(
    conn: &mut Conn,
    visit_id: VisitId,
    since: Timestamp,
) -> Result<FileTotals, StoreError> {
    totals(
        conn.find(
            sql(
                "SELECT COUNT(*) AS number, CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) AS size_bytes \
                 FROM files WHERE visit_id = $1 AND (attached = 1 OR created_at >= $2)",
            )
            .id(visit_id)
            .at(since),
        )
        .await?,
    )
}

/// How much a case has, and what began to come since then.
pub async fn totals_of_case(
    conn: &mut Conn,
    case_id: CaseId,
    since: Timestamp,
) -> Result<FileTotals, StoreError> {
    totals(
        conn.find(
            sql(
                "SELECT COUNT(*) AS number, CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) AS size_bytes \
                 FROM files WHERE case_id = $1 AND (attached = 1 OR created_at >= $2)",
            )
            .id(case_id)
            .at(since),
        )
        .await?,
    )
}

fn totals(row: Option<Row>) -> Result<FileTotals, StoreError> {
    row.map_or(Ok(FileTotals::default()), |row| {
        Ok(FileTotals {
            count: row.int("number")?,
            size_bytes: row.int("size_bytes")?,
        })
    })
}

/// Adds a file that has no chunks yet.
pub async fn add(tx: &mut Tx, file: &FileRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO files (id, visit_id, case_id, size_bytes, attached, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .id(file.id)
        .maybe_id(file.visit_id)
        .maybe_id(file.case_id)
        .int(file.size_bytes)
        .flag(file.attached)
        .at(file.created_at),
    )
    .await
}

/// Adds the next chunk, numbered from 0, and counts it into the size.
///
/// # Errors
/// [`StoreError::ChangedSince`] if the file is attached, [`StoreError::Conflict`] if it is gone; either may come with
/// the end of the change.
pub async fn add_chunk(tx: &mut Tx, id: FileId, number: i64, chunk: &Sealed) -> Result<(), StoreError> {
    let size = i64::try_from(chunk.as_bytes().len()).unwrap_or(i64::MAX);
    tx.change(
        sql("UPDATE files SET size_bytes = size_bytes + $2 WHERE id = $1 AND attached = 0")
            .id(id)
            .int(size),
    )
    .await?;
    tx.add(
        sql("INSERT INTO file_chunks (file_id, number, chunk_sealed) VALUES ($1, $2, $3)")
            .id(id)
            .int(number)
            .sealed(chunk),
    )
    .await
}

/// The draft of this visit names the file now: it is whole, and stays. Answers whether this visit has such a file.
pub async fn attach_to_visit(tx: &mut Tx, id: FileId, visit_id: VisitId) -> Result<bool, StoreError> {
    let attached = tx
        .execute(
            sql("UPDATE files SET attached = 1 WHERE id = $1 AND visit_id = $2")
                .id(id)
                .id(visit_id),
        )
        .await?;
    Ok(attached == 1)
}

/// Something in this case names the file now: it is whole, and stays. Answers whether this case has such a file.
pub async fn attach_to_case(tx: &mut Tx, id: FileId, case_id: CaseId) -> Result<bool, StoreError> {
    let attached = tx
        .execute(
            sql("UPDATE files SET attached = 1 WHERE id = $1 AND case_id = $2")
                .id(id)
                .id(case_id),
        )
        .await?;
    Ok(attached == 1)
}

/// One chunk, or nothing after the last.
pub async fn read_chunk(conn: &mut Conn, id: FileId, number: i64) -> Result<Option<Sealed>, StoreError> {
    let row = conn
        .find(
            sql("SELECT chunk_sealed FROM file_chunks WHERE file_id = $1 AND number = $2")
                .id(id)
                .int(number),
        )
        .await?;
    row.map(|row| row.sealed("chunk_sealed")).transpose()
}

/// Deletes a file with its chunks.
pub async fn remove(tx: &mut Tx, id: FileId) -> Result<bool, StoreError> {
    Ok(tx.execute(sql("DELETE FROM files WHERE id = $1").id(id)).await? == 1)
}

/// Deletes a file that nothing names, with its chunks.
pub async fn remove_unattached(tx: &mut Tx, id: FileId) -> Result<bool, StoreError> {
    Ok(tx
        .execute(sql("DELETE FROM files WHERE id = $1 AND attached = 0").id(id))
        .await?
        == 1)
}

/// A draft was sent: its files are the case's now. What it does not name is deleted.
pub async fn move_to_case(tx: &mut Tx, visit_id: VisitId, case_id: CaseId) -> Result<u64, StoreError> {
    tx.add(sql("DELETE FROM files WHERE visit_id = $1 AND attached = 0").id(visit_id))
        .await?;
    tx.execute(
        sql("UPDATE files SET case_id = $2, visit_id = NULL WHERE visit_id = $1")
            .id(visit_id)
            .id(case_id),
    )
    .await
}

/// Deletes what began to come before this time and is named by nothing: it never came whole, or what it belonged to
/// was not stored.
pub async fn expire_unattached(tx: &mut Tx, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
    tx.execute(
        sql(
            "DELETE FROM files WHERE id IN (SELECT id FROM files WHERE attached = 0 AND created_at < $1 \
             ORDER BY created_at LIMIT $2)",
        )
        .at(before)
        .int(i64::from(limit)),
    )
    .await
}

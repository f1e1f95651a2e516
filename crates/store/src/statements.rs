//! Every version of the organisation's safeguarding statement.

use jiff::civil::Date;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A version of the statement. It is published, so it is in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// Which version, from 1.
    pub version: i64,
    /// The day it was published.
    pub published_on: Date,
    /// Its title.
    pub title: String,
    /// Its text.
    pub markdown: String,
    /// What changed in it.
    pub note: String,
}

fn read(row: &Row) -> Result<StatementRow, StoreError> {
    Ok(StatementRow {
        version: row.int("version")?,
        published_on: row.parsed("published_on")?,
        title: row.text("title")?,
        markdown: row.text("markdown")?,
        note: row.text("note")?,
    })
}

/// All versions, newest first.
pub async fn list(conn: &mut Conn) -> Result<Vec<StatementRow>, StoreError> {
    conn.list(sql("SELECT * FROM statements ORDER BY version DESC"), read)
        .await
}

/// The newest version.
pub async fn find_latest(conn: &mut Conn) -> Result<Option<StatementRow>, StoreError> {
    let row = conn
        .find(sql("SELECT * FROM statements ORDER BY version DESC LIMIT 1"))
        .await?;
    row.as_ref().map(read).transpose()
}

/// One version.
pub async fn find(conn: &mut Conn, version: i64) -> Result<Option<StatementRow>, StoreError> {
    let row = conn
        .find(sql("SELECT * FROM statements WHERE version = $1").int(version))
        .await?;
    row.as_ref().map(read).transpose()
}

/// Publishes a version.
///
/// # Errors
/// [`StoreError::Conflict`] if there is one of this number already.
pub async fn add(tx: &mut Tx, statement: &StatementRow) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO statements (version, published_on, title, markdown, note) VALUES ($1, $2, $3, $4, $5)")
            .int(statement.version)
            .on(statement.published_on)
            .text(&statement.title)
            .text(&statement.markdown)
            .text(&statement.note),
    ).await
}

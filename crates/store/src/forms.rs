//! Each form that was ever used, so that an old report shows the questions it was asked.

use jiff::Timestamp;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// What it is found by.
    pub digest: String,
    /// Its own version.
    pub version: String,
    /// The whole schema.
    pub schema: String,
    /// The organisation's own words for it, if it has any.
    pub words: Option<String>,
    /// When it was first used.
    pub first_used_at: Timestamp,
}

fn read(row: &Row) -> Result<FormRow, StoreError> {
    Ok(FormRow {
        digest: row.text("digest")?,
        version: row.text("version")?,
        schema: row.text("schema")?,
        words: row.maybe_text("words")?,
        first_used_at: row.at("first_used_at")?,
    })
}

/// One form.
pub async fn find(conn: &mut Conn, digest: &str) -> Result<Option<FormRow>, StoreError> {
    let row = conn
        .find(sql("SELECT * FROM forms WHERE digest = $1").text(digest))
        .await?;
    row.as_ref().map(read).transpose()
}

/// Keeps a form, unless it is kept already.
pub async fn keep(tx: &mut Tx, form: &FormRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO forms (digest, version, schema, words, first_used_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (digest) DO NOTHING",
        )
        .text(&form.digest)
        .text(&form.version)
        .text(&form.schema)
        .maybe_text(form.words.as_deref())
        .at(form.first_used_at),
    )
    .await
}

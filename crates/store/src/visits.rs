//! The reporter's side: first a draft, later the way to their case. Everything in it opens with the words
//! only.

use jiff::Timestamp;
use safehold_core::id::{CaseId, VisitId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// What a reporter's words lead to.
#[derive(Debug, Clone)]
pub struct VisitRow {
    /// Which.
    pub id: VisitId,
    /// What the words are found by, once there are words.
    pub lookup: Option<[u8; 32]>,
    /// The reporter's key, under the words.
    pub key_sealed: Option<Sealed>,
    /// The words, under the visit's key, until the person says that they wrote them down.
    pub words_sealed: Option<Sealed>,
    /// The answers so far; gone once they are sent.
    pub draft_sealed: Option<Sealed>,
    /// The form that is being filled in; once sent, the case has it.
    pub form_digest: Option<String>,
    /// Goes up by one with each change of the draft.
    pub version: i64,
    /// The case, once it is sent.
    pub case_id: Option<CaseId>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When the draft goes; never, once it is sent.
    pub expires_at: Option<Timestamp>,
    /// When the person was told that the draft will go.
    pub warned_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<VisitRow, StoreError> {
    Ok(VisitRow {
        id: row.parsed("id")?,
        lookup: row.maybe_hash("lookup")?,
        key_sealed: row.maybe_sealed("key_sealed")?,
        words_sealed: row.maybe_sealed("words_sealed")?,
        draft_sealed: row.maybe_sealed("body_sealed")?,
        form_digest: row.maybe_text("form_digest")?,
        version: row.int("version")?,
        case_id: row.maybe_parsed("case_id")?,
        created_at: row.at("created_at")?,
        updated_at: row.at("updated_at")?,
        expires_at: row.maybe_at("expires_at")?,
        warned_at: row.maybe_at("warned_at")?,
    })
}

/// Drafts lie in a table of their own, so that the place of one that was sent serves the next.
macro_rules! find_by {
    ($column:literal) => {
        sql(concat!(
            "SELECT visits.*, drafts.body_sealed FROM visits LEFT JOIN drafts ON drafts.visit_id = visits.id WHERE ",
            $column,
            " = $1"
        ))
    };
}

/// One visit.
pub async fn find(conn: &mut Conn, id: VisitId) -> Result<Option<VisitRow>, StoreError> {
    let row = conn.find(find_by!("visits.id").id(id)).await?;
    row.as_ref().map(read).transpose()
}

/// The visit that words lead to.
pub async fn find_by_lookup(conn: &mut Conn, lookup: &[u8; 32]) -> Result<Option<VisitRow>, StoreError> {
    let row = conn.find(find_by!("visits.lookup").bytes(lookup)).await?;
    row.as_ref().map(read).transpose()
}

/// The visit that a case came from.
pub async fn find_by_case(conn: &mut Conn, case_id: CaseId) -> Result<Option<VisitRow>, StoreError> {
    let row = conn.find(find_by!("visits.case_id").id(case_id)).await?;
    row.as_ref().map(read).transpose()
}

/// Adds one.
pub async fn add(tx: &mut Tx, visit: &VisitRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO visits (id, lookup, key_sealed, words_sealed, form_digest, version, case_id, \
             created_at, updated_at, expires_at, warned_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .id(visit.id)
        .maybe_bytes(visit.lookup.as_ref().map(<[u8; 32]>::as_slice))
        .maybe_sealed(visit.key_sealed.as_ref())
        .maybe_sealed(visit.words_sealed.as_ref())
        .maybe_text(visit.form_digest.as_deref())
        .int(visit.version)
        .maybe_id(visit.case_id)
        .at(visit.created_at)
        .at(visit.updated_at)
        .maybe_at(visit.expires_at)
        .maybe_at(visit.warned_at),
    )
    .await?;
    match &visit.draft_sealed {
        Some(body) => put_draft(tx, visit.id, body).await,
        None => Ok(()),
    }
}

async fn put_draft(tx: &mut Tx, id: VisitId, body: &Sealed) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO drafts (visit_id, body_sealed) VALUES ($1, $2) \
             ON CONFLICT (visit_id) DO UPDATE SET body_sealed = excluded.body_sealed")
        .id(id)
        .sealed(body),
    )
    .await
}

/// What [`save_draft`] saves.
#[derive(Debug, Clone)]
pub struct DraftChange {
    /// Of which visit.
    pub id: VisitId,
    /// The version that was read.
    pub version: i64,
    /// The answers so far.
    pub draft_sealed: Sealed,
    /// The form that asks for them.
    pub form_digest: String,
    /// When.
    pub at: Timestamp,
    /// When the draft goes from now on. A warning starts over.
    pub expires_at: Timestamp,
}

/// Saves a draft; answers its new version.
///
/// # Errors
/// [`StoreError::ChangedSince`] if another tab has saved since, or it was sent or has expired.
pub async fn save_draft(tx: &mut Tx, change: &DraftChange) -> Result<i64, StoreError> {
    tx.change(
        sql(
            "UPDATE visits SET form_digest = $3, updated_at = $4, expires_at = $5, \
                 warned_at = NULL, version = version + 1 \
                 WHERE id = $1 AND version = $2 AND case_id IS NULL",
        )
        .id(change.id)
        .int(change.version)
        .text(&change.form_digest)
        .at(change.at)
        .at(change.expires_at),
    )
    .await?;
    put_draft(tx, change.id, &change.draft_sealed).await?;
    Ok(change.version + 1)
}

/// Ties a visit to words that were just made.
///
/// # Errors
/// [`StoreError::Conflict`] with `visits.lookup` if other words are found by the same (which 90 bits rule
/// out); [`StoreError::ChangedSince`] if the visit has words already or is gone.
pub async fn set_words(
    tx: &mut Tx,
    id: VisitId,
    lookup: &[u8; 32],
    key: &Sealed,
    words: &Sealed,
) -> Result<(), StoreError> {
    tx.change(
            sql("UPDATE visits SET lookup = $2, key_sealed = $3, words_sealed = $4 WHERE id = $1 AND lookup IS NULL")
                .id(id)
                .bytes(lookup)
                .sealed(key)
                .sealed(words),
        ).await
}

/// The person wrote their words down: they are no longer kept.
pub async fn forget_words(tx: &mut Tx, id: VisitId) -> Result<(), StoreError> {
    tx.add(sql("UPDATE visits SET words_sealed = NULL WHERE id = $1").id(id))
        .await
}

/// Notes that the person was told when their draft will go.
pub async fn set_warned(tx: &mut Tx, id: VisitId, at: Timestamp) -> Result<(), StoreError> {
    tx.add(
        sql("UPDATE visits SET warned_at = $2 WHERE id = $1")
            .id(id)
            .at(at),
    )
    .await
}

/// Ties a visit to the case it became. The draft goes, and no longer expires.
///
/// # Errors
/// [`StoreError::ChangedSince`] if another tab has saved or sent it since: read it again, and if it has a
/// case, show that one.
pub async fn submit(
    tx: &mut Tx,
    id: VisitId,
    version: i64,
    case_id: CaseId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.change(
        sql(
            "UPDATE visits SET case_id = $3, form_digest = NULL, expires_at = NULL, \
                 warned_at = NULL, updated_at = $4, version = version + 1 \
                 WHERE id = $1 AND version = $2 AND case_id IS NULL",
        )
        .id(id)
        .int(version)
        .id(case_id)
        .at(at),
    )
    .await?;
    tx.add(sql("DELETE FROM drafts WHERE visit_id = $1").id(id)).await
}

/// Deletes a draft with its files, because the person asks for it. `false` if it is sent, or gone.
pub async fn remove_draft(tx: &mut Tx, id: VisitId) -> Result<bool, StoreError> {
    Ok(tx
        .execute(sql("DELETE FROM visits WHERE id = $1 AND case_id IS NULL").id(id))
        .await?
        == 1)
}

/// Deletes drafts whose time is over, with their files. Answers how many; call it again while it is `limit`.
pub async fn expire_due(tx: &mut Tx, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
    tx.execute(
        sql("DELETE FROM visits WHERE id IN (SELECT id FROM visits \
             WHERE expires_at IS NOT NULL AND expires_at <= $1 AND case_id IS NULL ORDER BY expires_at LIMIT $2)")
        .at(now)
        .int(i64::from(limit)),
    )
    .await
}

//! The trace: who did what and when, in a Merkle log (RFC 9162), so that nothing in it can be changed or left
//! out unseen once a head was signed.
//!
//! An entry's hash covers its time, its case and its text; its place is covered by the tree. Entries have
//! numbers from 1, so the number of an entry is the size of the log right after it.

mod frontier;
mod paths;
mod proof;
mod verify;

use jiff::Timestamp;
use safehold_core::id::CaseId;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

pub use frontier::Frontier;
pub use paths::list_paths;
pub use proof::{find_root_at, prove_consistency, prove_inclusion};
pub use verify::{Verification, Why, compute_root_at, verify};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its number, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// In which case, if in one.
    pub case_id: Option<CaseId>,
    /// What: ids and kinds, nothing that was written.
    pub leaf: String,
    /// The hash of all of it.
    pub leaf_hash: Hash,
}

/// The state of the whole log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tip {
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// A head that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRow {
    /// How many entries it covers.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The installation's signature.
    pub signature: Vec<u8>,
}

/// The bytes that an entry's hash is over: its time in milliseconds, its case or `-`, and its text, on lines.
pub fn entry_bytes(at: Timestamp, case_id: Option<CaseId>, leaf: &str) -> Vec<u8> {
    let case = case_id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    format!("{}\n{case}\n{leaf}", at.as_millisecond()).into_bytes()
}

fn read(row: &Row) -> Result<EntryRow, StoreError> {
    Ok(EntryRow {
        seq: row.count("seq")?,
        at: row.at("at")?,
        case_id: row.maybe_parsed("case_id")?,
        leaf: row.text("leaf")?,
        leaf_hash: row.hash("leaf_hash")?,
    })
}

fn read_head(row: &Row) -> Result<HeadRow, StoreError> {
    Ok(HeadRow {
        size: row.count("size")?,
        root: row.hash("root")?,
        signed_at: row.at("signed_at")?,
        signature: row.bytes("signature")?,
    })
}

/// Appends an entry; answers its number.
pub async fn append(
    tx: &mut Tx,
    at: Timestamp,
    case_id: Option<CaseId>,
    leaf: &str,
) -> Result<u64, StoreError> {
    let mut frontier = match tx.frontier() {
        Some(frontier) => frontier.clone(),
        None => load(tx).await?,
    };
    let leaf_hash = frontier::leaf_hash(&entry_bytes(at, case_id, leaf));
    frontier.push(leaf_hash);
    let seq = frontier.size();
    tx.add(
        sql("INSERT INTO trace_entries (seq, at, case_id, leaf, leaf_hash) VALUES ($1, $2, $3, $4, $5)")
            .int(number(seq))
            .at(at)
            .maybe_id(case_id)
            .text(leaf)
            .bytes(&leaf_hash),
    )
    .await?;
    tx.set_frontier(Some(frontier));
    Ok(seq)
}

/// Keeps every other change that leaves a trace out until the commit, so that what is read from here on still holds
/// when it is acted on.
pub async fn hold(tx: &mut Tx) -> Result<(), StoreError> {
    if tx.frontier().is_none() {
        let frontier = load(tx).await?;
        tx.set_frontier(Some(frontier));
    }
    Ok(())
}

/// Entries that belong to no case, newest first, from before an entry.
pub async fn list_without_case(
    conn: &mut Conn,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<EntryRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM trace_entries WHERE case_id IS NULL AND seq < $1 ORDER BY seq DESC LIMIT $2")
            .int(before.map_or(i64::MAX, number))
            .int(i64::from(limit)),
        read,
    )
    .await
}

/// Writes what a batch of changes appended. The writer calls it once, right before the commit.
pub(crate) async fn flush(tx: &mut Tx) -> Result<(), StoreError> {
    let Some(frontier) = tx.frontier().cloned() else {
        return Ok(());
    };
    tx.add(
        sql("UPDATE trace_frontier SET size = $1, hashes = $2 WHERE id = 1")
            .int(number(frontier.size()))
            .bytes(&frontier.to_bytes()),
    )
    .await
}

/// The frontier as committed, held for this transaction.
async fn load(tx: &mut Tx) -> Result<Frontier, StoreError> {
    let select = tx.dialect().pick(
        "SELECT size, hashes FROM trace_frontier WHERE id = 1",
        "SELECT size, hashes FROM trace_frontier WHERE id = 1 FOR UPDATE",
    );
    stored(tx.find(sql(select)).await?)
}

fn stored(row: Option<Row>) -> Result<Frontier, StoreError> {
    let row = row.ok_or_else(|| StoreError::unreadable("trace_frontier"))?;
    Frontier::from_bytes(row.count("size")?, &row.bytes("hashes")?)
        .ok_or_else(|| StoreError::unreadable("trace_frontier.hashes"))
}

async fn committed(conn: &mut Conn) -> Result<Frontier, StoreError> {
    stored(
        conn.find(sql("SELECT size, hashes FROM trace_frontier WHERE id = 1"))
            .await?,
    )
}

/// The size and root of the log now. Inside a change, with what this and those before it appended.
pub async fn tip(conn: &mut Conn) -> Result<Tip, StoreError> {
    let frontier = match conn.frontier() {
        Some(frontier) => frontier.clone(),
        None => committed(conn).await?,
    };
    Ok(Tip {
        size: frontier.size(),
        root: frontier.root(),
    })
}

/// A page of entries in order, after this number.
pub async fn list(conn: &mut Conn, after: u64, limit: u32) -> Result<Vec<EntryRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM trace_entries WHERE seq > $1 ORDER BY seq LIMIT $2")
            .int(number(after))
            .int(i64::from(limit)),
        read,
    )
    .await
}

/// A page of a case's entries in order, after this number.
pub async fn list_of_case(
    conn: &mut Conn,
    case_id: CaseId,
    after: u64,
    limit: u32,
) -> Result<Vec<EntryRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM trace_entries WHERE case_id = $1 AND seq > $2 ORDER BY seq LIMIT $3")
            .id(case_id)
            .int(number(after))
            .int(i64::from(limit)),
        read,
    )
    .await
}

/// The newest entries of a case, newest first.
pub async fn list_newest_of_case(
    conn: &mut Conn,
    case_id: CaseId,
    limit: u32,
) -> Result<Vec<EntryRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM trace_entries WHERE case_id = $1 ORDER BY seq DESC LIMIT $2")
            .id(case_id)
            .int(i64::from(limit)),
        read,
    )
    .await
}

/// Keeps a head that was signed. Nothing happens if there is one of this size.
pub async fn add_head(tx: &mut Tx, head: &HeadRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO trace_heads (size, root, signed_at, signature) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (size) DO NOTHING",
        )
        .int(number(head.size))
        .bytes(&head.root)
        .at(head.signed_at)
        .bytes(&head.signature),
    )
    .await
}

/// The newest signed head.
pub async fn find_head(conn: &mut Conn) -> Result<Option<HeadRow>, StoreError> {
    let row = conn
        .find(sql("SELECT * FROM trace_heads ORDER BY size DESC LIMIT 1"))
        .await?;
    row.as_ref().map(read_head).transpose()
}

/// A page of signed heads in order, after this size.
pub async fn list_heads(conn: &mut Conn, after: u64, limit: u32) -> Result<Vec<HeadRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM trace_heads WHERE size > $1 ORDER BY size LIMIT $2")
            .int(number(after))
            .int(i64::from(limit)),
        read_head,
    )
    .await
}

/// Sizes never come near this bound.
fn number(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

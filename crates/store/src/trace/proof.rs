//! Proofs for others: that an entry is in the log, and that a log only grew. They take one pass over hashes.

use ct_merkle::{indices_for_consistency_proof, indices_for_inclusion_proof};

use super::{Frontier, Hash, number, tip};
use crate::{conn::Conn, error::StoreError, statement::sql};

/// How many hashes are in memory at a time.
const PAGE: i64 = 2_000;

/// The root when the log had this size: to compare with a head that was printed. Nothing if it is shorter.
pub async fn find_root_at(conn: &mut Conn, size: u64) -> Result<Option<Hash>, StoreError> {
    if size > tip(conn).await?.size {
        return Ok(None);
    }
    subtree(conn, 0, size).await.map(Some)
}

/// Proves that the entry of this number is in the log of this size, by the hashes beside its way to the root
/// (RFC 9162, 2.1.3). Nothing if it is not.
pub async fn prove_inclusion(conn: &mut Conn, seq: u64, size: u64) -> Result<Option<Vec<Hash>>, StoreError> {
    if seq == 0 || seq > size || size > tip(conn).await?.size {
        return Ok(None);
    }
    nodes(conn, indices_for_inclusion_proof(size, seq - 1), size)
        .await
        .map(Some)
}

/// Proves that the log of the older size is the beginning of that of the newer (RFC 9162, 2.1.4). Nothing if
/// the sizes do not fit.
pub async fn prove_consistency(
    conn: &mut Conn,
    older: u64,
    newer: u64,
) -> Result<Option<Vec<Hash>>, StoreError> {
    if older == 0 || older > newer || newer > tip(conn).await?.size {
        return Ok(None);
    }
    nodes(conn, indices_for_consistency_proof(older, newer - older), newer)
        .await
        .map(Some)
}

/// Nodes of the tree as ct-merkle numbers them: in order from left to right, leaves at even numbers, so that
/// a number's trailing ones are its height (RFC 9420, appendix C).
async fn nodes(conn: &mut Conn, indices: Vec<u64>, size: u64) -> Result<Vec<Hash>, StoreError> {
    let mut hashes = Vec::with_capacity(indices.len());
    for index in indices {
        let width = 1_u64 << index.trailing_ones();
        let first = (index + 1 - width) / 2;
        hashes.push(subtree(conn, first, size.min(first + width)).await?);
    }
    Ok(hashes)
}

/// The hashes of the next leaves after the first `done`, up to and with leaf number `end`: one page, never empty.
///
/// # Errors
/// An unreadable row, if there are no more: there should be.
pub(super) async fn leaves(conn: &mut Conn, done: u64, end: u64) -> Result<Vec<Hash>, StoreError> {
    let hashes = conn
        .list(
            sql("SELECT leaf_hash FROM trace_entries WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3")
                .int(number(done))
                .int(number(end))
                .int(PAGE),
            |row| row.hash("leaf_hash"),
        )
        .await?;
    if hashes.is_empty() {
        return Err(StoreError::unreadable("trace_entries.seq"));
    }
    Ok(hashes)
}

/// The root over the leaves from `first` up to and without `end`, counted from 0.
async fn subtree(conn: &mut Conn, first: u64, end: u64) -> Result<Hash, StoreError> {
    let mut tree = Frontier::default();
    while first + tree.size() < end {
        let done = first + tree.size();
        for hash in leaves(conn, done, end).await? {
            tree.push(hash);
        }
    }
    Ok(tree.root())
}

//! Inclusion in a Merkle log, as RFC 9162 (2.1.3.2) verifies it: the entries of the trace that come with an archive
//! are those that the signed head covers.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of an entry: over its time in milliseconds, its case or `-`, and its text, on lines.
pub(super) fn leaf_hash(at_ms: i64, case: Option<&str>, leaf: &str) -> Hash {
    let bytes = format!("{at_ms}\n{}\n{leaf}", case.unwrap_or("-"));
    Sha256::new_with_prefix([0]).chain_update(bytes).finalize().into()
}

fn parent(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The root to which a proof leads from the entry with this number, counted from 1; nothing if it leads nowhere.
pub(super) fn root(leaf: Hash, seq: u64, size: u64, proof: &[Hash]) -> Option<Hash> {
    let mut at = seq.checked_sub(1).filter(|at| *at < size)?;
    let mut last = size - 1;
    let mut hash = leaf;
    for beside in proof {
        if last == 0 {
            return None;
        }
        if at & 1 == 1 || at == last {
            hash = parent(beside, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = parent(&hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

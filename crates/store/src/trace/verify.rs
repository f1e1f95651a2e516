//! Proves the whole log, or names the first entry that is not what it was.

use std::collections::VecDeque;

use super::{Frontier, Hash, HeadRow, committed, entry_bytes, frontier::leaf_hash, list, list_heads};
use crate::{conn::Conn, error::StoreError};

/// How many entries and heads are in memory at a time.
const PAGE: u32 = 500;

/// What came of checking the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// Every entry is what it was, and none is missing.
    Whole {
        /// How many entries.
        size: u64,
        /// The root over them: compare it with a head that was printed, or see [`super::find_root_at`].
        root: Hash,
        /// How many of the entries the newest stored head covers.
        covered: u64,
    },
    /// It is not whole.
    Broken {
        /// The first entry that is not what it was, as near as can be told.
        seq: u64,
        /// How it shows.
        why: Why,
    },
}

/// How it shows that the log is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The entry is not there, though later ones are.
    Missing,
    /// Its time, case or text is not what its hash is over.
    Changed,
    /// An entry from this one to the one at `up_to` was changed together with its hash: the root is not that
    /// of the signed head.
    NotAsSigned {
        /// How many entries the head covers.
        up_to: u64,
    },
    /// The log ends before it, though it was longer.
    CutShort,
    /// It was put at the end by something else than this program.
    Added,
    /// An entry from this one on was changed together with its hash, after the last signed head: the root is
    /// not the one that was kept while appending.
    NotAsKept,
}

/// The heads in order, a page at a time.
#[derive(Default)]
struct Heads {
    page: VecDeque<HeadRow>,
    last: u64,
}

impl Heads {
    /// The next head, left in place.
    async fn peek(&mut self, conn: &mut Conn) -> Result<Option<&HeadRow>, StoreError> {
        if self.page.is_empty() {
            self.page = list_heads(conn, self.last, PAGE).await?.into();
            if let Some(head) = self.page.back() {
                self.last = head.size;
            }
        }
        Ok(self.page.front())
    }
}

/// Checks the log from its first entry to its last, while others may append to it. Signatures of heads are
/// the caller's to check: list them with [`super::list_heads`].
pub async fn verify(conn: &mut Conn) -> Result<Verification, StoreError> {
    let mut heads = Heads::default();
    let mut head = heads.peek(conn).await?.cloned();
    let mut tree = Frontier::default();
    let mut covered = 0;
    let mut stopped_at = None;
    loop {
        let page = list(conn, tree.size(), PAGE).await?;
        let is_end = page.is_empty();
        for entry in page {
            let next = tree.size() + 1;
            if entry.seq != next {
                return Ok(broken(next, Why::Missing));
            }
            let hash = leaf_hash(&entry_bytes(entry.at, entry.case_id, &entry.leaf));
            if hash != entry.leaf_hash {
                return Ok(broken(next, Why::Changed));
            }
            tree.push(hash);
            if let Some(signed) = head.as_ref().filter(|signed| signed.size == next) {
                if signed.root != tree.root() {
                    return Ok(broken(covered + 1, Why::NotAsSigned { up_to: next }));
                }
                covered = next;
                heads.page.pop_front();
                head = heads.peek(conn).await?.cloned();
            }
        }
        if is_end {
            // The frontier is read after the entries, so it knows of each that was seen.
            let kept = committed(conn).await?;
            let size = tree.size();
            if kept.size() < size {
                return Ok(broken(kept.size() + 1, Why::Added));
            }
            // Heads that were signed in the meantime, of sizes that are passed by now, are for the next
            // check.
            while head.as_ref().is_none_or(|signed| signed.size <= size) {
                let Some(signed) = heads.peek(conn).await?.cloned() else {
                    break;
                };
                if signed.size <= size {
                    heads.page.pop_front();
                }
                head = Some(signed);
            }
            let is_longer = kept.size() > size || head.as_ref().is_some_and(|head| head.size > size);
            if !is_longer {
                if kept != tree {
                    return Ok(broken(covered + 1, Why::NotAsKept));
                }
                return Ok(Verification::Whole {
                    size,
                    root: tree.root(),
                    covered,
                });
            }
            // More was appended in the meantime, or the end is gone: a second look at the same place tells.
            if stopped_at == Some(size) {
                return Ok(broken(size + 1, Why::CutShort));
            }
            stopped_at = Some(size);
        }
    }
}

/// The root over the first entries, from the entries themselves and not from the hashes that are stored beside
/// them; `None` if one is missing. What somebody changed together with its hash, or without, shows in it.
pub async fn compute_root_at(conn: &mut Conn, size: u64) -> Result<Option<Hash>, StoreError> {
    let mut tree = Frontier::default();
    while tree.size() < size {
        let page = list(conn, tree.size(), PAGE).await?;
        if page.is_empty() {
            return Ok(None);
        }
        for entry in page {
            if tree.size() == size {
                break;
            }
            if entry.seq != tree.size() + 1 {
                return Ok(None);
            }
            tree.push(leaf_hash(&entry_bytes(entry.at, entry.case_id, &entry.leaf)));
        }
    }
    Ok(Some(tree.root()))
}

fn broken(seq: u64, why: Why) -> Verification {
    Verification::Broken { seq, why }
}

//! The compact range of a Merkle tree (RFC 9162, section 2.1): of each perfect subtree on its right edge the
//! root. It is all that is needed to append, and to know the root: 32 bytes for each 1 in the binary size.

use sha2::{Digest, Sha256};

use super::Hash;

/// The right edge of a tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// Largest subtree first.
    hashes: Vec<Hash>,
}

/// `SHA-256(0x00 || entry)`. The prefixes keep an entry from passing for a node (RFC 9162, 2.1.1).
pub(super) fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new_with_prefix([0]).chain_update(entry).finalize().into()
}

/// `SHA-256(0x01 || left || right)`.
fn parent_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

impl Frontier {
    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf, merging subtrees of equal size as a binary counter carries.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        let mut bits = self.size;
        while bits & 1 == 1 {
            if let Some(left) = self.hashes.pop() {
                hash = parent_hash(&left, &hash);
            }
            bits >>= 1;
        }
        self.hashes.push(hash);
        self.size += 1;
    }

    /// The root over all leaves; of an empty tree, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut hashes = self.hashes.iter().rev();
        let Some(last) = hashes.next() else {
            return Sha256::digest([]).into();
        };
        hashes.fold(*last, |right, left| parent_hash(left, &right))
    }

    /// For storing.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.hashes.concat()
    }

    /// What was stored; nothing if it cannot be the frontier of a tree of this size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && u64::try_from(hashes.len()) == Ok(u64::from(size.count_ones()));
        fits.then(|| Self {
            size,
            hashes: hashes.to_vec(),
        })
    }
}

//! The ways of several entries to the root, in one pass over the log: for a copy of what the trace says of a case.

use std::collections::HashMap;

use super::{Frontier, Hash, proof::leaves};
use crate::{conn::Conn, error::StoreError};

/// For each of these entries, in their order, the hashes beside its way to the root of the log of this size
/// (RFC 9162, 2.1.3). Nothing if one of them is not among the first `size`.
pub async fn list_paths(
    conn: &mut Conn,
    seqs: &[u64],
    size: u64,
) -> Result<Option<Vec<Vec<Hash>>>, StoreError> {
    if seqs.iter().any(|seq| *seq == 0 || *seq > size) || size > super::tip(conn).await?.size {
        return Ok(None);
    }
    let ways: Vec<Vec<Node>> = seqs.iter().map(|seq| way(*seq, size)).collect();
    let mut nodes: HashMap<Node, Frontier> = ways
        .iter()
        .flatten()
        .map(|node| (*node, Frontier::default()))
        .collect();
    let levels = nodes.keys().map(|node| node.level + 1).max().unwrap_or(0);
    let mut done = 0;
    while done < size && levels > 0 {
        for hash in leaves(conn, done, size).await? {
            for level in 0..levels {
                let place = done >> level;
                if let Some(tree) = nodes.get_mut(&Node { level, place }) {
                    tree.push(hash);
                }
            }
            done += 1;
        }
    }
    let hash = |node: &Node| nodes.get(node).map(Frontier::root);
    Ok(ways
        .iter()
        .map(|way| way.iter().map(hash).collect::<Option<Vec<_>>>())
        .collect())
}

/// A node of the tree: on level 0 the leaves, on each next one a node for two. On the right edge a node may stand for
/// fewer leaves than others of its level, or be the one below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Node {
    level: u32,
    place: u64,
}

/// The nodes beside the way of an entry to the root, from below.
fn way(seq: u64, size: u64) -> Vec<Node> {
    let mut way = Vec::new();
    let (mut place, mut width, mut level) = (seq - 1, size, 0);
    while width > 1 {
        if place ^ 1 < width {
            way.push(Node {
                level,
                place: place ^ 1,
            });
        }
        place >>= 1;
        width = width.div_ceil(2);
        level += 1;
    }
    way
}

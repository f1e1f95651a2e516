//! The trace: that it is the tree of RFC 9162, and that nothing in it can be changed unseen.

use ct_merkle::{ConsistencyProof, InclusionProof, RootHash, mem_backed_tree::MemoryBackedTree};
use proptest::prelude::*;
use safehold_store::trace::{self, EntryRow, Frontier, Hash, HeadRow, Verification, Why};
use sha2::{Digest, Sha256};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

type Tree = MemoryBackedTree<Sha256, Vec<u8>>;

/// `SHA-256(0x00 || entry)`, by hand.
fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::digest([&[0], entry].concat()).into()
}

fn root_of(hash: Hash, size: u64) -> RootHash<Sha256> {
    RootHash::new(hash.into(), size)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_frontier_has_the_root_of_the_whole_tree(
        leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..300)
    ) {
        let mut frontier = Frontier::default();
        let mut tree = Tree::new();
        let mut frontiers = vec![frontier.clone()];
        for leaf in leaves {
            frontier.push(leaf_hash(&leaf));
            tree.push(leaf);
            prop_assert_eq!(frontier.root(), Hash::from(*tree.root().as_bytes()));
            frontiers.push(frontier.clone());
        }
        for frontier in frontiers {
            prop_assert_eq!(Frontier::from_bytes(frontier.size(), &frontier.to_bytes()), Some(frontier.clone()));
            prop_assert_eq!(Frontier::from_bytes(frontier.size(), &[frontier.to_bytes(), vec![0; 32]].concat()), None);
        }
    }
}

#[test]
fn the_empty_tree_has_the_hash_of_nothing() {
    assert_eq!(
        Frontier::default().root(),
        Hash::from(*Tree::new().root().as_bytes())
    );
    assert_eq!(Frontier::default().root(), Hash::from(Sha256::digest([])));
}

/// Appends entries up to a size, and signs a head at each size that is asked for.
async fn fill(db: &Database, size: u64, heads: &[u64]) {
    for seq in trace::tip(&mut db.read().await).await.unwrap().size + 1..=size {
        let number = u32::try_from(seq).unwrap();
        let case = seq.is_multiple_of(3).then(|| case_id(number));
        write!(db.store, |tx| trace::append(
            tx,
            at(i64::from(number)),
            case,
            &format!("entry {number}")
        )
        .await?)
        .unwrap();
        if heads.contains(&seq) {
            let tip = trace::tip(&mut db.read().await).await.unwrap();
            let head = HeadRow {
                size: tip.size,
                root: tip.root,
                signed_at: at(0),
                signature: vec![1; 64],
            };
            write!(db.store, head, |tx, head| trace::add_head(tx, head).await?).unwrap();
        }
    }
}

async fn verify(db: &Database) -> Verification {
    trace::verify(&mut db.read().await).await.unwrap()
}

fn bytes(db: &Database, bytes: &[u8]) -> String {
    let hex = bytes
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    if db.is_sqlite() {
        format!("x'{hex}'")
    } else {
        format!("'\\x{hex}'::bytea")
    }
}

on_both![
    an_empty_trace_is_whole,
    a_whole_trace_is_found_whole,
    a_changed_entry_is_named,
    an_entry_that_is_gone_is_named,
    a_log_that_was_cut_is_named_at_its_end,
    entries_that_something_else_put_there_are_named,
    an_entry_changed_together_with_its_hash_is_placed_between_two_heads,
    a_trace_is_checked_while_it_grows,
    proofs_convince_somebody_who_has_only_the_heads,
];

async fn an_empty_trace_is_whole(db: Database) {
    assert!(matches!(
        verify(&db).await,
        Verification::Whole {
            size: 0,
            covered: 0,
            ..
        }
    ));
}

async fn a_whole_trace_is_found_whole(db: Database) {
    fill(&db, 70, &[1, 32, 60]).await;
    let tip = trace::tip(&mut db.read().await).await.unwrap();
    assert_eq!(
        verify(&db).await,
        Verification::Whole {
            size: 70,
            root: tip.root,
            covered: 60
        }
    );
    let mut conn = db.read().await;
    assert_eq!(trace::find_head(&mut conn).await.unwrap().unwrap().size, 60);
    assert_eq!(trace::list_heads(&mut conn, 1, 9).await.unwrap().len(), 2);
    let listed = trace::list_of_case(&mut conn, case_id(9), 0, 10).await.unwrap();
    let [EntryRow { seq: 9, leaf, .. }] = listed.as_slice() else {
        panic!("{listed:?}")
    };
    assert_eq!(leaf, "entry 9");
    let page = trace::list(&mut conn, 68, 10).await.unwrap();
    assert_eq!(page.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [69, 70]);
}

async fn a_changed_entry_is_named(db: Database) {
    fill(&db, 40, &[16, 40]).await;
    for change in ["leaf = 'entry x'", "at = at + 1", "case_id = NULL"] {
        db.tamper("CREATE TABLE kept AS SELECT * FROM trace_entries")
            .await;
        db.tamper(&format!("UPDATE trace_entries SET {change} WHERE seq = 21"))
            .await;
        assert_eq!(
            verify(&db).await,
            Verification::Broken {
                seq: 21,
                why: Why::Changed
            },
            "{change}"
        );
        db.tamper("DELETE FROM trace_entries").await;
        db.tamper("INSERT INTO trace_entries SELECT * FROM kept").await;
        db.tamper("DROP TABLE kept").await;
        assert!(matches!(verify(&db).await, Verification::Whole { .. }));
    }
}

async fn an_entry_that_is_gone_is_named(db: Database) {
    fill(&db, 40, &[16]).await;
    db.tamper("DELETE FROM trace_entries WHERE seq = 21").await;
    assert_eq!(
        verify(&db).await,
        Verification::Broken {
            seq: 21,
            why: Why::Missing
        }
    );
    db.tamper("UPDATE trace_entries SET seq = seq - 1 WHERE seq = 22")
        .await;
    assert_eq!(
        verify(&db).await,
        Verification::Broken {
            seq: 22,
            why: Why::Missing
        }
    );
}

async fn a_log_that_was_cut_is_named_at_its_end(db: Database) {
    fill(&db, 40, &[16]).await;
    db.tamper("DELETE FROM trace_entries WHERE seq > 35").await;
    assert_eq!(
        verify(&db).await,
        Verification::Broken {
            seq: 36,
            why: Why::CutShort
        }
    );
    // Even if the frontier is cut to fit, a signed head tells.
    let mut frontier = Frontier::default();
    for entry in trace::list(&mut db.read().await, 0, 10).await.unwrap() {
        frontier.push(entry.leaf_hash);
    }
    db.tamper("DELETE FROM trace_entries WHERE seq > 10").await;
    db.tamper(&format!(
        "UPDATE trace_frontier SET size = 10, hashes = {}",
        bytes(&db, &frontier.to_bytes())
    ))
    .await;
    assert_eq!(
        verify(&db).await,
        Verification::Broken {
            seq: 11,
            why: Why::CutShort
        }
    );
}

async fn entries_that_something_else_put_there_are_named(db: Database) {
    fill(&db, 20, &[16]).await;
    let hash = leaf_hash(&trace::entry_bytes(at(0), None, "more"));
    db.tamper(&format!(
        "INSERT INTO trace_entries (seq, at, leaf, leaf_hash) VALUES (21, {}, 'more', {})",
        at(0).as_millisecond(),
        bytes(&db, &hash)
    ))
    .await;
    assert_eq!(
        verify(&db).await,
        Verification::Broken {
            seq: 21,
            why: Why::Added
        }
    );
}

async fn an_entry_changed_together_with_its_hash_is_placed_between_two_heads(db: Database) {
    fill(&db, 40, &[8, 16, 32]).await;
    let change = async |seq: u64| {
        let entry = trace::list(&mut db.read().await, seq - 1, 1)
            .await
            .unwrap()
            .remove(0);
        let hash = leaf_hash(&trace::entry_bytes(entry.at, entry.case_id, "other"));
        db.tamper(&format!(
            "UPDATE trace_entries SET leaf = 'other', leaf_hash = {} WHERE seq = {seq}",
            bytes(&db, &hash)
        ))
        .await;
    };
    change(38).await;
    assert_eq!(
        verify(&db).await,
        Verification::Broken {
            seq: 33,
            why: Why::NotAsKept
        }
    );
    change(20).await;
    assert_eq!(
        verify(&db).await,
        Verification::Broken {
            seq: 17,
            why: Why::NotAsSigned { up_to: 32 }
        }
    );
    change(1).await;
    assert_eq!(
        verify(&db).await,
        Verification::Broken {
            seq: 1,
            why: Why::NotAsSigned { up_to: 8 }
        }
    );
}

async fn a_trace_is_checked_while_it_grows(db: Database) {
    fill(&db, 600, &[]).await;
    let store = db.store.clone();
    let growing = tokio::spawn(async move {
        for _ in 0..200 {
            write!(store, |tx| trace::append(tx, at(0), None, "more").await?).unwrap();
        }
    });
    while !growing.is_finished() {
        let found = verify(&db).await;
        assert!(
            matches!(found, Verification::Whole { size: 600.., .. }),
            "{found:?}"
        );
    }
    growing.await.unwrap();
}

async fn proofs_convince_somebody_who_has_only_the_heads(db: Database) {
    fill(&db, 23, &[]).await;
    let mut conn = db.read().await;
    let entries = trace::list(&mut conn, 0, 100).await.unwrap();
    let root =
        async |conn: &mut safehold_store::Conn, size| trace::find_root_at(conn, size).await.unwrap().unwrap();
    for size in 1..=23 {
        let newer = root_of(root(&mut conn, size).await, size);
        for seq in 1..=size {
            let proof = trace::prove_inclusion(&mut conn, seq, size)
                .await
                .unwrap()
                .unwrap();
            let proof = InclusionProof::<Sha256>::from_bytes(proof.concat());
            let entry = &entries[usize::try_from(seq).unwrap() - 1];
            let bytes = trace::entry_bytes(entry.at, entry.case_id, &entry.leaf);
            newer.verify_inclusion(&bytes, seq - 1, &proof).unwrap();

            let older = root_of(root(&mut conn, seq).await, seq);
            let proof = trace::prove_consistency(&mut conn, seq, size)
                .await
                .unwrap()
                .unwrap();
            let proof = ConsistencyProof::<Sha256>::try_from_bytes(proof.concat()).unwrap();
            newer.verify_consistency(&older, &proof).unwrap();
        }
    }
    for size in 1..=23 {
        let seqs: Vec<u64> = (1..=size).rev().collect();
        let paths = trace::list_paths(&mut conn, &seqs, size).await.unwrap().unwrap();
        for (seq, path) in seqs.iter().zip(paths) {
            let alone = trace::prove_inclusion(&mut conn, *seq, size).await.unwrap();
            assert_eq!(alone, Some(path), "{seq} of {size}");
        }
    }
    assert_eq!(trace::list_paths(&mut conn, &[], 5).await, Ok(Some(Vec::new())));
    assert_eq!(trace::list_paths(&mut conn, &[1, 6], 5).await, Ok(None));
    assert_eq!(trace::list_paths(&mut conn, &[0], 5).await, Ok(None));
    assert_eq!(trace::list_paths(&mut conn, &[1], 24).await, Ok(None));
    assert_eq!(trace::find_root_at(&mut conn, 24).await, Ok(None));
    assert_eq!(trace::prove_inclusion(&mut conn, 0, 5).await, Ok(None));
    assert_eq!(trace::prove_inclusion(&mut conn, 6, 5).await, Ok(None));
    assert_eq!(trace::prove_inclusion(&mut conn, 6, 24).await, Ok(None));
    assert_eq!(trace::prove_consistency(&mut conn, 0, 5).await, Ok(None));
    assert_eq!(trace::prove_consistency(&mut conn, 5, 24).await, Ok(None));
}

//! Group commit.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures_util::future::join_all;
use safehold_store::{Store, StoreError, cases, settings, settings::SettingRow, trace};

use crate::{
    database::{Database, on_both, open, write},
    rows::*,
};

fn setting(key: impl Into<String>) -> SettingRow {
    SettingRow {
        key: key.into(),
        value: "1".to_owned(),
        changed_at: at(0),
    }
}

async fn count(store: &Store) -> usize {
    settings::list(&mut store.read().await.unwrap())
        .await
        .unwrap()
        .len()
}

/// The application's own error, as `app` would have one.
#[derive(Debug, PartialEq, thiserror::Error)]
enum Refused {
    #[error("not now")]
    NotNow,
    #[error("store")]
    Store(#[from] StoreError),
}

on_both![
    one_change_that_fails_among_many_loses_only_itself,
    an_error_that_is_passed_over_commits_nothing,
    a_change_that_only_writes_is_told_of_an_error_too,
    changes_that_fail_after_writing_lose_only_themselves,
    a_change_sees_what_was_queued_before_it,
    a_change_that_panics_loses_only_itself,
    a_caller_that_goes_away_leaves_nothing_half_done,
    all_that_waits_is_committed_before_a_store_is_quiet,
    two_processes_write_one_after_the_other,
];

async fn one_change_that_fails_among_many_loses_only_itself(db: Database) {
    let results = join_all((0..64_u32).map(|number| {
        let store = db.store.clone();
        tokio::spawn(async move {
            store
                .write_with(setting(number.to_string()), move |tx, row| {
                    Box::pin(async move {
                        settings::put(tx, row).await?;
                        trace::append(tx, at(0), None, &row.key).await?;
                        match number {
                            13 => Err(Refused::NotNow),
                            // A statement that the database refuses.
                            31 => Ok(cases::save(tx, &case(99)).await.map(drop)?),
                            47 => Ok(cases::add(tx, &case(1))
                                .await
                                .and(Err(StoreError::ChangedSince))?),
                            _ => Ok(()),
                        }
                    })
                })
                .await
        })
    }))
    .await;
    for (number, result) in results.into_iter().enumerate() {
        let expected = match number {
            13 => Err(Refused::NotNow),
            31 | 47 => Err(Refused::Store(StoreError::ChangedSince)),
            _ => Ok(()),
        };
        assert_eq!(result.unwrap(), expected, "{number}");
    }
    assert_eq!(count(&db.store).await, 61);
    assert_eq!(db.number("SELECT COUNT(*) FROM trace_entries").await, 61);
    assert_eq!(db.number("SELECT size FROM trace_frontier").await, 61);
    let whole = trace::verify(&mut db.read().await).await.unwrap();
    assert!(
        matches!(whole, trace::Verification::Whole { size: 61, .. }),
        "{whole:?}"
    );
}

async fn an_error_that_is_passed_over_commits_nothing(db: Database) {
    let result = db
        .store
        .write(|tx| {
            Box::pin(async move {
                settings::put(tx, &setting("here")).await?;
                cases::add(tx, &case(1)).await?;
                // Put off, so that its error comes with the next question.
                cases::add(
                    tx,
                    &cases::CaseRow {
                        id: case_id(1),
                        ..case(2)
                    },
                )
                .await?;
                let refused = settings::list(tx).await;
                assert!(matches!(refused, Err(StoreError::Conflict { .. })));
                // What comes after it is refused alike on both databases.
                assert!(settings::list(tx).await.is_err());
                Ok::<_, StoreError>(())
            })
        })
        .await;
    assert_eq!(
        result,
        Err(StoreError::Conflict {
            constraint: "cases.key".to_owned()
        })
    );
    assert_eq!(count(&db.store).await, 0);
    assert_eq!(db.number("SELECT COUNT(*) FROM cases").await, 0);
}

async fn a_change_that_only_writes_is_told_of_an_error_too(db: Database) {
    write!(db.store, |tx| cases::add(tx, &case(1)).await?).unwrap();
    let twice = write!(db.store, |tx| cases::add(tx, &case(1)).await?);
    assert!(matches!(twice, Err(StoreError::Conflict { .. })));
    let stale = write!(db.store, |tx| {
        cases::save(tx, &case(1)).await?;
        cases::save(tx, &case(1)).await?
    });
    assert_eq!(stale, Err(StoreError::ChangedSince));
    // All of it is undone, also what came before.
    assert_eq!(db.number("SELECT version FROM cases").await, 1);
}

/// Each kind of failure beside successes, so that whole batches are undone and run again.
async fn changes_that_fail_after_writing_lose_only_themselves(db: Database) {
    write!(db.store, |tx| cases::add(tx, &case(1)).await?).unwrap();
    let results = join_all((0..200_u32).map(|number| {
        let store = db.store.clone();
        tokio::spawn(async move {
            store
                .write_with(setting(number.to_string()), move |tx, row| {
                    Box::pin(async move {
                        settings::put(tx, row).await?;
                        trace::append(tx, at(0), None, &row.key).await?;
                        match number % 8 {
                            // The database refuses what was put off, or what it was asked.
                            1 => cases::add(tx, &case(1)).await?,
                            2 => cases::save(
                                tx,
                                &cases::CaseRow {
                                    version: 7,
                                    ..case(1)
                                },
                            )
                            .await
                            .map(drop)?,
                            // It has asked something in between, and then thinks better of it.
                            3 => {
                                settings::list(tx).await?;
                                return Err(Refused::NotNow);
                            }
                            4 => return Err(Refused::NotNow),
                            _ => {}
                        }
                        Ok(())
                    })
                })
                .await
        })
    }))
    .await;
    for (number, result) in results.into_iter().enumerate() {
        match (number % 8, result.unwrap()) {
            (1, Err(Refused::Store(StoreError::Conflict { .. })))
            | (2, Err(Refused::Store(StoreError::ChangedSince)))
            | (3 | 4, Err(Refused::NotNow))
            | (0 | 5..8, Ok(())) => {}
            (_, other) => panic!("{number}: {other:?}"),
        }
    }
    assert_eq!(count(&db.store).await, 100);
    let whole = trace::verify(&mut db.read().await).await.unwrap();
    assert!(
        matches!(whole, trace::Verification::Whole { size: 100, .. }),
        "{whole:?}"
    );
}

async fn a_change_sees_what_was_queued_before_it(db: Database) {
    let first = write!(db.store, |tx| {
        settings::put(tx, &setting("here")).await?;
        settings::list(tx).await?.len()
    });
    assert_eq!(first, Ok(1));
    let (tip, seq) = write!(db.store, |tx| {
        let seq = trace::append(tx, at(0), None, "one").await?;
        (trace::tip(tx).await?, seq)
    })
    .unwrap();
    assert_eq!((tip.size, seq), (1, 1));
    assert_eq!(trace::tip(&mut db.read().await).await, Ok(tip));
}

async fn a_change_that_panics_loses_only_itself(db: Database) {
    let panics = db.store.write(|tx| {
        Box::pin(async move {
            settings::put(tx, &setting("lost")).await?;
            assert!(settings::list(tx).await?.is_empty(), "on purpose");
            Ok::<_, StoreError>(())
        })
    });
    let kept = write_one(&db.store, "kept");
    let (panics, kept) = tokio::join!(panics, kept);
    assert!(matches!(panics, Err(StoreError::Other(_))));
    assert_eq!(kept, Ok(()));
    assert_eq!(count(&db.store).await, 1);
    assert_eq!(write_one(&db.store, "more").await, Ok(()));
}

async fn a_caller_that_goes_away_leaves_nothing_half_done(db: Database) {
    let callers: Vec<_> = (0..40)
        .map(|number| {
            let store = db.store.clone();
            tokio::spawn(async move {
                store
                    .write_with(number, |tx, number| {
                        Box::pin(async move {
                            settings::put(tx, &setting(format!("{number} a"))).await?;
                            tokio::task::yield_now().await;
                            settings::put(tx, &setting(format!("{number} b"))).await
                        })
                    })
                    .await
            })
        })
        .collect();
    for caller in callers {
        tokio::task::yield_now().await;
        caller.abort();
    }
    // Whatever was queued comes before this.
    write_one(&db.store, "last").await.unwrap();
    assert_eq!(count(&db.store).await % 2, 1);
}

async fn all_that_waits_is_committed_before_a_store_is_quiet(db: Database) {
    let writes: Vec<_> = (0..100)
        .map(|number| {
            let store = db.store.clone();
            tokio::spawn(async move { write_one(&store, number.to_string()).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(5)).await;
    db.store.quiesce().await;
    let acknowledged = join_all(writes)
        .await
        .into_iter()
        .filter(|result| matches!(result, Ok(Ok(()))))
        .count();
    assert!(matches!(
        write_one(&db.store, "late").await,
        Err(StoreError::Unavailable(_))
    ));
    assert!(matches!(db.store.read().await, Err(StoreError::Unavailable(_))));
    let again = open(&db.url).await;
    assert_eq!(count(&again).await, acknowledged);
    again.quiesce().await;
}

async fn two_processes_write_one_after_the_other(db: Database) {
    let other = open(&db.url).await;
    let results = join_all((0..100_u32).map(|number| {
        let store = if number % 2 == 0 {
            db.store.clone()
        } else {
            other.clone()
        };
        tokio::spawn(async move { write!(store, |tx| trace::append(tx, at(0), None, "x").await?) })
    }))
    .await;
    let mut seqs: Vec<_> = results
        .into_iter()
        .map(|result| result.unwrap().unwrap())
        .collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=100).collect::<Vec<u64>>());
    let whole = trace::verify(&mut db.read().await).await.unwrap();
    assert!(
        matches!(whole, trace::Verification::Whole { size: 100, .. }),
        "{whole:?}"
    );
    other.quiesce().await;
}

async fn write_one(store: &Store, key: impl Into<String>) -> Result<(), StoreError> {
    write!(store, setting(key), |tx, row| settings::put(tx, row).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_made_anew_and_the_batch_runs_again() {
    let db = Database::postgres().await;
    write_one(&db.store, "before").await.unwrap();
    db.tamper(
        "SELECT count(pg_terminate_backend(pid))::bigint FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .await;
    assert_eq!(write_one(&db.store, "after").await, Ok(()));
    assert_eq!(count(&db.store).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_is_run_again_until_it_is_over() {
    use sqlx::{Connection, Executor};
    let db = Database::postgres().await;
    write_one(&db.store, "a").await.unwrap();
    write_one(&db.store, "b").await.unwrap();
    // Somebody at the database's own console, outside our rules.
    let mut console = db.connect().await;
    console.execute("BEGIN").await.unwrap();
    console
        .execute("UPDATE settings SET value = '2' WHERE key = 'b'")
        .await
        .unwrap();
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let store = db.store.clone();
    let change = tokio::spawn(async move {
        store
            .write_with(counted, |tx, counted| {
                Box::pin(async move {
                    counted.fetch_add(1, Ordering::SeqCst);
                    settings::put(tx, &setting("a")).await?;
                    settings::put(tx, &setting("b")).await
                })
            })
            .await
    });
    while runs.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    // Whoever of the two PostgreSQL picks, the change is done in the end.
    let _ = console
        .execute("UPDATE settings SET value = '2' WHERE key = 'a'")
        .await;
    let _ = console.execute("COMMIT").await;
    console.close().await.unwrap();
    assert_eq!(change.await.unwrap(), Ok(()));
}

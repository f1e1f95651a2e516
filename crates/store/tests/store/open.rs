//! Opening, durability, and copies.

use std::{
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use safehold_store::{
    BackupError, Durability, OpenError, Store, StoreConfig, settings, settings::SettingRow,
};
use safehold_testkit::postgres::Postgres;

use crate::{
    database::{Database, on_both, open, write},
    rows::*,
};

async fn put(store: &Store, key: &str) {
    let row = SettingRow {
        key: key.to_owned(),
        value: "1".to_owned(),
        changed_at: at(0),
    };
    write!(store, row, |tx, row| settings::put(tx, row).await?).unwrap();
}

on_both![
    what_is_acknowledged_is_durable_after_real_use,
    a_second_start_finds_everything,
];

async fn what_is_acknowledged_is_durable_after_real_use(db: Database) {
    for number in 0..20 {
        put(&db.store, &number.to_string()).await;
        settings::list(&mut db.read().await).await.unwrap();
    }
    let writing = db.store.durability().await.unwrap();
    let reading = Durability::of(&mut db.read().await).await.unwrap();
    assert!(writing.is_durable() && reading.is_durable());
    if db.is_sqlite() {
        assert_eq!(
            (writing.journal_mode.as_str(), writing.synchronous.as_str()),
            ("wal", "full")
        );
        assert_eq!(reading, writing);
        assert!(writing.waits_for_disk);
    } else {
        assert_eq!(writing.synchronous, "on");
        // The server of the tests does not, and it shows.
        assert!(!writing.waits_for_disk);
    }
}

async fn a_second_start_finds_everything(db: Database) {
    put(&db.store, "here").await;
    db.store.quiesce().await;
    let again = open(&db.url).await;
    assert_eq!(
        settings::list(&mut again.read().await.unwrap())
            .await
            .unwrap()
            .len(),
        1
    );
    again.quiesce().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_may_open_an_empty_postgres_database_at_once() {
    let server = Postgres::fresh().await;
    let opened = futures_util::future::join_all((0..6).map(|_| {
        let url = server.url().to_owned();
        tokio::spawn(async move { Store::open(&StoreConfig::new(url)).await })
    }))
    .await;
    for store in opened {
        store.unwrap().unwrap().quiesce().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_may_open_a_missing_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("new.sqlite").display());
    let opened = futures_util::future::join_all((0..6).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { Store::open(&StoreConfig::new(url)).await })
    }))
    .await;
    for store in opened {
        store.unwrap().unwrap().quiesce().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_can_read_the_files() {
    let db = Database::sqlite().await;
    put(&db.store, "here").await;
    let mut seen = 0;
    for file in std::fs::read_dir(db.folder()).unwrap() {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        seen += 1;
    }
    assert_eq!(seen, 3, "the database, its write-ahead log and the index of that");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_whole_and_private_and_never_written_over() {
    let db = Database::sqlite().await;
    put(&db.store, "here").await;
    let path = db.folder().join("copy's.sqlite");
    db.store.backup_to(&path).await.unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(matches!(
        db.store.backup_to(&path).await,
        Err(BackupError::File(_))
    ));
    let copy = open(&format!("sqlite://{}", path.display())).await;
    assert_eq!(
        settings::list(&mut copy.read().await.unwrap())
            .await
            .unwrap()
            .len(),
        1
    );
    copy.quiesce().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_database_is_copied_by_its_own_tools() {
    let db = Database::postgres().await;
    let folder = tempfile::tempdir().unwrap();
    let refused = db.store.backup_to(&folder.path().join("copy")).await;
    assert!(matches!(refused, Err(BackupError::Postgres)));
    assert!(!db.store.is_sqlite());
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let refused = async |url: &str| Store::open(&StoreConfig::new(url)).await.unwrap_err();
    assert!(matches!(refused("mysql://here").await, OpenError::Scheme));
    assert!(matches!(refused("").await, OpenError::Scheme));
    assert!(matches!(refused("sqlite://").await, OpenError::NoFile));
    assert!(matches!(refused("sqlite::memory:").await, OpenError::NoFile));
    assert!(matches!(
        refused("sqlite:///no/such/folder/file").await,
        OpenError::File(_)
    ));
    let nobody = refused("postgres://somebody:secret@127.0.0.1:1/x").await;
    assert!(matches!(nobody, OpenError::Connect(_)));
    assert!(!format!("{nobody:?}").contains("secret"));
    assert!(
        !format!(
            "{:?}",
            StoreConfig::new("postgres://somebody:secret@127.0.0.1:1/x")
        )
        .contains("secret")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_does_not_take_longer_with_many_cases() {
    let db = Database::sqlite().await;
    db.tamper(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) \
         INSERT INTO cases (id, reference, state, urgent, epoch, form_digest, received_at, changed_at, version) \
         SELECT printf('%032x', i), printf('%09d', i), 'received', 0, 1, 'form', i, i, 1 FROM n",
    )
    .await;
    db.store.quiesce().await;
    let began = Instant::now();
    let again = open(&db.url).await;
    let took = began.elapsed();
    again.quiesce().await;
    // Generous, for a busy machine and a build without optimisation; a scan would take longer still.
    assert!(took < Duration::from_millis(500), "{took:?}");
}

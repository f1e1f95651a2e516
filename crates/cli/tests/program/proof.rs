//! What can be proved: receipts and the trace.

use std::{fs, path::Path};

use safehold::wiring;
use safehold_app::{follow, report};
use safehold_seal::LockParams;

use crate::{Running, config, open, safehold, text, words};

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_verified_and_a_changed_one_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start("demo", folder.path(), &[]);
    running.signal("-TERM");
    let program = wiring::program(&config(folder.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let words = words(&running.printed, "a report with an answer to read");
    let visit = report::come_back(&program.app, words).await.unwrap();
    let receipt = follow::open(&program.app, &visit).await.unwrap().unwrap().receipt;
    let key = program.app.verify_key().to_string();
    program.app.store().quiesce().await;
    let file = folder.path().join("receipt.txt");
    fs::write(&file, &receipt).unwrap();
    let name = file.to_str().unwrap();
    let here = safehold(folder.path(), &["verify-receipt", name]);
    assert!(
        here.status.success() && text(&here).starts_with("Good"),
        "{}",
        text(&here)
    );
    let elsewhere = safehold(Path::new("/nowhere"), &["verify-receipt", name, "--key", &key]);
    assert!(elsewhere.status.success(), "{}", text(&elsewhere));
    let year = receipt.find("received: 2").expect("a year") + "received: ".len();
    let mut changed = receipt.clone();
    changed.replace_range(year..=year, "3");
    fs::write(&file, changed).unwrap();
    let refused = safehold(folder.path(), &["verify-receipt", name]);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_is_proved_whole_and_a_changed_entry_is_named() {
    let folder = tempfile::tempdir().unwrap();
    Running::start("demo", folder.path(), &[]).signal("-TERM");
    let whole = safehold(folder.path(), &["audit", "verify"]);
    assert!(
        whole.status.success() && text(&whole).starts_with("Whole:"),
        "{}",
        text(&whole)
    );
    let head = safehold(folder.path(), &["audit", "head"]);
    let file = folder.path().join("head.txt");
    fs::write(&file, &head.stdout).unwrap();
    let name = file.to_str().unwrap().to_owned();
    let holds = safehold(folder.path(), &["audit", "check-head", &name]);
    assert!(
        holds.status.success() && text(&holds).contains("\nGood"),
        "{}",
        text(&holds)
    );

    let other = String::from_utf8_lossy(&head.stdout).replacen("entries: ", "entries: 1", 1);
    let other_file = folder.path().join("other.txt");
    fs::write(&other_file, other).unwrap();
    let not_ours = safehold(
        folder.path(),
        &["audit", "check-head", other_file.to_str().unwrap()],
    );
    assert_eq!(not_ours.status.code(), Some(1), "{}", text(&not_ours));
    assert!(text(&not_ours).contains("not signed by this installation"));

    let mut conn = open(folder.path()).await;
    sqlx::query("UPDATE trace_entries SET leaf = '{}' WHERE seq = 5")
        .execute(&mut conn)
        .await
        .unwrap();
    sqlx::Connection::close(conn).await.unwrap();
    for arguments in [
        &["audit", "verify"][..],
        &["audit", "check-head", &name],
        &["check"],
    ] {
        let broken = safehold(folder.path(), arguments);
        let said = text(&broken);
        assert_eq!(broken.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(
            said.contains("entry 5 is the first") || said.contains("NOT WHOLE from entry 5 on"),
            "{arguments:?}: {said}"
        );
        assert!(!said.contains("Good"), "{arguments:?}: {said}");
    }
}

/// Whoever can write to the database can make a shorter trace that is whole in itself: only a head that was kept
/// elsewhere shows it.
#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_was_kept_elsewhere_shows_that_the_trace_was_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    Running::start("demo", folder.path(), &[]).signal("-TERM");
    let head = safehold(folder.path(), &["audit", "head"]);
    let file = folder.path().join("head.txt");
    fs::write(&file, &head.stdout).unwrap();
    let check = ["audit", "check-head", file.to_str().unwrap()];

    let mut conn = open(folder.path()).await;
    let last = "DELETE FROM trace_entries WHERE seq = (SELECT MAX(seq) FROM trace_entries)";
    sqlx::query(last).execute(&mut conn).await.unwrap();
    let cut = safehold(folder.path(), &check);
    assert_eq!(cut.status.code(), Some(1), "{}", text(&cut));
    assert!(text(&cut).starts_with("Not whole"), "{}", text(&cut));

    for sql in [
        "DELETE FROM trace_entries",
        "DELETE FROM trace_heads",
        "UPDATE trace_frontier SET size = 0, hashes = x''",
    ] {
        sqlx::query(sql).execute(&mut conn).await.unwrap();
    }
    sqlx::Connection::close(conn).await.unwrap();
    let anew = safehold(folder.path(), &check);
    assert_eq!(anew.status.code(), Some(1), "{}", text(&anew));
    assert!(
        text(&anew).contains("Not good: the trace is not what it was"),
        "{}",
        text(&anew)
    );
}

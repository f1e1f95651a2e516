//! Starting, ending, being killed, and refusing to start.

use std::{fs, os::unix::fs::PermissionsExt};

use safehold::wiring;
use safehold_app::{SecretString, sign_in};
use safehold_seal::LockParams;
use safehold_testkit::postgres::Postgres;

use crate::{Running, config, of_person, safehold, signed_in, text, words};

#[test]
fn the_demonstration_starts_ends_when_told_and_starts_again_with_the_same_people() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Running::start("demo", folder.path(), &[]);
    assert!(first.get("/").starts_with("HTTP/1.1 200"));
    assert!(first.get("/ask").contains("01632 960101"));
    assert_eq!(first.signal("-TERM"), Some(0));
    let mut second = Running::start("demo", folder.path(), &[]);
    let what = "a report that nobody has opened yet";
    assert_eq!(words(&second.printed, what), words(&first.printed, what));
    // A process that is killed leaves nothing that keeps the next from starting.
    second.signal("-KILL");
    let third = Running::start("demo", folder.path(), &[]);
    assert!(third.get("/").starts_with("HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_runs_on_postgres_too() {
    let database = Postgres::fresh().await;
    let folder = tempfile::tempdir().unwrap();
    let here = ["--database", database.url()];
    let mut running = Running::start("demo", folder.path(), &here);
    assert!(running.get("/").starts_with("HTTP/1.1 200"));
    running.signal("-KILL");
    let mut again = Running::start("demo", folder.path(), &here);
    assert!(again.get("/ask").contains("01632 960101"));
    let output = safehold(folder.path(), &["check", "--database", database.url()]);
    let said = text(&output);
    assert!(
        output.status.success() && said.contains("durable: yes") && said.contains("trace: whole"),
        "{said}"
    );
    let copy = folder.path().join("copy.db");
    let arguments = ["backup", copy.to_str().unwrap(), "--database", database.url()];
    let refused = safehold(folder.path(), &arguments);
    assert!(!refused.status.success() && !copy.exists(), "{}", text(&refused));
    assert_eq!(again.signal("-TERM"), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_codes_that_are_printed_open_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    Running::start("demo", folder.path(), &[]).signal("-TERM");
    // A later start prints the codes of its own time.
    let mut running = Running::start("demo", folder.path(), &[]);
    let codes = safehold(folder.path(), &["demo", "--codes"]);
    assert!(codes.status.success(), "{}", text(&codes));
    assert_eq!(text(&codes).lines().count(), 5, "{}", text(&codes));
    running.signal("-TERM");
    let program = wiring::program(&config(folder.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let lead = signed_in(&program.app, &running.printed, "marisol@riverbank.example").await;
    assert_eq!(lead.name, "Marisol Penhale");
    let shown = text(&codes);
    let line = shown.lines().find(|line| line.contains("tunde@")).unwrap();
    let (code, email) = line.trim().split_once("  ").unwrap();
    let pass = SecretString::from(of_person(&running.printed, email, "pass phrase"));
    sign_in::sign_in(&program.app, email, pass, code).await.unwrap();
    program.app.store().quiesce().await;
}

#[test]
fn the_running_program_has_its_database_durable() {
    let folder = tempfile::tempdir().unwrap();
    let _running = Running::start("demo", folder.path(), &[]);
    let output = safehold(folder.path(), &["check"]);
    let said = text(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("database: journal wal, synchronous full") && said.contains("durable: yes"),
        "{said}"
    );
    assert!(said.contains("trace: whole"), "{said}");
}

#[test]
fn an_empty_place_is_set_up_by_a_link_and_its_key_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start("serve", folder.path(), &[]);
    let link = running
        .printed
        .split("/setup?token=")
        .nth(1)
        .expect("a link")
        .trim()
        .to_owned();
    assert!(
        running
            .get(&format!("/setup?token={link}"))
            .starts_with("HTTP/1.1 200")
    );
    assert!(running.get("/setup?token=guess").starts_with("HTTP/1.1 404"));
    assert!(running.get("/report/start").starts_with("HTTP/1.1 503"));
    let key = folder.path().join("installation.key");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    running.signal("-TERM");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let output = safehold(folder.path(), &["check"]);
    assert!(
        !output.status.success() && text(&output).contains("can be read by others"),
        "{}",
        text(&output)
    );
}

#[test]
fn a_database_in_use_does_not_start_without_its_key() {
    let folder = tempfile::tempdir().unwrap();
    Running::start("demo", folder.path(), &[]).signal("-TERM");
    fs::remove_file(folder.path().join("installation.key")).unwrap();
    let output = safehold(folder.path(), &["check"]);
    assert!(
        !output.status.success() && text(&output).contains("put it back"),
        "{}",
        text(&output)
    );
    assert!(!folder.path().join("installation.key").exists());
}

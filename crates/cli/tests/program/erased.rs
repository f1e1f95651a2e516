//! What was erased stays erased, also with a copy of before.

use std::fs;

use safehold::wiring;
use safehold_app::{AppError, erased};
use safehold_core::id::CaseId;
use safehold_seal::LockParams;
use safehold_store::erasure;

use crate::{Running, config, number, open, safehold, text};

const KEPT: [&str; 2] = ["installation.key", erased::FILE_NAME];

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_before_has_what_was_erased_since_erased_again() {
    let folder = tempfile::tempdir().unwrap();
    Running::start("demo", folder.path(), &[]).signal("-TERM");
    let copy = folder.path().join("copy.db");
    let made = safehold(folder.path(), &["backup", copy.to_str().unwrap()]);
    assert!(made.status.success(), "{}", text(&made));

    let program = wiring::program(&config(folder.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let mut conn = open(folder.path()).await;
    let id: String = sqlx::query_scalar("SELECT id FROM cases ORDER BY id LIMIT 1")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    sqlx::Connection::close(conn).await.unwrap();
    let case: CaseId = id.parse().unwrap();
    program
        .app
        .store()
        .write(move |tx| {
            Box::pin(async move { erasure::erase_again(tx, case).await.map_err(AppError::from) })
        })
        .await
        .unwrap();
    erased::write_out(&program.app).await.unwrap();
    program.app.store().quiesce().await;
    let cases = number(folder.path(), "SELECT COUNT(*) FROM cases").await;

    let elsewhere = tempfile::tempdir().unwrap();
    for name in KEPT {
        fs::copy(folder.path().join(name), elsewhere.path().join(name)).unwrap();
    }
    let restored = safehold(elsewhere.path(), &["restore", copy.to_str().unwrap()]);
    let said = text(&restored);
    assert!(restored.status.success(), "{said}");
    assert!(said.contains("1 case that had been erased"), "{said}");
    assert_eq!(
        number(elsewhere.path(), "SELECT COUNT(*) FROM cases").await,
        cases
    );
    let gone = format!("SELECT COUNT(*) FROM key_wraps WHERE case_id = '{id}'");
    assert_eq!(number(elsewhere.path(), &gone).await, 0);

    // The same without `restore`, such as for a database that other tools put back: any start does it.
    let third = tempfile::tempdir().unwrap();
    for name in KEPT {
        fs::copy(folder.path().join(name), third.path().join(name)).unwrap();
    }
    fs::copy(&copy, third.path().join("safehold.db")).unwrap();
    let checked = safehold(third.path(), &["check"]);
    assert!(checked.status.success(), "{}", text(&checked));
    assert_eq!(number(third.path(), &gone).await, 0);

    // Without the list nobody can know; the program says so.
    let fourth = tempfile::tempdir().unwrap();
    fs::copy(folder.path().join(KEPT[0]), fourth.path().join(KEPT[0])).unwrap();
    let restored = safehold(fourth.path(), &["restore", copy.to_str().unwrap()]);
    let said = text(&restored);
    assert!(said.contains("There was no erased.txt here"), "{said}");

    // A list that somebody changed stops the program.
    let list = third.path().join(erased::FILE_NAME);
    fs::write(
        &list,
        fs::read_to_string(&list).unwrap().replace("case ", "case 0"),
    )
    .unwrap();
    let refused = safehold(third.path(), &["check"]);
    let said = text(&refused);
    assert!(
        !refused.status.success() && said.contains("erased.txt cannot be used"),
        "{said}"
    );
}

#[test]
fn a_schedule_with_faults_is_named_with_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let schedule = folder.path().join("mine.toml");
    fs::write(
        &schedule,
        "version = 1\n[[rule]]\nid = \"all\"\nkeep = \"long\"\n",
    )
    .unwrap();
    let file = folder.path().join("safehold.toml");
    let write = |path: &std::path::Path| {
        fs::write(&file, format!("[retention]\nschedule = \"{}\"\n", path.display())).unwrap();
    };
    let arguments = [
        "demo",
        "--listen",
        "127.0.0.1:0",
        "--config",
        file.to_str().unwrap(),
    ];
    write(&schedule);
    let refused = safehold(folder.path(), &arguments);
    let said = text(&refused);
    assert!(!refused.status.success(), "{said}");
    assert!(
        said.contains("mine.toml:4: rule.all.keep: `long` is not a time"),
        "{said}"
    );
    write(&folder.path().join("nowhere.toml"));
    let said = text(&safehold(folder.path(), &arguments));
    assert!(
        said.contains("`retention.schedule` is") && said.contains("a file that is there"),
        "{said}"
    );
}

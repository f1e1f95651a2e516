//! Copies, and the recovery key.

use std::{fs, os::unix::fs::PermissionsExt};

use safehold::wiring;
use safehold_app::{
    desk::{self, CaseFilter, Reader},
    follow, report,
};
use safehold_seal::LockParams;

use crate::{Running, config, fed, number, open, safehold, signed_in, text, words};

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_while_running_is_put_back_and_words_open_it() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start("demo", folder.path(), &[]);
    let copy = folder.path().join("copy.db");
    let made = safehold(folder.path(), &["backup", copy.to_str().unwrap()]);
    assert!(made.status.success(), "{}", text(&made));

    let elsewhere = tempfile::tempdir().unwrap();
    let early = safehold(elsewhere.path(), &["restore", copy.to_str().unwrap()]);
    assert!(
        !early.status.success() && text(&early).contains("key file"),
        "{}",
        text(&early)
    );
    fs::copy(
        folder.path().join("installation.key"),
        elsewhere.path().join("installation.key"),
    )
    .unwrap();
    let restored = safehold(elsewhere.path(), &["restore", copy.to_str().unwrap()]);
    assert!(
        restored.status.success() && text(&restored).starts_with("Restored"),
        "{}",
        text(&restored)
    );
    let twice = safehold(elsewhere.path(), &["restore", copy.to_str().unwrap()]);
    assert!(
        !twice.status.success(),
        "a database that is there is not written over"
    );

    let program = wiring::program(&config(elsewhere.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let words = words(&running.printed, "a report with an answer to read");
    let visit = report::come_back(&program.app, words).await.unwrap();
    let followed = follow::open(&program.app, &visit).await.unwrap().unwrap();
    assert!(!followed.messages.is_empty());
    program.app.store().quiesce().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_put_back_holds_no_key_for_somebody_who_was_excluded() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start("demo", folder.path(), &[]);
    let copy = folder.path().join("copy.db");
    safehold(folder.path(), &["backup", copy.to_str().unwrap()]);
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let elsewhere = tempfile::tempdir().unwrap();
    let key = "installation.key";
    fs::copy(folder.path().join(key), elsewhere.path().join(key)).unwrap();
    // An address with settings of the driver names the same file.
    let address = format!(
        "sqlite://{}?mode=rwc",
        elsewhere.path().join("safehold.db").display()
    );
    let arguments = ["restore", copy.to_str().unwrap(), "--database", &address];
    let restored = safehold(elsewhere.path(), &arguments);
    assert!(restored.status.success(), "{}", text(&restored));
    let checked = safehold(elsewhere.path(), &["check", "--database", &address]);
    assert!(checked.status.success(), "{}", text(&checked));

    // One report of the demonstration names the lead.
    let cases = number(elsewhere.path(), "SELECT COUNT(*) FROM cases").await;
    let held = "SELECT COUNT(DISTINCT case_id) FROM key_wraps WHERE holder = \
                (SELECT id FROM users WHERE email = 'marisol@riverbank.example')";
    assert_eq!(number(elsewhere.path(), held).await, cases - 1);
    let program = wiring::program(&config(elsewhere.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let app = &program.app;
    let lead = signed_in(app, &running.printed, "marisol@riverbank.example").await;
    let alternate = signed_in(app, &running.printed, "tunde@riverbank.example").await;
    let desk_of = async |reader: &Reader| {
        let listed = desk::list(app, reader, &CaseFilter::default(), None, 50)
            .await
            .unwrap();
        listed.cases.iter().map(|case| case.id).collect::<Vec<_>>()
    };
    let (of_lead, of_alternate) = (desk_of(&lead).await, desk_of(&alternate).await);
    let hidden = of_alternate.iter().find(|case| !of_lead.contains(case)).unwrap();
    assert!(desk::open(app, &alternate, *hidden).await.is_ok());
    assert!(desk::open(app, &lead, *hidden).await.is_err());
    program.app.store().quiesce().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recovery_key_gives_keys_but_none_to_somebody_who_was_excluded() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start("demo", folder.path(), &[]);
    running.signal("-TERM");
    let key = running.printed.lines().last().unwrap();
    let held = "SELECT COUNT(DISTINCT case_id) FROM key_wraps WHERE holder = \
                (SELECT id FROM users WHERE email = 'marisol@riverbank.example')";
    let cases = number(folder.path(), "SELECT COUNT(*) FROM cases").await;
    assert_eq!(number(folder.path(), held).await, cases - 1);

    // The lead lost their keys.
    let mut conn = open(folder.path()).await;
    sqlx::query(
        "DELETE FROM key_wraps WHERE holder = (SELECT id FROM users WHERE email = 'marisol@riverbank.example')",
    )
    .execute(&mut conn)
    .await
    .unwrap();
    sqlx::Connection::close(conn).await.unwrap();
    let lead = ["recover", "--to", "Marisol@riverbank.example", "--why", "Lost."];
    let given = fed(folder.path(), &lead, key);
    assert!(given.status.success(), "{}", text(&given));
    assert_eq!(
        text(&given).trim(),
        format!("Marisol Penhale has keys to {} more cases now.", cases - 1)
    );
    assert_eq!(number(folder.path(), held).await, cases - 1);

    let program = wiring::program(&config(folder.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let lead_reader = signed_in(&program.app, &running.printed, "marisol@riverbank.example").await;
    let listed = desk::list(&program.app, &lead_reader, &CaseFilter::default(), None, 50)
        .await
        .unwrap();
    assert!(!listed.cases.is_empty());
    for case in listed.cases {
        assert!(desk::open(&program.app, &lead_reader, case.id).await.is_ok());
    }
    program.app.store().quiesce().await;

    let other = safehold_seal::RecoveryKey::generate().to_text();
    for (input, why) in [
        ("garbage", "number 1 of what was typed has 7 letters and digits"),
        (&other, "of this installation"),
    ] {
        let refused = fed(folder.path(), &lead, input);
        assert!(
            refused.status.code() == Some(1) && text(&refused).contains(why),
            "{}",
            text(&refused)
        );
    }
    let nobody = fed(
        folder.path(),
        &["recover", "--to", "nobody@riverbank.example", "--why", "Lost."],
        key,
    );
    assert_eq!(nobody.status.code(), Some(1), "{}", text(&nobody));
}

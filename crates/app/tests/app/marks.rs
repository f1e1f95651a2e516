//! Marked answers, messages, notes, decisions, names of files and secrets, sought in everything that is kept.

use safehold_app::{
    desk,
    files::{Owner, Upload},
    follow,
    report::{self, FileNote, MessageBody, WordsShown},
    team::{self, NewMember},
};
use safehold_core::{
    case::{Action, Field, FieldKind},
    form::Answer,
    id::CaseId,
    record::Kind,
    roster::Role,
};
use safehold_testkit::app::{PASS, TestApp, concern_with, owned, shown};

use crate::{
    database::column,
    looks::{opened, text},
    on_both,
};

on_both![nothing_that_was_written_lies_in_clear_after_a_whole_journey];

/// Every mark begins and ends like this.
const BEGINS: &str = "mark";
const ENDS: &str = "qx";

async fn nothing_that_was_written_lies_in_clear_after_a_whole_journey(mut test: TestApp) {
    let mut secrets = vec![PASS.to_owned()];
    let case = reports(&mut test, &mut secrets).await;
    let lead = works_on_it(&mut test, case, &mut secrets).await;

    // What is sought is there for those who may read it.
    let shown = opened(&test.app, &lead, case).await;
    assert_eq!(
        shown.report.answers.get("name").and_then(Answer::text),
        Some("MARKnameQX")
    );
    let told = column(&test, "SELECT kind FROM jobs WHERE kind = 'notify_reporter'").await;
    assert!(
        !told.is_empty(),
        "the reporter asked for mail and said that it is safe"
    );
    let invited = column(&test, "SELECT payload FROM jobs WHERE payload LIKE '%invited%'").await;
    assert!(!invited.is_empty(), "somebody is invited by mail");

    let kept = all_that_is_kept(&test).await;
    let readable = readable(&kept);
    assert!(
        readable.contains("notify_reporter"),
        "the search finds what is there"
    );
    assert_eq!(marks(&readable), Vec::<&str>::new());
    for secret in &secrets {
        assert!(!readable.contains(&secret.to_lowercase()), "a secret is readable");
    }
}

/// A draft that is never sent, and a report with messages and files.
async fn reports(test: &mut TestApp, secrets: &mut Vec<String>) -> CaseId {
    test.usual_team().await;
    let draft = test
        .draft(&concern_with(&[("what_happened", "MARKdraftQX")]))
        .await;
    let WordsShown::Show(words) = report::words(&test.app, &draft).await.unwrap() else {
        panic!("words that were never shown are kept");
    };
    secrets.push(words.to_string());
    secrets.push(draft.token().to_string());
    let note = file(test, Owner::Draft(draft.id), "MARKdraftfileQX").await;
    report::change(&test.app, &draft, |draft| draft.files.push(note.clone()))
        .await
        .unwrap();

    let visit = test
        .draft(&concern_with(&[
            ("what_happened", "MARKaccountQX"),
            ("must_not", "MARKmustnotQX"),
            ("name", "MARKnameQX"),
            ("contact", "email"),
            ("contact-email", "markmailqx@riverbank.example"),
            ("safe_to-use_email", "yes"),
        ]))
        .await;
    secrets.push(visit.token().to_string());
    let note = file(test, Owner::Draft(visit.id), "MARKnamedfileQX").await;
    report::change(&test.app, &visit, |draft| draft.files.push(note.clone()))
        .await
        .unwrap();
    let sent = report::submit(&test.app, &visit).await.unwrap();
    let note = file(test, Owner::Case(sent.case), "MARKmessagefileQX").await;
    for body in [
        MessageBody::Wishes {
            wishes: "MARKwishesQX".to_owned(),
            must_not: String::new(),
        },
        MessageBody::ConsentWithdrawn {
            with: "MARKconsentQX".to_owned(),
        },
        text("MARKmessageQX"),
        MessageBody::Text {
            text: String::new(),
            files: vec![note],
        },
    ] {
        follow::send(&test.app, &visit, follow::new_message_id(), body)
            .await
            .unwrap();
    }
    let asked = owned(&[("request_for", "copy"), ("request_words", "MARKrequestQX")]);
    follow::say(
        &test.app,
        &visit,
        follow::new_entry_id(),
        Kind::Request,
        None,
        &asked,
    )
    .await
    .unwrap();
    sent.case
}

/// What the team does with it, from the first look to the check before closing.
async fn works_on_it(test: &mut TestApp, case: CaseId, secrets: &mut Vec<String>) -> desk::Reader {
    let people: Vec<_> = test.entrances.values().cloned().collect();
    test.clock.advance(jiff::SignedDuration::from_secs(60));
    let mut team = Vec::new();
    for entrance in &people {
        secrets.extend(entrance.recovery_codes.iter().cloned());
        team.push(test.sign_in(entrance).await);
    }
    let mut with = |role: Role| {
        let at = team.iter().position(|reader| reader.role == role).unwrap();
        team.swap_remove(at)
    };
    let (lead, alternate) = (with(Role::Lead), with(Role::Alternate));
    let (sponsor, caseworker) = (with(Role::Sponsor), with(Role::Caseworker));
    secrets.push(test.recovery_key.clone());
    test.begin(&lead, case).await;
    for (other, why) in [(&caseworker, "MARKshareQX"), (&sponsor, "MARKshareQX")] {
        desk::share(&test.app, &lead, case, other.id, why.into())
            .await
            .unwrap();
    }
    desk::exclude(&test.app, &lead, case, alternate.id, "MARKexcludeQX".into())
        .await
        .unwrap();
    desk::declare_conflict(&test.app, &caseworker, case, "MARKconflictQX".into())
        .await
        .unwrap();
    let note = file(test, Owner::Case(case), "MARKanswerfileQX").await;
    let id = desk::new_message_id();
    desk::write(&test.app, &lead, case, id, "MARKanswerQX".into(), vec![note])
        .await
        .unwrap();
    let note = filled(Action::Note.fields(), "note");
    test.act(&lead, case, Action::Note, &borrowed(&note))
        .await
        .unwrap();
    let mut done = 0;
    for action in [
        Action::TakeOn,
        Action::SetLevel,
        Action::Plan,
        Action::Pause,
        Action::Resume,
    ] {
        let record = filled(action.fields(), action.key());
        done += usize::from(test.act(&lead, case, action, &borrowed(&record)).await.is_ok());
    }
    for kind in Kind::ALL {
        let record = filled(kind.fields(), kind.key());
        let entered = test.record(&lead, case, *kind, None, &borrowed(&record)).await;
        done += usize::from(entered.is_ok());
    }
    assert!(done >= 8, "only {done} of the actions and records were taken");
    let new = |email: &str| NewMember {
        role: Role::Caseworker,
        name: "Perpetua Reedmace".into(),
        email: email.into(),
        phone: String::new(),
    };
    // One link is shown and one goes by mail.
    let link = team::invite(&test.app, &lead, new("perpetua@riverbank.example"));
    secrets.push(shown(link.await.unwrap()).to_string());
    let mailing = test.mailing().await;
    team::invite(&mailing, &lead, new("reedmace@riverbank.example"))
        .await
        .unwrap();
    mailing.store().quiesce().await;
    lead
}

/// A mark in each field that takes words.
fn filled(fields: &[Field], of: &str) -> Vec<(String, String)> {
    let of = of.replace('_', "");
    let mut filled = Vec::new();
    for (number, field) in fields.iter().enumerate() {
        let mut put = |value: &str| filled.push((field.id.to_owned(), value.to_owned()));
        match field.kind {
            FieldKind::Text | FieldKind::Long => put(&format!("MARK{of}{number}QX")),
            FieldKind::Date => put("2026-12-01"),
            FieldKind::Choice(choices) => put(choices[0]),
            FieldKind::AllOf(checks) => checks.iter().for_each(|check| put(check)),
            FieldKind::Reader | FieldKind::Categories => {}
        }
    }
    filled
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// A file with this name, and marked content.
pub async fn file(test: &TestApp, owner: Owner, name: &str) -> FileNote {
    let mut upload = Upload::begin(&test.app, owner).await.unwrap();
    upload.push(b"MARKfileQX and some words").await.unwrap();
    upload.finish(&format!("{name}.txt")).await.unwrap()
}

/// Every byte of the database: on SQLite its file, the write-ahead log and a copy made while running; on PostgreSQL
/// every row of every table.
pub async fn all_that_is_kept(test: &TestApp) -> Vec<u8> {
    let mut kept = Vec::new();
    if let Some(folder) = test.folder() {
        test.app.store().backup_to(&folder.join("copy.db")).await.unwrap();
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            kept.extend(std::fs::read(&path).unwrap());
            names.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
        for name in ["test.db", "test.db-wal", "copy.db"] {
            assert!(names.iter().any(|found| found == name), "{names:?}");
        }
    } else {
        let tables = column(
            test,
            "SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = 'public'",
        )
        .await;
        assert!(tables.len() > 15, "{tables:?}");
        for table in tables {
            for row in column(test, &format!("SELECT CAST(t.* AS TEXT) FROM {table} t")).await {
                kept.extend(row.into_bytes());
                kept.push(b'\n');
            }
        }
    }
    kept
}

/// What was kept as text in small letters, with the bytes that PostgreSQL shows as hexadecimal digits.
fn readable(kept: &[u8]) -> String {
    let text = String::from_utf8_lossy(kept).to_lowercase();
    let mut readable = text.clone();
    for (at, _) in text.match_indices("\\x") {
        let digits: Vec<u32> = text[at + 2..]
            .chars()
            .map_while(|char| char.to_digit(16))
            .collect();
        let bytes = digits
            .chunks_exact(2)
            .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap());
        readable.push_str(&String::from_utf8_lossy(&bytes.collect::<Vec<_>>()).to_lowercase());
        readable.push('\n');
    }
    readable
}

/// Every word that begins and ends as a mark does.
fn marks(text: &str) -> Vec<&str> {
    text.match_indices(BEGINS)
        .filter_map(|(at, _)| {
            let rest = &text[at..];
            let end = rest
                .find(|char: char| !char.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            rest.get(..end).filter(|word| word.ends_with(ENDS))
        })
        .collect()
}

#[test]
fn marks_are_found_in_text_and_in_hexadecimal_digits() {
    let hex = "\\x004d41524b686578515800";
    let readable = readable(format!("Market marking MARKplainQX, {hex}").as_bytes());
    assert_eq!(marks(&readable), ["markplainqx", "markhexqx"]);
}

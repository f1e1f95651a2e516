//! Marked answers, messages, notes, decisions, names of files and secrets, sought in everything that is kept.

use safehold_app::{
    desk,
    files::{Owner, Upload},
    follow,
    report::{self, Channel, FileNote, MessageBody, WordsShown},
    team::{self, NewMember},
};
use safehold_core::{case::Action, form::Answer, id::CaseId, record::Kind, roster::Role};
use safehold_testkit::app::{PASS, TestApp, concern_with, shown};

use crate::{
    database::column,
    looks::{opened, text},
    on_both,
};

on_both![nothing_that_was_written_lies_in_clear_after_a_whole_journey];

const MARKS: [&str; 28] = [
    "MARKsafetyplanQX",
    "MARKreprisalQX",
    "MARKdraftQX",
    "MARKdraftfileQX",
    "MARKaccountQX",
    "MARKnameQX",
    "markmailqx@riverbank.example",
    "MARKmustnotQX",
    "MARKwishesQX",
    "MARKconsentQX",
    "MARKmessageQX",
    "MARKmessagefileQX",
    "MARKfileQX",
    "MARKnamedfileQX",
    "MARKanswerQX",
    "MARKanswerfileQX",
    "MARKshareQX",
    "MARKexcludeQX",
    "MARKconflictQX",
    "MARKnoteQX",
    "MARKlevelQX",
    "MARKplanQX",
    "MARKdecisionQX",
    "MARKreasonsQX",
    "MARKracismQX",
    "MARKpauseQX",
    "MARKlearningQX",
    "MARKsendbackQX",
];

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
    let searched = Searched::new(&kept);
    assert!(searched.has("notify_reporter"), "the search finds what is there");
    for mark in MARKS.into_iter().chain(secrets.iter().map(String::as_str)) {
        assert!(!searched.has(mark), "{mark} is readable");
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
    let sent = report::submit(&test.app, &visit, Channel::Web, None)
        .await
        .unwrap();
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
    let done: [(Action, &[(&str, &str)]); 7] = [
        (Action::Note, &[("note", "MARKnoteQX")]),
        (
            Action::TakeOn,
            &[
                ("level", "medium"),
                ("level_reason", "MARKlevelQX"),
                ("wishes", "MARKwishesQX"),
                ("consent", "MARKconsentQX"),
                ("safe_now", "safe"),
            ],
        ),
        (
            Action::Plan,
            &[
                ("plan", "MARKplanQX"),
                ("persons_view", "Yes."),
                ("support", "A call."),
                ("review_on", "2026-12-01"),
            ],
        ),
        (
            Action::Pause,
            &[
                ("asked_by", "MARKpauseQX"),
                ("reason", "MARKpauseQX"),
                ("stays_in_place", "All of it."),
                ("review_on", "2026-12-02"),
            ],
        ),
        (Action::Resume, &[("reason", "MARKpauseQX")]),
        (
            Action::Monitor,
            &[
                ("done", "MARKplanQX"),
                ("safe_now", "safe"),
                ("review_on", "2026-12-03"),
            ],
        ),
        (
            Action::AskToClose,
            &[
                ("outcome", "fully"),
                ("outcome_notes", "MARKlearningQX"),
                ("why_no_prevention", "Nothing like it can come again."),
                ("told_person", "yes"),
                ("said_sorry", "yes"),
                ("external_decisions", "None."),
                ("candour", "Told."),
                ("learning", "MARKlearningQX"),
            ],
        ),
    ];
    for (action, record) in done {
        test.act(&lead, case, action, record).await.unwrap();
    }
    let decision = &[
        ("decision", "MARKdecisionQX"),
        ("reasons", "MARKreasonsQX"),
        ("persons_view", "Yes."),
        ("followed", "yes"),
        ("consent", "MARKconsentQX"),
        ("racism_and_power", "MARKracismQX"),
        ("check_on", "2026-12-01"),
    ];
    let plan = &[
        ("plan_words", "MARKsafetyplanQX"),
        ("plan_show", "yes"),
        ("plan_review_on", "2026-12-01"),
    ];
    let reprisal = &[
        ("reprisal_who", "reporter"),
        ("reprisal_said", "worried"),
        ("reprisal_words", "MARKreprisalQX"),
        ("reprisal_protect", "MARKreprisalQX"),
        ("reprisal_checks", "usual"),
    ];
    for (kind, record) in [
        (Kind::Decision, &decision[..]),
        (Kind::SafetyPlan, plan),
        (Kind::Reprisal, reprisal),
    ] {
        test.record(&lead, case, kind, None, record).await.unwrap();
    }
    test.act(
        &sponsor,
        case,
        Action::SendBack,
        &[("questions", "MARKsendbackQX")],
    )
    .await
    .unwrap();
    let new = NewMember {
        role: Role::Caseworker,
        name: "Perpetua Reedmace".into(),
        email: "perpetua@riverbank.example".into(),
        phone: String::new(),
    };
    secrets.push(shown(team::invite(&test.app, &lead, new).await.unwrap()).to_string());
    lead
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

/// What was kept, to be searched without regard to capitals.
pub struct Searched(String);

impl Searched {
    pub fn new(kept: &[u8]) -> Self {
        Self(String::from_utf8_lossy(kept).to_lowercase())
    }

    pub fn has(&self, mark: &str) -> bool {
        let mark = mark.to_lowercase();
        // PostgreSQL shows bytes as hexadecimal digits.
        let hex: Vec<_> = mark.bytes().map(|byte| format!("{byte:02x}")).collect();
        self.0.contains(&mark) || self.0.contains(&hex.concat())
    }
}

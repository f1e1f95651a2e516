//! What is left of an erased case: nothing, in no table, and after a copy was put back.

use safehold_app::{
    desk::{self, DeskError, Reader},
    erased::{self, ErasedError},
    files::Owner,
    follow,
    report::Visit,
};
use safehold_core::{case::Action, id::CaseId};
use safehold_store::erasure;
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use super::{close, closed_with, erase, years};
use crate::{
    database::{column, has_wrap, tamper},
    desk::TAKE_ON,
    looks::text,
    marks::{all_that_is_kept, file},
    on_both,
};

on_both![
    nothing_of_an_erased_case_is_found,
    no_table_forgets_an_erased_case,
    a_copy_that_is_put_back_has_it_erased_again,
    a_list_that_somebody_changed_is_neither_followed_nor_written_over,
];

/// A report with everything that can hang on a case, each with a mark.
async fn with_marks(test: &TestApp, lead: &Reader, alternate: &Reader) -> (Visit, CaseId) {
    let fields = concern_with(&[
        ("what_happened", "MARKaccountQX"),
        ("name", "MARKnameQX"),
        ("contact", "email"),
        ("contact-email", "markmailqx@riverbank.example"),
        ("safe_to-use_email", "yes"),
    ]);
    let (visit, case) = test.report(&fields).await;
    test.begin(lead, case).await;
    test.act(lead, case, Action::TakeOn, TAKE_ON).await.unwrap();
    let note = [("note", "MARKnoteQX")];
    test.act(lead, case, Action::Note, &note).await.unwrap();
    desk::share(&test.app, lead, case, alternate.id, "MARKshareQX".into())
        .await
        .unwrap();
    let file = file(test, Owner::Case(case), "MARKfileQX").await;
    desk::write(
        &test.app,
        lead,
        case,
        desk::new_message_id(),
        "MARKanswerQX".into(),
        vec![file],
    )
    .await
    .unwrap();
    follow::send(&test.app, &visit, follow::new_message_id(), text("MARKmessageQX"))
        .await
        .unwrap();
    (visit, case)
}

/// Every id that the rows of a case have.
async fn ids_of(test: &TestApp, case: CaseId) -> Vec<String> {
    let mut ids = Vec::new();
    for (table, id) in [
        ("cases", "reference"),
        ("events", "id"),
        ("messages", "id"),
        ("files", "id"),
        ("visits", "id"),
        ("jobs", "id"),
    ] {
        let of = if table == "cases" { "id" } else { "case_id" };
        let found = column(test, &format!("SELECT {id} FROM {table} WHERE {of} = '{case}'")).await;
        assert!(!found.is_empty(), "{table} has nothing to erase");
        ids.extend(found);
    }
    ids
}

/// All rows of a case, as they lie in a copy.
async fn snapshot(test: &TestApp) -> Vec<u8> {
    if test.is_postgres() {
        // The rows themselves are kept beside, in a schema of their own.
        for table in COPIED {
            tamper(
                test,
                &format!("CREATE TABLE copy_{table} AS SELECT * FROM {table}"),
            )
            .await;
        }
        return Vec::new();
    }
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("before.db");
    test.app.store().backup_to(&to).await.unwrap();
    std::fs::read(to).unwrap()
}

const COPIED: [&str; 6] = ["cases", "reports", "key_wraps", "visits", "events", "messages"];

async fn put_back(test: &mut TestApp, before: &[u8], case: CaseId) {
    if test.is_postgres() {
        for table in COPIED {
            let of = if table == "cases" { "id" } else { "case_id" };
            tamper(
                test,
                &format!("INSERT INTO {table} SELECT * FROM copy_{table} WHERE {of} = '{case}'"),
            )
            .await;
            tamper(test, &format!("DROP TABLE copy_{table}")).await;
        }
        tamper(test, "DELETE FROM erased_cases").await;
        tamper(test, "DELETE FROM erased_counts").await;
        return;
    }
    test.app.store().quiesce().await;
    let file = test.folder().unwrap().join("restored.db");
    std::fs::write(&file, before).unwrap();
    test.url = format!("sqlite://{}", file.display());
}

async fn nothing_of_an_erased_case_is_found(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (visit, case) = with_marks(&test, &lead, &alternate).await;
    let ids = ids_of(&test, case).await;
    let wraps = column(
        &test,
        &format!("SELECT holder FROM key_wraps WHERE case_id = '{case}'"),
    )
    .await;
    assert!(wraps.len() >= 4, "{wraps:?}");
    let sealed = crate::database::bytes(
        &test,
        &format!(
            "SELECT body_sealed FROM reports WHERE case_id = '{case}' \
             UNION ALL SELECT body_sealed FROM events WHERE case_id = '{case}' \
             UNION ALL SELECT body_sealed FROM messages WHERE case_id = '{case}' \
             UNION ALL SELECT wrap_sealed FROM key_wraps WHERE case_id = '{case}' \
             UNION ALL SELECT chunk_sealed FROM file_chunks \
             UNION ALL SELECT words_sealed FROM visits WHERE case_id = '{case}' AND words_sealed IS NOT NULL"
        ),
    )
    .await;
    assert!(sealed.len() >= 10, "{}", sealed.len());
    for (action, record) in [
        (
            Action::Plan,
            &[
                ("plan", "x"),
                ("persons_view", "x"),
                ("support", "x"),
                ("review_on", "2026-12-01"),
            ][..],
        ),
        (
            Action::Monitor,
            &[("done", "x"), ("safe_now", "safe"), ("review_on", "2026-12-01")][..],
        ),
    ] {
        test.act(&lead, case, action, record).await.unwrap();
    }
    close(&test, &lead, &alternate, case).await;
    years(&test, 10);
    erase(&test, &lead, &alternate, case).await;
    test.app.store().quiesce().await;

    let again = test.again().await;
    let kept = all_that_is_kept(&test).await;
    // Ids are letters and digits; PostgreSQL shows bytes as hexadecimal digits.
    let text = String::from_utf8_lossy(&kept).to_lowercase();
    assert!(
        text.contains(&case.to_string()),
        "the trace and the list of what was erased have its id, so the search finds what is there"
    );
    for id in &ids {
        // Files that were opened are in the trace by their random ids; none was here.
        assert!(!text.contains(&id.to_lowercase()), "{id} is found");
    }
    for body in &sealed {
        // The middle of a ciphertext: nothing else has these bytes.
        let middle = &body[body.len() / 2..][..16];
        let hex: Vec<_> = middle.iter().map(|byte| format!("{byte:02x}")).collect();
        let is_there = kept.windows(16).any(|part| part == middle) || text.contains(&hex.concat());
        assert!(!is_there, "a sealed body is still there");
    }
    for holder in ["reporter", "recovery"] {
        let left = format!("SELECT holder FROM key_wraps WHERE case_id = '{case}' AND holder = '{holder}'");
        assert!(column(&test, &left).await.is_empty());
    }
    assert!(!has_wrap(&test, case, lead.id).await);
    assert!(follow::open(&again, &visit).await.unwrap().is_none());
}

/// Whoever adds a table that says of which case its rows are has to let them go with it.
async fn no_table_forgets_an_erased_case(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = with_marks(&test, &lead, &alternate).await;
    let sql = if test.is_postgres() {
        "SELECT table_name::text || '.' || column_name::text FROM information_schema.columns \
         WHERE table_schema = 'public' AND data_type = 'text'"
    } else {
        "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND c.type = 'TEXT'"
    };
    let columns = column(&test, sql).await;
    assert!(columns.len() > 40, "{columns:?}");
    let mut held = Vec::new();
    for name in &columns {
        let (table, of) = name.split_once('.').unwrap();
        let rows = format!("SELECT {of} FROM {table} WHERE {of} LIKE '%{case}%'");
        if !column(&test, &rows).await.is_empty() {
            held.push(name.clone());
        }
    }
    assert!(held.contains(&"jobs.dedupe".to_owned()), "{held:?}");
    assert!(held.contains(&"key_wraps.case_id".to_owned()), "{held:?}");
    let version = desk::find(&test.app, &lead, case).await.unwrap().version;
    test.app
        .store()
        .write(move |tx| {
            Box::pin(async move {
                erasure::erase(tx, case, version)
                    .await
                    .map_err(safehold_app::AppError::from)
            })
        })
        .await
        .unwrap();
    for name in &columns {
        let (table, of) = name.split_once('.').unwrap();
        let rows = format!("SELECT {of} FROM {table} WHERE {of} LIKE '%{case}%'");
        let is_kept = [
            "trace_entries.case_id",
            "trace_entries.leaf",
            "erased_cases.case_id",
        ]
        .contains(&name.as_str());
        assert_eq!(!column(&test, &rows).await.is_empty(), is_kept, "{name}");
    }
    // Every table that names a case lets its rows go with it, also those that had none here.
    let sql = if test.is_postgres() {
        "SELECT c.conrelid::regclass::text || ' ' || c.confdeltype::text FROM pg_constraint c \
         WHERE c.contype = 'f' AND c.confrelid = 'cases'::regclass"
    } else {
        "SELECT m.name || ' ' || LOWER(SUBSTR(f.on_delete, 1, 1)) FROM sqlite_master m \
         JOIN pragma_foreign_key_list(m.name) f WHERE f.\"table\" = 'cases'"
    };
    let mut bound = Vec::new();
    for line in column(&test, sql).await {
        let (table, rule) = line.split_once(' ').unwrap();
        assert_eq!(rule, "c", "{table} keeps rows of a case that is gone");
        bound.push(table.to_owned());
    }
    for name in columns.iter().filter(|name| name.ends_with(".case_id")) {
        let table = name.split('.').next().unwrap();
        let is_free = ["trace_entries", "erased_cases"].contains(&table);
        assert_eq!(bound.iter().any(|of| of == table), !is_free, "{table}");
    }
}

async fn a_copy_that_is_put_back_has_it_erased_again(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(erased::keep_in(&test.app, folder.path()).await.unwrap(), 0);
    let list = folder.path().join(erased::FILE_NAME);
    assert!(!list.exists(), "nothing was erased yet");
    let (_, first) = closed_with(&test, &lead, &alternate, CONCERN).await;
    years(&test, 2);
    let before = snapshot(&test).await;
    erase(&test, &lead, &alternate, first).await;
    let text = std::fs::read_to_string(&list).unwrap();
    assert!(text.contains(&format!("case {first}")), "{text}");
    assert!(text.contains("count 2026-11 concern advice_given"), "{text}");
    for private in ["Penhale", "Wren", "Tuesday"] {
        assert!(!text.contains(private), "{text}");
    }

    // The copy of before has the case and knows nothing of its erasure.
    put_back(&mut test, &before, first).await;
    let copy = test.again().await;
    assert!(desk::find(&copy, &lead, first).await.is_ok());
    assert_eq!(erased::keep_in(&copy, folder.path()).await.unwrap(), 1);
    assert!(matches!(
        desk::find(&copy, &lead, first).await,
        Err(DeskError::NotFound)
    ));
    let mut conn = copy.store().read().await.unwrap();
    let counts = erasure::list_counts(&mut conn).await.unwrap();
    assert_eq!(counts.len(), 1);
    assert_eq!(counts[0].number, 1, "counted once, however often it is erased");
    drop(conn);
    let leaves = column(&test, "SELECT leaf FROM trace_entries ORDER BY seq").await;
    assert!(
        leaves.iter().any(|leaf| leaf.contains("erased_again")),
        "{leaves:?}"
    );
    // Another start finds nothing to do.
    let third = test.again().await;
    assert_eq!(erased::keep_in(&third, folder.path()).await.unwrap(), 0);
    // A list that is lost is written again from the database.
    std::fs::remove_file(&list).unwrap();
    erased::write_out(&third).await.unwrap();
    assert_eq!(std::fs::read_to_string(&list).unwrap(), text);
}

async fn a_list_that_somebody_changed_is_neither_followed_nor_written_over(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let folder = tempfile::tempdir().unwrap();
    erased::keep_in(&test.app, folder.path()).await.unwrap();
    let (_, gone) = closed_with(&test, &lead, &alternate, CONCERN).await;
    let (_, there) = closed_with(&test, &lead, &alternate, CONCERN).await;
    years(&test, 2);
    erase(&test, &lead, &alternate, gone).await;
    let list = folder.path().join(erased::FILE_NAME);
    let good = std::fs::read_to_string(&list).unwrap();
    let cut = good.split_inclusive('\n').next().unwrap().to_owned();
    for bad in [
        good.replace(&gone.to_string(), &there.to_string()),
        good.replace("signed: ", "signed: A"),
        cut,
        String::new(),
        "safehold erased v1\nsigned: \n".to_owned(),
    ] {
        std::fs::write(&list, &bad).unwrap();
        let app = test.again().await;
        let result = erased::keep_in(&app, folder.path()).await;
        assert!(matches!(result, Err(ErasedError::NotOurs)), "{result:?}");
        assert_eq!(std::fs::read_to_string(&list).unwrap(), bad);
        assert!(desk::find(&app, &lead, there).await.is_ok());
    }
    // With its own list back, it goes on.
    std::fs::write(&list, &good).unwrap();
    let app = test.again().await;
    assert_eq!(erased::keep_in(&app, folder.path()).await.unwrap(), 0);
}

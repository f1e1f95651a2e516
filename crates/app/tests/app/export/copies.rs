//! Copies: what they leave out, how they are kept, and who may make and have them.

use jiff::SignedDuration;
use safehold_app::{
    SecretString,
    desk::{
        self, DeskError,
        duties::{self, DutyPlace},
        export::{
            self, Document, MakeError, Wanted,
            documents::{Archive, Ground, Layer, Passage, archive::sha256_hex},
        },
    },
    files::{Owner, Upload},
    sessions::PROOF_MINUTES,
    trace,
};
use safehold_core::{
    case::Action,
    duties::Step,
    id::{CaseId, EventId},
    trace::Traced,
};
use safehold_testkit::app::{PASS, TestApp, owned};

use super::{ByKey, agreed, case, enter, everywhere, layer, wanted, without_quentin, write};
use crate::{database::column, looks::opened, on_both};

on_both![
    a_copy_leaves_out_what_was_agreed_and_is_kept_as_it_left,
    what_went_to_a_body_outside_is_listed_with_its_digest,
    an_archive_is_verified_with_the_public_key_alone,
    a_copy_needs_a_purpose_the_pass_phrase_and_agreed_layers,
    a_passage_that_is_not_found_stops_the_copy,
    for_whoever_has_no_key_there_are_no_layers_and_no_copies,
    nothing_of_a_copy_lies_in_clear,
];

fn with_pass(wanted: Wanted, pass: &str) -> Wanted {
    Wanted {
        pass: Some(SecretString::from(pass)),
        ..wanted
    }
}

/// So long after signing in, the pass phrase is asked for.
fn later(test: &TestApp) {
    test.clock.advance(SignedDuration::from_mins(PROOF_MINUTES));
}

async fn a_copy_leaves_out_what_was_agreed_and_is_kept_as_it_left(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let layer = agreed(&test, case, &lead, &alternate, without_quentin()).await;
    let copy = export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("For the university", vec![layer]),
        write,
    )
    .await
    .unwrap();
    test.tick();
    let history = opened(&test.app, &alternate, case).await.history;
    let [made] = export::copies(&history).try_into().ok().unwrap();
    assert_eq!((made.id, made.by.as_deref()), (copy, Some("Marisol Penhale")));
    assert_eq!(made.note.purpose, "For the university");
    assert_eq!((made.note.removed_entries, made.note.removed_passages), (0, 2));

    let open = async |document| {
        let me = enter(&test, &alternate).await;
        export::open_copy(&test.app, &me, case, copy, document, None)
            .await
            .unwrap()
    };
    let pdf = open(Document::Pdf).await;
    assert_eq!(sha256_hex(&pdf), made.note.pdf_sha256);
    assert!(pdf.starts_with(b"%PDF-"));
    let archive = open(Document::Archive).await;
    assert_eq!(sha256_hex(&archive), made.note.archive_sha256);
    let archive = String::from_utf8(archive.to_vec()).unwrap();
    for gone in ["Quentin", "Marlowe", "marlowe"] {
        assert!(!archive.contains(gone), "{gone} is in {archive}");
    }
    assert!(archive.contains("kept talking over me. I told Zoë."), "{archive}");
    // The digest of the file is that of what was sent.
    assert!(
        archive.contains(&sha256_hex(b"Notes about Quentin Marlowe.")),
        "{archive}"
    );

    // The copy is the same whatever comes later.
    test.act(&lead, case, Action::Note, &[("note", "Later.")])
        .await
        .unwrap();
    assert_eq!(sha256_hex(&open(Document::Pdf).await), made.note.pdf_sha256);
    let traced = trace::of_case(&test.app, &lead, case).await.unwrap();
    assert!(
        traced
            .iter()
            .any(|entry| entry.what == Traced::Exported && entry.who == Some(lead.id))
    );
    let opened = traced
        .iter()
        .filter(|entry| matches!(entry.what, Traced::FileOpened { .. }) && entry.who == Some(alternate.id));
    assert_eq!(opened.count(), 3);
}

async fn an_archive_is_verified_with_the_public_key_alone(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let copy = export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("For us", Vec::new()),
        write,
    )
    .await
    .unwrap();
    let me = enter(&test, &alternate).await;
    let archive = export::open_copy(&test.app, &me, case, copy, Document::Archive, None)
        .await
        .unwrap();
    let text = String::from_utf8(archive.to_vec()).unwrap();
    let key = ByKey(test.app.verify_key());
    let read = Archive::verify(&text, &key).ok().unwrap();
    // All that the trace said of the case until then.
    let kinds: Vec<&str> = ["received", "reporter_added", "opened", "acted", "shared"]
        .into_iter()
        .filter(|kind| {
            let kind = format!("\"what\":\"{kind}\"");
            read.trace.entries.iter().any(|entry| entry.leaf.contains(&kind))
        })
        .collect();
    assert_eq!(kinds, ["received", "reporter_added", "opened", "acted", "shared"]);
    assert!(
        read.trace
            .entries
            .iter()
            .all(|entry| entry.case == Some(case.to_string()))
    );
    let changed = text.replace("talking over me", "helping me");
    assert!(Archive::verify(&changed, &key).is_err());
    let shorter = text.replacen("\"what\\\":\\\"received", "\"what\\\":\\\"opened", 1);
    assert_ne!(shorter, text);
    assert!(Archive::verify(&shorter, &key).is_err());
}

async fn a_copy_needs_a_purpose_the_pass_phrase_and_agreed_layers(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let unknown = vec![EventId::from_random([7; 16])];
    let me = enter(&test, &lead).await;
    for (wanted, because) in [
        (wanted(" ", Vec::new()), "Purpose"),
        (wanted(&"x".repeat(201), Vec::new()), "Purpose"),
        (wanted("For us", unknown), "Layer"),
    ] {
        let refused = export::make(&test.app, &me, case, wanted, write).await;
        assert_eq!(format!("{:?}", refused.unwrap_err()), because);
    }
    // Somebody else at a desk that was left open.
    later(&test);
    let nothing = export::make(&test.app, &me, case, wanted("For us", Vec::new()), write).await;
    assert!(matches!(nothing, Err(MakeError::Pass)), "{nothing:?}");
    let guess = with_pass(wanted("For us", Vec::new()), "not my words at all");
    let refused = export::make(&test.app, &me, case, guess, write).await;
    assert!(matches!(refused, Err(MakeError::Pass)), "{refused:?}");
    let right = with_pass(wanted("For us", Vec::new()), PASS);
    let copy = export::make(&test.app, &me, case, right, write).await.unwrap();

    let second = enter(&test, &alternate).await;
    later(&test);
    for pass in [None, Some(SecretString::from("not my words at all"))] {
        let refused = export::open_copy(&test.app, &second, case, copy, Document::Pdf, pass).await;
        assert!(matches!(refused, Err(MakeError::Pass)));
    }
    let pass = Some(SecretString::from(PASS));
    export::open_copy(&test.app, &second, case, copy, Document::Pdf, pass)
        .await
        .unwrap();
    let other = EventId::from_random([7; 16]);
    let pass = Some(SecretString::from(PASS));
    let refused = export::open_copy(&test.app, &second, case, other, Document::Pdf, pass).await;
    assert!(matches!(refused, Err(MakeError::Desk(DeskError::NotFound))));
    // What was refused left nothing: two files of the copy, and the reporter's.
    assert_eq!(column(&test, "SELECT id FROM files").await.len(), 3);
}

async fn a_passage_that_is_not_found_stops_the_copy(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let gone = Passage::Words {
        entry: "report/account".to_owned(),
        field: "told".to_owned(),
        from: 0,
        text: "Words that are not there".to_owned(),
    };
    let layer = agreed(&test, case, &lead, &alternate, layer(vec![gone])).await;
    let made = export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("For us", vec![layer]),
        write,
    )
    .await;
    assert!(matches!(made, Err(MakeError::Lost)), "{made:?}");
}

async fn for_whoever_has_no_key_there_are_no_layers_and_no_copies(mut test: TestApp) {
    let ([lead, alternate, sponsor, caseworker], case) = case(&mut test).await;
    let layer = agreed(&test, case, &lead, &alternate, without_quentin()).await;
    let copy = export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("For us", vec![layer]),
        write,
    )
    .await
    .unwrap();
    desk::share(&test.app, &lead, case, caseworker.id, "Helps.".into())
        .await
        .unwrap();
    desk::exclude(&test.app, &lead, case, alternate.id, "A friend.".into())
        .await
        .unwrap();
    let nothing = CaseId::from_random([9; 16]);
    for (reader, case, refused) in [
        (&sponsor, case, "Desk(NotFound)"),
        (&alternate, case, "Desk(NotFound)"),
        (&alternate, nothing, "Desk(NotFound)"),
        (&caseworker, case, "Desk(Role)"),
    ] {
        let app = &test.app;
        let seen = (layer, 1);
        let put = export::put_layer(app, reader, case, Some(seen), without_quentin()).await;
        assert_eq!(format!("{:?}", put.unwrap_err()), refused);
        let check = export::check_layer(app, reader, case, seen, true, String::new()).await;
        assert_eq!(format!("{:?}", check.unwrap_err()), refused);
        let me = enter(&test, reader).await;
        let make = export::make(app, &me, case, wanted("For me", Vec::new()), write).await;
        assert_eq!(format!("{:?}", make.unwrap_err()), refused);
        later(&test);
        for pass in [PASS, "not my words at all"] {
            let pass = Some(SecretString::from(pass));
            let open = export::open_copy(app, &me, case, copy, Document::Pdf, pass).await;
            assert_eq!(format!("{:?}", open.err().unwrap()), refused);
        }
    }
}

async fn nothing_of_a_copy_lies_in_clear(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let content = Layer {
        name: "MARKnameQX".to_owned(),
        ground: Ground::Privilege,
        why: "MARKwhyQX".to_owned(),
        passages: vec![everywhere("MARKphraseQX")],
    };
    let layer = agreed(&test, case, &lead, &alternate, content).await;
    export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("MARKpurposeQX", vec![layer]),
        write,
    )
    .await
    .unwrap();
    let mut kept = Vec::new();
    for (table, of) in [
        ("events", "kind"),
        ("trace_entries", "leaf"),
        ("jobs", "payload"),
        ("files", "id"),
    ] {
        let rows = column(&test, &format!("SELECT {of} FROM {table}")).await;
        assert!(!rows.is_empty(), "{table}");
        kept.extend(rows);
    }
    for (table, of) in [("events", "body_sealed"), ("file_chunks", "chunk_sealed")] {
        let select = format!("SELECT {of} FROM {table} WHERE {of} IS NOT NULL");
        for bytes in crate::database::bytes(&test, &select).await {
            kept.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    let kept = kept.join("\n");
    for mark in ["MARK", "Quentin", "Marlowe", "%PDF", "safehold case file"] {
        assert!(!kept.contains(mark), "{mark} is readable");
    }
}

async fn what_went_to_a_body_outside_is_listed_with_its_digest(mut test: TestApp) {
    let ([lead, ..], case) = case(&mut test).await;
    let mut upload = Upload::begin(&test.app, Owner::Case(case)).await.unwrap();
    upload.push(b"A letter to the police.").await.unwrap();
    let letter = upload.finish("letter.txt").await.unwrap();
    let decided = [
        ("need", "required"),
        ("reason", "Others could be hurt."),
        ("decided_by", "Marisol Penhale"),
        ("consent", "given"),
        ("starts", "now"),
    ];
    let sent = [
        ("sent_on", "2026-11-24"),
        ("how", "post"),
        ("sent_by", "Marisol Penhale"),
        ("sent_to", "The duty desk"),
        ("what", "What they told us."),
        ("show", "no"),
        ("message", "We told them."),
    ];
    for (step, fields, files) in [
        (Step::Decide, decided.as_slice(), Vec::new()),
        (Step::Send, sent.as_slice(), vec![letter]),
    ] {
        let place = DutyPlace {
            id: duties::new_entry_id(),
            seen_version: desk::find(&test.app, &lead, case).await.unwrap().version,
            step,
            body: "police",
        };
        duties::enter(&test.app, &lead, case, place, &owned(fields), files)
            .await
            .unwrap();
    }
    let me = enter(&test, &lead).await;
    let mut listed = Vec::new();
    export::make(
        &test.app,
        &me,
        case,
        wanted("For the police", Vec::new()),
        |sheet| {
            listed.extend(
                sheet
                    .files
                    .iter()
                    .map(|file| (file.name.clone(), file.sha256.clone())),
            );
            write(sheet)
        },
    )
    .await
    .unwrap();
    assert_eq!(
        listed,
        [
            (
                "marlowe.txt".to_owned(),
                sha256_hex(b"Notes about Quentin Marlowe.")
            ),
            ("letter.txt".to_owned(), sha256_hex(b"A letter to the police.")),
        ]
    );
}

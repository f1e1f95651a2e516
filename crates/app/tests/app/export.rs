//! Copies of a case: layers that two look at, what a copy leaves out, and that it is kept as it left.

use jiff::SignedDuration;
use safehold_app::{
    SecretString,
    desk::{
        self, DeskError, Reader,
        export::{
            self, Document, LayerError, LayerState, MakeError, Sheet, Wanted,
            documents::{
                Archive, CaseFile, Entry, Fact, Field, Ground, Labels, Layer, Part, Passage, Text,
                archive::{Check, Hash, sha256_hex},
            },
        },
    },
    files::{Owner, Upload},
    follow,
    report::MessageBody,
    sessions::PROOF_MINUTES,
    sign_in::{self, SignedIn},
    trace,
};
use safehold_core::{
    case::Action,
    form::Answer,
    id::{CaseId, EventId},
    trace::Traced,
};
use safehold_seal::VerifyKey;
use safehold_testkit::app::{PASS, TestApp, concern_with};

use crate::{
    database::{column, notices},
    looks::opened,
    on_both,
};

on_both![
    a_layer_is_used_once_a_second_person_agreed,
    a_layer_that_changed_waits_again_and_what_changed_meanwhile_is_not_overwritten,
    a_layer_says_why_and_takes_something_out,
    a_copy_leaves_out_what_was_agreed_and_is_kept_as_it_left,
    an_archive_is_verified_with_the_public_key_alone,
    a_copy_needs_a_purpose_the_pass_phrase_and_agreed_layers,
    a_passage_that_is_not_found_stops_the_copy,
    for_whoever_has_no_key_there_are_no_layers_and_no_copies,
    nothing_of_a_copy_lies_in_clear,
];

const TOLD: &str = "Quentin Marlowe kept talking over me. I told Zoë.";

fn field(id: &str, text: &str) -> Field {
    Field {
        id: id.to_owned(),
        label: id.to_owned(),
        text: Text::new(text),
        own: true,
    }
}

/// The case in a few words. How the program words it is tested where it has words.
fn write(sheet: &Sheet<'_>) -> CaseFile {
    let entry = |id: String, heading: &str, fields| Entry {
        id,
        heading: Text::new(heading),
        at: None,
        about: Text::default(),
        fields,
        removed: Vec::new(),
    };
    let told = sheet.case.report.answers.get("what_happened");
    let told = told.and_then(Answer::text).unwrap_or_default();
    let files = sheet.files.iter().map(|file| {
        let digest = field("sha256", &file.sha256);
        entry(format!("file/{}", file.id), &file.name, vec![digest])
    });
    let part = |id: &str, entries| Part {
        id: id.to_owned(),
        heading: id.to_owned(),
        note: String::new(),
        entries,
    };
    CaseFile {
        lang: "en".to_owned(),
        title: format!("Case file {}", sheet.case.row.reference),
        organisation: String::new(),
        made_at: sheet.made_at.to_string(),
        front: vec![Fact {
            id: "purpose".to_owned(),
            label: "Purpose".to_owned(),
            text: Text::new(sheet.purpose),
        }],
        parts: vec![
            part(
                "account",
                vec![entry("report/account".to_owned(), "", vec![field("told", told)])],
            ),
            part("files", files.collect()),
        ],
        labels: Labels {
            contents: "Contents".to_owned(),
            page: "{page}/{pages}".to_owned(),
            nothing: "Nothing".to_owned(),
            removed: vec![
                "about somebody else".to_owned(),
                "advice".to_owned(),
                "harm".to_owned(),
            ],
            removed_entry: "Left out.".to_owned(),
            signs: "{count}".to_owned(),
        },
    }
}

fn layer(passages: Vec<Passage>) -> Layer {
    Layer {
        name: "For the university".to_owned(),
        ground: Ground::ThirdParty,
        why: "He did not agree.".to_owned(),
        passages,
    }
}

fn everywhere(phrase: &str) -> Passage {
    Passage::Everywhere {
        phrase: phrase.to_owned(),
        instead: String::new(),
    }
}

fn without_quentin() -> Layer {
    layer(vec![everywhere("Quentin"), everywhere("Marlowe")])
}

fn wanted(purpose: &str, layers: Vec<EventId>) -> Wanted {
    Wanted {
        purpose: purpose.to_owned(),
        layers,
        pass: None,
    }
}

fn with_pass(wanted: Wanted, pass: &str) -> Wanted {
    Wanted {
        pass: Some(SecretString::from(pass)),
        ..wanted
    }
}

/// Somebody who has just signed in.
async fn enter(test: &TestApp, reader: &Reader) -> SignedIn {
    // A code is good for one sign-in.
    test.clock.advance(SignedDuration::from_secs(31));
    let entrance = &test.entrances[&reader.id];
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, SecretString::from(PASS), &code)
        .await
        .unwrap();
    sign_in::resume(&test.app, &cookie.expose())
        .await
        .unwrap()
        .unwrap()
}

/// So long after signing in, the pass phrase is asked for.
fn later(test: &TestApp) {
    test.clock.advance(SignedDuration::from_mins(PROOF_MINUTES));
}

/// A case that the lead began with, that the alternate has too, with a message and a file.
async fn case(test: &mut TestApp) -> ([Reader; 4], CaseId) {
    let team = test.usual_team().await;
    let (visit, case) = test.report(&concern_with(&[("what_happened", TOLD)])).await;
    let mut upload = Upload::begin(&test.app, Owner::Case(case)).await.unwrap();
    upload.push(b"Notes about Quentin Marlowe.").await.unwrap();
    let note = upload.finish("marlowe.txt").await.unwrap();
    let body = MessageBody::Text {
        text: "See my notes.".to_owned(),
        files: vec![note],
    };
    follow::send(&test.app, &visit, follow::new_message_id(), body)
        .await
        .unwrap();
    let [lead, alternate, ..] = &team;
    test.begin(lead, case).await;
    desk::share(
        &test.app,
        lead,
        case,
        alternate.id,
        "A second pair of eyes.".into(),
    )
    .await
    .unwrap();
    (team, case)
}

async fn layers(test: &TestApp, reader: &Reader, case: CaseId) -> Vec<(u32, LayerState)> {
    let history = opened(&test.app, reader, case).await.history;
    export::layers(&history)
        .into_iter()
        .map(|layer| (layer.version, layer.state))
        .collect()
}

/// A layer that the second person agreed to.
async fn agreed(test: &TestApp, case: CaseId, lead: &Reader, second: &Reader, content: Layer) -> EventId {
    let layer = export::put_layer(&test.app, lead, case, None, content)
        .await
        .unwrap();
    test.tick();
    export::check_layer(&test.app, second, case, (layer, 1), true, String::new())
        .await
        .unwrap();
    test.tick();
    layer
}

async fn a_layer_is_used_once_a_second_person_agreed(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let told_before = notices(&test, alternate.id, "check_asked").await;
    let layer = export::put_layer(&test.app, &lead, case, None, without_quentin())
        .await
        .unwrap();
    assert_eq!(notices(&test, alternate.id, "check_asked").await, told_before + 1);
    assert_eq!(layers(&test, &lead, case).await, [(1, LayerState::Waiting)]);
    let early = export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("For us", vec![layer]),
        write,
    )
    .await;
    assert!(matches!(early, Err(MakeError::Layer)), "{early:?}");

    let own = export::check_layer(&test.app, &lead, case, (layer, 1), true, String::new()).await;
    assert!(matches!(own, Err(LayerError::Own)), "{own:?}");
    let silent = export::check_layer(&test.app, &alternate, case, (layer, 1), false, " ".into()).await;
    assert!(matches!(silent, Err(LayerError::Why)), "{silent:?}");
    export::check_layer(&test.app, &alternate, case, (layer, 1), true, "Enough.".into())
        .await
        .unwrap();
    let (version, state) = layers(&test, &lead, case).await.remove(0);
    assert_eq!(version, 1);
    assert!(matches!(state, LayerState::Agreed { by: Some(by), .. } if by == "Tunde Ashgrove"));
    let twice = export::check_layer(&test.app, &alternate, case, (layer, 1), true, String::new()).await;
    assert!(matches!(twice, Err(LayerError::NotWaiting)), "{twice:?}");
    // The work itself leaves a trace, and says nothing of what is left out.
    let traced = trace::of_case(&test.app, &lead, case).await.unwrap();
    let entered = traced.iter().filter(|entry| entry.what == Traced::Entered);
    assert_eq!(entered.count(), 2);
}

async fn a_layer_that_changed_waits_again_and_what_changed_meanwhile_is_not_overwritten(mut test: TestApp) {
    let ([lead, alternate, ..], case) = case(&mut test).await;
    let layer = agreed(&test, case, &lead, &alternate, without_quentin()).await;
    let put = async |by: &Reader, seen: u32| {
        test.tick();
        export::put_layer(&test.app, by, case, Some((layer, seen)), without_quentin()).await
    };
    assert_eq!(put(&alternate, 1).await.unwrap(), layer);
    assert_eq!(layers(&test, &lead, case).await, [(2, LayerState::Waiting)]);
    let made = export::make(
        &test.app,
        &enter(&test, &lead).await,
        case,
        wanted("For us", vec![layer]),
        write,
    )
    .await;
    assert!(matches!(made, Err(MakeError::Layer)), "{made:?}");
    let late = put(&lead, 1).await;
    assert!(
        matches!(late, Err(LayerError::Desk(DeskError::Changed))),
        "{late:?}"
    );
    let old = export::check_layer(&test.app, &lead, case, (layer, 1), true, String::new()).await;
    assert!(
        matches!(old, Err(LayerError::Desk(DeskError::Changed))),
        "{old:?}"
    );

    // The alternate made the change, so the lead may agree to it; sent back, both had a hand in what comes next.
    let own = export::check_layer(&test.app, &alternate, case, (layer, 2), true, String::new()).await;
    assert!(matches!(own, Err(LayerError::Own)), "{own:?}");
    test.tick();
    export::check_layer(&test.app, &lead, case, (layer, 2), false, "Too much.".into())
        .await
        .unwrap();
    let (_, state) = layers(&test, &lead, case).await.remove(0);
    assert!(matches!(state, LayerState::SentBack { why, .. } if why == "Too much."));
    put(&lead, 2).await.unwrap();
    test.tick();
    for both in [&lead, &alternate] {
        let own = export::check_layer(&test.app, both, case, (layer, 3), true, String::new()).await;
        assert!(matches!(own, Err(LayerError::Own)), "{own:?}");
    }
}

async fn a_layer_says_why_and_takes_something_out(mut test: TestApp) {
    let ([lead, ..], case) = case(&mut test).await;
    let good = without_quentin();
    let named = |name: String| Layer { name, ..good.clone() };
    let because = |why: String| Layer { why, ..good.clone() };
    for (content, wanted) in [
        (named(" ".to_owned()), "Name"),
        (named("x".repeat(201)), "Name"),
        (because(String::new()), "Why"),
        (because("x".repeat(20_001)), "Why"),
        (layer(Vec::new()), "Nothing"),
        (layer(vec![everywhere("x"); 5_001]), "TooMuch"),
    ] {
        let refused = export::put_layer(&test.app, &lead, case, None, content).await;
        assert_eq!(format!("{:?}", refused.unwrap_err()), wanted);
    }
    let unknown = EventId::from_random([7; 16]);
    let refused = export::put_layer(&test.app, &lead, case, Some((unknown, 1)), good.clone()).await;
    assert!(
        matches!(refused, Err(LayerError::Desk(DeskError::NotFound))),
        "{refused:?}"
    );
    assert!(layers(&test, &lead, case).await.is_empty());
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

struct ByKey(VerifyKey);

impl Check for ByKey {
    fn key(&self) -> String {
        self.0.to_string()
    }
    fn archive(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_export(bytes, signature).is_ok()
    }
    fn head(&self, size: u64, root: &Hash, at_ms: i64, signature: &[u8; 64]) -> bool {
        let at = jiff::Timestamp::from_millisecond(at_ms).unwrap();
        self.0.verify_head(size, root, at, signature).is_ok()
    }
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

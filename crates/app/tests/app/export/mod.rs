//! Copies of a case: layers that two look at, what a copy leaves out, and that it is kept as it left.

mod copies;
mod layers;

use jiff::SignedDuration;
use safehold_app::{
    SecretString,
    desk::{
        self, Reader,
        export::{
            self, LayerState, Sheet, Wanted,
            documents::{
                CaseFile, Entry, Fact, Field, Ground, Labels, Layer, Part, Passage, Text,
                archive::{Check, Hash},
            },
        },
    },
    files::{Owner, Upload},
    follow,
    report::MessageBody,
    sign_in::{self, SignedIn},
};
use safehold_core::{
    form::Answer,
    id::{CaseId, EventId},
};
use safehold_seal::VerifyKey;
use safehold_testkit::app::{PASS, TestApp, concern_with};

use crate::looks::opened;

pub(super) const TOLD: &str = "Quentin Marlowe kept talking over me. I told Zoë.";

pub(super) fn field(id: &str, text: &str) -> Field {
    Field {
        id: id.to_owned(),
        label: id.to_owned(),
        text: Text::new(text),
        own: true,
    }
}

/// The case in a few words. How the program words it is tested where it has words.
pub(crate) fn write(sheet: &Sheet<'_>) -> CaseFile {
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

pub(crate) fn layer(passages: Vec<Passage>) -> Layer {
    Layer {
        name: "For the university".to_owned(),
        ground: Ground::ThirdParty,
        why: "He did not agree.".to_owned(),
        passages,
    }
}

pub(crate) fn everywhere(phrase: &str) -> Passage {
    Passage::Everywhere {
        phrase: phrase.to_owned(),
        instead: String::new(),
    }
}

pub(super) fn without_quentin() -> Layer {
    layer(vec![everywhere("Quentin"), everywhere("Marlowe")])
}

pub(super) fn wanted(purpose: &str, layers: Vec<EventId>) -> Wanted {
    Wanted {
        purpose: purpose.to_owned(),
        layers,
        pass: None,
        request: None,
    }
}

/// Somebody who has just signed in.
pub(crate) async fn enter(test: &TestApp, reader: &Reader) -> SignedIn {
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

/// A case that the lead began with, that the alternate has too, with a message and a file.
pub(super) async fn case(test: &mut TestApp) -> ([Reader; 4], CaseId) {
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

pub(super) async fn layers(test: &TestApp, reader: &Reader, case: CaseId) -> Vec<(u32, LayerState)> {
    let history = opened(&test.app, reader, case).await.history;
    export::layers(&history)
        .into_iter()
        .map(|layer| (layer.version, layer.state))
        .collect()
}

/// A layer that the second person agreed to.
pub(crate) async fn agreed(
    test: &TestApp,
    case: CaseId,
    lead: &Reader,
    second: &Reader,
    content: Layer,
) -> EventId {
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

pub(super) struct ByKey(VerifyKey);

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

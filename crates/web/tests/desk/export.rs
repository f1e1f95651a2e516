//! Copies of a case file: picking what is left out without a script, the second look, and what is in the documents.

use axum::http::StatusCode;

use crate::{
    app::{Answer, TestSite, Visitor, new_site},
    team::{PASS, opened},
};

/// The case on the desks of the lead and the alternate.
struct Two {
    site: TestSite,
    lead: Visitor,
    second: Visitor,
    case: String,
}

async fn two() -> Two {
    let site = new_site().await;
    let (mut lead, case) = opened(&site).await;
    let second = crate::team::join(&site, safehold_core::roster::Role::University, "Noor Vale", 2).await;
    let form = lead.get(&format!("{case}/share")).await;
    let (before, _) = form.body.split_once("Noor Vale").unwrap();
    let id = before.rsplit("value=\"").next().unwrap();
    let id = id.split('"').next().unwrap().to_owned();
    lead.post(
        &format!("{case}/share"),
        &[("who", &id), ("why", "A second look")],
    )
    .await
    .to();
    Two {
        site,
        lead,
        second,
        case,
    }
}

/// The boxes on a page: what each is called, and what it sends.
fn boxes(page: &Answer, name: &str) -> Vec<(String, String)> {
    let mark = format!("name=\"{name}\" value=\"");
    let boxes = page.body.split(&mark).skip(1).map(|rest| {
        let (value, rest) = rest.split_once('"').unwrap();
        let (_, label) = rest.split_once("<label").unwrap();
        let (_, label) = label.split_once('>').unwrap();
        let (label, _) = label.split_once("</label>").unwrap();
        (label.to_owned(), value.replace("&#38;", "&"))
    });
    boxes.collect()
}

fn found(boxes: &[(String, String)], label: &str) -> String {
    let found = boxes.iter().find(|(known, _)| known == label);
    let known: Vec<_> = boxes.iter().map(|(label, _)| label).collect();
    found
        .unwrap_or_else(|| unreachable!("no {label:?} in {known:?}"))
        .1
        .clone()
}

/// A layer that takes out a sentence and a name; the address of the layer.
async fn layer(two: &mut Two) -> String {
    let to = format!("{}/export/layer", two.case);
    let form = two.lead.get(&to).await;
    let pick = found(&boxes(&form, "pick"), "They shouted at me.");
    let fields = [
        ("name", "For the university"),
        ("ground", "third_party"),
        ("why", "They did not agree"),
        ("phrase", "Marisol"),
        ("instead", "Person 1"),
        ("pick", &pick),
    ];
    two.lead.post(&to, &fields).await.to().to_owned()
}

#[tokio::test]
async fn a_layer_is_picked_looked_at_and_used() {
    let mut two = two().await;
    let layer = layer(&mut two).await;
    let own = two.lead.get(&layer).await;
    own.has("Waits for a second person")
        .has("left out: about somebody else")
        .has("[Person 1]")
        .lacks("name=\"answer\"");

    let look = two.second.get(&layer).await;
    look.has("They did not agree").has("name=\"answer\"");
    let version = look.hidden("version");
    let agree = [("version", version.as_str()), ("answer", "agree")];
    let to = two.second.post(&layer, &agree).await.to().to_owned();
    two.second.get(&to).await.has("Agreed: can be used");

    let export = format!("{}/export", two.case);
    let id = layer.rsplit('/').next().unwrap().to_owned();
    let make = [("purpose", "For the university"), ("layer", &id), ("pass", PASS)];
    let copy = two.lead.post(&export, &make).await.to().to_owned();
    two.lead
        .get(&copy)
        .await
        .has("For the university")
        .has("safehold-verify-ed25519:");

    let archive = two
        .lead
        .post(&copy, &[("document", "archive"), ("pass", PASS)])
        .await;
    assert_eq!(archive.status, StatusCode::OK, "{}", archive.body);
    assert_eq!(archive.header("content-type"), "application/json");
    archive
        .lacks("They shouted at me")
        .lacks("Marisol")
        .has("Person 1")
        .has("What the person wants")
        .has("\"ground\"".replace("ground", "third_party").as_str());
    let wishes = archive.body.find("What the person wants").unwrap();
    let record = archive.body.find("Decisions and record").unwrap();
    assert!(wishes < record);
    // What it says of the layers is on which ground, not what or why.
    archive.lacks("They did not agree").lacks("A layer of what");

    let pdf = two.lead.post(&copy, &[("document", "pdf"), ("pass", PASS)]).await;
    assert_eq!(pdf.status, StatusCode::OK);
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.header("content-disposition").starts_with("attachment"));
    let page = two.lead.get(&two.case).await;
    page.has("A copy of the case file was made")
        .has("A layer of what is left out");
}

#[tokio::test]
async fn words_are_picked_one_by_one_and_nothing_typed_is_lost() {
    let mut two = two().await;
    let to = format!("{}/export/layer", two.case);
    let form = two.lead.get(&to).await;
    let ticks = boxes(&form, "pick");
    let sentence = found(&ticks, "They shouted at me.");
    let entry = sentence.split('|').next().unwrap().to_owned();
    let by_words = format!("words:{entry}");
    let fields = [
        ("name", "Half a name"),
        ("why", "Not yet"),
        ("phrase", "Quill"),
        ("pick", sentence.as_str()),
        ("do", &by_words),
    ];
    let again = two.lead.post(&to, &fields).await;
    assert_eq!(again.status, StatusCode::OK);
    again.has("Half a name").has("Not yet").has("Quill");
    let words = boxes(&again, "pick");
    let shouted = found(&words, "shouted");
    assert!(
        again.body.contains(&format!("value=\"{shouted}\" checked")),
        "{}",
        again.main()
    );

    let fields = [
        ("name", "One word"),
        ("ground", "serious_harm"),
        ("why", "Dr Vale, 20 November"),
        ("pick", shouted.as_str()),
        ("words", &entry),
    ];
    let layer = two.lead.post(&to, &fields).await.to().to_owned();
    two.lead
        .get(&layer)
        .await
        .has("They <strong class=\"left-out\">[left out: could seriously harm somebody")
        .has("</strong> at me.");
    // A part of a sentence is still there when the layer is changed.
    let change = two.lead.get(&format!("{layer}/change")).await;
    assert!(
        change.body.contains(&format!("value=\"{shouted}\" checked")),
        "{}",
        change.main()
    );
}

#[tokio::test]
async fn a_layer_with_something_missing_says_what_beside_it_and_keeps_all() {
    let mut two = two().await;
    let to = format!("{}/export/layer", two.case);
    for (fields, error) in [
        (
            vec![
                ("ground", "privilege"),
                ("why", "Kept why"),
                ("phrase", "Kept phrase"),
            ],
            "Give the layer a name",
        ),
        (
            vec![
                ("name", "Kept name"),
                ("why", "Kept why"),
                ("phrase", "Kept phrase"),
            ],
            "Choose the ground",
        ),
        (
            vec![
                ("name", "Kept name"),
                ("ground", "other"),
                ("why", "Kept why"),
                ("phrase", "Kept phrase"),
            ],
            "Choose the ground",
        ),
        (
            vec![
                ("name", "Kept name"),
                ("ground", "privilege"),
                ("phrase", "Kept phrase"),
            ],
            "Say why this ground",
        ),
        (
            vec![
                ("name", "Kept name"),
                ("ground", "privilege"),
                ("why", "Kept why"),
            ],
            "Pick something to leave out",
        ),
        (
            vec![
                ("name", "Kept name"),
                ("ground", "privilege"),
                ("why", "Kept why"),
                ("pick", "x|y|0|5"),
                ("pick", "||"),
                ("entry", "none"),
            ],
            "Pick something to leave out",
        ),
    ] {
        let refused = two.lead.post(&to, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{error}");
        refused.has(error).has("govuk-error-summary");
        for (name, value) in fields
            .iter()
            .filter(|(name, _)| *name != "pick" && *name != "entry")
        {
            if *name != "ground" {
                refused.has(value);
            }
        }
    }
    two.lead
        .get(&format!("{}/export", two.case))
        .await
        .has("There are no layers yet");
}

#[tokio::test]
async fn the_second_look_needs_an_answer_and_a_reason_to_send_back() {
    let mut two = two().await;
    let layer = layer(&mut two).await;
    let version = two.second.get(&layer).await.hidden("version");
    for (fields, error) in [
        (vec![("why", "Kept why")], "Say whether you agree"),
        (vec![("answer", "back"), ("why", " ")], "Say why you send it back"),
    ] {
        let mut fields = fields;
        fields.push(("version", &version));
        let refused = two.second.post(&layer, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.has(error);
        if fields.contains(&("why", "Kept why")) {
            refused.has("Kept why");
        }
    }
    let own = two
        .lead
        .post(&layer, &[("answer", "agree"), ("version", &version)])
        .await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    own.has("somebody else looks at it");
    let old = two
        .second
        .post(&layer, &[("answer", "agree"), ("version", "7")])
        .await;
    assert_eq!(old.status, StatusCode::CONFLICT);
    let back = [("answer", "back"), ("why", "Too much"), ("version", &version)];
    two.second.post(&layer, &back).await.to();
    two.lead.get(&layer).await.has("Sent back by").has("Too much");
}

#[tokio::test]
async fn a_copy_that_is_refused_says_why_and_keeps_what_was_typed() {
    let mut two = two().await;
    let layer = layer(&mut two).await;
    let id = layer.rsplit('/').next().unwrap().to_owned();
    let export = format!("{}/export", two.case);
    two.lead.get(&export).await.lacks("name=\"pass\"");
    two.site.wait_minutes(16);
    two.lead.get(&export).await.has("name=\"pass\"");
    for (fields, error) in [
        (vec![("purpose", "Kept purpose")], "This is not your pass phrase"),
        (vec![("pass", PASS)], "Say who the copy is for"),
        (
            vec![("purpose", "Kept purpose"), ("pass", "another phrase entirely")],
            "This is not your pass phrase",
        ),
        (
            vec![("purpose", "Kept purpose"), ("layer", &id), ("pass", PASS)],
            "was changed or not agreed to",
        ),
        (
            vec![("purpose", "Kept purpose"), ("layer", "x"), ("pass", PASS)],
            "was changed or not agreed to",
        ),
    ] {
        let refused = two.lead.post(&export, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{error}");
        refused.has(error).lacks(PASS).lacks("another phrase entirely");
        if fields.contains(&("purpose", "Kept purpose")) {
            refused.has("Kept purpose");
        }
    }
    let make = [("purpose", "For us"), ("pass", PASS)];
    let copy = two.lead.post(&export, &make).await.to().to_owned();
    let none = two.lead.post(&copy, &[("pass", PASS)]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.has("Choose a document");
    two.site.wait_minutes(16);
    let wrong = two
        .lead
        .post(&copy, &[("document", "pdf"), ("pass", "another phrase entirely")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has("This is not your pass phrase");
}

#[tokio::test]
async fn whoever_has_no_key_finds_none_of_it() {
    let mut two = two().await;
    let layer = layer(&mut two).await;
    let export = format!("{}/export", two.case);
    let make = [("purpose", "For us"), ("pass", PASS)];
    let copy = two.lead.post(&export, &make).await.to().to_owned();
    let mut other = crate::team::join(&two.site, safehold_core::roster::Role::Sponsor, "Spo Nsor", 3).await;
    for path in [&export, &layer, &copy] {
        let there = other.get(path).await;
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{path}");
        let none = path.replace(two.case.as_str(), "/desk/case/00000000000040008000000000000000");
        let nowhere = other.get(&none).await;
        assert_eq!(
            (there.status, there.body),
            (nowhere.status, nowhere.body),
            "{path}"
        );
    }
}

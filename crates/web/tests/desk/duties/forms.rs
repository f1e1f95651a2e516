//! What is typed: missing, impossible or refused, it is named and kept.

use axum::http::StatusCode;

use super::{DECISION, SENT, decide, form, record};
use crate::{
    app::new_site,
    team::{join, opened},
};

/// Fields of a form.
type Pairs<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn a_look_without_a_place_keeps_what_was_ticked() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/duties");
    let page = desk.get(&path).await;
    let (entry, version) = (page.hidden("entry"), page.hidden("version"));
    let long = "x".repeat(20_001);
    for (note, error) in [("Kept <note>", "href=\"#f-place\""), (&long, "href=\"#f-note\"")] {
        let fields = [
            ("entry", entry.as_str()),
            ("version", &version),
            ("says", "crime"),
            ("note", note),
        ];
        let answer = desk.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.has(error).has("value=\"crime\" checked");
        assert!(answer.body.contains("Kept &#60;note&#62;") || answer.body.contains(&long));
    }
    // Somebody else was faster: what was typed is kept and nothing is recorded.
    let fields = [
        ("entry", entry.as_str()),
        ("version", "1"),
        ("place", "wales"),
        ("says", "crime"),
    ];
    let answer = desk.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer
        .has("Somebody changed this case")
        .has("value=\"wales\" checked");
    desk.get(&path).await.lacks("Where they are:");
}

#[tokio::test]
async fn every_form_names_what_is_missing_and_keeps_the_rest() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    decide(&mut desk, &case).await;
    let path = form(&case, "sent");
    record(&mut desk, &path, &["sent_on"], &SENT, &[]).await.to();
    let cases: [(&str, Pairs<'_>, &[&str], &str); 4] = [
        (
            "decide",
            &[("need", "required"), ("consent_note", "Kept <words>")],
            &["reason", "decided_by", "consent", "starts"],
            "Kept &#60;words&#62;",
        ),
        (
            "sent",
            &[("message", "Kept <words>"), ("show", "no")],
            &["sent_on", "how", "sent_by", "sent_to", "what"],
            "Kept &#60;words&#62;",
        ),
        (
            "reply",
            &[("reference", "Kept <words>")],
            &["reply_on", "reply"],
            "value=\"Kept &#60;words&#62;\"",
        ),
        (
            "end",
            &[("why", "Kept <words>")],
            &["outcome"],
            "Kept &#60;words&#62;",
        ),
    ];
    for (step, fields, missing, kept) in cases {
        let answer = record(&mut desk, &form(&case, step), &[], fields, &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{step}");
        for field in missing {
            answer.has(&format!("href=\"#f-{field}\""));
        }
        answer.has(kept).lacks("[duty-").lacks("{$");
    }
}

#[tokio::test]
async fn what_can_not_be_is_told_beside_its_field() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    decide(&mut desk, &case).await;
    let line = "x".repeat(301);
    let cases: [(&str, Pairs<'_>, &str, &str); 7] = [
        (
            "decide",
            &[("consent", "refused"), ("starts", "now")],
            "grounds",
            "Tick what outweighs it",
        ),
        (
            "decide",
            &[
                ("starts", "day"),
                ("starts_on-day", "31"),
                ("starts_on-month", "2"),
                ("starts_on-year", "2026"),
            ],
            "starts_on",
            "needs a day that exists",
        ),
        (
            "decide",
            &[
                ("starts", "day"),
                ("starts_on-day", "25"),
                ("starts_on-month", "11"),
                ("starts_on-year", "2026"),
            ],
            "starts_on",
            "not after today",
        ),
        (
            "decide",
            &[
                ("due_on-day", "1"),
                ("due_on-month", "11"),
                ("due_on-year", "2026"),
            ],
            "due_on",
            "not before today",
        ),
        (
            "decide",
            &[("decided_by", &line)],
            "decided_by",
            "up to 300 characters",
        ),
        (
            "decide",
            &[("need", "perhaps")],
            "need",
            "Choose one of the answers",
        ),
        ("sent", &[("show", "yes"), ("message", " ")], "message", "Fill in"),
    ];
    for (step, other, field, words) in cases {
        let base: &[(&str, &str)] = if step == "decide" { &DECISION } else { &SENT };
        let mut fields: Vec<_> = base
            .iter()
            .filter(|(name, _)| !other.iter().any(|(new, _)| new == name))
            .collect();
        fields.extend(other);
        let fields: Vec<_> = fields.into_iter().copied().collect();
        let days: &[&str] = if step == "sent" { &["sent_on"] } else { &[] };
        let answer = record(&mut desk, &form(&case, step), days, &fields, &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{step} {field}");
        answer.has(&format!("id=\"f-{field}-error\"")).has(words);
        answer.has(if step == "decide" {
            "Kept &#60;reason&#62;"
        } else {
            "Kept &#60;what&#62;"
        });
    }
}

#[tokio::test]
async fn a_file_that_is_not_taken_leaves_the_words_and_records_nothing() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    decide(&mut desk, &case).await;
    let path = form(&case, "sent");
    let odd: &[(&str, &[u8])] = &[("a.exe", b"MZ\x90\0\x03\0\0\0")];
    let answer = record(&mut desk, &path, &["sent_on"], &SENT, odd).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("of a kind that we do not take")
        .has("Kept &#60;what&#62;");
    answer.has("href=\"#f-files\"");

    let letter: &[(&str, &[u8])] = &[("letter.txt", b"To whom it may concern")];
    let to = record(&mut desk, &path, &["sent_on"], &SENT, letter).await;
    let page = desk.get(to.to()).await;
    page.has("letter.txt").has("X 17").has("Told");
    let (_, rest) = page.body.split_once("/file/").unwrap();
    let file = format!("{case}/file/{}", rest.split(['"', '/']).next().unwrap());
    assert_eq!(desk.get(&file).await.body, "To whom it may concern");
    desk.get(&case).await.has("Police: told").has("letter.txt");
}

#[tokio::test]
async fn what_does_not_fit_yet_is_refused_with_its_reason_and_the_words() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    for step in ["sent", "reply", "end"] {
        let page = desk.get(&form(&case, step)).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{step}");
        page.has("Decide first that this body is told");
    }
    let mut waiting = DECISION.to_vec();
    waiting[3] = ("consent", "not_yet");
    record(&mut desk, &form(&case, "decide"), &[], &waiting, &[])
        .await
        .to();
    let page = desk.get(&format!("{case}/duties/police")).await;
    page.has("Ask the person first").lacks("/record/sent");
    let version = desk.get(&form(&case, "decide")).await.hidden("version");
    let mut fields = vec![("version", version.as_str())];
    fields.extend(SENT);
    let refused = desk.post_files(&form(&case, "sent"), &fields, &[]).await;
    // The day is missing as well, but that is not what stands in the way.
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.has("Ask the person first").has("Kept &#60;what&#62;");

    // A case with something open is not asked to close, and says where to look.
    let version = desk.get(&form(&case, "decide")).await.hidden("version");
    let learn = [
        ("version", version.as_str()),
        ("why_no_protection", "x"),
        ("second_check", "x"),
    ];
    desk.post(&format!("{case}/do/learn_only"), &learn).await.to();
    let closing = desk.get(&format!("{case}/do/ask_to_close")).await;
    assert_eq!(closing.status, StatusCode::CONFLICT);
    closing.has("One thing is open with a body outside");
}

#[tokio::test]
async fn a_caseworker_sees_and_drafts_but_records_nothing() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    decide(&mut desk, &case).await;
    let mut caseworker = join(&site, safehold_core::roster::Role::Caseworker, "Cas Worker", 2).await;
    let share = desk.get(&format!("{case}/share")).await;
    let (_, rest) = share.body.split_once("Cas Worker").unwrap_or(("", ""));
    assert!(!rest.is_empty(), "they can be given the case");
    let before = share.body.split_once("Cas Worker").unwrap().0;
    let (_, value) = before.rsplit_once("value=\"").unwrap();
    let who = value.split('"').next().unwrap();
    desk.post(&format!("{case}/share"), &[("who", who), ("why", "Helps.")])
        .await
        .to();
    let page = caseworker.get(&format!("{case}/duties/police")).await;
    page.has("To be told")
        .has("/duties/police/draft")
        .lacks("/record/");
    caseworker
        .get(&format!("{case}/duties"))
        .await
        .lacks("name=\"place\"");
    for step in ["decide", "sent", "reply", "end"] {
        assert_eq!(
            caseworker.get(&form(&case, step)).await.status,
            StatusCode::FORBIDDEN,
            "{step}"
        );
    }
}

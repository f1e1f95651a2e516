//! `/desk/case/{id}/duties`, its bodies, its forms and its drafts, and `/desk/duties`.

use axum::http::StatusCode;
use safehold_core::duties::DutyRules;

use crate::{
    app::{HARM, TestSite, Visitor, new_site},
    team::{first_case, join, lead, opened},
};

const TODAY: [(&str, &str); 3] = [("day", "24"), ("month", "11"), ("year", "2026")];

/// Fields of a form.
type Pairs<'a> = &'a [(&'a str, &'a str)];

/// A day as its three fields.
fn day(name: &str) -> Vec<(String, String)> {
    TODAY
        .iter()
        .map(|(part, value)| (format!("{name}-{part}"), (*value).to_owned()))
        .collect()
}

/// Opens a form and sends it with these fields besides what the page brings along.
async fn record(
    desk: &mut Visitor,
    path: &str,
    days: &[&str],
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> crate::app::Answer {
    let page = desk.get(path).await;
    let (entry, version) = (page.hidden("entry"), page.hidden("version"));
    let days: Vec<_> = days.iter().flat_map(|name| day(name)).collect();
    let mut all = vec![("entry", entry.as_str()), ("version", version.as_str())];
    all.extend(days.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    all.extend_from_slice(fields);
    desk.post_files(path, &all, files).await
}

const DECISION: [(&str, &str); 5] = [
    ("need", "required"),
    ("reason", "Kept <reason>"),
    ("decided_by", "Marisol Penhale"),
    ("consent", "given"),
    ("starts", "now"),
];
const SENT: [(&str, &str); 7] = [
    ("how", "phone"),
    ("sent_by", "Marisol Penhale"),
    ("sent_to", "The duty desk"),
    ("what", "Kept <what>"),
    ("reference", "X 17"),
    ("show", "no"),
    ("message", "Kept <message>"),
];

/// The path of a form.
fn form(case: &str, step: &str) -> String {
    format!("{case}/duties/police/record/{step}")
}

async fn decide(desk: &mut Visitor, case: &str) {
    record(desk, &form(case, "decide"), &[], &DECISION, &[])
        .await
        .to();
}

/// A case whose report says more than usual.
async fn case_with(site: &TestSite, more: &[(&str, &[(&str, &str)])]) -> (Visitor, String) {
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.go_through(more).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    let mut desk = lead(site, 1).await;
    let case = first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    desk.post(
        &format!("{case}/do/begin"),
        &[("version", &version), ("no_conflict", "yes")],
    )
    .await
    .to();
    (desk, case)
}

#[tokio::test]
async fn the_page_suggests_bodies_says_why_and_that_nothing_is_sent() {
    let site = new_site().await;
    let more: &[(&str, &[(&str, &str)])] = &[
        ("enough", &[("enough", "more")]),
        ("categories", &[("categories", "slavery")]),
    ];
    let (mut desk, case) = case_with(&site, more).await;
    desk.get(&case)
        .await
        .has(&format!("href=\"{case}/duties\""))
        .has("things are open with bodies outside");
    let page = desk.get(&format!("{case}/duties")).await;
    page.has("Safehold sends nothing to anybody")
        .has("National Referral Mechanism")
        .has("The report: ")
        .has("Modern slavery")
        .has("Say where the person affected is")
        .has("Your organisation has not compared these rules with the law yet");
    page.lacks("[duty-").lacks("{$");

    let path = format!("{case}/duties");
    let (entry, version) = (page.hidden("entry"), page.hidden("version"));
    let fields = [
        ("entry", entry.as_str()),
        ("version", &version),
        ("place", "scotland"),
        ("says", "data_breach"),
    ];
    desk.post(&path, &fields).await.to();
    let page = desk.get(&format!("{path}?done=look")).await;
    page.has("The council&#39;s adult protection team (Scotland)")
        .has("You ticked: Personal information was lost")
        .has("Recorded.");
    page.lacks("adult safeguarding team (Wales)");
    // Each body has a page, also one that nothing raises, and says what it rests on.
    for body in &DutyRules::built_in().unwrap().bodies {
        let page = desk.get(&format!("{path}/{}", body.id)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", body.id);
        page.has("Who decides")
            .lacks("[duty-")
            .lacks("[desk-")
            .lacks("{$");
    }
    assert_eq!(
        desk.get(&format!("{path}/nobody")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        desk.get(&form(&case, "look")).await.status,
        StatusCode::NOT_FOUND,
        "the look has its own form"
    );
}

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
async fn a_draft_holds_what_the_body_needs_and_no_name_that_was_given_in_confidence() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let draft = desk.get(&format!("{case}/duties/police/draft")).await;
    draft
        .has("They shouted at me.")
        .has("Ash")
        .has("Safehold sends nothing to anybody");
    draft.has("contenteditable=\"true\"").lacks("[duty-").lacks("{$");
    // The funder learns what happened, and of whom nothing.
    let draft = desk.get(&format!("{case}/duties/contract_party/draft")).await;
    draft.has("They shouted at me.").lacks("Who is affected");
    assert!(!draft.main().contains("Ash"), "{}", draft.main());
    assert_eq!(
        desk.get(&format!("{case}/duties/nobody/draft")).await.status,
        StatusCode::NOT_FOUND
    );

    let site = new_site().await;
    let mut visitor = site.visitor();
    let confidential: Vec<(&str, &[(&str, &str)])> = HARM
        .iter()
        .map(|(page, fields)| match *page {
            "identity" => ("identity", &[("identity", "confidential")][..]),
            _ => (*page, *fields),
        })
        .collect();
    visitor.go_through(&confidential).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    let begin = [("version", version.as_str()), ("no_conflict", "yes")];
    desk.post(&format!("{case}/do/begin"), &begin).await.to();
    let draft = desk.get(&format!("{case}/duties/police/draft")).await;
    draft.has("The lead holds the name");
    assert!(!draft.main().contains("Ash"), "{}", draft.main());
}

#[tokio::test]
async fn the_reporter_sees_it_only_in_the_words_that_the_lead_chose_to_send() {
    let site = new_site().await;
    let mut reporter = crate::team::report(&site).await;
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    let begin = [("version", version.as_str()), ("no_conflict", "yes")];
    desk.post(&format!("{case}/do/begin"), &begin).await.to();
    decide(&mut desk, &case).await;
    let path = form(&case, "sent");
    desk.get(&path).await.has("On 24 November 2026 we told: Police");
    record(&mut desk, &path, &["sent_on"], &SENT, &[]).await.to();
    reporter
        .get("/follow")
        .await
        .lacks("Kept &#60;message&#62;")
        .lacks("we told: Police");
    let mut shown = SENT.to_vec();
    shown[5] = ("show", "yes");
    record(&mut desk, &path, &["sent_on"], &shown, &[]).await.to();
    reporter
        .get("/follow")
        .await
        .has("Kept &#60;message&#62;")
        .lacks("Kept &#60;what&#62;");
}

#[tokio::test]
async fn what_is_late_stands_on_the_list_and_by_date_and_the_end_of_the_holidays_is_told() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    desk.get("/desk/duties")
        .await
        .has("Nothing is due")
        .has("Bank holidays are known until 31 December 2028");
    decide(&mut desk, &case).await;
    desk.get("/desk/duties")
        .await
        .has(&format!("{case}/duties"))
        .lacks("class=\"late\"");
    desk.get("/desk")
        .await
        .lacks("should have been told")
        .lacks("Bank holidays");
    site.wait_days(2);
    let mut desk = lead(&site, 2).await;
    desk.get("/desk")
        .await
        .has("One body outside should have been told")
        .has("href=\"/desk/duties\"");
    let due = desk.get("/desk/duties").await;
    due.has("class=\"late\"");
    assert!(
        !due.main().contains("olice"),
        "which body it is stands in the case only"
    );
    desk.get(&case).await.has("was due");
    // Three months before the list ends the desk says so, and after it as well.
    site.wait_days(700);
    let mut desk = lead(&site, 3).await;
    desk.get("/desk")
        .await
        .has("Bank holidays are known until 31 December 2028");
    site.wait_days(100);
    let mut desk = lead(&site, 4).await;
    desk.get("/desk")
        .await
        .has("The list of bank holidays ended on 31 December 2028");
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

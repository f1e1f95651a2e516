//! `/desk/retention`, `/desk/case/{id}/keep` and `/desk/case/{id}/erased`.

use axum::http::StatusCode;
use safehold_app::team;
use safehold_core::roster::Role;

use crate::{
    app::{TestSite, Visitor, new_site},
    forms::send,
    team::{PASS, join, lead, opened},
};

const CHECKS: [(&str, &str); 5] = [
    ("erase_checks", "no_conflict"),
    ("erase_checks", "schedule"),
    ("erase_checks", "hold"),
    ("erase_checks", "rights"),
    ("erase_checks", "for_ever"),
];

/// The id of somebody in the team.
pub async fn id_of(site: &TestSite, name: &str) -> String {
    let members = team::list(&site.app).await.unwrap();
    let member = members.iter().find(|member| member.name == name);
    member.unwrap().id.to_string()
}

/// Sends a form that carries the version of the case.
pub async fn step(desk: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> crate::app::Answer {
    send(desk, path, &["version"], fields).await
}

/// A case that a lead and somebody who joined have closed between them; their browsers, and its address.
async fn closed(site: &TestSite) -> (Visitor, Visitor, String) {
    let (mut desk, case) = opened(site).await;
    let mut second = join(site, Role::Alternate, "Bea Alder", 2).await;
    let member = id_of(site, "Bea Alder").await;
    let fields = [("who", member.as_str()), ("why", "Checks it.")];
    step(&mut desk, &format!("{case}/share"), &fields).await.to();
    let advice = [("question", "May I?"), ("advice", "You may.")];
    step(&mut desk, &format!("{case}/do/give_advice"), &advice)
        .await
        .to();
    let ask = [
        ("outcome", "fully"),
        ("outcome_notes", "Done."),
        ("why_no_prevention", "Only a question."),
        ("told_person", "yes"),
        ("said_sorry", "not_due"),
        ("external_decisions", "None."),
        ("candour", "Told."),
    ];
    step(&mut desk, &format!("{case}/do/ask_to_close"), &ask)
        .await
        .to();
    let close = [
        ("checked", "wishes"),
        ("checked", "safety"),
        ("checked", "external"),
        ("checked", "prevent_repeat"),
        ("checked", "told"),
        ("check_notes", "All there."),
    ];
    step(&mut second, &format!("{case}/do/close"), &close).await.to();
    (desk, second, case)
}

#[tokio::test]
async fn two_people_erase_a_case_and_see_the_certificate() {
    let site = new_site().await;
    let (mut desk, mut second, case) = closed(&site).await;
    desk.get("/desk/retention")
        .await
        .has("Nothing to decide")
        .has("until people decide");
    desk.get(&format!("{case}/keep"))
        .await
        .has("Kept until")
        .has("Advice was given");
    let propose = format!("{case}/keep/propose");
    let fields = [("basis", "request"), ("reason", "They asked for it.")];
    assert_eq!(
        step(&mut desk, &propose, &fields).await.to(),
        format!("{case}/keep?done=propose")
    );
    desk.get(&format!("{case}/keep?done=propose"))
        .await
        .has("It was proposed to erase it")
        .has("They asked for it.");
    desk.get("/desk/retention")
        .await
        .has("proposes to erase it: Somebody asked for it");
    desk.get("/desk").await.lacks("waits for you to confirm");
    second.get("/desk").await.has("1 case waits for you to confirm");

    // Whoever proposed it has no page to confirm on.
    let erase = format!("{case}/keep/erase");
    let own = desk.get(&erase).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    own.has("You proposed this");
    let own = desk.post(&erase, &CHECKS).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);

    second
        .get(&erase)
        .await
        .has("Nobody can bring it back")
        .has("They asked for it.");
    assert_eq!(
        step(&mut second, &erase, &CHECKS).await.to(),
        format!("{case}/erased")
    );
    for who in [&mut desk, &mut second] {
        who.get(&format!("{case}/erased"))
            .await
            .has("safehold certificate of erasure v1")
            .has("because: request")
            .lacks("Bea Alder</dd>");
        for path in ["", "/keep", "/keep/erase", "/do/note"] {
            let gone = who.get(&format!("{case}{path}")).await;
            assert_eq!(gone.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let mut third = join(&site, Role::Alternate, "Cy Bramble", 3).await;
    let none = third.get(&format!("{case}/erased")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn bad_input_is_named_and_everything_typed_stays() {
    let site = new_site().await;
    let (mut desk, mut second, case) = closed(&site).await;
    let hold = format!("{case}/keep/hold");
    let answer = step(
        &mut desk,
        &hold,
        &[
            ("hold_for", "fun"),
            ("reason", "The officer's <b>words</b>"),
            ("review_on-day", "31"),
            ("review_on-month", "2"),
            ("review_on-year", "2030"),
        ],
    )
    .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("Something needs another look")
        .has("The officer&#39;s &#60;b&#62;words&#60;/b&#62;")
        .has("value=\"31\"")
        .has("href=\"#f-hold_for")
        .has("href=\"#f-review_on");
    let empty = step(&mut desk, &format!("{case}/keep/propose"), &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);

    // The schedule keeps it longer: what was typed can be copied.
    let fields = [("basis", "schedule"), ("reason", "I thought so.")];
    let early = step(&mut desk, &format!("{case}/keep/propose"), &fields).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    early
        .has("The schedule keeps this case longer")
        .has("I thought so.");

    // Somebody changed the case meanwhile.
    let version = desk.get(&hold).await.hidden("version");
    step(&mut second, &format!("{case}/do/note"), &[("note", "x")])
        .await
        .to();
    let fields = [
        ("version", version.as_str()),
        ("hold_for", "legal"),
        ("reason", "Kept words"),
        ("review_on-day", "1"),
        ("review_on-month", "march"),
        ("review_on-year", "2030"),
    ];
    let changed = desk.post(&hold, &fields).await;
    assert_eq!(changed.status, StatusCode::CONFLICT);
    changed.has("Kept words").has("value=\"march\"");
    let mut again = fields;
    let newer = changed.hidden("version");
    again[0].1 = &newer;
    desk.post(&hold, &again).await.to();
    desk.get(&format!("{case}/keep"))
        .await
        .has("On hold: A claim, or advice from a lawyer")
        .has("1 March 2030");
    let held = desk.get(&format!("{case}/keep/propose")).await;
    assert_eq!(held.status, StatusCode::CONFLICT);
    held.has("A hold is on this case");

    // Of the checks before erasing, each is asked for.
    step(
        &mut desk,
        &format!("{case}/keep/lift_hold"),
        &[("reason", "Done.")],
    )
    .await
    .to();
    let fields = [("basis", "mistake"), ("reason", "A test.")];
    step(&mut desk, &format!("{case}/keep/propose"), &fields)
        .await
        .to();
    let some = step(&mut second, &format!("{case}/keep/erase"), &CHECKS[..4]).await;
    assert_eq!(some.status, StatusCode::UNPROCESSABLE_ENTITY);
    some.has("value=\"no_conflict\" checked");
    second.get(&case).await.has("Waits to be erased");
    for path in ["/keep/burn", "/keep/"] {
        let nowhere = desk.get(&format!("{case}{path}")).await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_is_due_is_on_the_list_and_the_history_tells_each_step() {
    let site = new_site().await;
    let (_, _, case) = closed(&site).await;
    site.wait_days(400);
    let mut desk = lead(&site, 4).await;
    desk.get("/desk/retention").await.has("Its time passed on");
    let fields = [("basis", "schedule"), ("reason", "Time is up.")];
    step(&mut desk, &format!("{case}/keep/propose"), &fields)
        .await
        .to();
    desk.get(&case)
        .await
        .has("It was proposed to erase it")
        .has("Time is up.")
        .has("Its time has passed");
}

#[tokio::test]
async fn before_a_case_is_erased_one_proves_who_one_is() {
    let site = new_site().await;
    let (mut desk, mut second, case) = closed(&site).await;
    let fields = [("basis", "request"), ("reason", "They asked for it.")];
    step(&mut desk, &format!("{case}/keep/propose"), &fields)
        .await
        .to();
    // Still signed in, but for longer than a proof lasts.
    site.wait_minutes(20);
    let erase = format!("{case}/keep/erase");
    let asked = step(&mut second, &erase, &CHECKS).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked.has("action=\"/desk/prove\"").has("for_ever");
    second.get(&case).await.has("Waits to be erased");
    let mut typed: Vec<(String, String)> = hidden_fields(&asked.body);
    typed.push(("pass".to_owned(), PASS.to_owned()));
    let typed: Vec<_> = typed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    second.post("/desk/prove", &typed).await;
    assert_eq!(
        step(&mut second, &erase, &CHECKS).await.to(),
        format!("{case}/erased")
    );
}

/// The hidden fields of a form, but the token, which the visitor adds.
fn hidden_fields(body: &str) -> Vec<(String, String)> {
    let value = |part: &str, of: &str| {
        part.split_once(&format!("{of}=\""))
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(value, _)| value.to_owned())
    };
    body.split("<input type=\"hidden\"")
        .skip(1)
        .filter_map(|part| Some((value(part, "name")?, value(part, "value")?)))
        .filter(|(name, _)| name != "csrf")
        .collect()
}

//! `/desk/requests` and the pages of a request.

use axum::http::StatusCode;
use safehold_core::{
    access::{Area, may_enter},
    roster::Role,
};

use crate::{
    app::{Answer, TestSite, Visitor, new_site},
    forms,
    retention::{id_of, step},
    team::{join, lead, opened},
};

const NEW: [(&str, &str); 10] = [
    ("rights_right", "access"),
    ("rights_who", "Quentin <Marlowe>"),
    ("rights_names", "shouted at me"),
    ("rights_asked_by", "self"),
    ("rights_identity", "known"),
    ("rights_asks", "Kept <asks>"),
    ("rights_reach", "Kept <reach>"),
    ("rights_received_on-day", "20"),
    ("rights_received_on-month", "nov"),
    ("rights_received_on-year", "2026"),
];

async fn send(desk: &mut Visitor, fields: &[(&str, &str)]) -> Answer {
    forms::send(desk, "/desk/requests/new", &["request"], fields).await
}

/// A request that the lead took down, and its address.
async fn taken(desk: &mut Visitor, more: &[(&str, &str)]) -> String {
    let all = [&NEW, more].concat();
    let to = send(desk, &all).await.to().to_owned();
    to.split('?').next().unwrap().to_owned()
}

fn without<'a>(fields: &[(&'a str, &'a str)], name: &str) -> Vec<(&'a str, &'a str)> {
    fields
        .iter()
        .copied()
        .filter(|(field, _)| *field != name)
        .collect()
}

async fn second(site: &TestSite) -> Visitor {
    join(site, Role::Alternate, "Bea Alder", 2).await
}

/// A step, what is typed, and what the page then says.
type Tried<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[tokio::test]
async fn a_request_is_taken_down_answered_by_two_and_handed_over() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let mut second = second(&site).await;
    let request = taken(&mut desk, &[]).await;
    desk.get(&format!("{request}?done=take_down"))
        .await
        .has("Quentin &#60;Marlowe&#62;")
        .has("The request was taken down")
        // 20 December is a Sunday.
        .has("Answer by 21 December 2026")
        .has("It came on 20 November 2026.")
        .has("Kept &#60;asks&#62;");
    second
        .get("/desk/requests")
        .await
        .has("Quentin &#60;Marlowe&#62;")
        .has("To be answered");

    let path = format!("{request}/do/answer");
    desk.get(&path)
        .await
        .has("Dear Quentin &#60;Marlowe&#62;")
        .has("You asked us on 20 November 2026")
        .has("Information Commissioner");
    let answer = [
        ("rights_outcome", "in_part"),
        ("rights_ground", "third_party"),
        ("rights_ground_why", "They told us in confidence."),
        ("rights_letter", "Dear <person>\nHere it is."),
    ];
    step(&mut desk, &path, &answer).await.to();
    desk.get(&format!("{request}/letter"))
        .await
        .has("Dear &#60;person&#62;")
        .has("A second person has not agreed");
    let own = format!("{request}/do/agree");
    let page = desk.get(&own).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("You wrote this answer");
    let checks = [
        ("rights_checks", "person"),
        ("rights_checks", "others"),
        ("rights_checks", "ground"),
        ("rights_checks", "letter"),
    ];
    second
        .get(&own)
        .await
        .has("Dear &#60;person&#62;")
        .has("A part of it");
    step(&mut second, &own, &checks).await.to();
    let release = [
        ("rights_how", "in_person"),
        ("rights_to", "Quentin"),
        ("rights_released_on-day", "24"),
        ("rights_released_on-month", "11"),
        ("rights_released_on-year", "2026"),
    ];
    step(&mut desk, &format!("{request}/do/release"), &release)
        .await
        .to();
    desk.get(&request).await.has("Ended").has("In person");
    desk.get(&format!("{request}/letter"))
        .await
        .lacks("A second person has not agreed");
    desk.get("/desk/requests")
        .await
        .has("Nothing is open.")
        .has("Answered or taken back");
}

#[tokio::test]
async fn each_form_names_what_needs_another_look_and_keeps_the_rest() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    for (name, label) in [
        ("rights_right", "What do they ask for?"),
        ("rights_who", "Whose details are they?"),
        ("rights_asked_by", "Who asks?"),
        ("rights_identity", "Do you know that it is them?"),
    ] {
        let page = send(&mut desk, &without(&NEW, name)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        page.has(&format!("href=\"#f-{name}\""))
            .has(label)
            .has("Kept &#60;asks&#62;")
            .has("value=\"nov\"");
    }
    for (year, wanted) in [("2027", "is still to come"), ("20x6", "needs a day that exists")] {
        let mut fields = without(&NEW, "rights_received_on-year");
        fields.push(("rights_received_on-year", year));
        let page = send(&mut desk, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{year}");
        page.has(wanted)
            .has("Kept &#60;reach&#62;")
            .has(&format!("value=\"{year}\""));
    }
    let long = "x".repeat(20_001);
    let mut fields = without(&NEW, "rights_names");
    fields.push(("rights_names", &long));
    assert_eq!(
        send(&mut desk, &fields).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    desk.get("/desk/requests").await.has("Nothing is open.");

    let request = taken(&mut desk, &[]).await;
    // Somebody who joins later can be given it.
    second(&site).await;
    let cases: [Tried<'_>; 7] = [
        (
            "ask_identity",
            &[("rights_asked", "Kept <words>")],
            "rights_asked_on",
        ),
        (
            "ask_clarity",
            &[("rights_asked", "Kept <words>"), ("rights_asked_on-day", "x")],
            "rights_asked_on",
        ),
        ("extend", &[("rights_reason", "Kept <words>")], "rights_because"),
        (
            "answer",
            &[("rights_letter", "Kept <words>"), ("rights_outcome", "refused")],
            "rights_ground",
        ),
        (
            "withdraw",
            &[("rights_withdrawn", "Kept <words>")],
            "rights_withdrawn_on",
        ),
        ("note", &[("rights_note", " ")], "rights_note"),
        (
            "give",
            &[("rights_give_why", "Kept <words>"), ("rights_reader", "x")],
            "rights_reader",
        ),
    ];
    for (name, fields, wrong) in cases {
        let page = step(&mut desk, &format!("{request}/do/{name}"), fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        page.has(&format!("href=\"#f-{wrong}\""));
        if name != "note" {
            page.has("Kept &#60;words&#62;");
        }
    }
    // What changed meanwhile is told, and what was typed is kept.
    let stale = [("version", "0"), ("rights_note", "Kept <words>")];
    let page = desk.post(&format!("{request}/do/note"), &stale).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.has("Somebody changed this request")
        .has("Kept &#60;words&#62;");
    let early = step(
        &mut desk,
        &format!("{request}/do/release"),
        &[("rights_to", "Kept <words>")],
    )
    .await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    early.has("as the request stands now").has("Kept &#60;words&#62;");
}

#[tokio::test]
async fn the_person_is_found_in_ones_own_cases_and_a_copy_is_made_for_them() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let mut second = second(&site).await;
    let request = taken(&mut desk, &[]).await;
    let look = format!("{request}/look");
    let page = desk.get(&look).await;
    let reference = case.rsplit('/').next().unwrap();
    page.has("<mark>")
        .has("Found by: shouted at me")
        .has(&format!("name=\"mark-{reference}\""));
    // For somebody who has not this case, there is nothing.
    second.get(&look).await.has("None of your cases").lacks(reference);
    let mark = format!("mark-{reference}");
    desk.post(&look, &[(mark.as_str(), "about"), ("done", "yes")])
        .await
        .to();
    let export = format!("{case}/export?request={}", request.rsplit('/').next().unwrap());
    desk.get(&request)
        .await
        .has(&export)
        .has("Done with looking since");
    second
        .get(&request)
        .await
        .lacks(reference)
        .has("Done with looking since");
    let page = desk.get(&export).await;
    page.has("This copy is made for a request");
    let made = desk
        .post(
            &format!("{case}/export"),
            &[
                ("purpose", "For the person"),
                ("request", &page.hidden("request")),
            ],
        )
        .await
        .to()
        .to_owned();
    desk.get(&request).await.has(&made);
    second
        .get(&request)
        .await
        .lacks(&made)
        .has("You have said of no case yet");
}

#[tokio::test]
async fn for_whoever_is_not_to_know_the_request_is_not_there() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let mut second = second(&site).await;
    let left_out = id_of(&site, "Bea Alder").await;
    let request = taken(&mut desk, &[("rights_not_for", &left_out)]).await;
    desk.get(&request).await.has("Not for: Bea Alder");
    second.get("/desk/requests").await.has("Nothing is open.");
    let unknown = "/desk/requests/11111111111141118111111111111111".to_owned();
    for place in ["", "/letter", "/look", "/do/note"] {
        let [one, other] = [
            second.get(&format!("{request}{place}")).await,
            second.get(&format!("{unknown}{place}")).await,
        ];
        assert_eq!(
            (one.status, other.status),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
        );
        assert_eq!(one.main(), other.main(), "{place}");
    }
    for place in ["/look", "/do/note"] {
        let sent = second
            .post(&format!("{request}{place}"), &[("rights_note", "x")])
            .await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{place}");
    }
    let away = site.visitor().get(&request).await;
    assert!(away.to().starts_with("/desk/sign-in"));
    assert!(!may_enter(Role::Caseworker, Area::Requests));
    let mut caseworker = join(&site, Role::Caseworker, "Cal Fennel", 3).await;
    assert_eq!(caseworker.get(&request).await.status, StatusCode::FORBIDDEN);
    caseworker.get("/desk").await.lacks("/desk/requests");
}

//! `/desk/take-down`: the form for somebody who phones.

use axum::http::StatusCode;

use safehold_core::roster::Role;

use crate::{
    app::{HARM, new_site},
    team::{first_case, join, lead},
};

const BANNER: &str = "You are writing this down for somebody else.";

#[tokio::test]
async fn a_report_is_taken_down_and_its_words_are_theirs() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk").await.has("href=\"/desk/take-down\"");
    let page = desk.get("/desk/take-down").await;
    page.has("Is it about you").has("value=\"24\"");
    let begun = desk
        .post(
            "/desk/take-down",
            &[
                ("channel", "paper"),
                ("told-day", "20"),
                ("told-month", "nov"),
                ("told-year", "2026"),
            ],
        )
        .await;
    let first = begun.to().to_owned();
    desk.get(&first).await.has(BANNER);
    desk.go_through(HARM).await;
    desk.get("/report/check").await.has(BANNER);
    desk.post("/report/send", &[]).await.to();
    desk.get("/report/sent")
        .await
        .has("These are their words, not yours.")
        .has("I have written them down");

    let list = desk.get("/desk").await;
    let (_, rest) = list.body.split_once("href=\"/desk/case/").unwrap();
    let case = format!("/desk/case/{}", rest.split('"').next().unwrap());
    let before = desk.get(&case).await;
    desk.post(
        &format!("{case}/do/begin"),
        &[("version", &before.hidden("version")), ("no_conflict", "yes")],
    )
    .await
    .to();
    desk.get(&case)
        .await
        .has("Sent on paper on 20 November 2026. Written down by Marisol Penhale.");
}

#[tokio::test]
async fn what_is_missing_or_still_to_come_is_said_beside_it_and_what_was_typed_stays() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk/take-down").await;
    for (day, said) in [
        ("31", "Type the day as a date"),
        ("30", "This day is still to come"),
    ] {
        let refused = desk
            .post(
                "/desk/take-down",
                &[
                    ("channel", "phone"),
                    ("told-day", day),
                    ("told-month", "11"),
                    ("told-year", "2026"),
                ],
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused
            .has(said)
            .has(&format!("value=\"{day}\""))
            .has("value=\"phone\" checked");
    }
    let refused = desk.post("/desk/take-down", &[("channel", "telepathy")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.has("Choose how they told you");
}

#[tokio::test]
async fn another_report_on_this_device_is_not_left_without_words_unasked() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.go_through(&HARM[..3]).await;
    desk.get("/desk/take-down").await.has("Get its words first");
    let fields = [("channel", "phone")];
    let refused = desk.post("/desk/take-down", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.has("or tick that you do not need it");
    desk.get("/report/danger").await.lacks(BANNER);
    desk.get("/desk/take-down").await;
    let begun = desk
        .post("/desk/take-down", &[("channel", "phone"), ("leave", "yes")])
        .await;
    let first = begun.to().to_owned();
    desk.get(&first).await.has(BANNER);
}

#[tokio::test]
async fn a_facilitator_writes_it_down_and_sees_how_far_it_is_and_no_more() {
    let site = new_site().await;
    let mut facilitator = join(&site, Role::Facilitator, "Juno Applegarth", 1).await;
    facilitator
        .get("/desk/taken-down")
        .await
        .has("You have not written a report down yet")
        .has("Reports that you wrote down");
    facilitator
        .get("/desk/take-down")
        .await
        .has("href=\"/desk/taken-down\"");
    let told = [
        ("channel", "in_person"),
        ("told-day", "24"),
        ("told-month", "11"),
        ("told-year", "2026"),
    ];
    facilitator.post("/desk/take-down", &told).await.to();
    facilitator.go_through(HARM).await;
    facilitator.get("/report/check").await;
    facilitator.post("/report/send", &[]).await.to();
    let list = facilitator.get("/desk/taken-down").await;
    list.has("Nobody has opened it yet").lacks("They shouted at me");

    let mut desk = lead(&site, 2).await;
    let case = first_case(&mut desk).await;
    let before = desk.get(&case).await;
    let reference = before.body.split("Case ").nth(1).unwrap()[..9].to_owned();
    list.has(&reference);
    desk.post(
        &format!("{case}/do/begin"),
        &[("version", &before.hidden("version")), ("no_conflict", "yes")],
    )
    .await
    .to();
    facilitator
        .get("/desk/taken-down")
        .await
        .has("Somebody is working on it");
    assert_eq!(facilitator.get(&case).await.status, StatusCode::FORBIDDEN);

    // A lead who finds that it is about them takes the line away too.
    let page = desk.get(&format!("{case}/exclude")).await;
    let (_, rest) = page.body.split_once("Juno Applegarth").unwrap();
    assert!(!rest.is_empty());
    let id = crate::retention::id_of(&site, "Juno Applegarth").await;
    let fields = [("who", id.as_str()), ("why", "It is about them.")];
    crate::retention::step(&mut desk, &format!("{case}/exclude"), &fields)
        .await
        .to();
    facilitator.get("/desk/taken-down").await.lacks(&reference);
}

#[tokio::test]
async fn whoever_reads_no_case_begins_where_they_have_something_to_see() {
    let site = new_site().await;
    let places = [
        (Role::Facilitator, "Juno Applegarth", "/desk/taken-down"),
        (Role::Group, "Wilf Sandmartin", "/desk/roles"),
        (Role::Administrator, "Ada Millrace", "/desk/team"),
        (Role::DataProtection, "Perpetua Reedmace", "/desk"),
    ];
    for (code, (role, name, place)) in places.into_iter().enumerate() {
        let mut visitor = join(&site, role, name, 1 + code).await;
        assert_eq!(visitor.get("/desk/sign-in").await.to(), place, "{role:?}");
        let page = visitor.get("/desk/roles").await;
        page.has("Who sees what").lacks("[roles-").lacks("[team-role-");
    }
    let mut group = join(&site, Role::Group, "Second Member", 5).await;
    group
        .get("/desk/roles")
        .await
        .has("Your role: Governance group")
        .has("is still being built");
}

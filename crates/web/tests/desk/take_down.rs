//! `/desk/take-down`: the form for somebody who phones.

use axum::http::StatusCode;

use crate::{
    app::{HARM, new_site},
    team::lead,
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

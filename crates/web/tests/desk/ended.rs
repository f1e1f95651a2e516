//! What was typed outlives the session, and a token that does not fit.

use axum::http::StatusCode;

use crate::{
    app::new_site,
    team::{PASS, lead, opened},
};

#[tokio::test]
async fn a_session_that_ended_loses_nothing_that_was_typed() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/do/note");
    let version = desk.get(&path).await.hidden("version");
    site.wait_days(1);
    let fields = [("version", version.as_str()), ("note", "A long note")];
    let page = desk.post(&path, &fields).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.has("You were signed out while you were writing")
        .has("A long note");
    assert_eq!(page.hidden("to"), path);
    assert_eq!(page.hidden("kept.note"), "A long note");

    let code = site.recovery_codes[2].clone();
    let wrong = [
        ("email", "marisol@riverbank.example"),
        ("to", path.as_str()),
        ("kept.note", "A long note"),
    ];
    let page = desk.post("/desk/sign-in", &wrong).await;
    assert_eq!(page.hidden("kept.note"), "A long note");
    let right = [
        ("email", "marisol@riverbank.example"),
        ("pass", PASS),
        ("code", code.as_str()),
        ("to", path.as_str()),
        ("kept.note", "A long note"),
        ("kept.version", version.as_str()),
    ];
    let page = desk.post("/desk/sign-in", &right).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.hidden("note"), "A long note");
    let form = desk.post(&path, &[("again", "1"), ("note", "A long note")]).await;
    assert_eq!(form.status, StatusCode::OK);
    form.has("A long note</textarea>");
}

#[tokio::test]
async fn a_form_without_its_token_does_nothing_and_keeps_the_words() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let token = desk.token.clone();
    for bad in ["", "x", &token[1..]] {
        desk.token = bad.to_owned();
        let fields = [("version", "2"), ("note", "My words")];
        let page = desk.post(&format!("{case}/do/note"), &fields).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        page.has("My words").has("name=\"again\" value=\"1\"");
    }
    desk.get(&case).await.lacks("My words");
}

#[tokio::test]
async fn after_signing_in_one_comes_back_to_the_page_that_was_asked_for() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    let to = visitor.get("/desk/team").await.to().to_owned();
    assert_eq!(to, "/desk/sign-in?to=/desk/team");
    let mut desk = lead(&site, 1).await;
    assert_eq!(desk.get("/desk/sign-in").await.to(), "/desk");
    let code = site.recovery_codes[2].clone();
    let fields = [
        ("email", "marisol@riverbank.example"),
        ("pass", PASS),
        ("code", code.as_str()),
        ("to", "https://evil.example/desk"),
    ];
    assert_eq!(visitor.post("/desk/sign-in", &fields).await.to(), "/desk");
}

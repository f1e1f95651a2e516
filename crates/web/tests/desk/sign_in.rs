//! `/desk/sign-in` and `/desk/sign-out`.

use axum::http::StatusCode;

use crate::{
    app::new_site,
    team::{PASS, lead},
};

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_the_same_and_keeps_the_address() {
    let site = new_site().await;
    let code = site.recovery_codes[1].clone();
    let tries = [
        ("marisol@riverbank.example", "another phrase", code.as_str()),
        ("marisol@riverbank.example", PASS, "000000"),
        ("nobody@riverbank.example", PASS, code.as_str()),
        ("", "", ""),
    ];
    for (email, pass, code) in tries {
        let answer = site
            .visitor()
            .post(
                "/desk/sign-in",
                &[("email", email), ("pass", pass), ("code", code)],
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer
            .has("These three do not fit together")
            .has(&format!("value=\"{email}\""))
            .lacks(PASS);
        assert!(answer.headers.get("set-cookie").is_none());
    }
}

#[tokio::test]
async fn the_page_takes_what_a_password_manager_pastes() {
    let site = new_site().await;
    let page = site.visitor().get("/desk/sign-in").await;
    for autocomplete in ["username", "current-password", "one-time-code"] {
        page.has(&format!("autocomplete=\"{autocomplete}\""));
    }
    assert!(page.body.contains("<title>Sign in - "), "the tab is neutral");
}

#[tokio::test]
async fn somebody_signs_in_works_and_signs_out() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk").await.has("Nothing is waiting here");
    let before = desk.clone();
    let out = desk.post("/desk/sign-out", &[]).await;
    assert_eq!(out.to(), "/desk/sign-in?done=out");
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(desk.cookie.is_none());
    let mut stolen = before;
    assert_eq!(stolen.get("/desk").await.to(), "/desk/sign-in");
}

#[tokio::test]
async fn a_recovery_code_works_once() {
    let site = new_site().await;
    lead(&site, 1).await;
    let code = site.recovery_codes[1].clone();
    let fields = [
        ("email", "marisol@riverbank.example"),
        ("pass", PASS),
        ("code", code.as_str()),
    ];
    let answer = site.visitor().post("/desk/sign-in", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn signing_in_gives_a_new_session_and_ends_the_one_that_the_browser_had() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let mut before = desk.clone();
    let code = site.recovery_codes[2].clone();
    let fields = [
        ("email", "marisol@riverbank.example"),
        ("pass", PASS),
        ("code", code.as_str()),
    ];
    desk.post("/desk/sign-in", &fields).await.to();
    assert_ne!(desk.cookie, before.cookie);
    desk.get("/desk").await.has("Nothing is waiting here");
    assert_eq!(before.get("/desk").await.to(), "/desk/sign-in");
}

#[tokio::test]
async fn a_cookie_that_somebody_chose_never_becomes_a_session() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    let chosen = format!("desk={}", "A".repeat(43));
    visitor.cookie = Some(chosen.clone());
    let code = site.recovery_codes[1].clone();
    let fields = [
        ("email", "marisol@riverbank.example"),
        ("pass", PASS),
        ("code", code.as_str()),
    ];
    visitor.post("/desk/sign-in", &fields).await.to();
    assert_ne!(visitor.cookie.as_ref(), Some(&chosen));
    visitor.cookie = Some(chosen);
    assert_eq!(visitor.get("/desk").await.to(), "/desk/sign-in");
}

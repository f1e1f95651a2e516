//! The team, one's account, the organisation and joining, through the real router and a real database.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]
#![allow(dead_code, reason = "the helpers are shared with other tests")]

#[path = "../report/app.rs"]
mod app;
#[path = "../desk/team.rs"]
mod team;

use axum::http::StatusCode;
use safehold_testkit::seal::totp;

use crate::{
    app::new_site,
    team::{PASS, lead, sign_in},
};

#[tokio::test]
async fn somebody_is_invited_joins_and_signs_in() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk/team").await.has("Tunde Ashgrove").lacks("[team-");
    let bad = desk
        .post(
            "/desk/team/invite",
            &[("role", "caseworker"), ("name", "Bo Reed"), ("email", "nowhere")],
        )
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.has("Write an e-mail address")
        .has("value=\"Bo Reed\"")
        .has("value=\"nowhere\"");
    let good = [
        ("role", "caseworker"),
        ("name", "Bo Reed"),
        ("email", "bo@riverbank.example"),
    ];
    let page = desk.post("/desk/team/invite", &good).await;
    page.has("This link is shown only now");
    let (_, rest) = page.body.split_once("/join?token=").unwrap();
    let token = rest.split('<').next().unwrap().to_owned();

    let mut bo = site.visitor();
    let form = bo.get(&format!("/join?token={token}")).await;
    form.has("Welcome, Bo Reed")
        .has("data:image/svg+xml;base64,")
        .lacks("[team-");
    let secret = form.hidden("secret");
    let code = totp::code_at(&totp::parse_typed(&secret).unwrap(), site.app.now().as_second()).unwrap();
    let sent = |pass: &'static str, again: &'static str, code: String| {
        let (token, secret) = (token.clone(), secret.clone());
        move |bo: crate::app::Visitor| async move {
            let mut bo = bo;
            let fields = [
                ("token", token.as_str()),
                ("secret", secret.as_str()),
                ("pass", pass),
                ("pass_again", again),
                ("code", code.as_str()),
            ];
            bo.post("/join", &fields).await
        }
    };
    let weak = sent("password1", "password1", code.clone())(bo.clone()).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    weak.has("too easy to guess").lacks("[team-");
    assert_eq!(weak.hidden("secret"), secret);
    let differs = sent(PASS, "another", code.clone())(bo.clone()).await;
    differs.has("The two are not the same");
    let wrong = sent(PASS, PASS, "000000".to_owned())(bo.clone()).await;
    wrong.has("This code does not fit").has("value=\"000000\"");
    let joined = sent(PASS, PASS, code.clone())(bo.clone()).await;
    assert_eq!(joined.status, StatusCode::OK);
    joined.has("The recovery codes are shown only now");
    let (_, rest) = joined.body.split_once("keep-list\"><li>").unwrap();
    let recovery = rest.split('<').next().unwrap();
    let mut bo = sign_in(&site, "bo@riverbank.example", recovery).await;
    bo.get("/desk").await.has("Nothing is waiting here");
    let again = site.visitor().get(&format!("/join?token={token}")).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn times_away_are_noted_and_taken_out() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let days = |until: &'static str| {
        [
            ("from-day", "24"),
            ("from-month", "11"),
            ("from-year", "2026"),
            ("until-day", until),
            ("until-month", "nov"),
            ("until-year", "2026"),
        ]
    };
    let bad = desk.post("/desk/account/away", &days("31")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.has("The last day must be a day that exists")
        .has("value=\"31\"");
    desk.post("/desk/account/away", &days("20"))
        .await
        .has("The last day can&#39;t be before the first");
    desk.post("/desk/account/away", &days("26")).await.to();
    let page = desk.get("/desk/account").await;
    page.has("24 November 2026 to 26 November 2026");
    let id = page.hidden("remove");
    desk.post("/desk/account/away", &[("remove", &id)]).await.to();
    desk.get("/desk/account").await.has("No time away is noted");
}

#[tokio::test]
async fn a_pass_phrase_is_changed_and_every_session_ends() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let new = "lanterns drift over copper meadows";
    let fields = |present: &'static str, again: &'static str| {
        [
            ("pass", present),
            ("pass_new", "lanterns drift over copper meadows"),
            ("pass_again", again),
        ]
    };
    let wrong = desk.post("/desk/account/pass", &fields("no", new)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has("This is not your pass phrase of now").lacks(new);
    desk.post("/desk/account/pass", &fields(PASS, "x"))
        .await
        .has("not the same");
    let to = desk
        .post("/desk/account/pass", &fields(PASS, new))
        .await
        .to()
        .to_owned();
    assert_eq!(to, "/desk/sign-in?done=pass");
    assert_eq!(desk.get("/desk").await.to(), "/desk/sign-in");
}

#[tokio::test]
async fn the_organisation_and_its_statement_are_changed_and_seen() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let page = desk.get("/desk/organisation").await;
    page.lacks("[team-");
    let fields = |name: &'static str, exit: &'static str| {
        [
            ("name", name),
            ("short_name", "River"),
            ("nation", "wales"),
            ("exit_url", exit),
            ("service_hours", "Weekdays."),
            ("designated_name", "Marisol Penhale"),
            ("designated_phone", "01632 960101"),
            ("designated_email", "marisol@riverbank.example"),
            ("children_name", "Children's lead"),
            ("guides", "Getting ready | https://riverbank.example/ready"),
        ]
    };
    let bad = desk
        .post("/desk/organisation", &fields("New Name", "http://plain.example"))
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.has("href=\"#f-exit_url\"")
        .has("value=\"New Name\"")
        .has("http://plain.example");
    desk.post(
        "/desk/organisation",
        &fields("New Name", "https://weather.example"),
    )
    .await
    .to();
    site.visitor()
        .get("/")
        .await
        .has("New Name")
        .has("https://weather.example");

    let token = desk.get("/desk/statement").await.hidden("csrf");
    desk.token = token;
    let text = |what: &'static str, note: &'static str| {
        [
            ("title", "Our statement"),
            ("markdown", "4.1 We listen <script>x</script>"),
            ("note", note),
            ("on-day", "1"),
            ("on-month", "12"),
            ("on-year", "2026"),
            ("do", what),
        ]
    };
    let bad = desk.post("/desk/statement", &text("publish", "")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.has("Write what changed").has("4.1 We listen");
    let look = desk.post("/desk/statement", &text("preview", "Shorter")).await;
    look.has("id=\"p4.1\"").lacks("<script>x");
    desk.post("/desk/statement", &text("publish", "Shorter"))
        .await
        .to();
    site.visitor().get("/statement").await.has("We listen");
}

#[tokio::test]
async fn the_last_who_receives_reports_cannot_leave() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let tunde = site.member(safehold_core::roster::Role::Alternate);
    desk.get(&format!("/desk/team/{tunde}/again"))
        .await
        .has("They lose the key that they have now");
    desk.post(&format!("/desk/team/{tunde}/leave"), &[]).await.to();
    let ines = site.member(safehold_core::roster::Role::Sponsor);
    desk.post(&format!("/desk/team/{ines}/leave"), &[]).await.to();
    let me = site.member(safehold_core::roster::Role::Lead);
    let answer = desk.post(&format!("/desk/team/{me}/leave"), &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.has("Nobody could receive reports any more");
    desk.get("/desk")
        .await
        .has("no alternate lead yet")
        .has("no independent recipient yet");
}

//! The team, one's account, the organisation and joining, through the real router and a real database.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]
#![allow(dead_code, reason = "the helpers are shared with other tests")]

#[path = "../report/app.rs"]
mod app;
mod passkeys;
#[path = "../desk/team.rs"]
mod team;

mod recovery;

use axum::http::StatusCode;
use http_body_util::BodyExt;
use safehold_core::roster::Role;
use safehold_testkit::seal::totp;
use tower::ServiceExt;

use crate::{
    app::{BASE_URL, Visitor, new_site},
    team::{PASS, join, lead, sign_in},
};

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "from being invited to signing in")]
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
    // As configured, and not as the request says of itself.
    let (_, rest) = page.body.split_once(&format!("{BASE_URL}/join?token=")).unwrap();
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
    joined.has("Before you can sign in").lacks("[team-");
    let (_, rest) = joined.body.split_once("keep-list\"><li>").unwrap();
    let recovery = rest.split('<').next().unwrap();
    let too_early = [
        ("email", "bo@riverbank.example"),
        ("pass", PASS),
        ("code", recovery),
    ];
    let refused = site.visitor().post("/desk/sign-in", &too_early).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Who invited them can't confirm them; somebody else does.
    let confirm = confirm_address(&mut desk).await;
    desk.get("/desk/team")
        .await
        .has("Somebody else has to confirm them")
        .lacks("[team-");
    desk.get(&confirm)
        .await
        .has("not you, because you invited them")
        .lacks("<button type=\"submit\" class=\"govuk-button\"");
    let refused = desk.post(&confirm, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let mut second = join(&site, Role::Sponsor, "Una Millrace", 2).await;
    second
        .get("/desk")
        .await
        .has("waits for you to confirm them")
        .has("The team has changed")
        .lacks("[team-");
    second.get("/desk/team").await.has("wait for you to confirm them");
    let page = second.get(&confirm).await;
    page.has("Invited by")
        .has("Marisol Penhale")
        .has("bo@riverbank.example")
        .lacks("[team-");
    assert_eq!(second.post(&confirm, &[]).await.to(), "/desk/team?done=confirmed");
    second
        .get("/desk/team?done=confirmed")
        .await
        .has("They can sign in");
    let twice = second.post(&confirm, &[]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    twice.has("There is nothing to confirm");
    desk.get("/desk/team/changes")
        .await
        .has("Bo Reed, caseworker, was confirmed")
        .has("Una Millrace")
        .has("Bo Reed was invited as caseworker")
        .lacks("[team-")
        .lacks("[desk-");

    let mut bo = sign_in(&site, "bo@riverbank.example", recovery).await;
    bo.get("/desk").await.has("Nothing is waiting here");
    let again = site.visitor().get(&format!("/join?token={token}")).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

/// The address at which the one who waits is confirmed.
async fn confirm_address(desk: &mut Visitor) -> String {
    let page = desk.get("/desk/team").await;
    let (before, _) = page.body.split_once("Waits to be confirmed").unwrap();
    let (_, rest) = page
        .body
        .split_at(before.len())
        .1
        .split_once("/desk/team/")
        .unwrap();
    format!("/desk/team/{}/confirm", rest.split('/').next().unwrap())
}

/// What a request says of its host is not what a link that is handed out begins with.
#[tokio::test]
async fn a_link_to_join_does_not_believe_the_request() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk/team/invite").await;
    let body = format!(
        "csrf={}&role=sponsor&name=Bo+Reed&email=bo%40riverbank.example",
        desk.token
    );
    let request = axum::http::Request::post("/desk/team/invite")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", desk.cookie.clone().unwrap())
        .header("host", "elsewhere.example")
        .header("x-forwarded-host", "elsewhere.example")
        .body(axum::body::Body::from(body))
        .unwrap();
    let response = site.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let page = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(page.contains(&format!("{BASE_URL}/join?token=")), "{page}");
    assert!(!page.contains("elsewhere.example"));
}

#[tokio::test]
async fn with_a_mail_server_whoever_invites_does_not_see_the_link() {
    let site = new_site().await.mailing().await;
    let mut desk = lead(&site, 1).await;
    let fields = [
        ("role", "sponsor"),
        ("name", "Bo Reed"),
        ("email", "Bo@riverbank.example"),
    ];
    desk.get("/desk/team/invite").await;
    let page = desk.post("/desk/team/invite", &fields).await;
    page.has("goes to bo@riverbank.example, and to nobody else")
        .lacks("/join")
        .lacks("token=")
        .lacks("[team-");
    let members = team::members(&site).await;
    let bo = members
        .iter()
        .find(|(name, _)| name == "Bo Reed")
        .unwrap()
        .1
        .clone();
    let again = format!("/desk/team/{bo}/again");
    desk.get(&again)
        .await
        .has("a new one goes to their e-mail address");
    desk.post(&again, &[])
        .await
        .has("and to nobody else")
        .lacks("/join");
}

#[tokio::test]
async fn before_the_team_changes_the_pass_phrase_is_asked_for_and_nothing_typed_is_lost() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk/team/invite").await.has("Invite somebody");
    site.wait_minutes(16);
    assert_eq!(
        desk.get("/desk/team/invite").await.to(),
        "/desk/prove?to=/desk/team/invite"
    );
    let tunde = site.member(Role::Alternate);
    for page in ["again", "leave", "confirm"] {
        let path = format!("/desk/team/{tunde}/{page}");
        assert_eq!(desk.get(&path).await.to(), format!("/desk/prove?to={path}"));
        let asked = desk.post(&path, &[]).await;
        assert_eq!(asked.status, StatusCode::FORBIDDEN);
        asked.has("Is it still you?");
    }
    let fields = [
        ("role", "caseworker"),
        ("name", "Bo Reed"),
        ("email", "bo@riverbank.example"),
    ];
    let asked = desk.post("/desk/team/invite", &fields).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked
        .has("Is it still you?")
        .has("What you typed is kept")
        .lacks("[team-");
    let carried = [
        ("to", "/desk/team/invite"),
        ("kept.role", "caseworker"),
        ("kept.name", "Bo Reed"),
        ("kept.email", "bo@riverbank.example"),
    ];
    for (name, value) in carried {
        assert_eq!(asked.hidden(name), value);
    }
    let with = |pass: &'static str| {
        let mut sent = carried.to_vec();
        sent.push(("pass", pass));
        sent
    };
    let wrong = desk.post("/desk/prove", &with("not this one")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has("This is not your pass phrase").lacks("not this one");
    assert_eq!(wrong.hidden("kept.name"), "Bo Reed");
    let back = desk.post("/desk/prove", &with(PASS)).await;
    assert_eq!(back.status, StatusCode::OK);
    assert_eq!(back.hidden("email"), "bo@riverbank.example");
    let mut again = fields.to_vec();
    again.push(("again", "1"));
    desk.post("/desk/team/invite", &again)
        .await
        .has("value=\"Bo Reed\"");
    desk.post("/desk/team/invite", &fields)
        .await
        .has("Bo Reed is invited");
    // It leads nowhere but to the desk.
    let away = desk.get("/desk/prove?to=https://elsewhere.example").await;
    assert_eq!(away.hidden("to"), "");
    assert_eq!(
        desk.post("/desk/prove", &[("pass", PASS)]).await.to(),
        "/desk/account"
    );
}

#[tokio::test]
async fn own_sign_ins_are_seen_and_ended() {
    let site = new_site().await;
    let mut phone = lead(&site, 1).await;
    site.wait_minutes(1);
    let mut desk = lead(&site, 2).await;
    let mut other = join(&site, Role::Sponsor, "Una Millrace", 3).await;
    let page = desk.get("/desk/account").await;
    page.has("Where you are signed in")
        .has("This one")
        .has("End it")
        .lacks("[team-");
    // The lead's browser, the phone, and those that the tests themselves began.
    let (_, rest) = page.body.split_once("name=\"end\" value=\"").unwrap();
    let name = rest.split('"').next().unwrap().to_owned();
    other.post("/desk/account/sessions", &[("end", &name)]).await.to();
    desk.get("/desk/account").await.has(&name);
    let done = desk.post("/desk/account/sessions", &[("end", "others")]).await;
    assert_eq!(done.to(), "/desk/account?done=ended");
    desk.get("/desk/account?done=ended")
        .await
        .has("That sign-in has ended")
        .lacks("End it");
    assert_eq!(phone.get("/desk").await.to(), "/desk/sign-in");
    site.wait_minutes(16);
    let asked = desk.post("/desk/account/sessions", &[("end", "others")]).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked.has("Is it still you?");
    other.get("/desk").await.has("Nothing is waiting here");
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
    // Whoever took out the last who could confirm others would let in whom they like.
    let ines = site.member(safehold_core::roster::Role::Sponsor);
    for what in ["leave", "again"] {
        let refused = desk.post(&format!("/desk/team/{ines}/{what}"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        refused
            .has("You would be the only one left who can confirm others")
            .lacks("[team-");
    }
    team::leave_by_themselves(&site, &ines).await;
    let me = site.member(safehold_core::roster::Role::Lead);
    let answer = desk.post(&format!("/desk/team/{me}/leave"), &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.has("Nobody could receive reports any more");
    desk.get("/desk")
        .await
        .has("no alternate lead yet")
        .has("no independent recipient yet");
}

//! The first run, through the real router and a real database.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and does not find ends the test"
)]

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use jiff::{Timestamp, tz::TimeZone};
use safehold_app::{App, Clock, FormSource, Parts};
use safehold_core::{
    form::{self, Form},
    settings::Settings,
};
use safehold_testkit::seal::{InstallationKeys, LockParams, totp};
use safehold_testkit::store::{Store, StoreConfig};
use safehold_text::Texts;
use safehold_web::{
    Site,
    state::{Content, WebState},
};
use tower::ServiceExt;

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }
}

const PASS: &str = "seven quiet herons over the reeds";

async fn empty() -> (Router, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&StoreConfig {
        url: format!("sqlite://{}", folder.path().join("test.sqlite").display()),
        readers: 2,
    })
    .await
    .unwrap();
    let app = App::new(Parts {
        store,
        clock: Arc::new(Still),
        keys: InstallationKeys::generate(),
        rules: Settings::default().check().unwrap(),
        lock: LockParams::weak_for_tests(),
        form: FormSource {
            schema: form::BUILT_IN_SOURCE.to_owned(),
            form: Form::built_in().unwrap(),
            words: std::collections::BTreeMap::new(),
        },
        derivations: 1,
        sends_mail: false,
    })
    .await
    .unwrap();
    let web = WebState::new(
        Texts::load(None).unwrap(),
        Content::example().unwrap(),
        Arc::new(|| Still.now()),
        TimeZone::get("Europe/London").unwrap(),
    );
    let site = Site {
        web,
        app,
        setup_token: Some("the-token".into()),
        behind_proxy: false,
        base_url: "https://safe.riverbank.example".into(),
    };
    (safehold_web::site(site), folder)
}

async fn send(router: &Router, request: Request<Body>) -> (StatusCode, String) {
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn get(router: &Router, path: &str) -> (StatusCode, String) {
    send(router, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn post(router: &Router, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let request = Request::post("/setup")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    send(router, request).await
}

#[tokio::test]
async fn before_the_first_run_every_page_says_calmly_that_it_is_too_early() {
    let (router, _folder) = empty().await;
    for path in [
        "/",
        "/help",
        "/ask",
        "/report/start",
        "/desk/sign-in",
        "/return",
        "/join",
    ] {
        let (status, body) = get(&router, path).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(
            body.contains("We are not open yet") && body.contains("999"),
            "{path}"
        );
        // The invented organisation of the examples must not be rung up by anybody.
        assert!(!body.contains("Riverbank") && !body.contains("01632"), "{path}");
    }
}

#[tokio::test]
async fn the_page_for_the_first_run_exists_only_with_the_token() {
    let (router, _folder) = empty().await;
    for path in [
        "/setup",
        "/setup?token=",
        "/setup?token=the-toke",
        "/setup?token=other",
    ] {
        assert_eq!(get(&router, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(post(&router, &[("token", "x")]).await.0, StatusCode::NOT_FOUND);
    let (status, body) = get(&router, "/setup?token=the-token").await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("data:image/svg+xml;base64,") && !body.contains("[setup-"));
}

async fn go(router: &Router, fields: [(&str, String); 15]) -> (StatusCode, String) {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    post(router, &fields).await
}

#[tokio::test]
async fn a_first_run_keeps_what_was_typed_and_ends_with_the_recovery_key() {
    let (router, _folder) = empty().await;
    let secret = totp::typed_secret(&totp::new_secret());
    let code = totp::code_at(&totp::parse_typed(&secret).unwrap(), Still.now().as_second()).unwrap();
    let fields = |phone: &'static str, again: &'static str, code: &str| {
        [
            ("token", "the-token".to_owned()),
            ("name", "Meadow Collective".to_owned()),
            ("short_name", "Meadow".to_owned()),
            ("nation", "wales".to_owned()),
            ("exit_url", "https://weather.example".to_owned()),
            ("service_hours", "Weekdays.".to_owned()),
            ("children_name", "The council".to_owned()),
            ("lead_name", "Ada Lee".to_owned()),
            ("lead_email", "ada@meadow.example".to_owned()),
            ("lead_phone", phone.to_owned()),
            ("recovery_kind", "whole".to_owned()),
            ("pass", PASS.to_owned()),
            ("pass_again", again.to_owned()),
            ("secret", secret.clone()),
            ("code", code.to_owned()),
        ]
    };
    for (bad, said) in [
        (fields("call me", PASS, &code), "It must be a telephone number"),
        (fields("01632 960999", "other", &code), "The two are not the same"),
        (fields("01632 960999", PASS, "000000"), "This code does not fit"),
    ] {
        let (status, body) = go(&router, bad).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains(said) && body.contains("Meadow Collective") && body.contains(&secret));
        assert!(!body.contains(PASS));
    }
    let (status, body) = go(&router, fields("01632 960999", PASS, &code)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("SAFEHOLD-RECOVERY-1") && body.contains("independent recipient"));
    let (status, body) = get(&router, "/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Meadow Collective") && body.contains("01632 960999"));
    let (status, body) = get(&router, "/setup?token=the-token").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(!body.contains("SAFEHOLD-RECOVERY-1"));
}

#[tokio::test]
async fn a_first_run_can_split_the_recovery_key_among_holders() {
    let (router, _folder) = empty().await;
    let secret = totp::typed_secret(&totp::new_secret());
    let code = totp::code_at(&totp::parse_typed(&secret).unwrap(), Still.now().as_second()).unwrap();
    let with = |kind: &'static str, holders: &'static str, needed: &'static str| {
        [
            ("token", "the-token".to_owned()),
            ("name", "Meadow Collective".to_owned()),
            ("short_name", "Meadow".to_owned()),
            ("nation", "wales".to_owned()),
            ("exit_url", "https://weather.example".to_owned()),
            ("service_hours", "Weekdays.".to_owned()),
            ("children_name", "The council".to_owned()),
            ("lead_name", "Ada Lee".to_owned()),
            ("lead_email", "ada@meadow.example".to_owned()),
            ("lead_phone", "01632 960999".to_owned()),
            ("recovery_kind", kind.to_owned()),
            ("recovery_holders", holders.to_owned()),
            ("recovery_needed", needed.to_owned()),
            ("pass", PASS.to_owned()),
            ("pass_again", PASS.to_owned()),
            ("secret", secret.clone()),
            ("code", code.clone()),
        ]
    };
    let three = "Petra Loom\nAmos Reedbank\n\nCelia Hallow";
    for (kind, holders, needed, said) in [
        ("", three, "2", "Choose how it is to be kept"),
        ("shares", "Petra Loom", "2", "two to nine different names"),
        (
            "shares",
            "Petra Loom\npetra loom",
            "2",
            "two to nine different names",
        ),
        ("shares", three, "4", "Write a number from 2 to 5"),
        ("shares", three, "some", "Write a number from 2 to 5"),
    ] {
        let fields = with(kind, holders, needed);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let (status, body) = post(&router, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{kind} {needed}");
        let kept =
            body.contains("Meadow Collective") && body.contains("Petra Loom") && body.contains(&secret);
        assert!(
            body.contains(said) && kept && !body.contains("[recovery-"),
            "{said}"
        );
    }
    let fields = with("shares", three, "2");
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let (status, body) = post(&router, &fields).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body.matches("SAFEHOLD-SHARE-1 ").count(), 3);
    for holder in [
        "Share 1 of 3 for Petra Loom",
        "Share 2 of 3 for Amos Reedbank",
        "Share 3 of 3 for Celia Hallow",
    ] {
        assert!(body.contains(holder), "{holder}");
    }
    assert!(!body.contains("SAFEHOLD-RECOVERY-1") && !body.contains("[recovery-"));
}

//! Signing in, and what does not.

use jiff::SignedDuration;
use safehold_app::{
    SecretString,
    sign_in::{self, SignInError},
    team,
};
use safehold_testkit::app::{PASS, TestApp};

use crate::{database::count, on_both};

on_both![
    every_wrong_sign_in_looks_alike,
    a_code_is_used_once,
    a_recovery_code_is_used_once_even_by_two_at_once,
    a_session_outlives_the_process,
    a_session_ends_without_use_and_in_any_case,
    signing_out_ends_the_session_and_no_other,
    a_new_pass_phrase_ends_every_session_and_the_old_one,
    somebody_who_left_is_signed_out_at_once,
];

const STEP: SignedDuration = SignedDuration::from_secs(60);

fn pass() -> SecretString {
    SecretString::from(PASS)
}

async fn every_wrong_sign_in_looks_alike(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    let other = test.entrances[&alternate.id].clone();
    test.clock.advance(STEP);
    let code = test.code(&entrance.totp);
    let wrong = SecretString::from("quite another pass phrase");
    let tries = [
        (entrance.email.as_str(), wrong, code.clone()),
        (entrance.email.as_str(), pass(), "000000".to_owned()),
        (entrance.email.as_str(), pass(), String::new()),
        ("nobody@riverbank.example", pass(), code.clone()),
        ("", pass(), code.clone()),
        (other.email.as_str(), pass(), code.clone()),
    ];
    let mut looks = Vec::new();
    for (email, pass, code) in tries {
        let refused = sign_in::sign_in(&test.app, email, pass, &code).await;
        looks.push(refused.err().map(|error| format!("{error:?} {error}")));
    }
    let alike = Some("Refused the sign-in did not succeed".to_owned());
    assert_eq!(looks, vec![alike; 6]);
    let capitals = format!("  {} ", entrance.email.to_uppercase());
    assert!(
        sign_in::sign_in(&test.app, &capitals, pass(), &code)
            .await
            .is_ok()
    );
}

async fn a_code_is_used_once(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    test.clock.advance(STEP);
    let code = test.code(&entrance.totp);
    let first = sign_in::sign_in(&test.app, &entrance.email, pass(), &code).await;
    assert!(first.is_ok());
    let again = sign_in::sign_in(&test.app, &entrance.email, pass(), &code).await;
    assert!(matches!(again, Err(SignInError::Refused)));
    // Two at once, who saw the same code.
    test.clock.advance(STEP);
    let code = test.code(&entrance.totp);
    let both = tokio::join!(
        sign_in::sign_in(&test.app, &entrance.email, pass(), &code),
        sign_in::sign_in(&test.app, &entrance.email, pass(), &code),
    );
    assert!(both.0.is_ok() != both.1.is_ok());
}

async fn a_recovery_code_is_used_once_even_by_two_at_once(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    let codes = &entrance.recovery_codes;
    assert_eq!(codes.len(), 8);
    let first = sign_in::sign_in(&test.app, &entrance.email, pass(), &codes[0]).await;
    assert!(first.is_ok());
    let again = sign_in::sign_in(&test.app, &entrance.email, pass(), &codes[0]).await;
    assert!(matches!(again, Err(SignInError::Refused)));
    // Two different ones at once: both are gone afterwards.
    let both = tokio::join!(
        sign_in::sign_in(&test.app, &entrance.email, pass(), &codes[1]),
        sign_in::sign_in(&test.app, &entrance.email, pass(), &codes[1]),
    );
    assert!(both.0.is_ok() != both.1.is_ok(), "the same code twice");
    let again = sign_in::sign_in(&test.app, &entrance.email, pass(), &codes[1]).await;
    assert!(matches!(again, Err(SignInError::Refused)));
    // The others are still good.
    assert!(
        sign_in::sign_in(&test.app, &entrance.email, pass(), &codes[7])
            .await
            .is_ok()
    );
}

async fn a_session_outlives_the_process(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    test.clock.advance(STEP);
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, pass(), &code)
        .await
        .unwrap();
    let (_, case) = test.report(safehold_testkit::app::CONCERN).await;
    test.app.store().quiesce().await;
    let other = test.again().await;
    let resumed = sign_in::resume(&other, &cookie.expose()).await.unwrap().unwrap();
    assert_eq!(resumed.reader.id, lead.id);
    assert!(
        safehold_app::desk::open(&other, &resumed.reader, case)
            .await
            .is_ok(),
        "the key came along"
    );
    assert!(sign_in::resume(&other, "no cookie").await.unwrap().is_none());
    let mut changed = cookie.expose().to_string();
    let last = if changed.pop() == Some('A') { 'E' } else { 'A' };
    changed.push(last);
    assert!(sign_in::resume(&other, &changed).await.unwrap().is_none());
}

async fn a_session_ends_without_use_and_in_any_case(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    test.clock.advance(STEP);
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, pass(), &code)
        .await
        .unwrap();
    test.clock.advance(SignedDuration::from_mins(29));
    assert!(
        sign_in::resume(&test.app, &cookie.expose())
            .await
            .unwrap()
            .is_some()
    );
    test.clock.advance(SignedDuration::from_mins(29));
    assert!(
        sign_in::resume(&test.app, &cookie.expose())
            .await
            .unwrap()
            .is_some(),
        "it was used"
    );
    test.clock.advance(SignedDuration::from_mins(30));
    assert!(
        sign_in::resume(&test.app, &cookie.expose())
            .await
            .unwrap()
            .is_none(),
        "it was not used"
    );

    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, pass(), &code)
        .await
        .unwrap();
    for _ in 0..35 {
        test.clock.advance(SignedDuration::from_mins(20));
        let resumed = sign_in::resume(&test.app, &cookie.expose()).await.unwrap();
        assert!(resumed.is_some());
    }
    test.clock.advance(SignedDuration::from_mins(20));
    assert!(
        sign_in::resume(&test.app, &cookie.expose())
            .await
            .unwrap()
            .is_none(),
        "twelve hours are over"
    );
    safehold_app::watch::round(&test.app).await.unwrap();
    assert_eq!(count(&test, "sessions").await, 0);
}

async fn signing_out_ends_the_session_and_no_other(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    let mut cookies = Vec::new();
    for _ in 0..2 {
        test.clock.advance(STEP);
        let code = test.code(&entrance.totp);
        cookies.push(
            sign_in::sign_in(&test.app, &entrance.email, pass(), &code)
                .await
                .unwrap(),
        );
    }
    sign_in::sign_out(&test.app, &cookies[0].expose()).await.unwrap();
    sign_in::sign_out(&test.app, "no cookie").await.unwrap();
    assert!(
        sign_in::resume(&test.app, &cookies[0].expose())
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        sign_in::resume(&test.app, &cookies[1].expose())
            .await
            .unwrap()
            .is_some()
    );
}

async fn a_new_pass_phrase_ends_every_session_and_the_old_one(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let entrance = test.entrances[&lead.id].clone();
    let (_, case) = test.report(safehold_testkit::app::CONCERN).await;
    let new = || SecretString::from("weasel paints eleven quiet ladders");
    let refused = sign_in::change_pass(&test.app, &lead, SecretString::from("not this"), new()).await;
    assert!(matches!(refused, Err(SignInError::Refused)));
    sign_in::change_pass(&test.app, &lead, pass(), new())
        .await
        .unwrap();
    test.clock.advance(STEP);
    let code = test.code(&entrance.totp);
    let old = sign_in::sign_in(&test.app, &entrance.email, pass(), &code).await;
    assert!(matches!(old, Err(SignInError::Refused)));
    let cookie = sign_in::sign_in(&test.app, &entrance.email, new(), &code)
        .await
        .unwrap();
    let reader = sign_in::resume(&test.app, &cookie.expose())
        .await
        .unwrap()
        .unwrap()
        .reader;
    assert!(safehold_app::desk::open(&test.app, &reader, case).await.is_ok());
}

async fn somebody_who_left_is_signed_out_at_once(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let entrance = test.entrances[&alternate.id].clone();
    test.clock.advance(STEP);
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, pass(), &code)
        .await
        .unwrap();
    team::leave(&test.app, &lead, alternate.id).await.unwrap();
    assert!(
        sign_in::resume(&test.app, &cookie.expose())
            .await
            .unwrap()
            .is_none()
    );
    test.clock.advance(STEP);
    let code = test.code(&entrance.totp);
    let again = sign_in::sign_in(&test.app, &entrance.email, pass(), &code).await;
    assert!(matches!(again, Err(SignInError::Refused)));
}

//! Keeping the team.

use jiff::SignedDuration;
use safehold_app::{
    SecretString, desk, setup, sign_in,
    team::{self, NewMember, TeamError, UserState},
};
use safehold_core::{recipients::Standing, roster::Role};
use safehold_testkit::app::{CONCERN, PASS, TestApp, shown};

use crate::{
    database::{has_wrap, notices},
    looks::{listed, opened},
    on_both,
};

on_both![
    an_invitation_is_used_once_and_in_time,
    weak_pass_phrases_and_wrong_codes_do_not_join,
    an_address_belongs_to_one_member,
    whoever_leaves_last_of_those_who_receive_reports_stays,
    whoever_leaves_takes_no_key_and_leaves_no_case_behind,
    somebody_invited_anew_is_sent_nothing_until_they_join,
    somebody_who_comes_back_is_still_who_they_were,
    a_new_alternate_gets_the_keys_that_are_missing_when_a_lead_opens,
    only_those_who_keep_the_team_do,
    the_first_run_is_done_once,
];

fn somebody(role: Role, email: &str) -> NewMember {
    NewMember {
        role,
        name: "Ottoline Fernsby".to_owned(),
        email: email.to_owned(),
        phone: String::new(),
    }
}

/// Takes up an invitation. Where somebody has to confirm it, a helper does; what that takes is tested below.
async fn join(test: &TestApp, token: &str, pass: &str) -> Result<Vec<u8>, TeamError> {
    let email = team::joining(&test.app, token).await?.email;
    let (secret, joined) = take_up(test, token, pass).await?;
    if joined.waits {
        test.confirm(&email).await;
    }
    Ok(secret)
}

async fn take_up(test: &TestApp, token: &str, pass: &str) -> Result<(Vec<u8>, team::Joined), TeamError> {
    let typed = team::new_totp("o@riverbank.example", "Riverbank").unwrap().typed;
    let secret = safehold_seal::totp::parse_typed(&typed).unwrap();
    let code = test.code(&secret);
    let joined = team::join(&test.app, token, SecretString::from(pass), &typed, &code).await?;
    Ok((secret, joined))
}

async fn an_invitation_is_used_once_and_in_time(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let token = shown(
        team::invite(
            &test.app,
            &lead,
            somebody(Role::Caseworker, "o@riverbank.example"),
        )
        .await
        .unwrap(),
    );
    assert_eq!(
        team::joining(&test.app, &token).await.unwrap().name,
        "Ottoline Fernsby"
    );
    // Two presses at once.
    let both = tokio::join!(join(&test, &token, PASS), join(&test, &token, PASS));
    assert!(both.0.is_ok() != both.1.is_ok(), "it joined twice");
    let again = join(&test, &token, PASS).await;
    assert!(matches!(again, Err(TeamError::Invitation)));

    let token = shown(
        team::invite(
            &test.app,
            &lead,
            somebody(Role::Caseworker, "p@riverbank.example"),
        )
        .await
        .unwrap(),
    );
    test.clock.advance(SignedDuration::from_hours(24 * 7));
    let lead = test.sign_in(&test.entrances[&lead.id]).await;
    let late = join(&test, &token, PASS).await;
    assert!(matches!(late, Err(TeamError::Invitation)));
    let member = team::list(&test.app).await.unwrap();
    let member = member
        .iter()
        .find(|member| member.email == "p@riverbank.example")
        .unwrap();
    assert_eq!(member.state, UserState::Invited);
    let newer = shown(team::invite_again(&test.app, &lead, member.id).await.unwrap());
    assert!(team::joining(&test.app, &token).await.is_err());
    assert!(join(&test, &newer, PASS).await.is_ok());
    assert!(matches!(
        join(&test, "nonsense", PASS).await,
        Err(TeamError::Invitation)
    ));
}

async fn weak_pass_phrases_and_wrong_codes_do_not_join(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let token = shown(
        team::invite(
            &test.app,
            &lead,
            somebody(Role::Caseworker, "o@riverbank.example"),
        )
        .await
        .unwrap(),
    );
    for weak in ["", "password", "ottoline fernsby", "o@riverbank.example"] {
        let refused = join(&test, &token, weak).await;
        assert!(
            matches!(&refused, Err(TeamError::Weak(why)) if !why.is_empty()),
            "{weak}"
        );
    }
    let typed = team::new_totp("o@riverbank.example", "Riverbank").unwrap().typed;
    for (typed, code) in [(typed.as_str(), "000000"), ("not a secret", "123456")] {
        let refused = team::join(&test.app, &token, SecretString::from(PASS), typed, code).await;
        assert!(matches!(refused, Err(TeamError::Code)));
    }
    assert!(
        join(&test, &token, PASS).await.is_ok(),
        "none of it used the invitation up"
    );
}

async fn an_address_belongs_to_one_member(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let taken = test.entrances[&alternate.id].email.to_uppercase();
    let refused = team::invite(&test.app, &lead, somebody(Role::Caseworker, &taken)).await;
    assert!(matches!(refused.err(), Some(TeamError::EmailTaken)));
    for wrong in ["", "nobody", "a@b", "a b@c.d", "a@@c.d", "a@.d", "@c.d"] {
        let refused = team::invite(&test.app, &lead, somebody(Role::Caseworker, wrong)).await;
        assert!(matches!(refused.err(), Some(TeamError::Email)), "{wrong}");
    }
}

async fn whoever_leaves_last_of_those_who_receive_reports_stays(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    team::leave(&test.app, &alternate, alternate.id).await.unwrap();
    team::leave(&test.app, &sponsor, sponsor.id).await.unwrap();
    let refused = team::leave(&test.app, &lead, lead.id).await;
    assert!(matches!(refused, Err(TeamError::LastReceiver)), "{refused:?}");
    let refused = team::invite_again(&test.app, &lead, lead.id).await;
    assert!(matches!(refused.err(), Some(TeamError::LastReceiver)));
    team::leave(&test.app, &lead, caseworker.id).await.unwrap();
    let (_, case) = test.report(CONCERN).await;
    assert_eq!(listed(&test.app, &lead).await, [case]);
}

async fn whoever_leaves_takes_no_key_and_leaves_no_case_behind(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (_, unopened) = test.report(CONCERN).await;
    let (_, begun) = test.report(CONCERN).await;
    test.begin(&lead, begun).await;
    team::leave(&test.app, &sponsor, lead.id).await.unwrap();
    for case in [unopened, begun] {
        assert!(!has_wrap(&test, case, lead.id).await);
    }
    let mut cases = listed(&test.app, &alternate).await;
    cases.sort();
    let mut all = [unopened, begun];
    all.sort();
    assert_eq!(cases, all, "somebody has to have it on their desk");
    assert_eq!(notices(&test, alternate.id, "brought_to_you").await, 2);
    opened(&test.app, &alternate, begun).await;
    let (_, next) = test.report(CONCERN).await;
    assert!(listed(&test.app, &alternate).await.contains(&next));
}

async fn somebody_invited_anew_is_sent_nothing_until_they_join(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (_, old) = test.report(CONCERN).await;
    let token = shown(team::invite_again(&test.app, &sponsor, lead.id).await.unwrap());
    assert!(!has_wrap(&test, old, lead.id).await, "the old key is lost");
    assert!(listed(&test.app, &alternate).await.contains(&old));
    let (_, case) = test.report(CONCERN).await;
    assert!(
        !has_wrap(&test, case, lead.id).await,
        "nobody could open it with the lost key"
    );
    assert!(listed(&test.app, &alternate).await.contains(&case));

    let secret = join(&test, &token, PASS).await.unwrap();
    test.clock.advance(SignedDuration::from_secs(60));
    let entrance = safehold_testkit::app::Entrance {
        email: test.entrances[&lead.id].email.clone(),
        totp: secret,
        recovery_codes: vec![],
    };
    let back = test.sign_in(&entrance).await;
    assert_eq!(back.id, lead.id);
    let (_, later) = test.report(CONCERN).await;
    assert_eq!(listed(&test.app, &back).await, [later]);
    // What came meanwhile comes back when somebody opens it.
    test.begin(&alternate, old).await;
    opened(&test.app, &alternate, old).await;
    desk::share(&test.app, &alternate, old, back.id, "Back again.".into())
        .await
        .unwrap();
    opened(&test.app, &back, old).await;
}

async fn somebody_who_comes_back_is_still_who_they_were(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let named = alternate.id.to_string();
    let fields = safehold_testkit::app::concern_with(&[("team_involved", &named)]);
    let (_, case) = test.report(&fields).await;
    test.begin(&lead, case).await;
    team::leave(&test.app, &sponsor, alternate.id).await.unwrap();
    let email = test.entrances[&alternate.id].email.clone();
    let token = shown(
        team::invite(&test.app, &sponsor, somebody(Role::Alternate, &email))
            .await
            .unwrap(),
    );
    let secret = join(&test, &token, PASS).await.unwrap();
    test.clock.advance(SignedDuration::from_secs(60));
    let entrance = safehold_testkit::app::Entrance {
        email,
        totp: secret,
        recovery_codes: vec![],
    };
    let back = test.sign_in(&entrance).await;
    opened(&test.app, &lead, case).await;
    assert!(
        !has_wrap(&test, case, back.id).await,
        "leaving and returning opens no door"
    );
    assert!(listed(&test.app, &back).await.is_empty());
}

async fn a_new_alternate_gets_the_keys_that_are_missing_when_a_lead_opens(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let named = alternate.id.to_string();
    let (_, case) = test.report(CONCERN).await;
    let fields = safehold_testkit::app::concern_with(&[("team_involved", &named)]);
    let (_, about) = test.report(&fields).await;
    let new = test.join(&lead, Role::Alternate, "Ottoline Fernsby").await;
    for case in [case, about] {
        assert!(!has_wrap(&test, case, new.id).await);
        desk::open(&test.app, &lead, case).await.unwrap();
        assert!(has_wrap(&test, case, new.id).await);
    }
    assert!(
        listed(&test.app, &new).await.is_empty(),
        "a key on standby is no case on the desk"
    );
    assert!(!has_wrap(&test, about, alternate.id).await);
    test.begin(&lead, case).await;
    let readers = opened(&test.app, &lead, case).await.readers;
    assert!(
        readers
            .iter()
            .any(|(id, _, _, standing)| *id == new.id && *standing == Standing::Standby)
    );
}

async fn only_those_who_keep_the_team_do(mut test: TestApp) {
    let [_, alternate, sponsor, caseworker] = test.usual_team().await;
    let refused = team::invite(
        &test.app,
        &caseworker,
        somebody(Role::Lead, "o@riverbank.example"),
    )
    .await;
    assert!(matches!(refused.err(), Some(TeamError::Role)));
    let refused = team::leave(&test.app, &caseworker, alternate.id).await;
    assert!(matches!(refused, Err(TeamError::Role)));
    let refused = team::invite_again(&test.app, &caseworker, alternate.id).await;
    assert!(matches!(refused.err(), Some(TeamError::Role)));
    let day = "2026-12-01".parse().unwrap();
    let refused = team::add_absence(&test.app, &caseworker, alternate.id, day, day).await;
    assert!(matches!(refused, Err(TeamError::Role)));
    team::add_absence(&test.app, &caseworker, caseworker.id, day, day)
        .await
        .unwrap();
    team::add_absence(&test.app, &sponsor, alternate.id, day, day)
        .await
        .unwrap();
}

async fn the_first_run_is_done_once(mut test: TestApp) {
    assert!(!setup::is_done(&test.app).await.unwrap());
    let refused = sign_in::sign_in(
        &test.app,
        "member0@riverbank.example",
        SecretString::from(PASS),
        "123456",
    )
    .await;
    assert!(refused.is_err());
    let typed = team::new_totp("o@riverbank.example", "Riverbank").unwrap().typed;
    let code = test.code(&safehold_seal::totp::parse_typed(&typed).unwrap());
    let first = || setup::FirstRun {
        organisation: safehold_core::organisation::Organisation::example().unwrap(),
        name: "Ottoline Fernsby".into(),
        email: "o@riverbank.example".into(),
        phone: String::new(),
        pass: SecretString::from(PASS),
        typed_secret: typed.to_string(),
        code: code.clone(),
    };
    let both = tokio::join!(
        setup::set_up(&test.app, first()),
        setup::set_up(&test.app, first())
    );
    assert!(both.0.is_ok() != both.1.is_ok(), "two people set it up");
    assert!(matches!(
        setup::set_up(&test.app, first()).await.err(),
        Some(setup::SetUpError::Done)
    ));
    test.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(team::list(&test.app).await.unwrap().len(), 1);
    test.recovery_key.clear();
}

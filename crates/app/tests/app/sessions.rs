//! One's own sign-ins, and proving once more who one is.

use jiff::SignedDuration;
use safehold_app::{
    SecretString,
    sessions::{self, Ending, PROOF_MINUTES},
    sign_in::{self, SignInError, SignedIn},
    team::{self, NewMember, TeamError},
};
use safehold_core::{id::UserId, roster::Role};
use safehold_testkit::app::{PASS, TestApp, shown};

use crate::{database::column, on_both};

on_both![
    own_sign_ins_are_listed_and_ended_and_nobody_elses,
    changes_of_the_team_need_a_proof_that_is_not_old,
];

/// Signs in on another device: the value of its cookie.
async fn device(test: &TestApp, who: UserId) -> String {
    test.clock.advance(SignedDuration::from_secs(60));
    let entrance = &test.entrances[&who];
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, SecretString::from(PASS), &code)
        .await
        .unwrap();
    cookie.expose().to_string()
}

async fn resumed(test: &TestApp, cookie: &str) -> Option<SignedIn> {
    sign_in::resume(&test.app, cookie).await.unwrap()
}

async fn own_sign_ins_are_listed_and_ended_and_nobody_elses(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (phone, desk) = (device(&test, lead.id).await, device(&test, lead.id).await);
    let other = device(&test, alternate.id).await;
    let me = resumed(&test, &desk).await.unwrap();
    let listed = sessions::list(&test.app, &me).await.unwrap();
    // The first is from when the team was made.
    assert_eq!(listed.len(), 3);
    assert_eq!(listed.iter().filter(|session| session.is_this).count(), 1);
    assert!(listed[0].is_this, "in use last");

    let theirs = resumed(&test, &other).await.unwrap();
    let name = sessions::list(&test.app, &theirs).await.unwrap()[0].name.clone();
    for nobodys in [name, "nonsense".to_owned(), String::new()] {
        let ended = sessions::end(&test.app, &me, Ending::One(nobodys)).await.unwrap();
        assert_eq!(ended, 0);
    }
    let on_phone = listed[1].name.clone();
    let ended = sessions::end(&test.app, &me, Ending::One(on_phone))
        .await
        .unwrap();
    assert_eq!(ended, 1);
    assert!(resumed(&test, &phone).await.is_none());
    assert!(resumed(&test, &desk).await.is_some());

    let phone = device(&test, lead.id).await;
    assert_eq!(sessions::end(&test.app, &me, Ending::Others).await.unwrap(), 2);
    assert!(resumed(&test, &phone).await.is_none());
    assert!(resumed(&test, &desk).await.is_some());
    assert!(resumed(&test, &other).await.is_some());
    let traced = column(&test, "SELECT leaf FROM trace_entries").await;
    let ended = traced
        .iter()
        .filter(|leaf| leaf.contains("session_ended"))
        .count();
    assert_eq!(ended, 3, "each is on record");
    // A screen that was left open ends nothing.
    test.clock.advance(SignedDuration::from_mins(PROOF_MINUTES));
    let old = sessions::end(&test.app, &me, Ending::Others).await;
    assert!(matches!(old, Err(SignInError::Refused)));
}

async fn changes_of_the_team_need_a_proof_that_is_not_old(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let desk = device(&test, lead.id).await;
    let waiting = test
        .join_unconfirmed(&sponsor, Role::Caseworker, "Ottoline Fernsby")
        .await;
    let somebody = || NewMember {
        role: Role::Caseworker,
        name: "Barnaby Thrupp".to_owned(),
        email: "barnaby@riverbank.example".to_owned(),
        phone: String::new(),
    };
    test.clock.advance(SignedDuration::from_mins(PROOF_MINUTES));
    let me = resumed(&test, &desk).await.unwrap();
    assert!(!sessions::is_proven(&test.app, &me.reader));
    for refused in [
        team::invite(&test.app, &me.reader, somebody()).await.map(drop),
        team::invite_again(&test.app, &me.reader, caseworker.id)
            .await
            .map(drop),
        team::confirm(&test.app, &me.reader, waiting).await,
        team::leave(&test.app, &me.reader, alternate.id).await,
        team::leave(&test.app, &me.reader, lead.id).await,
    ] {
        assert!(matches!(refused, Err(TeamError::ProveFirst)), "{refused:?}");
    }

    let refusals = "SELECT leaf FROM trace_entries WHERE leaf LIKE '%sign_in_refused%'";
    let before = column(&test, refusals).await.len();
    let wrong = sessions::prove(&test.app, &me, SecretString::from("quite another")).await;
    assert!(matches!(wrong, Err(SignInError::Refused)));
    assert_eq!(column(&test, refusals).await.len(), before + 1);
    let me = resumed(&test, &desk).await.unwrap();
    assert!(
        !sessions::is_proven(&test.app, &me.reader),
        "a wrong one proves nothing"
    );

    sessions::prove(&test.app, &me, SecretString::from(PASS))
        .await
        .unwrap();
    let me = resumed(&test, &desk).await.unwrap();
    team::confirm(&test.app, &me.reader, waiting).await.unwrap();
    shown(team::invite(&test.app, &me.reader, somebody()).await.unwrap());
    // It is this sign-in's, and no other's.
    let old = team::leave(&test.app, &sponsor, caseworker.id).await;
    assert!(matches!(old, Err(TeamError::ProveFirst)));
    // Signing in is a proof too.
    let fresh = device(&test, sponsor.id).await;
    let them = resumed(&test, &fresh).await.unwrap();
    team::leave(&test.app, &them.reader, caseworker.id).await.unwrap();
}

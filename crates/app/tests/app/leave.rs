//! Leaving: no case is left that nobody can open, and nothing is sealed to somebody who has gone.

use safehold_app::{
    desk,
    recovery::{self, RecoverError},
    report::{self, Visit},
    team::{self, TeamError, UserState},
};
use safehold_core::{id::UserId, roster::Role};
use safehold_seal::RecoveryKey;
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::{column, has_wrap, notices},
    looks::{listed, opened},
    on_both,
    shares::lost,
};

on_both![
    nobody_becomes_the_only_one_who_confirms_by_taking_out_the_rest,
    whoever_leaves_hands_over_what_only_they_could_read,
    somebody_who_is_taken_out_leaves_what_only_they_could_read_to_the_recovery_key,
    a_report_in_the_same_moment_is_sealed_to_nobody_who_has_gone,
    the_holder_of_the_recovery_key_is_a_second_person,
];

async fn nobody_becomes_the_only_one_who_confirms_by_taking_out_the_rest(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let university = test.join(&lead, Role::University, "Ottoline Fernsby").await;
    team::leave(&test.app, &lead, alternate.id).await.unwrap();
    assert!(notices(&test, sponsor.id, "team_changed").await >= 1);
    // The university receives reports and confirms nobody, so it does not count.
    for refused in [
        team::leave(&test.app, &lead, sponsor.id).await,
        team::invite_again(&test.app, &lead, sponsor.id).await.map(drop),
    ] {
        assert!(matches!(refused, Err(TeamError::OnlyYou)), "{refused:?}");
    }
    team::leave(&test.app, &lead, caseworker.id).await.unwrap();
    team::leave(&test.app, &lead, university.id).await.unwrap();
    // By themselves they may.
    team::leave(&test.app, &sponsor, sponsor.id).await.unwrap();
    let members = team::list(&test.app).await.unwrap();
    let there: Vec<_> = members
        .iter()
        .filter(|member| member.state == UserState::Active)
        .collect();
    assert_eq!(there.len(), 1);
}

async fn whoever_leaves_hands_over_what_only_they_could_read(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let named = lead.id.to_string();
    let (_, case) = test.report(&concern_with(&[("team_involved", &named)])).await;
    test.begin(&alternate, case).await;
    desk::exclude(&test.app, &alternate, case, sponsor.id, "Close to it.".into())
        .await
        .unwrap();
    let alone = team::leave(&test.app, &alternate, alternate.id).await;
    assert!(matches!(alone, Err(TeamError::OnlyReader)), "{alone:?}");
    assert_eq!(listed(&test.app, &alternate).await, [case], "nothing has changed");

    // Somebody joins who is no part of it, and has no key yet.
    let university = test.join(&lead, Role::University, "Ottoline Fernsby").await;
    assert!(!has_wrap(&test, case, university.id).await);
    team::leave(&test.app, &alternate, alternate.id).await.unwrap();
    assert_eq!(listed(&test.app, &university).await, [case]);
    assert_eq!(notices(&test, university.id, "brought_to_you").await, 1);
    opened(&test.app, &university, case).await;
    for gone in [alternate.id, lead.id, sponsor.id] {
        assert!(!has_wrap(&test, case, gone).await);
    }
    assert_eq!(recovery::count_waiting(&test.app).await.unwrap(), 0);
}

async fn somebody_who_is_taken_out_leaves_what_only_they_could_read_to_the_recovery_key(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let named = lead.id.to_string();
    let (_, case) = test.report(&concern_with(&[("team_involved", &named)])).await;
    test.begin(&alternate, case).await;
    desk::exclude(&test.app, &alternate, case, sponsor.id, "Close to it.".into())
        .await
        .unwrap();
    // Whoever takes them out is excluded, and must not learn of the case by the answer.
    team::leave(&test.app, &lead, alternate.id).await.unwrap();
    assert_eq!(recovery::count_waiting(&test.app).await.unwrap(), 1);
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    for excluded in [lead.id, sponsor.id] {
        recovery::give_keys(&test.app, &key, excluded, &lost())
            .await
            .unwrap();
        assert!(!has_wrap(&test, case, excluded).await);
    }
    let university = test.join(&lead, Role::University, "Ottoline Fernsby").await;
    recovery::give_keys(&test.app, &key, university.id, &lost())
        .await
        .unwrap();
    opened(&test.app, &university, case).await;
    assert_eq!(recovery::count_waiting(&test.app).await.unwrap(), 0);
}

async fn a_report_in_the_same_moment_is_sealed_to_nobody_who_has_gone(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let (_, shared) = test.report(CONCERN).await;
    test.begin(&lead, shared).await;
    let mut drafts: Vec<Visit> = Vec::new();
    for _ in 0..16 {
        drafts.push(test.draft(CONCERN).await);
    }
    let send = |visits: Vec<Visit>| {
        let app = test.app.clone();
        let sending = visits.into_iter().map(move |visit| {
            let app = app.clone();
            tokio::spawn(async move { report::submit(&app, &visit).await.is_ok() })
        });
        sending.collect::<Vec<_>>()
    };
    let later = drafts.split_off(8);
    let first = send(drafts);
    let (left, given) = tokio::join!(
        team::leave(&test.app, &sponsor, alternate.id),
        desk::share(&test.app, &lead, shared, alternate.id, String::new()),
    );
    left.unwrap();
    drop(given);
    let second = send(later);
    let (anew, given) = tokio::join!(
        team::invite_again(&test.app, &lead, caseworker.id),
        desk::share(&test.app, &lead, shared, caseworker.id, String::new()),
    );
    anew.unwrap();
    drop(given);
    for sent in first.into_iter().chain(second) {
        assert!(sent.await.unwrap(), "a report was turned away");
    }
    let gone: Vec<String> = column(
        &test,
        "SELECT holder FROM key_wraps w WHERE holder NOT IN ('reporter', 'recovery') \
         AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = w.holder AND u.state = 'active')",
    )
    .await;
    assert!(gone.is_empty(), "sealed to somebody who has gone: {gone:?}");
    assert_eq!(listed(&test.app, &lead).await.len(), 17);
}

async fn the_holder_of_the_recovery_key_is_a_second_person(mut test: TestApp) {
    let team = test
        .team(&[
            (Role::Lead, "Marisol Penhale"),
            (Role::Alternate, "Tunde Ashgrove"),
        ])
        .await;
    let [lead, _] = team.as_slice() else {
        unreachable!()
    };
    let (_, case) = test.report(CONCERN).await;
    // The alternate is out of reach for good, so nobody can confirm whom the lead invites.
    let waiting: UserId = test
        .join_unconfirmed(lead, Role::Sponsor, "Ottoline Fernsby")
        .await;
    let refused = team::confirm(&test.app, lead, waiting).await;
    assert!(matches!(refused, Err(TeamError::SecondPerson)));
    let other = RecoveryKey::generate();
    let refused = recovery::give_keys(&test.app, &other, waiting, &lost()).await;
    assert!(matches!(refused, Err(RecoverError::NotOurs)));
    assert!(!has_wrap(&test, case, waiting).await);
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let done = recovery::give_keys(&test.app, &key, waiting, &lost())
        .await
        .unwrap();
    assert_eq!(done.given, 1);
    assert!(has_wrap(&test, case, waiting).await);
    let changes = team::changes(&test.app, lead).await.unwrap();
    let latest = changes.first().unwrap();
    assert_eq!(latest.by, None);
    assert_eq!(latest.step, safehold_core::trace::TeamStep::ConfirmedByRecovery);
}

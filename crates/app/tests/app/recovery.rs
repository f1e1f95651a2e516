//! The recovery key.

use safehold_app::{
    desk::{self, CircleError},
    recovery::{self, RecoverError, Recovered},
    report, team, trace,
};
use safehold_core::{id::CaseId, recipients::CannotRead, roster::Role, trace::Traced};
use safehold_seal::RecoveryKey;
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::has_wrap,
    looks::{listed, opened, text, texts},
    on_both,
    shares::lost,
};

on_both![
    the_recovery_key_gives_keys_but_not_to_those_who_are_excluded,
    another_recovery_key_gives_nothing,
    what_came_after_an_exclusion_is_recovered_too,
    whatever_the_reporter_said_holds_for_whoever_joins_later_in_whatever_role,
    keys_are_given_after_their_trace_entry_or_not_at_all,
];

async fn the_recovery_key_gives_keys_but_not_to_those_who_are_excluded(mut test: TestApp) {
    let [lead, _, sponsor, _] = test.usual_team().await;
    let mut cases = Vec::new();
    for _ in 0..3 {
        cases.push(test.report(CONCERN).await.1);
    }
    let new = test.join(&lead, Role::Lead, "Ottoline Fernsby").await;
    let named = new.id.to_string();
    let (_, about) = test.report(&concern_with(&[("team_involved", &named)])).await;
    team::leave(&test.app, &sponsor, lead.id).await.unwrap();

    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let done = recovery::give_keys(&test.app, &key, new.id, &lost())
        .await
        .unwrap();
    assert_eq!(
        done,
        Recovered {
            given: 3,
            withheld: 1
        }
    );
    let mut desk_of_new = listed(&test.app, &new).await;
    desk_of_new.sort();
    cases.sort();
    assert_eq!(desk_of_new, cases);
    assert!(!has_wrap(&test, about, new.id).await);
    test.begin(&new, cases[0]).await;
    opened(&test.app, &new, cases[0]).await;
    let again = recovery::give_keys(&test.app, &key, new.id, &lost())
        .await
        .unwrap();
    assert_eq!(
        again,
        Recovered {
            given: 0,
            withheld: 1
        }
    );
}

async fn another_recovery_key_gives_nothing(mut test: TestApp) {
    let [lead, alternate, _, caseworker] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    let other = RecoveryKey::generate();
    let refused = recovery::give_keys(&test.app, &other, caseworker.id, &lost()).await;
    assert!(matches!(refused, Err(RecoverError::NotOurs)));
    assert!(!has_wrap(&test, case, caseworker.id).await);
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let administrator = test.join(&lead, Role::Administrator, "Ada Millrace").await;
    for nobody in [administrator.id, safehold_core::id::UserId::from_random([5; 16])] {
        let refused = recovery::give_keys(&test.app, &key, nobody, &lost()).await;
        assert!(matches!(refused, Err(RecoverError::NoMember)));
    }
    team::leave(&test.app, &lead, alternate.id).await.unwrap();
    let refused = recovery::give_keys(&test.app, &key, alternate.id, &lost()).await;
    assert!(matches!(refused, Err(RecoverError::NoMember)));
}

async fn what_came_after_an_exclusion_is_recovered_too(mut test: TestApp) {
    let [lead, alternate, _, caseworker] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    desk::exclude(&test.app, &lead, case, alternate.id, "Close to it.".into())
        .await
        .unwrap();
    safehold_app::follow::send(
        &test.app,
        &visit,
        safehold_app::follow::new_message_id(),
        text("After."),
    )
    .await
    .unwrap();
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let done = recovery::give_keys(&test.app, &key, alternate.id, &lost())
        .await
        .unwrap();
    assert_eq!(
        done,
        Recovered {
            given: 0,
            withheld: 1
        }
    );
    // The caseworker may read only what a lead shared with them.
    recovery::give_keys(&test.app, &key, caseworker.id, &lost())
        .await
        .unwrap();
    assert!(!has_wrap(&test, case, caseworker.id).await);
    let new = test.join(&lead, Role::Alternate, "Ottoline Fernsby").await;
    recovery::give_keys(&test.app, &key, new.id, &lost())
        .await
        .unwrap();
    assert_eq!(texts(&opened(&test.app, &new, case).await.messages), ["After."]);
}

/// What a reporter can say that concerns somebody who is not in the team yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    TheirName,
    RatherNot,
}

/// A report that says this of somebody who will join under this name.
async fn report_saying(test: &TestApp, said: Said, name: &str) -> CaseId {
    let fields = match said {
        Said::RatherNot => concern_with(&[("team_involved", "rather_not_say")]),
        Said::Nothing | Said::TheirName => CONCERN.to_vec(),
    };
    let visit = test.draft(&fields).await;
    if said == Said::TheirName {
        let name = name.to_uppercase();
        report::change(&test.app, &visit, move |draft| {
            let person = serde_json::from_value(serde_json::json!({
                "person_name": { "t": { "t": name } },
                "person_role": { "c": { "o": "concern" } },
            }))
            .unwrap();
            draft.answers.set_item("people", 0, person);
        })
        .await
        .unwrap();
    }
    report::submit(&test.app, &visit).await.unwrap().case
}

/// Every role with every thing that was said, and again after somebody was excluded: by the recovery key, by opening,
/// and by sharing.
async fn whatever_the_reporter_said_holds_for_whoever_joins_later_in_whatever_role(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    for (number, role) in Role::ALL.into_iter().enumerate() {
        let name = format!("Ottoline Number{number}");
        let mut cases = Vec::new();
        for said in [Said::Nothing, Said::TheirName, Said::RatherNot] {
            for has_new_key in [false, true] {
                let case = report_saying(&test, said, &name).await;
                let by = if said == Said::RatherNot { &sponsor } else { &lead };
                test.begin(by, case).await;
                if has_new_key {
                    desk::exclude(&test.app, by, case, alternate.id, "Close to it.".into())
                        .await
                        .unwrap();
                }
                cases.push((said, case, by));
            }
        }
        let new = test.join(&lead, role, &name).await;
        let shut_out = |said| match said {
            Said::Nothing => false,
            Said::TheirName => true,
            Said::RatherNot => role.is_lead(),
        };
        for (said, case, by) in &cases {
            desk::open(&test.app, by, *case).await.unwrap();
            let shared = desk::share(&test.app, by, *case, new.id, String::new()).await;
            let is_refused = matches!(shared, Err(CircleError::CannotRead(CannotRead::Excluded)));
            assert_eq!(is_refused, shut_out(*said), "{role:?} {said:?} {shared:?}");
            assert!(!(shut_out(*said) && has_wrap(&test, *case, new.id).await));
        }
        let given = recovery::give_keys(&test.app, &key, new.id, &lost()).await;
        if role.holds_keys() {
            given.unwrap();
        } else {
            assert!(matches!(given, Err(RecoverError::NoMember)));
        }
        for (said, case, _) in &cases {
            let may = role.holds_keys() && !shut_out(*said);
            assert_eq!(has_wrap(&test, *case, new.id).await, may, "{role:?} {said:?}");
        }
        // They go, so that the next is as new to the team as they were.
        team::leave(&test.app, &sponsor, new.id).await.unwrap();
    }
}

async fn keys_are_given_after_their_trace_entry_or_not_at_all(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let new = test.join(&lead, Role::Sponsor, "Ottoline Fernsby").await;
    // Somebody is excluded in the same moment, and the case gets a new key: whichever is first, all of it is there.
    let used = lost();
    let (excluded, given) = tokio::join!(
        desk::exclude(&test.app, &lead, case, alternate.id, "Close to it.".into()),
        recovery::give_keys(&test.app, &key, new.id, &used),
    );
    given.unwrap();
    let again = recovery::give_keys(&test.app, &key, new.id, &lost())
        .await
        .unwrap();
    if again.given == 0 {
        opened(&test.app, &new, case).await;
    }
    drop(excluded);
    let entries = trace::of_case(&test.app, &new, case).await.unwrap();
    let shared = Traced::Shared { with: new.id };
    let times = entries.iter().filter(|entry| entry.what == shared).count();
    assert_eq!(u64::try_from(times).unwrap(), 1 + again.given);

    // Without anything to give nothing is on record.
    recovery::give_keys(&test.app, &key, new.id, &lost())
        .await
        .unwrap();
    let entries = trace::of_case(&test.app, &new, case).await.unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.what == shared).count(), times);
    // And whoever left has nothing, however the key is used.
    team::leave(&test.app, &sponsor, new.id).await.unwrap();
    let refused = recovery::give_keys(&test.app, &key, new.id, &lost()).await;
    assert!(matches!(refused, Err(RecoverError::NoMember)));
    assert!(!has_wrap(&test, case, new.id).await);
}

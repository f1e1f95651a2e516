//! The recovery key.

use safehold_app::{
    desk,
    recovery::{self, RecoverError, Recovered},
    team,
};
use safehold_core::roster::Role;
use safehold_seal::RecoveryKey;
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::has_wrap,
    looks::{listed, opened, text, texts},
    on_both,
};

on_both![
    the_recovery_key_gives_keys_but_not_to_those_who_are_excluded,
    another_recovery_key_gives_nothing,
    what_came_after_an_exclusion_is_recovered_too,
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
    let done = recovery::give_keys(&test.app, &key, new.id).await.unwrap();
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
    let again = recovery::give_keys(&test.app, &key, new.id).await.unwrap();
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
    let refused = recovery::give_keys(&test.app, &other, caseworker.id).await;
    assert!(matches!(refused, Err(RecoverError::NotOurs)));
    assert!(!has_wrap(&test, case, caseworker.id).await);
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let administrator = test.join(&lead, Role::Administrator, "Ada Millrace").await;
    for nobody in [administrator.id, safehold_core::id::UserId::from_random([5; 16])] {
        let refused = recovery::give_keys(&test.app, &key, nobody).await;
        assert!(matches!(refused, Err(RecoverError::NoMember)));
    }
    team::leave(&test.app, &lead, alternate.id).await.unwrap();
    let refused = recovery::give_keys(&test.app, &key, alternate.id).await;
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
    let done = recovery::give_keys(&test.app, &key, alternate.id).await.unwrap();
    assert_eq!(
        done,
        Recovered {
            given: 0,
            withheld: 1
        }
    );
    recovery::give_keys(&test.app, &key, caseworker.id).await.unwrap();
    assert_eq!(
        texts(&opened(&test.app, &caseworker, case).await.messages),
        ["After."]
    );
}

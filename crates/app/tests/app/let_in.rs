//! Somebody who lost their pass phrase is let in again.

use safehold_app::{
    SecretString, desk,
    desk::DeskError,
    recovery::{self, AskError, Asking, RecoverError, Recovered, Use},
    sign_in, team, watch,
};
use safehold_core::{
    access::{Area, may_enter},
    roster::Role,
};
use safehold_seal::{RecoveryKey, totp};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::{count, has_wrap, notices},
    looks::listed,
    on_both,
    shares::{lost, split},
};

on_both![
    somebody_is_let_in_again_with_what_they_had_held_and_no_more,
    an_ask_changes_nothing_and_tells_nothing_of_who_is_in_the_team,
    asks_are_few_end_by_themselves_and_are_put_aside,
    what_an_interruption_left_is_given_by_the_next_use,
    whoever_was_invited_anew_gets_back_what_they_had_held,
];

const NEW_PASS: &str = "copper lanterns drift over wet slates";

/// Asks in somebody's name; the answer is what was shown, and the secret of the new app.
async fn ask(test: &TestApp, email: &str) -> (recovery::Asked, Vec<u8>) {
    let typed = team::new_totp(email, "Riverbank").unwrap().typed;
    let secret = totp::parse_typed(&typed).unwrap();
    let asking = Asking {
        email: email.to_owned(),
        pass: SecretString::from(NEW_PASS),
        code: test.code(&secret),
        typed_secret: typed.to_string(),
    };
    (recovery::ask(&test.app, asking).await.unwrap(), secret)
}

async fn enters(test: &TestApp, email: &str, pass: &str, secret: &[u8]) -> Option<desk::Reader> {
    test.clock.advance(jiff::SignedDuration::from_secs(60));
    let code = test.code(secret);
    let cookie = sign_in::sign_in(&test.app, email, SecretString::from(pass), &code)
        .await
        .ok()?;
    let session = sign_in::resume(&test.app, &cookie.expose()).await.unwrap();
    Some(session.unwrap().reader)
}

async fn somebody_is_let_in_again_with_what_they_had_held_and_no_more(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let given = split(&test, &lead).await;
    let (_, shared) = test.report(CONCERN).await;
    test.begin(&lead, shared).await;
    desk::share(&test.app, &lead, shared, caseworker.id, "To help.".into())
        .await
        .unwrap();
    let (_, other) = test.report(CONCERN).await;
    let named = alternate.id.to_string();
    let (_, about) = test.report(&concern_with(&[("team_involved", &named)])).await;
    let (_, excluded) = test.report(CONCERN).await;
    test.begin(&lead, excluded).await;
    desk::exclude(&test.app, &lead, excluded, alternate.id, "Close to it.".into())
        .await
        .unwrap();

    for (person, role) in [(&caseworker, Role::Caseworker), (&alternate, Role::Alternate)] {
        let entrance = test.entrances[&person.id].clone();
        let before = listed(&test.app, person).await;
        let (asked, secret) = ask(&test, &entrance.email.to_uppercase()).await;
        for told in [lead.id, sponsor.id, person.id] {
            assert_eq!(notices(&test, told, "recovery").await, 1, "{role:?}");
        }
        let waiting = recovery::asks(&test.app, &lead).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(
            (waiting[0].letters.clone(), waiting[0].member),
            (asked.letters, person.id)
        );
        // Until then they are who they were, with their old pass phrase and key.
        assert!(enters(&test, &entrance.email, NEW_PASS, &secret).await.is_none());
        assert_eq!(listed(&test.app, person).await, before);

        let key = recovery::unlock(&test.app, &given[1..]).await.unwrap();
        let mine = Use::at_desk(person.id, "It is I.").unwrap();
        let refused = recovery::let_in(&test.app, &key, waiting[0].id, &mine).await;
        assert!(
            matches!(refused, Err(RecoverError::NoMember)),
            "nobody lets themselves in"
        );
        let used = Use::at_desk(lead.id, "Lost with the telephone.").unwrap();
        let done = recovery::let_in(&test.app, &key, waiting[0].id, &used)
            .await
            .unwrap();
        let held = match role {
            Role::Caseworker => 1,
            _ => 2,
        };
        assert_eq!(done.given, held, "{role:?}");

        // What they sign in with is new; the old is none any more, and its sessions have ended.
        let old = enters(
            &test,
            &entrance.email,
            safehold_testkit::app::PASS,
            &entrance.totp,
        )
        .await;
        assert!(old.is_none());
        let back = enters(&test, &entrance.email, NEW_PASS, &secret).await.unwrap();
        assert_eq!((back.id, back.role), (person.id, role));
        assert_eq!(listed(&test.app, &back).await, before, "{role:?}");
        if role == Role::Caseworker {
            desk::open(&test.app, &back, shared).await.unwrap();
            assert!(
                !has_wrap(&test, other, back.id).await,
                "only what was shared with them"
            );
        } else {
            // On standby as before, and nothing from which they are excluded.
            assert!(has_wrap(&test, shared, back.id).await && has_wrap(&test, other, back.id).await);
        }
        for shut in [about, excluded] {
            assert!(!has_wrap(&test, shut, back.id).await, "{role:?}");
            assert!(matches!(
                desk::open(&test.app, &back, shut).await,
                Err(DeskError::NotFound)
            ));
        }
        assert!(recovery::asks(&test.app, &lead).await.unwrap().is_empty());
        let again = recovery::let_in(&test.app, &key, waiting[0].id, &used).await;
        assert!(matches!(again, Err(RecoverError::NoMember)));
        assert_eq!(count(&test, "recovery_held").await, 0);
        // All leads but the one who did it are told, with the reason.
        let note = &recovery::notes(&test.app, &sponsor).await.unwrap()[0];
        assert_eq!(note.why, "Lost with the telephone.");
        take_notices(&test).await;
    }
}

/// Notices that wait are taken, so that the next are told apart.
async fn take_notices(test: &TestApp) {
    for errand in safehold_app::queue::take_due(&test.app).await.unwrap() {
        safehold_app::queue::done(&test.app, errand.job).await.unwrap();
    }
}

async fn an_ask_changes_nothing_and_tells_nothing_of_who_is_in_the_team(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let invited = test
        .join_unconfirmed(&lead, Role::Caseworker, "Ottoline Fernsby")
        .await;
    let members = team::list(&test.app).await.unwrap();
    let waiting = members.iter().find(|member| member.id == invited).unwrap();
    let known = test.entrances[&caseworker.id].email.clone();
    let work = async |email: &str| {
        let before = (test.app.derivations(), count(&test, "trace_entries").await);
        let (asked, _) = ask(&test, email).await;
        let after = (test.app.derivations(), count(&test, "trace_entries").await);
        assert_eq!(asked.recovery_codes.len(), 8);
        (after.0 - before.0, after.1 - before.1)
    };
    let usual = work(&known).await;
    for email in ["nobody@riverbank.example", waiting.email.as_str()] {
        assert_eq!(work(email).await, usual, "{email}");
    }
    assert_eq!(recovery::asks(&test.app, &lead).await.unwrap().len(), 1);

    // Whoever it is, what cannot be used is said before anybody is looked for.
    let typed = team::new_totp("x", "Riverbank").unwrap().typed;
    let asking = |email: &str, pass: &str, code: &str| Asking {
        email: email.to_owned(),
        pass: SecretString::from(pass),
        typed_secret: typed.to_string(),
        code: code.to_owned(),
    };
    for email in [known.as_str(), "nobody@riverbank.example"] {
        let weak = recovery::ask(&test.app, asking(email, "password", "000000")).await;
        assert!(matches!(weak, Err(AskError::Choice(team::TeamError::Weak(_)))));
        let code = recovery::ask(&test.app, asking(email, NEW_PASS, "000000")).await;
        assert!(matches!(code, Err(AskError::Choice(team::TeamError::Code))));
    }
    let none = recovery::ask(&test.app, asking("nobody", NEW_PASS, "000000")).await;
    assert!(matches!(none, Err(AskError::Email)));
    // A caseworker sees no asks, and the person sees what was asked in their name.
    assert!(matches!(
        recovery::asks(&test.app, &caseworker).await,
        Err(DeskError::Role)
    ));
    let mine = recovery::asks_in_my_name(&test.app, &caseworker).await.unwrap();
    assert_eq!(mine.len(), 1);
    assert!(
        recovery::asks_in_my_name(&test.app, &lead)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn asks_are_few_end_by_themselves_and_are_put_aside(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let email = test.entrances[&caseworker.id].email.clone();
    for _ in 0..5 {
        ask(&test, &email).await;
    }
    let waiting = recovery::asks(&test.app, &lead).await.unwrap();
    assert_eq!(waiting.len(), 3, "no more than three in one name");
    // Not by somebody whose name it is not; by them, and by a lead.
    let own = test.entrances[&lead.id].email.clone();
    ask(&test, &own).await;
    let of_lead = recovery::asks(&test.app, &alternate).await.unwrap();
    let of_lead = of_lead.iter().find(|ask| ask.member == lead.id).unwrap().id;
    let refused = recovery::drop_ask(&test.app, &caseworker, of_lead).await;
    assert!(matches!(refused, Err(DeskError::NotFound)));
    recovery::drop_ask(&test.app, &lead, of_lead).await.unwrap();
    recovery::drop_ask(&test.app, &caseworker, waiting[0].id)
        .await
        .unwrap();
    recovery::drop_ask(&test.app, &sponsor, waiting[1].id)
        .await
        .unwrap();
    assert_eq!(recovery::asks(&test.app, &lead).await.unwrap().len(), 1);

    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    test.clock
        .advance(jiff::SignedDuration::from_hours(24 * recovery::ASK_DAYS + 1));
    let late = recovery::let_in(&test.app, &key, waiting[2].id, &lost()).await;
    assert!(matches!(late, Err(RecoverError::NoMember)));
    watch::round(&test.app).await.unwrap();
    assert_eq!(count(&test, "recovery_asks").await, 0);
}

async fn what_an_interruption_left_is_given_by_the_next_use(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let mut cases = Vec::new();
    for _ in 0..2 {
        let case = test.report(CONCERN).await.1;
        test.begin(&lead, case).await;
        desk::share(&test.app, &lead, case, caseworker.id, String::new())
            .await
            .unwrap();
        cases.push(case);
    }
    let member = caseworker.id;
    let entrance = test.entrances[&member].clone();
    let (_, secret) = ask(&test, &entrance.email).await;
    let waiting = recovery::asks(&test.app, &lead).await.unwrap()[0].id;
    // As after a crash between letting in and giving: what was held is noted, and nothing is there.
    let mut conn = test.app.store().read().await.unwrap();
    let row = safehold_store::recovery::list_asks(&mut conn, test.app.now())
        .await
        .unwrap()
        .remove(0);
    drop(conn);
    test.app
        .store()
        .write_with(row, move |tx, row| {
            Box::pin(async move {
                safehold_store::users::replace_keys(tx, member, &row.public_key, &row.lock_sealed).await?;
                safehold_store::recovery::note_held(tx, member).await?;
                safehold_store::recovery::remove_ask(tx, waiting).await?;
                safehold_store::wraps::remove_all_of(tx, safehold_store::wraps::Holder::User(member)).await?;
                Ok::<_, safehold_store::StoreError>(())
            })
        })
        .await
        .unwrap();
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let done = recovery::give_keys(&test.app, &key, member, &lost())
        .await
        .unwrap();
    assert_eq!(
        done,
        Recovered {
            given: 2,
            withheld: 0
        }
    );
    let back = enters(&test, &entrance.email, NEW_PASS, &secret).await.unwrap();
    for case in cases {
        desk::open(&test.app, &back, case).await.unwrap();
    }
}

async fn whoever_was_invited_anew_gets_back_what_they_had_held(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let (_, shared) = test.report(CONCERN).await;
    test.begin(&lead, shared).await;
    desk::share(&test.app, &lead, shared, caseworker.id, String::new())
        .await
        .unwrap();
    let (_, other) = test.report(CONCERN).await;
    let email = test.entrances[&caseworker.id].email.clone();
    let link = team::invite_again(&test.app, &lead, caseworker.id).await.unwrap();
    assert!(!has_wrap(&test, shared, caseworker.id).await);
    let typed = team::new_totp(&email, "Riverbank").unwrap().typed;
    let secret = totp::parse_typed(&typed).unwrap();
    let token = safehold_testkit::app::shown(link);
    let code = test.code(&secret);
    team::join(&test.app, &token, SecretString::from(NEW_PASS), &typed, &code)
        .await
        .unwrap();
    let key = RecoveryKey::parse(&test.recovery_key).unwrap();
    let done = recovery::give_keys(&test.app, &key, caseworker.id, &lost())
        .await
        .unwrap();
    assert_eq!(done.given, 1);
    assert!(has_wrap(&test, shared, caseworker.id).await);
    assert!(!has_wrap(&test, other, caseworker.id).await);
    assert!(!may_enter(Role::Caseworker, Area::Recovery));
}

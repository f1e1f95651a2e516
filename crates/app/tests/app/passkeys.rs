//! Passkeys in place of codes, with a device in software.

use jiff::SignedDuration;
use safehold_app::{
    SecretString, SessionCookie, desk,
    passkeys::{self, ANSWER_MINUTES, LONGEST_NAME, MOST, PasskeyError, Place, Question},
    sessions::PROOF_MINUTES,
    sign_in::{self, SignInError, SignedIn},
    team,
};
use safehold_core::{id::UserId, trace::TeamStep};
use safehold_testkit::{
    app::{CONCERN, PASS, TestApp},
    passkey::Device,
};

use crate::{
    database::{bytes, column, count, notices},
    on_both,
};

on_both![
    a_passkey_takes_the_place_of_the_code_and_opens_what_the_pass_phrase_opens,
    an_answer_that_is_not_to_the_question_adds_nothing,
    an_answer_that_is_not_to_the_question_signs_nobody_in,
    what_was_asked_before_the_pass_phrase_changed_or_somebody_left_signs_nobody_in,
    a_copy_that_counts_backwards_is_shut_and_the_team_is_told,
    before_the_pass_phrase_is_right_nothing_tells_who_has_passkeys,
    half_a_sign_in_gives_no_more_tries_at_codes,
    what_is_kept_of_a_passkey_is_sealed_and_goes_with_its_owner,
    adding_and_removing_need_a_proof_and_touch_only_ones_own,
];

const AT: &str = "https://safe.riverbank.example";

fn place() -> Place {
    Place::at(AT, "Riverbank").unwrap()
}

fn pass() -> SecretString {
    SecretString::from(PASS)
}

/// Somebody signs in with a code.
async fn session(test: &TestApp, who: UserId) -> SignedIn {
    test.clock.advance(SignedDuration::from_secs(60));
    let entrance = &test.entrances[&who];
    let code = test.code(&entrance.totp);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, pass(), &code)
        .await
        .unwrap();
    resumed(test, &cookie).await.unwrap()
}

async fn resumed(test: &TestApp, cookie: &SessionCookie) -> Option<SignedIn> {
    sign_in::resume(&test.app, &cookie.expose()).await.unwrap()
}

async fn asked_to_add(test: &TestApp, me: &SignedIn, name: &str) -> Question {
    passkeys::ask_to_add(&test.app, &place(), me, name).await.unwrap()
}

/// Adds a passkey in this device.
async fn add(test: &TestApp, me: &SignedIn, device: &mut Device, name: &str) {
    let question = asked_to_add(test, me, name).await;
    let answer = device.create(&question.options).await;
    passkeys::add(&test.app, &place(), me, &question.ticket, &answer)
        .await
        .unwrap();
}

async fn asked(test: &TestApp, who: UserId) -> Result<Question, SignInError> {
    let email = test.entrances[&who].email.clone();
    passkeys::ask(&test.app, &place(), &email, pass()).await
}

async fn answered(test: &TestApp, question: &Question, answer: &str) -> Result<SessionCookie, SignInError> {
    passkeys::finish(&test.app, &place(), &question.ticket, answer).await
}

/// Signs in with pass phrase and passkey.
async fn enter(test: &TestApp, who: UserId, device: &mut Device) -> Result<SessionCookie, SignInError> {
    let question = asked(test, who).await?;
    let answer = device.get(&question.options).await;
    answered(test, &question, &answer).await
}

#[track_caller]
fn is_refused<T>(result: &Result<T, SignInError>, what: &str) {
    assert!(matches!(result, Err(SignInError::Refused)), "{what}");
}

async fn traced(test: &TestApp, step: &str) -> usize {
    let leaves = column(test, "SELECT leaf FROM trace_entries").await;
    leaves.iter().filter(|leaf| leaf.contains(step)).count()
}

async fn a_passkey_takes_the_place_of_the_code_and_opens_what_the_pass_phrase_opens(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    let me = session(&test, lead.id).await;
    let mut phone = Device::new(AT);
    add(&test, &me, &mut phone, "  My phone ").await;
    let mut key = Device::new(AT);
    add(&test, &me, &mut key, "").await;
    let own = passkeys::list(&test.app, &me.reader).await.unwrap();
    let names: Vec<_> = own.iter().map(|one| (one.name.as_str(), one.used_on)).collect();
    assert_eq!(names, [("", None), ("My phone", None)]);

    test.clock.advance(SignedDuration::from_hours(24));
    for device in [&mut phone, &mut key] {
        let cookie = enter(&test, lead.id, device).await.unwrap();
        let me = resumed(&test, &cookie).await.unwrap();
        assert!(desk::open(&test.app, &me.reader, case).await.is_ok());
    }
    let me = resumed(&test, &enter(&test, lead.id, &mut phone).await.unwrap())
        .await
        .unwrap();
    let own = passkeys::list(&test.app, &me.reader).await.unwrap();
    let today = test.app.rules().hours.day_of(test.app.now());
    assert!(
        own.iter()
            .all(|one| one.used_on == Some(today) && one.added_on < today)
    );
    assert_eq!(traced(&test, "passkey_added").await, 2);
    assert_eq!(
        count(&test, "passkey_attempts").await,
        0,
        "each is gone when it is answered"
    );

    // Codes and recovery codes work beside it, also when the last passkey is gone.
    session(&test, lead.id).await;
    for one in own {
        passkeys::remove(&test.app, &me.reader, one.id).await.unwrap();
    }
    assert_eq!(traced(&test, "passkey_removed").await, 2);
    is_refused(&asked(&test, lead.id).await, "a passkey that was removed");
    session(&test, lead.id).await;
    let entrance = &test.entrances[&lead.id];
    let recovery = &entrance.recovery_codes[3];
    let cookie = sign_in::sign_in(&test.app, &entrance.email, pass(), recovery).await;
    assert!(cookie.is_ok());
}

async fn an_answer_that_is_not_to_the_question_adds_nothing(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let me = session(&test, lead.id).await;
    let other = session(&test, alternate.id).await;
    let elsewhere = session(&test, lead.id).await;
    let app = &test.app;
    let refused = |result: Result<(), PasskeyError>, what: &str| {
        assert!(matches!(result, Err(PasskeyError::Refused)), "{what}: {result:?}");
    };

    let question = asked_to_add(&test, &me, "Phone").await;
    let answer = Device::new("https://safe.riverbank.example.net")
        .create(&question.options)
        .await;
    refused(
        passkeys::add(app, &place(), &me, &question.ticket, &answer).await,
        "made at another address",
    );
    let question = asked_to_add(&test, &me, "Phone").await;
    let answer = Device::new(AT).unverified().create(&question.options).await;
    refused(
        passkeys::add(app, &place(), &me, &question.ticket, &answer).await,
        "made without showing who one is",
    );
    let question = asked_to_add(&test, &me, "Phone").await;
    let answer = Device::new(AT).create(&question.options).await;
    refused(
        passkeys::add(app, &place(), &other, &question.ticket, &answer).await,
        "asked of somebody else",
    );
    refused(
        passkeys::add(app, &place(), &me, &question.ticket, &answer).await,
        "asked before, and taken",
    );
    let question = asked_to_add(&test, &me, "Phone").await;
    let answer = Device::new(AT).create(&question.options).await;
    refused(
        passkeys::add(app, &place(), &elsewhere, &question.ticket, &answer).await,
        "asked in another session",
    );
    let first = asked_to_add(&test, &me, "Phone").await;
    let second = asked_to_add(&test, &me, "Phone").await;
    let answer = Device::new(AT).create(&first.options).await;
    refused(
        passkeys::add(app, &place(), &me, &second.ticket, &answer).await,
        "the answer to another question",
    );
    for answer in ["", "{}", "null", "nonsense"] {
        let question = asked_to_add(&test, &me, "Phone").await;
        refused(
            passkeys::add(app, &place(), &me, &question.ticket, answer).await,
            answer,
        );
    }
    refused(passkeys::add(app, &place(), &me, "", &answer).await, "no ticket");
    let question = asked_to_add(&test, &me, "Phone").await;
    let answer = Device::new(AT).create(&question.options).await;
    test.clock.advance(SignedDuration::from_mins(ANSWER_MINUTES));
    refused(
        passkeys::add(app, &place(), &me, &question.ticket, &answer).await,
        "too late",
    );
    assert_eq!(count(&test, "passkeys").await, 0);
    assert_eq!(traced(&test, "passkey_added").await, 0);

    // What is never answered goes too.
    assert!(count(&test, "passkey_attempts").await > 0);
    safehold_app::watch::round(app).await.unwrap();
    assert_eq!(count(&test, "passkey_attempts").await, 0);
}

async fn an_answer_that_is_not_to_the_question_signs_nobody_in(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let me = session(&test, lead.id).await;
    let other = session(&test, alternate.id).await;
    let (mut phone, mut theirs) = (Device::new(AT), Device::new(AT));
    add(&test, &me, &mut phone, "Phone").await;
    add(&test, &other, &mut theirs, "Phone").await;
    let sessions = count(&test, "sessions").await;

    let question = asked(&test, lead.id).await.unwrap();
    let answer = phone.at("https://riverbank.example").get(&question.options).await;
    is_refused(
        &answered(&test, &question, &answer).await,
        "signed at another address",
    );
    let question = asked(&test, lead.id).await.unwrap();
    let answer = phone.unverified().get(&question.options).await;
    is_refused(
        &answered(&test, &question, &answer).await,
        "anybody with the device",
    );
    let question = asked(&test, lead.id).await.unwrap();
    let of_other = asked(&test, alternate.id).await.unwrap();
    let answer = theirs.get(&of_other.options).await;
    is_refused(
        &answered(&test, &question, &answer).await,
        "somebody else's passkey",
    );
    is_refused(
        &answered(&test, &question, &phone.get(&question.options).await).await,
        "a second answer, even if it is right",
    );
    for answer in ["", "{}", "null", "nonsense"] {
        let question = asked(&test, lead.id).await.unwrap();
        is_refused(&answered(&test, &question, answer).await, answer);
    }
    // A question of one kind is not answered as one of the other.
    let to_add = asked_to_add(&test, &me, "Key").await;
    let question = asked(&test, lead.id).await.unwrap();
    let answer = phone.get(&question.options).await;
    is_refused(
        &answered(&test, &to_add, &answer).await,
        "a question of another kind",
    );
    let made = Device::new(AT)
        .create(&asked_to_add(&test, &me, "Key").await.options)
        .await;
    let wrong = passkeys::add(&test.app, &place(), &me, &question.ticket, &made).await;
    assert!(matches!(wrong, Err(PasskeyError::Refused)));

    // At another public address the passkeys of this one are nothing.
    let question = asked(&test, lead.id).await.unwrap();
    let answer = phone.get(&question.options).await;
    let moved = Place::at("https://other.riverbank.example", "Riverbank").unwrap();
    let result = passkeys::finish(&test.app, &moved, &question.ticket, &answer).await;
    is_refused(&result, "the site has moved");
    // Too late.
    let question = asked(&test, lead.id).await.unwrap();
    let answer = phone.get(&question.options).await;
    test.clock.advance(SignedDuration::from_mins(ANSWER_MINUTES));
    is_refused(&answered(&test, &question, &answer).await, "too late");
    assert_eq!(count(&test, "sessions").await, sessions);

    // Two answers at once, to questions that were asked at once: the counter of one is not what the other saw.
    let both = (
        asked(&test, lead.id).await.unwrap(),
        asked(&test, lead.id).await.unwrap(),
    );
    let answers = (phone.get(&both.0.options).await, phone.get(&both.1.options).await);
    let ends = tokio::join!(
        answered(&test, &both.0, &answers.0),
        answered(&test, &both.1, &answers.1)
    );
    assert!(ends.0.is_ok() != ends.1.is_ok());
    assert_eq!(traced(&test, "passkey_shut").await, 0);
    assert!(enter(&test, lead.id, &mut phone).await.is_ok(), "all is well");
}

async fn what_was_asked_before_the_pass_phrase_changed_or_somebody_left_signs_nobody_in(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (mut phone, mut theirs) = (Device::new(AT), Device::new(AT));
    let me = session(&test, lead.id).await;
    add(&test, &me, &mut phone, "Phone").await;
    add(&test, &session(&test, alternate.id).await, &mut theirs, "Phone").await;
    let question = asked(&test, lead.id).await.unwrap();
    let of_other = asked(&test, alternate.id).await.unwrap();
    let answer = phone.get(&question.options).await;
    let new = SecretString::from("weasel paints eleven quiet ladders");
    sign_in::change_pass(&test.app, &me.reader, pass(), new.clone())
        .await
        .unwrap();
    is_refused(
        &answered(&test, &question, &answer).await,
        "the pass phrase is another",
    );
    let email = test.entrances[&lead.id].email.clone();
    let question = passkeys::ask(&test.app, &place(), &email, new).await.unwrap();
    let answer = phone.get(&question.options).await;
    assert!(
        answered(&test, &question, &answer).await.is_ok(),
        "and the passkey is not"
    );

    team::leave(&test.app, &me.reader, alternate.id).await.unwrap();
    let answer = theirs.get(&of_other.options).await;
    is_refused(&answered(&test, &of_other, &answer).await, "they left");
    is_refused(&asked(&test, alternate.id).await, "they left");
}

async fn a_copy_that_counts_backwards_is_shut_and_the_team_is_told(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let me = session(&test, lead.id).await;
    let (mut phone, mut key) = (Device::new(AT), Device::new(AT));
    add(&test, &me, &mut phone, "Phone").await;
    add(&test, &me, &mut key, "Key").await;
    let mut copy = phone.copy();
    assert!(enter(&test, lead.id, &mut phone).await.is_ok());
    assert!(enter(&test, lead.id, &mut phone).await.is_ok());
    let before = notices(&test, alternate.id, "team_changed").await;
    is_refused(&enter(&test, lead.id, &mut copy).await, "the copy");

    let own = passkeys::list(&test.app, &me.reader).await.unwrap();
    let shut: Vec<_> = own.iter().map(|one| (one.name.as_str(), one.is_shut)).collect();
    assert_eq!(shut, [("Key", false), ("Phone", true)]);
    assert_eq!(traced(&test, "passkey_shut").await, 1);
    let changes = team::changes(&test.app, &me.reader).await.unwrap();
    assert!(changes.iter().any(|change| change.step == TeamStep::PasskeyShut));
    assert!(before <= 1 && notices(&test, alternate.id, "team_changed").await == 1);
    assert_eq!(notices(&test, sponsor.id, "team_changed").await, 1);
    assert_eq!(notices(&test, caseworker.id, "team_changed").await, 0);
    // Neither of the two signs in any more, whatever it counts; another passkey does.
    for _ in 0..4 {
        let question = asked(&test, lead.id).await.unwrap();
        assert_eq!(
            question.options.matches("public-key").count(),
            1,
            "only the key is asked for"
        );
    }
    assert!(enter(&test, lead.id, &mut key).await.is_ok());
}

async fn before_the_pass_phrase_is_right_nothing_tells_who_has_passkeys(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let mut phone = Device::new(AT);
    add(&test, &session(&test, lead.id).await, &mut phone, "Phone").await;
    let with = test.entrances[&lead.id].email.clone();
    let without = test.entrances[&alternate.id].email.clone();
    let nobody = "nobody@riverbank.example".to_owned();
    let wrong = || SecretString::from("quite another pass phrase");
    let mut costs = Vec::new();
    for (email, pass) in [
        (&with, wrong()),
        (&without, wrong()),
        (&nobody, wrong()),
        (&nobody, pass()),
        (&String::new(), pass()),
    ] {
        let app = &test.app;
        for way in ["passkey", "code"] {
            let before = (app.derivations(), app.store().statements());
            let look = if way == "passkey" {
                let refused = passkeys::ask(app, &place(), email, pass.clone()).await;
                refused.err().map(|error| format!("{error:?} {error}"))
            } else {
                let refused = sign_in::sign_in(app, email, pass.clone(), "123456").await;
                refused.err().map(|error| format!("{error:?} {error}"))
            };
            let cost = (app.derivations() - before.0, app.store().statements() - before.1);
            costs.push((look, cost));
        }
    }
    let first = costs[0].clone();
    assert_eq!(first.0.as_deref(), Some("Refused the sign-in did not succeed"));
    assert_eq!(first.1.0, 1);
    assert_eq!(costs, vec![first; 10]);
    // With the right one, who has none is refused as ever.
    is_refused(&asked(&test, alternate.id).await, "no passkey");
    assert!(asked(&test, lead.id).await.is_ok());
}

async fn half_a_sign_in_gives_no_more_tries_at_codes(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let mut phone = Device::new(AT);
    add(&test, &session(&test, lead.id).await, &mut phone, "Phone").await;
    let email = test.entrances[&lead.id].email.clone();
    let failures = || sign_in::failures(&test.app, &email);
    for expected in 1..=2 {
        let refused = sign_in::sign_in(&test.app, &email, pass(), "000000").await;
        is_refused(&refused, "no code");
        asked(&test, lead.id).await.unwrap();
        assert_eq!(failures(), expected, "the right pass phrase alone clears nothing");
    }
    let question = asked(&test, lead.id).await.unwrap();
    is_refused(&answered(&test, &question, "{}").await, "no passkey");
    assert_eq!(failures(), 3);
    enter(&test, lead.id, &mut phone).await.unwrap();
    assert_eq!(failures(), 0);
}

async fn what_is_kept_of_a_passkey_is_sealed_and_goes_with_its_owner(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let me = session(&test, lead.id).await;
    add(&test, &me, &mut Device::new(AT), "Zebra key").await;
    let other = session(&test, alternate.id).await;
    add(&test, &other, &mut Device::new(AT), "Zebra key").await;
    asked(&test, alternate.id).await.unwrap();
    for table in ["passkeys", "passkey_attempts"] {
        for body in bytes(&test, &format!("SELECT body_sealed FROM {table}")).await {
            for mark in ["Zebra", "cred_id", "reader", "challenge"] {
                assert!(
                    !body.windows(mark.len()).any(|part| part == mark.as_bytes()),
                    "{table} {mark}"
                );
            }
        }
    }
    assert_eq!(count(&test, "passkeys").await, 2);
    team::invite_again(&test.app, &me.reader, alternate.id)
        .await
        .unwrap();
    assert_eq!(count(&test, "passkeys").await, 1);
    assert_eq!(count(&test, "passkey_attempts").await, 0);
    assert_eq!(passkeys::list(&test.app, &me.reader).await.unwrap().len(), 1);
}

async fn adding_and_removing_need_a_proof_and_touch_only_ones_own(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let me = session(&test, lead.id).await;
    let other = session(&test, alternate.id).await;
    let long = "x".repeat(LONGEST_NAME + 1);
    let refused = passkeys::ask_to_add(&test.app, &place(), &me, &long).await;
    assert!(matches!(refused.map(drop), Err(PasskeyError::Name)));
    let mut device = Device::new(AT);
    for _ in 0..MOST {
        add(&test, &me, &mut device, "Phone").await;
    }
    let refused = passkeys::ask_to_add(&test.app, &place(), &me, "One more").await;
    assert!(matches!(refused.map(drop), Err(PasskeyError::TooMany)));
    let own = passkeys::list(&test.app, &me.reader).await.unwrap();
    let theirs = passkeys::remove(&test.app, &other.reader, own[0].id).await;
    assert!(matches!(theirs, Err(PasskeyError::NoPasskey)));
    // One that is being removed while the last that fits is being added: no more than fit.
    passkeys::remove(&test.app, &me.reader, own[0].id).await.unwrap();
    let two = (
        asked_to_add(&test, &me, "A").await,
        asked_to_add(&test, &me, "B").await,
    );
    let made = (
        device.create(&two.0.options).await,
        device.create(&two.1.options).await,
    );
    let at = place();
    let ends = tokio::join!(
        passkeys::add(&test.app, &at, &me, &two.0.ticket, &made.0),
        passkeys::add(&test.app, &at, &me, &two.1.ticket, &made.1),
    );
    assert!(ends.0.is_ok() != ends.1.is_ok());

    test.clock.advance(SignedDuration::from_mins(PROOF_MINUTES));
    let refused = passkeys::remove(&test.app, &me.reader, own[1].id).await;
    assert!(matches!(refused, Err(PasskeyError::ProveFirst)));
    let refused = passkeys::ask_to_add(&test.app, &place(), &me, "").await;
    assert!(matches!(refused.map(drop), Err(PasskeyError::ProveFirst)));
    assert_eq!(count(&test, "passkeys").await, MOST);
}

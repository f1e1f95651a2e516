//! Emergency access: one case, for some hours, told to those who are not excluded, and never for who is.

use safehold_app::{
    Zeroizing, desk,
    desk::{CaseOpened, DeskError, Reader},
    emergency::{self, EmergencyError},
    follow, recovery,
    recovery::GivenError,
    report::EventBody,
    trace, watch,
};
use safehold_core::{
    id::CaseId,
    roster::Role,
    trace::{RecoveryStep, Traced},
};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::{column, has_wrap, notices},
    looks::{listed, opened, text},
    on_both,
    shares::{split, whole},
};

on_both![
    a_case_is_opened_for_some_hours_and_the_key_goes_by_itself_after_a_restart,
    whoever_is_excluded_gets_the_answer_of_a_number_that_nobody_has,
    a_role_that_reads_no_cases_and_what_is_typed_wrong_open_nothing,
    who_held_a_key_on_standby_keeps_it_on_standby,
    after_emergency_access_the_case_has_a_new_key,
];

async fn number(test: &TestApp, case: CaseId) -> String {
    column(test, &format!("SELECT reference FROM cases WHERE id = '{case}'"))
        .await
        .remove(0)
}

const WHY: &str = "Somebody may be hurt tonight. Nobody answers the telephone.";

async fn try_to_open(
    test: &TestApp,
    by: &Reader,
    number: &str,
    hours: u8,
    typed: &[Zeroizing<String>],
) -> Result<CaseId, EmergencyError> {
    emergency::open(&test.app, by, number, WHY, hours, typed).await
}

/// A university's lead, who holds no key while a sponsor is there.
async fn university(test: &mut TestApp, lead: &Reader) -> Reader {
    test.join(lead, Role::University, "Ottoline Fernsby").await
}

async fn a_case_is_opened_for_some_hours_and_the_key_goes_by_itself_after_a_restart(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let university = university(&mut test, &lead).await;
    let shares = split(&test, &lead).await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let (_, other) = test.report(CONCERN).await;
    assert!(!has_wrap(&test, case, university.id).await);
    for told in [&lead, &alternate, &sponsor] {
        for note in recovery::notes(&test.app, told).await.unwrap() {
            recovery::seen(&test.app, told, note.id).await.unwrap();
        }
    }

    let typed = number(&test, case).await.to_lowercase();
    assert_eq!(
        try_to_open(&test, &university, &typed, 2, &shares[..2])
            .await
            .unwrap(),
        case
    );
    assert_eq!(listed(&test.app, &university).await, [case]);
    let seen = opened(&test.app, &university, case).await;
    let entry = seen.history.last().unwrap();
    assert!(matches!(&entry.body, EventBody::Emergency { why, .. } if why == WHY));
    assert_eq!(entry.actor, Some(university.id));
    assert!(!has_wrap(&test, other, university.id).await, "one case");
    let ends = emergency::mine(&test.app, &university).await.unwrap();
    assert_eq!(
        (ends[0].0, ends[0].2),
        (case, test.app.now() + jiff::SignedDuration::from_hours(2))
    );
    // Everybody who is not excluded is told at once, and nobody else.
    for told in [&lead, &alternate, &sponsor] {
        assert!(notices(&test, told.id, "recovery").await >= 1);
        let notes = recovery::notes(&test.app, told).await.unwrap();
        assert_eq!(notes.len(), 1);
        assert_eq!(
            (notes[0].step, notes[0].why.as_str()),
            (RecoveryStep::EmergencyBegun, WHY)
        );
        assert_eq!(
            notes[0].reference.as_ref().unwrap().to_string(),
            number(&test, case).await
        );
    }
    assert!(recovery::notes(&test.app, &caseworker).await.unwrap().is_empty());
    let twice = try_to_open(&test, &university, &typed, 2, &shares[..2]).await;
    assert!(matches!(twice, Err(EmergencyError::Open(is)) if is == case));

    // Not yet over; then over, found by a program that was started anew.
    test.clock.advance(jiff::SignedDuration::from_mins(119));
    watch::round(&test.app).await.unwrap();
    assert!(has_wrap(&test, case, university.id).await);
    test.clock.advance(jiff::SignedDuration::from_mins(1));
    let again = test.again().await;
    watch::round(&again).await.unwrap();
    assert!(!has_wrap(&test, case, university.id).await);
    assert!(matches!(
        desk::open(&again, &university, case).await,
        Err(DeskError::NotFound)
    ));
    assert!(emergency::mine(&again, &university).await.unwrap().is_empty());
    watch::round(&again).await.unwrap();
    let entries = trace::of_case(&again, &lead, case).await.unwrap();
    let of = |step| {
        let what = Traced::Recovery {
            step,
            member: Some(university.id),
        };
        entries.iter().filter(|entry| entry.what == what).count()
    };
    assert_eq!(of(RecoveryStep::EmergencyBegun), 1);
    assert_eq!(of(RecoveryStep::EmergencyEnded), 1, "once");
}

async fn whoever_is_excluded_gets_the_answer_of_a_number_that_nobody_has(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let named = alternate.id.to_string();
    let (_, about) = test.report(&concern_with(&[("team_involved", &named)])).await;
    let (_, not_said) = test
        .report(&concern_with(&[("team_involved", "rather_not_say")]))
        .await;
    let (_, later) = test.report(CONCERN).await;
    test.begin(&lead, later).await;
    desk::exclude(&test.app, &lead, later, alternate.id, "Close to it.".into())
        .await
        .unwrap();
    let key = whole(&test);
    let mut answers = Vec::new();
    for typed in [
        number(&test, about).await,
        number(&test, not_said).await,
        number(&test, later).await,
        "0000-0000".to_owned(),
        "no number".to_owned(),
        String::new(),
    ] {
        let refused = try_to_open(&test, &alternate, &typed, 1, &key).await;
        assert!(matches!(refused, Err(EmergencyError::NotFound)), "{typed}");
        answers.push(refused.unwrap_err().to_string());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    for case in [about, not_said, later] {
        assert!(!has_wrap(&test, case, alternate.id).await);
    }
    // That the key was used is told each time, and never for which number.
    for told in [&lead, &sponsor] {
        let notes = recovery::notes(&test.app, told).await.unwrap();
        assert_eq!(notes.len(), 6);
        for note in notes {
            assert_eq!(
                (note.step, note.reference),
                (RecoveryStep::EmergencyRefused, None)
            );
        }
    }

    // Nor is anybody who is excluded told of somebody else's emergency access.
    let university = university(&mut test, &lead).await;
    let typed = number(&test, not_said).await;
    try_to_open(&test, &university, &typed, 1, &key).await.unwrap();
    for shut_out in [&lead, &alternate] {
        let notes = recovery::notes(&test.app, shut_out).await.unwrap();
        assert!(notes.iter().all(|note| note.step != RecoveryStep::EmergencyBegun));
    }
    let notes = recovery::notes(&test.app, &sponsor).await.unwrap();
    assert!(notes.iter().any(|note| note.step == RecoveryStep::EmergencyBegun));
    // And who is excluded afterwards loses the note too.
    let typed = number(&test, later).await;
    let told = |notes: Vec<recovery::Note>| notes.iter().any(|note| note.reference.is_some());
    try_to_open(&test, &university, &typed, 1, &key).await.unwrap();
    assert!(told(recovery::notes(&test.app, &lead).await.unwrap()));
    desk::declare_conflict(&test.app, &lead, later, "I know them.".into())
        .await
        .unwrap();
    assert!(!told(recovery::notes(&test.app, &lead).await.unwrap()));
}

async fn a_role_that_reads_no_cases_and_what_is_typed_wrong_open_nothing(mut test: TestApp) {
    let [lead, .., caseworker] = test.usual_team().await;
    let administrator = test.join(&lead, Role::Administrator, "Ada Millrace").await;
    let university = university(&mut test, &lead).await;
    let (_, case) = test.report(CONCERN).await;
    let typed = number(&test, case).await;
    let key = whole(&test);
    for nobody in [&administrator, &caseworker] {
        let refused = try_to_open(&test, nobody, &typed, 1, &key).await;
        assert!(matches!(refused, Err(EmergencyError::Role)));
        assert!(!has_wrap(&test, case, nobody.id).await);
    }
    for hours in [0, 73, 255] {
        let refused = try_to_open(&test, &university, &typed, hours, &key).await;
        assert!(matches!(refused, Err(EmergencyError::Hours)));
    }
    let no_reason = emergency::open(&test.app, &university, &typed, " ", 1, &key).await;
    assert!(matches!(no_reason, Err(EmergencyError::Why)));
    // Whoever has no key learns nothing of a number.
    for number in [typed.as_str(), "0000-0000"] {
        let other = safehold_seal::RecoveryKey::generate().to_text();
        let refused = try_to_open(&test, &university, number, 1, &[other]).await;
        assert!(matches!(
            refused,
            Err(EmergencyError::Given(GivenError::Wrong { place: 0, .. }))
        ));
        let nothing = try_to_open(&test, &university, number, 1, &[]).await;
        assert!(matches!(
            nothing,
            Err(EmergencyError::Given(GivenError::TooFew { .. }))
        ));
    }
    assert!(!has_wrap(&test, case, university.id).await);
    assert!(recovery::notes(&test.app, &lead).await.unwrap().is_empty());
    try_to_open(&test, &university, &typed, emergency::MOST_HOURS, &key)
        .await
        .unwrap();
}

async fn who_held_a_key_on_standby_keeps_it_on_standby(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    assert!(has_wrap(&test, case, alternate.id).await);
    assert!(listed(&test.app, &alternate).await.is_empty());
    let typed = number(&test, case).await;
    try_to_open(&test, &alternate, &typed, 1, &whole(&test))
        .await
        .unwrap();
    assert_eq!(listed(&test.app, &alternate).await, [case]);
    test.clock.advance(jiff::SignedDuration::from_hours(1));
    watch::round(&test.app).await.unwrap();
    assert!(listed(&test.app, &alternate).await.is_empty());
    assert!(has_wrap(&test, case, alternate.id).await);
    assert_eq!(listed(&test.app, &lead).await, [case]);
}

async fn after_emergency_access_the_case_has_a_new_key(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let university = university(&mut test, &lead).await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    desk::share(&test.app, &lead, case, caseworker.id, String::new())
        .await
        .unwrap();
    let typed = number(&test, case).await;
    try_to_open(&test, &university, &typed, 1, &whole(&test))
        .await
        .unwrap();
    let epochs = async |test: &TestApp| {
        column(
            test,
            &format!("SELECT CAST(epoch AS TEXT) FROM cases WHERE id = '{case}'"),
        )
        .await
        .remove(0)
    };
    // While it lasts, opening changes nothing.
    opened(&test.app, &lead, case).await;
    assert_eq!(epochs(&test).await, "1");
    test.clock.advance(jiff::SignedDuration::from_hours(1));
    watch::round(&test.app).await.unwrap();
    assert_eq!(epochs(&test).await, "1", "nobody was there to make it");

    opened(&test.app, &lead, case).await;
    assert_eq!(epochs(&test).await, "2");
    opened(&test.app, &lead, case).await;
    assert_eq!(epochs(&test).await, "2", "once");
    // Everybody who had a key has the new one, and the reporter and the recovery key too.
    let holders = column(
        &test,
        &format!("SELECT holder FROM key_wraps WHERE case_id = '{case}' AND epoch = 2"),
    )
    .await;
    for reader in [&lead, &alternate, &sponsor, &caseworker] {
        assert!(holders.contains(&reader.id.to_string()));
    }
    assert!(holders.contains(&"reporter".to_owned()) && holders.contains(&"recovery".to_owned()));
    assert!(!holders.contains(&university.id.to_string()));
    follow::send(&test.app, &visit, follow::new_message_id(), text("After."))
        .await
        .unwrap();
    for reader in [&lead, &caseworker] {
        let CaseOpened::Full(seen) = desk::open(&test.app, reader, case).await.unwrap() else {
            panic!("begun with")
        };
        assert_eq!(seen.messages.len(), 1);
        assert!(
            seen.history
                .iter()
                .any(|entry| matches!(entry.body, EventBody::Emergency { .. }))
        );
    }
}

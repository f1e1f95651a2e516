//! Reporting, coming back and being answered.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use safehold_app::{
    desk::{self, CaseOpened},
    follow,
    report::{self, ComeBackError, Receipt, SubmitError, Visit, VisitState, WordsShown},
    watch,
};
use safehold_core::{case::State, form::Answer};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::{count, notices},
    looks::{listed, opened, text, texts},
    on_both,
};

on_both![
    a_report_is_answered_and_the_answer_is_read_on_another_device,
    pressing_send_twenty_times_at_once_makes_one_case,
    two_tabs_keep_both_changes,
    a_message_that_is_sent_twice_arrives_once,
    a_draft_expires_and_its_words_open_nothing_any_more,
    a_report_that_lacks_an_answer_is_not_sent_and_stays_a_draft,
    a_receipt_holds_and_a_changed_one_does_not,
];

async fn a_report_is_answered_and_the_answer_is_read_on_another_device(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let WordsShown::Show(words) = report::words(&test.app, &visit).await.unwrap() else {
        panic!("words that were never shown are kept");
    };
    let sent = report::submit(&test.app, &visit).await.unwrap();
    report::keep_words(&test.app, &visit).await.unwrap();
    assert!(matches!(
        report::words(&test.app, &visit).await.unwrap(),
        WordsShown::Kept
    ));

    assert_eq!(listed(&test.app, &lead).await, [sent.case]);
    assert!(listed(&test.app, &alternate).await.is_empty());
    assert_eq!(notices(&test, lead.id, "new_report").await, 1);
    let before = desk::open(&test.app, &lead, sent.case).await.unwrap();
    assert!(matches!(before, CaseOpened::Before(_)));
    test.begin(&lead, sent.case).await;
    let case = opened(&test.app, &lead, sent.case).await;
    assert_eq!(
        case.report.answers.get("what_happened").and_then(Answer::text),
        Some("Somebody kept talking over me in the Tuesday group.")
    );
    let id = desk::new_message_id();
    desk::write(
        &test.app,
        &lead,
        sent.case,
        id,
        "Thank you for telling us.".into(),
        vec![],
    )
    .await
    .unwrap();

    // Another device: only the words, and not typed well.
    let typed = words.to_uppercase().replace(' ', ", ");
    let there = report::come_back(&test.app, &typed).await.unwrap();
    let followed = follow::open(&test.app, &there).await.unwrap().unwrap();
    assert_eq!(followed.reference, sent.reference);
    assert_eq!(followed.state, State::Triage);
    assert_eq!(texts(&followed.messages), ["Thank you for telling us."]);
    test.tick();
    follow::send(
        &test.app,
        &there,
        follow::new_message_id(),
        text("I will be there."),
    )
    .await
    .unwrap();
    let case = opened(&test.app, &lead, sent.case).await;
    assert_eq!(
        texts(&case.messages),
        ["Thank you for telling us.", "I will be there."]
    );
    assert!(case.messages[0].seen_at.is_some(), "the reporter has seen it");
    assert_eq!(notices(&test, lead.id, "reporter_wrote").await, 1);
}

async fn pressing_send_twenty_times_at_once_makes_one_case(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let presses: Vec<_> = (0..20)
        .map(|_| {
            let (app, visit) = (test.app.clone(), visit.clone());
            tokio::spawn(async move { report::submit(&app, &visit).await })
        })
        .collect();
    let mut cases = BTreeSet::new();
    for press in presses {
        let sent = press.await.unwrap().unwrap();
        cases.insert((sent.case.to_string(), sent.reference.to_string()));
    }
    assert_eq!(cases.len(), 1);
    assert_eq!(count(&test, "cases").await, 1);
    assert_eq!(listed(&test.app, &lead).await.len(), 1);
    assert_eq!(notices(&test, lead.id, "new_report").await, 1);
    // Whichever press won, its words are the ones that open the report.
    let WordsShown::Show(words) = report::words(&test.app, &visit).await.unwrap() else {
        panic!("words that were never shown are kept");
    };
    let there = report::come_back(&test.app, &words).await.unwrap();
    assert!(follow::open(&test.app, &there).await.unwrap().is_some());
}

fn written(text: &str) -> Answer {
    serde_json::from_value(serde_json::json!({ "t": { "t": text } })).unwrap()
}

async fn two_tabs_keep_both_changes(test: TestApp) {
    let visit = Visit::begin();
    let tabs: Vec<_> = ["what_happened", "what_said", "what_think", "wishes"]
        .into_iter()
        .map(|question| {
            let (app, visit) = (test.app.clone(), visit.clone());
            tokio::spawn(async move {
                report::change(&app, &visit, |draft| {
                    draft.answers.set(question, written(question));
                })
                .await
            })
        })
        .collect();
    for tab in tabs {
        tab.await.unwrap().unwrap();
    }
    let Some(VisitState::Draft(draft)) = report::load(&test.app, &visit).await.unwrap() else {
        panic!("the draft is not there");
    };
    for question in ["what_happened", "what_said", "what_think", "wishes"] {
        assert_eq!(
            draft.body.answers.get(question).and_then(Answer::text),
            Some(question)
        );
    }
}

async fn a_message_that_is_sent_twice_arrives_once(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let id = follow::new_message_id();
    follow::send(&test.app, &visit, id, text("Once.")).await.unwrap();
    follow::send(&test.app, &visit, id, text("Once.")).await.unwrap();
    test.tick();
    let answer = desk::new_message_id();
    for _ in 0..2 {
        desk::write(&test.app, &lead, case, answer, "Heard.".into(), vec![])
            .await
            .unwrap();
    }
    // Both at once, too.
    test.tick();
    let third = desk::new_message_id();
    let both = tokio::join!(
        desk::write(&test.app, &lead, case, third, "At once.".into(), vec![]),
        desk::write(&test.app, &lead, case, third, "At once.".into(), vec![]),
    );
    assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
    let followed = follow::open(&test.app, &visit).await.unwrap().unwrap();
    assert_eq!(texts(&followed.messages), ["Once.", "Heard.", "At once."]);
}

async fn a_draft_expires_and_its_words_open_nothing_any_more(mut test: TestApp) {
    test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let WordsShown::Show(words) = report::words(&test.app, &visit).await.unwrap() else {
        panic!("words that were never shown are kept");
    };
    test.clock.advance(SignedDuration::from_hours(24 * 14 - 1));
    watch::round(&test.app).await.unwrap();
    assert!(
        report::come_back(&test.app, &words).await.is_ok(),
        "an hour is left"
    );
    test.clock.advance(SignedDuration::from_hours(1));
    // By the clock alone, before any round has deleted it.
    let gone = report::come_back(&test.app, &words).await;
    assert!(matches!(gone, Err(ComeBackError::Unknown)));
    assert!(report::load(&test.app, &visit).await.unwrap().is_none());
    let not_sent = report::submit(&test.app, &visit).await;
    assert!(matches!(not_sent, Err(SubmitError::Gone)));
    watch::round(&test.app).await.unwrap();
    assert_eq!(count(&test, "visits").await, 0);
    let gone = report::come_back(&test.app, &words).await;
    assert!(matches!(gone, Err(ComeBackError::Unknown)));
}

async fn a_report_that_lacks_an_answer_is_not_sent_and_stays_a_draft(mut test: TestApp) {
    test.usual_team().await;
    let fields = concern_with(&[("what_happened", "")]);
    let visit = test.draft(&fields).await;
    let refused = report::submit(&test.app, &visit).await;
    assert!(
        matches!(&refused, Err(SubmitError::Incomplete { page }) if page == "what_happened"),
        "{refused:?}"
    );
    assert!(matches!(
        report::load(&test.app, &visit).await.unwrap(),
        Some(VisitState::Draft(_))
    ));
    assert_eq!(count(&test, "cases").await, 0);
}

async fn a_receipt_holds_and_a_changed_one_does_not(mut test: TestApp) {
    test.usual_team().await;
    let (visit, _) = test.report(CONCERN).await;
    let followed = follow::open(&test.app, &visit).await.unwrap().unwrap();
    let read = Receipt::verify(&followed.receipt, &test.app.verify_key()).unwrap();
    assert_eq!(read.number, followed.reference);
    assert!(!followed.receipt.contains("Tuesday group"));
    let other = followed.receipt.replace("2026", "2025");
    assert_ne!(other, followed.receipt);
    assert!(Receipt::verify(&other, &test.app.verify_key()).is_err());
}

//! Whoever opens a case leaves a trace: one entry for each visit, and never none.

use jiff::SignedDuration;
use safehold_app::{
    desk::{self, Reader},
    follow,
    report::MessageBody,
    trace,
};
use safehold_core::{case::Action, id::CaseId, trace::Traced};
use safehold_testkit::app::{CONCERN, TestApp};

use crate::{looks::opened, on_both};

on_both![
    looking_again_in_one_visit_leaves_one_entry,
    a_later_visit_leaves_another,
    a_new_sign_in_leaves_another,
    what_others_added_is_not_shown_without_another,
    each_reader_leaves_their_own,
];

/// How often the trace says that this reader opened the case.
async fn openings(test: &TestApp, reader: &Reader, case: CaseId) -> usize {
    trace::of_case(&test.app, reader, case)
        .await
        .unwrap()
        .iter()
        .filter(|entry| entry.what == Traced::Opened && entry.who == Some(reader.id))
        .count()
}

async fn looking_again_in_one_visit_leaves_one_entry(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    desk::open(&test.app, &lead, case).await.unwrap();
    assert_eq!(openings(&test, &lead, case).await, 1);
    test.tick();
    test.begin(&lead, case).await;
    // The case, the form of an action, the case after it: what they did themselves is nothing new to them.
    for _ in 0..3 {
        test.tick();
        opened(&test.app, &lead, case).await;
    }
    test.act(&lead, case, Action::Note, &[("note", "Rang back.")])
        .await
        .unwrap();
    opened(&test.app, &lead, case).await;
    assert_eq!(openings(&test, &lead, case).await, 1);
}

async fn a_later_visit_leaves_another(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    desk::open(&test.app, &lead, case).await.unwrap();
    test.clock.advance(SignedDuration::from_mins(29));
    desk::open(&test.app, &lead, case).await.unwrap();
    assert_eq!(openings(&test, &lead, case).await, 1);
    // Counted from the entry, not from the last look: nobody reads on and on under one entry.
    test.clock.advance(SignedDuration::from_mins(1));
    desk::open(&test.app, &lead, case).await.unwrap();
    assert_eq!(openings(&test, &lead, case).await, 2);
}

async fn a_new_sign_in_leaves_another(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    desk::open(&test.app, &lead, case).await.unwrap();
    test.clock.advance(SignedDuration::from_mins(2));
    let entrance = test.entrances[&lead.id].clone();
    let again = test.sign_in(&entrance).await;
    desk::open(&test.app, &again, case).await.unwrap();
    assert_eq!(openings(&test, &lead, case).await, 2);
}

async fn what_others_added_is_not_shown_without_another(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    opened(&test.app, &lead, case).await;
    let before = openings(&test, &lead, case).await;
    test.tick();
    let body = MessageBody::Text {
        text: "One thing more.".to_owned(),
        files: Vec::new(),
    };
    follow::send(&test.app, &visit, follow::new_message_id(), body)
        .await
        .unwrap();
    opened(&test.app, &lead, case).await;
    assert_eq!(openings(&test, &lead, case).await, before + 1);

    desk::share(&test.app, &lead, case, caseworker.id, "To help.".to_owned())
        .await
        .unwrap();
    test.tick();
    opened(&test.app, &caseworker, case).await;
    // That somebody else looked is nothing to read.
    opened(&test.app, &lead, case).await;
    assert_eq!(openings(&test, &lead, case).await, before + 1);
    test.act(&caseworker, case, Action::Note, &[("note", "Rang back.")])
        .await
        .unwrap();
    opened(&test.app, &lead, case).await;
    assert_eq!(openings(&test, &lead, case).await, before + 2);
}

async fn each_reader_leaves_their_own(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    opened(&test.app, &lead, case).await;
    desk::share(&test.app, &lead, case, caseworker.id, "To help.".to_owned())
        .await
        .unwrap();
    opened(&test.app, &caseworker, case).await;
    assert_eq!(openings(&test, &caseworker, case).await, 1);
}

//! The trace of a whole journey.

use safehold_app::{
    desk, follow, trace,
    trace::{Checked, HeadCheck, SignedHead},
};
use safehold_core::trace::Traced;
use safehold_store::trace::{Verification, Why};
use safehold_testkit::app::{TestApp, concern_with};

use crate::{
    database::{column, tamper},
    looks::{opened, text},
    on_both,
};

on_both![
    a_journey_leaves_a_whole_trace_without_a_word_of_it,
    a_changed_entry_is_named_and_a_printed_head_shows_it,
    a_head_of_another_installation_is_not_ours,
    a_trace_that_was_cut_is_noticed,
];

async fn journey(test: &mut TestApp) -> safehold_core::id::CaseId {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let fields = concern_with(&[("what_happened", "MARKaccountQX"), ("name", "MARKnameQX")]);
    let (visit, case) = test.report(&fields).await;
    test.begin(&lead, case).await;
    desk::share(&test.app, &lead, case, caseworker.id, "MARKwhyQX".into())
        .await
        .unwrap();
    follow::send(&test.app, &visit, follow::new_message_id(), text("MARKmessageQX"))
        .await
        .unwrap();
    desk::write(
        &test.app,
        &lead,
        case,
        desk::new_message_id(),
        "MARKanswerQX".into(),
        vec![],
    )
    .await
    .unwrap();
    follow::open(&test.app, &visit).await.unwrap();
    opened(&test.app, &lead, case).await;
    let what: Vec<_> = trace::of_case(&test.app, &lead, case)
        .await
        .unwrap()
        .into_iter()
        .map(|entry| (entry.who, entry.what))
        .collect();
    let acted = Traced::Acted {
        action: safehold_core::case::Action::Begin,
    };
    let shared = Traced::Shared { with: caseworker.id };
    assert_eq!(
        what,
        [
            (None, Traced::Received),
            (Some(lead.id), acted),
            (Some(lead.id), shared),
            (None, Traced::ReporterAdded),
            (Some(lead.id), Traced::WroteToReporter),
            (None, Traced::ReporterReturned),
            (Some(lead.id), Traced::Opened),
        ]
    );
    case
}

async fn whole(test: &TestApp) -> u64 {
    match trace::verify(&test.app).await.unwrap() {
        Checked::Entries(Verification::Whole { size, .. }) => size,
        other => panic!("{other:?}"),
    }
}

async fn a_journey_leaves_a_whole_trace_without_a_word_of_it(mut test: TestApp) {
    journey(&mut test).await;
    let leaves = column(&test, "SELECT leaf FROM trace_entries ORDER BY seq").await;
    assert_eq!(u64::try_from(leaves.len()).unwrap(), whole(&test).await);
    let leaves = leaves.join("\n");
    for mark in ["MARK", "Penhale", "riverbank.example"] {
        assert!(!leaves.contains(mark), "{mark}: {leaves}");
    }
    let head = trace::sign_head(&test.app).await.unwrap();
    assert_eq!(SignedHead::parse(&head.to_text()), Some(head.clone()));
    assert!(trace::sign_head_if_grown(&test.app).await.unwrap().is_none());
    test.report(&concern_with(&[])).await;
    assert!(trace::sign_head_if_grown(&test.app).await.unwrap().is_some());
    assert_eq!(
        trace::check_head(&test.app, &head).await.unwrap(),
        HeadCheck::Holds
    );
    whole(&test).await;
}

async fn a_changed_entry_is_named_and_a_printed_head_shows_it(mut test: TestApp) {
    let case = journey(&mut test).await;
    let head = trace::sign_head(&test.app).await.unwrap();
    let opened = format!("case_id = '{case}' AND leaf LIKE '%\"opened\"%'");
    let seq = column(
        &test,
        &format!("SELECT CAST(seq AS TEXT) FROM trace_entries WHERE {opened}"),
    )
    .await;
    let sql = format!("UPDATE trace_entries SET leaf = REPLACE(leaf, 'opened', 'received') WHERE {opened}");
    assert_eq!(tamper(&test, &sql).await, 1);
    let found = trace::verify(&test.app).await.unwrap();
    let Checked::Entries(Verification::Broken { seq: at, why }) = found else {
        panic!("{found:?}");
    };
    assert_eq!((at.to_string(), why), (seq[0].clone(), Why::Changed));
    // It shows against the printed head too, which looks at what is written and not at the hash beside it.
    assert_eq!(
        trace::check_head(&test.app, &head).await.unwrap(),
        HeadCheck::Changed
    );
    // A hash that was changed along with it shows as well.
    let sql = "UPDATE trace_entries SET leaf_hash = (SELECT leaf_hash FROM trace_entries WHERE seq = 1) WHERE seq = 3";
    assert_eq!(tamper(&test, sql).await, 1);
    assert_eq!(
        trace::check_head(&test.app, &head).await.unwrap(),
        HeadCheck::Changed
    );
}

async fn a_head_of_another_installation_is_not_ours(mut test: TestApp) {
    journey(&mut test).await;
    let mut head = trace::sign_head(&test.app).await.unwrap();
    head.signature[5] ^= 1;
    assert_eq!(
        trace::check_head(&test.app, &head).await.unwrap(),
        HeadCheck::NotOurs
    );
    tamper(&test, "UPDATE trace_heads SET signed_at = signed_at + 1").await;
    let found = trace::verify(&test.app).await.unwrap();
    assert!(
        matches!(found, Checked::HeadNotOurs { size } if size == head.size),
        "{found:?}"
    );
    assert_eq!(SignedHead::parse("safehold trace head v1\nentries: x"), None);
}

async fn a_trace_that_was_cut_is_noticed(mut test: TestApp) {
    journey(&mut test).await;
    let size = whole(&test).await;
    assert_eq!(
        tamper(&test, &format!("DELETE FROM trace_entries WHERE seq = {size}")).await,
        1
    );
    let found = trace::verify(&test.app).await.unwrap();
    assert!(
        matches!(found, Checked::Entries(Verification::Broken { seq, why: Why::CutShort }) if seq == size),
        "{found:?}"
    );
}

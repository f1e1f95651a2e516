//! The time of a case, holds, and the two people who erase it.

use safehold_app::{
    desk::{
        self, CaseFilter, DeskError, Which,
        retention::{self as kept, RetentionError},
    },
    erased, follow,
    trace::{self, Checked},
};
use safehold_core::{
    case::{Action, State},
    id::CaseId,
    retention::{Refusal, Step},
};
use safehold_store::{erasure, trace::Verification};
use safehold_testkit::app::{CONCERN, Fields, TestApp, concern_with, owned};

use super::{CHECKS, PROPOSE, close, closed_with, erase, fresh, nothing, on_the_list, take, years};
use crate::{
    database::{notices, tamper},
    looks::{listed, opened},
    on_both,
};

on_both![
    time_and_two_people_erase_a_case_and_nobody_alone,
    a_hold_stops_it_and_is_looked_at_again,
    a_hold_that_comes_at_the_last_moment_wins,
    for_whoever_is_excluded_there_is_nothing_to_erase,
    what_is_missing_is_named_and_nothing_changes,
    new_facts_open_a_case_that_waits_to_be_erased,
    a_child_and_a_doubt_about_one_are_kept,
];

const HOLD: Fields<'static> = &[
    ("hold_for", "police"),
    ("reason", "They asked us to keep all of it."),
    ("review_on", "2040-01-31"),
];

fn refused(result: Result<(), RetentionError>) -> Refusal {
    match result {
        Err(RetentionError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn time_and_two_people_erase_a_case_and_nobody_alone(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let (visit, case) = closed_with(&test, &lead, &alternate, CONCERN).await;
    assert!(on_the_list(&test, &lead).await.is_empty());
    let early = take(&test, &lead, case, Step::Propose, PROPOSE).await;
    assert_eq!(refused(early), Refusal::NotDue);
    let found = kept::find(&test.app, &lead, case).await.unwrap();
    assert_eq!(found.rule.as_deref(), Some("advice"));
    assert_eq!(found.until.unwrap().to_string(), "2027-11-24");

    years(&test, 1);
    assert_eq!(on_the_list(&test, &lead).await, [case]);
    let found = kept::find(&test.app, &lead, case).await.unwrap();
    assert!(found.is_due);
    assert_eq!(found.steps, [Step::Hold, Step::Propose]);
    let unasked = take(&test, &alternate, case, Step::Erase, CHECKS).await;
    assert_eq!(refused(unasked), Refusal::WrongState(Step::Erase));
    for role in [&sponsor, &caseworker] {
        assert!(
            take(&test, role, case, Step::Propose, PROPOSE).await.is_err(),
            "{}",
            role.name
        );
    }

    take(&test, &lead, case, Step::Propose, PROPOSE).await.unwrap();
    assert_eq!(
        desk::find(&test.app, &lead, case).await.unwrap().state,
        State::Retained
    );
    assert_eq!(notices(&test, alternate.id, "check_asked").await, 1);
    let alone = take(&test, &lead, case, Step::Erase, CHECKS).await;
    assert_eq!(refused(alone), Refusal::NeedsSecondPerson);
    let waiting = kept::find(&test.app, &alternate, case).await.unwrap();
    let proposal = waiting.proposal.unwrap();
    assert_eq!(
        (proposal.by, proposal.reason.as_str()),
        (lead.id, "Its time has passed.")
    );

    // Keeping it after all needs nobody else, and erasing begins anew.
    take(&test, &alternate, case, Step::KeepOn, &[("reason", "Not yet.")])
        .await
        .unwrap();
    let again = take(&test, &lead, case, Step::Erase, CHECKS).await;
    assert_eq!(refused(again), Refusal::WrongState(Step::Erase));
    erase(&test, &alternate, &lead, case).await;

    assert!(listed(&test.app, &lead).await.is_empty());
    assert!(matches!(
        desk::find(&test.app, &lead, case).await,
        Err(DeskError::NotFound)
    ));
    assert!(follow::open(&test.app, &visit).await.unwrap().is_none());
    // Two know of it; for others there is nothing.
    for who in [&lead, &alternate] {
        let certificate = kept::certificate(&test.app, who, case).await.unwrap();
        assert!(certificate.contains("because: schedule"), "{certificate}");
        assert!(certificate.contains(&format!("case: {case}")), "{certificate}");
        assert!(!certificate.contains(&who.name));
        let key = test.app.verify_key();
        assert!(erased::verify_certificate(&certificate, &key));
        assert!(erased::verify_certificate(
            &certificate.replace('\n', "\r\n"),
            &key
        ));
        assert!(!erased::verify_certificate(
            &certificate.replace("schedule", "request"),
            &key
        ));
    }
    assert!(matches!(
        kept::certificate(&test.app, &sponsor, case).await,
        Err(DeskError::NotFound)
    ));
    let mut conn = test.app.store().read().await.unwrap();
    let counts = erasure::list_counts(&mut conn).await.unwrap();
    let counts: Vec<_> = counts
        .iter()
        .map(|count| {
            (
                count.month.as_str(),
                count.kind.as_str(),
                count.outcome,
                count.number,
            )
        })
        .collect();
    assert_eq!(counts, [("2026-11", "concern", State::AdviceGiven, 1)]);
    drop(conn);
    let whole = trace::verify(&test.app).await.unwrap();
    assert!(
        matches!(whole, Checked::Entries(Verification::Whole { .. })),
        "{whole:?}"
    );
}

async fn a_hold_stops_it_and_is_looked_at_again(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = closed_with(&test, &lead, &alternate, CONCERN).await;
    take(&test, &lead, case, Step::Hold, HOLD).await.unwrap();
    years(&test, 2);
    let found = kept::find(&test.app, &alternate, case).await.unwrap();
    let hold = found.hold.unwrap();
    assert_eq!(
        (hold.hold_for.as_str(), hold.by.as_deref()),
        ("police", Some("Marisol Penhale"))
    );
    assert_eq!(hold.review_on.unwrap().to_string(), "2040-01-31");
    assert_eq!(found.steps, [Step::LiftHold]);
    let held = take(&test, &lead, case, Step::Propose, PROPOSE).await;
    assert_eq!(refused(held), Refusal::OnHold);
    let twice = take(&test, &lead, case, Step::Hold, HOLD).await;
    assert_eq!(refused(twice), Refusal::WrongState(Step::Hold));

    let why = [("reason", "They are done.")];
    take(&test, &alternate, case, Step::LiftHold, &why).await.unwrap();
    take(&test, &lead, case, Step::Propose, PROPOSE).await.unwrap();
    // A hold also comes between the two.
    take(&test, &lead, case, Step::Hold, HOLD).await.unwrap();
    let held = take(&test, &alternate, case, Step::Erase, CHECKS).await;
    assert_eq!(refused(held), Refusal::OnHold);
    assert!(
        kept::find(&test.app, &lead, case)
            .await
            .unwrap()
            .proposal
            .is_some()
    );
}

async fn a_hold_that_comes_at_the_last_moment_wins(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = closed_with(&test, &lead, &alternate, CONCERN).await;
    years(&test, 2);
    take(&test, &lead, case, Step::Propose, PROPOSE).await.unwrap();
    let seen = desk::find(&test.app, &alternate, case).await.unwrap().version;
    let alternate = fresh(&test, &alternate).await;
    let (hold, checks) = (owned(HOLD), owned(CHECKS));
    let (held, gone) = tokio::join!(
        kept::take(&test.app, &lead, case, Step::Hold, &hold, seen),
        kept::take(&test.app, &alternate, case, Step::Erase, &checks, seen),
    );
    assert!(held.is_ok() != gone.is_ok(), "one of the two: {held:?} {gone:?}");
    let is_there = desk::find(&test.app, &lead, case).await.is_ok();
    assert_eq!(is_there, held.is_ok());
    // Whoever confirms from a page of before the hold is told that the case changed.
    let late = kept::take(&test.app, &alternate, case, Step::Erase, &checks, seen).await;
    assert!(late.is_err());
}

async fn for_whoever_is_excluded_there_is_nothing_to_erase(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    desk::exclude(&test.app, &lead, case, alternate.id, "Close to it.".into())
        .await
        .unwrap();
    let advice = [("question", "May I?"), ("advice", "You may.")];
    test.act(&lead, case, Action::GiveAdvice, &advice).await.unwrap();
    close(&test, &lead, &sponsor, case).await;
    years(&test, 2);
    let before = nothing(&test, &alternate, case).await;
    take(&test, &lead, case, Step::Propose, PROPOSE).await.unwrap();
    assert_eq!(notices(&test, alternate.id, "check_asked").await, 0);
    assert_eq!(nothing(&test, &alternate, case).await, before);
    let sponsor = fresh(&test, &sponsor).await;
    take(&test, &sponsor, case, Step::Erase, CHECKS).await.unwrap();
    assert_eq!(nothing(&test, &alternate, case).await, before);
    // It is the same for a case that never was.
    let never = CaseId::from_random([9; 16]);
    assert_eq!(nothing(&test, &alternate, never).await, before);
}

async fn what_is_missing_is_named_and_nothing_changes(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = closed_with(&test, &lead, &alternate, CONCERN).await;
    years(&test, 2);
    let names = |result: Result<(), RetentionError>| match result {
        Err(RetentionError::Record(error)) => error.0.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let empty = take(&test, &lead, case, Step::Propose, &[]).await;
    assert_eq!(names(empty), ["basis", "reason"]);
    let odd = take(
        &test,
        &lead,
        case,
        Step::Hold,
        &[("hold_for", "fun"), ("review_on", "soon")],
    )
    .await;
    assert_eq!(names(odd), ["hold_for", "reason", "review_on"]);
    take(&test, &lead, case, Step::Propose, PROPOSE).await.unwrap();
    let some = take(&test, &alternate, case, Step::Erase, &CHECKS[..4]).await;
    assert_eq!(names(some), ["erase_checks"]);
    let stale = kept::take(&test.app, &alternate, case, Step::Erase, &owned(CHECKS), 1).await;
    assert!(
        matches!(stale, Err(RetentionError::Desk(DeskError::Changed))),
        "{stale:?}"
    );
    assert!(desk::find(&test.app, &lead, case).await.is_ok());
}

async fn new_facts_open_a_case_that_waits_to_be_erased(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = closed_with(&test, &lead, &alternate, CONCERN).await;
    years(&test, 2);
    take(&test, &lead, case, Step::Propose, PROPOSE).await.unwrap();
    let filter = CaseFilter {
        which: Which::Closed,
        ..CaseFilter::default()
    };
    let closed = desk::list(&test.app, &lead, &filter, None, 9).await.unwrap();
    assert_eq!(closed.total, 1, "it is among the closed ones while it waits");
    let again = [("reopen_reason", "new_facts"), ("reason", "Somebody called.")];
    test.act(&lead, case, Action::Reopen, &again).await.unwrap();
    let refused_now = take(&test, &alternate, case, Step::Erase, CHECKS).await;
    assert_eq!(refused(refused_now), Refusal::WrongState(Step::Erase));
    let found = opened(&test.app, &lead, case).await;
    assert_eq!((found.row.state, found.row.closed_at), (State::Triage, None));
    assert!(on_the_list(&test, &lead).await.is_empty());
}

async fn a_child_and_a_doubt_about_one_are_kept(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    for answer in ["yes", "not_sure"] {
        let fields = concern_with(&[("under_18", answer)]);
        let (_, case) = test.report(&fields).await;
        test.begin(&lead, case).await;
        // What is owed to bodies outside would have to be settled before; here it is only about the rule.
        let sql = format!("UPDATE cases SET state = 'closed', closed_at = received_at WHERE id = '{case}'");
        tamper(&test, &sql).await;
        let found = kept::find(&test.app, &lead, case).await.unwrap();
        assert_eq!(
            (found.rule.as_deref(), found.until),
            (Some("child"), None),
            "{answer}"
        );
        years(&test, 90);
        assert!(on_the_list(&test, &lead).await.is_empty());
        // People may still decide it, such as on a request, and say why.
        let due = take(&test, &lead, case, Step::Propose, PROPOSE).await;
        assert_eq!(refused(due), Refusal::NotDue);
    }
}

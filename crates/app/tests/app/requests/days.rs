//! Taking a request down, its days, its answer, and who is reminded.

use std::collections::BTreeSet;

use jiff::{SignedDuration, civil::date};
use safehold_app::{
    desk::{
        DeskError, Reader,
        requests::{self, New, RequestError},
    },
    watch,
};
use safehold_core::{
    rights::{Pause, Refusal, State, Step},
    roster::Role,
};
use safehold_testkit::app::{TestApp, owned};

use super::{ANSWER, FIELDS, open, take, take_down};
use crate::{
    database::{column, count, notices},
    export::enter,
    on_both,
};

on_both![
    a_request_is_taken_down_once_and_its_days_count_from_the_day_it_came,
    its_readers_are_reminded_and_not_while_something_is_awaited,
    an_answer_is_handed_over_once_a_second_person_agreed,
    what_holds_something_back_says_why_and_more_time_is_told_in_the_first_month,
];

const RELEASE: &[(&str, &str)] = &[
    ("rights_how", "post"),
    ("rights_to", "Quentin Marlowe"),
    ("rights_released_on", "2026-11-24"),
];

const CHECKS: &[(&str, &str)] = &[
    ("rights_checks", "person"),
    ("rights_checks", "others"),
    ("rights_checks", "ground"),
    ("rights_checks", "letter"),
];

async fn a_request_is_taken_down_once_and_its_days_count_from_the_day_it_came(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let officer = test.join(&lead, Role::DataProtection, "Ines Farthing").await;
    let input = owned(FIELDS);
    let id = requests::new_id();
    for _ in 0..2 {
        let new = New {
            id,
            input: &input,
            not_for: BTreeSet::new(),
        };
        assert_eq!(requests::take_down(&test.app, &lead, new).await.unwrap(), id);
    }
    assert_eq!(count(&test, "rights_requests").await, 1);
    assert_eq!(count(&test, "rights_entries").await, 1);
    for reader in [&lead, &alternate, &sponsor, &officer] {
        let [line] = requests::list(&test.app, reader)
            .await
            .unwrap()
            .try_into()
            .ok()
            .unwrap();
        // 20 December is a Sunday.
        assert_eq!(line.view.due_on(), Some(date(2026, 12, 21)));
        assert!(!line.is_late);
        assert_eq!(open(&test.app, reader, id).await.readers.len(), 4);
    }
    assert_eq!(notices(&test, lead.id, "request").await, 0);
    assert_eq!(notices(&test, officer.id, "request").await, 1);

    let mut later = owned(FIELDS);
    later.retain(|(name, _)| name != "rights_received_on");
    later.push(("rights_received_on".to_owned(), "2026-11-25".to_owned()));
    let new = New {
        id: requests::new_id(),
        input: &later,
        not_for: BTreeSet::new(),
    };
    let to_come = requests::take_down(&test.app, &lead, new).await;
    assert!(
        matches!(to_come, Err(RequestError::ToCome("rights_received_on"))),
        "{to_come:?}"
    );
}

async fn its_readers_are_reminded_and_not_while_something_is_awaited(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[]).await;
    let told = async |who: &Reader| notices(&test, who.id, "request").await;
    watch::round(&test.app).await.unwrap();
    assert_eq!((told(&lead).await, told(&alternate).await), (0, 1));
    let fields = [
        ("rights_asked", "Which years?"),
        ("rights_asked_on", "2026-11-24"),
    ];
    take(&test.app, &lead, id, Step::AskClarity, &fields)
        .await
        .unwrap();
    test.clock.advance(SignedDuration::from_hours(24 * 14));
    watch::round(&test.again().await).await.unwrap();
    assert_eq!(told(&lead).await, 0);

    let [lead, _] = [0, 1].map(|_| &lead);
    let again = enter(&test, lead).await;
    let fields = [
        ("rights_heard", "The last two."),
        ("rights_heard_on", "2026-12-08"),
    ];
    take(&test.app, &again.reader, id, Step::Heard, &fields)
        .await
        .unwrap();
    let opened = open(&test.app, &again.reader, id).await;
    assert_eq!(
        (opened.view.clock.paused_days, opened.view.state),
        (15, State::Open)
    );
    // 20 December and 15 days: 4 January 2027, a Monday. Fourteen days before is 21 December.
    assert_eq!(opened.view.due_on(), Some(date(2027, 1, 4)));
    watch::round(&test.app).await.unwrap();
    assert_eq!(told(lead).await, 0);
    test.clock.advance(SignedDuration::from_hours(24 * 13));
    // What is due is found in the database alone.
    let app = test.again().await;
    watch::round(&app).await.unwrap();
    assert_eq!(told(lead).await, 1);
    let remind = "SELECT CAST(remind_at AS TEXT) FROM rights_requests";
    let next = column(&test, remind).await;
    watch::round(&app).await.unwrap();
    assert_eq!(column(&test, remind).await, next, "each goes out once");
}

async fn an_answer_is_handed_over_once_a_second_person_agreed(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[]).await;
    let early = take(&test.app, &lead, id, Step::Release, RELEASE).await;
    let refused = |result: Result<(), RequestError>, wanted: Refusal| {
        assert!(
            matches!(&result, Err(RequestError::Refused(refusal)) if *refusal == wanted),
            "{result:?}"
        );
    };
    refused(early, Refusal::WrongState(Step::Release));
    let seen = open(&test.app, &alternate, id).await.version;
    take(&test.app, &lead, id, Step::Answer, ANSWER).await.unwrap();
    let stale = requests::take(
        &test.app,
        &alternate,
        id,
        Step::Note,
        &owned(&[("rights_note", "x")]),
        seen,
    )
    .await;
    assert!(
        matches!(stale, Err(RequestError::Desk(DeskError::Changed))),
        "{stale:?}"
    );
    refused(
        take(&test.app, &lead, id, Step::Agree, CHECKS).await,
        Refusal::NeedsSecondPerson,
    );
    let unticked = take(&test.app, &alternate, id, Step::Agree, &CHECKS[..3]).await;
    assert!(matches!(unticked, Err(RequestError::Record(_))), "{unticked:?}");
    take(
        &test.app,
        &alternate,
        id,
        Step::SendBack,
        &[("rights_back", "Kinder.")],
    )
    .await
    .unwrap();
    take(&test.app, &alternate, id, Step::Answer, ANSWER)
        .await
        .unwrap();
    take(&test.app, &lead, id, Step::Agree, CHECKS).await.unwrap();
    take(&test.app, &alternate, id, Step::Release, RELEASE)
        .await
        .unwrap();
    let ended = open(&test.app, &lead, id).await;
    assert_eq!((ended.view.state, ended.view.due_on()), (State::Ended, None));
    assert_eq!(ended.steps, [Step::Note]);
    let clear = "SELECT CAST(COUNT(*) AS TEXT) FROM rights_requests \
                 WHERE ended_at IS NOT NULL AND due_at IS NULL AND remind_at IS NULL";
    assert_eq!(column(&test, clear).await, ["1"]);
    // What was released stays as it was.
    assert_eq!(ended.view.answer.unwrap().letter, "Dear Quentin, here it is.");
    let traced = column(&test, "SELECT leaf FROM trace_entries").await;
    let steps: Vec<_> = traced.iter().filter(|leaf| leaf.contains("requested")).collect();
    assert_eq!(steps.len(), 6);
    assert!(steps.iter().all(|leaf| !leaf.contains(&id.to_string())));
}

async fn what_holds_something_back_says_why_and_more_time_is_told_in_the_first_month(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[]).await;
    let fields = [("rights_outcome", "refused"), ("rights_letter", "Dear Quentin")];
    let Err(RequestError::Record(problems)) = take(&test.app, &lead, id, Step::Answer, &fields).await else {
        panic!("a refusal without a ground was taken");
    };
    let fields: Vec<_> = problems.0.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["rights_ground", "rights_ground_why"]);

    let extend = |on: &'static str| {
        [
            ("rights_because", "complex"),
            ("rights_reason", "Many files."),
            ("rights_told_on", on),
        ]
    };
    let ask = [("rights_asked", "Your badge?"), ("rights_asked_on", "2026-11-23")];
    take(&test.app, &lead, id, Step::AskIdentity, &ask).await.unwrap();
    let state = open(&test.app, &lead, id).await.view.state;
    assert_eq!(state, State::Waits(Pause::Identity, date(2026, 11, 23)));
    let heard = [("rights_heard", "Seen."), ("rights_heard_on", "2026-11-24")];
    take(&test.app, &lead, id, Step::Heard, &heard).await.unwrap();
    // From 24 November a month is Christmas Eve, a Thursday.
    test.clock.advance(SignedDuration::from_hours(24 * 31));
    let again = enter(&test, &lead).await.reader;
    let late = take(&test.app, &again, id, Step::Extend, &extend("2026-12-25")).await;
    assert!(
        matches!(late, Err(RequestError::Refused(Refusal::TooLateToExtend))),
        "{late:?}"
    );
    take(&test.app, &again, id, Step::Extend, &extend("2026-12-24"))
        .await
        .unwrap();
    let due = open(&test.app, &again, id).await.view.due_on();
    assert_eq!(due, Some(date(2027, 2, 24)));
}

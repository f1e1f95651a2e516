//! A report that somebody takes down for somebody else.

use jiff::{SignedDuration, civil::date};
use safehold_app::{
    desk, follow,
    report::{self, Channel, Progress, TakeDownError, WordsShown},
};
use safehold_core::{form::Answers, id::CaseId, recipients::CannotRead, roster::Role};
use safehold_testkit::app::{CONCERN, TestApp};

use crate::{
    database::column,
    looks::{listed, opened},
    on_both,
};

on_both![
    it_reads_as_any_other_and_says_who_wrote_it_down,
    its_times_count_from_the_day_it_was_told,
    who_wrote_it_down_and_is_named_in_it_never_gets_a_key,
    whoever_wrote_a_report_down_sees_how_far_it_is_until_they_are_excluded,
    whoever_is_named_in_what_they_wrote_down_never_sees_it_again,
    a_day_to_come_and_a_role_that_does_not_are_refused,
];

async fn taken_down(
    test: &TestApp,
    by: &desk::Reader,
    told: jiff::civil::Date,
    answers: Answers,
) -> (report::Visit, CaseId) {
    let visit = report::take_down(&test.app, by, Channel::Phone, told)
        .await
        .unwrap();
    report::change(&test.app, &visit, move |draft| draft.answers = answers.clone())
        .await
        .unwrap();
    // What is promised before sending is what counts after it.
    let check = report::check(&test.app, &visit).await.unwrap();
    let sent = report::submit(&test.app, &visit).await.unwrap();
    let times = column(
        test,
        &format!(
            "SELECT CAST(due_open_at AS TEXT) || ' ' || CAST(due_contact_at AS TEXT) FROM cases WHERE id = '{}'",
            sent.case
        ),
    )
    .await;
    let promised = [check.opened_by, check.contact_by].map(|at| at.as_millisecond().to_string());
    assert_eq!(times, [promised.join(" ")]);
    (visit, sent.case)
}

async fn it_reads_as_any_other_and_says_who_wrote_it_down(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let answers = test.answers(CONCERN).await;
    let (visit, case) = taken_down(&test, &caseworker, date(2026, 11, 24), answers).await;
    assert_eq!(listed(&test.app, &lead).await, [case]);
    assert!(listed(&test.app, &caseworker).await.is_empty());
    test.begin(&lead, case).await;
    let seen = opened(&test.app, &lead, case).await;
    assert_eq!(seen.report.channel, Channel::Phone);
    assert_eq!(seen.report.typed_by, Some(caseworker.id));
    assert_eq!(seen.typed_by_name.as_deref(), Some("Bo Lanternfield"));

    let WordsShown::Show(words) = report::words(&test.app, &visit).await.unwrap() else {
        panic!("words that were never shown are kept");
    };
    let theirs = report::come_back(&test.app, &words).await.unwrap();
    assert_eq!(
        follow::open(&test.app, &theirs).await.unwrap().unwrap().case,
        case
    );
}

async fn its_times_count_from_the_day_it_was_told(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let answers = test.answers(CONCERN).await;
    let (_, today) = taken_down(&test, &lead, date(2026, 11, 24), answers.clone()).await;
    let (_, earlier) = taken_down(&test, &lead, date(2026, 11, 20), answers).await;
    let row = async |case| desk::find(&test.app, &lead, case).await.unwrap();
    let (today_row, earlier_row) = (row(today).await, row(earlier).await);
    assert_eq!(today_row.received_at, earlier_row.received_at);
    let days = |late: &desk::CaseRow| late.due_contact_at.unwrap().duration_since(late.received_at);
    assert!(earlier_row.due_open_at < today_row.due_open_at);
    assert!(earlier_row.due_contact_at < today_row.due_contact_at);
    assert!(earlier_row.due_decision_at < today_row.due_decision_at);
    assert_ne!(days(&today_row), days(&earlier_row));

    // A new level counts from the same day.
    for case in [today, earlier] {
        test.begin(&lead, case).await;
        let record = [("level", "low"), ("level_reason", "It was settled at once.")];
        test.act(&lead, case, safehold_core::case::Action::SetLevel, &record)
            .await
            .unwrap();
    }
    assert!(row(earlier).await.due_decision_at < row(today).await.due_decision_at);
    test.clock.advance(SignedDuration::from_hours(1));
}

async fn who_wrote_it_down_and_is_named_in_it_never_gets_a_key(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let mut fields: Vec<(&str, &str)> = CONCERN
        .iter()
        .copied()
        .filter(|(name, _)| *name != "team_involved")
        .collect();
    let id = lead.id.to_string();
    fields.push(("team_involved", id.as_str()));
    let answers = test.answers(&fields).await;
    let (_, case) = taken_down(&test, &lead, date(2026, 11, 24), answers).await;
    assert!(listed(&test.app, &lead).await.is_empty());
    assert!(matches!(
        desk::open(&test.app, &lead, case).await,
        Err(desk::DeskError::NotFound)
    ));
    assert!(!crate::database::has_wrap(&test, case, lead.id).await);
    assert_eq!(listed(&test.app, &alternate).await, [case]);
}

async fn whoever_wrote_a_report_down_sees_how_far_it_is_until_they_are_excluded(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let facilitator = test.join(&lead, Role::Facilitator, "Juno Applegarth").await;
    let other = test.join(&lead, Role::Facilitator, "Wilf Sandmartin").await;
    let answers = test.answers(CONCERN).await;
    let (_, case) = taken_down(&test, &facilitator, date(2026, 11, 24), answers).await;
    let seen = async |by| {
        let lines = report::written_down(&test.app, by).await.unwrap();
        lines.iter().map(|line| line.progress).collect::<Vec<_>>()
    };
    assert_eq!(seen(&facilitator).await, [Progress::Waiting]);
    assert_eq!(seen(&other).await, []);
    // No key was made for them, and none can be.
    assert!(!crate::database::has_wrap(&test, case, facilitator.id).await);
    assert!(matches!(
        desk::open(&test.app, &facilitator, case).await,
        Err(desk::DeskError::NotFound)
    ));
    test.begin(&lead, case).await;
    assert_eq!(seen(&facilitator).await, [Progress::Open]);
    let shared = desk::share(&test.app, &lead, case, facilitator.id, "Helps.".into()).await;
    assert!(matches!(
        shared,
        Err(desk::CircleError::CannotRead(CannotRead::Role))
    ));

    desk::exclude(&test.app, &lead, case, facilitator.id, "It is about them.".into())
        .await
        .unwrap();
    assert_eq!(seen(&facilitator).await, []);
    assert_eq!(listed(&test.app, &lead).await, [case]);
    let refused = report::written_down(&test.app, &alternate).await;
    assert!(refused.unwrap().is_empty(), "only what is one's own");
}

async fn whoever_is_named_in_what_they_wrote_down_never_sees_it_again(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let facilitator = test.join(&lead, Role::Facilitator, "Juno Applegarth").await;
    let mut answers = test.answers(CONCERN).await;
    let person = serde_json::json!({
        "person_name": { "t": { "t": "juno APPLEGARTH" } },
        "person_role": { "c": { "o": "concern" } },
    });
    answers.set_item("people", 0, serde_json::from_value(person).unwrap());
    taken_down(&test, &facilitator, date(2026, 11, 24), answers).await;
    let lines = report::written_down(&test.app, &facilitator).await.unwrap();
    assert!(lines.is_empty());
    assert_eq!(listed(&test.app, &lead).await.len(), 1);
}

async fn a_day_to_come_and_a_role_that_does_not_are_refused(mut test: TestApp) {
    let team = test
        .team(&[
            (Role::Lead, "Marisol Penhale"),
            (Role::Administrator, "Odile Fennimore"),
        ])
        .await;
    let [lead, administrator] = team.as_slice() else {
        panic!("two joined")
    };
    let begin = async |by, channel, on| report::take_down(&test.app, by, channel, on).await.err().unwrap();
    let today = date(2026, 11, 24);
    assert!(matches!(
        begin(lead, Channel::Phone, date(2026, 11, 25)).await,
        TakeDownError::Future
    ));
    assert!(matches!(
        begin(lead, Channel::Web, today).await,
        TakeDownError::Channel
    ));
    assert!(matches!(
        begin(administrator, Channel::Paper, today).await,
        TakeDownError::Role
    ));
    assert_eq!(crate::database::count(&test, "visits").await, 0);
}

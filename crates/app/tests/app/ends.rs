//! What people say at the end: counted apart, five at a time, and joined to no case.

use safehold_app::{
    desk::{self, DeskError, record::register},
    follow::{self, EndError, Said},
    report::Visit,
};
use safehold_core::{
    case::Action,
    feedback::{Sheet, Shown},
    id::CaseId,
    record::Kind,
    roster::Role,
};
use safehold_testkit::app::{CONCERN, TestApp};

use crate::{
    database::{column, count, tamper},
    desk::{ASK_TO_CLOSE, LEARN},
    looks::opened,
    on_both,
};

on_both![
    nothing_is_counted_before_five_and_nothing_joins_an_answer_and_a_case,
    a_quarter_is_shown_once_it_is_over_and_to_those_who_see_numbers,
    it_is_asked_at_the_end_and_taken_once,
    what_was_reached_is_noted_in_the_case_only_if_they_choose,
];

fn sheet(safer: &'static str) -> Said {
    let sheet = Sheet::read(|key| match key {
        "safer" => safer,
        "again" => "yes",
        _ => "",
    });
    Said {
        sheet: Some(sheet.unwrap()),
        reached: Vec::new(),
    }
}

/// A case that waits for the check before closing.
async fn at_end(test: &TestApp, lead: &desk::Reader) -> (Visit, CaseId) {
    let (visit, case) = test.report(CONCERN).await;
    test.begin(lead, case).await;
    test.act(lead, case, Action::LearnOnly, LEARN).await.unwrap();
    test.act(lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    (visit, case)
}

async fn nothing_is_counted_before_five_and_nothing_joins_an_answer_and_a_case(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    for number in 1..=4 {
        let (visit, _) = at_end(&test, &lead).await;
        let answer = if number == 1 { "no" } else { "yes" };
        follow::end(&test.app, &visit, &sheet(answer)).await.unwrap();
        assert_eq!(count(&test, "end_counts").await, 0);
        assert_eq!(count(&test, "end_waiting").await, number);
    }
    // A case has its mark, and an answer its random id. What waits for the others is as long as each of them.
    let ids = column(&test, "SELECT id FROM end_waiting").await;
    let cases = column(&test, "SELECT case_id FROM case_ends").await;
    assert!(ids.iter().all(|id| !cases.contains(id)));
    let lengths = column(&test, "SELECT CAST(LENGTH(body_sealed) AS TEXT) FROM end_waiting").await;
    assert!(lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
    let before = count(&test, "trace_entries").await;
    let (visit, _) = at_end(&test, &lead).await;
    let with_case = count(&test, "trace_entries").await;
    follow::end(&test.app, &visit, &sheet("yes")).await.unwrap();
    assert!(with_case > before);
    assert_eq!(
        count(&test, "trace_entries").await,
        with_case,
        "that would say when"
    );
    assert_eq!(count(&test, "end_waiting").await, 0);
    let sums = column(
        &test,
        "SELECT question || ' ' || answer || ' ' || CAST(number AS TEXT) FROM end_counts ORDER BY question, answer",
    )
    .await;
    for sum in [
        "safer yes 4",
        "safer no 1",
        "again yes 5",
        "reached none 5",
        "people  5",
    ] {
        assert!(sums.contains(&sum.to_owned()), "{sum}: {sums:?}");
    }
    // A sixth changes nothing of what was counted.
    let (visit, _) = at_end(&test, &lead).await;
    follow::end(&test.app, &visit, &sheet("no")).await.unwrap();
    assert_eq!(
        column(
            &test,
            "SELECT CAST(number AS TEXT) FROM end_counts WHERE question = 'people'"
        )
        .await,
        ["5"]
    );
}

async fn a_quarter_is_shown_once_it_is_over_and_to_those_who_see_numbers(mut test: TestApp) {
    let [lead, .., caseworker] = test.usual_team().await;
    for number in 0..5 {
        let (visit, _) = at_end(&test, &lead).await;
        let answer = if number == 0 { "no" } else { "yes" };
        follow::end(&test.app, &visit, &sheet(answer)).await.unwrap();
    }
    assert!(desk::ended(&test.app, &lead).await.unwrap().is_empty());
    let refused = desk::ended(&test.app, &caseworker).await;
    assert!(matches!(refused, Err(DeskError::Role)));
    let group = test.join(&lead, Role::Group, "Juniper Wardlow").await;
    test.clock.set("2027-01-04T10:00:00Z");
    for reader in [&lead, &group] {
        let quarters = desk::ended(&test.app, reader).await.unwrap();
        assert_eq!(quarters.len(), 1);
        let quarter = &quarters[0];
        assert_eq!((quarter.year, quarter.number, quarter.people), (2026, 4, 5));
        let numbers = |key: &str| -> Vec<Shown> {
            let asked = quarter.questions.iter().find(|(question, _)| question.key == key);
            asked.unwrap().1.iter().map(|(_, shown)| *shown).collect()
        };
        assert!(
            numbers("safer").iter().all(|shown| *shown == Shown::Hidden),
            "four and one"
        );
        assert_eq!(numbers("again")[0], Shown::Number(5));
    }
}

async fn it_is_asked_at_the_end_and_taken_once(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (early, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let refused = follow::end(&test.app, &early, &sheet("yes")).await;
    assert!(matches!(refused, Err(EndError::NotYet)), "{refused:?}");
    let refused = follow::end(&test.app, &early, &Said::default()).await;
    assert!(matches!(refused, Err(EndError::Sheet(_))), "{refused:?}");
    let (visit, case) = at_end(&test, &lead).await;
    for answer in ["yes", "yes", "no"] {
        follow::end(&test.app, &visit, &sheet(answer)).await.unwrap();
    }
    assert_eq!(count(&test, "end_waiting").await, 1);
    assert!(follow::open(&test.app, &visit).await.unwrap().unwrap().has_ended);
    // With the case goes its mark; what was said stays, as nobody knows whose it is.
    tamper(&test, &format!("DELETE FROM cases WHERE id = '{case}'")).await;
    assert_eq!(count(&test, "case_ends").await, 0);
    assert_eq!(count(&test, "end_waiting").await, 1);
}

async fn what_was_reached_is_noted_in_the_case_only_if_they_choose(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let wish = [
        ("outcome_wanted", "That it stops."),
        ("outcome_from", "own_words"),
    ];
    let wanted = test
        .record(&lead, case, Kind::Outcome, None, &wish)
        .await
        .unwrap();
    let by_lead = [("outcome_when", "end"), ("outcome_result", "fully")];
    test.record(&lead, case, Kind::OutcomeCheck, Some(wanted), &by_lead)
        .await
        .unwrap();
    test.act(&lead, case, Action::LearnOnly, LEARN).await.unwrap();
    test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    let said = Said {
        reached: vec![(wanted, "partly".to_owned())],
        ..Said::default()
    };
    for _ in 0..2 {
        follow::end(&test.app, &visit, &said).await.unwrap();
    }
    assert_eq!(count(&test, "case_ends").await, 0, "the rest may still be said");
    let history = opened(&test.app, &lead, case).await.history;
    let item = register(&history).find(wanted).unwrap();
    let by_them: Vec<_> = item
        .answers
        .iter()
        .filter(|check| check.latest.by.is_none())
        .collect();
    assert_eq!(by_them.len(), 1, "once, though it was sent twice");
    assert_eq!(
        by_them[0].latest.entry.record.get("outcome_result"),
        Some("partly")
    );
}

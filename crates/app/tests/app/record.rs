//! The record of the work on a case: entries, what is due by them, and what closing asks for.

use safehold_app::{
    desk::{
        self, ActError, DeskError, OpenedCase,
        record::{EnterError, Place, due, load, of_reporter, register},
    },
    watch,
};
use safehold_core::{
    case::{Action, RecordProblem, Refusal, State},
    id::{CaseId, EventId},
    record::{Caution, EntryRefusal, Kind, Unsafe},
    trace::Traced,
};
use safehold_testkit::app::{CONCERN, Fields, TestApp, concern_with, owned};

use crate::{
    database::notices,
    desk::{CLOSE, TAKE_ON},
    looks::{listed, opened},
    on_both,
};

on_both![
    a_wish_is_kept_checked_and_asked_about_at_the_end,
    a_correction_takes_the_place_of_an_entry_and_deletes_nothing,
    closing_needs_an_action_against_a_repeat_or_the_reason_for_none,
    an_action_is_given_reminded_of_after_a_restart_and_done,
    work_for_the_person_who_was_targeted_needs_a_reason,
    an_unsafe_contact_needs_a_reason,
    a_decision_is_looked_at_by_somebody_else,
    reprisal_is_looked_at_again_after_closing,
    the_reporter_sees_the_safety_plan_if_they_wish,
    for_an_excluded_reader_there_is_no_record_and_no_reminder,
    an_entry_from_an_old_page_changes_nothing,
    what_everybody_has_to_do_counts_only_what_the_reader_may_open,
];

const WISH: Fields<'static> = &[
    ("outcome_wanted", "That it stops."),
    ("outcome_from", "own_words"),
    ("outcome_check_on", "2026-12-01"),
];
const DECISION: Fields<'static> = &[
    ("decision", "Speak with the group."),
    ("reasons", "It was asked for."),
    ("persons_view", "Agrees."),
    ("followed", "yes"),
    ("consent", "Given."),
    ("check_on", "2026-12-01"),
];
const ASK_TO_CLOSE: Fields<'static> = &[
    ("outcome", "fully"),
    ("outcome_notes", "Done."),
    ("external_decisions", "None."),
    ("told_person", "yes"),
    ("said_sorry", "not_due"),
    ("candour", "Told."),
];

fn task<'a>(owner: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [
        ("task_what", "Put a rail on the ramp."),
        ("task_for", "prevent_repeat"),
        ("task_owner", owner),
        ("task_due_on", "2026-12-01"),
        ("who_bears", "team"),
        ("asked_person", "agrees"),
    ]
    .into_iter()
    .filter(|(field, _)| !other.iter().any(|(also, _)| also == field))
    .chain(other.iter().copied())
    .collect()
}

async fn last_entry(test: &TestApp, by: &desk::Reader, case: CaseId) -> EventId {
    let opened: Box<OpenedCase> = opened(&test.app, by, case).await;
    register(&opened.history).all().last().unwrap().id
}

async fn taken_on(
    test: &mut TestApp,
    report: Fields<'_>,
) -> ([desk::Reader; 4], safehold_app::report::Visit, CaseId) {
    let team = test.usual_team().await;
    let (visit, case) = test.report(report).await;
    test.begin(&team[0], case).await;
    test.act(&team[0], case, Action::TakeOn, TAKE_ON).await.unwrap();
    (team, visit, case)
}

fn cautions(result: Result<EventId, EnterError>) -> Vec<Caution> {
    match result {
        Err(EnterError::Input { problems, cautions }) => {
            assert!(problems.is_empty(), "{problems:?}");
            cautions
        }
        other => panic!("{other:?}"),
    }
}

async fn a_wish_is_kept_checked_and_asked_about_at_the_end(mut test: TestApp) {
    let ([lead, ..], _, case) = taken_on(&mut test, CONCERN).await;
    test.record(&lead, case, Kind::Outcome, None, WISH).await.unwrap();
    let wish = last_entry(&test, &lead, case).await;
    for step in [
        (
            Action::Plan,
            &[
                ("plan", "Talk."),
                ("persons_view", "Yes."),
                ("support", "A call."),
                ("review_on", "2026-12-01"),
            ][..],
        ),
        (
            Action::Monitor,
            &[
                ("done", "All."),
                ("safe_now", "safe"),
                ("review_on", "2026-12-02"),
            ][..],
        ),
    ] {
        test.act(&lead, case, step.0, step.1).await.unwrap();
    }
    let mut ask = ASK_TO_CLOSE.to_vec();
    ask.push(("why_no_prevention", "Nothing like it can come again."));
    let refused = test.act(&lead, case, Action::AskToClose, &ask).await;
    assert!(
        matches!(refused, Err(ActError::Refused(Refusal::OutcomesUnchecked(1)))),
        "{refused:?}"
    );
    // A wish that was not reached needs the reason.
    let not = [("outcome_when", "end"), ("outcome_result", "not")];
    let result = test
        .record(&lead, case, Kind::OutcomeCheck, Some(wish), &not)
        .await;
    assert_eq!(cautions(result), [Caution::Needs("outcome_why")]);
    let fully = [
        ("outcome_when", "end"),
        ("outcome_result", "fully"),
        ("outcome_said", "It stopped."),
    ];
    test.record(&lead, case, Kind::OutcomeCheck, Some(wish), &fully)
        .await
        .unwrap();
    test.act(&lead, case, Action::AskToClose, &ask).await.unwrap();
    let case = opened(&test.app, &lead, case).await;
    assert_eq!(case.row.state, State::ClosingReview);
    let register = register(&case.history);
    let kept = register.find(wish).unwrap();
    assert_eq!(
        kept.latest.entry.record.get("outcome_wanted"),
        Some("That it stops.")
    );
    assert_eq!(kept.answers.len(), 1);
}

async fn a_correction_takes_the_place_of_an_entry_and_deletes_nothing(mut test: TestApp) {
    let ([lead, ..], _, case) = taken_on(&mut test, CONCERN).await;
    test.record(&lead, case, Kind::Outcome, None, WISH).await.unwrap();
    let wish = last_entry(&test, &lead, case).await;
    let row = desk::find(&test.app, &lead, case).await.unwrap();
    let place = Place {
        about: None,
        corrects: Some(wish),
        seen_version: row.version,
    };
    let better = [
        ("outcome_wanted", "That he stops."),
        ("outcome_from", "own_words"),
    ];
    desk::record::enter(&test.app, &lead, case, Kind::Outcome, place, &owned(&better))
        .await
        .unwrap();
    let case = opened(&test.app, &lead, case).await;
    let register = register(&case.history);
    let item = register.find(wish).unwrap();
    assert_eq!(
        item.latest.entry.record.get("outcome_wanted"),
        Some("That he stops.")
    );
    assert_eq!(
        item.earlier[0].entry.record.get("outcome_wanted"),
        Some("That it stops.")
    );
    assert_eq!(register.items(Kind::Outcome).len(), 1);
    // What was due by the earlier words is due no more.
    assert_eq!(due(&test.app, &lead, &[case.row.id]).await.unwrap().late.len(), 0);
    test.clock.set("2026-12-10T10:00:00Z");
    assert_eq!(due(&test.app, &lead, &[case.row.id]).await.unwrap().late.len(), 0);
}

async fn closing_needs_an_action_against_a_repeat_or_the_reason_for_none(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let advice = [("question", "Whether."), ("advice", "No.")];
    test.act(&lead, case, Action::GiveAdvice, &advice).await.unwrap();
    let refused = test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE).await;
    assert!(
        matches!(refused, Err(ActError::Refused(Refusal::NeedsPrevention))),
        "{refused:?}"
    );
    let owner = lead.id.to_string();
    test.record(&lead, case, Kind::Task, None, &task(&owner, &[]))
        .await
        .unwrap();
    test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    test.act(&alternate, case, Action::Close, CLOSE).await.unwrap();
}

async fn an_action_is_given_reminded_of_after_a_restart_and_done(mut test: TestApp) {
    let ([lead, _, _, caseworker], _, case) = taken_on(&mut test, CONCERN).await;
    let owner = caseworker.id.to_string();
    // Somebody who can't read the case is given nothing in it.
    let refused = test
        .record(&lead, case, Kind::Task, None, &task(&owner, &[]))
        .await;
    assert!(
        matches!(&refused, Err(EnterError::Input { problems, .. })
            if problems == &[("task_owner", RecordProblem::UnknownChoice)]),
        "{refused:?}"
    );
    desk::share(&test.app, &lead, case, caseworker.id, "Helps.".into())
        .await
        .unwrap();
    test.record(&lead, case, Kind::Task, None, &task(&owner, &[]))
        .await
        .unwrap();
    let given = last_entry(&test, &lead, case).await;
    assert_eq!(notices(&test, caseworker.id, "given").await, 1);
    watch::round(&test.app).await.unwrap();
    assert_eq!(notices(&test, caseworker.id, "due").await, 0);
    let owns = due(&test.app, &caseworker, &[case]).await.unwrap();
    assert_eq!((owns.own_today, owns.own_late), (0, 0));

    test.clock.set("2026-12-01T12:00:00Z");
    let again = test.again().await;
    for _ in 0..3 {
        watch::round(&again).await.unwrap();
    }
    again.store().quiesce().await;
    assert_eq!(notices(&test, caseworker.id, "due").await, 1);
    let owns = due(&test.app, &caseworker, &[case]).await.unwrap();
    assert_eq!((owns.own_today, owns.own_late), (1, 0));
    test.clock.set("2026-12-02T09:30:00Z");
    let owns = due(&test.app, &caseworker, &[case]).await.unwrap();
    assert_eq!((owns.own_today, owns.own_late), (0, 1));
    assert_eq!(
        due(&test.app, &lead, &[case]).await.unwrap().late.get(&case),
        Some(&1)
    );

    let done = [("task_result", "done")];
    test.record(&caseworker, case, Kind::TaskResult, Some(given), &done)
        .await
        .unwrap();
    assert!(due(&test.app, &lead, &[case]).await.unwrap().late.is_empty());
    let set = test
        .record(&caseworker, case, Kind::Task, None, &task(&owner, &[]))
        .await;
    assert!(
        matches!(set, Err(EnterError::Refused(EntryRefusal::Role { .. }))),
        "{set:?}"
    );
}

async fn work_for_the_person_who_was_targeted_needs_a_reason(mut test: TestApp) {
    let ([lead, ..], _, case) = taken_on(&mut test, CONCERN).await;
    let owner = lead.id.to_string();
    let theirs = task(
        &owner,
        &[("who_bears", "affected"), ("asked_person", "not_asked")],
    );
    let before = opened(&test.app, &lead, case).await.history.len();
    let result = test.record(&lead, case, Kind::Task, None, &theirs).await;
    assert_eq!(
        cautions(result),
        [Caution::WorkOnTargeted, Caution::Needs("asked_why")]
    );
    assert_eq!(opened(&test.app, &lead, case).await.history.len(), before);
    let mut reasoned = theirs.clone();
    reasoned.extend([
        ("burden_reason", "They want to."),
        ("asked_why", "They asked for it before."),
    ]);
    test.record(&lead, case, Kind::Task, None, &reasoned)
        .await
        .unwrap();
}

async fn an_unsafe_contact_needs_a_reason(mut test: TestApp) {
    let report = concern_with(&[("contact", "phone"), ("safe_word", "Heron")]);
    let ([lead, ..], _, case) = taken_on(&mut test, &report).await;
    let contact = [
        ("contact_state", "planned"),
        ("contact_with", "reporter"),
        ("contact_way", "letter"),
        ("contact_on", "2026-11-26"),
        ("contact_time_safe", "not_sure"),
        ("contact_word", "yes"),
    ];
    let result = test.record(&lead, case, Kind::Contact, None, &contact).await;
    let warned = cautions(result);
    assert!(warned.contains(&Caution::Contact(Unsafe::Way)), "{warned:?}");
    assert!(warned.contains(&Caution::Contact(Unsafe::Time)), "{warned:?}");
    let mut checked = contact.to_vec();
    checked.push(("contact_reason", "They asked for a letter in the last message."));
    test.record(&lead, case, Kind::Contact, None, &checked)
        .await
        .unwrap();
}

async fn a_decision_is_looked_at_by_somebody_else(mut test: TestApp) {
    let ([lead, alternate, ..], _, case) = taken_on(&mut test, CONCERN).await;
    let mut against = DECISION.to_vec();
    against.retain(|(field, _)| *field != "followed");
    against.push(("followed", "no"));
    let result = test.record(&lead, case, Kind::Decision, None, &against).await;
    assert_eq!(cautions(result), [Caution::Needs("why_not_followed")]);
    test.record(&lead, case, Kind::Decision, None, DECISION)
        .await
        .unwrap();
    let decision = last_entry(&test, &lead, case).await;
    assert!(opened(&test.app, &lead, case).await.row.decided_at.is_some());
    let own = [("check_result", "agree")];
    let alone = test
        .record(&lead, case, Kind::SecondCheck, Some(decision), &own)
        .await;
    assert!(
        matches!(alone, Err(EnterError::Refused(EntryRefusal::NeedsSecondPerson))),
        "{alone:?}"
    );
    desk::share(&test.app, &lead, case, alternate.id, "A second look.".into())
        .await
        .unwrap();
    test.record(&alternate, case, Kind::SecondCheck, Some(decision), &own)
        .await
        .unwrap();
    let case = opened(&test.app, &lead, case).await;
    assert_eq!(register(&case.history).find(decision).unwrap().answers.len(), 1);
}

async fn reprisal_is_looked_at_again_after_closing(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let asked = [
        ("reprisal_who", "reporter"),
        ("reprisal_said", "no_worry"),
        ("reprisal_checks", "usual"),
    ];
    test.record(&lead, case, Kind::Reprisal, None, &asked)
        .await
        .unwrap();
    let entry = last_entry(&test, &lead, case).await;
    let advice = [("question", "Whether."), ("advice", "No.")];
    test.act(&lead, case, Action::GiveAdvice, &advice).await.unwrap();
    let mut ask = ASK_TO_CLOSE.to_vec();
    ask.push(("why_no_prevention", "Nothing happened."));
    test.act(&lead, case, Action::AskToClose, &ask).await.unwrap();
    test.act(&alternate, case, Action::Close, CLOSE).await.unwrap();
    let before = notices(&test, lead.id, "due").await;
    test.clock.set("2026-12-08T12:00:00Z");
    watch::round(&test.app).await.unwrap();
    assert_eq!(notices(&test, lead.id, "due").await, before + 1);
    let found = [
        ("reprisal_found", "something"),
        ("reprisal_facts", "Not invited any more."),
    ];
    let result = test
        .record(&lead, case, Kind::ReprisalCheck, Some(entry), &found)
        .await;
    assert_eq!(cautions(result), [Caution::Needs("reprisal_act")]);
    let mut acted = found.to_vec();
    acted.push(("reprisal_act", "Spoke with the host."));
    test.record(&lead, case, Kind::ReprisalCheck, Some(entry), &acted)
        .await
        .unwrap();
    test.clock.set("2027-01-06T12:00:00Z");
    assert_eq!(
        due(&test.app, &lead, &[case]).await.unwrap().late.get(&case),
        Some(&1)
    );
    // Nothing but what can come later is entered once a case is closed.
    let late = test.record(&lead, case, Kind::Outcome, None, WISH).await;
    assert!(
        matches!(late, Err(EnterError::Refused(EntryRefusal::WrongState { .. }))),
        "{late:?}"
    );
}

async fn the_reporter_sees_the_safety_plan_if_they_wish(mut test: TestApp) {
    let ([lead, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    let plan = |show| [("plan_words", "I leave by the side door."), ("plan_show", show)];
    assert!(of_reporter(&test.app, &visit).await.unwrap().is_none());
    test.record(&lead, case, Kind::SafetyPlan, None, &plan("no"))
        .await
        .unwrap();
    assert!(of_reporter(&test.app, &visit).await.unwrap().is_none());
    test.clock.advance(jiff::SignedDuration::from_mins(1));
    test.record(&lead, case, Kind::SafetyPlan, None, &plan("yes"))
        .await
        .unwrap();
    let shown = of_reporter(&test.app, &visit).await.unwrap().unwrap();
    assert_eq!(shown.record.get("plan_words"), Some("I leave by the side door."));
}

async fn for_an_excluded_reader_there_is_no_record_and_no_reminder(mut test: TestApp) {
    let ([lead, alternate, ..], _, case) = taken_on(&mut test, CONCERN).await;
    desk::share(&test.app, &lead, case, alternate.id, "Helps.".into())
        .await
        .unwrap();
    let owner = alternate.id.to_string();
    test.record(&lead, case, Kind::Task, None, &task(&owner, &[]))
        .await
        .unwrap();
    let given = last_entry(&test, &lead, case).await;
    desk::exclude(&test.app, &lead, case, alternate.id, "Named later.".into())
        .await
        .unwrap();
    let before = crate::database::jobs_to(&test, alternate.id).await;
    test.clock.set("2026-12-05T12:00:00Z");
    watch::round(&test.app).await.unwrap();
    assert_eq!(crate::database::jobs_to(&test, alternate.id).await, before);
    assert_eq!(
        due(&test.app, &alternate, &[case]).await.unwrap(),
        desk::record::DeskDue::default()
    );
    assert!(listed(&test.app, &alternate).await.is_empty());
    let place = Place {
        about: Some(given),
        corrects: None,
        seen_version: 1,
    };
    let done = owned(&[("task_result", "done")]);
    let tried = desk::record::enter(&test.app, &alternate, case, Kind::TaskResult, place, &done).await;
    assert!(
        matches!(tried, Err(EnterError::Desk(DeskError::NotFound))),
        "{tried:?}"
    );
    // The action is not lost: whoever answers for the case is reminded of it instead.
    assert!(notices(&test, lead.id, "due").await > 0);
}

async fn an_entry_from_an_old_page_changes_nothing(mut test: TestApp) {
    let ([lead, ..], _, case) = taken_on(&mut test, CONCERN).await;
    let place = Place {
        about: None,
        corrects: None,
        seen_version: desk::find(&test.app, &lead, case).await.unwrap().version,
    };
    let wish = owned(WISH);
    let both = tokio::join!(
        desk::record::enter(&test.app, &lead, case, Kind::Outcome, place, &wish),
        desk::record::enter(&test.app, &lead, case, Kind::Outcome, place, &wish),
    );
    assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
    let opened = opened(&test.app, &lead, case).await;
    assert_eq!(register(&opened.history).items(Kind::Outcome).len(), 1);
    let entries = safehold_app::trace::of_case(&test.app, &lead, case)
        .await
        .unwrap();
    let entered = entries
        .iter()
        .filter(|entry| entry.what == Traced::Entered)
        .count();
    assert_eq!(entered, 1);
}

async fn what_everybody_has_to_do_counts_only_what_the_reader_may_open(mut test: TestApp) {
    let ([lead, alternate, ..], _, case) = taken_on(&mut test, CONCERN).await;
    let owner = lead.id.to_string();
    test.record(&lead, case, Kind::Task, None, &task(&owner, &[]))
        .await
        .unwrap();
    assert!(load(&test.app, &alternate).await.unwrap().is_empty());
    test.clock.set("2026-12-02T12:00:00Z");
    let loads = load(&test.app, &lead).await.unwrap();
    assert_eq!(loads.len(), 1);
    assert_eq!(loads[0].name.as_deref(), Some("Marisol Penhale"));
    assert_eq!(
        (loads[0].cases, loads[0].grave, loads[0].to_do, loads[0].late),
        (1, 0, 1, 1)
    );
    desk::share(&test.app, &lead, case, alternate.id, "Cover.".into())
        .await
        .unwrap();
    assert_eq!(load(&test.app, &alternate).await.unwrap(), loads);
}

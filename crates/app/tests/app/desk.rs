//! Working on a case.

use jiff::SignedDuration;
use safehold_app::{
    desk::{self, ActError, CaseOpened, DeskError},
    trace,
};
use safehold_core::{
    case::{Action, Refusal, State},
    recipients::Standing,
    trace::Traced,
};
use safehold_testkit::app::{CONCERN, Fields, TestApp, owned};

use crate::{
    database::{jobs_to, notices},
    looks::{listed, opened},
    on_both,
};

on_both![
    a_caseworker_cannot_decide,
    what_was_changed_meanwhile_is_not_overwritten,
    nobody_closes_a_case_alone,
    whoever_decided_in_a_case_of_somebody_else_does_not_close_it,
    opening_is_in_the_trace_before_anything_is_shown,
    an_illegal_step_is_refused_with_its_reason,
    missing_fields_are_named_and_nothing_changes,
    the_list_pages_without_leaving_a_case_out,
];

pub const TAKE_ON: Fields<'static> = &[
    ("level", "medium"),
    ("level_reason", "It goes on."),
    ("wishes", "A conversation."),
    ("consent", "Nobody else for now."),
    ("safe_now", "mostly"),
];
pub const LEARN: Fields<'static> = &[
    ("why_no_protection", "Nobody was hurt."),
    ("second_check", "Agreed with Tunde."),
];
pub const ASK_TO_CLOSE: Fields<'static> = &[
    ("outcome", "fully"),
    ("outcome_notes", "Done."),
    (
        "why_no_prevention",
        "Nothing like it can come again: the place is closed.",
    ),
    ("told_person", "yes"),
    ("said_sorry", "yes"),
    ("external_decisions", "None."),
    ("candour", "Told."),
];
pub const CLOSE: Fields<'static> = &[
    ("checked", "wishes"),
    ("checked", "safety"),
    ("checked", "external"),
    ("checked", "prevent_repeat"),
    ("checked", "told"),
    ("check_notes", "All there."),
];

async fn a_caseworker_cannot_decide(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    test.act(&lead, case, Action::TakeOn, TAKE_ON).await.unwrap();
    desk::share(&test.app, &lead, case, caseworker.id, "Helps.".into())
        .await
        .unwrap();
    let refused = test.act(&caseworker, case, Action::SetLevel, &TAKE_ON[..2]).await;
    assert!(
        matches!(refused, Err(ActError::Refused(Refusal::Role { .. }))),
        "{refused:?}"
    );
    let case_of_theirs = opened(&test.app, &caseworker, case).await;
    assert_eq!(case_of_theirs.actions, [Action::Note]);
    test.act(&caseworker, case, Action::Note, &[("note", "Walked with them.")])
        .await
        .unwrap();
    let history = opened(&test.app, &lead, case).await.history;
    // Begin, take on, share, note.
    assert_eq!(history.len(), 4);
}

async fn what_was_changed_meanwhile_is_not_overwritten(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let seen = desk::find(&test.app, &lead, case).await.unwrap().version;
    test.act(&lead, case, Action::Note, &[("note", "In between.")])
        .await
        .unwrap();
    let late = desk::act(&test.app, &lead, case, Action::TakeOn, &owned(TAKE_ON), seen).await;
    assert!(
        matches!(late, Err(ActError::Desk(DeskError::Changed))),
        "{late:?}"
    );
    assert_eq!(opened(&test.app, &lead, case).await.row.state, State::Triage);
    // Of two who act from the same page at once, one does.
    let seen = desk::find(&test.app, &lead, case).await.unwrap().version;
    let record = owned(TAKE_ON);
    let both = tokio::join!(
        desk::act(&test.app, &lead, case, Action::TakeOn, &record, seen),
        desk::act(&test.app, &lead, case, Action::TakeOn, &record, seen),
    );
    assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
    let lost = both.0.err().or(both.1.err());
    assert!(
        matches!(
            lost,
            Some(ActError::Desk(DeskError::Changed) | ActError::Refused(Refusal::WrongState { .. }))
        ),
        "{lost:?}"
    );
}

async fn whoever_decided_in_a_case_of_somebody_else_does_not_close_it(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    desk::share(&test.app, &lead, case, alternate.id, "Please go on.".into())
        .await
        .unwrap();
    test.act(&alternate, case, Action::LearnOnly, LEARN)
        .await
        .unwrap();
    test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    // The lead asked, and owns it; but it is the alternate's decision that is to be checked.
    assert_eq!(notices(&test, alternate.id, "check_asked").await, 0);
    assert_eq!(notices(&test, sponsor.id, "check_asked").await, 1);
    for either in [&lead, &alternate] {
        let own = test.act(either, case, Action::Close, CLOSE).await;
        assert!(
            matches!(own, Err(ActError::Refused(Refusal::NeedsSecondPerson))),
            "{own:?}"
        );
        let offered = opened(&test.app, either, case).await.actions;
        assert!(!offered.contains(&Action::Close));
    }
    test.act(&sponsor, case, Action::Close, CLOSE).await.unwrap();

    // Opened again it is a new round: who checked it decides now, and who decided then may check.
    let again = [("reopen_reason", "new_facts"), ("reason", "They wrote again.")];
    test.act(&lead, case, Action::Reopen, &again).await.unwrap();
    test.act(&lead, case, Action::LearnOnly, LEARN).await.unwrap();
    test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    test.act(&alternate, case, Action::Close, CLOSE).await.unwrap();
}

async fn nobody_closes_a_case_alone(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    test.act(&lead, case, Action::LearnOnly, LEARN).await.unwrap();
    assert!(listed(&test.app, &alternate).await.is_empty());
    test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    let alone = test.act(&lead, case, Action::Close, CLOSE).await;
    assert!(
        matches!(alone, Err(ActError::Refused(Refusal::NeedsSecondPerson))),
        "{alone:?}"
    );
    assert_eq!(notices(&test, alternate.id, "check_asked").await, 1);
    assert_eq!(listed(&test.app, &alternate).await, [case]);
    test.act(
        &alternate,
        case,
        Action::SendBack,
        &[("questions", "Who spoke with them?")],
    )
    .await
    .unwrap();
    // Whoever asks is not the one who checks, whichever of the two it is.
    test.act(&alternate, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    for either in [&lead, &alternate] {
        let alone = test.act(either, case, Action::Close, CLOSE).await;
        assert!(
            matches!(alone, Err(ActError::Refused(Refusal::NeedsSecondPerson))),
            "{alone:?}"
        );
    }
    test.act(&lead, case, Action::SendBack, &[("questions", "Was it me?")])
        .await
        .unwrap();
    test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    test.act(&alternate, case, Action::Close, CLOSE).await.unwrap();
    let closed = opened(&test.app, &lead, case).await;
    assert_eq!(closed.row.state, State::Closed);
    assert!(closed.row.closed_at.is_some());
}

async fn opening_is_in_the_trace_before_anything_is_shown(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    assert!(matches!(
        desk::open(&test.app, &lead, case).await.unwrap(),
        CaseOpened::Before(_)
    ));
    let entries = trace::of_case(&test.app, &lead, case).await.unwrap();
    let by_lead = entries
        .iter()
        .filter(|entry| entry.what == Traced::Opened && entry.who == Some(lead.id));
    assert_eq!(by_lead.count(), 1);
    // Somebody on standby has a key and no case on the desk: nothing opens, and so nothing is traced.
    assert!(matches!(
        desk::open(&test.app, &alternate, case).await.err(),
        Some(DeskError::NotFound)
    ));
    assert_eq!(
        trace::of_case(&test.app, &lead, case).await.unwrap().len(),
        entries.len()
    );
}

async fn an_illegal_step_is_refused_with_its_reason(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    let refused = test.act(&lead, case, Action::Close, CLOSE).await;
    let wanted = Refusal::WrongState {
        action: Action::Close,
        state: State::Received,
    };
    assert!(matches!(refused, Err(ActError::Refused(refusal)) if refusal == wanted));
    test.begin(&lead, case).await;
    let pause = [
        ("asked_by", "The police"),
        ("reason", "They look into it."),
        ("stays_in_place", "The walk to the bus."),
        ("review_on", "2026-12-01"),
    ];
    test.act(&lead, case, Action::Pause, &pause).await.unwrap();
    let refused = test.act(&lead, case, Action::TakeOn, TAKE_ON).await;
    assert!(
        matches!(refused, Err(ActError::Refused(Refusal::Paused(_)))),
        "{refused:?}"
    );
    test.act(&lead, case, Action::Resume, &[("reason", "They have ended.")])
        .await
        .unwrap();
    test.act(&lead, case, Action::TakeOn, TAKE_ON).await.unwrap();
}

async fn missing_fields_are_named_and_nothing_changes(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let before = desk::find(&test.app, &lead, case).await.unwrap();
    let jobs = jobs_to(&test, lead.id).await;
    let refused = test
        .act(&lead, case, Action::TakeOn, &[("level", "medium")])
        .await;
    let Err(ActError::Record(problems)) = refused else {
        panic!("{refused:?}");
    };
    let named: Vec<_> = problems.0.iter().map(|(field, _)| *field).collect();
    assert_eq!(named, ["level_reason", "wishes", "consent", "safe_now"]);
    assert_eq!(desk::find(&test.app, &lead, case).await.unwrap(), before);
    assert_eq!(jobs_to(&test, lead.id).await, jobs);
}

async fn the_list_pages_without_leaving_a_case_out(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let mut made = Vec::new();
    for number in 0..7 {
        // Two come in the same moment.
        if number % 2 == 0 {
            test.clock.advance(SignedDuration::from_secs(1));
        }
        made.push(test.report(CONCERN).await.1);
    }
    let mut after = None;
    let mut found = Vec::new();
    loop {
        let page = desk::list(&test.app, &lead, &desk::CaseFilter::default(), after, 3)
            .await
            .unwrap();
        assert_eq!(page.total, 7);
        found.extend(page.cases.iter().map(|line| line.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let (mut made_sorted, mut found_sorted) = (made.clone(), found.clone());
    made_sorted.sort();
    found_sorted.sort();
    assert_eq!(found_sorted, made_sorted);
    assert!(listed(&test.app, &alternate).await.is_empty());
    test.begin(&lead, made[0]).await;
    let readers = opened(&test.app, &lead, made[0]).await.readers;
    assert!(
        readers
            .iter()
            .any(|(id, _, _, standing)| *id == alternate.id && *standing == Standing::Standby)
    );
}

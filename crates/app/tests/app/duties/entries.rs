//! Deciding and recording: in which order, by whom, and what the reporter learns.

use safehold_app::{
    desk::{
        self, ActError, DeskError, Reader, Version,
        duties::{self, DutyError, DutyPlace},
    },
    files::Owner,
    follow,
    report::{FileNote, MessageBody},
    trace, watch,
};
use safehold_core::{
    case::{Action, Refusal},
    duties::{Refused, Step},
    id::CaseId,
    trace::Traced,
};
use safehold_testkit::app::{CONCERN, Fields, TestApp, concern_with, owned};

use super::{NOT_REQUIRED, REQUIRED, SENT, due, enter, with};
use crate::{
    database::{column, count, tamper},
    desk::{ASK_TO_CLOSE, CLOSE, LEARN},
    looks::opened,
    marks::{all_that_is_kept, file},
    on_both,
};

on_both![
    no_case_closes_with_a_body_that_nobody_decided_on,
    a_body_is_told_only_after_it_was_decided_and_the_person_asked,
    the_reporter_learns_of_it_only_if_the_lead_chose_so,
    what_was_recorded_is_sealed_and_leaves_a_trace,
    a_second_press_records_once_and_a_copy_stays,
    a_caseworker_reads_and_records_nothing_and_others_find_nothing,
];

const ENDED: Fields<'static> = &[("outcome", "they_act"), ("why", "They went there.")];

async fn enter_with(
    test: &TestApp,
    by: &Reader,
    case: CaseId,
    (step, body): (Step, &str),
    fields: Fields<'_>,
    notes: Vec<FileNote>,
) {
    let seen_version = desk::find(&test.app, by, case).await.unwrap().version;
    let place = DutyPlace {
        id: duties::new_entry_id(),
        seen_version,
        step,
        body,
    };
    duties::enter(&test.app, by, case, place, &owned(fields), notes)
        .await
        .unwrap();
}

async fn no_case_closes_with_a_body_that_nobody_decided_on(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (_, case) = test.report(&concern_with(&[("danger", "yes")])).await;
    test.begin(&lead, case).await;
    test.act(&lead, case, Action::LearnOnly, LEARN).await.unwrap();
    let refused = |result: Result<(), ActError>| match result {
        Err(ActError::Refused(Refusal::DutiesOpen(count))) => count,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refused(test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE).await),
        1
    );
    let emergency = |step| (step, "emergency");
    let not_sure = with(NOT_REQUIRED, &[("need", "not_sure")]);
    for (step, fields) in [
        (Step::Decide, &not_sure[..]),
        (Step::Decide, REQUIRED),
        (Step::Send, SENT),
    ] {
        enter(&test, &lead, case, emergency(step), fields).await.unwrap();
        assert_eq!(
            refused(test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE).await),
            1
        );
    }
    enter(&test, &lead, case, emergency(Step::End), ENDED)
        .await
        .unwrap();
    assert!(opened(&test.app, &lead, case).await.open_duties.is_empty());
    test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    // What comes to mind while it is being checked counts as well.
    let look = &[("place", "england"), ("says", "data_breach")];
    enter(&test, &alternate, case, (Step::Look, ""), look)
        .await
        .unwrap();
    assert_eq!(refused(test.act(&alternate, case, Action::Close, CLOSE).await), 1);
    let breach = (Step::Decide, "data_breach");
    enter(&test, &alternate, case, breach, NOT_REQUIRED)
        .await
        .unwrap();
    test.act(&alternate, case, Action::Close, CLOSE).await.unwrap();
    let after = enter(&test, &lead, case, breach, NOT_REQUIRED).await;
    assert!(
        matches!(after, Err(DutyError::Refused(Refused::State(_)))),
        "{after:?}"
    );
}

async fn a_body_is_told_only_after_it_was_decided_and_the_person_asked(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let refused = async |step, fields, wanted| {
        let result = enter(&test, &lead, case, (step, "police"), fields).await;
        assert!(
            matches!(&result, Err(DutyError::Refused(why)) if *why == wanted),
            "{step:?}: {result:?}"
        );
    };
    refused(Step::Send, SENT, Refused::NotDecided).await;
    let not_asked = with(REQUIRED, &[("consent", "not_yet")]);
    enter(&test, &lead, case, (Step::Decide, "police"), &not_asked)
        .await
        .unwrap();
    refused(Step::Send, SENT, Refused::AskFirst).await;
    let against = with(REQUIRED, &[("consent", "refused")]);
    let result = enter(&test, &lead, case, (Step::Decide, "police"), &against).await;
    assert!(matches!(result, Err(DutyError::Fields(_))), "{result:?}");
    let weighed = with(
        &against,
        &[("grounds", "others"), ("consent_note", "A child lives there.")],
    );
    enter(&test, &lead, case, (Step::Decide, "police"), &weighed)
        .await
        .unwrap();
    refused(Step::Reply, SENT, Refused::NothingSent).await;
    enter(&test, &lead, case, (Step::Send, "police"), SENT)
        .await
        .unwrap();
    // All decisions stay to be read.
    let history = opened(&test.app, &lead, case).await.history;
    assert_eq!(duties::entries(&history).count(), 3);
    let unknown = enter(&test, &lead, case, (Step::Decide, "the_moon"), REQUIRED).await;
    assert!(
        matches!(unknown, Err(DutyError::Desk(DeskError::NotFound))),
        "{unknown:?}"
    );
}

async fn the_reporter_learns_of_it_only_if_the_lead_chose_so(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let mail = [
        ("contact", "email"),
        ("contact-email", "wren@oakbarrow.example"),
        ("safe_to-use_email", "yes"),
    ];
    let (visit, case) = test.report(&concern_with(&mail)).await;
    test.begin(&lead, case).await;
    enter(&test, &lead, case, (Step::Decide, "police"), REQUIRED)
        .await
        .unwrap();
    tamper(&test, "DELETE FROM jobs").await;
    let told = async || {
        let followed = follow::open(&test.app, &visit).await.unwrap().unwrap();
        let messages = followed.messages.into_iter().map(|message| match message.body {
            MessageBody::Text { text, .. } => text,
            _ => String::new(),
        });
        (
            messages.collect::<Vec<_>>(),
            column(&test, "SELECT kind FROM jobs WHERE kind = 'notify_reporter'")
                .await
                .len(),
        )
    };
    enter(&test, &lead, case, (Step::Send, "police"), SENT)
        .await
        .unwrap();
    assert_eq!(told().await, (vec![], 0), "nothing is shown by itself");
    let shown = with(
        SENT,
        &[("show", "yes"), ("message", "As we agreed, we told the police.")],
    );
    enter(&test, &lead, case, (Step::Send, "police"), &shown)
        .await
        .unwrap();
    assert_eq!(
        told().await,
        (vec!["As we agreed, we told the police.".to_owned()], 1)
    );
}

async fn what_was_recorded_is_sealed_and_leaves_a_trace(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let look = &[("place", "wales"), ("says", "extremism"), ("note", "MARKlookQX")];
    enter(&test, &lead, case, (Step::Look, ""), look).await.unwrap();
    let decision = with(
        REQUIRED,
        &[
            ("reason", "MARKreasonQX"),
            ("decided_by", "MARKdeciderQX"),
            ("consent", "unsafe"),
            ("grounds", "duress"),
            ("consent_note", "MARKconsentQX"),
        ],
    );
    enter(&test, &lead, case, (Step::Decide, "prevent"), &decision)
        .await
        .unwrap();
    let sent = with(
        SENT,
        &[
            ("sent_by", "MARKsenderQX"),
            ("sent_to", "MARKofficerQX"),
            ("what", "MARKwhatQX"),
            ("reference", "MARKnumberQX"),
            ("show", "yes"),
            ("message", "MARKmessageQX"),
        ],
    );
    let note = file(&test, Owner::Case(case), "MARKnamedfileQX").await;
    enter_with(&test, &lead, case, (Step::Send, "prevent"), &sent, vec![note]).await;
    let reply = &[
        ("reply_on", "2026-11-24"),
        ("reply", "MARKreplyQX"),
        ("again_on", "2026-12-24"),
    ];
    enter(&test, &lead, case, (Step::Reply, "prevent"), reply)
        .await
        .unwrap();
    // While a clock runs, nothing tells to whom.
    assert_eq!(count(&test, "duty_dues").await, 1);
    let kept = String::from_utf8_lossy(&all_that_is_kept(&test).await).to_lowercase();
    let is_readable = |mark: &str| {
        let mark = mark.to_lowercase();
        // PostgreSQL shows bytes as hexadecimal digits.
        let hex: Vec<_> = mark.bytes().map(|byte| format!("{byte:02x}")).collect();
        kept.contains(&mark) || kept.contains(&hex.concat())
    };
    assert!(is_readable("entered"), "the search finds what is there");
    for mark in [
        "MARKlookQX",
        "MARKreasonQX",
        "MARKdeciderQX",
        "MARKconsentQX",
        "MARKsenderQX",
        "MARKofficerQX",
        "MARKwhatQX",
        "MARKnumberQX",
        "MARKmessageQX",
        "MARKnamedfileQX",
        "MARKfileQX",
        "MARKreplyQX",
        "\"prevent\"",
        "extremism",
        "duress",
    ] {
        // The form and the rules themselves are published; what was chosen in a case is not.
        assert!(!is_readable(mark), "{mark} is readable");
    }
    let end = &[("outcome", "done"), ("why", "MARKendQX")];
    enter(&test, &lead, case, (Step::End, "prevent"), end)
        .await
        .unwrap();
    assert_eq!(count(&test, "duty_dues").await, 0);
    duties::note_draft(&test.app, &lead, case).await.unwrap();
    let traced = trace::of_case(&test.app, &lead, case).await.unwrap();
    let drafts = traced.iter().filter(|entry| entry.what == Traced::Exported);
    assert_eq!(drafts.count(), 1, "a draft that was made as well");
    let entered = traced.iter().filter(|entry| entry.what == Traced::Entered);
    assert_eq!(
        entered.count(),
        5,
        "each leaves a trace that does not say what it was"
    );
    let kinds = column(&test, "SELECT DISTINCT kind FROM events ORDER BY kind").await;
    assert_eq!(kinds, ["begin", "entered"]);
}

async fn a_second_press_records_once_and_a_copy_stays(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    enter(&test, &lead, case, (Step::Decide, "police"), REQUIRED)
        .await
        .unwrap();
    let seen_version = desk::find(&test.app, &lead, case).await.unwrap().version;
    let place = DutyPlace {
        id: duties::new_entry_id(),
        seen_version,
        step: Step::Send,
        body: "police",
    };
    let mut first = None;
    for _ in 0..2 {
        let note = file(&test, Owner::Case(case), "letter").await;
        first = first.or(Some(note.id));
        duties::enter(&test.app, &lead, case, place, &owned(SENT), vec![note])
            .await
            .unwrap();
    }
    let history = opened(&test.app, &lead, case).await.history;
    let sent = duties::entries(&history).filter(|entry| !entry.files.is_empty());
    assert_eq!(sent.count(), 1);
    assert_eq!(count(&test, "files").await, 1);
    // Another page of the same case is told that it changed, and its file goes.
    let late = DutyPlace {
        id: duties::new_entry_id(),
        ..place
    };
    let note = file(&test, Owner::Case(case), "late").await;
    let result = duties::enter(&test.app, &lead, case, late, &owned(SENT), vec![note]).await;
    assert!(
        matches!(result, Err(DutyError::Desk(DeskError::Changed))),
        "{result:?}"
    );
    assert_eq!(count(&test, "files").await, 1);
    // What an entry names is not swept away as a file that nothing names.
    test.clock.advance(jiff::SignedDuration::from_hours(49));
    watch::round(&test.app).await.unwrap();
    let lead = test.sign_in(&test.entrances[&lead.id].clone()).await;
    let copy = desk::open_file(&test.app, &lead, case, first.unwrap(), Version::Original).await;
    assert_eq!(copy.unwrap().name, "letter.txt");
}

async fn a_caseworker_reads_and_records_nothing_and_others_find_nothing(mut test: TestApp) {
    let [lead, alternate, _, caseworker] = test.usual_team().await;
    let (_, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    enter(&test, &lead, case, (Step::Decide, "police"), REQUIRED)
        .await
        .unwrap();
    let found = enter(&test, &alternate, case, (Step::Decide, "police"), REQUIRED).await;
    assert!(
        matches!(found, Err(DutyError::Desk(DeskError::NotFound))),
        "{found:?}"
    );
    assert_eq!(due(&test, &alternate).await, [""; 0]);
    desk::share(&test.app, &lead, case, caseworker.id, "Helps.".into())
        .await
        .unwrap();
    let seen = opened(&test.app, &caseworker, case).await;
    assert_eq!(duties::duties(&test.app, &seen).book.bodies.len(), 1);
    let refused = enter(&test, &caseworker, case, (Step::Send, "police"), SENT).await;
    assert!(
        matches!(refused, Err(DutyError::Desk(DeskError::Role))),
        "{refused:?}"
    );
}

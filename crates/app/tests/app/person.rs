//! The person's side: what they are asked, what they see of the record and say to it, and what they ask for.

use safehold_app::{
    desk::{
        self,
        record::{EnterError, register},
    },
    follow::{self, SayError, Side},
    report::Visit,
    watch,
};
use safehold_core::{
    case::{Action, RecordProblem},
    id::{CaseId, EventId},
    record::{Caution, EntryRefusal, Kind},
    trace::Traced,
};
use safehold_testkit::app::{CONCERN, Fields, TestApp, concern_with, owned};

use crate::{
    database::{column, notices, tamper},
    desk::TAKE_ON,
    looks::opened,
    on_both,
};

on_both![
    the_person_is_asked_before_a_step_and_their_answer_stands_with_it,
    an_unanswered_question_reminds_whoever_asked,
    where_it_is_not_safe_to_ask_the_reason_is_kept_and_nothing_is_shown,
    the_person_sees_what_was_chosen_for_them_and_says_what_they_think,
    whoever_told_us_of_somebody_else_is_shown_nothing_about_them,
    a_talk_about_confidentiality_is_seen_by_whom_it_was_with,
    a_copy_is_asked_for_once_and_answered,
    every_step_is_on_the_persons_page,
    what_was_said_twice_is_there_once,
    an_excluded_reader_sees_no_answer_and_is_told_of_none,
    whoever_wants_mail_is_told_that_there_is_something_and_not_what,
];

pub const ASK: Fields<'static> = &[
    ("ask_step", "share"),
    ("ask_safe", "yes"),
    ("ask_words", "May we tell the venue?"),
    ("ask_by", "2026-11-27"),
];
const DECISION: Fields<'static> = &[
    ("decision", "Speak with the group."),
    ("reasons", "It was asked for."),
    ("persons_view", "Agrees."),
    ("followed", "yes"),
    ("consent", "Given."),
    ("check_on", "2026-12-01"),
];
const TALK: Fields<'static> = &[
    ("talk_on", "2026-11-24"),
    ("talk_with", "reporter"),
    ("talk_limits", "If somebody could be badly hurt."),
    ("talk_wished", "That the group does not know."),
    ("talk_agreed", "We ask first."),
    ("talk_show", "yes"),
];

async fn taken_on(test: &mut TestApp, report: Fields<'_>) -> ([desk::Reader; 4], Visit, CaseId) {
    let team = test.usual_team().await;
    let (visit, case) = test.report(report).await;
    test.begin(&team[0], case).await;
    test.act(&team[0], case, Action::TakeOn, TAKE_ON).await.unwrap();
    (team, visit, case)
}

/// The lead writes to the person, so that nothing but what a test is about is due.
async fn written(test: &TestApp, lead: &desk::Reader, case: CaseId) {
    desk::write(
        &test.app,
        lead,
        case,
        desk::new_message_id(),
        "Thank you.".into(),
        vec![],
    )
    .await
    .unwrap();
}

async fn side(test: &TestApp, visit: &Visit) -> Side {
    follow::open(&test.app, visit).await.unwrap().unwrap().side
}

async fn say(
    test: &TestApp,
    visit: &Visit,
    kind: Kind,
    about: Option<EventId>,
    fields: Fields<'_>,
) -> Result<(), SayError> {
    follow::say(
        &test.app,
        visit,
        follow::new_entry_id(),
        kind,
        about,
        &owned(fields),
    )
    .await
}

async fn the_person_is_asked_before_a_step_and_their_answer_stands_with_it(mut test: TestApp) {
    let ([lead, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    let decision = test
        .record(&lead, case, Kind::Decision, None, DECISION)
        .await
        .unwrap();
    let ask = test
        .record(&lead, case, Kind::Ask, Some(decision), ASK)
        .await
        .unwrap();
    let asked = side(&test, &visit).await.questions;
    assert_eq!(asked.len(), 1);
    assert!(asked[0].is_open());
    assert_eq!(asked[0].words, "May we tell the venue?");
    let fields = [("answer_says", "not_yet"), ("answer_words", "Can we talk first?")];
    say(&test, &visit, Kind::AskAnswer, Some(ask), &fields)
        .await
        .unwrap();
    // On the case it stands under the entry for which it was asked, and whoever has the case is told.
    assert_eq!(notices(&test, lead.id, "reporter_wrote").await, 1);
    let history = opened(&test.app, &lead, case).await.history;
    let register = register(&history);
    let item = register.find(decision).unwrap();
    assert!(
        item.answers.is_empty(),
        "a decision is answered by a second look alone"
    );
    let answer = item.beside[0].answers[0].latest;
    assert_eq!(answer.by, None);
    assert_eq!(
        answer.entry.record.get("answer_words"),
        Some("Can we talk first?")
    );
    let asked = side(&test, &visit).await.questions;
    assert!(!asked[0].is_open() && !asked[0].answers[0].from_desk);
    // They may think again: the newest counts, and nobody puts other words in the place of theirs.
    say(
        &test,
        &visit,
        Kind::AskAnswer,
        Some(ask),
        &[("answer_says", "yes")],
    )
    .await
    .unwrap();
    let answers = side(&test, &visit).await.questions.remove(0).answers;
    assert_eq!(
        answers.iter().map(|one| one.says.as_str()).collect::<Vec<_>>(),
        ["not_yet", "yes"]
    );
    let place = desk::record::Place {
        about: Some(ask),
        corrects: Some(answer.id),
        seen_version: desk::find(&test.app, &lead, case).await.unwrap().version,
    };
    let input = owned(&[("answer_says", "yes")]);
    let refused = desk::record::enter(&test.app, &lead, case, Kind::AskAnswer, place, &input).await;
    assert!(
        matches!(refused, Err(EnterError::Refused(EntryRefusal::TheirWords))),
        "{refused:?}"
    );
}

async fn an_unanswered_question_reminds_whoever_asked(mut test: TestApp) {
    let ([lead, alternate, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    desk::share(&test.app, &lead, case, alternate.id, "Helps.".into())
        .await
        .unwrap();
    written(&test, &lead, case).await;
    test.record(&alternate, case, Kind::Ask, None, ASK).await.unwrap();
    let second = test.record(&alternate, case, Kind::Ask, None, ASK).await.unwrap();
    say(
        &test,
        &visit,
        Kind::AskAnswer,
        Some(second),
        &[("answer_says", "no")],
    )
    .await
    .unwrap();
    let due = column(&test, "SELECT entry_id FROM case_dues").await;
    assert_eq!(due.len(), 1, "what was answered is no longer due");
    test.clock.set("2026-11-27T12:00:00Z");
    watch::round(&test.again().await).await.unwrap();
    assert_eq!(notices(&test, alternate.id, "due").await, 1);
    assert_eq!(notices(&test, lead.id, "due").await, 0);
}

async fn where_it_is_not_safe_to_ask_the_reason_is_kept_and_nothing_is_shown(mut test: TestApp) {
    let ([lead, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    let unsafe_ask = [("ask_step", "meeting"), ("ask_safe", "not_safe")];
    let refused = test.record(&lead, case, Kind::Ask, None, &unsafe_ask).await;
    let Err(EnterError::Input { cautions, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(cautions, [Caution::Needs("ask_why_not")]);
    let why = [
        ("ask_step", "meeting"),
        ("ask_safe", "not_safe"),
        ("ask_why_not", "Their screen is read by others."),
    ];
    let ask = test.record(&lead, case, Kind::Ask, None, &why).await.unwrap();
    assert!(side(&test, &visit).await.questions.is_empty());
    let refused = say(
        &test,
        &visit,
        Kind::AskAnswer,
        Some(ask),
        &[("answer_says", "yes")],
    )
    .await;
    assert!(matches!(refused, Err(SayError::NotHere)), "{refused:?}");
}

async fn the_person_sees_what_was_chosen_for_them_and_says_what_they_think(mut test: TestApp) {
    let ([lead, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    let decision = test
        .record(&lead, case, Kind::Decision, None, DECISION)
        .await
        .unwrap();
    assert!(side(&test, &visit).await.pieces.is_empty());
    let unchecked = [
        ("shown_words", "We speak with the group."),
        ("shown_checked", "safe"),
    ];
    let refused = test
        .record(&lead, case, Kind::Shown, Some(decision), &unchecked)
        .await;
    let Err(EnterError::Input { problems, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(problems, [("shown_checked", RecordProblem::NotAllTicked)]);
    let checked = [
        ("shown_words", "We speak with the group."),
        ("shown_checked", "others"),
        ("shown_checked", "safe"),
        ("shown_checked", "plain"),
    ];
    let shown = test
        .record(&lead, case, Kind::Shown, Some(decision), &checked)
        .await
        .unwrap();
    let pieces = side(&test, &visit).await.pieces;
    assert_eq!(pieces[0].words, "We speak with the group.");
    assert_eq!(pieces[0].of, Kind::Decision);
    let empty = [("comment_says", "comment"), ("comment_words", "")];
    let refused = say(&test, &visit, Kind::Comment, Some(shown), &empty).await;
    let Err(SayError::Input(problems)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(problems, [("comment_words", RecordProblem::Missing)]);
    let fields = [
        ("comment_says", "not_what_i_said"),
        ("comment_words", "I said the tutor, not the group."),
    ];
    say(&test, &visit, Kind::Comment, Some(shown), &fields)
        .await
        .unwrap();
    let history = opened(&test.app, &lead, case).await.history;
    let comment = register(&history).find(decision).unwrap().beside[0].answers[0].latest;
    assert_eq!(
        comment.entry.record.get("comment_words"),
        Some("I said the tutor, not the group.")
    );
    // The decision itself, which they were not shown, cannot be answered from their page.
    let refused = say(&test, &visit, Kind::Comment, Some(decision), &fields).await;
    assert!(matches!(refused, Err(SayError::NotHere)), "{refused:?}");
    let refused = say(&test, &visit, Kind::Decision, None, DECISION).await;
    assert!(matches!(refused, Err(SayError::NotHere)), "{refused:?}");
}

async fn whoever_told_us_of_somebody_else_is_shown_nothing_about_them(mut test: TestApp) {
    let saw = concern_with(&[("about_whom", "saw")]);
    let ([lead, ..], visit, case) = taken_on(&mut test, &saw).await;
    assert!(!side(&test, &visit).await.is_affected);
    let support = |to| {
        [
            ("support_to", to),
            ("support_answer", "offered"),
            ("support_what", "A call."),
        ]
    };
    let decision = test
        .record(&lead, case, Kind::Decision, None, DECISION)
        .await
        .unwrap();
    let theirs = test
        .record(&lead, case, Kind::Support, None, &support("affected"))
        .await
        .unwrap();
    let own = test
        .record(&lead, case, Kind::Support, None, &support("reporter"))
        .await
        .unwrap();
    let checked = [
        ("shown_words", "A call."),
        ("shown_checked", "others"),
        ("shown_checked", "safe"),
        ("shown_checked", "plain"),
    ];
    for entry in [decision, theirs] {
        let refused = test.record(&lead, case, Kind::Shown, Some(entry), &checked).await;
        assert!(
            matches!(refused, Err(EnterError::Refused(EntryRefusal::NotForThem))),
            "{refused:?}"
        );
    }
    test.record(&lead, case, Kind::Shown, Some(own), &checked)
        .await
        .unwrap();
    assert_eq!(side(&test, &visit).await.pieces.len(), 1);
}

async fn a_talk_about_confidentiality_is_seen_by_whom_it_was_with(mut test: TestApp) {
    let ([lead, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    test.record(&lead, case, Kind::Talk, None, TALK).await.unwrap();
    let mut hidden = TALK.to_vec();
    hidden[5].1 = "no";
    test.record(&lead, case, Kind::Talk, None, &hidden).await.unwrap();
    let talks = side(&test, &visit).await.talks;
    assert_eq!(talks.len(), 1);
    assert_eq!(
        talks[0].record.get("talk_wished"),
        Some("That the group does not know.")
    );
}

async fn a_copy_is_asked_for_once_and_answered(mut test: TestApp) {
    let ([lead, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    written(&test, &lead, case).await;
    let copy = [("request_for", "copy"), ("request_words", "All of it.")];
    say(&test, &visit, Kind::Request, None, &copy).await.unwrap();
    let asked = side(&test, &visit).await;
    assert!(asked.waits_for("copy"));
    assert_eq!(asked.asked[0].due_on, Some("2026-12-24".parse().unwrap()));
    let history = opened(&test.app, &lead, case).await.history;
    let request = register(&history).items(Kind::Request)[0].root;
    test.clock.set("2026-12-24T12:00:00Z");
    watch::round(&test.app).await.unwrap();
    assert_eq!(notices(&test, lead.id, "due").await, 1);
    let lead = test.sign_in(&test.entrances[&lead.id]).await;
    let later = [("request_result", "later"), ("request_said", "It is long.")];
    let refused = test
        .record(&lead, case, Kind::RequestAnswer, Some(request), &later)
        .await;
    let Err(EnterError::Input { cautions, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(cautions, [Caution::Needs("request_new_on")]);
    let done = [("request_result", "done"), ("request_said", "It is with you.")];
    test.record(&lead, case, Kind::RequestAnswer, Some(request), &done)
        .await
        .unwrap();
    let asked = side(&test, &visit).await;
    assert!(!asked.waits_for("copy"));
    let answer = asked.asked[0].answer.as_ref().unwrap();
    assert_eq!(
        (answer.says.as_str(), answer.words.as_str()),
        ("done", "It is with you.")
    );
}

async fn every_step_is_on_the_persons_page(mut test: TestApp) {
    let ([lead, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    test.act(&lead, case, Action::Note, &[("note", "Ours alone.")])
        .await
        .unwrap();
    let pause = [
        ("asked_by", "Police"),
        ("reason", "They ask."),
        ("stays_in_place", "A call each week."),
        ("review_on", "2026-12-03"),
    ];
    test.act(&lead, case, Action::Pause, &pause).await.unwrap();
    let seen = side(&test, &visit).await;
    let steps: Vec<_> = seen.steps.iter().map(|step| step.action).collect();
    assert_eq!(steps, [Action::Begin, Action::TakeOn, Action::Pause]);
    assert_eq!(seen.steps[2].look_again_on, Some("2026-12-03".parse().unwrap()));
    assert_eq!(seen.owner_role, Some(lead.role));
}

async fn what_was_said_twice_is_there_once(mut test: TestApp) {
    let ([lead, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    let ask = test.record(&lead, case, Kind::Ask, None, ASK).await.unwrap();
    let id = follow::new_entry_id();
    let input = owned(&[("answer_says", "yes")]);
    for _ in 0..2 {
        follow::say(&test.app, &visit, id, Kind::AskAnswer, Some(ask), &input)
            .await
            .unwrap();
    }
    assert_eq!(side(&test, &visit).await.questions[0].answers.len(), 1);
    let traced = safehold_app::trace::of_case(&test.app, &lead, case)
        .await
        .unwrap();
    let added = traced.iter().filter(|entry| entry.what == Traced::ReporterAdded);
    assert_eq!(added.count(), 1);
    let invented = owned(&[("answer_says", "perhaps")]);
    let refused = follow::say(
        &test.app,
        &visit,
        follow::new_entry_id(),
        Kind::AskAnswer,
        Some(ask),
        &invented,
    )
    .await;
    let Err(SayError::Input(problems)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(problems, [("answer_says", RecordProblem::UnknownChoice)]);
}

async fn an_excluded_reader_sees_no_answer_and_is_told_of_none(mut test: TestApp) {
    let ([lead, alternate, ..], visit, case) = taken_on(&mut test, CONCERN).await;
    desk::share(&test.app, &lead, case, alternate.id, "Helps.".into())
        .await
        .unwrap();
    let ask = test.record(&lead, case, Kind::Ask, None, ASK).await.unwrap();
    desk::exclude(&test.app, &lead, case, alternate.id, "Named later.".into())
        .await
        .unwrap();
    // Said under the key that the excluded reader never had.
    say(
        &test,
        &visit,
        Kind::AskAnswer,
        Some(ask),
        &[("answer_says", "no")],
    )
    .await
    .unwrap();
    assert_eq!(notices(&test, alternate.id, "reporter_wrote").await, 0);
    assert_eq!(notices(&test, lead.id, "reporter_wrote").await, 1);
    assert!(desk::open(&test.app, &alternate, case).await.is_err());
    assert_eq!(side(&test, &visit).await.questions[0].answers.len(), 1);
}

async fn whoever_wants_mail_is_told_that_there_is_something_and_not_what(mut test: TestApp) {
    let by_mail = concern_with(&[
        ("contact", "email"),
        ("contact-email", "wren@reporter.example"),
        ("safe_to-use_email", "yes"),
    ]);
    let ([lead, ..], _, case) = taken_on(&mut test, &by_mail).await;
    let not_safe = [
        ("ask_step", "meeting"),
        ("ask_safe", "not_safe"),
        ("ask_why_not", "Others read their screen."),
    ];
    for (kind, fields, mails) in [
        (Kind::Ask, &not_safe[..], 0),
        (Kind::Decision, DECISION, 0),
        (Kind::Ask, ASK, 1),
        (Kind::Talk, TALK, 1),
    ] {
        tamper(&test, "DELETE FROM jobs").await;
        test.record(&lead, case, kind, None, fields).await.unwrap();
        let told = column(&test, "SELECT payload FROM jobs WHERE kind = 'notify_reporter'").await;
        assert_eq!(told, vec!["{}"; mails], "{kind:?}");
    }
}

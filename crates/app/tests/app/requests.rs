//! What people ask of what is kept of them: its days, its readers, who finds what, and the answer.

use std::collections::BTreeSet;

use jiff::{SignedDuration, civil::date};
use safehold_app::{
    App, desk,
    desk::{
        DeskError, Reader,
        export::{self, Wanted},
        requests::{self, New, OpenedRequest, RequestError},
    },
    sign_in,
    team::{self, TeamError},
    watch,
};
use safehold_core::{
    id::{CaseId, RequestId, UserId},
    rights::{Mark, Pause, Refusal, State, Step},
    roster::Role,
};
use safehold_testkit::app::{TestApp, concern_with, owned};

use crate::{
    database::{bytes, column, count, notices},
    export::{agreed, enter, everywhere, layer, write},
    on_both,
};

on_both![
    a_request_is_taken_down_once_and_its_days_count_from_the_day_it_came,
    its_readers_are_reminded_and_not_while_something_is_awaited,
    for_whoever_is_not_to_know_of_it_there_is_no_request,
    an_answer_is_handed_over_once_a_second_person_agreed,
    what_holds_something_back_says_why_and_more_time_is_told_in_the_first_month,
    each_finds_the_person_in_their_own_cases_and_nobody_sees_what_others_found,
    a_copy_for_a_request_is_shown_with_it_to_those_who_can_open_the_case,
    a_request_is_not_left_with_nobody_who_can_open_it,
    nothing_of_a_request_lies_in_clear,
];

const FIELDS: &[(&str, &str)] = &[
    ("rights_right", "access"),
    ("rights_who", "Quentin Marlowe"),
    ("rights_names", "Quen Marlow\n???"),
    ("rights_asked_by", "self"),
    ("rights_identity", "known"),
    ("rights_asks", "All of it, please."),
    ("rights_received_on", "2026-11-20"),
];

async fn take_down(app: &App, by: &Reader, not_for: &[UserId]) -> RequestId {
    let new = New {
        id: requests::new_id(),
        input: &owned(FIELDS),
        not_for: not_for.iter().copied().collect(),
    };
    requests::take_down(app, by, new).await.unwrap()
}

async fn open(app: &App, reader: &Reader, id: RequestId) -> OpenedRequest {
    requests::open(app, reader, id).await.unwrap()
}

async fn take(
    app: &App,
    reader: &Reader,
    id: RequestId,
    step: Step,
    fields: &[(&str, &str)],
) -> Result<(), RequestError> {
    let version = open(app, reader, id).await.version;
    requests::take(app, reader, id, step, &owned(fields), version).await
}

const ANSWER: &[(&str, &str)] = &[
    ("rights_outcome", "given"),
    ("rights_letter", "Dear Quentin, here it is."),
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

async fn for_whoever_is_not_to_know_of_it_there_is_no_request(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[alternate.id]).await;
    assert_eq!(notices(&test, alternate.id, "request").await, 0);
    assert!(requests::list(&test.app, &alternate).await.unwrap().is_empty());
    let unknown = requests::new_id();
    for id in [id, unknown] {
        let not_found = |error: DeskError| matches!(error, DeskError::NotFound);
        assert!(
            requests::open(&test.app, &alternate, id)
                .await
                .is_err_and(not_found)
        );
        assert!(
            requests::look(&test.app, &alternate, id)
                .await
                .is_err_and(not_found)
        );
        assert!(
            requests::released_from(&test.app, &alternate, id)
                .await
                .is_err_and(not_found)
        );
        let marked = requests::mark(&test.app, &alternate, id, &[], true).await;
        assert!(marked.is_err_and(not_found));
        let note = owned(&[("rights_note", "x")]);
        let taken = requests::take(&test.app, &alternate, id, Step::Note, &note, 1).await;
        assert!(
            matches!(taken, Err(RequestError::Desk(DeskError::NotFound))),
            "{taken:?}"
        );
    }
    for role in [
        requests::open(&test.app, &caseworker, id).await.map(drop),
        requests::list(&test.app, &caseworker).await.map(drop),
        requests::look(&test.app, &caseworker, id).await.map(drop),
    ] {
        assert!(matches!(role, Err(DeskError::Role)), "{role:?}");
    }
    // Nobody gives it to them later, or to somebody whose role has no requests.
    let opened = open(&test.app, &sponsor, id).await;
    assert!(opened.could_give.is_empty());
    assert_eq!(opened.not_for, ["Tunde Ashgrove"]);
    for who in [alternate.id, caseworker.id] {
        let to = who.to_string();
        let fields = [("rights_reader", to.as_str()), ("rights_give_why", "Help.")];
        let given = take(&test.app, &lead, id, Step::Give, &fields).await;
        assert!(matches!(given, Err(RequestError::Record(_))), "{given:?}");
    }
    // Somebody who joins later is given it by a reader.
    let officer = test.join(&lead, Role::DataProtection, "Ines Farthing").await;
    assert!(requests::open(&test.app, &officer, id).await.is_err());
    let to = officer.id.to_string();
    let fields = [
        ("rights_reader", to.as_str()),
        ("rights_give_why", "It is their work."),
    ];
    take(&test.app, &lead, id, Step::Give, &fields).await.unwrap();
    assert_eq!(open(&test.app, &officer, id).await.readers.len(), 3);

    // Whoever is named as the person is left out without a word, and takes nothing down about themselves.
    let mut about = owned(FIELDS);
    about.retain(|(name, _)| name != "rights_who");
    about.push(("rights_who".to_owned(), "tunde ashgrove".to_owned()));
    let new = |id| New {
        id,
        input: &about,
        not_for: BTreeSet::new(),
    };
    let own = requests::take_down(&test.app, &alternate, new(requests::new_id())).await;
    assert!(matches!(own, Err(RequestError::Yourself)), "{own:?}");
    let second = requests::take_down(&test.app, &lead, new(requests::new_id()))
        .await
        .unwrap();
    let error = requests::open(&test.app, &alternate, second).await.err();
    assert!(matches!(error, Some(DeskError::NotFound)));
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

/// A case about Quentin that only the lead can open, and one that the alternate can open too.
async fn cases(test: &TestApp, lead: &Reader, alternate: &Reader) -> [CaseId; 2] {
    let (_, own) = test
        .report(&concern_with(&[("what_happened", "Quen Marlow was there.")]))
        .await;
    let (_, shared) = test
        .report(&concern_with(&[(
            "what_happened",
            "Quentin Marlowe kept talking over me. I told Zoë.",
        )]))
        .await;
    let (_, other) = test
        .report(&concern_with(&[("what_happened", "Somebody else.")]))
        .await;
    for case in [own, shared, other] {
        test.begin(lead, case).await;
    }
    desk::share(&test.app, lead, shared, alternate.id, "Two eyes.".into())
        .await
        .unwrap();
    [own, shared]
}

async fn found(app: &App, reader: &Reader, id: RequestId) -> Vec<(CaseId, Option<Mark>)> {
    let finding = requests::look(app, reader, id).await.unwrap();
    assert!(finding.progress.is_complete());
    assert_eq!(finding.names, ["Quentin Marlowe", "Quen Marlow"]);
    assert_eq!(finding.unsearched, ["???"]);
    assert!(finding.cases.iter().all(|case| !case.hit.extracts.is_empty()));
    let mut found: Vec<_> = finding
        .cases
        .iter()
        .map(|case| (case.hit.case, case.mark))
        .collect();
    found.sort();
    found
}

async fn each_finds_the_person_in_their_own_cases_and_nobody_sees_what_others_found(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let [own, shared] = cases(&test, &lead, &alternate).await;
    let id = take_down(&test.app, &lead, &[]).await;
    let mut both = [(own, None), (shared, None)];
    both.sort();
    assert_eq!(found(&test.app, &lead, id).await, both);
    assert_eq!(found(&test.app, &alternate, id).await, [(shared, None)]);

    requests::mark(
        &test.app,
        &lead,
        id,
        &[(own, Mark::Unsure), (shared, Mark::About)],
        false,
    )
    .await
    .unwrap();
    requests::mark(&test.app, &lead, id, &[(own, Mark::About)], true)
        .await
        .unwrap();
    let marked = found(&test.app, &lead, id).await;
    assert!(
        marked.iter().all(|(_, mark)| *mark == Some(Mark::About)),
        "{marked:?}"
    );
    // The other sees that the lead is done, and nothing of what they found.
    assert_eq!(found(&test.app, &alternate, id).await, [(shared, None)]);
    let readers = open(&test.app, &alternate, id).await.readers;
    let done: Vec<_> = readers
        .iter()
        .map(|reader| (reader.who.id, reader.done_at.is_some()))
        .collect();
    assert!(
        done.contains(&(lead.id, true)) && done.contains(&(alternate.id, false)),
        "{done:?}"
    );
    assert!(
        requests::released_from(&test.app, &alternate, id)
            .await
            .unwrap()
            .is_empty()
    );
    let mut into: Vec<_> = requests::released_from(&test.app, &lead, id).await.unwrap();
    into.sort_by_key(|into| into.case);
    assert_eq!(
        into.iter().map(|into| into.case).collect::<Vec<_>>(),
        both.map(|(case, _)| case)
    );
    // A case that is not on one's desk can't be marked, whether it is there or not.
    let unknown = CaseId::from_random([9; 16]);
    requests::mark(
        &test.app,
        &alternate,
        id,
        &[(own, Mark::About), (unknown, Mark::About)],
        false,
    )
    .await
    .unwrap();
    assert!(
        requests::released_from(&test.app, &alternate, id)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn a_copy_for_a_request_is_shown_with_it_to_those_who_can_open_the_case(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let [_, shared] = cases(&test, &lead, &alternate).await;
    let id = take_down(&test.app, &lead, &[sponsor.id]).await;
    let content = layer(vec![everywhere("Zoë")]);
    let layer = agreed(&test, shared, &lead, &alternate, content).await;
    let wanted = |request| Wanted {
        purpose: "For the person".to_owned(),
        layers: vec![layer],
        pass: None,
        request,
    };
    let me = enter(&test, &sponsor).await;
    let stranger = export::make(&test.app, &me, shared, wanted(Some(id)), write).await;
    assert!(stranger.is_err(), "whoever has not the case makes no copy of it");
    let me = enter(&test, &alternate).await;
    let unknown = export::make(&test.app, &me, shared, wanted(Some(requests::new_id())), write).await;
    assert!(
        matches!(unknown, Err(export::MakeError::Desk(DeskError::NotFound))),
        "{unknown:?}"
    );
    export::make(&test.app, &me, shared, wanted(None), write)
        .await
        .unwrap();
    test.tick();
    let copy = export::make(&test.app, &me, shared, wanted(Some(id)), write)
        .await
        .unwrap();
    for reader in [&lead, &alternate] {
        requests::mark(&test.app, reader, id, &[(shared, Mark::About)], true)
            .await
            .unwrap();
        let [into] = requests::released_from(&test.app, reader, id)
            .await
            .unwrap()
            .try_into()
            .ok()
            .unwrap();
        assert_eq!((into.layers_agreed, into.layers_waiting), (1, 0));
        let copies: Vec<_> = into.copies.iter().map(|copy| copy.id).collect();
        assert_eq!(copies, [copy]);
    }
}

async fn a_request_is_not_left_with_nobody_who_can_open_it(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[sponsor.id]).await;
    team::leave(&test.app, &lead, alternate.id).await.unwrap();
    assert_eq!(count(&test, "rights_keys").await, 1);
    let last = team::leave(&test.app, &lead, lead.id).await;
    assert!(matches!(last, Err(TeamError::OnlyReader)), "{last:?}");
    let officer = test.join(&lead, Role::DataProtection, "Ines Farthing").await;
    let to = officer.id.to_string();
    let fields = [("rights_reader", to.as_str()), ("rights_give_why", "I leave.")];
    take(&test.app, &lead, id, Step::Give, &fields).await.unwrap();
    team::leave(&test.app, &lead, lead.id).await.unwrap();
    assert_eq!(open(&test.app, &officer, id).await.readers.len(), 1);
}

async fn nothing_of_a_request_lies_in_clear(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let id = take_down(&test.app, &lead, &[]).await;
    take(&test.app, &lead, id, Step::Answer, ANSWER).await.unwrap();
    requests::mark(&test.app, &lead, id, &[], true).await.unwrap();
    let sealed = [
        bytes(&test, "SELECT body_sealed FROM rights_entries").await,
        bytes(&test, "SELECT key_sealed FROM rights_keys").await,
        bytes(&test, "SELECT body_sealed FROM rights_looks").await,
    ]
    .concat();
    assert!(sealed.len() >= 6);
    for word in ["Quentin", "access", "given", "About", "rights_"] {
        let found = sealed
            .iter()
            .any(|bytes| bytes.windows(word.len()).any(|window| window == word.as_bytes()));
        assert!(!found, "{word}");
    }
    let jobs = column(&test, "SELECT payload FROM jobs").await;
    assert!(jobs.iter().all(|job| !job.contains(&id.to_string())), "{jobs:?}");
    // Somebody whose session ended opens it anew with the same key.
    let entrance = &test.entrances[&lead.id];
    test.clock.advance(SignedDuration::from_secs(31));
    let code = test.code(&entrance.totp);
    let pass = safehold_app::SecretString::from(safehold_testkit::app::PASS);
    let cookie = sign_in::sign_in(&test.app, &entrance.email, pass, &code)
        .await
        .unwrap();
    let me = sign_in::resume(&test.app, &cookie.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(open(&test.app, &me.reader, id).await.view.who, "Quentin Marlowe");
}

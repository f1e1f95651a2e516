//! Decisions that somebody stays away from activities, across cases: two people, a review that is reminded of, and a
//! look at sign-ups that tells only those who may know.

use safehold_app::{
    desk::{
        self, DeskError, Reader,
        record::{EnterError, Place},
        stay_away,
    },
    trace, watch,
};
use safehold_core::{
    case::{Action, RecordProblem},
    id::{CaseId, EventId},
    record::{Caution, EntryRefusal, Kind},
    stay_away::{Alike, Stands, read_list},
    trace::Traced,
};
use safehold_testkit::app::{CONCERN, Fields, TestApp, owned};

use crate::{
    database::notices,
    desk::{CLOSE, TAKE_ON},
    looks::opened,
    on_both,
};

on_both![
    a_decision_takes_two_people_and_is_in_force_after_a_restart,
    its_review_is_reminded_of_after_a_restart_and_after_closing,
    an_appeal_is_given_to_whoever_hears_it,
    sign_ups_are_compared_only_with_what_the_reader_may_open,
    for_an_excluded_reader_there_is_no_decision,
    whoever_only_helps_in_a_case_sees_no_list,
    a_look_at_sign_ups_leaves_a_trace_without_names,
    what_is_missing_or_needs_thought_is_told_and_nothing_is_kept,
    people_of_the_university_raise_its_decision_and_keep_a_case_open,
];

const REVIEW_ON: &str = "2027-01-15";

/// A whole decision, with other answers to some fields.
fn decision<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [
        ("stay_name", "Samuel Quarrywood"),
        ("stay_names", "Sam Q\nSammy Quarrywood"),
        ("stay_reach", "sam.q@example.org"),
        ("stay_raised", "no"),
        ("stay_pattern", "In three sessions, see entries 1 to 3."),
        ("stay_tried", "Called in twice."),
        ("stay_group", "asked"),
        ("stay_group_on", "2026-11-20"),
        ("stay_group_how", "One by one, by phone."),
        ("stay_manager", "asked"),
        ("stay_manager_who", "Ottilie Fenwarden"),
        ("stay_manager_on", "2026-11-21"),
        ("stay_manager_view", "Agrees."),
        ("stay_reasons", "It goes on."),
        ("stay_other", "Another group; a mediator."),
        ("stay_power", "They run the venue. Nobody of them raised it."),
        ("stay_from", "all"),
        ("stay_until", "review"),
        ("stay_review_on", REVIEW_ON),
        ("stay_way_back", "A talk, and agreeing to our ways of working."),
        ("stay_told", "By phone, with somebody beside them."),
        ("stay_hears_name", "The trustees' chair"),
        ("check_on", "2026-11-26"),
    ]
    .into_iter()
    .filter(|(field, _)| !other.iter().any(|(also, _)| also == field))
    .chain(other.iter().copied())
    .collect()
}

const CONFIRM: Fields<'static> = &[("stay_check", "confirm"), ("stay_check_why", "I read all of it.")];

async fn taken_on(test: &TestApp, lead: &Reader) -> CaseId {
    let (_, case) = test.report(CONCERN).await;
    test.begin(lead, case).await;
    test.act(lead, case, Action::TakeOn, TAKE_ON).await.unwrap();
    case
}

/// A case of the lead in which the alternate confirmed that somebody stays away.
async fn in_force(test: &TestApp, lead: &Reader, alternate: &Reader, name: &str) -> (CaseId, EventId) {
    let case = taken_on(test, lead).await;
    let fields = decision(&[("stay_name", name), ("stay_names", ""), ("stay_reach", "")]);
    let proposed = test
        .record(lead, case, Kind::StayAway, None, &fields)
        .await
        .unwrap();
    desk::share(&test.app, lead, case, alternate.id, "A second look.".into())
        .await
        .unwrap();
    test.tick();
    test.record(alternate, case, Kind::StayAwayCheck, Some(proposed), CONFIRM)
        .await
        .unwrap();
    test.tick();
    (case, proposed)
}

async fn names(app: &safehold_app::App, reader: &Reader) -> Vec<(String, Stands)> {
    let lines = stay_away::list(app, reader).await.unwrap();
    lines
        .iter()
        .map(|line| (line.record.get("stay_name").unwrap().to_owned(), line.stands))
        .collect()
}

async fn matching(test: &TestApp, reader: &Reader, text: &str) -> Vec<(usize, Alike, String)> {
    let asked = read_list(text).unwrap();
    let found = stay_away::in_force_matching(&test.app, reader, &asked)
        .await
        .unwrap();
    found
        .into_iter()
        .map(|found| (found.line, found.alike, found.text))
        .collect()
}

async fn a_decision_takes_two_people_and_is_in_force_after_a_restart(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let case = taken_on(&test, &lead).await;
    let checker = alternate.id.to_string();
    desk::share(&test.app, &lead, case, alternate.id, "A second look.".into())
        .await
        .unwrap();
    let before = notices(&test, alternate.id, "given").await;
    let proposed = test
        .record(
            &lead,
            case,
            Kind::StayAway,
            None,
            &decision(&[("check_by", &checker)]),
        )
        .await
        .unwrap();
    assert_eq!(notices(&test, alternate.id, "given").await, before + 1);
    let waits = [("Samuel Quarrywood".to_owned(), Stands::Waits)];
    assert_eq!(names(&test.app, &lead).await, waits);
    assert_eq!(matching(&test, &lead, "Samuel Quarrywood").await, []);
    let alone = test
        .record(&lead, case, Kind::StayAwayCheck, Some(proposed), CONFIRM)
        .await;
    assert!(
        matches!(alone, Err(EnterError::Refused(EntryRefusal::NeedsSecondPerson))),
        "{alone:?}"
    );
    test.tick();
    test.record(&alternate, case, Kind::StayAwayCheck, Some(proposed), CONFIRM)
        .await
        .unwrap();
    let in_force = [("Samuel Quarrywood".to_owned(), Stands::InForce)];
    for app in [test.app.clone(), test.again().await] {
        for reader in [&lead, &alternate] {
            assert_eq!(names(&app, reader).await, in_force);
        }
    }
    // Whoever decided it is no independent check of how the case ends.
    assert!(opened(&test.app, &lead, case).await.view.had_part);
    let ended = [
        ("stay_review", "ended"),
        ("stay_review_why", "They came back with an apology."),
        ("stay_review_told", "By phone."),
    ];
    test.tick();
    test.record(&lead, case, Kind::StayAwayReview, Some(proposed), &ended)
        .await
        .unwrap();
    assert_eq!(names(&test.app, &lead).await, []);
    assert_eq!(matching(&test, &alternate, "Samuel Quarrywood").await, []);
}

async fn its_review_is_reminded_of_after_a_restart_and_after_closing(mut test: TestApp) {
    let [lead, alternate, sponsor, ..] = test.usual_team().await;
    let (case, proposed) = in_force(&test, &lead, &alternate, "Samuel Quarrywood").await;
    let ask = [
        ("outcome", "fully"),
        ("outcome_notes", "Done."),
        ("external_decisions", "None."),
        ("told_person", "yes"),
        ("said_sorry", "not_due"),
        ("candour", "Told."),
        ("why_no_prevention", "This was it."),
    ];
    for (action, fields) in [
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
            ],
        ),
        (Action::AskToClose, &ask),
    ] {
        test.act(&lead, case, action, fields).await.unwrap();
    }
    desk::share(&test.app, &lead, case, sponsor.id, "The check.".into())
        .await
        .unwrap();
    test.act(&sponsor, case, Action::Close, CLOSE).await.unwrap();
    let before = notices(&test, lead.id, "due").await;
    test.clock.set("2027-01-14T12:00:00Z");
    watch::round(&test.again().await).await.unwrap();
    assert_eq!(notices(&test, lead.id, "due").await, before);
    test.clock.set("2027-01-15T12:00:00Z");
    watch::round(&test.again().await).await.unwrap();
    watch::round(&test.again().await).await.unwrap();
    assert_eq!(notices(&test, lead.id, "due").await, before + 1);
    test.clock.set("2027-01-16T12:00:00Z");
    let late: Vec<_> = stay_away::list(&test.app, &lead).await.unwrap();
    assert_eq!(late.iter().map(|line| line.is_late).collect::<Vec<_>>(), [true]);
    // Nobody makes longer alone what they proposed; somebody else does, and the next review is due instead.
    let longer = [
        ("stay_review", "goes_on"),
        ("stay_review_why", "Nothing has changed."),
        ("stay_new_review_on", "2027-04-15"),
        ("stay_review_told", "By letter."),
    ];
    let alone = test
        .record(&lead, case, Kind::StayAwayReview, Some(proposed), &longer)
        .await;
    assert!(
        matches!(alone, Err(EnterError::Refused(EntryRefusal::NeedsSecondPerson))),
        "{alone:?}"
    );
    test.record(&alternate, case, Kind::StayAwayReview, Some(proposed), &longer)
        .await
        .unwrap();
    let lines = stay_away::list(&test.app, &lead).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert!(!lines[0].is_late);
    assert_eq!(lines[0].review_on, Some("2027-04-15".parse().unwrap()));
}

async fn an_appeal_is_given_to_whoever_hears_it(mut test: TestApp) {
    let [lead, alternate, sponsor, ..] = test.usual_team().await;
    let (case, proposed) = in_force(&test, &lead, &alternate, "Samuel Quarrywood").await;
    desk::share(&test.app, &lead, case, sponsor.id, "To hear an appeal.".into())
        .await
        .unwrap();
    let hears = [lead.id, alternate.id, sponsor.id].map(|id| id.to_string());
    let appeal = |who| {
        [
            ("stay_appeal_on", "2026-11-24"),
            ("stay_appeal_from", "person"),
            ("stay_appeal_words", "I was not heard."),
            ("stay_hears", who),
            ("stay_answer_by", "2026-12-08"),
        ]
    };
    for had_part in &hears[..2] {
        let tried = test
            .record(
                &lead,
                case,
                Kind::StayAwayAppeal,
                Some(proposed),
                &appeal(had_part),
            )
            .await;
        let Err(EnterError::Input { problems, .. }) = tried else {
            panic!("{tried:?}")
        };
        assert_eq!(problems, [("stay_hears", RecordProblem::HadPart)]);
    }
    let before = notices(&test, sponsor.id, "given").await;
    let made = test
        .record(
            &lead,
            case,
            Kind::StayAwayAppeal,
            Some(proposed),
            &appeal(&hears[2]),
        )
        .await
        .unwrap();
    assert_eq!(notices(&test, sponsor.id, "given").await, before + 1);
    let stands = [
        ("stay_ruling", "ended"),
        ("stay_ruling_why", "They were not heard."),
        ("stay_ruling_told", "By letter."),
    ];
    for had_part in [&lead, &alternate] {
        let tried = test
            .record(had_part, case, Kind::StayAwayRuling, Some(made), &stands)
            .await;
        assert!(
            matches!(tried, Err(EnterError::Refused(EntryRefusal::NeedsSecondPerson))),
            "{tried:?}"
        );
    }
    assert_eq!(stay_away::list(&test.app, &lead).await.unwrap()[0].appeals, 1);
    test.tick();
    test.record(&sponsor, case, Kind::StayAwayRuling, Some(made), &stands)
        .await
        .unwrap();
    assert_eq!(names(&test.app, &lead).await, []);
}

async fn sign_ups_are_compared_only_with_what_the_reader_may_open(mut test: TestApp) {
    let [lead, alternate, sponsor, ..] = test.usual_team().await;
    in_force(&test, &lead, &alternate, "Samuel Quarrywood").await;
    let list = "Name,Mail\nRobin Example,r@example.org\nQuarrywood; Sam\nSamuel Quarywood";
    let expected = [
        (3, Alike::Near, "Quarrywood, Sam".to_owned()),
        (4, Alike::Near, "Samuel Quarywood".to_owned()),
    ];
    assert_eq!(matching(&test, &lead, list).await, expected);
    assert_eq!(matching(&test, &alternate, list).await, expected);
    // Who has no key learns nothing: it is the same as if nobody was to stay away.
    assert_eq!(matching(&test, &sponsor, list).await, []);
    assert_eq!(names(&test.app, &sponsor).await, []);
}

async fn for_an_excluded_reader_there_is_no_decision(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (case, proposed) = in_force(&test, &lead, &alternate, "Samuel Quarrywood").await;
    desk::exclude(&test.app, &lead, case, alternate.id, "Close to them.".into())
        .await
        .unwrap();
    assert_eq!(names(&test.app, &alternate).await, []);
    assert_eq!(matching(&test, &alternate, "Samuel Quarrywood").await, []);
    assert_eq!(matching(&test, &lead, "Samuel Quarrywood").await.len(), 1);
    let place = Place {
        about: Some(proposed),
        corrects: None,
        seen_version: 1,
    };
    let tried = desk::record::enter(&test.app, &alternate, case, Kind::StayAwayReview, place, &[]).await;
    assert!(
        matches!(tried, Err(EnterError::Desk(DeskError::NotFound))),
        "{tried:?}"
    );
    let theirs = trace::of_case(&test.app, &alternate, case).await;
    assert!(matches!(theirs, Err(DeskError::NotFound)), "{theirs:?}");
}

async fn whoever_only_helps_in_a_case_sees_no_list(mut test: TestApp) {
    let [lead, alternate, _, caseworker] = test.usual_team().await;
    let (case, _) = in_force(&test, &lead, &alternate, "Samuel Quarrywood").await;
    desk::share(&test.app, &lead, case, caseworker.id, "Helps.".into())
        .await
        .unwrap();
    let listed = stay_away::list(&test.app, &caseworker).await;
    assert!(matches!(listed, Err(DeskError::Role)));
    let asked = read_list("Samuel Quarrywood").unwrap();
    let found = stay_away::in_force_matching(&test.app, &caseworker, &asked).await;
    assert!(matches!(found, Err(DeskError::Role)));
}

async fn a_look_at_sign_ups_leaves_a_trace_without_names(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (case, _) = in_force(&test, &lead, &alternate, "Samuel Quarrywood").await;
    // A visit ends after a while, so that what is shown then is another.
    test.clock.advance(jiff::SignedDuration::from_hours(1));
    let lead = test.sign_in(&test.entrances[&lead.id].clone()).await;
    let opened = async |test: &TestApp| {
        let entries = trace::of_case(&test.app, &lead, case).await.unwrap();
        entries
            .iter()
            .filter(|entry| entry.what == Traced::Opened && entry.who == Some(lead.id))
            .count()
    };
    let compared = async |test: &TestApp| {
        let mut conn = test.app.store().read().await.unwrap();
        let leaves = safehold_store::trace::list(&mut conn, 0, 1000).await.unwrap();
        let of_kind = leaves
            .iter()
            .filter(|row| row.leaf.contains("\"sign_ups_compared\""))
            .map(|row| row.leaf.clone());
        of_kind.collect::<Vec<_>>()
    };
    let before = opened(&test).await;
    matching(&test, &lead, "MARKnobody Example").await;
    assert_eq!(opened(&test).await, before);
    assert_eq!(compared(&test).await.len(), 1);
    matching(&test, &lead, "MARKnobody Example\nSamuel Quarrywood").await;
    assert_eq!(opened(&test).await, before + 1);
    let leaves = compared(&test).await;
    assert_eq!(leaves.len(), 2);
    for leaf in leaves {
        assert!(
            !leaf.contains("MARK") && !leaf.contains("Quarry") && !leaf.contains(&case.to_string()),
            "{leaf}"
        );
    }
    let kept = crate::marks::all_that_is_kept(&test).await;
    let has = |words: &str| kept.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(has("sign_ups_compared"));
    for word in ["MARKnobody", "Quarrywood", "stay_away", "StayAway"] {
        assert!(!has(word), "{word} is kept in clear");
    }
}

async fn what_is_missing_or_needs_thought_is_told_and_nothing_is_kept(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let case = taken_on(&test, &lead).await;
    let tried = test
        .record(
            &lead,
            case,
            Kind::StayAway,
            None,
            &decision(&[("stay_raised", "yes")]),
        )
        .await;
    let Err(EnterError::Input { problems, cautions }) = tried else {
        panic!("{tried:?}")
    };
    assert_eq!((problems, cautions), (vec![], vec![Caution::RaisedIt]));
    let me = lead.id.to_string();
    for (field, value, problem) in [
        ("stay_review_on", "2026-11-23", RecordProblem::Passed),
        ("stay_review_on", "", RecordProblem::Missing),
        ("stay_hears", me.as_str(), RecordProblem::HadPart),
        ("stay_hears_name", "Marisol Penhale", RecordProblem::HadPart),
    ] {
        let tried = test
            .record(&lead, case, Kind::StayAway, None, &decision(&[(field, value)]))
            .await;
        let Err(EnterError::Input { problems, .. }) = tried else {
            panic!("{field}: {tried:?}")
        };
        assert_eq!(problems, [(field, problem)], "{field}");
    }
    assert_eq!(names(&test.app, &lead).await, []);
    let why = decision(&[
        ("stay_raised", "yes"),
        ("stay_raised_reason", "Both sides were heard."),
    ]);
    test.record(&lead, case, Kind::StayAway, None, &why)
        .await
        .unwrap();
    assert_eq!(names(&test.app, &lead).await.len(), 1);
}

async fn people_of_the_university_raise_its_decision_and_keep_a_case_open(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let case = taken_on(&test, &lead).await;
    let raised = async |test: &TestApp| {
        let case = opened(&test.app, &lead, case).await;
        let duties = desk::duties::duties(&test.app, &case);
        let raised = duties.raised.iter().map(|raised| raised.body.id.clone());
        (raised.collect::<Vec<_>>(), case.open_duties.len())
    };
    let before = raised(&test).await;
    let told = [
        ("university_who", "employee"),
        ("university_told", "yes"),
        ("university_to", "The safeguarding office"),
        ("university_on", "2026-11-24"),
    ];
    let said = test
        .record(&lead, case, Kind::University, None, &told)
        .await
        .unwrap();
    let after = raised(&test).await;
    assert!(
        after.0.contains(&"host_university".to_owned()) && !before.0.contains(&"host_university".to_owned())
    );
    assert_eq!(after.1, before.1 + 1);
    let row = desk::find(&test.app, &lead, case).await.unwrap();
    let place = Place {
        about: None,
        corrects: Some(said),
        seen_version: row.version,
    };
    let nobody = owned(&[("university_who", "nobody"), ("university_told", "no")]);
    test.tick();
    desk::record::enter(&test.app, &lead, case, Kind::University, place, &nobody)
        .await
        .unwrap();
    assert_eq!(raised(&test).await, before);
}

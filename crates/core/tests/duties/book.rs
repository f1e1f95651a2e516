//! How things stand with each body.

use safehold_core::{
    case::State,
    duties::{
        Book, Consent, DutyRules, Ending, Entry, Ground, Need, Open, Outcome, Place, Refused, Replied, Sent,
        Step, Way,
    },
    form::{Answer, Answers, Chosen, Form},
};

use crate::{decided, decision, looked};

fn sent(body: &str) -> Entry {
    Entry::Sent(Sent {
        body: body.to_owned(),
        on: "2026-11-24".parse().unwrap(),
        how: Way::Phone,
        by: "Marisol Penhale".to_owned(),
        to: "The duty desk".to_owned(),
        what: "What happened.".to_owned(),
        reference: String::new(),
        reply_by: None,
        shown: false,
    })
}

fn replied(body: &str) -> Entry {
    Entry::Replied(Replied {
        body: body.to_owned(),
        on: "2026-11-25".parse().unwrap(),
        reply: "They look into it.".to_owned(),
        reference: String::new(),
        again_on: None,
    })
}

fn ended(body: &str) -> Entry {
    Entry::Ended(Ending {
        body: body.to_owned(),
        outcome: Outcome::Done,
        why: "They told us.".to_owned(),
    })
}

/// What is open when these answers were given and these entries made.
fn open(answers: &[(&str, &str)], entries: &[Entry]) -> Vec<Open> {
    let rules = DutyRules::built_in().unwrap();
    let mut given = Answers::default();
    for (question, option) in [("danger", "no"), ("kind", "concern"), ("related", "yes")]
        .iter()
        .chain(answers)
    {
        let option = (*option).to_owned();
        let answer = if *question == "kind" {
            Answer::Choices(safehold_core::form::ChosenMany {
                options: vec![option],
                ..Default::default()
            })
        } else {
            Answer::Choice(Chosen { option, more: None })
        };
        given.set(question, answer);
    }
    let book = Book::of(entries);
    book.open(&rules.suggest(&Form::built_in().unwrap(), &given, None, &book))
}

#[test]
fn nothing_raised_and_nothing_decided_leaves_nothing_open() {
    assert_eq!(open(&[], &[]), []);
}

#[test]
fn a_body_that_is_raised_stays_open_until_it_is_settled() {
    let danger = &[("danger", "yes")][..];
    let undecided = Open::Undecided("emergency".to_owned());
    let unfinished = Open::Unfinished("emergency".to_owned());
    let required = || decided("emergency", Need::Required);
    let cases = [
        (vec![], vec![undecided]),
        (
            vec![decided("emergency", Need::NotSure)],
            vec![Open::Unsure("emergency".to_owned())],
        ),
        (vec![decided("emergency", Need::NotRequired)], vec![]),
        (vec![required()], vec![unfinished.clone()]),
        (vec![required(), sent("emergency")], vec![unfinished.clone()]),
        (
            vec![required(), sent("emergency"), replied("emergency")],
            vec![unfinished.clone()],
        ),
        (vec![required(), sent("emergency"), ended("emergency")], vec![]),
        // A new decision takes the place of the old one, and what had ended is open again.
        (
            vec![required(), sent("emergency"), ended("emergency"), required()],
            vec![unfinished],
        ),
        (vec![required(), decided("emergency", Need::NotRequired)], vec![]),
    ];
    for (entries, wanted) in cases {
        assert_eq!(open(danger, &entries), wanted, "{entries:?}");
    }
}

#[test]
fn a_body_that_nothing_raised_stays_open_once_it_is_taken_up() {
    assert_eq!(
        open(&[], &[decided("contract_party", Need::Required)]),
        [Open::Unfinished("contract_party".to_owned())]
    );
}

#[test]
fn where_the_person_is_must_be_said_when_it_matters_and_only_then() {
    let unsafe_now = &[("safe_now", "unsafe")][..];
    assert_eq!(open(unsafe_now, &[]), [Open::Place]);
    assert_eq!(
        open(unsafe_now, &[looked(Place::Wales, &[])]),
        [Open::Undecided("adults_wales".to_owned())]
    );
    assert_eq!(open(unsafe_now, &[looked(Place::Elsewhere, &[])]), []);
    // If nobody knows, one of those that stand in for one another is enough.
    let not_sure = looked(Place::NotSure, &[]);
    assert_eq!(open(unsafe_now, std::slice::from_ref(&not_sure)).len(), 4);
    assert_eq!(
        open(
            unsafe_now,
            &[not_sure, decided("adults_england", Need::NotRequired)]
        ),
        []
    );
}

/// What becomes of telling, answering and ending.
type Results = [Result<(), Refused>; 3];

#[test]
fn each_step_waits_for_what_comes_before_it() {
    let required = || decided("police", Need::Required);
    let not_asked = || {
        let mut waiting = decision("police", Need::Required);
        waiting.consent = Some(Consent::NotYet);
        Entry::Decided(waiting)
    };
    let refused = |grounds: &[Ground]| {
        let mut against = decision("police", Need::Required);
        against.consent = Some(Consent::Refused);
        against.grounds = grounds.iter().copied().collect();
        Entry::Decided(against)
    };
    let not_decided = Err(Refused::NotDecided);
    let cases: [(Vec<Entry>, Results); 8] = [
        (vec![], [not_decided, not_decided, not_decided]),
        (
            vec![decided("police", Need::NotRequired)],
            [not_decided, not_decided, not_decided],
        ),
        (vec![required()], [Ok(()), Err(Refused::NothingSent), Ok(())]),
        (
            vec![not_asked()],
            [Err(Refused::AskFirst), Err(Refused::NothingSent), Ok(())],
        ),
        (
            vec![refused(&[])],
            [Err(Refused::AskFirst), Err(Refused::NothingSent), Ok(())],
        ),
        (
            vec![refused(&[Ground::Others])],
            [Ok(()), Err(Refused::NothingSent), Ok(())],
        ),
        (vec![required(), sent("police")], [Ok(()), Ok(()), Ok(())]),
        (
            vec![required(), sent("police"), ended("police")],
            [Err(Refused::Ended), Err(Refused::Ended), Err(Refused::Ended)],
        ),
    ];
    for (entries, wanted) in cases {
        let book = Book::of(&entries);
        for (step, wanted) in [Step::Send, Step::Reply, Step::End].into_iter().zip(wanted) {
            assert_eq!(
                book.may(State::Open, step, "police"),
                wanted,
                "{step:?} after {entries:?}"
            );
        }
        // A decision can always be made anew.
        assert_eq!(book.may(State::Open, Step::Decide, "police"), Ok(()));
    }
}

#[test]
fn nothing_is_recorded_before_a_case_is_opened_or_after_it_closed() {
    for state in State::ALL {
        let result = Book::default().may(*state, Step::Decide, "police");
        let at_rest = matches!(state, State::Received | State::Closed | State::Retained);
        assert_eq!(result == Err(Refused::State(*state)), at_rest, "{}", state.key());
        assert_eq!(result.is_ok(), !at_rest, "{}", state.key());
    }
}

#[test]
fn it_cannot_end_as_done_if_nothing_was_sent() {
    let required = decided("police", Need::Required);
    let before = Book::of(std::slice::from_ref(&required));
    assert!(!before.outcomes("police").contains(&Outcome::Done));
    let after = Book::of(&[required, sent("police")]);
    assert!(after.outcomes("police").contains(&Outcome::Done));
    assert!(!after.outcomes("police").contains(&Outcome::NothingSent));
}

#[test]
fn the_clock_goes_from_telling_to_the_answer_to_looking_again_and_stops_at_the_end() {
    let day = |day: jiff::civil::Date| {
        let zoned = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(zoned.timestamp())
    };
    let mut first = decision("police", Need::Required);
    first.due_at = Some("2026-11-24T17:00:00Z".parse().unwrap());
    let told = |reply_by: Option<&str>| {
        let Entry::Sent(mut sent) = sent("police") else {
            unreachable!()
        };
        sent.reply_by = reply_by.map(|on| on.parse().unwrap());
        Entry::Sent(sent)
    };
    let answered = |again_on: Option<&str>| {
        let Entry::Replied(mut replied) = replied("police") else {
            unreachable!()
        };
        replied.again_on = again_on.map(|on| on.parse().unwrap());
        Entry::Replied(replied)
    };
    let mut entries = vec![Entry::Decided(first)];
    let mut due = |entry: Option<Entry>| {
        entries.extend(entry);
        Book::of(&entries).bodies["police"]
            .due(day)
            .map(|at| at.to_string())
    };
    assert_eq!(due(None).as_deref(), Some("2026-11-24T17:00:00Z"));
    assert_eq!(due(Some(told(None))), None);
    assert_eq!(
        due(Some(told(Some("2026-12-01")))).as_deref(),
        Some("2026-12-01T00:00:00Z")
    );
    assert_eq!(due(Some(answered(None))), None);
    assert_eq!(
        due(Some(answered(Some("2026-12-08")))).as_deref(),
        Some("2026-12-08T00:00:00Z")
    );
    assert_eq!(due(Some(ended("police"))), None);
}

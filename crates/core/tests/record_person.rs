//! The person's side of the record: what they are asked, what they see, and what they ask for.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and does not find ends the test"
)]

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use safehold_core::{
    case::Record,
    id::{EventId, UserId},
    record::{Entry, EntryRefusal, Filed, Kind, Register, may_be_shown},
};

fn id(number: u8) -> EventId {
    EventId::from_random([number; 16])
}

fn user(number: u8) -> UserId {
    UserId::from_random([number; 16])
}

fn entry(of: Kind, about: Option<u8>, corrects: Option<u8>, fields: &[(&str, &str)]) -> Entry {
    Entry {
        of,
        about: about.map(id),
        corrects: corrects.map(id),
        record: Record(
            fields
                .iter()
                .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
                .collect(),
        ),
    }
}

/// Entries with who made them: 0 is the reporter. They are made on the first of November.
fn register(entries: &[(u8, Entry)]) -> Register<'_> {
    let at: Timestamp = "2026-11-01T10:00:00Z".parse().unwrap();
    entries
        .iter()
        .zip(1..)
        .map(|((by, entry), number)| Filed {
            id: id(number),
            at,
            by: (*by > 0).then(|| user(*by)),
            entry,
        })
        .collect()
}

fn dues(register: &Register<'_>) -> Vec<(String, Option<UserId>)> {
    let day_of = |filed: &Filed<'_>| -> Date { filed.at.to_zoned(TimeZone::UTC).date() };
    register
        .dues(&day_of)
        .into_iter()
        .map(|due| (due.on.to_string(), due.owner))
        .collect()
}

#[test]
fn a_question_is_due_to_whoever_asked_until_the_person_answers_and_leaves_its_action_as_it_was() {
    let asked = [
        ("ask_safe", "yes"),
        ("ask_words", "May we?"),
        ("ask_by", "2026-11-05"),
    ];
    let mut entries = vec![
        (1, entry(Kind::Task, None, None, &[("task_due_on", "2026-11-09")])),
        (2, entry(Kind::Ask, Some(1), None, &asked)),
        (
            2,
            entry(
                Kind::Ask,
                None,
                None,
                &[("ask_safe", "not_safe"), ("ask_by", "2026-11-06")],
            ),
        ),
    ];
    let both = register(&entries);
    assert_eq!(
        dues(&both),
        [
            ("2026-11-05".to_owned(), Some(user(2))),
            ("2026-11-09".to_owned(), None)
        ]
    );
    let task = both.find(id(1)).unwrap();
    assert!(task.answers.is_empty());
    assert_eq!(task.beside.len(), 1);
    assert_eq!(both.items(Kind::Ask).len(), 1, "only what stands alone");
    let every = both.every(Kind::Ask);
    assert_eq!(every.iter().map(|ask| ask.number).collect::<Vec<_>>(), [1, 1]);
    entries.push((0, entry(Kind::AskAnswer, Some(2), None, &[("answer_says", "no")])));
    let answered = register(&entries);
    assert_eq!(dues(&answered), [("2026-11-09".to_owned(), None)]);
    assert_eq!(answered.find(id(1)).unwrap().beside[0].answers.len(), 1);
}

#[test]
fn a_copy_is_due_in_a_month_and_later_on_the_day_that_was_said() {
    let mut entries = vec![
        (0, entry(Kind::Request, None, None, &[("request_for", "copy")])),
        (0, entry(Kind::Request, None, None, &[("request_for", "reopen")])),
    ];
    let day = |day: &str| (day.to_owned(), None);
    assert_eq!(dues(&register(&entries)), [day("2026-11-08"), day("2026-12-01")]);
    let later = [("request_result", "later"), ("request_new_on", "2027-01-15")];
    entries.push((1, entry(Kind::RequestAnswer, Some(1), None, &later)));
    entries.push((
        1,
        entry(Kind::RequestAnswer, Some(2), None, &[("request_result", "no")]),
    ));
    assert_eq!(dues(&register(&entries)), [day("2027-01-15")]);
}

#[test]
fn nobody_corrects_what_the_person_said_and_a_copy_is_of_what_can_be_shown() {
    let entries = vec![
        (1, entry(Kind::Decision, None, None, &[])),
        (1, entry(Kind::Shown, Some(1), None, &[])),
        (0, entry(Kind::Comment, Some(2), None, &[])),
        (1, entry(Kind::Comment, Some(2), None, &[])),
        (1, entry(Kind::FirstLook, None, None, &[])),
    ];
    let register = register(&entries);
    let check = |kind, about: Option<u8>, corrects: Option<u8>| {
        register.check(kind, user(1), about.map(id), corrects.map(id))
    };
    assert_eq!(
        check(Kind::Comment, Some(2), Some(3)),
        Err(EntryRefusal::TheirWords)
    );
    assert_eq!(check(Kind::Comment, Some(2), Some(4)), Ok(()));
    assert_eq!(check(Kind::Shown, Some(1), None), Ok(()));
    for about in [None, Some(5), Some(99)] {
        assert_eq!(check(Kind::Shown, about, None), Err(EntryRefusal::NoSuchEntry));
    }
    assert_eq!(check(Kind::Ask, None, None), Ok(()));
    assert_eq!(check(Kind::Ask, Some(5), None), Err(EntryRefusal::NoSuchEntry));
}

#[test]
fn whoever_told_us_of_somebody_else_sees_only_what_is_about_themselves() {
    let shown =
        |of, fields: &[(&str, &str)], affected| may_be_shown(&entry(of, None, None, fields), affected);
    for of in [Kind::Outcome, Kind::Task, Kind::Decision] {
        assert!(shown(of, &[], true));
        assert!(!shown(of, &[], false));
    }
    for (of, field) in [
        (Kind::Support, "support_to"),
        (Kind::Reprisal, "reprisal_who"),
        (Kind::Talk, "talk_with"),
    ] {
        assert!(shown(of, &[(field, "reporter")], false));
        assert!(shown(of, &[(field, "affected")], true));
        assert!(!shown(of, &[(field, "affected")], false));
        assert!(!shown(of, &[(field, "concern")], true));
    }
    for of in [
        Kind::FirstLook,
        Kind::Conversation,
        Kind::SecondCheck,
        Kind::Contact,
    ] {
        assert!(!shown(of, &[], true), "{of:?}");
    }
}

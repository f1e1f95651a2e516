//! The record of the work on a case: what stands, what is due, and what must be thought about first.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and does not find ends the test"
)]

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use safehold_core::{
    access::Part,
    case::{Field, FieldKind, Record, State},
    form::{Channel, Contact},
    id::{EventId, UserId},
    record::{Caution, Entry, EntryRefusal, Filed, Kind, Known, Register, Unsafe, cautions, may_enter},
    roster::Role,
};

fn id(number: u8) -> EventId {
    EventId::from_random([number; 16])
}

fn user(number: u8) -> UserId {
    UserId::from_random([number; 16])
}

fn record(fields: &[(&str, &str)]) -> Record {
    Record(
        fields
            .iter()
            .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
            .collect(),
    )
}

struct Case(Vec<(EventId, Timestamp, UserId, Entry)>);

impl Case {
    fn add(
        &mut self,
        day: &str,
        of: Kind,
        about: Option<u8>,
        corrects: Option<u8>,
        fields: &[(&str, &str)],
    ) -> u8 {
        let number = u8::try_from(self.0.len()).unwrap() + 1;
        let entry = Entry {
            of,
            about: about.map(id),
            corrects: corrects.map(id),
            record: record(fields),
        };
        let at = format!("{day}T10:00:00Z").parse().unwrap();
        self.0.push((id(number), at, user(1), entry));
        number
    }

    fn register(&self) -> Register<'_> {
        self.0
            .iter()
            .map(|(id, at, by, entry)| Filed {
                id: *id,
                at: *at,
                by: Some(*by),
                entry,
            })
            .collect()
    }

    fn due(&self) -> Vec<(Date, EventId, Option<UserId>)> {
        self.register()
            .dues(&|filed| filed.at.to_zoned(TimeZone::UTC).date())
            .into_iter()
            .map(|due| (due.on, due.entry, due.owner))
            .collect()
    }

    fn days(&self) -> Vec<String> {
        self.due().iter().map(|(on, ..)| on.to_string()).collect()
    }
}

fn said(fields: &[Channel]) -> Contact {
    Contact {
        channels: fields.iter().map(|way| (*way, None)).collect::<BTreeMap<_, _>>(),
        ..Contact::default()
    }
}

#[test]
fn a_correction_stands_and_the_earlier_words_stay() {
    let mut case = Case(Vec::new());
    let first = case.add(
        "2026-11-02",
        Kind::Outcome,
        None,
        None,
        &[("outcome_wanted", "That it stops.")],
    );
    case.add(
        "2026-11-02",
        Kind::Outcome,
        None,
        None,
        &[("outcome_wanted", "A sorry.")],
    );
    case.add(
        "2026-11-03",
        Kind::Outcome,
        None,
        Some(first),
        &[("outcome_wanted", "That it stops now.")],
    );
    let register = case.register();
    let items = register.items(Kind::Outcome);
    assert_eq!(items.len(), 2);
    let item = register.find(id(first)).unwrap();
    assert_eq!(
        item.latest.entry.record.get("outcome_wanted"),
        Some("That it stops now.")
    );
    assert_eq!(item.earlier.len(), 1);
    assert_eq!(item.number, 1);
}

#[test]
fn an_action_is_due_until_it_is_done_or_given_up() {
    let mut case = Case(Vec::new());
    let owner = user(2).to_string();
    let task = case.add(
        "2026-11-02",
        Kind::Task,
        None,
        None,
        &[
            ("task_due_on", "2026-11-10"),
            ("task_owner", &owner),
            ("task_for", "prevent_repeat"),
        ],
    );
    assert_eq!(
        case.due(),
        [("2026-11-10".parse().unwrap(), id(task), Some(user(2)))]
    );
    assert!(case.register().readiness().prevents_repeat);
    let later = [("task_result", "later"), ("task_new_due_on", "2026-11-20")];
    case.add("2026-11-10", Kind::TaskResult, Some(task), None, &later);
    assert_eq!(case.days(), ["2026-11-20"]);
    let result = case.add(
        "2026-11-19",
        Kind::TaskResult,
        Some(task),
        None,
        &[("task_result", "not_done")],
    );
    assert!(case.days().is_empty());
    assert!(
        !case.register().readiness().prevents_repeat,
        "what was given up prevents nothing"
    );
    // It was a slip: it is done.
    case.add(
        "2026-11-19",
        Kind::TaskResult,
        Some(task),
        Some(result),
        &[("task_result", "done")],
    );
    assert!(case.days().is_empty());
    assert!(case.register().readiness().prevents_repeat);
}

#[test]
fn reprisal_is_looked_at_after_two_six_and_twelve_weeks() {
    let mut case = Case(Vec::new());
    let asked = case.add(
        "2026-11-02",
        Kind::Reprisal,
        None,
        None,
        &[("reprisal_checks", "usual")],
    );
    assert_eq!(case.days(), ["2026-11-16", "2026-12-14", "2027-01-25"]);
    // A look that comes too soon still stands for the next one.
    case.add(
        "2026-11-10",
        Kind::ReprisalCheck,
        Some(asked),
        None,
        &[("reprisal_found", "nothing")],
    );
    assert_eq!(case.days(), ["2026-12-14", "2027-01-25"]);
    // One that comes late stands for all that have passed, and may ask for another.
    let more = [
        ("reprisal_found", "something"),
        ("reprisal_next_on", "2027-02-05"),
    ];
    case.add("2027-01-26", Kind::ReprisalCheck, Some(asked), None, &more);
    assert_eq!(case.days(), ["2027-02-05"]);
    let mut own = Case(Vec::new());
    own.add(
        "2026-11-02",
        Kind::Reprisal,
        None,
        None,
        &[
            ("reprisal_checks", "one_day"),
            ("reprisal_first_on", "2026-11-05"),
        ],
    );
    own.add(
        "2026-11-02",
        Kind::Reprisal,
        None,
        None,
        &[("reprisal_checks", "none")],
    );
    assert_eq!(own.days(), ["2026-11-05"]);
}

#[test]
fn outcomes_decisions_contacts_and_plans_are_due_until_they_are_answered() {
    let mut case = Case(Vec::new());
    let wish = case.add(
        "2026-11-02",
        Kind::Outcome,
        None,
        None,
        &[("outcome_check_on", "2026-11-12")],
    );
    let decision = case.add(
        "2026-11-02",
        Kind::Decision,
        None,
        None,
        &[("check_on", "2026-11-09")],
    );
    let planned = [("contact_state", "planned"), ("contact_on", "2026-11-04")];
    let contact = case.add("2026-11-02", Kind::Contact, None, None, &planned);
    case.add(
        "2026-11-02",
        Kind::SafetyPlan,
        None,
        None,
        &[("plan_review_on", "2026-12-01")],
    );
    assert_eq!(
        case.days(),
        ["2026-11-04", "2026-11-09", "2026-11-12", "2026-12-01"]
    );
    let made = [("contact_state", "made"), ("contact_on", "2026-11-04")];
    case.add("2026-11-04", Kind::Contact, Some(contact), None, &made);
    case.add(
        "2026-11-05",
        Kind::SecondCheck,
        Some(decision),
        None,
        &[("check_result", "agree")],
    );
    let along = [("outcome_when", "along"), ("outcome_next_on", "2026-11-30")];
    case.add("2026-11-12", Kind::OutcomeCheck, Some(wish), None, &along);
    assert_eq!(case.days(), ["2026-11-30", "2026-12-01"]);
    assert_eq!(case.register().readiness().unchecked_outcomes, 1);
    case.add(
        "2026-11-30",
        Kind::OutcomeCheck,
        Some(wish),
        None,
        &[("outcome_when", "end")],
    );
    assert_eq!(case.days(), ["2026-12-01"]);
    assert_eq!(case.register().readiness().unchecked_outcomes, 0);
}

#[test]
fn an_entry_is_about_one_of_the_right_kind_or_about_none() {
    let mut case = Case(Vec::new());
    let wish = case.add("2026-11-02", Kind::Outcome, None, None, &[]);
    let decision = case.add("2026-11-02", Kind::Decision, None, None, &[]);
    let register = case.register();
    let check = |kind, who, about: Option<u8>, corrects: Option<u8>| {
        register.check(kind, user(who), about.map(id), corrects.map(id))
    };
    assert_eq!(check(Kind::Outcome, 1, None, None), Ok(()));
    assert_eq!(check(Kind::Contact, 1, None, None), Ok(()));
    assert_eq!(check(Kind::OutcomeCheck, 1, Some(wish), None), Ok(()));
    for (about, kind) in [
        (None, Kind::OutcomeCheck),
        (Some(decision), Kind::OutcomeCheck),
        (Some(99), Kind::OutcomeCheck),
        (Some(wish), Kind::Outcome),
        (Some(wish), Kind::Contact),
    ] {
        assert_eq!(
            check(kind, 1, about, None),
            Err(EntryRefusal::NoSuchEntry),
            "{kind:?}"
        );
    }
    assert_eq!(check(Kind::Outcome, 1, None, Some(wish)), Ok(()));
    assert_eq!(
        check(Kind::Outcome, 1, None, Some(decision)),
        Err(EntryRefusal::NoSuchEntry)
    );
    assert_eq!(
        check(Kind::Outcome, 1, None, Some(99)),
        Err(EntryRefusal::NoSuchEntry)
    );
    // Nobody checks what they decided themselves.
    assert_eq!(
        check(Kind::SecondCheck, 1, Some(decision), None),
        Err(EntryRefusal::NeedsSecondPerson)
    );
    assert_eq!(check(Kind::SecondCheck, 2, Some(decision), None), Ok(()));
}

#[test]
fn who_may_enter_what_and_when() {
    let mut by_role = BTreeMap::new();
    for role in Role::ALL {
        let kinds: BTreeSet<_> = Kind::ALL
            .iter()
            .filter(|kind| may_enter(State::Open, role, Part::InCharge, **kind).is_ok())
            .copied()
            .collect();
        by_role.insert(role, kinds);
    }
    let all: BTreeSet<_> = Kind::ALL.iter().copied().filter(|kind| kind.has_form()).collect();
    let caseworker = [
        Kind::TaskResult,
        Kind::Support,
        Kind::Contact,
        Kind::ReprisalCheck,
        Kind::AskAnswer,
        Kind::Comment,
        Kind::Request,
    ];
    for (role, kinds) in by_role {
        match role {
            Role::Lead | Role::Alternate | Role::Sponsor | Role::University => assert_eq!(kinds, all),
            Role::Caseworker => assert_eq!(kinds, caseworker.into_iter().collect()),
            Role::Facilitator | Role::Group | Role::DataProtection | Role::Administrator => {
                assert!(kinds.is_empty());
            }
        }
    }
    let when_closed = [
        Kind::TaskResult,
        Kind::SecondCheck,
        Kind::Contact,
        Kind::ReprisalCheck,
        Kind::AskAnswer,
        Kind::Shown,
        Kind::Comment,
        Kind::Request,
        Kind::RequestAnswer,
        Kind::StayAwayCheck,
        Kind::StayAwayReview,
        Kind::StayAwayAppeal,
        Kind::StayAwayRuling,
    ];
    for kind in Kind::ALL {
        assert!(may_enter(State::Received, Role::Lead, Part::InCharge, *kind).is_err());
        assert_eq!(
            may_enter(State::Closed, Role::Lead, Part::InCharge, *kind).is_ok(),
            when_closed.contains(kind),
            "{kind:?}"
        );
    }
}

#[test]
fn in_a_case_that_was_shared_with_them_the_university_enters_nothing_and_the_recipient_only_checks() {
    let beside = |role| {
        let kinds = Kind::ALL.iter().copied();
        kinds
            .filter(|kind| may_enter(State::Open, role, Part::Beside, *kind).is_ok())
            .collect::<Vec<_>>()
    };
    assert_eq!(beside(Role::University), []);
    assert_eq!(
        beside(Role::Sponsor),
        [Kind::SecondCheck, Kind::StayAwayCheck, Kind::StayAwayRuling]
    );
}

#[test]
fn work_on_the_person_who_was_targeted_is_warned_of() {
    let contact = Contact::default();
    let known = Known { contact: &contact };
    let owner = user(1).to_string();
    let ask = |bears| {
        let fields = [
            ("who_bears", bears),
            ("task_owner", owner.as_str()),
            ("asked_person", "agrees"),
        ];
        cautions(Kind::Task, &record(&fields), known)
    };
    assert_eq!(ask("affected"), [Caution::WorkOnTargeted]);
    for bears in ["team", "concern", "others"] {
        assert!(ask(bears).is_empty(), "{bears}");
    }
}

#[test]
fn an_unsafe_contact_is_warned_of_and_a_safe_one_is_not() {
    let planned = |with, way, time, word| {
        record(&[
            ("contact_state", "planned"),
            ("contact_with", with),
            ("contact_way", way),
            ("contact_time_safe", time),
            ("contact_word", word),
        ])
    };
    let warned = |contact: &Contact, record: &Record| -> Vec<Unsafe> {
        cautions(Kind::Contact, record, Known { contact })
            .into_iter()
            .filter_map(|caution| match caution {
                Caution::Contact(why) => Some(why),
                Caution::WorkOnTargeted | Caution::RaisedIt | Caution::Needs(_) => None,
            })
            .collect()
    };
    let phone = said(&[Channel::Phone]);
    assert!(warned(&phone, &planned("reporter", "phone", "yes", "none")).is_empty());
    assert_eq!(
        warned(&phone, &planned("reporter", "letter", "yes", "none")),
        [Unsafe::Way]
    );
    assert_eq!(
        warned(&phone, &planned("affected", "phone", "not_sure", "none")),
        [Unsafe::Time]
    );
    assert!(warned(&phone, &planned("concern", "letter", "no", "no")).is_empty());
    let word = Contact {
        safe_word: Some("Heron".to_owned()),
        ..said(&[Channel::Phone])
    };
    assert!(warned(&word, &planned("reporter", "phone", "yes", "yes")).is_empty());
    assert_eq!(
        warned(&word, &planned("reporter", "text", "no", "none")),
        [Unsafe::Way, Unsafe::Time, Unsafe::Word]
    );
    let never = Contact {
        do_not_contact: true,
        ..Contact::default()
    };
    assert_eq!(
        warned(&never, &planned("reporter", "phone", "yes", "none")),
        [Unsafe::NoContact]
    );
    assert!(warned(&never, &planned("reporter", "messages", "no", "no")).is_empty());
}

#[test]
fn every_caution_is_answered_by_a_field_of_its_form() {
    // All choices of all fields, one after the other, raise every caution there is.
    let contact = Contact {
        do_not_contact: true,
        safe_word: Some("Heron".to_owned()),
        ..Contact::default()
    };
    let mut raised = BTreeSet::new();
    for kind in Kind::ALL {
        let choices = |field: &Field| match field.kind {
            FieldKind::Choice(list) => list.to_vec(),
            _ => Vec::new(),
        };
        for number in 0..8 {
            let fields: Vec<_> = kind
                .fields()
                .iter()
                .filter_map(|field| Some((field.id, *choices(field).get(number).or(choices(field).last())?)))
                .collect();
            for caution in cautions(*kind, &record(&fields), Known { contact: &contact }) {
                raised.insert(caution.field());
                let field = kind
                    .fields()
                    .iter()
                    .find(|field| field.id == caution.field())
                    .unwrap();
                assert!(!field.required, "{} is asked for anyway", field.id);
            }
        }
    }
    assert!(raised.len() >= 14, "{raised:?}");
}

//! Decisions that somebody stays away from activities: who may say what, when one is in force, and what is due.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and does not find ends the test"
)]

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use proptest::prelude::*;
use safehold_core::{
    access::Part,
    case::{Record, RecordProblem, State},
    form::Contact,
    id::{EventId, UserId},
    record::{
        Caution, Entry, EntryRefusal, Filed, Kind, Known, Register, cautions, may_enter, role_may,
        university_says,
    },
    roster::{Member, Role, Roster},
    stay_away::{Decision, Stands, check_record, decisions},
};

fn id(number: usize) -> EventId {
    EventId::from_random([u8::try_from(number).unwrap(); 16])
}

fn user(number: u8) -> UserId {
    UserId::from_random([number; 16])
}

fn record(fields: &[(&str, &str)]) -> Record {
    let owned = |(field, value): &(&str, &str)| ((*field).to_owned(), (*value).to_owned());
    Record(fields.iter().map(owned).collect())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A decision until the end of March, to be looked at in January.
const DECISION: &[(&str, &str)] = &[
    ("stay_name", "Sam Carter"),
    ("stay_names", "Samuel Carter\nS. C. Lund; Sammy"),
    ("stay_until", "day"),
    ("stay_ends_on", "2027-03-31"),
    ("stay_review_on", "2027-01-15"),
    ("check_on", "2026-11-26"),
];
const CONFIRM: &[(&str, &str)] = &[("stay_check", "confirm")];
const BACK: &[(&str, &str)] = &[("stay_check", "back")];

#[derive(Default)]
struct Case(Vec<(Timestamp, UserId, Entry)>);

impl Case {
    /// Adds an entry at noon of the day with this number, by this user, without asking the rules.
    fn put(
        &mut self,
        by: u8,
        of: Kind,
        about: Option<usize>,
        corrects: Option<usize>,
        fields: &[(&str, &str)],
    ) -> usize {
        let number = self.0.len();
        let minutes = i64::try_from(number).unwrap() * 60;
        let start: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        let entry = Entry {
            of,
            about: about.map(id),
            corrects: corrects.map(id),
            record: record(fields),
        };
        self.0
            .push((start + jiff::SignedDuration::from_secs(minutes), user(by), entry));
        number
    }

    fn register(&self) -> Register<'_> {
        self.0
            .iter()
            .enumerate()
            .map(|(number, (at, by, entry))| Filed {
                id: id(number),
                at: *at,
                by: Some(*by),
                entry,
            })
            .collect()
    }

    fn may(
        &self,
        by: u8,
        of: Kind,
        about: Option<usize>,
        corrects: Option<usize>,
    ) -> Result<(), EntryRefusal> {
        self.register()
            .check(of, user(by), about.map(id), corrects.map(id))
    }

    fn only(&self, today: &str) -> Decision<'_> {
        decisions(&self.register(), day(today)).pop().unwrap()
    }

    fn stands(&self, today: &str) -> Stands {
        self.only(today).stands
    }

    fn due(&self) -> Vec<(String, EventId, Option<UserId>)> {
        let day_of = |filed: &Filed<'_>| filed.at.to_zoned(TimeZone::UTC).date();
        let dues = self.register().dues(&day_of);
        dues.iter()
            .map(|due| (due.on.to_string(), due.entry, due.owner))
            .collect()
    }
}

fn confirmed() -> (Case, usize) {
    let mut case = Case::default();
    let decision = case.put(1, Kind::StayAway, None, None, DECISION);
    case.put(2, Kind::StayAwayCheck, Some(decision), None, CONFIRM);
    (case, decision)
}

#[test]
fn a_decision_is_in_force_once_somebody_else_confirmed_it_and_until_its_last_day() {
    let mut case = Case::default();
    let decision = case.put(1, Kind::StayAway, None, None, DECISION);
    assert_eq!(case.stands("2026-11-24"), Stands::Waits);
    let alone = case.may(1, Kind::StayAwayCheck, Some(decision), None);
    assert_eq!(alone, Err(EntryRefusal::NeedsSecondPerson));
    case.may(2, Kind::StayAwayCheck, Some(decision), None).unwrap();
    case.put(2, Kind::StayAwayCheck, Some(decision), None, CONFIRM);
    assert_eq!(case.stands("2026-11-24"), Stands::InForce);
    assert_eq!(case.stands("2027-03-31"), Stands::InForce);
    assert_eq!(case.stands("2027-04-01"), Stands::Over);
    let only = case.only("2026-11-24");
    let names: Vec<_> = only.names().collect();
    assert_eq!(names, ["Sam Carter", "Samuel Carter", "S. C. Lund", "Sammy"]);
    // There is nothing left to confirm.
    let again = case.may(3, Kind::StayAwayCheck, Some(decision), None);
    assert_eq!(again, Err(EntryRefusal::NotNow));
}

#[test]
fn what_comes_back_with_questions_is_not_in_force() {
    let mut case = Case::default();
    let decision = case.put(1, Kind::StayAway, None, None, DECISION);
    case.put(2, Kind::StayAwayCheck, Some(decision), None, BACK);
    assert_eq!(case.stands("2026-11-24"), Stands::Back);
    case.put(1, Kind::StayAway, None, Some(decision), DECISION);
    assert_eq!(case.stands("2026-11-24"), Stands::Waits);
    case.put(2, Kind::StayAwayCheck, Some(decision), None, CONFIRM);
    assert_eq!(case.stands("2026-11-24"), Stands::InForce);
}

#[test]
fn a_correction_counts_only_once_a_second_person_saw_it() {
    let (mut case, decision) = confirmed();
    let longer: Vec<_> = DECISION
        .iter()
        .map(|(field, value)| {
            (
                *field,
                if *field == "stay_ends_on" {
                    "2029-01-01"
                } else {
                    value
                },
            )
        })
        .collect();
    case.put(3, Kind::StayAway, None, Some(decision), &longer);
    let only = case.only("2026-11-24");
    assert_eq!((only.stands, only.is_changed), (Stands::InForce, true));
    assert_eq!(only.ends_on, Some(day("2027-03-31")));
    // Neither of those who wrote it confirms it, whoever confirmed the words before.
    for who in [1, 3] {
        let alone = case.may(who, Kind::StayAwayCheck, Some(decision), None);
        assert_eq!(alone, Err(EntryRefusal::NeedsSecondPerson), "{who}");
    }
    case.put(2, Kind::StayAwayCheck, Some(decision), None, BACK);
    let only = case.only("2026-11-24");
    assert_eq!((only.stands, only.is_changed), (Stands::InForce, false));
    assert_eq!(only.ends_on, Some(day("2027-03-31")));
    case.put(3, Kind::StayAway, None, Some(decision), &longer);
    case.put(2, Kind::StayAwayCheck, Some(decision), None, CONFIRM);
    assert_eq!(case.only("2026-11-24").ends_on, Some(day("2029-01-01")));
}

#[test]
fn an_appeal_is_answered_by_somebody_who_had_no_part() {
    let (mut case, decision) = confirmed();
    let hearer = user(4).to_string();
    let fields = [("stay_answer_by", "2026-12-08"), ("stay_hears", hearer.as_str())];
    let appeal = case.put(1, Kind::StayAwayAppeal, Some(decision), None, &fields);
    assert!(
        case.due()
            .contains(&("2026-12-08".to_owned(), id(appeal), Some(user(4))))
    );
    for who in [1, 2] {
        let part = case.may(who, Kind::StayAwayRuling, Some(appeal), None);
        assert_eq!(part, Err(EntryRefusal::NeedsSecondPerson), "{who}");
    }
    case.may(3, Kind::StayAwayRuling, Some(appeal), None).unwrap();
    let ended = [("stay_ruling", "ended")];
    case.put(3, Kind::StayAwayRuling, Some(appeal), None, &ended);
    assert_eq!(case.stands("2026-11-25"), Stands::Ended);
    assert_eq!(case.due(), []);
    // What has ended is not begun again by the way.
    for kind in [Kind::StayAwayReview, Kind::StayAwayCheck, Kind::StayAwayAppeal] {
        assert_eq!(case.may(5, kind, Some(decision), None), Err(EntryRefusal::NotNow));
    }
    let rewritten = case.may(5, Kind::StayAway, None, Some(decision));
    assert_eq!(rewritten, Err(EntryRefusal::NotNow));
}

#[test]
fn a_ruling_may_change_how_long_it_is() {
    let (mut case, decision) = confirmed();
    let appeal = case.put(5, Kind::StayAwayAppeal, Some(decision), None, &[]);
    let changed = [
        ("stay_ruling", "changed"),
        ("stay_new_ends_on", "2026-12-31"),
        ("stay_new_review_on", "2026-12-10"),
    ];
    case.put(3, Kind::StayAwayRuling, Some(appeal), None, &changed);
    assert_eq!(case.stands("2026-12-31"), Stands::InForce);
    assert_eq!(case.stands("2027-01-01"), Stands::Over);
    assert_eq!(case.due(), [("2026-12-10".to_owned(), id(decision), None)]);
}

fn review(
    case: &Case,
    decision: usize,
    by: u8,
    fields: &[(&str, &str)],
) -> Result<Vec<&'static str>, EntryRefusal> {
    let place = (Some(id(decision)), None);
    let kind = (Kind::StayAwayReview, user(by));
    let roster = Roster::default();
    check_record(
        &case.register(),
        kind,
        place,
        &record(fields),
        &roster,
        day("2026-12-01"),
    )
    .map(|problems| problems.into_iter().map(|(field, _)| field).collect())
}

#[test]
fn nobody_makes_longer_alone_what_they_proposed() {
    let (mut case, decision) = confirmed();
    let said = |what: &'static str, ends_on: &'static str| {
        vec![
            ("stay_review", what),
            ("stay_new_ends_on", ends_on),
            ("stay_new_review_on", "2027-01-20"),
        ]
    };
    for (what, ends_on) in [
        ("goes_on", "2027-03-31"),
        ("longer", "2028-01-01"),
        ("shorter", "2028-01-01"),
        ("shorter", "2027-03-31"),
    ] {
        let alone = review(&case, decision, 1, &said(what, ends_on));
        assert_eq!(alone, Err(EntryRefusal::NeedsSecondPerson), "{what}");
        assert_eq!(
            review(&case, decision, 3, &said(what, ends_on)),
            Ok(vec![]),
            "{what}"
        );
    }
    for (what, ends_on) in [("shorter", "2027-02-01"), ("ended", "")] {
        assert_eq!(
            review(&case, decision, 1, &said(what, ends_on)),
            Ok(vec![]),
            "{what}"
        );
    }
    let passed = review(&case, decision, 3, &said("shorter", "2026-11-30"));
    assert_eq!(passed, Ok(vec!["stay_new_ends_on"]));
    case.put(
        3,
        Kind::StayAwayReview,
        Some(decision),
        None,
        &said("longer", "2028-01-01"),
    );
    assert_eq!(case.stands("2027-12-31"), Stands::InForce);
    assert_eq!(case.due(), [("2027-01-20".to_owned(), id(decision), None)]);
    // Whoever let it go on has a part in it from then on.
    let appeal = case.put(5, Kind::StayAwayAppeal, Some(decision), None, &[]);
    let part = case.may(3, Kind::StayAwayRuling, Some(appeal), None);
    assert_eq!(part, Err(EntryRefusal::NeedsSecondPerson));
}

#[test]
fn whoever_hears_an_appeal_is_neither_the_proposer_nor_the_second_person() {
    let member = |number: u8, name: &str| Member {
        id: user(number),
        role: Role::Lead,
        name: name.to_owned(),
        has_key: true,
        absences: Vec::new(),
    };
    let roster = Roster {
        members: vec![member(1, "Marisol Penhale"), member(2, "Tunde Ashgrove")],
    };
    let register = Register::default();
    let look = |fields: &[(&str, &str)]| {
        let kind = (Kind::StayAway, user(1));
        check_record(
            &register,
            kind,
            (None, None),
            &record(fields),
            &roster,
            day("2026-11-24"),
        )
        .unwrap()
    };
    let (one, two) = (user(1).to_string(), user(2).to_string());
    assert_eq!(
        look(&[("stay_hears", &one)]),
        [("stay_hears", RecordProblem::HadPart)]
    );
    assert_eq!(
        look(&[("stay_hears", &two), ("check_by", &two)]),
        [("stay_hears", RecordProblem::HadPart)]
    );
    assert_eq!(
        look(&[("stay_hears_name", "Marisol  penhale")]),
        [("stay_hears_name", RecordProblem::HadPart)]
    );
    assert_eq!(
        look(&[("stay_hears_name", "The trustees"), ("check_by", &two)]),
        []
    );
    assert_eq!(
        look(&[("stay_hears_name", "x"), ("stay_review_on", "2026-11-23")]),
        [("stay_review_on", RecordProblem::Passed)]
    );
    // Whoever is to hear it confirms nothing.
    let mut case = Case::default();
    let decision = case.put(1, Kind::StayAway, None, None, &[("stay_hears", &two)]);
    let heard = case.may(2, Kind::StayAwayCheck, Some(decision), None);
    assert_eq!(heard, Err(EntryRefusal::NeedsSecondPerson));
    let mut case = Case::default();
    let named = [("stay_hears_name", "Tunde Ashgrove, for the trustees")];
    let decision = case.put(1, Kind::StayAway, None, None, &named);
    let place = (Some(id(decision)), None);
    let kind = (Kind::StayAwayCheck, user(2));
    let by_name = check_record(
        &case.register(),
        kind,
        place,
        &record(CONFIRM),
        &roster,
        day("2026-11-24"),
    );
    assert_eq!(by_name, Err(EntryRefusal::NeedsSecondPerson));
}

#[test]
fn to_send_away_whoever_raised_it_needs_a_reason_and_not_asking_too() {
    let contact = Contact::default();
    let look =
        |fields: &[(&str, &str)]| cautions(Kind::StayAway, &record(fields), Known { contact: &contact });
    let asked = [("stay_hears_name", "x"), ("stay_raised", "no")];
    let usual = look(&asked);
    assert!(!usual.contains(&Caution::RaisedIt));
    for raised in ["yes", "not_sure"] {
        let found = look(&[("stay_raised", raised)]);
        assert!(found.contains(&Caution::RaisedIt), "{raised}");
        assert!(Caution::is_reason(Caution::RaisedIt.field()));
    }
    let needed = look(&[
        ("stay_group", "asked"),
        ("stay_manager", "asked"),
        ("stay_from", "some"),
        ("stay_until", "day"),
    ]);
    let fields: Vec<_> = needed.iter().map(|caution| caution.field()).collect();
    assert_eq!(
        fields,
        [
            "stay_group_on",
            "stay_manager_who",
            "stay_manager_on",
            "stay_which",
            "stay_ends_on",
            "stay_hears_name"
        ]
    );
}

#[test]
fn reviews_and_appeals_go_on_after_the_case_is_closed_and_new_decisions_do_not() {
    for (kind, goes_on) in [
        (Kind::StayAway, false),
        (Kind::StayAwayCheck, true),
        (Kind::StayAwayReview, true),
        (Kind::StayAwayAppeal, true),
        (Kind::StayAwayRuling, true),
    ] {
        let closed = may_enter(State::Closed, Role::Lead, Part::InCharge, kind);
        assert_eq!(closed.is_ok(), goes_on, "{}", kind.key());
        for role in [
            Role::Caseworker,
            Role::Facilitator,
            Role::Administrator,
            Role::DataProtection,
        ] {
            assert!(!role_may(role, kind), "{}", kind.key());
        }
        assert!(role_may(Role::Alternate, kind));
    }
}

#[test]
fn the_university_is_told_on_the_same_day_unless_there_is_nobody_of_it() {
    let mut case = Case::default();
    let entry = case.put(
        1,
        Kind::University,
        None,
        None,
        &[("university_who", "not_sure"), ("university_told", "not_yet")],
    );
    assert_eq!(case.due(), [("2026-11-24".to_owned(), id(entry), Some(user(1)))]);
    let says = |case: &Case| university_says(&case.register()).into_iter().collect::<Vec<_>>();
    assert_eq!(says(&case), ["university_employee", "university_student"]);
    let known = [("university_who", "employee"), ("university_told", "yes")];
    case.put(1, Kind::University, None, Some(entry), &known);
    assert_eq!((case.due(), says(&case)), (vec![], vec!["university_employee"]));
    let nobody = [("university_who", "nobody"), ("university_told", "not_yet")];
    case.put(1, Kind::University, None, Some(entry), &nobody);
    assert_eq!((case.due(), says(&case)), (vec![], vec![]));
}

#[test]
fn who_leads_with_a_partner_is_said_and_looked_at_again() {
    let contact = Contact::default();
    let known = Known { contact: &contact };
    let shared = record(&[("partner_lead", "not_agreed")]);
    let needed = cautions(Kind::Partners, &shared, known);
    assert_eq!(needed, [Caution::Needs("partner_lead_more")]);
    assert_eq!(
        cautions(Kind::Partners, &record(&[("partner_lead", "us")]), known),
        []
    );
    let mut case = Case::default();
    let entry = case.put(
        1,
        Kind::Partners,
        None,
        None,
        &[("partner_review_on", "2026-12-24")],
    );
    assert_eq!(case.due(), [("2026-12-24".to_owned(), id(entry), None)]);
}

const KINDS: [Kind; 5] = [
    Kind::StayAway,
    Kind::StayAwayCheck,
    Kind::StayAwayReview,
    Kind::StayAwayAppeal,
    Kind::StayAwayRuling,
];

proptest! {
    /// Whatever people try in whatever order: what counts was confirmed by somebody who wrote none of it, and while it
    /// is in force something is due, by which it is found.
    #[test]
    fn nothing_is_in_force_by_one_person_alone_and_what_is_is_found(
        steps in prop::collection::vec((1u8..4, 0usize..5, 0usize..4), 1..24)
    ) {
        let mut case = Case::default();
        let decision = case.put(1, Kind::StayAway, None, None, DECISION);
        let (mut writers, mut newest, mut counts) = (vec![1], decision, None);
        for (who, kind, what) in steps {
            let kind = KINDS[kind];
            let fields: Vec<(&str, &str)> = match kind {
                Kind::StayAway => DECISION.to_vec(),
                Kind::StayAwayCheck => if what == 0 { BACK.to_vec() } else { CONFIRM.to_vec() },
                Kind::StayAwayReview => vec![
                    ("stay_review", ["goes_on", "longer", "shorter", "ended"][what]),
                    ("stay_new_ends_on", "2027-05-01"),
                    ("stay_new_review_on", "2027-02-01"),
                ],
                Kind::StayAwayRuling => vec![("stay_ruling", ["stands", "changed", "ended", "stands"][what])],
                _ => vec![("stay_answer_by", "2026-12-08")],
            };
            let (about, corrects) = match kind {
                Kind::StayAway => (None, Some(decision)),
                Kind::StayAwayRuling => {
                    let open = case.only("2026-11-24").open_appeals.first().map(|appeal| appeal.root);
                    let number = open.and_then(|root| (0..case.0.len()).find(|number| id(*number) == root));
                    let Some(number) = number else { continue };
                    (Some(number), None)
                }
                _ => (Some(decision), None),
            };
            if case.may(who, kind, about, corrects).is_err() {
                continue;
            }
            let number = case.put(who, kind, about, corrects, &fields);
            if kind == Kind::StayAway {
                writers.push(who);
                newest = number;
            }
            if kind == Kind::StayAwayCheck && what != 0 {
                prop_assert!(!writers.contains(&who));
                counts = Some(id(newest));
            }
            let only = case.only("2026-11-24");
            prop_assert_eq!(only.is_open() || only.stands == Stands::Ended, counts.is_some());
            if only.is_open() {
                prop_assert_eq!(Some(only.counts.id), counts);
                prop_assert!(case.due().iter().any(|(_, entry, _)| *entry == id(decision)));
            }
        }
    }
}

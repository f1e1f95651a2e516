//! Which bodies the answers raise.

use safehold_core::{
    case::Level,
    duties::{Because, Book, DutyRules, Place, Suggested},
    form::{Answer, Answers, Chosen, ChosenMany, Form},
};

use crate::looked;

fn one(option: &str) -> Answer {
    Answer::Choice(Chosen {
        option: option.to_owned(),
        more: None,
    })
}

fn many(options: &[&str]) -> Answer {
    Answer::Choices(ChosenMany {
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        ..ChosenMany::default()
    })
}

/// A report of harm with these answers besides.
fn harm(more: &[(&str, Answer)]) -> Answers {
    let mut answers = Answers::default();
    answers.set("danger", one("no"));
    answers.set("kind", many(&["concern"]));
    answers.set("related", one("yes"));
    for (question, answer) in more {
        answers.set(question, answer.clone());
    }
    answers
}

fn raised<'r>(
    rules: &'r DutyRules,
    answers: &Answers,
    level: Option<Level>,
    book: &Book,
) -> Vec<Suggested<'r>> {
    rules.suggest(&Form::built_in().unwrap(), answers, level, book)
}

fn ids(raised: &[Suggested<'_>]) -> Vec<String> {
    raised.iter().map(|one| one.body.id.clone()).collect()
}

fn answer(question: &str, option: &str) -> Because {
    Because::Answer {
        question: question.to_owned(),
        options: vec![option.to_owned()],
    }
}

#[test]
fn an_ordinary_concern_raises_nobody() {
    let rules = DutyRules::built_in().unwrap();
    let none = raised(&rules, &harm(&[]), Some(Level::Medium), &Book::default());
    assert_eq!(ids(&none), [""; 0]);
}

#[test]
fn each_answer_raises_its_bodies_and_is_named() {
    let rules = DutyRules::built_in().unwrap();
    let england = Book::of(&[looked(Place::England, &[])]);
    let cases: [(&str, Answer, &[&str]); 6] = [
        ("danger", one("yes"), &["emergency"]),
        ("danger", one("not_sure"), &["emergency"]),
        ("under_18", one("not_sure"), &["children"]),
        ("safe_now", one("unsafe"), &["adults_england"]),
        (
            "categories",
            many(&["slavery"]),
            &["police", "adults_england", "slavery"],
        ),
        ("categories", many(&["stalking", "bullying"]), &["police"]),
    ];
    for (question, given, wanted) in cases {
        let answers = harm(&[(question, given.clone())]);
        let raised = raised(&rules, &answers, None, &england);
        assert_eq!(ids(&raised), wanted, "{question}");
        for one in &raised {
            let option = given.options()[0].clone();
            assert_eq!(one.because, [answer(question, &option)], "{}", one.body.id);
        }
    }
}

#[test]
fn what_a_lead_ticks_and_the_level_count_beside_the_report() {
    let rules = DutyRules::built_in().unwrap();
    let immediate = raised(&rules, &harm(&[]), Some(Level::Immediate), &Book::default());
    assert_eq!(ids(&immediate), ["emergency"]);
    assert_eq!(immediate[0].because, [Because::CaseLevel(Level::Immediate)]);

    let book = Book::of(&[looked(Place::England, &["data_breach", "crime"])]);
    let ticked = raised(&rules, &harm(&[]), None, &book);
    assert_eq!(ids(&ticked), ["police", "data_breach"]);
    assert_eq!(ticked[1].because, [Because::LeadSays("data_breach".to_owned())]);
    // What is not ticked any more raises nothing any more.
    let book = Book::of(&[looked(Place::England, &["crime"]), looked(Place::England, &[])]);
    assert_eq!(ids(&raised(&rules, &harm(&[]), None, &book)), [""; 0]);
}

#[test]
fn an_answer_that_is_not_asked_any_more_raises_nothing() {
    let rules = DutyRules::built_in().unwrap();
    let mut answers = harm(&[("hate", one("yes")), ("discrimination", one("yes"))]);
    assert_eq!(ids(&raised(&rules, &answers, None, &Book::default())), ["police"]);
    answers.set("discrimination", one("no"));
    assert_eq!(ids(&raised(&rules, &answers, None, &Book::default())), [""; 0]);
}

#[test]
fn where_the_person_is_decides_which_body_it_is() {
    let rules = DutyRules::built_in().unwrap();
    let answers = harm(&[("safe_now", one("unsafe"))]);
    let all = [
        "adults_england",
        "adults_wales",
        "adults_scotland",
        "adults_northern_ireland",
    ];
    let cases: [(Option<Place>, &[&str]); 7] = [
        (Some(Place::England), &all[0..1]),
        (Some(Place::Wales), &all[1..2]),
        (Some(Place::Scotland), &all[2..3]),
        (Some(Place::NorthernIreland), &all[3..4]),
        (Some(Place::Elsewhere), &[]),
        (Some(Place::NotSure), &all),
        (None, &all),
    ];
    for (place, wanted) in cases {
        let book = place.map_or_else(Book::default, |place| Book::of(&[looked(place, &[])]));
        let raised = raised(&rules, &answers, None, &book);
        assert_eq!(ids(&raised), wanted, "{place:?}");
        let unknown = matches!(place, None | Some(Place::NotSure));
        assert!(raised.iter().all(|one| one.place_missing == unknown), "{place:?}");
    }
}

#[test]
fn every_body_can_be_raised_and_every_tick_raises_something() {
    let rules = DutyRules::built_in().unwrap();
    let mut found = std::collections::BTreeSet::new();
    for says in &rules.says {
        for place in Place::ALL {
            let book = Book::of(&[looked(*place, &[says])]);
            let raised = raised(&rules, &harm(&[]), None, &book);
            if *place == Place::NotSure {
                assert!(!raised.is_empty(), "{says}");
            }
            found.extend(ids(&raised));
        }
    }
    let left: Vec<_> = rules
        .bodies
        .iter()
        .map(|body| body.id.clone())
        .filter(|id| !found.contains(id))
        .collect();
    assert_eq!(left, ["emergency"], "raised by danger only");
}

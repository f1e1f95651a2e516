//! What people send: bad input on one field never loses another.

use safehold_core::form::{
    Answer, Answers, FieldErrorKind, Form, Kept, Page, PageInput, PageKind, Question, QuestionKind,
};

use crate::given::{ALEX, answers, form, pairs, run_time};

fn read(form: &Form, page: &str, given: &[(&str, &str)]) -> PageInput {
    let answers = answers(form, &[("kind", "concern"), ("identity", "named")]);
    form.read_page(form.page(page).unwrap(), &answers, &pairs(given), &run_time())
}

/// `(question, option, field, kind)` of each error.
fn errors(input: &PageInput) -> Vec<(&str, Option<&str>, &str, FieldErrorKind)> {
    input
        .errors
        .iter()
        .map(|error| {
            (
                error.question.as_str(),
                error.option.as_deref(),
                error.field.as_str(),
                error.kind,
            )
        })
        .collect()
}

/// Good input for a question.
fn good(question: &Question) -> Vec<(String, String)> {
    let id = question.id.as_str();
    let pair = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    match &question.kind {
        QuestionKind::Choice(options) | QuestionKind::Choices(options) => {
            let own = options
                .list
                .iter()
                .find(|choice| choice.reveal.is_none())
                .or(options.list.first());
            pair(id, &own.unwrap().id)
        }
        QuestionKind::Text { .. } | QuestionKind::Long { .. } => pair(id, "Good words"),
        QuestionKind::When { .. } => pair(&format!("{id}-about"), "Last week"),
        QuestionKind::Rows { rows, options } => pair(&format!("{id}-{}", rows[0]), &options[0]),
        QuestionKind::Repeat(_) | QuestionKind::Files(_) => Vec::new(),
    }
}

/// Bad input for a question: each list must give an error on that question.
fn bad(question: &Question) -> Vec<Vec<(String, String)>> {
    let id = question.id.as_str();
    let one = |name: String, value: &str| vec![(name, value.to_owned())];
    match &question.kind {
        QuestionKind::Choice(_) => vec![one(id.to_owned(), "odd")],
        QuestionKind::Choices(options) => {
            let mut bad = vec![one(id.to_owned(), "odd")];
            if let Some(alone) = options.list.iter().find(|choice| choice.exclusive)
                && let Some(other) = options.list.iter().find(|choice| !choice.exclusive)
            {
                bad.push(vec![
                    (id.to_owned(), alone.id.clone()),
                    (id.to_owned(), other.id.clone()),
                ]);
            }
            bad
        }
        QuestionKind::Text { max_chars } | QuestionKind::Long { max_chars } => vec![
            one(id.to_owned(), &"é".repeat(max_chars + 3)),
            one(id.to_owned(), "a\u{0}b"),
            one(id.to_owned(), "a\u{fffd}b"),
            vec![
                (id.to_owned(), "Words".to_owned()),
                (format!("{id}-instead"), "odd".to_owned()),
            ],
        ],
        QuestionKind::When { .. } => vec![
            one(format!("{id}-day"), "3"),
            one(format!("{id}-month"), "May"),
            one(format!("{id}-year"), "24"),
            one(format!("{id}-about"), &"x".repeat(501)),
        ],
        QuestionKind::Rows { rows, .. } => vec![one(format!("{id}-{}", rows[0]), "odd")],
        QuestionKind::Repeat(_) | QuestionKind::Files(_) => Vec::new(),
    }
}

fn read_any(form: &Form, page: &Page, answers: &Answers, input: &[(String, String)]) -> PageInput {
    match page.item_of {
        Some(_) => form.read_item_page(page, answers, &Answers::default(), input, &run_time()),
        None => form.read_page(page, answers, input, &run_time()),
    }
}

#[test]
fn bad_input_on_any_question_keeps_every_other_answer() {
    let form = form();
    // These lead to every question that depends on another page.
    let before = answers(
        &form,
        &[
            ("kind", "concern+near_miss"),
            ("about_whom", "behalf_knows"),
            ("danger", "yes"),
            ("emergency_called", "yes"),
        ],
    );
    let mut tried = 0;
    for page in form.all_pages() {
        for question in &page.questions {
            for bad in bad(question) {
                let others = page.questions.iter().filter(|other| other.id != question.id);
                let mut input: Vec<_> = others.clone().flat_map(good).collect();
                input.extend(bad.clone());
                let read = read_any(&form, page, &before, &input);
                let at = format!("{} {} {bad:?}", page.id, question.id);
                assert!(
                    read.errors.iter().any(|error| error.question == question.id),
                    "{at}"
                );
                for other in others.filter(|other| other.group().is_none()) {
                    assert!(read.answers.get(&other.id).is_some(), "{at}: lost {}", other.id);
                }
                // What was typed is shown again, but for what is no text.
                for (name, value) in &bad {
                    let shown = value.replace(['\0', '\u{fffd}'], "");
                    assert!(read.kept.all(name).contains(&shown), "{at}: not kept");
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn a_question_with_an_error_keeps_the_answer_that_it_had() {
    let form = form();
    let page = form.page("how_often").unwrap();
    let mut given = answers(
        &form,
        &[
            ("kind", "concern"),
            ("how_often", "once"),
            ("how_often_more", "Before"),
        ],
    );
    let input = pairs(&[("how_often", "odd"), ("how_often_more", "After")]);
    given.put_page(page, &form.read_page(page, &given, &input, &run_time()));
    assert!(given.get("how_often").unwrap().has("once"));
    assert_eq!(given.get("how_often_more").unwrap().text(), Some("After"));
    // Left empty, an answer goes.
    given.put_page(page, &form.read_page(page, &given, &[], &run_time()));
    assert!(given.get("how_often").is_none() && given.get("how_often_more").is_none());
}

#[test]
fn required_questions_are_missed_only_when_they_are_asked() {
    let form = form();
    assert_eq!(
        errors(&read(&form, "danger", &[])),
        [("danger", None, "danger", FieldErrorKind::Missing)]
    );
    assert_eq!(
        errors(&read(&form, "your_name", &[("name", "  ")])),
        [("name", None, "name", FieldErrorKind::Missing)]
    );
    assert!(errors(&read(&form, "your_name", &[("name-instead", "rather_not_say")])).is_empty());
    // Whether it is required depends on an earlier page.
    let page = form.page("confidentiality").unwrap();
    for (whom, missing) in [("me", 0), ("role", 1)] {
        let given = answers(&form, &[("kind", "concern"), ("about_whom", whom)]);
        assert_eq!(
            form.read_page(page, &given, &[], &run_time()).errors.len(),
            missing,
            "{whom}"
        );
    }
    let page = form.page("ask").unwrap();
    for (kind, missing) in [("advice", 1), ("advice+concern", 0)] {
        let given = answers(&form, &[("kind", kind)]);
        assert_eq!(
            form.read_page(page, &given, &[], &run_time()).errors.len(),
            missing,
            "{kind}"
        );
    }
}

#[test]
fn a_question_that_is_not_asked_holds_nobody_up() {
    let form = form();
    let page = form.page("learning").unwrap();
    let given = answers(&form, &[("kind", "development")]);
    let long = "x".repeat(20_000);
    let read = form.read_page(
        page,
        &given,
        &pairs(&[("went_well", &long), ("should_change", "This")]),
        &run_time(),
    );
    assert!(read.errors.is_empty());
    assert_eq!(read.answers.get("should_change").unwrap().text(), Some("This"));
}

#[test]
fn words_are_made_uniform() {
    let form = form();
    let text = |page: &str, given: &[(&str, &str)], question: &str| {
        let read = read(&form, page, given);
        assert!(read.errors.is_empty(), "{:?}", read.errors);
        read.answers
            .get(question)
            .and_then(Answer::text)
            .map(str::to_owned)
    };
    let happened = |value: &str| text("what_happened", &[("what_happened", value)], "what_happened");
    assert_eq!(happened(" a\r\nb\rc\td \n").as_deref(), Some("a\nb\nc\td"));
    assert_eq!(happened("cafe\u{301}").as_deref(), Some("café"));
    assert_eq!(
        text("your_name", &[("name", "Sam\nLee")], "name").as_deref(),
        Some("Sam Lee")
    );
    // Length counts characters as people see them after that, not bytes.
    let long = "e\u{301}".repeat(200);
    assert_eq!(
        text("your_name", &[("name", &long)], "name").map(|name| name.chars().count()),
        Some(200)
    );
    let read = read(&form, "your_name", &[("name", &"é".repeat(203))]);
    assert_eq!(
        errors(&read),
        [("name", None, "name", FieldErrorKind::TooLong { max: 200, by: 3 })]
    );
    assert_eq!(read.kept.value("name").chars().count(), 203);
}

#[test]
fn one_may_write_a_little_and_rather_tell_the_rest() {
    let form = form();
    let read = read(
        &form,
        "what_happened",
        &[
            ("what_happened", "A little"),
            ("what_happened-instead", "rather_tell"),
        ],
    );
    let answer = read.answers.get("what_happened").unwrap();
    assert!(answer.text() == Some("A little") && answer.has("rather_tell") && !answer.has("in_a_file"));
}

#[test]
fn details_of_a_chosen_way_are_needed_and_others_are_asked_about() {
    let form = form();
    let read_contact = |given: &[(&str, &str)]| read(&form, "contact", given);
    assert_eq!(
        errors(&read_contact(&[
            ("contact", "phone"),
            ("contact", "email"),
            ("contact-phone", "01632 960000")
        ])),
        [("contact", Some("email"), "contact-email", FieldErrorKind::Missing)]
    );
    // Forgotten to choose, or taken back? Neither may be guessed.
    let input = read_contact(&[
        ("contact", "phone"),
        ("contact-phone", "01632 960000"),
        ("contact-email", "old@example.org"),
    ]);
    assert_eq!(
        errors(&input),
        [(
            "contact",
            Some("email"),
            "contact-email",
            FieldErrorKind::NotChosen
        )]
    );
    assert_eq!(input.kept.value("contact-email"), "old@example.org");
    let input = read_contact(&[
        ("contact", "phone"),
        ("contact-phone", "01632 960000"),
        ("contact-email", " "),
    ]);
    let answer = input.answers.get("contact").unwrap();
    assert_eq!(answer.more("phone"), Some("01632 960000"));
    assert_eq!(answer.more("email"), None);
    assert_eq!(
        errors(&read_contact(&[
            ("contact", "do_not_contact"),
            ("contact", "messages")
        ])),
        [("contact", None, "contact", FieldErrorKind::MixedExclusive)]
    );
}

#[test]
fn options_of_the_roster_are_known_only_at_run_time() {
    let form = form();
    let team = |given: &[(&str, &str)]| read(&form, "team_involved", given);
    assert_eq!(
        team(&[("team_involved", ALEX)])
            .answers
            .get("team_involved")
            .unwrap()
            .options(),
        [ALEX]
    );
    let gone = "00000000000040008000000000000000";
    let read = team(&[("team_involved", gone), ("team_involved", ALEX)]);
    assert_eq!(
        errors(&read),
        [(
            "team_involved",
            None,
            "team_involved",
            FieldErrorKind::UnknownOption
        )]
    );
    assert!(read.kept.has("team_involved", ALEX));
    assert_eq!(
        errors(&team(&[
            ("team_involved", ALEX),
            ("team_involved", "rather_not_say")
        ])),
        [(
            "team_involved",
            None,
            "team_involved",
            FieldErrorKind::MixedExclusive
        )]
    );
    assert!(
        team(&[("team_involved", "rather_not_say")])
            .answers
            .get("team_involved")
            .unwrap()
            .has("rather_not_say")
    );
}

#[test]
fn options_come_in_the_order_of_the_page_and_once() {
    let form = form();
    let read = read(
        &form,
        "kind",
        &[
            ("kind", "advice"),
            ("kind", "concern"),
            ("kind", "advice"),
            ("kind", ""),
        ],
    );
    assert_eq!(read.answers.get("kind").unwrap().options(), ["concern", "advice"]);
}

#[test]
fn a_time_may_be_words_a_date_or_both() {
    let form = form();
    let read_when = |given: &[(&str, &str)]| read(&form, "when", given);
    let Some(Answer::When(time)) = read_when(&[
        ("when_happened-about", "In spring"),
        ("when_happened-month", "March"),
        ("when_happened-year", "2024"),
        ("when_happened-until_year", "2025"),
    ])
    .answers
    .remove("when_happened") else {
        panic!("no time")
    };
    assert_eq!(time.about, "In spring");
    assert_eq!(time.from.unwrap().to_string(), "2024-03");
    assert_eq!(time.until.unwrap().to_string(), "2025");
    assert!(
        read_when(&[("when_happened-instead", "not_sure")])
            .answers
            .get("when_happened")
            .unwrap()
            .has("not_sure")
    );
    assert_eq!(
        errors(&read_when(&[
            ("when_happened-day", "31"),
            ("when_happened-month", "2"),
            ("when_happened-year", "2024")
        ])),
        [(
            "when_happened",
            None,
            "when_happened-day",
            FieldErrorKind::BadDate
        )]
    );
}

#[test]
fn fields_of_other_pages_are_not_kept() {
    let form = form();
    let read = read(
        &form,
        "danger",
        &[
            ("danger", "no"),
            ("csrf", "token"),
            ("name", "Sam"),
            ("danger-x", "y"),
        ],
    );
    assert_eq!(read.kept.value("csrf"), "");
    assert_eq!(read.kept.value("name"), "");
    assert_eq!(read.answers.len(), 1);
    assert_eq!(
        format!("{:?}", read.kept),
        "Kept(2 fields)",
        "no content in Debug"
    );
}

#[test]
fn a_page_opened_again_is_filled_and_sends_the_same() {
    let form = form();
    let before = answers(
        &form,
        &[
            ("kind", "concern"),
            ("danger", "yes"),
            ("emergency_called", "yes"),
        ],
    );
    for page in form
        .all_pages()
        .filter(|page| page.kind == PageKind::Questions && page.item_of.is_none())
    {
        let input: Vec<_> = page.questions.iter().flat_map(good).collect();
        let first = form.read_page(page, &before, &input, &run_time());
        let kept = Kept::from_answers(page, &first.answers);
        let again: Vec<_> = page
            .questions
            .iter()
            .flat_map(good)
            .map(|(name, _)| name)
            .flat_map(|name| {
                kept.all(&name)
                    .iter()
                    .map(move |value| (name.clone(), value.clone()))
            })
            .collect();
        assert!(
            form.read_page(page, &before, &again, &run_time()).answers == first.answers,
            "{}",
            page.id
        );
    }
}

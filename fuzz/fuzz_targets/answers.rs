//! What a browser sends for the pages of the form, in any order: kept as typed, told what is the matter, and
//! never a way into a state that the form doesn't know.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use safehold_core::form::{Answers, Form, RunTimeOption, RunTimeOptions};

static FORM: LazyLock<Form> = LazyLock::new(|| Form::built_in().unwrap());

static OPTIONS: LazyLock<RunTimeOptions> = LazyLock::new(|| {
    let option = |value: &str| RunTimeOption {
        value: value.to_owned(),
        label: value.to_owned(),
        hint: None,
    };
    RunTimeOptions {
        leads: vec![option("a"), option("b")],
        categories: vec![option("c"), option("d")],
    }
});

const SUFFIXES: [&str; 9] = [
    "",
    "-about",
    "-day",
    "-month",
    "-year",
    "-until_day",
    "-until_month",
    "-until_year",
    "-instead",
];

/// A page; then for each field: which question, which suffix or option, and what was typed, or one of the options.
type Sent = (u8, Vec<(u8, u8, Option<String>)>);

fn pick<T>(list: &[T], number: u8) -> Option<&T> {
    list.get(usize::from(number) % list.len().max(1))
}

fuzz_target!(|sent: Vec<Sent>| {
    let pages: Vec<_> = FORM.all_pages().collect();
    let mut answers = Answers::default();
    for (page, fields) in sent.iter().take(60) {
        let page = pick(&pages, *page).unwrap();
        let mut input = Vec::new();
        for (question, suffix, value) in fields {
            let Some(question) = pick(&page.questions, *question) else {
                continue;
            };
            let ids: Vec<String> = question
                .options()
                .map(|options| options.list.iter().map(|choice| choice.id.clone()).collect())
                .unwrap_or_default();
            let name = format!("{}{}", question.id, pick(&SUFFIXES, *suffix).unwrap());
            let value = value
                .clone()
                .or_else(|| pick(&ids, *suffix).cloned())
                .unwrap_or_default();
            input.push((name, value));
        }
        let read = FORM.read_page(page, &answers, &input, &OPTIONS);
        for error in &read.errors {
            assert!(page.question(&error.question).is_some());
        }
        answers.put_page(page, &read);
        FORM.prune(&mut answers);
        let once = answers.clone();
        FORM.prune(&mut answers);
        assert_eq!(once, answers, "what is left after pruning is asked");
        let _ = FORM.first_incomplete(&answers);
        let _ = FORM.asked(&answers);
    }
});

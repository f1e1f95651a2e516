//! Answers and input for these tests, written briefly.

use safehold_core::form::{
    Answer, Answers, Chosen, ChosenMany, Form, Instead, QuestionKind, RunTimeOption, RunTimeOptions, Words,
};

pub const ALEX: &str = "0123456789ab4def8123456789abcdef";
pub const BLAKE: &str = "fedcba9876544210b123456789abcdef";

pub fn form() -> Form {
    Form::built_in().unwrap()
}

pub fn run_time() -> RunTimeOptions {
    let option = |value: &str| RunTimeOption {
        value: value.to_owned(),
        label: value.to_owned(),
        hint: None,
    };
    RunTimeOptions {
        leads: vec![option(ALEX), option(BLAKE)],
        categories: vec![option("physical"), option("racism")],
    }
}

/// Answers by question; several options are joined by `+`.
pub fn answers(form: &Form, given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    add(form, &mut answers, given);
    answers
}

pub fn add(form: &Form, answers: &mut Answers, given: &[(&str, &str)]) {
    for (id, value) in given {
        let question = form.question(id).unwrap();
        let instead = Instead::from_id(value).filter(|instead| question.instead.contains(instead));
        let answer = match (&question.kind, instead) {
            (_, Some(instead)) => Answer::Instead(instead),
            (QuestionKind::Choice(_), _) => Answer::Choice(Chosen {
                option: (*value).to_owned(),
                more: None,
            }),
            (QuestionKind::Choices(_), _) => Answer::Choices(ChosenMany {
                options: value.split('+').map(str::to_owned).collect(),
                ..ChosenMany::default()
            }),
            (QuestionKind::Text { .. } | QuestionKind::Long { .. }, _) => Answer::Text(Words {
                text: (*value).to_owned(),
                also: None,
            }),
            _ => panic!("not for {id}"),
        };
        answers.set(id, answer);
    }
}

pub fn person(form: &Form, answers: &mut Answers, given: &[(&str, &str)]) {
    let item = self::answers(form, given);
    answers.set_item("people", usize::MAX, item);
}

pub fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The ids of the pages that these answers lead through.
pub fn pages(form: &Form, answers: &Answers) -> Vec<String> {
    form.visible_pages(answers)
        .iter()
        .map(|page| page.id.clone())
        .collect()
}

/// Answers every question that is required, until nothing is missing; gives their ids.
pub fn fill_required(form: &Form, answers: &mut Answers) -> Vec<String> {
    let mut filled = Vec::new();
    while let Some(missing) = form.first_incomplete(answers) {
        let id = missing.question.id.clone();
        let value = match id.as_str() {
            "danger" | "under_18" => "no",
            "kind" => "concern",
            "identity" => "named",
            "about_whom" => "me",
            "team_involved" | "services" => "none",
            "related" | "confidentiality" => "yes",
            _ => "Some words",
        };
        add(form, answers, &[(&id, value)]);
        filled.push(id);
    }
    filled
}

//! Answers in plain words: to check them before sending, and to read them again afterwards.

use safehold_app::report::FileNote;
use safehold_core::form::{Answer, Answers, Asked, Form, Instead, Question};

use super::{address, says::Says, times};
use crate::layout::Page;

/// A part of the form with what was said in it.
pub(crate) struct Part {
    /// Which, such as `sharing`.
    pub(crate) section: String,
    pub(crate) heading: String,
    pub(crate) rows: Vec<Row>,
    /// Questions without an answer: they take less room.
    pub(crate) left_out: Vec<Row>,
}

/// One question with its answer.
pub(crate) struct Row {
    pub(crate) question: String,
    pub(crate) lines: Vec<String>,
    /// Where to change it; empty where nothing can be changed any more.
    pub(crate) href: String,
}

/// All questions that are asked, part by part. With `links`, each has a way to its page.
pub(crate) fn parts(
    says: &Says,
    page: &Page,
    form: &Form,
    answers: &Answers,
    files: &[FileNote],
    links: bool,
) -> Vec<Part> {
    let mut parts: Vec<(&str, Part)> = Vec::new();
    for asked in form.asked(answers) {
        let mut row = Row {
            question: says.get(&asked.question.key()),
            lines: lines(says, page, form, answers, files, asked.question, asked.answer),
            href: if links {
                change_at(form, &asked)
            } else {
                String::new()
            },
        };
        let section = asked.page.section.as_str();
        if parts.last().is_none_or(|(last, _)| *last != section) {
            let part = Part {
                section: section.to_owned(),
                heading: says.get(&format!("section-{section}")),
                rows: Vec::new(),
                left_out: Vec::new(),
            };
            parts.push((section, part));
        }
        let Some((_, part)) = parts.last_mut() else {
            continue;
        };
        if row.lines.is_empty() && asked.required && links {
            row.lines.push(page.t("report-still-needed"));
        }
        if row.lines.is_empty() {
            part.left_out.push(row);
        } else {
            part.rows.push(row);
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

fn change_at(form: &Form, asked: &Asked<'_>) -> String {
    format!("{}?c=", address::of(form, asked.page))
}

fn lines(
    says: &Says,
    page: &Page,
    form: &Form,
    answers: &Answers,
    files: &[FileNote],
    question: &Question,
    answer: Option<&Answer>,
) -> Vec<String> {
    if matches!(question.kind, safehold_core::form::QuestionKind::Files(_)) {
        return file_lines(says, page, form, answers, files, question);
    }
    let Some(answer) = answer else { return Vec::new() };
    let mut lines = Vec::new();
    match answer {
        Answer::Items(items) => {
            for (place, item) in items.iter().enumerate() {
                lines.push(page.with(&format!("{}.item", question.key()), "number", place + 1));
                lines.extend(item_lines(says, page, form, answers, question, item));
            }
        }
        simple => lines.extend(simple_lines(says, page, question, simple)),
    }
    lines
}

fn file_lines(
    says: &Says,
    page: &Page,
    form: &Form,
    answers: &Answers,
    files: &[FileNote],
    question: &Question,
) -> Vec<String> {
    let items = answers.items(&question.id);
    let mut lines = Vec::new();
    for (place, file) in files.iter().enumerate() {
        lines.push(file.name.clone());
        if let Some(item) = items.get(place) {
            lines.extend(item_lines(says, page, form, answers, question, item));
        }
    }
    lines
}

/// What was said about one item, a line for each question that has an answer.
pub(crate) fn item_lines(
    says: &Says,
    page: &Page,
    form: &Form,
    answers: &Answers,
    question: &Question,
    item: &Answers,
) -> Vec<String> {
    let mut lines = Vec::new();
    for asked in form.asked_in_item(answers, &question.id, item) {
        let Some(answer) = asked.answer else { continue };
        let said = simple_lines(says, page, asked.question, answer).join(" ");
        if !said.is_empty() {
            lines.push(page.format(
                "report-item-line",
                &[("question", says.get(&asked.question.key())), ("answer", said)],
            ));
        }
    }
    lines
}

fn simple_lines(says: &Says, page: &Page, question: &Question, answer: &Answer) -> Vec<String> {
    let also = |also: Option<Instead>| also.map(|also| says.instead(question, also));
    let with_more = |option: &str, more: Option<&str>| {
        let label = says.option(question, option);
        match more {
            Some(more) => page.format(
                "report-option-more",
                &[("option", label), ("more", more.to_owned())],
            ),
            None => label,
        }
    };
    match answer {
        Answer::Choice(chosen) => vec![with_more(&chosen.option, chosen.more.as_deref())],
        Answer::Choices(chosen) => chosen
            .options
            .iter()
            .map(|option| with_more(option, chosen.more.get(option).map(String::as_str)))
            .collect(),
        Answer::Text(words) => words
            .text
            .lines()
            .map(str::to_owned)
            .chain(also(words.also))
            .collect(),
        Answer::When(time) => times::told(page, time)
            .into_iter()
            .chain(also(time.also))
            .collect(),
        Answer::Rows(rows) => rows
            .iter()
            .map(|(row, option)| {
                page.format(
                    "report-item-line",
                    &[
                        ("question", says.option(question, row)),
                        ("answer", says.option(question, option)),
                    ],
                )
            })
            .collect(),
        Answer::Instead(instead) => vec![says.instead(question, *instead)],
        Answer::Items(_) => Vec::new(),
    }
}

//! What a report says, with its questions as they were asked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use safehold_app::AskedForm;
use safehold_core::{
    form::{Answer, Answers, Form, Instead, OptionsFrom, Question, RoughDate, Time},
    id::UserId,
};

use crate::layout::Page;

/// One line of an answer.
pub(super) struct Line {
    /// What was chosen or written.
    pub(super) text: String,
    /// Whether they are the person's own words.
    pub(super) own: bool,
}

/// A question with what was said.
pub(super) struct Said {
    /// The question as it was asked.
    pub(super) question: String,
    /// The answer.
    pub(super) lines: Vec<Line>,
}

/// A part of the report: its name, and what was said.
pub(super) struct Part {
    /// The name.
    pub(super) name: String,
    /// What was said; never empty.
    pub(super) said: Vec<Said>,
}

/// Reads a report aloud.
pub(super) struct Reading<'a> {
    page: &'a Page,
    form: &'a Form,
    answers: &'a Answers,
    /// The words of the questions, where the form is not the one of today.
    words: Option<&'a BTreeMap<String, String>>,
    names: &'a BTreeMap<UserId, String>,
}

fn chosen(text: String) -> Line {
    Line { text, own: false }
}

fn own(text: &str) -> Line {
    Line {
        text: text.to_owned(),
        own: true,
    }
}

impl<'a> Reading<'a> {
    /// Reads these answers. `now` is the form of today, whose words may be in another language by now.
    pub(super) fn new(
        page: &'a Page,
        asked: &'a AskedForm,
        now: &AskedForm,
        answers: &'a Answers,
        names: &'a BTreeMap<UserId, String>,
    ) -> Self {
        Self {
            page,
            form: &asked.form,
            answers,
            words: (asked.digest != now.digest).then_some(&*asked.words),
            names,
        }
    }

    fn word(&self, key: &str) -> String {
        self.words
            .and_then(|words| words.get(key).cloned())
            .unwrap_or_else(|| self.page.t(key))
    }

    /// The options that were chosen for a question.
    pub(super) fn chosen(&self, question: &str) -> Vec<String> {
        self.form
            .asked(self.answers)
            .iter()
            .find(|asked| asked.question.id == question)
            .and_then(|asked| asked.answer)
            .map(|answer| answer.options().to_vec())
            .unwrap_or_default()
    }

    /// What was said to these questions, in this order, of those that were asked and answered.
    pub(super) fn said(&self, questions: &[&str]) -> Vec<Said> {
        let asked = self.form.asked(self.answers);
        questions
            .iter()
            .filter_map(|id| asked.iter().find(|asked| asked.question.id == *id))
            .filter_map(|asked| Some(self.say(asked.question, asked.answer?)))
            .collect()
    }

    /// The items of a repeat, each with what was said of it.
    pub(super) fn items(&self, repeat: &str) -> Vec<Part> {
        let items = self.answers.items(repeat).iter().enumerate();
        items
            .map(|(index, item)| Part {
                name: self.page.format(
                    "desk-item",
                    &[
                        ("number", (index + 1).to_string()),
                        ("name", self.word(&format!("q-{repeat}.item"))),
                    ],
                ),
                said: self
                    .form
                    .asked_in_item(self.answers, repeat, item)
                    .into_iter()
                    .filter_map(|asked| Some(self.say(asked.question, asked.answer?)))
                    .collect(),
            })
            .filter(|part| !part.said.is_empty())
            .collect()
    }

    /// Everything else, by section.
    pub(super) fn rest(&self, without: &[&str]) -> Vec<Part> {
        let mut parts: Vec<(String, Part)> = Vec::new();
        for asked in self.form.asked(self.answers) {
            let (question, Some(answer)) = (asked.question, asked.answer) else {
                continue;
            };
            if without.contains(&question.id.as_str()) {
                continue;
            }
            let section = &asked.page.section;
            let mut said = vec![self.say(question, answer)];
            if question.group().is_some() {
                said = self.flat(&question.id);
            }
            match parts.last_mut().filter(|(last, _)| last == section) {
                Some((_, part)) => part.said.extend(said),
                None => parts.push((
                    section.clone(),
                    Part {
                        name: self.word(&format!("section-{section}")),
                        said,
                    },
                )),
            }
        }
        parts.retain(|(_, part)| !part.said.is_empty());
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// The items of a repeat within a longer list.
    fn flat(&self, repeat: &str) -> Vec<Said> {
        self.items(repeat)
            .into_iter()
            .flat_map(|part| {
                part.said.into_iter().map(move |said| Said {
                    question: format!("{}: {}", part.name, said.question),
                    lines: said.lines,
                })
            })
            .collect()
    }

    fn say(&self, question: &Question, answer: &Answer) -> Said {
        Said {
            question: self.word(&question.key()),
            lines: self.lines(question, answer),
        }
    }

    fn lines(&self, question: &Question, answer: &Answer) -> Vec<Line> {
        match answer {
            Answer::Choice(_) | Answer::Choices(_) => answer
                .options()
                .iter()
                .flat_map(|option| {
                    let label = chosen(self.option(question, option));
                    std::iter::once(label).chain(answer.more(option).map(own))
                })
                .collect(),
            Answer::Text(words) => std::iter::once(own(&words.text))
                .chain(words.also.map(|also| self.instead(question, also)))
                .collect(),
            Answer::When(time) => self.time(question, time),
            Answer::Rows(rows) => rows
                .iter()
                .map(|(row, option)| {
                    chosen(self.page.format(
                        "desk-row",
                        &[
                            ("row", self.word(&question.option_key(row))),
                            ("answer", self.word(&question.option_key(option))),
                        ],
                    ))
                })
                .collect(),
            Answer::Instead(instead) => vec![self.instead(question, *instead)],
            Answer::Items(_) => Vec::new(),
        }
    }

    fn instead(&self, question: &Question, instead: Instead) -> Line {
        chosen(self.word(&question.option_key(instead.id())))
    }

    fn option(&self, question: &Question, option: &str) -> String {
        let from = question
            .options()
            .map_or(OptionsFrom::Form, |options| options.from);
        let in_form = question
            .options()
            .is_some_and(|options| options.list.iter().any(|choice| choice.id == option));
        match from {
            OptionsFrom::Leads if !in_form => option
                .parse()
                .ok()
                .and_then(|id: UserId| self.names.get(&id).cloned())
                .unwrap_or_else(|| self.page.t("desk-somebody-gone")),
            OptionsFrom::Categories if !in_form => self.page.t(&format!("category-{option}")),
            OptionsFrom::Form | OptionsFrom::Leads | OptionsFrom::Categories => {
                self.word(&question.option_key(option))
            }
        }
    }

    fn time(&self, question: &Question, time: &Time) -> Vec<Line> {
        let mut lines = Vec::new();
        if !time.about.is_empty() {
            lines.push(own(&time.about));
        }
        match (time.from, time.until) {
            (Some(from), Some(until)) => lines.push(chosen(self.page.format(
                "desk-from-until",
                &[("from", self.rough(from)), ("until", self.rough(until))],
            ))),
            (Some(date), None) | (None, Some(date)) => lines.push(chosen(self.rough(date))),
            (None, None) => {}
        }
        lines.extend(time.also.map(|also| self.instead(question, also)));
        lines
    }

    fn rough(&self, date: RoughDate) -> String {
        let Some(month) = date.month() else {
            return date.year().to_string();
        };
        match date.day().and_then(|day| Date::new(date.year(), month, day).ok()) {
            Some(day) => self.page.date(day),
            None => format!(
                "{} {}",
                self.page.t(&format!("common-month-{month}")),
                date.year()
            ),
        }
    }
}

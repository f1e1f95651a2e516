//! What a person typed on one page, kept as it was so that the page can be shown again.

use std::{collections::BTreeMap, fmt};

use super::{
    answers::{Answer, Answers, Words},
    date::RoughDate,
    model::Page,
};

/// The raw values of a page's fields, by field name. `Debug` shows no content.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Kept(BTreeMap<String, Vec<String>>);

/// More values than any field has options are noise.
const MOST_VALUES: usize = 200;

impl Kept {
    /// The fields of this page that hold its stored answers: how a page is filled when it is
    /// opened again.
    pub fn from_answers(page: &Page, answers: &Answers) -> Self {
        let mut kept = Self::default();
        for question in &page.questions {
            if let Some(answer) = answers.get(&question.id) {
                kept.fill(&question.id, question.options().is_some(), answer);
            }
        }
        kept
    }

    fn fill(&mut self, id: &str, choice: bool, answer: &Answer) {
        match answer {
            Answer::Choice(chosen) => {
                self.add(id, &chosen.option);
                if let Some(more) = &chosen.more {
                    self.add(&field(id, &chosen.option), more);
                }
            }
            Answer::Choices(chosen) => {
                for option in &chosen.options {
                    self.add(id, option);
                }
                for (option, more) in &chosen.more {
                    self.add(&field(id, option), more);
                }
            }
            Answer::Text(Words { text, also }) => {
                self.add(id, text);
                if let Some(also) = also {
                    self.add(&field(id, "instead"), also.id());
                }
            }
            Answer::When(time) => {
                self.add(&field(id, "about"), &time.about);
                self.add_date(id, "", time.from);
                self.add_date(id, "until_", time.until);
                if let Some(also) = time.also {
                    self.add(&field(id, "instead"), also.id());
                }
            }
            Answer::Rows(rows) => {
                for (row, option) in rows {
                    self.add(&field(id, row), option);
                }
            }
            Answer::Instead(instead) if choice => self.add(id, instead.id()),
            Answer::Instead(instead) => self.add(&field(id, "instead"), instead.id()),
            Answer::Items(_) => {}
        }
    }

    fn add_date(&mut self, id: &str, part: &str, date: Option<RoughDate>) {
        let Some(date) = date else { return };
        if let Some(day) = date.day() {
            self.add(&field(id, &format!("{part}day")), &day.to_string());
        }
        if let Some(month) = date.month() {
            self.add(&field(id, &format!("{part}month")), &month.to_string());
        }
        self.add(&field(id, &format!("{part}year")), &date.year().to_string());
    }

    /// The values that belong to this page, cleaned of what no text field can show.
    pub(crate) fn from_input(page: &Page, input: &[(String, String)]) -> Self {
        let mut kept = Self::default();
        for (name, value) in input {
            let question = name
                .split_once('-')
                .map_or(name.as_str(), |(question, _)| question);
            if page.question(question).is_some() {
                kept.add(name, value);
            }
        }
        kept
    }

    fn add(&mut self, field: &str, value: &str) {
        let values = self.0.entry(field.to_owned()).or_default();
        if values.len() < MOST_VALUES {
            values.push(value.to_owned());
        }
    }

    pub(crate) fn change_all(&mut self, change: impl Fn(&str) -> String) {
        for value in self.0.values_mut().flatten() {
            *value = change(value);
        }
    }

    /// The first value of a field, or nothing.
    pub fn value(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// All values of a field.
    pub fn all(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// Whether a field has this value: for checked options.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.all(field).iter().any(|kept| kept == value)
    }
}

/// The name of a field that belongs to a part of a question: `contact-phone`.
pub(crate) fn field(question: &str, part: &str) -> String {
    format!("{question}-{part}")
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kept({} fields)", self.0.len())
    }
}

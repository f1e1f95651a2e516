//! What an action must record, as data: so the desk shows one kind of form, and one check reads it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::UserId;

/// The kind of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// Paragraphs.
    Long,
    /// A day.
    Date,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Each must be ticked, as a check that was made.
    AllOf(&'static [&'static str]),
    /// Somebody who can read the case, by their id.
    Reader,
    /// Any number of the categories of harm, by their keys.
    Categories,
}

/// One field of an action's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The stable name, part of the message id `desk-field-<id>`.
    pub id: &'static str,
    /// What may be put in.
    pub kind: FieldKind,
    /// Whether the action cannot be taken without it.
    pub required: bool,
}

impl Field {
    /// Paragraphs that must be there.
    pub const fn long(id: &'static str) -> Self {
        Self::new(id, FieldKind::Long, true)
    }

    /// A line that must be there.
    pub const fn text(id: &'static str) -> Self {
        Self::new(id, FieldKind::Text, true)
    }

    /// A day that must be there.
    pub const fn date(id: &'static str) -> Self {
        Self::new(id, FieldKind::Date, true)
    }

    /// One of these, which must be chosen.
    pub const fn choice(id: &'static str, choices: &'static [&'static str]) -> Self {
        Self::new(id, FieldKind::Choice(choices), true)
    }

    /// The same, which may be left out.
    #[must_use]
    pub const fn or_nothing(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    /// A field.
    pub const fn new(id: &'static str, kind: FieldKind, required: bool) -> Self {
        Self { id, kind, required }
    }
}

/// The most characters that one field takes.
pub const MOST_CHARACTERS: usize = 20_000;

/// The most categories that one field takes.
const MOST_CATEGORIES: usize = 100;

/// What was recorded, by field. It holds what people wrote, so it never prints.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record(pub BTreeMap<String, String>);

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Record({} fields)", self.0.len())
    }
}

/// Why a field was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordProblem {
    /// Nothing was put in.
    Missing,
    /// Longer than [`MOST_CHARACTERS`].
    TooLong,
    /// Not one of the choices.
    UnknownChoice,
    /// Not a day.
    NotADate,
    /// A check is not ticked.
    NotAllTicked,
    /// This person had a part in what they would look at.
    HadPart,
    /// The day has passed.
    Passed,
}

/// The fields that were not taken, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} fields need another look", .0.len())]
pub struct RecordError(pub Vec<(&'static str, RecordProblem)>);

impl Record {
    /// Reads the fields of a form that was sent. Values of `AllOf` come once per tick.
    ///
    /// # Errors
    /// Every field that needs another look, at once.
    pub fn read(fields: &[Field], input: &[(String, String)]) -> Result<Self, RecordError> {
        let (record, problems) = Self::read_some(fields, input);
        if problems.is_empty() {
            Ok(record)
        } else {
            Err(RecordError(problems))
        }
    }

    /// Reads what can be read, and names the fields that need another look: for checks that must not wait until
    /// every field is right.
    pub fn read_some(
        fields: &[Field],
        input: &[(String, String)],
    ) -> (Self, Vec<(&'static str, RecordProblem)>) {
        let mut record = BTreeMap::new();
        let mut problems = Vec::new();
        for field in fields {
            let values: Vec<&str> = input
                .iter()
                .filter(|(id, _)| id == field.id)
                .map(|(_, value)| value.trim())
                .collect();
            match read_field(field, &values) {
                Ok(Some(value)) => {
                    record.insert(field.id.to_owned(), value);
                }
                Ok(None) => {}
                Err(problem) => problems.push((field.id, problem)),
            }
        }
        (Self(record), problems)
    }

    /// What was recorded for this field.
    pub fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

fn read_field(field: &Field, values: &[&str]) -> Result<Option<String>, RecordProblem> {
    if let FieldKind::AllOf(checks) = field.kind {
        return if checks.iter().all(|check| values.contains(check)) {
            Ok(Some(checks.join(" ")))
        } else {
            Err(RecordProblem::NotAllTicked)
        };
    }
    if field.kind == FieldKind::Categories {
        return categories(field, values);
    }
    let value = values.first().copied().unwrap_or_default();
    if value.is_empty() {
        return if field.required {
            Err(RecordProblem::Missing)
        } else {
            Ok(None)
        };
    }
    if value.chars().count() > MOST_CHARACTERS {
        return Err(RecordProblem::TooLong);
    }
    match field.kind {
        FieldKind::Choice(choices) if !choices.contains(&value) => Err(RecordProblem::UnknownChoice),
        FieldKind::Date if value.parse::<Date>().is_err() => Err(RecordProblem::NotADate),
        FieldKind::Reader if value.parse::<UserId>().is_err() => Err(RecordProblem::UnknownChoice),
        FieldKind::Text
        | FieldKind::Long
        | FieldKind::Choice(_)
        | FieldKind::Date
        | FieldKind::AllOf(_)
        | FieldKind::Categories
        | FieldKind::Reader => Ok(Some(value.replace("\r\n", "\n"))),
    }
}

/// Keys of categories, with spaces between. The list is data, so a key need only look like one.
fn categories(field: &Field, values: &[&str]) -> Result<Option<String>, RecordProblem> {
    let is_key = |value: &&str| {
        value
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let chosen: Vec<&str> = values.iter().copied().filter(|value| !value.is_empty()).collect();
    if !chosen.iter().all(is_key) || chosen.len() > MOST_CATEGORIES {
        return Err(RecordProblem::UnknownChoice);
    }
    match (chosen.is_empty(), field.required) {
        (true, true) => Err(RecordProblem::Missing),
        (true, false) => Ok(None),
        (false, _) => Ok(Some(chosen.join(" "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field {
            id: "why",
            kind: FieldKind::Long,
            required: true,
        },
        Field {
            id: "on",
            kind: FieldKind::Date,
            required: false,
        },
        Field {
            id: "level",
            kind: FieldKind::Choice(&["high", "low"]),
            required: true,
        },
        Field {
            id: "checks",
            kind: FieldKind::AllOf(&["danger", "child"]),
            required: true,
        },
    ];

    fn input(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(id, value)| ((*id).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn every_problem_is_named_at_once() {
        let read = Record::read(
            FIELDS,
            &input(&[("why", " "), ("on", "soon"), ("level", "x"), ("checks", "danger")]),
        );
        assert_eq!(
            read,
            Err(RecordError(vec![
                ("why", RecordProblem::Missing),
                ("on", RecordProblem::NotADate),
                ("level", RecordProblem::UnknownChoice),
                ("checks", RecordProblem::NotAllTicked),
            ]))
        );
    }

    #[test]
    fn a_whole_record_is_read_and_unknown_fields_are_left_out() {
        let pairs = input(&[
            ("why", "It is so.\r\nYes."),
            ("level", "low"),
            ("checks", "child"),
            ("checks", "danger"),
            ("other", "x"),
        ]);
        let record = Record::read(FIELDS, &pairs).unwrap();
        assert_eq!(record.get("why"), Some("It is so.\nYes."));
        assert_eq!(record.get("checks"), Some("danger child"));
        assert_eq!(record.get("other"), None);
    }

    #[test]
    fn a_record_does_not_print_what_people_wrote() {
        let record = Record::read(
            FIELDS,
            &input(&[
                ("why", "secret"),
                ("level", "low"),
                ("checks", "child"),
                ("checks", "danger"),
            ]),
        );
        assert_eq!(format!("{:?}", record.unwrap()), "Record(3 fields)");
    }
}

//! Conditions: when a page or question is shown.

use super::{
    answers::{Answer, Live},
    source::{Fault, Placed, Source, Value},
};

/// When something is shown or required, as said of earlier answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// In every case.
    Always,
    /// The question was answered with at least one of these options.
    Is {
        /// The question.
        question: String,
        /// The options.
        options: Vec<String>,
    },
    /// The repeat has at least this many items.
    AtLeast {
        /// The question.
        question: String,
        /// How many.
        count: usize,
    },
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

impl Condition {
    pub(crate) fn holds(&self, live: &Live<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::Is { question, options } => live
                .get(question)
                .is_some_and(|answer| options.iter().any(|option| answer.has(option))),
            Self::AtLeast { question, count } => {
                matches!(live.get(question), Some(Answer::Items(items)) if items.len() >= *count)
            }
            Self::All(list) => list.iter().all(|condition| condition.holds(live)),
            Self::Any(list) => list.iter().any(|condition| condition.holds(live)),
            Self::Not(inner) => !inner.holds(live),
        }
    }

    /// Both this and the other.
    pub(crate) fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Always, other) => other.clone(),
            (this, Self::Always) => this,
            (this, other) => Self::All(vec![other.clone(), this]),
        }
    }
}

/// A condition as written, with the places of its parts.
#[derive(Debug, Clone)]
pub(crate) enum Written {
    Is {
        question: Placed<String>,
        options: Vec<Placed<String>>,
    },
    AtLeast {
        question: Placed<String>,
        count: u32,
    },
    Rule(Placed<String>),
    All(Vec<Written>),
    Any(Vec<Written>),
    Not(Box<Written>),
}

/// Words that have a meaning in a condition and so cannot be ids.
pub(crate) const RESERVED: [&str; 4] = ["all", "any", "not", "at_least"];

/// Reads `"rule"`, `{ question = ["option"] }`, `{ people = { at_least = 2 } }`, and
/// `all`, `any`, `not` of these. Several fields in one table must all hold.
pub(crate) fn read(source: &Source<'_>, value: &Value<'_>) -> Option<Written> {
    if value.is_string() {
        return value.string().map(Written::Rule);
    }
    let mut parts = Vec::new();
    for (key, value) in value.table()?.entries() {
        let part = match key.value.as_str() {
            "not" => read(source, &value).map(|inner| Written::Not(Box::new(inner))),
            "all" => Some(Written::All(read_list(source, &value))),
            "any" => Some(Written::Any(read_list(source, &value))),
            _ if value.is_table() => {
                let table = value.table()?;
                table.allow(&["at_least"]);
                let count = table.number("at_least");
                if count.is_none() && table.value("at_least").is_none() {
                    table.report(Fault::MissingField("at_least"));
                }
                count.map(|count| Written::AtLeast { question: key, count })
            }
            _ => Some(Written::Is {
                question: key,
                options: value.strings(),
            }),
        };
        parts.extend(part);
    }
    if parts.len() == 1 {
        parts.pop()
    } else {
        Some(Written::All(parts))
    }
}

fn read_list(source: &Source<'_>, value: &Value<'_>) -> Vec<Written> {
    value
        .list("a list of conditions")
        .iter()
        .filter_map(|value| read(source, value))
        .collect()
}

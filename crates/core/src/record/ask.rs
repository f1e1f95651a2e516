//! Asking the person before a step (R4.1d): they are asked and not told, where that is safe.

use super::Kind;
use crate::case::{Field, Record};

/// The answers that are offered.
pub const ANSWERS: &[&str] = &["yes", "no", "not_yet", "rather_not"];

/// What a question may be asked for, besides for nothing that is in the record yet.
pub(super) const FOR: &[Kind] = &[
    Kind::Task,
    Kind::Decision,
    Kind::Support,
    Kind::Contact,
    Kind::Outcome,
    Kind::Conversation,
];

/// A question before a step, or why it is not safe to ask.
pub(super) const FIELDS: &[Field] = &[
    Field::choice("ask_step", &["share", "meeting", "speak", "close", "other"]),
    Field::choice("ask_safe", &["yes", "not_safe"]),
    Field::long("ask_words").or_nothing(),
    Field::date("ask_by").or_nothing(),
    Field::long("ask_why_not").or_nothing(),
];

/// What the person said to it.
pub(super) const ANSWER_FIELDS: &[Field] = &[
    Field::choice("answer_says", ANSWERS),
    Field::long("answer_words").or_nothing(),
];

/// The fields that are needed because of whether they are asked.
pub(super) fn needs(record: &Record) -> &'static [&'static str] {
    match record.get("ask_safe") {
        Some("yes") => &["ask_words", "ask_by"],
        Some(_) => &["ask_why_not"],
        None => &[],
    }
}

/// Whether the question is there for the person to see.
pub fn is_asked(record: &Record) -> bool {
    record.get("ask_safe") == Some("yes")
}

//! "Called in" conversations (Statement 2.5 and 3.6): recorded as learning, apart from any sanction. What happened
//! and what is made of it are apart.

use crate::case::Field;

/// A conversation.
pub(super) const FIELDS: &[Field] = &[
    Field::text("called_with"),
    Field::date("called_on"),
    Field::long("called_facts"),
    Field::long("called_said").or_nothing(),
    Field::long("called_judgement").or_nothing(),
    Field::long("called_agreed").or_nothing(),
    Field::choice("called_pattern", &["no", "persists", "harm"]),
    Field::long("called_next").or_nothing(),
];

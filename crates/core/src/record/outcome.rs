//! What the person affected wants, and whether it was reached (domain reference 8.3).

use crate::case::Field;

/// A wanted outcome. The report keeps what was said there; this is what work is measured by.
pub(super) const FIELDS: &[Field] = &[
    Field::long("outcome_wanted"),
    Field::choice("outcome_from", &["own_words", "through_someone", "understood"]),
    Field::date("outcome_check_on").or_nothing(),
];

/// A check of one.
pub(super) const CHECK_FIELDS: &[Field] = &[
    Field::choice("outcome_when", &["along", "end"]),
    Field::choice(
        "outcome_result",
        &["fully", "partly", "not", "not_wanted", "could_not_ask"],
    ),
    Field::long("outcome_said").or_nothing(),
    Field::long("outcome_why").or_nothing(),
    Field::date("outcome_next_on").or_nothing(),
];

/// Results that need a reason: the person, and whoever looks later, must be able to see why.
pub(super) fn needs_reason(result: &str) -> bool {
    ["partly", "not", "could_not_ask"].contains(&result)
}

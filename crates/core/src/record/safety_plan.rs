//! The person's own plan for staying safe. It is theirs: in their words, and shared with whom they choose.

use crate::case::Field;

/// The plan. A changed plan is a new version; the old one stays to be seen.
pub(super) const FIELDS: &[Field] = &[
    Field::long("plan_signs").or_nothing(),
    Field::long("plan_words"),
    Field::long("plan_helps").or_nothing(),
    Field::long("plan_call").or_nothing(),
    Field::long("plan_others").or_nothing(),
    Field::long("plan_shared").or_nothing(),
    Field::choice("plan_show", &["no", "yes"]),
    Field::date("plan_review_on").or_nothing(),
];

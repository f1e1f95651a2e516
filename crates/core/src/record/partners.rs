//! Roles and boundaries where partners or commissioners are involved, and who holds the lead (R0.8): the collective
//! does not take the place of services that have a duty by law (the Statement, "Context").

use crate::case::{Field, Record};

/// What is agreed with one partner. It is agreed anew by a correction.
pub(super) const FIELDS: &[Field] = &[
    Field::text("partner_name"),
    Field::choice(
        "partner_is",
        &["partner", "commissioner", "funder", "host", "service", "other"],
    ),
    Field::choice("partner_lead", &["us", "them", "council", "shared", "not_agreed"]),
    Field::long("partner_lead_more").or_nothing(),
    Field::long("partner_ours"),
    Field::long("partner_theirs"),
    Field::long("partner_limits").or_nothing(),
    Field::text("partner_with").or_nothing(),
    Field::date("partner_on").or_nothing(),
    Field::date("partner_review_on").or_nothing(),
];

/// Whether it has to be said how the lead is shared, or why it is not agreed.
pub(super) fn needs_more(record: &Record) -> bool {
    matches!(record.get("partner_lead"), Some("shared" | "not_agreed"))
}

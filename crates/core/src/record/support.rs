//! Support: for whoever told us, for the person affected, and for the person of concern (domain reference 8.2).

use crate::case::Field;

/// The sides to whom support is always offered. It can be offered to whoever listened as well.
pub const SIDES: &[&str] = &["reporter", "affected", "concern"];

/// An offer of support and what they said to it.
pub(super) const FIELDS: &[Field] = &[
    Field::choice("support_to", &["reporter", "affected", "concern", "listener"]),
    Field::choice("support_answer", &["offered", "accepted", "declined", "not_safe"]),
    Field::long("support_what"),
    Field::text("support_by").or_nothing(),
];

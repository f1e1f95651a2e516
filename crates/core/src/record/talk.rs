//! The talk about confidentiality (R4.3a): what was said about its limits, and what the person wished. They can see it
//! on their own page, if they want to.

use crate::case::Field;

/// A talk. Who wrote it down and when comes from the entry.
pub(super) const FIELDS: &[Field] = &[
    Field::date("talk_on"),
    Field::choice("talk_with", &["reporter", "affected"]),
    Field::text("talk_by").or_nothing(),
    Field::long("talk_limits"),
    Field::long("talk_wished"),
    Field::long("talk_worries").or_nothing(),
    Field::long("talk_agreed"),
    Field::choice("talk_show", &["no", "yes"]),
];

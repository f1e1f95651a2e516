//! Employees or students of the host university in a case, flagged for its decision on the same day (R1.2b; Office for
//! Students, condition E6). That they are is for a person to say; the rules of the duties outward do the rest.

use std::collections::BTreeSet;

use super::{Kind, Register};
use crate::case::{Field, Record};

/// What is said of them. It is said anew by a correction.
pub(super) const FIELDS: &[Field] = &[
    Field::choice(
        "university_who",
        &["student", "employee", "both", "not_sure", "nobody"],
    ),
    Field::choice(
        "university_part",
        &["affected", "concern", "reporter", "several", "other"],
    )
    .or_nothing(),
    Field::long("university_agrees").or_nothing(),
    Field::choice("university_told", &["yes", "not_yet", "no"]),
    Field::text("university_to").or_nothing(),
    Field::date("university_on").or_nothing(),
    Field::long("university_why").or_nothing(),
    Field::long("university_decided").or_nothing(),
];

/// Fields that another answer makes necessary.
pub(super) fn needs(record: &Record) -> &'static [&'static str] {
    match (record.get("university_told"), record.get("university_who")) {
        (Some("yes"), _) => &["university_to", "university_on"],
        (Some("no"), who) if who != Some("nobody") => &["university_why"],
        _ => &[],
    }
}

/// Whether somebody still has to tell the university.
pub(super) fn is_to_be_told(record: &Record) -> bool {
    record.get("university_told") == Some("not_yet") && record.get("university_who") != Some("nobody")
}

/// What the record of a case says about it for the rules of the duties outward, as a lead could tick it there: their
/// ids of `says`.
pub fn says(register: &Register<'_>) -> BTreeSet<&'static str> {
    register
        .items(Kind::University)
        .iter()
        .flat_map(|item| match item.latest.entry.record.get("university_who") {
            Some("student") => &["university_student"][..],
            Some("employee") => &["university_employee"],
            // Until somebody knows, it may be either.
            Some("both" | "not_sure") => &["university_student", "university_employee"],
            _ => &[],
        })
        .copied()
        .collect()
}

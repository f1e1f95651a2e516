//! The guided first look at a report: what a lead judges, apart from what the reporter said (domain reference 6.2).
//! It never overwrites the report, and may be made again when more is known.

use crate::{
    case::{Field, FieldKind, Record, Sign},
    form::Sure,
};

const SURE: &[&str] = &["yes", "no", "not_sure"];

/// What is looked at, in the order in which it matters.
pub(super) const FIELDS: &[Field] = &[
    Field::choice("look_unsafe", &["nobody", "person", "others", "not_sure"]),
    Field::long("look_unsafe_why").or_nothing(),
    Field::choice("look_child", SURE),
    Field::choice("look_related", &["yes", "partly", "no", "not_sure"]),
    Field::new("look_categories", FieldKind::Categories, false),
    Field::choice("look_racism", &["yes", "maybe", "no"]),
    Field::long("look_racism_why").or_nothing(),
    Field::long("look_power").or_nothing(),
    Field::choice("look_others", SURE),
    Field::long("look_others_who").or_nothing(),
    Field::choice("look_consent", &["agrees", "partly", "refuses", "not_asked"]),
    Field::long("look_consent_why").or_nothing(),
    Field::choice("look_capacity", &["no_doubt", "doubt"]),
    Field::long("look_capacity_decision").or_nothing(),
    Field::choice("look_crime", SURE),
    Field::long("look_evidence").or_nothing(),
];

/// Fields that another answer makes necessary.
pub(super) fn needs(record: &Record) -> Vec<&'static str> {
    let is = |field: &str, values: &[&str]| record.get(field).is_some_and(|value| values.contains(&value));
    let mut needed = Vec::new();
    if is("look_unsafe", &["person", "others"]) {
        needed.push("look_unsafe_why");
    }
    if is("look_racism", &["yes", "maybe"]) {
        needed.push("look_racism_why");
    }
    if is("look_others", &["yes"]) {
        needed.push("look_others_who");
    }
    if is("look_consent", &["partly", "refuses", "not_asked"]) {
        needed.push("look_consent_why");
    }
    // Capacity is always about one decision at one time (Mental Capacity Act 2005 s2).
    if is("look_capacity", &["doubt"]) {
        needed.push("look_capacity_decision");
    }
    needed
}

/// What a first look adds to the signs of how soon a case must be seen to.
pub fn signs(record: &Record) -> Vec<Sign> {
    let sure = |field: &str| record.get(field).and_then(Sure::from_id);
    let mut signs = Vec::new();
    match record.get("look_unsafe") {
        Some("person" | "others") => signs.push(Sign::LookUnsafe),
        Some("not_sure") => signs.push(Sign::LookMaybeUnsafe),
        _ => {}
    }
    match sure("look_child") {
        Some(Sure::Yes) => signs.push(Sign::LookChild),
        Some(Sure::NotSure) => signs.push(Sign::LookMaybeChild),
        Some(Sure::No) | None => {}
    }
    if sure("look_others") == Some(Sure::Yes) {
        signs.push(Sign::LookOthers);
    }
    if sure("look_crime") == Some(Sure::Yes) {
        signs.push(Sign::LookCrime);
    }
    signs
}

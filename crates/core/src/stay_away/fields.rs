//! What is recorded with each step.

use crate::{
    case::{Field, FieldKind, Record},
    record::Kind,
};

use super::rules::{HEARS, HEARS_NAME};

/// The decision, as it is proposed. The group and the manager are consulted before it (Statement 3.8): how and when,
/// not who said what.
pub(crate) const FIELDS: &[Field] = &[
    Field::text("stay_name"),
    Field::long("stay_names").or_nothing(),
    Field::text("stay_reach").or_nothing(),
    Field::choice("stay_raised", &["no", "yes", "not_sure"]),
    Field::long("stay_raised_reason").or_nothing(),
    Field::long("stay_pattern"),
    Field::long("stay_tried"),
    Field::choice("stay_group", &["asked", "not_asked"]),
    Field::date("stay_group_on").or_nothing(),
    Field::long("stay_group_how"),
    Field::choice("stay_manager", &["asked", "not_asked"]),
    Field::text("stay_manager_who").or_nothing(),
    Field::date("stay_manager_on").or_nothing(),
    Field::long("stay_manager_view"),
    Field::long("stay_reasons"),
    Field::long("stay_other"),
    Field::long("stay_power"),
    Field::choice("stay_from", &["all", "some"]),
    Field::long("stay_which").or_nothing(),
    Field::choice("stay_until", &["day", "review"]),
    Field::date("stay_ends_on").or_nothing(),
    Field::date("stay_review_on"),
    Field::long("stay_way_back"),
    Field::long("stay_told"),
    Field::long("stay_told_group").or_nothing(),
    Field::new(HEARS, FieldKind::Reader, false),
    Field::text(HEARS_NAME).or_nothing(),
    Field::new("check_by", FieldKind::Reader, false),
    Field::date("check_on"),
];

/// What the second person says to it.
pub(crate) const CHECK_FIELDS: &[Field] = &[
    Field::choice("stay_check", &["confirm", "back"]),
    Field::long("stay_check_why"),
];

/// An appeal of the person who is to stay away, or of somebody for them.
pub(crate) const APPEAL_FIELDS: &[Field] = &[
    Field::date("stay_appeal_on"),
    Field::choice("stay_appeal_from", &["person", "for_them"]),
    Field::long("stay_appeal_words"),
    Field::new(HEARS, FieldKind::Reader, false),
    Field::text(HEARS_NAME).or_nothing(),
    Field::date("stay_answer_by"),
];

/// What somebody who had no part in the decision says to an appeal.
pub(crate) const RULING_FIELDS: &[Field] = &[
    Field::choice("stay_ruling", &["stands", "changed", "ended"]),
    Field::long("stay_ruling_why"),
    Field::date("stay_new_ends_on").or_nothing(),
    Field::date("stay_new_review_on").or_nothing(),
    Field::long("stay_ruling_told"),
];

/// A review, at the day that was set or before it.
pub(crate) const REVIEW_FIELDS: &[Field] = &[
    Field::choice("stay_review", &["goes_on", "longer", "shorter", "ended"]),
    Field::long("stay_review_why"),
    Field::long("stay_review_back").or_nothing(),
    Field::date("stay_new_ends_on").or_nothing(),
    Field::date("stay_new_review_on").or_nothing(),
    Field::long("stay_review_told"),
];

/// Fields that another answer makes necessary.
pub(crate) fn needs(kind: Kind, record: &Record) -> Vec<&'static str> {
    let is = |field: &str, values: &[&str]| record.get(field).is_some_and(|value| values.contains(&value));
    let mut needed = Vec::new();
    let mut when = |holds: bool, fields: &[&'static str]| {
        if holds {
            needed.extend_from_slice(fields);
        }
    };
    let nobody_hears = record.get(HEARS).is_none();
    match kind {
        Kind::StayAway => {
            when(is("stay_group", &["asked"]), &["stay_group_on"]);
            when(
                is("stay_manager", &["asked"]),
                &["stay_manager_who", "stay_manager_on"],
            );
            when(is("stay_from", &["some"]), &["stay_which"]);
            when(is("stay_until", &["day"]), &["stay_ends_on"]);
            when(nobody_hears, &[HEARS_NAME]);
        }
        Kind::StayAwayAppeal => when(nobody_hears, &[HEARS_NAME]),
        Kind::StayAwayRuling => when(is("stay_ruling", &["changed"]), &["stay_new_review_on"]),
        Kind::StayAwayReview => {
            when(is("stay_review", &["shorter"]), &["stay_new_ends_on"]);
            when(
                is("stay_review", &["goes_on", "longer", "shorter"]),
                &["stay_new_review_on"],
            );
        }
        _ => {}
    }
    needed
}

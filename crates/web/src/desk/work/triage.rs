//! The guided first look: what the reporter said beside each judgement, and the level that all of it suggests. A lead
//! judges; nothing here is filled in for them but what they can see was said.

use std::collections::BTreeMap;

use safehold_app::desk::{OpenedCase, record::register};
use safehold_core::{
    case::{Sign, level_of, signs},
    record::{self, Kind},
    roster::Role,
};

use super::super::answers::{Reading, Said};
use crate::layout::Page;

/// Which questions of the form stand beside which field.
const BESIDE: [(&str, &[&str]); 11] = [
    (
        "look_unsafe",
        &[
            "danger",
            "emergency_called",
            "safe_now",
            "fears_reprisal",
            "fears_more",
        ],
    ),
    ("look_child", &["under_18", "stop_checks"]),
    ("look_related", &["related", "activity", "where"]),
    ("look_categories", &["categories"]),
    (
        "look_racism",
        &["discrimination", "characteristics", "discrimination_form"],
    ),
    (
        "look_power",
        &["about_whom", "team_involved", "connection", "people_connection"],
    ),
    ("look_others", &["stop_checks", "how_often", "how_often_more"]),
    (
        "look_consent",
        &[
            "may_speak",
            "may_share",
            "they_know",
            "confidentiality",
            "confidentiality_more",
        ],
    ),
    ("look_capacity", &["access", "access_more"]),
    ("look_crime", &["stop_checks", "whistle_kinds"]),
    ("look_evidence", &["online", "online_details"]),
];

/// Whether a role takes first looks.
pub(in super::super) fn may_look(role: Role) -> bool {
    record::role_may(role, Kind::FirstLook)
}

/// What was said to what each field asks. Nothing said is nothing shown.
pub(super) fn told(reading: &Reading<'_>) -> BTreeMap<&'static str, Vec<Said>> {
    BESIDE
        .into_iter()
        .map(|(field, questions)| (field, reading.said(questions)))
        .filter(|(_, said)| !said.is_empty())
        .collect()
}

/// A level that is suggested.
pub(in super::super) struct Suggested {
    /// Its name.
    pub(in super::super) level: String,
    /// What speaks for it.
    pub(in super::super) why: Vec<String>,
    /// Whose it is to decide.
    pub(in super::super) note: String,
}

/// The level that the report, the latest first look and links with other cases suggest, and why. `repeats` is how many
/// links say that something returns, of those that this reader may know of.
pub(in super::super) fn suggested(page: &Page, case: &OpenedCase, repeats: usize) -> Suggested {
    let mut found = signs(&case.facts);
    if let Some(look) = register(&case.history).items(Kind::FirstLook).last() {
        found.extend(record::signs(&look.latest.entry.record));
    }
    if repeats > 0 {
        found.push(Sign::Repeat);
    }
    let level = level_of(&found);
    Suggested {
        level: page.t(&format!("desk-level-{}", level.key())),
        why: found
            .iter()
            .filter(|sign| sign.level() == level)
            .map(|sign| page.t(&format!("look-sign-{}", sign.key())))
            .collect(),
        note: page.t("look-suggested-note"),
    }
}

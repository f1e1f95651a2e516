//! Duties outward: deciding, recording, chasing, and that no case closes before.

mod clocks;
mod entries;

use safehold_app::desk::{
    self, Reader,
    duties::{self, DutyError, DutyPlace},
};
use safehold_core::{duties::Step, id::CaseId};
use safehold_testkit::app::{Fields, TestApp, owned};

pub(super) const REQUIRED: Fields<'static> = &[
    ("need", "required"),
    ("reason", "Others could be hurt."),
    ("decided_by", "Marisol Penhale"),
    ("consent", "given"),
    ("starts", "now"),
];

pub(super) const NOT_REQUIRED: Fields<'static> = &[
    ("need", "not_required"),
    ("reason", "They are there already."),
    ("decided_by", "Marisol Penhale"),
];

pub(super) const SENT: Fields<'static> = &[
    ("sent_on", "2026-11-24"),
    ("how", "phone"),
    ("sent_by", "Marisol Penhale"),
    ("sent_to", "The duty desk"),
    ("what", "That somebody may be in danger."),
    ("show", "no"),
    ("message", "We told them."),
];

/// These fields with others in their place or besides.
pub(super) fn with<'a>(base: Fields<'a>, other: Fields<'a>) -> Vec<(&'a str, &'a str)> {
    let kept = base
        .iter()
        .filter(|(name, _)| !other.iter().any(|(new, _)| new == name));
    kept.chain(other).copied().collect()
}

/// Records something on the case as it is now.
pub(super) async fn enter(
    test: &TestApp,
    by: &Reader,
    case: CaseId,
    (step, body): (Step, &str),
    fields: Fields<'_>,
) -> Result<(), DutyError> {
    let seen_version = desk::find(&test.app, by, case).await?.version;
    let place = DutyPlace {
        id: duties::new_entry_id(),
        seen_version,
        step,
        body,
    };
    duties::enter(&test.app, by, case, place, &owned(fields), Vec::new()).await
}

/// The times that the clocks of a desk show.
pub(super) async fn due(test: &TestApp, by: &Reader) -> Vec<String> {
    let lines = duties::due_lines(&test.app, by).await.unwrap();
    lines.iter().map(|line| line.due_at.to_string()).collect()
}

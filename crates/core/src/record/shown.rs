//! What the person sees of the record about them, and what they say to it (R4.3c).

use super::{Entry, Kind};
use crate::case::Field;

/// What can be shown to the person.
pub(super) const OF: &[Kind] = &[
    Kind::Outcome,
    Kind::Task,
    Kind::Decision,
    Kind::Support,
    Kind::Reprisal,
    Kind::Talk,
];

/// The copy that the person sees: words of its own, which somebody checked for what is about others.
pub(super) const FIELDS: &[Field] = &[
    Field::long("shown_words"),
    Field::new(
        "shown_checked",
        crate::case::FieldKind::AllOf(&["others", "safe", "plain"]),
        true,
    ),
];

/// What the person says to it. It stands beside the entry for as long as that does.
pub(super) const COMMENT_FIELDS: &[Field] = &[
    Field::choice("comment_says", &["agree", "not_what_i_said", "comment"]),
    Field::long("comment_words").or_nothing(),
];

/// Whether an entry may be shown to whoever reported. To the person affected, what is wanted, done, decided and offered
/// to them; to somebody else who told us, only what is about themselves: the rest is for the person affected.
pub fn may_be_shown(entry: &Entry, reporter_is_affected: bool) -> bool {
    let is_theirs = |field: &str| match entry.record.get(field) {
        Some("reporter") => true,
        Some("affected") => reporter_is_affected,
        _ => false,
    };
    match entry.of {
        Kind::Outcome | Kind::Task | Kind::Decision => reporter_is_affected,
        Kind::Support => is_theirs("support_to"),
        Kind::Reprisal => is_theirs("reprisal_who"),
        Kind::Talk => is_theirs("talk_with"),
        Kind::FirstLook
        | Kind::OutcomeCheck
        | Kind::TaskResult
        | Kind::SecondCheck
        | Kind::Contact
        | Kind::ReprisalCheck
        | Kind::SafetyPlan
        | Kind::Conversation
        | Kind::Ask
        | Kind::AskAnswer
        | Kind::Shown
        | Kind::Comment
        | Kind::Request
        | Kind::RequestAnswer
        | Kind::Review
        | Kind::StayAway
        | Kind::StayAwayCheck
        | Kind::StayAwayReview
        | Kind::StayAwayAppeal
        | Kind::StayAwayRuling
        | Kind::Partners
        | Kind::University => false,
    }
}

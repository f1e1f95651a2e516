//! What the person asks for: a copy of what is held about them, to open a case again. And what somebody who had no
//! part in it found when they asked for a review.

use jiff::{ToSpan, civil::Date};

use crate::case::{Field, Record};

/// Something that the person asks for. A reader can enter it for somebody who asks by phone.
pub(super) const FIELDS: &[Field] = &[
    Field::choice("request_for", &["copy", "reopen", "other"]),
    Field::long("request_words").or_nothing(),
];

/// What became of it. The person reads what is said.
pub(super) const ANSWER_FIELDS: &[Field] = &[
    Field::choice("request_result", &["done", "partly", "no", "later"]),
    Field::long("request_said"),
    Field::date("request_new_on").or_nothing(),
];

/// What a reviewer found. It is entered on a page of its own, together with what was asked.
pub(super) const REVIEW_FIELDS: &[Field] = &[
    Field::long("review_about").or_nothing(),
    Field::choice("review_result", &["stands", "partly", "again", "other"]),
    Field::long("review_words"),
    Field::long("review_notes").or_nothing(),
];

/// Days until somebody answers what is no rights request.
const ANSWER_DAYS: i64 = 7;

/// By when it is to be answered. A copy has a month by law (UK GDPR, article 12(3)): the same day of the next month,
/// or its last day.
pub fn answer_by(record: &Record, asked_on: Date) -> Option<Date> {
    let span = if record.get("request_for") == Some("copy") {
        1.month()
    } else {
        ANSWER_DAYS.days()
    };
    asked_on.checked_add(span).ok()
}

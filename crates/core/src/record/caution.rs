//! What must be thought about before an entry is made, and the field for the reason to go on.

use super::{
    Kind, ask,
    contact::{Unsafe, unsafe_about},
    first_look, outcome, partners, reprisal, university,
};
use crate::{case::Record, form, stay_away};

/// What the program knows besides the entry.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// How the person may be reached.
    pub contact: &'a form::Contact,
}

/// Something that needs a reason, or another field, before an entry is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// The person who was targeted would have to do something or give something up (R2.3c).
    WorkOnTargeted,
    /// A contact may not be safe.
    Contact(Unsafe),
    /// Whoever raised something, or was harmed, would be the one who has to stay away.
    RaisedIt,
    /// This field is needed because of what was put into another.
    Needs(&'static str),
}

impl Caution {
    /// The field that answers it.
    pub fn field(self) -> &'static str {
        match self {
            Self::WorkOnTargeted => "burden_reason",
            Self::Contact(_) => "contact_reason",
            Self::RaisedIt => "stay_raised_reason",
            Self::Needs(field) => field,
        }
    }

    /// The warning to show, by its stable name; nothing where it is only that a field is missing.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Self::WorkOnTargeted => Some("work_on_targeted"),
            Self::Contact(why) => Some(why.key()),
            Self::RaisedIt => Some("raised_it"),
            Self::Needs(_) => None,
        }
    }

    /// Fields that are asked for only after a warning was shown: whoever fills one in has read it.
    pub fn is_reason(field: &str) -> bool {
        ["burden_reason", "contact_reason", "stay_raised_reason"].contains(&field)
    }
}

/// What an entry gives cause to think about, whether or not a reason is given. An entry is made when the field of each
/// is filled in.
pub fn cautions(kind: Kind, record: &Record, known: Known<'_>) -> Vec<Caution> {
    let is = |field: &str, value: &str| record.get(field) == Some(value);
    let mut found = Vec::new();
    match kind {
        Kind::FirstLook => found.extend(first_look::needs(record).into_iter().map(Caution::Needs)),
        Kind::OutcomeCheck => {
            if record.get("outcome_result").is_some_and(outcome::needs_reason) {
                found.push(Caution::Needs("outcome_why"));
            }
        }
        Kind::Task => {
            if record.get("task_owner").is_none() {
                found.push(Caution::Needs("task_owner_name"));
            }
            if is("who_bears", "affected") {
                found.push(Caution::WorkOnTargeted);
            }
            if is("asked_person", "against") || is("asked_person", "not_asked") {
                found.push(Caution::Needs("asked_why"));
            }
        }
        Kind::TaskResult => {
            if is("task_result", "not_done") || is("task_result", "later") {
                found.push(Caution::Needs("task_notes"));
            }
            if is("task_result", "later") {
                found.push(Caution::Needs("task_new_due_on"));
            }
        }
        Kind::Decision => {
            if is("followed", "partly") || is("followed", "no") {
                found.push(Caution::Needs("why_not_followed"));
            }
        }
        Kind::SecondCheck => {
            if is("check_result", "with_changes") || is("check_result", "disagree") {
                found.push(Caution::Needs("check_reasons"));
            }
        }
        Kind::Contact => {
            found.extend(
                unsafe_about(record, known.contact)
                    .into_iter()
                    .map(Caution::Contact),
            );
            if is("contact_state", "made") || is("contact_state", "from_them") {
                found.push(Caution::Needs("contact_facts"));
            }
        }
        Kind::Reprisal | Kind::ReprisalCheck => {
            found.extend(reprisal::needs(record).into_iter().map(Caution::Needs));
        }
        Kind::Conversation => {
            if is("called_pattern", "persists") || is("called_pattern", "harm") {
                found.push(Caution::Needs("called_next"));
            }
        }
        Kind::Ask => found.extend(ask::needs(record).iter().map(|field| Caution::Needs(field))),
        Kind::Comment => {
            if is("comment_says", "comment") {
                found.push(Caution::Needs("comment_words"));
            }
        }
        Kind::RequestAnswer => {
            if is("request_result", "later") {
                found.push(Caution::Needs("request_new_on"));
            }
        }
        Kind::StayAway => {
            if is("stay_raised", "yes") || is("stay_raised", "not_sure") {
                found.push(Caution::RaisedIt);
            }
            found.extend(stay_away::needs(kind, record).into_iter().map(Caution::Needs));
        }
        Kind::StayAwayAppeal | Kind::StayAwayReview | Kind::StayAwayRuling => {
            found.extend(stay_away::needs(kind, record).into_iter().map(Caution::Needs));
        }
        Kind::Partners => {
            if partners::needs_more(record) {
                found.push(Caution::Needs("partner_lead_more"));
            }
        }
        Kind::University => {
            found.extend(
                university::needs(record)
                    .iter()
                    .map(|field| Caution::Needs(field)),
            );
        }
        Kind::StayAwayCheck
        | Kind::Outcome
        | Kind::Support
        | Kind::SafetyPlan
        | Kind::Talk
        | Kind::AskAnswer
        | Kind::Shown
        | Kind::Request
        | Kind::Review => {}
    }
    found
}

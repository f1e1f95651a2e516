//! The record of the work on a case: what the person wants, who does what, what was decided and why, and what was
//! done to keep everybody safe (domain reference 6.3 and 8.2).
//!
//! Entries are only ever added. A correction is a new entry that stands in the place of an earlier one; an answer,
//! such as the result of an action, is a new entry about an earlier one. [`Register`] puts them together.

mod access;
mod caution;
mod contact;
mod conversation;
mod decision;
mod due;
mod first_look;
mod outcome;
mod register;
mod reprisal;
mod safety_plan;
mod support;
mod task;

use serde::{Deserialize, Serialize};

pub use access::{EntryRefusal, may_enter, role_may};
pub use caution::{Caution, Known, cautions};
pub use contact::Unsafe;
pub use due::Due;
pub use first_look::signs;
pub use register::{Filed, Item, Readiness, Register};
pub use support::SIDES;

use crate::{
    case::{Field, Record, keyed},
    id::EventId,
};

keyed! {
    /// The kinds of entries.
    Kind {
        /// The guided first look: what a lead judges, apart from what the reporter said.
        FirstLook = "first_look",
        /// Something that the person affected wants (Making Safeguarding Personal).
        Outcome = "outcome",
        /// Whether a wanted outcome was reached, along the way or at the end.
        OutcomeCheck = "outcome_check",
        /// An action: who does what by when.
        Task = "task",
        /// What became of an action.
        TaskResult = "task_result",
        /// A decision, with its reasons.
        Decision = "decision",
        /// A decision looked at by somebody else.
        SecondCheck = "second_check",
        /// Support that was offered to somebody.
        Support = "support",
        /// A contact that is planned, or that was made.
        Contact = "contact",
        /// Whether somebody fears, or meets, reprisal for speaking up.
        Reprisal = "reprisal",
        /// A look, some weeks later, at whether somebody is treated badly for speaking up.
        ReprisalCheck = "reprisal_check",
        /// The person's own plan for staying safe.
        SafetyPlan = "safety_plan",
        /// A "called in" conversation: for learning, apart from any sanction.
        Conversation = "conversation",
    }
}

impl Kind {
    /// What must be recorded, in the order of the form.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::FirstLook => first_look::FIELDS,
            Self::Outcome => outcome::FIELDS,
            Self::OutcomeCheck => outcome::CHECK_FIELDS,
            Self::Task => task::FIELDS,
            Self::TaskResult => task::RESULT_FIELDS,
            Self::Decision => decision::FIELDS,
            Self::SecondCheck => decision::CHECK_FIELDS,
            Self::Support => support::FIELDS,
            Self::Contact => contact::FIELDS,
            Self::Reprisal => reprisal::FIELDS,
            Self::ReprisalCheck => reprisal::CHECK_FIELDS,
            Self::SafetyPlan => safety_plan::FIELDS,
            Self::Conversation => conversation::FIELDS,
        }
    }

    /// The kind of entry that this one answers, and whether it cannot stand alone.
    pub fn answers(self) -> Option<(Self, bool)> {
        match self {
            Self::OutcomeCheck => Some((Self::Outcome, true)),
            Self::TaskResult => Some((Self::Task, true)),
            Self::SecondCheck => Some((Self::Decision, true)),
            Self::ReprisalCheck => Some((Self::Reprisal, true)),
            // A contact may carry out one that was planned.
            Self::Contact => Some((Self::Contact, false)),
            Self::FirstLook
            | Self::Outcome
            | Self::Task
            | Self::Decision
            | Self::Support
            | Self::Reprisal
            | Self::SafetyPlan
            | Self::Conversation => None,
        }
    }
}

/// One entry as it is kept. It holds what people wrote, so its record never prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it is.
    pub of: Kind,
    /// The entry that it answers: the first version of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<EventId>,
    /// The entry whose place it takes: the first version of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<EventId>,
    /// What was recorded.
    pub record: Record,
}

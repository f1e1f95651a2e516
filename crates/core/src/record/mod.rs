//! The record of the work on a case: what the person wants, who does what, what was decided and why, and what was
//! done to keep everybody safe (domain reference 6.3 and 8.2).
//!
//! Entries are only ever added. A correction is a new entry that stands in the place of an earlier one; an answer,
//! such as the result of an action, is a new entry about an earlier one. [`Register`] puts them together.

mod access;
mod ask;
mod caution;
mod contact;
mod conversation;
mod decision;
mod due;
mod first_look;
mod outcome;
mod partners;
mod register;
mod reprisal;
mod request;
mod safety_plan;
mod shown;
mod support;
mod talk;
mod task;
mod university;

use serde::{Deserialize, Serialize};

pub use access::{EntryRefusal, may_enter, role_may};
pub use ask::{ANSWERS, is_asked};
pub use caution::{Caution, Known, cautions};
pub use contact::Unsafe;
pub use due::Due;
pub use first_look::signs;
pub use register::{Filed, Item, Readiness, Register};
pub use request::answer_by;
pub use shown::may_be_shown;
pub use support::SIDES;
pub use university::says as university_says;

use crate::{
    case::{Field, Record, keyed},
    id::EventId,
    stay_away,
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
        /// A talk with the person about confidentiality and its limits.
        Talk = "talk",
        /// A question to the person before a step, or why it is not safe to ask.
        Ask = "ask",
        /// What the person said to it.
        AskAnswer = "ask_answer",
        /// A copy of an entry, checked for what is about others, that the person sees.
        Shown = "shown",
        /// What the person says to that.
        Comment = "comment",
        /// Something that the person asks for.
        Request = "request",
        /// What became of it.
        RequestAnswer = "request_answer",
        /// What somebody who had no part in the case found, when the person asked for a review.
        Review = "review",
        /// A decision that somebody stays away from activities, as it is proposed.
        StayAway = "stay_away",
        /// What the second person says to it.
        StayAwayCheck = "stay_away_check",
        /// A review of it.
        StayAwayReview = "stay_away_review",
        /// An appeal against it.
        StayAwayAppeal = "stay_away_appeal",
        /// What somebody who had no part in it says to an appeal.
        StayAwayRuling = "stay_away_ruling",
        /// Roles and boundaries with a partner, and who holds the lead.
        Partners = "partners",
        /// Employees or students of the host university, for its decision.
        University = "university",
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
            Self::Talk => talk::FIELDS,
            Self::Ask => ask::FIELDS,
            Self::AskAnswer => ask::ANSWER_FIELDS,
            Self::Shown => shown::FIELDS,
            Self::Comment => shown::COMMENT_FIELDS,
            Self::Request => request::FIELDS,
            Self::RequestAnswer => request::ANSWER_FIELDS,
            Self::Review => request::REVIEW_FIELDS,
            Self::StayAway => stay_away::FIELDS,
            Self::StayAwayCheck => stay_away::CHECK_FIELDS,
            Self::StayAwayReview => stay_away::REVIEW_FIELDS,
            Self::StayAwayAppeal => stay_away::APPEAL_FIELDS,
            Self::StayAwayRuling => stay_away::RULING_FIELDS,
            Self::Partners => partners::FIELDS,
            Self::University => university::FIELDS,
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
            Self::AskAnswer => Some((Self::Ask, true)),
            Self::Comment => Some((Self::Shown, true)),
            Self::RequestAnswer => Some((Self::Request, true)),
            Self::StayAwayCheck | Self::StayAwayReview | Self::StayAwayAppeal => Some((Self::StayAway, true)),
            Self::StayAwayRuling => Some((Self::StayAwayAppeal, true)),
            Self::FirstLook
            | Self::Outcome
            | Self::Task
            | Self::Decision
            | Self::Support
            | Self::Reprisal
            | Self::SafetyPlan
            | Self::Conversation
            | Self::Talk
            | Self::Ask
            | Self::Shown
            | Self::Request
            | Self::Review
            | Self::StayAway
            | Self::Partners
            | Self::University => None,
        }
    }

    /// The kinds of entries beside which this one stands without answering them, and whether it cannot stand alone.
    pub fn beside(self) -> Option<(&'static [Self], bool)> {
        match self {
            Self::Ask => Some((ask::FOR, false)),
            Self::Shown => Some((shown::OF, true)),
            Self::FirstLook
            | Self::Outcome
            | Self::OutcomeCheck
            | Self::Task
            | Self::TaskResult
            | Self::Decision
            | Self::SecondCheck
            | Self::Support
            | Self::Contact
            | Self::Reprisal
            | Self::ReprisalCheck
            | Self::SafetyPlan
            | Self::Conversation
            | Self::Talk
            | Self::AskAnswer
            | Self::Comment
            | Self::Request
            | Self::RequestAnswer
            | Self::Review
            | Self::StayAway
            | Self::StayAwayCheck
            | Self::StayAwayReview
            | Self::StayAwayAppeal
            | Self::StayAwayRuling
            | Self::Partners
            | Self::University => None,
        }
    }

    /// Whether it is only ever about another entry.
    pub fn needs_subject(self) -> bool {
        self.answers().is_some_and(|(_, needed)| needed) || self.beside().is_some_and(|(_, needed)| needed)
    }

    /// Whether it is entered on the form that all kinds share. A review has a page of its own.
    pub fn has_form(self) -> bool {
        self != Self::Review
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

//! Who may make which entry, and when.

use super::{Filed, Kind};
use crate::{
    access::{May, Part, Thing, may_with},
    case::State,
    id::{EventId, UserId},
    roster::Role,
};

/// Why an entry was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryRefusal {
    /// The case is not in a state in which this is entered.
    #[error("{} is not entered while a case is {}", .kind.key(), .state.key())]
    WrongState {
        /// What was tried.
        kind: Kind,
        /// Where the case stands.
        state: State,
    },
    /// This role does not enter this.
    #[error("{} is not for the role {}", .kind.key(), .role.key())]
    Role {
        /// What was tried.
        kind: Kind,
        /// By whom.
        role: Role,
    },
    /// There is no entry of the kind that this one answers or corrects.
    #[error("there is no entry that this is about")]
    NoSuchEntry,
    /// Nobody checks their own decision.
    #[error("a second person has to check this")]
    NeedsSecondPerson,
    /// It does not go with how the entry stands that it is about.
    #[error("this does not go with how things stand")]
    NotNow,
    /// What the reporter said is theirs: nobody else puts other words in its place.
    #[error("what the reporter said is not corrected by others")]
    TheirWords,
    /// The entry is not for whoever reported: it is about somebody else.
    #[error("this entry is not shown to whoever reported")]
    NotForThem,
}

/// Which cell of the table decides on a kind of entry. A caseworker does what a lead gave them, and tells what became of
/// it (domain reference 8.4).
pub fn asks(kind: Kind) -> (Thing, May) {
    match kind {
        Kind::TaskResult
        | Kind::Support
        | Kind::Contact
        | Kind::ReprisalCheck
        | Kind::AskAnswer
        | Kind::Comment
        | Kind::Request => (Thing::Notes, May::Create),
        Kind::Decision | Kind::StayAway | Kind::StayAwayReview => (Thing::Decisions, May::Create),
        Kind::SecondCheck | Kind::Review | Kind::StayAwayCheck | Kind::StayAwayRuling => {
            (Thing::Decisions, May::Approve)
        }
        Kind::FirstLook
        | Kind::Outcome
        | Kind::OutcomeCheck
        | Kind::Task
        | Kind::Reprisal
        | Kind::SafetyPlan
        | Kind::Conversation
        | Kind::Talk
        | Kind::Ask
        | Kind::Shown
        | Kind::RequestAnswer
        | Kind::StayAwayAppeal
        | Kind::Partners
        | Kind::University => (Thing::Work, May::Create),
    }
}

/// Whether a role makes this kind of entry, in a case that is theirs.
pub fn role_may(role: Role, kind: Kind) -> bool {
    role_may_with(role, Part::InCharge, kind)
}

fn role_may_with(role: Role, part: Part, kind: Kind) -> bool {
    let (thing, may) = asks(kind);
    may_with(role, part, thing, may)
}

/// Whether this is entered while a case stands here. A decision that somebody stays away goes on after closing. Reprisal may come later than closing; so does what is found out
/// about it then, and what the person says and asks for. Everything else waits until a closed case is opened again.
fn state_may(state: State, kind: Kind) -> bool {
    match state {
        State::Received => false,
        State::Closed | State::Retained => match kind {
            Kind::ReprisalCheck
            | Kind::Contact
            | Kind::TaskResult
            | Kind::SecondCheck
            | Kind::AskAnswer
            | Kind::Shown
            | Kind::Comment
            | Kind::Request
            | Kind::RequestAnswer
            | Kind::Review
            | Kind::StayAwayCheck
            | Kind::StayAwayReview
            | Kind::StayAwayAppeal
            | Kind::StayAwayRuling => true,
            Kind::FirstLook
            | Kind::Outcome
            | Kind::OutcomeCheck
            | Kind::Task
            | Kind::Decision
            | Kind::Support
            | Kind::Reprisal
            | Kind::SafetyPlan
            | Kind::Conversation
            | Kind::Talk
            | Kind::Ask
            | Kind::StayAway
            | Kind::Partners
            | Kind::University => false,
        },
        State::Triage
        | State::AdviceGiven
        | State::Signposted
        | State::Open
        | State::Transferred
        | State::LearningOnly
        | State::Action
        | State::Monitoring
        | State::ClosingReview => true,
    }
}

/// Whether somebody with this part in a case may make this entry now, before they fill it in.
///
/// # Errors
/// [`EntryRefusal`].
pub fn may_enter(state: State, role: Role, part: Part, kind: Kind) -> Result<(), EntryRefusal> {
    // A review is answered by whoever was asked for it, on a page of its own.
    if !kind.has_form() {
        return Err(EntryRefusal::NoSuchEntry);
    }
    if !role_may_with(role, part, kind) {
        return Err(EntryRefusal::Role { kind, role });
    }
    if !state_may(state, kind) {
        return Err(EntryRefusal::WrongState { kind, state });
    }
    Ok(())
}

/// Whether an entry can be about what it says it is about.
pub(super) fn check_subject(
    kind: Kind,
    actor: UserId,
    about: Option<EventId>,
    found: Option<&Filed<'_>>,
) -> Result<(), EntryRefusal> {
    if let Some((of, needed)) = kind.beside() {
        return match (about, found) {
            (None, _) if !needed => Ok(()),
            (Some(_), Some(filed)) if of.contains(&filed.entry.of) => Ok(()),
            _ => Err(EntryRefusal::NoSuchEntry),
        };
    }
    match (kind.answers(), about, found) {
        (None | Some((_, false)), None, _) => Ok(()),
        (Some((of, _)), Some(_), Some(filed)) if filed.entry.of == of => {
            if kind == Kind::SecondCheck && filed.by == Some(actor) {
                return Err(EntryRefusal::NeedsSecondPerson);
            }
            Ok(())
        }
        _ => Err(EntryRefusal::NoSuchEntry),
    }
}

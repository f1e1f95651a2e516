//! Who may make which entry, and when.

use super::{Filed, Kind};
use crate::{
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
}

/// Whether a role makes this kind of entry. A caseworker does what a lead gave them, and tells what became of it
/// (domain reference 8.4).
pub fn role_may(role: Role, kind: Kind) -> bool {
    match role {
        Role::Lead | Role::Alternate | Role::Sponsor | Role::University => true,
        Role::Caseworker => match kind {
            Kind::TaskResult | Kind::Support | Kind::Contact | Kind::ReprisalCheck => true,
            Kind::FirstLook
            | Kind::Outcome
            | Kind::OutcomeCheck
            | Kind::Task
            | Kind::Decision
            | Kind::SecondCheck
            | Kind::Reprisal
            | Kind::SafetyPlan
            | Kind::Conversation => false,
        },
        Role::Administrator => false,
    }
}

/// Whether this is entered while a case stands here. Reprisal may come later than closing; so does what is found out
/// about it then. Everything else waits until a closed case is opened again.
fn state_may(state: State, kind: Kind) -> bool {
    match state {
        State::Received => false,
        State::Closed | State::Retained => match kind {
            Kind::ReprisalCheck | Kind::Contact | Kind::TaskResult | Kind::SecondCheck => true,
            Kind::FirstLook
            | Kind::Outcome
            | Kind::OutcomeCheck
            | Kind::Task
            | Kind::Decision
            | Kind::Support
            | Kind::Reprisal
            | Kind::SafetyPlan
            | Kind::Conversation => false,
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

/// Whether somebody may make this entry now, before they fill it in.
///
/// # Errors
/// [`EntryRefusal`].
pub fn may_enter(state: State, role: Role, kind: Kind) -> Result<(), EntryRefusal> {
    if !role_may(role, kind) {
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

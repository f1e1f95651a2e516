//! What people do about how long a case is kept: holds, and erasing by two.

use crate::{
    access::{Area, may_enter},
    case::{Field, FieldKind, State, keyed},
    id::UserId,
    roster::Role,
};

keyed! {
    /// What can be done about how long a case is kept.
    Step {
        /// Stop every deletion, because of the law, an inquiry or somebody's request.
        Hold = "hold",
        /// The reason for the hold is gone.
        LiftHold = "lift_hold",
        /// Propose that it is erased.
        Propose = "propose",
        /// Keep it after all.
        KeepOn = "keep_on",
        /// Erase it: the second person agrees.
        Erase = "erase",
    }
}

impl Step {
    /// What must be recorded.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Hold => {
                const {
                    &[
                        Field::choice("hold_for", &["legal", "police", "inquiry", "request", "other"]),
                        Field::long("reason"),
                        Field::date("review_on"),
                    ]
                }
            }
            Self::LiftHold | Self::KeepOn => const { &[Field::long("reason")] },
            Self::Propose => {
                const {
                    &[
                        Field::choice("basis", &["schedule", "request", "mistake"]),
                        Field::long("reason"),
                    ]
                }
            }
            Self::Erase => {
                const {
                    &[Field::new(
                        "erase_checks",
                        FieldKind::AllOf(&["no_conflict", "schedule", "hold", "rights", "for_ever"]),
                        true,
                    )]
                }
            }
        }
    }
}

/// What the rules look at before a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Where the case stands.
    pub state: State,
    /// Whether a hold stops every deletion.
    pub on_hold: bool,
    /// Who proposed that it is erased, while that waits for a second person.
    pub proposed_by: Option<UserId>,
}

/// Why a step was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This role does not do this.
    #[error("{} is not for this role", .0.key())]
    Role(Step),
    /// It cannot be done where the case stands.
    #[error("{} cannot be done now", .0.key())]
    WrongState(Step),
    /// A hold stops it.
    #[error("a hold stops every deletion")]
    OnHold,
    /// Nobody erases what they proposed alone.
    #[error("a second person has to confirm this")]
    NeedsSecondPerson,
    /// The schedule keeps it longer.
    #[error("the schedule keeps it longer")]
    NotDue,
}

/// Whether somebody may take this step. That they have a key to the case, and so no conflict that is known, is for the
/// caller to see to.
///
/// # Errors
/// [`Refusal`].
pub fn may(view: &View, actor: UserId, role: Role, step: Step) -> Result<(), Refusal> {
    if !may_enter(role, Area::Retention) {
        return Err(Refusal::Role(step));
    }
    let fits = match step {
        Step::Hold => !view.on_hold && view.state != State::Received,
        Step::LiftHold => view.on_hold,
        Step::Propose => view.state == State::Closed,
        Step::KeepOn => view.state == State::Retained,
        // Without a name nobody can tell who the second person would be.
        Step::Erase => view.state == State::Retained && view.proposed_by.is_some(),
    };
    if !fits {
        return Err(Refusal::WrongState(step));
    }
    if view.on_hold && matches!(step, Step::Propose | Step::Erase) {
        return Err(Refusal::OnHold);
    }
    if step == Step::Erase && view.proposed_by == Some(actor) {
        return Err(Refusal::NeedsSecondPerson);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_do_what_and_when() {
        let user = |number: u8| UserId::from_random([number; 16]);
        let mut allowed = Vec::new();
        for role in Role::ALL {
            for state in State::ALL {
                for on_hold in [false, true] {
                    let view = View {
                        state: *state,
                        on_hold,
                        proposed_by: Some(user(1)),
                    };
                    for step in Step::ALL {
                        if may(&view, user(2), role, *step).is_ok() && role == Role::Lead {
                            allowed.push((*state, on_hold, *step));
                        }
                        if may(&view, user(2), role, *step).is_ok()
                            != may(&view, user(2), Role::Lead, *step).is_ok()
                        {
                            assert!(!role.receives_reports(), "{role:?}");
                        }
                    }
                    let own = may(&view, user(1), role, Step::Erase);
                    assert!(own.is_err(), "nobody erases what they proposed");
                    let nobodys = View {
                        proposed_by: None,
                        ..view
                    };
                    assert!(may(&nobodys, user(2), role, Step::Erase).is_err());
                }
            }
        }
        allowed.retain(|(_, _, step)| !matches!(step, Step::Hold | Step::LiftHold));
        assert_eq!(
            allowed,
            [
                (State::Closed, false, Step::Propose),
                (State::Retained, false, Step::KeepOn),
                (State::Retained, false, Step::Erase),
                (State::Retained, true, Step::KeepOn),
            ]
        );
    }
}

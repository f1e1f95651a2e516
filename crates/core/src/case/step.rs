//! One step of a case: allowed with its outcome, or refused with the reason.

use super::{Action, Effect, Level, Record, State};
use crate::{
    access::{self, Part},
    id::UserId,
    record::Readiness,
    roster::Role,
};

/// What is known of a case when somebody wants to act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseView {
    /// Where it stands.
    pub state: State,
    /// Whether work waits for another body.
    pub is_paused: bool,
    /// Who answers for it, once somebody does.
    pub owner: Option<UserId>,
    /// Who asked for it to be closed and from which state, while that is being checked.
    pub asked_to_close: Option<(UserId, State)>,
    /// What its record holds of what closing asks for.
    pub record: Readiness,
    /// How many bodies outside may still have to be told (see [`crate::duties::Book::open`]).
    pub open_duties: usize,
    /// How far it is the case of who wants to act.
    pub part: Part,
    /// Whether they decided something in it since it was opened, or opened again (see [`Action::decides`]).
    pub had_part: bool,
}

/// What changes in a case by an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The state after it.
    pub state: State,
    /// Whether work waits after it.
    pub is_paused: bool,
    /// Who answers for the case after it.
    pub owner: Option<UserId>,
    /// Who asked for closing and from which state, if the case now waits for a check.
    pub asked_to_close: Option<(UserId, State)>,
    /// A level that was set by it.
    pub level: Option<Level>,
}

/// Why an action was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The case is not in a state from which this can be done.
    #[error("{} cannot be done while a case is {}", .action.key(), .state.key())]
    WrongState {
        /// What was tried.
        action: Action,
        /// Where the case stands.
        state: State,
    },
    /// Work on the case waits for another body.
    #[error("{} cannot be done while a case is paused", .0.key())]
    Paused(Action),
    /// The case is not paused, so it cannot be resumed.
    #[error("the case is not paused")]
    NotPaused,
    /// This role does not take this action.
    #[error("{} is not for the role {}", .action.key(), .role.key())]
    Role {
        /// What was tried.
        action: Action,
        /// By whom.
        role: Role,
    },
    /// Nobody closes what they decided alone (R6.5a).
    #[error("a second person has to check this")]
    NeedsSecondPerson,
    /// There is neither an action against a repeat nor a reason for having none (R0.3).
    #[error("there is no action against a repeat, and no reason for having none")]
    NeedsPrevention,
    /// Nobody has checked, at the end, whether what the person wanted was reached (domain reference 8.3).
    #[error("{0} wanted outcomes are not checked at the end")]
    OutcomesUnchecked(usize),
    /// Bodies outside may have to be told, and nobody has decided, or it is not finished (R6.5b).
    #[error("{0} duties outward are open")]
    DutiesOpen(usize),
}

/// The field with the reason for having no action against a repeat.
pub const WHY_NO_PREVENTION: &str = "why_no_prevention";

/// Whether somebody may take this step now, before they fill in what it records.
///
/// # Errors
/// [`Refusal`].
pub fn may_step(case: &CaseView, actor: UserId, role: Role, action: Action) -> Result<(), Refusal> {
    if !access::may_act_with(role, case.part, action) {
        return Err(Refusal::Role { action, role });
    }
    if !action.from_states().contains(&case.state) {
        return Err(Refusal::WrongState {
            action,
            state: case.state,
        });
    }
    if case.is_paused && !action.allowed_while_paused() {
        return Err(Refusal::Paused(action));
    }
    if action == Action::Resume && !case.is_paused {
        return Err(Refusal::NotPaused);
    }
    let decided = [case.owner, case.asked_to_close.map(|(who, _)| who)];
    if action == Action::Close && (case.had_part || decided.contains(&Some(actor))) {
        return Err(Refusal::NeedsSecondPerson);
    }
    if action == Action::AskToClose && case.record.unchecked_outcomes > 0 {
        return Err(Refusal::OutcomesUnchecked(case.record.unchecked_outcomes));
    }
    if matches!(action, Action::AskToClose | Action::Close) && case.open_duties > 0 {
        return Err(Refusal::DutiesOpen(case.open_duties));
    }
    Ok(())
}

/// Takes one step, or says why not.
///
/// `record` has been read by [`super::Record::read`] from the action's fields.
///
/// # Errors
/// [`Refusal`]; nothing changes then.
pub fn step(
    case: &CaseView,
    actor: UserId,
    role: Role,
    action: Action,
    record: &Record,
) -> Result<Step, Refusal> {
    may_step(case, actor, role, action)?;
    let prevents = case.record.prevents_repeat || record.get(WHY_NO_PREVENTION).is_some();
    if action == Action::AskToClose && !prevents {
        return Err(Refusal::NeedsPrevention);
    }
    let state = match action.effect() {
        Effect::To(state) => state,
        Effect::Back => case.asked_to_close.map_or(State::Triage, |(_, from)| from),
        Effect::Stay | Effect::Pause | Effect::Resume => case.state,
    };
    Ok(Step {
        state,
        is_paused: match action.effect() {
            Effect::Pause => true,
            Effect::Resume => false,
            Effect::To(_) | Effect::Back | Effect::Stay => case.is_paused,
        },
        owner: if action == Action::Begin {
            Some(actor)
        } else {
            case.owner
        },
        asked_to_close: match (action, state) {
            (Action::AskToClose, _) => Some((actor, case.state)),
            (_, State::ClosingReview) => case.asked_to_close,
            _ => None,
        },
        level: record.get("level").and_then(Level::from_key),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(number: u8) -> UserId {
        UserId::from_random([number; 16])
    }

    fn case(state: State) -> CaseView {
        CaseView {
            state,
            is_paused: false,
            owner: Some(user(1)),
            asked_to_close: Some((user(1), State::Monitoring)),
            record: Readiness {
                prevents_repeat: true,
                unchecked_outcomes: 0,
            },
            open_duties: 0,
            part: Part::InCharge,
            had_part: false,
        }
    }

    #[test]
    fn every_action_is_refused_from_every_state_that_it_does_not_name() {
        for action in Action::ALL {
            for state in State::ALL {
                let allowed = action.from_states().contains(state);
                let mut view = case(*state);
                view.is_paused = *action == Action::Resume;
                let result = step(&view, user(2), Role::Lead, *action, &Record::default());
                assert_eq!(result.is_ok(), allowed, "{} from {}", action.key(), state.key());
                if !allowed {
                    assert_eq!(
                        result,
                        Err(Refusal::WrongState {
                            action: *action,
                            state: *state
                        })
                    );
                }
            }
        }
    }

    #[test]
    fn every_state_can_be_reached_and_only_closed_ends_the_work() {
        let mut reached = vec![State::Received];
        for _ in State::ALL {
            for action in Action::ALL {
                if let Effect::To(to) = action.effect()
                    && action.from_states().iter().any(|from| reached.contains(from))
                    && !reached.contains(&to)
                {
                    reached.push(to);
                }
            }
        }
        // That one is for `retention` to reach.
        reached.push(State::Retained);
        reached.sort();
        assert_eq!(reached, State::ALL);
        let ended: Vec<_> = State::ALL.iter().filter(|state| !state.is_live()).collect();
        assert_eq!(ended, [&State::Closed, &State::Retained]);
    }

    #[test]
    fn nobody_closes_what_they_own_or_asked_to_close() {
        let mut view = case(State::ClosingReview);
        view.asked_to_close = Some((user(2), State::Signposted));
        for who in [user(1), user(2)] {
            assert_eq!(
                step(&view, who, Role::Lead, Action::Close, &Record::default()),
                Err(Refusal::NeedsSecondPerson)
            );
        }
        // Nor what they decided in, for somebody else who owns it and asked.
        view.had_part = true;
        assert_eq!(
            step(&view, user(3), Role::Alternate, Action::Close, &Record::default()),
            Err(Refusal::NeedsSecondPerson)
        );
        view.had_part = false;
        let closed = step(&view, user(3), Role::Alternate, Action::Close, &Record::default()).unwrap();
        assert_eq!(closed.state, State::Closed);
        let back = step(
            &view,
            user(3),
            Role::Alternate,
            Action::SendBack,
            &Record::default(),
        )
        .unwrap();
        assert_eq!(back.state, State::Signposted);
    }

    #[test]
    fn closing_is_asked_for_with_something_against_a_repeat_or_the_reason_for_nothing() {
        let mut view = case(State::Monitoring);
        view.record.prevents_repeat = false;
        let ask = |view: &CaseView, record: &[(&str, &str)]| {
            let record = record
                .iter()
                .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
                .collect();
            step(view, user(1), Role::Lead, Action::AskToClose, &Record(record)).map(|step| step.state)
        };
        assert_eq!(ask(&view, &[]), Err(Refusal::NeedsPrevention));
        assert_eq!(
            ask(&view, &[("why_no_prevention", "x")]),
            Ok(State::ClosingReview)
        );
        view.record.prevents_repeat = true;
        assert_eq!(ask(&view, &[]), Ok(State::ClosingReview));
        view.record.unchecked_outcomes = 2;
        assert_eq!(ask(&view, &[]), Err(Refusal::OutcomesUnchecked(2)));
    }

    #[test]
    fn a_paused_case_waits() {
        let view = CaseView {
            is_paused: true,
            ..case(State::Open)
        };
        assert_eq!(
            step(&view, user(1), Role::Lead, Action::Plan, &Record::default()),
            Err(Refusal::Paused(Action::Plan))
        );
        let resumed = step(&view, user(1), Role::Lead, Action::Resume, &Record::default()).unwrap();
        assert!(!resumed.is_paused && resumed.state == State::Open);
        assert_eq!(
            step(
                &case(State::Open),
                user(1),
                Role::Lead,
                Action::Resume,
                &Record::default()
            ),
            Err(Refusal::NotPaused)
        );
    }
}

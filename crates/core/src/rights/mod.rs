//! Requests of people about what is kept of them (UK GDPR Articles 12 and 15 to 21; domain reference 7.5): what is
//! recorded, in which order, and by when they are answered.
//!
//! Everybody who is written of has these rights, the person of concern too. Nothing here decides what somebody gets:
//! people do, two of them, and the program counts the days.

mod clock;
mod step;

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    access::{Area, may_enter},
    case::{Record, keyed},
    id::UserId,
    roster::Role,
};

pub use clock::{Clock, Pause, reminder_after};
pub use step::Step;

keyed! {
    /// What somebody asks for.
    Right {
        /// To know what is kept of them, and a copy (Article 15).
        Access = "access",
        /// To have it put right (Article 16).
        Correction = "correction",
        /// To have it erased (Article 17).
        Erasure = "erasure",
        /// To have its use stopped for a time (Article 18).
        Restriction = "restriction",
        /// To object to its use (Article 21).
        Objection = "objection",
    }
}

keyed! {
    /// What one of the readers of a request says of a case in which the name stands.
    Mark {
        /// It is about this person.
        About = "about",
        /// It is about somebody else.
        Not = "not",
        /// They can't tell.
        Unsure = "unsure",
    }
}

/// One entry of a request. Stored for years: fields are only ever added, each with a default.
#[derive(Clone, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: UserId,
    /// What was done.
    pub step: Step,
    /// What was recorded.
    pub record: Record,
    /// With the first entry: who of the team is to know nothing of the request.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub not_for: BTreeSet<UserId>,
}

impl Entry {
    fn day(&self, field: &str) -> Option<Date> {
        self.record.get(field)?.parse().ok()
    }
}

/// What a request waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// For the team.
    Open,
    /// For the person, from a day on.
    Waits(Pause, Date),
    /// A second person is to look at the answer.
    Checking,
    /// The answer was agreed to, and can be handed over.
    Agreed,
    /// Nothing: it was answered, or taken back.
    Ended,
}

/// An answer that somebody wrote.
#[derive(Clone)]
pub struct Answer {
    /// Who wrote it.
    pub by: UserId,
    /// What is answered: one of the choices of the step.
    pub outcome: String,
    /// The letter.
    pub letter: String,
}

/// How a request stands.
#[derive(Clone)]
pub struct View {
    /// What is asked for.
    pub right: Right,
    /// Of whom, in the words of whoever took it down.
    pub who: String,
    /// Other names and spellings, one in each line.
    pub other_names: String,
    /// What it waits for.
    pub state: State,
    /// Its days.
    pub clock: Clock,
    /// Whether somebody asked who the person is.
    pub identity_asked: bool,
    /// The last answer that was written, if there is one.
    pub answer: Option<Answer>,
    /// Who is to know nothing of it.
    pub not_for: BTreeSet<UserId>,
}

impl View {
    /// How a request stands by its entries, oldest first. Nothing for a list that does not begin with taking it down.
    pub fn of(entries: &[Entry], holidays: &BTreeSet<Date>) -> Option<Self> {
        let first = entries.first().filter(|entry| entry.step == Step::TakeDown)?;
        let text = |id: &str| first.record.get(id).unwrap_or_default().to_owned();
        let mut view = Self {
            right: first.record.get("rights_right").and_then(Right::from_key)?,
            who: text("rights_who"),
            other_names: text("rights_names"),
            state: State::Open,
            clock: Clock::begin(first.day("rights_received_on")?, holidays),
            identity_asked: false,
            answer: None,
            not_for: first.not_for.clone(),
        };
        for entry in entries.iter().skip(1) {
            view.take(entry, holidays);
        }
        Some(view)
    }

    fn take(&mut self, entry: &Entry, holidays: &BTreeSet<Date>) {
        match entry.step {
            Step::AskIdentity | Step::AskClarity => {
                let pause = if entry.step == Step::AskIdentity {
                    self.identity_asked = true;
                    Pause::Identity
                } else {
                    Pause::Clarity
                };
                if let Some(on) = entry.day("rights_asked_on") {
                    self.state = State::Waits(pause, on);
                }
            }
            Step::Heard => {
                if let (State::Waits(pause, from), Some(on)) = (self.state, entry.day("rights_heard_on")) {
                    self.clock.paused(pause, from, on, holidays);
                    self.state = State::Open;
                }
            }
            Step::Extend => self.clock.extend(holidays),
            Step::Answer => {
                let text = |id: &str| entry.record.get(id).unwrap_or_default().to_owned();
                self.answer = Some(Answer {
                    by: entry.by,
                    outcome: text("rights_outcome"),
                    letter: text("rights_letter"),
                });
                self.state = State::Checking;
            }
            Step::Agree => self.state = State::Agreed,
            Step::SendBack => self.state = State::Open,
            Step::Release | Step::Withdraw => self.state = State::Ended,
            Step::TakeDown | Step::Note | Step::Give => {}
        }
    }

    /// The day by which it is to be answered; nothing while something is awaited from the person, or once it ended.
    pub fn due_on(&self) -> Option<Date> {
        match self.state {
            State::Open | State::Checking | State::Agreed => Some(self.clock.due_on),
            State::Waits(..) | State::Ended => None,
        }
    }

    /// What is kept under names: those that the person is looked for by.
    pub fn names(&self) -> Vec<&str> {
        std::iter::once(self.who.as_str())
            .chain(self.other_names.lines())
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect()
    }
}

/// Why a step was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This role does not do this.
    #[error("{} is not for this role", .0.key())]
    Role(Step),
    /// It cannot be done as the request stands.
    #[error("{} cannot be done now", .0.key())]
    WrongState(Step),
    /// Nobody agrees to their own answer.
    #[error("a second person has to agree to the answer")]
    NeedsSecondPerson,
    /// The person was to be told of more time within the first month.
    #[error("the time to tell of an extension has passed")]
    TooLateToExtend,
}

/// Whether somebody who can open a request may take a step now.
///
/// # Errors
/// [`Refusal`].
pub fn may(view: &View, actor: UserId, role: Role, step: Step) -> Result<(), Refusal> {
    if !may_enter(role, Area::Requests) {
        return Err(Refusal::Role(step));
    }
    let is_open = view.state == State::Open;
    let fits = match step {
        Step::TakeDown => false,
        // Whoever asks is asked who they are once, before anything else is asked of them.
        Step::AskIdentity => is_open && !view.identity_asked,
        // Only for a request to know does the law let the days until then not count (Article 12A(5) and (6)).
        Step::AskClarity => is_open && view.right == Right::Access,
        Step::Answer => is_open,
        Step::Heard => matches!(view.state, State::Waits(..)),
        Step::Extend => view.state != State::Ended && !view.clock.is_extended,
        Step::Agree | Step::SendBack => view.state == State::Checking,
        Step::Release => view.state == State::Agreed,
        Step::Withdraw => view.state != State::Ended,
        Step::Note | Step::Give => true,
    };
    if !fits {
        return Err(Refusal::WrongState(step));
    }
    let wrote = view.answer.as_ref().is_some_and(|answer| answer.by == actor);
    if step == Step::Agree && wrote {
        return Err(Refusal::NeedsSecondPerson);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn user(number: u8) -> UserId {
        UserId::from_random([number; 16])
    }

    fn entry(by: u8, step: Step, fields: &[(&str, &str)]) -> Entry {
        Entry {
            at: Timestamp::UNIX_EPOCH,
            by: user(by),
            step,
            record: Record(
                fields
                    .iter()
                    .map(|(id, value)| ((*id).to_owned(), (*value).to_owned()))
                    .collect(),
            ),
            not_for: BTreeSet::new(),
        }
    }

    fn taken() -> Entry {
        let fields = [
            ("rights_right", "access"),
            ("rights_who", "Quentin Marlowe"),
            ("rights_names", "Q. Marlow\n\n Quen "),
            ("rights_received_on", "2026-11-24"),
        ];
        entry(1, Step::TakeDown, &fields)
    }

    fn view(entries: &[Entry]) -> View {
        View::of(entries, &BTreeSet::new()).unwrap()
    }

    fn allowed(view: &View, actor: u8) -> Vec<Step> {
        Step::ALL
            .iter()
            .copied()
            .filter(|step| may(view, user(actor), Role::Lead, *step).is_ok())
            .collect()
    }

    #[test]
    fn an_answer_is_agreed_to_by_somebody_else_and_only_then_handed_over() {
        use Step as S;
        let mut entries = vec![taken()];
        let open = [
            S::AskIdentity,
            S::AskClarity,
            S::Extend,
            S::Answer,
            S::Withdraw,
            S::Note,
            S::Give,
        ];
        assert_eq!(allowed(&view(&entries), 1), open);
        entries.push(entry(
            1,
            S::Answer,
            &[("rights_outcome", "given"), ("rights_letter", "Dear")],
        ));
        assert_eq!(
            allowed(&view(&entries), 1),
            [S::Extend, S::SendBack, S::Withdraw, S::Note, S::Give]
        );
        assert_eq!(
            may(&view(&entries), user(1), Role::Lead, S::Agree),
            Err(Refusal::NeedsSecondPerson)
        );
        entries.push(entry(2, S::SendBack, &[]));
        assert_eq!(allowed(&view(&entries), 1), open);
        entries.push(entry(2, S::Answer, &[]));
        entries.push(entry(1, S::Agree, &[]));
        assert_eq!(
            allowed(&view(&entries), 2),
            [S::Extend, S::Release, S::Withdraw, S::Note, S::Give]
        );
        entries.push(entry(2, S::Release, &[]));
        let ended = view(&entries);
        assert_eq!((ended.state, ended.due_on()), (State::Ended, None));
        assert_eq!(allowed(&ended, 1), [S::Note, S::Give]);
        for role in [
            Role::Caseworker,
            Role::Facilitator,
            Role::Group,
            Role::Administrator,
        ] {
            assert_eq!(
                may(&ended, user(1), role, S::Note),
                Err(Refusal::Role(S::Note)),
                "{role:?}"
            );
        }
    }

    #[test]
    fn while_something_is_awaited_from_the_person_nothing_is_due() {
        let mut entries = vec![taken()];
        assert_eq!(view(&entries).due_on(), Some(date(2026, 12, 24)));
        entries.push(entry(1, Step::AskIdentity, &[("rights_asked_on", "2026-11-26")]));
        let waits = view(&entries);
        assert_eq!(waits.state, State::Waits(Pause::Identity, date(2026, 11, 26)));
        assert_eq!(waits.due_on(), None);
        entries.push(entry(1, Step::Heard, &[("rights_heard_on", "2026-12-01")]));
        let heard = view(&entries);
        assert_eq!(heard.due_on(), Some(date(2027, 1, 1)));
        assert_eq!(
            may(&heard, user(1), Role::Lead, Step::AskIdentity),
            Err(Refusal::WrongState(Step::AskIdentity))
        );
    }

    #[test]
    fn a_person_is_looked_for_by_every_name_that_was_given() {
        assert_eq!(view(&[taken()]).names(), ["Quentin Marlowe", "Q. Marlow", "Quen"]);
        assert!(View::of(&[entry(1, Step::Note, &[])], &BTreeSet::new()).is_none());
        assert!(View::of(&[], &BTreeSet::new()).is_none());
    }
}

//! How things stand with each body, put together from all entries, and what is still open.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Decision, Ending, Entry, Need, Outcome, Place, Replied, Sent, Suggested};
use crate::{
    case::{State, keyed},
    id::DutyId,
};

keyed! {
    /// Something that can be recorded.
    Step {
        /// Where the person is, and what may be so.
        Look = "look",
        /// Whether a body is told.
        Decide = "decide",
        /// That it was told.
        Send = "sent",
        /// That it answered.
        Reply = "reply",
        /// That nothing more is to be done.
        End = "end",
    }
}

/// Why something can't be recorded now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The case is not being worked on.
    #[error("the case is {}", .0.key())]
    State(State),
    /// Nobody decided that this body is to be told.
    #[error("it is not decided that this body is told")]
    NotDecided,
    /// The person was not asked yet, and nothing outweighs that.
    #[error("the person is to be asked first")]
    AskFirst,
    /// Nothing was sent that could be answered.
    #[error("nothing was sent")]
    NothingSent,
    /// It has ended already.
    #[error("it has ended")]
    Ended,
}

/// How things stand with one body.
#[derive(Clone, PartialEq, Eq)]
pub struct Standing {
    /// What was decided last.
    pub decision: Decision,
    /// What was passed on, oldest first.
    pub sent: Vec<Sent>,
    /// What was answered, oldest first.
    pub replies: Vec<Replied>,
    /// How it ended, unless it was decided anew since.
    pub ended: Option<Ending>,
}

impl Standing {
    /// Whether nothing is open with this body.
    pub fn is_complete(&self) -> bool {
        match self.decision.need {
            Need::NotRequired => true,
            Need::NotSure => false,
            Need::Required => self.ended.is_some(),
        }
    }
}

/// Something that has to be settled before the case can close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open {
    /// A body depends on where the person is, and nobody has said.
    Place,
    /// Nobody decided on this body, which the answers raise.
    Undecided(String),
    /// This body is decided as "not sure".
    Unsure(String),
    /// This body is to be told, and that has not ended.
    Unfinished(String),
}

/// All that is recorded about duties outward in one case.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// Where the affected person is.
    pub place: Option<Place>,
    /// What a lead ticked.
    pub says: BTreeSet<String>,
    /// The lead's note on it.
    pub note: String,
    /// The bodies that were decided on.
    pub bodies: BTreeMap<String, Standing>,
}

impl Book {
    /// Puts it together from the entries, oldest first.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let mut book = Self::default();
        for entry in entries {
            book.add(entry);
        }
        book
    }

    fn add(&mut self, entry: &Entry) {
        match entry {
            Entry::Looked(looked) => {
                self.place = Some(looked.place);
                self.says.clone_from(&looked.says);
                self.note.clone_from(&looked.note);
            }
            Entry::Decided(decision) => {
                let decision = decision.clone();
                if let Some(standing) = self.bodies.get_mut(&decision.body) {
                    standing.decision = decision;
                    standing.ended = None;
                } else {
                    let standing = Standing {
                        decision,
                        sent: Vec::new(),
                        replies: Vec::new(),
                        ended: None,
                    };
                    self.bodies.insert(standing.decision.body.clone(), standing);
                }
            }
            // Without a decision before them these three are never recorded.
            Entry::Sent(sent) => {
                if let Some(standing) = self.bodies.get_mut(&sent.body) {
                    standing.sent.push(sent.clone());
                }
            }
            Entry::Replied(replied) => {
                if let Some(standing) = self.bodies.get_mut(&replied.body) {
                    standing.replies.push(replied.clone());
                }
            }
            Entry::Ended(ending) => {
                if let Some(standing) = self.bodies.get_mut(&ending.body) {
                    standing.ended = Some(ending.clone());
                }
            }
        }
    }

    /// The clock of a body, if it has one already.
    pub fn clock(&self, body: &str) -> Option<DutyId> {
        self.bodies.get(body).map(|standing| standing.decision.clock)
    }

    /// Whether this can be recorded now.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn may(&self, state: State, step: Step, body: &str) -> Result<(), Refused> {
        match state {
            State::Received | State::Closed | State::Retained => return Err(Refused::State(state)),
            State::Triage
            | State::AdviceGiven
            | State::Signposted
            | State::Open
            | State::Transferred
            | State::LearningOnly
            | State::Action
            | State::Monitoring
            | State::ClosingReview => {}
        }
        let standing = self.bodies.get(body);
        match step {
            Step::Look | Step::Decide => Ok(()),
            Step::Send | Step::Reply | Step::End => {
                let standing = standing
                    .filter(|standing| standing.decision.need == Need::Required)
                    .ok_or(Refused::NotDecided)?;
                if standing.ended.is_some() {
                    return Err(Refused::Ended);
                }
                match step {
                    Step::Send if !standing.decision.may_send() => Err(Refused::AskFirst),
                    Step::Reply if standing.sent.is_empty() => Err(Refused::NothingSent),
                    Step::Look | Step::Decide | Step::Send | Step::Reply | Step::End => Ok(()),
                }
            }
        }
    }

    /// The ways in which it can end with a body now.
    pub fn outcomes(&self, body: &str) -> &'static [Outcome] {
        let sent = self
            .bodies
            .get(body)
            .is_some_and(|standing| !standing.sent.is_empty());
        if sent {
            &[Outcome::TheyAct, Outcome::Done, Outcome::TheyDoNot]
        } else {
            &[Outcome::KnownAlready, Outcome::NothingSent]
        }
    }

    /// What is still open, given what the answers raise (R6.5b: no case closes with a body that nobody decided on).
    pub fn open(&self, raised: &[Suggested<'_>]) -> Vec<Open> {
        let mut open = Vec::new();
        if self.place.is_none() && raised.iter().any(|raised| raised.place_missing) {
            open.push(Open::Place);
        }
        for one in raised {
            // While nobody has said where the person is, that is the question. If nobody knows, one of those that
            // stand in for one another is enough.
            let settled = self.bodies.contains_key(&one.body.id)
                || (one.place_missing && (self.place.is_none() || self.has_stand_in(one, raised)));
            if !settled {
                open.push(Open::Undecided(one.body.id.clone()));
            }
        }
        for (body, standing) in &self.bodies {
            if !standing.is_complete() {
                open.push(if standing.decision.need == Need::NotSure {
                    Open::Unsure(body.clone())
                } else {
                    Open::Unfinished(body.clone())
                });
            }
        }
        open
    }

    /// Whether another body of the same group is settled.
    fn has_stand_in(&self, one: &Suggested<'_>, raised: &[Suggested<'_>]) -> bool {
        one.body.group.is_some()
            && raised
                .iter()
                .filter(|other| other.body.group == one.body.group)
                .filter_map(|other| self.bodies.get(&other.body.id))
                .any(Standing::is_complete)
    }
}

impl Standing {
    /// When the body is to be told, or an answer is wanted, or it is looked at again.
    ///
    /// `start_of` says when a day begins for the team.
    pub fn due(&self, start_of: impl Fn(jiff::civil::Date) -> Option<Timestamp>) -> Option<Timestamp> {
        if self.decision.need != Need::Required || self.ended.is_some() {
            return None;
        }
        if let Some(reply) = self.replies.last() {
            return reply.again_on.and_then(start_of);
        }
        match self.sent.last() {
            Some(sent) => sent.reply_by.and_then(start_of),
            None => self.decision.due_at,
        }
    }
}

//! Reading what was typed into the forms of duties outward: every field that needs another look is named at once.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};

use super::{Consent, Decision, Ending, Ground, Looked, Need, Outcome, Place, Replied, Sent, Way};
use crate::id::DutyId;

/// The most characters of a line.
pub const MOST_IN_A_LINE: usize = 300;
/// The most characters of paragraphs.
pub const MOST_CHARACTERS: usize = 20_000;

/// Why a field was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was put in.
    Missing,
    /// Longer than this many characters.
    TooLong(usize),
    /// Not one of the choices.
    UnknownChoice,
    /// Not a day.
    NotADate,
    /// A day that has not come yet, for something that is said to have happened.
    NotYet,
    /// A day that is past, for something that is to come.
    Past,
    /// Somebody does not agree, or could not be asked, and nothing that outweighs it is ticked.
    NoGround,
}

impl Problem {
    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong(_) => "too-long",
            Self::UnknownChoice => "choice",
            Self::NotADate => "date",
            Self::NotYet => "not-yet",
            Self::Past => "past",
            Self::NoGround => "no-ground",
        }
    }
}

/// A field and why it was not taken.
pub type FieldProblem = (&'static str, Problem);

/// What was sent, one pair for each value. Days come as `2026-11-24`, or as `?` if what was typed is no day.
pub type Input = [(String, String)];

struct Reader<'i> {
    input: &'i Input,
    problems: Vec<FieldProblem>,
}

impl<'i> Reader<'i> {
    fn new(input: &'i Input) -> Self {
        Self {
            input,
            problems: Vec::new(),
        }
    }

    fn get(&self, field: &str) -> &'i str {
        let found = self.input.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, value)| value.trim())
    }

    fn all<T: Ord>(&mut self, field: &'static str, read: impl Fn(&str) -> Option<T>) -> BTreeSet<T> {
        let mut found = BTreeSet::new();
        for (_, value) in self.input.iter().filter(|(name, _)| name == field) {
            match read(value) {
                Some(one) => {
                    found.insert(one);
                }
                None => self.fault(field, Problem::UnknownChoice),
            }
        }
        found
    }

    fn fault(&mut self, field: &'static str, problem: Problem) {
        if !self.problems.contains(&(field, problem)) {
            self.problems.push((field, problem));
        }
    }

    fn text(&mut self, field: &'static str, required: bool, most: usize) -> String {
        let value = self.get(field);
        if value.is_empty() && required {
            self.fault(field, Problem::Missing);
        }
        if value.chars().count() > most {
            self.fault(field, Problem::TooLong(most));
        }
        value.replace("\r\n", "\n")
    }

    fn long(&mut self, field: &'static str) -> String {
        self.text(field, true, MOST_CHARACTERS)
    }

    fn maybe_long(&mut self, field: &'static str) -> String {
        self.text(field, false, MOST_CHARACTERS)
    }

    fn line(&mut self, field: &'static str) -> String {
        self.text(field, true, MOST_IN_A_LINE)
    }

    fn maybe_line(&mut self, field: &'static str) -> String {
        self.text(field, false, MOST_IN_A_LINE)
    }

    fn choice<T>(
        &mut self,
        field: &'static str,
        read: impl Fn(&str) -> Option<T>,
        required: bool,
    ) -> Option<T> {
        let value = self.get(field);
        let found = read(value);
        if value.is_empty() {
            if required {
                self.fault(field, Problem::Missing);
            }
        } else if found.is_none() {
            self.fault(field, Problem::UnknownChoice);
        }
        found
    }

    fn date(&mut self, field: &'static str, required: bool) -> Option<Date> {
        let value = self.get(field);
        if value.is_empty() {
            if required {
                self.fault(field, Problem::Missing);
            }
            return None;
        }
        let date = value.parse().ok();
        if date.is_none() {
            self.fault(field, Problem::NotADate);
        }
        date
    }

    /// A day on which something happened.
    fn happened(&mut self, field: &'static str, today: Date) -> Option<Date> {
        let date = self.date(field, true)?;
        if date > today {
            self.fault(field, Problem::NotYet);
            return None;
        }
        Some(date)
    }

    /// A day on which something is to happen.
    fn upcoming(&mut self, field: &'static str, today: Date) -> Option<Date> {
        let date = self.date(field, false)?;
        if date < today {
            self.fault(field, Problem::Past);
            return None;
        }
        Some(date)
    }

    fn done<T>(self, made: impl FnOnce() -> Option<T>) -> Result<T, Vec<FieldProblem>> {
        match made() {
            Some(made) if self.problems.is_empty() => Ok(made),
            _ => Err(self.problems),
        }
    }
}

/// Reads where the person is and what a lead ticks. `known` is what the rules let a lead tick.
///
/// # Errors
/// Every field that needs another look.
pub fn read_look(input: &Input, known: &[String]) -> Result<Looked, Vec<FieldProblem>> {
    let mut reader = Reader::new(input);
    let place = reader.choice("place", Place::from_key, true);
    let says = reader.all("says", |value| known.iter().find(|says| *says == value).cloned());
    let note = reader.maybe_long("note");
    reader.done(|| {
        Some(Looked {
            place: place?,
            says,
            note,
        })
    })
}

/// A decision as it was typed: what the clock makes of it is worked out afterwards.
#[derive(Clone, PartialEq, Eq)]
pub struct DecisionInput {
    /// Yes, no or not sure.
    pub need: Need,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// What the affected person says.
    pub consent: Option<Consent>,
    /// What outweighs it.
    pub grounds: BTreeSet<Ground>,
    /// More about it.
    pub consent_note: String,
    /// The day from which the clock runs; else it runs from when the report came, or from now.
    pub starts_on: Option<Date>,
    /// Whether the clock runs from now.
    pub starts_now: bool,
    /// Another day by which it is to be told.
    pub due_on: Option<Date>,
}

/// Reads a decision.
///
/// # Errors
/// Every field that needs another look.
pub fn read_decision(input: &Input, today: Date) -> Result<DecisionInput, Vec<FieldProblem>> {
    let mut reader = Reader::new(input);
    let need = reader.choice("need", Need::from_key, true);
    let reason = reader.long("reason");
    let decided_by = reader.line("decided_by");
    let is_required = need == Some(Need::Required);
    let consent = reader.choice("consent", Consent::from_key, is_required);
    let grounds = reader.all("grounds", Ground::from_key);
    if is_required && consent.is_some_and(Consent::needs_ground) && grounds.is_empty() {
        reader.fault("grounds", Problem::NoGround);
    }
    let weighed = is_required && consent.is_some_and(Consent::needs_ground);
    let consent_note = reader.text("consent_note", weighed, MOST_CHARACTERS);
    let starts = reader.choice(
        "starts",
        |key| ["report", "now", "day"].into_iter().find(|known| *known == key),
        is_required,
    );
    let starts_on = if starts == Some("day") {
        reader.happened("starts_on", today)
    } else {
        None
    };
    let due_on = reader.upcoming("due_on", today);
    reader.done(|| {
        Some(DecisionInput {
            need: need?,
            reason,
            decided_by,
            consent,
            grounds,
            consent_note,
            starts_on,
            starts_now: starts == Some("now"),
            due_on,
        })
    })
}

impl DecisionInput {
    /// The decision on a body, with its clock.
    pub fn decide(
        self,
        body: String,
        clock: DutyId,
        starts_at: Option<Timestamp>,
        due_at: Option<Timestamp>,
    ) -> Decision {
        let runs = self.need == Need::Required;
        Decision {
            body,
            clock,
            need: self.need,
            reason: self.reason,
            decided_by: self.decided_by,
            consent: self.consent,
            grounds: self.grounds,
            consent_note: self.consent_note,
            starts_at: starts_at.filter(|_| runs),
            due_at: due_at.filter(|_| runs),
            due_by_hand: runs && self.due_on.is_some(),
        }
    }
}

/// Reads that a body was told; with it the words for the reporter, if they are to be told of it.
///
/// # Errors
/// Every field that needs another look.
pub fn read_sent(
    body: &str,
    input: &Input,
    today: Date,
) -> Result<(Sent, Option<String>), Vec<FieldProblem>> {
    let mut reader = Reader::new(input);
    let on = reader.happened("sent_on", today);
    let how = reader.choice("how", Way::from_key, true);
    let by = reader.line("sent_by");
    let to = reader.line("sent_to");
    let what = reader.long("what");
    let reference = reader.maybe_line("reference");
    let reply_by = reader.upcoming("reply_by", today);
    let shown = reader.choice(
        "show",
        |key| ["yes", "no"].into_iter().find(|known| *known == key),
        true,
    );
    let shown = shown == Some("yes");
    let message = reader.text("message", shown, MOST_CHARACTERS);
    reader.done(|| {
        let sent = Sent {
            body: body.to_owned(),
            on: on?,
            how: how?,
            by,
            to,
            what,
            reference,
            reply_by,
            shown,
        };
        Some((sent, shown.then_some(message)))
    })
}

/// Reads that a body answered.
///
/// # Errors
/// Every field that needs another look.
pub fn read_reply(body: &str, input: &Input, today: Date) -> Result<Replied, Vec<FieldProblem>> {
    let mut reader = Reader::new(input);
    let on = reader.happened("reply_on", today);
    let reply = reader.long("reply");
    let reference = reader.maybe_line("reference");
    let again_on = reader.upcoming("again_on", today);
    reader.done(|| {
        Some(Replied {
            body: body.to_owned(),
            on: on?,
            reply,
            reference,
            again_on,
        })
    })
}

/// Reads that nothing more is to be done with a body. `outcomes` are those that fit what was done so far.
///
/// # Errors
/// Every field that needs another look.
pub fn read_ending(body: &str, input: &Input, outcomes: &[Outcome]) -> Result<Ending, Vec<FieldProblem>> {
    let mut reader = Reader::new(input);
    let fitting = |key: &str| Outcome::from_key(key).filter(|outcome| outcomes.contains(outcome));
    let outcome = reader.choice("outcome", fitting, true);
    let why = reader.long("why");
    reader.done(|| {
        Some(Ending {
            body: body.to_owned(),
            outcome: outcome?,
            why,
        })
    })
}

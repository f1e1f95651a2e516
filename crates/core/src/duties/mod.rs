//! Duties outward: which bodies outside may have to be told, why, by when and by whom, and what was decided and
//! done about each (domain reference 6.5, R0.10, R6.5b).
//!
//! Nothing here, and nothing in the program, sends anything to anybody: people do, and record it.

mod book;
mod entry;
mod input;
mod limit;
mod parse;
mod rules;
mod suggest;

pub use book::{Book, Open, Refused, Standing, Step};
pub use entry::{Consent, Decision, Ending, Entry, Ground, Looked, Need, Outcome, Place, Replied, Sent, Way};
pub use input::{
    DecisionInput, FieldProblem, Problem, read_decision, read_ending, read_look, read_reply, read_sent,
};
pub use limit::{Limit, LimitFrom};
pub use rules::{Body, Decides, DraftPart, DutyRules, Nation, Tag};
pub use suggest::{Because, Suggested};

pub use crate::form::FormErrors as DutyRulesErrors;
use crate::holidays::{BankHolidays, HolidaysError};

/// The name of the built-in rules, for messages.
pub const BUILT_IN_NAME: &str = "forms/duties.toml";

/// The source of the built-in rules.
pub const BUILT_IN_SOURCE: &str = include_str!("../../../../forms/duties.toml");

/// The rules with the bank holidays that their deadlines need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outward {
    /// Which bodies, when and by when.
    pub rules: DutyRules,
    /// The days on which a working day does not pass.
    pub holidays: BankHolidays,
}

/// Why built-in data was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum OutwardError {
    /// The rules.
    #[error("the rules for duties outward cannot be used:\n{0}")]
    Rules(#[from] DutyRulesErrors),
    /// The bank holidays.
    #[error("the bank holidays cannot be used: {0}")]
    Holidays(#[from] HolidaysError),
}

impl Outward {
    /// What comes with the program.
    ///
    /// # Errors
    /// Never, as a test shows.
    pub fn built_in() -> Result<Self, OutwardError> {
        Ok(Self {
            rules: DutyRules::built_in()?,
            holidays: BankHolidays::built_in()?,
        })
    }
}

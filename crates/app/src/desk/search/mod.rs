//! Searching in everything that a reader may open, and in nothing else.
//!
//! There is no index at rest. The cases on a reader's desk are opened with their own key, and what is written in them
//! lies, as it is compared, on a *shelf* in memory that belongs to their session: bounded, wiped when the session ends
//! or is idle, and never the last word. What is shown is opened anew, by the keys of the moment (decision 0023).

mod alike;
mod doc;
mod extract;
mod fill;
mod find;
mod fold;
mod gather;
mod near;
mod query;
mod recurring;
mod shelf;
mod tidy;

use jiff::Timestamp;
use safehold_core::{
    case::{Action, Level, State},
    id::{CaseId, UserId},
    record,
    reference::Reference,
};
use zeroize::Zeroizing;

pub use extract::{Extract, Stretch};
pub use find::{begin, complete, find, keep, kept, trace_shown};
pub use recurring::{Recurring, SameName, recurring};
pub use tidy::{Held, held, tidy};

pub(crate) use alike::alike;
pub(crate) use shelf::Shelves;

use gather::Piece;

use super::Which;

/// The most characters that one looks for at a time.
pub const MOST_CHARACTERS: usize = 200;
/// How many cases are on one page of what was found.
pub const PER_PAGE: usize = 10;

/// What kind of text a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What somebody wrote.
    Words,
    /// Somebody's name, or how they are reached.
    Person,
    /// A place, an activity or an organisation.
    Place,
    /// What was chosen from a list.
    Tag,
    /// The number of the case.
    Number,
}

impl Kind {
    /// Those that one can look in alone.
    pub const CHOICES: [Self; 4] = [Self::Person, Self::Place, Self::Words, Self::Tag];

    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Person => "person",
            Self::Place => "place",
            Self::Tag => "tag",
            Self::Number => "number",
        }
    }

    /// Finds one by its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|kind| kind.key() == key)
    }

    fn byte(self) -> u8 {
        match self {
            Self::Words => b'w',
            Self::Person => b'p',
            Self::Place => b'l',
            Self::Tag => b't',
            Self::Number => b'n',
        }
    }

    fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            b'w' => Some(Self::Words),
            b'p' => Some(Self::Person),
            b'l' => Some(Self::Place),
            b't' => Some(Self::Tag),
            b'n' => Some(Self::Number),
            _ => None,
        }
    }
}

/// Where in a case something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the report, in the answer to this question.
    Report(String),
    /// In a message.
    Message {
        /// Whether the desk wrote it.
        from_desk: bool,
    },
    /// In what was recorded with an action.
    Action(Action),
    /// In an entry of the record of the work.
    Record(record::Kind),
    /// In what was recorded about this body outside; nothing for the case as a whole.
    Duty(String),
    /// In what was recorded about keeping the case.
    Kept,
    /// In the reason why somebody was given the case, or excluded from it.
    Readers,
    /// In what was recorded about copies.
    Copy,
    /// In the name of a file, or in what was said about it.
    File,
}

/// In which order cases that were found are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Those that fit best first.
    #[default]
    Best,
    /// Those that came last first.
    Newest,
}

/// What somebody looks for. It holds what they typed, so it never prints, and is wiped.
#[derive(Clone)]
pub struct Query {
    /// What they typed.
    pub typed: Zeroizing<String>,
    /// Only in this kind of text.
    pub only: Option<Kind>,
    /// Only in cases that are worked on, or closed.
    pub which: Which,
    /// Only in cases in this state.
    pub state: Option<State>,
    /// Only in cases of this level.
    pub level: Option<Level>,
    /// Only in cases of this category of harm, by its key: as the reporter or a lead has it.
    pub category: Option<String>,
    /// In which order they are shown.
    pub order: Order,
}

/// Why something cannot be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QueryProblem {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// More than [`MOST_CHARACTERS`].
    #[error("the search is too long")]
    TooLong,
    /// There is no letter or digit in it.
    #[error("there is no word in the search")]
    NoWord,
}

impl Query {
    /// Looks for this everywhere.
    ///
    /// # Errors
    /// [`QueryProblem`].
    pub fn new(typed: &str) -> Result<Self, QueryProblem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(QueryProblem::Empty);
        }
        if typed.chars().count() > MOST_CHARACTERS {
            return Err(QueryProblem::TooLong);
        }
        if query::terms(typed).is_empty() {
            return Err(QueryProblem::NoWord);
        }
        Ok(Self {
            typed: Zeroizing::new(typed.to_owned()),
            only: None,
            which: Which::All,
            state: None,
            level: None,
            category: None,
            order: Order::default(),
        })
    }
}

/// A case that was found.
pub struct Hit {
    /// Which.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
    /// How soon it is looked at.
    pub level: Option<Level>,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
    /// A few lines around what was looked for. None where only the number of the case was.
    pub extracts: Vec<Extract>,
    /// In how many more places of the case it stands.
    pub more: usize,
}

/// What was found.
pub struct Found {
    /// A page of it.
    pub hits: Vec<Hit>,
    /// How many cases there are in all.
    pub total: usize,
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are; at least 1.
    pub pages: usize,
    /// How far the search has come.
    pub progress: Progress,
    /// Where nothing was found: what may have been meant, as it would be typed.
    pub near: Vec<Zeroizing<String>>,
}

/// How many cases were looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// So many so far.
    pub looked: usize,
    /// Of so many.
    pub of: usize,
    /// Cases that nobody has begun with: they are not looked through, as the question of conflict comes first.
    pub not_begun: usize,
    /// Cases with more in them than is searched.
    pub cut: usize,
    /// Cases for which there was no room, or that could not be opened.
    pub left_out: usize,
}

impl Progress {
    /// Whether all that can be looked through was.
    pub fn is_complete(&self) -> bool {
        self.looked >= self.of
    }
}

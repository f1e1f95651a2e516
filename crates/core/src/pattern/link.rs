//! A link between two cases: what returns in both, and why somebody says so.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::case::keyed;

keyed! {
    /// What two cases have in common.
    Tie {
        /// The same person is in both.
        Person = "person",
        /// Both are about the same place.
        Place = "place",
        /// Both are about the same activity.
        Activity = "activity",
        /// Both are about the same group of people.
        Group = "group",
        /// One follows from the other, or tells of the same thing again.
        FollowOn = "follow_on",
        /// Something else.
        Other = "other",
    }
}

impl Tie {
    /// Whether it says that something returns: a raiser of the level (domain reference 6.2). A report that follows
    /// from another may be the same thing told twice.
    pub fn is_repeat(self) -> bool {
        match self {
            Self::Person | Self::Place | Self::Activity | Self::Group => true,
            Self::FollowOn | Self::Other => false,
        }
    }
}

keyed! {
    /// What of two cases was compared, and is not the same.
    What {
        /// Somebody's name.
        Person = "person",
        /// A place, an activity or an organisation.
        Place = "place",
    }
}

/// The most cases that are linked with one form.
pub const MOST_AT_ONCE: usize = 20;

/// The most characters of a reason.
const MOST_CHARACTERS: usize = 5_000;

/// What is wrong with a link that somebody wants to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkProblem {
    /// No other case is named.
    NoCase,
    /// More than [`MOST_AT_ONCE`] are named.
    TooManyCases,
    /// There is no such case on this desk. It is the same whether it does not exist or is not theirs.
    UnknownCase,
    /// It is this case.
    SameCase,
    /// Nobody has begun with the other case: the question of conflict comes first.
    NotBegun,
    /// It does not say what they have in common.
    NoTie,
    /// It says something that is none of the choices.
    UnknownTie,
    /// It does not say why.
    NoWhy,
    /// The reason is too long.
    WhyTooLong,
}

impl LinkProblem {
    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoCase => "no-case",
            Self::TooManyCases => "too-many",
            Self::UnknownCase => "unknown-case",
            Self::SameCase => "same-case",
            Self::NotBegun => "not-begun",
            Self::NoTie => "no-tie",
            Self::UnknownTie => "unknown-tie",
            Self::NoWhy => "no-why",
            Self::WhyTooLong => "why-too-long",
        }
    }
}

/// A reason in somebody's own words: never empty. It holds what people wrote, so it never prints.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Why(String);

impl Why {
    /// Reads a reason.
    ///
    /// # Errors
    /// [`LinkProblem::NoWhy`] or [`LinkProblem::WhyTooLong`].
    pub fn read(typed: &str) -> Result<Self, LinkProblem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(LinkProblem::NoWhy);
        }
        if typed.chars().count() > MOST_CHARACTERS {
            return Err(LinkProblem::WhyTooLong);
        }
        Ok(Self(typed.replace("\r\n", "\n")))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Why")
    }
}

/// What a new link says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// What the cases have in common: at least one thing.
    pub ties: BTreeSet<Tie>,
    /// Why they are linked.
    pub why: Why,
}

impl NewLink {
    /// Reads what was chosen and typed. Every problem is named at once.
    ///
    /// # Errors
    /// [`LinkProblem`]s.
    pub fn read<'a>(ties: impl Iterator<Item = &'a str>, why: &str) -> Result<Self, Vec<LinkProblem>> {
        let mut problems = Vec::new();
        let mut chosen = BTreeSet::new();
        for tie in ties.map(str::trim).filter(|tie| !tie.is_empty()) {
            match Tie::from_key(tie) {
                Some(tie) => {
                    chosen.insert(tie);
                }
                None => problems.push(LinkProblem::UnknownTie),
            }
        }
        problems.dedup();
        if chosen.is_empty() && problems.is_empty() {
            problems.push(LinkProblem::NoTie);
        }
        match Why::read(why) {
            Ok(why) if problems.is_empty() => Ok(Self { ties: chosen, why }),
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(problem);
                Err(problems)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_what_is_in_common_and_why() {
        let link = NewLink::read(["person", "place", "person"].into_iter(), " Twice\r\nnow. ").unwrap();
        assert_eq!(link.ties, BTreeSet::from([Tie::Person, Tie::Place]));
        assert_eq!(link.why.as_str(), "Twice\nnow.");
    }

    #[test]
    fn every_problem_is_named_at_once() {
        let read = |ties: &[&str], why: &str| NewLink::read(ties.iter().copied(), why).unwrap_err();
        assert_eq!(read(&[], " "), [LinkProblem::NoTie, LinkProblem::NoWhy]);
        assert_eq!(read(&["person", "x"], "w"), [LinkProblem::UnknownTie]);
        assert_eq!(
            read(&[""], &"w".repeat(5001)),
            [LinkProblem::NoTie, LinkProblem::WhyTooLong]
        );
    }

    #[test]
    fn a_reason_does_not_print() {
        assert_eq!(format!("{:?}", Why::read("secret").unwrap()), "Why");
    }
}

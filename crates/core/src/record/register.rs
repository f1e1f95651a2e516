//! All entries of a case together: which stands, what it stands in the place of, and what answers it.

use jiff::Timestamp;

use super::{Entry, EntryRefusal, Kind, access};
use crate::{
    id::{EventId, UserId},
    stay_away,
};

/// An entry with when and by whom it was made.
#[derive(Debug, Clone, Copy)]
pub struct Filed<'a> {
    /// Which.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<UserId>,
    /// What.
    pub entry: &'a Entry,
}

/// An entry with all its versions and answers.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// The id of its first version, by which others name it.
    pub root: EventId,
    /// Its number among its kind, from 1. It never changes.
    pub number: usize,
    /// Its first version.
    pub first: Filed<'a>,
    /// The version that stands.
    pub latest: Filed<'a>,
    /// Versions that were corrected, oldest first.
    pub earlier: Vec<Filed<'a>>,
    /// What answers it, oldest first.
    pub answers: Vec<Item<'a>>,
    /// What stands beside it: questions that were asked for it, and copies of it that the person sees.
    pub beside: Vec<Item<'a>>,
}

/// What closing a case asks of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readiness {
    /// Whether there is an action against a repeat (R0.3).
    pub prevents_repeat: bool,
    /// Wanted outcomes that nobody has checked at the end (domain reference 8.3).
    pub unchecked_outcomes: usize,
}

/// The entries of a case, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Register<'a> {
    filed: Vec<Filed<'a>>,
}

impl<'a> FromIterator<Filed<'a>> for Register<'a> {
    fn from_iter<T: IntoIterator<Item = Filed<'a>>>(entries: T) -> Self {
        Self {
            filed: entries.into_iter().collect(),
        }
    }
}

impl<'a> Register<'a> {
    /// The entries of a kind that answer no other, with all that belongs to each, oldest first.
    pub fn items(&self, kind: Kind) -> Vec<Item<'a>> {
        self.among(kind, None)
    }

    /// The entries of a kind, whatever they are about, oldest first. Each is numbered among those that are about the
    /// same.
    pub fn every(&self, kind: Kind) -> Vec<Item<'a>> {
        let firsts = || {
            self.filed
                .iter()
                .filter(move |filed| filed.entry.of == kind && filed.entry.corrects.is_none())
        };
        firsts()
            .map(|first| {
                let earlier = firsts()
                    .take_while(|other| other.id != first.id)
                    .filter(|other| other.entry.about == first.entry.about)
                    .count();
                self.item(*first, earlier + 1)
            })
            .collect()
    }

    /// One entry, by the id of its first version.
    pub fn find(&self, root: EventId) -> Option<Item<'a>> {
        let first = self.first(root)?;
        self.among(first.entry.of, first.entry.about)
            .into_iter()
            .find(|item| item.root == root)
    }

    fn first(&self, id: EventId) -> Option<&Filed<'a>> {
        self.filed
            .iter()
            .find(|filed| filed.id == id && filed.entry.corrects.is_none())
    }

    fn among(&self, kind: Kind, about: Option<EventId>) -> Vec<Item<'a>> {
        self.filed
            .iter()
            .filter(|filed| {
                filed.entry.of == kind && filed.entry.corrects.is_none() && filed.entry.about == about
            })
            .enumerate()
            .map(|(index, first)| self.item(*first, index + 1))
            .collect()
    }

    fn item(&self, first: Filed<'a>, number: usize) -> Item<'a> {
        let mut versions: Vec<_> = std::iter::once(first)
            .chain(
                self.filed
                    .iter()
                    .copied()
                    .filter(|filed| filed.entry.corrects == Some(first.id)),
            )
            .collect();
        let latest = versions.pop().unwrap_or(first);
        let about_it = |beside: bool| {
            self.filed
                .iter()
                .filter(move |filed| {
                    filed.entry.about == Some(first.id)
                        && filed.entry.corrects.is_none()
                        && filed.entry.of.beside().is_some() == beside
                })
                .enumerate()
                .map(|(index, answer)| self.item(*answer, index + 1))
                .collect()
        };
        let (answers, beside) = (about_it(false), about_it(true));
        Item {
            root: first.id,
            number,
            first,
            latest,
            earlier: versions,
            answers,
            beside,
        }
    }

    /// Whether an entry of this kind can be about, and correct, these.
    ///
    /// # Errors
    /// [`EntryRefusal`].
    pub fn check(
        &self,
        kind: Kind,
        actor: UserId,
        about: Option<EventId>,
        corrects: Option<EventId>,
    ) -> Result<(), EntryRefusal> {
        let first = |id: Option<EventId>| self.first(id?);
        let replaced = first(corrects);
        if corrects.is_some()
            && replaced.is_none_or(|filed| filed.entry.of != kind || filed.entry.about != about)
        {
            return Err(EntryRefusal::NoSuchEntry);
        }
        if replaced.is_some_and(|filed| filed.by.is_none()) {
            return Err(EntryRefusal::TheirWords);
        }
        access::check_subject(kind, actor, about, first(about))?;
        stay_away::check(self, kind, actor, about, corrects)
    }

    /// What closing asks.
    pub fn readiness(&self) -> Readiness {
        let prevents_repeat = self.items(Kind::Task).iter().any(|task| {
            let given_up = task
                .answers
                .last()
                .is_some_and(|result| result.latest.entry.record.get("task_result") == Some("not_done"));
            task.latest.entry.record.get("task_for") == Some("prevent_repeat") && !given_up
        });
        let unchecked_outcomes = self
            .items(Kind::Outcome)
            .iter()
            .filter(|outcome| {
                !outcome
                    .answers
                    .iter()
                    .any(|check| check.latest.entry.record.get("outcome_when") == Some("end"))
            })
            .count();
        Readiness {
            prevents_repeat,
            unchecked_outcomes,
        }
    }

    /// All entries, oldest first.
    pub fn all(&self) -> &[Filed<'a>] {
        &self.filed
    }
}

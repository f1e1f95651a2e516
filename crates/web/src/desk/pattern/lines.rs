//! The words of linked cases: what happened when, and what each of them tells.

use jiff::civil::Date;
use safehold_app::{
    AskedForm,
    desk::pattern::{Look, Told, first_day},
};
use safehold_core::{
    id::CaseId,
    pattern::{Tie, Weighed, Weight},
};

use super::super::{
    answers::{Reading, Said},
    history::Names,
};
use crate::layout::Page;

/// What a case tells of harm, of those affected and of how they were: choices, and no account.
const TOLD: &[&str] = &[
    "kind",
    "categories",
    "how_often",
    "about_whom",
    "impact",
    "safe_now",
    "discrimination",
    "characteristics",
    "discrimination_form",
];

/// What happened, on a time line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Happening {
    /// It happened.
    Happened,
    /// Somebody noticed it.
    Noticed,
    /// It was told to us.
    Told,
}

impl Happening {
    fn key(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Noticed => "noticed",
            Self::Told => "told",
        }
    }
}

/// One line of the time line.
pub(super) struct Line {
    pub(super) on: Date,
    pub(super) what: Happening,
    /// Whether the day is known, at least roughly. If not, it stands beside the day on which it was told.
    pub(super) has_date: bool,
    pub(super) reference: String,
    pub(super) href: String,
    /// When, in words.
    pub(super) when: String,
    /// What, in words.
    pub(super) words: String,
    pub(super) level: String,
}

/// One of the cases.
pub(super) struct Card {
    pub(super) id: CaseId,
    pub(super) reference: String,
    /// Whether it is the case that is looked at.
    pub(super) is_own: bool,
    pub(super) state: String,
    pub(super) level: String,
    /// How it is linked, in words.
    pub(super) tie: String,
    pub(super) affected: String,
    pub(super) said: Vec<Said>,
    /// What a lead sees, beside what was said.
    pub(super) seen: Vec<String>,
}

/// Puts cases into words.
pub(super) struct Writer<'a> {
    pub(super) page: &'a Page,
    pub(super) names: &'a Names,
    pub(super) now: &'a AskedForm,
}

impl Writer<'_> {
    fn reading<'a>(&'a self, told: &'a Told) -> Reading<'a> {
        Reading::new(self.page, &told.form, self.now, &told.report.answers, self.names)
    }

    fn level(&self, told: &Told) -> String {
        told.row.level.map_or_else(
            || self.page.t("pattern-no-level"),
            |level| self.page.t(&format!("desk-level-{}", level.key())),
        )
    }

    /// The time line, from the first day to the last.
    pub(super) fn lines(&self, look: &Look) -> Vec<Line> {
        let mut lines: Vec<_> = look.told.iter().flat_map(|told| self.lines_of(told)).collect();
        lines.sort_by(|one, other| {
            (one.on, &one.reference, one.what).cmp(&(other.on, &other.reference, other.what))
        });
        lines
    }

    fn lines_of(&self, told: &Told) -> Vec<Line> {
        let reading = self.reading(told);
        let said = |question: &str| {
            let said = reading.said(&[question]);
            let lines = said.iter().flat_map(|said| &said.lines);
            lines.map(|line| line.text.clone()).collect::<Vec<_>>().join("; ")
        };
        let mut lines = Vec::new();
        let mut add = |what: Happening, on: Option<Date>, when: String| {
            if when.is_empty() {
                return;
            }
            lines.push(Line {
                on: on.unwrap_or(told.told_on),
                what,
                has_date: on.is_some(),
                reference: told.row.reference.to_string(),
                href: format!("/desk/case/{}", told.row.id),
                when,
                words: self.page.t(&format!("pattern-line-{}", what.key())),
                level: self.level(told),
            });
        };
        let happened = told.happened.as_ref().and_then(first_day);
        add(Happening::Happened, happened, said("when_happened"));
        let noticed = told.noticed.as_ref().and_then(first_day);
        add(Happening::Noticed, noticed, said("when_noticed"));
        add(Happening::Told, Some(told.told_on), self.page.date(told.told_on));
        lines
    }

    /// Each of the cases, in the order in which it happened.
    pub(super) fn cards(&self, look: &Look, own: CaseId) -> Vec<Card> {
        let mut told: Vec<&Told> = look.told.iter().collect();
        told.sort_by_key(|told| (told.first_day(), told.received_at(), told.row.id));
        told.into_iter().map(|told| self.card(told, own)).collect()
    }

    fn card(&self, told: &Told, own: CaseId) -> Card {
        let page = self.page;
        let mut seen = Vec::new();
        if let Some(racism) = &told.look_racism {
            let racism = page.t(&format!("desk-choice-look_racism-{racism}"));
            seen.push(page.with("pattern-seen-racism", "answer", racism));
        }
        if !told.look_categories.is_empty() {
            let categories: Vec<_> = told
                .look_categories
                .iter()
                .map(|key| page.t(&format!("category-{key}")))
                .collect();
            seen.push(page.with("pattern-seen-categories", "list", categories.join(", ")));
        }
        Card {
            id: told.row.id,
            reference: told.row.reference.to_string(),
            is_own: told.row.id == own,
            state: page.t(&format!("desk-state-{}", told.row.state.key())),
            level: self.level(told),
            tie: match &told.through {
                Some(through) => page.with("pattern-through", "reference", through),
                None => ties(page, told.ties.iter().copied()),
            },
            affected: told.facts.people_affected.join(", "),
            said: self.reading(told).said(TOLD),
            seen,
        }
    }
}

/// What cases have in common, in words.
pub(super) fn ties(page: &Page, ties: impl Iterator<Item = Tie>) -> String {
    let ties: Vec<_> = ties
        .map(|tie| page.t(&format!("pattern-tie-{}", tie.key())))
        .collect();
    ties.join(", ")
}

/// A reason to look at the level again, in words.
pub(super) fn reason(page: &Page, weighed: &Weighed) -> String {
    let id = format!("pattern-weight-{}", weighed.weight.key());
    match weighed.weight {
        Weight::Closer => page.t(&id),
        Weight::Unsafe
        | Weight::Repeat
        | Weight::Small
        | Weight::Ongoing
        | Weight::Several
        | Weight::Racism
        | Weight::Power => page.count(&id, weighed.count),
    }
}

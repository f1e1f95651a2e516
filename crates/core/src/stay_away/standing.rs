//! How a decision stands, by its entries alone.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::rules::HEARS;
use crate::{
    case::{Record, keyed},
    id::UserId,
    record::{Due, Filed, Item, Kind, Register},
};

keyed! {
    /// How a decision stands.
    Stands {
        /// Proposed: the second person has not said anything yet.
        Waits = "waits",
        /// The second person gave it back with questions.
        Back = "back",
        /// In force.
        InForce = "in_force",
        /// Its last day has passed. Somebody still has to say so to the person.
        Over = "over",
        /// Ended, by a review or on appeal.
        Ended = "ended",
    }
}

/// A decision with how it stands.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// Its entry, with all versions and answers.
    pub item: Item<'a>,
    /// How it stands on a day.
    pub stands: Stands,
    /// The version that counts: the one that was confirmed last, or the newest while none is.
    pub counts: Filed<'a>,
    /// Whether a newer version waits for the second person, while the one before it counts.
    pub is_changed: bool,
    /// Its last day, if it has one.
    pub ends_on: Option<Date>,
    /// When it is looked at again.
    pub review_on: Option<Date>,
    /// Appeals that nobody has answered.
    pub open_appeals: Vec<Item<'a>>,
    /// Who wrote a version of it.
    pub proposers: BTreeSet<UserId>,
    /// Who had a part in it: proposed or confirmed it, or let it go on.
    pub had_part: BTreeSet<UserId>,
}

fn day(record: &Record, field: &str) -> Option<Date> {
    record.get(field)?.parse().ok()
}

/// The decisions in a case, oldest first, as they stand on a day.
pub fn decisions<'a>(register: &Register<'a>, today: Date) -> Vec<Decision<'a>> {
    register
        .items(Kind::StayAway)
        .into_iter()
        .map(|item| Decision::of(item, today))
        .collect()
}

impl<'a> Decision<'a> {
    /// Puts a decision together from its entry.
    pub fn of(item: Item<'a>, today: Date) -> Self {
        let versions: Vec<Filed<'a>> = item.earlier.iter().copied().chain([item.latest]).collect();
        let proposers: BTreeSet<UserId> = versions.iter().filter_map(|version| version.by).collect();
        let mut had_part = proposers.clone();
        let mut steps: Vec<Filed<'a>> = item
            .answers
            .iter()
            .flat_map(|answer| std::iter::once(answer).chain(&answer.answers))
            .map(|answer| answer.latest)
            .collect();
        // A step that was corrected counts from then on. Steps of the same moment stay in their order.
        steps.sort_by_key(|step| step.at);
        let mut confirmed: Option<Filed<'a>> = None;
        let mut is_back = false;
        let mut has_ended = false;
        let (mut ends_on, mut review_on) = (None, None);
        for step in steps {
            let record = &step.entry.record;
            // The second person saw what stood when they confirmed it, and nothing that came after.
            let seen = versions.iter().rev().find(|version| version.at <= step.at);
            let said = ["stay_check", "stay_review", "stay_ruling"]
                .iter()
                .find_map(|field| record.get(field));
            match (step.entry.of, said) {
                (Kind::StayAwayCheck, Some("confirm")) => {
                    had_part.extend(step.by);
                    is_back = false;
                    if let Some(version) = seen {
                        (ends_on, review_on) = days(&version.entry.record);
                        confirmed = Some(*version);
                    }
                }
                (Kind::StayAwayCheck, _) => {
                    had_part.extend(step.by);
                    is_back = seen.is_some_and(|version| version.id == item.latest.id);
                }
                (Kind::StayAwayReview | Kind::StayAwayRuling, Some("ended")) => has_ended = true,
                (Kind::StayAwayReview | Kind::StayAwayRuling, Some(said)) => {
                    // Whoever let it go on answers for it from then on.
                    had_part.extend(step.by.filter(|_| said != "shorter"));
                    review_on = day(record, "stay_new_review_on").or(review_on);
                    if said != "goes_on" {
                        ends_on = day(record, "stay_new_ends_on").or(ends_on);
                    }
                }
                _ => {}
            }
        }
        let stands = match confirmed {
            None if is_back => Stands::Back,
            None => Stands::Waits,
            Some(_) if has_ended => Stands::Ended,
            Some(_) if ends_on.is_some_and(|on| on < today) => Stands::Over,
            Some(_) => Stands::InForce,
        };
        let counts = confirmed.unwrap_or(item.latest);
        if confirmed.is_none() {
            (ends_on, review_on) = days(&item.latest.entry.record);
        }
        Self {
            is_changed: confirmed.is_some_and(|version| version.id != item.latest.id) && !is_back,
            open_appeals: item
                .answers
                .iter()
                .filter(|answer| answer.first.entry.of == Kind::StayAwayAppeal && answer.answers.is_empty())
                .cloned()
                .collect(),
            stands,
            counts,
            ends_on,
            review_on,
            proposers,
            had_part,
            item,
        }
    }

    /// What was recorded in the version that counts.
    pub fn record(&self) -> &'a Record {
        &self.counts.entry.record
    }

    /// The names and spellings by which the person is known.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        let record = self.record();
        ["stay_name", "stay_names"]
            .into_iter()
            .filter_map(|field| record.get(field))
            .flat_map(|names| names.split(['\n', ';']))
            .map(str::trim)
            .filter(|name| !name.is_empty())
    }

    /// Whether a second person has ever confirmed it, and nobody ended it.
    pub fn is_open(&self) -> bool {
        matches!(self.stands, Stands::InForce | Stands::Over)
    }

    /// Whether a version waits for the second person.
    pub fn waits_for_check(&self) -> bool {
        self.stands == Stands::Waits || (self.is_changed && self.is_open())
    }
}

fn days(record: &Record) -> (Option<Date>, Option<Date>) {
    let ends_on = day(record, "stay_ends_on").filter(|_| record.get("stay_until") == Some("day"));
    (ends_on, day(record, "stay_review_on"))
}

fn reader(record: &Record, field: &str) -> Option<UserId> {
    record.get(field)?.parse().ok()
}

/// What is due by a decision: the second person's look, the review, and answers to appeals. While a decision is in
/// force something is always due, which is how it is found again (decision 0025).
pub(crate) fn dues(item: &Item<'_>) -> Vec<Due> {
    // Which day it is tells only one that is over from one in force, and both are looked at again.
    let decision = Decision::of(item.clone(), Date::MIN);
    let latest = &item.latest.entry.record;
    let mut dues = Vec::new();
    let checked = day(latest, "check_on").filter(|_| decision.waits_for_check());
    dues.extend(checked.map(|on| Due {
        on,
        entry: item.root,
        owner: reader(latest, "check_by"),
    }));
    if !decision.is_open() {
        return dues;
    }
    // Two things of one entry on one day are one row.
    let looked_at = decision.ends_on.into_iter().chain(decision.review_on).min();
    dues.extend(looked_at.filter(|on| checked != Some(*on)).map(|on| Due {
        on,
        entry: item.root,
        owner: None,
    }));
    dues.extend(decision.open_appeals.iter().filter_map(|appeal| {
        let record = &appeal.latest.entry.record;
        Some(Due {
            on: day(record, "stay_answer_by")?,
            entry: appeal.root,
            owner: reader(record, HEARS),
        })
    }));
    dues
}

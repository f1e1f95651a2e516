//! What is due by the record: found from the entries alone, so that it can be found again at any time.

use jiff::civil::Date;

use super::{Filed, Item, Kind, Register, ask, reprisal, request, university};
use crate::{
    case::Record,
    id::{EventId, UserId},
    stay_away,
};

/// Something that is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// By the end of this day.
    pub on: Date,
    /// By the entry of this id.
    pub entry: EventId,
    /// By whom; whoever answers for the case, if nobody is named.
    pub owner: Option<UserId>,
}

fn day(record: &Record, field: &str) -> Option<Date> {
    record.get(field)?.parse().ok()
}

fn reader(record: &Record, field: &str) -> Option<UserId> {
    record.get(field)?.parse().ok()
}

/// What is due for one entry with its answers, in order.
pub(super) fn of_item(item: &Item<'_>, day_of: &dyn Fn(&Filed<'_>) -> Date) -> Vec<Due> {
    let record = &item.latest.entry.record;
    let last = item.answers.last().map(|answer| &answer.latest.entry.record);
    let due = |on: Option<Date>, owner| {
        on.map(|on| Due {
            on,
            entry: item.root,
            owner,
        })
    };
    match item.latest.entry.of {
        Kind::Outcome => match last {
            None => due(day(record, "outcome_check_on"), None),
            Some(last) if last.get("outcome_when") == Some("end") => None,
            Some(last) => due(day(last, "outcome_next_on"), None),
        }
        .into_iter()
        .collect(),
        Kind::Task => match last.map(|last| (last.get("task_result"), last)) {
            None => due(day(record, "task_due_on"), reader(record, "task_owner")),
            Some((Some("later"), last)) => due(day(last, "task_new_due_on"), reader(record, "task_owner")),
            Some(_) => None,
        }
        .into_iter()
        .collect(),
        Kind::Decision if last.is_none() => due(day(record, "check_on"), reader(record, "check_by"))
            .into_iter()
            .collect(),
        Kind::Contact if last.is_none() && record.get("contact_state") == Some("planned") => {
            due(day(record, "contact_on"), item.latest.by)
                .into_iter()
                .collect()
        }
        Kind::SafetyPlan => due(day(record, "plan_review_on"), None).into_iter().collect(),
        Kind::Reprisal => reprisal_days(item, day_of)
            .into_iter()
            .filter_map(|on| due(Some(on), None))
            .collect(),
        // Whoever asked looks whether there is an answer.
        Kind::Ask if last.is_none() && ask::is_asked(record) => {
            due(day(record, "ask_by"), item.latest.by).into_iter().collect()
        }
        Kind::Request => match last {
            None => due(request::answer_by(record, day_of(&item.first)), None),
            Some(last) if last.get("request_result") == Some("later") => {
                due(day(last, "request_new_on"), None)
            }
            Some(_) => None,
        }
        .into_iter()
        .collect(),
        Kind::StayAway => stay_away::dues(item),
        Kind::Partners => due(day(record, "partner_review_on"), None).into_iter().collect(),
        // The university is told on the same day (domain reference 6.5).
        Kind::University if university::is_to_be_told(record) => {
            due(Some(day_of(&item.latest)), item.latest.by)
                .into_iter()
                .collect()
        }
        Kind::FirstLook
        | Kind::Decision
        | Kind::Contact
        | Kind::Ask
        | Kind::University
        | Kind::StayAwayCheck
        | Kind::StayAwayReview
        | Kind::StayAwayAppeal
        | Kind::StayAwayRuling
        | Kind::OutcomeCheck
        | Kind::TaskResult
        | Kind::SecondCheck
        | Kind::Support
        | Kind::ReprisalCheck
        | Kind::Conversation
        | Kind::Talk
        | Kind::AskAnswer
        | Kind::Shown
        | Kind::Comment
        | Kind::RequestAnswer
        | Kind::Review => Vec::new(),
    }
}

/// The days that are left. A check stands for the next day that is due, and for all that have passed by then.
fn reprisal_days(item: &Item<'_>, day_of: &dyn Fn(&Filed<'_>) -> Date) -> Vec<Date> {
    let mut left = reprisal::days(&item.latest.entry.record, day_of(&item.first));
    for check in &item.answers {
        let checked_on = day_of(&check.first);
        left.sort();
        let passed = left.iter().take_while(|on| **on <= checked_on).count().max(1);
        left.drain(..passed.min(left.len()));
        left.extend(day(&check.latest.entry.record, "reprisal_next_on"));
    }
    left.sort();
    left.dedup();
    left
}

impl Register<'_> {
    /// All that is due, the earliest first. `day_of` tells on which day an entry was made, where the team is.
    pub fn dues(&self, day_of: &dyn Fn(&Filed<'_>) -> Date) -> Vec<Due> {
        let mut dues: Vec<_> = Kind::ALL
            .iter()
            .flat_map(|kind| match kind.beside() {
                None => self.items(*kind),
                Some(_) => self.every(*kind),
            })
            .flat_map(|item| of_item(&item, day_of))
            .collect();
        dues.sort();
        dues
    }
}

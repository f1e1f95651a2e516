//! The list of cases on a desk.

use jiff::Timestamp;
use safehold_core::{
    access::{Area, may_enter},
    case::{Level, State},
    id::{CaseId, UserId},
    reference::Reference,
};
use safehold_store::{
    cases::{self, After, CaseFilter},
    duties,
};

use super::{DeskError, Reader};
use crate::{App, roster::Team};

/// One case in the list: nothing that was written, only where it stands.
pub struct CaseLine {
    /// Which.
    pub id: CaseId,
    /// Its number.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
    /// How soon it is looked at.
    pub level: Option<Level>,
    /// Whether the report spoke of danger now.
    pub urgent: bool,
    /// Whether work waits for another body.
    pub is_paused: bool,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
    /// What is due next, and when.
    pub due: Option<(Due, Timestamp)>,
    /// Whether that time has passed.
    pub is_late: bool,
    /// Messages of the reporter that nobody has seen.
    pub unseen_messages: i64,
    /// Whether it waits for this reader's check before it closes.
    pub waits_for_check: bool,
}

/// What can be due in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Opening it.
    Open,
    /// Answering the reporter.
    Contact,
    /// Deciding.
    Decision,
    /// Looking at it again.
    Review,
    /// Telling a body outside, or hearing from one.
    Outward,
}

impl Due {
    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Contact => "contact",
            Self::Decision => "decision",
            Self::Review => "review",
            Self::Outward => "outward",
        }
    }
}

/// A page of the list.
pub struct Desk {
    /// The cases.
    pub cases: Vec<CaseLine>,
    /// How many the reader has under this filter.
    pub total: i64,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// What is due next in a case.
pub(super) fn due(case: &cases::CaseRow) -> Option<(Due, Timestamp)> {
    if case.closed_at.is_some() || case.paused_at.is_some() {
        return case
            .review_at
            .map(|at| (Due::Review, at))
            .filter(|_| case.closed_at.is_none());
    }
    let open = case
        .due_open_at
        .filter(|_| case.opened_at.is_none())
        .map(|at| (Due::Open, at));
    let contact = case
        .due_contact_at
        .filter(|_| case.acknowledged_at.is_none())
        .map(|at| (Due::Contact, at));
    let decision = case
        .due_decision_at
        .filter(|_| case.decided_at.is_none())
        .map(|at| (Due::Decision, at));
    let review = case.review_at.map(|at| (Due::Review, at));
    [open, contact, decision, review]
        .into_iter()
        .flatten()
        .min_by_key(|(_, at)| *at)
}

/// What comes first: what is due in a case, or what is due outward.
pub(super) fn sooner(due: Option<(Due, Timestamp)>, outward: Option<Timestamp>) -> Option<(Due, Timestamp)> {
    let outward = outward.map(|at| (Due::Outward, at));
    due.into_iter().chain(outward).min_by_key(|(_, at)| *at)
}

/// A page of the reader's cases, newest first.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn list(
    app: &App,
    reader: &Reader,
    filter: &CaseFilter,
    after: Option<After>,
    limit: u32,
) -> Result<Desk, DeskError> {
    if !may_enter(reader.role, Area::Cases) {
        return Err(DeskError::Role);
    }
    let now = app.now();
    let mut conn = app.store().read().await?;
    let names = Team::read(&mut conn).await?.names();
    let listed = cases::list_for(&mut conn, reader.id, filter, after, limit).await?;
    let total = cases::count_for(&mut conn, reader.id, filter).await?;
    let ids: Vec<CaseId> = listed.iter().map(|listed| listed.case.id).collect();
    let outward = duties::next_of(&mut conn, &ids).await?;
    let is_full = listed.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let next = listed
        .last()
        .filter(|_| is_full)
        .map(|last| (last.case.received_at, last.case.id));
    let lines = listed.into_iter().map(|listed| {
        let case = listed.case;
        let due = sooner(due(&case), outward.get(&case.id).copied());
        CaseLine {
            waits_for_check: case.state == State::ClosingReview
                && case.owner_id != Some(reader.id)
                && case.asked_to_close_id != Some(reader.id),
            id: case.id,
            state: case.state,
            level: case.level,
            urgent: case.urgent,
            is_paused: case.paused_at.is_some(),
            owner: case.owner_id,
            owner_name: case.owner_id.and_then(|id| names.get(&id).cloned()),
            received_at: case.received_at,
            is_late: due.is_some_and(|(_, at)| at < now),
            due,
            unseen_messages: listed.unseen_messages,
            reference: case.reference,
        }
    });
    Ok(Desk {
        cases: lines.collect(),
        total,
        next,
    })
}

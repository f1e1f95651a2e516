//! What is due by the records of cases: as rows that a restart finds again, and as a list for a desk.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    access::{Area, may_enter},
    id::{CaseId, UserId},
    record::{Filed, Register},
};
use safehold_store::dues::{self, DueRow};

use super::register;
use crate::{
    App,
    desk::{DeskError, Entry, Reader},
};

/// The most that a desk counts.
const MOST: u32 = 1000;

/// What is due by a history, with one more entry that is about to be added.
pub(crate) fn rows(app: &App, case: CaseId, history: &[Entry], new: Option<Filed<'_>>) -> Vec<DueRow> {
    let register: Register<'_> = register(history).all().iter().copied().chain(new).collect();
    let hours = &app.rules().hours;
    register
        .dues(&|filed| hours.day_of(filed.at))
        .into_iter()
        .filter_map(|due| {
            Some(DueRow {
                entry_id: due.entry,
                due_at: app.start_of(due.on)?,
                case_id: case,
                owner_id: due.owner,
            })
        })
        .collect()
}

/// What is late or due today on a desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskDue {
    /// By case: how many things are late.
    pub late: BTreeMap<CaseId, usize>,
    /// How many of them are this reader's own.
    pub own_late: usize,
    /// How many of this reader's own are due today.
    pub own_today: usize,
}

/// Counts what is due on a reader's desk. A thing is late when its day has passed.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn due(app: &App, reader: &Reader) -> Result<DeskDue, DeskError> {
    if !may_enter(reader.role, Area::Cases) {
        return Err(DeskError::Role);
    }
    let today = app.rules().hours.day_of(app.now());
    let start = |day: Date| app.start_of(day).unwrap_or(Timestamp::MAX);
    let tomorrow = today.tomorrow().map_or(Timestamp::MAX, start);
    let mut conn = app.store().read().await?;
    let found = dues::list_for(&mut conn, reader.id, tomorrow, MOST).await?;
    let mut due = DeskDue::default();
    let own = |who: Option<UserId>| who == Some(reader.id);
    for row in found {
        if row.due_at < start(today) {
            *due.late.entry(row.case_id).or_default() += 1;
            due.own_late += usize::from(own(row.owner_id));
        } else {
            due.own_today += usize::from(own(row.owner_id));
        }
    }
    Ok(due)
}

//! What is due by the records of cases: as rows that a restart finds again, and as a list for a desk.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    access::{Area, may_enter},
    id::CaseId,
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

/// What is due by a history, with entries that are about to be added.
pub(crate) fn rows<'a>(
    app: &App,
    case: CaseId,
    history: &[Entry],
    new: impl IntoIterator<Item = Filed<'a>>,
) -> Vec<DueRow> {
    let known = register(history);
    // Neither need live as long as the other.
    let new = new.into_iter().map(|filed| Filed { ..filed });
    let register: Register<'_> = known
        .all()
        .iter()
        .map(|filed| Filed { ..*filed })
        .chain(new)
        .collect();
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
    /// By case, of those that were asked about: how many things are late.
    pub late: BTreeMap<CaseId, usize>,
    /// How many things that this reader is to do are late, in all cases on their desk.
    pub own_late: usize,
    /// How many are due today.
    pub own_today: usize,
}

/// Counts what is due on a reader's desk, and in these cases of it. A thing is late when its day has passed.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn due(app: &App, reader: &Reader, cases: &[CaseId]) -> Result<DeskDue, DeskError> {
    if !may_enter(reader.role, Area::Cases) {
        return Err(DeskError::Role);
    }
    let today = app.rules().hours.day_of(app.now());
    let start = |day: Date| app.start_of(day).unwrap_or(Timestamp::MAX);
    let tomorrow = today.tomorrow().map_or(Timestamp::MAX, start);
    let mut conn = app.store().read().await?;
    let own = dues::list_owned(&mut conn, reader.id, tomorrow, MOST).await?;
    let counted = dues::count_in(&mut conn, reader.id, cases, start(today)).await?;
    let own_late = own.iter().filter(|due| due.due_at < start(today)).count();
    Ok(DeskDue {
        late: counted
            .into_iter()
            .filter_map(|(case, count)| Some((case, usize::try_from(count).ok()?)))
            .collect(),
        own_late,
        own_today: own.len() - own_late,
    })
}

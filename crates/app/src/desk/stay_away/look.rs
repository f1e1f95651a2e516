//! Opening the cases in which there may be a decision, and saying in the trace from which of them something is shown.

use std::collections::BTreeSet;

use jiff::civil::Date;
use safehold_core::{
    access::Area,
    id::CaseId,
    reference::Reference,
    stay_away::{Decision, decisions},
    trace::Traced,
};
use safehold_store::dues;

use super::{
    super::{DeskError, Entry, Reader, Unlocked, open, record::register, unlock_for, visit},
    is_begun,
};
use crate::{App, leave_trace, roster::Team};

/// A case with its history.
pub(super) struct Found {
    pub(super) case: CaseId,
    pub(super) reference: Reference,
    history: Vec<Entry>,
}

impl Found {
    /// Its decisions, as they stand on a day.
    pub(super) fn decisions(&self, today: Date) -> Vec<Decision<'_>> {
        decisions(&register(&self.history), today)
    }
}

/// The cases with something due that this reader can open, with decisions in them.
pub(super) async fn cases(app: &App, reader: &Reader) -> Result<Vec<Found>, DeskError> {
    let mut conn = app.store().read().await?;
    let names = Team::read(&mut conn).await?.names();
    let today = app.rules().hours.day_of(app.now());
    let mut found = Vec::new();
    for case in dues::cases_for(&mut conn, reader.id).await? {
        let unlocked = match unlock_for(&mut conn, reader, case, Area::StayAway).await {
            Ok(unlocked) => unlocked,
            // Gone meanwhile, or one in which they only help.
            Err(DeskError::NotFound | DeskError::Role) => continue,
            Err(error) => return Err(error),
        };
        let Unlocked { row, keys } = unlocked;
        if !is_begun(row.state) {
            continue;
        }
        let history = open::content(&mut conn, case, &keys, &names).await?.history;
        let one = Found {
            case,
            reference: row.reference,
            history,
        };
        if !one.decisions(today).is_empty() {
            found.push(one);
        }
    }
    Ok(found)
}

/// Says in the trace what was done, and of each case from which something is shown that it was opened, before anything
/// is shown.
pub(super) async fn trace(
    app: &App,
    reader: &Reader,
    done: Option<Traced>,
    shown: impl Iterator<Item = CaseId>,
) -> Result<(), DeskError> {
    let (who, now) = (reader.id, app.now());
    let shown: BTreeSet<CaseId> = shown.collect();
    let mut new = Vec::new();
    let mut conn = app.store().read().await?;
    for case in shown {
        if !visit::is_traced(&mut conn, reader, case, now).await? {
            new.push(case);
        }
    }
    drop(conn);
    if new.is_empty() && done.is_none() {
        return Ok(());
    }
    app.store()
        .write_with((new, done), move |tx, (new, done)| {
            Box::pin(async move {
                if let Some(done) = done {
                    leave_trace(tx, now, Some(who), None, done.clone()).await?;
                }
                for case in &*new {
                    leave_trace(tx, now, Some(who), Some(*case), Traced::Opened).await?;
                }
                Ok::<_, DeskError>(())
            })
        })
        .await
}

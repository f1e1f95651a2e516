//! How much there is to do and for whom, so that nobody carries too much alone (T25). It counts only what the reader
//! may open: a count must not tell of a case that they may not know of.

use std::collections::BTreeMap;

use safehold_core::{
    access::{Area, may_enter},
    id::UserId,
};
use safehold_store::{cases, dues};

use crate::{
    App,
    desk::{DeskError, Reader},
    roster::Team,
};

/// The most things to do that are counted.
const MOST: u32 = 2000;

/// What one member has to do, as far as the reader may know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// Who; nobody for what nobody has taken yet.
    pub who: Option<UserId>,
    /// Their name.
    pub name: Option<String>,
    /// Open cases that they answer for.
    pub cases: i64,
    /// How many of these are urgent or of a high level.
    pub grave: i64,
    /// Things in records that they are to do.
    pub to_do: i64,
    /// How many of these are late.
    pub late: i64,
}

/// What everybody has to do on a reader's desk, the most first.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn load(app: &App, reader: &Reader) -> Result<Vec<Load>, DeskError> {
    if !may_enter(reader.role, Area::Cases) {
        return Err(DeskError::Role);
    }
    let today = app.rules().hours.day_of(app.now());
    let start = app.start_of(today).unwrap_or_else(|| app.now());
    let mut conn = app.store().read().await?;
    let names = Team::read(&mut conn).await?.names();
    let mut by_member: BTreeMap<Option<UserId>, Load> = BTreeMap::new();
    for owner in cases::load::list_for(&mut conn, reader.id).await? {
        let load = by_member.entry(owner.owner_id).or_default();
        load.cases += owner.cases;
        load.grave += owner.grave;
    }
    for due in dues::list_for(&mut conn, reader.id, jiff::Timestamp::MAX, MOST).await? {
        if due.owner_id.is_some() {
            let load = by_member.entry(due.owner_id).or_default();
            load.to_do += 1;
            load.late += i64::from(due.due_at < start);
        }
    }
    let mut loads: Vec<_> = by_member
        .into_iter()
        .map(|(who, load)| Load {
            who,
            name: who.and_then(|who| names.get(&who).cloned()),
            ..load
        })
        .collect();
    loads.sort_by_key(|load| (-load.cases - load.to_do, load.who));
    Ok(loads)
}

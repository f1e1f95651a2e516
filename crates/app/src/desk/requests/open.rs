//! The list of requests, and one of them.

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    access::{Area, may_enter},
    id::{RequestId, UserId},
    rights::{self, Entry, Step, View},
};
use safehold_store::requests;

use super::{DeskError, Reader, admit, held};
use crate::{App, roster::Team};

/// How many requests are listed.
const MOST_LISTED: u32 = 200;

/// A request in the list.
pub struct Line {
    /// Which.
    pub id: RequestId,
    /// How it stands.
    pub view: View,
    /// Whether the day by which it is answered has passed.
    pub is_late: bool,
}

/// Somebody of the team.
#[derive(Clone)]
pub struct SomebodyElse {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
}

/// Who looks through their cases for a request, and whether they are done.
pub struct Looked {
    /// Who.
    pub who: SomebodyElse,
    /// Since when they are done.
    pub done_at: Option<Timestamp>,
    /// Whether it is who asks.
    pub is_self: bool,
}

/// A request as its readers see it.
pub struct OpenedRequest {
    /// Which.
    pub id: RequestId,
    /// Its version.
    pub version: i64,
    /// How it stands.
    pub view: View,
    /// What was taken down and done, oldest first, each with the name of who did it.
    pub entries: Vec<(Entry, Option<String>)>,
    /// What this reader can do now.
    pub steps: Vec<Step>,
    /// Its readers.
    pub readers: Vec<Looked>,
    /// Those to whom it could be given.
    pub could_give: Vec<SomebodyElse>,
    /// Those who are not to know of it, by name.
    pub not_for: Vec<String>,
    /// What day it is.
    pub today: Date,
}

/// The requests that this reader can open: the next due first, those that ended last.
///
/// # Errors
/// [`DeskError::Role`] for a role without requests.
pub async fn list(app: &App, reader: &Reader) -> Result<Vec<Line>, DeskError> {
    admit(reader)?;
    let today = app.rules().hours.day_of(app.now());
    let mut conn = app.store().read().await?;
    let mut lines = Vec::new();
    for held in requests::list_for(&mut conn, reader.id, MOST_LISTED).await? {
        let held = held::unlock(app, &mut conn, reader, held).await?;
        lines.push(Line {
            id: held.row.id,
            is_late: held.view.due_on().is_some_and(|on| on < today),
            view: held.view,
        });
    }
    Ok(lines)
}

/// Opens a request.
///
/// # Errors
/// [`DeskError::NotFound`] for one that this reader has no key to, as if it did not exist.
pub async fn open(app: &App, reader: &Reader, id: RequestId) -> Result<OpenedRequest, DeskError> {
    admit(reader)?;
    let mut conn = app.store().read().await?;
    let held = held::find(app, &mut conn, reader, id).await?;
    let team = Team::read(&mut conn).await?;
    let readers = requests::list_readers(&mut conn, id).await?;
    let done = requests::list_done(&mut conn, id).await?;
    drop(conn);
    let names = team.names();
    let could_give: Vec<SomebodyElse> = team
        .roster
        .members
        .iter()
        .filter(|member| member.has_key && may_enter(member.role, Area::Requests))
        .filter(|member| !readers.contains(&member.id) && !held.view.not_for.contains(&member.id))
        .map(|member| SomebodyElse {
            id: member.id,
            name: member.name.clone(),
        })
        .collect();
    let steps = Step::ALL
        .iter()
        .copied()
        .filter(|step| rights::may(&held.view, reader.id, reader.role, *step).is_ok())
        .filter(|step| *step != Step::Give || !could_give.is_empty())
        .collect();
    let readers = readers
        .into_iter()
        .filter_map(|id| {
            Some(Looked {
                who: SomebodyElse {
                    id,
                    name: names.get(&id)?.clone(),
                },
                done_at: done.iter().find(|(who, _)| *who == id).map(|(_, at)| *at),
                is_self: id == reader.id,
            })
        })
        .collect();
    Ok(OpenedRequest {
        id,
        version: held.row.version,
        entries: held
            .entries
            .into_iter()
            .map(|entry| {
                let name = names.get(&entry.by).cloned();
                (entry, name)
            })
            .collect(),
        steps,
        readers,
        could_give,
        not_for: held
            .view
            .not_for
            .iter()
            .filter_map(|id| names.get(id).cloned())
            .collect(),
        view: held.view,
        today: app.rules().hours.day_of(app.now()),
    })
}

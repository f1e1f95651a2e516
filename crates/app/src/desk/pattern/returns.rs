//! What returns in other cases: names of people and places that stand, alike, in others that the reader may open, and
//! words that the reader chooses. It is compared in memory, from what is opened, and nothing of it is kept.

use safehold_core::{
    access::Area,
    case::{Level, State},
    id::CaseId,
    pattern::What,
    reference::Reference,
};
use zeroize::Zeroizing;

use super::{
    super::{
        DeskError, Reader,
        search::{self, Found, Kind, Progress, Query, trace_shown},
        unlock_for,
    },
    Noted, halves,
    halves::Others,
    look, standing,
};
use crate::App;

/// The most that is shown at a time. What is linked or set apart makes room.
const MOST: usize = 30;

/// A name that returns.
pub struct Returned {
    /// Whose or what it is.
    pub what: What,
    /// The other case.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
    /// How soon it is looked at.
    pub level: Option<Level>,
    /// As it is written in this case, and in the other.
    pub shown: [Zeroizing<String>; 2],
    /// As the two are compared.
    pub compared: [Zeroizing<String>; 2],
    /// Whether it is spelt otherwise there.
    pub is_near: bool,
}

/// What returns.
pub struct Returns {
    /// The number of the case itself.
    pub reference: Reference,
    /// The names, those that are spelt the same first.
    pub names: Vec<Returned>,
    /// Whether there are more than are shown.
    pub is_cut: bool,
    /// How many cases were looked through so far.
    pub progress: Progress,
}

/// Names of a case that return in others which this reader can open now, but those that are linked with it, and names
/// that somebody set apart. Nothing if nobody has begun with the case.
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk, [`DeskError::Role`] for those who don't link.
pub async fn returns(app: &App, reader: &Reader, case: CaseId) -> Result<Option<Returns>, DeskError> {
    let mut conn = app.store().read().await?;
    let own = unlock_for(&mut conn, reader, case, Area::Patterns).await?;
    if own.row.state == State::Received {
        return Ok(None);
    }
    let mut others = Others::default();
    let said = halves::read(&mut conn, reader, case, &own.keys, &mut others).await?;
    drop(conn);
    let (alike, progress) = search::alike(app, reader, case).await?;
    let linked = standing(&said);
    let is_apart = |other: CaseId, of: What, compared: &[Zeroizing<String>; 2]| {
        let mut wanted = compared.each_ref().map(|name| name.as_str());
        wanted.sort_unstable();
        said.iter().any(|said| match &said.body.what {
            Noted::Apart { what, names } => {
                said.other == other && *what == of && names.each_ref().map(String::as_str) == wanted
            }
            Noted::Linked { .. } | Noted::Unlinked { .. } => false,
        })
    };
    let mut names = Vec::new();
    let mut is_cut = false;
    let mut conn = app.store().read().await?;
    for name in alike {
        let what = match name.kind {
            Kind::Person => What::Person,
            Kind::Place => What::Place,
            Kind::Words | Kind::Tag | Kind::Number => continue,
        };
        if linked.contains_key(&name.case) || is_apart(name.case, what, &name.compared) {
            continue;
        }
        // The shelf is never the last word: the key of the moment is.
        let Some(found) = others.find(&mut conn, reader, name.case).await? else {
            continue;
        };
        if names.len() >= MOST {
            is_cut = true;
            break;
        }
        names.push(Returned {
            what,
            case: name.case,
            reference: found.row.reference.clone(),
            state: found.row.state,
            level: found.row.level,
            is_near: name.is_near(),
            shown: name.shown,
            compared: name.compared,
        });
    }
    drop(conn);
    look::trace(app, reader, &[case]).await?;
    let mut shown: Vec<CaseId> = names.iter().map(|name| name.case).collect();
    shown.sort_unstable();
    shown.dedup();
    trace_shown(app, reader, &shown).await?;
    Ok(Some(Returns {
        reference: own.row.reference,
        names,
        is_cut,
        progress,
    }))
}

/// Looks for words in other cases. The case itself is left out of what is found.
///
/// # Errors
/// As [`returns`].
pub async fn look_for(
    app: &App,
    reader: &Reader,
    case: CaseId,
    query: &Query,
    page: usize,
) -> Result<Found, DeskError> {
    let mut conn = app.store().read().await?;
    unlock_for(&mut conn, reader, case, Area::Patterns).await?;
    drop(conn);
    let mut found = search::find(app, reader, query, page).await?;
    found.hits.retain(|hit| hit.case != case);
    Ok(found)
}

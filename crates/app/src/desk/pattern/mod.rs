//! How cases belong together (Statement 0.12 and 3.8b): links that a lead makes, what returns in other cases, and what
//! several cases show together.
//!
//! For a reader, another case is here only if they can open it now: a link with any other case is not there for them,
//! in no list, count, level or copy (decision 0024). That needs no care here beyond [`halves::read`]: whoever lacks one
//! of the two keys has nothing to read.

mod body;
mod halves;
mod link;
mod look;
mod returns;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use safehold_core::{
    case::{Level, State},
    id::CaseId,
    pattern::Tie,
    reference::Reference,
};

pub use body::Noted;
pub use link::{LinkError, Linking, link, open_to_link, open_to_unlink, set_apart, unlink};
pub use look::{Look, Told, first_day, look};
pub use returns::{Returned, Returns, look_for, returns};

pub(crate) use halves::places_of;

use super::{DeskError, Reader, unlock};
use crate::{App, roster::Team};
use halves::{Others, Said};

/// Something that was said of two cases.
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<String>,
    /// What.
    pub what: Noted,
}

/// Another case that this one is linked with, or was.
pub struct Linked {
    /// Which.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
    /// How soon it is looked at.
    pub level: Option<Level>,
    /// When it came.
    pub received_at: Timestamp,
    /// What the two have in common; empty if the link was ended.
    pub ties: BTreeSet<Tie>,
    /// What was said of the link, oldest first; never empty.
    pub notes: Vec<Note>,
}

/// How many links a case has, as far as this reader may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// All that stand.
    pub links: usize,
    /// Those that say that something returns.
    pub repeats: usize,
}

/// Counts the links of a case that this reader may know of.
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk.
pub async fn count(app: &App, reader: &Reader, case: CaseId) -> Result<Count, DeskError> {
    let mut conn = app.store().read().await?;
    let own = unlock(&mut conn, reader, case).await?;
    let said = halves::read(&mut conn, reader, case, &own.keys, &mut Others::default()).await?;
    let standing = standing(&said);
    Ok(Count {
        links: standing.len(),
        repeats: standing
            .values()
            .filter(|ties| ties.iter().any(|tie| tie.is_repeat()))
            .count(),
    })
}

/// The links that stand, by the other case. What was said last of two cases counts.
fn standing(said: &[Said]) -> BTreeMap<CaseId, &BTreeSet<Tie>> {
    let mut standing = BTreeMap::new();
    for Said { other, body } in said {
        match &body.what {
            Noted::Linked { ties, .. } => {
                standing.insert(*other, ties);
            }
            Noted::Unlinked { .. } => {
                standing.remove(other);
            }
            Noted::Apart { .. } => {}
        }
    }
    standing
}

/// Every case that a link was ever made with, those with a link that stands first, then the latest first.
fn linked(said: &[Said], others: &Others, team: &Team) -> Vec<Linked> {
    let names = team.names();
    let standing = standing(said);
    let mut linked: BTreeMap<CaseId, Linked> = BTreeMap::new();
    for Said { other, body } in said {
        if matches!(body.what, Noted::Apart { .. }) {
            continue;
        }
        let Some(found) = others.known(*other) else {
            continue;
        };
        let row = &found.row;
        linked
            .entry(*other)
            .or_insert_with(|| Linked {
                case: row.id,
                reference: row.reference.clone(),
                state: row.state,
                level: row.level,
                received_at: row.received_at,
                ties: standing.get(other).copied().cloned().unwrap_or_default(),
                notes: Vec::new(),
            })
            .notes
            .push(Note {
                at: body.at,
                by: names.get(&body.by).cloned(),
                what: body.what.clone(),
            });
    }
    let mut linked: Vec<_> = linked.into_values().collect();
    linked.sort_by_key(|linked| {
        let last = linked.notes.last().map(|note| note.at);
        (linked.ties.is_empty(), std::cmp::Reverse(last), linked.case)
    });
    linked
}

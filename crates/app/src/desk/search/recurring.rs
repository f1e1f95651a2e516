//! People and places that more than one of a reader's cases names.

use std::collections::{BTreeMap, BTreeSet};

use safehold_core::id::CaseId;
use zeroize::Zeroizing;

use super::{Kind, Progress, find::shelf_of};
use crate::{
    App,
    desk::{DeskError, Reader},
};

/// A name that stands in several cases.
pub struct SameName {
    /// Of a person, or of a place, an activity or an organisation.
    pub kind: Kind,
    /// As it is written in one of them.
    pub shown: Zeroizing<String>,
    /// The cases, at least two. All of them are on the reader's desk.
    pub cases: Vec<CaseId>,
}

/// Names that stand in several cases.
pub struct Recurring {
    /// The names, those in the most cases first.
    pub names: Vec<SameName>,
    /// How many cases were looked through so far.
    pub progress: Progress,
}

/// People and places that more than one of the reader's cases names, however they were typed. It looks at what is
/// opened so far: call [`super::complete`] before it for all. Whoever shows what it answers notes it in the trace of
/// each case first (`trace_shown`), and opens what they show of a case by its key.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn recurring(app: &App, reader: &Reader) -> Result<Recurring, DeskError> {
    let shelf = shelf_of(app, reader).await?;
    let progress = shelf.progress();
    let docs = shelf.docs();
    let mut by_name: BTreeMap<(Kind, &str), (&str, BTreeSet<CaseId>)> = BTreeMap::new();
    for (id, doc) in &docs {
        for name in &doc.names {
            by_name
                .entry((name.kind, name.folded.as_str()))
                .or_insert_with(|| (name.shown.as_str(), BTreeSet::new()))
                .1
                .insert(*id);
        }
    }
    let mut names: Vec<SameName> = by_name
        .into_iter()
        .filter(|(_, (_, cases))| cases.len() > 1)
        .map(|((kind, _), (shown, cases))| SameName {
            kind,
            shown: Zeroizing::new(shown.to_owned()),
            cases: cases.into_iter().collect(),
        })
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.cases.len()));
    Ok(Recurring { names, progress })
}

//! Layers and copies as the history of a case tells of them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use safehold_core::id::{EventId, UserId};
use safehold_documents::Layer;

use super::body::{CopyNote, CopyStep};
use crate::{desk::Entry, report::EventBody};

/// Where a layer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayerState {
    /// It waits for somebody else to look at it.
    Waiting,
    /// A second person agreed: it can be used.
    Agreed {
        /// Their name.
        by: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// A second person sent it back.
    SentBack {
        /// Their name.
        by: Option<String>,
        /// When.
        at: Timestamp,
        /// Why.
        why: String,
    },
}

/// A layer as it stands.
pub struct LayerView {
    /// Which.
    pub id: EventId,
    /// The number of its version.
    pub version: u32,
    /// What it takes out.
    pub content: Layer,
    /// Who had a hand in it: none of them checks it.
    pub makers: BTreeSet<UserId>,
    /// The name of who put this version.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub state: LayerState,
}

/// A copy that was made.
pub struct CopyView {
    /// Which.
    pub id: EventId,
    /// The name of who made it.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What it is.
    pub note: CopyNote,
}

fn steps(history: &[Entry]) -> impl Iterator<Item = (&Entry, &CopyStep)> {
    history.iter().filter_map(|entry| match &entry.body {
        EventBody::Copied { about } => Some((entry, about)),
        _ => None,
    })
}

/// The layers of a case, oldest first, each in its last version.
pub fn layers(history: &[Entry]) -> Vec<LayerView> {
    let mut layers: Vec<LayerView> = Vec::new();
    for (entry, step) in steps(history) {
        match step {
            CopyStep::LayerPut {
                layer,
                version,
                content,
            } => {
                let id = layer.unwrap_or(entry.id);
                let known = layers.iter_mut().find(|known| known.id == id);
                let makers = match &known {
                    // What was agreed to has had its check: only the change is new.
                    Some(known) if !matches!(known.state, LayerState::Agreed { .. }) => {
                        known.makers.iter().copied().chain(entry.actor).collect()
                    }
                    _ => entry.actor.into_iter().collect(),
                };
                let view = LayerView {
                    id,
                    version: *version,
                    content: content.clone(),
                    makers,
                    by: entry.actor_name.clone(),
                    at: entry.at,
                    state: LayerState::Waiting,
                };
                match known {
                    Some(known) => *known = view,
                    None => layers.push(view),
                }
            }
            CopyStep::LayerChecked {
                layer,
                version,
                agreed,
                why,
            } => {
                let checked = layers
                    .iter_mut()
                    .find(|known| known.id == *layer && known.version == *version);
                if let Some(checked) = checked {
                    let (by, at) = (entry.actor_name.clone(), entry.at);
                    checked.state = if *agreed {
                        LayerState::Agreed { by, at }
                    } else {
                        LayerState::SentBack {
                            by,
                            at,
                            why: why.clone(),
                        }
                    };
                }
            }
            CopyStep::Made { .. } => {}
        }
    }
    layers
}

/// The copies that were made of a case, newest first.
pub fn copies(history: &[Entry]) -> Vec<CopyView> {
    let mut copies: Vec<CopyView> = steps(history)
        .filter_map(|(entry, step)| match step {
            CopyStep::Made { copy } => Some(CopyView {
                id: entry.id,
                by: entry.actor_name.clone(),
                at: entry.at,
                note: CopyNote::clone(copy),
            }),
            CopyStep::LayerPut { .. } | CopyStep::LayerChecked { .. } => None,
        })
        .collect();
    copies.reverse();
    copies
}

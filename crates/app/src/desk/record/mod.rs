//! The record of the work on a case: entries that are only ever added, and what is due by them.

mod due;
mod enter;
mod load;
mod plan;

use safehold_core::record::{Filed, Register};

pub use due::{DeskDue, due};
pub use enter::{EnterError, Place, enter};
pub use load::{Load, load};
pub use plan::{SharedPlan, of_reporter};

pub(crate) use due::rows;
pub(crate) use enter::ENTERED;

use super::Entry;
use crate::report::EventBody;

/// The entries among what happened in a case.
pub fn register(history: &[Entry]) -> Register<'_> {
    history
        .iter()
        .filter_map(|happened| {
            let EventBody::Entered { entry } = &happened.body else {
                return None;
            };
            Some(Filed {
                id: happened.id,
                at: happened.at,
                by: happened.actor,
                entry,
            })
        })
        .collect()
}

//! Duties outward: which bodies are raised and why, what may be recorded when, and what stays open.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod book;
mod input;
mod rules;
mod suggest;

use std::collections::BTreeSet;

use safehold_core::{
    duties::{Consent, Decision, Entry, Ground, Looked, Need, Place},
    id::DutyId,
};

/// That a lead looked, and what they ticked.
fn looked(place: Place, says: &[&str]) -> Entry {
    Entry::Looked(Looked {
        place,
        says: says.iter().map(|says| (*says).to_owned()).collect(),
        note: String::new(),
    })
}

/// A decision with all that it needs.
fn decision(body: &str, need: Need) -> Decision {
    Decision {
        body: body.to_owned(),
        clock: DutyId::from_random([7; 16]),
        need,
        reason: "Because.".to_owned(),
        decided_by: "Marisol Penhale".to_owned(),
        consent: Some(Consent::Given),
        grounds: BTreeSet::<Ground>::new(),
        consent_note: String::new(),
        starts_at: None,
        due_at: None,
        due_by_hand: false,
    }
}

fn decided(body: &str, need: Need) -> Entry {
    Entry::Decided(decision(body, need))
}

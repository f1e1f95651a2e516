//! Places in which holders type their shares, or somebody the whole key.
//!
//! They begin with `pass`, so that nothing carries them through signing in. A form with something wrong shows them again:
//! 64 letters are not typed twice for a slip in one.

use safehold_app::{
    Zeroizing,
    recovery::{Fault, GivenError, Kept},
};

use crate::{
    fields::Fields,
    layout::{FieldError, Page},
};

/// One place.
pub(super) struct Place {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) error: String,
}

/// All places of a form. Needed by `team/recovery/typing.html`.
pub(super) struct Typing {
    pub(super) places: Vec<Place>,
    pub(super) is_split: bool,
}

fn name(number: usize) -> String {
    format!("pass_share_{number}")
}

/// What was typed, in the order of the places.
pub(super) fn texts(needed: u8, fields: &Fields) -> Vec<Zeroizing<String>> {
    (1..=usize::from(needed))
        .map(|number| Zeroizing::new(fields.get(&name(number)).to_owned()))
        .collect()
}

impl Typing {
    /// As many places as are needed, with what was typed before.
    pub(super) fn new(page: &Page, needed: u8, fields: &Fields) -> Self {
        let is_split = needed > 1;
        let places = (1..=usize::from(needed)).map(|number| Place {
            name: name(number),
            label: if is_split {
                page.with("recovery-type-share", "number", number)
            } else {
                page.t("recovery-type-key")
            },
            value: fields.get(&name(number)).to_owned(),
            error: String::new(),
        });
        Self {
            places: places.collect(),
            is_split,
        }
    }

    /// The same for the key that is in force.
    pub(super) fn of(page: &Page, kept: &Kept, fields: &Fields) -> Self {
        Self::new(page, kept.needed, fields)
    }

    /// Puts what is wrong beside the place that it is wrong in. Answers whether it was about one of them.
    pub(super) fn note(&mut self, page: &Page, error: &GivenError) -> bool {
        let (place, text) = match error {
            GivenError::TooFew { needed: 1, .. } => (0, page.t("recovery-fault-none")),
            GivenError::TooFew { needed, given } => {
                let words = [("needed", needed.to_string()), ("given", given.to_string())];
                let first_empty = self.places.iter().position(|place| place.value.trim().is_empty());
                (
                    first_empty.unwrap_or_default(),
                    page.format("recovery-fault-few", &words),
                )
            }
            GivenError::Wrong { place, fault } => (*place, words(page, *fault)),
            GivenError::App(_) => return false,
        };
        if let Some(place) = self.places.get_mut(place) {
            place.error = text;
        }
        true
    }

    /// For the summary.
    pub(super) fn problems(&self) -> Vec<FieldError> {
        self.places
            .iter()
            .filter(|place| !place.error.is_empty())
            .map(|place| FieldError {
                name: place.name.clone(),
                text: format!("{}: {}", place.label, place.error),
            })
            .collect()
    }
}

/// What is wrong with a share or a key, in words.
pub(super) fn words(page: &Page, fault: Fault) -> String {
    match fault {
        Fault::Length { found, wanted } => {
            let words = [("found", found.to_string()), ("wanted", wanted.to_string())];
            page.format("recovery-fault-length", &words)
        }
        Fault::Letter { group } => page.with("recovery-fault-letter", "group", group),
        Fault::OtherKind => page.t("recovery-fault-kind"),
        Fault::Slip => page.t("recovery-fault-slip"),
        Fault::Former => page.t("recovery-fault-former"),
        Fault::Foreign => page.t("recovery-fault-foreign"),
        Fault::Twice => page.t("recovery-fault-twice"),
    }
}

//! Words that belong together and are asked for together.

use std::borrow::Cow;

use crate::{Lang, Texts};

/// The words of one category of harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryWords<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// What it means, in one plain sentence.
    pub short: Cow<'a, str>,
    /// Signs that may be noticed. They prove nothing.
    pub signs: Cow<'a, str>,
}

impl Texts {
    /// The words of the category with this key (`physical`).
    pub fn category(&self, lang: Lang, key: &str) -> CategoryWords<'_> {
        let id = format!("category-{key}");
        CategoryWords {
            name: self.get(lang, &id),
            short: self.get(lang, &format!("{id}.short")),
            signs: self.get(lang, &format!("{id}.signs")),
        }
    }
}

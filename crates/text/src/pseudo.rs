//! How the pseudo-languages change English.

use std::borrow::Cow;

use crate::Lang;

/// Accents the letters and doubles some vowels: about a third longer, as translations are.
pub(crate) fn accent(text: &str) -> Cow<'_, str> {
    fluent_pseudo::transform(text, false, true)
}

/// Puts a whole message between marks, so that a page shows where each begins and ends:
/// a missing closing mark is cut text, letters outside any marks never went through this crate.
pub(crate) fn mark(lang: Lang, text: Cow<'_, str>) -> Cow<'_, str> {
    match lang {
        Lang::En => text,
        Lang::Pseudo => format!("\u{27e6}{text}\u{27e7}").into(),
        // An override, not an embedding, turns even Latin letters round.
        Lang::PseudoRtl => format!("\u{202e}\u{27e6}{text}\u{27e7}\u{202c}").into(),
    }
}

//! Every word shown to people: plain English first, then translations.
//!
//! The words are Fluent files in `locales/en`, one per area of the program, embedded all together.
//! Two pseudo-languages are made from the English: [`Lang::Pseudo`] (accented, longer, in brackets,
//! so that untranslated text and cut text are seen) and [`Lang::PseudoRtl`] (right to left).

mod lang;
mod pseudo;
mod texts;
mod words;

pub use fluent_bundle::FluentValue as Value;
pub use lang::Lang;
pub use texts::{Texts, TextsError};
pub use words::CategoryWords;

/// The embedded English files: name and content.
pub const ENGLISH: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/english.rs"));

//! The report form as data: questions change in a file, without a build (Appendix A of the Statement).
//!
//! A [`Form`] is read from TOML and checked as a whole. [`Answers`] are what a person said; the form
//! knows which pages they lead through. [`Facts`] are the few answers that the program acts on.

pub(crate) mod answers;
pub(crate) mod condition;
mod core_questions;
mod date;
mod facts;
mod flow;
mod input;
mod kept;
mod model;
mod parse;
mod reach;
pub(crate) mod source;
mod text_keys;

pub use answers::{Answer, Answers, Chosen, ChosenMany, Time, Words};
pub use condition::Condition;
pub use date::{RoughDate, RoughDateError};
pub use facts::{
    AboutWhom, Called, Channel, Consent, Contact, Discrimination, Facts, Identity, MayLearn, News, Related,
    ReportKind, SafeNow, StopCheck, Sure,
};
pub use flow::{Asked, Incomplete, Progress};
pub use input::{FieldError, FieldErrorKind, PageInput, RunTimeOption, RunTimeOptions};
pub use kept::Kept;
pub use model::{
    Choice, Form, Group, Instead, Options, OptionsFrom, Page, PageKind, Question, QuestionKind, Requirement,
    Reveal, Section,
};
pub use source::{Fault, Problem, Problems as FormErrors};

/// The name of the built-in form, for messages.
pub const BUILT_IN_NAME: &str = "forms/report.toml";

/// The source of the built-in form.
pub const BUILT_IN_SOURCE: &str = include_str!("../../../../forms/report.toml");

impl Form {
    /// Reads a form. All faults are told at once, each with file, line and field.
    pub fn parse(file_name: &str, source: &str) -> Result<Self, FormErrors> {
        parse::form(file_name, source)
    }

    /// The form that comes with the program.
    pub fn built_in() -> Result<Self, FormErrors> {
        Self::parse(BUILT_IN_NAME, BUILT_IN_SOURCE)
    }
}

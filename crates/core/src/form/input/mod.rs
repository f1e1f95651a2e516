//! From what a browser sends to answers. One bad field never loses another.
//!
//! The names of the fields of a question `q`: `q` itself (options, words); `q-<option>` for the text
//! beside an option; `q-<row>` for rows; `q-about`, `q-day`, `q-month`, `q-year`, `q-until_day`,
//! `q-until_month`, `q-until_year` for times; `q-instead` for "I'd rather not say" beside words and
//! times (beside options it is one of them).

mod fields;

use super::{
    answers::{Answers, Live},
    flow,
    kept::{Kept, field},
    model::{Form, OptionsFrom, Page, Question, QuestionKind},
};
use fields::{Reader, clean};

/// An option that is only known at run time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunTimeOption {
    /// Its value: a user's id, a category's key.
    pub value: String,
    /// What people read.
    pub label: String,
    /// More about it, if anything.
    pub hint: Option<String>,
}

/// The options that do not come from the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunTimeOptions {
    /// The members of the safeguarding team, by their user ids.
    pub leads: Vec<RunTimeOption>,
    /// The categories of harm.
    pub categories: Vec<RunTimeOption>,
}

impl RunTimeOptions {
    /// The options of this source.
    pub fn of(&self, from: OptionsFrom) -> &[RunTimeOption] {
        match from {
            OptionsFrom::Form => &[],
            OptionsFrom::Categories => &self.categories,
            OptionsFrom::Leads => &self.leads,
        }
    }
}

/// What came from one page.
#[derive(Debug, Clone)]
pub struct PageInput {
    /// The answers that are sound.
    pub answers: Answers,
    /// What the person must look at.
    pub errors: Vec<FieldError>,
    /// What they typed, to show again.
    pub kept: Kept,
}

/// One thing to look at, on one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The question.
    pub question: String,
    /// The option or row that it is about, if any.
    pub option: Option<String>,
    /// The name of the field, for the link from the list of errors.
    pub field: String,
    /// What is the matter.
    pub kind: FieldErrorKind,
}

/// What can be the matter with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldErrorKind {
    /// There must be an answer.
    Missing,
    /// The words are too long.
    TooLong {
        /// The most characters.
        max: usize,
        /// How many too many.
        by: usize,
    },
    /// Not one of the options: the page was made by another version, or by hand.
    UnknownOption,
    /// Not a date.
    BadDate,
    /// "None of these" together with one of them.
    MixedExclusive,
    /// Characters that are not text.
    NotText,
    /// Words beside an option that is not chosen.
    NotChosen,
}

impl FieldErrorKind {
    /// The name of its text: `q-<question>.error-<key>` where there is one, else `form-error-<key>`
    /// (with the arguments `max` and `by` for `too-long`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too-long",
            Self::UnknownOption => "unknown-option",
            Self::BadDate => "bad-date",
            Self::MixedExclusive => "mixed",
            Self::NotText => "not-text",
            Self::NotChosen => "not-chosen",
        }
    }
}

impl Answers {
    /// Takes in what came from a page. A question with an error keeps the answer that it had;
    /// one left empty loses it.
    pub fn put_page(&mut self, page: &Page, input: &PageInput) {
        for question in page
            .questions
            .iter()
            .filter(|question| question.group().is_none())
        {
            match input.answers.get(&question.id) {
                Some(answer) => self.set(&question.id, answer.clone()),
                None if input.errors.iter().any(|error| error.question == question.id) => {}
                None => {
                    self.remove(&question.id);
                }
            }
        }
    }
}

impl Form {
    /// Reads what was sent from a page. `answers` are those so far, for what depends on them.
    pub fn read_page(
        &self,
        page: &Page,
        answers: &Answers,
        input: &[(String, String)],
        options: &RunTimeOptions,
    ) -> PageInput {
        let mut others = answers.clone();
        others.retain(|question| page.question(question).is_none());
        read(
            page,
            input,
            options,
            &flow::walk(&self.pages, &others, Live::default()).live,
        )
    }

    /// Reads what was sent from a page about one item of a repeat (or one file), whose answers so
    /// far are `item`.
    pub fn read_item_page(
        &self,
        page: &Page,
        answers: &Answers,
        item: &Answers,
        input: &[(String, String)],
        options: &RunTimeOptions,
    ) -> PageInput {
        let group = page
            .item_of
            .as_deref()
            .and_then(|id| self.question(id))
            .and_then(Question::group);
        let pages = group.map_or(&[][..], |group| &group.pages);
        let mut others = item.clone();
        others.retain(|question| page.question(question).is_none());
        let outer = self.walk(answers);
        read(
            page,
            input,
            options,
            &flow::walk(pages, &others, Live::inside(&outer.live)).live,
        )
    }
}

fn read(page: &Page, input: &[(String, String)], options: &RunTimeOptions, live: &Live<'_>) -> PageInput {
    let mut kept = Kept::from_input(page, input);
    let mut reader = Reader::new(&kept, options);
    let read: Vec<_> = page
        .questions
        .iter()
        .map(|question| (question, reader.question(question)))
        .collect();
    let mut errors = reader.errors;
    // A page may ask a question only because of an answer just given on it.
    let mut now = Live::inside(live);
    for (question, answer) in &read {
        if !question.when.holds(&now) {
            // Without scripts such a question is on the page anyway; what was written there is
            // kept, but nobody is held up by it.
            errors.retain(|error| error.question != question.id);
        } else if let Some(answer) = answer {
            now.add(&question.id, answer);
        } else if question.group().is_none()
            && flow::is_required(question, &now)
            && !errors.iter().any(|error| error.question == question.id)
        {
            errors.push(FieldError {
                question: question.id.clone(),
                option: None,
                field: first_field(question),
                kind: FieldErrorKind::Missing,
            });
        }
    }
    drop(now);
    let place = |error: &FieldError| {
        read.iter()
            .position(|(question, _)| question.id == error.question)
    };
    errors.sort_by_key(place);
    let mut answers = Answers::default();
    for (question, answer) in read {
        if let Some(answer) = answer {
            answers.set(&question.id, answer);
        }
    }
    kept.change_all(|value| clean(value).0);
    PageInput {
        answers,
        errors,
        kept,
    }
}

fn first_field(question: &Question) -> String {
    match &question.kind {
        QuestionKind::When { .. } => field(&question.id, "about"),
        QuestionKind::Rows { rows, .. } => rows
            .first()
            .map_or_else(String::new, |row| field(&question.id, row)),
        _ => question.id.clone(),
    }
}

//! From what a browser sends to answers. One bad field never loses another.
//!
//! The names of the fields of a question `q`: `q` itself (options, words); `q-<option>` for the text
//! beside an option; `q-<row>` for rows; `q-about`, `q-day`, `q-month`, `q-year`, `q-until_day`,
//! `q-until_month`, `q-until_year` for times; `q-instead` for "I'd rather not say" beside words and
//! times (beside options it is one of them).

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{
    answers::{Answer, Answers, Chosen, ChosenMany, Live, Time, Words},
    date::RoughDate,
    flow,
    kept::{Kept, field},
    model::{Choice, Form, Instead, Options, OptionsFrom, Page, Question, QuestionKind},
};

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
    let mut reader = Reader {
        kept: &kept,
        options,
        errors: Vec::new(),
    };
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

/// Makes line ends and accents uniform, and takes out control characters; says whether there were any.
fn clean(raw: &str) -> (String, bool) {
    let mut odd = false;
    let text: String = raw
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|char| {
            let bad = char.is_control() && !matches!(char, '\n' | '\t');
            odd |= bad;
            !bad
        })
        .nfc()
        .collect();
    (text, odd)
}

struct Reader<'a> {
    kept: &'a Kept,
    options: &'a RunTimeOptions,
    errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    fn error(&mut self, question: &Question, option: Option<&str>, field: String, kind: FieldErrorKind) {
        let option = option.map(str::to_owned);
        self.errors.push(FieldError {
            question: question.id.clone(),
            option,
            field,
            kind,
        });
    }

    fn question(&mut self, question: &Question) -> Option<Answer> {
        match &question.kind {
            QuestionKind::Choice(options) => self.choice(question, options),
            QuestionKind::Choices(options) => self.choices(question, options),
            QuestionKind::Text { max_chars } => self.words(question, *max_chars, false),
            QuestionKind::Long { max_chars } => self.words(question, *max_chars, true),
            QuestionKind::When { range } => self.when(question, *range),
            QuestionKind::Rows { rows, options } => self.rows(question, rows, options),
            QuestionKind::Repeat(_) | QuestionKind::Files(_) => None,
        }
    }

    /// The text of one field, if it is sound and not empty.
    fn text(
        &mut self,
        question: &Question,
        option: Option<&str>,
        name: &str,
        max: usize,
        long: bool,
    ) -> Option<String> {
        let (text, odd) = clean(self.kept.value(name));
        if odd {
            self.error(question, option, name.to_owned(), FieldErrorKind::NotText);
            return None;
        }
        let text = if long {
            text.trim().to_owned()
        } else {
            text.trim().replace('\n', " ")
        };
        let count = text.chars().count();
        if count > max {
            let kind = FieldErrorKind::TooLong { max, by: count - max };
            self.error(question, option, name.to_owned(), kind);
            return None;
        }
        (!text.is_empty()).then_some(text)
    }

    fn instead(&mut self, question: &Question, name: &str) -> Option<Instead> {
        let given = self.kept.value(name);
        if given.is_empty() {
            return None;
        }
        let found = Instead::from_id(given).filter(|instead| question.instead.contains(instead));
        if found.is_none() {
            self.error(question, None, name.to_owned(), FieldErrorKind::UnknownOption);
        }
        found
    }

    fn words(&mut self, question: &Question, max: usize, long: bool) -> Option<Answer> {
        let before = self.errors.len();
        let text = self.text(question, None, &question.id, max, long);
        let also = self.instead(question, &field(&question.id, "instead"));
        if self.errors.len() > before {
            return None;
        }
        match text {
            Some(text) => Some(Answer::Text(Words { text, also })),
            None => also.map(Answer::Instead),
        }
    }

    fn when(&mut self, question: &Question, range: bool) -> Option<Answer> {
        let before = self.errors.len();
        let name = |part: &str| field(&question.id, part);
        let about = self
            .text(question, None, &name("about"), 500, false)
            .unwrap_or_default();
        let from = self.date(question, "");
        let until = if range {
            self.date(question, "until_")
        } else {
            None
        };
        let also = self.instead(question, &name("instead"));
        if self.errors.len() > before {
            return None;
        }
        if about.is_empty() && from.is_none() && until.is_none() {
            return also.map(Answer::Instead);
        }
        Some(Answer::When(Time {
            about,
            from,
            until,
            also,
        }))
    }

    fn date(&mut self, question: &Question, part: &str) -> Option<RoughDate> {
        let name = |which: &str| field(&question.id, &format!("{part}{which}"));
        let (day, month, year) = (name("day"), name("month"), name("year"));
        let read = RoughDate::read(
            self.kept.value(&day),
            self.kept.value(&month),
            self.kept.value(&year),
        );
        read.unwrap_or_else(|_| {
            self.error(question, None, day, FieldErrorKind::BadDate);
            None
        })
    }

    fn rows(&mut self, question: &Question, rows: &[String], options: &[String]) -> Option<Answer> {
        let mut given = BTreeMap::new();
        for row in rows {
            let name = field(&question.id, row);
            let value = self.kept.value(&name);
            if options.iter().any(|option| option == value) {
                given.insert(row.clone(), value.to_owned());
            } else if !value.is_empty() {
                self.error(question, Some(row), name, FieldErrorKind::UnknownOption);
            }
        }
        (!given.is_empty()).then_some(Answer::Rows(given))
    }

    /// The options given, each with what the form says of it, and the [`Instead`] among them.
    fn given<'o>(
        &mut self,
        question: &Question,
        options: &'o Options,
    ) -> (Vec<(&'a str, Option<&'o Choice>)>, Option<Instead>) {
        let kept = self.kept;
        let mut given: Vec<(&str, Option<&Choice>)> = Vec::new();
        let mut instead = None;
        for value in kept
            .all(&question.id)
            .iter()
            .map(String::as_str)
            .filter(|value| !value.is_empty())
        {
            let known = options.list.iter().find(|choice| choice.id == value);
            let found = Instead::from_id(value).filter(|word| question.instead.contains(word));
            if found.is_some() {
                instead = found;
            } else if known.is_some()
                || self
                    .options
                    .of(options.from)
                    .iter()
                    .any(|option| option.value == value)
            {
                if !given.iter().any(|(before, _)| *before == value) {
                    given.push((value, known));
                }
            } else {
                self.error(question, None, question.id.clone(), FieldErrorKind::UnknownOption);
            }
        }
        (given, instead)
    }

    /// What was written beside a chosen option. `Err` if it is missing or not sound.
    fn more(
        &mut self,
        question: &Question,
        option: &str,
        choice: Option<&Choice>,
    ) -> Result<Option<String>, ()> {
        let Some(reveal) = choice.and_then(|choice| choice.reveal) else {
            return Ok(None);
        };
        let name = field(&question.id, option);
        let before = self.errors.len();
        let more = self.text(question, Some(option), &name, reveal.max_chars, reveal.long);
        if more.is_none() && reveal.required && self.errors.len() == before {
            self.error(question, Some(option), name, FieldErrorKind::Missing);
        }
        if self.errors.len() > before {
            Err(())
        } else {
            Ok(more)
        }
    }

    fn choice(&mut self, question: &Question, options: &Options) -> Option<Answer> {
        let (given, instead) = self.given(question, options);
        let Some((option, choice)) = given.first() else {
            return instead.map(Answer::Instead);
        };
        let more = self.more(question, option, *choice).ok()?;
        Some(Answer::Choice(Chosen {
            option: (*option).to_owned(),
            more,
        }))
    }

    fn choices(&mut self, question: &Question, options: &Options) -> Option<Answer> {
        let before = self.errors.len();
        let (given, instead) = self.given(question, options);
        let exclusive = given
            .iter()
            .filter(|(_, choice)| choice.is_some_and(|choice| choice.exclusive))
            .count();
        let alone = exclusive + usize::from(instead.is_some());
        if alone > 0 && given.len() + usize::from(instead.is_some()) > 1 {
            self.error(
                question,
                None,
                question.id.clone(),
                FieldErrorKind::MixedExclusive,
            );
            return None;
        }
        if let Some(instead) = instead {
            return Some(Answer::Instead(instead));
        }
        let mut chosen = ChosenMany::default();
        for (option, choice) in given {
            chosen.options.push(option.to_owned());
            if let Ok(Some(more)) = self.more(question, option, choice) {
                chosen.more.insert(option.to_owned(), more);
            }
        }
        // In the order of the page, so that the same answers give the same bytes.
        let place = |option: &String| {
            let run_time = self.options.of(options.from);
            run_time
                .iter()
                .position(|known| known.value == *option)
                .unwrap_or_else(|| {
                    let own = options.list.iter().position(|known| known.id == *option);
                    run_time.len() + own.unwrap_or(options.list.len())
                })
        };
        chosen.options.sort_by_key(place);
        (!chosen.options.is_empty() && self.errors.len() == before).then_some(Answer::Choices(chosen))
    }
}

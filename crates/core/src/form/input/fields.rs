//! Reading the fields of each kind of question.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{FieldError, FieldErrorKind, RunTimeOptions};
use crate::form::{
    answers::{Answer, Chosen, ChosenMany, Time, Words},
    date::RoughDate,
    kept::{Kept, field},
    model::{Choice, Instead, Options, Question, QuestionKind},
};

/// Makes line ends and accents uniform, and takes out control characters; says whether there were any.
pub(super) fn clean(raw: &str) -> (String, bool) {
    let mut odd = false;
    let text: String = raw
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|char| {
            // Bytes that were not text arrive as the replacement character.
            let bad =
                *char == char::REPLACEMENT_CHARACTER || (char.is_control() && !matches!(char, '\n' | '\t'));
            odd |= bad;
            !bad
        })
        .nfc()
        .collect();
    (text, odd)
}

/// Reads questions one after the other and collects what is the matter.
pub(super) struct Reader<'a> {
    kept: &'a Kept,
    options: &'a RunTimeOptions,
    pub(super) errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(kept: &'a Kept, options: &'a RunTimeOptions) -> Self {
        Self {
            kept,
            options,
            errors: Vec::new(),
        }
    }

    fn error(&mut self, question: &Question, option: Option<&str>, field: String, kind: FieldErrorKind) {
        let option = option.map(str::to_owned);
        self.errors.push(FieldError {
            question: question.id.clone(),
            option,
            field,
            kind,
        });
    }

    pub(super) fn question(&mut self, question: &Question) -> Option<Answer> {
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

    /// Words beside an option that is not chosen. Without a script the field is there in any case, and whether
    /// the person forgot to choose or took the choice back is not for us to guess: a number that was typed may
    /// be one that must not be called.
    fn not_chosen(&mut self, question: &Question, options: &Options, given: &[(&str, Option<&Choice>)]) {
        for choice in options.list.iter().filter(|choice| choice.reveal.is_some()) {
            let name = field(&question.id, &choice.id);
            let is_given = given.iter().any(|(option, _)| *option == choice.id);
            if !is_given && !self.kept.value(&name).trim().is_empty() {
                self.error(question, Some(&choice.id), name, FieldErrorKind::NotChosen);
            }
        }
    }

    fn choice(&mut self, question: &Question, options: &Options) -> Option<Answer> {
        let (given, instead) = self.given(question, options);
        let Some((option, choice)) = given.first() else {
            if instead.is_none() {
                self.not_chosen(question, options, &[]);
            }
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
        if instead.is_none() {
            self.not_chosen(question, options, &given);
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

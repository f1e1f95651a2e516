//! What the fields of a page show: labels, hints, errors and what was typed.

use safehold_core::form::{Condition, FieldError, Kept, OptionsFrom, Page, Question, QuestionKind, Reveal};

use super::says::Says;
use crate::layout::{self, Choice};

/// One question as a page shows it.
pub(crate) struct QuestionView {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) error: String,
    /// Its label is the heading of the page.
    pub(crate) big: bool,
    pub(crate) input: Input,
    pub(crate) instead: Vec<OptionView>,
    /// `radios` where there are several, as one of them is kept; else `checkboxes`.
    pub(crate) instead_family: String,
}

/// How it is answered.
pub(crate) enum Input {
    Options {
        family: String,
        list: Vec<OptionView>,
        /// What the options mean, folded up below them: a long list of hard things is easier to bear as a list of
        /// words, and each is explained to those who want it.
        meanings: Vec<(String, String)>,
    },
    Line {
        value: String,
    },
    Long {
        value: String,
        count: String,
    },
    When(Box<WhenView>),
    Rows(Vec<RowView>),
    Nothing,
}

/// One option.
pub(crate) struct OptionView {
    pub(crate) choice: Choice,
    pub(crate) reveal: Option<RevealView>,
    /// "or" stands before it.
    pub(crate) divider: bool,
}

/// The text field beside an option.
pub(crate) struct RevealView {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) error: String,
    pub(crate) long: bool,
}

/// A time.
pub(crate) struct WhenView {
    pub(crate) about_name: String,
    pub(crate) about: String,
    pub(crate) about_error: String,
    pub(crate) from: DateView,
    pub(crate) until: Option<DateView>,
}

/// Three small fields.
pub(crate) struct DateView {
    pub(crate) name: String,
    /// What follows the question's id in the names of the three.
    pub(crate) parts: (String, String, String),
    pub(crate) legend: String,
    pub(crate) hint: String,
    pub(crate) day: String,
    pub(crate) month: String,
    pub(crate) year: String,
    pub(crate) error: String,
}

/// One row with its options.
pub(crate) struct RowView {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) error: String,
    pub(crate) list: Vec<Choice>,
}

/// The errors of a page as the list at its top shows them.
pub(crate) fn summary(says: &Says, errors: &[FieldError]) -> Vec<layout::FieldError> {
    errors
        .iter()
        .map(|error| layout::FieldError {
            name: error.field.clone(),
            text: says.error(error),
        })
        .collect()
}

/// Shows the questions of a page. `asked` says which are asked with the answers so far; one that depends on
/// another of the same page is there as well, because without a script nothing could bring it up.
pub(crate) fn questions(
    says: &Says,
    page: &Page,
    asked: &[&str],
    kept: &Kept,
    errors: &[FieldError],
) -> Vec<QuestionView> {
    let shown: Vec<&Question> = page
        .questions
        .iter()
        .filter(|question| asked.contains(&question.id.as_str()) || depends_on(&question.when, page))
        .filter(|question| question.group().is_none())
        .collect();
    let view = Viewer {
        says,
        kept,
        errors,
        big: page.asks_one(),
    };
    shown
        .into_iter()
        .map(|question| view.question(question))
        .collect()
}

fn depends_on(condition: &Condition, page: &Page) -> bool {
    match condition {
        Condition::Always => false,
        Condition::Is { question, .. } | Condition::AtLeast { question, .. } => {
            page.question(question).is_some()
        }
        Condition::All(list) | Condition::Any(list) => list.iter().any(|part| depends_on(part, page)),
        Condition::Not(inner) => depends_on(inner, page),
    }
}

struct Viewer<'a> {
    says: &'a Says,
    kept: &'a Kept,
    errors: &'a [FieldError],
    big: bool,
}

impl Viewer<'_> {
    fn error(&self, field: &str) -> String {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| self.says.error(error))
            .unwrap_or_default()
    }

    fn value(&self, field: &str) -> String {
        self.kept.value(field).to_owned()
    }

    fn question(&self, question: &Question) -> QuestionView {
        let key = question.key();
        let choice = question.options().is_some();
        let several = question.instead.len() > 1;
        QuestionView {
            name: question.id.clone(),
            label: self.says.get(&key),
            hint: self.says.maybe(&format!("{key}.hint")),
            error: self.error(&question.id),
            big: self.big,
            input: self.input(question),
            instead: if choice {
                Vec::new()
            } else {
                self.instead(question)
            },
            instead_family: if several { "radios" } else { "checkboxes" }.to_owned(),
        }
    }

    fn input(&self, question: &Question) -> Input {
        match &question.kind {
            QuestionKind::Choice(_) => Input::Options {
                family: "radios".to_owned(),
                list: self.options(question),
                meanings: self.meanings(question),
            },
            QuestionKind::Choices(_) => Input::Options {
                family: "checkboxes".to_owned(),
                list: self.options(question),
                meanings: self.meanings(question),
            },
            QuestionKind::Text { .. } => Input::Line {
                value: self.value(&question.id),
            },
            QuestionKind::Long { max_chars } => Input::Long {
                value: self.value(&question.id),
                count: self.says.most_chars(*max_chars),
            },
            QuestionKind::When { range } => Input::When(Box::new(self.when(question, *range))),
            QuestionKind::Rows { rows, options } => {
                Input::Rows(rows.iter().map(|row| self.row(question, row, options)).collect())
            }
            QuestionKind::Repeat(_) | QuestionKind::Files(_) => Input::Nothing,
        }
    }

    fn meanings(&self, question: &Question) -> Vec<(String, String)> {
        let from = question.options().map(|options| options.from);
        if from != Some(OptionsFrom::Categories) {
            return Vec::new();
        }
        let known = self.says.options.of(OptionsFrom::Categories).iter();
        known
            .filter_map(|option| Some((option.label.clone(), option.hint.clone()?)))
            .collect()
    }

    fn options(&self, question: &Question) -> Vec<OptionView> {
        let Some(options) = question.options() else {
            return Vec::new();
        };
        let from_elsewhere = self
            .says
            .options
            .of(options.from)
            .iter()
            .map(|option| OptionView {
                choice: Choice {
                    value: option.value.clone(),
                    label: option.label.clone(),
                    hint: match options.from {
                        OptionsFrom::Categories => String::new(),
                        _ => option.hint.clone().unwrap_or_default(),
                    },
                    checked: self.kept.has(&question.id, &option.value),
                },
                reveal: None,
                divider: false,
            });
        let own = options.list.iter().map(|choice| OptionView {
            choice: self.choice(question, &choice.id),
            reveal: choice
                .reveal
                .map(|reveal| self.reveal(question, &choice.id, reveal)),
            divider: choice.exclusive && (options.list.len() > 1 || options.from != OptionsFrom::Form),
        });
        let instead = question.instead.iter().map(|instead| OptionView {
            choice: self.choice(question, instead.id()),
            reveal: None,
            divider: true,
        });
        let mut list: Vec<OptionView> = from_elsewhere.chain(own).chain(instead).collect();
        // One "or" is enough: before the first that does not go with the others, or was said instead.
        let first = list.iter().position(|option| option.divider);
        for (place, option) in list.iter_mut().enumerate() {
            option.divider = place > 0 && Some(place) == first;
        }
        list
    }

    fn choice(&self, question: &Question, option: &str) -> Choice {
        Choice {
            value: option.to_owned(),
            label: self.says.option(question, option),
            hint: self.says.maybe(&format!("{}.hint", question.option_key(option))),
            checked: self.kept.has(&question.id, option),
        }
    }

    fn reveal(&self, question: &Question, option: &str, reveal: Reveal) -> RevealView {
        let name = format!("{}-{option}", question.id);
        RevealView {
            label: self.says.get(&format!("{}.more", question.option_key(option))),
            value: self.value(&name),
            error: self.error(&name),
            long: reveal.long,
            name,
        }
    }

    fn instead(&self, question: &Question) -> Vec<OptionView> {
        let name = format!("{}-instead", question.id);
        let kept = self.kept.value(&name).to_owned();
        let option = |value: &str, label: String| OptionView {
            choice: Choice {
                value: value.to_owned(),
                label,
                hint: String::new(),
                // What means "none of these" is not chosen for anybody beforehand.
                checked: !value.is_empty() && kept == value,
            },
            reveal: None,
            divider: false,
        };
        let mut list = Vec::new();
        // A chosen radio can't be unchosen, so one of them must mean "none of these".
        if question.instead.len() > 1 {
            list.push(option("", self.says.get("report-instead-none")));
        }
        list.extend(
            question
                .instead
                .iter()
                .map(|instead| option(instead.id(), self.says.instead(question, *instead))),
        );
        list
    }

    fn when(&self, question: &Question, range: bool) -> WhenView {
        let about = format!("{}-about", question.id);
        let legend = if range { "form-when-from" } else { "form-when-date" };
        WhenView {
            about: self.value(&about),
            about_error: self.error(&about),
            about_name: about,
            from: self.date(question, "", legend),
            until: range.then(|| self.date(question, "until_", "form-when-until")),
        }
    }

    fn date(&self, question: &Question, part: &str, legend: &str) -> DateView {
        let name = |which: &str| format!("{}-{part}{which}", question.id);
        DateView {
            parts: (
                format!("{part}day"),
                format!("{part}month"),
                format!("{part}year"),
            ),
            legend: self.says.get(legend),
            hint: self.says.maybe(&format!("{legend}.hint")),
            day: self.value(&name("day")),
            month: self.value(&name("month")),
            year: self.value(&name("year")),
            error: self.error(&name("day")),
            name: name("date"),
        }
    }

    fn row(&self, question: &Question, row: &str, options: &[String]) -> RowView {
        let name = format!("{}-{row}", question.id);
        RowView {
            label: self.says.option(question, row),
            hint: self.says.maybe(&format!("{}.hint", question.option_key(row))),
            error: self.error(&name),
            list: options
                .iter()
                .map(|option| Choice {
                    value: option.clone(),
                    label: self.says.option(question, option),
                    hint: String::new(),
                    checked: self.kept.has(&name, option),
                })
                .collect(),
            name,
        }
    }
}

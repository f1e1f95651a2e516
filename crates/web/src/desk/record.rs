//! The form of an action: its fields come from `core`, so there is one form for all of them.

use jiff::civil::Date;
use safehold_core::{
    case::{Field, FieldKind, RecordProblem},
    id::UserId,
};

use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
};

/// How a field is filled in.
pub(super) enum Control {
    /// A line.
    Text,
    /// Paragraphs.
    Long,
    /// A day.
    Day(Parts),
    /// One of these.
    One(Vec<Choice>),
    /// All of these, each ticked.
    All(Vec<Choice>),
}

/// The parts of a day as they were typed.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) day: String,
    pub(crate) month: String,
    pub(crate) year: String,
}

/// A field as the page shows it.
pub(super) struct FieldView {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) error: String,
    pub(super) value: String,
    pub(super) control: Control,
    /// The heading above it, where a part of a long form begins.
    pub(super) section: String,
}

impl Parts {
    /// The parts of a field as they were sent.
    pub(crate) fn sent(fields: &Fields, name: &str) -> Self {
        let part = |part: &str| fields.get(&format!("{name}-{part}")).trim().to_owned();
        Self {
            day: part("day"),
            month: part("month"),
            year: part("year"),
        }
    }

    /// Whether nothing was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.day.is_empty() && self.month.is_empty() && self.year.is_empty()
    }

    /// The day, if it is one. A month may be a word, or its first three letters.
    pub(crate) fn read(&self, page: &Page) -> Option<Date> {
        let month = self.month.parse().ok().or_else(|| {
            let typed = self.month.to_lowercase();
            (1..=12i8).find(|month| {
                let name = page.t(&format!("common-month-{month}")).to_lowercase();
                typed.chars().count() >= 3 && name.starts_with(&typed)
            })
        })?;
        let year = self
            .year
            .parse()
            .ok()
            .filter(|year| (1900..=2200).contains(year))?;
        Date::new(year, month, self.day.parse().ok()?).ok()
    }
}

impl From<Date> for Parts {
    fn from(date: Date) -> Self {
        Self {
            day: date.day().to_string(),
            month: date.month().to_string(),
            year: date.year().to_string(),
        }
    }
}

/// What was sent, with days put together as `core` reads them.
pub(super) fn input(page: &Page, asked: &[Field], fields: &Fields) -> Vec<(String, String)> {
    let mut input = fields.0.clone();
    for field in asked {
        if matches!(field.kind, FieldKind::Date) {
            let parts = Parts::sent(fields, field.id);
            let value = match parts.read(page) {
                Some(date) => date.to_string(),
                None if parts.is_empty() => String::new(),
                None => "?".to_owned(),
            };
            input.retain(|(name, _)| name != field.id);
            input.push((field.id.to_owned(), value));
        }
    }
    input
}

/// Fields, filled in with what was typed. `readers` are those who can read the case, for fields that name one.
pub(super) fn view(
    page: &Page,
    asked: &[Field],
    fields: &Fields,
    problems: &[(&'static str, RecordProblem)],
    readers: &[(UserId, String)],
) -> (Vec<FieldView>, Vec<FieldError>) {
    let views: Vec<_> = asked
        .iter()
        .map(|field| {
            let problem = problems.iter().find(|(id, _)| *id == field.id);
            one(page, field, fields, problem.map(|(_, problem)| *problem), readers)
        })
        .collect();
    let errors = errors(&views);
    (views, errors)
}

/// The lines of the error summary.
pub(super) fn errors(views: &[FieldView]) -> Vec<FieldError> {
    views
        .iter()
        .filter(|view| !view.error.is_empty())
        .map(|view| FieldError {
            name: view.name.to_owned(),
            text: view.error.clone(),
        })
        .collect()
}

fn one(
    page: &Page,
    field: &Field,
    fields: &Fields,
    problem: Option<RecordProblem>,
    readers: &[(UserId, String)],
) -> FieldView {
    let label = page.t(&format!("desk-field-{}", field.id));
    let mut hint = page.maybe(&format!("desk-field-{}.hint", field.id));
    if !field.required {
        let optional = page.t("common-optional");
        hint = if hint.is_empty() {
            optional
        } else {
            format!("{hint} {optional}")
        };
    }
    let error = problem.map_or_else(String::new, |problem| {
        page.with(problem_id(problem), "field", &label)
    });
    let choices = |list: &[&str]| {
        list.iter()
            .map(|choice| Choice {
                value: (*choice).to_owned(),
                label: page.t(&format!("desk-choice-{}-{choice}", field.id)),
                hint: page.maybe(&format!("desk-choice-{}-{choice}.hint", field.id)),
                checked: fields
                    .0
                    .iter()
                    .any(|(name, value)| name == field.id && value == choice),
            })
            .collect()
    };
    FieldView {
        section: page.maybe(&format!("desk-field-{}.section", field.id)),
        name: field.id,
        label,
        hint,
        error,
        value: fields.get(field.id).to_owned(),
        control: match field.kind {
            FieldKind::Text => Control::Text,
            FieldKind::Long => Control::Long,
            FieldKind::Date => Control::Day(Parts::sent(fields, field.id)),
            FieldKind::Choice(list) => Control::One(choices(list)),
            FieldKind::Reader => Control::One(people(readers, fields.get(field.id))),
            FieldKind::AllOf(list) => Control::All(choices(list)),
            // Their list is content: the page that asks for them puts it in.
            FieldKind::Categories => Control::All(Vec::new()),
        },
    }
}

/// All categories that are offered, with those that were ticked.
pub(super) fn categories<'a>(
    page: &Page,
    keys: impl Iterator<Item = &'a str>,
    fields: &Fields,
    id: &str,
) -> Control {
    let ticked: Vec<&str> = fields
        .0
        .iter()
        .filter(|(name, _)| name == id)
        .flat_map(|(_, value)| value.split(' '))
        .collect();
    Control::All(
        keys.map(|key| Choice {
            label: page.t(&format!("category-{key}")),
            hint: String::new(),
            checked: ticked.contains(&key),
            value: key.to_owned(),
        })
        .collect(),
    )
}

fn people(readers: &[(UserId, String)], chosen: &str) -> Vec<Choice> {
    readers
        .iter()
        .map(|(id, name)| {
            let value = id.to_string();
            Choice {
                checked: value == chosen,
                value,
                label: name.clone(),
                hint: String::new(),
            }
        })
        .collect()
}

fn problem_id(problem: RecordProblem) -> &'static str {
    match problem {
        RecordProblem::Missing => "desk-error-missing",
        RecordProblem::TooLong => "desk-error-too-long",
        RecordProblem::UnknownChoice => "desk-error-choice",
        RecordProblem::NotADate => "desk-error-date",
        RecordProblem::NotAllTicked => "desk-error-not-all",
        RecordProblem::HadPart => "desk-error-had-part",
        RecordProblem::Passed => "desk-error-passed",
    }
}

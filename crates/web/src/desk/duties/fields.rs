//! The fields of the forms, and how each is filled in.

use safehold_app::desk::duties::Duties;
use safehold_core::duties::{Consent, Ground, Need, Problem, Step, Way};

use crate::{
    desk::Parts,
    fields::Fields,
    layout::{Choice, FieldError, Page},
};

/// How a field is filled in.
pub(super) enum Control {
    /// A line.
    Line,
    /// Paragraphs.
    Long,
    /// A day.
    Day(Parts),
    /// One of these.
    One(Vec<Choice>),
    /// Any of these.
    Many(Vec<Choice>),
    /// Files.
    Files,
}

/// A field as the page shows it.
pub(super) struct FieldView {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) error: String,
    pub(super) value: String,
    pub(super) control: Control,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Line,
    Long,
    Day,
    One,
    Many,
    Files,
}

/// Name, kind, and whether the page says that it may be left out.
type Spec = (&'static str, Kind, bool);

const DECIDE: &[Spec] = &[
    ("need", Kind::One, true),
    ("reason", Kind::Long, true),
    ("decided_by", Kind::Line, true),
    ("consent", Kind::One, true),
    ("grounds", Kind::Many, true),
    ("consent_note", Kind::Long, true),
    ("starts", Kind::One, true),
    ("starts_on", Kind::Day, true),
    ("due_on", Kind::Day, false),
];
const SENT: &[Spec] = &[
    ("sent_on", Kind::Day, true),
    ("how", Kind::One, true),
    ("sent_by", Kind::Line, true),
    ("sent_to", Kind::Line, true),
    ("what", Kind::Long, true),
    ("files", Kind::Files, false),
    ("reference", Kind::Line, false),
    ("reply_by", Kind::Day, false),
    ("show", Kind::One, true),
    ("message", Kind::Long, true),
];
const REPLY: &[Spec] = &[
    ("reply_on", Kind::Day, true),
    ("reply", Kind::Long, true),
    ("files", Kind::Files, false),
    ("reference", Kind::Line, false),
    ("again_on", Kind::Day, false),
];
const END: &[Spec] = &[("outcome", Kind::One, true), ("why", Kind::Long, true)];

fn specs(step: Step) -> &'static [Spec] {
    match step {
        Step::Look => &[],
        Step::Decide => DECIDE,
        Step::Send => SENT,
        Step::Reply => REPLY,
        Step::End => END,
    }
}

/// What was sent, with days put together as `core` reads them.
pub(super) fn input(page: &Page, step: Step, fields: &Fields) -> Vec<(String, String)> {
    let mut input = fields.0.clone();
    for (name, _, _) in specs(step).iter().filter(|(_, kind, _)| *kind == Kind::Day) {
        let parts = Parts::sent(fields, name);
        let value = match parts.read(page) {
            Some(date) => date.to_string(),
            None if parts.is_empty() => String::new(),
            None => "?".to_owned(),
        };
        input.push(((*name).to_owned(), value));
    }
    input
}

/// What a form is filled in with.
pub(super) struct Filled<'a> {
    pub(super) page: &'a Page,
    pub(super) duties: &'a Duties<'a>,
    pub(super) body: &'a str,
    pub(super) fields: &'a Fields,
    pub(super) problems: &'a [(&'static str, Problem)],
    /// What is wrong with the files, in words.
    pub(super) files_error: &'a str,
    pub(super) files_hint: String,
    /// When the report came, in words.
    pub(super) received: String,
}

impl Filled<'_> {
    /// The fields of a form, and the lines of its error summary.
    pub(super) fn view(&self, step: Step) -> (Vec<FieldView>, Vec<FieldError>) {
        let views: Vec<_> = specs(step).iter().map(|spec| self.one(*spec)).collect();
        let errors = views
            .iter()
            .filter(|view| !view.error.is_empty())
            .map(|view| FieldError {
                name: view.name.to_owned(),
                text: view.error.clone(),
            })
            .collect();
        (views, errors)
    }

    fn one(&self, (name, kind, required): Spec) -> FieldView {
        let page = self.page;
        let label = page.t(&format!("duty-field-{name}"));
        let hint = match kind {
            Kind::Files => self.files_hint.clone(),
            _ => page.maybe(&format!("duty-field-{name}.hint")),
        };
        let optional = if required {
            String::new()
        } else {
            page.t("common-optional")
        };
        FieldView {
            name,
            hint: [hint, optional].join(" ").trim().to_owned(),
            error: if name == "files" {
                self.files_error.to_owned()
            } else {
                self.error(name, &label)
            },
            label,
            value: self.fields.get(name).to_owned(),
            control: match kind {
                Kind::Line => Control::Line,
                Kind::Long => Control::Long,
                Kind::Day => Control::Day(Parts::sent(self.fields, name)),
                Kind::One => Control::One(self.choices(name)),
                Kind::Many => Control::Many(self.choices(name)),
                Kind::Files => Control::Files,
            },
        }
    }

    fn error(&self, name: &str, label: &str) -> String {
        error(self.page, self.problems, name, label)
    }

    fn choices(&self, name: &str) -> Vec<Choice> {
        let keys: Vec<&'static str> = match name {
            "need" => Need::ALL.iter().map(|need| need.key()).collect(),
            "consent" => Consent::ALL.iter().map(|consent| consent.key()).collect(),
            "grounds" => Ground::ALL.iter().map(|ground| ground.key()).collect(),
            "how" => Way::ALL.iter().map(|way| way.key()).collect(),
            "starts" => vec!["report", "now", "day"],
            "show" => vec!["no", "yes"],
            "outcome" => {
                let fitting = self.duties.book.outcomes(self.body);
                fitting.iter().map(|outcome| outcome.key()).collect()
            }
            _ => Vec::new(),
        };
        keys.into_iter()
            .map(|key| Choice {
                value: key.to_owned(),
                label: self
                    .page
                    .with(&format!("duty-{name}-{key}"), "at", &self.received),
                hint: self.page.maybe(&format!("duty-{name}-{key}.hint")),
                checked: self
                    .fields
                    .0
                    .iter()
                    .any(|(field, value)| field == name && value == key),
            })
            .collect()
    }
}

/// What is wrong with a field, in words.
pub(super) fn error(page: &Page, problems: &[(&'static str, Problem)], name: &str, label: &str) -> String {
    let Some((_, problem)) = problems.iter().find(|(field, _)| *field == name) else {
        return String::new();
    };
    let most = match problem {
        Problem::TooLong(most) => most.to_string(),
        _ => String::new(),
    };
    page.format(
        &format!("duty-error-{}", problem.key()),
        &[("field", label.to_owned()), ("max", most)],
    )
}

/// The parts of a day as fields of a form.
pub(super) fn day(name: &str, on: jiff::civil::Date) -> [(String, String); 3] {
    let Parts { day, month, year } = Parts::from(on);
    [("day", day), ("month", month), ("year", year)].map(|(part, value)| (format!("{name}-{part}"), value))
}

//! `/paper`: the same form as a sheet to print and fill in by hand, from the same data (rule T20).

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use safehold_core::form::{
    Condition, Form, Instead, OptionsFrom, Page as FormPage, PageKind, Question, QuestionKind,
};

use super::says::{Needs, Says};
use crate::{
    layout::{self, Nav, Page},
    markdown,
    problem::Problem,
    site::Site,
};

/// How often the pages about one person, and so on, are printed.
const COPIES: usize = 2;

struct Part {
    heading: String,
    only: Vec<String>,
    sheets: Vec<Sheet>,
}

/// What one page of the form becomes.
struct Sheet {
    heading: String,
    only: Vec<String>,
    body: String,
    notes: Vec<(String, String)>,
    asked: Vec<OnPaper>,
}

struct OnPaper {
    number: usize,
    label: String,
    hint: String,
    boxes: Vec<PaperBox>,
    /// Lines to write on.
    lines: usize,
    rows: Vec<String>,
    row_options: Vec<String>,
}

struct PaperBox {
    label: String,
    more: String,
}

#[derive(Template)]
#[template(path = "report/paper.html")]
struct Paper {
    page: Page,
    parts: Vec<Part>,
}

/// `GET /paper`.
pub async fn get(State(site): State<Site>) -> Result<impl IntoResponse, Problem> {
    let asked = site.app.form().clone();
    let says = Says::of(&site, &asked, Needs::ALL).await?;
    let page = Page::new(&site.web, "report-tab-paper", Nav::Ask);
    let writer = Writer {
        says: &says,
        page: &page,
        form: &asked.form,
    };
    let parts = writer.parts();
    layout::html(&Paper { page, parts })
}

struct Writer<'a> {
    says: &'a Says,
    page: &'a Page,
    form: &'a Form,
}

/// The conditions that must all hold, one by one.
fn all_of(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::Always => Vec::new(),
        Condition::All(list) => list.iter().flat_map(all_of).collect(),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Not(twice) => all_of(twice),
            _ => vec![condition],
        },
        _ => vec![condition],
    }
}

impl Writer<'_> {
    /// Questions are counted through, those about one person among them.
    fn number(&self, id: &str) -> usize {
        self.form
            .all_pages()
            .flat_map(|page| &page.questions)
            .position(|question| question.id == id)
            .map_or(0, |place| place + 1)
    }

    fn parts(&self) -> Vec<Part> {
        self.form
            .sections
            .iter()
            .map(|section| {
                let pages: Vec<&FormPage> = self
                    .form
                    .pages
                    .iter()
                    .filter(|page| page.section == section.id && page.kind != PageKind::End)
                    .collect();
                let shared: Vec<&Condition> = pages
                    .first()
                    .map(|page| all_of(&page.when))
                    .unwrap_or_default()
                    .into_iter()
                    .filter(|part| pages.iter().all(|page| all_of(&page.when).contains(part)))
                    .collect();
                Part {
                    heading: self.says.get(&format!("section-{}", section.id)),
                    only: self.only(&shared),
                    sheets: pages.iter().flat_map(|page| self.sheets(page, &shared)).collect(),
                }
            })
            .collect()
    }

    fn sheets(&self, page: &FormPage, shared: &[&Condition]) -> Vec<Sheet> {
        let own: Vec<&Condition> = all_of(&page.when)
            .into_iter()
            .filter(|part| !shared.contains(part))
            .collect();
        let tells = page.kind == PageKind::Info;
        let mut sheets = vec![Sheet {
            heading: if page.asks_one() {
                String::new()
            } else {
                self.says.get(&page.heading_key())
            },
            only: self.only(&own),
            body: if tells {
                markdown::prose(&self.says.get(&format!("{}.body", page.key())))
            } else {
                String::new()
            },
            notes: page
                .notes
                .iter()
                // Paper has no history of a browser.
                .filter(|note| *note != "device")
                .map(|note| {
                    (
                        self.says.get(&format!("note-{note}")),
                        markdown::prose(&self.says.get(&format!("note-{note}.body"))),
                    )
                })
                .collect(),
            asked: page
                .questions
                .iter()
                .map(|question| self.asked(question))
                .collect(),
        }];
        for question in &page.questions {
            let Some(group) = question.group() else { continue };
            let copies = if page.kind == PageKind::Files { 1 } else { COPIES };
            for copy in 1..=copies {
                for (place, inner) in group.pages.iter().enumerate() {
                    let heading = match (place, page.kind) {
                        (0, PageKind::Repeat) => {
                            self.page
                                .with(&format!("{}.item", question.key()), "number", copy)
                        }
                        _ => self.says.maybe(&inner.heading_key()),
                    };
                    sheets.push(Sheet {
                        heading: if inner.asks_one() { String::new() } else { heading },
                        only: self.only(&all_of(&inner.when)),
                        body: String::new(),
                        notes: Vec::new(),
                        asked: inner
                            .questions
                            .iter()
                            .map(|question| self.asked(question))
                            .collect(),
                    });
                }
            }
        }
        sheets
    }

    fn asked(&self, question: &Question) -> OnPaper {
        let key = question.key();
        let mut boxes = Vec::new();
        let mut rows = Vec::new();
        let mut row_options = Vec::new();
        let mut lines = 0;
        match &question.kind {
            QuestionKind::Choice(options) | QuestionKind::Choices(options) => {
                let known = self.says.options.of(options.from).iter();
                boxes.extend(known.map(|option| PaperBox {
                    label: match (&option.hint, options.from) {
                        (Some(hint), OptionsFrom::Leads) => self.page.format(
                            "report-option-more",
                            &[("option", option.label.clone()), ("more", hint.clone())],
                        ),
                        _ => option.label.clone(),
                    },
                    more: String::new(),
                }));
                boxes.extend(options.list.iter().map(|choice| PaperBox {
                    label: self.says.option(question, &choice.id),
                    more: choice.reveal.map_or_else(String::new, |_| {
                        self.says
                            .get(&format!("{}.more", question.option_key(&choice.id)))
                    }),
                }));
            }
            QuestionKind::Text { .. } | QuestionKind::When { .. } => lines = 1,
            QuestionKind::Long { max_chars } => lines = if *max_chars > 5_000 { 8 } else { 4 },
            QuestionKind::Rows { rows: all, options } => {
                rows = all.iter().map(|row| self.says.option(question, row)).collect();
                row_options = options
                    .iter()
                    .map(|option| self.says.option(question, option))
                    .collect();
            }
            QuestionKind::Repeat(_) | QuestionKind::Files(_) => {}
        }
        boxes.extend(question.instead.iter().map(|instead: &Instead| PaperBox {
            label: self.says.instead(question, *instead),
            more: String::new(),
        }));
        OnPaper {
            number: self.number(&question.id),
            label: self.says.get(&key),
            hint: self.says.maybe(&format!("{key}.hint")),
            boxes,
            lines,
            rows,
            row_options,
        }
    }

    /// When something is asked, in words. What is too tangled to say is left to the person: a box too many does
    /// no harm.
    fn only(&self, conditions: &[&Condition]) -> Vec<String> {
        conditions
            .iter()
            .filter_map(|condition| self.one(condition))
            .collect()
    }

    fn one(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::Is { question, options } => Some(self.ticked("report-paper-only", question, options)),
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Is { question, options } => {
                    Some(self.ticked("report-paper-not", question, options))
                }
                _ => None,
            },
            Condition::AtLeast { question, count } => Some(self.page.format(
                "report-paper-at-least",
                &[
                    ("count", count.to_string()),
                    ("number", self.number(question).to_string()),
                ],
            )),
            Condition::Always | Condition::All(_) | Condition::Any(_) => None,
        }
    }

    fn ticked(&self, text: &str, id: &str, options: &[String]) -> String {
        let labels: Vec<String> = match self.form.question(id) {
            Some(question) => options
                .iter()
                .map(|option| {
                    let label = self.says.option(question, option);
                    self.page.with("report-paper-option", "option", label)
                })
                .collect(),
            None => Vec::new(),
        };
        self.page.format(
            text,
            &[
                ("options", labels.join(&self.page.t("report-paper-or"))),
                ("number", self.number(id).to_string()),
            ],
        )
    }
}

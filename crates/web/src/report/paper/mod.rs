//! `/paper`: the same form as sheets to print and fill in by hand, from the same data (RA, rule T20). The whole form
//! comes in two halves (`/paper`, `/paper/2`), so that each is light enough for an old phone. Beside it there are a
//! short one (`/paper/short`) and one in Easy Read (`/paper/easy`).

mod asked;
pub mod easy;
mod only;
pub mod short;

use askama::Template;
use axum::{extract::State, response::Html};
use safehold_core::form::{Form, Page as FormPage, PageKind, Question, QuestionKind};

use super::says::{Needs, Says};
use crate::{
    assets,
    layout::{self, Nav, Page},
    markdown,
    problem::Problem,
    site::Site,
};
use asked::OnPaper;

/// How often the pages about one person, and so on, are printed.
const COPIES: usize = 2;

/// How often the lines for things of which each is told in a few words are printed.
const ROWS: usize = 2;

/// Lines for more about the question before.
const FOR_MORE: usize = 3;

/// What only a screen can ask: whether to go on to its next page. On paper everybody sees what comes next.
const ON_SCREEN_ONLY: [&str; 2] = ["enough", "go_on"];

/// The question by which somebody who tells of something else than harm is sent to a short way through.
const KIND: &str = "kind";

struct Part {
    number: usize,
    heading: String,
    /// Whether it begins with a question that takes the width of the sheet.
    wide: bool,
    sheets: Vec<Sheet>,
}

/// What one page of the form becomes.
#[derive(Default)]
struct Sheet {
    heading: String,
    only: Vec<String>,
    body: String,
    notes: Vec<(String, String)>,
    asked: Vec<OnPaper>,
    /// What is told of one of several things in a few words, instead of questions: a line for each.
    lines: Vec<String>,
    /// Which other questions those go straight to who tell of something else than harm.
    shortcuts: Vec<String>,
}

#[derive(Template)]
#[template(path = "report/paper/full.html")]
struct Paper {
    page: Page,
    css: &'static str,
    half: Half,
    parts: Vec<Part>,
}

/// One of the two halves of the whole form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    First,
    Second,
}

impl Half {
    fn is_first(self) -> bool {
        self == Self::First
    }
}

/// `GET /paper`.
pub async fn get(State(site): State<Site>) -> Result<Html<String>, Problem> {
    half(&site, Half::First).await
}

/// `GET /paper/2`.
pub async fn second(State(site): State<Site>) -> Result<Html<String>, Problem> {
    half(&site, Half::Second).await
}

async fn half(site: &Site, half: Half) -> Result<Html<String>, Problem> {
    let asked = site.app.form().clone();
    let says = Says::of(site, &asked, Needs::ALL).await?;
    let page = Page::new(&site.web, "report-tab-paper", Nav::Ask);
    let writer = Writer {
        says: &says,
        page: &page,
        form: &asked.form,
    };
    let mut parts = writer.parts();
    let second = parts.split_off(first_half(&parts));
    layout::html(&Paper {
        page,
        css: css(),
        half,
        parts: if half.is_first() { parts } else { second },
    })
}

/// The stylesheet of sheets to print.
fn css() -> &'static str {
    assets::path("paper.css")
}

/// How many of the parts make the first half: as many as hold up to half of all questions.
fn first_half(parts: &[Part]) -> usize {
    let questions = |part: &Part| part.sheets.iter().map(|sheet| sheet.asked.len()).sum::<usize>();
    let all: usize = parts.iter().map(questions).sum();
    let mut so_far = 0;
    parts
        .iter()
        .take_while(|part| {
            so_far += questions(part);
            so_far * 2 <= all
        })
        .count()
}

/// The questions about one of several things, if each is answered in a few words: a line for each is enough.
fn on_lines(pages: &[FormPage]) -> Option<&[Question]> {
    let is_short = |question: &Question| {
        matches!(
            question.kind,
            QuestionKind::Text { .. } | QuestionKind::When { .. }
        )
    };
    match pages {
        [only] if only.questions.iter().all(is_short) => Some(&only.questions),
        _ => None,
    }
}

struct Writer<'a> {
    says: &'a Says,
    page: &'a Page,
    form: &'a Form,
}

impl Writer<'_> {
    /// The questions that are on paper, those about one person among them, are counted through. What has only
    /// a line has no number.
    fn number(&self, id: &str) -> Option<usize> {
        let on_lines: Vec<&str> = self
            .form
            .all_pages()
            .flat_map(|page| &page.questions)
            .filter_map(Question::group)
            .filter_map(|group| on_lines(&group.pages))
            .flatten()
            .map(|question| question.id.as_str())
            .collect();
        self.form
            .all_pages()
            .flat_map(|page| &page.questions)
            .map(|question| question.id.as_str())
            .filter(|id| !ON_SCREEN_ONLY.contains(id) && !on_lines.contains(id))
            .position(|other| other == id)
            .map(|place| place + 1)
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for section in &self.form.sections {
            let sheets: Vec<Sheet> = self
                .form
                .pages
                .iter()
                .filter(|page| page.section == section.id && page.kind != PageKind::End)
                .flat_map(|page| self.sheets(page))
                .collect();
            if !sheets.is_empty() {
                parts.push(Part {
                    number: parts.len() + 1,
                    heading: self.says.get(&format!("section-{}", section.id)),
                    wide: sheets
                        .first()
                        .and_then(|sheet| sheet.asked.first())
                        .is_some_and(|question| question.wide),
                    sheets,
                });
            }
        }
        parts
    }

    fn sheets(&self, page: &FormPage) -> Vec<Sheet> {
        let on_paper = |question: &&Question| !ON_SCREEN_ONLY.contains(&question.id.as_str());
        let questions: Vec<&Question> = page.questions.iter().filter(on_paper).collect();
        let tells = page.kind == PageKind::Info;
        if questions.is_empty() && !tells {
            return Vec::new();
        }
        let mut sheets = vec![Sheet {
            heading: if page.asks_one() {
                String::new()
            } else {
                self.says.get(&page.heading_key())
            },
            only: self.only(&page.when),
            body: if tells {
                let key = format!("{}.body", page.key());
                let paper = self.says.maybe(&format!("{}.paper", page.key()));
                markdown::prose(&if paper.is_empty() {
                    self.says.get(&key)
                } else {
                    paper
                })
            } else {
                String::new()
            },
            notes: page
                .notes
                .iter()
                // Paper has no history of a browser.
                .filter(|note| *note != "device")
                .map(|note| self.note(note))
                .collect(),
            asked: self.all(&questions),
            lines: Vec::new(),
            shortcuts: if page.question(KIND).is_some() {
                self.shortcuts()
            } else {
                Vec::new()
            },
        }];
        for question in questions {
            if let Some(group) = question.group() {
                sheets.extend(self.group(page.kind, question, &group.pages));
            }
        }
        sheets
    }

    /// The questions of a page. One that asks for more about the one before it has less room.
    fn all(&self, questions: &[&Question]) -> Vec<OnPaper> {
        let mut all: Vec<OnPaper> = questions.iter().map(|question| self.asked(question)).collect();
        for question in all.iter_mut().skip(1) {
            question.lines = question.lines.min(FOR_MORE);
        }
        all
    }

    fn note(&self, note: &str) -> (String, String) {
        let paper = self.says.maybe(&format!("note-{note}.paper"));
        let body = if paper.is_empty() {
            self.says.get(&format!("note-{note}.body"))
        } else {
            paper
        };
        (self.says.get(&format!("note-{note}")), markdown::prose(&body))
    }

    /// What is asked about each of several people or things.
    fn group(&self, kind: PageKind, question: &Question, pages: &[FormPage]) -> Vec<Sheet> {
        if let Some(lines) = on_lines(pages) {
            return (1..=ROWS)
                .map(|copy| Sheet {
                    heading: self.item(question, copy),
                    lines: lines.iter().map(|inner| self.label(inner)).collect(),
                    ..Sheet::default()
                })
                .collect();
        }
        let copies = if kind == PageKind::Files { 1 } else { COPIES };
        (1..=copies)
            .flat_map(|copy| {
                pages.iter().enumerate().map(move |(place, page)| Sheet {
                    heading: if kind == PageKind::Repeat && place == 0 {
                        self.item(question, copy)
                    } else {
                        String::new()
                    },
                    only: self.only(&page.when),
                    asked: page.questions.iter().map(|inner| self.asked(inner)).collect(),
                    ..Sheet::default()
                })
            })
            .collect()
    }

    /// "Person 2".
    fn item(&self, question: &Question, number: usize) -> String {
        self.page
            .with(&format!("{}.item", question.key()), "number", number)
    }

    /// Where those go on who tell of something else than harm: their form is short.
    fn shortcuts(&self) -> Vec<String> {
        [
            ("report-paper-if-advice", "ask"),
            ("report-paper-if-learning", "should_change"),
        ]
        .into_iter()
        .filter_map(|(text, question)| Some(self.page.with(text, "number", self.number(question)?)))
        .collect()
    }
}

//! What a page of the form shows: its questions or its list, its notes, and where its buttons lead.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use safehold_app::{AskedForm, report::FileNote};
use safehold_core::{
    contacts::Need,
    form::{Answers, FieldError, Form, Kept, Page as FormPage, PageKind, Question},
};

use super::{
    address::{self, CHECK, START, Way},
    context::Current,
    fields::{self, Input, QuestionView},
    says::{Needs, Says},
    summary,
};
use crate::{
    layout::{self, Nav, Page},
    markdown,
    problem::Problem,
    site::Site,
};

/// Something to say above a page that is shown again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// The token was missing or old: a second press does it.
    Press,
    /// The draft is gone; what is on this page is still here.
    Gone,
    /// Some files could not be taken.
    Files,
    /// The files did not arrive whole.
    Cut,
    /// More came at once than fits.
    TooMuch,
}

impl Again {
    fn key(self) -> &'static str {
        match self {
            Self::Press => "report-again-press",
            Self::Gone => "report-again-gone",
            Self::Files => "report-again-files",
            Self::Cut => "report-again-cut",
            Self::TooMuch => "report-again-too-much",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Press => StatusCode::FORBIDDEN,
            Self::Gone | Self::Files => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Cut => StatusCode::BAD_REQUEST,
            Self::TooMuch => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }
}

/// An item or file in the list on a page.
struct Item {
    number: usize,
    heading: String,
    lines: Vec<String>,
    href: String,
}

/// A note beside the questions.
struct Note {
    heading: String,
    body: String,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each decides about a part of the page"
)]
#[derive(Template)]
#[template(path = "report/question.html")]
struct QuestionPage {
    page: Page,
    back: String,
    action: String,
    again: Option<&'static str>,
    begin: bool,
    problems: Vec<layout::FieldError>,
    progress: String,
    heading: String,
    body: String,
    lede: String,
    questions: Vec<QuestionView>,
    whys: Vec<String>,
    notes: Vec<Note>,
    notes_first: bool,
    first: bool,
    needs: Vec<(usize, &'static str)>,
    calls: bool,
    children: bool,
    ends: bool,
    list: Option<List>,
    can_skip: bool,
    can_skip_section: bool,
}

/// The list of a page that takes items or files.
struct List {
    takes_files: bool,
    items: Vec<Item>,
    add: String,
    add_href: String,
    limits: String,
    full: bool,
}

/// What a page is shown with.
pub(crate) struct Showing<'a> {
    pub(crate) site: &'a Site,
    pub(crate) current: &'a Current,
    pub(crate) form_page: &'a FormPage,
    /// For a page about one item: the page that lists it, the question, the item's place and its answers.
    pub(crate) item: Option<(&'a FormPage, &'a Question, usize, &'a Answers)>,
    pub(crate) way: &'a Way,
    pub(crate) kept: Kept,
    pub(crate) errors: Vec<FieldError>,
    pub(crate) file_errors: Vec<layout::FieldError>,
    pub(crate) again: Option<Again>,
}

impl<'a> Showing<'a> {
    /// A page as it is opened.
    pub(crate) fn new(site: &'a Site, current: &'a Current, form_page: &'a FormPage, way: &'a Way) -> Self {
        Self {
            site,
            current,
            form_page,
            item: None,
            way,
            kept: Kept::default(),
            errors: Vec::new(),
            file_errors: Vec::new(),
            again: None,
        }
    }

    /// The answer.
    pub(crate) async fn respond(self) -> Result<Response, Problem> {
        let asked = self.current.form().clone();
        let says = Says::of(self.site, &asked, Needs::of(self.form_page)).await?;
        let status = match self.again {
            Some(again) => again.status(),
            None if self.errors.is_empty() && self.file_errors.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let html = layout::html(&self.template(&asked, &says))?;
        Ok((status, html).into_response())
    }

    fn template(self, asked: &AskedForm, says: &Says) -> QuestionPage {
        let form = &asked.form;
        let body = self.current.body();
        let answers = &body.answers;
        let outer = self.item.map_or(self.form_page, |(outer, ..)| outer);
        let mut page = Page::new(&self.site.web, "report-tab", Nav::Ask).with_csrf(self.current.token());
        let mut problems = fields::summary(says, &self.errors);
        problems.extend(self.file_errors.iter().cloned());
        let progress = form.progress(answers, &outer.id);
        let (place, of) = progress.map_or((1, 1), |progress| (progress.place, progress.of));
        page.note = super::taken_down_note(&page, &body);
        page.title = title(&page, place, of, !problems.is_empty() || self.again.is_some());
        let section = says.get(&format!("section-{}", outer.section));
        let list = self.list(form, says, &page, answers, &body.files);
        let questions = fields::questions(
            says,
            self.form_page,
            &self.asked_ids(form, answers),
            &self.kept,
            &self.errors,
        );
        let id = self.form_page.id.as_str();
        let key = self.form_page.key();
        let tells = matches!(self.form_page.kind, PageKind::Info | PageKind::End);
        let one_big = self.form_page.asks_one() && list.is_none();
        let progress_text = page.format(
            "form-section-of",
            &[
                ("place", place.to_string()),
                ("of", of.to_string()),
                ("name", section),
            ],
        );
        let in_item = self.item.is_some();
        QuestionPage {
            back: self.back(form, answers),
            action: self.action(form),
            again: self.again.map(Again::key),
            begin: self.again == Some(Again::Gone),
            problems,
            progress: progress_text,
            heading: if one_big {
                String::new()
            } else {
                says.get(&self.form_page.heading_key())
            },
            body: if tells {
                markdown::prose(&says.get(&format!("{key}.body")))
            } else {
                String::new()
            },
            lede: list
                .as_ref()
                .and(self.form_page.questions.first())
                .map(|question| says.maybe(&format!("{}.hint", question.key())))
                .unwrap_or_default(),
            whys: whys(says, self.form_page),
            notes: notes(says, self.form_page),
            notes_first: list.is_some(),
            first: is_first(form, self.form_page),
            needs: needs(self.form_page),
            calls: matches!(id, "danger_help" | "unsafe_help" | "stop_help"),
            children: id == "children_route",
            ends: self.form_page.kind == PageKind::End,
            can_skip: !in_item
                && !tells
                && list.is_none()
                && form.can_skip_page(answers, id)
                && !questions.is_empty(),
            can_skip_section: !in_item
                && !self.way.from_check
                && !tells
                && form.can_skip_section(answers, &outer.section),
            questions,
            list,
            page,
        }
    }

    fn asked_ids<'b>(&'b self, form: &'b Form, answers: &'b Answers) -> Vec<&'b str> {
        // A page that is out of the way (an old tab, a draft that is gone) still shows what it asks.
        let all = || {
            self.form_page
                .questions
                .iter()
                .map(|question| question.id.as_str())
        };
        let asked: Vec<&str> = match self.item {
            Some((_, question, _, item)) => form
                .asked_in_item(answers, &question.id, item)
                .into_iter()
                .filter(|asked| asked.page.id == self.form_page.id)
                .map(|asked| asked.question.id.as_str())
                .collect(),
            None => form
                .asked_on(answers, &self.form_page.id)
                .into_iter()
                .map(|asked| asked.question.id.as_str())
                .collect(),
        };
        if asked.is_empty() { all().collect() } else { asked }
    }

    fn back(&self, form: &Form, answers: &Answers) -> String {
        let way = self.way.query();
        if let Some((outer, question, place, item)) = self.item {
            return form
                .previous_item_page(answers, &question.id, item, &self.form_page.id)
                .map_or_else(
                    || format!("{}{way}", address::of(form, outer)),
                    |inner| format!("{}{way}", address::of_item(form, outer, inner, place)),
                );
        }
        if self.way.from_check {
            return CHECK.to_owned();
        }
        form.previous_page(answers, &self.form_page.id)
            .map_or_else(|| START.to_owned(), |page| address::of(form, page))
    }

    fn action(&self, form: &Form) -> String {
        let way = self.way.query();
        match self.item {
            Some((outer, _, place, _)) => {
                format!("{}{way}", address::of_item(form, outer, self.form_page, place))
            }
            None if self.form_page.kind == PageKind::Files => {
                format!("{}/files{way}", address::of(form, self.form_page))
            }
            None => format!("{}{way}", address::of(form, self.form_page)),
        }
    }

    fn list(
        &self,
        form: &Form,
        says: &Says,
        page: &Page,
        answers: &Answers,
        files: &[FileNote],
    ) -> Option<List> {
        let takes_files = match self.form_page.kind {
            PageKind::Files => true,
            PageKind::Repeat => false,
            PageKind::Questions | PageKind::Info | PageKind::End => return None,
        };
        let question = self
            .form_page
            .questions
            .iter()
            .find(|question| question.group().is_some())?;
        let group = question.group()?;
        let first = group.pages.first()?;
        let way = self.way.query();
        let href = |place| format!("{}{way}", address::of_item(form, self.form_page, first, place));
        let all = answers.items(&question.id);
        let count = if takes_files { files.len() } else { all.len() };
        let empty = Answers::default();
        let items = (0..count)
            .map(|place| {
                let item = all.get(place).unwrap_or(&empty);
                let heading = match files.get(place).filter(|_| takes_files) {
                    Some(file) => page.format(
                        "report-file-line",
                        &[("name", file.name.clone()), ("size", size(page, file.size_bytes))],
                    ),
                    None => page.with(&format!("{}.item", question.key()), "number", place + 1),
                };
                Item {
                    number: place + 1,
                    heading,
                    lines: summary::item_lines(says, page, form, answers, question, item),
                    href: href(place),
                }
            })
            .collect();
        let rules = self.site.app.rules();
        let max = if takes_files {
            group.max.min(usize::from(rules.files))
        } else {
            group.max
        };
        Some(List {
            takes_files,
            items,
            add: if takes_files {
                String::new()
            } else {
                says.get(&format!("{}.add", question.key()))
            },
            add_href: href(count),
            limits: page.format(
                "report-file-limits",
                &[("count", max.to_string()), ("size", size(page, rules.file_bytes))],
            ),
            full: count >= max,
        })
    }
}

/// A length of a file as people read it.
pub(crate) fn size(page: &Page, bytes: u64) -> String {
    if bytes < 1024 * 1024 {
        page.with("report-size-kb", "size", bytes.div_ceil(1024))
    } else {
        page.with("report-size-mb", "size", bytes / (1024 * 1024))
    }
}

/// What the tab says: which part, and nothing of what is asked.
fn title(page: &Page, place: usize, of: usize, again: bool) -> String {
    let part = page.format(
        "report-tab-part",
        &[("place", place.to_string()), ("of", of.to_string())],
    );
    let short = &page.organisation.short_name;
    if again {
        format!("{} {part} - {short}", page.t("common-error"))
    } else {
        format!("{part} - {short}")
    }
}

fn whys(says: &Says, page: &FormPage) -> Vec<String> {
    let mut seen = BTreeSet::new();
    page.questions
        .iter()
        .map(|question| says.maybe(&format!("{}.why", question.key())))
        .filter(|why| !why.is_empty() && seen.insert(why.clone()))
        .collect()
}

fn notes(says: &Says, form_page: &FormPage) -> Vec<Note> {
    form_page
        .notes
        .iter()
        .map(|name| Note {
            heading: says.get(&format!("note-{name}")),
            body: markdown::prose(&says.get(&format!("note-{name}.body"))),
        })
        .collect()
}

/// The needs by which "Get help now" can be looked through, where this page shows them.
fn needs(page: &FormPage) -> Vec<(usize, &'static str)> {
    if page.kind == PageKind::End || page.notes.iter().any(|note| note == "signposting") {
        (1..).zip(Need::ALL.iter().map(|need| need.label_id())).collect()
    } else {
        Vec::new()
    }
}

/// Whether everybody sees this page first.
pub(crate) fn is_first(form: &Form, page: &FormPage) -> bool {
    form.first_page().is_some_and(|first| first.id == page.id)
}

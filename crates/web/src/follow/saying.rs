//! Forms by which the person answers a question, says something to what they are shown, or asks for something: one page
//! for all of them, as each is a choice and some words.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::{
    follow::{self, Followed, MOST_CHARACTERS, Remark, SayError},
    report::Visit,
};
use safehold_core::{case::RecordProblem, id::EventId, record::Kind};

use super::message::clean;
use crate::{
    fields::Fields,
    layout::{self, Choice, Nav, Page},
    problem::Problem,
    report::{sent, times},
    site::Site,
    visit::{MaybeVisit, form_token},
};

/// What the person said before, as it is read.
pub(super) struct RemarkLine {
    pub(super) heading: String,
    pub(super) says: String,
    pub(super) lines: Vec<String>,
}

/// A form.
pub(super) struct Asking {
    pub(super) kind: Kind,
    pub(super) about: Option<EventId>,
    pub(super) action: String,
    pub(super) back: &'static str,
    /// What `/follow` says when it is done.
    pub(super) done: &'static str,
    pub(super) heading: String,
    /// What it is about and what happens with it.
    pub(super) about_it: Vec<String>,
    /// The words to which it is an answer.
    pub(super) quoted: String,
    pub(super) remarks: Vec<RemarkLine>,
    /// The field of the choice with what it asks and offers; none where there is nothing to choose.
    pub(super) says: Option<Says>,
    /// The field of the words with its label.
    pub(super) words: (&'static str, String, String),
    pub(super) button: String,
    /// What is sent with it, whatever the person fills in.
    pub(super) fixed: Vec<(String, String)>,
}

/// A choice.
pub(super) struct Says {
    pub(super) name: &'static str,
    pub(super) legend: String,
    pub(super) choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "follow/saying.html")]
struct SayingPage {
    page: Page,
    again: Option<&'static str>,
    problems: Vec<layout::FieldError>,
    asking: Asking,
    id: String,
    value: String,
    says_error: String,
    words_error: String,
}

impl RemarkLine {
    /// A remark in words. `says` is the name of the field of its choice.
    pub(super) fn of(site: &Site, page: &Page, says: &str, remark: &Remark) -> Self {
        let heading = if remark.from_desk {
            "follow-remark-for-you"
        } else {
            "follow-remark-you"
        };
        Self {
            heading: page.with(heading, "at", times::moment(page, &site.web.zone, remark.at)),
            says: page.t(&format!("follow-{says}-{}", remark.says)),
            lines: remark.words.lines().map(str::to_owned).collect(),
        }
    }
}

/// The choices of a field, none chosen.
pub(super) fn choices(page: &Page, field: &str, keys: &[&str]) -> Vec<Choice> {
    keys.iter()
        .map(|key| Choice {
            value: (*key).to_owned(),
            label: page.t(&format!("follow-{field}-{key}")),
            hint: page.maybe(&format!("follow-{field}-{key}.hint")),
            checked: false,
        })
        .collect()
}

/// The page with the person's report, or where else they go.
pub(super) enum Found {
    /// Their report.
    Report(Visit, Box<Followed>),
    /// There is none to this visit.
    Elsewhere(Response),
}

/// Finds the report of a visit.
pub(super) async fn find(site: &Site, MaybeVisit(visit): MaybeVisit) -> Result<Found, Problem> {
    let kept = visit.clone();
    Ok(match sent::followed(site, visit).await? {
        Some((visit, followed)) => Found::Report(visit, Box::new(followed)),
        None => Found::Elsewhere(super::elsewhere(site, kept).await?),
    })
}

/// A page of this person's.
pub(super) fn page_of(site: &Site, visit: &Visit) -> Page {
    Page::new(&site.web, "follow-tab", Nav::Return).with_csrf(form_token(visit))
}

/// Shows a form.
pub(super) fn show(page: Page, asking: Asking) -> Result<Response, Problem> {
    let id = follow::new_entry_id().to_string();
    let html = template(page, asking, &Fields::default(), id);
    Ok(layout::html(&html)?.into_response())
}

fn template(page: Page, mut asking: Asking, fields: &Fields, id: String) -> SayingPage {
    if let Some(says) = &mut asking.says {
        for choice in &mut says.choices {
            choice.checked = fields.get(says.name) == choice.value;
        }
    }
    SayingPage {
        again: None,
        problems: Vec::new(),
        id,
        value: clean(fields.get(asking.words.0)),
        says_error: String::new(),
        words_error: String::new(),
        asking,
        page,
    }
}

/// Takes what was sent, or shows it again with what stands in the way.
pub(super) async fn take(
    site: &Site,
    visit: Visit,
    page: Page,
    asking: Asking,
    fields: &Fields,
) -> Result<Response, Problem> {
    let id = fields.get("id").to_owned();
    if !fields.carries(&form_token(&visit)) {
        let mut html = template(page, asking, fields, follow::new_entry_id().to_string());
        html.again = Some("report-again-press");
        return Ok((StatusCode::FORBIDDEN, layout::html(&html)?).into_response());
    }
    let words = clean(fields.get(asking.words.0));
    let mut input = asking.fixed.clone();
    input.push((asking.words.0.to_owned(), words.clone()));
    if let Some(says) = &asking.says {
        input.push((says.name.to_owned(), fields.get(says.name).to_owned()));
    }
    let entry = id.parse().unwrap_or_else(|_| follow::new_entry_id());
    match follow::say(&site.app, &visit, entry, asking.kind, asking.about, &input).await {
        Ok(()) => Ok(Redirect::to(&format!("/follow?d={}", asking.done)).into_response()),
        Err(SayError::Input(problems)) => {
            let words_name = asking.words.0;
            let mut html = template(page, asking, fields, id);
            for (field, problem) in problems {
                let text = error(&html.page, field == words_name, problem, &words);
                html.problems.push(layout::FieldError {
                    name: field.to_owned(),
                    text: text.clone(),
                });
                if field == words_name {
                    html.words_error = text;
                } else {
                    html.says_error = text;
                }
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::html(&html)?).into_response())
        }
        Err(SayError::NoReport) => super::elsewhere(site, Some(visit)).await,
        Err(SayError::NotHere) => Err(Problem::NotFound),
        Err(SayError::App(error)) => Err(Problem::server(&error)),
    }
}

fn error(page: &Page, is_words: bool, problem: RecordProblem, words: &str) -> String {
    match problem {
        RecordProblem::TooLong => page.format(
            "follow-too-long",
            &[
                ("count", words.chars().count().to_string()),
                ("max", MOST_CHARACTERS.to_string()),
            ],
        ),
        _ if is_words => page.t("follow-say-words-missing"),
        _ => page.t("follow-say-choose"),
    }
}

//! `/follow/end`: what was reached, whether they feel safer, were listened to, and would tell us again. Each is
//! optional, and the page says which answer goes where.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::follow::{self, EndError, Followed, RESULTS, Said, SayError, is_at_end};
use safehold_core::{
    feedback::{NONE, QUESTIONS, Sheet, SheetError},
    id::EventId,
};

use super::saying::{Found, find, page_of};
use crate::{
    fields::Fields,
    layout::{self, Choice, Page},
    problem::Problem,
    site::Site,
    visit::{MaybeVisit, form_token},
};

/// One question.
struct Asked {
    name: String,
    words: String,
    choices: Vec<Choice>,
    error: String,
}

#[derive(Template)]
#[template(path = "follow/end.html")]
struct EndPage {
    page: Page,
    again: Option<&'static str>,
    problems: Vec<layout::FieldError>,
    /// Whether they have answered already.
    done: bool,
    apart: Vec<Asked>,
    wanted: Vec<Asked>,
}

fn choices(
    keys: impl Iterator<Item = &'static str>,
    label: impl Fn(&str) -> String,
    chosen: &str,
) -> Vec<Choice> {
    keys.map(|key| Choice {
        value: key.to_owned(),
        label: label(key),
        hint: String::new(),
        checked: chosen == key,
    })
    .collect()
}

fn wanted_name(id: EventId) -> String {
    format!("w-{id}")
}

fn template(page: Page, followed: &Followed, fields: &Fields) -> EndPage {
    let apart = QUESTIONS
        .iter()
        .map(|question| {
            let label = |key: &str| {
                if key == NONE {
                    page.t("end-none")
                } else {
                    page.t(&format!("end-{}-{key}", question.key))
                }
            };
            let keys = question.answers.iter().copied().chain([NONE]);
            Asked {
                name: question.key.to_owned(),
                words: page.t(&format!("end-{}", question.key)),
                choices: choices(keys, label, fields.get(question.key)),
                error: String::new(),
            }
        })
        .collect();
    let wanted = followed
        .side
        .wanted
        .iter()
        .map(|wanted| {
            let name = wanted_name(wanted.id);
            let label = |key: &str| page.t(&format!("end-reached-{key}"));
            Asked {
                words: wanted.words.clone(),
                choices: choices(RESULTS.into_iter(), label, fields.get(&name)),
                name,
                error: String::new(),
            }
        })
        .collect();
    EndPage {
        again: None,
        problems: Vec::new(),
        done: followed.has_ended,
        apart,
        wanted,
        page,
    }
}

/// `GET /follow/end`.
pub(super) async fn get(State(site): State<Site>, visit: MaybeVisit) -> Result<Response, Problem> {
    let (visit, followed) = match find(&site, visit).await? {
        Found::Report(visit, followed) => (visit, followed),
        Found::Elsewhere(response) => return Ok(response),
    };
    if !is_at_end(followed.state) {
        return Ok(Redirect::to("/follow").into_response());
    }
    let html = template(page_of(&site, &visit), &followed, &Fields::default());
    Ok(layout::html(&html)?.into_response())
}

/// `POST /follow/end`.
pub(super) async fn post(
    State(site): State<Site>,
    visit: MaybeVisit,
    fields: Fields,
) -> Result<Response, Problem> {
    let (visit, followed) = match find(&site, visit).await? {
        Found::Report(visit, followed) => (visit, followed),
        Found::Elsewhere(response) => return Ok(response),
    };
    let mut html = template(page_of(&site, &visit), &followed, &fields);
    if !fields.carries(&form_token(&visit)) {
        html.again = Some("report-again-press");
        return Ok((StatusCode::FORBIDDEN, layout::html(&html)?).into_response());
    }
    let mut said = Said::default();
    match Sheet::read(|key| fields.get(key)) {
        Ok(sheet) => said.sheet = Some(sheet),
        Err(SheetError::Empty) => {}
        Err(SheetError::Unknown(name)) => unknown(&mut html, name),
    }
    for wanted in &followed.side.wanted {
        let name = wanted_name(wanted.id);
        match fields.get(&name) {
            "" => {}
            result if RESULTS.contains(&result) => said.reached.push((wanted.id, result.to_owned())),
            _ => unknown(&mut html, &name),
        }
    }
    if html.problems.is_empty() && said.sheet.is_none() && said.reached.is_empty() {
        let text = html.page.t("end-nothing");
        let name = QUESTIONS.first().map_or("", |question| question.key);
        point(&mut html, name, &text);
    }
    if !html.problems.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::html(&html)?).into_response());
    }
    match follow::end(&site.app, &visit, &said).await {
        Ok(()) => Ok(Redirect::to("/follow?d=end").into_response()),
        Err(EndError::NotYet) => Ok(Redirect::to("/follow").into_response()),
        Err(EndError::Say(SayError::NoReport)) => super::elsewhere(&site, Some(visit)).await,
        Err(EndError::Say(SayError::App(error))) => Err(Problem::server(&error)),
        // These were looked at above.
        Err(EndError::Sheet(_) | EndError::Say(SayError::NotHere | SayError::Input(_))) => {
            Err(Problem::Malformed)
        }
    }
}

fn unknown(html: &mut EndPage, name: &str) {
    let text = html.page.t("follow-say-choose");
    point(html, name, &text);
}

/// Sets a message beside a question.
fn point(html: &mut EndPage, name: &str, text: &str) {
    html.problems.push(layout::FieldError {
        name: name.to_owned(),
        text: text.to_owned(),
    });
    for asked in html.apart.iter_mut().chain(&mut html.wanted) {
        if asked.name == name {
            text.clone_into(&mut asked.error);
        }
    }
}

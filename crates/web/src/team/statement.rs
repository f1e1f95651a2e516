//! `/desk/statement`: a new version of the statement, looked at before it is published. Older ones stay readable (R1.1a).

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use safehold_app::organisation::{self, ContentError};
use safehold_core::access::Area;
use serde::Deserialize;

use super::content;
use crate::{
    desk::{Desk, Frame, Parts, Place, Sent, enter, go, reply},
    fields::Fields,
    layout::{FieldError, Page},
    markdown,
    problem::Problem,
};

/// The most characters of a statement.
const MOST: usize = 200_000;

#[derive(Template)]
#[template(path = "team/statement.html")]
struct StatementPage<'a> {
    page: Page,
    desk: Frame,
    title: &'a str,
    note: &'a str,
    markdown: &'a str,
    on: Parts,
    preview: String,
    errors: Errors,
    problems: Vec<FieldError>,
    done: bool,
}

/// Errors by field.
#[derive(Default)]
struct Errors {
    title: String,
    note: String,
    markdown: String,
    on: String,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/statement`.
pub async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::Organisation)?;
    let statements = desk.site.web.content.get().statements.clone();
    let mut fields = Fields::default();
    if let Some(newest) = statements.first() {
        fields.0.push(("title".to_owned(), newest.title.clone()));
        fields.0.push(("markdown".to_owned(), newest.body.clone()));
    }
    let on = Parts::from(desk.site.web.today());
    show(
        &desk,
        &fields,
        on,
        Errors::default(),
        asked.done == "published",
        StatusCode::OK,
    )
}

fn show(
    desk: &Desk,
    fields: &Fields,
    on: Parts,
    errors: Errors,
    done: bool,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Statement);
    let problems = [
        ("title", &errors.title),
        ("on", &errors.on),
        ("note", &errors.note),
        ("markdown", &errors.markdown),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| FieldError {
        name: name.to_owned(),
        text: text.clone(),
    })
    .collect();
    let preview = if fields.get("do") == "preview" {
        markdown::numbered(fields.get("markdown"))
    } else {
        String::new()
    };
    reply(
        status,
        &StatementPage {
            page,
            desk: frame,
            title: fields.get("title"),
            note: fields.get("note"),
            markdown: fields.get("markdown"),
            on,
            preview,
            errors,
            problems,
            done,
        },
    )
}

/// `POST /desk/statement`.
pub async fn post(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Organisation)?;
    let on = Parts::sent(&fields, "on");
    if again {
        return show(&desk, &fields, on, Errors::default(), false, StatusCode::OK);
    }
    let (page, _) = Frame::new(&desk, Place::Statement);
    let mut errors = Errors::default();
    if fields.get("title").trim().is_empty() {
        errors.title = page.t("team-statement-title-missing");
    }
    if fields.get("note").trim().is_empty() {
        errors.note = page.t("team-statement-note-missing");
    }
    let markdown = fields.get("markdown").trim().replace("\r\n", "\n");
    if markdown.is_empty() {
        errors.markdown = page.t("team-statement-text-missing");
    }
    if markdown.chars().count() > MOST {
        errors.markdown = page.t("team-statement-text-long");
    }
    let day = on.read(&page);
    if day.is_none() {
        errors.on = page.t("team-statement-day-wrong");
    }
    let wrong = [&errors.title, &errors.note, &errors.markdown, &errors.on];
    let is_wrong = wrong.iter().any(|text| !text.is_empty());
    let Some(day) = day.filter(|_| !is_wrong) else {
        return show(
            &desk,
            &fields,
            on,
            errors,
            false,
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    };
    if fields.get("do") != "publish" {
        return show(&desk, &fields, on, errors, false, StatusCode::OK);
    }
    let (title, note) = (fields.get("title").trim(), fields.get("note").trim());
    organisation::publish(
        &desk.site.app,
        &desk.me.reader,
        day,
        title.to_owned(),
        markdown,
        note.to_owned(),
    )
    .await
    .map_err(|error| content_problem(&error))?;
    content::refresh(&desk.site.web, &desk.site.app)
        .await
        .map_err(|error| Problem::server(&error))?;
    Ok(go("/desk/statement?done=published"))
}

pub(super) fn content_problem(error: &ContentError) -> Problem {
    match error {
        ContentError::Role => Problem::Forbidden,
        ContentError::App(error) => Problem::server(error),
    }
}

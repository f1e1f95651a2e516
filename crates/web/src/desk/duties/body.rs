//! `/desk/case/{id}/duties/{body}`: one body: why it is raised, how it stands, and everything that was recorded.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::desk::duties;
use safehold_core::{access::Area, duties::Step, id::CaseId};
use serde::Deserialize;

use super::{
    begun,
    book::{Card, Cards},
    words::{self, Told},
};
use crate::{
    desk::{Desk, Frame, Place, case::names, case_id, enter, frame::moment, message::FileLine, reply},
    layout::Page,
    problem::Problem,
};

/// One entry as it is read.
struct Line {
    what: String,
    who: String,
    at: String,
    fields: Vec<Told>,
    files: Vec<FileLine>,
}

#[derive(Template)]
#[template(path = "desk/duties/body.html")]
struct BodyPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    done: String,
    card: Card,
    /// What can be recorded now, with the words for it.
    steps: Vec<(&'static str, String)>,
    /// Why something can't be recorded yet.
    waits: String,
    may_draft: bool,
    lines: Vec<Line>,
}

/// What the address may say.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/case/{id}/duties/{body}`.
pub(super) async fn get(
    desk: Desk,
    Path((id, body)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let id = case_id(&id)?;
    let case = match begun(&desk, id).await? {
        Ok(case) => case,
        Err(response) => return Ok(response),
    };
    let app = &desk.site.app;
    let duties = duties::duties(app, &case);
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let names = names(&desk.site).await?;
    let cards = Cards {
        page: &page,
        desk: &desk,
        case: &case,
        duties: &duties,
        names: &names,
    };
    let card = cards.of(&body).ok_or(Problem::NotFound)?;
    let may_record = duties::may_record(app, desk.me.reader.role, case.view.part, &body);
    let state = case.row.state;
    let steps = [Step::Decide, Step::Send, Step::Reply, Step::End];
    let web = &desk.site.web;
    let html = BodyPage {
        id,
        done: match Step::from_key(&asked.done) {
            Some(_) => page.t("duty-recorded"),
            None => String::new(),
        },
        steps: steps
            .into_iter()
            .filter(|step| may_record && duties.book.may(state, *step, &body).is_ok())
            .map(|step| (step.key(), step_words(&page, step, &duties, &body)))
            .collect(),
        waits: match duties.book.may(state, Step::Send, &body) {
            Err(safehold_core::duties::Refused::AskFirst) => page.t("duty-refused-ask-first"),
            _ => String::new(),
        },
        may_draft: duties::body(app, &body).is_some_and(|rule| !rule.draft.is_empty()),
        lines: duties::entries(&case.history)
            .filter(|entry| entry.entry.body() == Some(body.as_str()))
            .map(|entry| Line {
                what: words::history(&page, web, entry.entry, &[]).0,
                who: entry.actor_name.unwrap_or_default().to_owned(),
                at: moment(&page, web, entry.at),
                fields: words::fields(&page, web, entry.entry, &[]),
                files: entry.files.iter().map(|file| FileLine::of(&page, file)).collect(),
            })
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect(),
        card,
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

fn step_words(page: &Page, step: Step, duties: &duties::Duties<'_>, body: &str) -> String {
    match step {
        Step::Decide if duties.book.bodies.contains_key(body) => page.t("duty-do-decide-again"),
        Step::Look | Step::Decide | Step::Send | Step::Reply | Step::End => {
            page.t(&format!("duty-do-{}", step.key()))
        }
    }
}

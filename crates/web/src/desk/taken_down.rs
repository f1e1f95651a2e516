//! `/desk/taken-down`: how far those reports are that somebody wrote down for others, and no more.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::report::{self, TakeDownError};
use safehold_core::access::Area;

use super::{Desk, Frame, Place, enter, frame::when, reply};
use crate::{layout::Page, problem::Problem};

#[derive(Template)]
#[template(path = "desk/taken_down.html")]
struct TakenDown {
    page: Page,
    desk: Frame,
    lines: Vec<Line>,
}

struct Line {
    reference: String,
    sent: String,
    state: String,
}

/// `GET /desk/taken-down`.
pub async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::TakeDown)?;
    let written = report::written_down(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| match error {
            TakeDownError::Role => Problem::Forbidden,
            other => Problem::server(&other),
        })?;
    let (page, frame) = Frame::new(&desk, Place::TakenDown);
    let lines = written
        .into_iter()
        .map(|line| Line {
            reference: line.reference.to_string(),
            sent: page.with("taken-down-on", "at", when(&page, &desk.site.web, line.sent_at)),
            state: page.t(&format!("taken-down-state-{}", line.progress.key())),
        })
        .collect();
    reply(
        StatusCode::OK,
        &TakenDown {
            page,
            desk: frame,
            lines,
        },
    )
}

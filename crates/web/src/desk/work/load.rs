//! `/desk/load`: how much there is for whom, and looking after those who read (T10, T25).

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::desk::record::load;
use safehold_core::access::Area;

use super::super::{Desk, Frame, Place, enter, problem, reply};
use crate::{layout::Page, problem::Problem};

/// What one member has to do.
struct Line {
    name: String,
    cases: String,
    grave: String,
    to_do: String,
    late: String,
}

#[derive(Template)]
#[template(path = "desk/work/load.html")]
struct LoadPage {
    page: Page,
    desk: Frame,
    lines: Vec<Line>,
}

/// `GET /desk/load`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let loads = load(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let lines = loads
        .into_iter()
        .map(|load| Line {
            name: match (load.name, load.who) {
                (Some(name), _) => name,
                (None, Some(_)) => page.t("desk-somebody-gone"),
                (None, None) => page.t("record-load-nobody"),
            },
            cases: load.cases.to_string(),
            grave: load.grave.to_string(),
            to_do: load.to_do.to_string(),
            late: load.late.to_string(),
        })
        .collect();
    reply(
        StatusCode::OK,
        &LoadPage {
            lines,
            page,
            desk: frame,
        },
    )
}

//! `/desk/duties`: what is due outward in all cases on a desk, the next first.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::ToSpan;
use safehold_app::desk::duties;
use safehold_core::access::{Area, may_enter};

use crate::{
    desk::{Desk, Frame, Place, enter, frame::when, problem, reply},
    layout::Page,
    problem::Problem,
};

/// How long before the list of bank holidays ends the desk begins to say so.
const WARN_DAYS: i32 = 90;

struct Line {
    href: String,
    reference: String,
    at: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "desk/duties/due.html")]
struct DuePage {
    page: Page,
    desk: Frame,
    lines: Vec<Line>,
    /// How far the bank holidays reach.
    holidays: String,
}

/// `GET /desk/duties`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let app = &desk.site.app;
    let lines = duties::due_lines(app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let now = app.now();
    let html = DuePage {
        lines: lines
            .into_iter()
            .map(|line| Line {
                href: format!("/desk/case/{}/duties", line.case_id),
                reference: line.reference.to_string(),
                at: when(&page, &desk.site.web, line.due_at),
                late: line.due_at < now,
            })
            .collect(),
        holidays: holidays(&desk, &page),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

fn holidays(desk: &Desk, page: &Page) -> String {
    let until = desk.site.app.outward().holidays.covers_until();
    let id = if until < desk.site.web.today() {
        "duty-holidays-over"
    } else {
        "duty-holidays-until"
    };
    page.with(id, "date", page.date(until))
}

/// What the list of cases says of duties outward: how many are late, and that the bank holidays run out.
pub(in crate::desk) async fn late_alert(desk: &Desk, page: &Page) -> Result<Vec<String>, Problem> {
    let late = duties::late_count(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let mut alerts = Vec::new();
    if late > 0 {
        alerts.push(page.count("duty-alert-late", late));
    }
    let until = desk.site.app.outward().holidays.covers_until();
    let warn_from = until.checked_sub(WARN_DAYS.days()).unwrap_or(until);
    if desk.site.web.today() >= warn_from && may_enter(desk.me.reader.role, Area::Duties) {
        alerts.push(holidays(desk, page));
    }
    Ok(alerts)
}

//! `/desk/exclusions`: the decisions in the cases that a reader can open.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::desk::stay_away::{self, Line};
use safehold_core::access::Area;

use super::{
    super::{Desk, Frame, Place, enter, problem, reply},
    address, days, name, stands,
};
use crate::{layout::Page, problem::Problem};

/// A decision in words.
pub(super) struct LineView {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) reference: String,
    pub(super) stands: String,
    pub(super) late: bool,
    pub(super) notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "desk/stay_away/list.html")]
struct ListPage {
    page: Page,
    desk: Frame,
    lines: Vec<LineView>,
}

/// `GET /desk/exclusions`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::StayAway)?;
    let lines = stay_away::list(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let html = ListPage {
        lines: lines.iter().map(|line| LineView::of(&page, line)).collect(),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

impl LineView {
    pub(super) fn of(page: &Page, line: &Line) -> Self {
        let mut notes = days(page, line.ends_on, line.review_on);
        if line.appeals > 0 {
            notes.push(page.count("stay-appeals", line.appeals));
        }
        if line.waits && line.stands.key() != "waits" {
            notes.push(page.t("stay-changed"));
        }
        Self {
            href: format!("{}#e-{}", address(line.case), line.entry),
            name: name(&line.record).to_owned(),
            reference: page.with("stay-list-case", "reference", line.reference.to_string()),
            stands: stands(page, line.stands),
            late: line.is_late,
            notes,
        }
    }
}

//! The page before a new report is opened: who is in it, and whether the reader has a conflict (domain reference 6.1).

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::desk::BeforeOpening;
use safehold_core::{access::may_act, case::Action, id::CaseId};

use super::{Desk, Frame, Place, frame::moment, list::due_words, reply};
use crate::{
    layout::{FieldError, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "desk/before.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own on the page"
)]
struct Before<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    version: i64,
    urgent: bool,
    received: String,
    due: String,
    late: bool,
    people: &'a [String],
    activity: &'a str,
    may_begin: bool,
    changed: bool,
    problems: Vec<FieldError>,
}

/// Shows it.
pub(super) fn page(
    desk: &Desk,
    case: &BeforeOpening,
    changed: bool,
    missing: bool,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let state = &desk.site.web;
    let (due, late) = case.row.due_open_at.map_or_else(Default::default, |at| {
        due_words(&page, state, "open", at, case.row.received_at)
    });
    let mut problems = Vec::new();
    if missing {
        problems.push(FieldError {
            name: "no_conflict".to_owned(),
            text: page.t("desk-before-missing"),
        });
    }
    reply(
        status,
        &Before {
            id: case.row.id,
            reference: case.row.reference.to_string(),
            version: case.row.version,
            urgent: case.row.urgent,
            received: moment(&page, state, case.row.received_at),
            due,
            late,
            people: &case.people,
            activity: case.activity.as_deref().unwrap_or_default(),
            may_begin: may_act(desk.me.reader.role, Action::Begin),
            changed,
            problems,
            page,
            desk: frame,
        },
    )
}

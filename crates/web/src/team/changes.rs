//! `/desk/team/changes`: who changed what in the team, and when.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::team::{self, TeamChange};
use safehold_core::access::Area;

use super::problem;
use crate::{
    desk::{Desk, Frame, Place, enter, moment, reply},
    layout::Page,
    problem::Problem,
};

struct Row {
    at: String,
    who: String,
    what: String,
}

#[derive(Template)]
#[template(path = "team/changes.html")]
struct Changes {
    page: Page,
    desk: Frame,
    rows: Vec<Row>,
}

/// `GET /desk/team/changes`.
pub async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Team)?;
    let changes = team::changes(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Team);
    let rows = changes
        .into_iter()
        .map(|change| row(&desk, &page, change))
        .collect();
    reply(
        StatusCode::OK,
        &Changes {
            page,
            desk: frame,
            rows,
        },
    )
}

fn row(desk: &Desk, page: &Page, change: TeamChange) -> Row {
    let role = page.t(&format!("desk-role-{}", change.role.key()));
    Row {
        at: moment(page, &desk.site.web, change.at),
        who: change.by.unwrap_or_else(|| page.t("team-change-recovery")),
        what: page.format(
            &format!("team-change-{}", change.step.key()),
            &[("name", change.member), ("role", role)],
        ),
    }
}

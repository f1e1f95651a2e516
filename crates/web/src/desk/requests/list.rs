//! `/desk/requests`: the requests that this reader can open.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::desk::requests;
use safehold_core::{access::Area, rights::State};

use super::{
    super::{Desk, Frame, Place, enter, problem, reply},
    due, standing,
};
use crate::{layout::Page, problem::Problem};

struct Line {
    href: String,
    who: String,
    right: String,
    standing: String,
    due: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "desk/requests/list.html")]
struct ListPage {
    page: Page,
    desk: Frame,
    open: Vec<Line>,
    ended: Vec<Line>,
}

/// `GET /desk/requests`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    let lines = requests::list(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Requests);
    let today = desk.site.web.today();
    let (mut open, mut ended) = (Vec::new(), Vec::new());
    for line in lines {
        let (due, late) = due(&page, &line.view, today);
        let shown = Line {
            href: format!("/desk/requests/{}", line.id),
            right: page.t(&format!("desk-choice-rights_right-{}", line.view.right.key())),
            standing: standing(&page, &line.view),
            due,
            late,
            who: line.view.who,
        };
        if line.view.state == State::Ended {
            ended.push(shown);
        } else {
            open.push(shown);
        }
    }
    reply(
        StatusCode::OK,
        &ListPage {
            open,
            ended,
            page,
            desk: frame,
        },
    )
}

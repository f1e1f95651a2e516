//! `/desk/account/asked`: what was asked in the name of somebody who is signed in, and so has lost nothing.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::recovery;
use safehold_core::access::Area;

use super::problem;
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, moment, reply},
    layout::Page,
    problem::Problem,
};

struct Row {
    id: String,
    text: String,
}

#[derive(Template)]
#[template(path = "team/recovery/mine.html")]
struct Mine {
    page: Page,
    desk: Frame,
    rows: Vec<Row>,
}

/// `GET /desk/account/asked`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::OwnAccount)?;
    show(&desk).await
}

async fn show(desk: &Desk) -> Result<Response, Problem> {
    let asks = recovery::asks_in_my_name(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| Problem::server(&error))?;
    let (page, frame) = Frame::new(desk, Place::Account);
    let rows = asks
        .iter()
        .map(|ask| {
            let words = [
                ("at", moment(&page, &desk.site.web, ask.asked_at)),
                ("letters", ask.letters.to_string()),
            ];
            Row {
                id: ask.id.to_string(),
                text: page.format("recovery-mine-line", &words),
            }
        })
        .collect();
    reply(
        StatusCode::OK,
        &Mine {
            page,
            desk: frame,
            rows,
        },
    )
}

/// `POST /desk/account/asked`.
pub(super) async fn post(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::OwnAccount)?;
    if again {
        return show(&desk).await;
    }
    let ask = fields.get("ask").parse().map_err(|_| Problem::NotFound)?;
    let mine = recovery::asks_in_my_name(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| Problem::server(&error))?;
    if !mine.iter().any(|known| known.id == ask) {
        return Err(Problem::NotFound);
    }
    recovery::drop_ask(&desk.site.app, &desk.me.reader, ask)
        .await
        .map_err(|error| problem(&error))?;
    Ok(go("/desk/account/asked"))
}

//! `/desk/team/{member}/leave`: somebody leaves the team.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::team::{self, TeamError};
use safehold_core::access::Area;

use super::{problem, prove, refusal};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, reply},
    layout::Page,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "team/leave.html")]
struct Leave {
    page: Page,
    desk: Frame,
    id: String,
    name: String,
    is_me: bool,
    refused: &'static str,
}

/// `GET /desk/team/{member}/leave`.
pub async fn get(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Team)?;
    if let Some(answer) = prove::first(&desk, &format!("/desk/team/{id}/leave")) {
        return Ok(answer);
    }
    show(&desk, &id, "", StatusCode::OK).await
}

async fn show(desk: &Desk, id: &str, refused: &'static str, status: StatusCode) -> Result<Response, Problem> {
    let member = super::member(desk, id).await?;
    let (page, frame) = Frame::new(desk, Place::Team);
    reply(
        status,
        &Leave {
            page,
            desk: frame,
            is_me: member.id == desk.me.reader.id,
            id: member.id.to_string(),
            name: member.name,
            refused,
        },
    )
}

/// `POST /desk/team/{member}/leave`.
pub async fn post(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Team)?;
    if again {
        return show(&desk, &id, "", StatusCode::OK).await;
    }
    let member = super::member(&desk, &id).await?;
    match team::leave(&desk.site.app, &desk.me.reader, member.id).await {
        Ok(()) => Ok(go("/desk/team?done=left")),
        Err(TeamError::ProveFirst) => prove::carry(&desk, &format!("/desk/team/{id}/leave"), &fields),
        Err(error) if refusal(&error).is_some() => {
            show(
                &desk,
                &id,
                refusal(&error).unwrap_or_default(),
                StatusCode::CONFLICT,
            )
            .await
        }
        Err(error) => Err(problem(&error)),
    }
}

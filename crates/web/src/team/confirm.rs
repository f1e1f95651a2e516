//! `/desk/team/{member}/confirm`: a second person says that somebody who joined is who they are taken for.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::team::{self, TeamError, UserState};
use safehold_core::access::Area;

use super::{problem, prove, refusal};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, reply},
    layout::Page,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "team/confirm.html")]
struct Confirm {
    page: Page,
    desk: Frame,
    id: String,
    name: String,
    role: String,
    email: String,
    phone: String,
    invited_by: String,
    /// Whether there is nothing to confirm: they have not joined yet, or were confirmed already.
    is_settled: bool,
    refused: &'static str,
}

/// `GET /desk/team/{member}/confirm`.
pub async fn get(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Confirm)?;
    if let Some(answer) = prove::first(&desk, &format!("/desk/team/{id}/confirm")) {
        return Ok(answer);
    }
    show(&desk, &id, "", StatusCode::OK).await
}

async fn show(desk: &Desk, id: &str, refused: &'static str, status: StatusCode) -> Result<Response, Problem> {
    let members = team::list(&desk.site.app)
        .await
        .map_err(|error| problem(&error))?;
    let member = members
        .iter()
        .find(|member| member.id.to_string() == id)
        .ok_or(Problem::NotFound)?;
    let invited_by = members.iter().find(|other| Some(other.id) == member.invited_by);
    let is_settled = member.state != UserState::Joined;
    let may = team::may_confirm(&desk.me.reader, member, &members);
    let refused = if refused.is_empty() && !is_settled && !may {
        "team-second-person"
    } else {
        refused
    };
    let (page, frame) = Frame::new(desk, Place::Team);
    reply(
        status,
        &Confirm {
            id: member.id.to_string(),
            name: member.name.clone(),
            role: page.t(&format!("desk-role-{}", member.role.key())),
            email: member.email.clone(),
            phone: member.phone.clone(),
            invited_by: invited_by.map(|other| other.name.clone()).unwrap_or_default(),
            is_settled,
            refused,
            page,
            desk: frame,
        },
    )
}

/// `POST /desk/team/{member}/confirm`.
pub async fn post(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Confirm)?;
    if again {
        return show(&desk, &id, "", StatusCode::OK).await;
    }
    let member = super::member(&desk, &id).await?;
    match team::confirm(&desk.site.app, &desk.me.reader, member.id).await {
        Ok(()) => Ok(go("/desk/team?done=confirmed")),
        Err(TeamError::ProveFirst) => prove::carry(&desk, &format!("/desk/team/{id}/confirm"), &fields),
        Err(error) => match refusal(&error) {
            Some(refused) => show(&desk, &id, refused, StatusCode::CONFLICT).await,
            None if member.state != UserState::Joined => show(&desk, &id, "", StatusCode::CONFLICT).await,
            None => Err(problem(&error)),
        },
    }
}

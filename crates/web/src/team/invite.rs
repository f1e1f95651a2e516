//! `/desk/team/invite` and `/desk/team/{member}/again`: a link to join with, which goes to the person by mail. Only where
//! no mail server is configured is it shown, once.

use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::StatusCode,
    response::Response,
};
use safehold_app::team::{self, INVITATION_DAYS, Link, NewMember, TeamError, UserState};
use safehold_core::{access::Area, roster::Role};

use super::{problem, prove, refusal};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, reply},
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
    site::Site,
};

#[derive(Template)]
#[template(path = "team/invite.html")]
struct Invite<'a> {
    page: Page,
    desk: Frame,
    roles: Vec<Choice>,
    name: &'a str,
    email: &'a str,
    phone: &'a str,
    errors: Errors,
    problems: Vec<FieldError>,
}

/// Errors by field.
#[derive(Default)]
struct Errors {
    role: String,
    name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "team/invited.html")]
struct Invited {
    page: Page,
    desk: Frame,
    name: String,
    email: String,
    /// Empty if it went by mail.
    link: String,
    days: i64,
}

#[derive(Template)]
#[template(path = "team/again.html")]
struct Again {
    page: Page,
    desk: Frame,
    id: String,
    name: String,
    is_active: bool,
    by_mail: bool,
    refused: &'static str,
}

/// `GET /desk/team/invite`.
pub async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Team)?;
    if let Some(answer) = prove::first(&desk, "/desk/team/invite") {
        return Ok(answer);
    }
    show(&desk, &Fields::default(), Errors::default(), StatusCode::OK)
}

/// `POST /desk/team/invite`.
pub async fn post(State(site): State<Site>, request: Request) -> Result<Response, Response> {
    use axum::response::IntoResponse;

    let Sent { desk, fields, again } = Sent::from_request(request, &site).await?;
    invite(&desk, &fields, again)
        .await
        .map_err(IntoResponse::into_response)
}

async fn invite(desk: &Desk, fields: &Fields, again: bool) -> Result<Response, Problem> {
    enter(desk, Area::Team)?;
    if again {
        return show(desk, fields, Errors::default(), StatusCode::OK);
    }
    let (page, _) = Frame::new(desk, Place::Team);
    let mut errors = Errors::default();
    let Some(role) = Role::from_key(fields.get("role")) else {
        errors.role = page.t("team-role-missing");
        return show(desk, fields, errors, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let new = NewMember {
        role,
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        phone: fields.get("phone").to_owned(),
    };
    let (name, email) = (new.name.trim().to_owned(), new.email.trim().to_lowercase());
    match team::invite(&desk.site.app, &desk.me.reader, new).await {
        Ok(link) => return invited(desk, name, email, &link),
        Err(TeamError::ProveFirst) => return prove::carry(desk, "/desk/team/invite", fields),
        Err(TeamError::Name) => errors.name = page.t("team-name-missing"),
        Err(TeamError::Email) => errors.email = page.t("team-email-wrong"),
        Err(TeamError::EmailTaken) => errors.email = page.t("team-email-taken"),
        Err(error) => return Err(problem(&error)),
    }
    show(desk, fields, errors, StatusCode::UNPROCESSABLE_ENTITY)
}

fn show(desk: &Desk, fields: &Fields, errors: Errors, status: StatusCode) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Team);
    let roles = Role::ALL
        .iter()
        .map(|role| Choice {
            value: role.key().to_owned(),
            label: page.t(&format!("team-role-{}", role.key())),
            hint: page.t(&format!("team-role-{}.about", role.key())),
            checked: fields.get("role") == role.key(),
        })
        .collect();
    let problems = [
        ("role", &errors.role),
        ("name", &errors.name),
        ("email", &errors.email),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| FieldError {
        name: name.to_owned(),
        text: text.clone(),
    })
    .collect();
    reply(
        status,
        &Invite {
            page,
            desk: frame,
            roles,
            name: fields.get("name"),
            email: fields.get("email"),
            phone: fields.get("phone"),
            errors,
            problems,
        },
    )
}

/// A link that is shown is kept nowhere: what is stored is a digest of its secret. It begins as the configuration says:
/// a request could be made to name another host, which would then be handed the secret.
fn invited(desk: &Desk, name: String, email: String, link: &Link) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Team);
    let link = match link {
        Link::Mailed => String::new(),
        Link::Shown(token) => format!("{}/join?token={}", desk.site.base_url, token.as_str()),
    };
    reply(
        StatusCode::OK,
        &Invited {
            page,
            desk: frame,
            name,
            email,
            link,
            days: INVITATION_DAYS,
        },
    )
}

/// `GET /desk/team/{member}/again`.
pub async fn get_again(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Team)?;
    if let Some(answer) = prove::first(&desk, &format!("/desk/team/{id}/again")) {
        return Ok(answer);
    }
    show_again(&desk, &id, "", StatusCode::OK).await
}

async fn show_again(
    desk: &Desk,
    id: &str,
    refused: &'static str,
    status: StatusCode,
) -> Result<Response, Problem> {
    let member = super::member(desk, id).await?;
    let (page, frame) = Frame::new(desk, Place::Team);
    reply(
        status,
        &Again {
            page,
            desk: frame,
            id: member.id.to_string(),
            name: member.name,
            is_active: member.state == UserState::Active,
            by_mail: desk.site.app.sends_mail(),
            refused,
        },
    )
}

/// `POST /desk/team/{member}/again`.
pub async fn post_again(
    State(site): State<Site>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Response> {
    use axum::response::IntoResponse;

    let Sent { desk, again, .. } = Sent::from_request(request, &site).await?;
    anew(&desk, &id, again).await.map_err(IntoResponse::into_response)
}

async fn anew(desk: &Desk, id: &str, again: bool) -> Result<Response, Problem> {
    enter(desk, Area::Team)?;
    if again {
        return show_again(desk, id, "", StatusCode::OK).await;
    }
    let member = super::member(desk, id).await?;
    match team::invite_again(&desk.site.app, &desk.me.reader, member.id).await {
        Ok(link) => invited(desk, member.name, member.email, &link),
        Err(TeamError::ProveFirst) => {
            prove::carry(desk, &format!("/desk/team/{id}/again"), &Fields::default())
        }
        Err(error) if refusal(&error).is_some() => {
            show_again(
                desk,
                id,
                refusal(&error).unwrap_or_default(),
                StatusCode::CONFLICT,
            )
            .await
        }
        Err(error) => Err(problem(&error)),
    }
}

//! `/join`: somebody takes up an invitation.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use safehold_app::{
    SecretString,
    team::{self, Joining, TeamError},
};
use serde::Deserialize;

use super::{credentials::Credentials, problem};
use crate::{
    assets,
    desk::reply,
    fields::Fields,
    layout::{FieldError, Nav, Page},
    problem::Problem,
    site::Site,
};

#[derive(Template)]
#[template(path = "team/join.html")]
struct Join<'a> {
    page: Page,
    css: &'static str,
    token: &'a str,
    name: &'a str,
    email: &'a str,
    sign: Credentials,
    problems: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "team/joined.html")]
struct Joined {
    page: Page,
    css: &'static str,
    codes: Vec<String>,
    /// Whether a second person has to confirm them first.
    waits: bool,
}

#[derive(Template)]
#[template(path = "team/no_invitation.html")]
struct NoInvitation {
    page: Page,
}

/// What the address must say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    token: String,
}

fn page(site: &Site) -> Page {
    Page::new(&site.web, "team-join-tab", Nav::Other)
}

fn no_invitation(site: &Site) -> Result<Response, Problem> {
    reply(StatusCode::NOT_FOUND, &NoInvitation { page: page(site) })
}

/// `GET /join`.
pub async fn get(State(site): State<Site>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    match team::joining(&site.app, &asked.token).await {
        Ok(who) => {
            let issuer = site.web.organisation().short_name.clone();
            let totp = team::new_totp(&who.email, &issuer).map_err(|error| problem(&error))?;
            let sign = Credentials::new(&totp, &Fields::default())?;
            show(&site, &asked.token, &who, sign, StatusCode::OK)
        }
        Err(TeamError::Invitation) => no_invitation(&site),
        Err(error) => Err(problem(&error)),
    }
}

fn show(
    site: &Site,
    token: &str,
    who: &Joining,
    sign: Credentials,
    status: StatusCode,
) -> Result<Response, Problem> {
    reply(
        status,
        &Join {
            page: page(site),
            css: assets::path("desk.css"),
            token,
            name: &who.name,
            email: &who.email,
            problems: sign.problems(),
            sign,
        },
    )
}

/// `POST /join`.
pub async fn post(State(site): State<Site>, fields: Fields) -> Result<Response, Problem> {
    let token = fields.get("token");
    let who = match team::joining(&site.app, token).await {
        Ok(who) => who,
        Err(TeamError::Invitation) => return no_invitation(&site),
        Err(error) => return Err(problem(&error)),
    };
    let issuer = site.web.organisation().short_name.clone();
    let totp = team::same_totp(fields.get("secret"), &who.email, &issuer)
        .or_else(|_| team::new_totp(&who.email, &issuer))
        .map_err(|error| problem(&error))?;
    let mut sign = Credentials::new(&totp, &fields)?;
    let page = page(&site);
    if fields.get("pass") == fields.get("pass_again") {
        let pass = SecretString::from(fields.get("pass").to_owned());
        let code = fields.get("code").trim();
        match team::join(&site.app, token, pass, fields.get("secret"), code).await {
            Ok(joined) => {
                let made = Joined {
                    page,
                    css: assets::path("desk.css"),
                    codes: joined.recovery_codes,
                    waits: joined.waits,
                };
                return reply(StatusCode::OK, &made);
            }
            Err(TeamError::Invitation) => return no_invitation(&site),
            Err(error) => {
                if !sign.note(&page, &error) {
                    return Err(problem(&error));
                }
            }
        }
    } else {
        sign.again_error = page.t("team-pass-differs");
    }
    show(&site, token, &who, sign, StatusCode::UNPROCESSABLE_ENTITY)
}

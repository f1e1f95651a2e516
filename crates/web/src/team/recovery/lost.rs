//! `/desk/lost`: somebody who can't sign in any more chooses what they will sign in with, and asks to be let in again.
//! Nobody is signed in here, and the answer tells nothing of who is in the team.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use safehold_app::{
    SecretString,
    recovery::{self, ASK_DAYS, AskError, Asking},
    team,
};

use crate::{
    assets,
    desk::reply,
    fields::Fields,
    layout::{FieldError, Nav, Page},
    problem::Problem,
    site::Site,
    team::credentials::Credentials,
};

#[derive(Template)]
#[template(path = "team/recovery/lost.html")]
struct Lost<'a> {
    page: Page,
    css: &'static str,
    email: &'a str,
    email_error: String,
    sign: Credentials,
    problems: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "team/recovery/asked.html")]
struct Asked {
    page: Page,
    css: &'static str,
    letters: String,
    codes: Vec<String>,
    days: i64,
}

fn page(site: &Site) -> Page {
    Page::new(&site.web, "recovery-lost-tab", Nav::Other)
}

/// `GET /desk/lost`.
pub(super) async fn get(State(site): State<Site>) -> Result<Response, Problem> {
    let issuer = site.web.organisation().short_name.clone();
    let totp = team::new_totp(&issuer, &issuer).map_err(|error| Problem::server(&error))?;
    let fields = Fields::default();
    let sign = Credentials::new(&totp, &fields)?;
    show(&site, &fields, sign, String::new(), StatusCode::OK)
}

fn show(
    site: &Site,
    fields: &Fields,
    sign: Credentials,
    email_error: String,
    status: StatusCode,
) -> Result<Response, Problem> {
    let mut problems = Vec::new();
    if !email_error.is_empty() {
        problems.push(FieldError {
            name: "email".to_owned(),
            text: email_error.clone(),
        });
    }
    problems.extend(sign.problems());
    reply(
        status,
        &Lost {
            page: page(site),
            css: assets::path("desk.css"),
            email: fields.get("email"),
            email_error,
            problems,
            sign,
        },
    )
}

/// `POST /desk/lost`.
pub(super) async fn post(State(site): State<Site>, fields: Fields) -> Result<Response, Problem> {
    let issuer = site.web.organisation().short_name.clone();
    let totp = team::same_totp(fields.get("secret"), &issuer, &issuer)
        .or_else(|_| team::new_totp(&issuer, &issuer))
        .map_err(|error| Problem::server(&error))?;
    let mut sign = Credentials::new(&totp, &fields)?;
    let page = page(&site);
    let mut email_error = String::new();
    if fields.get("pass") == fields.get("pass_again") {
        let asking = Asking {
            email: fields.get("email").to_owned(),
            pass: SecretString::from(fields.get("pass").to_owned()),
            typed_secret: fields.get("secret").to_owned(),
            code: fields.get("code").trim().to_owned(),
        };
        match recovery::ask(&site.app, asking).await {
            Ok(asked) => {
                let asked = Asked {
                    page,
                    css: assets::path("desk.css"),
                    letters: asked.letters.to_string(),
                    codes: asked.recovery_codes,
                    days: ASK_DAYS,
                };
                return reply(StatusCode::OK, &asked);
            }
            Err(AskError::Email) => email_error = page.t("recovery-lost-email-wrong"),
            Err(AskError::Choice(error)) => {
                if !sign.note(&page, &error) {
                    return Err(Problem::server(&error));
                }
            }
            Err(AskError::App(error)) => return Err(Problem::server(&error)),
        }
    } else {
        sign.again_error = page.t("team-pass-differs");
    }
    show(
        &site,
        &fields,
        sign,
        email_error,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
}

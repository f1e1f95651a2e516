//! `/desk/sign-in` and `/desk/sign-out`.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use safehold_app::{
    SecretString,
    sign_in::{self, SignInError},
};
use serde::Deserialize;

use super::{Kept, again, go, landing, reply};
use crate::{
    cookies::{self, Name},
    fields::Fields,
    headers,
    layout::{FieldError, Nav, Page},
    problem::{self, Problem},
    session::{MaybeSession, SIGN_IN},
    site::Site,
};

#[derive(Template)]
#[template(path = "desk/sign_in.html")]
struct SignIn<'a> {
    page: Page,
    email: &'a str,
    to: &'a str,
    hidden: Vec<(String, String)>,
    shown: Vec<(String, String)>,
    problems: Vec<FieldError>,
    /// A session ended while something was typed.
    ended: bool,
    /// A note above the form, as the id of its text; empty for none.
    note: &'static str,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    to: String,
    #[serde(default)]
    done: String,
}

/// The address of the page to sign in, from which one comes back to this one.
pub(super) fn address(to: &str) -> String {
    let kept = Kept::new(to, &Fields::default());
    if kept.to.is_empty() || kept.to == "/desk" {
        SIGN_IN.to_owned()
    } else {
        // Only letters, digits, `/`, `-` and `_` are in it.
        format!("{SIGN_IN}?to={}", kept.to)
    }
}

/// `GET /desk/sign-in`.
pub async fn get(
    State(site): State<Site>,
    MaybeSession(session): MaybeSession,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    if let Some(me) = session {
        return Ok(go(landing(me.reader.role)));
    }
    let kept = Kept::new(&asked.to, &Fields::default());
    let note = match asked.done.as_str() {
        "out" => "desk-signed-out",
        "pass" => "desk-pass-changed",
        "joined" => "desk-joined",
        _ => "",
    };
    show(&site, StatusCode::OK, &kept, "", Vec::new(), false, note)
}

fn show(
    site: &Site,
    status: StatusCode,
    kept: &Kept,
    email: &str,
    problems: Vec<FieldError>,
    ended: bool,
    note: &'static str,
) -> Result<Response, Problem> {
    let page = Page::new(&site.web, "desk-sign-in-tab", Nav::Other);
    let shown = kept.shown(&page);
    reply(
        status,
        &SignIn {
            page,
            email,
            to: &kept.to,
            hidden: kept.hidden(),
            shown,
            problems,
            ended,
            note,
        },
    )
}

/// The page to sign in for somebody whose session ended while they were typing.
pub(super) fn ended(site: &Site, kept: &Kept) -> Result<Response, Problem> {
    show(site, StatusCode::FORBIDDEN, kept, "", Vec::new(), true, "")
}

/// `POST /desk/sign-in`. Whatever was wrong, the answer is the same.
pub async fn post(State(site): State<Site>, sent: HeaderMap, fields: Fields) -> Result<Response, Problem> {
    let kept = Kept::carried(&fields);
    let email = fields.get("email");
    let pass = SecretString::from(fields.get("pass").to_owned());
    let cookie = match sign_in::sign_in(&site.app, email, pass, fields.get("code")).await {
        Ok(cookie) => cookie,
        Err(SignInError::Refused) => {
            problem::log_refusal("sign-in");
            let page = Page::new(&site.web, "desk-sign-in-tab", Nav::Other);
            let problems = vec![FieldError {
                name: "email".to_owned(),
                text: page.t("desk-sign-in-refused"),
            }];
            let ended = kept.is_typed();
            return show(
                &site,
                StatusCode::UNPROCESSABLE_ENTITY,
                &kept,
                email,
                problems,
                ended,
                "",
            );
        }
        Err(SignInError::App(error)) => return Err(Problem::server(&error)),
    };
    // A session that this browser still has ends with the new one's beginning.
    if let Some(old) = cookies::find(&sent, Name::Desk, site.web.https) {
        sign_in::sign_out(&site.app, &old)
            .await
            .map_err(|error| Problem::server(&error))?;
    }
    let value = cookie.expose();
    let me = sign_in::resume(&site.app, &value)
        .await
        .map_err(|error| Problem::server(&error))?
        .ok_or(Problem::Forbidden)?;
    let mut response = if kept.is_typed() && !kept.to.is_empty() {
        again::page(&site, &me.form_token, &kept, StatusCode::OK)?
    } else if kept.to.is_empty() {
        go(landing(me.reader.role))
    } else {
        go(&kept.to)
    };
    if let Some((name, value)) = cookies::set(Name::Desk, &value, site.web.https) {
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

/// `POST /desk/sign-out`.
pub async fn sign_out(
    State(site): State<Site>,
    MaybeSession(session): MaybeSession,
    sent: HeaderMap,
    fields: Fields,
) -> Result<Response, Problem> {
    if let Some(me) = session
        && !fields.carries(&me.form_token)
    {
        return Err(Problem::Forbidden);
    }
    if let Some(cookie) = cookies::find(&sent, Name::Desk, site.web.https) {
        sign_in::sign_out(&site.app, &cookie)
            .await
            .map_err(|error| Problem::server(&error))?;
    }
    let mut response = go("/desk/sign-in?done=out").into_response();
    let (name, value) = headers::clear_site_data();
    response.headers_mut().insert(name, value);
    if let Some((name, value)) = cookies::clear(Name::Desk, site.web.https) {
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

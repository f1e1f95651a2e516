//! `/desk/sign-in` and `/desk/sign-out`.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use safehold_app::{
    SecretString, SessionCookie, passkeys,
    sign_in::{self, SignInError},
};
use serde::Deserialize;

use super::{Kept, again, go, landing, reply, sign_in_passkey};
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
    /// The origin at which passkeys work; empty if they work nowhere.
    origin: String,
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

/// Where passkeys work, if they do at the public address.
pub(crate) fn passkey_place(site: &Site) -> Option<passkeys::Place> {
    passkeys::Place::at(&site.base_url, &site.web.organisation().short_name)
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
            origin: passkey_place(site).map_or_else(String::new, |place| place.origin().to_owned()),
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
    if fields.get("way") == "passkey"
        && let Some(place) = passkey_place(&site)
    {
        return match passkeys::ask(&site.app, &place, email, pass).await {
            Ok(question) => sign_in_passkey::show(&site, &place, &kept, email, &question),
            Err(SignInError::Refused) => refused(&site, &kept, email, "passkey-sign-in-refused"),
            Err(SignInError::App(error)) => Err(Problem::server(&error)),
        };
    }
    match sign_in::sign_in(&site.app, email, pass, fields.get("code")).await {
        Ok(cookie) => begin(&site, &sent, &kept, &cookie).await,
        Err(SignInError::Refused) => refused(&site, &kept, email, "desk-sign-in-refused"),
        Err(SignInError::App(error)) => Err(Problem::server(&error)),
    }
}

/// The page to sign in again, with all that was typed but the secrets.
pub(super) fn refused(site: &Site, kept: &Kept, email: &str, why: &'static str) -> Result<Response, Problem> {
    problem::log_refusal("sign-in");
    let page = Page::new(&site.web, "desk-sign-in-tab", Nav::Other);
    let problems = vec![FieldError {
        name: "email".to_owned(),
        text: page.t(why),
    }];
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    show(site, status, kept, email, problems, kept.is_typed(), "")
}

/// Leads somebody who has just signed in to where they were going.
pub(super) async fn begin(
    site: &Site,
    sent: &HeaderMap,
    kept: &Kept,
    cookie: &SessionCookie,
) -> Result<Response, Problem> {
    // A session that this browser still has ends with the new one's beginning.
    if let Some(old) = cookies::find(sent, Name::Desk, site.web.https) {
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
        again::page(site, &me.form_token, kept, StatusCode::OK)?
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

//! `/desk/sign-in/passkey`: the second half of signing in with a passkey. The page that asks for it is the answer to the
//! pass phrase, so nobody sees it before that is right.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use safehold_app::{
    passkeys::{self, ANSWER_MINUTES, Place, Question},
    sign_in::SignInError,
};

use super::{Kept, reply, sign_in};
use crate::{
    fields::Fields,
    layout::{Nav, Page},
    problem::Problem,
    site::Site,
};

#[derive(Template)]
#[template(path = "desk/sign_in_passkey.html")]
struct Ask<'a> {
    page: Page,
    origin: &'a str,
    question: &'a Question,
    email: &'a str,
    to: &'a str,
    hidden: Vec<(String, String)>,
    shown: Vec<(String, String)>,
    minutes: i64,
    /// Where one signs in with a code instead.
    back: String,
}

/// The page that asks for a passkey.
pub(super) fn show(
    site: &Site,
    place: &Place,
    kept: &Kept,
    email: &str,
    question: &Question,
) -> Result<Response, Problem> {
    let page = Page::new(&site.web, "desk-sign-in-tab", Nav::Other);
    let shown = kept.shown(&page);
    reply(
        StatusCode::OK,
        &Ask {
            page,
            origin: place.origin(),
            question,
            email,
            to: &kept.to,
            hidden: kept.hidden(),
            shown,
            minutes: ANSWER_MINUTES,
            back: sign_in::address(&kept.to),
        },
    )
}

/// `POST /desk/sign-in/passkey`. Whatever was wrong, the answer is the same: to begin anew, with a passkey or a code.
pub async fn post(State(site): State<Site>, sent: HeaderMap, fields: Fields) -> Result<Response, Problem> {
    let kept = Kept::carried(&fields);
    let email = fields.get("email");
    let Some(place) = sign_in::passkey_place(&site) else {
        return sign_in::refused(&site, &kept, email, "passkey-sign-in-again");
    };
    let (ticket, answer) = (fields.get("pass_ticket"), fields.get("pass_answer"));
    match passkeys::finish(&site.app, &place, ticket, answer).await {
        Ok(cookie) => sign_in::begin(&site, &sent, &kept, &cookie).await,
        Err(SignInError::Refused) => sign_in::refused(&site, &kept, email, "passkey-sign-in-again"),
        Err(SignInError::App(error)) => Err(Problem::server(&error)),
    }
}

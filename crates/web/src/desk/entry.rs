//! Who comes to a page of the desk, and what their form sent.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use safehold_app::sign_in::SignedIn;

use super::{
    again::{self, Kept},
    go, sign_in,
};
use crate::{fields::Fields, problem::Problem, session::MaybeSession, site::Site};

/// Somebody who is signed in and looks at a page. Others are sent to sign in, and come back to the page after it.
pub(crate) struct Desk {
    /// Everything shared.
    pub(crate) site: Site,
    /// Who.
    pub(crate) me: SignedIn,
}

impl FromRequestParts<Site> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let MaybeSession(session) = MaybeSession::from_request_parts(parts, site)
            .await
            .map_err(IntoResponse::into_response)?;
        match session {
            Some(me) => Ok(Self {
                site: site.clone(),
                me,
            }),
            None => Err(go(&sign_in::address(parts.uri.path()))),
        }
    }
}

/// A form that somebody who is signed in has sent.
///
/// If the session ended meanwhile, or the form is from before it, what was typed is not lost: the page to sign in, or
/// the one that asks to look once more, carries it.
pub(crate) struct Sent {
    /// Who.
    pub(crate) desk: Desk,
    /// What they typed.
    pub(crate) fields: Fields,
    /// They only come back to the form with what they typed before: nothing is done yet.
    pub(crate) again: bool,
}

impl FromRequest<Site> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let MaybeSession(session) = MaybeSession::from_request_parts(&mut parts, site)
            .await
            .map_err(IntoResponse::into_response)?;
        let to = parts.uri.path().to_owned();
        let fields = Fields::from_request(Request::from_parts(parts, body), site)
            .await
            .map_err(IntoResponse::into_response)?;
        let me = admit(site, session, &to, &fields).map_err(IntoResponse::into_response)??;
        let again = fields.get("again") == "1";
        Ok(Self {
            desk: Desk {
                site: site.clone(),
                me,
            },
            fields,
            again,
        })
    }
}

/// Lets a form in if its session goes on and it carries the session's token; else the answer keeps what was typed.
pub(crate) fn admit(
    site: &Site,
    session: Option<SignedIn>,
    to: &str,
    fields: &Fields,
) -> Result<Result<SignedIn, Response>, Problem> {
    let kept = Kept::new(to, fields);
    let Some(me) = session else {
        return sign_in::ended(site, &kept).map(Err);
    };
    if !fields.carries(&me.form_token) {
        return again::page(site, &me.form_token, &kept, StatusCode::FORBIDDEN).map(Err);
    }
    Ok(Ok(me))
}

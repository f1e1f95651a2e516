//! Who is signed in at the desk.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use safehold_app::{
    App,
    sign_in::{self, SignedIn},
};

use crate::{
    cookies::{self, Name},
    problem::Problem,
    state::WebState,
};

/// Where somebody who is not signed in is sent.
pub const SIGN_IN: &str = "/desk/sign-in";

/// The session of the request. Handlers that take it are for those who are signed in; others are sent to sign in.
pub struct Session(pub SignedIn);

impl<S> FromRequestParts<S> for Session
where
    S: Send + Sync,
    WebState: FromRef<S>,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match find(parts, state).await {
            Ok(Some(session)) => Ok(session),
            Ok(None) => Err((StatusCode::SEE_OTHER, [(header::LOCATION, SIGN_IN)]).into_response()),
            Err(problem) => Err(problem.into_response()),
        }
    }
}

/// The session of the request, or nothing: for pages that look different to those who are signed in, and for forms
/// that must not lose what was typed when a session has ended.
pub struct MaybeSession(pub Option<SignedIn>);

impl<S> FromRequestParts<S> for MaybeSession
where
    S: Send + Sync,
    WebState: FromRef<S>,
    App: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Ok(Self(find(parts, state).await?.map(|Session(session)| session)))
    }
}

async fn find<S>(parts: &Parts, state: &S) -> Result<Option<Session>, Problem>
where
    WebState: FromRef<S>,
    App: FromRef<S>,
{
    let https = WebState::from_ref(state).https;
    let Some(cookie) = cookies::find(&parts.headers, Name::Desk, https) else {
        return Ok(None);
    };
    let session = sign_in::resume(&App::from_ref(state), &cookie)
        .await
        .map_err(|error| Problem::server(&error))?;
    Ok(session.map(Session))
}

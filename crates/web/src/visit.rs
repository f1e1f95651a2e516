//! The visit that a request belongs to.

use std::convert::Infallible;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderValue, header::HeaderName, request::Parts},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use safehold_app::report::Visit;

use crate::{
    cookies::{self, Name},
    state::WebState,
};

/// The visit of the request's cookie, if it has one that can be read. Whether it leads to anything is for the
/// application to say.
pub struct MaybeVisit(pub Option<Visit>);

impl<S> FromRequestParts<S> for MaybeVisit
where
    S: Send + Sync,
    WebState: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let https = WebState::from_ref(state).https;
        Ok(Self(
            cookies::find(&parts.headers, Name::Visit, https).and_then(|token| Visit::from_token(&token)),
        ))
    }
}

/// The token that forms of this visit carry.
pub fn form_token(visit: &Visit) -> String {
    BASE64.encode(visit.form_key().expose())
}

/// The header that ties this browser to the visit.
pub fn remember(visit: &Visit, state: &WebState) -> Option<(HeaderName, HeaderValue)> {
    cookies::set(Name::Visit, &visit.token(), state.https)
}

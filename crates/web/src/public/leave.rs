//! `/leave`: the way out. The visit ends here, and another site takes over.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};

use crate::{headers, problem::Problem, state::WebState};

/// Each cookie that this program ever sets, made old. Browsers refuse a `__Host-` name that isn't `Secure`.
const CLEARED: [&str; 4] = [
    "visit=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict",
    "desk=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict",
    "__Host-visit=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure",
    "__Host-desk=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure",
];

/// `GET /leave`: for a link, with no script.
pub async fn get(State(state): State<WebState>, headers: HeaderMap) -> Result<Response, Problem> {
    let target =
        HeaderValue::from_str(&state.organisation().exit_url).map_err(|error| Problem::server(&error))?;
    // Without `Clear-Site-Data`: some browsers take seconds to empty a large cache, and wait for it before they go on.
    let mut response = ended(&headers, StatusCode::SEE_OTHER);
    response.headers_mut().insert(header::LOCATION, target);
    Ok(response)
}

/// `POST /leave`: for the script, which is on its way already.
pub async fn post(headers: HeaderMap) -> Response {
    let mut response = ended(&headers, StatusCode::NO_CONTENT);
    if is_ours(&headers) {
        let (name, value) = headers::clear_site_data();
        response.headers_mut().insert(name, value);
    }
    response
}

fn ended(headers: &HeaderMap, status: StatusCode) -> Response {
    if is_ours(headers) {
        (
            status,
            AppendHeaders(CLEARED.map(|cookie| (header::SET_COOKIE, cookie))),
        )
            .into_response()
    } else {
        status.into_response()
    }
}

/// A picture or a form on some other site must not end anybody's visit.
fn is_ours(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_none_or(|site| [&b"same-origin"[..], b"none"].contains(&site.as_bytes()))
}

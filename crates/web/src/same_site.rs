//! Requests that change something come from our own pages.
//!
//! Forms within a visit or a session carry a token as well; this also guards the few that come before there is
//! either, such as the first answer and the sign-in.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::problem::{self, Problem};

/// Middleware: refuses a change that another site asks for. Browsers say where a request comes from; what says
/// nothing is no browser of somebody else's, or one so old that `SameSite` and the token have to do.
pub async fn check(request: Request, next: Next) -> Response {
    let changes = ![Method::GET, Method::HEAD].contains(request.method());
    if changes && comes_from_elsewhere(request.headers()) {
        problem::log_refusal("another-site");
        return Problem::Forbidden.into_response();
    }
    next.run(request).await
}

fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return ![&b"same-origin"[..], b"none"].contains(&site.as_bytes());
    }
    let (Some(origin), Some(host)) = (text(headers, header::ORIGIN), text(headers, header::HOST)) else {
        return false;
    };
    origin
        .split_once("://")
        .is_none_or(|(_, origin_host)| !origin_host.eq_ignore_ascii_case(host))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_our_own_pages_may_ask_for_a_change() {
        let cases: [(&[(&'static str, &'static str)], bool); 8] = [
            (&[], false),
            (&[("sec-fetch-site", "same-origin")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("origin", "https://a.example"), ("host", "a.example")], false),
            (&[("origin", "https://b.example"), ("host", "a.example")], true),
            (&[("origin", "null"), ("host", "a.example")], true),
        ];
        for (pairs, elsewhere) in cases {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            assert_eq!(comes_from_elsewhere(&headers), elsewhere, "{pairs:?}");
        }
    }
}

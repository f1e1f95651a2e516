//! The two cookies: one ties a person's visit together, the other is somebody's session at the desk. Neither is set
//! before it is needed, and both end with the browser.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// A visit.
    Visit,
    /// A session at the desk.
    Desk,
}

impl Name {
    fn text(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Visit, false) => "visit",
            (Self::Visit, true) => "__Host-visit",
            (Self::Desk, false) => "desk",
            (Self::Desk, true) => "__Host-desk",
        }
    }
}

/// The value of a cookie, if it came with the request.
pub fn find(headers: &HeaderMap, name: Name, https: bool) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| Cookie::split_parse(value.to_owned()))
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name.text(https))
        .map(|cookie| cookie.value().to_owned())
}

/// The header that sets a cookie until the browser is closed.
pub fn set(name: Name, value: &str, https: bool) -> Option<(header::HeaderName, HeaderValue)> {
    header(Cookie::build((name.text(https), value.to_owned())), https)
}

/// The header that ends a cookie.
pub fn clear(name: Name, https: bool) -> Option<(header::HeaderName, HeaderValue)> {
    header(
        Cookie::build((name.text(https), String::new())).max_age(cookie::time::Duration::ZERO),
        https,
    )
}

fn header(cookie: cookie::CookieBuilder<'_>, https: bool) -> Option<(header::HeaderName, HeaderValue)> {
    let cookie = cookie
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Strict)
        .build();
    HeaderValue::from_str(&cookie.to_string())
        .ok()
        .map(|value| (header::SET_COOKIE, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_hidden_from_scripts_and_other_sites() {
        let (_, value) = set(Name::Visit, "abc", true).unwrap();
        assert_eq!(
            value,
            "__Host-visit=abc; HttpOnly; SameSite=Strict; Secure; Path=/"
        );
        let (_, value) = set(Name::Desk, "abc", false).unwrap();
        assert_eq!(value, "desk=abc; HttpOnly; SameSite=Strict; Path=/");
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; visit=abc; c=d"));
        assert_eq!(find(&headers, Name::Visit, false).as_deref(), Some("abc"));
        assert_eq!(find(&headers, Name::Visit, true), None);
        assert_eq!(find(&headers, Name::Desk, false), None);
    }
}

//! Static files, from memory: compressed at build time, named by their content, kept for ever.

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::problem::Problem;

/// A static file in the forms in which it is served.
pub struct Asset {
    name: &'static str,
    path: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

const ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of a static file, by the name it has in `static/`.
pub fn path(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("", |asset| asset.path)
}

/// `GET /static/{name}`.
pub async fn get(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.path.strip_prefix("/static/") == Some(&name))
        .ok_or(Problem::NotFound)?;
    let (encoding, body) = if accepts(&headers, "br") {
        (Some("br"), asset.brotli)
    } else if accepts(&headers, "gzip") {
        (Some("gzip"), asset.gzip)
    } else {
        (None, asset.plain)
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// Whether a browser takes this coding: it is named, and not with a weight of nought.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let lists = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let refused = parts.any(|part| {
            part.strip_prefix("q=")
                .and_then(|weight| weight.parse::<f32>().ok())
                .is_some_and(|weight| weight <= 0.0)
        });
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings_are_taken_as_the_browser_says() {
        let mut headers = HeaderMap::new();
        assert!(!accepts(&headers, "br"));
        headers.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("gzip;q=0, br;q=0.8, *"),
        );
        assert!(accepts(&headers, "br") && !accepts(&headers, "gzip") && !accepts(&headers, "b"));
    }

    #[test]
    fn the_script_keeps_no_comments_and_stays_small() {
        // The second is on the few pages that ask for a passkey.
        for (name, most) in [("leave.js", 1200), ("passkey.js", 1850)] {
            let script = ASSETS.iter().find(|asset| asset.name == name).unwrap();
            assert!(!script.plain.windows(3).any(|three| three == b"// "));
            assert!(script.plain.len() < most, "{name}: {}", script.plain.len());
        }
    }
}

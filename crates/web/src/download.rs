//! Files that people sent, as answers: data to keep, and never something that runs.

use std::fmt::Write as _;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use safehold_app::{
    Zeroizing,
    files::{Content, Family, FileKind, Opening},
};

use crate::{headers::POLICY, problem::Problem};

/// A file is data: opened by itself it runs nothing, loads nothing and asks for nothing.
const ALONE: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// The content with its true type, always as something to keep. Pages of ours can still show it in a picture or a
/// player, and nothing else can. The length is known of what is sent as it came.
pub(crate) fn answer(kind: FileKind, name: &str, size_bytes: u64, content: Content) -> Response {
    match content {
        Content::Whole(bytes) => whole(kind, name, bytes),
        Content::Pieces(opening) => {
            let mut headers = describe(kind, name);
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size_bytes));
            (headers, pieces(opening)).into_response()
        }
    }
}

/// The same for what is in memory already. The bytes are wiped when they are sent.
pub(crate) fn whole(kind: FileKind, name: &str, bytes: Zeroizing<Vec<u8>>) -> Response {
    (describe(kind, name), Body::from(Bytes::from_owner(bytes))).into_response()
}

fn pieces(opening: Box<Opening>) -> Body {
    // What is not as it was sealed ends the answer before its length: the browser says that it is not whole.
    Body::from_stream(stream::try_unfold(opening, |mut opening| async move {
        match opening.next().await {
            Ok(piece) => Ok(piece.map(|piece| (Bytes::from_owner(piece), opening))),
            Err(error) => {
                let _ = Problem::server(&error);
                Err(error)
            }
        }
    }))
}

fn describe(kind: FileKind, name: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.mime()));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ALONE));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers
}

/// A name of any letters, as RFC 6266 writes it.
fn disposition(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            let _ = write!(encoded, "{byte:02X}");
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}

/// How a page can show a file: `image`, `audio`, `video`, `text`, or `other` if it cannot.
pub(crate) fn shown_as(kind: FileKind) -> &'static str {
    match kind.family() {
        // No browser but Apple's shows these.
        Family::Image if kind.mime() == "image/heif" => "other",
        // Nor does any play these.
        Family::Audio if kind.mime() == "audio/amr" => "other",
        Family::Image => "image",
        Family::Audio => "audio",
        Family::Video => "video",
        Family::Text => "text",
        Family::Pdf => "other",
    }
}

/// Lets a page play what it shows; no other page plays anything.
pub(crate) fn let_play(response: &mut Response) {
    if let Ok(policy) = HeaderValue::from_str(&format!("{POLICY}; media-src 'self'")) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_stays_within_its_header() {
        assert_eq!(
            disposition("a \"b\"\r\n; é.txt"),
            "attachment; filename*=UTF-8''a%20%22b%22%0D%0A%3B%20%C3%A9.txt"
        );
    }
}

//! `/desk/case/{id}/file/{file}`: a working copy to keep, and `…/original`: the file as it was sent, after a warning.

use std::fmt::Write as _;

use askama::Template;
use axum::{
    body::{Body, Bytes},
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use safehold_app::desk::{self, OpenedFile, Version, open_file};
use safehold_core::{
    access::Area,
    id::{CaseId, FileId},
};

use super::{Desk, Frame, Place, Sent, case_id, enter, problem, reply};
use crate::{layout::Page, problem::Problem};

/// A file is data: opened by itself it runs nothing, loads nothing and asks for nothing.
const ALONE: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

pub(super) fn ids(case: &str, file: &str) -> Result<(CaseId, FileId), Problem> {
    Ok((case_id(case)?, file.parse().map_err(|_| Problem::NotFound)?))
}

/// `GET /desk/case/{id}/file/{file}`.
pub async fn get(desk: Desk, Path((case, file)): Path<(String, String)>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (case, file) = ids(&case, &file)?;
    let opened = opened(&desk, case, file, Version::WorkingCopy).await?;
    Ok(download(opened))
}

pub(super) async fn opened(
    desk: &Desk,
    case: CaseId,
    file: FileId,
    version: Version,
) -> Result<OpenedFile, Problem> {
    open_file(&desk.site.app, &desk.me.reader, case, file, version)
        .await
        .map_err(|error| problem(&error))
}

/// The content with its true type, always as something to keep. Pages of ours can still show it in a picture or a
/// player, and nothing else can.
fn download(file: OpenedFile) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind.mime()));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ALONE));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition(&file.name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    // The bytes are wiped when they are sent.
    (headers, Body::from(Bytes::from_owner(file.bytes))).into_response()
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

#[derive(Template)]
#[template(path = "desk/original.html")]
struct Original {
    page: Page,
    desk: Frame,
    id: CaseId,
    file: FileId,
}

/// `GET /desk/case/{id}/file/{file}/original`: the warning.
pub async fn get_original(
    desk: Desk,
    Path((case, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (id, file) = ids(&case, &file)?;
    desk::find(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    reply(
        StatusCode::OK,
        &Original {
            page,
            desk: frame,
            id,
            file,
        },
    )
}

/// `POST /desk/case/{id}/file/{file}/original`: the file.
pub async fn post_original(
    Path((case, file)): Path<(String, String)>,
    Sent { desk, .. }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (case, file) = ids(&case, &file)?;
    let opened = opened(&desk, case, file, Version::Original).await?;
    Ok(download(opened))
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

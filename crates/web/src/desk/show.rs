//! `/desk/case/{id}/file/{file}/show`: a picture, a sound or a text on a page, because somebody chose to look at it.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use safehold_app::{desk::Version, files::Family};
use safehold_core::{
    access::Area,
    id::{CaseId, FileId},
};

use super::{Desk, Frame, Place, enter, file, reply};
use crate::{headers::POLICY, layout::Page, problem::Problem};

#[derive(Template)]
#[template(path = "desk/show.html")]
struct Show {
    page: Page,
    desk: Frame,
    id: CaseId,
    file: FileId,
    name: String,
    /// How it is shown: `image`, `audio`, `video`, `text` or `other`.
    family: &'static str,
    text: String,
    is_clean: bool,
}

/// `GET /desk/case/{id}/file/{file}/show`.
pub async fn get(desk: Desk, Path((case, file)): Path<(String, String)>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (id, file) = file::ids(&case, &file)?;
    let opened = file::opened(&desk, id, file, Version::WorkingCopy).await?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let (family, text) = match opened.kind.family() {
        // No browser but Apple's shows these.
        Family::Image if opened.kind.mime() == "image/heif" => ("other", String::new()),
        Family::Image => ("image", String::new()),
        Family::Audio => ("audio", String::new()),
        Family::Video => ("video", String::new()),
        Family::Text => ("text", String::from_utf8_lossy(&opened.bytes).into_owned()),
        Family::Pdf => ("other", String::new()),
    };
    let mut response = reply(
        StatusCode::OK,
        &Show {
            page,
            desk: frame,
            id,
            file,
            name: opened.name.clone(),
            family,
            text,
            is_clean: opened.is_clean,
        },
    )?;
    // Only this page plays anything.
    if let Ok(policy) = HeaderValue::from_str(&format!("{POLICY}; media-src 'self'")) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

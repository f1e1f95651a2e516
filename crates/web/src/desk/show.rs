//! `/desk/case/{id}/file/{file}/show`: a picture, a sound or a text on a page, because somebody chose to look at it.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::desk::Version;
use safehold_core::{
    access::Area,
    id::{CaseId, FileId},
};

use super::{Desk, Frame, Place, enter, file, reply};
use crate::{download, layout::Page, problem::Problem};

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
    let family = download::shown_as(opened.kind);
    let text = match family {
        "text" => String::from_utf8_lossy(&opened.bytes).into_owned(),
        _ => String::new(),
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
    download::let_play(&mut response);
    Ok(response)
}

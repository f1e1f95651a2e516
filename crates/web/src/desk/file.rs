//! `/desk/case/{id}/file/{file}`: a working copy to keep, and `…/original`: the file as it was sent, after a warning.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::desk::{self, OpenedFile, Version, open_file};
use safehold_core::{
    access::Area,
    id::{CaseId, FileId},
};

use super::{Desk, Frame, Place, Sent, case_id, enter, problem, reply};
use crate::{download, layout::Page, problem::Problem};

pub(super) fn ids(case: &str, file: &str) -> Result<(CaseId, FileId), Problem> {
    Ok((case_id(case)?, file.parse().map_err(|_| Problem::NotFound)?))
}

/// `GET /desk/case/{id}/file/{file}`.
pub async fn get(desk: Desk, Path((case, file)): Path<(String, String)>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (case, file) = ids(&case, &file)?;
    let opened = opened(&desk, case, file, Version::WorkingCopy).await?;
    Ok(download::whole(opened.kind, &opened.name, opened.bytes))
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
    Ok(download::whole(opened.kind, &opened.name, opened.bytes))
}

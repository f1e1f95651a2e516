//! Duties outward: which bodies outside may have to be told, why, by when, and what was decided and done.
//!
//! These pages suggest, remind and keep. They send nothing to anybody, and say so.

mod body;
mod book;
mod draft;
mod due;
mod fields;
mod form;
mod words;

use axum::{Router, extract::DefaultBodyLimit, response::Response, routing::get};
use safehold_app::desk::{CaseOpened, OpenedCase, open};
use safehold_core::id::CaseId;

pub(super) use book::summary;
pub(super) use due::late_alert;
pub(super) use words::history;

use super::{Desk, go, problem};
use crate::{problem::Problem, site::Site};

/// The routes of these pages.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/duties", get(due::get))
        .route("/desk/case/{id}/duties", get(book::get).post(book::post))
        .route("/desk/case/{id}/duties/{body}", get(body::get))
        .route("/desk/case/{id}/duties/{body}/draft", get(draft::get))
        .route(
            "/desk/case/{id}/duties/{body}/record/{step}",
            // Files are limited one by one as they stream in.
            get(form::get).post(form::post).layer(DefaultBodyLimit::disable()),
        )
}

/// A case that somebody has begun with; else the way to its first page.
async fn begun(desk: &Desk, id: CaseId) -> Result<Result<Box<OpenedCase>, Response>, Problem> {
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    Ok(match opened {
        CaseOpened::Full(case) => Ok(case),
        CaseOpened::Before(_) => Err(go(&format!("/desk/case/{id}"))),
    })
}

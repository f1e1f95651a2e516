//! How cases belong together: links, what several cases show on one time line, and what returns in other cases.

mod lines;
mod link;
mod page;
mod picture;
mod returns;

use axum::{
    Router,
    routing::{get, post},
};
use safehold_app::desk::pattern::{self, Count};
use safehold_core::id::CaseId;

use super::{Desk, problem};
use crate::{problem::Problem, site::Site};

/// The routes of these pages.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/case/{id}/pattern", get(page::get))
        .route("/desk/case/{id}/pattern/link", get(link::get).post(link::post))
        .route(
            "/desk/case/{id}/pattern/returns",
            get(returns::get).post(returns::post),
        )
        .route("/desk/case/{id}/pattern/apart", post(returns::post_apart))
        .route(
            "/desk/case/{id}/pattern/unlink/{other}",
            get(link::get_unlink).post(link::post_unlink),
        )
}

/// How many links a case has, as far as this reader may know.
pub(super) async fn count(desk: &Desk, id: CaseId) -> Result<Count, Problem> {
    pattern::count(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))
}

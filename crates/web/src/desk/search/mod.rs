//! Searching at the desk.

mod fields;
mod page;
mod words;

use axum::{Router, routing::get};

use crate::site::Site;

/// The routes.
pub(super) fn router() -> Router<Site> {
    Router::new().route("/desk/search", get(page::get).post(page::post))
}

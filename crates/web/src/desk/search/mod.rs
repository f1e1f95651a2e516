//! Searching at the desk.

mod fields;
mod page;
pub(in crate::desk) mod words;

use axum::{Router, routing::get};

pub(super) use words::{HitView, hit};

use crate::site::Site;

/// The routes.
pub(super) fn router() -> Router<Site> {
    Router::new().route("/desk/search", get(page::get).post(page::post))
}

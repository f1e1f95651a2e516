//! The first run: the organisation, its first lead and its recovery key. Until then nothing else is open.

mod first;
mod gate;

pub(crate) use gate::{Gate, hold};

use axum::{Router, routing::get};

use crate::site::Site;

/// The routes of the first run.
pub fn router() -> Router<Site> {
    Router::new().route("/setup", get(first::get).post(first::post))
}

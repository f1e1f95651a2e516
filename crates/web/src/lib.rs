//! Pages over HTTP: axum routes, forms, templates, static files. No rules of its own.

pub mod assets;
pub mod cookies;
pub mod desk;
mod download;
pub mod fields;
pub mod flood;
pub mod follow;
pub mod headers;
pub mod layout;
pub mod markdown;
pub mod problem;
pub mod public;
pub mod report;
pub mod same_site;
pub mod session;
pub mod setup;
pub mod site;
pub mod state;
pub mod team;
pub mod visit;

pub use site::{Site, site};

use axum::{Router, middleware, routing::get};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{problem::Problem, state::WebState};

/// The public pages alone, which need no application behind them; [`site`] serves them with all the others.
///
/// Layers, from the inside: a panic becomes a [`Problem`]; a [`Problem`] becomes a page; every answer gets its
/// headers.
pub fn router(state: WebState) -> Router {
    Router::new()
        .merge(public::router())
        .route("/static/{name}", get(assets::get))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
        .layer(CatchPanicLayer::custom(|_| {
            axum::response::IntoResponse::into_response(Problem::panicked())
        }))
        .layer(middleware::from_fn_with_state(state.clone(), problem::show))
        .layer(middleware::from_fn_with_state(state.clone(), headers::add))
        .with_state(state)
}

//! The pages that anybody may open: no cookies, no script needed, nothing kept.

pub mod accessibility;
pub mod ask;
pub mod categories;
pub mod help;
pub mod home;
pub mod leave;
pub mod listening;
pub mod privacy;
pub mod run;
mod sections;
pub mod statement;

use axum::{Router, routing::get};
use tower_http::{CompressionLevel, compression::CompressionLayer};

use crate::state::WebState;

/// These pages say the same to everyone and repeat nothing that was sent, so compressing them gives nothing
/// away. Pages that hold something private must not be merged here (BREACH).
pub fn router() -> Router<WebState> {
    Router::new()
        .route("/", get(home::get))
        .route("/statement", get(statement::get))
        .route("/statement/{version}", get(statement::get_version))
        .route("/help", get(help::get))
        .route("/ask", get(ask::get))
        .route("/run", get(run::get))
        .route("/privacy", get(privacy::get))
        .route("/accessibility", get(accessibility::get))
        .route("/listening", get(listening::get))
        .route("/categories", get(categories::get))
        .layer(compression())
        .route("/leave", get(leave::get).post(leave::post))
}

/// For pages that say the same to everyone.
pub(crate) fn compression() -> CompressionLayer {
    // Enough to stay within six kilobytes; more would cost more time than it saves.
    CompressionLayer::new().quality(CompressionLevel::Precise(5))
}

//! The whole site: the public pages, and those that need the application.

use std::sync::Arc;

use axum::{Router, extract::FromRef, middleware, routing::get};
use safehold_app::App;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    assets, desk, flood, flood::Damper, headers, problem, problem::Problem, public, same_site, setup,
    state::WebState,
};

/// What the handlers of private pages can reach. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// Words, content and clock.
    pub web: WebState,
    /// What people do.
    pub app: App,
    /// The token of the first run, while there was none: printed in the terminal, and kept nowhere else.
    pub setup_token: Option<Arc<str>>,
    /// Where people reach the site, without a slash at the end: as configured, and never as a request says.
    pub base_url: Arc<str>,
    /// Whether a proxy of ours stands before the program and writes `X-Forwarded-For`.
    pub behind_proxy: bool,
}

impl FromRef<Site> for WebState {
    fn from_ref(site: &Site) -> Self {
        site.web.clone()
    }
}

impl FromRef<Site> for App {
    fn from_ref(site: &Site) -> Self {
        site.app.clone()
    }
}

/// The router of everything.
///
/// Layers, from the inside: a request that another site caused is refused; a panic becomes a [`Problem`]; a
/// [`Problem`] becomes a page; every answer gets its headers. Only public pages are compressed (BREACH).
pub fn site(site: Site) -> Router {
    let web = site.web.clone();
    let damper = Damper::new(site.behind_proxy);
    let gate = setup::Gate::new(site.app.clone(), web.clone());
    Router::new()
        .merge(public::router().with_state(web.clone()))
        .route("/static/{name}", get(assets::get))
        .merge(
            private()
                .layer(middleware::from_fn_with_state(damper, flood::damp))
                .with_state(site),
        )
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
        .layer(middleware::from_fn_with_state(gate, setup::hold))
        .layer(middleware::from_fn(same_site::check))
        .layer(CatchPanicLayer::custom(|_| {
            axum::response::IntoResponse::into_response(Problem::panicked())
        }))
        .layer(middleware::from_fn_with_state(web.clone(), problem::show))
        .layer(middleware::from_fn_with_state(web, headers::add))
}

/// Pages that hold something private. Each area brings its own router.
fn private() -> Router<Site> {
    Router::new()
        .merge(crate::report::router())
        .merge(crate::follow::router())
        .merge(desk::router())
        .merge(crate::team::router())
        .merge(crate::setup::router())
}

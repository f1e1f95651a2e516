//! Before the first run nobody could read a report, so none is taken: each page says calmly that it is too early.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use askama::Template;
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use safehold_app::{App, setup};

use crate::{
    assets,
    layout::{self, Nav, Page},
    problem::Problem,
    state::WebState,
};

/// Whether the first run is done. Once it is, nobody asks again.
#[derive(Clone)]
pub(crate) struct Gate {
    app: App,
    web: WebState,
    open: Arc<AtomicBool>,
}

impl Gate {
    /// A gate that is looked at with the first request.
    pub(crate) fn new(app: App, web: WebState) -> Self {
        Self {
            app,
            web,
            open: Arc::default(),
        }
    }

    async fn is_open(&self) -> Result<bool, Problem> {
        if self.open.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let done = setup::is_done(&self.app)
            .await
            .map_err(|error| Problem::server(&error))?;
        if done {
            self.open.store(true, Ordering::Relaxed);
        }
        Ok(done)
    }
}

#[derive(Template)]
#[template(path = "setup/not_ready.html")]
struct NotReady {
    page: Page,
    css: &'static str,
}

/// Middleware: before the first run only the page for it and static files are served.
pub(crate) async fn hold(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == "/setup" || path.starts_with("/static/") || path == "/leave" {
        return next.run(request).await;
    }
    match gate.is_open().await {
        Ok(true) => next.run(request).await,
        Ok(false) => not_ready(&gate.web).unwrap_or_else(IntoResponse::into_response),
        Err(problem) => problem.into_response(),
    }
}

fn not_ready(web: &WebState) -> Result<Response, Problem> {
    let html = layout::html(&NotReady {
        page: Page::new(web, "setup-tab", Nav::Other),
        css: assets::path("desk.css"),
    })?;
    Ok((
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::RETRY_AFTER, "3600")],
        html,
    )
        .into_response())
}

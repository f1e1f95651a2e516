//! The public pages, through the real router in this process.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and does not find ends the test"
)]

mod ask;
mod every_page;
mod help;
mod leave;
mod problem;
mod statement;

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use http_body_util::BodyExt;
use jiff::{Timestamp, tz::TimeZone};
use safehold_text::Texts;
use safehold_web::state::{Content, WebState};
use tower::ServiceExt;

/// The pages that anybody may open.
const PAGES: [&str; 9] = [
    "/",
    "/statement",
    "/help",
    "/ask",
    "/run",
    "/privacy",
    "/accessibility",
    "/listening",
    "/categories",
];

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn state() -> WebState {
    let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    let zone = TimeZone::get("Europe/London").unwrap();
    WebState::new(
        Texts::load(None).unwrap(),
        Content::example().unwrap(),
        Arc::new(move || now),
        zone,
    )
}

async fn send(state: WebState, request: Request<Body>) -> Answer {
    let response = safehold_web::router(state).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes().to_vec(),
    }
}

async fn get_from(state: WebState, path: &str) -> Answer {
    send(state, Request::get(path).body(Body::empty()).unwrap()).await
}

async fn get(path: &str) -> Answer {
    get_from(state(), path).await
}

async fn get_compressed(path: &str, coding: &str) -> Answer {
    let request = Request::get(path).header("accept-encoding", coding);
    send(state(), request.body(Body::empty()).unwrap()).await
}

//! Floods: many requests from one place slow down that place and nobody else, and no report is turned away.
//!
//! No address is stored or logged. What tells places apart is a keyed hash under a key that lives in this process and
//! changes every hour; it is kept only while requests wait and for the minutes in which a pace is counted.
//! Thirty people behind one address who report within a minute notice nothing.

mod fair;
mod pace;
mod source;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use fair::Fair;
use pace::Pace;
use source::{Source, Sources};

use crate::{fields::MOST_BYTES, problem::Problem};

/// How many changes are worked on at a time. Each is some milliseconds of one core, or a wait for the disk.
const AT_A_TIME: usize = 32;
/// How many requests of one place may wait. A whole conference does not come near it.
const MOST_WAITING: usize = 256;
/// Sending a report, beginning one: so many at once cost nothing, and then one a second.
const REPORTS: Pace = Pace::new(90.0, 1.0, Duration::from_secs(20));
/// Trying words: so many at once cost nothing, and then one every two seconds.
const WORDS: Pace = Pace::new(30.0, 0.5, Duration::from_secs(20));

/// What damps floods in one process.
pub struct Damper {
    sources: Sources,
    fair: Fair<Source>,
    reports: pace::Counts<Source>,
    words: pace::Counts<Source>,
    behind_proxy: bool,
}

impl Damper {
    /// A damper. `behind_proxy` says that the last entry of `X-Forwarded-For` was written by a proxy of ours.
    pub fn new(behind_proxy: bool) -> Arc<Self> {
        Arc::new(Self {
            sources: Sources::default(),
            fair: Fair::new(AT_A_TIME, MOST_WAITING),
            reports: pace::Counts::new(REPORTS),
            words: pace::Counts::new(WORDS),
            behind_proxy,
        })
    }

    fn source(&self, request: &Request) -> Source {
        let address = if self.behind_proxy {
            forwarded(request.headers())
        } else {
            None
        };
        let address = address.or_else(|| {
            let info = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
            Some(info.0.ip())
        });
        self.sources.of(address)
    }
}

fn forwarded(headers: &HeaderMap) -> Option<std::net::IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// Middleware: lets each place have its turn.
pub async fn damp(State(damper): State<Arc<Damper>>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let source = damper.source(&request);
    let wait = match request.uri().path() {
        "/report/send" => damper.reports.wait(&source),
        "/return" | "/desk/sign-in" => damper.words.wait(&source),
        _ if begins_a_visit(request.headers()) => damper.reports.wait(&source),
        _ => Duration::ZERO,
    };
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    // A file may take minutes to come from an old phone, so it must not hold a turn; what is expensive about it is
    // bounded where it is stored.
    if is_multipart(request.headers()) {
        return next.run(request).await;
    }
    // A turn begins when all has come: who sends slowly holds nobody up.
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return Problem::TooLarge.into_response();
    };
    let request = Request::from_parts(parts, Body::from(body));
    match damper.fair.enter(source).await {
        Some(_turn) => next.run(request).await,
        // Nothing is lost: the page that was sent is still in the browser, and the press can be repeated.
        None => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "10")]).into_response(),
    }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .map(axum::http::HeaderValue::as_bytes)
        .unwrap_or_default();
    kind.starts_with(b"multipart/")
}

/// A first answer comes without a cookie.
fn begins_a_visit(headers: &HeaderMap) -> bool {
    !headers.contains_key(header::COOKIE)
}

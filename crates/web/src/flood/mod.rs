//! Floods: many requests from one place slow down that place and nobody else, and no report is turned away.
//!
//! No address is stored or logged. What tells places apart is a keyed hash under a key that lives in this process and
//! changes every hour; it is kept only while requests wait and for the minutes in which a pace is counted.
//! Thirty people behind one address who report within a minute notice nothing.

mod door;
mod fair;
mod known;
mod pace;
mod source;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

pub use door::{Door, serve};
use fair::{Fair, Most};
use known::Known;
use pace::Pace;
use source::{Source, Sources};

use crate::{
    fields::MOST_BYTES,
    problem::{self, Problem},
};

/// How many changes are worked on at a time, each some milliseconds of one core or a wait for the disk; and how many
/// wait, which bounds the memory that one place can use. A whole conference does not come near it.
const MOST: Most = Most {
    turns: 32,
    strangers: 256,
    of_visit: 8,
    visitors: 1_024,
};
/// The same for tries of words and pass phrases, each a derivation and perhaps a wait for guessing at one account: they
/// wait among themselves, so that reports never wait for them.
const MOST_GUESSES: Most = Most { turns: 16, ..MOST };
/// Beginning a report, or sending one that was not begun here: so many at once cost nothing, and then one a second.
const REPORTS: Pace = Pace::new(90.0, 1.0, Duration::from_secs(20));
/// Trying words: so many at once cost nothing, and then one every two seconds.
const WORDS: Pace = Pace::new(30.0, 0.5, Duration::from_secs(20));
/// How long a form may take to come. Without an end, connections that send nothing would add up.
const PATIENCE: Duration = Duration::from_mins(2);
/// How often a flood is noted in the log.
const NOTED_EVERY: Duration = Duration::from_secs(10);

/// What damps floods in one process.
pub struct Damper {
    sources: Sources,
    fair: Fair<Source>,
    guesses: Fair<Source>,
    known: Known,
    reports: pace::Counts<Source>,
    words: pace::Counts<Source>,
    noted: Mutex<Option<Instant>>,
    behind_proxy: bool,
}

impl Damper {
    /// A damper. `behind_proxy` says that the last entry of `X-Forwarded-For` was written by a proxy of ours.
    pub fn new(behind_proxy: bool) -> Arc<Self> {
        Arc::new(Self {
            sources: Sources::default(),
            fair: Fair::new(MOST),
            guesses: Fair::new(MOST_GUESSES),
            known: Known::default(),
            reports: pace::Counts::new(REPORTS),
            words: pace::Counts::new(WORDS),
            noted: Mutex::default(),
            behind_proxy,
        })
    }

    /// Logs that something is damped, once in a while: a line for each request of a flood would fill the disk.
    fn note(&self, kind: &'static str) {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.is_none_or(|at| at.elapsed() >= NOTED_EVERY) {
            *noted = Some(Instant::now());
            problem::log_refusal(kind);
        }
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

/// Middleware: lets each place have its turn, and in each place each visit.
pub async fn damp(State(damper): State<Arc<Damper>>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let source = damper.source(&request);
    let visit = damper.known.of(request.headers());
    let is_guess = ["/return", "/desk/sign-in"].contains(&request.uri().path());
    let gate = if is_guess { &damper.guesses } else { &damper.fair };
    let Some(guest) = gate.admit(source, visit) else {
        damper.note("too-many");
        // Nothing is lost: the page that was sent is still in the browser, and the press can be repeated.
        return Problem::TooMany.into_response();
    };
    let wait = match request.uri().path() {
        _ if is_guess => damper.words.wait(&source),
        // Whose visit was begun here has waited for that, if anybody had to.
        _ if visit.is_some() => Duration::ZERO,
        "/report/send" => damper.reports.wait(&source),
        _ if begins_a_visit(request.headers()) => damper.reports.wait(&source),
        _ => Duration::ZERO,
    };
    if !wait.is_zero() {
        damper.note("too-fast");
        tokio::time::sleep(wait).await;
    }
    // A file may take minutes to come from an old phone, so it must not hold a turn; what is expensive about it is
    // bounded where it is stored.
    if is_multipart(request.headers()) {
        return next.run(request).await;
    }
    // A turn begins when all has come: who sends slowly holds nobody up.
    let (parts, body) = request.into_parts();
    let body = match tokio::time::timeout(PATIENCE, to_bytes(body, MOST_BYTES)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Problem::TooLarge.into_response(),
        Err(_) => return Problem::Malformed.into_response(),
    };
    let request = Request::from_parts(parts, Body::from(body));
    let turn = guest.turn().await;
    let response = next.run(request).await;
    drop(turn);
    damper.known.learn(response.headers());
    response
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

#[cfg(test)]
mod tests {
    use super::*;

    fn source(damper: &Damper, peer: [u8; 4], headers: &[&'static str]) -> Source {
        let mut request = Request::new(Body::empty());
        for value in headers {
            request
                .headers_mut()
                .append("x-forwarded-for", axum::http::HeaderValue::from_static(value));
        }
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from((peer, 4711))));
        damper.source(&request)
    }

    #[test]
    fn only_the_last_entry_counts_and_only_behind_a_proxy_of_ours() {
        let proxy = [127, 0, 0, 1];
        let behind = Damper::new(true);
        let of = |headers: &[&'static str]| source(&behind, proxy, headers);
        // What a visitor wrote before it changes nothing.
        assert!(of(&["192.0.2.7"]) == of(&["198.51.100.9, 192.0.2.7"]));
        assert!(of(&["192.0.2.7"]) == of(&["198.51.100.9", "192.0.2.7"]));
        assert!(of(&["192.0.2.7"]) != of(&["192.0.2.8"]));
        // What is no address is as if there were none.
        assert!(of(&["unknown"]) == of(&[]));

        let open = Damper::new(false);
        let of = |headers: &[&'static str]| source(&open, [192, 0, 2, 7], headers);
        assert!(of(&["198.51.100.9"]) == of(&[]));
        assert!(of(&[]) != source(&open, [192, 0, 2, 8], &["192.0.2.7"]));
    }
}

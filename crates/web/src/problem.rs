//! The one place where errors become pages: what happened, whether what was written is safe, what to do next.

use std::{
    error::Error,
    fmt::Write as _,
    hash::{BuildHasher, RandomState},
};

use askama::Template;
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use safehold_core::reference::Reference;

use crate::{
    layout::{Nav, Page},
    state::WebState,
};

/// What went wrong, as far as the person at the other end is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// 400: the request could not be understood.
    Malformed,
    /// 403: not theirs to do; for what they may not know of, use [`Problem::NotFound`].
    Forbidden,
    /// 404: not there, or not for them to know of.
    NotFound,
    /// 405: the address exists, the method does not.
    MethodNotAllowed,
    /// 409: changed since they looked.
    Conflict,
    /// 413: more than fits.
    TooLarge,
    /// 429: too many tries in a short time.
    TooMany,
    /// 500: our fault, with the reference that the log holds.
    Server(String),
}

impl Problem {
    /// Logs an error with its causes under a new reference, and gives the page that shows the reference.
    pub fn server(error: &(dyn Error + 'static)) -> Self {
        let reference = new_reference();
        let mut chain = error.to_string();
        let mut cause = error.source();
        while let Some(next) = cause {
            let _ = write!(chain, ": {next}");
            cause = next.source();
        }
        tracing::error!(problem.reference = %reference, error.chain = %chain, "a page could not be made");
        Self::Server(reference)
    }

    /// The same for a panic, of which nothing more is said: its message could hold what a person wrote.
    pub fn panicked() -> Self {
        let reference = new_reference();
        tracing::error!(problem.reference = %reference, "a handler panicked");
        Self::Server(reference)
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Server(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn heading_id(&self) -> &'static str {
        match self {
            Self::Malformed => "common-problem-malformed",
            Self::Forbidden => "common-problem-forbidden",
            Self::NotFound => "common-problem-not-found",
            Self::MethodNotAllowed => "common-problem-method",
            Self::Conflict => "common-problem-conflict",
            Self::TooLarge => "common-problem-too-large",
            Self::TooMany => "common-problem-too-many",
            Self::Server(_) => "common-problem-server",
        }
    }

    /// The kind under which it is logged, if it may be an attempt to get round something. What does not exist, or
    /// may not be known of, is no event: a line for it could be told from the lack of one.
    fn refusal(&self) -> Option<&'static str> {
        match self {
            Self::Malformed => Some("malformed"),
            Self::Forbidden => Some("forbidden"),
            Self::MethodNotAllowed => Some("method"),
            // Whoever damps a flood logs it, and less often.
            Self::NotFound | Self::Conflict | Self::TooLarge | Self::TooMany | Self::Server(_) => None,
        }
    }

    fn body_id(&self) -> String {
        format!("{}.body", self.heading_id())
    }

    /// The problem for an answer that a library gave without a page of ours.
    fn from_status(status: StatusCode) -> Option<Self> {
        if status.is_server_error() {
            return Some(Self::Server(new_reference()));
        }
        Some(match status {
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::CONFLICT => Self::Conflict,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany,
            status if status.is_client_error() => Self::Malformed,
            _ => return None,
        })
    }
}

/// Logs that something was refused, by its kind and nothing else: an address would tell who reported, and an id
/// which case there is, perhaps to the one person who must not know of it.
pub(crate) fn log_refusal(kind: &'static str) {
    tracing::warn!(refusal.kind = kind, "a request was refused");
}

/// A reference that a person can read out and a log can be searched for.
fn new_reference() -> String {
    // Any number that differs will do; this one is seeded by the operating system.
    let number = RandomState::new().hash_one(0u8).to_be_bytes();
    let mut five = [0; 5];
    five.iter_mut().zip(number).for_each(|(to, from)| *to = from);
    Reference::from_random(five).to_string()
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::server(&error)
    }
}

impl IntoResponse for Problem {
    /// An empty answer that [`show`] turns into a page: only there are the words at hand.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    page: Page,
    problem: &'a Problem,
}

/// Middleware: gives every error that has no page of its own one of ours.
pub async fn show(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let has_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        None if has_page => return response,
        None => match Problem::from_status(response.status()) {
            Some(problem) => problem,
            None => return response,
        },
    };
    if let Some(kind) = problem.refusal() {
        log_refusal(kind);
    }
    let page = Page::new(&state, "common-problem-tab", Nav::Other);
    let status = problem.status();
    // The page of last resort has no words to look up, so it can't go wrong too.
    let html = ProblemPage {
        page,
        problem: &problem,
    }
    .render()
    .unwrap_or_default();
    (status, Html(html)).into_response()
}

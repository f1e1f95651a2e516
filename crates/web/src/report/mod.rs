//! Writing a report: the form, one thing per page; checking and sending it; the words; coming back.
//!
//! Nothing is stored and no cookie is set before the first answer is sent. Nothing here needs a script.

pub(crate) mod address;
pub mod check;
pub mod come_back;
pub(crate) mod context;
pub(crate) mod fields;
pub mod files;
pub mod item;
pub mod paper;
pub mod question;
pub mod receipt;
pub(crate) mod says;
pub mod sent;
pub(crate) mod showing;
pub mod start;
pub(crate) mod summary;
pub(crate) mod taking;
pub(crate) mod times;
pub mod words;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use safehold_app::report::DraftBody;

use crate::{layout::Page, public::compression, site::Site};

/// What to remember while a report is written down for somebody else.
pub(crate) fn taken_down_note(page: &Page, body: &DraftBody) -> String {
    match &body.taken_down {
        Some(_) => page.t("take-down-banner"),
        None => String::new(),
    }
}

/// These pages. They repeat what was typed, so they are never compressed (BREACH), but for the
/// sheets of paper.
pub fn router() -> Router<Site> {
    Router::new()
        .route("/report/start", get(start::get))
        .route("/report/another", post(start::post))
        .route("/report/check", get(check::get))
        .route("/report/send", get(check::to_check).post(check::post))
        .route("/report/sent", get(sent::get))
        .route("/report/receipt.txt", get(sent::receipt))
        .route("/report/words", get(words::get).post(words::post))
        .route("/report/forget", get(words::get_forget).post(words::post_forget))
        .route("/report/{page}", get(question::get).post(question::post))
        .route(
            "/report/{page}/files",
            // The limit is counted while the files are read, so that what came whole is kept.
            get(files::get)
                .post(files::post)
                .layer(DefaultBodyLimit::disable()),
        )
        .route("/report/{page}/{number}/{inner}", get(item::get).post(item::post))
        .route("/return", get(come_back::get).post(come_back::post))
        .route("/check", get(receipt::get).post(receipt::post))
        .merge(on_paper())
}

/// Sheets to print: they hold nothing that was typed, so compressing them gives nothing away.
fn on_paper() -> Router<Site> {
    Router::new()
        .route("/paper", get(paper::get))
        .route("/paper/2", get(paper::second))
        .route("/paper/short", get(paper::short::get))
        .route("/paper/easy", get(paper::easy::get))
        .layer(compression())
}

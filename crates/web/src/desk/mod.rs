//! The desk: what those who respond see and do. Signing in, the list of cases, a case, and what can be done with it.

mod act;
mod again;
mod answers;
mod asked;
mod before;
mod case;
mod circle;
mod duties;
mod ended;
mod entry;
mod export;
mod file;
mod frame;
mod history;
mod list;
mod mail;
mod message;
mod offer;
mod overview;
mod pattern;
mod record;
mod requests;
mod retention;
mod review;
mod search;
mod show;
pub mod sign_in;
mod sign_in_passkey;
mod stay_away;
mod take_down;
mod taken_down;
mod ways;
mod work;
mod write;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use safehold_app::desk::DeskError;
use safehold_core::{
    access::{Area, may_enter},
    id::CaseId,
};

pub(crate) use again::{Kept, landing, page as look_again};
pub(crate) use entry::{Desk, Sent};
pub(crate) use frame::{Frame, Place, moment};
pub(crate) use list::team_gaps;
pub(crate) use record::Parts;
pub(crate) use sign_in::passkey_place;

use crate::{layout, problem::Problem, site::Site};

/// The routes of the desk.
pub fn router() -> Router<Site> {
    Router::new()
        .merge(work::router())
        .merge(duties::router())
        .merge(retention::router())
        .merge(requests::router())
        .merge(search::router())
        .merge(export::router())
        .merge(stay_away::router())
        .merge(review::router())
        .route("/desk/ended", get(ended::get))
        .merge(pattern::router())
        .route("/desk", get(list::get))
        .route("/desk/mail", get(mail::get).post(mail::post_all))
        .route("/desk/mail/{job}", post(mail::post))
        .route("/desk/take-down", get(take_down::get).post(take_down::post))
        .route("/desk/taken-down", get(taken_down::get))
        .route("/desk/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/desk/sign-in/passkey", post(sign_in_passkey::post))
        .route("/desk/sign-out", post(sign_in::sign_out))
        .route("/desk/case/{id}", get(case::get))
        .route("/desk/case/{id}/do/{action}", get(act::get).post(act::post))
        .route(
            "/desk/case/{id}/write",
            // Files are limited one by one as they stream in.
            get(write::get)
                .post(write::post)
                .layer(DefaultBodyLimit::disable()),
        )
        .route(
            "/desk/case/{id}/share",
            get(circle::get_share).post(circle::post_share),
        )
        .route(
            "/desk/case/{id}/exclude",
            get(circle::get_exclude).post(circle::post_exclude),
        )
        .route(
            "/desk/case/{id}/conflict",
            get(circle::get_conflict).post(circle::post_conflict),
        )
        .route("/desk/case/{id}/file/{file}", get(file::get))
        .route("/desk/case/{id}/file/{file}/show", get(show::get))
        .route(
            "/desk/case/{id}/file/{file}/original",
            get(file::get_original).post(file::post_original),
        )
}

/// The page for what went wrong at the desk, where no page of its own tells it.
pub(crate) fn problem(error: &DeskError) -> Problem {
    match error {
        DeskError::NotFound => Problem::NotFound,
        DeskError::Role => Problem::Forbidden,
        DeskError::Changed => Problem::Conflict,
        DeskError::Empty | DeskError::TooLong => Problem::Malformed,
        DeskError::App(error) => Problem::server(error),
    }
}

/// The case in an address. What is no id is a case that does not exist.
fn case_id(text: &str) -> Result<CaseId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// Stops those whose role does not enter an area, whatever they ask for there.
pub(crate) fn enter(desk: &Desk, area: Area) -> Result<(), Problem> {
    if may_enter(desk.me.reader.role, area) {
        Ok(())
    } else {
        Err(Problem::Forbidden)
    }
}

/// Renders a page with a status.
pub(crate) fn reply(status: StatusCode, template: &impl askama::Template) -> Result<Response, Problem> {
    Ok((status, layout::html(template)?).into_response())
}

/// Leads on after something was done.
pub(crate) fn go(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(axum::http::header::LOCATION, to)]).into_response()
}

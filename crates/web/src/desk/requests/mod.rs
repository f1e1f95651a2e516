//! `/desk/requests`: what people ask of what is kept of them, from the day it came to the day it was answered.

mod list;
mod look;
mod new;
mod show;
mod step;

use axum::{Router, routing::get};
use safehold_app::desk::DeskError;
use safehold_core::{
    id::RequestId,
    rights::{Pause, State, View},
};

use super::{Desk, problem};
use crate::{layout::Page, problem::Problem, site::Site};

/// The routes.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/requests", get(list::get))
        .route("/desk/requests/new", get(new::get).post(new::post))
        .route("/desk/requests/{request}", get(show::get))
        .route(
            "/desk/requests/{request}/do/{step}",
            get(step::get).post(step::post),
        )
        .route("/desk/requests/{request}/look", get(look::get).post(look::post))
        .route("/desk/requests/{request}/letter", get(show::get_letter))
}

/// The request in an address. What is no id is a request that does not exist.
fn request_id(text: &str) -> Result<RequestId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

async fn opened(desk: &Desk, id: RequestId) -> Result<safehold_app::desk::requests::OpenedRequest, Problem> {
    safehold_app::desk::requests::open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error: DeskError| problem(&error))
}

/// Where a request stands, in one line.
fn standing(page: &Page, view: &View) -> String {
    match view.state {
        State::Open => page.t("requests-state-open"),
        State::Waits(Pause::Identity, from) => page.with("requests-state-identity", "date", page.date(from)),
        State::Waits(Pause::Clarity, from) => page.with("requests-state-clarity", "date", page.date(from)),
        State::Checking => page.t("requests-state-checking"),
        State::Agreed => page.t("requests-state-agreed"),
        State::Ended => page.t("requests-state-ended"),
    }
}

/// By when it is answered, and whether that day has passed.
fn due(page: &Page, view: &View, today: jiff::civil::Date) -> (String, bool) {
    match view.due_on() {
        None => (String::new(), false),
        Some(on) if on < today => (page.with("requests-was-due", "date", page.date(on)), true),
        Some(on) => (page.with("requests-due", "date", page.date(on)), false),
    }
}

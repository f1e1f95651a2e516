//! The recovery key: who keeps it, who asks to be let in again, each use of it, and changing it.

mod ask;
mod change;
mod emergency;
mod lost;
mod mine;
mod overview;
mod share;
mod sheet;
mod typing;

use axum::{
    Router,
    routing::{get, post},
};
use safehold_app::{desk::DeskError, emergency as emergency_access, recovery};
use safehold_core::{
    access::{Area, may_enter},
    trace::RecoveryStep,
};

use crate::{
    desk::{Desk, moment},
    layout::Page,
    problem::Problem,
    site::Site,
};

pub(crate) use change::PlanForm;
pub(crate) use sheet::{Sheet, sheets};

/// The routes.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/recovery", get(overview::get))
        .route("/desk/recovery/seen", post(overview::post_seen))
        .route("/desk/recovery/ask/{ask}", get(ask::get).post(ask::post))
        .route("/desk/recovery/change", get(change::get).post(change::post))
        .route(
            "/desk/recovery/confirm",
            get(change::get_confirm).post(change::post_confirm),
        )
        .route("/desk/emergency", get(emergency::get).post(emergency::post))
        .route("/desk/account/asked", get(mine::get).post(mine::post))
        .route("/desk/lost", get(lost::get).post(lost::post))
        .route("/desk/share", get(share::get).post(share::post))
}

/// What was done, in words.
fn step(page: &Page, step: RecoveryStep, about: Option<&String>) -> String {
    let name = about.cloned().unwrap_or_else(|| page.t("recovery-somebody"));
    page.with(&format!("recovery-step-{}", step.key()), "name", name)
}

fn problem(error: &DeskError) -> Problem {
    crate::desk::problem(error)
}

/// Something for the list on the desk: its words, where it leads, and the id of the link's words.
pub(crate) type Alert = (String, &'static str, &'static str);

/// What needs looking after by those who are told of the recovery key, and by whoever was asked for.
pub(crate) async fn alerts(desk: &Desk, page: &Page) -> Result<Vec<Alert>, Problem> {
    let (app, me) = (&desk.site.app, &desk.me.reader);
    let mut alerts = Vec::new();
    let mine = recovery::asks_in_my_name(app, me)
        .await
        .map_err(|error| Problem::server(&error))?;
    if !mine.is_empty() {
        alerts.push((
            page.t("recovery-alert-mine"),
            "/desk/account/asked",
            "recovery-alert-mine-link",
        ));
    }
    let open = emergency_access::mine(app, me)
        .await
        .map_err(|error| Problem::server(&error))?;
    for (_, reference, until) in open {
        let words = [
            ("reference", reference.to_string()),
            ("at", moment(page, &desk.site.web, until)),
        ];
        alerts.push((page.format("emergency-ends", &words), "", ""));
    }
    if !may_enter(me.role, Area::Recovery) {
        return Ok(alerts);
    }
    let mut add = |id: &str, count: usize| {
        if count > 0 {
            alerts.push((page.count(id, count), "/desk/recovery", "recovery-alert-link"));
        }
    };
    let asks = recovery::asks(app, me).await.map_err(|error| problem(&error))?;
    add("recovery-alert-asks", asks.len());
    let notes = recovery::notes(app, me)
        .await
        .map_err(|error| Problem::server(&error))?;
    add("recovery-alert-notes", notes.len());
    let kept = recovery::kept(app, me).await.map_err(|error| problem(&error))?;
    let stale = kept.holders.iter().filter(|holder| holder.is_stale).count();
    add("recovery-alert-stale", stale);
    let change = recovery::under_way(app)
        .await
        .map_err(|error| Problem::server(&error))?;
    if change.is_some_and(|change| change.is_in_force) {
        alerts.push((
            page.t("recovery-alert-unfinished"),
            "/desk/recovery",
            "recovery-alert-link",
        ));
    }
    Ok(alerts)
}

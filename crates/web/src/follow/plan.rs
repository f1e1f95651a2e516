//! `/follow/plan`: the reporter's own safety plan, if they wished to see it here.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::desk::record::of_reporter;
use safehold_core::record::Kind;

use super::elsewhere;
use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    report::{sent, times},
    site::Site,
    visit::MaybeVisit,
};

/// What of a plan is for its person: not the notes on how it is shown.
const SHOWN: [&str; 6] = [
    "plan_signs",
    "plan_words",
    "plan_helps",
    "plan_call",
    "plan_others",
    "plan_shared",
];

#[derive(Template)]
#[template(path = "follow/plan.html")]
struct PlanPage {
    page: Page,
    changed: String,
    parts: Vec<(String, String)>,
}

/// `GET /follow/plan`.
pub(super) async fn get(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
) -> Result<Response, Problem> {
    let kept = visit.clone();
    let Some((visit, _)) = sent::followed(&site, visit).await? else {
        return elsewhere(&site, kept).await;
    };
    let plan = of_reporter(&site.app, &visit)
        .await
        .map_err(|error| Problem::server(&error))?;
    let Some(plan) = plan else {
        return Ok(Redirect::to("/follow").into_response());
    };
    let page = Page::new(&site.web, "follow-tab", Nav::Return);
    let parts = Kind::SafetyPlan
        .fields()
        .iter()
        .filter(|field| SHOWN.contains(&field.id))
        .filter_map(|field| {
            let text = plan.record.get(field.id)?;
            Some((page.t(&format!("record-own-{}", field.id)), text.to_owned()))
        })
        .collect();
    let html = layout::html(&PlanPage {
        changed: page.with(
            "record-plan-changed",
            "at",
            times::moment(&page, &site.web.zone, plan.at),
        ),
        parts,
        page,
    })?;
    Ok(html.into_response())
}

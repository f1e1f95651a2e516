//! `/run`: how safeguarding is governed, and by when things happen (R6.1a, RD).

use askama::Template;
use axum::{extract::State, response::Html};
use safehold_core::{case::Level, deadline::Working};

use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    state::WebState,
};

#[derive(Template)]
#[template(path = "public/run.html")]
struct Run {
    page: Page,
    roles: [&'static str; 6],
    times: Vec<Times>,
}

struct Times {
    level: String,
    opened: String,
    contact: String,
    decision: String,
}

/// `GET /run`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    let page = Page::new(&state, "public-run-tab", Nav::Other);
    let rules = state.content.get().rules.clone();
    let times = Level::ALL
        .iter()
        .map(|level| {
            let targets = rules.targets(*level);
            Times {
                level: page.t(&format!("public-run-level-{}", level.key())),
                opened: working(&page, targets.opened),
                contact: working(&page, targets.contact),
                decision: targets
                    .decision
                    .map_or_else(|| page.t("public-run-no-decision"), |time| working(&page, time)),
            }
        })
        .collect();
    layout::html(&Run {
        page,
        roles: [
            "public-run-designated",
            "public-run-alternate",
            "public-run-independent",
            "public-run-caseworker",
            "public-run-group",
            "public-run-host",
        ],
        times,
    })
}

fn working(page: &Page, time: Working) -> String {
    let (id, count) = match time {
        Working::Now => return page.t("common-working-now"),
        Working::Hours(hours) => ("common-working-hours", hours),
        Working::Days(days) => ("common-working-days", days),
    };
    page.count(id, usize::try_from(count).unwrap_or(usize::MAX))
}

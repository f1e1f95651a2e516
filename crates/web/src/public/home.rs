//! `/`: what this place is, and the ways from here.

use askama::Template;
use axum::{extract::State, response::Html};

use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    state::WebState,
};

#[derive(Template)]
#[template(path = "public/home.html")]
struct Home {
    page: Page,
    /// The four parts of the statement (R2.6).
    parts: [&'static str; 4],
}

/// `GET /`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    layout::html(&Home {
        page: Page::new(&state, "public-home-tab", Nav::Home),
        parts: [
            "public-home-prepare",
            "public-home-respond",
            "public-home-signpost",
            "public-home-reflect",
        ],
    })
}

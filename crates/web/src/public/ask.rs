//! `/ask`: a person to talk to, before any form (R4.1b, R4.2d, R4.2h).

use askama::Template;
use axum::{extract::State, response::Html};

use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    state::WebState,
};

#[derive(Template)]
#[template(path = "public/ask.html")]
struct Ask {
    page: Page,
}

/// `GET /ask`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    layout::html(&Ask {
        page: Page::new(&state, "public-ask-tab", Nav::Ask),
    })
}

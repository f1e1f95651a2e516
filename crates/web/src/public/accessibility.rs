//! `/accessibility`: the statement that the Accessibility Regulations ask for (T16).

use axum::{extract::State, response::Html};

use super::sections;
use crate::{problem::Problem, state::WebState};

const SECTIONS: &[&str] = &["how", "other", "state", "tell"];

/// `GET /accessibility`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    sections::show(&state, "public-accessibility", SECTIONS)
}

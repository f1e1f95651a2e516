//! `/privacy`: what is kept, who can read it, and how to leave few traces (T1).

use axum::{extract::State, response::Html};

use super::sections;
use crate::{problem::Problem, state::WebState};

const SECTIONS: &[&str] = &["safe", "visit", "report", "share", "keep", "rights"];

/// `GET /privacy`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    sections::show(&state, "public-privacy", SECTIONS)
}

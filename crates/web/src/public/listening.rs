//! `/listening`: for the person whom somebody tells, on one page (R5.1b).

use axum::{extract::State, response::Html};

use super::sections;
use crate::{problem::Problem, state::WebState};

const SECTIONS: &[&str] = &["do", "not", "stop", "after"];

/// `GET /listening`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    sections::show(&state, "public-listening", SECTIONS)
}

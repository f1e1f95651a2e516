//! `/categories`: kinds of harm, to read (RB).

use askama::Template;
use axum::{extract::State, response::Html};

use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    state::WebState,
};

/// The ten of the Care Act's guidance; their words are in the texts.
const FIRST: &[&str] = &[
    "physical",
    "domestic",
    "sexual",
    "psychological",
    "financial",
    "slavery",
    "discriminatory",
    "organisational",
    "neglect",
    "self_neglect",
];

/// The others that are looked out for.
const MORE: &[&str] = &[
    "racism",
    "bullying",
    "sexual_harassment",
    "power",
    "hate",
    "mate",
    "cuckooing",
    "exploitation",
    "coercive",
    "stalking",
    "online",
    "forced_marriage",
    "hba",
    "fgm",
    "radicalisation",
    "spiritual",
    "suicide_selfharm",
    "research_harm",
    "non_recent",
];

#[derive(Template)]
#[template(path = "public/categories.html")]
struct Categories {
    page: Page,
    groups: [(&'static str, &'static [&'static str]); 2],
}

/// `GET /categories`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    layout::html(&Categories {
        page: Page::new(&state, "public-categories-tab", Nav::Other),
        groups: [
            ("public-categories-first", FIRST),
            ("public-categories-more", MORE),
        ],
    })
}

//! `/categories`: kinds of harm, to read (RB).

use askama::Template;
use axum::{extract::State, response::Html};
use safehold_core::categories::Category;

use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    state::WebState,
};

/// The ten of the Care Act's guidance have the places up to this one in the list.
const LAST_OF_FIRST: u32 = 100;

#[derive(Template)]
#[template(path = "public/categories.html")]
struct CategoriesPage {
    page: Page,
    groups: [(&'static str, Vec<String>); 2],
}

/// `GET /categories`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    let categories = state.content.get().categories.clone();
    let (first, more): (Vec<_>, Vec<_>) = categories
        .active()
        .partition(|category| category.order <= LAST_OF_FIRST);
    let keys = |list: Vec<&Category>| list.into_iter().map(|category| category.key.clone()).collect();
    layout::html(&CategoriesPage {
        page: Page::new(&state, "public-categories-tab", Nav::Other),
        groups: [
            ("public-categories-first", keys(first)),
            ("public-categories-more", keys(more)),
        ],
    })
}

//! Pages that are only headings with text.

use askama::Template;
use axum::response::Html;

use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    state::WebState,
};

#[derive(Template)]
#[template(path = "public/sections.html")]
struct Headings {
    page: Page,
    heading: String,
    lede: String,
    danger: String,
    sections: Vec<Section>,
}

struct Section {
    heading: String,
    html: String,
}

/// The page whose texts begin with `prefix`: `-tab`, `-heading`, `-lede`, perhaps `-danger`, and for each
/// section its name and its name with `-text`.
pub(super) fn show(state: &WebState, prefix: &str, sections: &[&str]) -> Result<Html<String>, Problem> {
    let page = Page::new(state, &format!("{prefix}-tab"), Nav::Other);
    // Some texts say how long a draft is kept.
    let days = state.content.get().rules.draft_days;
    let sections = sections
        .iter()
        .map(|name| Section {
            heading: page.t(&format!("{prefix}-{name}")),
            html: page.rich_with(format!("{prefix}-{name}-text"), "days", days),
        })
        .collect();
    layout::html(&Headings {
        heading: page.t(&format!("{prefix}-heading")),
        lede: page.t(&format!("{prefix}-lede")),
        danger: page.maybe(&format!("{prefix}-danger")),
        sections,
        page,
    })
}

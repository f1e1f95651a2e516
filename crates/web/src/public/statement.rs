//! `/statement`: the version that holds now, and all before it (R1.1a).

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use safehold_core::{
    organisation::Organisation,
    statement::{Change, Statement, Version},
};

use crate::{
    layout::{self, Nav, Page},
    markdown,
    problem::Problem,
    state::WebState,
};

#[derive(Template)]
#[template(path = "public/statement.html")]
struct StatementPage<'a> {
    page: Page,
    statement: &'a Statement,
    /// The version that holds now, when an older one is shown.
    current: Option<&'a Statement>,
    body: String,
    history: Vec<Row>,
    /// Address, words, note.
    links: Vec<(String, String, String)>,
}

struct Row {
    version: String,
    words: String,
    changes: String,
    paragraphs: String,
    shown: bool,
}

/// `GET /statement`.
pub async fn get(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    let statements = state.content.get().statements.clone();
    let newest = statements.first().ok_or(Problem::NotFound)?;
    show(&state, &statements, newest)
}

/// `GET /statement/{version}`.
pub async fn get_version(
    State(state): State<WebState>,
    Path(version): Path<String>,
) -> Result<Html<String>, Problem> {
    let version: Version = version.parse().map_err(|_| Problem::NotFound)?;
    let statements = state.content.get().statements.clone();
    let wanted = statements.iter().find(|statement| statement.version == version);
    show(&state, &statements, wanted.ok_or(Problem::NotFound)?)
}

fn show(state: &WebState, all: &[Statement], statement: &Statement) -> Result<Html<String>, Problem> {
    let page = Page::new(state, "public-statement-tab", Nav::Other);
    let history = all
        .iter()
        .enumerate()
        .map(|(index, each)| Row {
            version: each.version.to_string(),
            words: version_words(&page, each),
            changes: each.changes.clone(),
            paragraphs: all
                .get(index + 1)
                .map_or_else(String::new, |older| changed(&page, each, older)),
            shown: each.version == statement.version,
        })
        .collect();
    let current = all.first().filter(|newest| newest.version != statement.version);
    let links = links(&page, &page.organisation);
    let body = markdown::numbered(&statement.body);
    layout::html(&StatementPage {
        page,
        statement,
        current,
        body,
        history,
        links,
    })
}

fn version_words(page: &Page, statement: &Statement) -> String {
    page.format(
        "public-statement-row",
        &[
            ("version", statement.version.to_string()),
            ("date", page.date(statement.published_on)),
        ],
    )
}

/// Which paragraphs changed, in words, or nothing.
fn changed(page: &Page, newer: &Statement, older: &Statement) -> String {
    let list: Vec<String> = newer
        .changes_since(older)
        .into_iter()
        .map(|(number, change)| match change {
            Change::Added => page.with("public-statement-added", "number", number),
            Change::Removed => page.with("public-statement-removed", "number", number),
            Change::Reworded => number.to_string(),
        })
        .collect();
    if list.is_empty() {
        String::new()
    } else {
        page.with("public-statement-changed", "list", list.join(", "))
    }
}

/// The documents beside the statement (R1.2a, R1.3, R2.3e).
fn links(page: &Page, organisation: &Organisation) -> Vec<(String, String, String)> {
    let links = &organisation.links;
    let checked = links
        .anti_racism_checked
        .map(|day| page.with("public-statement-checked", "date", page.date(day)));
    let mut all = vec![
        (
            links.core_values.clone(),
            page.t("public-statement-values"),
            String::new(),
        ),
        (
            links.community_commitments.clone(),
            page.t("public-statement-commitments"),
            String::new(),
        ),
        (
            links.safety_tips.clone(),
            page.t("public-statement-tips"),
            String::new(),
        ),
        (
            links.anti_racism.clone(),
            page.t("public-statement-anti-racism"),
            checked.unwrap_or_default(),
        ),
        (
            organisation.children.policy_url.clone(),
            page.t("public-statement-children"),
            String::new(),
        ),
    ];
    if let Some(host) = &organisation.host {
        let words = page.with("public-statement-policy", "name", &host.name);
        all.push((host.policy_url.clone(), words, String::new()));
    }
    all.extend(
        links
            .practice_guides
            .iter()
            .map(|guide| (guide.url.clone(), guide.title.clone(), String::new())),
    );
    all.retain(|(url, ..)| !url.is_empty());
    all
}

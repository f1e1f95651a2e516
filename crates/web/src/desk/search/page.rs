//! `/desk/search`: words, people, places and kinds of harm, in all that a reader may open.
//!
//! What is looked for is sent in a form and kept in the session's own memory, so that it stands in no address, history
//! or log: the page of what was found is at a number.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use safehold_app::desk::search::{self, Found, Progress, QueryProblem};
use safehold_core::access::Area;
use serde::Deserialize;

use super::{
    fields,
    words::{self, HitView, Near},
};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, problem, reply},
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "desk/search/search.html")]
struct Search {
    page: Page,
    desk: Frame,
    problems: Vec<FieldError>,
    typed: String,
    error: String,
    only: Vec<Choice>,
    which: Vec<Choice>,
    levels: Vec<Choice>,
    categories: Vec<Choice>,
    order: Vec<Choice>,
    /// Whether anything but the words is chosen: then what narrows is shown at once.
    narrowed: bool,
    /// What was looked for before is no longer kept.
    gone: bool,
    results: Option<Results>,
}

/// What was found.
struct Results {
    heading: String,
    hits: Vec<HitView>,
    near: Vec<Near>,
    nothing: bool,
    notes: Vec<String>,
    /// Cases are still being looked through: how far it is, and where to look again.
    under_way: String,
    again: String,
    previous: String,
    next: String,
    where_in: String,
}

/// What the address says: the number of a search, and a page of it.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    n: String,
    #[serde(default)]
    page: String,
}

/// `GET /desk/search`.
pub(super) async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (app, reader) = (&desk.site.app, &desk.me.reader);
    let kept = asked
        .n
        .parse()
        .ok()
        .and_then(|number| Some((number, search::kept(app, reader, number)?)));
    let Some((number, query)) = kept else {
        // Whoever comes here is about to search: cases are opened while they type.
        search::begin(app, reader)
            .await
            .map_err(|error| problem(&error))?;
        return show(&desk, &Fields::default(), None, !asked.n.is_empty(), None);
    };
    let wanted = asked.page.parse().unwrap_or(1);
    let found = search::find(app, reader, &query, wanted)
        .await
        .map_err(|error| problem(&error))?;
    let fields = fields::of(&query);
    show(&desk, &fields, None, false, Some((number, &found)))
}

/// `POST /desk/search`.
pub(super) async fn post(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Cases)?;
    if again {
        return show(&desk, &fields, None, false, None);
    }
    match fields::read(&fields) {
        Ok(query) => {
            let number = search::keep(&desk.site.app, &desk.me.reader, query)
                .await
                .map_err(|error| problem(&error))?;
            Ok(go(&address(number, 1)))
        }
        Err(fault) => show(&desk, &fields, Some(fault), false, None),
    }
}

fn address(number: u32, page: usize) -> String {
    if page <= 1 {
        format!("/desk/search?n={number}")
    } else {
        format!("/desk/search?n={number}&page={page}")
    }
}

fn show(
    desk: &Desk,
    fields: &Fields,
    fault: Option<QueryProblem>,
    gone: bool,
    found: Option<(u32, &Found)>,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let error = fault.map_or_else(String::new, |fault| {
        page.t(match fault {
            QueryProblem::Empty => "search-error-empty",
            QueryProblem::TooLong => "search-error-long",
            QueryProblem::NoWord => "search-error-no-word",
        })
    });
    let status = if fault.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let html = Search {
        problems: fault
            .map(|_| FieldError {
                name: "q".to_owned(),
                text: error.clone(),
            })
            .into_iter()
            .collect(),
        typed: fields.get("q").to_owned(),
        error,
        only: fields::only(&page, fields),
        which: fields::which(&page, fields),
        levels: fields::levels(&page, fields),
        categories: fields::categories(desk, &page, fields),
        order: fields::order(&page, fields),
        narrowed: fields::is_narrowed(fields),
        gone,
        results: found.map(|(number, found)| results(desk, &page, number, found)),
        page,
        desk: frame,
    };
    reply(status, &html)
}

fn results(desk: &Desk, page: &Page, number: u32, found: &Found) -> Results {
    let progress = found.progress;
    let is_done = progress.is_complete();
    let link = |to: usize| {
        if (1..=found.pages).contains(&to) && to != found.page {
            address(number, to)
        } else {
            String::new()
        }
    };
    Results {
        heading: if is_done {
            page.count("search-found", found.total)
        } else {
            page.count("search-found-so-far", found.total)
        },
        nothing: found.hits.is_empty(),
        hits: found.hits.iter().map(|hit| words::hit(desk, page, hit)).collect(),
        near: found.near.iter().map(|near| Near(near.to_string())).collect(),
        notes: notes(page, progress),
        under_way: if is_done {
            String::new()
        } else {
            page.format(
                "search-under-way",
                &[
                    ("looked", words::number(progress.looked)),
                    ("of", words::number(progress.of)),
                ],
            )
        },
        again: address(number, found.page),
        previous: link(found.page.saturating_sub(1)),
        next: link(found.page + 1),
        where_in: if found.pages > 1 {
            page.format(
                "search-page",
                &[
                    ("page", found.page.to_string()),
                    ("pages", found.pages.to_string()),
                ],
            )
        } else {
            String::new()
        },
    }
}

/// What is not in it, and why.
fn notes(page: &Page, progress: Progress) -> Vec<String> {
    [
        ("search-not-begun", progress.not_begun),
        ("search-cut", progress.cut),
        ("search-left-out", progress.left_out),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(id, count)| page.count(id, count))
    .collect()
}

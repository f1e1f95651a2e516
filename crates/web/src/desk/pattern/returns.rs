//! `/desk/case/{id}/pattern/returns` and `/desk/case/{id}/pattern/apart`: what returns in other cases, and saying that
//! it is not the same.

use askama::Template;
use axum::{
    extract::{Path, Query as Address},
    http::StatusCode,
    response::Response,
};
use safehold_app::desk::{
    DeskError,
    pattern::{self, Returned},
    search::{self, Query, QueryProblem},
};
use safehold_core::{access::Area, id::CaseId, pattern::What};
use serde::Deserialize;

use super::super::{
    Desk, Frame, Place, Sent, case_id, enter, go, problem, reply,
    search::{HitView, hit},
};
use crate::{
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
};

/// A name that returns.
struct NameView {
    /// What it is, with how it is written in both cases.
    words: String,
    case: CaseId,
    reference: String,
    state: String,
    level: String,
    what: &'static str,
    one: String,
    other: String,
}

/// What was found for words.
struct FoundView {
    heading: String,
    hits: Vec<HitView>,
    /// The addresses of the pages beside this one.
    previous: String,
    next: String,
}

#[derive(Template)]
#[template(path = "desk/pattern/returns.html")]
struct ReturnsPage<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    done: String,
    names: Vec<NameView>,
    is_cut: bool,
    /// How far it has come, while it is not done.
    under_way: String,
    words: &'a str,
    error: String,
    problems: Vec<FieldError>,
    gone: bool,
    found: Option<FoundView>,
}

/// What the address may say: under which number the words are kept that were looked for. They stand in no address.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    look: Option<u32>,
    page: Option<usize>,
    #[serde(default)]
    done: String,
}

/// `GET /desk/case/{id}/pattern/returns`.
pub(super) async fn get(
    desk: Desk,
    Path(id): Path<String>,
    Address(asked): Address<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Patterns)?;
    let id = case_id(&id)?;
    let kept = asked
        .look
        .and_then(|look| search::kept(&desk.site.app, &desk.me.reader, look));
    let words = kept.as_ref().map(|query| query.typed.clone());
    let told = Told {
        words: words.as_deref().map_or("", String::as_str),
        gone: asked.look.is_some() && kept.is_none(),
        done: asked.done == "apart",
        query: kept.as_ref().zip(asked.look),
        at: asked.page.unwrap_or(1),
        ..Told::default()
    };
    show(&desk, id, told, StatusCode::OK).await
}

/// `POST /desk/case/{id}/pattern/returns`.
pub(super) async fn post(
    Path(id): Path<String>,
    Sent { desk, fields, again }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Patterns)?;
    let id = case_id(&id)?;
    let words = fields.get("words");
    let problem_with = match Query::new(words) {
        Ok(query) if !again => {
            let (app, reader) = (&desk.site.app, &desk.me.reader);
            // For a case that is not theirs nothing is kept.
            pattern::open_to_link(app, reader, id)
                .await
                .map_err(|error| problem(&error))?;
            let look = search::keep(app, reader, query)
                .await
                .map_err(|error| problem(&error))?;
            return Ok(go(&format!("/desk/case/{id}/pattern/returns?look={look}#words")));
        }
        Ok(_) => None,
        Err(problem) => Some(problem),
    };
    let status = match problem_with {
        Some(_) if !again => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let told = Told {
        words,
        problem: problem_with.filter(|_| !again),
        ..Told::default()
    };
    show(&desk, id, told, status).await
}

/// What a page says besides the names that return.
#[derive(Default)]
struct Told<'a> {
    words: &'a str,
    problem: Option<QueryProblem>,
    gone: bool,
    done: bool,
    query: Option<(&'a Query, u32)>,
    at: usize,
}

async fn show(desk: &Desk, id: CaseId, told: Told<'_>, status: StatusCode) -> Result<Response, Problem> {
    let (app, reader) = (&desk.site.app, &desk.me.reader);
    let returns = pattern::returns(app, reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let Some(returns) = returns else {
        return Ok(go(&format!("/desk/case/{id}")));
    };
    let (page, frame) = Frame::new(desk, Place::Cases);
    let found = match told.query {
        Some((query, look)) => {
            let found = pattern::look_for(app, reader, id, query, told.at)
                .await
                .map_err(|error| problem(&error))?;
            let beside = |at: usize| format!("/desk/case/{id}/pattern/returns?look={look}&page={at}#words");
            Some(FoundView {
                heading: if found.hits.is_empty() {
                    page.t("pattern-words-none")
                } else {
                    page.t("pattern-words-found")
                },
                hits: found.hits.iter().map(|found| hit(desk, &page, found)).collect(),
                previous: if found.page > 1 {
                    beside(found.page - 1)
                } else {
                    String::new()
                },
                next: if found.page < found.pages {
                    beside(found.page + 1)
                } else {
                    String::new()
                },
            })
        }
        None => None,
    };
    let error = match told.problem {
        None => String::new(),
        Some(QueryProblem::Empty) => page.t("search-error-empty"),
        Some(QueryProblem::TooLong) => page.t("search-error-long"),
        Some(QueryProblem::NoWord) => page.t("search-error-no-word"),
    };
    let problems = if error.is_empty() {
        Vec::new()
    } else {
        vec![FieldError {
            name: "words".to_owned(),
            text: error.clone(),
        }]
    };
    let html = ReturnsPage {
        id,
        reference: returns.reference.to_string(),
        done: if told.done {
            page.t("pattern-did-apart")
        } else {
            String::new()
        },
        names: returns.names.iter().map(|name| view(&page, name)).collect(),
        is_cut: returns.is_cut,
        under_way: if returns.progress.is_complete() {
            String::new()
        } else {
            page.format(
                "search-under-way",
                &[
                    ("looked", returns.progress.looked.to_string()),
                    ("of", returns.progress.of.to_string()),
                ],
            )
        },
        words: told.words,
        error,
        problems,
        gone: told.gone,
        found,
        page,
        desk: frame,
    };
    reply(status, &html)
}

fn view(page: &Page, name: &Returned) -> NameView {
    let [here, there] = &name.shown;
    let [one, other] = &name.compared;
    let id = match (name.what, name.is_near) {
        (What::Person, false) => "pattern-returns-person",
        (What::Person, true) => "pattern-returns-person-near",
        (What::Place, false) => "pattern-returns-place",
        (What::Place, true) => "pattern-returns-place-near",
    };
    NameView {
        words: page.format(id, &[("here", here.to_string()), ("there", there.to_string())]),
        case: name.case,
        reference: name.reference.to_string(),
        state: page.t(&format!("desk-state-{}", name.state.key())),
        level: name.level.map_or_else(
            || page.t("pattern-no-level"),
            |level| page.t(&format!("desk-level-{}", level.key())),
        ),
        what: name.what.key(),
        one: one.to_string(),
        other: other.to_string(),
    }
}

/// `POST /desk/case/{id}/pattern/apart`.
pub(super) async fn post_apart(
    Path(id): Path<String>,
    Sent { desk, fields, again }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Patterns)?;
    let id = case_id(&id)?;
    let to = format!("/desk/case/{id}/pattern/returns");
    if again {
        return Ok(go(&to));
    }
    match set_apart(&desk, id, &fields).await {
        Ok(()) => Ok(go(&format!("{to}?done=apart"))),
        Err(error) => Err(problem(&error)),
    }
}

async fn set_apart(desk: &Desk, id: CaseId, fields: &Fields) -> Result<(), DeskError> {
    let other = fields.get("case").parse().map_err(|_| DeskError::NotFound)?;
    let what = What::from_key(fields.get("what")).ok_or(DeskError::NotFound)?;
    let names = ["one", "other"].map(|name| fields.get(name).to_owned());
    pattern::set_apart(&desk.site.app, &desk.me.reader, id, other, what, names).await
}

//! `/desk/case/{id}/pattern/link` and `/desk/case/{id}/pattern/unlink/{other}`: linking cases, and ending a link.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::desk::pattern::{self, LinkError, Linking};
use safehold_core::{
    access::Area,
    id::CaseId,
    pattern::{LinkProblem, Tie},
};
use serde::Deserialize;

use super::{
    super::{Desk, Frame, Place, Sent, case_id, enter, go, problem, reply},
    page::{NoteView, note},
};
use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "desk/pattern/link.html")]
struct LinkPage<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    with: &'a str,
    with_error: String,
    ties: Vec<Choice>,
    ties_error: String,
    why: &'a str,
    why_error: String,
    problems: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "desk/pattern/unlink.html")]
struct UnlinkPage<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    other: CaseId,
    reference: String,
    other_reference: String,
    note: NoteView,
    why: &'a str,
    why_error: String,
    problems: Vec<FieldError>,
}

/// What the address may begin the form with.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    with: String,
    #[serde(default)]
    tie: String,
}

/// The control that a problem is about.
fn field(problem: LinkProblem) -> &'static str {
    match problem {
        LinkProblem::NoCase
        | LinkProblem::TooManyCases
        | LinkProblem::UnknownCase
        | LinkProblem::SameCase
        | LinkProblem::NotBegun => "with",
        LinkProblem::NoTie | LinkProblem::UnknownTie => "ties",
        LinkProblem::NoWhy | LinkProblem::WhyTooLong => "why",
    }
}

/// What is wrong with a control, in words: the first thing, and the others after it.
fn error(page: &Page, problems: &[LinkProblem], name: &str) -> String {
    let words: Vec<_> = problems
        .iter()
        .filter(|problem| field(**problem) == name)
        .map(|problem| page.t(&format!("pattern-error-{}", problem.key())))
        .collect();
    words.join(" ")
}

/// The lines of the error summary, in the order of the form.
fn summary(errors: [(&str, &String); 3]) -> Vec<FieldError> {
    errors
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| FieldError {
            name: name.to_owned(),
            text: text.clone(),
        })
        .collect()
}

/// `GET /desk/case/{id}/pattern/link`.
pub(super) async fn get(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Patterns)?;
    let fields = Fields(vec![
        ("with".to_owned(), asked.with),
        ("ties".to_owned(), asked.tie),
    ]);
    show(&desk, case_id(&id)?, &fields, &[], StatusCode::OK).await
}

/// `POST /desk/case/{id}/pattern/link`.
pub(super) async fn post(
    Path(id): Path<String>,
    Sent { desk, fields, again }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Patterns)?;
    let id = case_id(&id)?;
    if again {
        return show(&desk, id, &fields, &[], StatusCode::OK).await;
    }
    let all = |name: &str| -> Vec<&str> {
        let sent = fields.0.iter().filter(|(sent, _)| sent == name);
        sent.map(|(_, value)| value.as_str()).collect()
    };
    let (with, ties) = (all("with"), all("ties"));
    let (app, reader) = (&desk.site.app, &desk.me.reader);
    match pattern::link(app, reader, id, &with, &ties, fields.get("why")).await {
        Ok(()) => Ok(go(&format!("/desk/case/{id}/pattern?done=link"))),
        Err(LinkError::Input(problems)) => {
            show(&desk, id, &fields, &problems, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(LinkError::Desk(error)) => Err(problem(&error)),
    }
}

async fn show(
    desk: &Desk,
    id: CaseId,
    fields: &Fields,
    problems: &[LinkProblem],
    status: StatusCode,
) -> Result<Response, Problem> {
    let opened = pattern::open_to_link(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let Some(row) = opened else {
        return Ok(go(&format!("/desk/case/{id}")));
    };
    let (page, frame) = Frame::new(desk, Place::Cases);
    let ties = Tie::ALL
        .iter()
        .map(|tie| Choice {
            value: tie.key().to_owned(),
            label: page.t(&format!("pattern-tie-{}", tie.key())),
            hint: page.maybe(&format!("pattern-tie-{}.hint", tie.key())),
            checked: fields
                .0
                .iter()
                .any(|(name, value)| name == "ties" && value == tie.key()),
        })
        .collect();
    let (with_error, ties_error, why_error) = (
        error(&page, problems, "with"),
        error(&page, problems, "ties"),
        error(&page, problems, "why"),
    );
    let html = LinkPage {
        id,
        reference: row.reference.to_string(),
        with: fields.get("with"),
        ties,
        why: fields.get("why"),
        problems: summary([("with", &with_error), ("ties", &ties_error), ("why", &why_error)]),
        with_error,
        ties_error,
        why_error,
        page,
        desk: frame,
    };
    reply(status, &html)
}

fn both(id: &str, other: &str) -> Result<(CaseId, CaseId), Problem> {
    Ok((case_id(id)?, case_id(other)?))
}

/// `GET /desk/case/{id}/pattern/unlink/{other}`.
pub(super) async fn get_unlink(
    desk: Desk,
    Path((id, other)): Path<(String, String)>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Patterns)?;
    let cases = both(&id, &other)?;
    show_unlink(&desk, cases, "", &[], StatusCode::OK).await
}

/// `POST /desk/case/{id}/pattern/unlink/{other}`.
pub(super) async fn post_unlink(
    Path((id, other)): Path<(String, String)>,
    Sent { desk, fields, again }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Patterns)?;
    let (id, other) = both(&id, &other)?;
    let why = fields.get("why");
    if again {
        return show_unlink(&desk, (id, other), why, &[], StatusCode::OK).await;
    }
    match pattern::unlink(&desk.site.app, &desk.me.reader, id, other, why).await {
        Ok(()) => Ok(go(&format!("/desk/case/{id}/pattern?done=unlink"))),
        Err(LinkError::Input(problems)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show_unlink(&desk, (id, other), why, &problems, status).await
        }
        Err(LinkError::Desk(error)) => Err(problem(&error)),
    }
}

async fn show_unlink(
    desk: &Desk,
    (id, other): (CaseId, CaseId),
    why: &str,
    problems: &[LinkProblem],
    status: StatusCode,
) -> Result<Response, Problem> {
    let Linking { row, linked } = pattern::open_to_unlink(&desk.site.app, &desk.me.reader, id, other)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Cases);
    let last = linked.notes.last().ok_or(Problem::NotFound)?;
    let why_error = error(&page, problems, "why");
    let nothing = String::new();
    let html = UnlinkPage {
        id,
        other,
        reference: row.reference.to_string(),
        other_reference: linked.reference.to_string(),
        note: note(&page, &desk.site.web, last),
        why,
        problems: summary([("with", &nothing), ("ties", &nothing), ("why", &why_error)]),
        why_error,
        page,
        desk: frame,
    };
    reply(status, &html)
}

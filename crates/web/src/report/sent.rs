//! `/report/sent`: the number, what happens next and by when, the words, and the proof of submission.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::{
    follow::{self, Followed},
    report::{self, Visit, WordsShown},
};

use super::{address::START, times};
use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    site::Site,
    visit::{MaybeVisit, form_token},
};

#[derive(Template)]
#[template(path = "report/sent.html")]
struct Sent {
    page: Page,
    number: String,
    received: String,
    opened_by: String,
    at_once: bool,
    contact_by: String,
    decision_by: String,
    words: Vec<String>,
    receipt: String,
}

/// The words of a visit, to be shown; none once the person has kept them.
pub(crate) async fn words(site: &Site, visit: &Visit) -> Result<Vec<String>, Problem> {
    match report::words(&site.app, visit)
        .await
        .map_err(|error| Problem::server(&error))?
    {
        WordsShown::Show(text) => Ok(text.split_whitespace().map(str::to_owned).collect()),
        WordsShown::Kept => Ok(Vec::new()),
    }
}

/// The report of a visit, if there is one.
pub(crate) async fn followed(
    site: &Site,
    visit: Option<Visit>,
) -> Result<Option<(Visit, Followed)>, Problem> {
    let Some(visit) = visit else { return Ok(None) };
    let followed = follow::open(&site.app, &visit)
        .await
        .map_err(|error| Problem::server(&error))?;
    Ok(followed.map(|followed| (visit, followed)))
}

/// `GET /report/sent`.
pub async fn get(State(site): State<Site>, MaybeVisit(visit): MaybeVisit) -> Result<Response, Problem> {
    let Some((visit, followed)) = followed(&site, visit).await? else {
        return Ok(Redirect::to(START).into_response());
    };
    let mut page = Page::new(&site.web, "report-tab-sent", Nav::Ask).with_csrf(form_token(&visit));
    if followed.report.typed_by.is_some() {
        page.note = page.t("take-down-sent-words");
    }
    let zone = &site.web.zone;
    let by = |at: Option<jiff::Timestamp>| at.map(|at| times::moment(&page, zone, at)).unwrap_or_default();
    let html = layout::html(&Sent {
        number: followed.reference.to_string(),
        received: times::moment(&page, zone, followed.received_at),
        at_once: followed.due_open_at.is_some_and(|at| at <= followed.received_at),
        opened_by: by(followed.due_open_at),
        contact_by: by(followed.due_contact_at),
        decision_by: by(followed.due_decision_at),
        words: words(&site, &visit).await?,
        receipt: followed.receipt,
        page,
    })?;
    Ok(html.into_response())
}

/// `GET /report/receipt.txt`: the proof of submission, to keep.
pub async fn receipt(State(site): State<Site>, MaybeVisit(visit): MaybeVisit) -> Result<Response, Problem> {
    let Some((_, followed)) = followed(&site, visit).await? else {
        return Ok(Redirect::to(START).into_response());
    };
    let mut response = followed.receipt.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"receipt.txt\""),
    );
    Ok(response)
}

//! `/report/start`: what happens, how long it takes, who reads it, and who can be phoned instead. Nothing is stored.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    address::{self, left_off},
    context::{Current, Found},
};
use crate::{
    cookies::{self, Name},
    fields::Fields,
    layout::{self, Nav, Page},
    problem::Problem,
    site::Site,
    visit::MaybeVisit,
};

#[derive(Template)]
#[template(path = "report/start.html")]
struct Start {
    page: Page,
    first: String,
    /// Where to go on, if something was begun on this device.
    go_on: String,
    was_sent: bool,
    days: u16,
}

fn first(site: &Site) -> String {
    let form = &site.app.form().form;
    form.first_page()
        .map_or_else(|| "/ask".to_owned(), |page| address::of(form, page))
}

/// `GET /report/start`.
pub async fn get(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
) -> Result<impl IntoResponse, Problem> {
    let current = Current::find(&site, visit).await?;
    layout::html(&Start {
        page: Page::new(&site.web, "report-tab-start", Nav::Ask).with_csrf(current.token()),
        first: first(&site),
        go_on: match &current.found {
            Found::Draft(draft) => left_off(&draft.form.form, &draft.body.answers),
            Found::Sent => address::FOLLOW.to_owned(),
            Found::Nothing => String::new(),
        },
        was_sent: matches!(current.found, Found::Sent),
        days: site.app.rules().draft_days,
    })
}

/// `POST /report/another`: another report on the same device. The one before stays behind its words.
pub async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    fields: Fields,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    if !matches!(current.found, Found::Nothing) && !current.allows(&fields) {
        return Ok(Redirect::to(address::START).into_response());
    }
    let redirect = Redirect::to(&first(&site));
    Ok(match cookies::clear(Name::Visit, site.web.https) {
        Some(cookie) => ([cookie], redirect).into_response(),
        None => redirect.into_response(),
    })
}

#[derive(Template)]
#[template(path = "report/gone.html")]
struct Gone {
    page: Page,
    days: u16,
}

/// The page for a draft that is no longer there.
pub(crate) fn gone(site: &Site) -> Result<Response, Problem> {
    let html = layout::html(&Gone {
        page: Page::new(&site.web, "report-tab", Nav::Ask),
        days: site.app.rules().draft_days,
    })?;
    Ok((StatusCode::GONE, html).into_response())
}

#[derive(Template)]
#[template(path = "report/already.html")]
struct Already {
    page: Page,
    typed: String,
    id: String,
}

/// The page for words that were typed in a tab while the report was sent from another: they can still be added.
pub(crate) fn sent_already(site: &Site, current: &Current, typed: &str) -> Result<Response, Problem> {
    if typed.trim().is_empty() {
        return Ok(Redirect::to(address::FOLLOW).into_response());
    }
    let html = layout::html(&Already {
        page: Page::new(&site.web, "report-tab", Nav::Ask).with_csrf(current.token()),
        typed: typed.to_owned(),
        id: safehold_app::follow::new_message_id().to_string(),
    })?;
    Ok((StatusCode::CONFLICT, html).into_response())
}

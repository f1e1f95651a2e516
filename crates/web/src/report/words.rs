//! `/report/words`: stop here, and get the words to come back with. `/report/forget`: delete what was written.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::report::{self, ChangeError};

use super::{
    address::{FOLLOW, WORDS, left_off},
    context::{Current, Found},
    sent, times,
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
#[template(path = "report/words.html")]
struct WordsPage {
    page: Page,
    words: Vec<String>,
    expires: String,
    go_on: String,
    again: Option<&'static str>,
}

/// `GET /report/words`.
pub async fn get(State(site): State<Site>, MaybeVisit(visit): MaybeVisit) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    show(&site, &current, None).await
}

async fn show(site: &Site, current: &Current, again: Option<&'static str>) -> Result<Response, Problem> {
    let (draft, visit) = match (&current.found, &current.visit) {
        (Found::Draft(draft), Some(visit)) => (draft, visit),
        (Found::Sent, _) => return Ok(Redirect::to("/report/sent").into_response()),
        _ => return current.without_draft(site),
    };
    let page = Page::new(&site.web, "report-tab-words", Nav::Return).with_csrf(current.token());
    let html = layout::html(&WordsPage {
        words: sent::words(site, visit).await?,
        expires: times::day(&page, &site.web.zone, draft.expires_at),
        go_on: left_off(&draft.form.form, &draft.body.answers),
        again,
        page,
    })?;
    Ok(html.into_response())
}

/// `POST /report/words`: "I have written them down".
pub async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    fields: Fields,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    let to = match current.found {
        Found::Draft(_) => WORDS,
        Found::Sent => "/report/sent",
        Found::Nothing => return current.without_draft(&site),
    };
    if let Some(visit) = current.visit.as_ref().filter(|_| current.allows(&fields)) {
        report::keep_words(&site.app, visit)
            .await
            .map_err(|error| Problem::server(&error))?;
        return Ok(Redirect::to(to).into_response());
    }
    // The words are still shown; the button can be pressed again.
    show(&site, &current, Some("report-again-press")).await
}

#[derive(Template)]
#[template(path = "report/forget.html")]
struct Forget {
    page: Page,
    go_on: String,
}

#[derive(Template)]
#[template(path = "report/forgotten.html")]
struct Forgotten {
    page: Page,
}

/// `GET /report/forget`.
pub async fn get_forget(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    let Found::Draft(draft) = &current.found else {
        return current.without_draft(&site);
    };
    let html = layout::html(&Forget {
        page: Page::new(&site.web, "report-tab", Nav::Ask).with_csrf(current.token()),
        go_on: left_off(&draft.form.form, &draft.body.answers),
    })?;
    Ok(html.into_response())
}

/// `POST /report/forget`.
pub async fn post_forget(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    fields: Fields,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    let (Found::Draft(_), Some(visit)) = (&current.found, &current.visit) else {
        return current.without_draft(&site);
    };
    if !current.allows(&fields) {
        return Ok(Redirect::to("/report/forget").into_response());
    }
    match report::forget(&site.app, visit).await {
        Ok(()) | Err(ChangeError::Gone) => {}
        Err(ChangeError::AlreadySent(_)) => return Ok(Redirect::to(FOLLOW).into_response()),
        Err(ChangeError::App(error)) => return Err(Problem::server(&error)),
    }
    let html = layout::html(&Forgotten {
        page: Page::new(&site.web, "report-tab", Nav::Ask),
    })?;
    Ok(match cookies::clear(Name::Visit, site.web.https) {
        Some(cookie) => ([cookie], html).into_response(),
        None => html.into_response(),
    })
}

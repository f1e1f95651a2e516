//! `/follow/review`: asking that somebody else looks again at what was decided.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::follow::{
    self, MOST_CHARACTERS, ReviewAsk, ReviewError, Reviewing, SayError, ask_for_review, reviewing,
};
use safehold_core::{contacts::Need, id::UserId, roster::Role};

use super::{message::clean, saying::page_of};
use crate::{
    fields::Fields,
    layout::{self, Choice, Page},
    problem::Problem,
    report::times,
    site::Site,
    visit::{MaybeVisit, form_token},
};

/// Somebody outside who can look at it.
struct Outside {
    name: String,
    purpose: String,
    ways: String,
}

#[derive(Template)]
#[template(path = "follow/review.html")]
struct ReviewPage {
    page: Page,
    again: Option<&'static str>,
    problems: Vec<layout::FieldError>,
    id: String,
    can_ask: bool,
    /// Of one that is under way: when, by whom, by when, and whether those who decided know.
    open: Vec<String>,
    /// Whether everybody here had a part in it.
    nobody: bool,
    about: String,
    about_error: String,
    free: Vec<Choice>,
    not_error: String,
    quiet: bool,
    outside: Vec<Outside>,
}

/// Who looks, by role.
pub(super) fn role_words(page: &Page, role: Option<Role>) -> String {
    match role {
        Some(role) => page.t(&format!("follow-role-{}", role.key())),
        None => page.t("follow-role-nobody"),
    }
}

fn outside(site: &Site) -> Vec<Outside> {
    let content = site.web.content.get();
    content
        .contacts
        .iter()
        .filter(|contact| contact.needs.contains(&Need::Complaint))
        .map(|contact| Outside {
            name: contact.name.clone(),
            purpose: contact.purpose.clone(),
            ways: contact
                .channels
                .iter()
                .map(|way| way.value.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        })
        .collect()
}

fn template(site: &Site, page: Page, how: &Reviewing, fields: &Fields) -> ReviewPage {
    let chosen = not_whom(fields);
    let open = how.open.as_ref().map_or_else(Vec::new, |open| {
        let moment = |at| times::moment(&page, &site.web.zone, at);
        let known = if open.told {
            "follow-review-told"
        } else {
            "follow-review-not-told"
        };
        vec![
            page.format(
                "follow-review-open",
                &[
                    ("at", moment(open.asked_at)),
                    ("who", role_words(&page, open.role)),
                    ("due", moment(open.due_at)),
                ],
            ),
            page.t(known),
        ]
    });
    ReviewPage {
        again: None,
        problems: Vec::new(),
        id: follow::new_entry_id().to_string(),
        can_ask: how.can_ask,
        open,
        nobody: how.free.is_empty(),
        about: clean(fields.get("about")),
        about_error: String::new(),
        free: how
            .free
            .iter()
            .map(|(id, name, role)| Choice {
                value: id.to_string(),
                label: name.clone(),
                hint: role_words(&page, Some(*role)),
                checked: chosen.contains(id),
            })
            .collect(),
        not_error: String::new(),
        quiet: fields.get("quiet") == "yes",
        outside: outside(site),
        page,
    }
}

/// Whom they would rather not have. What names nobody is left out.
fn not_whom(fields: &Fields) -> BTreeSet<UserId> {
    fields
        .0
        .iter()
        .filter(|(name, _)| name == "not")
        .filter_map(|(_, value)| value.parse().ok())
        .collect()
}

/// `GET /follow/review`.
pub(super) async fn get(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
) -> Result<Response, Problem> {
    let Some(visit) = visit else {
        return super::elsewhere(&site, None).await;
    };
    match reviewing(&site.app, &visit).await {
        Ok(how) => {
            let html = template(&site, page_of(&site, &visit), &how, &Fields::default());
            Ok(layout::html(&html)?.into_response())
        }
        Err(error) => other(&site, visit, error).await,
    }
}

async fn other(
    site: &Site,
    visit: safehold_app::report::Visit,
    error: ReviewError,
) -> Result<Response, Problem> {
    match error {
        ReviewError::Say(SayError::NoReport) => super::elsewhere(site, Some(visit)).await,
        ReviewError::Say(SayError::App(error)) => Err(Problem::server(&error)),
        ReviewError::NotYet => Ok(Redirect::to("/follow/review").into_response()),
        // These are looked at where they can come up.
        ReviewError::NobodyFree
        | ReviewError::TooLong
        | ReviewError::Say(SayError::NotHere | SayError::Input(_)) => Err(Problem::Malformed),
    }
}

/// `POST /follow/review`.
pub(super) async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    fields: Fields,
) -> Result<Response, Problem> {
    let Some(visit) = visit else {
        return super::elsewhere(&site, None).await;
    };
    let how = match reviewing(&site.app, &visit).await {
        Ok(how) => how,
        Err(error) => return other(&site, visit, error).await,
    };
    let mut html = template(&site, page_of(&site, &visit), &how, &fields);
    if !fields.carries(&form_token(&visit)) {
        html.again = Some("report-again-press");
        return Ok((StatusCode::FORBIDDEN, layout::html(&html)?).into_response());
    }
    let id = fields
        .get("id")
        .parse()
        .unwrap_or_else(|_| follow::new_entry_id());
    let ask = ReviewAsk {
        about: html.about.clone(),
        not_whom: not_whom(&fields),
        quiet: html.quiet,
    };
    let (name, text) = match ask_for_review(&site.app, &visit, id, &ask).await {
        Ok(()) => return Ok(Redirect::to("/follow?d=review").into_response()),
        Err(ReviewError::TooLong) => {
            let count = html.about.chars().count().to_string();
            let text = html.page.format(
                "follow-too-long",
                &[("count", count), ("max", MOST_CHARACTERS.to_string())],
            );
            html.about_error.clone_from(&text);
            ("about", text)
        }
        // Nothing is lost: the words stay, and the page says who else can look.
        Err(ReviewError::NobodyFree) => {
            let text = html.page.t("follow-review-nobody-left");
            html.not_error.clone_from(&text);
            ("not", text)
        }
        Err(error) => return other(&site, visit, error).await,
    };
    html.problems.push(layout::FieldError {
        name: name.to_owned(),
        text,
    });
    Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::html(&html)?).into_response())
}

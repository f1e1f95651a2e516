//! `/desk/share`: a holder, who may have no sign-in, looks whether their share is whole and in use. What they type is
//! compared with a digest, and nothing of it is kept or shown again.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use safehold_app::recovery::{self, CheckError};

use super::typing;
use crate::{
    assets,
    desk::reply,
    fields::Fields,
    layout::{FieldError, Nav, Page},
    problem::Problem,
    site::Site,
};

#[derive(Template)]
#[template(path = "team/recovery/share.html")]
struct Share {
    page: Page,
    css: &'static str,
    error: String,
    problems: Vec<FieldError>,
    /// What was found, in words; empty before anything was typed.
    good: String,
}

/// `GET /desk/share`.
pub(super) async fn get(State(site): State<Site>) -> Result<Response, Problem> {
    show(&site, String::new(), String::new(), StatusCode::OK)
}

fn page(site: &Site) -> Page {
    Page::new(&site.web, "recovery-share-tab", Nav::Other)
}

fn show(site: &Site, error: String, good: String, status: StatusCode) -> Result<Response, Problem> {
    let problems = if error.is_empty() {
        Vec::new()
    } else {
        vec![FieldError {
            name: "pass_share".to_owned(),
            text: error.clone(),
        }]
    };
    reply(
        status,
        &Share {
            page: page(site),
            css: assets::path("desk.css"),
            error,
            problems,
            good,
        },
    )
}

/// `POST /desk/share`.
pub(super) async fn post(State(site): State<Site>, fields: Fields) -> Result<Response, Problem> {
    let page = page(&site);
    let error = match recovery::check(&site.app, fields.get("pass_share")).await {
        Ok(found) => {
            let words = [
                ("number", found.number.to_string()),
                ("of", found.of.to_string()),
                ("needed", found.needed.to_string()),
            ];
            let good = page.format("recovery-share-good-text", &words);
            return show(&site, String::new(), good, StatusCode::OK);
        }
        Err(CheckError::Wrong(fault)) => typing::words(&page, fault),
        Err(CheckError::NotSplit) => page.t("recovery-share-not-split"),
        Err(CheckError::App(error)) => return Err(Problem::server(&error)),
    };
    show(&site, error, String::new(), StatusCode::UNPROCESSABLE_ENTITY)
}

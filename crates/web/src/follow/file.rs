//! `/follow/file/{file}`: a file of the report or of a message, to keep; and `…/show`: to look at here first, so that
//! nothing is left on the device.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use safehold_app::{
    follow::{self, FileToKeep, FollowError},
    report::FileNote,
};

use crate::{
    download,
    layout::{self, Nav, Page},
    problem::Problem,
    report::showing::size,
    site::Site,
    visit::MaybeVisit,
};

/// A file in a list.
pub(super) struct FileLine {
    pub(super) id: String,
    pub(super) name: String,
    /// What it is and how large, in words.
    pub(super) about: String,
}

impl FileLine {
    pub(super) fn of(page: &Page, file: &FileNote) -> Self {
        let kind = match file.kind.split('/').next().unwrap_or_default() {
            family @ ("image" | "audio" | "video") => page.t(&format!("follow-file-{family}")),
            "application" => page.t("follow-file-pdf"),
            _ => page.t("follow-file-text"),
        };
        Self {
            id: file.id.to_string(),
            name: file.name.clone(),
            about: page.format(
                "follow-file-about",
                &[("kind", kind), ("size", size(page, file.size_bytes))],
            ),
        }
    }
}

enum Found {
    File(Box<FileToKeep>),
    /// There is no report to this visit; the answer shows the way.
    Elsewhere(Response),
}

async fn find(site: &Site, MaybeVisit(visit): MaybeVisit, file: &str) -> Result<Found, Problem> {
    let Some(visit) = visit else {
        return Ok(Found::Elsewhere(super::elsewhere(site, None).await?));
    };
    let file = file.parse().map_err(|_| Problem::NotFound)?;
    match follow::open_file(&site.app, &visit, file).await {
        Ok(file) => Ok(Found::File(Box::new(file))),
        Err(FollowError::NoFile) => Err(Problem::NotFound),
        Err(FollowError::NoReport) => Ok(Found::Elsewhere(super::elsewhere(site, Some(visit)).await?)),
        Err(FollowError::Empty | FollowError::TooLong) => Err(Problem::Malformed),
        Err(FollowError::App(error)) => Err(Problem::server(&error)),
    }
}

/// `GET /follow/file/{file}`.
pub(super) async fn get(
    State(site): State<Site>,
    visit: MaybeVisit,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    Ok(match find(&site, visit, &file).await? {
        Found::File(file) => download::answer(file.kind, &file.name, file.size_bytes, file.content),
        Found::Elsewhere(response) => response,
    })
}

#[derive(Template)]
#[template(path = "follow/show.html")]
struct ShowPage {
    page: Page,
    file: String,
    name: String,
    about: String,
    /// How it is shown: see [`download::shown_as`].
    family: &'static str,
    lines: Vec<String>,
}

/// `GET /follow/file/{file}/show`.
pub(super) async fn show(
    State(site): State<Site>,
    visit: MaybeVisit,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let file = match find(&site, visit, &id).await? {
        Found::File(file) => *file,
        Found::Elsewhere(response) => return Ok(response),
    };
    let page = Page::new(&site.web, "follow-tab", Nav::Return);
    let family = download::shown_as(file.kind);
    let lines = if family == "text" {
        let bytes = file
            .content
            .whole()
            .await
            .map_err(|error| Problem::server(&error))?;
        String::from_utf8_lossy(&bytes)
            .lines()
            .map(str::to_owned)
            .collect()
    } else {
        Vec::new()
    };
    let about = page.t(if file.from_desk {
        "follow-show-from-team"
    } else {
        "follow-show-from-you"
    });
    let mut response = layout::html(&ShowPage {
        file: id,
        name: file.name,
        about,
        family,
        lines,
        page,
    })?
    .into_response();
    download::let_play(&mut response);
    Ok(response)
}

//! `POST /follow/message`: words and files that are added to a report that was sent.

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::{
    files,
    follow::{self, FollowError, MOST_CHARACTERS},
    report::{FileNote, MessageBody, Visit, VisitState},
};
use safehold_core::id::FileId;

use super::Showing;
use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    report::{
        showing::Again,
        taking::{Came, Taken, To, take},
    },
    site::Site,
    visit::{MaybeVisit, form_token},
};

pub(super) async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let Some(visit) = visit else {
        return super::elsewhere(&site, None).await;
    };
    let state = safehold_app::report::load(&site.app, &visit)
        .await
        .map_err(|error| Problem::server(&error))?;
    if !matches!(state, Some(VisitState::Sent(_))) {
        return super::elsewhere(&site, Some(visit)).await;
    }
    let Ok(multipart) = multipart else {
        let showing = Showing {
            again: Some("follow-again-cut"),
            status: StatusCode::BAD_REQUEST,
            ..Showing::default()
        };
        return super::show(&site, Some(visit), showing).await;
    };
    let came = match take(&site, multipart, &form_token(&visit), To::Case(&visit)).await {
        Taken::Came(came) => came,
        Taken::NoToken(text) => {
            let showing = Showing {
                again: Some("follow-again-press"),
                text,
                status: StatusCode::FORBIDDEN,
                ..Showing::default()
            };
            return super::show(&site, Some(visit), showing).await;
        }
    };
    answer(&site, visit, came).await
}

/// Sends what came, or shows it again with what stands in the way.
async fn answer(site: &Site, visit: Visit, came: Came) -> Result<Response, Problem> {
    let mut showing = Showing {
        // As nothing is stored yet, the same message can be sent from the page that comes now.
        id: came.field("id").to_owned(),
        text: clean(came.field("text")),
        ..Showing::default()
    };
    if came.late {
        files::discard(&site.app, ids(&came.files)).await;
        return super::elsewhere(site, Some(visit)).await;
    }
    // The words may be cut as well, so they are shown again rather than sent. Files go with their message or not at
    // all: the browser, which has broken off to send all of it again, would send them twice.
    if let Some(problem) = came.problem {
        files::discard(&site.app, ids(&came.files)).await;
        (showing.again, showing.status) = match problem {
            Again::TooMuch => (Some("follow-again-too-much"), StatusCode::PAYLOAD_TOO_LARGE),
            _ => (Some("follow-again-cut"), StatusCode::BAD_REQUEST),
        };
        return super::show(site, Some(visit), showing).await;
    }
    let page = Page::new(&site.web, "follow-tab", Nav::Return);
    let count = showing.text.chars().count();
    let error = if came.too_long {
        page.format(
            "follow-too-long",
            &[("count", count.to_string()), ("max", MOST_CHARACTERS.to_string())],
        )
    } else if showing.text.trim().is_empty() && came.files.is_empty() && came.errors.is_empty() {
        page.t("follow-empty")
    } else {
        String::new()
    };
    if !error.is_empty() {
        files::discard(&site.app, ids(&came.files)).await;
        showing.problems = vec![layout::FieldError {
            name: "text".to_owned(),
            text: error.clone(),
        }];
        showing.error = error;
        showing.status = StatusCode::UNPROCESSABLE_ENTITY;
        return super::show(site, Some(visit), showing).await;
    }
    let id = showing.id.parse().unwrap_or_else(|_| follow::new_message_id());
    let body = MessageBody::Text {
        text: showing.text.clone(),
        files: came.files,
    };
    let sent = match follow::send(&site.app, &visit, id, body).await {
        Ok(()) => true,
        Err(FollowError::Empty | FollowError::TooLong | FollowError::NoFile) => false,
        Err(FollowError::NoReport) => return super::elsewhere(site, Some(visit)).await,
        Err(FollowError::App(error)) => return Err(Problem::server(&error)),
    };
    if came.errors.is_empty() {
        return Ok(Redirect::to("/follow?d=message").into_response());
    }
    let showing = if sent {
        Showing {
            again: Some("follow-again-files-sent"),
            ..Showing::default()
        }
    } else {
        Showing {
            again: Some("follow-again-files"),
            ..showing
        }
    };
    let showing = Showing {
        problems: came.errors,
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..showing
    };
    super::show(site, Some(visit), showing).await
}

fn ids(files: &[FileNote]) -> Vec<FileId> {
    files.iter().map(|file| file.id).collect()
}

/// Line ends as everywhere, and nothing that no text field can show.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|char| !char.is_control() || matches!(char, '\n' | '\t'))
        .collect()
}

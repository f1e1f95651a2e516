//! `POST /follow/message`: words and files that are added to a report that was sent.

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::{
    follow::{self, FollowError, MOST_CHARACTERS},
    report::{MessageBody, VisitState},
};

use super::Showing;
use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    report::taking::{Taken, To, take},
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
                again: Some("report-again-press"),
                text,
                status: StatusCode::FORBIDDEN,
                ..Showing::default()
            };
            return super::show(&site, Some(visit), showing).await;
        }
    };
    let text = clean(came.field("text"));
    let page = Page::new(&site.web, "follow-tab", Nav::Return);
    let count = text.chars().count();
    let error = if came.too_long {
        page.format(
            "follow-too-long",
            &[("count", count.to_string()), ("max", MOST_CHARACTERS.to_string())],
        )
    } else if text.trim().is_empty()
        && came.files.is_empty()
        && came.errors.is_empty()
        && came.problem.is_none()
    {
        page.t("follow-empty")
    } else {
        String::new()
    };
    if !error.is_empty() {
        let showing = Showing {
            problems: vec![layout::FieldError {
                name: "text".to_owned(),
                text: error.clone(),
            }],
            error,
            text,
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Showing::default()
        };
        return super::show(&site, Some(visit), showing).await;
    }
    let id = came
        .field("id")
        .parse()
        .unwrap_or_else(|_| follow::new_message_id());
    // When a body was cut the words may be cut too, so they are shown again rather than sent; files that came
    // whole go to the case.
    let whole = came.problem.is_none();
    let body = MessageBody::Text {
        text: if whole { text.clone() } else { String::new() },
        files: came.files.clone(),
    };
    let sent = match follow::send(&site.app, &visit, id, body).await {
        Ok(()) => true,
        Err(FollowError::Empty | FollowError::TooLong) => false,
        Err(FollowError::NoReport) => return super::elsewhere(&site, Some(visit)).await,
        Err(FollowError::App(error)) => return Err(Problem::server(&error)),
    };
    if whole && came.errors.is_empty() {
        return Ok(Redirect::to("/follow?d=message").into_response());
    }
    let again = match (whole, sent) {
        (false, _) => "follow-again-cut",
        (true, true) => "follow-again-files-sent",
        (true, false) => "report-again-files",
    };
    let showing = Showing {
        again: Some(again),
        problems: came.errors,
        text: if whole && sent { String::new() } else { text },
        status: if whole {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::BAD_REQUEST
        },
        ..Showing::default()
    };
    super::show(&site, Some(visit), showing).await
}

/// Line ends as everywhere, and nothing that no text field can show.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|char| !char.is_control() || matches!(char, '\n' | '\t'))
        .collect()
}

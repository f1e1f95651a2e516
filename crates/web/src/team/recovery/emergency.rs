//! `/desk/emergency`: one case for some hours, with the recovery key.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::{
    emergency::{self, EmergencyError, MOST_HOURS},
    recovery,
};
use safehold_core::access::Area;

use super::{
    problem,
    typing::{self, Typing},
};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, reply},
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
    team::prove,
};

#[derive(Template)]
#[template(path = "team/recovery/emergency.html")]
struct Emergency<'a> {
    page: Page,
    desk: Frame,
    reference: &'a str,
    hours: &'a str,
    why: &'a str,
    errors: Errors,
    most: u8,
    /// The case that is on their desk already, or nothing.
    already: String,
    typing: Typing,
    problems: Vec<FieldError>,
}

#[derive(Default)]
struct Errors {
    reference: String,
    hours: String,
    why: String,
}

/// `GET /desk/emergency`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Emergency)?;
    if let Some(answer) = prove::first(&desk, "/desk/emergency") {
        return Ok(answer);
    }
    show(&desk, &Fields::default(), None, StatusCode::OK).await
}

async fn show(
    desk: &Desk,
    fields: &Fields,
    wrong: Option<EmergencyError>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let kept = recovery::kept(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Cases);
    let mut typing = Typing::of(&page, &kept, fields);
    let mut errors = Errors::default();
    let mut already = String::new();
    match &wrong {
        None => {}
        Some(EmergencyError::Why) => errors.why = page.t("recovery-reason-missing"),
        Some(EmergencyError::Hours) => errors.hours = page.with("emergency-hours-wrong", "most", MOST_HOURS),
        Some(EmergencyError::NotFound) => errors.reference = page.t("emergency-reference-wrong"),
        Some(EmergencyError::Open(case)) => already = format!("/desk/case/{case}"),
        Some(EmergencyError::Given(error)) => {
            typing.note(&page, error);
        }
        Some(EmergencyError::Role) => return Err(Problem::Forbidden),
        Some(EmergencyError::App(error)) => return Err(Problem::server(error)),
    }
    let mut problems: Vec<FieldError> = [
        ("reference", &errors.reference),
        ("hours", &errors.hours),
        ("why", &errors.why),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| FieldError {
        name: name.to_owned(),
        text: text.clone(),
    })
    .collect();
    problems.extend(typing.problems());
    reply(
        status,
        &Emergency {
            reference: fields.get("reference"),
            hours: fields.get("hours"),
            why: fields.get("why"),
            errors,
            most: MOST_HOURS,
            already,
            typing,
            problems,
            page,
            desk: frame,
        },
    )
}

/// `POST /desk/emergency`.
pub(super) async fn post(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Emergency)?;
    if again {
        return show(&desk, &fields, None, StatusCode::OK).await;
    }
    let (app, me) = (&desk.site.app, &desk.me.reader);
    let kept = recovery::kept(app, me).await.map_err(|error| problem(&error))?;
    let hours = fields.get("hours").trim().parse().unwrap_or_default();
    let typed = typing::texts(kept.needed, &fields);
    match emergency::open(app, me, fields.get("reference"), fields.get("why"), hours, &typed).await {
        Ok(case) => Ok(go(&format!("/desk/case/{case}"))),
        Err(error @ EmergencyError::Open(_)) => show(&desk, &fields, Some(error), StatusCode::CONFLICT).await,
        Err(error) => show(&desk, &fields, Some(error), StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

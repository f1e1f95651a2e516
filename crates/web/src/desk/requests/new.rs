//! `/desk/requests/new`: taking a request down.

use std::collections::BTreeSet;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::desk::{
    DeskError,
    requests::{self, New, RequestError, SomebodyElse},
};
use safehold_core::{access::Area, case::RecordProblem, id::UserId, rights::Step};

use super::super::{
    Desk, Frame, Place, Sent, enter, go, problem,
    record::{self, FieldView, Parts},
    reply,
};
use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "desk/requests/new.html")]
struct NewPage {
    page: Page,
    desk: Frame,
    /// The id that the request will have.
    request: String,
    fields: Vec<FieldView>,
    problems: Vec<FieldError>,
    /// Who might be left out.
    not_for: Vec<Choice>,
    not_for_error: String,
}

/// What was not taken.
#[derive(Default)]
struct Faults {
    fields: Vec<(&'static str, RecordProblem)>,
    to_come: Option<&'static str>,
    yourself: bool,
}

/// `GET /desk/requests/new`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    show(&desk, &Fields::default(), &Faults::default(), StatusCode::OK).await
}

/// `POST /desk/requests/new`.
pub(super) async fn post(Sent { desk, fields, again }: Sent) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    if again {
        return show(&desk, &fields, &Faults::default(), StatusCode::OK).await;
    }
    let Ok(id) = fields.get("request").parse() else {
        return Err(Problem::Malformed);
    };
    let (page, _) = Frame::new(&desk, Place::Requests);
    let input = record::input(&page, Step::TakeDown.fields(), &fields);
    let not_for: BTreeSet<UserId> = fields
        .0
        .iter()
        .filter(|(name, _)| name == "rights_not_for")
        .filter_map(|(_, value)| value.parse().ok())
        .collect();
    let new = New {
        id,
        input: &input,
        not_for,
    };
    let faults = match requests::take_down(&desk.site.app, &desk.me.reader, new).await {
        Ok(id) => return Ok(go(&format!("/desk/requests/{id}?done=take_down"))),
        Err(RequestError::Record(error)) => Faults {
            fields: error.0,
            ..Faults::default()
        },
        Err(RequestError::ToCome(field)) => Faults {
            to_come: Some(field),
            ..Faults::default()
        },
        Err(RequestError::Yourself) => Faults {
            yourself: true,
            ..Faults::default()
        },
        Err(RequestError::Refused(_)) => return Err(Problem::Forbidden),
        Err(RequestError::Desk(DeskError::Changed)) => return Err(Problem::Conflict),
        Err(RequestError::Desk(error)) => return Err(problem(&error)),
    };
    show(&desk, &fields, &faults, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn show(
    desk: &Desk,
    fields: &Fields,
    faults: &Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let others = requests::could_read(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Requests);
    let (mut views, _) = record::view(&page, Step::TakeDown.fields(), fields, &faults.fields, &[]);
    if fields.0.is_empty() {
        // Mostly it came today.
        today(&mut views, desk);
    }
    to_come(&page, &mut views, faults.to_come);
    let not_for_error = if faults.yourself {
        page.t("requests-error-yourself")
    } else {
        String::new()
    };
    let mut problems = record::errors(&views);
    if !not_for_error.is_empty() {
        problems.push(FieldError {
            name: "rights_not_for".to_owned(),
            text: not_for_error.clone(),
        });
    }
    let typed = fields.get("request");
    let html = NewPage {
        request: if typed.is_empty() {
            requests::new_id().to_string()
        } else {
            typed.to_owned()
        },
        fields: views,
        problems,
        not_for: choices(&others, fields),
        not_for_error,
        page,
        desk: frame,
    };
    reply(status, &html)
}

fn today(views: &mut [FieldView], desk: &Desk) {
    for view in views {
        if let record::Control::Day(parts) = &mut view.control {
            *parts = Parts::from(desk.site.web.today());
        }
    }
}

/// Says at its field that a day is still to come.
pub(super) fn to_come(page: &Page, views: &mut [FieldView], field: Option<&'static str>) {
    for view in views.iter_mut().filter(|view| Some(view.name) == field) {
        view.error = page.with("requests-error-to-come", "field", &view.label);
    }
}

fn choices(others: &[SomebodyElse], fields: &Fields) -> Vec<Choice> {
    others
        .iter()
        .map(|other| {
            let value = other.id.to_string();
            Choice {
                checked: fields
                    .0
                    .iter()
                    .any(|(name, sent)| name == "rights_not_for" && *sent == value),
                label: other.name.clone(),
                hint: String::new(),
                value,
            }
        })
        .collect()
}

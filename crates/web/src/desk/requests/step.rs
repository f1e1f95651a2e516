//! `/desk/requests/{request}/do/{step}`: each step with a request.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::desk::{
    DeskError,
    requests::{self, OpenedRequest, RequestError},
};
use safehold_core::{
    access::Area,
    case::RecordProblem,
    id::RequestId,
    rights::{Refusal, Right, Step, may},
};

use super::{
    super::{
        Desk, Frame, Place, Sent, enter, go, problem,
        record::{self, FieldView},
        reply,
    },
    new::to_come,
    opened, request_id,
};
use crate::{
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "desk/requests/step.html")]
struct StepPage {
    page: Page,
    desk: Frame,
    id: RequestId,
    who: String,
    step: Step,
    version: i64,
    /// The answer that a second person looks at.
    letter: String,
    outcome: String,
    fields: Vec<FieldView>,
    problems: Vec<FieldError>,
    /// Why it can't be done now; what was typed stays below.
    refused: String,
    changed: bool,
}

/// What was not taken.
#[derive(Default)]
struct Faults {
    fields: Vec<(&'static str, RecordProblem)>,
    to_come: Option<&'static str>,
    refused: Option<Refusal>,
    changed: bool,
}

fn places(request: &str, step: &str) -> Result<(RequestId, Step), Problem> {
    let step = Step::from_key(step)
        .filter(|step| *step != Step::TakeDown)
        .ok_or(Problem::NotFound)?;
    Ok((request_id(request)?, step))
}

/// `GET /desk/requests/{request}/do/{step}`.
pub(super) async fn get(
    desk: Desk,
    Path((request, step)): Path<(String, String)>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    let (id, step) = places(&request, &step)?;
    show(
        &desk,
        id,
        step,
        &Fields::default(),
        Faults::default(),
        StatusCode::OK,
    )
    .await
}

/// `POST /desk/requests/{request}/do/{step}`.
pub(super) async fn post(
    Path((request, step)): Path<(String, String)>,
    Sent { desk, fields, again }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    let (id, step) = places(&request, &step)?;
    if again {
        return show(&desk, id, step, &fields, Faults::default(), StatusCode::OK).await;
    }
    let (page, _) = Frame::new(&desk, Place::Requests);
    let input = record::input(&page, step.fields(), &fields);
    // A version that cannot be read is one that nobody has seen.
    let seen = fields.get("version").parse().unwrap_or(-1);
    let mut faults = Faults::default();
    let status = match requests::take(&desk.site.app, &desk.me.reader, id, step, &input, seen).await {
        Ok(()) => return Ok(go(&format!("/desk/requests/{id}?done={}", step.key()))),
        Err(RequestError::Record(error)) => {
            faults.fields = error.0;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(RequestError::ToCome(field)) => {
            faults.to_come = Some(field);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(RequestError::Refused(refusal)) => {
            faults.refused = Some(refusal);
            match refusal {
                Refusal::Role(_) | Refusal::NeedsSecondPerson => StatusCode::FORBIDDEN,
                Refusal::WrongState(_) | Refusal::TooLateToExtend => StatusCode::CONFLICT,
            }
        }
        Err(RequestError::Desk(DeskError::Changed)) => {
            faults.changed = true;
            StatusCode::CONFLICT
        }
        Err(RequestError::Yourself) => return Err(Problem::Malformed),
        Err(RequestError::Desk(error)) => return Err(problem(&error)),
    };
    show(&desk, id, step, &fields, faults, status).await
}

async fn show(
    desk: &Desk,
    id: RequestId,
    step: Step,
    fields: &Fields,
    mut faults: Faults,
    mut status: StatusCode,
) -> Result<Response, Problem> {
    let opened = opened(desk, id).await?;
    if !opened.steps.contains(&step) && faults.refused.is_none() && !faults.changed {
        let view = &opened.view;
        let refused = may(view, desk.me.reader.id, desk.me.reader.role, step).err();
        // Allowed, and yet not offered: there is nobody to give it to.
        faults.refused = refused.or(Some(Refusal::WrongState(step)));
        status = StatusCode::CONFLICT;
    }
    let (page, frame) = Frame::new(desk, Place::Requests);
    let people: Vec<_> = opened
        .could_give
        .iter()
        .map(|other| (other.id, other.name.clone()))
        .collect();
    let (mut views, _) = record::view(&page, step.fields(), fields, &faults.fields, &people);
    to_come(&page, &mut views, faults.to_come);
    if fields.0.is_empty() {
        begin(&page, &opened, step, &mut views);
    }
    let problems = record::errors(&views);
    let refused = match faults.refused {
        None => String::new(),
        Some(Refusal::NeedsSecondPerson) => page.t("requests-refused-second"),
        Some(Refusal::TooLateToExtend) => page.with(
            "requests-refused-late",
            "date",
            page.date(opened.view.clock.first_on),
        ),
        Some(Refusal::Role(_) | Refusal::WrongState(_)) => page.t("requests-refused-state"),
    };
    let shows_answer = matches!(step, Step::Agree | Step::SendBack | Step::Release);
    let answer = opened.view.answer.as_ref().filter(|_| shows_answer);
    let html = StepPage {
        id,
        who: opened.view.who.clone(),
        step,
        version: opened.version,
        outcome: answer.map_or_else(String::new, |answer| {
            page.t(&format!("desk-choice-rights_outcome-{}", answer.outcome))
        }),
        letter: answer.map(|answer| answer.letter.clone()).unwrap_or_default(),
        fields: views,
        problems,
        refused,
        changed: faults.changed,
        page,
        desk: frame,
    };
    reply(status, &html)
}

/// What a form begins with: for an answer, the letter that was sent back, or one to begin from.
fn begin(page: &Page, opened: &OpenedRequest, step: Step, views: &mut [FieldView]) {
    if step != Step::Answer {
        return;
    }
    for view in views.iter_mut().filter(|view| view.name == "rights_letter") {
        view.value = match &opened.view.answer {
            Some(answer) => answer.letter.clone(),
            None => draft(page, opened),
        };
    }
}

/// A letter to begin from, with what Article 15(1) and (2) ask to be said, or Article 12(4) for what is not done.
fn draft(page: &Page, opened: &OpenedRequest) -> String {
    let key = match opened.view.right {
        Right::Access => "access",
        Right::Correction | Right::Erasure | Right::Restriction | Right::Objection => "other",
    };
    let args = [
        ("who", opened.view.who.clone()),
        ("date", page.date(opened.view.clock.received_on)),
        ("organisation", page.organisation.name.clone()),
        (
            "right",
            page.t(&format!("desk-choice-rights_right-{}", opened.view.right.key())),
        ),
    ];
    page.format(&format!("requests-letter-{key}"), &args)
}

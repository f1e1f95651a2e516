//! `/desk/reviews` and `/desk/case/{id}/review/{review}`: looking again at what was decided, because the person asked
//! for it.

use askama::Template;
use axum::{Router, extract::Path, http::StatusCode, response::Response, routing::get};
use safehold_app::desk::{self, AnswerError, CaseOpened, DeskError, open};
use safehold_core::{
    access::Area,
    case::{Field, RecordProblem, State},
    id::{CaseId, EventId},
    record::Kind,
};

use super::{
    Desk, Frame, Place, Sent, case_id, enter,
    frame::moment,
    go, problem,
    record::{self, Control, FieldView},
    reply,
};
use crate::{
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
    site::Site,
};

/// The routes.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/reviews", get(list))
        .route("/desk/case/{id}/review/{review}", get(show).post(post))
}

struct Line {
    href: String,
    reference: String,
    due: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "desk/reviews.html")]
struct ReviewsPage {
    page: Page,
    desk: Frame,
    lines: Vec<Line>,
}

/// `GET /desk/reviews`.
async fn list(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let waiting = desk::waiting(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let now = desk.site.app.now();
    let lines = waiting
        .into_iter()
        .map(|line| Line {
            href: format!("/desk/case/{}/review/{}", line.case, line.id),
            reference: line.reference.to_string(),
            due: page.with(
                "desk-review-due",
                "at",
                moment(&page, &desk.site.web, line.due_at),
            ),
            late: line.due_at < now,
        })
        .collect();
    let html = ReviewsPage {
        lines,
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

/// How many reviews wait for whoever is signed in, if any do.
pub(super) async fn alert(desk: &Desk, page: &Page) -> Result<Option<String>, Problem> {
    let waiting = desk::waiting(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    Ok((!waiting.is_empty()).then(|| page.count("desk-reviews-alert", waiting.len())))
}

#[derive(Template)]
#[template(path = "desk/review.html")]
struct ReviewPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    review: EventId,
    reference: String,
    asked: String,
    due: String,
    /// What it is about, in the person's words.
    about: String,
    quiet: bool,
    closed: bool,
    fields: Vec<FieldView>,
    problems: Vec<FieldError>,
    changed: bool,
}

/// What is filled in on the page: what the person asked comes with the review.
fn asked_fields() -> Vec<Field> {
    Kind::Review
        .fields()
        .iter()
        .filter(|field| field.id != "review_about")
        .copied()
        .collect()
}

/// What was wrong.
#[derive(Default)]
struct Told<'a> {
    problems: &'a [(&'static str, RecordProblem)],
    changed: bool,
}

fn review_id(text: &str) -> Result<EventId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /desk/case/{id}/review/{review}`.
async fn show(desk: Desk, Path((id, review)): Path<(String, String)>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (id, review) = (case_id(&id)?, review_id(&review)?);
    form(
        &desk,
        id,
        review,
        &Fields::default(),
        &Told::default(),
        StatusCode::OK,
    )
    .await
}

/// `POST /desk/case/{id}/review/{review}`.
async fn post(Path((id, review)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Cases)?;
    let (id, review) = (case_id(&id)?, review_id(&review)?);
    if again {
        return form(&desk, id, review, &fields, &Told::default(), StatusCode::OK).await;
    }
    let (page, _) = Frame::new(&desk, Place::Cases);
    let input = record::input(&page, &asked_fields(), &fields);
    match desk::answer(&desk.site.app, &desk.me.reader, id, review, &input).await {
        Ok(()) => Ok(go(&format!("/desk/case/{id}?done=review"))),
        Err(AnswerError::Record(error)) => {
            let told = Told {
                problems: &error.0,
                changed: false,
            };
            form(
                &desk,
                id,
                review,
                &fields,
                &told,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
        Err(AnswerError::Desk(DeskError::Changed)) => {
            let told = Told {
                problems: &[],
                changed: true,
            };
            form(&desk, id, review, &fields, &told, StatusCode::CONFLICT).await
        }
        Err(AnswerError::Desk(error)) => Err(problem(&error)),
    }
}

async fn form(
    desk: &Desk,
    id: CaseId,
    review: EventId,
    fields: &Fields,
    told: &Told<'_>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let CaseOpened::Full(case) = opened else {
        return Err(Problem::NotFound);
    };
    let asked = case
        .reviews
        .iter()
        .find(|asked| asked.id == review && asked.is_mine)
        .ok_or(Problem::NotFound)?;
    if asked.answered_at.is_some() {
        return Ok(go(&format!("/desk/case/{id}")));
    }
    let (page, frame) = Frame::new(desk, Place::Cases);
    let at = |at| moment(&page, &desk.site.web, at);
    let (views, problems) = record::view(&page, &asked_fields(), fields, told.problems, &[]);
    let html = ReviewPage {
        id,
        review,
        reference: case.row.reference.to_string(),
        asked: page.with("desk-review-asked", "at", at(asked.asked_at)),
        due: page.with("desk-review-due", "at", at(asked.due_at)),
        about: asked.about.clone(),
        quiet: !asked.told,
        closed: case.row.state == State::Closed,
        fields: views,
        problems,
        changed: told.changed,
        page,
        desk: frame,
    };
    reply(status, &html)
}

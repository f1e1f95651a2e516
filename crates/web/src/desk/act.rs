//! `/desk/case/{id}/do/{action}`: one page for every action of `core`.

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use safehold_app::desk::{ActError, CaseOpened, DeskError, OpenedCase, act, open};
use safehold_core::{
    access::Area,
    case::{Action, RecordProblem, Refusal, State, WHY_NO_PREVENTION, may_step},
    id::CaseId,
};

use super::{
    Desk, Frame, Place, Sent,
    answers::Reading,
    before,
    case::names,
    case_id, enter,
    frame::moment,
    go, offer,
    overview::{self, Block},
    pattern, problem, record, reply,
    work::{Suggested, Summary, suggested, summary},
};
use crate::{
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "desk/act.html")]
struct ActPage<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    action: Action,
    version: i64,
    fields: Vec<record::FieldView>,
    problems: Vec<FieldError>,
    /// The case changed meanwhile.
    changed: bool,
    /// What the reporter said, to be read beside.
    beside: Vec<Block>,
    offers: Vec<offer::Offer>,
    /// What is open in the record, for steps that end work.
    work: Option<Summary>,
    /// Where a level is set: the one that what is known suggests, and why.
    suggested: Option<Suggested>,
    state: &'a str,
}

#[derive(Template)]
#[template(path = "desk/refused.html")]
struct Refused {
    page: Page,
    desk: Frame,
    id: CaseId,
    why: String,
    /// What was typed, with the words of its field.
    typed: Vec<(String, String)>,
}

/// What the page says besides the fields.
#[derive(Default)]
struct Told<'a> {
    problems: &'a [(&'static str, RecordProblem)],
    changed: bool,
}

/// `GET /desk/case/{id}/do/{action}`.
pub async fn get(desk: Desk, Path((id, action)): Path<(String, String)>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (id, action) = find(&id, &action)?;
    show(
        &desk,
        id,
        action,
        &Fields::default(),
        &Told::default(),
        StatusCode::OK,
    )
    .await
}

fn find(id: &str, action: &str) -> Result<(CaseId, Action), Problem> {
    let action = Action::from_key(action).ok_or(Problem::NotFound)?;
    Ok((case_id(id)?, action))
}

/// `POST /desk/case/{id}/do/{action}`.
pub async fn post(
    Path((id, action)): Path<(String, String)>,
    Sent {
        desk,
        mut fields,
        again,
    }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let (id, action) = find(&id, &action)?;
    if again {
        return show(&desk, id, action, &fields, &Told::default(), StatusCode::OK).await;
    }
    if action == Action::Signpost {
        offer::write_down(&desk.site, &mut fields);
    }
    let (page, _) = Frame::new(&desk, Place::Cases);
    let input = record::input(&page, action.fields(), &fields);
    // A version that cannot be read is one that nobody has seen.
    let seen = fields.get("version").parse().unwrap_or(-1);
    match act(&desk.site.app, &desk.me.reader, id, action, &input, seen).await {
        Ok(()) => Ok(go(&format!("/desk/case/{id}?done={}", action.key()))),
        Err(ActError::Record(error)) => {
            let told = Told {
                problems: &error.0,
                changed: false,
            };
            show(
                &desk,
                id,
                action,
                &fields,
                &told,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
        Err(ActError::Refused(Refusal::NeedsPrevention)) => {
            let told = Told {
                problems: &[(WHY_NO_PREVENTION, RecordProblem::Missing)],
                changed: false,
            };
            show(
                &desk,
                id,
                action,
                &fields,
                &told,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
        Err(ActError::Refused(refusal)) => refused(&desk, id, refusal, &fields),
        Err(ActError::Desk(DeskError::Changed)) => {
            let told = Told {
                problems: &[],
                changed: true,
            };
            show(&desk, id, action, &fields, &told, StatusCode::CONFLICT).await
        }
        Err(ActError::Desk(error)) => Err(problem(&error)),
    }
}

async fn show(
    desk: &Desk,
    id: CaseId,
    action: Action,
    fields: &Fields,
    told: &Told<'_>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let case = match opened {
        CaseOpened::Full(case) => case,
        CaseOpened::Before(case) if action == Action::Begin => {
            let missing = !told.problems.is_empty();
            return before::page(desk, &case, told.changed, missing, status);
        }
        CaseOpened::Before(_) => {
            let refusal = Refusal::WrongState {
                action,
                state: State::Received,
            };
            return refused(desk, id, refusal, fields);
        }
    };
    if let Err(refusal) = may_step(&case.view, desk.me.reader.id, desk.me.reader.role, action) {
        return refused(desk, id, refusal, fields);
    }
    let (page, frame) = Frame::new(desk, Place::Cases);
    let (views, problems) = record::view(&page, action.fields(), fields, told.problems, &[]);
    let beside = beside(desk, &page, action, &case).await?;
    let work = if matches!(action, Action::Monitor | Action::AskToClose | Action::Close) {
        let names = names(&desk.site).await?;
        Some(summary(desk, &page, &names, &case))
    } else {
        None
    };
    let repeats = if matches!(action, Action::TakeOn | Action::SetLevel) {
        Some(pattern::count(desk, id).await?.repeats)
    } else {
        None
    };
    let state = page.t(&format!("desk-state-{}", case.row.state.key()));
    reply(
        status,
        &ActPage {
            id,
            reference: case.row.reference.to_string(),
            action,
            version: case.row.version,
            fields: views,
            problems,
            changed: told.changed,
            beside,
            offers: if action == Action::Signpost {
                offer::all(&page, &desk.site, fields)
            } else {
                Vec::new()
            },
            suggested: repeats.map(|repeats| suggested(&page, &case, repeats)),
            work,
            state: &state,
            page,
            desk: frame,
        },
    )
}

/// What the reporter said, for actions that must not go past it.
async fn beside(desk: &Desk, page: &Page, action: Action, case: &OpenedCase) -> Result<Vec<Block>, Problem> {
    let wanted: &[&str] = match action {
        Action::TakeOn | Action::Plan | Action::AskToClose | Action::Transfer => {
            &["asked", "danger", "wishes", "must-not", "consent", "safe"]
        }
        Action::SetLevel | Action::LearnOnly | Action::Monitor | Action::Signpost => &["danger", "safe"],
        Action::Begin
        | Action::GiveAdvice
        | Action::Close
        | Action::SendBack
        | Action::Reopen
        | Action::Pause
        | Action::Resume
        | Action::Note => return Ok(Vec::new()),
    };
    let names = names(&desk.site).await?;
    let reading = Reading::new(
        page,
        &case.form,
        desk.site.app.form(),
        &case.report.answers,
        &names,
    );
    let at = |at| moment(page, &desk.site.web, at);
    let mut blocks = overview::blocks(page, case, &reading, &at);
    blocks.retain(|block| wanted.contains(&block.id));
    Ok(blocks)
}

fn refused(desk: &Desk, id: CaseId, refusal: Refusal, fields: &Fields) -> Result<Response, Problem> {
    let (page, _) = Frame::new(desk, Place::Cases);
    let action = |action: Action| page.t(&format!("desk-do-{}", action.key()));
    let (status, why) = match refusal {
        Refusal::WrongState { action: tried, state } => (
            StatusCode::CONFLICT,
            page.format(
                "desk-refused-state",
                &[
                    ("action", action(tried)),
                    ("state", page.t(&format!("desk-state-{}", state.key()))),
                ],
            ),
        ),
        Refusal::Paused(tried) => (
            StatusCode::CONFLICT,
            page.with("desk-refused-paused", "action", action(tried)),
        ),
        Refusal::NotPaused => (StatusCode::CONFLICT, page.t("desk-refused-not-paused")),
        Refusal::Role { action: tried, .. } => (
            StatusCode::FORBIDDEN,
            page.with("desk-refused-role", "action", action(tried)),
        ),
        Refusal::NeedsSecondPerson => (StatusCode::FORBIDDEN, page.t("desk-refused-second")),
        Refusal::NeedsPrevention => (StatusCode::CONFLICT, page.t("record-needs-prevention")),
        Refusal::OutcomesUnchecked(count) => (
            StatusCode::CONFLICT,
            page.count("record-outcomes-unchecked", count),
        ),
        Refusal::DutiesOpen(count) => (
            StatusCode::CONFLICT,
            page.count("duty-open-before-closing", count),
        ),
    };
    refused_page(desk, id, status, why, fields)
}

/// The page for what can't be done now. What was typed is on it, to be copied.
pub(super) fn refused_page(
    desk: &Desk,
    id: CaseId,
    status: StatusCode,
    why: String,
    fields: &Fields,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let typed = super::Kept::new("", fields).shown(&page);
    Ok(reply(
        status,
        &Refused {
            page,
            desk: frame,
            id,
            why,
            typed,
        },
    )?
    .into_response())
}

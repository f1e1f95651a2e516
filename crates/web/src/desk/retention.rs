//! `/desk/retention` and `/desk/case/{id}/keep`: how long closed cases are kept, holds, and erasing by two.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
    routing::get,
};
use safehold_app::desk::{
    DeskError,
    retention::{self, Kept, RetentionError},
};
use safehold_core::{
    access::Area,
    case::RecordProblem,
    id::CaseId,
    retention::{Keep, Refusal, Rule, Step, View, may},
};
use serde::Deserialize;

use super::{
    Desk, Frame, Place, Sent,
    act::refused_page,
    case_id, enter, go, problem,
    record::{self, FieldView},
    reply,
};
use crate::{
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
    site::Site,
    team::prove,
};

/// The routes of these pages.
pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/desk/retention", get(list))
        .route("/desk/case/{id}/keep", get(case))
        .route("/desk/case/{id}/keep/{step}", get(show_step).post(take))
        .route("/desk/case/{id}/erased", get(erased))
}

struct Line {
    href: String,
    reference: String,
    state: String,
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "desk/retention/list.html")]
struct ListPage {
    page: Page,
    desk: Frame,
    lines: Vec<Line>,
    rules: Vec<String>,
}

#[derive(Template)]
#[template(path = "desk/retention/case.html")]
struct CasePage {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    state: String,
    done: String,
    notes: Vec<String>,
    /// What holds it, and why.
    hold: Option<(String, String)>,
    /// What was proposed, and why.
    proposal: Option<(String, String)>,
    steps: Vec<Step>,
}

#[derive(Template)]
#[template(path = "desk/retention/step.html")]
struct StepPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    state: String,
    step: Step,
    version: i64,
    proposal: Option<(String, String)>,
    fields: Vec<FieldView>,
    problems: Vec<FieldError>,
    changed: bool,
    button: String,
}

#[derive(Template)]
#[template(path = "desk/retention/erased.html")]
struct ErasedPage {
    page: Page,
    desk: Frame,
    certificate: String,
}

/// What the address may say.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/retention`.
async fn list(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Retention)?;
    let kept = retention::list(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Retention);
    let lines = kept
        .iter()
        .map(|kept| {
            let mut notes = notes(&page, kept);
            notes.extend(hold(&page, kept).map(|(title, _)| title));
            notes.extend(proposal(&page, kept).map(|(title, _)| title));
            Line {
                href: format!("/desk/case/{}/keep", kept.id),
                reference: kept.reference.to_string(),
                state: state(&page, kept),
                notes,
            }
        })
        .collect();
    let schedule = &desk.site.app.rules().retention;
    let rules = schedule
        .rules()
        .iter()
        .map(|rule| rule_line(&page, rule))
        .collect();
    reply(
        StatusCode::OK,
        &ListPage {
            lines,
            rules,
            page,
            desk: frame,
        },
    )
}

fn state(page: &Page, kept: &Kept) -> String {
    page.t(&format!("desk-state-{}", kept.state.key()))
}

/// A rule in words. One of the organisation's own has its id for a name.
fn rule_line(page: &Page, rule: &Rule) -> String {
    let name = rule_name(page, &rule.id);
    match rule.keep {
        Keep::Always => page.with("retention-rule-always", "rule", name),
        Keep::Months(months) => {
            let (id, count) = if months % 12 == 0 {
                ("retention-years", months / 12)
            } else {
                ("retention-months", months)
            };
            let time = page.count(id, usize::try_from(count).unwrap_or_default());
            page.format("retention-rule-time", &[("rule", name), ("time", time)])
        }
    }
}

fn rule_name(page: &Page, id: &str) -> String {
    let name = page.maybe(&format!("retention-rule-{id}"));
    if name.is_empty() {
        id.replace('_', " ")
    } else {
        name
    }
}

/// Since when it is closed, which rule counts, and until when.
fn notes(page: &Page, kept: &Kept) -> Vec<String> {
    let Some(closed_on) = kept.closed_on else {
        return vec![page.t("retention-not-closed")];
    };
    let mut notes = vec![page.with("retention-closed-on", "date", page.date(closed_on))];
    if let Some(rule) = &kept.rule {
        notes.push(page.with("retention-by-rule", "rule", rule_name(page, rule)));
    }
    notes.push(match kept.until {
        None => page.t("retention-until-decided"),
        Some(until) if kept.is_due => page.with("retention-due-since", "date", page.date(until)),
        Some(until) => page.with("retention-until", "date", page.date(until)),
    });
    notes
}

fn hold(page: &Page, kept: &Kept) -> Option<(String, String)> {
    let hold = kept.hold.as_ref()?;
    let because = page.t(&format!("desk-choice-hold_for-{}", hold.hold_for));
    let by = hold.by.clone().unwrap_or_else(|| page.t("desk-somebody-gone"));
    let date = hold.review_on.map_or_else(String::new, |on| page.date(on));
    let title = page.format(
        "retention-on-hold",
        &[("because", because), ("by", by), ("date", date)],
    );
    Some((title, hold.reason.clone()))
}

fn proposal(page: &Page, kept: &Kept) -> Option<(String, String)> {
    let proposal = kept.proposal.as_ref()?;
    let by = proposal
        .by_name
        .clone()
        .unwrap_or_else(|| page.t("desk-somebody-gone"));
    let because = page.t(&format!("desk-choice-basis-{}", proposal.basis));
    let title = page.format("retention-proposed", &[("by", by), ("because", because)]);
    Some((title, proposal.reason.clone()))
}

async fn find(desk: &Desk, id: CaseId) -> Result<Kept, Problem> {
    retention::find(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))
}

/// `GET /desk/case/{id}/keep`.
async fn case(desk: Desk, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::Retention)?;
    let kept = find(&desk, case_id(&id)?).await?;
    let (page, frame) = Frame::new(&desk, Place::Retention);
    let done = Step::from_key(&asked.done).map_or_else(String::new, |step| {
        page.t(&format!("retention-did-{}", step.key()))
    });
    reply(
        StatusCode::OK,
        &CasePage {
            id: kept.id,
            reference: kept.reference.to_string(),
            state: state(&page, &kept),
            done,
            notes: notes(&page, &kept),
            hold: hold(&page, &kept),
            proposal: proposal(&page, &kept),
            steps: kept.steps,
            page,
            desk: frame,
        },
    )
}

/// What a page of a step says besides its fields.
#[derive(Default)]
struct Told<'a> {
    problems: &'a [(&'static str, RecordProblem)],
    changed: bool,
}

fn step_of(id: &str, step: &str) -> Result<(CaseId, Step), Problem> {
    Ok((case_id(id)?, Step::from_key(step).ok_or(Problem::NotFound)?))
}

/// `GET /desk/case/{id}/keep/{step}`.
async fn show_step(desk: Desk, Path((id, step)): Path<(String, String)>) -> Result<Response, Problem> {
    enter(&desk, Area::Retention)?;
    let (id, step) = step_of(&id, &step)?;
    show(
        &desk,
        id,
        step,
        &Fields::default(),
        &Told::default(),
        StatusCode::OK,
    )
    .await
}

/// `POST /desk/case/{id}/keep/{step}`.
async fn take(
    Path((id, step)): Path<(String, String)>,
    Sent { desk, fields, again }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Retention)?;
    let (id, step) = step_of(&id, &step)?;
    if again {
        return show(&desk, id, step, &fields, &Told::default(), StatusCode::OK).await;
    }
    let (page, _) = Frame::new(&desk, Place::Retention);
    let input = record::input(&page, step.fields(), &fields);
    // A version that cannot be read is one that nobody has seen.
    let seen = fields.get("version").parse().unwrap_or(-1);
    match retention::take(&desk.site.app, &desk.me.reader, id, step, &input, seen).await {
        Ok(()) if step == Step::Erase => Ok(go(&format!("/desk/case/{id}/erased"))),
        Ok(()) => Ok(go(&format!("/desk/case/{id}/keep?done={}", step.key()))),
        Err(RetentionError::Record(error)) => {
            let told = Told {
                problems: &error.0,
                changed: false,
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(&desk, id, step, &fields, &told, status).await
        }
        Err(RetentionError::Refused(refusal)) => refused(&desk, id, refusal, &fields),
        Err(RetentionError::ProveFirst) => {
            prove::carry(&desk, &format!("/desk/case/{id}/keep/erase"), &fields)
        }
        Err(RetentionError::Desk(DeskError::Changed)) => {
            let told = Told {
                problems: &[],
                changed: true,
            };
            show(&desk, id, step, &fields, &told, StatusCode::CONFLICT).await
        }
        Err(RetentionError::Desk(error)) => Err(problem(&error)),
    }
}

async fn show(
    desk: &Desk,
    id: CaseId,
    step: Step,
    fields: &Fields,
    told: &Told<'_>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let kept = find(desk, id).await?;
    let view = View {
        state: kept.state,
        on_hold: kept.hold.is_some(),
        proposed_by: kept.proposal.as_ref().map(|proposal| proposal.by),
    };
    if let Err(refusal) = may(&view, desk.me.reader.id, desk.me.reader.role, step) {
        return refused(desk, id, refusal, fields);
    }
    let (page, frame) = Frame::new(desk, Place::Retention);
    let (views, problems) = record::view(&page, step.fields(), fields, told.problems, &[]);
    let button = match step {
        Step::Erase => page.t("retention-button-erase"),
        Step::Hold | Step::LiftHold | Step::Propose | Step::KeepOn => page.t("desk-record"),
    };
    reply(
        status,
        &StepPage {
            id,
            reference: kept.reference.to_string(),
            state: state(&page, &kept),
            step,
            version: kept.version,
            proposal: proposal(&page, &kept),
            fields: views,
            problems,
            changed: told.changed,
            button,
            page,
            desk: frame,
        },
    )
}

fn refused(desk: &Desk, id: CaseId, refusal: Refusal, fields: &Fields) -> Result<Response, Problem> {
    let (page, _) = Frame::new(desk, Place::Retention);
    let does = |step: Step| page.t(&format!("retention-do-{}", step.key()));
    let (status, why) = match refusal {
        Refusal::Role(step) => (
            StatusCode::FORBIDDEN,
            page.with("desk-refused-role", "action", does(step)),
        ),
        Refusal::WrongState(step) => (
            StatusCode::CONFLICT,
            page.with("retention-refused-state", "action", does(step)),
        ),
        Refusal::OnHold => (StatusCode::CONFLICT, page.t("retention-refused-hold")),
        Refusal::NeedsSecondPerson => (StatusCode::FORBIDDEN, page.t("retention-refused-second")),
        Refusal::NotDue => (StatusCode::CONFLICT, page.t("retention-refused-not-due")),
    };
    refused_page(desk, id, status, why, fields)
}

/// `GET /desk/case/{id}/erased`.
async fn erased(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Retention)?;
    let certificate = retention::certificate(&desk.site.app, &desk.me.reader, case_id(&id)?)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Retention);
    reply(
        StatusCode::OK,
        &ErasedPage {
            page,
            desk: frame,
            certificate,
        },
    )
}

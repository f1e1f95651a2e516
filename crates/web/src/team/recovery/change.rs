//! `/desk/recovery/change` and `/desk/recovery/confirm`: a new recovery key is made and shown, then typed in from paper,
//! and only then in force.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::recovery::{self, ChangeError, Plan, Printed};
use safehold_core::access::Area;

use super::{
    problem,
    sheet::{Sheet, sheets},
    typing::{self, Typing},
};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, reply},
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
    team::prove,
};

/// How a key is to be kept, as two forms ask for it. Needed by `team/recovery/plan.html`.
pub(crate) struct PlanForm {
    pub(crate) kinds: Vec<Choice>,
    pub(crate) holders: String,
    pub(crate) needed: String,
    pub(crate) kind_error: String,
    pub(crate) holders_error: String,
    pub(crate) needed_error: String,
}

impl PlanForm {
    /// What was typed before, or the usual.
    pub(crate) fn new(page: &Page, fields: &Fields) -> Self {
        let kinds = ["whole", "shares"].map(|kind| Choice {
            value: kind.to_owned(),
            label: page.t(&format!("recovery-kind-{kind}")),
            hint: page.t(&format!("recovery-kind-{kind}.hint")),
            checked: fields.get("recovery_kind") == kind,
        });
        Self {
            kinds: kinds.into(),
            holders: fields.get("recovery_holders").to_owned(),
            needed: fields.get("recovery_needed").to_owned(),
            kind_error: String::new(),
            holders_error: String::new(),
            needed_error: String::new(),
        }
    }

    /// Reads the plan, or notes what is wrong.
    pub(crate) fn read(&mut self, page: &Page, fields: &Fields) -> Option<Plan> {
        let plan = match fields.get("recovery_kind") {
            "whole" => Plan::Whole,
            "shares" => Plan::Shares {
                needed: self.needed.trim().parse().unwrap_or_default(),
                holders: self
                    .holders
                    .lines()
                    .map(|line| line.trim().to_owned())
                    .filter(|line| !line.is_empty())
                    .collect(),
            },
            _ => {
                self.kind_error = page.t("recovery-kind-missing");
                return None;
            }
        };
        match plan.check() {
            Ok(()) => Some(plan),
            Err(error) => {
                self.note(page, &error);
                None
            }
        }
    }

    /// Notes what is wrong. Answers whether it was about one of these fields.
    pub(crate) fn note(&mut self, page: &Page, error: &ChangeError) -> bool {
        match error {
            ChangeError::Holders => self.holders_error = page.t("recovery-holders-wrong"),
            ChangeError::Needed => self.needed_error = page.t("recovery-needed-wrong"),
            ChangeError::Role
            | ChangeError::Why
            | ChangeError::Given(_)
            | ChangeError::NotBegun
            | ChangeError::App(_) => return false,
        }
        true
    }

    /// For the summary.
    pub(crate) fn problems(&self) -> Vec<FieldError> {
        [
            ("recovery_kind", &self.kind_error),
            ("recovery_holders", &self.holders_error),
            ("recovery_needed", &self.needed_error),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| FieldError {
            name: name.to_owned(),
            text: text.clone(),
        })
        .collect()
    }
}

#[derive(Template)]
#[template(path = "team/recovery/change.html")]
struct Change {
    page: Page,
    desk: Frame,
    plan: PlanForm,
    why: String,
    why_error: String,
    typing: Typing,
    problems: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "team/recovery/printed.html")]
struct PrintedPage {
    page: Page,
    desk: Frame,
    /// The whole key, if it is not split.
    key: String,
    sheets: Vec<Sheet>,
}

#[derive(Template)]
#[template(path = "team/recovery/confirm.html")]
struct Confirm {
    page: Page,
    desk: Frame,
    is_begun: bool,
    is_in_force: bool,
    typing: Typing,
    problems: Vec<FieldError>,
}

/// `GET /desk/recovery/change`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Recovery)?;
    if let Some(answer) = prove::first(&desk, "/desk/recovery/change") {
        return Ok(answer);
    }
    let (page, _) = Frame::new(&desk, Place::Team);
    let fields = Fields::default();
    let plan = PlanForm::new(&page, &fields);
    show(&desk, &fields, plan, None, StatusCode::OK).await
}

async fn show(
    desk: &Desk,
    fields: &Fields,
    plan: PlanForm,
    wrong: Option<ChangeError>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let kept = recovery::kept(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Team);
    let mut typing = Typing::of(&page, &kept, fields);
    let mut why_error = String::new();
    match &wrong {
        Some(ChangeError::Given(error)) if typing.note(&page, error) => {}
        Some(ChangeError::Why) => why_error = page.t("recovery-reason-missing"),
        _ => {}
    }
    let mut problems = plan.problems();
    if !why_error.is_empty() {
        problems.push(FieldError {
            name: "why".to_owned(),
            text: why_error.clone(),
        });
    }
    problems.extend(typing.problems());
    reply(
        status,
        &Change {
            plan,
            why: fields.get("why").to_owned(),
            why_error,
            typing,
            problems,
            page,
            desk: frame,
        },
    )
}

/// The page for what no field tells.
fn general(error: &ChangeError) -> Problem {
    match error {
        ChangeError::Role => Problem::Forbidden,
        ChangeError::NotBegun => Problem::Conflict,
        ChangeError::Holders | ChangeError::Needed | ChangeError::Why | ChangeError::Given(_) => {
            Problem::Malformed
        }
        ChangeError::App(error) => Problem::server(error),
    }
}

/// `POST /desk/recovery/change`.
pub(super) async fn post(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Recovery)?;
    let (page, frame) = Frame::new(&desk, Place::Team);
    let mut form = PlanForm::new(&page, &fields);
    if again {
        return show(&desk, &fields, form, None, StatusCode::OK).await;
    }
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(plan) = form.read(&page, &fields) else {
        return show(&desk, &fields, form, None, unprocessable).await;
    };
    let (app, me) = (&desk.site.app, &desk.me.reader);
    let kept = recovery::kept(app, me).await.map_err(|error| problem(&error))?;
    let typed = typing::texts(kept.needed, &fields);
    match recovery::begin(app, me, &typed, &plan, fields.get("why")).await {
        Ok(printed) => {
            let (key, sheets) = match printed {
                Printed::Whole(text) => (text.to_string(), Vec::new()),
                Printed::Shares { needed, set, shares } => {
                    (String::new(), sheets(&page, &desk.site, needed, &set, &shares))
                }
            };
            let made = PrintedPage {
                page,
                desk: frame,
                key,
                sheets,
            };
            reply(StatusCode::OK, &made)
        }
        Err(error @ (ChangeError::Given(_) | ChangeError::Why)) => {
            show(&desk, &fields, form, Some(error), unprocessable).await
        }
        Err(error) => Err(general(&error)),
    }
}

/// `GET /desk/recovery/confirm`.
pub(super) async fn get_confirm(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Recovery)?;
    show_confirm(&desk, &Fields::default(), None, StatusCode::OK).await
}

async fn show_confirm(
    desk: &Desk,
    fields: &Fields,
    wrong: Option<recovery::GivenError>,
    status: StatusCode,
) -> Result<Response, Problem> {
    let change = recovery::under_way(&desk.site.app)
        .await
        .map_err(|error| Problem::server(&error))?;
    let (page, frame) = Frame::new(desk, Place::Team);
    let mut typing = Typing::new(&page, change.map_or(1, |change| change.needed), fields);
    if let Some(error) = &wrong {
        typing.note(&page, error);
    }
    let problems = typing.problems();
    reply(
        status,
        &Confirm {
            page,
            desk: frame,
            is_begun: change.is_some(),
            is_in_force: change.is_some_and(|change| change.is_in_force),
            typing,
            problems,
        },
    )
}

/// `POST /desk/recovery/confirm`.
pub(super) async fn post_confirm(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Recovery)?;
    let (app, me) = (&desk.site.app, &desk.me.reader);
    if again {
        return show_confirm(&desk, &fields, None, StatusCode::OK).await;
    }
    if fields.get("do") == "give-up" {
        return match recovery::give_up(app, me).await {
            Ok(()) => Ok(go("/desk/recovery?done=given-up")),
            Err(error) => Err(general(&error)),
        };
    }
    let change = recovery::under_way(app)
        .await
        .map_err(|error| Problem::server(&error))?;
    let needed = change.map_or(1, |change| change.needed);
    let typed = typing::texts(needed, &fields);
    // In a task of its own: with many cases it takes a while, and a browser that goes away meanwhile must not stop it.
    let done = tokio::spawn(async move {
        let done = recovery::confirm(&desk.site.app, &desk.me.reader, &typed).await;
        (desk, done)
    });
    let (desk, done) = done.await.map_err(|error| Problem::server(&error))?;
    match done {
        Ok(_) => Ok(go("/desk/recovery?done=changed")),
        Err(ChangeError::Given(error)) => {
            show_confirm(&desk, &fields, Some(error), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(general(&error)),
    }
}

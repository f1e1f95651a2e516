//! `/desk/case/{id}/share`, `/exclude` and `/conflict`: who can read a case.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::{
    desk::{self, CaseOpened, CircleError, DeskError, open},
    follow::MOST_CHARACTERS,
    team::{self, UserState},
};
use safehold_core::{
    access::{Area, may_enter},
    id::{CaseId, UserId},
    recipients::CannotRead,
    roster::Role,
};

use super::{Desk, Frame, Place, Sent, case_id, enter, go, problem, reply};
use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

/// What the page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Share,
    Exclude,
    Conflict,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Exclude => "exclude",
            Self::Conflict => "conflict",
        }
    }

    fn area(self) -> Area {
        match self {
            Self::Share => Area::Share,
            Self::Exclude => Area::Exclude,
            Self::Conflict => Area::Cases,
        }
    }
}

#[derive(Template)]
#[template(path = "desk/circle.html")]
struct Circle<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    kind: &'static str,
    people: Vec<Choice>,
    who_error: String,
    why: &'a str,
    why_error: String,
    problems: Vec<FieldError>,
    /// Why it was not done, where no field can help it.
    refused: String,
}

/// What was wrong, as ids of texts.
#[derive(Default)]
struct Faults {
    who: Option<&'static str>,
    why: Option<&'static str>,
    refused: Option<&'static str>,
}

/// `GET /desk/case/{id}/share`.
pub async fn get_share(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    first(desk, &id, Kind::Share).await
}

/// `GET /desk/case/{id}/exclude`.
pub async fn get_exclude(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    first(desk, &id, Kind::Exclude).await
}

/// `GET /desk/case/{id}/conflict`.
pub async fn get_conflict(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    first(desk, &id, Kind::Conflict).await
}

/// `POST /desk/case/{id}/share`.
pub async fn post_share(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    change(sent, &id, Kind::Share).await
}

/// `POST /desk/case/{id}/exclude`.
pub async fn post_exclude(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    change(sent, &id, Kind::Exclude).await
}

/// `POST /desk/case/{id}/conflict`.
pub async fn post_conflict(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    change(sent, &id, Kind::Conflict).await
}

async fn first(desk: Desk, id: &str, kind: Kind) -> Result<Response, Problem> {
    enter(&desk, kind.area())?;
    let id = case_id(id)?;
    show(
        &desk,
        id,
        kind,
        &Fields::default(),
        &Faults::default(),
        StatusCode::OK,
    )
    .await
}

async fn change(sent: Sent, id: &str, kind: Kind) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, kind.area())?;
    let id = case_id(id)?;
    desk::find(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    if again {
        return show(&desk, id, kind, &fields, &Faults::default(), StatusCode::OK).await;
    }
    let who = fields.get("who").parse::<UserId>().ok();
    let why = fields.get("why").trim().replace("\r\n", "\n");
    let mut faults = Faults::default();
    if who.is_none() && kind != Kind::Conflict {
        faults.who = Some("desk-circle-who-missing");
    }
    if why.is_empty() && kind != Kind::Conflict {
        faults.why = Some("desk-circle-why-missing");
    }
    if why.chars().count() > MOST_CHARACTERS {
        faults.why = Some("desk-circle-why-too-long");
    }
    if faults.who.is_some() || faults.why.is_some() {
        return show(
            &desk,
            id,
            kind,
            &fields,
            &faults,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let (app, me) = (&desk.site.app, &desk.me.reader);
    let done = match (kind, who) {
        (Kind::Share, Some(who)) => desk::share(app, me, id, who, why).await,
        (Kind::Exclude, Some(who)) => desk::exclude(app, me, id, who, why).await,
        _ => desk::declare_conflict(app, me, id, why).await,
    };
    let (status, faults) = match done {
        Ok(()) if kind == Kind::Conflict || who == Some(me.id) => return Ok(go("/desk?done=conflict")),
        Ok(()) => return Ok(go(&format!("/desk/case/{id}?done={}", kind.key()))),
        Err(error) => fault(error)?,
    };
    show(&desk, id, kind, &fields, &faults, status).await
}

fn fault(error: CircleError) -> Result<(StatusCode, Faults), Problem> {
    let who = |id| {
        let faults = Faults {
            who: Some(id),
            ..Faults::default()
        };
        Ok((StatusCode::UNPROCESSABLE_ENTITY, faults))
    };
    let refused = |id| {
        let faults = Faults {
            refused: Some(id),
            ..Faults::default()
        };
        Ok((StatusCode::CONFLICT, faults))
    };
    match error {
        CircleError::CannotRead(CannotRead::Excluded) => who("desk-circle-excluded"),
        CircleError::CannotRead(CannotRead::NoKey) => who("desk-circle-no-key"),
        CircleError::CannotRead(CannotRead::Role) => who("desk-circle-role"),
        CircleError::NoMember => who("desk-circle-who-missing"),
        CircleError::NobodyLeft(_) => refused("desk-circle-nobody-left"),
        CircleError::Desk(DeskError::Changed) => refused("desk-changed"),
        CircleError::Desk(error) => Err(problem(&error)),
    }
}

async fn show(
    desk: &Desk,
    id: CaseId,
    kind: Kind,
    fields: &Fields,
    faults: &Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let row = desk::find(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Cases);
    let people = match kind {
        Kind::Conflict => Vec::new(),
        Kind::Share | Kind::Exclude => match people(desk, &page, id, kind, fields.get("who")).await? {
            Some(people) => people,
            // Nobody shares what they have not opened.
            None => return Ok(go(&format!("/desk/case/{id}"))),
        },
    };
    let words = |id: Option<&str>| id.map_or_else(String::new, |id| page.t(id));
    let errors = [words(faults.who), words(faults.why)];
    let problems = ["who", "why"]
        .into_iter()
        .zip(&errors)
        .filter(|(_, error)| !error.is_empty())
        .map(|(name, error)| FieldError {
            name: name.to_owned(),
            text: error.clone(),
        })
        .collect();
    let [who_error, reason_error] = errors;
    reply(
        status,
        &Circle {
            id,
            reference: row.reference.to_string(),
            kind: kind.key(),
            people,
            who_error,
            why: fields.get("why"),
            why_error: reason_error,
            problems,
            refused: words(faults.refused),
            page,
            desk: frame,
        },
    )
}

/// Whom the page offers; nothing if the case is not opened yet.
async fn people(
    desk: &Desk,
    page: &Page,
    id: CaseId,
    kind: Kind,
    chosen: &str,
) -> Result<Option<Vec<Choice>>, Problem> {
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let CaseOpened::Full(case) = opened else {
        return Ok(None);
    };
    let mut people: Vec<(UserId, String, Role)> = case.could_share.clone();
    if kind == Kind::Exclude {
        people.extend(
            case.readers
                .iter()
                .map(|(id, name, role, _)| (*id, name.clone(), *role)),
        );
        // Somebody who has not joined yet can be involved too, and so can whoever wrote the report down.
        let invited = team::list(&desk.site.app)
            .await
            .map_err(|error| Problem::server(&error))?;
        people.extend(
            invited
                .into_iter()
                .filter(|member| match member.state {
                    UserState::Invited | UserState::Joined => member.role.holds_keys(),
                    UserState::Active => !member.role.holds_keys() && may_enter(member.role, Area::TakeDown),
                    UserState::Left => false,
                })
                .map(|member| (member.id, member.name, member.role)),
        );
    }
    people.retain(|(id, ..)| *id != desk.me.reader.id);
    people.sort_by(|a, b| (a.2, &a.1).cmp(&(b.2, &b.1)));
    people.dedup_by_key(|(id, ..)| *id);
    let choices = people
        .into_iter()
        .map(|(id, name, role)| {
            let value = id.to_string();
            Choice {
                checked: value == chosen,
                value,
                label: name,
                hint: page.t(&format!("desk-role-{}", role.key())),
            }
        })
        .collect();
    Ok(Some(choices))
}

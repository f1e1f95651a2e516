//! `/desk/team`: who is in the team, in which role, and when they are away.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use safehold_app::team::{self, TeamMember, UserState};
use safehold_core::access::{Area, may_enter};
use serde::Deserialize;

use super::problem;
use crate::{
    desk::{Desk, Frame, Place, enter, reply, team_gaps},
    layout::Page,
    problem::Problem,
};

struct Row {
    id: String,
    name: String,
    role: String,
    email: String,
    phone: String,
    state: &'static str,
    away: Vec<String>,
    is_me: bool,
    /// Whether whoever looks may confirm them now.
    may_confirm: bool,
    /// Whether they wait, and somebody else has to do it.
    waits_for_other: bool,
}

#[derive(Template)]
#[template(path = "team/members.html")]
struct Members {
    page: Page,
    desk: Frame,
    rows: Vec<Row>,
    gaps: Vec<&'static str>,
    /// Whether they are told of the recovery key.
    may_recover: bool,
    done: String,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/team`.
pub async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::Team)?;
    let members = team::list(&desk.site.app)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Team);
    let today = desk.site.web.today();
    let gaps = team_gaps(&members, today);
    let rows = members
        .iter()
        .map(|member| row(&page, &desk, member, &members, today))
        .collect();
    let done = match asked.done.as_str() {
        "left" => page.t("team-done-left"),
        "away" => page.t("team-done-away"),
        "confirmed" => page.t("team-done-confirmed"),
        _ => String::new(),
    };
    reply(
        StatusCode::OK,
        &Members {
            page,
            desk: frame,
            rows,
            gaps,
            may_recover: may_enter(desk.me.reader.role, Area::Recovery),
            done,
        },
    )
}

fn row(page: &Page, desk: &Desk, member: &TeamMember, team: &[TeamMember], today: jiff::civil::Date) -> Row {
    let may_confirm = team::may_confirm(&desk.me.reader, member, team);
    Row {
        may_confirm,
        waits_for_other: member.state == UserState::Joined && !may_confirm,
        is_me: member.id == desk.me.reader.id,
        id: member.id.to_string(),
        role: page.t(&format!("desk-role-{}", member.role.key())),
        state: match member.state {
            UserState::Invited => "team-state-invited",
            UserState::Joined => "team-state-joined",
            UserState::Active => "team-state-active",
            UserState::Left => "team-state-left",
        },
        away: member
            .absences
            .iter()
            .filter(|(_, away)| away.until_on >= today)
            .map(|(_, away)| {
                page.format(
                    "team-away-days",
                    &[
                        ("from", page.date(away.from_on)),
                        ("until", page.date(away.until_on)),
                    ],
                )
            })
            .collect(),
        name: member.name.clone(),
        email: member.email.clone(),
        phone: member.phone.clone(),
    }
}

//! Keeping the team and what the organisation says of itself; one's own account; joining by an invitation.

mod account;
mod away;
mod changes;
mod confirm;
pub mod content;
pub(crate) mod credentials;
mod invite;
mod join;
mod leave;
mod members;
pub(crate) mod organisation;
mod passkeys;
pub(crate) mod prove;
pub(crate) mod recovery;
mod roles;
mod statement;

use axum::{
    Router,
    routing::{get, post},
};
use safehold_app::team::{self, TeamError, TeamMember};

use crate::{desk::Desk, problem::Problem, site::Site};

/// The routes of the team.
pub fn router() -> Router<Site> {
    Router::new()
        .merge(recovery::router())
        .route("/desk/team", get(members::get))
        .route("/desk/team/invite", get(invite::get).post(invite::post))
        .route(
            "/desk/team/{member}/again",
            get(invite::get_again).post(invite::post_again),
        )
        .route("/desk/team/changes", get(changes::get))
        .route(
            "/desk/team/{member}/confirm",
            get(confirm::get).post(confirm::post),
        )
        .route("/desk/team/{member}/leave", get(leave::get).post(leave::post))
        .route("/desk/team/{member}/away", get(away::get).post(away::post))
        .route("/desk/roles", get(roles::get))
        .route("/desk/account", get(account::get))
        .route("/desk/account/away", post(account::post_away))
        .route("/desk/account/pass", post(account::post_pass))
        .route("/desk/account/sessions", post(account::post_sessions))
        .route("/desk/account/passkeys", get(passkeys::get).post(passkeys::post))
        .route("/desk/account/passkeys/add", post(passkeys::post_add))
        .route("/desk/account/passkeys/remove", post(passkeys::post_remove))
        .route("/desk/prove", get(prove::get).post(prove::post))
        .route(
            "/desk/organisation",
            get(organisation::get).post(organisation::post),
        )
        .route("/desk/statement", get(statement::get).post(statement::post))
        .route("/join", get(join::get).post(join::post))
}

/// The page for what went wrong where no field tells it.
fn problem(error: &TeamError) -> Problem {
    match error {
        TeamError::Role | TeamError::ProveFirst => Problem::Forbidden,
        TeamError::NoMember | TeamError::Invitation => Problem::NotFound,
        TeamError::Name
        | TeamError::Email
        | TeamError::EmailTaken
        | TeamError::Weak(_)
        | TeamError::Code
        | TeamError::Days => Problem::Malformed,
        TeamError::LastReceiver | TeamError::OnlyYou | TeamError::OnlyReader | TeamError::SecondPerson => {
            Problem::Conflict
        }
        TeamError::App(error) => Problem::server(error),
    }
}

/// Why somebody stays in the team, as a key of its words.
fn refusal(error: &TeamError) -> Option<&'static str> {
    match error {
        TeamError::LastReceiver => Some("team-last"),
        TeamError::OnlyYou => Some("team-only-you"),
        TeamError::OnlyReader => Some("team-only-reader"),
        TeamError::SecondPerson => Some("team-second-person"),
        TeamError::Role
        | TeamError::ProveFirst
        | TeamError::Name
        | TeamError::Email
        | TeamError::EmailTaken
        | TeamError::Invitation
        | TeamError::Weak(_)
        | TeamError::Code
        | TeamError::NoMember
        | TeamError::Days
        | TeamError::App(_) => None,
    }
}

/// The member in an address.
async fn member(desk: &Desk, id: &str) -> Result<TeamMember, Problem> {
    let members = team::list(&desk.site.app)
        .await
        .map_err(|error| problem(&error))?;
    members
        .into_iter()
        .find(|member| member.id.to_string() == id)
        .ok_or(Problem::NotFound)
}

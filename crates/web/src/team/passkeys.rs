//! `/desk/account/passkeys`: one's own passkeys, to see, to add and to remove.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use safehold_app::passkeys::{self, ANSWER_MINUTES, LONGEST_NAME, MOST, PasskeyError, Place as At, Question};
use safehold_core::access::Area;
use serde::Deserialize;

use super::prove;
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, passkey_place, reply},
    fields::Fields,
    layout::{FieldError, Page},
    problem::{self, Problem},
};

const HERE: &str = "/desk/account/passkeys";

#[derive(Template)]
#[template(path = "team/passkeys.html")]
struct Own {
    page: Page,
    desk: Frame,
    rows: Vec<Row>,
    /// Whether passkeys work at the public address.
    works: bool,
    address: String,
    /// The name that was typed.
    typed: String,
    error: String,
    problems: Vec<FieldError>,
    /// What was done, as the id of its text; empty for nothing.
    done: &'static str,
}

struct Row {
    id: String,
    name: String,
    added: String,
    used: String,
    is_shut: bool,
}

#[derive(Template)]
#[template(path = "team/passkey_add.html")]
struct Add<'a> {
    page: Page,
    desk: Frame,
    origin: &'a str,
    question: &'a Question,
    label: &'a str,
    minutes: i64,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/account/passkeys`.
pub async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::OwnAccount)?;
    let done = match asked.done.as_str() {
        "added" => "passkey-done-added",
        "removed" => "passkey-done-removed",
        _ => "",
    };
    show(&desk, "", "", done, StatusCode::OK).await
}

/// The page, with what was typed and what is to be said about it.
async fn show(
    desk: &Desk,
    label: &str,
    error: &str,
    done: &'static str,
    status: StatusCode,
) -> Result<Response, Problem> {
    let own = passkeys::list(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| Problem::server(&error))?;
    let (page, frame) = Frame::new(desk, Place::Account);
    let rows = own
        .into_iter()
        .map(|passkey| Row {
            id: passkey.id.to_string(),
            name: if passkey.name.is_empty() {
                page.t("passkey-unnamed")
            } else {
                passkey.name
            },
            added: page.date(passkey.added_on),
            used: passkey.used_on.map(|on| page.date(on)).unwrap_or_default(),
            is_shut: passkey.is_shut,
        })
        .collect();
    let problems = if error.is_empty() {
        Vec::new()
    } else {
        vec![FieldError {
            name: "label".to_owned(),
            text: error.to_owned(),
        }]
    };
    reply(
        status,
        &Own {
            page,
            desk: frame,
            rows,
            works: passkey_place(&desk.site).is_some(),
            address: desk.site.base_url.to_string(),
            typed: label.to_owned(),
            error: error.to_owned(),
            problems,
            done,
        },
    )
}

/// `POST /desk/account/passkeys`: a name was given; the page that follows asks the browser for the passkey.
pub async fn post(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::OwnAccount)?;
    let label = fields.get("label");
    if again {
        return show(&desk, label, "", "", StatusCode::OK).await;
    }
    let Some(place) = passkey_place(&desk.site) else {
        return show(&desk, label, "", "", StatusCode::CONFLICT).await;
    };
    match passkeys::ask_to_add(&desk.site.app, &place, &desk.me, label).await {
        Ok(question) => ask(&desk, &place, label, &question),
        Err(error) => refused(&desk, &fields, error).await,
    }
}

fn ask(desk: &Desk, place: &At, label: &str, question: &Question) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Account);
    reply(
        StatusCode::OK,
        &Add {
            page,
            desk: frame,
            origin: place.origin(),
            question,
            label: label.trim(),
            minutes: ANSWER_MINUTES,
        },
    )
}

async fn refused(desk: &Desk, fields: &Fields, error: PasskeyError) -> Result<Response, Problem> {
    let label = fields.get("label");
    let (page, _) = Frame::new(desk, Place::Account);
    let said = match error {
        PasskeyError::ProveFirst => return prove::carry(desk, HERE, fields),
        PasskeyError::Name => page.with("passkey-name-long", "most", LONGEST_NAME),
        PasskeyError::TooMany => page.with("passkey-too-many", "most", MOST),
        PasskeyError::Refused => {
            problem::log_refusal("passkey");
            page.t("passkey-refused")
        }
        PasskeyError::NoPasskey => return Err(Problem::NotFound),
        PasskeyError::App(error) => return Err(Problem::server(&error)),
    };
    show(desk, label, &said, "", StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `POST /desk/account/passkeys/add`: the browser made one.
pub async fn post_add(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::OwnAccount)?;
    let Some(place) = passkey_place(&desk.site).filter(|_| !again) else {
        return Ok(go(HERE));
    };
    let (ticket, answer) = (fields.get("pass_ticket"), fields.get("pass_answer"));
    match passkeys::add(&desk.site.app, &place, &desk.me, ticket, answer).await {
        Ok(()) => Ok(go("/desk/account/passkeys?done=added")),
        Err(error) => refused(&desk, &fields, error).await,
    }
}

/// `POST /desk/account/passkeys/remove`.
pub async fn post_remove(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::OwnAccount)?;
    if again {
        return Ok(go(HERE));
    }
    let id = fields.get("passkey").parse().map_err(|_| Problem::NotFound)?;
    match passkeys::remove(&desk.site.app, &desk.me.reader, id).await {
        Ok(()) => Ok(go("/desk/account/passkeys?done=removed")),
        Err(PasskeyError::ProveFirst) => Ok(prove::first(&desk, HERE).unwrap_or_else(|| go(HERE))),
        Err(error) => refused(&desk, &fields, error).await,
    }
}

//! `/desk/prove`: somebody who is signed in proves once more who they are, before what is sensitive. What they typed
//! meanwhile is carried along.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use safehold_app::{
    SecretString,
    sessions::{self, PROOF_MINUTES},
    sign_in::SignInError,
};
use safehold_core::access::Area;
use serde::Deserialize;

use crate::{
    desk::{Desk, Frame, Kept, Place, Sent, enter, go, look_again, reply},
    fields::Fields,
    layout::{FieldError, Page},
    problem::{self, Problem},
};

#[derive(Template)]
#[template(path = "team/prove.html")]
struct Prove<'a> {
    page: Page,
    desk: Frame,
    to: &'a str,
    hidden: Vec<(String, String)>,
    error: String,
    problems: Vec<FieldError>,
    minutes: i64,
    is_typed: bool,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    to: String,
}

/// Sends somebody to prove who they are before a page that needs it, if their last proof is too old.
pub(super) fn first(desk: &Desk, to: &str) -> Option<Response> {
    if sessions::is_proven(&desk.site.app, &desk.me.reader) {
        return None;
    }
    let kept = Kept::new(to, &Fields::default());
    // Only letters, digits, `/`, `-` and `_` are in it.
    Some(go(&format!("/desk/prove?to={}", kept.to)))
}

/// The same for a form: it carries what was typed.
pub(crate) fn carry(desk: &Desk, to: &str, fields: &Fields) -> Result<Response, Problem> {
    show(desk, &Kept::new(to, fields), String::new(), StatusCode::FORBIDDEN)
}

/// `GET /desk/prove`.
pub async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::OwnAccount)?;
    let kept = Kept::new(&asked.to, &Fields::default());
    show(&desk, &kept, String::new(), StatusCode::OK)
}

fn show(desk: &Desk, kept: &Kept, error: String, status: StatusCode) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Account);
    let problems = if error.is_empty() {
        Vec::new()
    } else {
        vec![FieldError {
            name: "pass".to_owned(),
            text: error.clone(),
        }]
    };
    reply(
        status,
        &Prove {
            page,
            desk: frame,
            to: &kept.to,
            hidden: kept.hidden(),
            error,
            problems,
            minutes: PROOF_MINUTES,
            is_typed: kept.is_typed(),
        },
    )
}

/// `POST /desk/prove`.
pub async fn post(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::OwnAccount)?;
    let kept = Kept::carried(&fields);
    if again {
        return show(&desk, &kept, String::new(), StatusCode::OK);
    }
    let pass = SecretString::from(fields.get("pass").to_owned());
    match sessions::prove(&desk.site.app, &desk.me, pass).await {
        Ok(()) if kept.to.is_empty() => Ok(go("/desk/account")),
        Ok(()) if kept.is_typed() => look_again(&desk.site, &desk.me.form_token, &kept, StatusCode::OK),
        Ok(()) => Ok(go(&kept.to)),
        Err(SignInError::Refused) => {
            problem::log_refusal("proof");
            let (page, _) = Frame::new(&desk, Place::Account);
            let error = page.t("team-prove-wrong");
            show(&desk, &kept, error, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(SignInError::App(error)) => Err(Problem::server(&error)),
    }
}

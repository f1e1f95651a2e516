//! `/desk/account`: one's own times away and pass phrase.

use askama::Template;
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use safehold_app::{
    SecretString,
    sessions::{self, Ending},
    sign_in::{self, SignInError, pass_problems},
};
use safehold_core::access::Area;
use serde::Deserialize;

use super::{
    away::{AwayForm, Fault, change},
    prove,
};
use crate::{
    cookies::{self, Name},
    desk::{Desk, Frame, Place, Sent, enter, go, moment, reply},
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "team/account.html")]
struct Account {
    page: Page,
    desk: Frame,
    name: String,
    email: String,
    role: String,
    away: AwayForm,
    errors: PassErrors,
    problems: Vec<FieldError>,
    done: String,
    sessions: Vec<SessionRow>,
    has_others: bool,
}

/// A sign-in of one's own.
struct SessionRow {
    name: String,
    since: String,
    seen: String,
    is_this: bool,
}

/// Errors of the pass phrase form.
#[derive(Default)]
struct PassErrors {
    present: String,
    new: String,
    again: String,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/account`.
pub async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::OwnAccount)?;
    let shown = Shown {
        done: match asked.done.as_str() {
            "away" => "team-done-away",
            "ended" => "team-done-ended",
            _ => "",
        },
        ..Shown::new()
    };
    show(&desk, shown, StatusCode::OK).await
}

/// What is shown besides what is stored.
struct Shown {
    fields: Fields,
    fault: Fault,
    errors: PassErrors,
    /// What was done, as the id of its text; empty for nothing.
    done: &'static str,
}

impl Shown {
    fn new() -> Self {
        Self {
            fields: Fields::default(),
            fault: Fault::default(),
            errors: PassErrors::default(),
            done: "",
        }
    }
}

async fn show(desk: &Desk, shown: Shown, status: StatusCode) -> Result<Response, Problem> {
    let me = super::member(desk, &desk.me.reader.id.to_string()).await?;
    let own = sessions::list(&desk.site.app, &desk.me)
        .await
        .map_err(|error| Problem::server(&error))?;
    let (page, frame) = Frame::new(desk, Place::Account);
    let has_others = own.iter().any(|session| !session.is_this);
    let sessions = own
        .into_iter()
        .map(|session| SessionRow {
            since: moment(&page, &desk.site.web, session.since),
            seen: moment(&page, &desk.site.web, session.seen_at),
            name: session.name,
            is_this: session.is_this,
        })
        .collect();
    let away = AwayForm::new(desk, &page, &me, "/desk/account/away".to_owned())
        .typed(&shown.fields)
        .with(&page, &shown.fault);
    let errors = shown.errors;
    let mut problems = away.problems();
    problems.extend(
        [
            ("pass", &errors.present),
            ("pass_new", &errors.new),
            ("pass_again", &errors.again),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| FieldError {
            name: name.to_owned(),
            text: text.clone(),
        }),
    );
    reply(
        status,
        &Account {
            name: me.name,
            email: me.email,
            role: page.t(&format!("desk-role-{}", me.role.key())),
            away,
            errors,
            problems,
            done: if shown.done.is_empty() {
                String::new()
            } else {
                page.t(shown.done)
            },
            sessions,
            has_others,
            page,
            desk: frame,
        },
    )
}

/// `POST /desk/account/away`.
pub async fn post_away(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::OwnAccount)?;
    if again {
        let shown = Shown {
            fields,
            ..Shown::new()
        };
        return show(&desk, shown, StatusCode::OK).await;
    }
    let me = super::member(&desk, &desk.me.reader.id.to_string()).await?;
    let (page, _) = Frame::new(&desk, Place::Account);
    match change(&desk, &page, &me, &fields).await? {
        Ok(()) => Ok(go("/desk/account?done=away")),
        Err(fault) => {
            let shown = Shown {
                fields,
                fault,
                ..Shown::new()
            };
            show(&desk, shown, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /desk/account/sessions`: ends sign-ins of one's own on other devices, or this one.
pub async fn post_sessions(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::OwnAccount)?;
    if again {
        return show(&desk, Shown::new(), StatusCode::OK).await;
    }
    let which = match fields.get("end") {
        "others" => Ending::Others,
        one => Ending::One(one.to_owned()),
    };
    // What has ended by itself meanwhile has ended: that is no mistake of who asks.
    match sessions::end(&desk.site.app, &desk.me, which).await {
        Ok(_) => Ok(go("/desk/account?done=ended")),
        Err(SignInError::Refused) => prove::carry(&desk, "/desk/account/sessions", &fields),
        Err(SignInError::App(error)) => Err(Problem::server(&error)),
    }
}

/// `POST /desk/account/pass`. All sessions end with the old pass phrase.
pub async fn post_pass(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::OwnAccount)?;
    if again {
        return show(&desk, Shown::new(), StatusCode::OK).await;
    }
    let (page, _) = Frame::new(&desk, Place::Account);
    let me = super::member(&desk, &desk.me.reader.id.to_string()).await?;
    let new = SecretString::from(fields.get("pass_new").to_owned());
    let mut errors = PassErrors::default();
    let weak = pass_problems(&new, &[&me.name, &me.email]);
    if !weak.is_empty() {
        errors.new = super::credentials::weak_words(&page, &weak);
    } else if fields.get("pass_new") != fields.get("pass_again") {
        errors.again = page.t("team-pass-differs");
    } else {
        let present = SecretString::from(fields.get("pass").to_owned());
        match sign_in::change_pass(&desk.site.app, &desk.me.reader, present, new).await {
            Ok(()) => {
                let mut response = go("/desk/sign-in?done=pass").into_response();
                if let Some((name, value)) = cookies::clear(Name::Desk, desk.site.web.https) {
                    response.headers_mut().append(name, value);
                }
                return Ok(response);
            }
            Err(SignInError::Refused) => errors.present = page.t("team-pass-present-wrong"),
            Err(SignInError::App(error)) => return Err(Problem::server(&error)),
        }
    }
    let shown = Shown {
        errors,
        ..Shown::new()
    };
    show(&desk, shown, StatusCode::UNPROCESSABLE_ENTITY).await
}

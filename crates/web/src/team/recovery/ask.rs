//! `/desk/recovery/ask/{ask}`: a lead looks at who asks to be let in again, and the holders type their shares.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::recovery::{self, Ask, RecoverError, Use};
use safehold_core::access::Area;

use super::{
    problem,
    typing::{self, Typing},
};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, moment, reply},
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
    team::prove,
};

#[derive(Template)]
#[template(path = "team/recovery/ask.html")]
struct AskPage {
    page: Page,
    desk: Frame,
    id: String,
    name: String,
    email: String,
    phone: String,
    asked: String,
    letters: String,
    why: String,
    why_error: String,
    typing: Typing,
    problems: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "team/recovery/let_in.html")]
struct LetIn {
    page: Page,
    desk: Frame,
    name: String,
    is_split: bool,
}

/// What is wrong in the form.
#[derive(Default)]
struct Wrong {
    why: bool,
    typed: Option<recovery::GivenError>,
}

/// `GET /desk/recovery/ask/{ask}`.
pub(super) async fn get(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Recovery)?;
    let ask = find(&desk, &id).await?;
    if let Some(answer) = prove::first(&desk, &format!("/desk/recovery/ask/{}", ask.id)) {
        return Ok(answer);
    }
    show(&desk, ask, &Fields::default(), Wrong::default(), StatusCode::OK).await
}

async fn find(desk: &Desk, id: &str) -> Result<Ask, Problem> {
    let asks = recovery::asks(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    asks.into_iter()
        .find(|ask| ask.id.to_string() == id)
        .ok_or(Problem::NotFound)
}

async fn show(
    desk: &Desk,
    ask: Ask,
    fields: &Fields,
    wrong: Wrong,
    status: StatusCode,
) -> Result<Response, Problem> {
    let kept = recovery::kept(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Team);
    let mut typing = Typing::of(&page, &kept, fields);
    if let Some(error) = &wrong.typed
        && !typing.note(&page, error)
    {
        return Err(Problem::server(error));
    }
    let why_error = if wrong.why {
        page.t("recovery-reason-missing")
    } else {
        String::new()
    };
    let mut problems = Vec::new();
    if wrong.why {
        problems.push(FieldError {
            name: "why".to_owned(),
            text: why_error.clone(),
        });
    }
    problems.extend(typing.problems());
    reply(
        status,
        &AskPage {
            id: ask.id.to_string(),
            asked: moment(&page, &desk.site.web, ask.asked_at),
            letters: ask.letters.to_string(),
            name: ask.name,
            email: ask.email,
            phone: ask.phone,
            why: fields.get("why").to_owned(),
            why_error,
            typing,
            problems,
            page,
            desk: frame,
        },
    )
}

/// `POST /desk/recovery/ask/{ask}`. The shares themselves are the proof that is asked for here: holders need time to
/// type them, and must not have to begin again.
pub(super) async fn post(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Recovery)?;
    let ask = find(&desk, &id).await?;
    if again {
        return show(&desk, ask, &fields, Wrong::default(), StatusCode::OK).await;
    }
    let (app, me) = (&desk.site.app, &desk.me.reader);
    if fields.get("do") == "drop" {
        recovery::drop_ask(app, me, ask.id)
            .await
            .map_err(|error| problem(&error))?;
        return Ok(go("/desk/recovery?done=dropped"));
    }
    let kept = recovery::kept(app, me).await.map_err(|error| problem(&error))?;
    let used = Use::at_desk(me.id, fields.get("why"));
    let key = recovery::unlock(app, &typing::texts(kept.needed, &fields)).await;
    let (used, key) = match (used, key) {
        (Ok(used), Ok(key)) => (used, key),
        (used, key) => {
            let wrong = Wrong {
                why: used.is_err(),
                typed: key.err(),
            };
            return show(&desk, ask, &fields, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    // In a task of its own: with many cases it takes a while, and a browser that goes away meanwhile must not stop it.
    let (work, id) = (app.clone(), ask.id);
    let done = tokio::spawn(async move { recovery::let_in(&work, &key, id, &used).await });
    match done.await.map_err(|error| Problem::server(&error))? {
        Ok(_) => {
            let (page, frame) = Frame::new(&desk, Place::Team);
            let name = ask.name;
            let is_split = kept.needed > 1;
            reply(
                StatusCode::OK,
                &LetIn {
                    page,
                    desk: frame,
                    name,
                    is_split,
                },
            )
        }
        Err(RecoverError::NoMember | RecoverError::NotOurs | RecoverError::Why) => Err(Problem::Conflict),
        Err(RecoverError::App(error)) => Err(Problem::server(&error)),
    }
}

//! `/desk/case/{id}/export`: the layers, the copies that were made, and making one.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::desk::{
    OpenedCase,
    export::{self, LayerState, MakeError, Wanted, copies, layers},
};
use safehold_core::{
    access::Area,
    id::{CaseId, EventId, RequestId},
};
use serde::Deserialize;

use super::{
    super::{Desk, Frame, Place, Sent, case, enter, frame::moment, go, problem, reply},
    asks_pass, ground, opened, typed_pass, words,
};
use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

/// A layer in the list.
struct LayerLine {
    id: EventId,
    name: String,
    ground: String,
    state: String,
}

/// A copy in the list.
struct CopyLine {
    id: EventId,
    purpose: String,
    about: String,
}

#[derive(Template)]
#[template(path = "desk/export/form.html")]
struct Form<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    done: String,
    layers: Vec<LayerLine>,
    copies: Vec<CopyLine>,
    choices: Vec<Choice>,
    purpose: &'a str,
    purpose_error: String,
    layers_error: String,
    pass_error: String,
    /// Whether the pass phrase is asked for.
    asks: bool,
    problems: Vec<FieldError>,
    refused: String,
    /// The request of somebody that the copy is for; empty for none.
    request: String,
}

/// What was wrong, as ids of texts.
#[derive(Default)]
struct Faults {
    purpose: Option<&'static str>,
    layers: Option<&'static str>,
    pass: Option<&'static str>,
    refused: Option<&'static str>,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
    #[serde(default)]
    request: String,
}

/// `GET /desk/case/{id}/export`.
pub async fn get(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (id, case) = match opened(&desk, &id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let done = match asked.done.as_str() {
        "layer" => "export-done-layer",
        "agree" => "export-done-agree",
        "back" => "export-done-back",
        _ => "",
    };
    let asked = Fields(vec![("request".to_owned(), asked.request)]);
    show(&desk, id, &case, &asked, &Faults::default(), done, StatusCode::OK)
}

/// `POST /desk/case/{id}/export`: makes a copy.
pub async fn post(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Export)?;
    let (id, case) = match opened(&desk, &id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    if again {
        return show(&desk, id, &case, &fields, &Faults::default(), "", StatusCode::OK);
    }
    let chosen = fields.0.iter().filter(|(name, _)| name == "layer");
    let chosen: Option<Vec<EventId>> = chosen.map(|(_, value)| value.parse().ok()).collect();
    let names = case::names(&desk.site).await?;
    let made = match chosen {
        None => Err(MakeError::Layer),
        Some(layers) => {
            let wanted = Wanted {
                purpose: fields.get("purpose").to_owned(),
                layers,
                pass: typed_pass(&fields),
                request: request(&fields),
            };
            let page = Frame::new(&desk, Place::Cases).0;
            let site = desk.site.clone();
            export::make(&desk.site.app, &desk.me, id, wanted, move |sheet| {
                words::case_file(&page, &site, &names, sheet)
            })
            .await
        }
    };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let mut faults = Faults::default();
    let status = match made {
        Ok(copy) => return Ok(go(&format!("/desk/case/{id}/export/copy/{copy}"))),
        Err(MakeError::Purpose) => {
            faults.purpose = Some("export-purpose-error");
            unprocessable
        }
        Err(MakeError::Pass) => {
            faults.pass = Some("export-pass-error");
            unprocessable
        }
        Err(MakeError::Layer) => {
            faults.layers = Some("export-layers-error");
            unprocessable
        }
        Err(MakeError::Lost) => {
            faults.layers = Some("export-layers-lost");
            unprocessable
        }
        Err(MakeError::NoRoom) => {
            faults.refused = Some("export-no-room");
            StatusCode::CONFLICT
        }
        Err(MakeError::Desk(safehold_app::desk::DeskError::Changed)) => {
            faults.refused = Some("desk-changed");
            StatusCode::CONFLICT
        }
        Err(MakeError::NotBegun) => return Ok(go(&format!("/desk/case/{id}"))),
        Err(MakeError::Desk(error)) => return Err(problem(&error)),
    };
    show(&desk, id, &case, &fields, &faults, "", status)
}

/// The request of somebody that a copy is for, if there is one.
fn request(fields: &Fields) -> Option<RequestId> {
    fields.get("request").parse().ok()
}

fn show(
    desk: &Desk,
    id: CaseId,
    case: &OpenedCase,
    fields: &Fields,
    faults: &Faults,
    done: &str,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let web = &desk.site.web;
    let known = layers(&case.history);
    let choices = known
        .iter()
        .filter(|layer| matches!(layer.state, LayerState::Agreed { .. }))
        .map(|layer| {
            let value = layer.id.to_string();
            Choice {
                checked: fields
                    .0
                    .iter()
                    .any(|(name, sent)| name == "layer" && *sent == value),
                label: layer.content.name.clone(),
                hint: ground(&page, layer.content.ground.key()),
                value,
            }
        })
        .collect();
    let lines = known
        .iter()
        .map(|layer| LayerLine {
            id: layer.id,
            name: layer.content.name.clone(),
            ground: ground(&page, layer.content.ground.key()),
            state: page.t(match layer.state {
                LayerState::Waiting => "export-state-waiting",
                LayerState::Agreed { .. } => "export-state-agreed",
                LayerState::SentBack { .. } => "export-state-sent-back",
            }),
        })
        .collect();
    let made = copies(&case.history)
        .into_iter()
        .map(|copy| CopyLine {
            id: copy.id,
            about: page.format(
                "export-about",
                &[
                    ("who", copy.by.unwrap_or_else(|| page.t("desk-somebody-gone"))),
                    ("at", moment(&page, web, copy.at)),
                ],
            ),
            purpose: copy.note.purpose,
        })
        .collect();
    let words = |id: Option<&str>| id.map_or_else(String::new, |id| page.t(id));
    let errors = [words(faults.purpose), words(faults.layers), words(faults.pass)];
    let problems = ["purpose", "layer", "pass"]
        .into_iter()
        .zip(&errors)
        .filter(|(_, error)| !error.is_empty())
        .map(|(name, error)| FieldError {
            name: name.to_owned(),
            text: error.clone(),
        })
        .collect();
    let [purpose_error, layers_error, pass_error] = errors;
    reply(
        status,
        &Form {
            id,
            reference: case.row.reference.to_string(),
            done: words(Some(done).filter(|done| !done.is_empty())),
            layers: lines,
            copies: made,
            choices,
            purpose: fields.get("purpose"),
            purpose_error,
            layers_error,
            pass_error,
            asks: asks_pass(desk),
            problems,
            refused: words(faults.refused),
            request: request(fields).map_or_else(String::new, |id| id.to_string()),
            page,
            desk: frame,
        },
    )
}

//! `/desk/case/{id}/export/layer/{layer}`: what a layer takes out, how a copy with it reads, and the second person's
//! check.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::desk::{
    DeskError, OpenedCase,
    export::{
        self, LayerError, LayerState, LayerView,
        documents::{Passage, redact},
    },
};
use safehold_core::{
    access::Area,
    id::{CaseId, EventId},
};

use super::{
    super::{Desk, Frame, Place, Sent, enter, frame::moment, go, problem, reply},
    find_layer, ground, in_words, opened,
    preview::{ShownPart, shown},
};
use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "desk/export/look.html")]
struct Look<'a> {
    page: Page,
    desk: Frame,
    id: CaseId,
    layer: EventId,
    version: u32,
    reference: String,
    name: String,
    ground: String,
    reason: String,
    by: String,
    state: String,
    /// What the second person said when they sent it back.
    sent_back: String,
    /// What goes: where, and which words.
    goes: Vec<(String, String)>,
    lost: usize,
    places: usize,
    parts: Vec<ShownPart>,
    may_check: bool,
    /// Whether it waits for somebody other than the reader.
    is_own: bool,
    answers: Vec<Choice>,
    answer_error: String,
    why: &'a str,
    why_error: String,
    problems: Vec<FieldError>,
    refused: String,
}

/// What was wrong, as ids of texts.
#[derive(Default)]
struct Faults {
    answer: Option<&'static str>,
    why: Option<&'static str>,
    refused: Option<&'static str>,
}

/// `GET /desk/case/{id}/export/layer/{layer}`.
pub async fn get(desk: Desk, Path((id, layer)): Path<(String, String)>) -> Result<Response, Problem> {
    let (id, case) = match opened(&desk, &id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let layer = find_layer(&case, &layer)?;
    let none = Fields::default();
    show(
        &desk,
        id,
        &case,
        &layer,
        &none,
        &Faults::default(),
        StatusCode::OK,
    )
    .await
}

/// `POST /desk/case/{id}/export/layer/{layer}`: agrees to it, or sends it back.
pub async fn post(Path((id, layer)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Export)?;
    let (id, case) = match opened(&desk, &id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let layer = find_layer(&case, &layer)?;
    let mut faults = Faults::default();
    if again {
        return show(&desk, id, &case, &layer, &fields, &faults, StatusCode::OK).await;
    }
    let agreed = match fields.get("answer") {
        "agree" => true,
        "back" => false,
        _ => {
            faults.answer = Some("export-answer-error");
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&desk, id, &case, &layer, &fields, &faults, status).await;
        }
    };
    // What was seen is what is agreed to: a version that changed meanwhile is another one.
    let seen = (layer.id, fields.get("version").parse().unwrap_or(0));
    let why = fields.get("why").trim().replace("\r\n", "\n");
    let (app, me) = (&desk.site.app, &desk.me.reader);
    let status = match export::check_layer(app, me, id, seen, agreed, why).await {
        Ok(()) => {
            let done = if agreed { "agree" } else { "back" };
            return Ok(go(&format!("/desk/case/{id}/export?done={done}")));
        }
        Err(LayerError::Why) => {
            faults.why = Some("export-check-why-error");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(LayerError::Own) => {
            faults.refused = Some("export-own");
            StatusCode::CONFLICT
        }
        Err(LayerError::NotWaiting) => {
            faults.refused = Some("export-not-waiting");
            StatusCode::CONFLICT
        }
        Err(LayerError::Desk(DeskError::Changed)) => {
            faults.refused = Some("desk-changed");
            StatusCode::CONFLICT
        }
        Err(LayerError::Desk(error)) => return Err(problem(&error)),
        Err(LayerError::Name | LayerError::Nothing | LayerError::TooMuch) => return Err(Problem::Malformed),
    };
    show(&desk, id, &case, &layer, &fields, &faults, status).await
}

async fn show(
    desk: &Desk,
    id: CaseId,
    case: &OpenedCase,
    layer: &LayerView,
    fields: &Fields,
    faults: &Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let file = in_words(desk, &page, case).await?;
    let left = redact(&file, std::slice::from_ref(&layer.content));
    let goes = layer
        .content
        .passages
        .iter()
        .map(|passage| goes(&page, &file, passage))
        .collect();
    let at = |at| moment(&page, &desk.site.web, at);
    let who = |name: Option<&String>| name.cloned().unwrap_or_else(|| page.t("desk-somebody-gone"));
    let about =
        |by: Option<&String>, when| page.format("export-about", &[("who", who(by)), ("at", at(when))]);
    let (state, sent_back) = match &layer.state {
        LayerState::Waiting => (page.t("export-state-waiting"), String::new()),
        LayerState::Agreed { by, at } => {
            let by = about(by.as_ref(), *at);
            (page.with("export-state-agreed-by", "about", by), String::new())
        }
        LayerState::SentBack { by, at, why } => {
            let by = about(by.as_ref(), *at);
            (page.with("export-state-sent-back-by", "about", by), why.clone())
        }
    };
    let waits = layer.state == LayerState::Waiting;
    let is_own = layer.makers.contains(&desk.me.reader.id);
    let words = |id: Option<&str>| id.map_or_else(String::new, |id| page.t(id));
    let errors = [words(faults.answer), words(faults.why)];
    let problems = ["answer", "why"]
        .into_iter()
        .zip(&errors)
        .filter(|(_, error)| !error.is_empty())
        .map(|(name, error)| FieldError {
            name: name.to_owned(),
            text: error.clone(),
        })
        .collect();
    let [answer_error, why_error] = errors;
    let answers = ["agree", "back"]
        .map(|value| Choice {
            value: value.to_owned(),
            label: page.t(&format!("export-answer-{value}")),
            hint: String::new(),
            checked: fields.get("answer") == value,
        })
        .into();
    reply(
        status,
        &Look {
            id,
            layer: layer.id,
            version: layer.version,
            reference: case.row.reference.to_string(),
            name: layer.content.name.clone(),
            ground: ground(&page, layer.content.ground.key()),
            reason: layer.content.why.clone(),
            by: about(layer.by.as_ref(), layer.at),
            state,
            sent_back,
            goes,
            lost: left.lost,
            places: left.places,
            parts: shown(&left.file),
            may_check: waits && !is_own,
            is_own: waits && is_own,
            answers,
            answer_error,
            why: fields.get("why"),
            why_error,
            problems,
            refused: words(faults.refused),
            page,
            desk: frame,
        },
    )
}

/// Where something goes from, and which words.
fn goes(
    page: &Page,
    file: &safehold_app::desk::export::documents::CaseFile,
    passage: &Passage,
) -> (String, String) {
    let heading = |entry: &str| {
        let heading = file.find(entry).map(|entry| entry.heading.words());
        heading
            .filter(|heading| !heading.is_empty())
            .unwrap_or_else(|| page.t("export-goes-entry"))
    };
    match passage {
        Passage::Entry { entry } => (heading(entry), page.t("export-goes-whole")),
        Passage::Words { entry, text, .. } => (heading(entry), text.clone()),
        Passage::Everywhere { phrase, instead } if instead.is_empty() => {
            (page.t("export-goes-everywhere"), phrase.clone())
        }
        Passage::Everywhere { phrase, instead } => (
            page.t("export-goes-everywhere"),
            page.format(
                "export-goes-instead",
                &[("phrase", phrase.clone()), ("instead", instead.clone())],
            ),
        ),
    }
}

//! `/desk/case/{id}/export/layer` and `…/{layer}/change`: picking what is left out.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::{
    desk::{
        DeskError, OpenedCase,
        export::{
            self, LayerError, LayerView, MOST_IN_A_LINE,
            documents::{Ground, Layer, Passage},
        },
    },
    follow::MOST_CHARACTERS,
};
use safehold_core::{access::Area, id::CaseId};

use super::{
    super::{Desk, Frame, Place, Sent, enter, go, problem, reply},
    find_layer, ground, in_words, opened,
    picks::{PartBoxes, Picks},
};
use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

/// So many empty lines for phrases stand after those that are filled in.
const MORE_PHRASES: usize = 3;

#[derive(Template)]
#[template(path = "desk/export/layer.html")]
struct PickPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    /// Where the form goes.
    to: String,
    version: u32,
    name: String,
    name_error: String,
    grounds: Vec<Choice>,
    ground_error: String,
    why: String,
    why_error: String,
    /// Words that go everywhere, and what is read instead.
    phrases: Vec<(usize, String, String)>,
    parts: Vec<PartBoxes>,
    nothing_error: String,
    problems: Vec<FieldError>,
    refused: String,
}

/// What the form holds.
#[derive(Default, Clone)]
struct Typed {
    name: String,
    ground: Option<Ground>,
    why: String,
    phrases: Vec<(String, String)>,
    picks: Picks,
    version: u32,
}

/// What was wrong, as ids of texts.
#[derive(Default)]
struct Faults {
    name: Option<&'static str>,
    ground: Option<&'static str>,
    why: Option<&'static str>,
    nothing: Option<&'static str>,
    refused: Option<&'static str>,
}

impl Faults {
    fn any(&self) -> bool {
        [self.name, self.ground, self.why, self.nothing, self.refused]
            .iter()
            .any(Option::is_some)
    }
}

impl Typed {
    fn sent(fields: &Fields) -> Self {
        let mut phrases: Vec<(String, String)> = Vec::new();
        for (name, value) in &fields.0 {
            let value = value.trim();
            match name.as_str() {
                "phrase" => phrases.push((value.to_owned(), String::new())),
                "instead" => {
                    if let Some((_, instead)) = phrases.last_mut() {
                        value.clone_into(instead);
                    }
                }
                _ => {}
            }
        }
        phrases.retain(|(phrase, instead)| !(phrase.is_empty() && instead.is_empty()));
        Self {
            name: fields.get("name").trim().to_owned(),
            ground: Ground::from_key(fields.get("ground")),
            why: fields.get("why").trim().replace("\r\n", "\n"),
            phrases,
            picks: Picks::sent(fields),
            version: fields.get("version").parse().unwrap_or(0),
        }
    }

    fn of(layer: &LayerView) -> Self {
        let phrases = layer.content.passages.iter().filter_map(|passage| match passage {
            Passage::Everywhere { phrase, instead } => Some((phrase.clone(), instead.clone())),
            Passage::Entry { .. } | Passage::Words { .. } => None,
        });
        Self {
            name: layer.content.name.clone(),
            ground: Some(layer.content.ground),
            why: layer.content.why.clone(),
            phrases: phrases.collect(),
            picks: Picks::of(&layer.content.passages),
            version: layer.version,
        }
    }
}

/// `GET /desk/case/{id}/export/layer`.
pub async fn get_new(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, case) = match opened(&desk, &id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let typed = Typed::default();
    show(&desk, id, &case, None, &typed, &Faults::default(), StatusCode::OK).await
}

/// `GET /desk/case/{id}/export/layer/{layer}/change`.
pub async fn get_change(desk: Desk, Path((id, layer)): Path<(String, String)>) -> Result<Response, Problem> {
    let (id, case) = match opened(&desk, &id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let layer = find_layer(&case, &layer)?;
    let typed = Typed::of(&layer);
    show(
        &desk,
        id,
        &case,
        Some(&layer),
        &typed,
        &Faults::default(),
        StatusCode::OK,
    )
    .await
}

/// `POST /desk/case/{id}/export/layer`.
pub async fn post_new(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    put(sent, &id, None).await
}

/// `POST /desk/case/{id}/export/layer/{layer}/change`.
pub async fn post_change(Path((id, layer)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    put(sent, &id, Some(&layer)).await
}

async fn put(sent: Sent, id: &str, layer: Option<&str>) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Export)?;
    let (id, case) = match opened(&desk, id).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let layer = layer.map(|layer| find_layer(&case, layer)).transpose()?;
    let typed = Typed::sent(&fields);
    let mut faults = Faults::default();
    // The other buttons only show the form again, with the words of one entry apart.
    if again || fields.get("do").starts_with("words:") {
        return show(&desk, id, &case, layer.as_ref(), &typed, &faults, StatusCode::OK).await;
    }
    let (page, _) = Frame::new(&desk, Place::Cases);
    let file = in_words(&desk, &page, &case).await?;
    let mut passages = typed.picks.passages(&file);
    let phrases = typed.phrases.iter().filter(|(phrase, _)| !phrase.is_empty());
    passages.extend(phrases.map(|(phrase, instead)| Passage::Everywhere {
        phrase: phrase.clone(),
        instead: instead.clone(),
    }));
    drop(file);
    if typed.name.is_empty() || typed.name.chars().count() > MOST_IN_A_LINE {
        faults.name = Some("export-name-error");
    }
    if typed.why.is_empty() || typed.why.chars().count() > MOST_CHARACTERS {
        faults.why = Some("export-why-error");
    }
    if passages.is_empty() {
        faults.nothing = Some("export-nothing-error");
    }
    let Some(chosen) = typed.ground else {
        faults.ground = Some("export-ground-error");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&desk, id, &case, layer.as_ref(), &typed, &faults, status).await;
    };
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !faults.any() {
        let content = Layer {
            name: typed.name.clone(),
            ground: chosen,
            why: typed.why.clone(),
            passages,
        };
        let seen = layer.as_ref().map(|layer| (layer.id, typed.version));
        match export::put_layer(&desk.site.app, &desk.me.reader, id, seen, content).await {
            Ok(layer) => return Ok(go(&format!("/desk/case/{id}/export/layer/{layer}"))),
            Err(LayerError::Name) => faults.name = Some("export-name-error"),
            Err(LayerError::Why) => faults.why = Some("export-why-error"),
            Err(LayerError::Nothing) => faults.nothing = Some("export-nothing-error"),
            Err(LayerError::TooMuch) => faults.nothing = Some("export-too-much-error"),
            Err(LayerError::Desk(DeskError::Changed)) => {
                faults.refused = Some("export-changed");
                status = StatusCode::CONFLICT;
            }
            Err(LayerError::Desk(error)) => return Err(problem(&error)),
            Err(LayerError::Own | LayerError::NotWaiting) => return Err(Problem::Malformed),
        }
    }
    show(&desk, id, &case, layer.as_ref(), &typed, &faults, status).await
}

async fn show(
    desk: &Desk,
    id: CaseId,
    case: &OpenedCase,
    layer: Option<&LayerView>,
    typed: &Typed,
    faults: &Faults,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let file = in_words(desk, &page, case).await?;
    let words = |id: Option<&str>| id.map_or_else(String::new, |id| page.t(id));
    let errors = [
        words(faults.name),
        words(faults.ground),
        words(faults.why),
        words(faults.nothing),
    ];
    let problems = ["name", "ground", "why", "pick"]
        .into_iter()
        .zip(&errors)
        .filter(|(_, error)| !error.is_empty())
        .map(|(name, error)| FieldError {
            name: name.to_owned(),
            text: error.clone(),
        })
        .collect();
    let [name_error, ground_error, why_error, nothing_error] = errors;
    let grounds = Ground::ALL
        .map(|of| Choice {
            value: of.key().to_owned(),
            label: ground(&page, of.key()),
            hint: page.t(&format!("export-ground-{}.hint", of.key().replace('_', "-"))),
            checked: typed.ground == Some(of),
        })
        .into();
    let empty = std::iter::repeat_n((String::new(), String::new()), MORE_PHRASES);
    let phrases = typed.phrases.iter().cloned().chain(empty).enumerate();
    let to = match layer {
        None => format!("/desk/case/{id}/export/layer"),
        Some(layer) => format!("/desk/case/{id}/export/layer/{}/change", layer.id),
    };
    reply(
        status,
        &PickPage {
            id,
            reference: case.row.reference.to_string(),
            to,
            // After somebody else's change, sending once more is a change of what is seen now.
            version: layer.map_or(0, |layer| layer.version),
            name: typed.name.clone(),
            name_error,
            grounds,
            ground_error,
            why: typed.why.clone(),
            why_error,
            phrases: phrases
                .map(|(index, (phrase, instead))| (index + 1, phrase, instead))
                .collect(),
            parts: typed.picks.boxes(&file),
            nothing_error,
            problems,
            refused: words(faults.refused),
            page,
            desk: frame,
        },
    )
}

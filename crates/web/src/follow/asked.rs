//! `/follow/asked/{id}`: a question before a step, which the person answers, or leaves.

use axum::{
    extract::{Path, State},
    response::Response,
};
use safehold_app::follow::{Followed, Question};
use safehold_core::{
    id::EventId,
    record::{ANSWERS, Kind},
};

use super::saying::{self, Asking, Found, RemarkLine, Says, choices, find, page_of, take};
use crate::{fields::Fields, layout::Page, problem::Problem, site::Site, visit::MaybeVisit};

fn question<'a>(followed: &'a Followed, id: &str) -> Result<&'a Question, Problem> {
    let id: EventId = id.parse().map_err(|_| Problem::NotFound)?;
    followed
        .side
        .questions
        .iter()
        .find(|question| question.id == id)
        .ok_or(Problem::NotFound)
}

fn asking(site: &Site, page: &Page, question: &Question) -> Asking {
    let step = page.t(&format!("follow-ask-step-{}", question.step));
    let by = question
        .by
        .map(|by| page.with("follow-ask-by", "date", page.date(by)));
    Asking {
        kind: Kind::AskAnswer,
        about: Some(question.id),
        action: format!("/follow/asked/{}", question.id),
        back: "/follow",
        done: "asked",
        heading: page.t("follow-ask-heading"),
        about_it: [step]
            .into_iter()
            .chain(by)
            .chain([page.t("follow-ask-then")])
            .collect(),
        quoted: question.words.clone(),
        remarks: question
            .answers
            .iter()
            .map(|answer| RemarkLine::of(site, page, "answer", answer))
            .collect(),
        says: Some(Says {
            name: "answer_says",
            legend: page.t("follow-ask-legend"),
            choices: choices(page, "answer", ANSWERS),
        }),
        words: (
            "answer_words",
            page.t("follow-ask-words"),
            page.t("follow-ask-words.hint"),
        ),
        button: page.t("follow-ask-send"),
        fixed: Vec::new(),
    }
}

/// `GET /follow/asked/{id}`.
pub(super) async fn get(
    State(site): State<Site>,
    visit: MaybeVisit,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (visit, followed) = match find(&site, visit).await? {
        Found::Report(visit, followed) => (visit, followed),
        Found::Elsewhere(response) => return Ok(response),
    };
    let page = page_of(&site, &visit);
    let asking = asking(&site, &page, question(&followed, &id)?);
    saying::show(page, asking)
}

/// `POST /follow/asked/{id}`.
pub(super) async fn post(
    State(site): State<Site>,
    visit: MaybeVisit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (visit, followed) = match find(&site, visit).await? {
        Found::Report(visit, followed) => (visit, followed),
        Found::Elsewhere(response) => return Ok(response),
    };
    let page = page_of(&site, &visit);
    let asking = asking(&site, &page, question(&followed, &id)?);
    take(&site, visit, page, asking, &fields).await
}

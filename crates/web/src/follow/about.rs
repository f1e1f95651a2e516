//! `/follow/about`: what of the record is shown to the person, with what they say to it; and `…/{id}`, to say something
//! to one piece of it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use safehold_app::follow::{Followed, Piece, Talk};
use safehold_core::{id::EventId, record::Kind};

use super::saying::{self, Asking, Found, RemarkLine, Says, choices, find, page_of, take};
use crate::{
    fields::Fields,
    layout::{self, Page},
    problem::Problem,
    report::times,
    site::Site,
    visit::MaybeVisit,
};

/// What of a talk the person sees.
const OF_TALK: [&str; 4] = ["talk_limits", "talk_wished", "talk_worries", "talk_agreed"];

struct PieceView {
    id: EventId,
    heading: String,
    at: String,
    words: String,
    remarks: Vec<RemarkLine>,
}

struct TalkView {
    at: String,
    parts: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "follow/about.html")]
struct AboutPage {
    page: Page,
    is_affected: bool,
    pieces: Vec<PieceView>,
    talks: Vec<TalkView>,
}

fn remarks(site: &Site, page: &Page, piece: &Piece) -> Vec<RemarkLine> {
    piece
        .comments
        .iter()
        .map(|comment| RemarkLine::of(site, page, "comment", comment))
        .collect()
}

fn talk(site: &Site, page: &Page, talk: &Talk) -> TalkView {
    TalkView {
        at: page.with(
            "follow-about-talk-at",
            "at",
            times::day(page, &site.web.zone, talk.at),
        ),
        parts: OF_TALK
            .iter()
            .filter_map(|field| {
                let words = talk.record.get(field)?;
                Some((page.t(&format!("follow-{field}")), words.to_owned()))
            })
            .collect(),
    }
}

/// `GET /follow/about`.
pub(super) async fn list(State(site): State<Site>, visit: MaybeVisit) -> Result<Response, Problem> {
    let (visit, followed) = match find(&site, visit).await? {
        Found::Report(visit, followed) => (visit, followed),
        Found::Elsewhere(response) => return Ok(response),
    };
    let page = page_of(&site, &visit);
    let side = &followed.side;
    let html = AboutPage {
        is_affected: side.is_affected,
        pieces: side
            .pieces
            .iter()
            .rev()
            .map(|piece| PieceView {
                id: piece.id,
                heading: page.t(&format!("follow-about-{}", piece.of.key())),
                at: page.with(
                    "follow-about-at",
                    "at",
                    times::day(&page, &site.web.zone, piece.at),
                ),
                words: piece.words.clone(),
                remarks: remarks(&site, &page, piece),
            })
            .collect(),
        talks: side
            .talks
            .iter()
            .rev()
            .map(|one| talk(&site, &page, one))
            .collect(),
        page,
    };
    Ok(layout::html(&html)?.into_response())
}

fn piece<'a>(followed: &'a Followed, id: &str) -> Result<&'a Piece, Problem> {
    let id: EventId = id.parse().map_err(|_| Problem::NotFound)?;
    followed
        .side
        .pieces
        .iter()
        .find(|piece| piece.id == id)
        .ok_or(Problem::NotFound)
}

fn asking(site: &Site, page: &Page, piece: &Piece) -> Asking {
    Asking {
        kind: Kind::Comment,
        about: Some(piece.id),
        action: format!("/follow/about/{}", piece.id),
        back: "/follow/about",
        done: "comment",
        heading: page.t("follow-comment-heading"),
        about_it: vec![page.t("follow-comment-then")],
        quoted: piece.words.clone(),
        remarks: remarks(site, page, piece),
        says: Some(Says {
            name: "comment_says",
            legend: page.t("follow-comment-legend"),
            choices: choices(page, "comment", &["agree", "not_what_i_said", "comment"]),
        }),
        words: (
            "comment_words",
            page.t("follow-comment-words"),
            page.t("follow-comment-words.hint"),
        ),
        button: page.t("follow-comment-send"),
        fixed: Vec::new(),
    }
}

/// `GET /follow/about/{id}`.
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
    let asking = asking(&site, &page, piece(&followed, &id)?);
    saying::show(page, asking)
}

/// `POST /follow/about/{id}`.
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
    let asking = asking(&site, &page, piece(&followed, &id)?);
    take(&site, visit, page, asking, &fields).await
}

//! `/desk/case/{id}/pattern`: a case with all that it is linked with.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use jiff::Timestamp;
use safehold_app::desk::pattern::{Linked, Look, Note, Noted, look};
use safehold_core::{access::Area, id::CaseId};
use serde::Deserialize;

use super::{
    super::{Desk, Frame, Place, case::names, case_id, enter, frame::moment, go, problem, reply},
    lines::{Card, Line, Writer, reason, ties},
    picture::{self, Picture},
};
use crate::{layout::Page, problem::Problem, state::WebState};

/// Something that was said of a link.
pub(super) struct NoteView {
    /// What, by whom and when, in words.
    pub(super) said: String,
    /// Why, in the words of who said it.
    pub(super) why: String,
}

/// Another case that this one is linked with.
struct LinkView {
    id: CaseId,
    reference: String,
    state: String,
    level: String,
    ties: String,
    last: Option<NoteView>,
    earlier: Vec<NoteView>,
}

#[derive(Template)]
#[template(path = "desk/pattern/pattern.html")]
struct PatternPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    done: String,
    may_link: bool,
    may_set_level: bool,
    /// The level of the case.
    level: String,
    reasons: Vec<String>,
    links: Vec<LinkView>,
    ended: Vec<LinkView>,
    lines: Vec<Line>,
    picture: Option<Picture>,
    /// The days at both ends of the picture.
    first_day: String,
    last_day: String,
    cards: Vec<Card>,
    is_cut: bool,
    made: String,
}

/// What the address may say.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/case/{id}/pattern`.
pub(super) async fn get(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let id = case_id(&id)?;
    let found = look(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let Some(found) = found else {
        return Ok(go(&format!("/desk/case/{id}")));
    };
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let names = names(&desk.site).await?;
    let web = &desk.site.web;
    let writer = Writer {
        page: &page,
        names: &names,
        now: desk.site.app.form(),
    };
    let lines = if found.told.len() > 1 {
        writer.lines(&found)
    } else {
        Vec::new()
    };
    let cards = if found.told.len() > 1 {
        writer.cards(&found, id)
    } else {
        Vec::new()
    };
    let dated: Vec<&Line> = lines.iter().filter(|line| line.has_date).collect();
    let mut ends = dated.iter();
    let (links, ended) = links(&page, web, &found);
    let Some(own) = found.told.first() else {
        return Err(Problem::NotFound);
    };
    let html = PatternPage {
        id,
        reference: own.row.reference.to_string(),
        done: done(&page, &asked.done),
        may_link: found.may_link,
        may_set_level: found.may_set_level,
        level: own.row.level.map_or_else(
            || page.t("pattern-no-level"),
            |level| page.t(&format!("desk-level-{}", level.key())),
        ),
        reasons: found
            .weighed
            .iter()
            .map(|weighed| reason(&page, weighed))
            .collect(),
        links,
        ended,
        first_day: ends.next().map_or_else(String::new, |line| page.date(line.on)),
        last_day: ends
            .next_back()
            .map_or_else(String::new, |line| page.date(line.on)),
        picture: picture::draw(&lines),
        lines,
        cards,
        is_cut: found.is_cut,
        made: made(&page, &desk, desk.site.app.now()),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

/// When the page was made and for whom, for those who print it.
fn made(page: &Page, desk: &Desk, at: Timestamp) -> String {
    page.format(
        "pattern-made",
        &[
            ("at", moment(page, &desk.site.web, at)),
            ("name", desk.me.reader.name.clone()),
        ],
    )
}

fn done(page: &Page, done: &str) -> String {
    match done {
        "link" => page.t("pattern-did-link"),
        "unlink" => page.t("pattern-did-unlink"),
        "apart" => page.t("pattern-did-apart"),
        _ => String::new(),
    }
}

/// The links that stand, and those that were ended.
fn links(page: &Page, web: &WebState, found: &Look) -> (Vec<LinkView>, Vec<LinkView>) {
    let view = |linked: &Linked| {
        let mut notes: Vec<_> = linked
            .notes
            .iter()
            .rev()
            .map(|said| note(page, web, said))
            .collect();
        let earlier = notes.split_off(notes.len().min(1));
        LinkView {
            id: linked.case,
            reference: linked.reference.to_string(),
            state: page.t(&format!("desk-state-{}", linked.state.key())),
            level: linked.level.map_or_else(
                || page.t("pattern-no-level"),
                |level| page.t(&format!("desk-level-{}", level.key())),
            ),
            ties: ties(page, linked.ties.iter().copied()),
            last: notes.pop(),
            earlier,
        }
    };
    let (standing, ended): (Vec<_>, Vec<_>) = found.links.iter().partition(|linked| !linked.ties.is_empty());
    (
        standing.into_iter().map(view).collect(),
        ended.into_iter().map(view).collect(),
    )
}

/// Something that was said of a link, in words.
pub(super) fn note(page: &Page, web: &WebState, note: &Note) -> NoteView {
    let by = note.by.clone().unwrap_or_else(|| page.t("desk-somebody-gone"));
    let at = moment(page, web, note.at);
    let (id, common, why) = match &note.what {
        Noted::Linked { ties: of, why } => (
            "pattern-note-linked",
            ties(page, of.iter().copied()),
            why.as_str().to_owned(),
        ),
        Noted::Unlinked { why } => ("pattern-note-unlinked", String::new(), why.as_str().to_owned()),
        Noted::Apart { .. } => ("pattern-note-apart", String::new(), String::new()),
    };
    NoteView {
        said: page.format(id, &[("by", by), ("at", at), ("ties", common)]),
        why,
    }
}

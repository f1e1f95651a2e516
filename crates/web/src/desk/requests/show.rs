//! `/desk/requests/{request}`: one request, and the letter that answers it.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::desk::requests::{self, LookedInto, OpenedRequest};
use safehold_core::{
    access::Area,
    case::FieldKind,
    id::{RequestId, UserId},
    rights::{Entry, State, Step},
};
use serde::Deserialize;

use super::{
    super::{Desk, Frame, Place, enter, frame::moment, problem, reply},
    due, opened, request_id, standing,
};
use crate::{layout::Page, problem::Problem};

/// An entry of the request.
struct EntryView {
    said: String,
    fields: Vec<(String, String, bool)>,
}

struct ReaderLine {
    name: String,
    looked: String,
}

struct CaseLine {
    id: String,
    reference: String,
    layers: String,
    copies: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk/requests/show.html")]
struct ShowPage {
    page: Page,
    desk: Frame,
    id: RequestId,
    who: String,
    right: String,
    done: String,
    standing: String,
    due: String,
    late: bool,
    /// How the days were counted.
    days: Vec<String>,
    steps: Vec<Step>,
    /// Whether there is still something to look for.
    may_look: bool,
    is_alone: bool,
    readers: Vec<ReaderLine>,
    not_for: String,
    cases: Vec<CaseLine>,
    has_letter: bool,
    entries: Vec<EntryView>,
}

#[derive(Template)]
#[template(path = "desk/requests/letter.html")]
struct LetterPage {
    page: Page,
    desk: Frame,
    id: RequestId,
    letter: String,
    is_agreed: bool,
}

/// What the address may say.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/requests/{request}`.
pub(super) async fn get(
    desk: Desk,
    Path(request): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    let id = request_id(&request)?;
    let opened = opened(&desk, id).await?;
    let cases = requests::released_from(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Requests);
    let view = &opened.view;
    let (due, late) = due(&page, view, opened.today);
    let done = match Step::from_key(&asked.done) {
        Some(step) => page.t(&format!("requests-did-{}", step.key())),
        None if asked.done == "look" => page.t("requests-did-look"),
        None => String::new(),
    };
    let entries = opened
        .entries
        .iter()
        .map(|(entry, by)| entry_view(&desk, &page, entry, by.as_deref(), &opened))
        .collect();
    let html = ShowPage {
        id,
        who: view.who.clone(),
        right: page.t(&format!("desk-choice-rights_right-{}", view.right.key())),
        done,
        standing: standing(&page, view),
        due,
        late,
        days: days(&page, &opened),
        steps: opened.steps.clone(),
        may_look: view.state != State::Ended,
        is_alone: opened.readers.len() < 2 && view.state != State::Ended,
        readers: readers(&desk, &page, &opened),
        not_for: opened.not_for.join(", "),
        cases: cases.iter().map(|case| case_line(&desk, &page, case)).collect(),
        has_letter: view.answer.is_some(),
        entries,
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

/// `GET /desk/requests/{request}/letter`: the letter by itself, to print.
pub(super) async fn get_letter(desk: Desk, Path(request): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    let id = request_id(&request)?;
    let opened = opened(&desk, id).await?;
    let answer = opened.view.answer.ok_or(Problem::NotFound)?;
    let (page, frame) = Frame::new(&desk, Place::Requests);
    let html = LetterPage {
        id,
        letter: answer.letter,
        is_agreed: matches!(opened.view.state, State::Agreed | State::Ended),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

fn days(page: &Page, opened: &OpenedRequest) -> Vec<String> {
    let clock = &opened.view.clock;
    let mut days = vec![page.with("requests-received", "date", page.date(clock.received_on))];
    if clock.from != clock.received_on {
        days.push(page.with("requests-counts-from", "date", page.date(clock.from)));
    }
    if clock.paused_days > 0 {
        days.push(page.count(
            "requests-paused-days",
            usize::try_from(clock.paused_days).unwrap_or_default(),
        ));
    }
    if clock.is_extended {
        days.push(page.t("requests-extended"));
    } else if matches!(opened.view.state, State::Open | State::Waits(..)) && opened.today <= clock.first_on {
        days.push(page.with("requests-may-extend", "date", page.date(clock.first_on)));
    }
    days
}

fn readers(desk: &Desk, page: &Page, opened: &OpenedRequest) -> Vec<ReaderLine> {
    opened
        .readers
        .iter()
        .map(|reader| ReaderLine {
            name: if reader.is_self {
                page.with("requests-you", "name", &reader.who.name)
            } else {
                reader.who.name.clone()
            },
            looked: match reader.done_at {
                Some(at) => page.with("requests-looked", "at", moment(page, &desk.site.web, at)),
                None => page.t("requests-not-looked"),
            },
        })
        .collect()
}

fn case_line(desk: &Desk, page: &Page, case: &LookedInto) -> CaseLine {
    let layers = page.format(
        "requests-layers",
        &[
            ("agreed", case.layers_agreed.to_string()),
            ("waiting", case.layers_waiting.to_string()),
        ],
    );
    let copies = case
        .copies
        .iter()
        .map(|copy| {
            let by = copy.by.clone().unwrap_or_else(|| page.t("desk-somebody-gone"));
            let words = page.format(
                "requests-copy",
                &[("who", by), ("at", moment(page, &desk.site.web, copy.at))],
            );
            (format!("/desk/case/{}/export/copy/{}", case.case, copy.id), words)
        })
        .collect();
    CaseLine {
        id: case.case.to_string(),
        reference: case.reference.to_string(),
        layers,
        copies,
    }
}

fn entry_view(
    desk: &Desk,
    page: &Page,
    entry: &Entry,
    by: Option<&str>,
    opened: &OpenedRequest,
) -> EntryView {
    let by = by.map_or_else(|| page.t("desk-somebody-gone"), str::to_owned);
    let said = page.format(
        "requests-entry",
        &[
            ("what", page.t(&format!("requests-did-{}", entry.step.key()))),
            ("who", by),
            ("at", moment(page, &desk.site.web, entry.at)),
        ],
    );
    let name = |id: &str| -> Option<String> {
        let id: UserId = id.parse().ok()?;
        let known = opened.readers.iter().find(|reader| reader.who.id == id)?;
        Some(known.who.name.clone())
    };
    let fields = entry
        .step
        .fields()
        .iter()
        .filter_map(|field| {
            let value = entry.record.get(field.id)?;
            let (text, own) = match field.kind {
                FieldKind::Choice(_) => (page.t(&format!("desk-choice-{}-{value}", field.id)), false),
                FieldKind::Date => (
                    value
                        .parse()
                        .map_or_else(|_| value.to_owned(), |on| page.date(on)),
                    false,
                ),
                FieldKind::Reader => (name(value).unwrap_or_else(|| page.t("desk-somebody-gone")), false),
                FieldKind::AllOf(_) => return None,
                FieldKind::Text | FieldKind::Long | FieldKind::Categories => (value.to_owned(), true),
            };
            Some((page.t(&format!("desk-field-{}", field.id)), text, own))
        })
        .collect();
    EntryView { said, fields }
}

//! `/desk/requests/{request}/look`: finding the person in one's own cases, and saying which are about them.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use safehold_app::desk::requests;
use safehold_core::{
    access::Area,
    id::{CaseId, RequestId},
    rights::Mark,
};

use super::{
    super::{
        Desk, Frame, Place, Sent, enter, go, problem, reply,
        search::words::{HitView, hit},
    },
    request_id,
};
use crate::{
    fields::Fields,
    layout::{Choice, Page},
    problem::Problem,
};

struct Found {
    hit: HitView,
    names: String,
    name: String,
    legend: String,
    marks: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "desk/requests/look.html")]
struct LookPage {
    page: Page,
    desk: Frame,
    id: RequestId,
    names: Vec<String>,
    looked: String,
    under_way: bool,
    notes: Vec<String>,
    found: Vec<Found>,
    is_done: bool,
}

/// `GET /desk/requests/{request}/look`.
pub(super) async fn get(desk: Desk, Path(request): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    show(&desk, request_id(&request)?, &Fields::default()).await
}

/// `POST /desk/requests/{request}/look`.
pub(super) async fn post(
    Path(request): Path<String>,
    Sent { desk, fields, again }: Sent,
) -> Result<Response, Problem> {
    enter(&desk, Area::Requests)?;
    let id = request_id(&request)?;
    if again {
        return show(&desk, id, &fields).await;
    }
    let marks: Vec<(CaseId, Mark)> = fields
        .0
        .iter()
        .filter_map(|(name, value)| {
            let case = name.strip_prefix("mark-")?.parse().ok()?;
            Some((case, Mark::from_key(value)?))
        })
        .collect();
    let is_done = fields.get("done") == "yes";
    requests::mark(&desk.site.app, &desk.me.reader, id, &marks, is_done)
        .await
        .map_err(|error| problem(&error))?;
    Ok(go(&format!("/desk/requests/{id}?done=look")))
}

async fn show(desk: &Desk, id: RequestId, fields: &Fields) -> Result<Response, Problem> {
    let finding = requests::look(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(desk, Place::Requests);
    let progress = finding.progress;
    let mut notes = Vec::new();
    for (id, count) in [
        ("requests-look-not-begun", progress.not_begun),
        ("requests-look-cut", progress.cut),
        ("requests-look-left-out", progress.left_out),
    ] {
        if count > 0 {
            notes.push(page.count(id, count));
        }
    }
    if !finding.unsearched.is_empty() {
        let names = finding.unsearched.join(", ");
        notes.push(page.with("requests-look-not-searched", "names", names));
    }
    if finding.is_cut {
        notes.push(page.t("requests-look-too-many"));
    }
    let found = finding
        .cases
        .iter()
        .map(|found| {
            let name = format!("mark-{}", found.hit.case);
            let typed = fields.get(&name);
            let marks = Mark::ALL
                .iter()
                .map(|mark| Choice {
                    value: mark.key().to_owned(),
                    label: page.t(&format!("requests-mark-{}", mark.key())),
                    hint: String::new(),
                    checked: if typed.is_empty() {
                        found.mark == Some(*mark)
                    } else {
                        typed == mark.key()
                    },
                })
                .collect();
            Found {
                legend: page.with("requests-mark", "reference", found.hit.reference.to_string()),
                names: page.with("requests-found-by", "names", found.names.join(", ")),
                hit: hit(desk, &page, &found.hit),
                name,
                marks,
            }
        })
        .collect();
    let html = LookPage {
        id,
        names: finding.names,
        looked: if progress.is_complete() {
            page.count("requests-looked-through", progress.looked)
        } else {
            let numbers = [
                ("looked", progress.looked.to_string()),
                ("of", progress.of.to_string()),
            ];
            page.format("requests-look-under-way", &numbers)
        },
        under_way: !progress.is_complete(),
        notes,
        found,
        is_done: finding.is_done || fields.get("done") == "yes",
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

//! `/desk/case/{id}/chronology`: everything that has a date, in the order in which it happened. It makes itself, and
//! prints.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use jiff::{Timestamp, civil::Date};
use safehold_app::{
    desk::{CaseOpened, Entry, OpenedCase, open},
    report::EventBody,
};
use safehold_core::{access::Area, id::CaseId};

use super::super::{
    Desk, Frame, Place,
    answers::{Reading, Said},
    case::names,
    case_id, enter,
    frame::moment,
    go,
    history::{self, Names},
    message::MessageLine,
    problem, reply,
};
use crate::{layout::Page, problem::Problem, state::WebState};

/// The questions of the report on when and where it happened.
const WHEN: &[&str] = &[
    "when_happened",
    "when_noticed",
    "how_often",
    "how_often_more",
    "where",
    "online_details",
    "activity",
];

/// One line of it.
struct Line {
    day: Date,
    at: Timestamp,
    when: String,
    /// When it was written down, where that is another day.
    recorded: String,
    what: String,
    who: String,
    fields: Vec<(String, Vec<String>, bool)>,
}

#[derive(Template)]
#[template(path = "desk/work/chronology.html")]
struct Chronology {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    made: String,
    told: Vec<Said>,
    lines: Vec<Line>,
}

/// `GET /desk/case/{id}/chronology`.
pub(super) async fn get(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let id = case_id(&id)?;
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let CaseOpened::Full(case) = opened else {
        return Ok(go(&format!("/desk/case/{id}")));
    };
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let names = names(&desk.site).await?;
    let web = &desk.site.web;
    let reading = Reading::new(
        &page,
        &case.form,
        desk.site.app.form(),
        &case.report.answers,
        &names,
    );
    let html = Chronology {
        id,
        reference: case.row.reference.to_string(),
        made: page.format(
            "record-chronology-made",
            &[
                ("at", moment(&page, web, desk.site.app.now())),
                ("name", desk.me.reader.name.clone()),
            ],
        ),
        told: reading.said(WHEN),
        lines: lines(&page, web, &names, &case),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

fn lines(page: &Page, web: &WebState, names: &Names, case: &OpenedCase) -> Vec<Line> {
    let day = |at: Timestamp| at.to_zoned(web.zone.clone()).date();
    let mut lines = vec![Line {
        day: day(case.row.received_at),
        at: case.row.received_at,
        when: moment(page, web, case.row.received_at),
        recorded: String::new(),
        what: page.t("desk-trace-received"),
        who: page.t("desk-the-reporter"),
        fields: Vec::new(),
    }];
    lines.extend(case.messages.iter().map(|message| {
        let line = MessageLine::of(page, web, message);
        let files = line
            .files
            .iter()
            .map(|file| file.name.clone())
            .collect::<Vec<_>>();
        let mut fields: Vec<_> = line
            .texts
            .into_iter()
            .map(|(label, text)| (label, vec![text], true))
            .collect();
        if !files.is_empty() {
            fields.push((page.t("desk-case-files"), files, false));
        }
        Line {
            day: day(message.at),
            at: message.at,
            when: line.at,
            recorded: String::new(),
            what: if line.kind.is_empty() {
                page.t("record-chronology-message")
            } else {
                line.kind
            },
            who: line.from,
            fields,
        }
    }));
    lines.extend(case.history.iter().map(|entry| happened(page, web, names, entry)));
    lines.sort_by_key(|line| (line.day, line.at));
    lines
}

/// What happened on a day of its own stands on that day, with when it was written down.
fn happened(page: &Page, web: &WebState, names: &Names, entry: &Entry) -> Line {
    let written = history::line(page, web, names, entry);
    let own_day = if let EventBody::Entered { entry } = &entry.body {
        ["contact_on", "called_on"]
            .iter()
            .find_map(|field| entry.record.get(field)?.parse::<Date>().ok())
    } else {
        None
    };
    let recorded_on = entry.at.to_zoned(web.zone.clone()).date();
    let other_day = own_day.filter(|day| *day != recorded_on);
    Line {
        day: other_day.unwrap_or(recorded_on),
        at: entry.at,
        when: other_day.map_or_else(|| written.at.clone(), |day| page.date(day)),
        recorded: if other_day.is_some() {
            page.with("record-chronology-recorded", "at", &written.at)
        } else {
            String::new()
        },
        what: written.what,
        who: written.who,
        fields: written.fields,
    }
}

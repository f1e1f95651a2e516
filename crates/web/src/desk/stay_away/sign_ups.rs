//! `/desk/sign-ups`: names of people who would like to join, compared with the decisions that are in force. It tells who
//! may be meant, to whoever may know; it keeps nothing and stops nobody.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::desk::stay_away::{self, Match};
use safehold_core::{
    access::Area,
    stay_away::{MOST_LINES, TooMuch, read_list},
};

use super::{
    super::{
        Desk, Frame, Place, Sent, enter,
        history::{Names, recorded},
        problem, reply,
    },
    list::LineView,
};
use crate::{
    layout::{FieldError, Page},
    problem::Problem,
};

/// The field with the names.
const NAMES: &str = "names";
/// What is shown of a decision besides who and until when: what has to happen, and not why.
const SHOWN: [&str; 3] = ["stay_from", "stay_which", "stay_way_back"];

/// Somebody who may be meant.
struct Meant {
    line: String,
    means: String,
    decision: LineView,
    says: Vec<(String, Vec<String>, bool)>,
}

/// What was found.
struct Found {
    summary: String,
    meant: Vec<Meant>,
}

#[derive(Template)]
#[template(path = "desk/stay_away/sign_ups.html")]
struct SignUpsPage {
    page: Page,
    desk: Frame,
    typed: String,
    error: String,
    problems: Vec<FieldError>,
    found: Option<Found>,
}

/// `GET /desk/sign-ups`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::StayAway)?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    show(page, frame, "", String::new(), None)
}

/// `POST /desk/sign-ups`. It changes nothing, so the answer is a page; it is a form and no address because names are in
/// no address.
pub(super) async fn post(Sent { desk, fields, again }: Sent) -> Result<Response, Problem> {
    enter(&desk, Area::StayAway)?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let typed = fields.get(NAMES);
    if again {
        return show(page, frame, typed, String::new(), None);
    }
    let asked = match read_list(typed) {
        Ok(asked) if asked.is_empty() => {
            let error = page.t("stay-sign-ups-empty");
            return show(page, frame, typed, error, None);
        }
        Ok(asked) => asked,
        Err(TooMuch) => {
            let error = page.with("stay-sign-ups-too-much", "lines", MOST_LINES.to_string());
            return show(page, frame, typed, error, None);
        }
    };
    let matches = stay_away::in_force_matching(&desk.site.app, &desk.me.reader, &asked)
        .await
        .map_err(|error| problem(&error))?;
    let mut lines: Vec<_> = matches.iter().map(|found| found.line).collect();
    lines.dedup();
    let summary = if lines.is_empty() {
        page.count("stay-sign-ups-nobody", asked.len())
    } else {
        page.count("stay-sign-ups-found", lines.len())
    };
    let meant = matches.iter().map(|found| meant(&page, found)).collect();
    show(page, frame, typed, String::new(), Some(Found { summary, meant }))
}

fn meant(page: &Page, found: &Match) -> Meant {
    let decision = LineView::of(page, &found.decision);
    let record = &found.decision.record;
    let fields: Vec<_> = safehold_core::record::Kind::StayAway
        .fields()
        .iter()
        .filter(|field| SHOWN.contains(&field.id))
        .copied()
        .collect();
    let how = page.t(&format!("stay-alike-{}", found.alike.key()));
    Meant {
        line: page.format(
            "stay-sign-ups-line",
            &[("line", found.line.to_string()), ("text", found.text.clone())],
        ),
        means: page.format(
            "stay-sign-ups-means",
            &[("name", decision.name.clone()), ("how", how)],
        ),
        // None of these fields names a reader.
        says: recorded(page, &Names::default(), &fields, record),
        decision,
    }
}

fn show(
    page: Page,
    desk: Frame,
    typed: &str,
    error: String,
    found: Option<Found>,
) -> Result<Response, Problem> {
    let problems: Vec<_> = (!error.is_empty())
        .then(|| FieldError {
            name: NAMES.to_owned(),
            text: error.clone(),
        })
        .into_iter()
        .collect();
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let html = SignUpsPage {
        typed: typed.to_owned(),
        error,
        problems,
        found,
        page,
        desk,
    };
    reply(status, &html)
}

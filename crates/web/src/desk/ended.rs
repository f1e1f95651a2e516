//! `/desk/ended`: what people said at the end, as numbers from which nobody can be read off.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_app::desk;
use safehold_core::{
    access::Area,
    feedback::{BATCH, NONE, Shown},
};

use super::{Desk, Frame, Place, enter, problem, reply};
use crate::{layout::Page, problem::Problem};

/// A question with its answers and how many gave each.
struct Asked {
    words: String,
    answers: Vec<(String, String)>,
}

struct Quarter {
    heading: String,
    people: String,
    questions: Vec<Asked>,
}

#[derive(Template)]
#[template(path = "desk/ended.html")]
struct EndedPage {
    page: Page,
    desk: Frame,
    quarters: Vec<Quarter>,
    batch: String,
}

/// `GET /desk/ended`.
pub(super) async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::Statistics)?;
    let quarters = desk::ended(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Ended);
    let shown = |shown: Shown| match shown {
        Shown::Number(number) => number.to_string(),
        Shown::Hidden => page.t("desk-ended-hidden"),
    };
    let quarters = quarters
        .into_iter()
        .map(|quarter| Quarter {
            heading: page.format(
                "desk-ended-quarter",
                &[
                    ("number", quarter.number.to_string()),
                    ("year", quarter.year.to_string()),
                ],
            ),
            people: page.with("desk-ended-people", "count", quarter.people),
            questions: quarter
                .questions
                .into_iter()
                .map(|(question, answers)| Asked {
                    words: page.t(&format!("end-{}", question.key)),
                    answers: answers
                        .into_iter()
                        .map(|(answer, number)| {
                            let label = if answer == NONE {
                                page.t("desk-ended-none")
                            } else {
                                page.t(&format!("end-{}-{answer}", question.key))
                            };
                            (label, shown(number))
                        })
                        .collect(),
                })
                .collect(),
        })
        .collect();
    let html = EndedPage {
        quarters,
        batch: page.with("desk-ended-about", "batch", BATCH),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

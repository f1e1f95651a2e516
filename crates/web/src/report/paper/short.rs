//! `/paper/short`: the questions that matter most, on two sides of one sheet.

use askama::Template;
use axum::{extract::State, response::IntoResponse};

use super::{Writer, asked::OnPaper, css};
use crate::{
    layout::{self, Nav, Page},
    problem::Problem,
    report::says::{Needs, Says},
    site::Site,
};

/// What is asked, in this order. A form without one of these questions has a shorter sheet.
const QUESTIONS: [&str; 11] = [
    "danger",
    "about_whom",
    "what_happened",
    "safe_now",
    "under_18",
    "wishes",
    "must_not",
    "team_involved",
    "name",
    "contact",
    "safe_times",
];

#[derive(Template)]
#[template(path = "report/paper/short.html")]
struct Short {
    page: Page,
    css: &'static str,
    asked: Vec<OnPaper>,
}

/// `GET /paper/short`.
pub async fn get(State(site): State<Site>) -> Result<impl IntoResponse, Problem> {
    let form = site.app.form().clone();
    let says = Says::of(&site, &form, Needs::ALL).await?;
    let page = Page::new(&site.web, "report-tab-paper", Nav::Ask);
    let writer = Writer {
        says: &says,
        page: &page,
        form: &form.form,
    };
    let mut asked: Vec<OnPaper> = QUESTIONS
        .iter()
        .filter_map(|id| form.form.question(id))
        .map(|question| writer.asked(question))
        .collect();
    for (place, question) in asked.iter_mut().enumerate() {
        question.number = Some(place + 1);
        // It speaks of questions by their numbers in the long form.
        question.only.clear();
    }
    layout::html(&Short {
        page,
        css: css(),
        asked,
    })
}

//! `/return`: come back with words, on any device.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use safehold_app::report::{self, ComeBackError, VisitState, WordsError};

use super::{
    address::{FOLLOW, START, left_off},
    context::go,
};
use crate::{
    fields::Fields,
    layout::{self, Choice, Nav, Page},
    problem::Problem,
    site::Site,
};

#[derive(Template)]
#[template(path = "report/return.html")]
struct Return {
    page: Page,
    words: String,
    error: String,
    problems: Vec<layout::FieldError>,
    /// Which word is not on the list, and words that look like it.
    position: usize,
    picks: Vec<Choice>,
    pick_legend: String,
}

impl Return {
    fn new(site: &Site) -> Self {
        Self {
            page: Page::new(&site.web, "report-tab-return", Nav::Return),
            words: String::new(),
            error: String::new(),
            problems: Vec::new(),
            position: 0,
            picks: Vec::new(),
            pick_legend: String::new(),
        }
    }
}

/// `GET /return`.
pub async fn get(State(site): State<Site>) -> Result<impl IntoResponse, Problem> {
    layout::html(&Return::new(&site))
}

/// `POST /return`.
pub async fn post(State(site): State<Site>, fields: Fields) -> Result<Response, Problem> {
    let typed = mended(fields.get("words"), fields.get("position"), fields.get("pick"));
    match report::come_back(&site.app, &typed).await {
        Ok(visit) => {
            let state = report::load(&site.app, &visit)
                .await
                .map_err(|error| Problem::server(&error))?;
            let to = match state {
                Some(VisitState::Sent(_)) => FOLLOW.to_owned(),
                Some(VisitState::Draft(draft)) => left_off(&draft.form.form, &draft.body.answers),
                None => START.to_owned(),
            };
            Ok(go(&site, &to, Some(&visit)))
        }
        Err(ComeBackError::App(error)) => Err(Problem::server(&error)),
        Err(error) => unknown(&site, typed, &error),
    }
}

/// Puts a picked word in the place of one that is not on the list.
fn mended(words: &str, position: &str, pick: &str) -> String {
    let mut list: Vec<&str> = words
        .split(|char: char| char.is_whitespace() || char == ',')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let place = position
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    match place.and_then(|place| list.get_mut(place)) {
        Some(word) if !pick.is_empty() => *word = pick,
        _ => return words.to_owned(),
    }
    list.join(" ")
}

/// One wording, whatever the reason: only how many words there are and which is not on the public list is told,
/// which says nothing of any report.
fn unknown(site: &Site, typed: String, error: &ComeBackError) -> Result<Response, Problem> {
    let mut html = Return::new(site);
    let page = &html.page;
    html.error = match error {
        ComeBackError::Words(WordsError::Count { found }) => page.count("report-return-count", *found),
        ComeBackError::Words(WordsError::Unknown {
            position,
            suggestions,
        }) => {
            html.position = *position;
            html.pick_legend = page.with("report-return-pick", "position", position);
            html.picks = suggestions
                .iter()
                .map(|word| Choice {
                    value: (*word).to_owned(),
                    label: (*word).to_owned(),
                    ..Choice::default()
                })
                .collect();
            page.with("report-return-unlisted", "position", position)
        }
        ComeBackError::Unknown | ComeBackError::App(_) => page.t("report-return-unknown"),
    };
    html.problems = vec![layout::FieldError {
        name: "words".to_owned(),
        text: html.error.clone(),
    }];
    html.words = typed;
    html.page.title = format!("{} {}", html.page.t("common-error"), html.page.title);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::html(&html)?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picked_word_takes_the_place_of_the_other() {
        assert_eq!(mended("one, twoo three", "2", "two"), "one two three");
        assert_eq!(mended("1. one 2. twoo", "2", "two"), "one two");
        assert_eq!(mended("one twoo", "7", "two"), "one twoo");
        assert_eq!(mended("one twoo", "2", ""), "one twoo");
        assert_eq!(mended("one twoo", "", "two"), "one twoo");
    }
}

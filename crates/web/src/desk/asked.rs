//! What the person said to what they were asked and shown, and what they ask for: first on their case.

use jiff::Timestamp;
use safehold_app::desk::{OpenedCase, record::register};
use safehold_core::record::{Item, Kind, Register};

use super::{
    answers::{Line, Said},
    overview::Block,
};
use crate::layout::Page;

/// The most answers that stand here; the record has all.
const MOST: usize = 6;

/// The block, if there is anything in it.
pub(super) fn block(page: &Page, case: &OpenedCase, moment: &dyn Fn(Timestamp) -> String) -> Option<Block> {
    let register = register(&case.history);
    let notes = notes(page, case, &register, moment);
    let said = said(page, &register, moment);
    if notes.is_empty() && said.is_empty() {
        return None;
    }
    Some(Block {
        id: "asked",
        style: "card--sage",
        notes,
        said,
    })
}

/// What waits for somebody: reviews and requests.
fn notes(
    page: &Page,
    case: &OpenedCase,
    register: &Register<'_>,
    moment: &dyn Fn(Timestamp) -> String,
) -> Vec<String> {
    let reviews = case
        .reviews
        .iter()
        .filter(|review| review.answered_at.is_none())
        .map(|review| {
            let id = if review.told {
                "desk-note-review"
            } else {
                "desk-note-review-quiet"
            };
            page.format(
                id,
                &[("at", moment(review.asked_at)), ("due", moment(review.due_at))],
            )
        });
    let requests = register
        .items(Kind::Request)
        .into_iter()
        .filter(|item| item.answers.is_empty())
        .map(|item| {
            let what = item
                .latest
                .entry
                .record
                .get("request_for")
                .unwrap_or("other")
                .to_owned();
            page.with(&format!("desk-note-request-{what}"), "at", moment(item.first.at))
        });
    reviews.chain(requests).collect()
}

/// What they said, the newest first.
fn said(page: &Page, register: &Register<'_>, moment: &dyn Fn(Timestamp) -> String) -> Vec<Said> {
    let mut found: Vec<(Timestamp, Said)> = Vec::new();
    for ask in register.every(Kind::Ask) {
        let question = ask.latest.entry.record.get("ask_words").unwrap_or_default();
        let told = |at: String| {
            page.format(
                "desk-asked-answer",
                &[("at", at), ("question", question.to_owned())],
            )
        };
        found.extend(newest(page, &ask, ("answer_says", "answer_words"), &|at| {
            told(moment(at))
        }));
    }
    for shown in register.every(Kind::Shown) {
        let of = shown
            .first
            .entry
            .about
            .and_then(|about| register.find(about))
            .map(|item| page.t(&format!("record-{}", item.first.entry.of.key())))
            .unwrap_or_default();
        let told = |at: String| page.format("desk-asked-comment", &[("at", at), ("what", of.clone())]);
        found.extend(newest(page, &shown, ("comment_says", "comment_words"), &|at| {
            told(moment(at))
        }));
    }
    found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    found.into_iter().map(|(_, said)| said).take(MOST).collect()
}

/// The newest answer to an entry: what was chosen, and the person's words.
fn newest(
    page: &Page,
    item: &Item<'_>,
    (says, words): (&str, &str),
    heading: &dyn Fn(Timestamp) -> String,
) -> Option<(Timestamp, Said)> {
    let answer = item.answers.last()?;
    let record = &answer.latest.entry.record;
    let chosen = record.get(says)?;
    let mut lines = vec![Line {
        text: page.t(&format!("desk-choice-{says}-{chosen}")),
        own: false,
    }];
    lines.extend(record.get(words).map(|words| Line {
        text: words.to_owned(),
        own: true,
    }));
    Some((
        answer.first.at,
        Said {
            question: heading(answer.first.at),
            lines,
        },
    ))
}

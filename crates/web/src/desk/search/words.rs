//! What was found, in words.

use safehold_app::desk::search::{Extract, Hit, Place};

use crate::{
    desk::{Desk, frame::when},
    layout::Page,
};

/// A search that may have been meant.
pub(in crate::desk) struct Near(pub(in crate::desk) String);

/// A case that was found.
pub(in crate::desk) struct HitView {
    pub(in crate::desk) href: String,
    pub(in crate::desk) reference: String,
    pub(in crate::desk) tags: Vec<String>,
    pub(in crate::desk) about: String,
    pub(in crate::desk) extracts: Vec<Line>,
    /// Nothing of it is shown, as nobody has begun with it.
    pub(in crate::desk) only_number: bool,
    pub(in crate::desk) more: String,
}

/// A few lines of a case.
pub(in crate::desk) struct Line {
    /// Where they stand.
    pub(in crate::desk) place: String,
    pub(in crate::desk) stretches: Vec<Part>,
    pub(in crate::desk) cut_before: bool,
    pub(in crate::desk) cut_after: bool,
}

/// A stretch of them.
pub(in crate::desk) struct Part {
    pub(in crate::desk) text: String,
    pub(in crate::desk) mark: bool,
}

pub(in crate::desk) fn hit(desk: &Desk, page: &Page, hit: &Hit) -> HitView {
    let web = &desk.site.web;
    let state = page.t(&format!("desk-state-{}", hit.state.key()));
    let level = hit
        .level
        .map(|level| page.t(&format!("desk-level-{}", level.key())));
    let owner = hit
        .owner_name
        .clone()
        .unwrap_or_else(|| page.t("desk-owner-nobody"));
    HitView {
        href: format!("/desk/case/{}", hit.case),
        reference: hit.reference.to_string(),
        tags: std::iter::once(state).chain(level).collect(),
        about: format!(
            "{} · {}",
            page.with("desk-owner", "name", owner),
            page.with("desk-received", "at", when(page, web, hit.received_at)),
        ),
        only_number: hit.extracts.is_empty(),
        extracts: hit
            .extracts
            .iter()
            .map(|extract| line(desk, page, extract))
            .collect(),
        more: if hit.more == 0 {
            String::new()
        } else {
            page.count("search-more", hit.more)
        },
    }
}

fn line(desk: &Desk, page: &Page, extract: &Extract) -> Line {
    let place = place(page, &extract.place);
    Line {
        place: match extract.at {
            Some(at) => page.format(
                "search-place-at",
                &[("place", place), ("at", when(page, &desk.site.web, at))],
            ),
            None => place,
        },
        stretches: extract
            .stretches
            .iter()
            .map(|stretch| Part {
                text: stretch.text.to_string(),
                mark: stretch.is_match,
            })
            .collect(),
        cut_before: extract.is_cut_before,
        cut_after: extract.is_cut_after,
    }
}

fn place(page: &Page, place: &Place) -> String {
    match place {
        Place::Report(question) => {
            // An older form may have asked what is asked no more.
            let asked = page.maybe(&format!("q-{question}"));
            if asked.is_empty() {
                page.t("search-place-report")
            } else {
                page.with("search-place-answer", "question", asked)
            }
        }
        Place::Message { from_desk: true } => page.t("search-place-message-desk"),
        Place::Message { from_desk: false } => page.t("search-place-message"),
        Place::Action(action) => page.t(&format!("desk-did-{}", action.key())),
        Place::Record(kind) => page.t(&format!("record-{}", kind.key())),
        Place::Duty(body) => {
            let name = page.maybe(&format!("duty-body-{body}"));
            if name.is_empty() {
                page.t("search-place-duties")
            } else {
                page.with("search-place-duty", "body", name)
            }
        }
        Place::Kept => page.t("search-place-kept"),
        Place::Readers => page.t("search-place-readers"),
        Place::Copy => page.t("search-place-copy"),
        Place::File => page.t("search-place-file"),
    }
}

/// A number as people read it: 10,000.
pub(in crate::desk) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        for (of, written) in [(0, "0"), (999, "999"), (3200, "3,200"), (1_234_567, "1,234,567")] {
            assert_eq!(number(of), written);
        }
    }
}

//! A page about one person, one organisation that was told, or one file: `/report/{page}/{number}/{inner}`.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::report::DraftBody;
use safehold_core::form::{
    Answers, FieldErrorKind, Form, Kept, Page as FormPage, PageInput, PageKind, Question,
};

use super::{
    address::{self, FOLLOW, START, WORDS, Way},
    context::{Current, Found, Stopped, change, go},
    question::{Goes, typed},
    says::{Needs, Says},
    showing::{Again, Showing},
};
use crate::{fields::Fields, problem::Problem, site::Site, visit::MaybeVisit};

/// Which item is meant.
struct Place<'a> {
    outer: &'a FormPage,
    question: &'a Question,
    inner: &'a FormPage,
    /// Counted from nought.
    item: usize,
    /// How many there are now: the same as `item` while a new one is being told of.
    count: usize,
}

fn place<'a>(
    form: &'a Form,
    current: &Current,
    (page, number, inner): &(String, usize, String),
) -> Option<Place<'a>> {
    let outer = address::page_at(form, page)?;
    let (question, inner) = address::inner_at(outer, inner)?;
    let body = current.body();
    let count = match outer.kind {
        PageKind::Files => body.files.len(),
        _ => body.answers.items(&question.id).len(),
    };
    let item = number.checked_sub(1)?;
    let new_one = usize::from(outer.kind == PageKind::Repeat && count < question.group()?.max);
    (item < count + new_one).then_some(Place {
        outer,
        question,
        inner,
        item,
        count,
    })
}

/// `GET /report/{page}/{number}/{inner}`.
pub async fn get(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    Path(path): Path<(String, usize, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    if !matches!(current.found, Found::Draft(_)) {
        return current.without_draft(&site);
    }
    let asked = current.form().clone();
    let place = place(&asked.form, &current, &path).ok_or(Problem::NotFound)?;
    let item = item(&current.answers(), &place);
    let way = Way::of(query.as_deref());
    let mut showing = Showing::new(&site, &current, place.inner, &way);
    showing.kept = Kept::from_answers(place.inner, &item);
    showing.item = Some((place.outer, place.question, place.item, &item));
    showing.respond().await
}

fn item(answers: &Answers, place: &Place<'_>) -> Answers {
    answers
        .items(&place.question.id)
        .get(place.item)
        .cloned()
        .unwrap_or_default()
}

/// `POST /report/{page}/{number}/{inner}`.
pub async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    Path(path): Path<(String, usize, String)>,
    RawQuery(query): RawQuery,
    fields: Fields,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    let asked = current.form().clone();
    let form = &asked.form;
    let way = Way::of(query.as_deref());
    let Some(place) = place(form, &current, &path) else {
        return match current.found {
            Found::Draft(_) => Err(Problem::NotFound),
            _ => current.without_draft(&site),
        };
    };
    let answers = current.answers();
    let before = item(&answers, &place);
    let says = Says::of(&site, &asked, Needs::of(place.inner)).await?;
    let input = form.read_item_page(place.inner, &answers, &before, &fields.0, &says.options);
    let stop = match (&current.found, &current.visit) {
        (Found::Sent, _) => {
            return super::start::sent_already(&site, &current, &typed(place.inner, &input.kept));
        }
        (Found::Draft(_), Some(_)) if current.allows(&fields) => None,
        (Found::Draft(_), _) => Some(Again::Press),
        (Found::Nothing, _) => Some(Again::Gone),
    };
    let goes = Goes::of(fields.get("go"));
    let blocked = input
        .errors
        .iter()
        .any(|error| goes == Goes::On || error.kind != FieldErrorKind::Missing);
    let (Some(visit), None, false) = (&current.visit, stop, blocked) else {
        let mut showing = Showing::new(&site, &current, place.inner, &way);
        showing.again = stop;
        showing.kept = input.kept;
        showing.errors = input.errors;
        showing.item = Some((place.outer, place.question, place.item, &before));
        return showing.respond().await;
    };
    let at = AtomicUsize::new(place.item);
    let changed = change(&site, visit, |body| {
        at.store(put(body, &place, &before, &input), Ordering::Relaxed);
    })
    .await?;
    let body = match changed {
        Ok(body) => body,
        Err(Stopped::Sent) => return Ok(Redirect::to(FOLLOW).into_response()),
        Err(Stopped::Gone) => return Ok(Redirect::to(START).into_response()),
    };
    let at = at.into_inner();
    let list = format!("{}{}", address::of(form, place.outer), way.query());
    let to = match (goes, body.answers.items(&place.question.id).get(at)) {
        (Goes::Stop, _) => WORDS.to_owned(),
        (_, Some(item)) => form
            .next_item_page(&body.answers, &place.question.id, item, &place.inner.id)
            .map_or(list, |inner| {
                format!(
                    "{}{}",
                    address::of_item(form, place.outer, inner, at),
                    way.query()
                )
            }),
        // Nothing was said of a new one, so there is none.
        (_, None) => list,
    };
    Ok(go(&site, &to, None))
}

/// Keeps what was said about an item; answers which item it is now.
fn put(body: &mut DraftBody, place: &Place<'_>, before: &Answers, input: &PageInput) -> usize {
    let id = &place.question.id;
    let now = body.answers.items(id);
    let is_new = place.outer.kind == PageKind::Repeat && place.item >= place.count;
    let mut item = now.get(place.item).cloned().unwrap_or_default();
    let mut at = place.item;
    if is_new {
        let mut fresh = before.clone();
        fresh.put_page(place.inner, input);
        // Another tab has told of somebody meanwhile: unless it was a second press with the same words,
        // this one comes after that one.
        if now.len() > place.item && item != fresh {
            at = now.len();
        }
        item = fresh;
    } else {
        item.put_page(place.inner, input);
    }
    if is_new && item.is_empty() {
        return at;
    }
    // Files and what is said of them stand at the same places.
    while body.answers.items(id).len() < at {
        let len = body.answers.items(id).len();
        body.answers.set_item(id, len, Answers::default());
    }
    if place.outer.kind == PageKind::Files
        && let Some(file) = body.files.get_mut(at)
    {
        let about = item.get("file_about").and_then(|answer| answer.text());
        about.unwrap_or_default().clone_into(&mut file.about);
    }
    body.answers.set_item(id, at, item);
    at
}

//! A page of the form: `/report/{page}`. Everything on it comes from the form's data.

use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::report::Visit;
use safehold_core::form::{FieldErrorKind, Form, Kept, Page as FormPage};

use super::{
    address::{self, CHECK, FOLLOW, START, WORDS, Way},
    context::{Current, Found, Stopped, change, go},
    says::{Needs, Says},
    showing::{Again, Showing, is_first},
};
use crate::{fields::Fields, problem::Problem, site::Site, visit::MaybeVisit};

/// `GET /report/{page}`.
pub async fn get(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    Path(part): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    let asked = current.form().clone();
    let form_page = address::page_at(&asked.form, &part).ok_or(Problem::NotFound)?;
    let is_first = is_first(&asked.form, form_page);
    // Nothing is stored, and no cookie is set, before the first answer. Who comes with the cookie of a draft that is
    // gone begins anew.
    let begins = is_first && matches!(current.found, Found::Nothing);
    if !begins && !matches!(current.found, Found::Draft(_)) {
        return current.without_draft(&site);
    }
    let way = Way::of(query.as_deref());
    let mut showing = Showing::new(&site, &current, form_page, &way);
    showing.kept = Kept::from_answers(form_page, &current.answers());
    showing.respond().await
}

/// `POST /report/{page}`.
pub async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    Path(part): Path<String>,
    RawQuery(query): RawQuery,
    fields: Fields,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    let asked = current.form().clone();
    let form_page = address::page_at(&asked.form, &part).ok_or(Problem::NotFound)?;
    let way = Way::of(query.as_deref());
    let answers = current.answers();
    let says = Says::of(&site, &asked, Needs::of(form_page)).await?;
    let input = asked
        .form
        .read_page(form_page, &answers, &fields.0, &says.options);
    let first = is_first(&asked.form, form_page);

    let mut new = None;
    let stop = match (&current.found, &current.visit) {
        (Found::Sent, _) => {
            return super::start::sent_already(&site, &current, &typed(form_page, &input.kept));
        }
        (Found::Draft(_), Some(_)) if current.allows(&fields) => None,
        (Found::Draft(_), _) => Some(Again::Press),
        (Found::Nothing, _) if first || fields.get("begin") == "yes" => {
            new = Some(Visit::begin());
            None
        }
        (Found::Nothing, _) => Some(Again::Gone),
    };
    let goes = Goes::of(fields.get("go"));
    let blocked = input
        .errors
        .iter()
        .any(|error| goes == Goes::On || error.kind != FieldErrorKind::Missing);
    if stop.is_some() || (blocked && goes != Goes::Skip) {
        let mut showing = Showing::new(&site, &current, form_page, &way);
        showing.again = stop;
        showing.kept = input.kept;
        showing.errors = if stop.is_some() { Vec::new() } else { input.errors };
        return showing.respond().await;
    }
    if let Some(response) = change_items(&site, &current, &asked.form, form_page, &way, &fields).await? {
        return Ok(response);
    }
    let Some(visit) = new.as_ref().or(current.visit.as_ref()) else {
        return Err(Problem::Conflict);
    };
    let skip = goes == Goes::Skip && asked.form.can_skip_page(&answers, &form_page.id);
    let changed = change(&site, visit, |body| {
        if skip {
            for question in form_page
                .questions
                .iter()
                .filter(|question| question.group().is_none())
            {
                body.answers.remove(&question.id);
            }
        } else {
            body.answers.put_page(form_page, &input);
        }
    })
    .await?;
    let body = match changed {
        Ok(body) => body,
        Err(Stopped::Sent) => return Ok(Redirect::to(FOLLOW).into_response()),
        Err(Stopped::Gone) => {
            let mut showing = Showing::new(&site, &current, form_page, &way);
            showing.again = Some(Again::Gone);
            showing.kept = input.kept;
            return showing.respond().await;
        }
    };
    let form = &asked.form;
    let to = match goes {
        Goes::Stop => WORDS.to_owned(),
        // The pages before this one went with the old draft.
        _ if new.is_some() && !first => form
            .first_page()
            .map_or_else(|| START.to_owned(), |page| address::of(form, page)),
        Goes::PastSection => form
            .after_section(&body.answers, &form_page.id)
            .map_or_else(|| CHECK.to_owned(), |page| address::of(form, page)),
        Goes::On | Goes::Skip => way.next(form, &answers, &body.answers, &form_page.id),
    };
    Ok(go(&site, &to, new.as_ref()))
}

/// Which button was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goes {
    /// "Continue".
    On,
    /// "Leave this one out".
    Skip,
    /// "Skip the rest of this part".
    PastSection,
    /// "Save and come back later".
    Stop,
}

impl Goes {
    pub(crate) fn of(value: &str) -> Self {
        match value {
            "skip" => Self::Skip,
            "section" => Self::PastSection,
            "stop" => Self::Stop,
            _ => Self::On,
        }
    }
}

/// Takes an item out of a list, if that is what was asked for.
async fn change_items(
    site: &Site,
    current: &Current,
    form: &Form,
    page: &FormPage,
    way: &Way,
    fields: &Fields,
) -> Result<Option<Response>, Problem> {
    let (Some(visit), Ok(number)) = (&current.visit, fields.get("remove").parse::<usize>()) else {
        return Ok(None);
    };
    let Some(question) = page.questions.iter().find(|question| question.group().is_some()) else {
        return Ok(None);
    };
    // A second press, or another tab, must not take out the next one.
    let of: usize = fields.get("of").parse().unwrap_or(0);
    let changed = change(site, visit, |body| {
        if body.answers.items(&question.id).len() == of && number >= 1 {
            body.answers.remove_item(&question.id, number - 1);
        }
    })
    .await?;
    let to = match changed {
        Ok(_) => format!("{}{}", address::of(form, page), way.query()),
        Err(Stopped::Sent) => FOLLOW.to_owned(),
        Err(Stopped::Gone) => START.to_owned(),
    };
    Ok(Some(Redirect::to(&to).into_response()))
}

/// The words that were typed on a page, for a report that was sent meanwhile.
pub(crate) fn typed(page: &FormPage, kept: &Kept) -> String {
    let mut texts = Vec::new();
    for question in &page.questions {
        match question.options() {
            None => texts.push(kept.value(&question.id)),
            Some(options) => texts.extend(
                options
                    .list
                    .iter()
                    .filter(|choice| choice.reveal.is_some())
                    .map(|choice| kept.value(&format!("{}-{}", question.id, choice.id))),
            ),
        }
    }
    texts.retain(|text| !text.is_empty());
    texts.join("\n\n")
}

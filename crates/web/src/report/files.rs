//! Files for a report: `POST /report/{page}/files`. They are sealed piece by piece as they come, and are never whole
//! in memory.

use axum::{
    extract::{Multipart, Path, RawQuery, State, multipart::MultipartRejection},
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::report::Visit;
use safehold_core::form::{Answers, Page as FormPage, PageKind};

use super::{
    address::{self, FOLLOW, WORDS, Way},
    context::{Current, Found, Stopped, change, go},
    question::Goes,
    showing::{Again, Showing},
};
use crate::{
    problem::Problem,
    report::taking::{Came, Taken, To, skip, take},
    site::Site,
    visit::{self, MaybeVisit},
};

/// The page of the report that was sent, saying that files came too late for it.
const LATE: &str = "/follow?d=late";

/// `POST /report/{page}/files`.
pub async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    Path(part): Path<String>,
    RawQuery(query): RawQuery,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    let asked = current.form().clone();
    let page = address::page_at(&asked.form, &part)
        .filter(|page| page.kind == PageKind::Files)
        .ok_or(Problem::NotFound)?;
    let way = Way::of(query.as_deref());
    let (Found::Draft(draft), Some(visit)) = (&current.found, &current.visit) else {
        // From a page that was open while the report was sent in another: the files are said to be missing.
        if let (Found::Sent, Ok(multipart)) = (&current.found, multipart) {
            let to = if skip(&site, multipart).await {
                LATE
            } else {
                FOLLOW
            };
            return Ok(Redirect::to(to).into_response());
        }
        return current.without_draft(&site);
    };
    let Ok(multipart) = multipart else {
        return again(&site, &current, page, &way, Again::Cut, Vec::new()).await;
    };
    let before = draft.body.files.len();
    let taken = take(&site, multipart, &visit::form_token(visit), To::Draft(visit)).await;
    let came = match taken {
        Taken::Came(came) => came,
        Taken::NoToken(_) => return again(&site, &current, page, &way, Again::Press, Vec::new()).await,
    };
    // What has come whole is kept, whatever else went wrong.
    let stopped = keep(&site, visit, page, &came).await?;
    let after = Current::find(&site, Some(visit.clone())).await?;
    if stopped.is_some() || came.late {
        return match after.found {
            Found::Sent => Ok(Redirect::to(LATE).into_response()),
            _ => super::start::gone(&site),
        };
    }
    if let Some(problem) = came.problem {
        return again(&site, &after, page, &way, problem, came.errors).await;
    }
    if !came.errors.is_empty() {
        return again(&site, &after, page, &way, Again::Files, came.errors).await;
    }
    if let Ok(number) = came.field("remove").parse::<usize>() {
        // The number is that of the page as it was shown, so files that came now do not matter.
        remove(
            &site,
            visit,
            page,
            number,
            came.field("of").parse().unwrap_or(0),
            before,
        )
        .await?;
        let to = format!("{}{}", address::of(&asked.form, page), way.query());
        return Ok(Redirect::to(&to).into_response());
    }
    let answers = after.answers();
    let to = match Goes::of(came.field("go")) {
        Goes::Stop => WORDS.to_owned(),
        _ if came.field("go") == "add" || (!came.files.is_empty()) => {
            format!("{}{}", address::of(&asked.form, page), way.query())
        }
        _ => way.next(&asked.form, &answers, &answers, &page.id),
    };
    Ok(go(&site, &to, None))
}

async fn again(
    site: &Site,
    current: &Current,
    page: &FormPage,
    way: &Way,
    again: Again,
    errors: Vec<crate::layout::FieldError>,
) -> Result<Response, Problem> {
    let mut showing = Showing::new(site, current, page, way);
    showing.again = Some(again);
    showing.file_errors = errors;
    showing.respond().await
}

/// Notes the files that came whole in the draft.
async fn keep(site: &Site, visit: &Visit, page: &FormPage, came: &Came) -> Result<Option<Stopped>, Problem> {
    if came.files.is_empty() {
        return Ok(None);
    }
    let Some(question) = page.questions.iter().find(|question| question.group().is_some()) else {
        return Ok(None);
    };
    let changed = change(site, visit, |body| {
        for note in &came.files {
            // What is said of a file stands at the same place as the file.
            let place = body.files.len();
            while body.answers.items(&question.id).len() <= place {
                let len = body.answers.items(&question.id).len();
                body.answers.set_item(&question.id, len, Answers::default());
            }
            body.files.push(note.clone());
        }
    })
    .await?;
    Ok(changed.err())
}

async fn remove(
    site: &Site,
    visit: &Visit,
    page: &FormPage,
    number: usize,
    of: usize,
    before: usize,
) -> Result<(), Problem> {
    let Some(question) = page.questions.iter().find(|question| question.group().is_some()) else {
        return Ok(());
    };
    let Some(place) = number.checked_sub(1).filter(|place| *place < of && of == before) else {
        return Ok(());
    };
    let current = Current::find(site, Some(visit.clone())).await?;
    let Some(id) = current.body().files.get(place).map(|file| file.id) else {
        return Ok(());
    };
    // A draft that was sent or went meanwhile shows on the next page.
    let _ = change(site, visit, |body| {
        let Some(at) = body.files.iter().position(|file| file.id == id) else {
            return;
        };
        body.files.remove(at);
        body.answers.remove_item(&question.id, at);
    })
    .await?;
    Ok(())
}

/// `GET /report/{page}/files`: somebody reloads the address that files were sent to.
pub async fn get(Path(part): Path<String>) -> Redirect {
    // Only what can be part of an address of ours: an id or a number.
    let part: String = part
        .chars()
        .filter(|char| char.is_ascii_alphanumeric() || *char == '_')
        .collect();
    Redirect::to(&format!("/report/{part}"))
}

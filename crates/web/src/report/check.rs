//! `/report/check`: everything in plain words before it goes, who will read it, and by when. And `/report/send`.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::report::{self, Check, SubmitError, Visit};
use safehold_core::{
    form::{Answer, Answers, ChosenMany, Facts, Form, Identity, Instead, PageKind},
    id::UserId,
    organisation::Contact,
};

use super::{
    address::{self, CHECK, START},
    context::{Current, Found, change},
    says::{Needs, Says},
    summary::{self, Part},
    times,
};
use crate::{
    fields::Fields,
    layout::{self, Choice, Nav, Page},
    problem::Problem,
    site::Site,
    visit::MaybeVisit,
};

/// The question that names who of the team is involved.
const INVOLVED: &str = "team_involved";

/// Somebody of the team whom the account names.
struct Mentioned {
    name: String,
    question: String,
    hint: String,
    choices: Vec<Choice>,
    error: String,
}

#[derive(Template)]
#[template(path = "report/check.html")]
struct CheckPage {
    page: Page,
    back: String,
    again: Option<&'static str>,
    problems: Vec<layout::FieldError>,
    parts: Vec<Part>,
    receiver: String,
    role: String,
    opened_by: String,
    at_once: bool,
    contact_by: String,
    reachable: bool,
    mentioned: Vec<Mentioned>,
    missing: String,
    no_file: String,
}

#[derive(Template)]
#[template(path = "report/nobody.html")]
struct Nobody {
    page: Page,
    host: Option<Contact>,
    change: String,
    days: u16,
}

/// `GET /report/check`.
pub async fn get(State(site): State<Site>, MaybeVisit(visit): MaybeVisit) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    show(&site, &current, None, None).await
}

/// `GET /report/send`: somebody came back to the address of the button.
pub async fn to_check() -> Redirect {
    Redirect::to(CHECK)
}

/// Shows the page. `said` are answers to "is it about them?" that came with a press of the button.
async fn show(
    site: &Site,
    current: &Current,
    again: Option<&'static str>,
    said: Option<&Fields>,
) -> Result<Response, Problem> {
    let (Found::Draft(_), Some(visit)) = (&current.found, &current.visit) else {
        return current.without_draft(site);
    };
    let check = match report::check(&site.app, visit).await {
        Ok(check) => check,
        Err(SubmitError::App(error)) => return Err(Problem::server(&error)),
        Err(_) => return super::start::gone(site),
    };
    let asked = check.draft.form.clone();
    let form = &asked.form;
    let answers = &check.draft.body.answers;
    if form.ends_without_sending(answers) {
        let end = form
            .visible_pages(answers)
            .into_iter()
            .find(|page| page.kind == PageKind::End);
        let to = end.map_or_else(|| START.to_owned(), |page| address::of(form, page));
        return Ok(Redirect::to(&to).into_response());
    }
    let says = Says::of(site, &asked, Needs::ALL).await?;
    let mut page = Page::new(&site.web, "report-tab-check", Nav::Ask).with_csrf(current.token());
    page.note = super::taken_down_note(&page, &check.draft.body);
    let Some(goes_to) = check.goes_to else {
        return nobody(site, page, form);
    };
    let mentioned = mentioned(&page, &says, &check, said);
    let problems: Vec<layout::FieldError> = mentioned
        .iter()
        .filter(|mentioned| !mentioned.error.is_empty())
        .map(|mentioned| layout::FieldError {
            name: mentioned.name.clone(),
            text: mentioned.error.clone(),
        })
        .collect();
    let team = report::team(&site.app)
        .await
        .map_err(|error| Problem::server(&error))?;
    let receiver = team.into_iter().find(|(id, ..)| *id == goes_to);
    let facts = Facts::of(form, answers);
    let zone = &site.web.zone;
    let now = site.app.now();
    let html = CheckPage {
        back: last_page(form, answers),
        again,
        parts: summary::parts(&says, &page, form, answers, &check.draft.body.files, true),
        role: receiver
            .as_ref()
            .map(|(.., role)| says.role(*role))
            .unwrap_or_default(),
        receiver: receiver.map(|(_, name, _)| name).unwrap_or_default(),
        at_once: check.opened_by <= now,
        opened_by: times::moment(&page, zone, check.opened_by),
        contact_by: times::moment(&page, zone, check.contact_by),
        reachable: facts.identity != Identity::Anonymous && !facts.contact.do_not_contact,
        missing: check
            .incomplete
            .as_deref()
            .and_then(|id| {
                let inner = form.page(id)?;
                match inner.item_of.as_deref() {
                    Some(list) => form.page_of(list),
                    None => Some(inner),
                }
            })
            .map(|page| format!("{}?c=", address::of(form, page)))
            .unwrap_or_default(),
        no_file: no_file(form, &check),
        mentioned,
        page,
        problems,
    };
    let status = match (again, html.problems.is_empty()) {
        (Some(_), _) => StatusCode::FORBIDDEN,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    Ok((status, layout::html(&html)?).into_response())
}

fn last_page(form: &Form, answers: &Answers) -> String {
    form.visible_pages(answers)
        .last()
        .map_or_else(|| START.to_owned(), |page| address::of(form, page))
}

/// Where files are added, if the person said that a file tells it and there is none.
fn no_file(form: &Form, check: &Check) -> String {
    let says_so = form.asked(&check.draft.body.answers).iter().any(|asked| {
        asked
            .answer
            .is_some_and(|answer| answer.has(Instead::InAFile.id()))
    });
    let page = form.pages.iter().find(|page| page.kind == PageKind::Files);
    match page {
        Some(page) if says_so && check.draft.body.files.is_empty() => {
            format!("{}?c=", address::of(form, page))
        }
        _ => String::new(),
    }
}

/// Those whom the account names, where the form asks who of the team is involved.
fn to_ask(check: &Check) -> Vec<UserId> {
    let asks = check
        .draft
        .form
        .form
        .asked(&check.draft.body.answers)
        .iter()
        .any(|asked| asked.question.id == INVOLVED);
    if asks { check.named.clone() } else { Vec::new() }
}

fn control(id: UserId) -> String {
    format!("about-{id}")
}

fn mentioned(page: &Page, says: &Says, check: &Check, said: Option<&Fields>) -> Vec<Mentioned> {
    to_ask(check)
        .into_iter()
        .map(|id| {
            let name = control(id);
            let value = said.map_or("", |fields| fields.get(&name));
            let known = says
                .options
                .leads
                .iter()
                .find(|lead| lead.value == id.to_string());
            let who = known.map_or_else(|| page.t("report-someone"), |lead| lead.label.clone());
            let role = known.and_then(|lead| lead.hint.clone()).unwrap_or_default();
            let choice = |option: &str, label: &str, hint: &str| Choice {
                value: option.to_owned(),
                label: page.t(label),
                hint: if hint.is_empty() {
                    String::new()
                } else {
                    page.with(hint, "name", &who)
                },
                checked: value == option,
            };
            Mentioned {
                question: page.format("report-check-mentioned", &[("name", who.clone()), ("role", role)]),
                hint: page.with("report-check-mentioned.hint", "name", &who),
                choices: vec![
                    choice("yes", "report-check-about-yes", "report-check-about-yes.hint"),
                    choice("no", "report-check-about-no", ""),
                ],
                error: match said {
                    Some(_) if value.is_empty() => page.with("report-check-mentioned.error", "name", &who),
                    _ => String::new(),
                },
                name,
            }
        })
        .collect()
}

/// Everybody is involved: nothing is sent, what was written is kept, and other ways are shown.
fn nobody(site: &Site, page: Page, form: &Form) -> Result<Response, Problem> {
    let html = layout::html(&Nobody {
        host: page.organisation.host.clone(),
        change: form
            .page_of(INVOLVED)
            .map(|page| format!("{}?c=", address::of(form, page)))
            .unwrap_or_default(),
        days: site.app.rules().draft_days,
        page,
    })?;
    Ok(html.into_response())
}

/// `POST /report/send`.
pub async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    fields: Fields,
) -> Result<Response, Problem> {
    let current = Current::find(&site, visit).await?;
    let Some(visit) = current.visit.clone() else {
        return super::start::gone(&site);
    };
    if matches!(current.found, Found::Nothing) {
        return super::start::gone(&site);
    }
    if !current.allows(&fields) {
        return match current.found {
            Found::Sent => Ok(Redirect::to("/report/sent").into_response()),
            _ => show(&site, &current, Some("report-again-press"), Some(&fields)).await,
        };
    }
    if let Found::Draft(_) = current.found {
        let check = match report::check(&site.app, &visit).await {
            Ok(check) => check,
            Err(SubmitError::App(error)) => return Err(Problem::server(&error)),
            Err(_) => return super::start::gone(&site),
        };
        let asked = to_ask(&check);
        if asked.iter().any(|id| fields.get(&control(*id)).is_empty()) {
            return show(&site, &current, None, Some(&fields)).await;
        }
        let involved: BTreeSet<UserId> = asked
            .into_iter()
            .filter(|id| fields.get(&control(*id)) != "no")
            .collect();
        if !involved.is_empty() {
            return involve(&site, &visit, &involved).await;
        }
    }
    send(&site, &current, &visit).await
}

async fn send(site: &Site, current: &Current, visit: &Visit) -> Result<Response, Problem> {
    match report::submit(&site.app, visit).await {
        Ok(_) => Ok(Redirect::to("/report/sent").into_response()),
        // The page to check says what is still to be answered, or that nobody is left.
        Err(SubmitError::Incomplete { .. } | SubmitError::NobodyLeft(_)) => {
            show(site, current, None, None).await
        }
        Err(SubmitError::Gone) => super::start::gone(site),
        Err(SubmitError::App(error)) => Err(Problem::server(&error)),
    }
}

/// Notes that members of the team are involved, so that somebody else gets the report, and shows who.
async fn involve(site: &Site, visit: &Visit, involved: &BTreeSet<UserId>) -> Result<Response, Problem> {
    let changed = change(site, visit, |body| {
        let mut chosen = match body.answers.get(INVOLVED) {
            Some(Answer::Choices(chosen)) => chosen.clone(),
            // An option that names nobody counts as "I would rather not say", which must not get lost.
            Some(Answer::Instead(instead)) => ChosenMany {
                options: vec![instead.id().to_owned()],
                ..ChosenMany::default()
            },
            _ => ChosenMany::default(),
        };
        chosen.options.retain(|option| option != "none");
        for id in involved {
            let id = id.to_string();
            if !chosen.options.contains(&id) {
                chosen.options.push(id);
            }
        }
        body.answers.set(INVOLVED, Answer::Choices(chosen));
    })
    .await?;
    Ok(match changed {
        Ok(_) => Redirect::to(CHECK).into_response(),
        Err(_) => Redirect::to("/report/sent").into_response(),
    })
}

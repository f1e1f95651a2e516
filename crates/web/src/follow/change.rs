//! `/follow/change/{what}`: changed wishes, agreement taken back, from named to confidential, and asking to withdraw.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use safehold_app::{
    follow::{self, FollowError, Followed, MOST_CHARACTERS},
    report::MessageBody,
};
use safehold_core::form::{Answer, Identity};

use super::message::clean;
use crate::{
    fields::Fields,
    layout::{self, Nav, Page},
    problem::Problem,
    report::{
        says::{Needs, Says},
        sent,
        summary::{self, Row},
    },
    site::Site,
    visit::{MaybeVisit, form_token},
};

/// What can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Wishes,
    Consent,
    Confidential,
    Withdraw,
}

impl What {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "wishes" => Self::Wishes,
            "consent" => Self::Consent,
            "confidential" => Self::Confidential,
            "withdraw" => Self::Withdraw,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Wishes => "wishes",
            Self::Consent => "consent",
            Self::Confidential => "confidential",
            Self::Withdraw => "withdraw",
        }
    }

    /// The text fields of its page.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Wishes => &["wishes", "must_not"],
            Self::Consent => &["with"],
            Self::Confidential => &[],
            Self::Withdraw => &["text"],
        }
    }

    fn body(self, values: &[String]) -> MessageBody {
        let value = |place: usize| values.get(place).cloned().unwrap_or_default();
        match self {
            Self::Wishes => MessageBody::Wishes {
                wishes: value(0),
                must_not: value(1),
            },
            Self::Consent => MessageBody::ConsentWithdrawn { with: value(0) },
            Self::Confidential => MessageBody::Confidential,
            Self::Withdraw => MessageBody::AskToWithdraw { text: value(0) },
        }
    }
}

struct Field {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    error: String,
}

#[derive(Template)]
#[template(path = "follow/change.html")]
struct ChangePage {
    page: Page,
    again: Option<&'static str>,
    problems: Vec<layout::FieldError>,
    action: String,
    id: String,
    heading: String,
    body: String,
    button: String,
    fields: Vec<Field>,
    /// What they said before about who may know.
    said: Vec<Row>,
}

fn template(page: Page, what: What, id: String, values: &[String], errors: &[String]) -> ChangePage {
    let key = format!("follow-change-{}", what.name());
    let fields: Vec<Field> = what
        .fields()
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let label = format!("{key}-{name}");
            Field {
                name,
                hint: page.maybe(&format!("{label}.hint")),
                label: page.t(&label),
                value: values.get(place).cloned().unwrap_or_default(),
                error: errors.get(place).cloned().unwrap_or_default(),
            }
        })
        .collect();
    ChangePage {
        again: None,
        problems: fields
            .iter()
            .filter(|field| !field.error.is_empty())
            .map(|field| layout::FieldError {
                name: field.name.to_owned(),
                text: field.error.clone(),
            })
            .collect(),
        action: format!("/follow/change/{}", what.name()),
        id,
        heading: page.t(&key),
        body: page.rich(format!("{key}.body")),
        button: page.t(&format!("{key}.button")),
        fields,
        said: Vec::new(),
        page,
    }
}

/// What the person said before, to change it instead of writing it again.
fn before(what: What, followed: &Followed) -> Vec<String> {
    if what != What::Wishes {
        return Vec::new();
    }
    if let Some((wishes, must_not)) = &followed.wishes {
        return vec![wishes.clone(), must_not.clone()];
    }
    let text = |question: &str| {
        let answer = followed.report.answers.get(question);
        answer.and_then(Answer::text).unwrap_or_default().to_owned()
    };
    vec![text("wishes_more"), text("must_not")]
}

/// What they said about who may know, so that they can see what there is to take back.
async fn said(site: &Site, page: &Page, what: What, followed: &Followed) -> Result<Vec<Row>, Problem> {
    if what != What::Consent {
        return Ok(Vec::new());
    }
    let says = Says::of(site, &followed.form, Needs::ALL).await?;
    let (form, report) = (&followed.form.form, &followed.report);
    let parts = summary::parts(&says, page, form, &report.answers, &report.files, false);
    let sharing = parts.into_iter().find(|part| part.section == "sharing");
    Ok(sharing.map(|part| part.rows).unwrap_or_default())
}

/// `GET /follow/change/{what}`.
pub(super) async fn get(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    Path(what): Path<String>,
) -> Result<Response, Problem> {
    let what = What::of(&what).ok_or(Problem::NotFound)?;
    let kept = visit.clone();
    let Some((visit, followed)) = sent::followed(&site, visit).await? else {
        return super::elsewhere(&site, kept).await;
    };
    if what == What::Confidential && followed.identity != Identity::Named {
        return Ok(Redirect::to("/follow").into_response());
    }
    let page = Page::new(&site.web, "follow-tab", Nav::Return).with_csrf(form_token(&visit));
    let id = follow::new_message_id().to_string();
    let said = said(&site, &page, what, &followed).await?;
    let mut html = template(page, what, id, &before(what, &followed), &[]);
    html.said = said;
    Ok(layout::html(&html)?.into_response())
}

/// `POST /follow/change/{what}`.
pub(super) async fn post(
    State(site): State<Site>,
    MaybeVisit(visit): MaybeVisit,
    Path(what): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let what = What::of(&what).ok_or(Problem::NotFound)?;
    let Some(visit) = visit else {
        return super::elsewhere(&site, None).await;
    };
    let values: Vec<String> = what
        .fields()
        .iter()
        .map(|name| clean(fields.get(name)).trim().to_owned())
        .collect();
    let page = Page::new(&site.web, "follow-tab", Nav::Return).with_csrf(form_token(&visit));
    let new_id = || follow::new_message_id().to_string();
    if !fields.carries(&form_token(&visit)) {
        let mut html = template(page, what, new_id(), &values, &[]);
        html.again = Some("report-again-press");
        return Ok((StatusCode::FORBIDDEN, layout::html(&html)?).into_response());
    }
    let mut errors: Vec<String> = values
        .iter()
        .map(|value| match value.chars().count() {
            count if count > MOST_CHARACTERS => page.format(
                "follow-too-long",
                &[("count", count.to_string()), ("max", MOST_CHARACTERS.to_string())],
            ),
            _ => String::new(),
        })
        .collect();
    let empty = what == What::Wishes && values.iter().all(String::is_empty);
    if let (true, Some(first)) = (empty, errors.first_mut()) {
        *first = page.t("follow-empty");
    }
    if errors.iter().any(|error| !error.is_empty()) {
        let html = template(page, what, fields.get("id").to_owned(), &values, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::html(&html)?).into_response());
    }
    let id = fields
        .get("id")
        .parse()
        .unwrap_or_else(|_| follow::new_message_id());
    match follow::send(&site.app, &visit, id, what.body(&values)).await {
        Ok(()) => Ok(Redirect::to(&format!("/follow?d={}", what.name())).into_response()),
        Err(FollowError::NoReport) => super::elsewhere(&site, Some(visit)).await,
        // These were looked at above.
        Err(FollowError::Empty | FollowError::TooLong | FollowError::NoFile) => Err(Problem::Malformed),
        Err(FollowError::App(error)) => Err(Problem::server(&error)),
    }
}

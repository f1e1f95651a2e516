//! `/desk/take-down`: writes a report down for somebody who phones, comes, or sent it on paper or by e-mail. From here
//! on it is the form that everybody fills in.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use safehold_app::report::{self, Channel, TakeDownError, VisitState};
use safehold_core::access::Area;

use super::{Desk, Frame, Parts, Place, Sent, enter, reply};
use crate::{
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
    report::address,
    visit::{self, MaybeVisit},
};

/// What must be ticked where another report waits on this device.
const LEAVE: &str = "leave";

#[derive(Template)]
#[template(path = "desk/take_down.html")]
struct TakeDown {
    page: Page,
    desk: Frame,
    problems: Vec<FieldError>,
    channels: Vec<Choice>,
    channel_error: String,
    told: Parts,
    told_error: String,
    /// Another report was begun on this device and is neither sent nor left with words.
    other: bool,
    leave: Vec<Choice>,
    leave_error: String,
}

/// What was wrong.
#[derive(Default)]
struct Faults {
    channel: Option<&'static str>,
    told: Option<&'static str>,
    leave: Option<&'static str>,
}

/// `GET /desk/take-down`.
pub async fn get(desk: Desk, MaybeVisit(visit): MaybeVisit) -> Result<Response, Problem> {
    enter(&desk, Area::TakeDown)?;
    let other = other_waits(&desk, visit).await?;
    show(&desk, &Fields::default(), other, &Faults::default(), true)
}

/// `POST /desk/take-down`.
pub async fn post(MaybeVisit(visit): MaybeVisit, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::TakeDown)?;
    let other = other_waits(&desk, visit).await?;
    if again {
        return show(&desk, &fields, other, &Faults::default(), false);
    }
    let (page, _) = Frame::new(&desk, Place::Cases);
    let channel = Channel::TAKEN_DOWN
        .into_iter()
        .find(|channel| channel.key() == fields.get("channel"));
    let told_on = told(&desk, &page, &fields);
    let mut faults = Faults {
        channel: channel.is_none().then_some("take-down-channel-error"),
        told: told_on.is_none().then_some("take-down-told-error"),
        leave: (other && fields.get(LEAVE) != "yes").then_some("take-down-leave-error"),
    };
    let (Some(channel), Some(told_on), None) = (channel, told_on, faults.leave) else {
        return show(&desk, &fields, other, &faults, false);
    };
    match report::take_down(&desk.site.app, &desk.me.reader, channel, told_on).await {
        Ok(begun) => {
            let form = &desk.site.app.form().form;
            let first = form
                .first_page()
                .map_or_else(|| address::START.to_owned(), |page| address::of(form, page));
            let redirect = Redirect::to(&first);
            Ok(match visit::remember(&begun, &desk.site.web) {
                Some(cookie) => ([cookie], redirect).into_response(),
                None => redirect.into_response(),
            })
        }
        Err(TakeDownError::Future) => {
            faults.told = Some("take-down-told-future");
            show(&desk, &fields, other, &faults, false)
        }
        Err(TakeDownError::Role) => Err(Problem::Forbidden),
        Err(TakeDownError::Channel) => Err(Problem::Malformed),
        Err(TakeDownError::Change(error)) => Err(Problem::server(&error)),
    }
}

/// The day that was typed; none typed is today.
fn told(desk: &Desk, page: &Page, fields: &Fields) -> Option<Date> {
    let parts = Parts::sent(fields, "told");
    if parts.is_empty() {
        Some(desk.site.web.today())
    } else {
        parts.read(page)
    }
}

/// Whether this device has a report that is not sent and that no words lead back to.
async fn other_waits(desk: &Desk, visit: Option<report::Visit>) -> Result<bool, Problem> {
    let Some(visit) = visit else { return Ok(false) };
    let state = report::load(&desk.site.app, &visit)
        .await
        .map_err(|error| Problem::server(&error))?;
    Ok(matches!(state, Some(VisitState::Draft(draft)) if !draft.has_words))
}

fn show(
    desk: &Desk,
    fields: &Fields,
    other: bool,
    faults: &Faults,
    is_fresh: bool,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let said = |fault: Option<&'static str>| fault.map_or_else(String::new, |id| page.t(id));
    let channels = Channel::TAKEN_DOWN
        .into_iter()
        .map(|channel| Choice {
            value: channel.key().to_owned(),
            label: page.t(&format!("take-down-channel-{}", channel.key())),
            hint: page.maybe(&format!("take-down-channel-{}.hint", channel.key())),
            checked: fields.get("channel") == channel.key(),
        })
        .collect();
    let problems: Vec<FieldError> = [
        ("channel", faults.channel),
        ("told", faults.told),
        (LEAVE, faults.leave),
    ]
    .into_iter()
    .filter_map(|(name, fault)| {
        Some(FieldError {
            name: name.to_owned(),
            text: page.t(fault?),
        })
    })
    .collect();
    let status = if is_fresh || problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    reply(
        status,
        &TakeDown {
            channels,
            channel_error: said(faults.channel),
            told: if is_fresh {
                desk.site.web.today().into()
            } else {
                Parts::sent(fields, "told")
            },
            told_error: said(faults.told),
            other,
            leave: vec![Choice {
                value: "yes".to_owned(),
                label: page.t("take-down-leave"),
                hint: String::new(),
                checked: fields.get(LEAVE) == "yes",
            }],
            leave_error: said(faults.leave),
            problems,
            page,
            desk: frame,
        },
    )
}

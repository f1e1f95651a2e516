//! `/desk/team/{member}/away`: when somebody is away, so that new reports follow cover (R4.2k).

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use jiff::civil::Date;
use safehold_app::team::{self, TeamError, TeamMember};
use safehold_core::access::Area;

use super::problem;
use crate::{
    desk::{Desk, Frame, Parts, Place, Sent, enter, go, reply},
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
};

/// The form for times away, as two pages show it.
pub(super) struct AwayForm {
    /// Where it is sent.
    pub(super) action: String,
    /// Id and days of each time away that is not over.
    pub(super) days: Vec<(String, String)>,
    pub(super) from: Parts,
    pub(super) until: Parts,
    pub(super) from_error: String,
    pub(super) until_error: String,
}

impl AwayForm {
    pub(super) fn new(desk: &Desk, page: &Page, member: &TeamMember, action: String) -> Self {
        let today = desk.site.web.today();
        let words = |from, until| {
            page.format(
                "team-away-days",
                &[("from", page.date(from)), ("until", page.date(until))],
            )
        };
        Self {
            action,
            days: member
                .absences
                .iter()
                .filter(|(_, away)| away.until_on >= today)
                .map(|(id, away)| (id.to_string(), words(away.from_on, away.until_on)))
                .collect(),
            from: Parts::default(),
            until: Parts::default(),
            from_error: String::new(),
            until_error: String::new(),
        }
    }

    /// The same with what was typed.
    pub(super) fn typed(mut self, fields: &Fields) -> Self {
        self.from = Parts::sent(fields, "from");
        self.until = Parts::sent(fields, "until");
        self
    }

    /// The same with what is wrong.
    pub(super) fn with(mut self, page: &Page, fault: &Fault) -> Self {
        if fault.from {
            self.from_error = page.t("team-away-from-wrong");
        }
        if fault.until {
            self.until_error = page.t("team-away-until-wrong");
        }
        if fault.order {
            self.until_error = page.t("team-away-order");
        }
        self
    }

    /// The errors for the summary.
    pub(super) fn problems(&self) -> Vec<FieldError> {
        [("from", &self.from_error), ("until", &self.until_error)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| FieldError {
                name: name.to_owned(),
                text: text.clone(),
            })
            .collect()
    }
}

/// What is wrong with the days.
#[derive(Default)]
pub(super) struct Fault {
    from: bool,
    until: bool,
    order: bool,
}

/// Adds or takes back a time away, as the form says.
pub(super) async fn change(
    desk: &Desk,
    page: &Page,
    member: &TeamMember,
    fields: &Fields,
) -> Result<Result<(), Fault>, Problem> {
    let (app, me) = (&desk.site.app, &desk.me.reader);
    if let Ok(absence) = fields.get("remove").parse() {
        team::remove_absence(app, me, member.id, absence)
            .await
            .map_err(|error| problem(&error))?;
        return Ok(Ok(()));
    }
    let read = |name: &str| -> Option<Date> { Parts::sent(fields, name).read(page) };
    let (Some(from), Some(until)) = (read("from"), read("until")) else {
        return Ok(Err(Fault {
            from: read("from").is_none(),
            until: read("until").is_none(),
            order: false,
        }));
    };
    match team::add_absence(app, me, member.id, from, until).await {
        Ok(()) => Ok(Ok(())),
        Err(TeamError::Days) => Ok(Err(Fault {
            order: true,
            ..Fault::default()
        })),
        Err(error) => Err(problem(&error)),
    }
}

#[derive(Template)]
#[template(path = "team/away.html")]
struct AwayPage {
    page: Page,
    desk: Frame,
    name: String,
    away: AwayForm,
    problems: Vec<FieldError>,
}

/// `GET /desk/team/{member}/away`.
pub async fn get(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    enter(&desk, Area::Team)?;
    let member = super::member(&desk, &id).await?;
    show(
        &desk,
        &member,
        &Fields::default(),
        &Fault::default(),
        StatusCode::OK,
    )
}

fn show(
    desk: &Desk,
    member: &TeamMember,
    fields: &Fields,
    fault: &Fault,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Team);
    let action = format!("/desk/team/{}/away", member.id);
    let away = AwayForm::new(desk, &page, member, action)
        .typed(fields)
        .with(&page, fault);
    reply(
        status,
        &AwayPage {
            problems: away.problems(),
            name: member.name.clone(),
            page,
            desk: frame,
            away,
        },
    )
}

/// `POST /desk/team/{member}/away`.
pub async fn post(Path(id): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Team)?;
    let member = super::member(&desk, &id).await?;
    if again {
        return show(&desk, &member, &fields, &Fault::default(), StatusCode::OK);
    }
    let (page, _) = Frame::new(&desk, Place::Team);
    match change(&desk, &page, &member, &fields).await? {
        Ok(()) => Ok(go("/desk/team?done=away")),
        Err(fault) => show(&desk, &member, &fields, &fault, StatusCode::UNPROCESSABLE_ENTITY),
    }
}

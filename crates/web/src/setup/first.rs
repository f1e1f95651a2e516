//! `/setup`: open once, to whoever has the token that the program printed when it started.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use safehold_app::{
    SecretString,
    setup::{self, FirstRun, Founded, SetUpError},
    team::{self, TeamError},
};
use safehold_core::organisation::{
    Contact, Links, Nation, Organisation, OrganisationError, PublicLead, PublicRole,
};
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::{
    assets,
    desk::reply,
    fields::Fields,
    layout::{Choice, FieldError, Nav, Page},
    problem::Problem,
    site::Site,
    team::{
        content,
        credentials::Credentials,
        organisation::{error_id, nation_from, nations},
        recovery::{PlanForm, Sheet, sheets},
    },
};

struct Field {
    name: &'static str,
    label: String,
    hint: String,
    error: String,
    value: String,
    long: bool,
    autocomplete: &'static str,
}

struct Group {
    heading: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "setup/first.html")]
struct First<'a> {
    page: Page,
    css: &'static str,
    token: &'a str,
    groups: Vec<Group>,
    nations: Vec<Choice>,
    sign: Credentials,
    plan: PlanForm,
    problems: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "setup/founded.html")]
struct FoundedPage {
    page: Page,
    css: &'static str,
    /// The whole recovery key, or nothing if it was split.
    recovery_key: String,
    /// How many shares must come together, if it was split.
    needed: u8,
    sheets: Vec<Sheet>,
    codes: Vec<String>,
}

#[derive(Template)]
#[template(path = "setup/already.html")]
struct Already {
    page: Page,
    css: &'static str,
}

/// What the address must say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    token: String,
}

/// Name, whether it is long, and what the browser may fill in.
const OWN: [(&str, bool, &str); 4] = [
    ("name", false, "organization"),
    ("short_name", false, "off"),
    ("exit_url", false, "off"),
    ("service_hours", true, "off"),
];
const LEAD: [(&str, bool, &str); 3] = [
    ("lead_name", false, "name"),
    ("lead_email", false, "username"),
    ("lead_phone", false, "tel"),
];
const CHILDREN: [(&str, bool, &str); 2] = [("children_name", false, "off"), ("children_phone", false, "off")];

fn page(site: &Site) -> Page {
    Page::new(&site.web, "setup-tab", Nav::Other)
}

/// Without the token the page does not exist.
fn admit(site: &Site, token: &str) -> Result<(), Problem> {
    let wanted = site.setup_token.as_deref().ok_or(Problem::NotFound)?;
    if bool::from(wanted.as_bytes().ct_eq(token.as_bytes())) {
        Ok(())
    } else {
        Err(Problem::NotFound)
    }
}

async fn is_done(site: &Site) -> Result<bool, Problem> {
    setup::is_done(&site.app)
        .await
        .map_err(|error| Problem::server(&error))
}

fn already(site: &Site) -> Result<Response, Problem> {
    let css = assets::path("desk.css");
    reply(
        StatusCode::CONFLICT,
        &Already {
            page: page(site),
            css,
        },
    )
}

/// `GET /setup`.
pub async fn get(State(site): State<Site>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    admit(&site, &asked.token)?;
    if is_done(&site).await? {
        return already(&site);
    }
    let page = page(&site);
    let fields = Fields(vec![
        ("exit_url".to_owned(), "https://www.bbc.co.uk/weather".to_owned()),
        ("service_hours".to_owned(), page.t("setup-hours-proposed")),
        ("nation".to_owned(), "england".to_owned()),
        ("recovery_kind".to_owned(), "whole".to_owned()),
    ]);
    let totp = team::new_totp("Safehold", "Safehold").map_err(|error| Problem::server(&error))?;
    let sign = Credentials::new(&totp, &fields)?;
    show(&site, &asked.token, &fields, None, sign, StatusCode::OK)
}

/// `POST /setup`.
pub async fn post(State(site): State<Site>, fields: Fields) -> Result<Response, Problem> {
    let token = fields.get("token");
    admit(&site, token)?;
    if is_done(&site).await? {
        return already(&site);
    }
    let totp = team::same_totp(fields.get("secret"), "Safehold", "Safehold")
        .or_else(|_| team::new_totp("Safehold", "Safehold"))
        .map_err(|error| Problem::server(&error))?;
    let mut sign = Credentials::new(&totp, &fields)?;
    let again = |sign, wrong: Option<(&str, &str)>| {
        show(
            &site,
            token,
            &fields,
            wrong,
            sign,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
    };
    let organisation = organisation(&fields);
    if let Err(error) = organisation.check() {
        let name = match &error {
            OrganisationError::Value { key, .. } => field_of(key),
            OrganisationError::Shape(_) => "name",
        };
        return again(sign, Some((name, error_id(name))));
    }
    let Some(plan) = PlanForm::new(&page(&site), &fields).read(&page(&site), &fields) else {
        return again(sign, None);
    };
    if fields.get("pass") != fields.get("pass_again") {
        sign.again_error = page(&site).t("team-pass-differs");
        return again(sign, None);
    }
    let first = FirstRun {
        organisation,
        name: fields.get("lead_name").trim().to_owned(),
        email: fields.get("lead_email").trim().to_owned(),
        phone: fields.get("lead_phone").trim().to_owned(),
        pass: SecretString::from(fields.get("pass").to_owned()),
        typed_secret: fields.get("secret").to_owned(),
        code: fields.get("code").trim().to_owned(),
    };
    match setup::set_up_with(&site.app, first, &plan).await {
        Ok(founded) => finish(&site, &founded).await,
        Err(SetUpError::Done) => already(&site),
        // The plan was looked at before, so nothing of it is left to be wrong.
        Err(SetUpError::Recovery(error)) => Err(Problem::server(&error)),
        Err(SetUpError::App(error)) => Err(Problem::server(&error)),
        Err(SetUpError::Team(TeamError::Name)) => again(sign, Some(("lead_name", "team-name-missing"))),
        Err(SetUpError::Team(TeamError::Email | TeamError::EmailTaken)) => {
            again(sign, Some(("lead_email", "team-email-wrong")))
        }
        Err(SetUpError::Team(error)) => {
            if sign.note(&page(&site), &error) {
                again(sign, None)
            } else {
                Err(Problem::server(&error))
            }
        }
    }
}

async fn finish(site: &Site, founded: &Founded) -> Result<Response, Problem> {
    content::refresh(&site.web, &site.app)
        .await
        .map_err(|error| Problem::server(&error))?;
    let page = page(site);
    let (needed, sheets) = match &founded.split {
        Some((needed, set)) => (*needed, sheets(&page, site, *needed, set, &founded.shares)),
        None => (0, Vec::new()),
    };
    reply(
        StatusCode::OK,
        &FoundedPage {
            page,
            css: assets::path("desk.css"),
            recovery_key: founded.recovery_key.to_string(),
            needed,
            sheets,
            codes: founded.recovery_codes.clone(),
        },
    )
}

fn organisation(fields: &Fields) -> Organisation {
    let get = |name: &str| fields.get(name).trim().replace("\r\n", "\n");
    Organisation {
        name: get("name"),
        short_name: get("short_name"),
        nation: nation_from(fields.get("nation")).unwrap_or(Nation::England),
        exit_url: get("exit_url"),
        service_hours: get("service_hours"),
        text_relay: String::new(),
        postal_address: String::new(),
        leads: vec![PublicLead {
            role: PublicRole::Designated,
            name: get("lead_name"),
            pronouns: String::new(),
            phone: get("lead_phone"),
            email: get("lead_email"),
            hours: String::new(),
        }],
        children: Contact {
            name: get("children_name"),
            phone: get("children_phone"),
            ..Contact::default()
        },
        host: None,
        links: Links::default(),
    }
}

/// The field of the form that a key of the details is about.
fn field_of(key: &str) -> &'static str {
    match key {
        "short_name" => "short_name",
        "exit_url" => "exit_url",
        "service_hours" => "service_hours",
        "children.name" => "children_name",
        "leads[0].name" => "lead_name",
        "leads[0].phone" => "lead_phone",
        "leads[0].email" => "lead_email",
        _ => "name",
    }
}

fn show(
    site: &Site,
    token: &str,
    fields: &Fields,
    wrong: Option<(&str, &str)>,
    sign: Credentials,
    status: StatusCode,
) -> Result<Response, Problem> {
    let page = page(site);
    let field = |(name, long, autocomplete): (&'static str, bool, &'static str)| Field {
        name,
        label: page.t(&format!("setup-{name}")),
        hint: page.maybe(&format!("setup-{name}.hint")),
        error: wrong
            .filter(|(of, _)| *of == name)
            .map_or_else(String::new, |(_, id)| page.t(id)),
        value: fields.get(name).to_owned(),
        long,
        autocomplete,
    };
    let groups = vec![
        Group {
            heading: page.t("setup-group-own"),
            fields: OWN.map(field).into(),
        },
        Group {
            heading: page.t("setup-group-children"),
            fields: CHILDREN.map(field).into(),
        },
        Group {
            heading: page.t("setup-group-lead"),
            fields: LEAD.map(field).into(),
        },
    ];
    let mut problems: Vec<_> = groups
        .iter()
        .flat_map(|group| &group.fields)
        .filter(|field| !field.error.is_empty())
        .map(|field| FieldError {
            name: field.name.to_owned(),
            text: format!("{}: {}", field.label, field.error),
        })
        .collect();
    problems.extend(sign.problems());
    let mut plan = PlanForm::new(&page, fields);
    if status != StatusCode::OK {
        plan.read(&page, fields);
    }
    problems.extend(plan.problems());
    reply(
        status,
        &First {
            plan,
            nations: nations(&page, fields.get("nation")),
            css: assets::path("desk.css"),
            token,
            groups,
            sign,
            problems,
            page,
        },
    )
}

//! `/desk/organisation`: what the public pages say of the organisation.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use safehold_app::organisation;
use safehold_core::{
    access::Area,
    organisation::{Contact, Guide, Links, Nation, Organisation, OrganisationError, PublicLead, PublicRole},
};
use serde::Deserialize;

use super::{content, statement::content_problem};
use crate::{
    desk::{Desk, Frame, Place, Sent, enter, go, reply},
    fields::Fields,
    layout::{Choice, FieldError, Page},
    problem::Problem,
};

/// The roles of public contacts in the order of the form.
const ROLES: [(PublicRole, &str); 3] = [
    (PublicRole::Designated, "designated"),
    (PublicRole::Alternate, "alternate"),
    (PublicRole::Independent, "independent"),
];
const LEAD: [&str; 5] = ["name", "pronouns", "phone", "email", "hours"];
const CONTACT: [&str; 4] = ["name", "policy_url", "phone", "email"];
const OWN: [&str; 4] = ["name", "short_name", "exit_url", "text_relay"];
const LINKS: [&str; 4] = [
    "core_values",
    "community_commitments",
    "safety_tips",
    "anti_racism",
];

struct Field {
    name: String,
    label: String,
    hint: String,
    error: String,
    value: String,
    long: bool,
}

struct Group {
    heading: String,
    about: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "team/organisation.html")]
struct OrganisationPage {
    page: Page,
    desk: Frame,
    nations: Vec<Choice>,
    groups: Vec<Group>,
    checked: bool,
    problems: Vec<FieldError>,
    done: bool,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/organisation`.
pub async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::Organisation)?;
    let fields = write_out(&desk.site.web.organisation());
    show(&desk, &fields, None, asked.done == "saved", StatusCode::OK)
}

/// `POST /desk/organisation`.
pub async fn post(sent: Sent) -> Result<Response, Problem> {
    let Sent { desk, fields, again } = sent;
    enter(&desk, Area::Organisation)?;
    if again {
        return show(&desk, &fields, None, false, StatusCode::OK);
    }
    let present = desk.site.web.organisation();
    let (organisation, slots) = read_in(&fields, &present, desk.site.web.today());
    if let Err(error) = organisation.check() {
        let name = match &error {
            OrganisationError::Value { key, .. } => field_of(key, &slots),
            OrganisationError::Shape(_) => "name".to_owned(),
        };
        return show(
            &desk,
            &fields,
            Some(&name),
            false,
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    organisation::save(&desk.site.app, &desk.me.reader, &organisation)
        .await
        .map_err(|error| content_problem(&error))?;
    content::refresh(&desk.site.web, &desk.site.app)
        .await
        .map_err(|error| Problem::server(&error))?;
    Ok(go("/desk/organisation?done=saved"))
}

/// The details as the fields of the form.
fn write_out(organisation: &Organisation) -> Fields {
    let mut fields = Vec::new();
    let mut put = |name: String, value: &str| fields.push((name, value.to_owned()));
    put("name".into(), &organisation.name);
    put("short_name".into(), &organisation.short_name);
    put("nation".into(), nation_key(organisation.nation));
    put("exit_url".into(), &organisation.exit_url);
    put("service_hours".into(), &organisation.service_hours);
    put("text_relay".into(), &organisation.text_relay);
    put("postal_address".into(), &organisation.postal_address);
    for (role, key) in ROLES {
        if let Some(lead) = organisation.leads.iter().find(|lead| lead.role == role) {
            put(format!("{key}_name"), &lead.name);
            put(format!("{key}_pronouns"), &lead.pronouns);
            put(format!("{key}_phone"), &lead.phone);
            put(format!("{key}_email"), &lead.email);
            put(format!("{key}_hours"), &lead.hours);
        }
    }
    let host = organisation.host.clone().unwrap_or_default();
    for (key, contact) in [("children", &organisation.children), ("host", &host)] {
        put(format!("{key}_name"), &contact.name);
        put(format!("{key}_policy_url"), &contact.policy_url);
        put(format!("{key}_phone"), &contact.phone);
        put(format!("{key}_email"), &contact.email);
    }
    let links = &organisation.links;
    put("core_values".into(), &links.core_values);
    put("community_commitments".into(), &links.community_commitments);
    put("safety_tips".into(), &links.safety_tips);
    put("anti_racism".into(), &links.anti_racism);
    let guides: Vec<_> = links
        .practice_guides
        .iter()
        .map(|guide| format!("{} | {}", guide.title, guide.url))
        .collect();
    put("guides".into(), &guides.join("\n"));
    Fields(fields)
}

/// The details that the form tells, and which of the three contacts each lead is.
fn read_in(
    fields: &Fields,
    present: &Organisation,
    today: jiff::civil::Date,
) -> (Organisation, Vec<&'static str>) {
    let get = |name: &str| fields.get(name).trim().replace("\r\n", "\n");
    let of = |key: &str, name: &str| get(&format!("{key}_{name}"));
    let mut slots = Vec::new();
    let mut leads = Vec::new();
    for (role, key) in ROLES {
        let is_empty = LEAD.iter().all(|name| of(key, name).is_empty());
        // The designated lead must be there, so an empty one is left for the check to point at.
        if is_empty && role != PublicRole::Designated {
            continue;
        }
        slots.push(key);
        leads.push(PublicLead {
            role,
            name: of(key, "name"),
            pronouns: of(key, "pronouns"),
            phone: of(key, "phone"),
            email: of(key, "email"),
            hours: of(key, "hours"),
        });
    }
    let contact = |key: &str| Contact {
        name: of(key, "name"),
        policy_url: of(key, "policy_url"),
        phone: of(key, "phone"),
        email: of(key, "email"),
    };
    let host = contact("host");
    let guides = get("guides");
    let organisation = Organisation {
        name: get("name"),
        short_name: get("short_name"),
        nation: nation_from(fields.get("nation")).unwrap_or(present.nation),
        exit_url: get("exit_url"),
        service_hours: get("service_hours"),
        text_relay: get("text_relay"),
        postal_address: get("postal_address"),
        leads,
        children: contact("children"),
        host: (host != Contact::default()).then_some(host),
        links: Links {
            core_values: get("core_values"),
            community_commitments: get("community_commitments"),
            safety_tips: get("safety_tips"),
            anti_racism: get("anti_racism"),
            anti_racism_checked: if fields.get("checked") == "yes" {
                Some(today)
            } else {
                present.links.anti_racism_checked
            },
            practice_guides: guides
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(guide)
                .collect(),
        },
    };
    (organisation, slots)
}

/// A line `title | address`. Without an address it is refused with the others by the check.
fn guide(line: &str) -> Guide {
    let (title, url) = line.rsplit_once('|').unwrap_or((line, "?"));
    let url = url.trim();
    Guide {
        title: title.trim().to_owned(),
        url: if url.is_empty() { "?" } else { url }.to_owned(),
    }
}

/// The field of the form that a key of the details is about.
fn field_of(key: &str, slots: &[&str]) -> String {
    if key.starts_with("links.practice_guides") {
        return "guides".to_owned();
    }
    if let Some(name) = key.strip_prefix("links.") {
        return name.to_owned();
    }
    if let Some(rest) = key.strip_prefix("leads") {
        let index = rest
            .trim_start_matches('[')
            .split(']')
            .next()
            .and_then(|index| index.parse::<usize>().ok())
            .unwrap_or(0);
        let slot = slots.get(index).copied().unwrap_or("designated");
        let name = rest.rsplit('.').next().unwrap_or("name");
        return format!("{slot}_{name}");
    }
    key.replace('.', "_")
}

pub(crate) fn nation_key(nation: Nation) -> &'static str {
    match nation {
        Nation::England => "england",
        Nation::Wales => "wales",
        Nation::Scotland => "scotland",
        Nation::NorthernIreland => "northern_ireland",
    }
}

pub(crate) fn nation_from(key: &str) -> Option<Nation> {
    [
        Nation::England,
        Nation::Wales,
        Nation::Scotland,
        Nation::NorthernIreland,
    ]
    .into_iter()
    .find(|nation| nation_key(*nation) == key)
}

/// The nations to choose from.
pub(crate) fn nations(page: &Page, chosen: &str) -> Vec<Choice> {
    ["england", "wales", "scotland", "northern_ireland"]
        .map(|key| Choice {
            value: key.to_owned(),
            label: page.t(&format!("contact-area-{key}")),
            hint: String::new(),
            checked: key == chosen,
        })
        .into()
}

/// What a field may hold, by its name.
pub(crate) fn error_id(name: &str) -> &'static str {
    if name.ends_with("url") || LINKS.contains(&name) {
        "team-org-error-url"
    } else if name == "guides" {
        "team-org-error-guides"
    } else if name.ends_with("phone") {
        "team-org-error-phone"
    } else if name.ends_with("email") {
        "team-org-error-email"
    } else {
        "team-org-error-empty"
    }
}

fn show(
    desk: &Desk,
    fields: &Fields,
    wrong: Option<&str>,
    done: bool,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Organisation);
    let field = |name: String, label: &str, long: bool| Field {
        label: page.t(&format!("team-org-{label}")),
        hint: page.maybe(&format!("team-org-{label}.hint")),
        error: if wrong == Some(name.as_str()) {
            page.t(error_id(&name))
        } else {
            String::new()
        },
        value: fields.get(&name).to_owned(),
        name,
        long,
    };
    let group = |key: &str, fields: Vec<Field>| Group {
        heading: page.t(&format!("team-org-group-{key}")),
        about: page.maybe(&format!("team-org-group-{key}.about")),
        fields,
    };
    let mut own: Vec<_> = OWN
        .iter()
        .map(|name| field((*name).to_owned(), name, false))
        .collect();
    own.push(field("service_hours".into(), "service_hours", true));
    own.push(field("postal_address".into(), "postal_address", true));
    let mut groups = vec![group("own", own)];
    for (_, key) in ROLES {
        let fields = LEAD
            .iter()
            .map(|name| field(format!("{key}_{name}"), &format!("lead-{name}"), false));
        groups.push(group(key, fields.collect()));
    }
    for key in ["children", "host"] {
        let fields = CONTACT
            .iter()
            .map(|name| field(format!("{key}_{name}"), &format!("contact-{name}"), false));
        groups.push(group(key, fields.collect()));
    }
    let mut links: Vec<_> = LINKS
        .iter()
        .map(|name| field((*name).to_owned(), name, false))
        .collect();
    links.push(field("guides".into(), "guides", true));
    groups.push(group("links", links));
    let problems = groups
        .iter()
        .flat_map(|group| &group.fields)
        .filter(|field| !field.error.is_empty())
        .map(|field| FieldError {
            name: field.name.clone(),
            text: format!("{}: {}", field.label, field.error),
        })
        .collect();
    reply(
        status,
        &OrganisationPage {
            nations: nations(&page, fields.get("nation")),
            groups,
            checked: fields.get("checked") == "yes",
            problems,
            done,
            page,
            desk: frame,
        },
    )
}

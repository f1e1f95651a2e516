//! `/desk/roles`: what each role may see and do, from the table of `core`, in plain words. One's own comes first.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_core::{
    access::{Area, Cell, Party, TABLE, When, cell},
    roster::Role,
};

use crate::{
    desk::{Desk, Frame, Place, enter, reply},
    layout::Page,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "team/roles.html")]
struct Roles {
    page: Page,
    desk: Frame,
    own: Card,
    /// What there is to do for them now, where that is little.
    now: String,
    others: Vec<Card>,
}

/// A role.
struct Card {
    name: String,
    about: String,
    rows: Vec<Row>,
}

/// A thing, and what this role may do with it.
struct Row {
    thing: String,
    what: Vec<String>,
}

/// `GET /desk/roles`.
pub async fn get(desk: Desk) -> Result<Response, Problem> {
    enter(&desk, Area::OwnAccount)?;
    let role = desk.me.reader.role;
    let (page, frame) = Frame::new(&desk, Place::Roles);
    let now = match role {
        Role::Group => page.t("roles-group-yet"),
        Role::Facilitator => page.t("roles-facilitator-now"),
        Role::DataProtection => page.t("roles-data_protection-now"),
        Role::Lead
        | Role::Alternate
        | Role::Sponsor
        | Role::University
        | Role::Caseworker
        | Role::Administrator => String::new(),
    };
    let others = Role::ALL
        .into_iter()
        .filter(|other| *other != role)
        .map(|other| card(&page, other))
        .collect();
    reply(
        StatusCode::OK,
        &Roles {
            own: card(&page, role),
            now,
            others,
            page,
            desk: frame,
        },
    )
}

fn card(page: &Page, role: Role) -> Card {
    let rows = TABLE
        .iter()
        .map(|(thing, _)| (*thing, cell(Party::Role(role), *thing)))
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(thing, cell)| {
            let name = page.t(&format!("roles-thing-{}", thing.key()));
            Row {
                thing: if thing.is_to_come() {
                    page.with("roles-to-come", "thing", name)
                } else {
                    name
                },
                what: what(page, cell),
            }
        })
        .collect();
    Card {
        name: page.t(&format!("team-role-{}", role.key())),
        about: page.t(&format!("team-role-{}.about", role.key())),
        rows,
    }
}

/// What a cell says, in words: what is done under the same condition stands together.
fn what(page: &Page, cell: Cell) -> Vec<String> {
    let mut groups: Vec<(When, Vec<String>)> = Vec::new();
    for grant in cell {
        let may = page.t(&format!("roles-may-{}", grant.may.key()));
        match groups.iter_mut().find(|(when, _)| *when == grant.when) {
            Some((_, all)) => all.push(may.to_lowercase()),
            None => groups.push((grant.when, vec![may])),
        }
    }
    groups
        .into_iter()
        .map(|(when, all)| {
            page.format(
                "roles-one",
                &[
                    ("may", all.join(", ")),
                    ("when", page.t(&format!("roles-when-{}", when.key()))),
                ],
            )
        })
        .collect()
}

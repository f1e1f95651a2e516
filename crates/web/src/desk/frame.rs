//! What every page of the desk shows: its own navigation, who is signed in, until when, and how times are written.

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use safehold_core::access::{Area, may_enter};

use super::{Desk, landing};
use crate::{
    assets,
    layout::{Nav, Page},
    state::WebState,
};

/// A part of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Cases.
    Cases,
    /// How long closed cases are kept.
    Retention,
    /// What people ask of what is kept of them.
    Requests,
    /// The team.
    Team,
    /// The organisation's details.
    Organisation,
    /// The statement.
    Statement,
    /// What one wrote down for others.
    TakenDown,
    /// What people said at the end.
    Ended,
    /// Who sees what.
    Roles,
    /// One's own account.
    Account,
}

const PLACES: [(Place, Area, &str, &str); 7] = [
    (Place::Cases, Area::Cases, "/desk", "desk-nav-cases"),
    (
        Place::Retention,
        Area::Retention,
        "/desk/retention",
        "retention-nav",
    ),
    (Place::Requests, Area::Requests, "/desk/requests", "requests-nav"),
    (Place::Team, Area::Team, "/desk/team", "desk-nav-team"),
    (
        Place::Organisation,
        Area::Organisation,
        "/desk/organisation",
        "desk-nav-organisation",
    ),
    (
        Place::Statement,
        Area::Organisation,
        "/desk/statement",
        "desk-nav-statement",
    ),
    (
        Place::Account,
        Area::OwnAccount,
        "/desk/account",
        "desk-nav-account",
    ),
];

/// What leads those on who have neither cases nor the team to look after.
const OTHER_PLACES: [(Place, Area, &str, &str); 3] = [
    (
        Place::TakenDown,
        Area::TakeDown,
        "/desk/taken-down",
        "taken-down-nav",
    ),
    (Place::Ended, Area::Statistics, "/desk/ended", "desk-ended-nav"),
    (Place::Roles, Area::OwnAccount, "/desk/roles", "roles-nav"),
];

/// A link of the desk's navigation.
pub(crate) struct DeskLink {
    pub(crate) href: &'static str,
    pub(crate) label: String,
    pub(crate) current: bool,
}

/// The frame of a page of the desk.
pub(crate) struct Frame {
    pub(crate) nav: Vec<DeskLink>,
    pub(crate) css: &'static str,
    /// Who is signed in.
    pub(crate) name: String,
    /// When the session ends if nothing more is done.
    pub(crate) ends: String,
}

impl Frame {
    /// Begins a page for somebody.
    pub(crate) fn new(desk: &Desk, place: Place) -> (Page, Self) {
        let role = desk.me.reader.role;
        let mut page =
            Page::new(&desk.site.web, "desk-tab", Nav::Other).with_csrf(desk.me.form_token.clone());
        page.home = landing(role);
        // Whoever has cases comes to these from there.
        let others = if may_enter(role, Area::Cases) || may_enter(role, Area::Team) {
            &[][..]
        } else {
            &OTHER_PLACES[..]
        };
        let nav = others
            .iter()
            .chain(&PLACES)
            .filter(|(_, area, ..)| may_enter(role, *area))
            .map(|(of, _, href, label)| DeskLink {
                href,
                label: page.t(label),
                current: *of == place,
            })
            .collect();
        let frame = Self {
            nav,
            css: assets::path("desk.css"),
            name: desk.me.reader.name.clone(),
            ends: clock(&desk.site.web.zone, desk.me.expires_at),
        };
        (page, frame)
    }
}

/// The time of day: 09:05.
pub(crate) fn clock(zone: &TimeZone, at: Timestamp) -> String {
    let at = at.to_zoned(zone.clone());
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// A moment for those who look now: "today at 10:42".
pub(crate) fn when(page: &Page, state: &WebState, at: Timestamp) -> String {
    let day = at.to_zoned(state.zone.clone()).date();
    let today = state.today();
    let time = clock(&state.zone, at);
    let near = [
        ("desk-when-today", Ok(today)),
        ("desk-when-yesterday", today.yesterday()),
        ("desk-when-tomorrow", today.tomorrow()),
    ];
    for (id, is) in near {
        if is.is_ok_and(|is| is == day) {
            return page.with(id, "time", time);
        }
    }
    // Within a week the day of the week says more than the date.
    let week = today.checked_add(7.days()).unwrap_or(today);
    let date = if day > today && day < week {
        page.t(&format!("desk-weekday-{}", day.weekday().to_monday_one_offset()))
    } else {
        page.date(day)
    };
    page.format("desk-when", &[("date", date), ("time", time)])
}

/// A moment for the record: 24 November 2026, 10:42.
pub(crate) fn moment(page: &Page, state: &WebState, at: Timestamp) -> String {
    let day = at.to_zoned(state.zone.clone()).date();
    page.format(
        "desk-moment",
        &[("date", page.date(day)), ("time", clock(&state.zone, at))],
    )
}

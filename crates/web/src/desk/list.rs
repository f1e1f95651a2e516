//! `/desk`: the cases of whoever is signed in, and what needs looking after.

use askama::Template;
use axum::{extract::Query, http::StatusCode, response::Response};
use jiff::Timestamp;
use safehold_app::{
    desk::{self, After, CaseFilter, CaseLine, Which, record::DeskDue},
    health,
    team::{self, TeamMember, UserState},
};
use safehold_core::{
    access::{Area, may_enter},
    roster::Role,
};
use serde::Deserialize;

use super::{Desk, Frame, Place, duties::late_alert, enter, frame::when, problem, reply};
use crate::{layout::Page, problem::Problem, state::WebState, team::recovery};

/// How many cases are on one page.
const PER_PAGE: u32 = 25;

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own on the page"
)]
struct Line {
    href: String,
    reference: String,
    state: String,
    level: String,
    urgent: bool,
    paused: bool,
    owner: String,
    received: String,
    due: String,
    late: bool,
    messages: String,
    /// How many things in its record are late, or nothing.
    late_record: String,
    waits_for_check: bool,
}

struct Filter {
    href: &'static str,
    label: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "desk/list.html")]
struct List {
    page: Page,
    desk: Frame,
    filters: Vec<Filter>,
    total: String,
    lines: Vec<Line>,
    /// The address of the next page, or nothing.
    next: String,
    /// Whether this is not the first page.
    later: bool,
    alerts: Vec<Alert>,
    /// Whether their role may open a case in an emergency.
    may_open_in_emergency: bool,
    /// Whether they may look at who is to stay away from activities.
    may_see_exclusions: bool,
    /// A note on what was just done.
    done: String,
    /// Whether no case of any kind is there.
    empty: bool,
    may_take_down: bool,
    may_see_numbers: bool,
}

/// Something that needs looking after.
struct Alert {
    text: String,
    href: &'static str,
    link: String,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    done: String,
}

/// `GET /desk`.
pub async fn get(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let me = desk.me.reader.id;
    let show = match asked.show.as_str() {
        "closed" | "mine" => asked.show.as_str(),
        _ => "live",
    };
    let filter = match show {
        "closed" => CaseFilter {
            which: Which::Closed,
            ..CaseFilter::default()
        },
        "mine" => CaseFilter {
            which: Which::Live,
            owner: Some(me),
            ..CaseFilter::default()
        },
        _ => CaseFilter {
            which: Which::Live,
            ..CaseFilter::default()
        },
    };
    let after = read_after(&asked.after);
    let listed = desk::list(&desk.site.app, &desk.me.reader, &filter, after, PER_PAGE)
        .await
        .map_err(|error| problem(&error))?;
    let shown: Vec<_> = listed.cases.iter().map(|case| case.id).collect();
    let due = desk::record::due(&desk.site.app, &desk.me.reader, &shown)
        .await
        .map_err(|error| problem(&error))?;
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let filters = [
        ("live", "/desk", "desk-filter-live"),
        ("mine", "/desk?show=mine", "desk-filter-mine"),
        ("closed", "/desk?show=closed", "desk-filter-closed"),
    ]
    .map(|(of, href, label)| Filter {
        href,
        label: page.t(label),
        current: of == show,
    });
    let alerts = if after.is_none() {
        alerts(&desk, &page, &due).await?
    } else {
        Vec::new()
    };
    let html = List {
        filters: filters.into(),
        total: page.count("desk-total", usize::try_from(listed.total).unwrap_or_default()),
        empty: listed.total == 0,
        may_take_down: may_enter(desk.me.reader.role, Area::TakeDown),
        may_see_numbers: may_enter(desk.me.reader.role, Area::Statistics),
        lines: listed
            .cases
            .iter()
            .map(|case| line(&page, &desk, case, &due))
            .collect(),
        next: listed.next.map_or_else(String::new, |(at, id)| {
            format!("/desk?show={show}&after={}-{id}", at.as_millisecond())
        }),
        later: after.is_some(),
        alerts,
        may_open_in_emergency: may_enter(desk.me.reader.role, Area::Emergency),
        may_see_exclusions: may_enter(desk.me.reader.role, Area::StayAway),
        done: if asked.done == "conflict" {
            page.t("desk-done-conflict")
        } else {
            String::new()
        },
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

/// Where the page begins: the time and id of the last case before it. What cannot be read begins at the beginning.
fn read_after(text: &str) -> Option<After> {
    let (at, id) = text.split_once('-')?;
    let at = Timestamp::from_millisecond(at.parse().ok()?).ok()?;
    Some((at, id.parse().ok()?))
}

fn line(page: &Page, desk: &Desk, case: &CaseLine, due: &DeskDue) -> Line {
    let web = &desk.site.web;
    let (due_words, late) = case.due.map_or_else(Default::default, |(due, at)| {
        due_words(page, web, due.key(), at, case.received_at)
    });
    Line {
        href: format!("/desk/case/{}", case.id),
        reference: case.reference.to_string(),
        state: page.t(&format!("desk-state-{}", case.state.key())),
        level: case.level.map_or_else(String::new, |level| {
            page.t(&format!("desk-level-{}", level.key()))
        }),
        urgent: case.urgent,
        paused: case.is_paused,
        owner: case
            .owner_name
            .clone()
            .unwrap_or_else(|| page.t("desk-owner-nobody")),
        received: when(page, web, case.received_at),
        due: due_words,
        late,
        messages: match usize::try_from(case.unseen_messages) {
            Ok(0) | Err(_) => String::new(),
            Ok(count) => page.count("desk-new-messages", count),
        },
        late_record: due
            .late
            .get(&case.id)
            .map_or_else(String::new, |count| page.count("record-late", *count)),
        waits_for_check: case.waits_for_check,
    }
}

/// When something is, or was, due, and whether it is late. What is due from the moment that the report came is not
/// late: it is to be done now.
pub(super) fn due_words(
    page: &Page,
    web: &WebState,
    due: &str,
    at: Timestamp,
    received_at: Timestamp,
) -> (String, bool) {
    if at <= received_at {
        return (page.t(&format!("desk-now-{due}")), false);
    }
    let is_late = at < (web.now)();
    let text = format!("desk-{}-{due}", if is_late { "overdue" } else { "due" });
    (page.with(&text, "at", when(page, web, at)), is_late)
}

/// What needs looking after by those who can.
async fn alerts(desk: &Desk, page: &Page, due: &DeskDue) -> Result<Vec<Alert>, Problem> {
    let role = desk.me.reader.role;
    let mut alerts = Vec::new();
    let mut add = |text: String, href: &'static str, link: &str| {
        alerts.push(Alert {
            text,
            href,
            link: if link.is_empty() {
                String::new()
            } else {
                page.t(link)
            },
        });
    };
    for (id, count) in [
        ("record-alert-late", due.own_late),
        ("record-alert-today", due.own_today),
    ] {
        if count > 0 {
            add(page.count(id, count), "", "");
        }
    }
    for (text, href, link) in recovery::alerts(desk, page).await? {
        add(text, href, link);
    }
    let waiting = desk::retention::waiting(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| problem(&error))?;
    if waiting > 0 {
        add(
            page.count("retention-alert", waiting),
            "/desk/retention",
            "retention-alert-link",
        );
    }
    if let Some(text) = super::review::alert(desk, page).await? {
        add(text, "/desk/reviews", "desk-reviews-link");
    }
    for text in late_alert(desk, page).await? {
        add(text, "/desk/duties", "duty-alert-link");
    }
    if may_enter(role, Area::Team) {
        let members = team::list(&desk.site.app)
            .await
            .map_err(|error| Problem::server(&error))?;
        for id in team_gaps(&members, desk.site.web.today()) {
            add(page.t(id), "/desk/team", "desk-alert-to-team");
        }
        let me = &desk.me.reader;
        let waiting = members
            .iter()
            .filter(|member| team::may_confirm(me, member, &members))
            .count();
        if waiting > 0 {
            add(
                page.count("team-alert-confirm", waiting),
                "/desk/team",
                "desk-alert-to-team",
            );
        }
        let changed = team::changed_lately(&desk.site.app, me)
            .await
            .map_err(|error| Problem::server(&error))?;
        if changed > 0 {
            add(
                page.count("team-alert-changed", changed),
                "/desk/team/changes",
                "team-alert-to-changes",
            );
        }
    }
    let lost = health::given_up(&desk.site.app, &desk.me.reader)
        .await
        .map_err(|error| Problem::server(&error))?;
    if !lost.is_empty() && may_enter(role, Area::Health) {
        add(
            page.count("desk-alert-mail", lost.len()),
            "/desk/mail",
            "desk-alert-to-mail",
        );
    }
    if may_enter(role, Area::Organisation) {
        let stale = stale_contacts(desk);
        if stale > 0 {
            add(
                page.count("desk-alert-contacts", stale),
                "/help",
                "desk-alert-to-contacts",
            );
        }
    }
    Ok(alerts)
}

/// How many contacts for help nobody has looked at for too long.
fn stale_contacts(desk: &Desk) -> usize {
    let today = desk.site.web.today();
    let contacts = desk.site.web.content.get().contacts.clone();
    contacts.iter().filter(|contact| contact.is_stale(today)).count()
}

/// What the team lacks so that every report finds a reader.
pub(crate) fn team_gaps(members: &[TeamMember], today: jiff::civil::Date) -> Vec<&'static str> {
    let active = || members.iter().filter(|member| member.state == UserState::Active);
    let has = |roles: &[Role]| active().any(|member| roles.contains(&member.role));
    let is_here = |member: &&TeamMember| {
        member.role.is_lead() && !member.absences.iter().any(|(_, absence)| absence.covers(today))
    };
    let mut gaps = Vec::new();
    if !active().any(|member| is_here(&member)) {
        gaps.push("desk-alert-no-cover");
    }
    if !has(&[Role::Alternate]) {
        gaps.push("desk-alert-no-alternate");
    }
    if !has(&[Role::Sponsor, Role::University]) {
        gaps.push("desk-alert-no-independent");
    }
    gaps
}

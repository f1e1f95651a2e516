//! `/desk/case/{id}`: a case. What the person wants comes first, then their account, then all else.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::{
    desk::{CaseOpened, OpenedCase, open},
    team, trace,
};
use safehold_core::{
    access::{Area, may_enter_with},
    case::Action,
    id::CaseId,
    recipients::Standing,
};
use serde::Deserialize;

use super::{
    Desk, Frame, Place,
    answers::{Part, Reading},
    before, case_id, duties, enter,
    frame::moment,
    history::{self, HistoryLine, Names},
    list::due_words,
    message::{FileLine, MessageLine},
    overview::{self, ACCOUNT, Block, FIRST},
    pattern, problem, reply, ways, work,
};
use crate::{layout::Page, problem::Problem, site::Site};

/// What stands at the head of a case.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own on the page"
)]
struct Head {
    id: CaseId,
    reference: String,
    state: String,
    level: String,
    urgent: bool,
    paused: bool,
    received: String,
    /// How it came and who wrote it down, if the reporter did not.
    came: String,
    owner: String,
    due: String,
    late: bool,
    new_messages: usize,
    waits_for_check: bool,
}

#[derive(Template)]
#[template(path = "desk/case.html")]
struct CasePage {
    page: Page,
    desk: Frame,
    case: Head,
    /// What was just done, in words.
    done: String,
    /// That it is linked with others that the reader may open, in words.
    linked: String,
    blocks: Vec<Block>,
    /// What the account speaks of.
    topics: String,
    account: Vec<Part>,
    rest: Vec<Part>,
    people: Vec<Part>,
    /// Whether the questions are shown as they were asked in an older form.
    old_form: bool,
    files: Vec<FileLine>,
    messages: Vec<MessageLine>,
    history: Vec<HistoryLine>,
    work: work::Summary,
    /// How it stands with bodies outside.
    duties: String,
    /// Name, role, standing.
    readers: Vec<(String, String, String)>,
    trace: Vec<(String, String, String)>,
    /// What can be done now.
    ways: Vec<ways::Group>,
    may_write: bool,
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/case/{id}`.
pub async fn get(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let id = case_id(&id)?;
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    match opened {
        CaseOpened::Before(case) => before::page(&desk, &case, false, false, StatusCode::OK),
        CaseOpened::Full(case) => full(&desk, *case, &asked.done).await,
    }
}

/// The names of everybody who is or was in the team.
pub(super) async fn names(site: &Site) -> Result<Names, Problem> {
    let members = team::list(&site.app)
        .await
        .map_err(|error| Problem::server(&error))?;
    Ok(members
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect())
}

async fn full(desk: &Desk, case: OpenedCase, done: &str) -> Result<Response, Problem> {
    let (page, frame) = Frame::new(desk, Place::Cases);
    let web = &desk.site.web;
    let names = names(&desk.site).await?;
    let entries = trace::of_case(&desk.site.app, &desk.me.reader, case.row.id)
        .await
        .map_err(|error| problem(&error))?;
    let links = pattern::count(desk, case.row.id).await?.links;
    let now = desk.site.app.form();
    let reading = Reading::new(&page, &case.form, now, &case.report.answers, &names);
    let at = |at| moment(&page, web, at);
    let role = desk.me.reader.role;
    let html = CasePage {
        case: head(&page, desk, &case),
        done: done_words(&page, done),
        linked: linked(&page, links),
        blocks: overview::blocks(&page, &case, &reading, &at),
        topics: topics(&reading),
        account: account(&page, &reading),
        rest: reading.rest(&questions_shown()),
        people: people(&page, &reading),
        old_form: case.form.digest != now.digest,
        files: case
            .report
            .files
            .iter()
            .map(|file| FileLine::of(&page, file))
            .collect(),
        messages: case
            .messages
            .iter()
            .map(|message| MessageLine::of(&page, web, message))
            .collect(),
        history: case
            .history
            .iter()
            .rev()
            .map(|entry| history::line(&page, web, &names, entry))
            .collect(),
        work: work::summary(desk, &page, &names, &case),
        duties: duties::summary(&page, &case),
        readers: case
            .readers
            .iter()
            .map(|(_, name, role, standing)| {
                let standing = match standing {
                    Standing::Active => "desk-standing-active",
                    Standing::Standby => "desk-standing-standby",
                };
                (
                    name.clone(),
                    page.t(&format!("desk-role-{}", role.key())),
                    page.t(standing),
                )
            })
            .collect(),
        trace: entries
            .iter()
            .rev()
            .map(|entry| history::trace_line(&page, web, &names, entry))
            .collect(),
        ways: ways::groups(&page, role, &case),
        may_write: may_enter_with(role, case.view.part, Area::Write),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

fn head(page: &Page, desk: &Desk, case: &OpenedCase) -> Head {
    let web = &desk.site.web;
    let row = &case.row;
    let (due, late) = case.due.map_or_else(Default::default, |(due, at)| {
        due_words(page, web, due.key(), at, row.received_at)
    });
    Head {
        id: row.id,
        reference: row.reference.to_string(),
        state: page.t(&format!("desk-state-{}", row.state.key())),
        level: row.level.map_or_else(String::new, |level| {
            page.t(&format!("desk-level-{}", level.key()))
        }),
        urgent: row.urgent,
        paused: row.paused_at.is_some(),
        received: moment(page, web, row.received_at),
        came: came(page, case),
        owner: case
            .owner_name
            .clone()
            .unwrap_or_else(|| page.t("desk-owner-nobody")),
        due,
        late,
        new_messages: case
            .messages
            .iter()
            .filter(|message| !message.from_desk && message.seen_at.is_none())
            .count(),
        waits_for_check: case.actions.contains(&Action::Close),
    }
}

fn linked(page: &Page, links: usize) -> String {
    if links == 0 {
        String::new()
    } else {
        page.count("pattern-tag", links)
    }
}

fn done_words(page: &Page, done: &str) -> String {
    if let Some(action) = Action::from_key(done) {
        return page.t(&format!("desk-did-{}", action.key()));
    }
    match done {
        "write" => page.t("desk-done-write"),
        "share" => page.t("desk-done-share"),
        "exclude" => page.t("desk-did-exclude"),
        "review" => page.t("record-did-review"),
        _ => String::new(),
    }
}

/// The kinds of harm that were chosen, so that nobody reads on unprepared.
fn topics(reading: &Reading<'_>) -> String {
    let said = reading.said(&["categories"]);
    let lines = said.iter().flat_map(|said| &said.lines);
    let topics: Vec<_> = lines.map(|line| line.text.as_str()).collect();
    topics.join(", ")
}

pub(super) fn account(page: &Page, reading: &Reading<'_>) -> Vec<Part> {
    let names = ["seen", "said", "thought", "unsure", "ask", "learning"];
    ACCOUNT
        .iter()
        .zip(names)
        .map(|(questions, name)| Part {
            name: page.t(&format!("desk-account-{name}")),
            said: reading.said(questions),
        })
        .filter(|part| !part.said.is_empty())
        .collect()
}

pub(super) fn people(page: &Page, reading: &Reading<'_>) -> Vec<Part> {
    let mut people = reading.items("people");
    let said = reading.said(&["people_connection"]);
    if !said.is_empty() {
        people.push(Part {
            name: page.t("desk-case-connection"),
            said,
        });
    }
    people
}

/// What has a place of its own on the page.
pub(super) fn questions_shown() -> Vec<&'static str> {
    let own = ["people", "people_connection", "files"];
    FIRST
        .iter()
        .chain(&ACCOUNT)
        .flat_map(|questions| questions.iter().copied())
        .chain(own)
        .collect()
}

/// How it came, if somebody wrote it down for the reporter.
fn came(page: &Page, case: &OpenedCase) -> String {
    let (Some(_), Some(told_on)) = (case.report.typed_by, case.report.told_on) else {
        return String::new();
    };
    let how = page.with("take-down-came", "channel", case.report.channel.key());
    let date = page.date(told_on);
    match &case.typed_by_name {
        Some(name) => page.format(
            "take-down-came-by",
            &[("how", how), ("date", date), ("name", name.clone())],
        ),
        None => page.format("take-down-came-someone", &[("how", how), ("date", date)]),
    }
}

//! `/desk/case/{id}/record`: the whole record of the work on a case.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::desk::{CaseOpened, OpenedCase, open, record::register};
use safehold_core::{
    access::Area,
    id::CaseId,
    record::{Due, Item, Kind, Register, SIDES, may_enter},
};
use serde::Deserialize;

use super::{
    super::{
        Desk, Frame, Place,
        answers::Reading,
        case::names,
        case_id, enter,
        frame::moment,
        go,
        history::Names,
        overview::{self, Block},
        problem, reply, stay_away,
    },
    SECTIONS,
    items::{ItemView, Writer},
    section,
};
use crate::{layout::Page, problem::Problem};

/// A part of the record.
struct Section {
    kind: Kind,
    /// What is missing or late in it, each in words.
    notes: Vec<String>,
    items: Vec<ItemView>,
    /// Where one is added, or nothing.
    add: String,
}

/// Something due, with where it stands.
pub(in super::super) struct DueLine {
    pub(in super::super) href: String,
    pub(in super::super) what: String,
    pub(in super::super) due: String,
    pub(in super::super) late: bool,
}

#[derive(Template)]
#[template(path = "desk/work/record.html")]
struct RecordPage {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    done: String,
    dues: Vec<DueLine>,
    sections: Vec<Section>,
    /// What the reporter said, beside what is made of it.
    said: Vec<Block>,
}

/// What the page of a case says of its record.
pub(in super::super) struct Summary {
    /// What is due, the earliest first.
    pub(in super::super) dues: Vec<DueLine>,
    /// What nobody has asked or offered yet.
    pub(in super::super) missing: Vec<String>,
    /// How many entries there are.
    pub(in super::super) count: usize,
    /// What has to be seen at once, each with where it is told in full.
    pub(in super::super) flags: Vec<(String, String)>,
}

/// What the address may say.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/case/{id}/record`.
pub(super) async fn get(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    enter(&desk, Area::Cases)?;
    let id = case_id(&id)?;
    let opened = open(&desk.site.app, &desk.me.reader, id)
        .await
        .map_err(|error| problem(&error))?;
    let CaseOpened::Full(case) = opened else {
        return Ok(go(&format!("/desk/case/{id}")));
    };
    let (page, frame) = Frame::new(&desk, Place::Cases);
    let names = names(&desk.site).await?;
    let register = register(&case.history);
    let dues = dues(&desk, &register);
    let writer = writer(&desk, &page, &names, &case);
    let sections = SECTIONS
        .iter()
        .map(|kind| Section {
            kind: *kind,
            notes: notes(&page, *kind, &register),
            items: register
                .items(*kind)
                .iter()
                .rev()
                .map(|item| writer.item(item, &dues))
                .collect(),
            add: if kind.has_form()
                && may_enter(case.row.state, desk.me.reader.role, case.view.part, *kind).is_ok()
            {
                format!("/desk/case/{id}/record/{}", kind.key())
            } else {
                String::new()
            },
        })
        .collect();
    let due_lines = due_lines(&writer, &register, &dues);
    let said = said(&desk, &page, &case, &names);
    let html = RecordPage {
        id,
        reference: case.row.reference.to_string(),
        done: Kind::from_key(&asked.done)
            .map(|kind| page.t(&format!("record-did-{}", kind.key())))
            .unwrap_or_default(),
        dues: due_lines,
        sections,
        said,
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

/// What is due by a record.
fn dues(desk: &Desk, register: &Register<'_>) -> Vec<Due> {
    let zone = &desk.site.web.zone;
    register.dues(&|filed| filed.at.to_zoned(zone.clone()).date())
}

/// Writes the entries of a case for whoever looks.
pub(super) fn writer<'a>(
    desk: &'a Desk,
    page: &'a Page,
    names: &'a Names,
    case: &'a OpenedCase,
) -> Writer<'a> {
    Writer {
        page,
        web: &desk.site.web,
        names,
        case,
        role: desk.me.reader.role,
        today: desk.site.web.today(),
    }
}

fn due_lines(writer: &Writer<'_>, register: &Register<'_>, dues: &[Due]) -> Vec<DueLine> {
    dues.iter()
        .filter_map(|due| {
            let item = register.find(due.entry)?;
            let (words, late) = writer.due(due);
            Some(DueLine {
                href: format!(
                    "{}#e-{}",
                    home(writer.case.row.id, item.first.entry.of),
                    due.entry
                ),
                what: writer.heading(&item),
                due: words,
                late,
            })
        })
        .collect()
}

/// What a case's own page says of its record.
pub(in super::super) fn summary(desk: &Desk, page: &Page, names: &Names, case: &OpenedCase) -> Summary {
    let register = register(&case.history);
    let dues = dues(desk, &register);
    let writer = writer(desk, page, names, case);
    let missing = if case.row.state.is_live() {
        SECTIONS
            .iter()
            .flat_map(|kind| notes(page, *kind, &register))
            .collect()
    } else {
        Vec::new()
    };
    Summary {
        dues: due_lines(&writer, &register, &dues),
        missing,
        count: register.all().len(),
        flags: stay_away::flags(desk, page, case),
    }
}

/// What nobody has asked or offered yet.
fn notes(page: &Page, kind: Kind, register: &Register<'_>) -> Vec<String> {
    let items = register.items(kind);
    let has = |field: &str, value: &str| {
        items
            .iter()
            .any(|item| item.latest.entry.record.get(field) == Some(value))
    };
    match kind {
        Kind::Outcome | Kind::Reprisal | Kind::Talk if items.is_empty() => {
            vec![page.t(&format!("record-missing-{}", kind.key()))]
        }
        Kind::Task if !register.readiness().prevents_repeat => vec![page.t("record-missing-prevention")],
        Kind::Decision => unchecked(page, &items),
        Kind::Support => SIDES
            .iter()
            .filter(|side| !has("support_to", side))
            .map(|side| page.t(&format!("record-missing-support-{side}")))
            .collect(),
        _ => Vec::new(),
    }
}

fn unchecked(page: &Page, decisions: &[Item<'_>]) -> Vec<String> {
    let count = decisions
        .iter()
        .filter(|decision| decision.answers.is_empty())
        .count();
    if count == 0 {
        Vec::new()
    } else {
        vec![page.count("record-unchecked", count)]
    }
}

/// What the reporter said that the record goes by.
fn said(desk: &Desk, page: &Page, case: &OpenedCase, names: &Names) -> Vec<Block> {
    blocks(desk, page, case, names, &["wishes", "must-not", "fear"])
}

/// Parts of the report by their ids.
pub(super) fn blocks(
    desk: &Desk,
    page: &Page,
    case: &OpenedCase,
    names: &Names,
    wanted: &[&str],
) -> Vec<Block> {
    let reading = Reading::new(
        page,
        &case.form,
        desk.site.app.form(),
        &case.report.answers,
        names,
    );
    let at = |at| moment(page, &desk.site.web, at);
    let mut blocks = overview::blocks(page, case, &reading, &at);
    blocks.retain(|block| wanted.contains(&block.id));
    blocks
}

/// The page on which a kind of entry is shown.
pub(super) fn home(id: CaseId, kind: Kind) -> String {
    if stay_away::has(kind) {
        stay_away::address(id)
    } else {
        format!("/desk/case/{id}/record")
    }
}

/// Where a kind of entry stands on the page.
pub(super) fn anchor(id: CaseId, kind: Kind) -> String {
    if stay_away::has(kind) {
        return format!("{}?done={}", stay_away::address(id), kind.key());
    }
    format!(
        "/desk/case/{id}/record?done={}#{}",
        kind.key(),
        section(kind).key()
    )
}

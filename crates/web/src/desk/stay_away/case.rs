//! `/desk/case/{id}/exclusion`: the decisions of a case, each with how it stands and what was said about it.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use safehold_app::desk::{CaseOpened, OpenedCase, open, record::register};
use safehold_core::{
    access::{Area, may_enter as may_enter_area},
    id::{CaseId, EventId},
    record::{Filed, Item, Kind, Register, may_enter},
    stay_away::{Decision, Stands, decisions},
};
use serde::Deserialize;

use super::{
    super::{
        Desk, Frame, Place,
        case::names,
        case_id, enter,
        frame::moment,
        go,
        history::{self, Names, recorded},
        problem, reply,
    },
    days, has, name, stands,
};
use crate::{layout::Page, problem::Problem};

/// One version of what was recorded.
struct Version {
    by: String,
    fields: Vec<(String, Vec<String>, bool)>,
}

/// What somebody said about a decision.
struct Step {
    id: EventId,
    heading: String,
    now: Version,
    earlier: Vec<Version>,
}

/// What can be done about a decision.
struct Way {
    href: String,
    label: String,
}

/// A decision in words.
struct View {
    id: EventId,
    heading: String,
    stands: String,
    in_force: bool,
    late: bool,
    notes: Vec<String>,
    now: Version,
    /// A newer version that nobody has confirmed.
    newer: Option<Version>,
    earlier: Vec<Version>,
    steps: Vec<Step>,
    ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "desk/stay_away/case.html")]
struct CasePage {
    page: Page,
    desk: Frame,
    id: CaseId,
    reference: String,
    done: String,
    decisions: Vec<View>,
    may_propose: bool,
    may_list: bool,
}

/// What the address may say.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
}

/// `GET /desk/case/{id}/exclusion`.
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
    let writer = Writer {
        desk: &desk,
        page: &page,
        names: &names,
        case: &case,
        register: &register,
    };
    let mut found = decisions(&register, desk.site.web.today());
    found.reverse();
    let html = CasePage {
        id,
        reference: case.row.reference.to_string(),
        done: Kind::from_key(&asked.done)
            .filter(|kind| has(*kind))
            .map(|kind| page.t(&format!("record-did-{}", kind.key())))
            .unwrap_or_default(),
        decisions: found.iter().map(|decision| writer.view(decision)).collect(),
        may_propose: writer.may(Kind::StayAway, None, None),
        may_list: may_enter_area(desk.me.reader.role, Area::StayAway),
        page,
        desk: frame,
    };
    reply(StatusCode::OK, &html)
}

struct Writer<'a> {
    desk: &'a Desk,
    page: &'a Page,
    names: &'a Names,
    case: &'a OpenedCase,
    register: &'a Register<'a>,
}

impl Writer<'_> {
    /// Whether whoever looks may make this entry now.
    fn may(&self, kind: Kind, about: Option<EventId>, corrects: Option<EventId>) -> bool {
        let me = &self.desk.me.reader;
        may_enter(self.case.row.state, me.role, self.case.view.part, kind)
            .and_then(|()| self.register.check(kind, me.id, about, corrects))
            .is_ok()
    }

    fn version(&self, filed: &Filed<'_>) -> Version {
        let who = filed
            .by
            .map_or_else(String::new, |who| history::name(self.page, self.names, who));
        let at = moment(self.page, &self.desk.site.web, filed.at);
        Version {
            by: self.page.format("record-by", &[("who", who), ("at", at)]),
            fields: recorded(
                self.page,
                self.names,
                filed.entry.of.fields(),
                &filed.entry.record,
            ),
        }
    }

    fn step(&self, item: &Item<'_>) -> Step {
        let kind = self.page.t(&format!("record-{}", item.first.entry.of.key()));
        Step {
            id: item.root,
            heading: self.page.format(
                "record-item",
                &[("kind", kind), ("number", item.number.to_string())],
            ),
            now: self.version(&item.latest),
            earlier: item.earlier.iter().map(|filed| self.version(filed)).collect(),
        }
    }

    fn view(&self, decision: &Decision<'_>) -> View {
        let item = &decision.item;
        let versions = || item.earlier.iter().chain([&item.latest]);
        let mut steps: Vec<_> = item
            .answers
            .iter()
            .flat_map(|answer| std::iter::once(answer).chain(&answer.answers))
            .collect();
        steps.sort_by_key(|step| step.latest.at);
        let today = self.desk.site.web.today();
        let looked_at = decision.review_on.into_iter().chain(decision.ends_on).min();
        View {
            id: item.root,
            heading: self.page.format(
                "stay-decision",
                &[
                    ("name", name(decision.record()).to_owned()),
                    ("number", item.number.to_string()),
                ],
            ),
            stands: stands(self.page, decision.stands),
            in_force: decision.stands == Stands::InForce,
            late: decision.is_open() && looked_at.is_some_and(|on| on < today),
            notes: self.notes(decision),
            now: self.version(&decision.counts),
            newer: decision.is_changed.then(|| self.version(&item.latest)),
            earlier: versions()
                .filter(|version| version.at < decision.counts.at)
                .map(|version| self.version(version))
                .collect(),
            steps: steps.into_iter().map(|step| self.step(step)).collect(),
            ways: self.ways(decision),
        }
    }

    fn notes(&self, decision: &Decision<'_>) -> Vec<String> {
        let page = self.page;
        let mut notes = Vec::new();
        match decision.stands {
            Stands::Waits | Stands::Back => notes.push(page.t("stay-not-in-force")),
            Stands::Over => notes.push(page.t("stay-over-text")),
            Stands::InForce | Stands::Ended => {}
        }
        if decision.stands != Stands::Ended {
            notes.extend(days(page, decision.ends_on, decision.review_on));
        }
        if decision.is_changed && decision.is_open() {
            notes.push(page.t("stay-changed"));
        }
        if decision.waits_for_check() && decision.had_part.contains(&self.desk.me.reader.id) {
            notes.push(page.t("stay-own"));
        }
        if decision.is_open() && !decision.open_appeals.is_empty() {
            notes.push(page.count("stay-appeals", decision.open_appeals.len()));
        }
        notes
    }

    fn ways(&self, decision: &Decision<'_>) -> Vec<Way> {
        let root = decision.item.root;
        let about = [
            (Kind::StayAwayCheck, "check"),
            (Kind::StayAwayReview, "review"),
            (Kind::StayAwayAppeal, "appeal"),
        ];
        let mut ways: Vec<_> = about
            .into_iter()
            .filter(|(kind, _)| self.may(*kind, Some(root), None))
            .map(|(kind, word)| self.way(kind, &format!("about={root}"), word))
            .collect();
        ways.extend(
            decision
                .open_appeals
                .iter()
                .filter(|appeal| self.may(Kind::StayAwayRuling, Some(appeal.root), None))
                .map(|appeal| self.way(Kind::StayAwayRuling, &format!("about={}", appeal.root), "ruling")),
        );
        if self.may(Kind::StayAway, None, Some(root)) {
            ways.push(self.way(Kind::StayAway, &format!("corrects={root}"), "correct"));
        }
        ways
    }

    fn way(&self, kind: Kind, query: &str, word: &str) -> Way {
        Way {
            href: format!("/desk/case/{}/record/{}?{query}", self.case.row.id, kind.key()),
            label: self.page.t(&format!("stay-do-{word}")),
        }
    }
}

/// What stands at the head of a case: people who are to stay away, people of the university, and who holds the lead with
/// partners. Each line with where it is told in full.
pub(in super::super) fn flags(desk: &Desk, page: &Page, case: &OpenedCase) -> Vec<(String, String)> {
    let register = register(&case.history);
    let id = case.row.id;
    let found = decisions(&register, desk.site.web.today());
    let mut flags = Vec::new();
    for (holds, words) in [
        (
            found.iter().any(|decision| decision.stands == Stands::InForce),
            "stay-flag-in-force",
        ),
        (found.iter().any(Decision::waits_for_check), "stay-flag-waits"),
    ] {
        if holds {
            flags.push((page.t(words), super::address(id)));
        }
    }
    for item in register.items(Kind::University) {
        let record = &item.latest.entry.record;
        let words = match record.get("university_who") {
            Some("student") => &["stay-flag-student"][..],
            Some("employee") => &["stay-flag-employee"],
            Some("both") => &["stay-flag-student", "stay-flag-employee"],
            Some("not_sure") => &["stay-flag-not-sure"],
            _ => continue,
        };
        let mut text: Vec<_> = words.iter().map(|words| page.t(words)).collect();
        if record.get("university_told") == Some("not_yet") {
            text.push(page.t("stay-flag-not-told"));
        }
        flags.push((text.join(" "), format!("/desk/case/{id}/record#e-{}", item.root)));
    }
    for item in register.items(Kind::Partners) {
        let record = &item.latest.entry.record;
        let name = record.get("partner_name").unwrap_or_default().to_owned();
        let text = match record.get("partner_lead") {
            Some("not_agreed") => page.with("stay-flag-no-lead", "name", name),
            Some(lead) => {
                let lead = page.t(&format!("desk-choice-partner_lead-{lead}"));
                page.format("stay-flag-lead", &[("name", name), ("lead", lead)])
            }
            None => continue,
        };
        flags.push((text, format!("/desk/case/{id}/record#e-{}", item.root)));
    }
    flags
}

//! Entries in words, each with its answers and its earlier versions.

use jiff::civil::Date;
use safehold_app::desk::OpenedCase;
use safehold_core::{
    form::AboutWhom,
    id::{CaseId, EventId},
    record::{Due, Filed, Item, Kind, is_asked, may_be_shown, may_enter},
    roster::Role,
};

use super::super::{
    frame::moment,
    history::{Names, name, recorded},
};
use crate::{layout::Page, state::WebState};

/// One version of an entry.
pub(super) struct Version {
    /// Who, and when.
    pub(super) by: String,
    /// What was recorded.
    pub(super) fields: Vec<(String, Vec<String>, bool)>,
}

/// A link to what can be done about an entry.
pub(super) struct ItemLink {
    pub(super) href: String,
    pub(super) label: String,
}

/// An entry that answers another, or stands beside it.
pub(super) struct AnswerView {
    pub(super) id: EventId,
    pub(super) heading: String,
    pub(super) now: Version,
    pub(super) earlier: Vec<Version>,
    /// Where it is corrected, or nothing.
    pub(super) correct: String,
    /// What else can be done about it.
    pub(super) links: Vec<ItemLink>,
}

/// An entry.
pub(super) struct ItemView {
    pub(super) id: EventId,
    pub(super) heading: String,
    /// How it stands, or nothing.
    pub(super) status: String,
    /// When something is due by it, or nothing.
    pub(super) due: String,
    pub(super) late: bool,
    pub(super) now: Version,
    pub(super) earlier: Vec<Version>,
    pub(super) answers: Vec<AnswerView>,
    pub(super) links: Vec<ItemLink>,
}

/// Writes entries.
pub(super) struct Writer<'a> {
    pub(super) page: &'a Page,
    pub(super) web: &'a WebState,
    pub(super) names: &'a Names,
    pub(super) case: &'a OpenedCase,
    pub(super) role: Role,
    pub(super) today: Date,
}

impl Writer<'_> {
    fn id(&self) -> CaseId {
        self.case.row.id
    }

    fn may(&self, kind: Kind) -> bool {
        may_enter(self.case.row.state, self.role, self.case.view.part, kind).is_ok()
    }

    /// What an entry is, with its number.
    pub(super) fn heading(&self, item: &Item<'_>) -> String {
        self.page.format(
            "record-item",
            &[
                (
                    "kind",
                    self.page.t(&format!("record-{}", item.first.entry.of.key())),
                ),
                ("number", item.number.to_string()),
            ],
        )
    }

    /// A version of an entry.
    pub(super) fn version(&self, filed: &Filed<'_>) -> Version {
        let who = filed.by.map_or_else(
            || self.page.t("desk-the-reporter"),
            |who| name(self.page, self.names, who),
        );
        Version {
            by: self.page.format(
                "record-by",
                &[("who", who), ("at", moment(self.page, self.web, filed.at))],
            ),
            fields: recorded(
                self.page,
                self.names,
                filed.entry.of.fields(),
                &filed.entry.record,
            ),
        }
    }

    fn address(&self, kind: Kind, query: &str) -> String {
        format!("/desk/case/{}/record/{}{query}", self.id(), kind.key())
    }

    fn correct(&self, item: &Item<'_>) -> String {
        let of = item.first.entry.of;
        // What the reporter said is theirs.
        if of.has_form() && item.latest.by.is_some() && self.may(of) {
            self.address(item.first.entry.of, &format!("?corrects={}", item.root))
        } else {
            String::new()
        }
    }

    fn answer(&self, item: &Item<'_>) -> AnswerView {
        AnswerView {
            id: item.root,
            heading: self.heading(item),
            now: self.version(&item.latest),
            earlier: item.earlier.iter().map(|filed| self.version(filed)).collect(),
            correct: self.correct(item),
            links: self.next(item).into_iter().collect(),
        }
    }

    /// What answers an entry, then what stands beside it, each followed by what answers that.
    fn around(&self, item: &Item<'_>) -> Vec<AnswerView> {
        let mut around: Vec<_> = item.answers.iter().map(|answer| self.answer(answer)).collect();
        for beside in &item.beside {
            around.push(self.answer(beside));
            around.extend(beside.answers.iter().map(|answer| self.answer(answer)));
        }
        around
    }

    /// Where an entry is answered, if it can be.
    fn next(&self, item: &Item<'_>) -> Option<ItemLink> {
        let kind = item.first.entry.of;
        let next = answer_kind(kind)?;
        (self.may(next) && is_open(item)).then(|| ItemLink {
            href: self.address(next, &format!("?about={}", item.root)),
            label: self.page.t(&format!("record-answer-{}", kind.key())),
        })
    }

    /// What can be set beside an entry: a question to the person, and a copy that they see.
    fn beside(&self, item: &Item<'_>) -> Vec<ItemLink> {
        let is_affected = self.case.facts.about_whom == Some(AboutWhom::Me);
        [Kind::Ask, Kind::Shown]
            .into_iter()
            .filter(|kind| {
                let stands = kind
                    .beside()
                    .is_some_and(|(of, _)| of.contains(&item.first.entry.of));
                let for_them = *kind != Kind::Shown || may_be_shown(item.latest.entry, is_affected);
                stands && for_them && self.may(*kind)
            })
            .map(|kind| ItemLink {
                href: self.address(kind, &format!("?about={}", item.root)),
                label: self.page.t(&format!("record-beside-{}", kind.key())),
            })
            .collect()
    }

    /// When something is due, and whether its day has passed.
    pub(super) fn due(&self, due: &Due) -> (String, bool) {
        let owner = due
            .owner
            .map_or_else(String::new, |who| name(self.page, self.names, who));
        let id = if owner.is_empty() {
            "record-due"
        } else {
            "record-due-by"
        };
        let words = self
            .page
            .format(id, &[("date", self.page.date(due.on)), ("who", owner)]);
        (words, due.on < self.today)
    }

    /// An entry with all that belongs to it.
    pub(super) fn item(&self, item: &Item<'_>, dues: &[Due]) -> ItemView {
        let kind = item.first.entry.of;
        let due = dues.iter().find(|due| due.entry == item.root);
        let (due_words, late) = due.map_or((String::new(), false), |due| self.due(due));
        let mut links: Vec<_> = self.next(item).into_iter().chain(self.beside(item)).collect();
        let correct = self.correct(item);
        if !correct.is_empty() {
            links.push(ItemLink {
                href: correct,
                label: self.page.t(&format!("record-correct-{}", kind.key())),
            });
        }
        ItemView {
            id: item.root,
            heading: self.heading(item),
            status: self.status(item),
            due: due_words,
            late,
            now: self.version(&item.latest),
            earlier: item.earlier.iter().map(|filed| self.version(filed)).collect(),
            answers: self.around(item),
            links,
        }
    }

    /// How an entry stands, from what answers it.
    fn status(&self, item: &Item<'_>) -> String {
        let record = &item.latest.entry.record;
        let field = match item.first.entry.of {
            Kind::Outcome => "outcome_result",
            Kind::Task => "task_result",
            Kind::Decision => "check_result",
            Kind::Reprisal => "reprisal_found",
            Kind::Contact => "contact_state",
            Kind::Support => "support_answer",
            Kind::Ask if !is_asked(record) => return self.page.t("desk-choice-ask_safe-not_safe"),
            Kind::Ask => "answer_says",
            Kind::Request => "request_result",
            Kind::Review => "review_result",
            _ => return String::new(),
        };
        let last = item
            .answers
            .last()
            .map_or(record, |last| &last.latest.entry.record);
        match last.get(field) {
            Some(choice) => self.page.t(&format!("desk-choice-{field}-{choice}")),
            None => self.page.t(&format!("record-open-{}", item.first.entry.of.key())),
        }
    }
}

/// The kind of entry that answers one of this kind.
pub(super) fn answer_kind(kind: Kind) -> Option<Kind> {
    Kind::ALL
        .iter()
        .copied()
        .find(|answer| answer.answers().is_some_and(|(of, _)| of == kind))
}

/// Whether an entry still waits for an answer, or can have one more.
fn is_open(item: &Item<'_>) -> bool {
    let record = &item.latest.entry.record;
    let last = item.answers.last().map(|answer| &answer.latest.entry.record);
    match item.first.entry.of {
        Kind::Task => last.is_none_or(|last| last.get("task_result") == Some("later")),
        Kind::Contact => record.get("contact_state") == Some("planned") && last.is_none(),
        Kind::Ask => is_asked(record),
        Kind::Request => last.is_none_or(|last| last.get("request_result") == Some("later")),
        _ => true,
    }
}

//! What can be done from a case, in groups, so that nobody has to read through one long list. A capability with pages
//! of its own adds its line here, and nowhere else on the page of the case.

use safehold_app::desk::OpenedCase;
use safehold_core::{
    access::{Area, may_enter_with},
    case::{Action, State},
    record::{Kind, may_enter as may_make},
    roster::Role,
};

use super::work;
use crate::layout::Page;

/// Some ways to go on that belong together.
pub(super) struct Group {
    pub(super) heading: String,
    pub(super) ways: Vec<Way>,
}

/// One way to go on from a case.
pub(super) struct Way {
    pub(super) href: String,
    pub(super) label: String,
    /// When one takes it, in a few words.
    pub(super) about: String,
}

/// What a person with this role can do from this case. A group without anything in it is left out.
pub(super) fn groups(page: &Page, role: Role, case: &OpenedCase) -> Vec<Group> {
    let ways = Ways { page, role, case };
    [
        ("steps", ways.steps()),
        ("talk", ways.talk()),
        ("wider", ways.wider()),
        ("readers", ways.readers()),
        ("copies", ways.copies()),
    ]
    .into_iter()
    .filter(|(_, ways)| !ways.is_empty())
    .map(|(name, ways)| Group {
        heading: page.t(&format!("desk-ways-{name}")),
        ways,
    })
    .collect()
}

struct Ways<'a> {
    page: &'a Page,
    role: Role,
    case: &'a OpenedCase,
}

impl Ways<'_> {
    /// A way to a page of the case, named by a text that has an `.about`.
    fn to(&self, path: &str, text: &str) -> Way {
        Way {
            href: format!("/desk/case/{}/{path}", self.case.row.id),
            label: self.page.t(text),
            about: self.page.t(&format!("{text}.about")),
        }
    }

    /// The same, for those who may enter an area.
    fn area(&self, area: Area, path: &str, text: &str) -> Option<Way> {
        may_enter_with(self.role, self.case.view.part, area).then(|| self.to(path, text))
    }

    fn action(&self, action: Action) -> Way {
        self.to(
            &format!("do/{}", action.key()),
            &format!("desk-do-{}", action.key()),
        )
    }

    /// An entry of the record that somebody may make now.
    fn entry(&self, kind: Kind) -> Option<Way> {
        let key = kind.key();
        may_make(self.case.row.state, self.role, self.case.view.part, kind)
            .is_ok()
            .then(|| Way {
                label: self.page.t(&format!("record-{key}.new")),
                ..self.to(&format!("record/{key}"), &format!("record-{key}"))
            })
    }

    /// Steps that change where the case stands.
    fn steps(&self) -> Vec<Way> {
        let look = (self.case.row.state == State::Triage && work::may_look(self.role)).then(|| Way {
            label: self.page.t("record-first_look.new"),
            ..self.to("record/first_look", "record-first_look")
        });
        let actions = self.case.actions.iter().filter(|action| **action != Action::Note);
        let reviews = self
            .case
            .reviews
            .iter()
            .filter(|review| review.is_mine && review.answered_at.is_none())
            .map(|review| self.to(&format!("review/{}", review.id), "desk-review"));
        reviews
            .chain(look)
            .chain(actions.map(|action| self.action(*action)))
            .collect()
    }

    /// Words to the reporter, and words for oneself.
    fn talk(&self) -> Vec<Way> {
        let note = self.case.actions.contains(&Action::Note);
        [
            self.area(Area::Write, "write", "desk-write"),
            self.entry(Kind::Ask),
            self.entry(Kind::Talk),
            note.then(|| self.action(Action::Note)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What looks beyond this case: the record of the work, other bodies, other cases.
    fn wider(&self) -> Vec<Way> {
        [
            self.to("record", "desk-ways-record"),
            self.to("duties", "desk-ways-duties"),
            self.to("pattern", "pattern-way"),
            self.to("exclusion", "stay-way"),
        ]
        .into_iter()
        .chain(self.entry(Kind::Partners))
        .chain(self.entry(Kind::University))
        .collect()
    }

    /// Who may read it.
    fn readers(&self) -> Vec<Way> {
        [
            self.area(Area::Share, "share", "desk-circle-share"),
            self.area(Area::Exclude, "exclude", "desk-circle-exclude"),
            Some(self.to("conflict", "desk-circle-conflict")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Copies, and how long it is kept.
    fn copies(&self) -> Vec<Way> {
        [
            self.area(Area::Export, "export", "export-link"),
            self.area(Area::Retention, "keep", "retention-case"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

//! The history of a case and its trace, in words.

use std::collections::BTreeMap;

use jiff::civil::Date;
use safehold_app::{desk::Entry, report::EventBody};
use safehold_core::{
    case::{Field, FieldKind, Record},
    id::UserId,
    trace::{TraceEntry, Traced},
};

use super::{duties, export, frame::moment};
use crate::{layout::Page, state::WebState};

/// An entry of the history.
pub(super) struct HistoryLine {
    /// What was done.
    pub(super) what: String,
    /// Who did it.
    pub(super) who: String,
    /// When.
    pub(super) at: String,
    /// What was recorded: the field, its values, and whether they are somebody's words.
    pub(super) fields: Vec<(String, Vec<String>, bool)>,
}

/// Names of members by id.
pub(super) type Names = BTreeMap<UserId, String>;

pub(super) fn name(page: &Page, names: &Names, id: UserId) -> String {
    names
        .get(&id)
        .cloned()
        .unwrap_or_else(|| page.t("desk-somebody-gone"))
}

/// An entry of the history in words.
pub(super) fn line(page: &Page, state: &WebState, names: &Names, entry: &Entry) -> HistoryLine {
    let (what, fields) = match &entry.body {
        EventBody::Acted { action, record, .. } => (
            page.t(&format!("desk-did-{}", action.key())),
            recorded(page, names, action.fields(), record),
        ),
        EventBody::Entered { entry } => (
            page.t(&format!("record-did-{}", entry.of.key())),
            recorded(page, names, entry.of.fields(), &entry.record),
        ),
        EventBody::Excluded { why, .. } => (page.t("desk-did-exclude"), reason(page, why)),
        EventBody::Shared { with, why } => (
            page.with("desk-did-share", "name", name(page, names, *with)),
            reason(page, why),
        ),
        EventBody::Emergency { until, why } => (
            page.with("recovery-did-emergency", "at", moment(page, state, *until)),
            reason(page, why),
        ),
        EventBody::Copied { about } => export::history(page, about),
        EventBody::Kept { step, record } => (
            page.t(&format!("retention-did-{}", step.key())),
            recorded(page, names, step.fields(), record),
        ),
        EventBody::Duty { entry, files } => duties::history(page, state, entry, files),
    };
    HistoryLine {
        what,
        who: entry
            .actor
            .map_or_else(String::new, |actor| name(page, names, actor)),
        at: moment(page, state, entry.at),
        fields,
    }
}

fn reason(page: &Page, why: &str) -> Vec<(String, Vec<String>, bool)> {
    if why.trim().is_empty() {
        return Vec::new();
    }
    vec![(page.t("desk-field-why"), vec![why.to_owned()], true)]
}

/// What was recorded in these fields: the field, its values, and whether they are somebody's words.
pub(super) fn recorded(
    page: &Page,
    names: &Names,
    fields: &[Field],
    record: &Record,
) -> Vec<(String, Vec<String>, bool)> {
    fields
        .iter()
        .filter_map(|field| {
            let value = record.get(field.id)?;
            let (values, own) = values(page, names, field, value);
            Some((page.t(&format!("desk-field-{}", field.id)), values, own))
        })
        .collect()
}

fn values(page: &Page, names: &Names, field: &Field, value: &str) -> (Vec<String>, bool) {
    let label = |choice: &str| page.t(&format!("desk-choice-{}-{choice}", field.id));
    match field.kind {
        FieldKind::Text | FieldKind::Long => (vec![value.to_owned()], true),
        FieldKind::Date => {
            let date = value
                .parse()
                .map_or_else(|_| value.to_owned(), |date: Date| page.date(date));
            (vec![date], false)
        }
        FieldKind::Choice(_) => (vec![label(value)], false),
        FieldKind::Reader => {
            let who = value
                .parse()
                .map_or_else(|_| value.to_owned(), |who| name(page, names, who));
            (vec![who], false)
        }
        FieldKind::AllOf(_) => (value.split(' ').map(label).collect(), false),
        FieldKind::Categories => {
            let category = |key: &str| page.t(&format!("category-{key}"));
            (value.split(' ').map(category).collect(), false)
        }
    }
}

/// An entry of the trace in words: when, who, what.
pub(super) fn trace_line(
    page: &Page,
    state: &WebState,
    names: &Names,
    entry: &TraceEntry,
) -> (String, String, String) {
    let who = match entry.who {
        Some(who) => name(page, names, who),
        None => match entry.what {
            Traced::Received | Traced::ReporterAdded | Traced::ReporterReturned => {
                page.t("desk-the-reporter")
            }
            Traced::Opened
            | Traced::Found
            | Traced::LookedThrough { .. }
            | Traced::FileOpened { .. }
            | Traced::Acted { .. }
            | Traced::Entered
            | Traced::WroteToReporter
            | Traced::Shared { .. }
            | Traced::KeyChanged
            | Traced::Escalated { .. }
            | Traced::Exported
            | Traced::Kept { .. }
            | Traced::Erased { .. }
            | Traced::ErasedAgain
            | Traced::Linked
            | Traced::SignUpsCompared
            | Traced::Requested
            | Traced::SignedIn
            | Traced::SignInRefused
            | Traced::SignedOut
            | Traced::TeamChanged { .. }
            | Traced::Recovery { .. }
            | Traced::MailSettled { .. }
            | Traced::SettingChanged { .. } => page.t("desk-the-program"),
        },
    };
    let what = match &entry.what {
        Traced::Received => page.t("desk-trace-received"),
        Traced::Opened => page.t("desk-trace-opened"),
        Traced::Found => page.t("search-trace-found"),
        Traced::LookedThrough { .. } => page.t("search-trace-looked"),
        Traced::FileOpened { .. } => page.t("desk-trace-file"),
        Traced::Acted { action } => page.t(&format!("desk-did-{}", action.key())),
        Traced::Entered => page.t("record-trace"),
        Traced::WroteToReporter => page.t("desk-trace-wrote"),
        Traced::ReporterAdded => page.t("desk-trace-added"),
        Traced::ReporterReturned => page.t("desk-trace-returned"),
        Traced::Shared { with } => page.with("desk-did-share", "name", name(page, names, *with)),
        Traced::KeyChanged => page.t("desk-trace-key"),
        Traced::Escalated { to } => page.with("desk-trace-escalated", "name", name(page, names, *to)),
        Traced::Exported => page.t("desk-trace-exported"),
        Traced::Kept { step } => page.t(&format!("retention-did-{}", step.key())),
        Traced::Linked => page.t("pattern-trace"),
        Traced::SignUpsCompared => page.t("stay-trace"),
        Traced::Requested => page.t("requests-trace"),
        Traced::Erased { .. } | Traced::ErasedAgain => page.t("retention-did-erase"),
        Traced::SignedIn => page.t("desk-trace-signed-in"),
        Traced::SignInRefused => page.t("desk-trace-refused"),
        Traced::SignedOut => page.t("desk-trace-signed-out"),
        Traced::TeamChanged { .. } => page.t("desk-trace-team"),
        Traced::Recovery { step, member } => {
            let name = member.map_or_else(|| page.t("recovery-somebody"), |member| name(page, names, member));
            page.with(&format!("recovery-step-{}", step.key()), "name", name)
        }
        Traced::MailSettled { again: true } => page.t("desk-trace-mail-again"),
        Traced::MailSettled { again: false } => page.t("desk-trace-mail-gone"),
        Traced::SettingChanged { .. } => page.t("desk-trace-setting"),
    };
    (moment(page, state, entry.at), who, what)
}

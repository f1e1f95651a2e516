//! `/desk/case/{id}/duties`, its bodies, its forms and its drafts, and `/desk/duties`.

mod forms;
mod pages;

use crate::{
    app::Visitor,
    forms::{borrowed, filled},
};

pub(super) const TODAY: [(&str, &str); 3] = [("day", "24"), ("month", "11"), ("year", "2026")];

/// A day as its three fields.
pub(super) fn day(name: &str) -> Vec<(String, String)> {
    TODAY
        .iter()
        .map(|(part, value)| (format!("{name}-{part}"), (*value).to_owned()))
        .collect()
}

/// Opens a form and sends it with these fields besides what the page brings along.
pub(super) async fn record(
    desk: &mut Visitor,
    path: &str,
    days: &[&str],
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> crate::app::Answer {
    let days: Vec<_> = days.iter().flat_map(|name| day(name)).collect();
    let typed = [borrowed(&days), fields.to_vec()].concat();
    let all = filled(desk, path, &["entry", "version"], &typed).await;
    desk.post_files(path, &borrowed(&all), files).await
}

pub(super) const DECISION: [(&str, &str); 5] = [
    ("need", "required"),
    ("reason", "Kept <reason>"),
    ("decided_by", "Marisol Penhale"),
    ("consent", "given"),
    ("starts", "now"),
];

pub(super) const SENT: [(&str, &str); 7] = [
    ("how", "phone"),
    ("sent_by", "Marisol Penhale"),
    ("sent_to", "The duty desk"),
    ("what", "Kept <what>"),
    ("reference", "X 17"),
    ("show", "no"),
    ("message", "Kept <message>"),
];

/// The path of a form.
pub(super) fn form(case: &str, step: &str) -> String {
    format!("{case}/duties/police/record/{step}")
}

pub(super) async fn decide(desk: &mut Visitor, case: &str) {
    record(desk, &form(case, "decide"), &[], &DECISION, &[])
        .await
        .to();
}

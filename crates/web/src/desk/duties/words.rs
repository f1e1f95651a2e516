//! Entries in words.

use jiff::Timestamp;
use safehold_app::report::FileNote;
use safehold_core::duties::{Decision, Entry};

use crate::{desk::frame::moment, layout::Page, state::WebState};

/// A field of an entry: its words, its values, and whether they are somebody's own words.
pub(crate) type Told = (String, Vec<String>, bool);

/// The name of a body. One that the rules do not have any more is named by its id.
pub(super) fn name(page: &Page, body: &str) -> String {
    let name = page.maybe(&format!("duty-body-{body}"));
    if name.is_empty() { body.to_owned() } else { name }
}

/// What was recorded, for the history of the case: what was done, and its fields.
pub(crate) fn history(
    page: &Page,
    state: &WebState,
    entry: &Entry,
    files: &[FileNote],
) -> (String, Vec<Told>) {
    let what = match entry {
        Entry::Looked(_) => page.t("duty-did-look"),
        Entry::Decided(decision) => page.with(
            &format!("duty-did-{}", decision.need.key()),
            "body",
            name(page, &decision.body),
        ),
        Entry::Sent(sent) => page.with("duty-did-sent", "body", name(page, &sent.body)),
        Entry::Replied(replied) => page.with("duty-did-reply", "body", name(page, &replied.body)),
        Entry::Ended(ending) => page.with("duty-did-end", "body", name(page, &ending.body)),
    };
    (what, fields(page, state, entry, files))
}

/// The fields of an entry, without those that were left empty.
pub(super) fn fields(page: &Page, state: &WebState, entry: &Entry, files: &[FileNote]) -> Vec<Told> {
    let label = |field: &str| page.t(&format!("duty-field-{field}"));
    let own = |field: &str, text: &str| (label(field), vec![text.to_owned()], true);
    let said = |field: &str, text: String| (label(field), vec![text], false);
    let choice = |field: &str, key: &str| said(field, page.t(&format!("duty-{field}-{key}")));
    let mut told = match entry {
        Entry::Looked(looked) => vec![
            choice("place", looked.place.key()),
            (
                label("says"),
                looked
                    .says
                    .iter()
                    .map(|says| page.t(&format!("duty-says-{says}")))
                    .collect(),
                false,
            ),
            own("note", &looked.note),
        ],
        Entry::Decided(decision) => decided(page, state, decision),
        Entry::Sent(sent) => vec![
            said("sent_on", page.date(sent.on)),
            choice("how", sent.how.key()),
            own("sent_by", &sent.by),
            own("sent_to", &sent.to),
            own("what", &sent.what),
            own("reference", &sent.reference),
            said(
                "reply_by",
                sent.reply_by.map(|on| page.date(on)).unwrap_or_default(),
            ),
            choice("show", if sent.shown { "yes" } else { "no" }),
        ],
        Entry::Replied(replied) => vec![
            said("reply_on", page.date(replied.on)),
            own("reply", &replied.reply),
            own("reference", &replied.reference),
            said(
                "again_on",
                replied.again_on.map(|on| page.date(on)).unwrap_or_default(),
            ),
        ],
        Entry::Ended(ending) => vec![choice("outcome", ending.outcome.key()), own("why", &ending.why)],
    };
    told.push((
        label("files"),
        files.iter().map(|file| file.name.clone()).collect(),
        true,
    ));
    for (_, values, _) in &mut told {
        values.retain(|value| !value.is_empty());
    }
    told.retain(|(_, values, _)| !values.is_empty());
    told
}

fn decided(page: &Page, state: &WebState, decision: &Decision) -> Vec<Told> {
    let label = |field: &str| page.t(&format!("duty-field-{field}"));
    let time = |at: Option<Timestamp>| at.map(|at| moment(page, state, at)).unwrap_or_default();
    let grounds = decision
        .grounds
        .iter()
        .map(|ground| page.t(&format!("duty-grounds-{}", ground.key())));
    vec![
        (label("reason"), vec![decision.reason.clone()], true),
        (label("decided_by"), vec![decision.decided_by.clone()], true),
        (
            label("consent"),
            decision
                .consent
                .iter()
                .map(|consent| page.t(&format!("duty-consent-{}", consent.key())))
                .collect(),
            false,
        ),
        (label("grounds"), grounds.collect(), false),
        (label("consent_note"), vec![decision.consent_note.clone()], true),
        (page.t("duty-clock-from"), vec![time(decision.starts_at)], false),
        (page.t("duty-clock-until"), vec![time(decision.due_at)], false),
    ]
}

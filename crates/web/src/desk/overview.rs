//! What comes first in a case: what the person wants, and how to reach them safely.

use safehold_app::{desk::OpenedCase, report::MessageBody};
use safehold_core::form::{Called, Identity, Sure};

use super::{
    answers::{Line, Reading, Said},
    asked,
};
use crate::layout::Page;

/// A part of the page, with an id to jump to.
pub(super) struct Block {
    /// The id of the part in the page and of its heading `desk-case-<id>`.
    pub(super) id: &'static str,
    /// The style of its card.
    pub(super) style: &'static str,
    /// Notes above what was said, each already in words.
    pub(super) notes: Vec<String>,
    /// What was said.
    pub(super) said: Vec<Said>,
}

/// The questions of the overview and of the account: the rest of the page leaves them out.
pub(super) const FIRST: [&[&str]; 8] = [DANGER, WISHES, MUST_NOT, CONSENT, CONTACT, ACCESS, FEAR, SAFE];
const DANGER: &[&str] = &["danger", "emergency_called", "under_18", "stop_checks"];
const WISHES: &[&str] = &[
    "wishes",
    "wishes_more",
    "companion",
    "helps_now",
    "helps_now_more",
];
const MUST_NOT: &[&str] = &["must_not"];
const CONSENT: &[&str] = &[
    "may_speak",
    "may_share",
    "they_know",
    "confidentiality",
    "confidentiality_more",
    "may_learn",
];
const CONTACT: &[&str] = &[
    "name",
    "pronouns",
    "say_name",
    "contact",
    "safe_to",
    "safe_times",
    "unsafe_times",
    "safe_word",
    "news",
    "follow_up",
];
const ACCESS: &[&str] = &["access", "access_more"];
const FEAR: &[&str] = &["fears_reprisal", "fears_more"];
const SAFE: &[&str] = &["safe_now"];
/// The account: what was seen, said, thought and unsure, each apart.
pub(super) const ACCOUNT: [&[&str]; 6] = [
    &["what_happened", "how_often", "how_often_more"],
    &["what_said"],
    &["what_think"],
    &["what_unsure"],
    &["ask"],
    &["went_well", "should_change"],
];

/// The parts in the order in which somebody who answers needs them.
pub(super) fn blocks(
    page: &Page,
    case: &OpenedCase,
    reading: &Reading<'_>,
    moment: &dyn Fn(jiff::Timestamp) -> String,
) -> Vec<Block> {
    let mut blocks = vec![
        Block {
            id: "danger",
            style: if is_urgent(case) { "card--urgent" } else { "" },
            notes: danger_notes(page, case),
            said: reading.said(DANGER),
        },
        Block {
            id: "wishes",
            style: "card--sage",
            notes: withdrawal_notes(page, case, moment),
            said: wishes(page, case, reading),
        },
        Block {
            id: "must-not",
            style: "card--sage",
            notes: Vec::new(),
            said: must_not(page, case, reading),
        },
        Block {
            id: "consent",
            style: "",
            notes: consent_notes(page, case, moment),
            said: reading.said(CONSENT),
        },
        Block {
            id: "contact",
            style: "",
            notes: contact_notes(page, case),
            said: reading.said(CONTACT),
        },
    ];
    if let Some(asked) = asked::block(page, case, moment) {
        // What the person said to what they were asked comes before what they said at first.
        blocks.insert(1, asked);
    }
    blocks.extend(
        [("access", ACCESS), ("fear", FEAR), ("safe", SAFE)].map(|(id, questions)| Block {
            id,
            style: "",
            notes: Vec::new(),
            said: reading.said(questions),
        }),
    );
    blocks
}

fn is_urgent(case: &OpenedCase) -> bool {
    case.row.urgent || case.facts.danger == Some(Sure::Yes) || case.facts.under_18 == Some(Sure::Yes)
}

fn danger_notes(page: &Page, case: &OpenedCase) -> Vec<String> {
    let mut notes = Vec::new();
    if case.facts.danger == Some(Sure::Yes) && case.facts.emergency_called != Some(Called::Yes) {
        notes.push(page.t("desk-note-not-called"));
    }
    if case.facts.under_18 == Some(Sure::Yes) {
        notes.push(page.with("desk-note-under-18", "name", &page.organisation.children.name));
    }
    notes
}

/// Later wishes come before those of the report, which stay to be seen.
fn wishes(page: &Page, case: &OpenedCase, reading: &Reading<'_>) -> Vec<Said> {
    let later = case.wishes.as_ref().map(|(wishes, _)| wishes);
    latest(page, "desk-wishes-changed", later, reading.said(WISHES))
}

fn must_not(page: &Page, case: &OpenedCase, reading: &Reading<'_>) -> Vec<Said> {
    let later = case.wishes.as_ref().map(|(_, must_not)| must_not);
    latest(page, "desk-must-not-changed", later, reading.said(MUST_NOT))
}

fn latest(page: &Page, id: &str, later: Option<&String>, mut before: Vec<Said>) -> Vec<Said> {
    let Some(later) = later.filter(|later| !later.trim().is_empty()) else {
        return before;
    };
    for said in &mut before {
        said.question = page.with("desk-said-before", "question", &said.question);
    }
    before.insert(
        0,
        Said {
            question: page.t(id),
            lines: vec![Line {
                text: later.clone(),
                own: true,
            }],
        },
    );
    before
}

fn withdrawal_notes(
    page: &Page,
    case: &OpenedCase,
    moment: &dyn Fn(jiff::Timestamp) -> String,
) -> Vec<String> {
    case.messages
        .iter()
        .rev()
        .filter(|message| matches!(message.body, MessageBody::AskToWithdraw { .. }))
        .map(|message| page.with("desk-note-withdraw", "at", moment(message.at)))
        .take(1)
        .collect()
}

fn consent_notes(page: &Page, case: &OpenedCase, moment: &dyn Fn(jiff::Timestamp) -> String) -> Vec<String> {
    let identity = match case.identity {
        Identity::Named => "desk-identity-named",
        Identity::Confidential => "desk-identity-confidential",
        Identity::Anonymous => "desk-identity-anonymous",
    };
    let withdrawn = case
        .messages
        .iter()
        .rev()
        .filter_map(|message| match &message.body {
            MessageBody::ConsentWithdrawn { with } if with.trim().is_empty() => {
                Some(page.with("desk-note-consent-all", "at", moment(message.at)))
            }
            MessageBody::ConsentWithdrawn { with } => Some(page.format(
                "desk-note-consent",
                &[("with", with.clone()), ("at", moment(message.at))],
            )),
            MessageBody::Text { .. }
            | MessageBody::Wishes { .. }
            | MessageBody::Confidential
            | MessageBody::AskToWithdraw { .. } => None,
        });
    withdrawn.chain([page.t(identity)]).collect()
}

fn contact_notes(page: &Page, case: &OpenedCase) -> Vec<String> {
    let mut notes = Vec::new();
    let contact = &case.facts.contact;
    if contact.do_not_contact {
        notes.push(page.t("desk-note-no-contact"));
    } else if contact.channels.is_empty() {
        notes.push(page.t("desk-note-messages-only"));
    }
    if contact.may_email.is_some() {
        notes.push(page.t("desk-note-may-email"));
    }
    notes
}

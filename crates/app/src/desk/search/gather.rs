//! What is written in a case, piece by piece, with where it stands. What is here is searched; what is added to a case
//! in a new kind of entry has to come in here.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::Timestamp;
use safehold_core::{
    case::{Field, FieldKind, Record},
    duties,
    form::{Answer, Answers},
};

use super::{Kind, Place};
use crate::{
    desk::{Entry, export::CopyStep},
    messages::Message,
    report::{EventBody, FileNote, MessageBody, ReportBody},
};

/// A stretch of text of a case.
pub(super) struct Piece<'a> {
    pub(super) place: Place,
    pub(super) kind: Kind,
    pub(super) text: Cow<'a, str>,
    /// When it was written.
    pub(super) at: Option<Timestamp>,
    /// Whether it is the name of somebody or something, and no more.
    pub(super) is_name: bool,
}

/// Questions whose answer is somebody's name.
const NAMES: &[&str] = &["name", "person_name", "told_person"];
/// Questions whose answers lead to somebody: addresses and numbers.
const ABOUT_PEOPLE: &[&str] = &["contact", "person_reach", "companion", "actions_by", "say_name"];
/// Questions whose answer is a place, an activity or an organisation.
const PLACES: &[&str] = &["where", "online_details", "activity", "told_organisation"];
/// Questions whose chosen answers are searched by their own words.
const TAGS: &[&str] = &[
    "characteristics",
    "discrimination_form",
    "impact",
    "where",
    "kind",
];
/// The question for kinds of harm.
const CATEGORIES: &str = "categories";
/// The same, as a lead sees it, in the first look.
const LOOK_CATEGORIES: &str = "look_categories";
/// Fields of the record that name somebody, or a body.
const NAME_FIELDS: &[&str] = &["called_with", "task_owner_name", "to_whom"];

/// Everything that is written in a case. `labels` are the words of the form that it was reported with, by key.
pub(super) fn pieces<'a>(
    report: &'a ReportBody,
    messages: &'a [Message],
    history: &'a [Entry],
    labels: &BTreeMap<String, String>,
) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    answers(&report.answers, labels, &mut found);
    files(&report.files, &Place::File, None, &mut found);
    for sent in messages {
        message(sent, &mut found);
    }
    for entry in history {
        event(entry, &mut found);
    }
    found.retain(|piece| !piece.text.trim().is_empty());
    found
}

/// Keys of the categories of a case: those of the report, and those of each first look.
pub(super) fn categories<'a>(report: &'a ReportBody, history: &'a [Entry]) -> Vec<&'a str> {
    let said = report.answers.get(CATEGORIES).map_or(&[][..], Answer::options);
    let looked = history.iter().filter_map(|entry| match &entry.body {
        EventBody::Entered { entry } => entry.record.get(LOOK_CATEGORIES),
        _ => None,
    });
    let mut keys: Vec<_> = said
        .iter()
        .map(String::as_str)
        .chain(looked.flat_map(|keys| keys.split(' ')))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn answers<'a>(answers: &'a Answers, labels: &BTreeMap<String, String>, found: &mut Vec<Piece<'a>>) {
    for (question, answer) in answers.iter() {
        let is_name = NAMES.contains(&question);
        let kind = if is_name || ABOUT_PEOPLE.contains(&question) {
            Kind::Person
        } else if PLACES.contains(&question) {
            Kind::Place
        } else {
            Kind::Words
        };
        let mut put = |kind: Kind, text: Cow<'a, str>, is_name: bool| {
            found.push(Piece {
                place: Place::Report(question.to_owned()),
                kind,
                text,
                at: None,
                is_name,
            });
        };
        match answer {
            Answer::Text(words) => put(kind, Cow::Borrowed(&words.text), is_name || kind == Kind::Place),
            Answer::Choice(chosen) => {
                if let Some(more) = &chosen.more {
                    put(kind, Cow::Borrowed(more), kind == Kind::Place);
                }
            }
            Answer::Choices(chosen) => {
                for more in chosen.more.values() {
                    put(kind, Cow::Borrowed(more), false);
                }
            }
            Answer::When(time) => put(Kind::Words, Cow::Borrowed(&time.about), false),
            Answer::Rows(_) | Answer::Instead(_) | Answer::Items(_) => {}
        }
        if TAGS.contains(&question) {
            for option in answer.options() {
                if let Some(label) = labels.get(&format!("q-{question}-{option}")) {
                    put(Kind::Tag, Cow::Owned(label.clone()), false);
                }
            }
        }
        for item in answer.items() {
            self::answers(item, labels, found);
        }
    }
}

fn files<'a>(notes: &'a [FileNote], place: &Place, at: Option<Timestamp>, found: &mut Vec<Piece<'a>>) {
    for note in notes {
        for text in [&note.name, &note.about] {
            let place = match place {
                Place::Message { from_desk } => Place::Message {
                    from_desk: *from_desk,
                },
                _ => Place::File,
            };
            found.push(words(place, text, at));
        }
    }
}

fn words(place: Place, text: &str, at: Option<Timestamp>) -> Piece<'_> {
    Piece {
        place,
        kind: Kind::Words,
        text: Cow::Borrowed(text),
        at,
        is_name: false,
    }
}

fn message<'a>(sent: &'a Message, found: &mut Vec<Piece<'a>>) {
    let place = || Place::Message {
        from_desk: sent.from_desk,
    };
    let at = Some(sent.at);
    let mut put = |text: &'a str| found.push(words(place(), text, at));
    match &sent.body {
        MessageBody::Text { text, files: notes } => {
            put(text);
            files(notes, &place(), at, found);
        }
        MessageBody::Wishes { wishes, must_not } => {
            put(wishes);
            put(must_not);
        }
        MessageBody::ConsentWithdrawn { with } => put(with),
        MessageBody::AskToWithdraw { text } => put(text),
        MessageBody::Confidential => {}
    }
}

fn event<'a>(entry: &'a Entry, found: &mut Vec<Piece<'a>>) {
    let at = Some(entry.at);
    match &entry.body {
        EventBody::Acted { action, record, .. } => {
            recorded(action.fields(), record, &Place::Action(*action), at, found);
        }
        EventBody::Entered { entry } => {
            recorded(
                entry.of.fields(),
                &entry.record,
                &Place::Record(entry.of),
                at,
                found,
            );
        }
        EventBody::Kept { step, record } => {
            recorded(step.fields(), record, &Place::Kept, at, found);
        }
        EventBody::Excluded { why, .. }
        | EventBody::Shared { why, .. }
        | EventBody::Emergency { why, .. } => {
            found.push(words(Place::Readers, why, at));
        }
        EventBody::Copied { about } => match about {
            CopyStep::LayerPut { content, .. } => {
                found.push(words(Place::Copy, &content.name, at));
                found.push(words(Place::Copy, &content.why, at));
            }
            CopyStep::LayerChecked { why, .. } => found.push(words(Place::Copy, why, at)),
            CopyStep::Made { copy } => found.push(words(Place::Copy, &copy.purpose, at)),
        },
        EventBody::Duty { entry, files: notes } => {
            duty(entry, at, found);
            files(notes, &Place::File, at, found);
        }
    }
}

fn recorded<'a>(
    fields: &[Field],
    record: &'a Record,
    place: &Place,
    at: Option<Timestamp>,
    found: &mut Vec<Piece<'a>>,
) {
    for (id, value) in &record.0 {
        // A field that is no longer asked for was written once, and is searched.
        let is_written = fields
            .iter()
            .find(|field| field.id == id)
            .is_none_or(|field| match field.kind {
                FieldKind::Text | FieldKind::Long => true,
                FieldKind::Date
                | FieldKind::Choice(_)
                | FieldKind::AllOf(_)
                | FieldKind::Reader
                | FieldKind::Categories => false,
            });
        if is_written {
            let is_name = NAME_FIELDS.contains(&id.as_str());
            found.push(Piece {
                kind: if is_name { Kind::Person } else { Kind::Words },
                is_name,
                ..words(place.clone(), value, at)
            });
        }
    }
}

fn duty<'a>(entry: &'a duties::Entry, at: Option<Timestamp>, found: &mut Vec<Piece<'a>>) {
    let body = entry.body().map(str::to_owned).unwrap_or_default();
    let texts: Vec<&'a str> = match entry {
        duties::Entry::Looked(looked) => vec![&looked.note],
        duties::Entry::Decided(decided) => vec![&decided.reason, &decided.consent_note],
        duties::Entry::Sent(sent) => vec![&sent.what, &sent.reference],
        duties::Entry::Replied(replied) => vec![&replied.reply, &replied.reference],
        duties::Entry::Ended(ended) => vec![&ended.why],
    };
    for text in texts {
        found.push(words(Place::Duty(body.clone()), text, at));
    }
    if let duties::Entry::Sent(sent) = entry {
        // Who it went to is a person outside; who sent it is one of the team.
        found.push(Piece {
            kind: Kind::Person,
            is_name: true,
            ..words(Place::Duty(body), &sent.to, at)
        });
    }
}

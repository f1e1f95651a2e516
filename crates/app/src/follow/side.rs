//! What the reporter sees of the work on their case: each step so far, what they are asked, what of the record is
//! shown to them, and what became of what they asked for.

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    case::{Action, Record},
    form::AboutWhom,
    id::EventId,
    record::{Item, Kind, Register, answer_by, is_asked},
    roster::Role,
};

use crate::{
    App,
    desk::{Entry, record::register},
    report::EventBody,
};

/// A step that the team took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepSoFar {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub action: Action,
    /// When somebody looks again, if that was set with it.
    pub look_again_on: Option<Date>,
}

/// Something that the person said, or that somebody wrote down for them.
pub struct Remark {
    /// When.
    pub at: Timestamp,
    /// Which of the choices: its key.
    pub says: String,
    /// In their words; may be empty.
    pub words: String,
    /// Whether somebody of the team wrote it down for them.
    pub from_desk: bool,
}

/// A question to the person before a step.
pub struct Question {
    /// Which.
    pub id: EventId,
    /// When it was asked.
    pub at: Timestamp,
    /// Before what kind of step: its key.
    pub step: String,
    /// The question.
    pub words: String,
    /// By when an answer would help.
    pub by: Option<Date>,
    /// Answers, oldest first. The newest counts.
    pub answers: Vec<Remark>,
}

/// A piece of the record that is shown to the person.
pub struct Piece {
    /// Which.
    pub id: EventId,
    /// When it was shown to them.
    pub at: Timestamp,
    /// Of what kind the entry is.
    pub of: Kind,
    /// The words.
    pub words: String,
    /// What they said to it, oldest first.
    pub comments: Vec<Remark>,
}

/// A talk about confidentiality that they want to see here.
pub struct Talk {
    /// When it was written down.
    pub at: Timestamp,
    /// What was said.
    pub record: Record,
}

/// Something that they asked for.
pub struct Asked {
    /// When.
    pub at: Timestamp,
    /// For what: its key.
    pub what: String,
    /// In their words; may be empty.
    pub words: String,
    /// By when it is answered.
    pub due_on: Option<Date>,
    /// The newest answer.
    pub answer: Option<Remark>,
}

/// Something that they want, and whether it was reached.
pub struct Wanted {
    /// Which.
    pub id: EventId,
    /// In their words.
    pub words: String,
    /// What was last said of it: its key.
    pub result: Option<String>,
}

/// All of it.
pub struct Side {
    /// Whether whoever reported is the person affected.
    pub is_affected: bool,
    /// Who has it now, by role: names are for messages.
    pub owner_role: Option<Role>,
    /// The steps so far, oldest first.
    pub steps: Vec<StepSoFar>,
    /// What they are or were asked, oldest first.
    pub questions: Vec<Question>,
    /// What is shown to them of the record.
    pub pieces: Vec<Piece>,
    /// Talks about confidentiality.
    pub talks: Vec<Talk>,
    /// What they asked for.
    pub asked: Vec<Asked>,
    /// What they want.
    pub wanted: Vec<Wanted>,
    /// What reviewers found, oldest first.
    pub reviewed: Vec<Remark>,
}

fn text(record: &Record, field: &str) -> String {
    record.get(field).unwrap_or_default().to_owned()
}

fn day(record: &Record, field: &str) -> Option<Date> {
    record.get(field)?.parse().ok()
}

fn remark(item: &Item<'_>, says: &str, words: &str) -> Remark {
    let record = &item.latest.entry.record;
    Remark {
        at: item.first.at,
        says: text(record, says),
        words: text(record, words),
        from_desk: item.latest.by.is_some(),
    }
}

impl Question {
    /// Whether nobody has answered it yet.
    pub fn is_open(&self) -> bool {
        self.answers.is_empty()
    }
}

impl Side {
    /// Reads it from what happened in the case.
    pub(super) fn of(
        app: &App,
        history: &[Entry],
        about_whom: Option<AboutWhom>,
        owner_role: Option<Role>,
    ) -> Self {
        let register = register(history);
        let wanted = register.items(Kind::Outcome).iter().map(wanted).collect();
        let reviewed = register
            .items(Kind::Review)
            .iter()
            .map(|item| remark(item, "review_result", "review_words"))
            .collect();
        Self {
            is_affected: about_whom == Some(AboutWhom::Me),
            owner_role,
            steps: history.iter().filter_map(step).collect(),
            questions: questions(&register),
            pieces: pieces(&register),
            talks: register
                .items(Kind::Talk)
                .iter()
                .filter(|item| item.latest.entry.record.get("talk_show") == Some("yes"))
                .map(|item| Talk {
                    at: item.latest.at,
                    record: item.latest.entry.record.clone(),
                })
                .collect(),
            asked: register
                .items(Kind::Request)
                .iter()
                .map(|item| {
                    let record = &item.latest.entry.record;
                    let answer = item.answers.last();
                    Asked {
                        at: item.first.at,
                        what: text(record, "request_for"),
                        words: text(record, "request_words"),
                        due_on: answer
                            .and_then(|answer| day(&answer.latest.entry.record, "request_new_on"))
                            .or_else(|| answer_by(record, app.rules().hours.day_of(item.first.at))),
                        answer: answer.map(|answer| remark(answer, "request_result", "request_said")),
                    }
                })
                .collect(),
            wanted,
            reviewed,
        }
    }

    /// Whether something that they asked for waits for an answer.
    pub fn waits_for(&self, what: &str) -> bool {
        self.asked.iter().any(|asked| {
            asked.what == what && asked.answer.as_ref().is_none_or(|answer| answer.says == "later")
        })
    }
}

/// Steps that say something to the person. A level and notes are the team's own.
fn step(entry: &Entry) -> Option<StepSoFar> {
    let EventBody::Acted { action, record, .. } = &entry.body else {
        return None;
    };
    let tells = match action {
        Action::Note | Action::SetLevel => false,
        Action::Begin
        | Action::GiveAdvice
        | Action::Signpost
        | Action::TakeOn
        | Action::Transfer
        | Action::LearnOnly
        | Action::Plan
        | Action::Monitor
        | Action::AskToClose
        | Action::Close
        | Action::SendBack
        | Action::Reopen
        | Action::Pause
        | Action::Resume => true,
    };
    tells.then(|| StepSoFar {
        at: entry.at,
        action: *action,
        look_again_on: day(record, "review_on"),
    })
}

fn questions(register: &Register<'_>) -> Vec<Question> {
    register
        .every(Kind::Ask)
        .iter()
        .filter(|item| is_asked(&item.latest.entry.record))
        .map(|item| {
            let record = &item.latest.entry.record;
            Question {
                id: item.root,
                at: item.first.at,
                step: text(record, "ask_step"),
                words: text(record, "ask_words"),
                by: day(record, "ask_by"),
                answers: item
                    .answers
                    .iter()
                    .map(|answer| remark(answer, "answer_says", "answer_words"))
                    .collect(),
            }
        })
        .collect()
}

fn pieces(register: &Register<'_>) -> Vec<Piece> {
    register
        .every(Kind::Shown)
        .iter()
        .filter_map(|item| {
            let of = register.find(item.first.entry.about?)?.first.entry.of;
            Some(Piece {
                id: item.root,
                at: item.latest.at,
                of,
                words: text(&item.latest.entry.record, "shown_words"),
                comments: item
                    .answers
                    .iter()
                    .map(|comment| remark(comment, "comment_says", "comment_words"))
                    .collect(),
            })
        })
        .collect()
}

fn wanted(item: &Item<'_>) -> Wanted {
    Wanted {
        id: item.root,
        words: text(&item.latest.entry.record, "outcome_wanted"),
        result: item
            .answers
            .last()
            .and_then(|check| check.latest.entry.record.get("outcome_result"))
            .map(str::to_owned),
    }
}

//! Which bodies to think of, and which answers raise them.

use super::{
    Body, Book, DutyRules, Place,
    parse::{CASE_LEVEL, LEAD_SAYS},
};
use crate::{
    case::Level,
    form::{Answer, Answers, Chosen, ChosenMany, Condition, Form, answers::Live},
};

/// A body that the answers raise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested<'r> {
    /// Which.
    pub body: &'r Body,
    /// The answers that raise it.
    pub because: Vec<Because>,
    /// It depends on where the person is, and nobody has said.
    pub place_missing: bool,
}

/// One answer that raised something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// An answer of the report: the question and the options that count.
    Answer {
        /// The question.
        question: String,
        /// The options.
        options: Vec<String>,
    },
    /// Something that a lead ticked.
    LeadSays(String),
    /// The level that a lead set.
    CaseLevel(Level),
}

impl DutyRules {
    /// The bodies that a report, the level of its case and what a lead ticked raise, in the order of the file.
    pub fn suggest(
        &self,
        form: &Form,
        answers: &Answers,
        level: Option<Level>,
        book: &Book,
    ) -> Vec<Suggested<'_>> {
        let says = (!book.says.is_empty()).then(|| {
            Answer::Choices(ChosenMany {
                options: book.says.iter().cloned().collect(),
                more: std::collections::BTreeMap::new(),
            })
        });
        let level = level.map(|level| {
            Answer::Choice(Chosen {
                option: level.key().to_owned(),
                more: None,
            })
        });
        let mut live = form.walk(answers).live;
        if let Some(says) = &says {
            live.add(LEAD_SAYS, says);
        }
        if let Some(level) = &level {
            live.add(CASE_LEVEL, level);
        }
        self.bodies
            .iter()
            .filter(|body| body.applies(book.place) && body.when.holds(&live))
            .map(|body| {
                let mut because = Vec::new();
                reasons(&body.when, &live, &mut because);
                because.sort();
                because.dedup();
                Suggested {
                    body,
                    because,
                    place_missing: !body.nations.is_empty()
                        && matches!(book.place, None | Some(Place::NotSure)),
                }
            })
            .collect()
    }
}

/// The answers by which a condition holds. What holds because something was not said gives no answer to show.
fn reasons(condition: &Condition, live: &Live<'_>, into: &mut Vec<Because>) {
    match condition {
        Condition::All(list) | Condition::Any(list) => {
            for part in list.iter().filter(|part| part.holds(live)) {
                reasons(part, live, into);
            }
        }
        Condition::Is { question, options } => {
            let Some(answer) = live.get(question) else { return };
            let held = options.iter().filter(|option| answer.has(option)).cloned();
            match question.as_str() {
                LEAD_SAYS => into.extend(held.map(Because::LeadSays)),
                CASE_LEVEL => into.extend(
                    held.filter_map(|key| Level::from_key(&key))
                        .map(Because::CaseLevel),
                ),
                _ => into.push(Because::Answer {
                    question: question.clone(),
                    options: held.collect(),
                }),
            }
        }
        Condition::Always | Condition::AtLeast { .. } | Condition::Not(_) => {}
    }
}

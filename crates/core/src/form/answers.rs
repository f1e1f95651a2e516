//! What a person has answered so far.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{date::RoughDate, model::Instead};

/// The answers to a form, by question. They serialise to compact JSON, which is what is sealed.
///
/// Answers to questions that an earlier answer has taken away stay until [`super::Form::prune`],
/// so that changing back loses nothing.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Answer>);

/// One answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// One option.
    #[serde(rename = "c")]
    Choice(Chosen),
    /// Several options.
    #[serde(rename = "m")]
    Choices(ChosenMany),
    /// Words.
    #[serde(rename = "t")]
    Text(Words),
    /// A time.
    #[serde(rename = "w")]
    When(Time),
    /// Rows, each with its option.
    #[serde(rename = "r")]
    Rows(BTreeMap<String, String>),
    /// The items of a repeat.
    #[serde(rename = "i")]
    Items(Vec<Answers>),
    /// "I'd rather not say" and the like.
    #[serde(rename = "x")]
    Instead(Instead),
}

/// The chosen option of a choice.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The option.
    #[serde(rename = "o")]
    pub option: String,
    /// What was written beside it.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
}

/// The chosen options of a choice of many.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenMany {
    /// The options, in the form's order.
    #[serde(rename = "o")]
    pub options: Vec<String>,
    /// What was written beside them, by option.
    #[serde(rename = "t", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, String>,
}

/// Words, and what was ticked beside them: a person may write a little and rather tell the rest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The words; never empty.
    #[serde(rename = "t")]
    pub text: String,
    /// What was ticked as well.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Instead>,
}

/// A time as far as it is known. At least one part is given.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// In rough words: "about two weeks ago".
    #[serde(rename = "a", default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The date, or the first.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<RoughDate>,
    /// The last date of a range.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub until: Option<RoughDate>,
    /// What was ticked as well.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Instead>,
}

impl Answer {
    /// Everything that was written in words, in items too.
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Choice(chosen) => chosen.more.iter().map(String::as_str).collect(),
            Self::Choices(chosen) => chosen.more.values().map(String::as_str).collect(),
            Self::Text(words) => vec![&words.text],
            Self::When(time) => vec![&time.about],
            Self::Items(items) => items.iter().flat_map(Answers::texts).collect(),
            Self::Rows(_) | Self::Instead(_) => Vec::new(),
        }
    }

    /// Whether this option is (one of) those given, also one of the [`Instead`]s.
    pub fn has(&self, option: &str) -> bool {
        match self {
            Self::Choice(chosen) => chosen.option == option,
            Self::Choices(chosen) => chosen.options.iter().any(|given| given == option),
            Self::Text(Words { also, .. }) | Self::When(Time { also, .. }) => {
                also.is_some_and(|also| also.id() == option)
            }
            Self::Instead(instead) => instead.id() == option,
            Self::Rows(_) | Self::Items(_) => false,
        }
    }

    /// The one option that was chosen.
    pub fn option(&self) -> Option<&str> {
        match self {
            Self::Choice(chosen) => Some(&chosen.option),
            _ => None,
        }
    }

    /// The options that were chosen, of one or many.
    pub fn options(&self) -> &[String] {
        match self {
            Self::Choice(chosen) => std::slice::from_ref(&chosen.option),
            Self::Choices(chosen) => &chosen.options,
            _ => &[],
        }
    }

    /// The words that were written.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(words) => Some(&words.text),
            _ => None,
        }
    }

    /// What was written beside an option.
    pub fn more(&self, option: &str) -> Option<&str> {
        match self {
            Self::Choice(chosen) if chosen.option == option => chosen.more.as_deref(),
            Self::Choices(chosen) => chosen.more.get(option).map(String::as_str),
            _ => None,
        }
    }

    /// The items of a repeat.
    pub fn items(&self) -> &[Answers] {
        match self {
            Self::Items(items) => items,
            _ => &[],
        }
    }
}

impl Answers {
    /// The answer to a question, whether it is still asked or not.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Whether there is no answer at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything that was written in words, in every answer and item: to look for names in it.
    pub fn texts(&self) -> Vec<&str> {
        self.0.values().flat_map(Answer::texts).collect()
    }

    /// How many questions have an answer.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The answers in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0
            .iter()
            .map(|(question, answer)| (question.as_str(), answer))
    }

    /// Keeps an answer, in place of the one before.
    pub fn set(&mut self, question: &str, answer: Answer) {
        self.0.insert(question.to_owned(), answer);
    }

    /// Forgets an answer.
    pub fn remove(&mut self, question: &str) -> Option<Answer> {
        self.0.remove(question)
    }

    /// The items of a repeat.
    pub fn items(&self, question: &str) -> &[Answers] {
        self.get(question).map_or(&[], Answer::items)
    }

    /// Keeps one item of a repeat; an index past the end adds it.
    pub fn set_item(&mut self, question: &str, index: usize, item: Answers) {
        self.change_items(question, |items| match items.get_mut(index) {
            Some(place) => *place = item,
            None => items.push(item),
        });
    }

    /// Takes one item out of a repeat.
    pub fn remove_item(&mut self, question: &str, index: usize) -> Option<Answers> {
        self.change_items(question, |items| {
            (index < items.len()).then(|| items.remove(index))
        })
    }

    fn change_items<T>(&mut self, question: &str, change: impl FnOnce(&mut Vec<Answers>) -> T) -> T {
        let mut items = match self.0.remove(question) {
            Some(Answer::Items(items)) => items,
            _ => Vec::new(),
        };
        let made = change(&mut items);
        if !items.is_empty() {
            self.set(question, Answer::Items(items));
        }
        made
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.0.retain(|question, _| keep(question));
    }

    pub(crate) fn get_mut(&mut self, question: &str) -> Option<&mut Answer> {
        self.0.get_mut(question)
    }
}

/// Shows how much there is, never what it says.
impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answers({})", self.0.len())
    }
}

/// Shows the kind, never the content.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Choice(_) => "Choice",
            Self::Choices(_) => "Choices",
            Self::Text(_) => "Text",
            Self::When(_) => "When",
            Self::Rows(_) => "Rows",
            Self::Items(_) => "Items",
            Self::Instead(_) => "Instead",
        })
    }
}

/// The answers to the questions that are asked, as far as the walk through the form has come:
/// the only ones that a condition may look at.
#[derive(Default)]
pub(crate) struct Live<'a> {
    outer: Option<&'a Live<'a>>,
    answers: BTreeMap<&'a str, &'a Answer>,
}

impl<'a> Live<'a> {
    /// Inside an item, the answers around it are seen as well.
    pub(crate) fn inside(outer: &'a Live<'a>) -> Self {
        Self {
            outer: Some(outer),
            answers: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, question: &'a str, answer: &'a Answer) {
        self.answers.insert(question, answer);
    }

    pub(crate) fn get(&self, question: &str) -> Option<&'a Answer> {
        match self.answers.get(question) {
            Some(answer) => Some(answer),
            None => self.outer.and_then(|outer| outer.get(question)),
        }
    }

    pub(crate) fn has_own(&self, question: &str) -> bool {
        self.answers.contains_key(question)
    }
}

//! A case as it is read outside of the program: plain texts in the order in which they are read.
//!
//! These types hold what people wrote, so none of them has a `Debug` that would show it.

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::redact::Ground;

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Piece {
    /// Words.
    Words(String),
    /// Words were here and are taken out.
    Removed {
        /// Why: one or more grounds.
        removed: Vec<Ground>,
        /// What to read instead, such as "Person 1".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead: Option<String>,
    },
}

/// A text, of which passages may be taken out.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Piece>);

impl Text {
    /// A text with nothing taken out.
    pub fn new(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() {
            Self::default()
        } else {
            Self(vec![Piece::Words(words)])
        }
    }

    /// Whether nothing stands here, not even a mark.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words that are left, without the marks.
    pub fn words(&self) -> String {
        self.0
            .iter()
            .filter_map(|piece| match piece {
                Piece::Words(words) => Some(words.as_str()),
                Piece::Removed { .. } => None,
            })
            .collect()
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::new(words)
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::new(words)
    }
}

/// A line of the title page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// A stable name, for those who read the archive with a program.
    pub id: String,
    /// What it is.
    pub label: String,
    /// What it says.
    pub text: Text,
}

/// A question with its answer, or a field with what was recorded.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// A stable name within the entry: redaction finds it by this.
    pub id: String,
    /// The question or label, as it was asked.
    pub label: String,
    /// What was said.
    pub text: Text,
    /// Whether these are somebody's own words.
    #[serde(default)]
    pub own: bool,
}

/// One thing that was said, done or sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// A stable name within the case file: redaction finds it by this.
    pub id: String,
    /// What it is.
    pub heading: Text,
    /// When, for a program to read (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// When and by whom, for people to read.
    pub about: Text,
    /// What it says.
    pub fields: Vec<Field>,
    /// Why the whole of it is taken out, if it is: nothing else of it is left then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Ground>,
}

/// A part of the case file, with a heading of its own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// A stable name.
    pub id: String,
    /// The heading.
    pub heading: String,
    /// A sentence beneath it, or nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What it holds, in the order in which it is read.
    pub entries: Vec<Entry>,
}

/// Words that the documents themselves need, in their language.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// Over the table of contents.
    pub contents: String,
    /// At the foot of each page; `{page}` and `{pages}` stand for numbers.
    pub page: String,
    /// Where a part holds nothing.
    pub nothing: String,
    /// What stands for words that were taken out, one for each ground, in the order of [`Ground::ALL`].
    pub removed: Vec<String>,
    /// What stands for a whole entry that was taken out.
    pub removed_entry: String,
    /// For the title page where signs can't be shown; `{count}` stands for a number.
    pub signs: String,
}

impl Labels {
    /// What stands for words that were taken out on these grounds.
    pub fn mark(&self, grounds: &[Ground], instead: Option<&str>) -> String {
        if let Some(instead) = instead {
            return format!("[{instead}]");
        }
        let marks: Vec<&str> = Ground::ALL
            .iter()
            .zip(&self.removed)
            .filter(|(ground, _)| grounds.contains(ground))
            .map(|(_, mark)| mark.as_str())
            .collect();
        format!("[{}]", marks.join("; "))
    }
}

/// A case file: all that both documents are made from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The language, as BCP 47 writes it.
    pub lang: String,
    /// The title.
    pub title: String,
    /// The organisation.
    pub organisation: String,
    /// When it was made (RFC 3339).
    pub made_at: String,
    /// The title page: the reference, when and by whom it was made, what for, what it holds.
    pub front: Vec<Fact>,
    /// What it holds: the person's wishes first.
    pub parts: Vec<Part>,
    /// Words of its own.
    pub labels: Labels,
}

impl CaseFile {
    /// Every text in which people's words can stand.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let front = self.front.iter().map(|fact| &fact.text);
        let entries = self.parts.iter().flat_map(|part| &part.entries);
        front.chain(entries.flat_map(|entry| {
            let own = [&entry.heading, &entry.about].into_iter();
            own.chain(entry.fields.iter().map(|field| &field.text))
        }))
    }

    /// An entry by its name.
    pub fn find(&self, entry: &str) -> Option<&Entry> {
        let mut entries = self.parts.iter().flat_map(|part| &part.entries);
        entries.find(|one| one.id == entry)
    }
}

impl Zeroize for Text {
    fn zeroize(&mut self) {
        for piece in &mut self.0 {
            if let Piece::Words(words) = piece {
                words.zeroize();
            }
        }
        self.0.clear();
    }
}

impl Drop for CaseFile {
    /// What people wrote does not outlive its use. (What typst copied of it is freed, but not wiped.)
    fn drop(&mut self) {
        for fact in &mut self.front {
            fact.text.zeroize();
        }
        for entry in self.parts.iter_mut().flat_map(|part| &mut part.entries) {
            entry.heading.zeroize();
            entry.about.zeroize();
            for field in &mut entry.fields {
                field.text.zeroize();
            }
        }
    }
}

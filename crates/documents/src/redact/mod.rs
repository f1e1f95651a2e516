//! Redaction in layers: what is taken out, on which ground, and the case file without it.
//!
//! A layer changes nothing that is kept: it lies beside the case and can be used again. What comes of applying layers
//! is another [`CaseFile`], in which the words are not covered but gone; both documents are made from that one.
//!
//! Where picked words are not where they were, they are looked for: in their field, their entry, the whole case file.
//! If they are nowhere, [`Redacted::lost`] says so, and no copy may be made before somebody has looked.

mod find;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use serde::{Deserialize, Serialize};

use crate::case_file::{CaseFile, Entry, Field, Piece, Text};
pub use find::Phrase;

/// Why something is taken out (Data Protection Act 2018, schedules 2 and 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// It is about somebody else (schedule 2, paragraphs 16 and 17).
    ThirdParty,
    /// It is legal advice, or was asked for to get some (schedule 2, paragraph 19).
    Privilege,
    /// It would be likely to cause serious harm to somebody's health (schedule 3).
    SeriousHarm,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 3] = [Self::ThirdParty, Self::Privilege, Self::SeriousHarm];

    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::ThirdParty => "third_party",
            Self::Privilege => "privilege",
            Self::SeriousHarm => "serious_harm",
        }
    }

    /// The ground with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.key() == key)
    }
}

/// Something to take out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Passage {
    /// A whole entry.
    Entry {
        /// Its name.
        entry: String,
    },
    /// Some words of a field. `heading` and `about` are fields too.
    Words {
        /// The name of the entry.
        entry: String,
        /// The name of the field.
        field: String,
        /// After how many characters they begin.
        from: usize,
        /// The words.
        text: String,
    },
    /// These words, wherever they stand, also in what comes later.
    Everywhere {
        /// The words.
        phrase: String,
        /// What to read instead, such as "Person 1"; empty for a plain mark.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        instead: String,
    },
}

/// Passages to take out on one ground.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// By which name people know it.
    pub name: String,
    /// On which ground.
    pub ground: Ground,
    /// Why the ground holds here.
    pub why: String,
    /// What goes.
    pub passages: Vec<Passage>,
}

/// A case file with passages taken out.
pub struct Redacted {
    /// What is left.
    pub file: CaseFile,
    /// In how many places something was taken out.
    pub places: usize,
    /// How many passages were not found: what they meant may still be in the file, worded another way.
    pub lost: usize,
}

/// A stretch of a text that goes.
#[derive(Clone)]
struct Cut {
    at: Range<usize>,
    grounds: Vec<Ground>,
    instead: Option<String>,
}

/// A heading of an entry stands once more in the chronology, under the entry's name with this before it.
pub const CHRONOLOGY: &str = "chronology/";

#[derive(Default)]
struct Work<'a> {
    /// Entries that go whole.
    entries: BTreeMap<&'a str, BTreeSet<Ground>>,
    /// Picked words, by entry and field.
    cuts: BTreeMap<(&'a str, &'a str), Vec<Cut>>,
    /// Phrases that go wherever they stand.
    phrases: Vec<(Phrase, Ground, &'a str)>,
    places: usize,
    lost: usize,
}

/// Takes the passages of all layers out.
pub fn redact(file: &CaseFile, layers: &[Layer]) -> Redacted {
    let mut work = Work::default();
    for layer in layers {
        for passage in &layer.passages {
            work.find(file, layer.ground, passage);
        }
    }
    let mut left = file.clone();
    for fact in &mut left.front {
        fact.text = work.cut("front", &fact.id, &fact.text);
    }
    left.title = work.cut_plain(file, &file.title);
    for entry in left.parts.iter_mut().flat_map(|part| &mut part.entries) {
        *entry = work.entry(entry);
    }
    Redacted {
        file: left,
        places: work.places,
        lost: work.lost,
    }
}

/// The fields of an entry with their names, its heading and what stands about it first.
fn fields(entry: &Entry) -> impl Iterator<Item = (&str, &Text)> {
    let own = [("heading", &entry.heading), ("about", &entry.about)];
    let fields = entry.fields.iter().map(|field| (field.id.as_str(), &field.text));
    own.into_iter().chain(fields)
}

/// The words of a text of which nothing was taken out yet.
fn whole(text: &Text) -> Option<&str> {
    match text.0.as_slice() {
        [Piece::Words(words)] => Some(words),
        _ => None,
    }
}

impl<'a> Work<'a> {
    fn find(&mut self, file: &'a CaseFile, ground: Ground, passage: &'a Passage) {
        match passage {
            Passage::Entry { entry } => {
                let mut found = false;
                for one in file.parts.iter().flat_map(|part| &part.entries) {
                    if one.id == *entry || one.id.strip_prefix(CHRONOLOGY) == Some(entry) {
                        self.entries.entry(&one.id).or_default().insert(ground);
                        found = true;
                    }
                }
                self.lost += usize::from(!found);
            }
            Passage::Words {
                entry,
                field,
                from,
                text,
            } => self.find_words(file, ground, (entry, field), *from, text),
            Passage::Everywhere { phrase, instead } => {
                self.phrases
                    .extend(Phrase::new(phrase).map(|phrase| (phrase, ground, instead.as_str())));
            }
        }
    }

    fn find_words(
        &mut self,
        file: &'a CaseFile,
        ground: Ground,
        (entry, field): (&str, &str),
        from: usize,
        text: &str,
    ) {
        if text.is_empty() {
            return;
        }
        let mut all = Vec::new();
        for one in file.parts.iter().flat_map(|part| &part.entries) {
            for (name, words) in fields(one) {
                if let Some(words) = whole(words) {
                    all.push((one.id.as_str(), name, words));
                }
            }
        }
        let again = |words: &str| -> Vec<Range<usize>> {
            let found = words.match_indices(text);
            found.map(|(start, found)| start..start + found.len()).collect()
        };
        let exact = |words: &str| -> Vec<Range<usize>> {
            let start = words.char_indices().nth(from).map(|(start, _)| start);
            let start = start.filter(|start| words.get(*start..).is_some_and(|rest| rest.starts_with(text)));
            start.map(|start| start..start + text.len()).into_iter().collect()
        };
        let in_field = |one: &(&str, &str, &str)| one.0 == entry && one.1 == field;
        let in_entry = |one: &(&str, &str, &str)| one.0 == entry;
        let mut found = Vec::new();
        for step in 0..4 {
            for one in &all {
                let ranges = match step {
                    0 if in_field(one) => exact(one.2),
                    1 if in_field(one) => again(one.2),
                    2 if in_entry(one) => again(one.2),
                    3 => again(one.2),
                    _ => Vec::new(),
                };
                found.extend(ranges.into_iter().map(|range| (one.0, one.1, range)));
            }
            if !found.is_empty() {
                break;
            }
        }
        self.lost += usize::from(found.is_empty());
        let in_chronology = all
            .iter()
            .filter(|one| one.0.strip_prefix(CHRONOLOGY) == Some(entry))
            .flat_map(|one| again(one.2).into_iter().map(|range| (one.0, one.1, range)));
        found.extend(in_chronology);
        for (entry, field, at) in found {
            self.cuts.entry((entry, field)).or_default().push(Cut {
                at,
                grounds: vec![ground],
                instead: None,
            });
        }
    }

    fn entry(&mut self, entry: &Entry) -> Entry {
        let mut removed: BTreeSet<Ground> = entry.removed.iter().copied().collect();
        removed.extend(self.entries.get(entry.id.as_str()).into_iter().flatten());
        if !removed.is_empty() {
            self.places += 1;
            return Entry {
                id: entry.id.clone(),
                heading: Text::default(),
                at: None,
                about: Text::default(),
                fields: Vec::new(),
                removed: removed.into_iter().collect(),
            };
        }
        let heading = self.cut(&entry.id, "heading", &entry.heading);
        let about = self.cut(&entry.id, "about", &entry.about);
        let fields = entry
            .fields
            .iter()
            .map(|field| Field {
                text: self.cut(&entry.id, &field.id, &field.text),
                ..field.clone()
            })
            .collect();
        Entry {
            id: entry.id.clone(),
            heading,
            at: entry.at.clone(),
            about,
            fields,
            removed: Vec::new(),
        }
    }

    fn cut(&mut self, entry: &str, field: &str, text: &Text) -> Text {
        let mut left = Vec::new();
        for piece in &text.0 {
            match piece {
                Piece::Words(words) => {
                    let mut cuts = self.cuts.get(&(entry, field)).cloned().unwrap_or_default();
                    for (phrase, ground, instead) in &self.phrases {
                        cuts.extend(phrase.find(words).into_iter().map(|at| Cut {
                            at,
                            grounds: vec![*ground],
                            instead: (!instead.is_empty()).then(|| (*instead).to_owned()),
                        }));
                    }
                    let cuts = merged(words, cuts);
                    self.places += cuts.len();
                    left.extend(pieces(words, cuts));
                }
                Piece::Removed { .. } => left.push(piece.clone()),
            }
        }
        Text(left)
    }

    /// A text that can't hold marks, such as a title: they stand in it as words.
    fn cut_plain(&mut self, file: &CaseFile, text: &str) -> String {
        let cut = self.cut("title", "title", &Text::new(text));
        let pieces = cut.0.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Removed { removed, instead } => file.labels.mark(removed, instead.as_deref()),
        });
        pieces.collect()
    }
}

/// Cuts in order, those that touch made one: how many words there were is nobody's to count.
fn merged(words: &str, mut cuts: Vec<Cut>) -> Vec<Cut> {
    cuts.retain(|cut| !cut.at.is_empty());
    cuts.sort_by_key(|cut| (cut.at.start, std::cmp::Reverse(cut.at.end)));
    let mut merged: Vec<Cut> = Vec::with_capacity(cuts.len());
    for cut in cuts {
        match merged.last_mut() {
            Some(last) if touches(words, last, &cut) => {
                last.at.end = last.at.end.max(cut.at.end);
                for ground in cut.grounds {
                    if !last.grounds.contains(&ground) {
                        last.grounds.push(ground);
                        last.grounds.sort();
                    }
                }
            }
            _ => merged.push(cut),
        }
    }
    merged
}

fn touches(words: &str, last: &Cut, next: &Cut) -> bool {
    if next.at.start < last.at.end {
        return true;
    }
    let between = words.get(last.at.end..next.at.start).unwrap_or_default();
    between.trim().is_empty() && last.instead == next.instead
}

fn pieces(words: &str, cuts: Vec<Cut>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let keep = |pieces: &mut Vec<Piece>, range: Range<usize>| {
        if let Some(kept) = words.get(range).filter(|kept| !kept.is_empty()) {
            pieces.push(Piece::Words(kept.to_owned()));
        }
    };
    for cut in cuts {
        keep(&mut pieces, done..cut.at.start);
        done = cut.at.end;
        pieces.push(Piece::Removed {
            removed: cut.grounds,
            instead: cut.instead,
        });
    }
    keep(&mut pieces, done..words.len());
    pieces
}

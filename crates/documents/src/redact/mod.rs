//! Redaction in layers: what is taken out, on which ground, and the case file without it.
//!
//! A layer changes nothing that is kept: it lies beside the case and can be used again. What comes of applying layers
//! is another [`CaseFile`], in which the words are not covered but gone; both documents are made from that one.
//!
//! Where a passage isn't where it was when it was picked, the whole of its text goes: what could be the wrong words
//! must not stay because they moved.

mod find;

use std::ops::Range;

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
    /// The whole text of a field. `heading` and `about` are fields too.
    Field {
        /// The name of the entry.
        entry: String,
        /// The name of the field.
        field: String,
    },
    /// Some words of a field.
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
    /// Fields (entry and field) that went whole because a passage in them was not where it was.
    pub moved: Vec<(String, String)>,
}

/// A stretch of a text that goes.
struct Cut {
    at: Range<usize>,
    grounds: Vec<Ground>,
    instead: Option<String>,
}

struct Work<'a> {
    layers: Vec<(&'a Layer, Vec<(Phrase, &'a str)>)>,
    places: usize,
    moved: Vec<(String, String)>,
}

/// Takes the passages of all layers out.
pub fn redact(file: &CaseFile, layers: &[Layer]) -> Redacted {
    let mut work = Work {
        layers: layers.iter().map(|layer| (layer, phrases(layer))).collect(),
        places: 0,
        moved: Vec::new(),
    };
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
        moved: work.moved,
    }
}

fn phrases(layer: &Layer) -> Vec<(Phrase, &str)> {
    let phrases = layer.passages.iter().filter_map(|passage| match passage {
        Passage::Everywhere { phrase, instead } => Some((Phrase::new(phrase)?, instead.as_str())),
        Passage::Entry { .. } | Passage::Field { .. } | Passage::Words { .. } => None,
    });
    phrases.collect()
}

impl Work<'_> {
    fn entry(&mut self, entry: &Entry) -> Entry {
        let mut removed: Vec<Ground> = entry.removed.clone();
        for (layer, _) in &self.layers {
            let whole = layer
                .passages
                .iter()
                .any(|passage| matches!(passage, Passage::Entry { entry: id } if *id == entry.id));
            if whole && !removed.contains(&layer.ground) {
                removed.push(layer.ground);
            }
        }
        if !removed.is_empty() {
            removed.sort();
            self.places += 1;
            return Entry {
                id: entry.id.clone(),
                heading: Text::default(),
                at: None,
                about: Text::default(),
                fields: Vec::new(),
                removed,
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
            removed,
        }
    }

    fn cut(&mut self, entry: &str, field: &str, text: &Text) -> Text {
        let mut left = Vec::new();
        for piece in &text.0 {
            match piece {
                Piece::Words(words) => {
                    let cuts = self.cuts(entry, field, words);
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

    fn cuts(&mut self, entry: &str, field: &str, words: &str) -> Vec<Cut> {
        let mut cuts = Vec::new();
        for (layer, phrases) in &self.layers {
            let cut = |at, instead: &str| Cut {
                at,
                grounds: vec![layer.ground],
                instead: (!instead.is_empty()).then(|| instead.to_owned()),
            };
            for passage in &layer.passages {
                match passage {
                    Passage::Field {
                        entry: in_entry,
                        field: of,
                    } if in_entry == entry && of == field => {
                        cuts.push(cut(0..words.len(), ""));
                    }
                    Passage::Words {
                        entry: in_entry,
                        field: of,
                        from,
                        text,
                    } if in_entry == entry && of == field => {
                        let (places, moved) = places(words, *from, text);
                        cuts.extend(places.into_iter().map(|at| cut(at, "")));
                        if moved {
                            self.moved.push((entry.to_owned(), field.to_owned()));
                        }
                    }
                    Passage::Entry { .. }
                    | Passage::Field { .. }
                    | Passage::Words { .. }
                    | Passage::Everywhere { .. } => {}
                }
            }
            for (phrase, instead) in phrases {
                cuts.extend(phrase.find(words).into_iter().map(|at| cut(at, instead)));
            }
        }
        merged(words, cuts)
    }
}

/// Where picked words stand: where they were; else wherever the same words are; else the whole text.
fn places(words: &str, from: usize, text: &str) -> (Vec<Range<usize>>, bool) {
    let start = words.char_indices().nth(from).map(|(start, _)| start);
    if let Some(start) = start.filter(|start| words.get(*start..).is_some_and(|rest| rest.starts_with(text)))
    {
        return (Vec::from_iter([start..start + text.len()]), false);
    }
    let again: Vec<_> = words
        .match_indices(text)
        .filter(|(_, found)| !found.is_empty())
        .map(|(start, found)| start..start + found.len())
        .collect();
    if again.is_empty() {
        (Vec::from_iter([0..words.len()]), true)
    } else {
        (again, false)
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

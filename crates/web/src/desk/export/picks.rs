//! Picking passages without a script: each sentence, or each word of an entry, is a box to tick. The boxes say where a
//! passage stands; what it says is read from the case again.

use std::collections::{BTreeMap, BTreeSet};

use safehold_app::desk::export::documents::{CaseFile, Entry, Passage, Text, redact::CHRONOLOGY};

use crate::fields::Fields;

/// A piece of a text that can be ticked: from which character, how many, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) from: usize,
    pub(super) long: usize,
    pub(super) text: String,
}

/// A box to tick.
pub(super) struct Tick {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) checked: bool,
}

/// A field with its boxes.
pub(super) struct FieldBoxes {
    pub(super) label: String,
    pub(super) ticks: Vec<Tick>,
}

/// An entry with its boxes.
pub(super) struct EntryBoxes {
    pub(super) id: String,
    /// For addresses within the page.
    pub(super) anchor: usize,
    pub(super) heading: String,
    pub(super) about: String,
    pub(super) whole: Tick,
    pub(super) fields: Vec<FieldBoxes>,
    /// Whether its words are shown one by one.
    pub(super) by_words: bool,
    /// Whether something in it is ticked.
    pub(super) open: bool,
}

/// A part with its entries.
pub(super) struct PartBoxes {
    pub(super) heading: String,
    pub(super) entries: Vec<EntryBoxes>,
}

/// What was ticked.
#[derive(Default, Clone)]
pub(super) struct Picks {
    /// Whole entries.
    pub(super) entries: BTreeSet<String>,
    /// Stretches of texts, by entry and field: from which character to which.
    pub(super) stretches: BTreeMap<(String, String), Vec<(usize, usize)>>,
    /// Entries whose words are shown one by one.
    pub(super) by_words: BTreeSet<String>,
}

/// The sentences of a text. A line is a sentence too.
pub(super) fn sentences(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut begun = 0;
    let signs: Vec<char> = text.chars().collect();
    let mut ends = false;
    for (index, sign) in signs.iter().enumerate() {
        let is_break = *sign == '\n' || (ends && sign.is_whitespace());
        if is_break {
            push(&mut tokens, &signs, begun, index);
            begun = index;
        }
        ends = match sign {
            '.' | '!' | '?' | '…' | '。' | '؟' => true,
            '"' | '\'' | '”' | '’' | ')' | '»' => ends,
            _ => false,
        };
    }
    push(&mut tokens, &signs, begun, signs.len());
    tokens
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut begun = 0;
    let signs: Vec<char> = text.chars().collect();
    for (index, sign) in signs.iter().enumerate() {
        if sign.is_whitespace() {
            push(&mut tokens, &signs, begun, index);
            begun = index + 1;
        }
    }
    push(&mut tokens, &signs, begun, signs.len());
    tokens
}

/// Adds what is between, without the spaces around it.
fn push(tokens: &mut Vec<Token>, signs: &[char], from: usize, to: usize) {
    let piece = signs.get(from..to).unwrap_or_default();
    let lead = piece.iter().take_while(|sign| sign.is_whitespace()).count();
    let text: String = piece.iter().collect();
    let text = text.trim();
    if !text.is_empty() {
        tokens.push(Token {
            from: from + lead,
            long: text.chars().count(),
            text: text.to_owned(),
        });
    }
}

/// The fields of an entry with their labels: its heading and what stands about it are fields too.
fn fields(entry: &Entry) -> impl Iterator<Item = (&str, &str, &Text)> {
    let own = [("heading", "", &entry.heading), ("about", "", &entry.about)];
    let fields = entry
        .fields
        .iter()
        .map(|field| (field.id.as_str(), field.label.as_str(), &field.text));
    own.into_iter().chain(fields)
}

impl Picks {
    /// What a form sent. Whatever does not lie in the case is no pick.
    pub(super) fn sent(fields: &Fields) -> Self {
        let mut picks = Self::default();
        for (name, value) in &fields.0 {
            match name.as_str() {
                "entry" => {
                    picks.entries.insert(value.clone());
                }
                "words" => {
                    picks.by_words.insert(value.clone());
                }
                "pick" => {
                    let mut parts = value.split('|');
                    let (entry, field) = (parts.next(), parts.next());
                    let (from, long) = (parts.next(), parts.next());
                    let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
                    if let (Some(entry), Some(field), Some(from), Some(long)) =
                        (entry, field, number(from), number(long))
                    {
                        let place = (entry.to_owned(), field.to_owned());
                        let stretch = (from, from.saturating_add(long));
                        picks.stretches.entry(place).or_default().push(stretch);
                    }
                }
                _ => {}
            }
        }
        picks
            .by_words
            .extend(fields.get("do").strip_prefix("words:").map(str::to_owned));
        picks
    }

    /// What a layer picked.
    pub(super) fn of(passages: &[Passage]) -> Self {
        let mut picks = Self::default();
        for passage in passages {
            match passage {
                Passage::Entry { entry } => {
                    picks.entries.insert(entry.clone());
                }
                Passage::Words {
                    entry,
                    field,
                    from,
                    text,
                } => {
                    let place = (entry.clone(), field.clone());
                    let stretch = (*from, from.saturating_add(text.chars().count()));
                    picks.stretches.entry(place).or_default().push(stretch);
                }
                Passage::Everywhere { .. } => {}
            }
        }
        picks
    }

    fn covers(&self, entry: &str, field: &str, token: &Token) -> bool {
        let stretches = self.stretches.get(&(entry.to_owned(), field.to_owned()));
        stretches.is_some_and(|stretches| {
            stretches
                .iter()
                .any(|(from, to)| *from <= token.from && token.from + token.long <= *to)
        })
    }

    /// Whether some of a token is picked, but not all of it.
    fn splits(&self, entry: &str, field: &str, token: &Token) -> bool {
        let stretches = self.stretches.get(&(entry.to_owned(), field.to_owned()));
        !self.covers(entry, field, token)
            && stretches.is_some_and(|stretches| {
                stretches
                    .iter()
                    .any(|(from, to)| *from < token.from + token.long && token.from < *to)
            })
    }

    /// The passages: ticks side by side make one.
    pub(super) fn passages(&self, file: &CaseFile) -> Vec<Passage> {
        let mut passages = Vec::new();
        for entry in file.parts.iter().flat_map(|part| &part.entries) {
            if self.entries.contains(&entry.id) {
                passages.push(Passage::Entry {
                    entry: entry.id.clone(),
                });
                continue;
            }
            for (field, _, text) in fields(entry) {
                let words = text.words();
                let signs: Vec<char> = words.chars().collect();
                let place = (entry.id.clone(), field.to_owned());
                let mut stretches = self.stretches.get(&place).cloned().unwrap_or_default();
                stretches.sort_unstable();
                for (from, to) in joined(&signs, stretches) {
                    let text: String = signs.get(from..to).unwrap_or_default().iter().collect();
                    if !text.trim().is_empty() {
                        passages.push(Passage::Words {
                            entry: entry.id.clone(),
                            field: field.to_owned(),
                            from,
                            text,
                        });
                    }
                }
            }
        }
        passages
    }

    /// The boxes of a case file. The chronology has none: what goes elsewhere goes there too.
    pub(super) fn boxes(&self, file: &CaseFile) -> Vec<PartBoxes> {
        let mut anchor = 0;
        let mut part_boxes = Vec::new();
        for part in &file.parts {
            let entries: Vec<EntryBoxes> = part
                .entries
                .iter()
                .filter(|entry| !entry.id.starts_with(CHRONOLOGY))
                .map(|entry| {
                    anchor += 1;
                    self.entry_boxes(entry, anchor)
                })
                .collect();
            if !entries.is_empty() {
                part_boxes.push(PartBoxes {
                    heading: part.heading.clone(),
                    entries,
                });
            }
        }
        part_boxes
    }

    fn entry_boxes(&self, entry: &Entry, anchor: usize) -> EntryBoxes {
        let id = entry.id.as_str();
        let splits = fields(entry).any(|(field, _, text)| {
            let mut sentences = sentences(&text.words()).into_iter();
            sentences.any(|token| self.splits(id, field, &token))
        });
        let by_words = splits || self.by_words.contains(id);
        let boxes: Vec<FieldBoxes> = fields(entry)
            .filter(|(.., text)| !text.is_empty())
            .map(|(field, label, text)| {
                let text = text.words();
                let tokens = if by_words { words(&text) } else { sentences(&text) };
                let ticks = tokens.into_iter().map(|token| Tick {
                    checked: self.covers(id, field, &token),
                    value: format!("{id}|{field}|{}|{}", token.from, token.long),
                    text: token.text,
                });
                FieldBoxes {
                    label: label.to_owned(),
                    ticks: ticks.collect(),
                }
            })
            .collect();
        let whole = self.entries.contains(id);
        let ticked = boxes
            .iter()
            .flat_map(|field| &field.ticks)
            .any(|tick| tick.checked);
        EntryBoxes {
            id: id.to_owned(),
            anchor,
            heading: entry.heading.words(),
            about: entry.about.words(),
            whole: Tick {
                value: id.to_owned(),
                text: String::new(),
                checked: whole,
            },
            fields: boxes,
            by_words,
            open: whole || ticked || by_words,
        }
    }
}

/// Stretches with nothing but space between them are one.
fn joined(signs: &[char], stretches: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in stretches {
        let to = to.min(signs.len());
        match joined.last_mut() {
            Some(last)
                if from <= last.1
                    || signs
                        .get(last.1..from)
                        .is_some_and(|between| between.iter().all(|sign| sign.is_whitespace())) =>
            {
                last.1 = last.1.max(to);
            }
            _ => joined.push((from, to)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(tokens: Vec<Token>) -> Vec<String> {
        tokens.into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            texts(sentences("They said “no.” I left!\nThen 3.5 hours… Dr Vale came")),
            ["They said “no.”", "I left!", "Then 3.5 hours…", "Dr Vale came"]
        );
        assert!(sentences(" \n ").is_empty());
    }

    #[test]
    fn a_token_says_where_it_stands() {
        let text = "  Zoë saw.  Then";
        for token in sentences(text).into_iter().chain(words(text)) {
            let there: String = text.chars().skip(token.from).take(token.long).collect();
            assert_eq!(there, token.text);
        }
        assert_eq!(texts(words(text)), ["Zoë", "saw.", "Then"]);
    }

    #[test]
    fn ticks_side_by_side_are_one_stretch() {
        let signs: Vec<char> = "one two  three".chars().collect();
        assert_eq!(joined(&signs, vec![(0, 3), (4, 7), (9, 14)]), [(0, 14)]);
        assert_eq!(joined(&signs, vec![(0, 3), (9, 99)]), [(0, 3), (9, 14)]);
    }
}

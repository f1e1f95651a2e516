//! One case on a shelf: its words as they are compared, and nothing that could be shown.
//!
//! `MARK` and the byte of a [`Kind`] begin each stretch of text; each word has a space before it, and the stretch ends
//! with one. So a word's beginning is found by the space, and its kind by the mark before it.

use safehold_core::case::{Level, State};
use safehold_store::cases::CaseRow;
use zeroize::Zeroizing;

use super::{Kind, Piece, fold::words};

/// What begins a stretch of text. No word holds it.
pub(super) const MARK: u8 = 2;

/// The most bytes that are kept of one case. What comes after is not searched, and the page says so.
pub(super) const MOST_OF_A_CASE: usize = 256 * 1024;

/// The name of a person or place, as it was written, for comparing cases with each other.
pub(super) struct Name {
    pub(super) kind: Kind,
    pub(super) folded: Zeroizing<String>,
    pub(super) shown: Zeroizing<String>,
}

/// A case on a shelf.
pub(super) struct Doc {
    text: Zeroizing<Vec<u8>>,
    pub(super) names: Vec<Name>,
    /// Keys of categories, each between spaces.
    categories: Zeroizing<String>,
    pub(super) state: State,
    pub(super) level: Option<Level>,
    pub(super) received_at: jiff::Timestamp,
    /// Whether somebody began with it. If not, its number is all that is here.
    pub(super) is_begun: bool,
    /// Whether it has more than is kept.
    pub(super) is_cut: bool,
}

impl Doc {
    /// A case with what is written in it.
    pub(super) fn new(row: &CaseRow, pieces: &[Piece<'_>], categories: &[&str]) -> Self {
        let reference = row.reference.to_string();
        let is_begun = row.state != State::Received;
        let pieces = if is_begun { pieces } else { &[] };
        // Folding makes text shorter, but for a few signs; growing would leave copies behind.
        let room = pieces.iter().map(|piece| piece.text.len() + 4).sum::<usize>() + 32;
        let mut building = Zeroizing::new(Vec::with_capacity(room.min(MOST_OF_A_CASE) + 64));
        let mut is_cut = !put(&mut building, Kind::Number, &reference);
        // So that it is found as one word, too.
        is_cut |= !put(&mut building, Kind::Number, &reference.replace('-', ""));
        let mut names = Vec::new();
        for piece in pieces {
            is_cut |= !put(&mut building, piece.kind, &piece.text);
            if matches!(piece.kind, Kind::Person | Kind::Place) && piece.is_name {
                names.extend(name(piece));
            }
        }
        let text = Zeroizing::new(building.as_slice().to_vec());
        let mut keys = Zeroizing::new(String::from(" "));
        if is_begun {
            for key in categories {
                keys.push_str(key);
                keys.push(' ');
            }
        }
        Self {
            text,
            names,
            categories: keys,
            state: row.state,
            level: row.level,
            received_at: row.received_at,
            is_begun,
            is_cut,
        }
    }

    /// The text that is searched.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Whether it is of this category.
    pub(super) fn has_category(&self, key: &str) -> bool {
        self.categories.split(' ').any(|of| of == key)
    }

    /// How much memory it takes, in bytes, about.
    pub(super) fn size(&self) -> usize {
        let names = self
            .names
            .iter()
            .map(|name| name.folded.len() + name.shown.len() + 64);
        size_of::<Self>() + 64 + self.text.len() + self.categories.len() + names.sum::<usize>()
    }

    /// Its words, for those that are nearly what was typed.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.text
            .split(|byte| matches!(*byte, b' ' | MARK))
            .filter(|word| word.len() > 1)
            .filter_map(|word| std::str::from_utf8(word).ok())
    }
}

/// Puts a text in, as far as there is room; `false` if it was cut.
fn put(into: &mut Vec<u8>, kind: Kind, text: &str) -> bool {
    if into.len() + 3 > MOST_OF_A_CASE {
        return false;
    }
    into.extend([MARK, kind.byte()]);
    for word in words(text) {
        if into.len() + word.folded.len() + 2 > MOST_OF_A_CASE {
            into.push(b' ');
            return false;
        }
        into.push(b' ');
        into.extend_from_slice(word.folded.as_bytes());
    }
    into.push(b' ');
    true
}

fn name(piece: &Piece<'_>) -> Option<Name> {
    /// A name that is longer is a story.
    const MOST_WORDS: usize = 8;
    let mut folded = Zeroizing::new(String::with_capacity(piece.text.len() * 3));
    let mut count = 0;
    for word in words(&piece.text) {
        if count > 0 {
            folded.push(' ');
        }
        folded.push_str(&word.folded);
        count += 1;
    }
    (1..=MOST_WORDS).contains(&count).then(|| Name {
        kind: piece.kind,
        folded,
        shown: Zeroizing::new(piece.text.trim().to_owned()),
    })
}

//! Text as it is compared: in small letters, without accents, cut into words. "Siân O'Neill-Łuk" is `sian`, `oneill`
//! and `luk`, however it was typed.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroizing;

/// A word where it stands.
pub(super) struct Word {
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
    /// How it is compared; never empty.
    pub(super) folded: Zeroizing<String>,
}

/// The words of a text. Scripts that are written without spaces give a word for each sign.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    text.unicode_word_indices()
        .flat_map(|(start, piece)| split(piece).map(move |(from, part)| (start + from, part)))
        .filter_map(|(start, part)| {
            let folded = fold(part);
            (!folded.is_empty()).then(|| Word {
                at: start..start + part.len(),
                folded,
            })
        })
}

/// Unicode keeps `a.b@c` and `end.Next` together; here they are words of their own, but `O'Neill` is one.
fn split(piece: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    piece
        .split(|char: char| !(char.is_alphanumeric() || is_combining_mark(char) || is_apostrophe(char)))
        .map(move |part| {
            // What separates two parts is one sign, of as many bytes as it has.
            let start = piece
                .get(at..)
                .and_then(|rest| rest.find(part))
                .map_or(at, |found| at + found);
            at = start + part.len();
            (start, part)
        })
        .filter(|(_, part)| !part.is_empty())
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}')
}

/// One word as it is compared.
fn fold(word: &str) -> Zeroizing<String> {
    // Room for all, so that nothing stays behind where it grew from.
    let mut folded = Zeroizing::new(String::with_capacity(word.len() * 3));
    for char in word.nfkd().filter(|char| !is_combining_mark(*char)) {
        for char in char.to_lowercase() {
            match char {
                'ł' => folded.push('l'),
                'ø' => folded.push('o'),
                'đ' | 'ð' => folded.push('d'),
                'ı' => folded.push('i'),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ß' => folded.push_str("ss"),
                'þ' => folded.push_str("th"),
                char if char.is_alphanumeric() => folded.push(char),
                _ => {}
            }
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded.to_string()).collect()
    }

    #[test]
    fn names_are_alike_however_they_are_typed() {
        for typed in ["Siân O'Neill", "SIAN O\u{2019}NEILL", "Sia\u{302}n  oneill"] {
            assert_eq!(folded(typed), ["sian", "oneill"], "{typed}");
        }
        assert_eq!(folded("Łukasz Strauß"), ["lukasz", "strauss"]);
        assert_eq!(folded("ﬁne"), ["fine"]);
    }

    #[test]
    fn what_stands_between_words_is_left_out() {
        assert_eq!(
            folded("w.oak@river.example (end.Next) K7QP-3M2X, 12:30"),
            [
                "w", "oak", "river", "example", "end", "next", "k7qp", "3m2x", "12", "30"
            ]
        );
        assert_eq!(folded("...  –  '"), Vec::<String>::new());
    }

    #[test]
    fn each_sign_of_a_script_without_spaces_is_a_word() {
        assert_eq!(folded("安全"), ["安", "全"]);
    }

    #[test]
    fn a_word_is_where_it_says_it_is() {
        let text = "Ünder  a.b–Ünder";
        let found: Vec<_> = words(text).map(|word| &text[word.at]).collect();
        assert_eq!(found, ["Ünder", "a", "b", "Ünder"]);
    }
}

//! Finds a phrase in a text as people mean it: whatever the case, accents, kinds of space or apostrophe, and hidden
//! signs within. What is looked for must not slip through because it was typed another way.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A sign as it is compared, and where it stands in the text.
struct Folded {
    sign: char,
    at: Range<usize>,
}

fn fold(text: &str) -> Vec<Folded> {
    let mut folded: Vec<Folded> = Vec::with_capacity(text.len());
    for (from, sign) in text.char_indices() {
        let at = from..from + sign.len_utf8();
        if is_hidden(sign) {
            continue;
        }
        let letters = sign.to_string();
        for part in letters.nfkd().flat_map(char::to_lowercase) {
            if is_combining_mark(part) {
                // An accent belongs to its letter: it goes with it.
                if let Some(last) = folded.last_mut() {
                    last.at.end = at.end;
                }
                continue;
            }
            let sign = same(part);
            let is_space = sign == ' ';
            match folded.last_mut() {
                Some(last) if is_space && last.sign == ' ' => last.at.end = at.end,
                _ => folded.push(Folded { sign, at: at.clone() }),
            }
        }
    }
    folded
}

/// Signs without a shape, which can stand within a word unseen.
fn is_hidden(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
    )
}

/// Signs that people use for one another.
fn same(sign: char) -> char {
    match sign {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        sign if sign.is_whitespace() => ' ',
        sign => sign,
    }
}

/// Whether words of this letter's script stand apart with spaces, so that a part of a word is not the word.
fn stands_apart(sign: char) -> bool {
    sign.is_alphanumeric()
        && !matches!(sign,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A phrase to look for.
pub struct Phrase(Vec<char>);

impl Phrase {
    /// Nothing if no sign is left of it to look for.
    pub fn new(phrase: &str) -> Option<Self> {
        let signs: Vec<char> = fold(phrase.trim()).into_iter().map(|one| one.sign).collect();
        (!signs.is_empty()).then_some(Self(signs))
    }

    /// Where it stands in a text, in bytes.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let folded = fold(text);
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else {
            return Vec::new();
        };
        let apart = |edge: char, beside: Option<&Folded>| {
            !(stands_apart(edge) && beside.is_some_and(|beside| stands_apart(beside.sign)))
        };
        let mut found: Vec<Range<usize>> = Vec::new();
        for (index, window) in folded.windows(self.0.len()).enumerate() {
            let is_it = window.iter().zip(&self.0).all(|(one, sign)| one.sign == *sign);
            let before = index.checked_sub(1).and_then(|before| folded.get(before));
            let after = folded.get(index + self.0.len());
            if !(is_it && apart(*first, before) && apart(*last, after)) {
                continue;
            }
            if let (Some(from), Some(to)) = (window.first(), window.last()) {
                found.push(from.at.start..to.at.end);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(phrase: &str, text: &'a str) -> Vec<&'a str> {
        let ranges = Phrase::new(phrase).unwrap().find(text);
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_name_is_found_however_it_was_typed() {
        assert_eq!(
            found(
                "Zoë Marsh",
                "I saw zoe  marsh, ZOË\nMARSH and Zoe\u{301}\u{308} Marsh’s bag"
            ),
            ["zoe  marsh", "ZOË\nMARSH", "Zoe\u{301}\u{308} Marsh"]
        );
        assert_eq!(found("O'Hare", "O’Hare, o'hare"), ["O’Hare", "o'hare"]);
        assert_eq!(
            found("zoe", "Zo\u{200b}e, Z\u{ad}oe"),
            ["Zo\u{200b}e", "Z\u{ad}oe"]
        );
        assert_eq!(found("office", "the oﬃce"), ["oﬃce"]);
        assert_eq!(found("İlker", "ilker, İLKER"), ["ilker", "İLKER"]);
    }

    #[test]
    fn a_part_of_a_word_is_not_the_word() {
        assert!(found("Ann", "Annual, Joann, Hannah").is_empty());
        assert_eq!(
            found("Ann", "Ann. (Ann) Ann's ann-marie"),
            ["Ann", "Ann", "Ann", "ann"]
        );
        assert_eq!(found("07700 900123", "call 07700 900123."), ["07700 900123"]);
        assert!(found("07700 900123", "07700 9001234").is_empty());
    }

    #[test]
    fn scripts_without_spaces_have_no_words_to_be_part_of() {
        assert_eq!(found("王芳", "我看见王芳了"), ["王芳"]);
    }

    #[test]
    fn nothing_is_no_phrase() {
        assert!(Phrase::new("").is_none());
        assert!(Phrase::new(" \u{200b} ").is_none());
    }
}

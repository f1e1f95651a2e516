//! The list of words.
//!
//! The EFF's list has 7,776 words. Two of them, `yo-yo` and `yoyo`, are one for whoever hears them, so
//! we count them as one: 7,775, which takes a thousandth of a bit from seven words. Words are compared by
//! their letters alone: `drop-down`, `drop down` and `dropdown` are one.

use std::{collections::HashMap, sync::LazyLock};

/// A word of the list.
pub(super) struct Word {
    /// As it is shown.
    pub shown: &'static str,
    /// Its letters without hyphens: what is compared, and what keys are derived from.
    pub letters: String,
    /// Which letters are in it, one bit each: a cheap bound of how far another word is.
    pub mask: u32,
}

struct List {
    words: Vec<Word>,
    by_letters: HashMap<String, u16>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = List {
        words: Vec::new(),
        by_letters: HashMap::new(),
    };
    for (_, shown) in eff_wordlist::large::LIST {
        let letters = shown.replace('-', "");
        let Ok(index) = u16::try_from(list.words.len()) else {
            break;
        };
        if list.by_letters.contains_key(&letters) {
            continue;
        }
        list.by_letters.insert(letters.clone(), index);
        list.words.push(Word {
            shown,
            mask: mask(&letters),
            letters,
        });
    }
    list
});

/// What a place outside the list would show. There is none: places come from this list.
static NONE: Word = Word {
    shown: "",
    letters: String::new(),
    mask: 0,
};

/// How many words there are.
pub(super) fn length() -> u16 {
    u16::try_from(LIST.words.len()).unwrap_or(u16::MAX)
}

/// The word at a place.
pub(super) fn get(index: u16) -> &'static Word {
    LIST.words.get(usize::from(index)).unwrap_or(&NONE)
}

/// The place of a word, by its letters.
pub(super) fn find(letters: &str) -> Option<u16> {
    LIST.by_letters.get(letters).copied()
}

/// All words with their places.
pub(super) fn all() -> impl Iterator<Item = (u16, &'static Word)> {
    (0..).zip(LIST.words.iter())
}

/// Which letters are in a word.
pub(super) fn mask(letters: &str) -> u32 {
    letters
        .bytes()
        .filter(u8::is_ascii_lowercase)
        .fold(0, |mask, letter| mask | 1 << (letter - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_7776_words_of_which_two_sound_the_same() {
        assert_eq!(eff_wordlist::large::LIST.len(), 7776);
        let distinct: std::collections::HashSet<_> =
            eff_wordlist::large::LIST.iter().map(|(_, word)| word).collect();
        assert_eq!(distinct.len(), 7776);
        assert_eq!(length(), 7775);
        assert_eq!(find("yoyo").map(|index| get(index).shown), Some("yo-yo"));
    }

    #[test]
    fn seven_words_are_more_than_90_bits() {
        let bits = f64::from(length()).log2() * 7.0;
        assert!(bits > 90.4, "{bits}");
    }

    #[test]
    fn words_have_only_letters_and_hyphens() {
        for (index, word) in all() {
            assert!(
                word.letters.bytes().all(|byte| byte.is_ascii_lowercase()),
                "{}",
                word.shown
            );
            assert!((3..=9).contains(&word.letters.len()));
            assert_eq!(find(&word.letters), Some(index));
        }
    }
}

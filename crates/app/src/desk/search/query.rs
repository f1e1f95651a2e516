//! What somebody looks for, and where it stands in a case.
//!
//! Every word must be in the case somewhere. A word is found where another begins with it, and in the usual other
//! endings of English; words between quotation marks are found as they are, side by side.

use memchr::memmem::Finder;
use zeroize::Zeroizing;

use super::{
    doc::{Doc, MARK},
    fold::words,
};
use crate::desk::search::Kind;

/// The most words of one search: more would be slow, and find nothing.
pub(super) const MOST_WORDS: usize = 12;

/// One of the words, or a phrase.
pub(super) struct Term {
    /// As it was typed.
    pub(super) typed: Zeroizing<String>,
    /// Each of these is it: words side by side.
    forms: Vec<Form>,
}

struct Form {
    words: Vec<Zeroizing<String>>,
    /// Whether the last word may go on.
    open: bool,
    finder: Finder<'static>,
}

impl Form {
    fn new(words: Vec<Zeroizing<String>>, open: bool) -> Self {
        let mut needle = Zeroizing::new(String::with_capacity(
            words.iter().map(|word| word.len() + 1).sum::<usize>() + 1,
        ));
        for word in &words {
            needle.push(' ');
            needle.push_str(word);
        }
        if !open {
            needle.push(' ');
        }
        let finder = Finder::new(needle.as_bytes()).into_owned();
        Self { words, open, finder }
    }

    /// How many words from here on are this form, if they are.
    fn starts(&self, here: &[Zeroizing<String>]) -> Option<usize> {
        let (last, before) = self.words.split_last()?;
        let fits = before.iter().zip(here).all(|(wanted, word)| **wanted == **word);
        let word = here.get(before.len())?;
        let ends = if self.open {
            word.starts_with(last.as_str())
        } else {
            **word == **last
        };
        (fits && ends).then_some(self.words.len())
    }
}

impl Term {
    /// The word, if it is a single one that may go on.
    pub(super) fn word(&self) -> Option<&str> {
        let form = self.forms.first().filter(|form| form.open)?;
        match form.words.as_slice() {
            [word] => Some(word.as_str()),
            _ => None,
        }
    }
}

/// Reads what was typed. Nothing that could be found is an empty list.
pub(super) fn terms(typed: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for (index, part) in typed.split(['"', '\u{201c}', '\u{201d}']).enumerate() {
        // Every second part stands between quotation marks; the last mark may have been forgotten.
        let quoted = index % 2 == 1;
        if quoted {
            terms.extend(term(part, false));
        } else {
            terms.extend(part.split_whitespace().filter_map(|token| term(token, true)));
        }
    }
    terms.truncate(MOST_WORDS);
    terms
}

fn term(typed: &str, open: bool) -> Option<Term> {
    let found: Vec<_> = words(typed).map(|word| word.folded).collect();
    let mut forms = Vec::new();
    if let ([word], true) = (found.as_slice(), open) {
        forms.extend(
            endings(word)
                .into_iter()
                .map(|form| Form::new(vec![Zeroizing::new(form)], true)),
        );
    }
    if found.is_empty() {
        return None;
    }
    forms.insert(0, Form::new(found, open));
    Some(Term {
        typed: Zeroizing::new(typed.trim().to_owned()),
        forms,
    })
}

/// Beginnings that a word shares with its other forms: "touching" finds "touched", "stories" finds "story".
/// What is found too much stands lower in the list, as it is not the word itself.
fn endings(word: &str) -> Vec<String> {
    const LEAST: usize = 4;
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let stem = ["ing", "ies", "ied", "ed", "es", "s"]
        .into_iter()
        .find_map(|ending| Some((word.strip_suffix(ending)?, ending)));
    let Some((stem, ending)) = stem else {
        return match word.strip_suffix('y') {
            Some(stem) if stem.len() >= LEAST - 1 => vec![format!("{stem}ie")],
            _ => Vec::new(),
        };
    };
    match ending {
        "ies" | "ied" if stem.len() >= LEAST - 1 => vec![format!("{stem}y"), format!("{stem}ie")],
        _ if stem.len() < LEAST => Vec::new(),
        "ing" | "ed" => {
            let bytes = stem.as_bytes();
            let doubled = matches!(bytes, [.., a, b] if a == b && !b"lsz".contains(b));
            if doubled {
                vec![stem.get(..stem.len() - 1).unwrap_or(stem).to_owned()]
            } else {
                vec![stem.to_owned()]
            }
        }
        _ => vec![stem.to_owned()],
    }
}

/// The most that one word adds to how well a case fits.
const MOST_OF_A_WORD: u32 = 40;

/// How well a case fits; nothing if a word is nowhere in it.
pub(super) fn score(terms: &[Term], doc: &Doc, only: Option<Kind>) -> Option<u32> {
    let mut sum = 0;
    for term in terms {
        let mut of_term = 0;
        for (index, form) in term.forms.iter().enumerate() {
            for at in form.finder.find_iter(doc.text()) {
                let kind = kind_at(doc.text(), at);
                if kind.is_none() || only.is_some() && kind != only {
                    continue;
                }
                let end = at + form.finder.needle().len();
                let is_whole = !form.open
                    || doc
                        .text()
                        .get(end)
                        .is_none_or(|byte| matches!(byte, b' ' | &MARK));
                let weight = match kind {
                    Some(Kind::Person | Kind::Place) => 4,
                    Some(Kind::Number) => 8,
                    Some(Kind::Tag) => 2,
                    Some(Kind::Words) | None => 1,
                };
                of_term += if is_whole && index == 0 {
                    weight * 2
                } else {
                    weight
                };
                if of_term >= MOST_OF_A_WORD {
                    break;
                }
            }
        }
        if of_term == 0 {
            return None;
        }
        sum += of_term.min(MOST_OF_A_WORD);
    }
    Some(sum)
}

/// In which kind of text a place of a case is.
fn kind_at(text: &[u8], at: usize) -> Option<Kind> {
    let before = text.get(..at)?;
    let mark = memchr::memrchr(MARK, before)?;
    Kind::from_byte(*text.get(mark + 1)?)
}

/// Where the words stand in a text, in order and apart from each other.
pub(super) fn places(terms: &[Term], text: &str) -> Vec<std::ops::Range<usize>> {
    let (at, folded): (Vec<_>, Vec<_>) = words(text).map(|word| (word.at, word.folded)).unzip();
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(here) = folded.get(index..).filter(|here| !here.is_empty()) {
        let longest = terms
            .iter()
            .flat_map(|term| &term.forms)
            .filter_map(|form| form.starts(here))
            .max();
        let count = longest.unwrap_or(1);
        if longest.is_some()
            && let (Some(first), Some(last)) = (at.get(index), at.get(index + count - 1))
        {
            found.push(first.start..last.end);
        }
        index += count;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(typed: &str, text: &str) -> Vec<String> {
        places(&terms(typed), text)
            .into_iter()
            .map(|at| text[at].to_owned())
            .collect()
    }

    #[test]
    fn a_word_is_found_where_another_begins_with_it_and_in_other_endings() {
        assert_eq!(
            marked("touch", "Touched, untouched, touching"),
            ["Touched", "touching"]
        );
        assert_eq!(marked("touching", "They touched me"), ["touched"]);
        assert_eq!(marked("stories", "a story"), ["story"]);
        assert_eq!(marked("story", "two stories"), ["stories"]);
        assert_eq!(marked("stopped", "stops"), ["stops"]);
        assert_eq!(marked("her", "here and there"), ["here"]);
        assert_eq!(marked("using", "us"), Vec::<String>::new());
    }

    #[test]
    fn words_between_quotation_marks_stand_side_by_side_and_whole() {
        assert_eq!(
            marked("\"tuesday group\"", "the Tuesday group"),
            ["Tuesday group"]
        );
        assert_eq!(
            marked("\u{201c}Tuesday gr\u{201d}", "the Tuesday group"),
            Vec::<String>::new()
        );
        assert_eq!(marked("\"group tuesday\"", "Tuesday group"), Vec::<String>::new());
        assert_eq!(marked("\"tuesday group", "Tuesday group"), ["Tuesday group"]);
    }

    #[test]
    fn an_address_is_found_as_one() {
        assert_eq!(
            marked("w.oak@river", "write to w.oak@river.example"),
            ["w.oak@river"]
        );
    }

    #[test]
    fn what_holds_no_word_is_no_term() {
        assert!(terms(" \"\" -- ... ").is_empty());
        assert_eq!(terms(&"word ".repeat(50)).len(), MOST_WORDS);
    }
}

//! What is shown of a case that was found: a few lines around the words, from the case as it is opened now.

use std::ops::Range;

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::{
    Kind, Place,
    gather::Piece,
    query::{self, Term},
};

/// About how many characters stand before and after the words, at most.
const AROUND: usize = 90;
/// The most extracts that are shown of one case.
pub(super) const MOST: usize = 4;
/// The most marks in one extract.
const MOST_MARKS: usize = 20;

/// A stretch of an extract.
pub struct Stretch {
    /// What it says.
    pub text: Zeroizing<String>,
    /// Whether it is what was looked for.
    pub is_match: bool,
}

/// A few lines of a case, around what was looked for.
pub struct Extract {
    /// Where in the case they stand.
    pub place: Place,
    /// What kind of text it is.
    pub kind: Kind,
    /// When it was written; nothing for the report, which has the time of the case.
    pub at: Option<Timestamp>,
    /// What they say.
    pub stretches: Vec<Stretch>,
    /// Whether something stands before them.
    pub is_cut_before: bool,
    /// Whether something stands after them.
    pub is_cut_after: bool,
}

/// The best extracts of a case, and how many more places there are. Nothing if a word is no longer there.
/// `number` is what people call the case: it can be looked for, and is shown in any case.
pub(super) fn extracts(
    terms: &[Term],
    number: &str,
    pieces: &[Piece<'_>],
    only: Option<Kind>,
) -> Option<(Vec<Extract>, usize)> {
    let spoken = format!("{number} {}", number.replace('-', ""));
    let in_number = |term: &Term| !query::places(std::slice::from_ref(term), &spoken).is_empty();
    let mut wanted: Vec<bool> = terms
        .iter()
        .map(|term| only.is_none_or(|only| only == Kind::Number) && in_number(term))
        .collect();
    let mut found: Vec<(usize, usize, Extract)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if only.is_some_and(|only| only != piece.kind) {
            continue;
        }
        let mut of_piece = 0;
        for (term, seen) in terms.iter().zip(&mut wanted) {
            if !query::places(std::slice::from_ref(term), &piece.text).is_empty() {
                *seen = true;
                of_piece += 1;
            }
        }
        if of_piece == 0 {
            continue;
        }
        let places = query::places(terms, &piece.text);
        found.push((of_piece, index, cut(piece, &places)));
    }
    if !wanted.into_iter().all(|seen| seen) {
        return None;
    }
    let more = found.len().saturating_sub(MOST);
    // Those with the most of the words first, then in the order of the case.
    found.sort_by_key(|(count, index, _)| (usize::MAX - count, *index));
    found.truncate(MOST);
    Some((found.into_iter().map(|(.., extract)| extract).collect(), more))
}

fn cut(piece: &Piece<'_>, places: &[Range<usize>]) -> Extract {
    let text: &str = &piece.text;
    let first = places.first().map_or(0, |place| place.start);
    let from = back(text, first);
    let until = on(text, first.max(from) + AROUND);
    // A match that begins within the lines is shown whole.
    let until = places
        .iter()
        .filter(|place| place.start < until)
        .map(|place| place.end)
        .max()
        .map_or(until, |end| on(text, end).max(until))
        .min(text.len());
    let mut stretches = Vec::new();
    let mut at = from;
    let mut push = |range: Range<usize>, is_match: bool| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            stretches.push(Stretch {
                text: Zeroizing::new(text.to_owned()),
                is_match,
            });
        }
    };
    for place in places
        .iter()
        .filter(|place| place.start >= from && place.end <= until)
        .take(MOST_MARKS)
    {
        push(at..place.start, false);
        push(place.clone(), true);
        at = place.end;
    }
    push(at..until, false);
    Extract {
        place: piece.place.clone(),
        kind: piece.kind,
        at: piece.at,
        stretches,
        is_cut_before: from > 0,
        is_cut_after: until < text.len(),
    }
}

/// The beginning of a word, some way before a place.
fn back(text: &str, place: usize) -> usize {
    let mut from = place.saturating_sub(AROUND);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    if from == 0 {
        return 0;
    }
    // Not in the middle of a word, unless it is longer than all that is shown.
    text.get(from..place)
        .and_then(|before| before.char_indices().find(|(_, char)| char.is_whitespace()))
        .map_or(from, |(at, space)| from + at + space.len_utf8())
}

/// The end of a word, at a place or soon after it.
fn on(text: &str, place: usize) -> usize {
    let mut until = place.min(text.len());
    while !text.is_char_boundary(until) {
        until += 1;
    }
    let rest = text.get(until..).unwrap_or_default();
    let end = rest
        .char_indices()
        .take(AROUND)
        .find(|(_, char)| char.is_whitespace())
        .map(|(at, _)| at);
    match end {
        Some(end) => until + end,
        None => rest
            .char_indices()
            .nth(AROUND)
            .map_or(text.len(), |(at, _)| until + at),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn piece(text: &str) -> Piece<'_> {
        Piece {
            place: Place::File,
            kind: Kind::Words,
            text: Cow::Borrowed(text),
            at: None,
            is_name: false,
        }
    }

    fn shown(extract: &Extract) -> String {
        let mut shown = String::new();
        for stretch in &extract.stretches {
            if stretch.is_match {
                shown.push('[');
                shown.push_str(&stretch.text);
                shown.push(']');
            } else {
                shown.push_str(&stretch.text);
            }
        }
        shown
    }

    #[test]
    fn what_was_looked_for_is_marked_in_its_lines() {
        let text = format!(
            "{} the Heron group met, and herons flew. {}",
            "før ".repeat(100),
            "æfter ".repeat(100)
        );
        let (extracts, more) = extracts(&query::terms("heron"), "K7QP-3M2X", &[piece(&text)], None).unwrap();
        assert_eq!((extracts.len(), more), (1, 0));
        let shown = shown(&extracts[0]);
        assert!(
            shown.contains("the [Heron] group met, and [herons] flew."),
            "{shown}"
        );
        assert!(extracts[0].is_cut_before && extracts[0].is_cut_after);
        assert!(shown.len() < 500, "{}", shown.len());
    }

    #[test]
    fn every_word_must_be_somewhere_and_the_best_piece_is_first() {
        let pieces = [piece("a heron"), piece("a heron by the river"), piece("nothing")];
        let (found, more) = extracts(&query::terms("river heron"), "K7QP-3M2X", &pieces, None).unwrap();
        let lines: Vec<_> = found.iter().map(shown).collect();
        assert_eq!(lines, ["a [heron] by the [river]", "a [heron]"]);
        assert_eq!(more, 0);
        assert!(extracts(&query::terms("river otter"), "K7QP-3M2X", &pieces, None).is_none());
        assert!(extracts(&query::terms("heron"), "K7QP-3M2X", &pieces, Some(Kind::Person)).is_none());
    }

    #[test]
    fn a_long_case_shows_a_few_and_says_how_many_more() {
        let pieces: Vec<_> = (0..9).map(|_| piece("heron")).collect();
        let (found, more) = extracts(&query::terms("heron"), "K7QP-3M2X", &pieces, None).unwrap();
        assert_eq!((found.len(), more), (MOST, 5));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_without_a_panic_and_loses_nothing_it_marks(text in "\\PC{0,400}", word in "\\PC{1,12}") {
            let terms = query::terms(&word);
            if let Some((found, _)) = extracts(&terms, "K7QP-3M2X", &[piece(&text)], None) {
                for extract in &found {
                    let whole: String = extract.stretches.iter().map(|stretch| stretch.text.as_str()).collect();
                    proptest::prop_assert!(text.contains(&whole));
                }
            }
        }
    }
}

//! What may have been meant, where nothing was found: words of the reader's own cases that are nearly what was typed.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use safehold_core::id::CaseId;
use zeroize::Zeroizing;

use super::{
    doc::Doc,
    query::{self, Term},
};

/// How many are offered.
const MOST: usize = 3;

/// The search with one of its words replaced by one that is there, the nearest and then the most frequent first.
pub(super) fn near(terms: &[Term], docs: &[(CaseId, Arc<Doc>)]) -> Vec<Zeroizing<String>> {
    let is_nowhere = |term: &Term| {
        docs.iter()
            .all(|(_, doc)| query::score(std::slice::from_ref(term), doc, None).is_none())
    };
    let Some((index, word)) = terms
        .iter()
        .enumerate()
        .find_map(|(index, term)| Some((index, term.word()?)).filter(|_| is_nowhere(term)))
    else {
        return Vec::new();
    };
    let mut found: Vec<_> = like(word, docs).into_iter().collect();
    found.sort_by(|(a, (far_a, count_a)), (b, (far_b, count_b))| {
        (far_a, std::cmp::Reverse(count_a), a).cmp(&(far_b, std::cmp::Reverse(count_b), b))
    });
    found
        .into_iter()
        .take(MOST)
        .map(|(word, _)| {
            let words: Vec<&str> = terms
                .iter()
                .enumerate()
                .map(|(at, term)| if at == index { word } else { term.typed.as_str() })
                .collect();
            Zeroizing::new(words.join(" "))
        })
        .collect()
}

/// Words at a small distance, with how far they are and how often they stand there.
fn like<'a>(word: &str, docs: &'a [(CaseId, Arc<Doc>)]) -> BTreeMap<&'a str, (usize, usize)> {
    let length = word.chars().count();
    // In a short word, one other letter makes another word.
    let most = match length {
        0..=3 => return BTreeMap::new(),
        4..=7 => 1,
        _ => 2,
    };
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    let mut found = BTreeMap::new();
    for other in docs.iter().flat_map(|(_, doc)| doc.words()) {
        if other.len().abs_diff(word.len()) > most * 2 {
            continue;
        }
        let far = known.entry(other).or_insert_with(|| {
            (other.chars().count().abs_diff(length) <= most)
                .then(|| strsim::osa_distance(other, word))
                .filter(|far| *far <= most)
        });
        if let Some(far) = *far {
            found.entry(other).or_insert((far, 0)).1 += 1;
        }
    }
    found
}

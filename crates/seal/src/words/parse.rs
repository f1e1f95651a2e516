//! Reading words as people type them.
//!
//! A typed text is cut into runs of letters. Each run may be a word, part of one (`drop down`), several
//! words run together, or a word misspelt; of all readings that give seven words, the one with the least
//! to mend is taken. A misspelling is mended only when one word of the list is nearer than all others, so
//! nobody is led to another key: the wrong seven words open nothing.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use zeroize::Zeroizing;

use super::{COUNT, WordsError, list};

/// Longer texts are no key of words; reading them would only cost time.
const MOST_BYTES: usize = 2000;
const MOST_RUNS: usize = 4 * COUNT;
/// The longest run of letters that may be words run together.
const MOST_LETTERS: usize = 9 * COUNT;
const MOST_SUGGESTIONS: usize = 4;

/// What mending costs; a misspelling adds its distance.
const JOINED: usize = 1;
const MISSPELT: usize = 2;
const UNREAD: usize = 100;

/// Stands for a word that could not be read.
const UNKNOWN: u16 = u16::MAX;

pub(super) fn parse(text: &str) -> Result<[u16; COUNT], WordsError> {
    if text.len() > MOST_BYTES {
        return Err(WordsError::Count {
            found: text.split_whitespace().count(),
        });
    }
    let runs = runs(text);
    if runs.len() > MOST_RUNS {
        return Err(WordsError::Count { found: runs.len() });
    }
    let readings: Vec<Vec<Reading>> = (0..runs.len()).map(|start| readings(&runs, start)).collect();
    let ends = whole_readings(&readings);
    let seven = ends
        .iter()
        .find_map(|end| <[u16; COUNT]>::try_from(end.words.as_slice()).ok());
    if let Some(words) = seven.filter(|words| !words.contains(&UNKNOWN)) {
        return Ok(words);
    }
    let letters = Zeroizing::new(runs.iter().map(|run| run.as_str()).collect::<String>());
    if let Some(words) = split(&letters).and_then(|words| words.try_into().ok()) {
        return Ok(words);
    }
    let unknown = |reading: &[Reading]| reading.iter().all(|reading| reading.words == [UNKNOWN]);
    if let Some(place) = seven.and_then(|words| words.iter().position(|word| *word == UNKNOWN))
        && let Some((run, _)) = runs.iter().zip(&readings).find(|(_, readings)| unknown(readings))
    {
        return Err(WordsError::Unknown {
            position: place + 1,
            suggestions: suggestions(run),
        });
    }
    Err(WordsError::Count {
        found: ends.first().map_or(0, |end| end.words.len()),
    })
}

/// The runs of letters, lower-case, without accents; all else is between them.
fn runs(text: &str) -> Vec<Zeroizing<String>> {
    let mut runs = Vec::new();
    let mut run = Zeroizing::new(String::with_capacity(text.len()));
    for char in text.nfkd().chain([' ']) {
        match char {
            'a'..='z' | 'A'..='Z' => run.push(char.to_ascii_lowercase()),
            // Accents, soft hyphens and the marks that phones put in when pasting are no gap.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            char if is_combining_mark(char) => {}
            _ if run.is_empty() => {}
            _ => {
                let next = Zeroizing::new(String::with_capacity(text.len()));
                runs.push(std::mem::replace(&mut run, next));
            }
        }
    }
    runs
}

/// One way to read the runs from some place on.
#[derive(Clone)]
struct Reading {
    runs: usize,
    words: Vec<u16>,
    cost: usize,
}

/// All ways to read what begins at a run.
fn readings(runs: &[Zeroizing<String>], start: usize) -> Vec<Reading> {
    let Some(run) = runs.get(start) else {
        return Vec::new();
    };
    let mut readings = Vec::new();
    if let Some(word) = list::find(run) {
        readings.push(Reading {
            runs: 1,
            words: vec![word],
            cost: 0,
        });
    } else {
        if let Some(words) = split(run) {
            readings.push(Reading {
                runs: 1,
                words,
                cost: JOINED,
            });
        }
        if let Some((word, distance)) = nearest(run) {
            readings.push(Reading {
                runs: 1,
                words: vec![word],
                cost: MISSPELT + distance,
            });
        }
    }
    if let Some(next) = runs.get(start + 1) {
        let both = Zeroizing::new([run.as_str(), next.as_str()].concat());
        if let Some(word) = list::find(&both) {
            readings.push(Reading {
                runs: 2,
                words: vec![word],
                cost: JOINED,
            });
        }
    }
    if readings.is_empty() {
        readings.push(Reading {
            runs: 1,
            words: vec![UNKNOWN],
            cost: UNREAD,
        });
    }
    readings
}

/// The cheapest reading of all runs for each number of words, the cheapest first.
fn whole_readings(readings: &[Vec<Reading>]) -> Vec<Reading> {
    let mut best: Vec<Vec<Reading>> = vec![Vec::new(); readings.len() + 1];
    if let Some(start) = best.first_mut() {
        start.push(Reading {
            runs: 0,
            words: Vec::new(),
            cost: 0,
        });
    }
    for (start, here) in readings.iter().enumerate() {
        let before = best.get(start).cloned().unwrap_or_default();
        for (before, next) in before
            .iter()
            .flat_map(|before| here.iter().map(move |next| (before, next)))
        {
            let Some(after) = best.get_mut(start + next.runs) else {
                continue;
            };
            let words = [before.words.as_slice(), &next.words].concat();
            let cost = before.cost + next.cost;
            match after.iter_mut().find(|other| other.words.len() == words.len()) {
                Some(other) if other.cost <= cost => {}
                Some(other) => *other = Reading { runs: 0, words, cost },
                None => after.push(Reading { runs: 0, words, cost }),
            }
        }
    }
    let mut ends = best.pop().unwrap_or_default();
    if readings.is_empty() {
        return vec![Reading {
            runs: 0,
            words: Vec::new(),
            cost: 0,
        }];
    }
    ends.sort_by_key(|end| end.cost);
    ends
}

/// The words of a run that is several run together, if there is one way to cut it.
fn split(run: &str) -> Option<Vec<u16>> {
    if run.len() > MOST_LETTERS {
        return None;
    }
    // For each place, the ways to cut all before it; two are as good as many.
    let mut ways: Vec<Vec<Vec<u16>>> = vec![Vec::new(); run.len() + 1];
    ways.first_mut()?.push(Vec::new());
    for start in 0..run.len() {
        let here = ways.get(start).cloned().unwrap_or_default();
        if here.is_empty() {
            continue;
        }
        for end in start + 3..=run.len().min(start + 9) {
            let Some(word) = run.get(start..end).and_then(list::find) else {
                continue;
            };
            let Some(there) = ways.get_mut(end) else { continue };
            there.extend(here.iter().map(|way| [way.as_slice(), &[word]].concat()));
            there.truncate(2);
        }
    }
    let mut whole = ways.pop()?;
    let only = whole.pop()?;
    (whole.is_empty() && only.len() > 1).then_some(only)
}

/// How many letters may be wrong: in a short word one, else too many words are near.
fn tolerance(letters: &str) -> usize {
    if letters.len() <= 5 { 1 } else { 2 }
}

/// Words within a distance (letters added, left out, exchanged or swapped), the nearest first.
fn near(run: &str, most: usize) -> Vec<(usize, u16)> {
    let mask = list::mask(run);
    let mut near: Vec<(usize, u16)> = list::all()
        // Each slip changes the length by at most one and the set of letters by at most two.
        .filter(|(_, word)| word.letters.len().abs_diff(run.len()) <= most)
        .filter(|(_, word)| (word.mask ^ mask).count_ones() as usize <= 2 * most)
        .map(|(index, word)| (strsim::osa_distance(run, &word.letters), index))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort_unstable();
    near
}

/// The one word that is nearer than all others, and its distance.
fn nearest(run: &str) -> Option<(u16, usize)> {
    let near = near(run, tolerance(run));
    match near.as_slice() {
        [(distance, word)] => Some((*word, *distance)),
        [(distance, word), (next, _), ..] if distance < next => Some((*word, *distance)),
        _ => None,
    }
}

/// Words that look like a run: those near it, those that begin with it, then those not quite as near.
fn suggestions(run: &str) -> Vec<&'static str> {
    let shown = |(_, index)| list::get(index).shown;
    let likely = near(run, tolerance(run)).into_iter().map(shown);
    let longer = list::all()
        .filter(|(_, word)| run.len() >= 3 && word.letters.starts_with(run))
        .map(|(_, word)| word.shown);
    let less_likely = near(run, tolerance(run) + 1).into_iter().map(shown);
    let mut found = Vec::new();
    for word in likely.chain(longer).chain(less_likely) {
        if found.len() < MOST_SUGGESTIONS && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

//! Whether any answers at all lead to a page: a small search over options.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Condition;

/// How many options a question can be answered with at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    One,
    Many,
}

/// The questions asked so far: how each can be answered, and when it is asked.
#[derive(Default)]
pub(crate) struct Reach(BTreeMap<String, (Shape, Condition)>);

/// Real forms need a few dozen steps. A form made to need more is taken as sound: this is a check
/// for slips of the pen, not a defence.
const STEPS: u32 = 20_000;

/// What the search has supposed of one question.
#[derive(Clone, Default)]
struct Supposed<'a> {
    /// For each set, one of its options was given.
    given: Vec<&'a [String]>,
    not_given: BTreeSet<&'a str>,
    at_least: usize,
    below: Option<usize>,
}

impl Supposed<'_> {
    fn holds(&self, shape: Shape) -> bool {
        let free = |option: &&String| !self.not_given.contains(option.as_str());
        let counts = self.below.is_none_or(|below| self.at_least < below);
        let options = match shape {
            Shape::Many => self
                .given
                .iter()
                .all(|set| set.iter().any(|option| free(&option))),
            Shape::One => match self.given.split_first() {
                None => true,
                Some((first, rest)) => first
                    .iter()
                    .any(|option| free(&option) && rest.iter().all(|set| set.contains(option))),
            },
        };
        counts && options
    }
}

#[derive(Clone, Default)]
struct Search<'a> {
    todo: Vec<(&'a Condition, bool)>,
    supposed: BTreeMap<&'a str, Supposed<'a>>,
    asked: BTreeSet<&'a str>,
}

impl Reach {
    pub(crate) fn add(&mut self, question: &str, shape: Shape, when: Condition) {
        self.0.insert(question.to_owned(), (shape, when));
    }

    /// Whether some answers make the condition hold, given when its questions are asked.
    pub(crate) fn possible(&self, when: &Condition) -> bool {
        let mut steps = STEPS;
        self.search(
            Search {
                todo: vec![(when, true)],
                ..Search::default()
            },
            &mut steps,
        )
    }

    fn search<'a>(&'a self, mut search: Search<'a>, steps: &mut u32) -> bool {
        while let Some((condition, wanted)) = search.todo.pop() {
            if *steps == 0 {
                return true;
            }
            *steps -= 1;
            match (condition, wanted) {
                (Condition::Always, true) => {}
                (Condition::Always, false) => return false,
                (Condition::Not(inner), wanted) => search.todo.push((inner, !wanted)),
                (Condition::All(list), true) | (Condition::Any(list), false) => {
                    search.todo.extend(list.iter().map(|part| (part, wanted)));
                }
                (Condition::Any(list), true) | (Condition::All(list), false) => {
                    return list.iter().any(|part| {
                        let mut branch = search.clone();
                        branch.todo.push((part, wanted));
                        self.search(branch, steps)
                    });
                }
                (Condition::Is { question, options }, wanted) => {
                    let supposed = search.supposed.entry(question).or_default();
                    if wanted {
                        supposed.given.push(options);
                    } else {
                        supposed.not_given.extend(options.iter().map(String::as_str));
                    }
                    if !self.suppose(&mut search, question, wanted) {
                        return false;
                    }
                }
                (Condition::AtLeast { question, count }, wanted) => {
                    let supposed = search.supposed.entry(question).or_default();
                    if wanted {
                        supposed.at_least = supposed.at_least.max(*count);
                    } else {
                        supposed.below = Some(supposed.below.map_or(*count, |below| below.min(*count)));
                    }
                    if !self.suppose(&mut search, question, wanted) {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// Says whether what is supposed of a question can be. If it must have been answered, it must
    /// have been asked as well.
    fn suppose<'a>(&'a self, search: &mut Search<'a>, question: &'a str, answered: bool) -> bool {
        // An unknown question has its own fault already.
        let Some((shape, when)) = self.0.get(question) else {
            return true;
        };
        if answered && search.asked.insert(question) {
            search.todo.push((when, true));
        }
        search
            .supposed
            .get(question)
            .is_none_or(|supposed| supposed.holds(*shape))
    }
}

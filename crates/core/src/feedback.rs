//! What people say at the end (domain reference 8.3): counted apart from every case, and shown only where nobody can
//! be read off (domain reference 7.6).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A question at the end, with its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The stable name, part of message ids.
    pub key: &'static str,
    /// The stable names of its answers.
    pub answers: &'static [&'static str],
}

/// The questions, in the order of the page.
pub const QUESTIONS: [Question; 4] = [
    Question {
        key: "reached",
        answers: &["fully", "partly", "not", "not_wanted"],
    },
    Question {
        key: "safer",
        answers: &["yes", "partly", "no", "not_sure"],
    },
    Question {
        key: "listened",
        answers: &["yes", "partly", "no", "not_sure"],
    },
    Question {
        key: "again",
        answers: &["yes", "no", "not_sure"],
    },
];

/// The answer of whoever leaves a question out, or would rather not say.
pub const NONE: &str = "none";

/// Answers wait until this many people have given theirs, and are then counted together.
pub const BATCH: usize = 5;

/// Numbers below this one are hidden.
pub const THRESHOLD: u64 = 5;

/// What one person answered: question and answer. It never prints.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet(BTreeMap<String, String>);

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sheet")
    }
}

/// Why a sheet was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// This question has no such answer.
    #[error("{0} has no such answer")]
    Unknown(&'static str),
    /// Nothing was answered.
    #[error("nothing was answered")]
    Empty,
}

impl Sheet {
    /// Reads what a form sent. Whatever is left out counts as [`NONE`].
    ///
    /// # Errors
    /// [`SheetError`].
    pub fn read<'a>(answer_to: impl Fn(&str) -> &'a str) -> Result<Self, SheetError> {
        let mut sheet = BTreeMap::new();
        for question in QUESTIONS {
            let answer = match answer_to(question.key) {
                "" | NONE => NONE,
                answer => question
                    .answers
                    .iter()
                    .find(|known| **known == answer)
                    .ok_or(SheetError::Unknown(question.key))?,
            };
            sheet.insert(question.key.to_owned(), answer.to_owned());
        }
        if sheet.values().all(|answer| answer == NONE) {
            return Err(SheetError::Empty);
        }
        Ok(Self(sheet))
    }
}

/// Counts by question and answer.
pub type Counts = BTreeMap<(String, String), u64>;

/// Adds sheets up. Only questions and answers that are known are counted.
pub fn add_up(sheets: &[Sheet]) -> Counts {
    let mut counts = Counts::new();
    for sheet in sheets {
        for question in QUESTIONS {
            let answer = sheet
                .0
                .get(question.key)
                .filter(|answer| question.answers.contains(&answer.as_str()))
                .map_or(NONE, String::as_str);
            *counts
                .entry((question.key.to_owned(), answer.to_owned()))
                .or_default() += 1;
        }
    }
    counts
}

/// A number as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// So many.
    Number(u64),
    /// Hidden, because it or another is small.
    Hidden,
}

/// The numbers of one question, for each of its answers and for [`NONE`].
///
/// What is below [`THRESHOLD`] is hidden. As the number of people is known, so is the sum of what is hidden: while one
/// number alone is hidden, or fewer than [`THRESHOLD`] people are in all that are, the next smallest is hidden too.
pub fn shown(question: Question, counts: &Counts) -> Vec<(&'static str, Shown)> {
    let numbers: Vec<(&'static str, u64)> = question
        .answers
        .iter()
        .copied()
        .chain([NONE])
        .map(|answer| {
            let key = (question.key.to_owned(), answer.to_owned());
            (answer, counts.get(&key).copied().unwrap_or_default())
        })
        .collect();
    let mut hidden: Vec<&'static str> = numbers
        .iter()
        .filter(|(_, number)| *number < THRESHOLD)
        .map(|(answer, _)| *answer)
        .collect();
    loop {
        let sum: u64 = numbers
            .iter()
            .filter(|(answer, _)| hidden.contains(answer))
            .map(|(_, number)| number)
            .sum();
        let tells = !hidden.is_empty() && sum > 0 && (hidden.len() == 1 || sum < THRESHOLD);
        let next = numbers
            .iter()
            .filter(|(answer, _)| !hidden.contains(answer))
            .min_by_key(|(_, number)| *number);
        match next {
            Some((answer, _)) if tells => hidden.push(*answer),
            _ => break,
        }
    }
    numbers
        .into_iter()
        .map(|(answer, number)| {
            let shown = if hidden.contains(&answer) {
                Shown::Hidden
            } else {
                Shown::Number(number)
            };
            (answer, shown)
        })
        .collect()
}

/// The quarter of a day, such as `2026-4`.
pub fn quarter(on: Date) -> String {
    format!("{}-{}", on.year(), (on.month() - 1) / 3 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(numbers: &[(&str, u64)]) -> Counts {
        numbers
            .iter()
            .map(|(answer, number)| (("safer".to_owned(), (*answer).to_owned()), *number))
            .collect()
    }

    fn safer(numbers: &[(&str, u64)]) -> Vec<Shown> {
        shown(QUESTIONS[1], &counts(numbers))
            .into_iter()
            .map(|(_, shown)| shown)
            .collect()
    }

    #[test]
    fn a_sheet_needs_one_answer_and_takes_no_other_than_its_own() {
        let read = |safer: &'static str, again: &'static str| {
            Sheet::read(|key| match key {
                "safer" => safer,
                "again" => again,
                _ => "",
            })
        };
        assert_eq!(read("", ""), Err(SheetError::Empty));
        assert_eq!(read("none", ""), Err(SheetError::Empty));
        assert_eq!(read("yes", "maybe"), Err(SheetError::Unknown("again")));
        let sheet = read("yes", "").unwrap();
        assert_eq!(format!("{sheet:?}"), "Sheet");
        let sums = add_up(&[sheet.clone(), sheet, read("no", "no").unwrap()]);
        let number = |question: &str, answer: &str| sums.get(&(question.to_owned(), answer.to_owned()));
        assert_eq!(number("safer", "yes"), Some(&2));
        assert_eq!(number("again", NONE), Some(&2));
        assert_eq!(number("reached", NONE), Some(&3));
    }

    #[test]
    fn what_is_small_is_hidden_and_cannot_be_worked_out_from_the_rest() {
        use Shown::{Hidden, Number};
        // Two are hidden, and seven people are in them.
        assert_eq!(
            safer(&[("yes", 8), ("partly", 3), ("no", 4)]),
            [Number(8), Hidden, Hidden, Hidden, Hidden]
        );
        // Three people would be in what is hidden: the next goes too.
        assert_eq!(
            safer(&[("yes", 6), ("partly", 6), ("no", 3)]),
            [Hidden, Number(6), Hidden, Hidden, Hidden]
        );
        // One alone would be all that is missing.
        let full = [("yes", 9), ("partly", 6), ("no", 5), ("not_sure", 7), (NONE, 3)];
        assert_eq!(safer(&full), [Number(9), Number(6), Hidden, Number(7), Hidden]);
        // Nobody is in what is hidden: everybody said the same, or one of two things.
        assert_eq!(
            safer(&[("yes", 10)]),
            [Number(10), Hidden, Hidden, Hidden, Hidden]
        );
        assert!(
            safer(&[("yes", 2), ("no", 3)])
                .iter()
                .all(|shown| *shown == Hidden)
        );
    }

    /// Whatever people answer: the hidden numbers of a question hold at least five people or nobody, and never one
    /// number alone that is not zero.
    #[test]
    fn no_table_of_up_to_fifteen_people_tells_of_fewer_than_five() {
        for people in [5u64, 10, 15] {
            for yes in 0..=people {
                for partly in 0..=people - yes {
                    for no in 0..=people - yes - partly {
                        let rest = people - yes - partly - no;
                        let numbers = [("yes", yes), ("partly", partly), ("no", no), (NONE, rest)];
                        let all = [yes, partly, no, 0, rest];
                        let hidden: Vec<u64> = safer(&numbers)
                            .iter()
                            .zip(all)
                            .filter(|(shown, _)| **shown == Shown::Hidden)
                            .map(|(_, number)| number)
                            .collect();
                        let sum: u64 = hidden.iter().sum();
                        assert!(sum == 0 || (sum >= THRESHOLD && hidden.len() > 1), "{all:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_quarter_has_three_months() {
        for (day, is) in [
            ("2026-01-01", "2026-1"),
            ("2026-03-31", "2026-1"),
            ("2026-04-01", "2026-2"),
            ("2026-12-31", "2026-4"),
        ] {
            assert_eq!(quarter(day.parse().unwrap()), is);
        }
    }
}

//! What people said at the end: sums by quarter, from which nobody can be read off (decision 0029).

use std::collections::BTreeMap;

use safehold_core::{
    access::{Area, may_enter},
    feedback::{self, Counts, QUESTIONS, Question, Shown},
};
use safehold_store::ends;

use super::{DeskError, Reader};
use crate::{App, follow::PEOPLE};

/// A quarter that is over.
pub struct Quarter {
    /// Its year.
    pub year: i16,
    /// Its number, 1 to 4.
    pub number: i8,
    /// How many people answered.
    pub people: u64,
    /// Of each question, how many gave which answer.
    pub questions: Vec<(Question, Vec<(&'static str, Shown)>)>,
}

/// The quarters that are over and in which enough people were counted, the latest first. A quarter is shown once it is
/// over, so that what is shown never changes and no two looks at it can be compared.
///
/// # Errors
/// [`DeskError::Role`] for a role that does not see numbers.
pub async fn ended(app: &App, reader: &Reader) -> Result<Vec<Quarter>, DeskError> {
    if !may_enter(reader.role, Area::Statistics) {
        return Err(DeskError::Role);
    }
    let today = app.rules().hours.day_of(app.now());
    let mut conn = app.store().read().await?;
    let sums = ends::list_before(&mut conn, &feedback::quarter(today)).await?;
    drop(conn);
    let mut quarters: BTreeMap<String, (u64, Counts)> = BTreeMap::new();
    for sum in sums {
        let number = u64::try_from(sum.number).unwrap_or_default();
        let (people, counts) = quarters.entry(sum.quarter).or_default();
        if sum.question == PEOPLE {
            *people = number;
        } else {
            counts.insert((sum.question, sum.answer), number);
        }
    }
    Ok(quarters
        .into_iter()
        .rev()
        .filter_map(|(name, (people, counts))| {
            let (year, number) = name.split_once('-')?;
            Some(Quarter {
                year: year.parse().ok()?,
                number: number.parse().ok()?,
                people,
                questions: QUESTIONS
                    .into_iter()
                    .map(|question| (question, feedback::shown(question, &counts)))
                    .collect(),
            })
        })
        .filter(|quarter| quarter.people >= feedback::THRESHOLD)
        .collect())
}

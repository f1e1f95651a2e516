//! Bank holidays of England and Wales, Scotland and Northern Ireland: on them a working day does not pass.
//!
//! The dates are the official ones of GOV.UK (<https://www.gov.uk/bank-holidays.json>), which are Crown copyright
//! under the Open Government Licence v3.0. The built-in copy is the list that the Ministry of Justice keeps in its
//! package `govuk-bank-holidays`, version 0.19 of February 2026, from 2026 on. An organisation can put a newer file
//! of the same shape in its place. How far a list reaches is asked of the list itself, so nobody has to remember it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use serde::Deserialize;

/// The name of the built-in list, for messages.
pub const BUILT_IN_NAME: &str = "content/bank-holidays.json";

/// The source of the built-in list.
pub const BUILT_IN_SOURCE: &str = include_str!("../content/bank-holidays.json");

/// A part of the United Kingdom with bank holidays of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Division {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

impl Division {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::EnglandAndWales, Self::Scotland, Self::NorthernIreland];

    /// Its name in the official list and in settings.
    pub fn key(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england-and-wales",
            Self::Scotland => "scotland",
            Self::NorthernIreland => "northern-ireland",
        }
    }
}

/// Why a list of bank holidays was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HolidaysError {
    /// Not JSON of the official shape; the message names line and field.
    #[error("{file}: {fault}")]
    Shape {
        /// The file.
        file: String,
        /// What is wrong, and where.
        fault: String,
    },
    /// A day that is none.
    #[error("{file}: {division}.events[{number}].date: `{found}` is not a date like 2026-12-25")]
    NotADate {
        /// The file.
        file: String,
        /// The part of the list.
        division: &'static str,
        /// Which event, counted from one.
        number: usize,
        /// What stands there.
        found: String,
    },
    /// A part without a single day: more likely a broken file than a year without holidays.
    #[error("{file}: {division}.events: there is not one day")]
    Empty {
        /// The file.
        file: String,
        /// The part of the list.
        division: &'static str,
    },
}

/// The days, by part of the United Kingdom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankHolidays(BTreeMap<Division, BTreeSet<Date>>);

/// The official shape. What else stands in it (names, notes, bunting) is left alone.
#[derive(Deserialize)]
struct Part {
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    date: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    england_and_wales: Part,
    scotland: Part,
    northern_ireland: Part,
}

impl BankHolidays {
    /// Reads a list in the official shape.
    ///
    /// # Errors
    /// [`HolidaysError`] with file, place and what is wrong.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, HolidaysError> {
        let file: File = serde_json::from_str(text).map_err(|error| HolidaysError::Shape {
            file: file_name.to_owned(),
            fault: error.to_string(),
        })?;
        let parts = [
            (Division::EnglandAndWales, file.england_and_wales),
            (Division::Scotland, file.scotland),
            (Division::NorthernIreland, file.northern_ireland),
        ];
        let mut days = BTreeMap::new();
        for (division, part) in parts {
            days.insert(division, read(file_name, division, &part)?);
        }
        Ok(Self(days))
    }

    /// The list that comes with the program.
    ///
    /// # Errors
    /// Never, as a test shows.
    pub fn built_in() -> Result<Self, HolidaysError> {
        Self::parse(BUILT_IN_NAME, BUILT_IN_SOURCE)
    }

    /// The holidays of one part.
    pub fn of(&self, division: Division) -> BTreeSet<Date> {
        self.0.get(&division).cloned().unwrap_or_default()
    }

    /// The days that are holidays everywhere. Where it is not known which part counts, only these are left out, so
    /// that a deadline comes too soon rather than too late.
    pub fn everywhere(&self) -> BTreeSet<Date> {
        let mut parts = self.0.values();
        let first = parts.next().cloned().unwrap_or_default();
        parts.fold(first, |common, part| common.intersection(part).copied().collect())
    }

    /// The last day for which the list can be relied on. It comes a whole year at a time.
    pub fn covers_until(&self) -> Date {
        let last = self
            .0
            .values()
            .filter_map(|days| days.last())
            .map(|day| day.year());
        date(last.min().unwrap_or(1), 12, 31)
    }
}

fn read(file: &str, division: Division, part: &Part) -> Result<BTreeSet<Date>, HolidaysError> {
    let mut days = BTreeSet::new();
    for (place, event) in part.events.iter().enumerate() {
        let day = event.date.parse().map_err(|_| HolidaysError::NotADate {
            file: file.to_owned(),
            division: division.key(),
            number: place + 1,
            found: event.date.clone(),
        })?;
        days.insert(day);
    }
    if days.is_empty() {
        return Err(HolidaysError::Empty {
            file: file.to_owned(),
            division: division.key(),
        });
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_tells_the_four_nations_apart_and_how_far_it_reaches() {
        let holidays = BankHolidays::built_in().unwrap();
        let boxing_day = date(2026, 12, 28);
        let only = [
            (Division::EnglandAndWales, date(2027, 3, 29), false),
            (Division::Scotland, date(2026, 11, 30), true),
            (Division::NorthernIreland, date(2026, 7, 13), true),
        ];
        for (division, day, alone) in only {
            let days = holidays.of(division);
            assert!(days.contains(&day) && days.contains(&boxing_day), "{division:?}");
            let others = Division::ALL.iter().filter(|other| **other != division);
            let elsewhere = others.filter(|other| holidays.of(**other).contains(&day)).count();
            assert_eq!(elsewhere == 0, alone, "{division:?}");
            assert!(!holidays.everywhere().contains(&day), "{division:?}");
        }
        assert!(holidays.everywhere().contains(&boxing_day));
        assert_eq!(holidays.covers_until(), date(2028, 12, 31));
    }

    #[test]
    fn a_list_that_ends_earlier_in_one_part_reaches_only_so_far() {
        let source = BUILT_IN_SOURCE.replace("2028-", "2027-");
        let (before, after) = source.split_once("northern-ireland").unwrap();
        let mixed = format!("{before}northern-ireland{}", after.replace("2027-", "2026-"));
        let holidays = BankHolidays::parse("x.json", &mixed).unwrap();
        assert_eq!(holidays.covers_until(), date(2026, 12, 31));
    }

    #[test]
    fn faults_name_the_file_and_the_place() {
        let part = |days: &str| format!("{{\"division\": \"x\", \"events\": [{days}]}}");
        let file = |ni: &str| {
            let fine = part("{\"date\": \"2026-12-25\"}");
            format!("{{\"england-and-wales\": {fine}, \"scotland\": {fine}, \"northern-ireland\": {ni}}}")
        };
        let told = |text: &str| BankHolidays::parse("my.json", text).unwrap_err().to_string();
        assert_eq!(
            told(&file(&part(
                "{\"date\": \"2026-12-25\"}, {\"date\": \"Christmas\"}"
            ))),
            "my.json: northern-ireland.events[2].date: `Christmas` is not a date like 2026-12-25"
        );
        assert_eq!(
            told(&file(&part(""))),
            "my.json: northern-ireland.events: there is not one day"
        );
        assert!(told("{}").starts_with("my.json: missing field `england-and-wales` at line 1"));
        assert!(told("{\"england-and-wales\": 3}").contains("line 1"));
    }
}

//! By when a body is to be told.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::{
    case::keyed,
    deadline::{Working, WorkingHours},
    holidays::{BankHolidays, Division},
};

use super::{Nation, Place};

/// A time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// At once.
    AtOnce,
    /// Until the working day ends; if none is under way, until the next ends.
    SameDay,
    /// Hours by the clock, at night and at weekends too.
    Hours(u32),
    /// Days by the calendar, until the last of them ends.
    Days(u32),
    /// Working days of where the person is, until the last of them ends.
    WorkingDays(u32),
    /// There is no clock, until a lead sets a day.
    None,
}

keyed! {
    /// Where a time limit comes from.
    LimitFrom {
        /// A law.
        Law = "law",
        /// Published guidance.
        Guidance = "guidance",
        /// What safeguarding people usually do.
        Practice = "practice",
    }
}

/// The most that a file may give, of any unit: more is a mistake.
const MOST: u32 = 400;

impl Limit {
    /// Reads `at once`, `same day`, `none`, `72 hours`, `10 days` or `5 working days`.
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "at once" => return Some(Self::AtOnce),
            "same day" => return Some(Self::SameDay),
            "none" => return Some(Self::None),
            _ => {}
        }
        let (number, unit) = text.split_once(' ')?;
        let number = number.parse().ok().filter(|number| (1..=MOST).contains(number))?;
        match unit {
            "hours" => Some(Self::Hours(number)),
            "days" => Some(Self::Days(number)),
            "working days" => Some(Self::WorkingDays(number)),
            _ => None,
        }
    }

    /// When it is up, counted from `start`. Nothing where there is no clock.
    pub fn due(
        self,
        start: Timestamp,
        team: &WorkingHours,
        place: Option<Place>,
        holidays: &BankHolidays,
    ) -> Option<Timestamp> {
        let hours = || team.with_holidays(&days_off(place, holidays));
        match self {
            Self::None => None,
            Self::AtOnce => Some(start),
            Self::SameDay => Some(hours().after(start, Working::Days(0))),
            Self::Hours(number) => start
                .checked_add(SignedDuration::from_hours(i64::from(number)))
                .ok(),
            Self::Days(number) => {
                let last = team.day_of(start).checked_add(i64::from(number).days()).ok()?;
                team.end_of(last)
            }
            Self::WorkingDays(number) => Some(hours().after(start, Working::Days(number))),
        }
    }
}

/// The bank holidays that count for somebody who is there.
fn days_off(place: Option<Place>, holidays: &BankHolidays) -> BTreeSet<jiff::civil::Date> {
    match place.and_then(Place::nation) {
        Some(Nation::England | Nation::Wales) => holidays.of(Division::EnglandAndWales),
        Some(Nation::Scotland) => holidays.of(Division::Scotland),
        Some(Nation::NorthernIreland) => holidays.of(Division::NorthernIreland),
        None => holidays.everywhere(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn due(limit: &str, start: &str, place: Option<Place>) -> String {
        let team = WorkingHours::office(TimeZone::get("Europe/London").unwrap());
        let limit = Limit::read(limit).unwrap();
        let start = start.parse().unwrap();
        limit
            .due(start, &team, place, &BankHolidays::built_in().unwrap())
            .map_or_else(|| "never".to_owned(), |at| at.to_string())
    }

    #[test]
    fn each_kind_of_clock_runs_as_it_should() {
        let friday = "2026-11-27T16:30:00Z";
        let cases = [
            ("at once", friday, "2026-11-27T16:30:00Z"),
            ("same day", friday, "2026-11-27T17:00:00Z"),
            ("72 hours", friday, "2026-11-30T16:30:00Z"),
            ("10 days", friday, "2026-12-08T00:00:00Z"),
            ("1 working days", friday, "2026-11-30T17:00:00Z"),
            // A saturday counts from the next working morning.
            ("same day", "2026-11-28T12:00:00Z", "2026-11-30T17:00:00Z"),
            // Over the end of summer time a day stays a day, and an hour an hour.
            ("1 days", "2026-10-24T12:00:00Z", "2026-10-26T00:00:00Z"),
            ("24 hours", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"),
            ("none", friday, "never"),
        ];
        for (limit, start, wanted) in cases {
            assert_eq!(
                due(limit, start, Some(Place::England)),
                wanted,
                "{limit} from {start}"
            );
        }
    }

    #[test]
    fn bank_holidays_are_those_of_where_the_person_is() {
        // Friday before St Andrew's Day 2026, and before Easter Monday 2027.
        let andrew = "2026-11-27T10:00:00Z";
        let easter = "2027-03-25T10:00:00Z";
        let boyne = "2026-07-10T10:00:00Z";
        let cases = [
            (andrew, Place::England, "2026-11-30T17:00:00Z"),
            (andrew, Place::Scotland, "2026-12-01T17:00:00Z"),
            (easter, Place::Wales, "2027-03-30T16:00:00Z"),
            (easter, Place::Scotland, "2027-03-29T16:00:00Z"),
            (easter, Place::NorthernIreland, "2027-03-30T16:00:00Z"),
            (boyne, Place::NorthernIreland, "2026-07-14T16:00:00Z"),
            (boyne, Place::England, "2026-07-13T16:00:00Z"),
            // Not known, or abroad: rather too soon.
            (easter, Place::NotSure, "2027-03-29T16:00:00Z"),
            (andrew, Place::Elsewhere, "2026-11-30T17:00:00Z"),
        ];
        for (start, place, wanted) in cases {
            assert_eq!(
                due("1 working days", start, Some(place)),
                wanted,
                "{place:?} {start}"
            );
        }
        assert_eq!(due("1 working days", andrew, None), "2026-11-30T17:00:00Z");
    }

    #[test]
    fn what_is_no_limit_is_refused() {
        for text in [
            "",
            "soon",
            "0 days",
            "401 days",
            "3 weeks",
            "-1 hours",
            "working days",
            "3  hours",
        ] {
            assert_eq!(Limit::read(text), None, "{text}");
        }
    }
}

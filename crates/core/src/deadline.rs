//! Working time: when a target is due (domain reference 6.2).

use std::collections::BTreeSet;

use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

use crate::case::Level;

/// When the team works. Outside these hours a target waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingHours {
    /// The zone in which the hours are meant.
    pub zone: TimeZone,
    /// The days of the week on which somebody works.
    pub days: Vec<Weekday>,
    /// When a working day starts.
    pub from: Time,
    /// When it ends; later than `from`.
    pub until: Time,
    /// Days without work, such as bank holidays.
    pub holidays: BTreeSet<Date>,
}

/// An amount of working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Working {
    /// At once: the clock runs at night and at weekends too.
    Now,
    /// Hours within working hours.
    Hours(u32),
    /// Whole working days, ending when the last of them ends.
    Days(u32),
}

/// The targets of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    /// Until somebody has opened the report.
    pub opened: Working,
    /// Until the reporter hears from a person.
    pub contact: Working,
    /// Until a decision is recorded. Good practice needs none.
    pub decision: Option<Working>,
}

impl Targets {
    /// The targets that domain reference 6.2 proposes.
    pub fn proposed(level: Level) -> Self {
        let (opened, contact, decision) = match level {
            Level::Immediate => (Working::Now, Working::Hours(1), Some(Working::Days(0))),
            Level::High => (Working::Hours(4), Working::Days(1), Some(Working::Days(2))),
            Level::Medium => (Working::Days(1), Working::Days(2), Some(Working::Days(5))),
            Level::Low => (Working::Days(2), Working::Days(5), Some(Working::Days(10))),
            Level::GoodPractice => (Working::Days(5), Working::Days(10), None),
            Level::Advice => (Working::Days(1), Working::Days(1), Some(Working::Days(5))),
        };
        Self {
            opened,
            contact,
            decision,
        }
    }
}

/// How far a search for a working day goes before it gives up: two years without one is a mistake in the settings.
const MOST_DAYS: u32 = 731;

impl WorkingHours {
    /// Monday to Friday, nine to five, in this zone, without holidays.
    pub fn office(zone: TimeZone) -> Self {
        use Weekday as W;
        Self {
            zone,
            days: vec![W::Monday, W::Tuesday, W::Wednesday, W::Thursday, W::Friday],
            from: Time::constant(9, 0, 0, 0),
            until: Time::constant(17, 0, 0, 0),
            holidays: BTreeSet::new(),
        }
    }

    /// Whether somebody works on this day.
    pub fn is_working_day(&self, day: Date) -> bool {
        self.days.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The day that it is in the team's zone.
    pub fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// When an amount of working time has passed since `start`.
    ///
    /// With settings that have no working day in two years, the answer is two years later at most.
    pub fn after(&self, start: Timestamp, amount: Working) -> Timestamp {
        match amount {
            Working::Now => start,
            Working::Hours(hours) => self.after_hours(start, SignedDuration::from_hours(i64::from(hours))),
            Working::Days(days) => self.after_days(start, days),
        }
    }

    /// The same hours with further days without work.
    #[must_use]
    pub fn with_holidays(&self, more: &BTreeSet<Date>) -> Self {
        let mut hours = self.clone();
        hours.holidays.extend(more);
        hours
    }

    /// When a day has ended by the calendar.
    pub fn end_of(&self, day: Date) -> Option<Timestamp> {
        self.at(day.tomorrow().ok()?, Time::midnight())
    }

    fn at(&self, day: Date, time: Time) -> Option<Timestamp> {
        day.to_datetime(time)
            .to_zoned(self.zone.clone())
            .ok()
            .map(|zoned| zoned.timestamp())
    }

    fn after_hours(&self, start: Timestamp, mut left: SignedDuration) -> Timestamp {
        let mut now: Zoned = start.to_zoned(self.zone.clone());
        for _ in 0..MOST_DAYS {
            let day = now.date();
            if self.is_working_day(day)
                && let (Some(opens), Some(shuts)) = (self.at(day, self.from), self.at(day, self.until))
            {
                let from = now.timestamp().max(opens);
                let room = shuts.duration_since(from);
                if left <= room {
                    return from.checked_add(left).unwrap_or(from);
                }
                left = left.checked_sub(room.max(SignedDuration::ZERO)).unwrap_or(left);
            }
            let Some(next) = day
                .tomorrow()
                .ok()
                .and_then(|day| day.to_zoned(self.zone.clone()).ok())
            else {
                break;
            };
            now = next;
        }
        now.timestamp()
    }

    fn after_days(&self, start: Timestamp, days: u32) -> Timestamp {
        let zoned = start.to_zoned(self.zone.clone());
        let mut day = zoned.date();
        // What comes in the evening or at a weekend counts from the next working morning.
        if zoned.time() >= self.until {
            day = day.tomorrow().unwrap_or(day);
        }
        let mut left = days;
        for _ in 0..MOST_DAYS {
            if self.is_working_day(day) {
                if left == 0 {
                    break;
                }
                left -= 1;
            }
            day = day.tomorrow().unwrap_or(day);
        }
        self.at(day, self.until).unwrap_or(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn london() -> WorkingHours {
        let mut hours = WorkingHours::office(TimeZone::get("Europe/London").unwrap());
        hours.holidays.insert(jiff::civil::date(2026, 12, 25));
        hours.holidays.insert(jiff::civil::date(2026, 12, 28));
        hours
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn hours_pass_only_while_somebody_works() {
        let cases = [
            ("2026-11-24T10:00:00Z", 4, "2026-11-24T14:00:00Z"),
            ("2026-11-24T15:00:00Z", 4, "2026-11-25T11:00:00Z"),
            ("2026-11-27T16:30:00Z", 1, "2026-11-30T09:30:00Z"),
            ("2026-11-28T03:00:00Z", 1, "2026-11-30T10:00:00Z"),
            ("2026-12-24T16:00:00Z", 2, "2026-12-29T10:00:00Z"),
            // In summer the working day starts at eight, UTC.
            ("2026-07-01T05:00:00Z", 1, "2026-07-01T09:00:00Z"),
            ("2026-11-24T03:00:00Z", 20, "2026-11-26T13:00:00Z"),
        ];
        for (start, hours, due) in cases {
            assert_eq!(
                london().after(at(start), Working::Hours(hours)),
                at(due),
                "{start} + {hours}"
            );
        }
    }

    #[test]
    fn days_end_when_the_working_day_ends() {
        let cases = [
            ("2026-11-24T10:00:00Z", 0, "2026-11-24T17:00:00Z"),
            ("2026-11-24T10:00:00Z", 1, "2026-11-25T17:00:00Z"),
            ("2026-11-24T18:00:00Z", 0, "2026-11-25T17:00:00Z"),
            ("2026-11-27T10:00:00Z", 1, "2026-11-30T17:00:00Z"),
            ("2026-11-28T10:00:00Z", 1, "2026-12-01T17:00:00Z"),
            ("2026-12-24T10:00:00Z", 1, "2026-12-29T17:00:00Z"),
        ];
        for (start, days, due) in cases {
            assert_eq!(
                london().after(at(start), Working::Days(days)),
                at(due),
                "{start} + {days}"
            );
        }
    }

    #[test]
    fn settings_without_a_working_day_still_give_an_answer() {
        let hours = WorkingHours {
            days: Vec::new(),
            ..london()
        };
        let start = at("2026-11-24T10:00:00Z");
        assert!(hours.after(start, Working::Days(1)) > start);
        assert!(hours.after(start, Working::Hours(1)) > start);
        assert_eq!(hours.after(start, Working::Now), start);
    }
}

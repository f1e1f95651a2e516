//! The days of a request: one month, two more if that is told in time, and no day that the person was waited for
//! (UK GDPR Article 12A, in force since 5 February 2026; before it, Article 12(3) and the ICO's guidance).

use std::collections::BTreeSet;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

/// What is awaited from the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// Who they are. The month begins when that is shown.
    Identity,
    /// What they mean. The days until then don't count.
    Clarity,
}

/// The days of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// When it came.
    pub received_on: Date,
    /// The day from which the month counts.
    pub from: Date,
    /// How many days don't count.
    pub paused_days: i32,
    /// Whether it has two months more.
    pub is_extended: bool,
    /// The last day of the first month: until then the person can be told of more time.
    pub first_on: Date,
    /// The day by which it is answered.
    pub due_on: Date,
}

impl Clock {
    /// The clock of a request that came on a day. `holidays` are those on which no working day passes.
    pub(super) fn begin(received_on: Date, holidays: &BTreeSet<Date>) -> Self {
        let mut clock = Self {
            received_on,
            from: received_on,
            paused_days: 0,
            is_extended: false,
            first_on: received_on,
            due_on: received_on,
        };
        clock.count(holidays);
        clock
    }

    /// Something was awaited from the person, from a day until another.
    pub(super) fn paused(&mut self, what: Pause, from: Date, until: Date, holidays: &BTreeSet<Date>) {
        match what {
            Pause::Identity => self.from = self.from.max(until),
            // Both days belong to it: that of asking, and that of the answer.
            Pause::Clarity => {
                let from = from.max(self.from);
                if let Ok(days) = from.until(until)
                    && from <= until
                {
                    self.paused_days = self.paused_days.saturating_add(days.get_days()).saturating_add(1);
                }
            }
        }
        self.count(holidays);
    }

    /// Two months more.
    pub(super) fn extend(&mut self, holidays: &BTreeSet<Date>) {
        self.is_extended = true;
        self.count(holidays);
    }

    fn count(&mut self, holidays: &BTreeSet<Date>) {
        self.first_on = self.after(1, holidays);
        self.due_on = self.after(if self.is_extended { 3 } else { 1 }, holidays);
    }

    /// The corresponding day so many months later (the last of a month that has no such day), moved by the days that
    /// don't count, and on to a working day.
    fn after(&self, months: i32, holidays: &BTreeSet<Date>) -> Date {
        let end = self.from.saturating_add(months.months());
        working_day(end.saturating_add(self.paused_days.days()), holidays)
    }
}

/// This day, or the next one that is neither at a weekend nor a holiday.
fn working_day(mut day: Date, holidays: &BTreeSet<Date>) -> Date {
    // No list of holidays has so many in a row.
    for _ in 0..30 {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !is_weekend && !holidays.contains(&day) {
            break;
        }
        day = day.saturating_add(1.day());
    }
    day
}

/// How many days before it is due the readers of a request are reminded.
const DAYS_BEFORE: [i32; 4] = [14, 7, 2, 0];

/// The next day after `today` on which the readers of a request are reminded: at some days before it is due, on the day
/// itself, and then each week.
pub fn reminder_after(today: Date, due_on: Date) -> Date {
    DAYS_BEFORE
        .into_iter()
        .map(|days| due_on.saturating_sub(days.days()))
        .find(|day| *day > today)
        .unwrap_or_else(|| today.saturating_add(7.days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::holidays::BankHolidays;

    fn holidays() -> BTreeSet<Date> {
        BankHolidays::built_in().unwrap().everywhere()
    }

    fn due(received_on: Date) -> Date {
        Clock::begin(received_on, &holidays()).due_on
    }

    #[test]
    fn a_month_ends_on_the_same_day_of_the_next_or_its_last_and_on_a_working_day() {
        for (received, wanted) in [
            // The example of the ICO, in another year: 3 September to 3 October, a Saturday in 2026.
            (date(2026, 9, 3), date(2026, 10, 5)),
            (date(2026, 9, 1), date(2026, 10, 1)),
            (date(2027, 1, 31), date(2027, 3, 1)),
            (date(2028, 1, 31), date(2028, 2, 29)),
            (date(2026, 3, 31), date(2026, 4, 30)),
            // Christmas Day is a Friday, Boxing Day is kept on the Monday.
            (date(2026, 11, 25), date(2026, 12, 29)),
        ] {
            assert_eq!(due(received), wanted, "{received}");
        }
    }

    #[test]
    fn two_months_more_count_from_the_same_day() {
        let mut clock = Clock::begin(date(2026, 9, 3), &holidays());
        clock.extend(&holidays());
        // 3 December 2026 is a Thursday; what the first month ended on does not count.
        assert_eq!(
            (clock.first_on, clock.due_on),
            (date(2026, 10, 5), date(2026, 12, 3))
        );
    }

    #[test]
    fn the_month_begins_when_the_person_showed_who_they_are() {
        let mut clock = Clock::begin(date(2026, 9, 3), &holidays());
        clock.paused(Pause::Identity, date(2026, 9, 4), date(2026, 9, 14), &holidays());
        assert_eq!(
            (clock.from, clock.due_on),
            (date(2026, 9, 14), date(2026, 10, 14))
        );
    }

    #[test]
    fn the_days_from_asking_what_they_mean_to_the_answer_do_not_count() {
        let mut clock = Clock::begin(date(2026, 9, 1), &holidays());
        clock.paused(Pause::Clarity, date(2026, 9, 7), date(2026, 9, 7), &holidays());
        assert_eq!((clock.paused_days, clock.due_on), (1, date(2026, 10, 2)));
        clock.paused(Pause::Clarity, date(2026, 9, 10), date(2026, 9, 14), &holidays());
        // 1 October and six days: 7 October, a Wednesday.
        assert_eq!((clock.paused_days, clock.due_on), (6, date(2026, 10, 7)));
        // An answer before the question is a slip, and changes nothing.
        clock.paused(Pause::Clarity, date(2026, 9, 20), date(2026, 9, 18), &holidays());
        assert_eq!(clock.paused_days, 6);
    }

    #[test]
    fn reminders_come_before_it_is_due_on_the_day_and_each_week_after() {
        let due = date(2026, 10, 5);
        let mut day = date(2026, 9, 3);
        let mut days = Vec::new();
        for _ in 0..6 {
            day = reminder_after(day, due);
            days.push(day);
        }
        let wanted = [
            date(2026, 9, 21),
            date(2026, 9, 28),
            date(2026, 10, 3),
            date(2026, 10, 5),
            date(2026, 10, 12),
            date(2026, 10, 19),
        ];
        assert_eq!(days, wanted);
    }

    proptest::proptest! {
        #[test]
        fn it_is_never_due_before_a_month_of_days_that_count(day in 0i32..800, months in 0i32..2, pause in 0i32..90) {
            let received = date(2026, 1, 1).saturating_add(day.days());
            let mut clock = Clock::begin(received, &holidays());
            if months == 1 {
                clock.extend(&holidays());
            }
            clock.paused(Pause::Clarity, received, received.saturating_add(pause.days()), &holidays());
            proptest::prop_assert!(clock.due_on >= received.saturating_add(28.days()).saturating_add(pause.days()));
            proptest::prop_assert!(clock.first_on <= clock.due_on);
            proptest::prop_assert!(!matches!(clock.due_on.weekday(), Weekday::Saturday | Weekday::Sunday));
            proptest::prop_assert!(!holidays().contains(&clock.due_on));
        }
    }
}

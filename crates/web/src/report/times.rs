//! Days and hours in plain words.

use jiff::{Timestamp, tz::TimeZone};
use safehold_core::form::{RoughDate, Time};

use crate::layout::Page;

/// "3pm on 24 November 2026".
pub(crate) fn moment(page: &Page, zone: &TimeZone, at: Timestamp) -> String {
    let at = at.to_zoned(zone.clone());
    let hour = match at.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let clock = if at.minute() == 0 {
        hour.to_string()
    } else {
        format!("{hour}.{:02}", at.minute())
    };
    let half = if at.hour() < 12 {
        "report-time-am"
    } else {
        "report-time-pm"
    };
    page.format(
        "report-moment",
        &[
            ("time", page.with(half, "time", clock)),
            ("date", page.date(at.date())),
        ],
    )
}

/// The day alone.
pub(crate) fn day(page: &Page, zone: &TimeZone, at: Timestamp) -> String {
    page.date(at.to_zoned(zone.clone()).date())
}

fn rough(page: &Page, date: RoughDate) -> String {
    let year = date.year().to_string();
    let Some(month) = date.month() else { return year };
    let month_name = page.t(&format!("common-month-{month}"));
    match date.day() {
        Some(day) => page.format(
            "common-date",
            &[("day", day.to_string()), ("month", month_name), ("year", year)],
        ),
        None => page.format("report-month", &[("month", month_name), ("year", year)]),
    }
}

/// A time as a person gave it, one line for each part.
pub(crate) fn told(page: &Page, time: &Time) -> Vec<String> {
    let mut lines: Vec<String> = time.about.lines().map(str::to_owned).collect();
    match (time.from, time.until) {
        (Some(from), Some(until)) => lines.push(page.format(
            "report-from-until",
            &[("from", rough(page, from)), ("until", rough(page, until))],
        )),
        (Some(from), None) => lines.push(rough(page, from)),
        (None, Some(until)) => lines.push(page.with("report-until", "until", rough(page, until))),
        (None, None) => {}
    }
    lines
}

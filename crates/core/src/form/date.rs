//! Dates as people remember them: a year, a month of a year, or a day.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date as far as it is known. Written `2024`, `2024-05` or `2024-05-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoughDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// Not a date, even a rough one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct RoughDateError;

impl RoughDate {
    /// Makes a date of its parts: a month needs a year, a day needs a month, and the day must exist.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Result<Self, RoughDateError> {
        // Nobody alive tells of things before 1900: such a year is a slip.
        if !(1900..=2199).contains(&year) || (day.is_some() && month.is_none()) {
            return Err(RoughDateError);
        }
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| RoughDateError)?;
        Ok(Self { year, month, day })
    }

    /// Reads three small fields, any of them empty. A month may be a word ("March", "sept").
    pub(crate) fn read(day: &str, month: &str, year: &str) -> Result<Option<Self>, RoughDateError> {
        let (day, month, year) = (day.trim(), month.trim(), year.trim());
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Ok(None);
        }
        let number = |text: &str| text.parse::<i8>().map_err(|_| RoughDateError);
        let day = if day.is_empty() { None } else { Some(number(day)?) };
        let month = if month.is_empty() {
            None
        } else {
            Some(month_number(month).map_or_else(|| number(month), Ok)?)
        };
        let year = year.parse().map_err(|_| RoughDateError)?;
        Self::new(year, month, day).map(Some)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, if known.
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day, if known.
    pub fn day(self) -> Option<i8> {
        self.day
    }
}

fn month_number(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|month| word.starts_with(month))?;
    i8::try_from(place + 1).ok()
}

impl fmt::Display for RoughDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl FromStr for RoughDate {
    type Err = RoughDateError;

    fn from_str(text: &str) -> Result<Self, RoughDateError> {
        let mut parts = text.split('-');
        let year = parts
            .next()
            .unwrap_or_default()
            .parse()
            .map_err(|_| RoughDateError)?;
        let mut part = || {
            parts
                .next()
                .map(str::parse)
                .transpose()
                .map_err(|_| RoughDateError)
        };
        let (month, day) = (part()?, part()?);
        if parts.next().is_some() {
            return Err(RoughDateError);
        }
        Self::new(year, month, day)
    }
}

impl TryFrom<String> for RoughDate {
    type Error = RoughDateError;

    fn try_from(text: String) -> Result<Self, RoughDateError> {
        text.parse()
    }
}

impl From<RoughDate> for String {
    fn from(date: RoughDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_be_known_in_part() {
        let read = |day, month, year| {
            RoughDate::read(day, month, year).map(|date| date.map(|date| date.to_string()))
        };
        assert_eq!(read("", "", ""), Ok(None));
        assert_eq!(read("", "", "2024"), Ok(Some("2024".into())));
        assert_eq!(read("", "Sept", "2024"), Ok(Some("2024-09".into())));
        assert_eq!(read(" 29 ", "2", "2024"), Ok(Some("2024-02-29".into())));
        for (day, month, year) in [
            ("29", "2", "2023"),
            ("3", "", "2024"),
            ("3", "5", ""),
            ("3", "13", "2024"),
            ("x", "5", "2024"),
            ("1", "1", "24"),
            ("-1", "5", "2024"),
        ] {
            assert_eq!(
                read(day, month, year),
                Err(RoughDateError),
                "{day} {month} {year}"
            );
        }
    }

    #[test]
    fn a_date_reads_back_what_it_writes() {
        for text in ["2024", "2024-09", "2024-02-29"] {
            assert_eq!(
                text.parse::<RoughDate>().map(|date| date.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in ["", "2024-", "2024-13", "2024-02-30", "2024-02-03-04", "x"] {
            assert_eq!(text.parse::<RoughDate>(), Err(RoughDateError));
        }
    }
}

//! What an organisation decides about how Safehold works: hours, targets, limits and how long drafts are kept.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::{
    case::Level,
    deadline::{Targets, Working, WorkingHours},
    holidays::{BankHolidays, Division},
    retention::Schedule,
};

/// Settings as they are written in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The time zone of the team, by its IANA name.
    pub zone: String,
    /// Working days, `mon` to `sun`.
    pub working_days: Vec<String>,
    /// Start of the working day, `09:00`.
    pub works_from: Time,
    /// End of the working day, `17:00`.
    pub works_until: Time,
    /// Whose bank holidays are days without work: a [`Division`] by its key, or `none`.
    pub bank_holidays: String,
    /// Further days without work.
    pub holidays: BTreeSet<Date>,
    /// Target times that differ from the proposed ones, by level.
    pub targets: BTreeMap<String, TargetSetting>,
    /// How many days an unsent draft is kept after the last change (domain reference 7.4: 14 to 30).
    pub draft_days: u16,
    /// The most bytes of one attached file.
    pub file_bytes: u64,
    /// The most files with one report.
    pub files: u16,
    /// After how many minutes without use a desk signs out.
    pub desk_idle_minutes: u16,
    /// After how many hours a desk signs out in any case.
    pub desk_hours: u16,
}

/// Target times of a level, such as `4 hours` or `2 days` of working time, or `now`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetSetting {
    /// Until it is opened.
    pub opened: String,
    /// Until the reporter hears from a person.
    pub contact: String,
    /// Until a decision is recorded; empty where none is needed.
    pub decision: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            zone: "Europe/London".to_owned(),
            working_days: ["mon", "tue", "wed", "thu", "fri"].map(str::to_owned).to_vec(),
            works_from: Time::constant(9, 0, 0, 0),
            works_until: Time::constant(17, 0, 0, 0),
            bank_holidays: Division::EnglandAndWales.key().to_owned(),
            holidays: BTreeSet::new(),
            targets: BTreeMap::new(),
            draft_days: 14,
            file_bytes: 20 * 1024 * 1024,
            files: 10,
            desk_idle_minutes: 30,
            desk_hours: 12,
        }
    }
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` is {value}; allowed is {allowed}")]
pub struct SettingsError {
    /// The key, with the dots of the configuration file.
    pub key: String,
    /// What was given.
    pub value: String,
    /// What can be given.
    pub allowed: &'static str,
}

fn wrong(key: impl Into<String>, value: impl std::fmt::Display, allowed: &'static str) -> SettingsError {
    SettingsError {
        key: key.into(),
        value: value.to_string(),
        allowed,
    }
}

/// Settings that were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// When the team works. Bank holidays come in with [`Rules::keep`].
    pub hours: WorkingHours,
    bank_holidays: Option<Division>,
    targets: Vec<(Level, Targets)>,
    /// How many days an unsent draft is kept.
    pub draft_days: u16,
    /// The most bytes of one attached file.
    pub file_bytes: u64,
    /// The most files with one report.
    pub files: u16,
    /// Minutes without use until a desk signs out.
    pub desk_idle_minutes: u16,
    /// Hours until a desk signs out in any case.
    pub desk_hours: u16,
    /// How long closed cases are kept.
    pub retention: Schedule,
}

impl Rules {
    /// Takes the bank holidays that the team keeps out of its working days.
    pub fn keep(&mut self, holidays: &BankHolidays) {
        if let Some(division) = self.bank_holidays {
            self.hours = self.hours.with_holidays(&holidays.of(division));
        }
    }

    /// The targets of a level.
    pub fn targets(&self, level: Level) -> Targets {
        self.targets
            .iter()
            .find(|(of, _)| *of == level)
            .map_or_else(|| Targets::proposed(level), |(_, targets)| *targets)
    }
}

impl Settings {
    /// Checks the settings.
    ///
    /// # Errors
    /// The first setting that cannot be used, with its key, its value and what is allowed.
    pub fn check(&self) -> Result<Rules, SettingsError> {
        let zone = TimeZone::get(&self.zone)
            .map_err(|_| wrong("rules.zone", &self.zone, "a time zone name such as Europe/London"))?;
        let days = self
            .working_days
            .iter()
            .map(|day| weekday(day))
            .collect::<Result<Vec<_>, _>>()?;
        if days.is_empty() {
            // Every target would lie years away, and nobody would ever be reminded.
            return Err(wrong(
                "rules.working_days",
                "[]",
                "a list with at least one of mon, tue, wed, thu, fri, sat and sun",
            ));
        }
        if self.works_until <= self.works_from {
            return Err(wrong(
                "rules.works_until",
                self.works_until,
                "a time later than rules.works_from",
            ));
        }
        let bank_holidays = division(&self.bank_holidays)?;
        let mut targets = Vec::new();
        for (key, target) in &self.targets {
            let at = format!("rules.targets.{key}");
            let level = Level::from_key(key).ok_or_else(|| {
                wrong(
                    &at,
                    "not a level",
                    "immediate, high, medium, low, good_practice or advice",
                )
            })?;
            targets.push((
                level,
                Targets {
                    opened: working(format!("{at}.opened"), &target.opened)?,
                    contact: working(format!("{at}.contact"), &target.contact)?,
                    decision: match target.decision.as_str() {
                        "" => None,
                        text => Some(working(format!("{at}.decision"), text)?),
                    },
                },
            ));
        }
        in_range(
            "rules.draft_days",
            self.draft_days.into(),
            1,
            30,
            "a number of days from 1 to 30",
        )?;
        in_range(
            "rules.file_bytes",
            self.file_bytes,
            1,
            1 << 30,
            "a number of bytes up to 1073741824 (1 GiB)",
        )?;
        in_range("rules.files", self.files.into(), 0, 100, "a number from 0 to 100")?;
        in_range(
            "rules.desk_idle_minutes",
            self.desk_idle_minutes.into(),
            5,
            240,
            "minutes from 5 to 240",
        )?;
        in_range(
            "rules.desk_hours",
            self.desk_hours.into(),
            1,
            24,
            "hours from 1 to 24",
        )?;
        Ok(Rules {
            hours: WorkingHours {
                zone,
                days,
                from: self.works_from,
                until: self.works_until,
                holidays: self.holidays.clone(),
            },
            bank_holidays,
            targets,
            draft_days: self.draft_days,
            file_bytes: self.file_bytes,
            files: self.files,
            desk_idle_minutes: self.desk_idle_minutes,
            desk_hours: self.desk_hours,
            // A file of the organisation's own is put in its place by whoever reads files.
            retention: Schedule::built_in()
                .map_err(|error| wrong("retention.schedule", error, "a schedule without faults"))?,
        })
    }
}

fn in_range(key: &str, value: u64, from: u64, to: u64, allowed: &'static str) -> Result<(), SettingsError> {
    if (from..=to).contains(&value) {
        Ok(())
    } else {
        Err(wrong(key, value, allowed))
    }
}

/// Whose bank holidays are kept.
fn division(key: &str) -> Result<Option<Division>, SettingsError> {
    if key == "none" {
        return Ok(None);
    }
    let found = Division::ALL.into_iter().find(|division| division.key() == key);
    let allowed = "england-and-wales, scotland, northern-ireland or none";
    found
        .map(Some)
        .ok_or_else(|| wrong("rules.bank_holidays", key, allowed))
}

fn weekday(day: &str) -> Result<Weekday, SettingsError> {
    use Weekday as W;
    let days = [
        ("mon", W::Monday),
        ("tue", W::Tuesday),
        ("wed", W::Wednesday),
        ("thu", W::Thursday),
        ("fri", W::Friday),
        ("sat", W::Saturday),
        ("sun", W::Sunday),
    ];
    days.into_iter()
        .find(|(name, _)| *name == day)
        .map(|(_, day)| day)
        .ok_or_else(|| {
            wrong(
                "rules.working_days",
                day,
                "a list of mon, tue, wed, thu, fri, sat and sun",
            )
        })
}

fn working(key: String, text: &str) -> Result<Working, SettingsError> {
    const ALLOWED: &str = "`now`, or an amount of working time such as `4 hours` or `2 days`";
    if text == "now" {
        return Ok(Working::Now);
    }
    let amount = text.split_once(' ').and_then(|(number, unit)| {
        let number: u32 = number.parse().ok().filter(|number| *number <= 1000)?;
        match unit {
            "hour" | "hours" => Some(Working::Hours(number)),
            "day" | "days" => Some(Working::Days(number)),
            _ => None,
        }
    });
    amount.ok_or_else(|| wrong(key, format!("`{text}`"), ALLOWED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proposed_can_be_used() {
        let rules = Settings::default().check().unwrap();
        assert_eq!(rules.targets(Level::High), Targets::proposed(Level::High));
        assert_eq!(rules.draft_days, 14);
    }

    #[test]
    fn a_wrong_setting_is_named_with_its_value_and_what_is_allowed() {
        let cases = [
            (
                r#"zone = "Mars""#,
                "`rules.zone` is Mars; allowed is a time zone name such as Europe/London",
            ),
            (
                "draft_days = 90",
                "`rules.draft_days` is 90; allowed is a number of days from 1 to 30",
            ),
            (
                r#"working_days = ["monday"]"#,
                "`rules.working_days` is monday; allowed is a list of mon, tue, wed, thu, fri, sat and sun",
            ),
            (
                "working_days = []",
                "`rules.working_days` is []; allowed is a list with at least one of mon, tue, wed, thu, fri, sat and sun",
            ),
            (
                r#"targets.high = { opened = "soon", contact = "1 day", decision = "" }"#,
                "`rules.targets.high.opened` is `soon`; allowed is `now`, or an amount of working time such as `4 hours` or `2 days`",
            ),
        ];
        for (source, message) in cases {
            let settings: Settings = toml::from_str(source).unwrap();
            assert_eq!(settings.check().unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn targets_wait_for_the_end_of_the_bank_holidays_that_are_kept() {
        let holidays = BankHolidays::built_in().unwrap();
        // The second of January is a bank holiday in Scotland; St Patrick's Day in Northern Ireland.
        let cases = [
            (
                "england-and-wales",
                "2026-12-31T20:00:00Z",
                "2027-01-04T17:00:00Z",
            ),
            ("scotland", "2026-12-31T20:00:00Z", "2027-01-05T17:00:00Z"),
            ("northern-ireland", "2027-03-16T20:00:00Z", "2027-03-18T17:00:00Z"),
            (
                "england-and-wales",
                "2027-03-16T20:00:00Z",
                "2027-03-17T17:00:00Z",
            ),
            ("none", "2026-12-24T20:00:00Z", "2026-12-25T17:00:00Z"),
        ];
        for (whose, came, due) in cases {
            let settings = Settings {
                bank_holidays: whose.to_owned(),
                ..Settings::default()
            };
            let mut rules = settings.check().unwrap();
            rules.keep(&holidays);
            let at = rules.hours.after(came.parse().unwrap(), Working::Days(0));
            assert_eq!(at, due.parse().unwrap(), "{whose} {came}");
        }
    }

    #[test]
    fn a_target_of_the_organisation_counts() {
        let settings: Settings = toml::from_str(
            r#"targets.high = { opened = "2 hours", contact = "1 day", decision = "3 days" }"#,
        )
        .unwrap();
        let targets = settings.check().unwrap().targets(Level::High);
        assert_eq!(targets.opened, Working::Hours(2));
        assert_eq!(targets.decision, Some(Working::Days(3)));
    }
}

//! How long a closed case is kept, and who may end it (domain reference 7.4 and 8.2).
//!
//! The schedule is data: rules in order, of which the first that fits counts. Time alone erases nothing: one person
//! proposes, a second who had no part in that confirms, and a hold stops both.

mod steps;

use jiff::{Span, civil::Date};

pub use crate::form::FormErrors as ScheduleErrors;
pub use steps::{Refusal, Step, View, may};

use crate::{
    case::{Action, Level, State},
    form::{
        Fault, ReportKind,
        source::{Placed, Source, Table},
    },
};

/// The name of the built-in schedule, for messages.
pub const BUILT_IN_NAME: &str = "content/retention.toml";

/// The source of the built-in schedule.
pub const BUILT_IN_SOURCE: &str = include_str!("../../content/retention.toml");

/// The longest time that a rule may name, in months: a hundred years.
const LONGEST: i32 = 1200;

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// So many months from the day of closing.
    Months(i32),
    /// Until people decide otherwise.
    Always,
}

impl Keep {
    /// The first day on which it is no longer kept.
    pub fn until(self, closed_on: Date) -> Option<Date> {
        match self {
            Self::Months(months) => Some(closed_on.saturating_add(Span::new().months(months))),
            Self::Always => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text == "always" {
            return Some(Self::Always);
        }
        let (number, unit) = text.split_once(' ')?;
        let number: i32 = number.parse().ok()?;
        let months = match unit {
            "month" | "months" => number,
            "year" | "years" => number.checked_mul(12)?,
            _ => return None,
        };
        (1..=LONGEST).contains(&months).then_some(Self::Months(months))
    }
}

/// What is known of a closed case, as far as a rule may ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// What came of it.
    pub outcome: State,
    /// How soon it was looked at.
    pub level: Option<Level>,
    /// What was reported.
    pub kinds: std::collections::BTreeSet<ReportKind>,
    /// Whether somebody under 18 is or may be affected.
    pub about_child: bool,
    /// The day on which it was closed.
    pub closed_on: Date,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The stable name, part of the message id `retention-rule-<id>`.
    pub id: String,
    /// How long.
    pub keep: Keep,
    outcomes: Vec<State>,
    levels: Vec<Level>,
    only_kinds: Vec<ReportKind>,
    any_kind: Vec<ReportKind>,
    child: bool,
}

impl Rule {
    fn fits(&self, case: &Closed) -> bool {
        let any = |kinds: &[ReportKind]| kinds.iter().any(|kind| case.kinds.contains(kind));
        (self.outcomes.is_empty() || self.outcomes.contains(&case.outcome))
            && (self.levels.is_empty() || case.level.is_some_and(|level| self.levels.contains(&level)))
            && (self.only_kinds.is_empty()
                || (!case.kinds.is_empty() && case.kinds.iter().all(|kind| self.only_kinds.contains(kind))))
            && (self.any_kind.is_empty() || any(&self.any_kind))
            && (!self.child || case.about_child)
    }

    fn fits_all(&self) -> bool {
        self.outcomes.is_empty()
            && self.levels.is_empty()
            && self.only_kinds.is_empty()
            && self.any_kind.is_empty()
            && !self.child
    }
}

/// What came of a case: the outcomes that a rule may name.
const OUTCOMES: [(&str, State); 5] = [
    ("advice_given", State::AdviceGiven),
    ("signposted", State::Signposted),
    ("transferred", State::Transferred),
    ("learning_only", State::LearningOnly),
    ("open", State::Open),
];

/// The outcome that an action leads to, if it is one that decides on the outcome.
pub fn outcome_of(action: Action) -> Option<State> {
    match action.effect() {
        crate::case::Effect::To(state) => OUTCOMES.iter().map(|(_, of)| *of).find(|of| *of == state),
        _ => None,
    }
}

/// The schedule: its rules in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The version of the list.
    pub version: u32,
    rules: Vec<Rule>,
}

impl Schedule {
    /// Reads a schedule. All faults are told at once, each with file, line and field.
    ///
    /// # Errors
    /// [`ScheduleErrors`].
    pub fn parse(file_name: &str, source: &str) -> Result<Self, ScheduleErrors> {
        Source::new(file_name, source).parse(|root| {
            root.allow(&["version", "rule"]);
            let version = root.number("version");
            if root.value("version").is_none() {
                root.report(Fault::MissingField("version"));
            }
            if root.value("rule").is_none() {
                root.report(Fault::MissingField("rule"));
            }
            let tables = root.tables("rule");
            let last = tables.len();
            let mut seen = Vec::new();
            let mut rules: Vec<Rule> = Vec::new();
            for (place, table) in tables.into_iter().enumerate() {
                rules.extend(rule(table, place + 1 == last, &mut seen));
            }
            Some(Self {
                version: version?,
                rules,
            })
        })
    }

    /// The schedule that comes with the program.
    ///
    /// # Errors
    /// [`ScheduleErrors`]: a fault in this program, which a test finds.
    pub fn built_in() -> Result<Self, ScheduleErrors> {
        Self::parse(BUILT_IN_NAME, BUILT_IN_SOURCE)
    }

    /// The rules, in order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule for a case. There is always one, since the last fits every case.
    pub fn rule(&self, case: &Closed) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.fits(case))
    }

    /// The shortest time that any rule names: a case that was closed later is due by none. `None` if no rule ends.
    pub fn shortest(&self) -> Option<Keep> {
        let months = |rule: &Rule| match rule.keep {
            Keep::Months(months) => Some(months),
            Keep::Always => None,
        };
        self.rules.iter().filter_map(months).min().map(Keep::Months)
    }
}

fn rule(table: Table<'_>, is_last: bool, seen: &mut Vec<String>) -> Option<Rule> {
    let id = table.required_string("id");
    let table = table.named("rule", "", id.as_ref());
    table.allow(&[
        "id",
        "outcomes",
        "levels",
        "only_kinds",
        "any_kind",
        "child",
        "keep",
    ]);
    let levels: Vec<_> = Level::ALL.iter().map(|level| (level.key(), *level)).collect();
    let kinds: Vec<_> = ReportKind::ALL.iter().map(|kind| (kind.id(), *kind)).collect();
    let keep = table.required_string("keep").and_then(|text| {
        let keep = Keep::parse(&text.value);
        if keep.is_none() {
            let fault = Fault::BadPeriod(text.value.clone());
            table.source.report_at(&text, fault);
        }
        keep
    });
    let rule = Rule {
        outcomes: words(&table, "outcomes", &OUTCOMES),
        levels: words(&table, "levels", &levels),
        only_kinds: words(&table, "only_kinds", &kinds),
        any_kind: words(&table, "any_kind", &kinds),
        child: table.flag("child"),
        id: checked(&table, id?, seen),
        keep: keep?,
    };
    // What stands before a rule that fits every case is all that is ever looked at.
    if rule.fits_all() != is_last {
        table.report(if is_last {
            Fault::NoLastRule
        } else {
            Fault::FitsAll
        });
    }
    Some(rule)
}

fn words<T: Copy>(table: &Table<'_>, key: &str, allowed: &[(&'static str, T)]) -> Vec<T> {
    table
        .strings(key)
        .iter()
        .filter_map(|word| word.word(table.source, allowed))
        .collect()
}

fn checked(table: &Table<'_>, id: Placed<String>, seen: &mut Vec<String>) -> String {
    let letters = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    if id.value.is_empty() || id.value.len() > 40 || !id.value.chars().all(letters) {
        table.source.report_at(&id, Fault::BadId(id.value.clone()));
    }
    if seen.contains(&id.value) {
        table.source.report_at(&id, Fault::Twice(id.value.clone()));
    }
    seen.push(id.value.clone());
    id.value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(outcome: State, level: Level, kinds: &[ReportKind], about_child: bool) -> Closed {
        Closed {
            outcome,
            level: Some(level),
            kinds: kinds.iter().copied().collect(),
            about_child,
            closed_on: jiff::civil::date(2026, 2, 28),
        }
    }

    #[test]
    fn the_built_in_schedule_keeps_each_outcome_as_the_domain_reference_proposes() {
        use ReportKind as K;
        let schedule = Schedule::built_in().unwrap();
        let cases = [
            (
                closed(State::AdviceGiven, Level::Advice, &[K::Advice], false),
                "advice",
                Keep::Months(12),
            ),
            (
                closed(State::Signposted, Level::Low, &[K::Concern], false),
                "signposted",
                Keep::Months(12),
            ),
            (
                closed(State::LearningOnly, Level::Low, &[K::NearMiss], false),
                "learning",
                Keep::Months(36),
            ),
            (
                closed(State::Open, Level::Low, &[K::GoodPractice, K::NearMiss], false),
                "learning",
                Keep::Months(36),
            ),
            (
                closed(State::Open, Level::Low, &[K::Concern, K::NearMiss], false),
                "case",
                Keep::Months(84),
            ),
            (
                closed(State::Open, Level::High, &[K::Incident], false),
                "serious",
                Keep::Months(120),
            ),
            (
                closed(State::Transferred, Level::Immediate, &[K::Incident], false),
                "serious",
                Keep::Months(120),
            ),
            (
                closed(State::AdviceGiven, Level::Low, &[K::Whistleblowing], false),
                "whistleblowing",
                Keep::Months(120),
            ),
            (
                closed(State::AdviceGiven, Level::Advice, &[K::Advice], true),
                "child",
                Keep::Always,
            ),
        ];
        for (case, id, keep) in cases {
            let rule = schedule.rule(&case).unwrap();
            assert_eq!((rule.id.as_str(), rule.keep), (id, keep), "{case:?}");
        }
        assert_eq!(schedule.shortest(), Some(Keep::Months(12)));
    }

    #[test]
    fn time_runs_from_the_day_of_closing() {
        let on = jiff::civil::date(2024, 2, 29);
        assert_eq!(Keep::Months(12).until(on), Some(jiff::civil::date(2025, 2, 28)));
        assert_eq!(Keep::Months(1200).until(on), Some(jiff::civil::date(2124, 2, 29)));
        assert_eq!(Keep::Always.until(on), None);
    }

    #[test]
    fn faults_name_file_line_and_field() {
        let source = "version = 1\n\
                      [[rule]]\nid = \"a\"\nkeep = \"soon\"\n\
                      [[rule]]\nid = \"a\"\noutcomes = [\"won\"]\nkeep = \"5 years\"\nkeeep = 1\n\
                      [[rule]]\nid = \"C\"\nlevels = [\"high\"]\n";
        let errors = Schedule::parse("my.toml", source).unwrap_err().to_string();
        let lines: Vec<_> = errors.lines().collect();
        assert_eq!(
            lines,
            [
                "my.toml:4: rule.a.keep: `soon` is not a time like `7 years`, `18 months` or `always`, of at most 100 years",
                "my.toml:5: rule.a: this rule fits every case, so that none after it is looked at",
                "my.toml:6: rule[2].id: `a` is there twice",
                "my.toml:7: rule.a.outcomes: `won` is not one of advice_given, signposted, transferred, learning_only, open",
                "my.toml:9: rule.a.keeep: unknown field, allowed are id, outcomes, levels, only_kinds, any_kind, child, keep",
                "my.toml:10: rule.C: field `keep` is missing",
                "my.toml:11: rule[3].id: `C` cannot be an id: use lower-case letters, digits and `_`, and none of the reserved words",
            ]
        );
        let no_last = "version = 1\n[[rule]]\nid = \"a\"\nchild = true\nkeep = \"always\"\n";
        let errors = Schedule::parse("my.toml", no_last).unwrap_err().to_string();
        assert_eq!(
            errors,
            "my.toml:2: rule.a: the last rule has no conditions, so that every case has a rule"
        );
        for (text, missing) in [
            ("version = 1", "rule"),
            ("[[rule]]\nid = \"a\"\nkeep = \"1 year\"", "version"),
        ] {
            let errors = Schedule::parse("my.toml", text).unwrap_err().to_string();
            assert_eq!(errors, format!("my.toml:1: field `{missing}` is missing"));
        }
        for keep in [
            "0 years",
            "-1 years",
            "101 years",
            "1201 months",
            "1",
            "years",
            "99999999999 years",
            "7 weeks",
        ] {
            assert_eq!(Keep::parse(keep), None, "{keep}");
        }
    }
}

//! What a form begins with: what the reporter said, or the version that is corrected. It is never written back.

use jiff::{ToSpan, civil::Date};
use safehold_core::{
    case::{Field, FieldKind, Record},
    record::{Item, Kind},
};

use super::super::{Parts, answers::Reading};
use crate::fields::Fields;

/// Within this many days somebody else looks at a decision, unless another day is set.
const CHECK_DAYS: i64 = 7;

fn put(fields: &mut Fields, name: &str, value: String) {
    if !value.is_empty() {
        fields.0.push((name.to_owned(), value));
    }
}

fn put_day(fields: &mut Fields, name: &str, day: Date) {
    let parts = Parts::from(day);
    put(fields, &format!("{name}-day"), parts.day);
    put(fields, &format!("{name}-month"), parts.month);
    put(fields, &format!("{name}-year"), parts.year);
}

/// The version that is corrected.
pub(super) fn from_record(asked: &[Field], record: &Record) -> Fields {
    let mut fields = Fields::default();
    for field in asked {
        let Some(value) = record.get(field.id) else {
            continue;
        };
        match (field.kind, value.parse::<Date>()) {
            (FieldKind::Date, Ok(day)) => put_day(&mut fields, field.id, day),
            _ => put(&mut fields, field.id, value.to_owned()),
        }
    }
    fields
}

/// What a new entry begins with.
pub(super) fn begin(
    kind: Kind,
    reading: &Reading<'_>,
    later_wishes: Option<&str>,
    about: Option<&Item<'_>>,
    is_first: bool,
    today: Date,
) -> Fields {
    let mut fields = Fields::default();
    match kind {
        Kind::Outcome if is_first => {
            let wishes = match later_wishes.filter(|wishes| !wishes.trim().is_empty()) {
                Some(later) => later.to_owned(),
                None => words(reading, &["wishes", "wishes_more"]),
            };
            put(&mut fields, "outcome_wanted", wishes);
            put(&mut fields, "outcome_from", "own_words".to_owned());
        }
        Kind::Decision => {
            let day = today.checked_add(CHECK_DAYS.days()).unwrap_or(today);
            put_day(&mut fields, "check_on", day);
        }
        Kind::Reprisal => {
            put(&mut fields, "reprisal_words", words(reading, &["fears_more"]));
            put(&mut fields, "reprisal_checks", "usual".to_owned());
        }
        Kind::Contact => match about {
            // What was planned is what was most likely done.
            Some(planned) => {
                let record = &planned.latest.entry.record;
                for field in ["contact_with", "contact_way"] {
                    put(
                        &mut fields,
                        field,
                        record.get(field).unwrap_or_default().to_owned(),
                    );
                }
                put_day(&mut fields, "contact_on", today);
            }
            None => put_day(&mut fields, "contact_on", today),
        },
        Kind::Conversation => put_day(&mut fields, "called_on", today),
        Kind::FirstLook if is_first => {
            for key in reading.chosen("categories") {
                put(&mut fields, "look_categories", key);
            }
        }
        Kind::FirstLook
        | Kind::Outcome
        | Kind::OutcomeCheck
        | Kind::Task
        | Kind::TaskResult
        | Kind::SecondCheck
        | Kind::Support
        | Kind::ReprisalCheck
        | Kind::SafetyPlan => {}
    }
    fields
}

fn words(reading: &Reading<'_>, questions: &[&str]) -> String {
    let said = reading.said(questions);
    let lines: Vec<_> = said
        .iter()
        .flat_map(|said| &said.lines)
        .map(|line| line.text.as_str())
        .collect();
    lines.join("\n")
}

//! Protection from reprisal: whoever raises something is often made the problem. It is asked at the start, looked at
//! again some weeks later, also after closing, and acted on.

use jiff::{ToSpan, civil::Date};

use crate::case::{Field, Record};

/// Asked: what they fear or meet, and what is done.
pub(super) const FIELDS: &[Field] = &[
    Field::choice("reprisal_who", &["reporter", "affected", "witness"]),
    Field::choice(
        "reprisal_said",
        &["no_worry", "worried", "happening", "could_not_ask"],
    ),
    Field::long("reprisal_words").or_nothing(),
    Field::long("reprisal_protect").or_nothing(),
    Field::choice("reprisal_checks", &["usual", "often", "one_day", "none"]),
    Field::date("reprisal_first_on").or_nothing(),
    Field::long("reprisal_why").or_nothing(),
];

/// Looked at again.
pub(super) const CHECK_FIELDS: &[Field] = &[
    Field::choice("reprisal_found", &["nothing", "something", "could_not_ask"]),
    Field::long("reprisal_facts").or_nothing(),
    Field::long("reprisal_judgement").or_nothing(),
    Field::long("reprisal_act").or_nothing(),
    Field::date("reprisal_next_on").or_nothing(),
];

/// The fields that are needed because of what was said or found.
pub(super) fn needs(record: &Record) -> Vec<&'static str> {
    let is = |field: &str, values: &[&str]| record.get(field).is_some_and(|value| values.contains(&value));
    [
        ("reprisal_protect", is("reprisal_said", &["worried", "happening"])),
        ("reprisal_first_on", is("reprisal_checks", &["one_day"])),
        (
            "reprisal_why",
            is("reprisal_checks", &["none"]) || is("reprisal_said", &["could_not_ask"]),
        ),
        ("reprisal_facts", is("reprisal_found", &["something"])),
        (
            "reprisal_act",
            is("reprisal_found", &["something", "could_not_ask"]),
        ),
    ]
    .into_iter()
    .filter_map(|(field, needed)| needed.then_some(field))
    .collect()
}

/// Weeks after which it is looked at.
const USUAL: &[i64] = &[2, 6, 12];
const OFTEN: &[i64] = &[1, 2, 4, 6, 8, 12];

/// The days on which it is to be looked at, in order, counted from the day that it was asked.
pub(super) fn days(record: &Record, asked_on: Date) -> Vec<Date> {
    let weeks = match record.get("reprisal_checks") {
        Some("usual") => USUAL,
        Some("often") => OFTEN,
        Some("one_day") => {
            let on = record.get("reprisal_first_on").and_then(|on| on.parse().ok());
            return on.into_iter().collect();
        }
        _ => &[],
    };
    weeks
        .iter()
        .filter_map(|weeks| asked_on.checked_add(weeks.weeks()).ok())
        .collect()
}

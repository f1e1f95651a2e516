//! What a form begins with: what the reporter said, or the version that is corrected. It is never written back.

use jiff::{ToSpan, civil::Date};
use safehold_core::{
    case::{Field, FieldKind, Record},
    record::{Item, Kind, Register},
};

use super::super::{
    Parts,
    answers::Reading,
    history::{Names, recorded},
};
use crate::{fields::Fields, layout::Page};

/// Within this many days somebody else looks at a decision, unless another day is set.
const CHECK_DAYS: i64 = 7;
/// Within this many days a second person looks at a decision that somebody stays away.
const STAY_CHECK_DAYS: i64 = 2;
/// Within this many days an appeal is answered.
const APPEAL_DAYS: i64 = 14;

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
        // Nobody waits long for a second person: until then nothing is in force.
        Kind::StayAway => {
            let day = today.checked_add(STAY_CHECK_DAYS.days()).unwrap_or(today);
            put_day(&mut fields, "check_on", day);
        }
        Kind::StayAwayAppeal => {
            let day = today.checked_add(APPEAL_DAYS.days()).unwrap_or(today);
            put_day(&mut fields, "stay_appeal_on", today);
            put_day(&mut fields, "stay_answer_by", day);
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
        Kind::Talk => {
            put_day(&mut fields, "talk_on", today);
            put(
                &mut fields,
                "talk_wished",
                words(reading, &["confidentiality", "confidentiality_more"]),
            );
        }
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
        | Kind::SafetyPlan
        | Kind::Ask
        | Kind::AskAnswer
        | Kind::Shown
        | Kind::Comment
        | Kind::Request
        | Kind::RequestAnswer
        | Kind::Review
        | Kind::StayAwayCheck
        | Kind::StayAwayReview
        | Kind::StayAwayRuling
        | Kind::Partners
        | Kind::University => {}
    }
    fields
}

/// The conversations that were had before somebody is to stay away, to be told in full.
pub(super) fn tried(
    page: &Page,
    register: &Register<'_>,
    day: impl Fn(jiff::Timestamp) -> String,
    fields: &mut Fields,
) {
    let conversations = register.items(Kind::Conversation);
    let lines = conversations.iter().map(|item| {
        let kind = page.t("record-conversation");
        let number = item.number.to_string();
        let heading = page.format("record-item", &[("kind", kind), ("number", number)]);
        format!("{heading}, {}: ", day(item.first.at))
    });
    put(fields, "stay_tried", lines.collect::<Vec<_>>().join("\n"));
}

/// The fields of which a copy for the person begins with the words: what is said to them, and nothing that a lead
/// thinks of others.
const FOR_THEM: [&str; 13] = [
    "outcome_wanted",
    "outcome_result",
    "task_what",
    "task_due_on",
    "task_result",
    "decision",
    "reasons",
    "support_what",
    "support_by",
    "reprisal_protect",
    "talk_limits",
    "talk_wished",
    "talk_agreed",
];

/// The words with which a copy of an entry for the person begins, to be checked and changed.
pub(super) fn copy_of(page: &Page, names: &Names, subject: &Item<'_>, fields: &mut Fields) {
    let entries = [&subject.latest]
        .into_iter()
        .chain(subject.answers.last().map(|answer| &answer.latest));
    let mut lines = Vec::new();
    for filed in entries {
        let asked: Vec<Field> = filed
            .entry
            .of
            .fields()
            .iter()
            .filter(|field| FOR_THEM.contains(&field.id))
            .copied()
            .collect();
        for (label, values, _) in recorded(page, names, &asked, &filed.entry.record) {
            lines.push(format!("{label}: {}", values.join(", ")));
        }
    }
    put(fields, "shown_words", lines.join("\n\n"));
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

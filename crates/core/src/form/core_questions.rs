//! The questions that the program acts on: every form must have them, with options it knows.

use super::{
    model::{Form, Instead, OptionsFrom, Question, QuestionKind},
    parse::Places,
    source::{Fault, Source},
};

/// What the program needs of one question.
struct Need {
    question: &'static str,
    kind: NeedKind,
    /// The options that the program understands; empty where any will do.
    known: &'static [&'static str],
    /// Those that must be there.
    needed: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NeedKind {
    Choice,
    Choices,
    Leads,
    Rows,
    Words,
    Repeat,
}

impl NeedKind {
    fn name(self) -> &'static str {
        match self {
            Self::Choice => "a choice",
            Self::Choices => "choices",
            Self::Leads => "choices with options from leads, and `rather_not_say` instead",
            Self::Rows => "rows",
            Self::Words => "text or long",
            Self::Repeat => "a repeat",
        }
    }

    fn fits(self, question: &Question) -> bool {
        match (self, &question.kind) {
            (Self::Choice, QuestionKind::Choice(_))
            | (Self::Choices, QuestionKind::Choices(_))
            | (Self::Rows, QuestionKind::Rows { .. })
            | (Self::Words, QuestionKind::Text { .. } | QuestionKind::Long { .. })
            | (Self::Repeat, QuestionKind::Repeat(_)) => true,
            (Self::Leads, QuestionKind::Choices(options)) => {
                options.from == OptionsFrom::Leads && question.instead.contains(&Instead::RatherNotSay)
            }
            _ => false,
        }
    }
}

const fn need(
    question: &'static str,
    kind: NeedKind,
    known: &'static [&'static str],
    needed: &'static [&'static str],
) -> Need {
    Need {
        question,
        kind,
        known,
        needed,
    }
}

const NEEDS: &[Need] = &[
    need(
        "danger",
        NeedKind::Choice,
        &["yes", "no", "not_sure"],
        &["yes", "no"],
    ),
    need(
        "emergency_called",
        NeedKind::Choice,
        &["yes", "no", "cannot"],
        &["yes", "no"],
    ),
    need(
        "identity",
        NeedKind::Choice,
        &["named", "confidential", "anonymous"],
        &["anonymous"],
    ),
    need("name", NeedKind::Words, &[], &[]),
    need(
        "about_whom",
        NeedKind::Choice,
        &["me", "saw", "told", "behalf_knows", "behalf_unknown", "role"],
        &["me"],
    ),
    need(
        "kind",
        NeedKind::Choices,
        &[
            "concern",
            "incident",
            "near_miss",
            "past_harm",
            "whistleblowing",
            "good_practice",
            "development",
            "advice",
        ],
        &["concern", "advice"],
    ),
    need(
        "related",
        NeedKind::Choice,
        &["yes", "no", "partly", "not_sure"],
        &["yes", "no"],
    ),
    need(
        "stop_checks",
        NeedKind::Choices,
        &["danger", "child", "others", "serious_crime", "none", "not_sure"],
        &["danger", "child", "others", "serious_crime"],
    ),
    need(
        "under_18",
        NeedKind::Choice,
        &["yes", "no", "not_sure"],
        &["yes", "no"],
    ),
    need("team_involved", NeedKind::Leads, &["none"], &["none"]),
    need(
        "fears_reprisal",
        NeedKind::Choice,
        &["yes", "no", "not_sure"],
        &["yes"],
    ),
    need("what_happened", NeedKind::Words, &[], &[]),
    need("ask", NeedKind::Words, &[], &[]),
    need("people", NeedKind::Repeat, &[], &[]),
    need(
        "person_role",
        NeedKind::Choice,
        &["affected", "concern", "witness", "told_by", "helper"],
        &["affected", "concern"],
    ),
    need("person_name", NeedKind::Words, &[], &[]),
    need(
        "discrimination",
        NeedKind::Choice,
        &["yes", "maybe", "no"],
        &["yes", "no"],
    ),
    need(
        "safe_now",
        NeedKind::Choice,
        &["safe", "mostly", "not_sure", "unsafe"],
        &["safe", "unsafe"],
    ),
    need("wishes", NeedKind::Choices, &[], &[]),
    need("must_not", NeedKind::Words, &[], &[]),
    need(
        "may_speak",
        NeedKind::Rows,
        &["yes", "no", "ask_first"],
        &["yes", "no", "ask_first"],
    ),
    need(
        "may_share",
        NeedKind::Rows,
        &["yes", "no", "ask_first"],
        &["yes", "no", "ask_first"],
    ),
    need(
        "may_learn",
        NeedKind::Choice,
        &["yes", "no", "ask_later"],
        &["yes", "no"],
    ),
    need(
        "contact",
        NeedKind::Choices,
        &[
            "phone",
            "text",
            "email",
            "video",
            "letter",
            "in_person",
            "through_someone",
            "messages",
            "do_not_contact",
        ],
        &["messages", "do_not_contact"],
    ),
    need("safe_to", NeedKind::Rows, &["yes", "no"], &["yes", "no"]),
    need("safe_times", NeedKind::Words, &[], &[]),
    need("unsafe_times", NeedKind::Words, &[], &[]),
    need("safe_word", NeedKind::Words, &[], &[]),
    need("access", NeedKind::Choices, &[], &[]),
    need(
        "news",
        NeedKind::Choice,
        &["each_step", "weekly", "decisions", "finished", "never"],
        &["each_step", "never"],
    ),
];

/// Faults every question that the program needs and cannot use.
pub(crate) fn check(source: &Source<'_>, form: &Form, places: &Places) {
    for need in NEEDS {
        let Some(question) = form.question(need.question) else {
            source.report(0, "", Fault::CoreMissing(need.question));
            continue;
        };
        let (at, field) = places
            .get(need.question)
            .map_or((0, ""), |place| (place.at, place.field.as_str()));
        if !need.kind.fits(question) {
            source.report(at, field, Fault::CoreKind(need.kind.name()));
            continue;
        }
        let options: Vec<&str> = match &question.kind {
            QuestionKind::Choice(options) | QuestionKind::Choices(options) => {
                options.list.iter().map(|choice| choice.id.as_str()).collect()
            }
            QuestionKind::Rows { options, .. } => options.iter().map(String::as_str).collect(),
            _ => continue,
        };
        if !need.known.is_empty() {
            for option in options.iter().filter(|option| !need.known.contains(option)) {
                source.report(at, field, Fault::CoreOption((*option).to_owned()));
            }
        }
        for option in need.needed.iter().filter(|option| !options.contains(option)) {
            source.report(at, field, Fault::CoreOptionMissing(option));
        }
    }
}

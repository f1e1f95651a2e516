//! Reading one question.

use std::collections::BTreeSet;

use super::{Asked, Reader};
use crate::form::{
    condition::Condition,
    model::{
        Choice, Group, Instead, Options, OptionsFrom, Page, Question, QuestionKind, Requirement, Reveal,
    },
    reach::Shape,
    source::{Fault, Placed, Table},
};

const TEXT_CHARS: usize = 200;
const LONG_CHARS: usize = 10_000;
const MOST_ITEMS: usize = 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum KindWord {
    Choice,
    Choices,
    Text,
    Long,
    When,
    Rows,
    Repeat,
    Files,
}

const KINDS: [(&str, KindWord); 8] = [
    ("choice", KindWord::Choice),
    ("choices", KindWord::Choices),
    ("text", KindWord::Text),
    ("long", KindWord::Long),
    ("when", KindWord::When),
    ("rows", KindWord::Rows),
    ("repeat", KindWord::Repeat),
    ("files", KindWord::Files),
];

const OPTIONS_FROM: [(&str, OptionsFrom); 2] = [
    ("categories", OptionsFrom::Categories),
    ("leads", OptionsFrom::Leads),
];

impl Reader<'_> {
    pub(super) fn question(
        &mut self,
        table: &Table<'_>,
        id: Option<Placed<String>>,
        page: &Page,
    ) -> Option<Question> {
        table.allow(&[
            "id",
            "kind",
            "options",
            "options_from",
            "max_chars",
            "range",
            "rows",
            "required",
            "when",
            "instead",
            "max",
            "page",
        ]);
        if table.value("kind").is_none() {
            table.report(Fault::MissingField("kind"));
        }
        let kind = table.word("kind", &KINDS);
        let when = self.condition(table, "when");
        let effective = when.clone().and(&page.when);
        if when != Condition::Always {
            self.check_reach(table, &effective);
        }
        let required = self.requirement(table);
        let words = table.strings("instead");
        let instead: Vec<_> = words
            .iter()
            .filter_map(|word| word.word(self.source, &Instead::WORDS))
            .collect();
        let id = id?;
        let kind = self.kind(table, kind?, &id, page)?;
        if !instead.is_empty()
            && matches!(
                kind,
                QuestionKind::Rows { .. } | QuestionKind::Repeat(_) | QuestionKind::Files(_)
            )
        {
            table.report(Fault::NotForKind("instead"));
        }
        let question = Question {
            id: id.value.clone(),
            kind,
            required,
            when,
            instead,
        };
        self.check_options(&question, table, &words);
        let known = Asked {
            options: known_options(&question),
            repeat: matches!(question.kind, QuestionKind::Repeat(_)),
        };
        let shape = match question.kind {
            QuestionKind::Choices(_) => Shape::Many,
            _ => Shape::One,
        };
        self.reach.add(&question.id, shape, effective);
        if self.asked.insert(question.id.clone(), known).is_some() || self.places.contains_key(&question.id) {
            self.source.report_at(&id, Fault::Twice(id.value.clone()));
        }
        let place = Placed {
            value: (),
            at: table.at,
            field: table.field.clone(),
        };
        self.places.insert(question.id.clone(), place);
        Some(question)
    }

    fn kind(
        &mut self,
        table: &Table<'_>,
        word: KindWord,
        id: &Placed<String>,
        page: &Page,
    ) -> Option<QuestionKind> {
        let choice = matches!(word, KindWord::Choice | KindWord::Choices);
        let written = matches!(word, KindWord::Text | KindWord::Long);
        let group = matches!(word, KindWord::Repeat | KindWord::Files);
        for (field, fits) in [
            ("options", choice || word == KindWord::Rows),
            ("options_from", choice),
            ("max_chars", written),
            ("range", word == KindWord::When),
            ("rows", word == KindWord::Rows),
            ("max", group),
            ("page", group),
        ] {
            if !fits && table.value(field).is_some() {
                table.report(Fault::NotForKind(field));
            }
        }
        let chars = |usual| table.number("max_chars").map_or(usual, |chars| chars as usize);
        Some(match word {
            KindWord::Choice => QuestionKind::Choice(self.options(table)?),
            KindWord::Choices => QuestionKind::Choices(self.options(table)?),
            KindWord::Text => QuestionKind::Text {
                max_chars: chars(TEXT_CHARS),
            },
            KindWord::Long => QuestionKind::Long {
                max_chars: chars(LONG_CHARS),
            },
            KindWord::When => QuestionKind::When {
                range: table.flag("range"),
            },
            KindWord::Rows => {
                let list = |field: &'static str| {
                    let list = table.strings(field);
                    if list.is_empty() {
                        table.report(Fault::MissingField(field));
                    }
                    for id in &list {
                        self.check_id(id);
                    }
                    list.into_iter().map(|id| id.value).collect()
                };
                QuestionKind::Rows {
                    rows: list("rows"),
                    options: list("options"),
                }
            }
            KindWord::Repeat | KindWord::Files => {
                // A repeat in a repeat would need addresses and pages that nobody could find their way in.
                if page.item_of.is_some() {
                    table.report(Fault::WrongQuestion);
                    return None;
                }
                let before: BTreeSet<String> = self.asked.keys().cloned().collect();
                let pages = self.pages(table, Some((&id.value, &page.section)));
                self.asked.retain(|question, _| before.contains(question));
                if pages.is_empty() && word == KindWord::Repeat {
                    table.report(Fault::MissingField("page"));
                }
                let max = table.number("max").map_or(MOST_ITEMS, |max| max as usize);
                let group = Group { max, pages };
                if word == KindWord::Repeat {
                    QuestionKind::Repeat(group)
                } else {
                    QuestionKind::Files(group)
                }
            }
        })
    }

    fn options(&self, table: &Table<'_>) -> Option<Options> {
        let from = match table.value("options_from") {
            Some(_) => table.word("options_from", &OPTIONS_FROM)?,
            None => OptionsFrom::Form,
        };
        let values = table
            .value("options")
            .map(|value| value.list("a list of options"))
            .unwrap_or_default();
        let list: Vec<_> = values
            .iter()
            .filter_map(|value| {
                if value.is_string() {
                    let id = value.string()?;
                    self.check_id(&id);
                    return Some(Choice {
                        id: id.value,
                        exclusive: false,
                        reveal: None,
                    });
                }
                let table = value.table()?;
                table.allow(&["id", "exclusive", "reveal", "max_chars", "required"]);
                let long = table.word("reveal", &[("text", false), ("long", true)]);
                let usual = if long == Some(true) {
                    LONG_CHARS
                } else {
                    TEXT_CHARS
                };
                let max_chars = table.number("max_chars").map_or(usual, |chars| chars as usize);
                let required = table.flag("required");
                let id = self.id(&table)?;
                Some(Choice {
                    id: id.value,
                    exclusive: table.flag("exclusive"),
                    reveal: long.map(|long| Reveal {
                        long,
                        max_chars,
                        required,
                    }),
                })
            })
            .collect();
        if list.is_empty() && from == OptionsFrom::Form {
            table.report(Fault::MissingField("options"));
        }
        Some(Options { from, list })
    }

    fn check_options(&self, question: &Question, table: &Table<'_>, instead: &[Placed<String>]) {
        let mut seen = BTreeSet::new();
        let mut ids: Vec<&str> = instead.iter().map(|word| word.value.as_str()).collect();
        match &question.kind {
            QuestionKind::Choice(options) | QuestionKind::Choices(options) => {
                ids.extend(options.list.iter().map(|choice| choice.id.as_str()));
            }
            QuestionKind::Rows { rows, options } => {
                ids.extend(rows.iter().chain(options).map(String::as_str));
            }
            _ => {}
        }
        for id in ids {
            if !seen.insert(id) {
                let field = format!("{}.options", table.field);
                self.source.report(table.at, &field, Fault::Twice(id.to_owned()));
            }
        }
    }

    fn requirement(&self, table: &Table<'_>) -> Requirement {
        match table.value("required") {
            Some(value) if value.is_string() || value.is_table() => {
                Requirement::When(self.condition(table, "required"))
            }
            Some(_) if table.flag("required") => Requirement::Always,
            None | Some(_) => Requirement::Never,
        }
    }
}

fn known_options(question: &Question) -> Option<Vec<String>> {
    let instead = question.instead.iter().map(|instead| instead.id().to_owned());
    match &question.kind {
        QuestionKind::Choice(options) | QuestionKind::Choices(options) => Some(
            options
                .list
                .iter()
                .map(|choice| choice.id.clone())
                .chain(instead)
                .collect(),
        ),
        _ if question.instead.is_empty() => None,
        _ => Some(instead.collect()),
    }
}

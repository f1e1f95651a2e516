//! From a file to rules, with every fault told at once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Body, Decides, DraftPart, DutyRules, DutyRulesErrors, Limit, LimitFrom, Nation, Tag};
use crate::{
    case::Level,
    form::{
        Condition, Fault, Form, OptionsFrom,
        condition::{self, RESERVED, Written},
        source::{Placed, Source, Table},
    },
};

/// What a lead ticks, as if it were a question of the report.
pub(super) const LEAD_SAYS: &str = "lead_says";
/// The level that a lead set, likewise.
pub(super) const CASE_LEVEL: &str = "case_level";

const FIELDS: [&str; 10] = [
    "id", "group", "nations", "when", "within", "limit", "decides", "tag", "rests_on", "draft",
];

pub(super) fn rules(file: &str, text: &str, form: Option<&Form>) -> Result<DutyRules, DutyRulesErrors> {
    Source::new(file, text).parse(|root| {
        root.allow(&["version", "checked_on", "says", "rule", "body"]);
        let version = root.number("version");
        if root.value("version").is_none() {
            root.report(Fault::MissingField("version"));
        }
        let checked_on = root.string("checked_on").and_then(|text| {
            let date = text.value.parse().ok();
            if date.is_none() {
                root.source.report_at(&text, Fault::BadDate(text.value.clone()));
            }
            date
        });
        let mut reader = Reader {
            source: root.source,
            known: form.map(known),
            rules: BTreeMap::new(),
        };
        let says = reader.says(root);
        if let Some(known) = &mut reader.known {
            let levels = Level::ALL.iter().map(|level| level.key().to_owned()).collect();
            known.insert(CASE_LEVEL.to_owned(), Some(levels));
            known.insert(LEAD_SAYS.to_owned(), Some(says.clone()));
        }
        reader.named_rules(root);
        let bodies = reader.bodies(root);
        if root.value("body").is_none() {
            root.report(Fault::MissingField("body"));
        }
        Some(DutyRules {
            version: version?,
            checked_on,
            says,
            bodies,
        })
    })
}

/// The questions of a form that a condition may look at, with their options where the form has all of them.
type Known = BTreeMap<String, Option<Vec<String>>>;

fn known(form: &Form) -> Known {
    let mut known = Known::new();
    // Questions about one of several people are not looked at: there is no saying whom it would be about.
    for question in form.pages.iter().flat_map(|page| &page.questions) {
        let Some(options) = question.options() else {
            continue;
        };
        let all = options.list.iter().map(|choice| choice.id.clone());
        let instead = question.instead.iter().map(|instead| instead.id().to_owned());
        let list = (options.from == OptionsFrom::Form).then(|| all.chain(instead).collect());
        known.insert(question.id.clone(), list);
    }
    known
}

struct Reader<'s> {
    source: &'s Source<'s>,
    known: Option<Known>,
    rules: BTreeMap<String, Condition>,
}

impl Reader<'_> {
    fn id(&self, table: &Table<'_>, seen: &mut BTreeSet<String>) -> Option<Placed<String>> {
        let id = table.required_string("id")?;
        let letters = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
        let begins = id.value.starts_with(|char: char| char.is_ascii_lowercase());
        if !begins || !id.value.chars().all(letters) || RESERVED.contains(&id.value.as_str()) {
            self.source.report_at(&id, Fault::BadId(id.value.clone()));
        }
        if !seen.insert(id.value.clone()) {
            self.source.report_at(&id, Fault::Twice(id.value.clone()));
        }
        Some(id)
    }

    fn says(&self, root: &Table<'_>) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut says = Vec::new();
        for table in root.tables("says") {
            let id = self.id(&table, &mut seen);
            let table = table.named("says", "", id.as_ref());
            table.allow(&["id"]);
            says.extend(id.map(|id| id.value));
        }
        says
    }

    fn named_rules(&mut self, root: &Table<'_>) {
        let mut seen = BTreeSet::new();
        for table in root.tables("rule") {
            let id = self.id(&table, &mut seen);
            let table = table.named("rule", "", id.as_ref());
            table.allow(&["id", "when"]);
            let condition = self.when(&table);
            if let (Some(id), Some(condition)) = (id, condition) {
                self.rules.insert(id.value, condition);
            }
        }
    }

    fn bodies(&self, root: &Table<'_>) -> Vec<Body> {
        let mut seen = BTreeSet::new();
        root.tables("body")
            .into_iter()
            .filter_map(|table| self.body(table, &mut seen))
            .collect()
    }

    fn body(&self, table: Table<'_>, seen: &mut BTreeSet<String>) -> Option<Body> {
        let id = self.id(&table, seen);
        let table = table.named("body", "", id.as_ref());
        table.allow(&FIELDS);
        let nations = words(&table, "nations", &keys(Nation::ALL, Nation::key));
        let draft = words(&table, "draft", &keys(DraftPart::ALL, DraftPart::key));
        let when = self.when(&table);
        let within = table.required_string("within").and_then(|text| {
            let limit = Limit::read(&text.value);
            if limit.is_none() {
                self.source.report_at(&text, Fault::BadLimit(text.value.clone()));
            }
            limit
        });
        let limit = word(&table, "limit", &keys(LimitFrom::ALL, LimitFrom::key));
        let decides = word(&table, "decides", &keys(Decides::ALL, Decides::key));
        let tag = word(&table, "tag", &keys(Tag::ALL, Tag::key));
        let rests_on = table.required_string("rests_on");
        Some(Body {
            id: id?.value,
            group: table.string("group").map(|group| group.value),
            nations,
            when: when?,
            within: within?,
            limit: limit?,
            decides: decides?,
            tag: tag?,
            rests_on: rests_on?.value,
            draft,
        })
    }

    fn when(&self, table: &Table<'_>) -> Option<Condition> {
        let Some(value) = table.value("when") else {
            table.report(Fault::MissingField("when"));
            return None;
        };
        Some(self.resolve(&condition::read(self.source, &value)?))
    }

    fn resolve(&self, written: &Written) -> Condition {
        let list = |list: &[Written]| list.iter().map(|part| self.resolve(part)).collect();
        match written {
            Written::All(parts) => Condition::All(list(parts)),
            Written::Any(parts) => Condition::Any(list(parts)),
            Written::Not(inner) => Condition::Not(Box::new(self.resolve(inner))),
            Written::Rule(name) => self.rules.get(&name.value).cloned().unwrap_or_else(|| {
                self.source
                    .report_at(name, Fault::UnknownRule(name.value.clone()));
                Condition::Always
            }),
            Written::AtLeast { question, count } => {
                self.source
                    .report_at(question, Fault::NotARepeat(question.value.clone()));
                Condition::AtLeast {
                    question: question.value.clone(),
                    count: *count as usize,
                }
            }
            Written::Is { question, options } => {
                self.check(question, options);
                Condition::Is {
                    question: question.value.clone(),
                    options: options.iter().map(|option| option.value.clone()).collect(),
                }
            }
        }
    }

    fn check(&self, question: &Placed<String>, options: &[Placed<String>]) {
        let Some(known) = &self.known else { return };
        match known.get(&question.value) {
            None => self
                .source
                .report_at(question, Fault::UnknownQuestion(question.value.clone())),
            // Its options are known only when the program runs.
            Some(None) => {}
            Some(Some(list)) => {
                for option in options.iter().filter(|option| !list.contains(&option.value)) {
                    self.source.report_at(
                        option,
                        Fault::UnknownOption {
                            question: question.value.clone(),
                            option: option.value.clone(),
                        },
                    );
                }
            }
        }
    }
}

fn keys<T: Copy>(all: &[T], key: impl Fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    all.iter().map(|one| (key(*one), *one)).collect()
}

fn word<T: Copy>(table: &Table<'_>, field: &'static str, words: &[(&'static str, T)]) -> Option<T> {
    if table.value(field).is_none() {
        table.report(Fault::MissingField(field));
    }
    table.word(field, words)
}

fn words<T: Copy>(table: &Table<'_>, field: &str, words: &[(&'static str, T)]) -> Vec<T> {
    let found = table.strings(field);
    found
        .iter()
        .filter_map(|text| text.word(table.source, words))
        .collect()
}

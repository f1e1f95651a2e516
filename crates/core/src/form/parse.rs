//! From a file to a form, with every fault that can be seen without a person's answers.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    condition::{self, Condition, RESERVED, Written},
    core_questions,
    model::{
        Choice, Form, Group, Instead, Options, OptionsFrom, Page, PageKind, Question, QuestionKind,
        Requirement, Reveal, Section,
    },
    reach::{Reach, Shape},
    source::{Fault, Placed, Problems, Source, Table},
};

const TEXT_CHARS: usize = 200;
const LONG_CHARS: usize = 10_000;
const MOST_ITEMS: usize = 20;

const PAGE_KINDS: [(&str, PageKind); 5] = [
    ("questions", PageKind::Questions),
    ("info", PageKind::Info),
    ("repeat", PageKind::Repeat),
    ("files", PageKind::Files),
    ("end", PageKind::End),
];

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

/// Reads a form from its source.
pub(crate) fn form(file: &str, text: &str) -> Result<Form, Problems> {
    Source::new(file, text)
        .parse(|root| {
            root.allow(&["id", "version", "section", "rule", "page"]);
            let id = root.required_string("id");
            let version = root.number("version");
            if version.is_none() && root.value("version").is_none() {
                root.report(Fault::MissingField("version"));
            }
            let mut reader = Reader::new(root.source, ids_of_all_questions(root));
            let sections = reader.sections(root);
            reader.rules(root);
            let pages = reader.pages(root, None);
            if pages.is_empty() {
                root.report(Fault::MissingField("page"));
            }
            let form = Form {
                id: id?.value,
                version: version?,
                sections,
                pages,
            };
            Some((form, reader.places))
        })
        .and_then(|(form, places)| {
            // Only a form that is sound in itself is compared with what the program needs.
            let source = Source::new(file, text);
            core_questions::check(&source, &form, &places);
            source.parse(|_| Some(form))
        })
}

/// Where each question begins, for faults that are found later.
pub(crate) type Places = BTreeMap<String, Placed<()>>;

struct Reader<'s> {
    source: &'s Source<'s>,
    /// Every question anywhere in the file, to tell "later" from "nowhere".
    all: BTreeSet<String>,
    sections: BTreeMap<String, Option<Written>>,
    rules: BTreeMap<String, Written>,
    page_ids: BTreeSet<String>,
    /// The questions that are asked before the place that is being read.
    asked: BTreeMap<String, Asked>,
    reach: Reach,
    places: Places,
}

struct Asked {
    /// The options of the form itself; `None` for questions that have none.
    options: Option<Vec<String>>,
    repeat: bool,
}

fn ids_of_all_questions(root: &Table<'_>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut pages = root.tables("page");
    while let Some(page) = pages.pop() {
        for question in page.tables("question") {
            ids.extend(question.string("id").map(|id| id.value));
            pages.extend(question.tables("page"));
        }
    }
    ids
}

impl<'s> Reader<'s> {
    fn new(source: &'s Source<'s>, all: BTreeSet<String>) -> Self {
        Self {
            source,
            all,
            sections: BTreeMap::new(),
            rules: BTreeMap::new(),
            page_ids: BTreeSet::new(),
            asked: BTreeMap::new(),
            reach: Reach::default(),
            places: BTreeMap::new(),
        }
    }

    fn id(&self, table: &Table<'_>) -> Option<Placed<String>> {
        let id = table.required_string("id")?;
        self.check_id(&id);
        Some(id)
    }

    fn check_id(&self, id: &Placed<String>) {
        let letters = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
        let begins = id.value.starts_with(|char: char| char.is_ascii_lowercase());
        if !begins || !id.value.chars().all(letters) || RESERVED.contains(&id.value.as_str()) {
            self.source.report_at(id, Fault::BadId(id.value.clone()));
        }
    }

    fn written(&self, table: &Table<'_>) -> Option<Written> {
        condition::read(self.source, &table.value("when")?)
    }

    fn sections(&mut self, root: &Table<'_>) -> Vec<Section> {
        let mut sections = Vec::new();
        for table in root.tables("section") {
            let id = self.id(&table);
            let table = table.named("section", "", id.as_ref());
            table.allow(&["id", "when"]);
            let when = self.written(&table);
            let Some(id) = id else { continue };
            if self.sections.insert(id.value.clone(), when).is_some() {
                self.source.report_at(&id, Fault::Twice(id.value.clone()));
            }
            sections.push(Section { id: id.value });
        }
        sections
    }

    fn rules(&mut self, root: &Table<'_>) {
        for table in root.tables("rule") {
            let id = self.id(&table);
            let table = table.named("rule", "", id.as_ref());
            table.allow(&["id", "when"]);
            let Some(when) = self.written(&table) else {
                if table.value("when").is_none() {
                    table.report(Fault::MissingField("when"));
                }
                continue;
            };
            self.check_rules_above(&when);
            let Some(id) = id else { continue };
            if self.rules.insert(id.value.clone(), when).is_some() {
                self.source.report_at(&id, Fault::Twice(id.value.clone()));
            }
        }
    }

    /// A rule may use only rules above it, so that none can go round in a circle.
    fn check_rules_above(&self, written: &Written) {
        match written {
            Written::Rule(name) => {
                if !self.rules.contains_key(&name.value) {
                    self.source
                        .report_at(name, Fault::UnknownRule(name.value.clone()));
                }
            }
            Written::All(list) | Written::Any(list) => {
                list.iter().for_each(|part| self.check_rules_above(part))
            }
            Written::Not(inner) => self.check_rules_above(inner),
            Written::Is { .. } | Written::AtLeast { .. } => {}
        }
    }

    fn pages(&mut self, table: &Table<'_>, inside: Option<(&str, &str)>) -> Vec<Page> {
        let outer = table.field.clone();
        let mut pages = Vec::new();
        for table in table.tables("page") {
            let id = self.id(&table);
            let table = table.named("page", &outer, id.as_ref());
            pages.extend(self.page(&table, id, inside));
        }
        pages
    }

    fn page(
        &mut self,
        table: &Table<'_>,
        id: Option<Placed<String>>,
        inside: Option<(&str, &str)>,
    ) -> Option<Page> {
        table.allow(&["id", "section", "kind", "when", "notes", "question"]);
        if let Some(id) = &id
            && !self.page_ids.insert(id.value.clone())
        {
            self.source.report_at(id, Fault::Twice(id.value.clone()));
        }
        let kind = match table.value("kind") {
            Some(_) => table.word("kind", &PAGE_KINDS),
            None => Some(PageKind::Questions),
        };
        let mut when = self.condition(table, "when");
        let section = match inside {
            Some((_, section)) => Some(section.to_owned()),
            None => table.required_string("section").map(|section| {
                match self.sections.get(&section.value).cloned() {
                    None => self
                        .source
                        .report_at(&section, Fault::UnknownSection(section.value.clone())),
                    Some(None) => {}
                    Some(Some(written)) => {
                        let outer = self.resolve(&written, Some(&section));
                        when = std::mem::replace(&mut when, Condition::Always).and(&outer);
                    }
                }
                section.value
            }),
        };
        self.check_reach(table, &when);
        let mut page = Page {
            id: id.map(|id| id.value).unwrap_or_default(),
            section: section.unwrap_or_default(),
            when,
            kind: kind.unwrap_or(PageKind::Questions),
            notes: table
                .strings("notes")
                .into_iter()
                .map(|note| note.value)
                .collect(),
            questions: Vec::new(),
            item_of: inside.map(|(question, _)| question.to_owned()),
        };
        for question in table.tables("question") {
            let id = self.id(&question);
            let question = question.named("question", &table.field, id.as_ref());
            if let Some(made) = self.question(&question, id, &page) {
                page.questions.push(made);
            }
        }
        if kind.is_some() {
            check_fit(table, &page);
        }
        Some(page)
    }

    fn question(&mut self, table: &Table<'_>, id: Option<Placed<String>>, page: &Page) -> Option<Question> {
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
        let kind = match table.value("kind") {
            Some(_) => table.word("kind", &KINDS),
            None => {
                table.report(Fault::MissingField("kind"));
                None
            }
        };
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
                    list.iter().for_each(|id| self.check_id(id));
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
                ids.extend(rows.iter().chain(options).map(String::as_str))
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
            None => Requirement::Never,
            Some(value) if value.is_string() || value.is_table() => {
                Requirement::When(self.condition(table, "required"))
            }
            Some(_) if table.flag("required") => Requirement::Always,
            Some(_) => Requirement::Never,
        }
    }

    fn condition(&self, table: &Table<'_>, field: &str) -> Condition {
        let written = table
            .value(field)
            .and_then(|value| condition::read(self.source, &value));
        written.map_or(Condition::Always, |written| self.resolve(&written, None))
    }

    /// Checks a condition against the questions asked so far. A rule or a section's condition is
    /// checked at each place that uses it, which `used` names.
    fn resolve(&self, written: &Written, used: Option<&Placed<String>>) -> Condition {
        match written {
            Written::All(list) => Condition::All(list.iter().map(|part| self.resolve(part, used)).collect()),
            Written::Any(list) => Condition::Any(list.iter().map(|part| self.resolve(part, used)).collect()),
            Written::Not(inner) => Condition::Not(Box::new(self.resolve(inner, used))),
            Written::Rule(name) => match self.rules.get(&name.value) {
                Some(rule) => self.resolve(rule, used.or(Some(name))),
                None => {
                    self.source
                        .report_at(name, Fault::UnknownRule(name.value.clone()));
                    Condition::Always
                }
            },
            Written::AtLeast { question, count } => {
                if let Some(asked) = self.asked(question, used)
                    && !asked.repeat
                {
                    self.source
                        .report_at(question, Fault::NotARepeat(question.value.clone()));
                }
                Condition::AtLeast {
                    question: question.value.clone(),
                    count: *count as usize,
                }
            }
            Written::Is { question, options } => {
                match self.asked(question, used).map(|asked| &asked.options) {
                    Some(Some(known)) => {
                        for option in options.iter().filter(|option| !known.contains(&option.value)) {
                            let (question, option_id) = (question.value.clone(), option.value.clone());
                            self.source.report_at(
                                option,
                                Fault::UnknownOption {
                                    question,
                                    option: option_id,
                                },
                            );
                        }
                    }
                    Some(None) => self
                        .source
                        .report_at(question, Fault::NoOptions(question.value.clone())),
                    None => {}
                }
                Condition::Is {
                    question: question.value.clone(),
                    options: options.iter().map(|option| option.value.clone()).collect(),
                }
            }
        }
    }

    fn asked(&self, question: &Placed<String>, used: Option<&Placed<String>>) -> Option<&Asked> {
        let asked = self.asked.get(&question.value);
        if asked.is_none() {
            let name = question.value.clone();
            if self.all.contains(&name) {
                self.source
                    .report_at(used.unwrap_or(question), Fault::LaterQuestion(name));
            } else {
                self.source.report_at(question, Fault::UnknownQuestion(name));
            }
        }
        asked
    }

    fn check_reach(&self, table: &Table<'_>, when: &Condition) {
        if !self.reach.possible(when) {
            table.report(Fault::Unreachable);
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

fn check_fit(table: &Table<'_>, page: &Page) {
    let fits = |question: &Question| match page.kind {
        PageKind::Questions => question.group().is_none(),
        PageKind::Info | PageKind::End => false,
        PageKind::Repeat => matches!(question.kind, QuestionKind::Repeat(_)),
        PageKind::Files => matches!(question.kind, QuestionKind::Files(_)),
    };
    let inner = page.item_of.is_some() && page.kind != PageKind::Questions;
    let several = matches!(page.kind, PageKind::Repeat | PageKind::Files) && page.questions.len() > 1;
    if inner || several || !page.questions.iter().all(fits) {
        table.report(Fault::WrongQuestion);
    }
    let needs = !matches!(page.kind, PageKind::Info | PageKind::End);
    if needs && table.tables("question").is_empty() {
        table.report(Fault::NoQuestion);
    }
}

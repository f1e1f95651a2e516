//! From a file to a form, with every fault that can be seen without a person's answers.

mod conditions;
mod question;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    condition::{Condition, RESERVED, Written},
    core_questions,
    model::{Form, Page, PageKind, Question, QuestionKind, Section},
    reach::Reach,
    source::{Fault, Placed, Problems, Source, Table},
};

const PAGE_KINDS: [(&str, PageKind); 5] = [
    ("questions", PageKind::Questions),
    ("info", PageKind::Info),
    ("repeat", PageKind::Repeat),
    ("files", PageKind::Files),
    ("end", PageKind::End),
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

    fn pages(&mut self, table: &Table<'_>, inside: Option<(&str, &str)>) -> Vec<Page> {
        let outer = table.field.clone();
        let mut pages = Vec::new();
        for table in table.tables("page") {
            let id = self.id(&table);
            let table = table.named("page", &outer, id.as_ref());
            pages.push(self.page(&table, id, inside));
        }
        pages
    }

    fn page(&mut self, table: &Table<'_>, id: Option<Placed<String>>, inside: Option<(&str, &str)>) -> Page {
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
        page
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

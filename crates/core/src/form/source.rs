//! Reading TOML so that every fault is told with its file, line and field, all at once.
//!
//! Those who change a form by hand mend ten mistakes in one go instead of one at a time.

use std::{cell::RefCell, fmt};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// One fault in a file, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name, as the caller gave it.
    pub file: String,
    /// The line, counted from one.
    pub line: usize,
    /// The field, such as `page.danger.question.danger.when`.
    pub field: String,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        self.fault.fmt(f)
    }
}

/// What can be wrong in a file of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file is not TOML.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// A field that nothing reads: most often a spelling mistake.
    #[error("unknown field, allowed are {}", allowed.join(", "))]
    UnknownField {
        /// The fields that are read here.
        allowed: Vec<&'static str>,
    },
    /// A field that must be there.
    #[error("field `{0}` is missing")]
    MissingField(&'static str),
    /// A value of another type.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// What is expected.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A word from outside a fixed list.
    #[error("`{found}` is not one of {}", allowed.join(", "))]
    UnknownWord {
        /// The word.
        found: String,
        /// The list.
        allowed: Vec<&'static str>,
    },
    /// An id that is not lower-case letters, digits and underscores, or is kept for the program.
    #[error("`{0}` cannot be an id: use lower-case letters, digits and `_`, and none of the reserved words")]
    BadId(String),
    /// An id used twice.
    #[error("`{0}` is there twice")]
    Twice(String),
    /// A date that is none.
    #[error("`{0}` is not a date like 2026-03-31")]
    BadDate(String),
    /// A length of time that is none.
    #[error("`{0}` is not a time like `7 years`, `18 months` or `always`, of at most 100 years")]
    BadPeriod(String),
    /// A list of rules whose last one does not fit everything.
    #[error("the last rule has no conditions, so that every case has a rule")]
    NoLastRule,
    /// A rule that hides those after it.
    #[error("this rule fits every case, so that none after it is looked at")]
    FitsAll,
    /// A time limit that is none.
    #[error(
        "`{0}` is not a time limit like `at once`, `same day`, `24 hours`, `10 days`, `5 working days` or `none`"
    )]
    BadLimit(String),
    /// A section that is not declared.
    #[error("there is no section `{0}`")]
    UnknownSection(String),
    /// A rule that is not declared above.
    #[error("there is no rule `{0}` above this")]
    UnknownRule(String),
    /// A condition on a question that does not exist.
    #[error("there is no question `{0}`")]
    UnknownQuestion(String),
    /// A condition on a question that is not asked before this place.
    #[error("question `{0}` is not asked before this place")]
    LaterQuestion(String),
    /// A condition on an option that the question does not have.
    #[error("question `{question}` has no option `{option}`")]
    UnknownOption {
        /// The question.
        question: String,
        /// The option.
        option: String,
    },
    /// A condition on the options of a question without any.
    #[error("question `{0}` has no options to compare with")]
    NoOptions(String),
    /// A count of answers of a question that is not a repeat.
    #[error("question `{0}` is not a repeat, so it cannot be counted")]
    NotARepeat(String),
    /// A page of a kind that needs a question.
    #[error("the page has no question")]
    NoQuestion,
    /// Questions where there can be none, or of a kind that this page cannot show.
    #[error("a page of this kind cannot hold this question")]
    WrongQuestion,
    /// A page or question that no answers lead to.
    #[error("no answers lead here")]
    Unreachable,
    /// Something that the kind of question does not have.
    #[error("a question of this kind has no `{0}`")]
    NotForKind(&'static str),
    /// A question that the program acts on is gone.
    #[error("question `{0}` is missing: the program acts on it")]
    CoreMissing(&'static str),
    /// A question that the program acts on is of another kind.
    #[error("the program acts on this question: it must be {0}")]
    CoreKind(&'static str),
    /// An option that the program would not understand.
    #[error("the program acts on this question and does not know the option `{0}`")]
    CoreOption(String),
    /// An option that the program relies on is gone.
    #[error("the program acts on this question: the option `{0}` is missing")]
    CoreOptionMissing(&'static str),
}

/// All faults in a file, in the order of their lines. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The faults.
    pub fn list(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// A file being read, with the faults found so far.
pub(crate) struct Source<'a> {
    file: &'a str,
    text: &'a str,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            problems: RefCell::new(Vec::new()),
        }
    }

    /// Notes a fault at a byte of the text.
    pub(crate) fn report(&self, at: usize, field: &str, fault: Fault) {
        let line = self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let problem = Problem {
            file: self.file.to_owned(),
            line,
            field: field.to_owned(),
            fault,
        };
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Notes a fault at something that was read.
    pub(crate) fn report_at<T>(&self, placed: &Placed<T>, fault: Fault) {
        self.report(placed.at, &placed.field, fault);
    }

    /// Reads the text as TOML and hands it to `read`; gives what it made only if there is no fault.
    pub(crate) fn parse<T>(self, read: impl FnOnce(&Table<'_>) -> Option<T>) -> Result<T, Problems> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            self.report(at, "", Fault::Syntax(error.message().to_owned()));
        }
        // After a syntax error the rest is guesswork, and its faults would mislead.
        let made = if errors.is_empty() {
            let root = Table {
                source: &self,
                fields: document.get_ref(),
                at: 0,
                field: String::new(),
            };
            read(&root)
        } else {
            None
        };
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.line);
        match made {
            Some(made) if problems.is_empty() => Ok(made),
            _ => Err(Problems(problems)),
        }
    }
}

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) at: usize,
    pub(crate) field: String,
}

/// A TOML table being read.
pub(crate) struct Table<'d> {
    pub(crate) source: &'d Source<'d>,
    fields: &'d DeTable<'d>,
    /// Where the table begins.
    pub(crate) at: usize,
    /// The table's own name.
    pub(crate) field: String,
}

impl<'d> Table<'d> {
    /// Notes a fault of the table as a whole.
    pub(crate) fn report(&self, fault: Fault) {
        self.source.report(self.at, &self.field, fault);
    }

    /// Faults every field that is not in the list.
    pub(crate) fn allow(&self, allowed: &[&'static str]) {
        for (key, _) in self.fields {
            if !allowed.contains(&key.get_ref().as_ref()) {
                let field = self.name_of(key.get_ref());
                self.source.report(
                    key.span().start,
                    &field,
                    Fault::UnknownField {
                        allowed: allowed.to_vec(),
                    },
                );
            }
        }
    }

    /// Calls the table by an id, where one was read.
    pub(crate) fn named(mut self, list: &str, outer: &str, id: Option<&Placed<String>>) -> Self {
        if let Some(id) = id {
            self.field = join(outer, &format!("{list}.{}", id.value));
        }
        self
    }

    fn name_of(&self, key: &str) -> String {
        join(&self.field, key)
    }

    pub(crate) fn value(&self, key: &str) -> Option<Value<'d>> {
        let (_, value) = self.fields.iter().find(|(name, _)| name.get_ref() == key)?;
        Some(Value {
            source: self.source,
            inner: value,
            field: self.name_of(key),
        })
    }

    /// The fields with their places, for tables whose keys are ids.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (Placed<String>, Value<'d>)> {
        self.fields.iter().map(|(key, value)| {
            let name = key.get_ref().to_string();
            let field = self.name_of(&name);
            let placed = Placed {
                value: name,
                at: key.span().start,
                field: field.clone(),
            };
            (
                placed,
                Value {
                    source: self.source,
                    inner: value,
                    field,
                },
            )
        })
    }

    pub(crate) fn string(&self, key: &str) -> Option<Placed<String>> {
        self.value(key)?.string()
    }

    pub(crate) fn required_string(&self, key: &'static str) -> Option<Placed<String>> {
        if self.value(key).is_none() {
            self.report(Fault::MissingField(key));
        }
        self.string(key)
    }

    /// A word from a fixed list, turned into what it means.
    pub(crate) fn word<T: Copy>(&self, key: &str, words: &[(&'static str, T)]) -> Option<T> {
        self.string(key)?.word(self.source, words)
    }

    pub(crate) fn strings(&self, key: &str) -> Vec<Placed<String>> {
        self.value(key).map(|value| value.strings()).unwrap_or_default()
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        let Some(value) = self.value(key) else {
            return false;
        };
        value.inner.get_ref().as_bool().unwrap_or_else(|| {
            value.wrong("true or false");
            false
        })
    }

    pub(crate) fn number(&self, key: &str) -> Option<u32> {
        let value = self.value(key)?;
        let number = value
            .inner
            .get_ref()
            .as_integer()
            .and_then(|digits| digits.as_str().parse().ok());
        if number.is_none() {
            value.wrong("a whole number");
        }
        number
    }

    pub(crate) fn tables(&self, key: &str) -> Vec<Table<'d>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(list) = value.inner.get_ref().as_array() else {
            value.wrong("a list of tables");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (place, element) in list.iter().enumerate() {
            let element = Value {
                source: self.source,
                inner: element,
                field: format!("{}[{}]", value.field, place + 1),
            };
            tables.extend(element.table());
        }
        tables
    }
}

impl Placed<String> {
    /// What this word means, from a fixed list.
    pub(crate) fn word<T: Copy>(&self, source: &Source<'_>, words: &[(&'static str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == self.value);
        if found.is_none() {
            source.report_at(
                self,
                Fault::UnknownWord {
                    found: self.value.clone(),
                    allowed: words.iter().map(|(word, _)| *word).collect(),
                },
            );
        }
        found.map(|(_, meaning)| *meaning)
    }
}

/// A TOML value being read.
pub(crate) struct Value<'d> {
    source: &'d Source<'d>,
    inner: &'d Spanned<DeValue<'d>>,
    pub(crate) field: String,
}

impl<'d> Value<'d> {
    fn at(&self) -> usize {
        self.inner.span().start
    }

    fn wrong(&self, expected: &'static str) {
        let found = self.inner.get_ref().type_str();
        self.source
            .report(self.at(), &self.field, Fault::WrongType { expected, found });
    }

    pub(crate) fn is_string(&self) -> bool {
        self.inner.get_ref().is_str()
    }

    pub(crate) fn is_table(&self) -> bool {
        self.inner.get_ref().is_table()
    }

    pub(crate) fn string(&self) -> Option<Placed<String>> {
        let Some(text) = self.inner.get_ref().as_str() else {
            self.wrong("a text");
            return None;
        };
        Some(Placed {
            value: text.to_owned(),
            at: self.at(),
            field: self.field.clone(),
        })
    }

    pub(crate) fn list(&self, expected: &'static str) -> Vec<Value<'d>> {
        let Some(list) = self.inner.get_ref().as_array() else {
            self.wrong(expected);
            return Vec::new();
        };
        list.iter()
            .map(|value| Value {
                source: self.source,
                inner: value,
                field: self.field.clone(),
            })
            .collect()
    }

    pub(crate) fn strings(&self) -> Vec<Placed<String>> {
        self.list("a list of texts")
            .iter()
            .filter_map(Value::string)
            .collect()
    }

    pub(crate) fn table(&self) -> Option<Table<'d>> {
        let Some(table) = self.inner.get_ref().as_table() else {
            self.wrong("a table");
            return None;
        };
        Some(Table {
            source: self.source,
            fields: table,
            at: self.at(),
            field: self.field.clone(),
        })
    }
}

fn join(outer: &str, inner: &str) -> String {
    if outer.is_empty() {
        inner.to_owned()
    } else {
        format!("{outer}.{inner}")
    }
}

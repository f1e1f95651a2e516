//! The categories of abuse and harm, as data (Appendix B of the Statement, RB).

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use crate::form::FormErrors as CategoriesErrors;
use crate::form::{
    Fault,
    source::{Placed, Source, Table},
};

/// The name of the built-in list, for messages.
pub const BUILT_IN_NAME: &str = "content/categories.toml";

/// The source of the built-in list.
pub const BUILT_IN_SOURCE: &str = include_str!("../content/categories.toml");

/// One category. Its words are the texts `category-<key>`, `.short` and `.signs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The stable key that reports hold.
    pub key: String,
    /// Where it stands in the list.
    pub order: u32,
    /// Whether it is offered. One that is not still has its name in old reports.
    pub active: bool,
    /// The first day on which it was offered.
    pub valid_from: Date,
    /// The last day on which it was offered, if that has passed.
    pub valid_to: Option<Date>,
}

/// The list of categories, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Categories {
    /// The version of the list.
    pub version: u32,
    list: Vec<Category>,
}

impl Categories {
    /// Reads a list. All faults are told at once, each with file, line and field.
    pub fn parse(file_name: &str, source: &str) -> Result<Self, CategoriesErrors> {
        Source::new(file_name, source).parse(|root| {
            root.allow(&["version", "category"]);
            let version = root.number("version");
            if root.value("version").is_none() {
                root.report(Fault::MissingField("version"));
            }
            let mut seen = BTreeSet::new();
            let mut list: Vec<_> = root
                .tables("category")
                .into_iter()
                .filter_map(|table| category(table, &mut seen))
                .collect();
            list.sort_by_key(|category| category.order);
            Some(Self {
                version: version?,
                list,
            })
        })
    }

    /// The list that comes with the program.
    pub fn built_in() -> Result<Self, CategoriesErrors> {
        Self::parse(BUILT_IN_NAME, BUILT_IN_SOURCE)
    }

    /// All categories, also those no longer offered.
    pub fn all(&self) -> &[Category] {
        &self.list
    }

    /// The categories that are offered now.
    pub fn active(&self) -> impl Iterator<Item = &Category> {
        self.list.iter().filter(|category| category.active)
    }

    /// The category with this key.
    pub fn find(&self, key: &str) -> Option<&Category> {
        self.list.iter().find(|category| category.key == key)
    }
}

fn category(table: Table<'_>, seen: &mut BTreeSet<String>) -> Option<Category> {
    let key = table.required_string("key");
    let table = table.named("category", "", key.as_ref());
    table.allow(&["key", "order", "active", "valid_from", "valid_to"]);
    let order = table.number("order");
    if table.value("order").is_none() {
        table.report(Fault::MissingField("order"));
    }
    let active = table.value("active").is_none() || table.flag("active");
    let valid_from = table
        .required_string("valid_from")
        .and_then(|text| date(&table, &text));
    let valid_to = table.string("valid_to").and_then(|text| date(&table, &text));
    let key = key?;
    let letters = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    if key.value.is_empty() || !key.value.chars().all(letters) {
        table.source.report_at(&key, Fault::BadId(key.value.clone()));
    }
    if !seen.insert(key.value.clone()) {
        table.source.report_at(&key, Fault::Twice(key.value.clone()));
    }
    Some(Category {
        key: key.value,
        order: order?,
        active,
        valid_from: valid_from?,
        valid_to,
    })
}

fn date(table: &Table<'_>, text: &Placed<String>) -> Option<Date> {
    let date = text.value.parse().ok();
    if date.is_none() {
        table.source.report_at(text, Fault::BadDate(text.value.clone()));
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_has_the_ten_of_the_care_act_first() {
        let categories = Categories::built_in().unwrap();
        let keys: Vec<_> = categories
            .all()
            .iter()
            .map(|category| category.key.as_str())
            .collect();
        assert_eq!(keys.len(), 29);
        assert_eq!(
            keys[..10],
            [
                "physical",
                "domestic",
                "sexual",
                "psychological",
                "financial",
                "slavery",
                "discriminatory",
                "organisational",
                "neglect",
                "self_neglect"
            ]
        );
        assert_eq!(categories.active().count(), 29);
        assert!(categories.find("racism").is_some());
    }

    #[test]
    fn faults_name_file_line_and_field() {
        let source = "version = 1\n[[category]]\nkey = \"a b\"\norder = \"x\"\nvalid_from = \"March\"\n\
                      [[category]]\nkey = \"ok\"\nodrer = 2\n";
        let errors = Categories::parse("my.toml", source).unwrap_err().to_string();
        let lines: Vec<_> = errors.lines().collect();
        assert_eq!(
            lines,
            [
                "my.toml:3: category[1].key: `a b` cannot be an id: use lower-case letters, digits and `_`, and none of the reserved words",
                "my.toml:4: category.a b.order: expected a whole number, found string",
                "my.toml:5: category.a b.valid_from: `March` is not a date like 2026-03-31",
                "my.toml:6: category.ok: field `order` is missing",
                "my.toml:6: category.ok: field `valid_from` is missing",
                "my.toml:8: category.ok.odrer: unknown field, allowed are key, order, active, valid_from, valid_to",
            ]
        );
    }
}

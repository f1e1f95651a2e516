//! The organisation's safeguarding statement, in versions that all stay readable (R1.1a).
//!
//! A version is a Markdown text under a short head of TOML between two lines of `+++`. A paragraph that
//! begins with a number such as `4.2` can be linked to and is what two versions are compared by.

use std::{cmp::Ordering, collections::BTreeMap, fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The statement of the demonstration, newest first.
pub const EXAMPLES: &[&str] = &[
    include_str!("../content/statement.md"),
    include_str!("../content/statement-1.0.md"),
];

/// The number of a version, such as `1.2`: one to four whole numbers with dots.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(Vec<u16>);

impl FromStr for Version {
    type Err = StatementError;

    fn from_str(text: &str) -> Result<Self, StatementError> {
        let bad = || StatementError::Version(text.chars().take(20).collect());
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<u16> = text
            .split('.')
            .map(|part| {
                if plain(part) {
                    part.parse().map_err(|_| bad())
                } else {
                    Err(bad())
                }
            })
            .collect::<Result<_, _>>()?;
        if parts.len() > 4 {
            Err(bad())
        } else {
            Ok(Self(parts))
        }
    }
}

impl TryFrom<String> for Version {
    type Error = StatementError;

    fn try_from(text: String) -> Result<Self, StatementError> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// One version of the statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its title.
    pub title: String,
    /// Its number.
    pub version: Version,
    /// The day from which it holds.
    pub published_on: Date,
    /// What changed, in a sentence or two.
    pub changes: String,
    /// The text, as Markdown.
    pub body: String,
}

/// Why a statement was not accepted.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum StatementError {
    /// No head between two lines of `+++`.
    #[error("the statement must begin with a head between two lines of `+++`")]
    NoHead,
    /// The head is not TOML of this shape; the message names line and key.
    #[error("the head of the statement cannot be read: {0}")]
    Head(String),
    /// Not the number of a version.
    #[error("`version` is `{0}`: must be one to four whole numbers with dots, such as 1.2")]
    Version(String),
    /// Nothing under the head.
    #[error("the statement has no text")]
    Empty,
    /// Two versions with one number.
    #[error("version {0} is there twice")]
    Twice(Version),
}

/// How a numbered paragraph differs between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
    /// Its words differ.
    Reworded,
}

impl Statement {
    /// Reads one version.
    pub fn parse(text: &str) -> Result<Self, StatementError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Head {
            title: String,
            version: String,
            published_on: Date,
            #[serde(default)]
            changes: String,
        }
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let rest = text.strip_prefix("+++\n").ok_or(StatementError::NoHead)?;
        let (head, body) = rest.split_once("\n+++\n").ok_or(StatementError::NoHead)?;
        let head: Head = toml::from_str(head).map_err(|error| StatementError::Head(error.to_string()))?;
        if body.trim().is_empty() {
            return Err(StatementError::Empty);
        }
        Ok(Self {
            title: head.title,
            version: head.version.parse()?,
            published_on: head.published_on,
            changes: head.changes,
            body: body.trim().to_owned(),
        })
    }

    /// Reads several versions and puts the newest first.
    pub fn parse_all(texts: &[&str]) -> Result<Vec<Self>, StatementError> {
        let mut all: Vec<Self> = texts
            .iter()
            .map(|text| Self::parse(text))
            .collect::<Result<_, _>>()?;
        all.sort_by(|a, b| b.version.cmp(&a.version));
        for pair in all.windows(2) {
            if let [newer, older] = pair
                && newer.version == older.version
            {
                return Err(StatementError::Twice(newer.version.clone()));
            }
        }
        Ok(all)
    }

    /// The numbered paragraphs and their words.
    fn paragraphs(&self) -> BTreeMap<Version, String> {
        let mut found: BTreeMap<Version, String> = BTreeMap::new();
        let mut current = None;
        for block in self.body.split("\n\n").map(str::trim) {
            // A heading ends a paragraph; what follows a paragraph without a number is part of it.
            if block.starts_with('#') {
                current = None;
                continue;
            }
            let (number, words) = paragraph_number(block);
            current = number.or(current);
            if let Some(number) = &current {
                let text = found.entry(number.clone()).or_default();
                for word in words.split_whitespace() {
                    text.push_str(word);
                    text.push(' ');
                }
            }
        }
        found
    }

    /// Which numbered paragraphs differ from an older version, in order.
    pub fn changes_since(&self, older: &Self) -> Vec<(Version, Change)> {
        let (new, old) = (self.paragraphs(), older.paragraphs());
        let mut changes: Vec<_> = new
            .iter()
            .filter_map(|(number, words)| match old.get(number) {
                None => Some((number.clone(), Change::Added)),
                Some(before) if before != words => Some((number.clone(), Change::Reworded)),
                Some(_) => None,
            })
            .collect();
        let gone = old.keys().filter(|number| !new.contains_key(number));
        changes.extend(gone.map(|number| (number.clone(), Change::Removed)));
        changes.sort_by(|a, b| a.0.cmp(&b.0));
        changes
    }
}

/// Takes a number such as `4.2` from the front of a paragraph.
pub fn paragraph_number(text: &str) -> (Option<Version>, &str) {
    if let Some((first, rest)) = text.split_once(' ')
        && first.contains('.')
        && let Ok(number) = first.parse()
    {
        return (Some(number), rest);
    }
    (None, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "+++\ntitle = \"T\"\nversion = \"1.2\"\npublished_on = \"2026-03-01\"\n+++\n";

    #[test]
    fn the_examples_read_newest_first() {
        let all = Statement::parse_all(EXAMPLES).unwrap();
        assert!(all.len() > 1 && all[0].version > all[1].version);
        assert!(!all[0].changes.is_empty());
        assert!(!all[0].changes_since(&all[1]).is_empty());
    }

    #[test]
    fn versions_compare_as_numbers() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        assert!(version("1.10") > version("1.9") && version("2") > version("1.9.9"));
        for bad in ["", "1.", "v1", "1.2.3.4.5", "../x", "+1", "99999"] {
            assert!(bad.parse::<Version>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_head_that_is_wrong_says_what() {
        assert_eq!(Statement::parse("# Hi"), Err(StatementError::NoHead));
        assert_eq!(Statement::parse(HEAD), Err(StatementError::Empty));
        let error = Statement::parse(&HEAD.replace("title", "tilte"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("tilte"), "{error}");
        let twice = format!("{HEAD}x");
        assert!(matches!(
            Statement::parse_all(&[&twice, &twice]),
            Err(StatementError::Twice(_))
        ));
    }

    #[test]
    fn changes_name_the_paragraphs() {
        let old = Statement::parse(&format!("{HEAD}1.1 One\n\n1.2 Two\n\nmore\n\n1.3 Three")).unwrap();
        let new = Statement::parse(&format!(
            "{HEAD}1.1  One\n\n1.2 Two\n\nelse\n\n# H\n\nx\n\n1.4 Four"
        ))
        .unwrap();
        let said: Vec<_> = new
            .changes_since(&old)
            .iter()
            .map(|(n, c)| format!("{n} {c:?}"))
            .collect();
        assert_eq!(said, ["1.2 Reworded", "1.3 Removed", "1.4 Added"]);
    }
}

//! Who else can help: the contacts of Appendix C, as data with an owner and a date (R5.2a, R5.2e).

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::organisation::digits;

mod tags;

pub use tags::{Area, Channel, Group, Need};

/// The built-in starter list. No row has been checked by the organisation that shows it.
pub const STARTER: &str = include_str!("../../content/contacts.toml");

/// A body that can help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpContact {
    /// A short name that never changes, for records of what was offered (R5.2b).
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does, in plain words.
    pub purpose: String,
    /// Whether it is for danger now; these come first whatever is asked for.
    #[serde(default)]
    pub urgent: bool,
    /// What it is for, the main one first.
    pub needs: Vec<Need>,
    /// Where it serves people.
    #[serde(default = "everywhere")]
    pub areas: Vec<Area>,
    /// Whom it is especially for; empty for everybody.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Tags of the languages that it speaks.
    #[serde(default = "english")]
    pub languages: Vec<String>,
    /// Ways to reach it.
    #[serde(default)]
    pub channels: Vec<Way>,
    /// When it answers.
    pub hours: String,
    /// Whether that is day and night, all year.
    #[serde(default)]
    pub always_open: bool,
    /// What it costs.
    #[serde(default)]
    pub cost: Cost,
    /// Whether a telephone bill may show it.
    #[serde(default)]
    pub on_bills: OnBills,
    /// Who keeps this row right.
    #[serde(default)]
    pub owner: String,
    /// When the organisation last checked it.
    pub last_checked: Option<Date>,
    /// When it is to be checked again.
    pub next_check: Option<Date>,
}

fn everywhere() -> Vec<Area> {
    vec![Area::Uk]
}

fn english() -> Vec<String> {
    vec!["en".to_owned()]
}

/// One way to reach a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// What kind of way.
    pub kind: Channel,
    /// What people read.
    pub value: String,
    /// The number or address behind it, where that is not `value` itself.
    #[serde(default)]
    pub to: String,
}

impl Way {
    /// The address of a link, for those who can press it.
    pub fn href(&self) -> String {
        let target = if self.to.is_empty() { &self.value } else { &self.to };
        match self.kind {
            Channel::Phone | Channel::Relay => format!("tel:{}", digits(target)),
            Channel::Text => format!("sms:{}", digits(target)),
            Channel::Email => format!("mailto:{target}"),
            Channel::Web | Channel::SignLanguage => format!("https://{target}"),
        }
    }
}

/// What a contact costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Nothing.
    Free,
    /// What a call to a usual number costs.
    UsualRate,
    /// Nobody has looked.
    #[default]
    Unknown,
}

/// Whether a telephone bill may show a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnBills {
    /// Free numbers mostly are not listed.
    Unlikely,
    /// Paid numbers mostly are.
    Likely,
    /// Nobody has looked.
    #[default]
    Unknown,
}

/// How far a row can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// This organisation has never checked it.
    Never,
    /// Its next check is overdue.
    Overdue(Date),
    /// Checked on this day.
    On(Date),
}

/// Why a list of contacts was not accepted.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ContactsError {
    /// Not TOML of this shape; the message names line and key.
    #[error("contacts cannot be read: {0}")]
    Shape(String),
    /// A row that is not allowed.
    #[error("contact `{id}`: `{key}` {allowed}")]
    Row {
        /// The row.
        id: String,
        /// The key in it.
        key: &'static str,
        /// What may be there.
        allowed: &'static str,
    },
}

/// What somebody asked for; what is `None` or empty leaves all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Need.
    pub need: Option<Need>,
    /// Area.
    pub area: Option<Area>,
    /// Group. Contacts for everybody stay in.
    pub group: Option<Group>,
    /// Way to reach.
    pub channel: Option<Channel>,
    /// Language tag.
    pub language: Option<String>,
    /// Only those that answer day and night.
    pub always_open: bool,
    /// Words that must all occur somewhere in the row.
    pub words: String,
}

impl HelpContact {
    /// How far the row can be relied on.
    pub fn checked(&self, today: Date) -> Checked {
        match (self.last_checked, self.next_check) {
            (None, _) => Checked::Never,
            (Some(last), Some(next)) if next < today => Checked::Overdue(last),
            (Some(last), _) => Checked::On(last),
        }
    }

    /// Whether somebody should check the row before people rely on it.
    pub fn is_stale(&self, today: Date) -> bool {
        !matches!(self.checked(today), Checked::On(_))
    }

    fn matches(&self, search: &Search) -> bool {
        let area = |area| self.areas.contains(&Area::Uk) || area == Area::Uk || self.areas.contains(&area);
        search.need.is_none_or(|need| self.needs.contains(&need))
            && search.area.is_none_or(area)
            && search
                .group
                .is_none_or(|group| self.groups.is_empty() || self.groups.contains(&group))
            && search
                .channel
                .is_none_or(|channel| self.channels.iter().any(|way| way.kind == channel))
            && search
                .language
                .as_ref()
                .is_none_or(|language| self.languages.contains(language))
            && (!search.always_open || self.always_open)
            && self.has_words(&search.words)
    }

    fn has_words(&self, words: &str) -> bool {
        let mut row = format!("{} {} ", self.name, self.purpose).to_lowercase();
        for need in &self.needs {
            row.push_str(need.key());
            row.push(' ');
        }
        for way in &self.channels {
            row.push_str(&way.value.to_lowercase());
            row.push(' ');
        }
        words
            .to_lowercase()
            .split_whitespace()
            .all(|word| row.contains(word))
    }
}

/// The contacts that fit, urgent ones first, then in the order of the list.
pub fn find<'a>(contacts: &'a [HelpContact], search: &Search) -> Vec<&'a HelpContact> {
    let mut found: Vec<_> = contacts
        .iter()
        .filter(|contact| contact.matches(search))
        .collect();
    found.sort_by_key(|contact| !contact.urgent);
    found
}

/// Reads and checks a list.
pub fn from_toml(text: &str) -> Result<Vec<HelpContact>, ContactsError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        contact: Vec<HelpContact>,
    }
    let file: File = toml::from_str(text).map_err(|error| ContactsError::Shape(error.to_string()))?;
    let mut ids = BTreeSet::new();
    for contact in &file.contact {
        let refuse = |key, allowed| ContactsError::Row {
            id: contact.id.clone(),
            key,
            allowed,
        };
        if contact.name.trim().is_empty() {
            return Err(refuse("name", "must not be empty"));
        }
        if contact.needs.is_empty() {
            return Err(refuse("needs", "must name at least one need"));
        }
        if !ids.insert(&contact.id) {
            return Err(refuse("id", "must be its own: another contact has it"));
        }
        for way in &contact.channels {
            if unsafe_in_link(way) {
                return Err(refuse(
                    "channels",
                    "must be a number or an address without `https://`, quotes or spaces",
                ));
            }
        }
    }
    Ok(file.contact)
}

fn unsafe_in_link(way: &Way) -> bool {
    let target = if way.to.is_empty() { &way.value } else { &way.to };
    match way.kind {
        Channel::Phone | Channel::Relay | Channel::Text => digits(target).len() < 2,
        Channel::Email | Channel::Web | Channel::SignLanguage => {
            !target.contains('.')
                || target.contains("://")
                || target.contains(|char: char| char.is_whitespace() || "\"'<>".contains(char))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn starter() -> Vec<HelpContact> {
        from_toml(STARTER).unwrap()
    }

    #[test]
    fn the_starter_list_reads_and_claims_no_check() {
        let contacts = starter();
        assert!(contacts.len() >= 41);
        assert!(
            contacts
                .iter()
                .all(|contact| contact.checked(date(2026, 12, 1)) == Checked::Never)
        );
    }

    #[test]
    fn urgent_contacts_come_first_and_filters_hold_together() {
        let contacts = starter();
        let all = find(&contacts, &Search::default());
        assert_eq!(all.len(), contacts.len());
        assert_eq!(all[0].id, "999");
        let search = Search {
            need: Some(Need::Domestic),
            area: Some(Area::Wales),
            channel: Some(Channel::Phone),
            always_open: true,
            ..Search::default()
        };
        let ids: Vec<_> = find(&contacts, &search)
            .iter()
            .map(|contact| &*contact.id)
            .collect();
        assert!(
            ids.contains(&"live-fear-free") && !ids.contains(&"scotland-domestic"),
            "{ids:?}"
        );
        assert!(!ids.contains(&"mens-advice-line"), "weekdays only");
    }

    #[test]
    fn words_are_found_in_names_and_numbers() {
        let contacts = starter();
        let search = Search {
            words: "SAMARITANS 116".into(),
            ..Search::default()
        };
        assert_eq!(find(&contacts, &search).len(), 1);
        let search = Search {
            words: "nothing like this".into(),
            ..Search::default()
        };
        assert!(find(&contacts, &search).is_empty());
    }

    #[test]
    fn a_group_keeps_contacts_for_everybody() {
        let contacts = starter();
        let search = Search {
            group: Some(Group::Men),
            ..Search::default()
        };
        let ids: Vec<_> = find(&contacts, &search)
            .iter()
            .map(|contact| &*contact.id)
            .collect();
        assert!(ids.contains(&"mens-advice-line") && ids.contains(&"samaritans"));
        assert!(!ids.contains(&"refuge"));
    }

    #[test]
    fn a_row_past_its_date_is_stale() {
        let mut contact = starter().remove(0);
        assert!(contact.is_stale(date(2026, 6, 1)));
        contact.last_checked = Some(date(2026, 3, 1));
        contact.next_check = Some(date(2026, 9, 1));
        assert!(!contact.is_stale(date(2026, 9, 1)));
        assert_eq!(
            contact.checked(date(2026, 9, 2)),
            Checked::Overdue(date(2026, 3, 1))
        );
    }

    #[test]
    fn errors_name_the_row_or_the_line() {
        let row = "[[contact]]\nid = \"a\"\nname = \"A\"\npurpose = \"\"\nhours = \"\"\nneeds = [\"talk\"]\n";
        let error = from_toml(&format!("{row}{row}")).unwrap_err().to_string();
        assert_eq!(error, "contact `a`: `id` must be its own: another contact has it");
        let error = from_toml(&row.replace("talk", "chat")).unwrap_err().to_string();
        assert!(error.contains("chat") && error.contains("line 6"), "{error}");
        let bad = format!("{row}channels = [{{ kind = \"web\", value = \"javascript:x\" }}]\n");
        assert!(from_toml(&bad).unwrap_err().to_string().contains("channels"));
    }
}

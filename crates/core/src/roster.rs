//! Who is in the safeguarding team, in which role, and when they are away.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::id::UserId;

/// A role in the safeguarding team (domain reference 6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The Designated Safeguarding Lead, who receives reports (Statement 4.2(2)).
    Lead,
    /// The Alternative Safeguarding Lead (Statement 4.2(4)).
    Alternate,
    /// The board-level sponsor: receives what concerns the leads, and alerts.
    Sponsor,
    /// The host university's own safeguarding lead.
    University,
    /// Acts on cases that a lead shares.
    Caseworker,
    /// Holds a session or a project; takes reports down for others, and reads none.
    Facilitator,
    /// Member of the governance group: numbers and what was learned, without names.
    Group,
    /// The university's data protection officer: reads what a lead shares for a rights request.
    DataProtection,
    /// Keeps the team list and the settings; can read no case.
    Administrator,
}

impl Role {
    /// All roles, in the order in which a report looks for a reader.
    pub const ALL: [Self; 9] = [
        Self::Lead,
        Self::Alternate,
        Self::Sponsor,
        Self::University,
        Self::Caseworker,
        Self::Facilitator,
        Self::Group,
        Self::DataProtection,
        Self::Administrator,
    ];

    /// The stable name in the database and in message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Alternate => "alternate",
            Self::Sponsor => "sponsor",
            Self::University => "university",
            Self::Caseworker => "caseworker",
            Self::Facilitator => "facilitator",
            Self::Group => "group",
            Self::DataProtection => "data_protection",
            Self::Administrator => "administrator",
        }
    }

    /// The role with this stable name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Whether a report can be addressed to this role.
    pub fn receives_reports(self) -> bool {
        match self {
            Self::Lead | Self::Alternate | Self::Sponsor | Self::University => true,
            Self::Caseworker
            | Self::Facilitator
            | Self::Group
            | Self::DataProtection
            | Self::Administrator => false,
        }
    }

    /// Whether somebody in this role can ever hold a key to a case. The others have nothing that could be opened, shared
    /// or lost.
    pub fn holds_keys(self) -> bool {
        match self {
            Self::Lead
            | Self::Alternate
            | Self::Sponsor
            | Self::University
            | Self::Caseworker
            | Self::DataProtection => true,
            Self::Facilitator | Self::Group | Self::Administrator => false,
        }
    }

    /// Whether this is one of the two safeguarding leads of the Statement.
    pub fn is_lead(self) -> bool {
        match self {
            Self::Lead | Self::Alternate => true,
            Self::Sponsor
            | Self::University
            | Self::Caseworker
            | Self::Facilitator
            | Self::Group
            | Self::DataProtection
            | Self::Administrator => false,
        }
    }
}

/// A time away: both days belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// The first day away.
    pub from_on: Date,
    /// The last day away.
    pub until_on: Date,
}

impl Absence {
    /// Whether somebody is away on this day.
    pub fn covers(&self, on: Date) -> bool {
        self.from_on <= on && on <= self.until_on
    }
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: UserId,
    /// In which role.
    pub role: Role,
    /// The name that people know them by.
    pub name: String,
    /// Whether they have a key: an invited person who has not joined yet has none.
    pub has_key: bool,
    /// Times away.
    pub absences: Vec<Absence>,
}

impl Member {
    /// Whether this person is away on this day.
    pub fn is_away(&self, on: Date) -> bool {
        self.absences.iter().any(|absence| absence.covers(on))
    }

    /// Whether this text names the member: the words of their name, next to each other, however
    /// they are written (`Robin Example` is named in `it was robin  EXAMPLE!`).
    ///
    /// A first name alone does not count: too many people share it.
    pub fn is_named_in(&self, text: &str) -> bool {
        let name = words(&self.name);
        name.len() > 1 && words(text).windows(name.len()).any(|window| window == name)
    }
}

/// Lower-case words without accents or punctuation.
fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .nfd()
        .filter(|char| !unicode_normalization::char::is_combining_mark(*char))
        .flat_map(char::to_lowercase)
        .filter(|char| !matches!(char, '\'' | '’'))
        .collect();
    plain
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Everybody who can sign in now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// The members, in no order that matters.
    pub members: Vec<Member>,
}

impl Roster {
    /// The member with this id.
    pub fn find(&self, id: UserId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    /// Members whom this text names by their whole name, whatever their role.
    pub fn named_in(&self, text: &str) -> Vec<UserId> {
        self.members
            .iter()
            .filter(|member| member.is_named_in(text))
            .map(|member| member.id)
            .collect()
    }

    /// Members with a key who can receive reports, in the order in which a report looks for its reader.
    pub fn receivers(&self) -> Vec<&Member> {
        let mut receivers: Vec<_> = self
            .members
            .iter()
            .filter(|member| member.has_key && member.role.receives_reports())
            .collect();
        receivers.sort_by_key(|member| (member.role, member.id));
        receivers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn robin() -> Member {
        Member {
            id: UserId::from_random([1; 16]),
            role: Role::Lead,
            name: "Robín O’Example".to_owned(),
            has_key: true,
            absences: Vec::new(),
        }
    }

    #[test]
    fn a_whole_name_is_found_however_it_is_written() {
        for text in [
            "robin oexample",
            "It was ROBIN  O'Example, again.",
            "Robín\nO’Example",
        ] {
            assert!(robin().is_named_in(text), "{text}");
        }
        for text in ["Robin", "Robin said Example", "", "Robin Oexamples"] {
            assert!(!robin().is_named_in(text), "{text}");
        }
    }

    #[test]
    fn every_role_has_a_name_of_its_own() {
        for role in Role::ALL {
            assert_eq!(Role::from_key(role.key()), Some(role));
        }
    }
}

//! The organisation that runs this installation: its name, its leads, its policies and links.
//!
//! All of it is content, never code: leads change, and one organisation's numbers are no other's.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The built-in example: an invented organisation, in neutral words.
pub const EXAMPLE: &str = include_str!("../content/organisation.toml");

/// What the pages say about the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Full name.
    pub name: String,
    /// A short name for page titles; it should say nothing of safeguarding.
    pub short_name: String,
    /// Where its people mostly are, which decides law and councils.
    pub nation: Nation,
    /// The harmless site that the exit control goes to.
    pub exit_url: String,
    /// When somebody reads what comes in, in a sentence or two that promise no more than is true.
    pub service_hours: String,
    /// How to phone through text relay, if that needs saying.
    #[serde(default)]
    pub text_relay: String,
    /// Where a paper report can be sent or handed in.
    #[serde(default)]
    pub postal_address: String,
    /// The public contacts, the designated lead first.
    pub leads: Vec<PublicLead>,
    /// Where a concern about someone under 18 goes.
    pub children: Contact,
    /// The body that the organisation is part of.
    pub host: Option<Contact>,
    /// Its own ways of working and guides.
    #[serde(default)]
    pub links: Links,
}

/// A nation of the United Kingdom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nation {
    /// England.
    England,
    /// Wales.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// A person whom anybody may phone or write to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicLead {
    /// What they do here.
    pub role: PublicRole,
    /// The name they use.
    pub name: String,
    /// Their pronouns, if they say.
    #[serde(default)]
    pub pronouns: String,
    /// Telephone number as people read it.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// When they can be reached.
    #[serde(default)]
    pub hours: String,
}

/// The role of a public contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicRole {
    /// Designated safeguarding lead.
    Designated,
    /// Alternate lead, when the first is away or is not the right person.
    Alternate,
    /// Independent recipient, when a concern is about a lead.
    Independent,
}

impl PublicRole {
    /// The id of its name in the texts.
    pub fn label_id(self) -> &'static str {
        match self {
            Self::Designated => "common-role-designated",
            Self::Alternate => "common-role-alternate",
            Self::Independent => "common-role-independent",
        }
    }
}

impl PublicLead {
    /// The number for a `tel:` link.
    pub fn phone_digits(&self) -> String {
        digits(&self.phone)
    }

    /// The address before and after its `@`, where a narrow page may break it.
    pub fn email_halves(&self) -> (&str, &str) {
        self.email.split_once('@').unwrap_or((&self.email, ""))
    }
}

/// Another body, with its policy and a way to reach it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name of the body or person.
    pub name: String,
    /// Its policy on the web.
    #[serde(default)]
    pub policy_url: String,
    /// Telephone number.
    #[serde(default)]
    pub phone: String,
    /// E-mail address.
    #[serde(default)]
    pub email: String,
}

impl Contact {
    /// The number for a `tel:` link.
    pub fn phone_digits(&self) -> String {
        digits(&self.phone)
    }

    /// The address before and after its `@`, where a narrow page may break it.
    pub fn email_halves(&self) -> (&str, &str) {
        self.email.split_once('@').unwrap_or((&self.email, ""))
    }
}

/// Documents that this program only links to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// The core values (Statement 1.3).
    pub core_values: String,
    /// The community commitments: the standing ways of working.
    pub community_commitments: String,
    /// Tips for staying safe together.
    pub safety_tips: String,
    /// The living definition of anti-racism (Statement 2.3).
    pub anti_racism: String,
    /// When somebody last looked that the definition is still there.
    pub anti_racism_checked: Option<Date>,
    /// Other guides.
    pub practice_guides: Vec<Guide>,
}

/// A guide on the web.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
}

/// Why organisation content was not accepted.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OrganisationError {
    /// Not TOML or JSON of this shape; the message names line and key.
    #[error("organisation content cannot be read: {0}")]
    Shape(String),
    /// A value that is not allowed.
    #[error("organisation `{key}` is `{value}`: {allowed}")]
    Value {
        /// The key, as a path (`leads[0].phone`).
        key: String,
        /// What was there.
        value: String,
        /// What may be there.
        allowed: &'static str,
    },
}

impl Organisation {
    /// The built-in example.
    pub fn example() -> Result<Self, OrganisationError> {
        Self::from_toml(EXAMPLE)
    }

    /// What the pages say before the first run: nothing of anybody.
    pub fn placeholder() -> Self {
        let nobody = Contact {
            name: String::new(),
            policy_url: String::new(),
            phone: String::new(),
            email: String::new(),
        };
        Self {
            name: "Safehold".to_owned(),
            short_name: "Safehold".to_owned(),
            nation: Nation::England,
            exit_url: "https://www.bbc.co.uk/weather".to_owned(),
            service_hours: String::new(),
            text_relay: String::new(),
            postal_address: String::new(),
            leads: Vec::new(),
            children: nobody,
            host: None,
            links: Links::default(),
        }
    }

    /// Reads and checks TOML.
    pub fn from_toml(text: &str) -> Result<Self, OrganisationError> {
        let organisation: Self =
            toml::from_str(text).map_err(|error| OrganisationError::Shape(error.to_string()))?;
        organisation.check()?;
        Ok(organisation)
    }

    /// Reads and checks JSON, as the database keeps it.
    pub fn from_json(text: &str) -> Result<Self, OrganisationError> {
        let organisation: Self =
            serde_json::from_str(text).map_err(|error| OrganisationError::Shape(error.to_string()))?;
        organisation.check()?;
        Ok(organisation)
    }

    /// The designated lead's public contact; `check` makes sure that there is one.
    pub fn designated(&self) -> Option<&PublicLead> {
        self.leads.iter().find(|lead| lead.role == PublicRole::Designated)
    }

    /// Refuses what the pages could not show, with the key, the value and what is allowed.
    pub fn check(&self) -> Result<(), OrganisationError> {
        for (key, value) in [
            ("name", &self.name),
            ("short_name", &self.short_name),
            ("service_hours", &self.service_hours),
            ("children.name", &self.children.name),
        ] {
            if value.trim().is_empty() {
                return Err(refused(key, value, "must not be empty"));
            }
        }
        // The way out must not be a plain-text request that a network watcher can tie to this page.
        if !is_https(&self.exit_url) {
            return Err(refused(
                "exit_url",
                &self.exit_url,
                "must be a web address that starts with https://",
            ));
        }
        if !self
            .leads
            .first()
            .is_some_and(|lead| lead.role == PublicRole::Designated)
        {
            return Err(refused(
                "leads",
                &self.leads.len().to_string(),
                "the first must have the role `designated`",
            ));
        }
        for (index, lead) in self.leads.iter().enumerate() {
            check_lead(index, lead)?;
        }
        let mut urls: Vec<(String, &str)> = vec![
            ("children.policy_url".into(), &self.children.policy_url),
            ("links.core_values".into(), &self.links.core_values),
            (
                "links.community_commitments".into(),
                &self.links.community_commitments,
            ),
            ("links.safety_tips".into(), &self.links.safety_tips),
            ("links.anti_racism".into(), &self.links.anti_racism),
        ];
        if let Some(host) = &self.host {
            urls.push(("host.policy_url".into(), &host.policy_url));
        }
        let guides = self.links.practice_guides.iter().enumerate();
        urls.extend(
            guides.map(|(index, guide)| (format!("links.practice_guides[{index}].url"), &*guide.url)),
        );
        for (key, url) in urls {
            if !url.is_empty() && !is_https(url) {
                return Err(refused(
                    &key,
                    url,
                    "must be empty or a web address that starts with https://",
                ));
            }
        }
        self.check_roles()
    }

    fn check_roles(&self) -> Result<(), OrganisationError> {
        let mut emails = BTreeSet::new();
        for (index, lead) in self.leads.iter().enumerate() {
            if !emails.insert(lead.email.to_lowercase()) {
                return Err(refused(
                    &format!("leads[{index}].email"),
                    &lead.email,
                    "each lead needs an address of their own, so that nobody reads another's post",
                ));
            }
        }
        Ok(())
    }
}

fn check_lead(index: usize, lead: &PublicLead) -> Result<(), OrganisationError> {
    let key = |field: &str| format!("leads[{index}].{field}");
    if lead.name.trim().is_empty() {
        return Err(refused(&key("name"), &lead.name, "must not be empty"));
    }
    let allowed = |char: char| char.is_ascii_digit() || " +()-".contains(char);
    if lead.phone.chars().filter(char::is_ascii_digit).count() < 3 || !lead.phone.chars().all(allowed) {
        return Err(refused(
            &key("phone"),
            &lead.phone,
            "must be a telephone number: digits, spaces, +, brackets or hyphens",
        ));
    }
    let parts = lead.email.split_once('@');
    let plausible = parts.is_some_and(|(name, place)| !name.is_empty() && place.contains('.'));
    if !plausible
        || lead
            .email
            .contains(|char: char| char.is_whitespace() || "<>\"?&".contains(char))
    {
        return Err(refused(&key("email"), &lead.email, "must be an e-mail address"));
    }
    Ok(())
}

fn refused(key: &str, value: &str, allowed: &'static str) -> OrganisationError {
    OrganisationError::Value {
        key: key.to_owned(),
        value: value.to_owned(),
        allowed,
    }
}

/// Whether a text can stand in a link or a `Location` header.
fn is_https(url: &str) -> bool {
    url.strip_prefix("https://").is_some_and(|rest| {
        rest.len() > 3
            && rest
                .chars()
                .all(|char| char.is_ascii_graphic() && !"\"<>\\^`{|}".contains(char))
    })
}

/// A number as a telephone takes it.
pub(crate) fn digits(phone: &str) -> String {
    phone
        .chars()
        .filter(|char| char.is_ascii_digit() || *char == '+')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(from: &str, to: &str) -> String {
        assert!(EXAMPLE.contains(from), "{from}");
        Organisation::from_toml(&EXAMPLE.replacen(from, to, 1))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_example_reads_and_survives_json() {
        let example = Organisation::example().unwrap();
        let json = serde_json::to_string(&example).unwrap();
        assert_eq!(Organisation::from_json(&json).unwrap(), example);
        assert_eq!(example.designated().unwrap().phone_digits(), "01632960101");
    }

    #[test]
    fn errors_name_key_value_and_what_is_allowed() {
        let said = changed("exit_url = \"https:", "exit_url = \"http:");
        assert!(
            said.contains("`exit_url`") && said.contains("http://") && said.contains("https://"),
            "{said}"
        );
        let said = changed("01632 960101", "ask at the desk");
        assert!(
            said.contains("leads[0].phone") && said.contains("ask at the desk"),
            "{said}"
        );
        let said = changed("role = \"designated\"", "role = \"boss\"");
        assert!(
            said.contains("boss") && said.contains("designated") && said.contains("line"),
            "{said}"
        );
        let said = changed("short_name", "shrt_name");
        assert!(said.contains("shrt_name"), "{said}");
        let said = changed("nation = \"england\"", "nation = \"mercia\"");
        assert!(said.contains("mercia") && said.contains("wales"), "{said}");
    }

    #[test]
    fn an_address_that_could_leave_its_header_is_refused() {
        for url in [
            "https://a",
            "https://x.example/\r\nSet-Cookie: a",
            "https://x.example/\"",
            "javascript:1",
        ] {
            assert!(!is_https(url), "{url}");
        }
        assert!(is_https("https://www.bbc.co.uk/weather"));
    }
}

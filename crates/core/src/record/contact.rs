//! Contacts: in ways, at times and with the word that are safe for the person (domain reference 3, A11).

use crate::{
    case::{Field, Record},
    form::{Channel, Contact},
};

/// A contact that is planned, or that was made.
pub(super) const FIELDS: &[Field] = &[
    Field::choice("contact_state", &["planned", "made", "no_answer", "from_them"]),
    Field::choice(
        "contact_with",
        &["reporter", "affected", "concern", "witness", "body", "other"],
    ),
    Field::choice(
        "contact_way",
        &[
            "phone",
            "text",
            "email",
            "video",
            "letter",
            "in_person",
            "through_someone",
            "messages",
        ],
    ),
    Field::date("contact_on"),
    Field::text("contact_time").or_nothing(),
    Field::choice("contact_time_safe", &["yes", "not_sure", "no"]),
    Field::choice("contact_word", &["yes", "none", "no"]),
    Field::long("contact_reason").or_nothing(),
    Field::long("contact_facts").or_nothing(),
    Field::long("contact_judgement").or_nothing(),
];

/// Why a contact may not be safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsafe {
    /// They asked not to be contacted.
    NoContact,
    /// They did not choose this way.
    Way,
    /// The time is not one that they called safe, or nobody looked.
    Time,
    /// There is a word by which they know that it is us, and it is not used.
    Word,
}

impl Unsafe {
    /// The stable name, part of message ids.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoContact => "no_contact",
            Self::Way => "way",
            Self::Time => "time",
            Self::Word => "word",
        }
    }
}

/// What may not be safe about a contact. Only the person's own wishes count, so contacts with others are never held
/// against them; nor is one that they began themselves, or messages here, which wait until they come.
pub(super) fn unsafe_about(record: &Record, said: &Contact) -> Vec<Unsafe> {
    let own = matches!(record.get("contact_with"), Some("reporter" | "affected"));
    let way = record.get("contact_way").and_then(Channel::from_id);
    if !own || record.get("contact_state") == Some("from_them") || way == Some(Channel::Messages) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if said.do_not_contact {
        found.push(Unsafe::NoContact);
    } else if way.is_some_and(|way| !said.channels.contains_key(&way)) {
        found.push(Unsafe::Way);
    }
    if matches!(record.get("contact_time_safe"), Some("not_sure" | "no")) {
        found.push(Unsafe::Time);
    }
    if said.safe_word.is_some() && matches!(record.get("contact_word"), Some("none" | "no")) {
        found.push(Unsafe::Word);
    }
    found
}

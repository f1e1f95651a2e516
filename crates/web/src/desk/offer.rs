//! Contacts to choose from, for pointing somebody to who can help (R5.2b).

use std::fmt::Write as _;

use safehold_core::contacts::{HelpContact, Need};

use crate::{
    fields::Fields,
    layout::{Choice, Page},
    site::Site,
};

/// Contacts for one need.
pub(super) struct Offer {
    /// The need in words.
    pub(super) need: String,
    /// The contacts.
    pub(super) contacts: Vec<Choice>,
}

/// All contacts, each once, under what it is mainly for.
pub(super) fn all(page: &Page, site: &Site, fields: &Fields) -> Vec<Offer> {
    let contacts = site.web.content.get().contacts.clone();
    let today = site.web.today();
    let choice = |contact: &HelpContact| {
        let mut hint = ways(contact);
        if contact.is_stale(today) {
            hint = format!("{hint} {}", page.t("desk-offer-stale"));
        }
        Choice {
            value: contact.id.clone(),
            label: contact.name.clone(),
            hint,
            checked: fields
                .0
                .iter()
                .any(|(name, value)| name == "offer" && *value == contact.id),
        }
    };
    Need::ALL
        .iter()
        .map(|need| Offer {
            need: page.t(need.label_id()),
            contacts: contacts
                .iter()
                .filter(|contact| contact.needs.first() == Some(need))
                .map(choice)
                .collect(),
        })
        .filter(|offer| !offer.contacts.is_empty())
        .collect()
}

fn ways(contact: &HelpContact) -> String {
    let ways: Vec<_> = contact.channels.iter().map(|way| way.value.as_str()).collect();
    format!("{} ({})", ways.join(", "), contact.hours)
}

/// Writes the chosen contacts into the record, after what was typed there. None is written twice.
pub(super) fn write_down(site: &Site, fields: &mut Fields) {
    let contacts = site.web.content.get().contacts.clone();
    let mut text = fields.get("contacts_offered").trim_end().to_owned();
    for (_, id) in fields.0.iter().filter(|(name, _)| name == "offer") {
        let Some(contact) = contacts.iter().find(|contact| contact.id == *id) else {
            continue;
        };
        if text.contains(&contact.name) {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let way = contact.channels.first().map_or("", |way| way.value.as_str());
        let _ = write!(text, "{}: {way}", contact.name);
    }
    fields.0.retain(|(name, _)| name != "contacts_offered");
    fields.0.push(("contacts_offered".to_owned(), text));
}

//! `/help`: the emergency services first, then everyone else who can help, by need (R5.2a, R5.2e).
//!
//! The whole list is there without asking for anything. What is asked for goes into the address as numbers:
//! words such as a kind of harm would stay readable in the history of a shared device.

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Html,
};
use jiff::civil::Date;
use safehold_core::contacts::{
    self, Area, Channel, Checked, Cost, Group, HelpContact, Need, OnBills, Search, Way,
};

use crate::{
    layout::{self, Choice, Nav, Page},
    problem::Problem,
    state::WebState,
};

#[derive(Template)]
#[template(path = "public/help.html")]
struct Help<'a> {
    page: Page,
    fields: Vec<Field>,
    open: Choice,
    filtered: bool,
    found: usize,
    some_unchecked: bool,
    /// Then it is said once, and not beside each.
    none_checked: bool,
    groups: Vec<Section<'a>>,
}

struct Field {
    name: &'static str,
    label: String,
    list: Vec<Choice>,
}

struct Section<'a> {
    label: String,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    contact: &'a HelpContact,
    ways: Vec<WayLink>,
    notes: String,
    checked: String,
    stale: bool,
}

struct WayLink {
    href: String,
    words: String,
    web: bool,
}

/// `GET /help`, with `n`, `a`, `g`, `c`, `l` and `o` to make the list shorter. What is unknown is left out: a
/// person in need of a number gets numbers, never an error.
pub async fn get(State(state): State<WebState>, RawQuery(query): RawQuery) -> Result<Html<String>, Problem> {
    let page = Page::new(&state, "public-help-tab", Nav::Help);
    let contacts = state.content.get().contacts.clone();
    let languages = languages(&contacts);
    let search = read(query.as_deref().unwrap_or_default(), &languages);
    let found = contacts::find(&contacts, &search);
    let today = state.today();
    layout::html(&Help {
        fields: fields(&page, &search, &languages),
        open: Choice {
            value: "1".into(),
            label: page.t("public-help-open"),
            hint: String::new(),
            checked: search.always_open,
        },
        filtered: search != Search::default(),
        found: found.len(),
        some_unchecked: found.iter().any(|contact| contact.last_checked.is_none()),
        none_checked: contacts.iter().all(|contact| contact.last_checked.is_none()),
        groups: sections(&page, &search, &found, today),
        page,
    })
}

fn read(query: &str, languages: &[String]) -> Search {
    let mut search = Search::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "n" => search.need = pick(Need::ALL, &value),
            "a" => search.area = pick(Area::ALL, &value),
            "g" => search.group = pick(Group::ALL, &value),
            "c" => search.channel = pick(Channel::ALL, &value),
            "l" => search.language = pick(languages, &value),
            "o" => search.always_open = value == "1",
            _ => {}
        }
    }
    search
}

/// The entry with this number, counted from one.
fn pick<T: Clone>(all: &[T], number: &str) -> Option<T> {
    all.get(number.parse::<usize>().ok()?.checked_sub(1)?).cloned()
}

fn languages(contacts: &[HelpContact]) -> Vec<String> {
    let mut all: Vec<String> = contacts
        .iter()
        .flat_map(|contact| contact.languages.clone())
        .collect();
    all.sort();
    all.dedup();
    all
}

fn fields(page: &Page, search: &Search, languages: &[String]) -> Vec<Field> {
    let mut fields = vec![
        field(
            page,
            "n",
            "public-help-need",
            Need::ALL,
            search.need,
            Need::label_id,
        ),
        field(
            page,
            "a",
            "public-help-area",
            Area::ALL,
            search.area,
            Area::label_id,
        ),
        field(
            page,
            "g",
            "public-help-group",
            Group::ALL,
            search.group,
            Group::label_id,
        ),
        field(
            page,
            "c",
            "public-help-channel",
            Channel::ALL,
            search.channel,
            Channel::label_id,
        ),
    ];
    // A list with one language has nothing to choose.
    if languages.len() > 1 {
        let labels = languages.iter().map(|tag| {
            let known = page.maybe(&format!("contact-language-{tag}"));
            if known.is_empty() {
                page.with("contact-language-other", "tag", tag)
            } else {
                known
            }
        });
        let chosen = languages
            .iter()
            .position(|tag| search.language.as_ref() == Some(tag));
        fields.push(choices(page, "l", "public-help-language", labels, chosen));
    }
    fields
}

fn field<T: Copy + PartialEq>(
    page: &Page,
    name: &'static str,
    label: &str,
    all: &[T],
    chosen: Option<T>,
    label_id: fn(T) -> &'static str,
) -> Field {
    let labels = all.iter().map(|each| page.t(label_id(*each)));
    choices(
        page,
        name,
        label,
        labels,
        all.iter().position(|each| Some(*each) == chosen),
    )
}

fn choices(
    page: &Page,
    name: &'static str,
    label: &str,
    labels: impl Iterator<Item = String>,
    chosen: Option<usize>,
) -> Field {
    let mut list = vec![Choice {
        label: page.t("public-help-any"),
        ..Choice::default()
    }];
    list.extend(labels.enumerate().map(|(index, label)| Choice {
        value: (index + 1).to_string(),
        label,
        hint: String::new(),
        checked: chosen == Some(index),
    }));
    Field {
        name,
        label: page.t(label),
        list,
    }
}

/// Contacts under their main need, or all under the need that was asked for.
fn sections<'a>(page: &Page, search: &Search, found: &[&'a HelpContact], today: Date) -> Vec<Section<'a>> {
    Need::ALL
        .iter()
        .filter(|need| search.need.is_none_or(|wanted| wanted == **need))
        .map(|need| Section {
            label: page.t(need.label_id()),
            rows: found
                .iter()
                .filter(|contact| search.need.is_some() || contact.needs.first() == Some(need))
                .map(|contact| row(page, contact, today))
                .collect(),
        })
        .filter(|section| !section.rows.is_empty())
        .collect()
}

fn row<'a>(page: &Page, contact: &'a HelpContact, today: Date) -> Row<'a> {
    let mut notes = format!("{}.", contact.hours.trim_end_matches('.'));
    let cost = match contact.cost {
        Cost::Free => Some("public-help-free"),
        Cost::UsualRate => Some("public-help-usual-rate"),
        Cost::Unknown => None,
    };
    let bills = (contact.on_bills == OnBills::Likely).then_some("public-help-may-show");
    for id in cost.into_iter().chain(bills) {
        notes.push(' ');
        notes.push_str(&page.t(id));
    }
    Row {
        contact,
        ways: contact.channels.iter().map(|way| link(page, way)).collect(),
        notes,
        checked: match contact.checked(today) {
            Checked::Never => page.t("public-help-never"),
            Checked::Overdue(day) => page.with("public-help-overdue", "date", page.date(day)),
            Checked::On(day) => page.with("public-help-checked", "date", page.date(day)),
        },
        stale: contact.is_stale(today),
    }
}

fn link(page: &Page, way: &Way) -> WayLink {
    let said = |id| page.with(id, "value", &way.value);
    let (words, web) = match way.kind {
        Channel::Phone => (said("public-help-phone"), false),
        Channel::Text => (said("public-help-text"), false),
        Channel::Relay => (said("public-help-way-relay"), false),
        Channel::SignLanguage => (said("public-help-way-bsl"), true),
        Channel::Web => (way.value.clone(), true),
        Channel::Email => (way.value.clone(), false),
    };
    WayLink {
        href: way.href(),
        words,
        web,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_is_left_out() {
        let languages = ["en".to_owned()];
        let search = read("n=6&a=0&g=99&c=x&o=1&l=1&%ff=1&z", &languages);
        assert_eq!(search.need, Some(Need::Domestic));
        assert_eq!((search.area, search.group, search.channel), (None, None, None));
        assert!(search.always_open);
        assert_eq!(search.language.as_deref(), Some("en"));
    }
}

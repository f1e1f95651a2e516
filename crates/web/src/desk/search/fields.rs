//! The form of a search: what was typed, and what narrows it.

use safehold_app::desk::{
    Which,
    search::{Kind, Order, Query, QueryProblem},
};
use safehold_core::case::Level;

use crate::{
    desk::Desk,
    fields::Fields,
    layout::{Choice, Page},
};

const NARROWING: [&str; 4] = ["only", "which", "level", "category"];

/// Reads the form. What narrows and is not known narrows nothing.
pub(super) fn read(fields: &Fields) -> Result<Query, QueryProblem> {
    let mut query = Query::new(fields.get("q"))?;
    query.only = Kind::from_key(fields.get("only"));
    query.which = match fields.get("which") {
        "live" => Which::Live,
        "closed" => Which::Closed,
        _ => Which::All,
    };
    query.level = Level::from_key(fields.get("level"));
    query.category = Some(fields.get("category").to_owned()).filter(|key| !key.is_empty());
    if fields.get("order") == "newest" {
        query.order = Order::Newest;
    }
    Ok(query)
}

/// The fields that a search was read from.
pub(super) fn of(query: &Query) -> Fields {
    let which = match query.which {
        Which::All => "",
        Which::Live => "live",
        Which::Closed => "closed",
    };
    let order = match query.order {
        Order::Best => "",
        Order::Newest => "newest",
    };
    Fields(
        [
            ("q", query.typed.as_str()),
            ("only", query.only.map(Kind::key).unwrap_or_default()),
            ("which", which),
            ("level", query.level.map(Level::key).unwrap_or_default()),
            ("category", query.category.as_deref().unwrap_or_default()),
            ("order", order),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into(),
    )
}

/// Whether anything but the words is chosen.
pub(super) fn is_narrowed(fields: &Fields) -> bool {
    NARROWING.iter().any(|name| !fields.get(name).is_empty())
}

fn choices(
    fields: &Fields,
    name: &str,
    any: String,
    list: impl IntoIterator<Item = (String, String)>,
) -> Vec<Choice> {
    let chosen = fields.get(name);
    std::iter::once((String::new(), any))
        .chain(list)
        .map(|(value, label)| Choice {
            checked: value == chosen,
            value,
            label,
            hint: String::new(),
        })
        .collect()
}

pub(super) fn only(page: &Page, fields: &Fields) -> Vec<Choice> {
    let kinds = Kind::CHOICES.map(|kind| {
        (
            kind.key().to_owned(),
            page.t(&format!("search-only-{}", kind.key())),
        )
    });
    choices(fields, "only", page.t("search-only-any"), kinds)
}

pub(super) fn which(page: &Page, fields: &Fields) -> Vec<Choice> {
    let list = [
        ("live".to_owned(), page.t("search-which-live")),
        ("closed".to_owned(), page.t("search-which-closed")),
    ];
    choices(fields, "which", page.t("search-which-any"), list)
}

pub(super) fn levels(page: &Page, fields: &Fields) -> Vec<Choice> {
    let list = Level::ALL.iter().map(|level| {
        (
            level.key().to_owned(),
            page.t(&format!("desk-level-{}", level.key())),
        )
    });
    choices(fields, "level", page.t("search-level-any"), list)
}

pub(super) fn categories(desk: &Desk, page: &Page, fields: &Fields) -> Vec<Choice> {
    let content = desk.site.web.content.get();
    let list = content.categories.all().iter().map(|category| {
        let words = page.texts().category(page.lang(), &category.key);
        (category.key.clone(), words.name.into_owned())
    });
    choices(fields, "category", page.t("search-category-any"), list)
}

pub(super) fn order(page: &Page, fields: &Fields) -> Vec<Choice> {
    let newest = [("newest".to_owned(), page.t("search-order-newest"))];
    choices(fields, "order", page.t("search-order-best"), newest)
}

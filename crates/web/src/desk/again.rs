//! What was typed in a form that could not be taken: carried through signing in, shown, and put back into the form.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use safehold_core::{
    access::{Area, may_enter},
    roster::Role,
};

use super::reply;
use crate::{
    fields::Fields,
    layout::{Nav, Page},
    problem::Problem,
    site::Site,
};

/// Before the name of a field that is carried.
const PREFIX: &str = "kept.";

/// What somebody typed, and where it belongs.
#[derive(Default)]
pub(crate) struct Kept {
    /// The address of the form; empty for none.
    pub(crate) to: String,
    /// The fields. Nothing secret is among them.
    pub(crate) fields: Vec<(String, String)>,
}

impl Kept {
    /// What a form for this address sent.
    pub(crate) fn new(to: &str, fields: &Fields) -> Self {
        let may_show =
            |name: &str| !["csrf", "again", "code", "secret"].contains(&name) && !name.starts_with("pass");
        Self {
            to: local(to),
            fields: fields
                .0
                .iter()
                .filter(|(name, value)| may_show(name) && !value.is_empty())
                .cloned()
                .collect(),
        }
    }

    /// What the page to sign in has carried.
    pub(crate) fn carried(fields: &Fields) -> Self {
        let carried = fields
            .0
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value.clone())));
        Self::new(fields.get("to"), &Fields(carried.collect()))
    }

    /// Names and values of the hidden fields that carry it.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        self.fields
            .iter()
            .map(|(name, value)| (format!("{PREFIX}{name}"), value.clone()))
            .collect()
    }

    /// Whether anything was typed that would be lost.
    pub(crate) fn is_typed(&self) -> bool {
        self.fields.iter().any(|(name, _)| is_typed(name))
    }

    /// What can be read and copied, each with the words of its question where they are known.
    pub(crate) fn shown(&self, page: &Page) -> Vec<(String, String)> {
        self.fields
            .iter()
            .filter(|(name, _)| is_typed(name))
            .map(|(name, value)| (page.maybe(&format!("desk-field-{name}")), value.clone()))
            .collect()
    }
}

/// Fields that a page brings along itself.
fn is_typed(name: &str) -> bool {
    !["version", "message", "token", "do"].contains(&name)
}

/// An address of ours at the desk, or nothing: a form must not lead anywhere else.
fn local(to: &str) -> String {
    let plain = to
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte));
    if plain && (to == "/desk" || to.starts_with("/desk/")) && !to.starts_with("/desk/sign-") {
        to.to_owned()
    } else {
        String::new()
    }
}

/// Where a role begins.
pub(crate) fn landing(role: Role) -> &'static str {
    if may_enter(role, Area::Cases) {
        "/desk"
    } else if may_enter(role, Area::Team) {
        "/desk/team"
    } else if may_enter(role, Area::TakeDown) {
        "/desk/taken-down"
    } else {
        "/desk/roles"
    }
}

#[derive(Template)]
#[template(path = "desk/again.html")]
struct Again<'a> {
    page: Page,
    kept: &'a Kept,
    shown: Vec<(String, String)>,
    expired: bool,
}

/// A page that shows what was typed, and goes back to the form with it.
pub(crate) fn page(site: &Site, token: &str, kept: &Kept, status: StatusCode) -> Result<Response, Problem> {
    let page = Page::new(&site.web, "desk-tab", Nav::Other).with_csrf(token);
    let shown = kept.shown(&page);
    reply(
        status,
        &Again {
            page,
            kept,
            shown,
            expired: status == StatusCode::FORBIDDEN,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_only_to_the_desk() {
        for to in [
            "",
            "//evil.example",
            "/desk/../x",
            "https://x.example",
            "/desk?x",
            "/report",
            "/deskx",
            "/desk/sign-out",
        ] {
            assert_eq!(local(to), "", "{to}");
        }
        assert_eq!(local("/desk/case/00ff/do/note"), "/desk/case/00ff/do/note");
    }

    #[test]
    fn nothing_secret_is_carried() {
        let fields = Fields(
            [
                ("pass", "a"),
                ("pass_new", "b"),
                ("code", "c"),
                ("csrf", "d"),
                ("note", "e"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        );
        let kept = Kept::new("/desk/account", &fields);
        assert_eq!(kept.fields, [("note".to_owned(), "e".to_owned())]);
        let carried = Kept::carried(&Fields(kept.hidden()));
        assert_eq!(carried.fields, kept.fields);
    }
}

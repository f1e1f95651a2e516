//! What every page knows: its title, its words, the organisation, the navigation.

use std::sync::Arc;

use askama::Template;
use axum::response::Html;
use jiff::civil::Date;
use safehold_core::organisation::Organisation;
use safehold_text::{Lang, Texts, Value};

use crate::{assets, markdown, problem::Problem, state::WebState};

/// Which entry of the navigation is the page that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// Home.
    Home,
    /// Get help now.
    Help,
    /// Report or ask.
    Ask,
    /// Come back with your words.
    Return,
    /// None of them.
    Other,
}

/// A link of the navigation or the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub href: &'static str,
    /// Its words.
    pub label: String,
    /// Whether it is the page that is shown.
    pub current: bool,
}

/// One answer of a list, as the macros `radios`, `checkboxes` and `select` take it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A hint, or nothing.
    pub hint: String,
    /// Whether it is chosen already.
    pub checked: bool,
}

/// One line of an error summary: the words, and the control that they are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the control; its id in the page is `f-NAME`.
    pub name: String,
    /// What to do.
    pub text: String,
}

impl FieldError {
    /// Where the summary's link goes. The first of several boxes or of the parts of a date has the id
    /// `f-NAME-1` or `f-NAME-day`, but the link to the group itself is announced with its question.
    pub fn href(&self) -> String {
        format!("#f-{}", self.name)
    }
}

/// What `layout.html` needs. Each page's template has it in a field `page`.
pub struct Page {
    /// What the browser's tab says. It names no subject that others should not see.
    pub title: String,
    /// The organisation, as it was when the page was begun.
    pub organisation: Arc<Organisation>,
    /// The token that a form sends back; empty where there is no form that needs one.
    pub csrf: String,
    /// Where the organisation's name leads.
    pub home: &'static str,
    /// Something to remember on each of several pages, above their headings; mostly nothing.
    pub note: String,
    lang: Lang,
    texts: Arc<Texts>,
    nav: Nav,
}

const NAV: [(Nav, &str, &str); 4] = [
    (Nav::Home, "/", "common-nav-home"),
    (Nav::Help, "/help", "common-nav-help"),
    (Nav::Ask, "/ask", "common-nav-ask"),
    (Nav::Return, "/return", "common-nav-return"),
];

const FOOTER: [(&str, &str); 7] = [
    ("/statement", "common-footer-statement"),
    ("/run", "common-footer-run"),
    ("/categories", "common-footer-categories"),
    ("/listening", "common-footer-listening"),
    ("/check", "common-footer-check"),
    ("/privacy", "common-footer-privacy"),
    ("/accessibility", "common-footer-accessibility"),
];

impl Page {
    /// Begins a page. `tab_id` is the id of the text for the browser's tab: it must be neutral.
    pub fn new(state: &WebState, tab_id: &str, nav: Nav) -> Self {
        let organisation = state.organisation();
        let title = format!(
            "{} - {}",
            state.texts.get(state.lang, tab_id),
            organisation.short_name
        );
        Self {
            title,
            organisation,
            csrf: String::new(),
            home: "/",
            note: String::new(),
            lang: state.lang,
            texts: Arc::clone(&state.texts),
            nav,
        }
    }

    /// The same page with the token for its forms.
    #[must_use]
    pub fn with_csrf(mut self, token: impl Into<String>) -> Self {
        self.csrf = token.into();
        self
    }

    /// A text.
    pub fn t(&self, id: &str) -> String {
        self.texts.get(self.lang, id).into_owned()
    }

    /// A text with one argument.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "templates give references, numbers and dates alike"
    )]
    pub fn with(&self, id: &str, name: &str, value: impl ToString) -> String {
        self.format(id, &[(name, value.to_string())])
    }

    /// A text with several arguments.
    pub fn format(&self, id: &str, args: &[(&str, String)]) -> String {
        let args: Vec<(&str, Value<'_>)> = args
            .iter()
            .map(|(name, value)| (*name, Value::from(value.as_str())))
            .collect();
        self.texts.format(self.lang, id, &args).into_owned()
    }

    /// A text with a number, for which Fluent may choose the plural.
    pub fn count(&self, id: &str, count: usize) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.texts
            .format(self.lang, id, &[("count", Value::from(count))])
            .into_owned()
    }

    /// A text, or nothing where there is none: for hints that only some entries have.
    pub fn maybe(&self, id: &str) -> String {
        self.texts
            .try_get(self.lang, id)
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default()
    }

    /// A longer text, which may hold paragraphs, lists and links in Markdown; it comes back as HTML, so a
    /// template writes `{{ page.rich("id")|safe }}`. Addresses in it are arguments, so that translators can't
    /// break them: `{ $ask }`, `{ $help }`, `{ $statement }`, `{ $run }`, `{ $privacy }`, `{ $return }`,
    /// `{ $listening }`, `{ $paper }`; and `{ $organisation }`, `{ $hours }`.
    pub fn rich(&self, id: impl AsRef<str>) -> String {
        self.rich_with(id, "", "")
    }

    /// The same with one more argument.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "templates give references, numbers and dates alike"
    )]
    pub fn rich_with(&self, id: impl AsRef<str>, name: &str, value: impl ToString) -> String {
        let org = &self.organisation;
        let args: [(&str, Value<'_>); 11] = [
            (name, value.to_string().into()),
            ("ask", "/ask".into()),
            ("help", "/help".into()),
            ("statement", "/statement".into()),
            ("run", "/run".into()),
            ("privacy", "/privacy".into()),
            ("return", "/return".into()),
            ("listening", "/listening".into()),
            ("paper", "/paper".into()),
            ("organisation", org.name.as_str().into()),
            ("hours", org.service_hours.as_str().into()),
        ];
        markdown::prose(&self.texts.format(self.lang, id.as_ref(), &args))
    }

    /// A day as people write it: 1 September 2026.
    pub fn date(&self, date: Date) -> String {
        let month = self.t(&format!("common-month-{}", date.month()));
        self.format(
            "common-date",
            &[
                ("day", date.day().to_string()),
                ("month", month),
                ("year", date.year().to_string()),
            ],
        )
    }

    /// All words, for what the shorthands here don't cover.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The language of the page.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// For the `lang` attribute.
    pub fn lang_tag(&self) -> &'static str {
        self.lang.tag()
    }

    /// For the `dir` attribute.
    pub fn dir(&self) -> &'static str {
        self.lang.dir()
    }

    /// Address of the stylesheet.
    pub fn css(&self) -> &'static str {
        assets::path("safehold.css")
    }

    /// Address of the script that every page has.
    pub fn script(&self) -> &'static str {
        assets::path("leave.js")
    }

    /// Address of the script of the pages that ask for a passkey.
    pub fn passkey_script(&self) -> &'static str {
        assets::path("passkey.js")
    }

    /// The main navigation.
    pub fn nav(&self) -> Vec<Link> {
        let link = |&(nav, href, label): &(Nav, &'static str, &str)| Link {
            href,
            label: self.t(label),
            current: nav == self.nav,
        };
        NAV.iter().map(link).collect()
    }

    /// The links of the footer.
    pub fn footer(&self) -> Vec<Link> {
        let link = |&(href, label): &(&'static str, &str)| Link {
            href,
            label: self.t(label),
            current: false,
        };
        FOOTER.iter().map(link).collect()
    }
}

/// Renders a template, or gives the calm page for a fault of ours.
pub fn html(template: &impl Template) -> Result<Html<String>, Problem> {
    Ok(Html(template.render()?))
}

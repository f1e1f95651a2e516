//! The words of a form: those of today, or those that an older form asked with.

use std::{borrow::Cow, sync::Arc};

use safehold_app::{App, AskedForm, report};
use safehold_core::{
    form::{
        FieldError, FieldErrorKind, Instead, OptionsFrom, Page as FormPage, Question, RunTimeOption,
        RunTimeOptions,
    },
    roster::Role,
};
use safehold_text::{Lang, Texts, Value};

use crate::{problem::Problem, site::Site};

/// Which options from elsewhere are needed: a page takes no more time than it must.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Needs {
    team: bool,
    categories: bool,
}

impl Needs {
    /// All of them.
    pub(crate) const ALL: Self = Self {
        team: true,
        categories: true,
    };

    /// What the questions of a page need.
    pub(crate) fn of(page: &FormPage) -> Self {
        let takes = |from| {
            page.questions
                .iter()
                .any(|question| question.options().is_some_and(|options| options.from == from))
        };
        Self {
            team: takes(OptionsFrom::Leads),
            categories: takes(OptionsFrom::Categories),
        }
    }
}

/// Looks up what a form says.
pub(crate) struct Says {
    texts: Arc<Texts>,
    lang: Lang,
    asked: AskedForm,
    is_old: bool,
    /// The options that are only known now.
    pub(crate) options: RunTimeOptions,
}

impl Says {
    /// The words of this form, with the options that it takes from elsewhere.
    pub(crate) async fn of(site: &Site, asked: &AskedForm, needs: Needs) -> Result<Self, Problem> {
        let mut says = Self {
            texts: Arc::clone(&site.web.texts),
            lang: site.web.lang,
            is_old: asked.digest != site.app.form().digest,
            asked: asked.clone(),
            options: RunTimeOptions::default(),
        };
        if needs.team {
            says.options.leads = says.leads(&site.app).await?;
        }
        if !needs.categories {
            return Ok(says);
        }
        says.options.categories = site
            .web
            .content
            .get()
            .categories
            .active()
            .map(|category| {
                let words = says.texts.category(says.lang, &category.key);
                RunTimeOption {
                    value: category.key.clone(),
                    label: words.name.into_owned(),
                    hint: Some(words.short.into_owned()),
                }
            })
            .collect();
        Ok(says)
    }

    async fn leads(&self, app: &App) -> Result<Vec<RunTimeOption>, Problem> {
        let team = report::team(app).await.map_err(|error| Problem::server(&error))?;
        Ok(team
            .into_iter()
            .map(|(id, name, role)| RunTimeOption {
                value: id.to_string(),
                label: name,
                hint: Some(self.role(role)),
            })
            .collect())
    }

    /// The name of a role in the team.
    pub(crate) fn role(&self, role: Role) -> String {
        self.texts
            .get(self.lang, &format!("report-role-{}", role.key()))
            .into_owned()
    }

    /// The text of a key, if there is one.
    pub(crate) fn find(&self, key: &str) -> Option<Cow<'_, str>> {
        let then = if self.is_old {
            self.asked.words.get(key)
        } else {
            None
        };
        then.map(|text| Cow::Borrowed(text.as_str()))
            .or_else(|| self.texts.try_get(self.lang, key))
            // An organisation's own form may have words that only its file holds.
            .or_else(|| self.asked.words.get(key).map(|text| Cow::Borrowed(text.as_str())))
    }

    /// The text of a key, or nothing.
    pub(crate) fn maybe(&self, key: &str) -> String {
        self.find(key).map(Cow::into_owned).unwrap_or_default()
    }

    /// The text of a key; one that is missing is shown in brackets, as everywhere.
    pub(crate) fn get(&self, key: &str) -> String {
        self.find(key).map_or_else(|| format!("[{key}]"), Cow::into_owned)
    }

    /// The label of an option, of a row, or of what is said instead of an answer.
    pub(crate) fn option(&self, question: &Question, option: &str) -> String {
        let from = question
            .options()
            .map_or(OptionsFrom::Form, |options| options.from);
        let known = self.options.of(from).iter().find(|known| known.value == option);
        if let Some(known) = known {
            return known.label.clone();
        }
        if let Some(text) = self.find(&question.option_key(option)) {
            return text.into_owned();
        }
        match from {
            // A kind of harm that is no longer offered, or somebody who has left the team.
            OptionsFrom::Categories => self.get(&format!("category-{option}")),
            OptionsFrom::Leads => self.get("report-someone-left"),
            OptionsFrom::Form => self.get(&question.option_key(option)),
        }
    }

    /// The label of what is said instead of an answer.
    pub(crate) fn instead(&self, question: &Question, instead: Instead) -> String {
        self.option(question, instead.id())
    }

    /// How many characters fit, with a comma at the thousands.
    pub(crate) fn most_chars(&self, max: usize) -> String {
        let max = match (max / 1000, max % 1000) {
            (0, below) => below.to_string(),
            (thousands, below) => format!("{thousands},{below:03}"),
        };
        self.texts
            .format(self.lang, "form-chars", &[("max", Value::from(max))])
            .into_owned()
    }

    /// What to do about an error.
    pub(crate) fn error(&self, error: &FieldError) -> String {
        let key = error.kind.key();
        let own = match &error.option {
            Some(option) => format!("q-{}-{option}.error-{key}", error.question),
            None => format!("q-{}.error-{key}", error.question),
        };
        if let Some(text) = self.find(&own) {
            return text.into_owned();
        }
        let (max, by) = match error.kind {
            FieldErrorKind::TooLong { max, by } => (max, by),
            _ => (0, 0),
        };
        let number = |number: usize| Value::from(i64::try_from(number).unwrap_or(i64::MAX));
        self.texts
            .format(
                self.lang,
                &format!("form-error-{key}"),
                &[("max", number(max)), ("by", number(by))],
            )
            .into_owned()
    }
}

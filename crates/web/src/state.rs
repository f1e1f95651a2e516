//! What the handlers share: the words, the organisation's content, the clock.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use safehold_core::{
    categories::Categories,
    contacts::{self, HelpContact},
    organisation::Organisation,
    settings::{Rules, Settings},
    statement::{self, Statement},
};
use safehold_text::{Lang, Texts};

/// A value that is replaced as a whole while pages are being served.
#[derive(Debug)]
pub struct Current<T>(RwLock<Arc<T>>);

impl<T> Current<T> {
    /// Holds a first value.
    pub fn new(value: T) -> Self {
        Self(RwLock::new(Arc::new(value)))
    }

    /// The value as it is now.
    pub fn get(&self) -> Arc<T> {
        // A thread that panicked while it held the lock left a whole value: they are only ever swapped.
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another in its place; pages being made keep the one they began with.
    pub fn set(&self, value: T) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(value);
    }
}

/// What an organisation says of itself and publishes.
#[derive(Debug, Clone)]
pub struct Content {
    /// Name, leads, links.
    pub organisation: Arc<Organisation>,
    /// Who else can help.
    pub contacts: Arc<Vec<HelpContact>>,
    /// The statement, newest version first.
    pub statements: Arc<Vec<Statement>>,
    /// Kinds of harm.
    pub categories: Arc<Categories>,
    /// Working hours and target times.
    pub rules: Arc<Rules>,
}

/// Why the built-in content could not be read: a fault in this program.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// The organisation.
    #[error(transparent)]
    Organisation(#[from] safehold_core::organisation::OrganisationError),
    /// The contacts.
    #[error(transparent)]
    Contacts(#[from] contacts::ContactsError),
    /// The statement.
    #[error(transparent)]
    Statement(#[from] statement::StatementError),
    /// The kinds of harm.
    #[error(transparent)]
    Categories(#[from] safehold_core::categories::CategoriesErrors),
    /// The proposed settings.
    #[error(transparent)]
    Settings(#[from] safehold_core::settings::SettingsError),
}

impl Content {
    /// The built-in example organisation with the starter contacts.
    pub fn example() -> Result<Self, ContentError> {
        Ok(Self {
            organisation: Arc::new(Organisation::example()?),
            contacts: Arc::new(contacts::from_toml(contacts::STARTER)?),
            statements: Arc::new(Statement::parse_all(statement::EXAMPLES)?),
            categories: Arc::new(Categories::built_in()?),
            rules: Arc::new(Settings::default().check()?),
        })
    }
}

/// Reads the clock; tests give one that they move.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// All words.
    pub texts: Arc<Texts>,
    /// The language that pages are shown in.
    pub lang: Lang,
    /// The organisation's content as it is now.
    pub content: Arc<Current<Content>>,
    /// The clock.
    pub now: Now,
    /// The zone in which a day begins and ends.
    pub zone: TimeZone,
    /// Whether people reach this over https, which decides names and flags of cookies.
    pub https: bool,
}

impl WebState {
    /// Shares the words and the content; the language is English, without https.
    pub fn new(texts: Texts, content: Content, now: Now, zone: TimeZone) -> Self {
        Self {
            texts: Arc::new(texts),
            lang: Lang::En,
            content: Arc::new(Current::new(content)),
            now,
            zone,
            https: false,
        }
    }

    /// The organisation as it is now.
    pub fn organisation(&self) -> Arc<Organisation> {
        Arc::clone(&self.content.get().organisation)
    }

    /// Today, where the organisation is.
    pub fn today(&self) -> Date {
        (self.now)().to_zoned(self.zone.clone()).date()
    }
}

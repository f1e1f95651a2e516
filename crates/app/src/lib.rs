//! What people do with Safehold, one function each: report, follow up, respond, keep the team.
//!
//! Each function loads, asks `core` whether this person may and what changes, seals, and saves the change,
//! the trace and the jobs in one transaction. Only this crate opens a transaction.

use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock},
};

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    duties::Outward,
    form::Form,
    id::{CaseId, UserId},
    organisation::Organisation,
    settings::Rules,
    trace::{TraceEntry, Traced},
};
use safehold_seal::{InstallationKeys, LockParams};
use safehold_store::{Conn, Store, Tx, forms, trace as trace_store};

pub mod clock;
mod cover;
pub mod desk;
pub mod emergency;
pub mod erased;
pub mod error;
pub mod files;
pub mod follow;
pub mod gate;
pub mod health;
pub mod keys;
mod messages;
pub mod notices;
pub mod organisation;
pub mod passkeys;
pub mod queue;
pub mod recovery;
pub mod report;
pub mod roster;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod team;
pub mod trace;
pub mod undelivered;
pub mod watch;

pub use clock::{Clock, SystemClock};
pub use error::AppError;
/// Pass phrases travel in this: it never prints and is wiped.
pub use safehold_seal::{SecretString, SessionCookie, Zeroizing};

use gate::Gate;

/// What an application is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The installation's own keys.
    pub keys: InstallationKeys,
    /// What the organisation decides.
    pub rules: Rules,
    /// How dear a guess at a pass phrase is.
    pub lock: LockParams,
    /// The form that new reports use.
    pub form: FormSource,
    /// How many expensive derivations run at a time; about the number of cores.
    pub derivations: usize,
    /// Whether a mail server is configured: then an invitation's link goes by mail, and nobody else sees it.
    pub sends_mail: bool,
}

/// A form with its source and the words that it asks with.
pub struct FormSource {
    /// The schema as written.
    pub schema: String,
    /// The schema as read.
    pub form: Form,
    /// The English words of every question, by key: an old report shows what was asked then.
    pub words: BTreeMap<String, String>,
}

/// A form as a stored report or draft used it.
#[derive(Debug, Clone)]
pub struct AskedForm {
    /// Its digest, by which it is found.
    pub digest: String,
    /// The questions.
    pub form: Arc<Form>,
    /// The words they were asked with, by key.
    pub words: Arc<BTreeMap<String, String>>,
}

/// The application. Cloning it is cheap.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    keys: InstallationKeys,
    rules: Rules,
    lock: LockParams,
    form: AskedForm,
    old_forms: RwLock<BTreeMap<String, AskedForm>>,
    gate: Gate,
    slow: sign_in::Slow,
    sends_mail: bool,
    organisation: RwLock<Option<Arc<Organisation>>>,
    outward: Outward,
    erased: erased::Place,
    shelves: desk::search::Shelves,
}

impl App {
    /// Puts the parts together and notes the present form in the database.
    ///
    /// # Errors
    /// [`AppError`] if the database does not answer.
    pub async fn new(parts: Parts) -> Result<Self, AppError> {
        let outward = Outward::built_in().map_err(|_| AppError::Broken("the built-in duties outward"))?;
        Self::with_outward(parts, outward).await
    }

    /// The same with rules for duties outward, or bank holidays, of the organisation's own.
    ///
    /// # Errors
    /// [`AppError`] if the database does not answer.
    pub async fn with_outward(parts: Parts, outward: Outward) -> Result<Self, AppError> {
        let digest = forms_digest(&parts.form);
        let words = serde_json::to_string(&parts.form.words).map_err(|_| AppError::Broken("form words"))?;
        let row = forms::FormRow {
            digest: digest.clone(),
            version: parts.form.form.version.to_string(),
            schema: parts.form.schema.clone(),
            words: Some(words),
            first_used_at: parts.clock.now(),
        };
        parts
            .store
            .write_with(row, |tx, row| {
                Box::pin(async move {
                    forms::keep(tx, row).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        let form = AskedForm {
            digest,
            form: Arc::new(parts.form.form),
            words: Arc::new(parts.form.words),
        };
        Ok(Self(Arc::new(Inner {
            store: parts.store,
            clock: parts.clock,
            keys: parts.keys,
            rules: parts.rules,
            lock: parts.lock,
            form,
            old_forms: RwLock::default(),
            gate: Gate::new(parts.derivations),
            slow: sign_in::Slow::default(),
            sends_mail: parts.sends_mail,
            organisation: RwLock::default(),
            outward,
            erased: erased::Place::default(),
            shelves: desk::search::Shelves::default(),
        })))
    }

    /// The form that new reports use.
    pub fn form(&self) -> &AskedForm {
        &self.0.form
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// What the organisation decided.
    pub fn rules(&self) -> &Rules {
        &self.0.rules
    }

    /// The key that verifies receipts and heads of the trace.
    pub fn verify_key(&self) -> safehold_seal::VerifyKey {
        self.0.keys.verify_key()
    }

    /// Which bodies outside may have to be told, and on which days no working day passes.
    pub fn outward(&self) -> &Outward {
        &self.0.outward
    }

    /// The database, for those who wire things together.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn keys(&self) -> &InstallationKeys {
        &self.0.keys
    }

    pub(crate) fn lock_params(&self) -> LockParams {
        self.0.lock
    }

    /// How many expensive derivations there were, of words and pass phrases: tests compare what has to be the same
    /// work.
    pub fn derivations(&self) -> u64 {
        self.0.gate.count()
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// Whether a mail server is configured.
    pub fn sends_mail(&self) -> bool {
        self.0.sends_mail
    }

    pub(crate) fn erased(&self) -> &erased::Place {
        &self.0.erased
    }

    pub(crate) fn shelves(&self) -> &desk::search::Shelves {
        &self.0.shelves
    }

    pub(crate) fn slow(&self) -> &sign_in::Slow {
        &self.0.slow
    }

    pub(crate) fn known_organisation(&self) -> Option<Arc<Organisation>> {
        self.0.organisation.read().ok().and_then(|known| known.clone())
    }

    pub(crate) fn know_organisation(&self, organisation: Arc<Organisation>) {
        if let Ok(mut known) = self.0.organisation.write() {
            *known = Some(organisation);
        }
    }

    /// Reads the organisation's details anew when they are next wanted. With several processes on one database,
    /// call it once in a while.
    pub fn forget_organisation(&self) {
        if let Ok(mut known) = self.0.organisation.write() {
            *known = None;
        }
    }

    /// When a working day starts.
    pub(crate) fn start_of(&self, on: Date) -> Option<Timestamp> {
        let hours = &self.0.rules.hours;
        on.to_datetime(hours.from)
            .to_zoned(hours.zone.clone())
            .ok()
            .map(|zoned| zoned.timestamp())
    }

    /// A form by its digest: the present one, or one that an older report used.
    pub(crate) async fn asked_form(&self, conn: &mut Conn, digest: &str) -> Result<AskedForm, AppError> {
        if digest == self.0.form.digest {
            return Ok(self.0.form.clone());
        }
        let known = self
            .0
            .old_forms
            .read()
            .ok()
            .and_then(|forms| forms.get(digest).cloned());
        if let Some(form) = known {
            return Ok(form);
        }
        let row = forms::find(conn, digest)
            .await?
            .ok_or(AppError::Broken("a report's form is missing"))?;
        let form = Form::parse("stored form", &row.schema).map_err(|_| AppError::Broken("a stored form"))?;
        let words = row.words.as_deref().map(serde_json::from_str).transpose();
        let asked = AskedForm {
            digest: digest.to_owned(),
            form: Arc::new(form),
            words: Arc::new(
                words
                    .map_err(|_| AppError::Broken("stored form words"))?
                    .unwrap_or_default(),
            ),
        };
        if let Ok(mut forms) = self.0.old_forms.write() {
            forms.insert(digest.to_owned(), asked.clone());
        }
        Ok(asked)
    }
}

/// A form is another form when its schema or one of its words is.
fn forms_digest(form: &FormSource) -> String {
    let mut text = form.schema.clone();
    for (key, word) in &form.words {
        text.push('\0');
        text.push_str(key);
        text.push('\0');
        text.push_str(word);
    }
    safehold_seal::digest_hex(text.as_bytes())
}

/// Adds an entry to the trace, in the transaction of what it tells.
pub(crate) async fn leave_trace(
    tx: &mut Tx,
    at: Timestamp,
    who: Option<UserId>,
    case: Option<CaseId>,
    what: Traced,
) -> Result<(), AppError> {
    let entry = TraceEntry { at, who, case, what };
    let leaf = serde_json::to_string(&entry).map_err(|_| AppError::Broken("a trace entry"))?;
    trace_store::append(tx, at, case, &leaf).await?;
    Ok(())
}

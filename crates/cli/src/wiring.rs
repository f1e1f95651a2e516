//! Putting the program together from its configuration.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use anyhow::{Context, bail};
use safehold_app::{App, Clock, FormSource, Parts, SystemClock, erased, setup};
use safehold_core::{
    categories::Categories,
    contacts,
    duties::{DutyRules, Outward},
    form::{BUILT_IN_NAME, BUILT_IN_SOURCE, Form},
    holidays::BankHolidays,
    organisation::Organisation,
    retention::Schedule,
    settings::Rules,
};
use safehold_jobs::{Mailer, Runner};
use safehold_seal::{InstallationKeys, LockParams};
use safehold_store::{Store, StoreConfig};
use safehold_text::{Lang, Texts};
use safehold_web::{
    Site,
    state::{Content, Current, WebState},
    team::content,
};

use crate::{config::Config, key_file};

/// Before anything else: no core dump may ever hold what people wrote, and a panic says where and nothing more.
///
/// # Errors
/// If the limit cannot be set.
pub fn harden() -> anyhow::Result<()> {
    rlimit::setrlimit(rlimit::Resource::CORE, 0, 0).context("core dumps cannot be turned off")?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(panic.place = place, "a task ended early");
    }));
    Ok(())
}

/// The parts of a program that runs.
pub struct Program {
    /// What people do.
    pub app: App,
    /// All words.
    pub texts: Arc<Texts>,
    /// The language of the pages.
    pub language: Lang,
    /// How many cases came back with a copy, and were erased again.
    pub erased_again: usize,
}

/// Opens the database and puts the application together. A new installation gets its keys here.
///
/// # Errors
/// With what is wrong and what to do.
pub async fn program(config: &Config, lock: LockParams) -> anyhow::Result<Program> {
    program_at(config, lock, Arc::new(SystemClock)).await
}

/// The same with another clock, for tests.
///
/// # Errors
/// With what is wrong and what to do.
pub async fn program_at(config: &Config, lock: LockParams, clock: Arc<dyn Clock>) -> anyhow::Result<Program> {
    key_file::make_folder(&config.data)?;
    let store = Store::open(&StoreConfig::new(config.database.clone()))
        .await
        .context("the database cannot be used")?;
    let keys = keys(config, &store).await?;
    let words = config.form_words.as_deref().map(read).transpose()?;
    let texts = Arc::new(Texts::load(words.as_deref()).context("the words of the form cannot be used")?);
    let form = form(config, &texts)?;
    let outward = outward(config, &form.form, &texts)?;
    let derivations = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let parts = Parts {
        store,
        clock,
        keys,
        rules: rules(config, &outward)?,
        lock,
        form,
        derivations,
        sends_mail: config.smtp.is_some(),
    };
    let app = App::with_outward(parts, outward).await?;
    // Before anything is read or served: what was erased stays so, whichever copy of the database this is.
    let erased_again = erased::keep_in(&app, &config.data).await.with_context(|| {
        format!(
            "{} cannot be used: put back the one that belongs to this installation, and look who changed it",
            config.data.join(erased::FILE_NAME).display()
        )
    })?;
    if erased_again > 0 {
        tracing::warn!(
            cases = erased_again,
            "what came back with a copy was erased again"
        );
    }
    Ok(Program {
        app,
        texts,
        language: config.language,
        erased_again,
    })
}

/// What the organisation decided, with its own schedule if it has one, and without work on its bank holidays.
fn rules(config: &Config, outward: &Outward) -> anyhow::Result<Rules> {
    let mut rules = config.rules.clone();
    rules.keep(&outward.holidays);
    if let Some(path) = &config.schedule {
        rules.retention = Schedule::parse(&path.display().to_string(), &read(path)?)
            .map_err(|problems| anyhow::anyhow!("the schedule cannot be used:\n{problems}"))?;
    }
    Ok(rules)
}

/// For commands that look at an installation: a mistyped folder must not become a new and empty one.
///
/// # Errors
/// If there is no database yet.
pub fn must_be_there(config: &Config) -> anyhow::Result<()> {
    match config.sqlite_file() {
        Some(file) if !file.exists() => bail!(
            "there is no database at {}: is `data` or `database` right?",
            file.display()
        ),
        _ => Ok(()),
    }
}

/// Keys are made for a new installation only: a database that is in use without its key file has lost something that
/// no new key replaces.
async fn keys(config: &Config, store: &Store) -> anyhow::Result<InstallationKeys> {
    let path = key_file::path(&config.data);
    if path.exists() {
        return key_file::read(&config.data);
    }
    let mut conn = store.read().await?;
    let in_use = safehold_store::users::count(&mut conn).await? > 0;
    drop(conn);
    if in_use {
        bail!(
            "the database is in use, but its key file {} is not there: put it back from where you keep it",
            path.display()
        );
    }
    key_file::make(&config.data)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn form(config: &Config, texts: &Texts) -> anyhow::Result<FormSource> {
    let (name, schema) = match &config.form_schema {
        Some(path) => (path.display().to_string(), read(path)?),
        None => (BUILT_IN_NAME.to_owned(), BUILT_IN_SOURCE.to_owned()),
    };
    let form = Form::parse(&name, &schema)
        .map_err(|problems| anyhow::anyhow!("the form cannot be used:\n{problems}"))?;
    let mut words = BTreeMap::new();
    let mut missing = Vec::new();
    for key in form.text_keys() {
        match texts.try_get(Lang::En, &key) {
            Some(word) => {
                words.insert(key, word.into_owned());
            }
            None => missing.push(key),
        }
    }
    if !missing.is_empty() {
        bail!("the form {name} has no words for: {}", missing.join(", "));
    }
    Ok(FormSource { schema, form, words })
}

/// What duties outward go by. Rules of the organisation's own have to fit its form; the built-in ones go without what
/// a form does not ask.
fn outward(config: &Config, form: &Form, texts: &Texts) -> anyhow::Result<Outward> {
    let mut outward = Outward::built_in()?;
    if let Some(path) = &config.duty_rules {
        let name = path.display().to_string();
        outward.rules = DutyRules::parse(&name, &read(path)?, Some(form)).map_err(|problems| {
            anyhow::anyhow!("the rules for duties outward cannot be used:\n{problems}")
        })?;
        let keys = outward.rules.text_keys().into_iter();
        let missing: Vec<_> = keys
            .filter(|key| texts.try_get(Lang::En, key).is_none())
            .collect();
        if !missing.is_empty() {
            bail!("the rules {name} have no words for: {}", missing.join(", "));
        }
    }
    if let Some(path) = &config.bank_holidays {
        outward.holidays = BankHolidays::parse(&path.display().to_string(), &read(path)?)
            .context("the bank holidays cannot be used")?;
    }
    Ok(outward)
}

/// What does not come from the database.
fn own_content(config: &Config, rules: &Rules) -> anyhow::Result<Content> {
    let (name, list) = match &config.contacts {
        Some(path) => (path.display().to_string(), read(path)?),
        None => ("the starter list".to_owned(), contacts::STARTER.to_owned()),
    };
    Ok(Content {
        organisation: Arc::new(Organisation::placeholder()),
        contacts: Arc::new(
            contacts::from_toml(&list).with_context(|| format!("the contacts of {name} cannot be used"))?,
        ),
        statements: Arc::default(),
        categories: Arc::new(Categories::built_in().context("the kinds of harm cannot be used")?),
        rules: Arc::new(rules.clone()),
    })
}

/// The site of a program.
///
/// # Errors
/// If stored or configured content cannot be used.
pub async fn site(program: &Program, config: &Config, base_url: &str) -> anyhow::Result<Site> {
    let app = program.app.clone();
    let clock = app.clone();
    let web = WebState {
        texts: Arc::clone(&program.texts),
        lang: program.language,
        content: Arc::new(Current::new(own_content(config, app.rules())?)),
        now: Arc::new(move || clock.now()),
        zone: config.rules.hours.zone.clone(),
        https: base_url.starts_with("https://"),
    };
    content::refresh(&web, &app).await?;
    let setup_token = if setup::is_done(&app).await? {
        None
    } else {
        Some(new_token())
    };
    Ok(Site {
        web,
        app,
        setup_token,
        behind_proxy: config.behind_proxy,
        base_url: base_url.trim_end_matches('/').into(),
    })
}

fn new_token() -> Arc<str> {
    safehold_seal::SessionCookie::generate().expose().as_str().into()
}

/// The runner of a program.
///
/// # Errors
/// If the mail settings cannot be used.
pub fn runner(program: &Program, config: &Config, base_url: &str) -> anyhow::Result<Runner> {
    if config.smtp.is_none() {
        tracing::warn!("no mail server is configured: nobody is told of new reports by mail");
    }
    let mailer = config
        .smtp
        .as_ref()
        .map(|settings| Mailer::new(settings, Arc::clone(&program.texts), program.language, base_url))
        .transpose()?;
    Ok(Runner::new(program.app.clone(), mailer))
}

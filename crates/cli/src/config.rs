//! The configuration: a file, the environment and flags, read and checked as a whole.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::Args;
use figment::{
    Figment,
    error::Actual,
    providers::{Env, Format, Serialized, Toml},
};
use safehold_core::settings::{Rules, Settings};
use safehold_jobs::{SmtpSettings, Tls, is_address};
use safehold_text::Lang;
use serde::{Deserialize, Serialize};

/// The file that is read if it is there and no other is named.
const USUAL_FILE: &str = "safehold.toml";

/// Flags that every command takes. They win over the file and the environment.
#[derive(Debug, Default, Args, Serialize)]
pub struct Flags {
    /// The configuration file. Without it, ./safehold.toml is read if it is there.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Where the program listens, such as 127.0.0.1:8080.
    #[arg(long, global = true, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
    /// The address at which people reach it, such as <https://safe.example.org>.
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// The folder for the database and the installation's key.
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// The database: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME`.
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// The language of the pages: en-GB, or the test languages en-XA and ar-XB.
    #[arg(long, global = true, value_name = "TAG")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// The configuration as it is written. docs/configuration.md explains each key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Written {
    /// Where the program listens.
    pub listen: String,
    /// The address at which people reach it; empty means the one it listens on.
    pub base_url: String,
    /// The folder for the database and the installation's key.
    pub data: PathBuf,
    /// The database; empty means a SQLite file in `data`.
    pub database: String,
    /// The language of the pages.
    pub language: String,
    /// Whether a proxy of ours writes `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// How much is logged.
    pub log: String,
    /// The mail server; without one no mail is sent.
    pub smtp: Option<WrittenSmtp>,
    /// Hours, targets and limits.
    pub rules: Settings,
    /// A report form of the organisation's own.
    pub form: WrittenForm,
    /// A list of contacts of the organisation's own.
    pub contacts: Option<PathBuf>,
    /// Rules for duties outward, and bank holidays, of the organisation's own.
    pub duties: WrittenDuties,
    /// How long closed cases are kept, if the organisation says so itself.
    pub retention: WrittenRetention,
}

/// The mail server as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WrittenSmtp {
    /// Its name.
    pub host: String,
    /// Its port; 0 means the usual one for `tls`.
    pub port: u16,
    /// `wrapped`, `starttls` or `none`.
    pub tls: String,
    /// The name to sign in with.
    pub user: String,
    /// A file with the password.
    pub password_file: Option<PathBuf>,
    /// The sender's address.
    pub from: String,
    /// A file with one more certificate authority to trust.
    pub ca_file: Option<PathBuf>,
}

/// The form as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WrittenForm {
    /// The schema.
    pub schema: Option<PathBuf>,
    /// Its words, as Fluent.
    pub words: Option<PathBuf>,
}

/// What duties outward go by, as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WrittenDuties {
    /// The rules.
    pub rules: Option<PathBuf>,
    /// The bank holidays, as GOV.UK gives them.
    pub bank_holidays: Option<PathBuf>,
}

/// How long closed cases are kept, as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WrittenRetention {
    /// The schedule.
    pub schedule: Option<PathBuf>,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            base_url: String::new(),
            data: PathBuf::from("data"),
            database: String::new(),
            language: "en-GB".to_owned(),
            behind_proxy: false,
            log: "info".to_owned(),
            smtp: None,
            rules: Settings::default(),
            form: WrittenForm::default(),
            contacts: None,
            duties: WrittenDuties::default(),
            retention: WrittenRetention::default(),
        }
    }
}

/// The configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the program listens.
    pub listen: SocketAddr,
    /// The address at which people reach it, if it is not the one it listens on.
    pub base_url: Option<String>,
    /// The folder for the database and the installation's key.
    pub data: PathBuf,
    /// The database.
    pub database: String,
    /// The language of the pages.
    pub language: Lang,
    /// Whether a proxy of ours writes `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// How much is logged.
    pub log: String,
    /// The mail server.
    pub smtp: Option<SmtpSettings>,
    /// Hours, targets and limits.
    pub rules: Rules,
    /// A schema of the organisation's own.
    pub form_schema: Option<PathBuf>,
    /// Its words.
    pub form_words: Option<PathBuf>,
    /// Contacts of the organisation's own.
    pub contacts: Option<PathBuf>,
    /// Rules for duties outward of the organisation's own.
    pub duty_rules: Option<PathBuf>,
    /// A newer list of bank holidays.
    pub bank_holidays: Option<PathBuf>,
    /// A schedule of the organisation's own of how long closed cases are kept.
    pub schedule: Option<PathBuf>,
}

impl Config {
    /// The file of the database, if it is one. What follows a question mark is no part of its name.
    pub fn sqlite_file(&self) -> Option<&Path> {
        let address = self.database.strip_prefix("sqlite://")?;
        address.split('?').next().map(Path::new)
    }
}

/// A configuration that cannot be used: which key, what it is, and what is allowed.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The named file is not there.
    #[error("there is no configuration file {}", .0.display())]
    NoFile(PathBuf),
    /// A value has the wrong shape, or there is no such key.
    #[error("the configuration cannot be read: {0}")]
    Shape(String),
    /// A value cannot be used.
    #[error("`{key}` is `{value}`; allowed is {allowed}")]
    Value {
        /// The key.
        key: String,
        /// What was given.
        value: String,
        /// What can be given.
        allowed: String,
    },
}

fn wrong(key: &str, value: impl std::fmt::Display, allowed: &str) -> ConfigError {
    ConfigError::Value {
        key: key.to_owned(),
        value: value.to_string(),
        allowed: allowed.to_owned(),
    }
}

/// Reads file, environment and flags.
///
/// # Errors
/// [`ConfigError`].
pub fn load(flags: &Flags) -> Result<Config, ConfigError> {
    let mut figment = Figment::from(Serialized::defaults(Written::default()));
    match &flags.config {
        Some(file) if !file.exists() => return Err(ConfigError::NoFile(file.clone())),
        Some(file) => figment = figment.merge(Toml::file_exact(file)),
        None if Path::new(USUAL_FILE).exists() => figment = figment.merge(Toml::file_exact(USUAL_FILE)),
        None => {}
    }
    let written: Written = figment
        // Variables that tests of this program use are not keys.
        .merge(
            Env::prefixed("SAFEHOLD_")
                .filter(|key| !key.starts_with("test_"))
                .split("__"),
        )
        .merge(Serialized::defaults(flags))
        .extract()
        .map_err(|error| ConfigError::Shape(shape(&error)))?;
    check(written)
}

/// What figment says, with the key, what it found and what is allowed, each error on a line.
fn shape(error: &figment::Error) -> String {
    use figment::error::Kind;
    let line = |error: figment::Error| {
        let key = error.path.join(".");
        match &error.kind {
            // The path ends with the key that nobody knows.
            Kind::UnknownField(_, allowed) => {
                format!("there is no key `{key}`; keys here are {}", allowed.join(", "))
            }
            Kind::InvalidType(found, wanted) | Kind::InvalidValue(found, wanted) => {
                format!(
                    "`{key}` is {}; allowed is {}",
                    value(found),
                    kind_of_value(wanted)
                )
            }
            other if key.is_empty() => match error.metadata.as_ref().and_then(|from| from.source.as_ref()) {
                Some(file) => format!("{file}: {other}"),
                None => other.to_string(),
            },
            other => format!("`{key}`: {other}"),
        }
    };
    error.clone().into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A value as it was written, as far as figment still knows it.
fn value(found: &Actual) -> String {
    match found {
        Actual::Bool(value) => format!("`{value}`"),
        Actual::Unsigned(value) => format!("`{value}`"),
        Actual::Signed(value) => format!("`{value}`"),
        Actual::Float(value) => format!("`{value}`"),
        Actual::Str(value) => format!("`{value}`"),
        Actual::Seq => "a list".to_owned(),
        Actual::Map => "a table".to_owned(),
        other => other.to_string(),
    }
}

/// The name of a kind of value for somebody who writes TOML.
fn kind_of_value(wanted: &str) -> &str {
    match wanted {
        "a string" | "path string" => "text in quotes",
        "a boolean" => "true or false",
        "u16" => "a whole number from 0 to 65535",
        "u64" => "a whole number that is not below 0",
        "a sequence" => "a list in square brackets",
        other => other,
    }
}

fn check(written: Written) -> Result<Config, ConfigError> {
    let listen = written.listen.parse().map_err(|_| {
        wrong(
            "listen",
            &written.listen,
            "an address and a port, such as 127.0.0.1:8080",
        )
    })?;
    let base_url = base_url(&written.base_url)?;
    let database = match written.database.as_str() {
        "" => format!("sqlite://{}", written.data.join("safehold.db").display()),
        url if url.starts_with("sqlite://")
            || url.starts_with("postgres://")
            || url.starts_with("postgresql://") =>
        {
            url.to_owned()
        }
        // It may hold a password, so it is not shown.
        _ => {
            return Err(wrong(
                "database",
                "(not shown)",
                "sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME",
            ));
        }
    };
    let language = Lang::from_tag(&written.language).ok_or_else(|| {
        wrong(
            "language",
            &written.language,
            "en-GB (or en-XA and ar-XB for tests)",
        )
    })?;
    if !["error", "warn", "info", "debug"].contains(&written.log.as_str()) {
        return Err(wrong("log", &written.log, "error, warn, info or debug"));
    }
    let rules = written.rules.check().map_err(|error| ConfigError::Value {
        key: error.key,
        value: error.value,
        allowed: error.allowed.to_owned(),
    })?;
    for (key, file) in [
        ("form.schema", &written.form.schema),
        ("form.words", &written.form.words),
        ("contacts", &written.contacts),
        ("duties.rules", &written.duties.rules),
        ("duties.bank_holidays", &written.duties.bank_holidays),
        ("retention.schedule", &written.retention.schedule),
    ] {
        if let Some(file) = file
            && !file.is_file()
        {
            return Err(wrong(key, file.display(), "a file that is there"));
        }
    }
    Ok(Config {
        listen,
        base_url,
        database,
        language,
        behind_proxy: written.behind_proxy,
        log: written.log,
        smtp: written.smtp.map(smtp).transpose()?,
        rules,
        form_schema: written.form.schema,
        form_words: written.form.words,
        contacts: written.contacts,
        duty_rules: written.duties.rules,
        bank_holidays: written.duties.bank_holidays,
        schedule: written.retention.schedule,
        data: written.data,
    })
}

/// Scheme and host only: pages are served at the root of a host name of their own.
fn base_url(written: &str) -> Result<Option<String>, ConfigError> {
    if written.is_empty() {
        return Ok(None);
    }
    let url = written.trim_end_matches('/');
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_host = |host: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
        !host.is_empty() && host.bytes().all(plain)
    };
    if host.is_some_and(is_host) {
        Ok(Some(url.to_owned()))
    } else {
        Err(wrong(
            "base_url",
            written,
            "https:// (or http:// for a trial) and a host name, without a path",
        ))
    }
}

fn smtp(written: WrittenSmtp) -> Result<SmtpSettings, ConfigError> {
    if written.host.is_empty() {
        return Err(wrong("smtp.host", "", "the name of a mail server"));
    }
    let (tls, usual_port) = match written.tls.as_str() {
        "wrapped" => (Tls::Wrapped, 465),
        "" | "starttls" => (Tls::StartTls, 587),
        "none" => (Tls::Loopback, 25),
        other => {
            return Err(wrong(
                "smtp.tls",
                other,
                "wrapped, starttls, or none for a server on this machine",
            ));
        }
    };
    let is_here = ["localhost", "127.0.0.1", "::1"].contains(&written.host.as_str());
    if tls == Tls::Loopback && !is_here {
        return Err(wrong(
            "smtp.tls",
            "none",
            "wrapped or starttls; none is only for a server on this machine",
        ));
    }
    if !is_address(&written.from) {
        return Err(wrong(
            "smtp.from",
            &written.from,
            "the address that mail comes from, such as messages@example.org",
        ));
    }
    if let Some(file) = &written.ca_file
        && !file.is_file()
    {
        return Err(wrong("smtp.ca_file", file.display(), "a file that is there"));
    }
    let credentials = match (written.user.as_str(), &written.password_file) {
        ("", None) => None,
        ("", Some(_)) => return Err(wrong("smtp.user", "", "a name, since smtp.password_file is set")),
        (user, Some(file)) => {
            let password = std::fs::read_to_string(file)
                .map_err(|_| wrong("smtp.password_file", file.display(), "a file that can be read"))?;
            Some((
                user.to_owned(),
                password.trim_end_matches(['\r', '\n']).to_owned(),
            ))
        }
        (_, None) => {
            return Err(wrong(
                "smtp.password_file",
                "",
                "a file with the password of smtp.user",
            ));
        }
    };
    Ok(SmtpSettings {
        host: written.host,
        port: if written.port == 0 {
            usual_port
        } else {
            written.port
        },
        tls,
        credentials,
        from: written.from,
        ca_file: written.ca_file,
    })
}

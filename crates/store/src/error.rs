//! What can go wrong with the database, as far as a caller would treat it differently.

use std::io;

use sqlx::error::ErrorKind;

/// Why a read or a change did not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A row breaks a constraint: `table.column` for a value that must be unique, `table.key` for a primary
    /// key, `foreign key` for a row that refers to nothing.
    #[error("the row breaks a constraint ({constraint})")]
    Conflict {
        /// Which, named alike on both databases.
        constraint: String,
    },
    /// Somebody changed the row since it was read, or it is gone.
    #[error("changed since it was read")]
    ChangedSince,
    /// The database cannot be reached, is full or stays busy, or the store is closed. Nothing was changed,
    /// unless the connection broke in the very moment of the commit.
    #[error("the database is not available")]
    Unavailable(#[source] Fault),
    /// Anything else: a mistake in this program, or a damaged database.
    #[error("the database refused a statement")]
    Other(#[source] Fault),
}

/// What the database or its driver said, without any value from a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}{}", .code.as_ref().map(|code| format!(" (code {code})")).unwrap_or_default())]
pub struct Fault {
    /// The database's own code.
    pub code: Option<String>,
    /// In words.
    pub what: String,
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither `sqlite://path` nor `postgres://…`.
    #[error("the database address starts with neither sqlite:// nor postgres://")]
    Scheme,
    /// The address names no file, or a database in memory.
    #[error("the database address names no file")]
    NoFile,
    /// The file could not be made.
    #[error("the database file cannot be made")]
    File(#[source] io::Error),
    /// The database cannot be reached.
    #[error("the database cannot be opened")]
    Connect(#[source] StoreError),
    /// A migration did not run.
    #[error("the database cannot be brought up to date")]
    Migrate(#[source] Fault),
    /// The writer's thread could not be started.
    #[error("no thread can be started")]
    Thread(#[source] io::Error),
    /// The database would not keep what it acknowledges.
    #[error(
        "the database does not keep what it acknowledges (journal {journal_mode}, synchronous {synchronous})"
    )]
    NotDurable {
        /// What `PRAGMA journal_mode` says.
        journal_mode: String,
        /// What `PRAGMA synchronous` says, or `synchronous_commit`.
        synchronous: String,
    },
}

/// Why a copy was not made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL has tools of its own for this.
    #[error("a PostgreSQL database is copied with pg_dump")]
    Postgres,
    /// The file is there already, or could not be made.
    #[error("the copy cannot be made at this path")]
    File(#[source] io::Error),
    /// The database did not make it.
    #[error("the database made no copy")]
    Store(#[source] StoreError),
}

impl Fault {
    /// A fault of our own, in words.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            code: None,
            what: what.into(),
        }
    }

    /// Keeps of a driver's error what holds no value from a row: PostgreSQL's detail and our own rows may.
    pub(crate) fn from_driver(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => Self {
                code: error.code().map(Into::into),
                what: error.message().to_owned(),
            },
            sqlx::Error::ColumnDecode { index, .. } => {
                Self::new(format!("column {index} holds something else"))
            }
            sqlx::Error::ColumnNotFound(name) => Self::new(format!("no column {name}")),
            sqlx::Error::Decode(_) | sqlx::Error::Encode(_) => {
                Self::new("a value of a type that is not stored")
            }
            sqlx::Error::Configuration(_) => Self::new("the database address cannot be read"),
            other => Self::new(other.to_string()),
        }
    }
}

impl StoreError {
    /// The store is closed, or its writer has gone.
    pub(crate) fn closed() -> Self {
        Self::Unavailable(Fault::new("the store is closed"))
    }

    /// A stored value that this program cannot have written.
    pub(crate) fn unreadable(column: &str) -> Self {
        Self::Other(Fault::new(format!("column {column} holds something else")))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let fault = Fault::from_driver(&error);
        match &error {
            sqlx::Error::Database(database) => match database.kind() {
                ErrorKind::UniqueViolation => Self::Conflict {
                    constraint: unique(database.as_ref()),
                },
                ErrorKind::ForeignKeyViolation => Self::Conflict {
                    constraint: "foreign key".to_owned(),
                },
                _ if fault.code.as_deref().is_some_and(is_passing) => Self::Unavailable(fault),
                _ => Self::Other(fault),
            },
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(fault),
            _ => Self::Other(fault),
        }
    }
}

/// Whether a code tells of a state that passes. SQLite's are numbers whose low byte is the primary code;
/// PostgreSQL's have five characters, of which the first two are a class.
fn is_passing(code: &str) -> bool {
    if code.len() == 5 {
        let class = code.get(..2).unwrap_or_default();
        matches!(code, "40001" | "40P01" | "55P03") || matches!(class, "08" | "53" | "57")
    } else {
        // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN.
        matches!(
            code.parse::<i64>().map(|code| code & 0xff),
            Ok(5 | 6 | 10 | 13 | 14)
        )
    }
}

/// Names a unique constraint alike on both databases.
fn unique(error: &dyn sqlx::error::DatabaseError) -> String {
    if let Some(constraint) = error.constraint() {
        let table = error.table().unwrap_or_default();
        let rest = constraint
            .strip_prefix(table)
            .unwrap_or(constraint)
            .trim_start_matches('_');
        return match rest {
            "pkey" => format!("{table}.key"),
            _ => format!("{table}.{}", rest.strip_suffix("_key").unwrap_or(rest)),
        };
    }
    // SQLite only says "UNIQUE constraint failed: cases.reference", with all columns of the constraint, or
    // "… failed: index 'users_email_key'" for one over an expression.
    let columns = error.message().rsplit(": ").next().unwrap_or_default();
    if let Some(index) = columns.strip_prefix("index '") {
        let name = index.trim_end_matches('\'');
        return name.strip_suffix("_key").unwrap_or(name).replacen('_', ".", 1);
    }
    let first = columns.split(", ").next().unwrap_or_default();
    // SQLITE_CONSTRAINT_PRIMARYKEY, and SQLITE_CONSTRAINT_ROWID for integer keys.
    if matches!(error.code().as_deref(), Some("1555" | "2579")) {
        format!("{}.key", first.split('.').next().unwrap_or_default())
    } else {
        first.to_owned()
    }
}

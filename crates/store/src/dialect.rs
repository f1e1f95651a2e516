//! All that differs between SQLite and PostgreSQL.

use std::path::PathBuf;

use crate::error::OpenError;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// What every connection to SQLite is told.
///
/// `secure_delete` overwrites what is deleted: a draft that expired is gone from the file, not only from its
/// tables. `temp_store` keeps sorting and savepoints off the disk. The cache is 2 MB for each connection.
const SQLITE: &[&str] = &[
    "PRAGMA busy_timeout = 10000",
    "PRAGMA page_size = 16384",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
];

/// A connection for reading cannot change anything, so that no change goes round the writer.
const SQLITE_READING: &[&str] = &["PRAGMA cache_size = -2000", "PRAGMA query_only = ON"];

/// The write-ahead log shrinks again after a burst.
const SQLITE_WRITING: &[&str] = &[
    "PRAGMA cache_size = -16000",
    "PRAGMA journal_size_limit = 16777216",
];

/// What the writing connection does when nothing is to be done: it empties the write-ahead log, where older
/// versions of what was deleted still are, and gives its memory back.
const SQLITE_IDLE: &[&str] = &["PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA shrink_memory"];

const POSTGRES_READING: &[&str] = &["SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"];

/// A server may be set to acknowledge before the disk has it. We never do; a stronger setting stays.
const POSTGRES_WRITING: &[&str] = &[
    "SELECT set_config('synchronous_commit', 'on', false) \
     WHERE current_setting('synchronous_commit') IN ('off', 'local')",
    "SET lock_timeout = '20s'",
    "SET idle_in_transaction_session_timeout = '60s'",
];

impl Dialect {
    /// Reads it from an address.
    pub(crate) fn of(url: &str) -> Result<Self, OpenError> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(OpenError::Scheme),
        }
    }

    /// What a new connection is told, in this order.
    pub(crate) fn settings(self, writing: bool) -> impl Iterator<Item = &'static str> {
        let (all, rest): (&[&str], &[&str]) = match (self, writing) {
            (Self::Sqlite, true) => (SQLITE, SQLITE_WRITING),
            (Self::Sqlite, false) => (SQLITE, SQLITE_READING),
            (Self::Postgres, true) => (&[], POSTGRES_WRITING),
            (Self::Postgres, false) => (&[], POSTGRES_READING),
        };
        all.iter().chain(rest).copied()
    }

    /// Opens a transaction that will write. One writer at a time on both databases: SQLite has no other way,
    /// and on PostgreSQL a lock held to the end of the transaction makes it so for several processes, so that
    /// what a change has read is still true when it commits. The number is ours alone ("safehold" in ASCII).
    pub(crate) fn begin(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &["BEGIN IMMEDIATE"],
            Self::Postgres => &["BEGIN", "SELECT pg_advisory_xact_lock(8314037903514790244)"],
        }
    }

    /// What to do when nothing is to be done.
    pub(crate) fn idle(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => SQLITE_IDLE,
            Self::Postgres => &[],
        }
    }

    /// One of two texts.
    pub(crate) fn pick(self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::Sqlite => sqlite,
            Self::Postgres => postgres,
        }
    }
}

/// The file that a SQLite address names.
pub(crate) fn sqlite_file(url: &str) -> Result<PathBuf, OpenError> {
    let path = url
        .strip_prefix("sqlite://")
        .or_else(|| url.strip_prefix("sqlite:"))
        .ok_or(OpenError::Scheme)?;
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() || path.contains(":memory:") {
        return Err(OpenError::NoFile);
    }
    std::path::absolute(path).map_err(OpenError::File)
}

/// The address of a SQLite file for the driver, which decodes percent signs.
pub(crate) fn sqlite_url(file: &std::path::Path) -> String {
    use std::{fmt::Write, os::unix::ffi::OsStrExt};
    let mut url = "sqlite://".to_owned();
    for byte in file.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(byte) {
            url.push(char::from(*byte));
        } else {
            // Writing to a string cannot go wrong.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

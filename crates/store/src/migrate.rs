//! Brings a database up to date.

use sqlx::{
    AnyConnection,
    migrate::{MigrateError, Migrator},
};

use crate::{dialect::Dialect, error::Fault};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Runs what has not run yet. On PostgreSQL an advisory lock lets one process do it while others wait; on
/// SQLite a second process at the same moment sees the first one's lock or tables, and looks again.
pub(crate) async fn run(connection: &mut AnyConnection, dialect: Dialect) -> Result<(), Fault> {
    let migrator = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    let attempts = if dialect == Dialect::Sqlite { 5 } else { 1 };
    let mut last = Fault::new("no attempt was made");
    for attempt in 0..attempts {
        match migrator.run_direct(None, connection, false).await {
            Ok(()) => return Ok(()),
            Err(error) => last = fault(&error),
        }
        tokio::time::sleep(std::time::Duration::from_millis(20 << attempt)).await;
    }
    Err(last)
}

fn fault(error: &MigrateError) -> Fault {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => Fault::from_driver(error),
        MigrateError::VersionMissing(version) => Fault::new(format!(
            "the database is newer than this program (migration {version})"
        )),
        other => Fault::new(other.to_string()),
    }
}

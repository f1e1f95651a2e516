//! What an operator and the desk need to see: mail that could not be sent.

use jiff::Timestamp;
use safehold_core::id::JobId;
use safehold_store::jobs;

use crate::{App, AppError, desk::Reader};

/// A job that was given up.
#[derive(Debug, Clone)]
pub struct GivenUp {
    /// Which.
    pub id: JobId,
    /// What it should have done: the kind of the job.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// The kind of the last error; never an address.
    pub error: String,
    /// When it was to run last.
    pub at: Timestamp,
}

/// Jobs that were given up, as far as this reader may know of them.
///
/// # Errors
/// [`AppError`].
pub async fn given_up(app: &App, reader: &Reader) -> Result<Vec<GivenUp>, AppError> {
    let mut conn = app.store().read().await?;
    let rows = jobs::list_failed_for(&mut conn, reader.id).await?;
    Ok(rows
        .into_iter()
        .map(|row| GivenUp {
            id: row.id,
            kind: row.kind,
            attempts: row.attempts,
            error: row.last_error.unwrap_or_default(),
            at: row.run_at,
        })
        .collect())
}

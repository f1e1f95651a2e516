//! What any action can run into besides its own reasons.

use safehold_store::StoreError;

use crate::keys::BodyError;

/// Something that neither the person nor a rule can help: it becomes a calm page with a reference.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The database.
    #[error("the database did not answer as it should")]
    Store(#[from] StoreError),
    /// A sealed body.
    #[error("something sealed could not be used")]
    Body(#[from] BodyError),
    /// What is stored does not fit together.
    #[error("{0}")]
    Broken(&'static str),
    /// A task on another thread ended early.
    #[error("a task did not finish")]
    Task,
}

impl From<safehold_seal::OpenError> for AppError {
    fn from(error: safehold_seal::OpenError) -> Self {
        Self::Body(error.into())
    }
}

impl From<safehold_seal::SealError> for AppError {
    fn from(error: safehold_seal::SealError) -> Self {
        Self::Body(error.into())
    }
}

//! Files: sealed as they come, piece by piece, and opened only in memory.

use safehold_core::id::{CaseId, FileId, VisitId};
use safehold_store::{StoreError, files};

use crate::{App, AppError};

mod clean;
mod kind;
mod open;
mod upload;

pub use clean::{WorkingCopy, working_copy};
pub use kind::{Family, FileKind};
pub(crate) use open::open_note;
pub use open::{Content, OpenedFile, Opening, Version};
pub use upload::Upload;

/// Where a file belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// To a report that is being written.
    Draft(VisitId),
    /// To a case.
    Case(CaseId),
}

/// Why a file was not taken. What else was sent is safe.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is larger than the limit, in bytes.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// There are as many files as can be.
    #[error("there are {limit} files already")]
    TooMany {
        /// The limit.
        limit: u16,
    },
    /// The report was sent meanwhile, perhaps from another tab: files come with a message now.
    #[error("the report was sent already")]
    AlreadySent,
    /// What it belongs to is gone: a draft expires.
    #[error("what the file belongs to is gone")]
    Gone,
    /// It has nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is of no kind that is taken.
    #[error("the file is of a kind that is not taken")]
    Kind,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for FileError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<safehold_seal::FileError> for FileError {
    fn from(_: safehold_seal::FileError) -> Self {
        Self::App(AppError::Broken("a file could not be sealed"))
    }
}

/// Removes files that came for something that was then not stored. What does not succeed here is done by itself later
/// (see [`crate::watch::round`]); nothing names these files, so nobody can open them.
pub async fn discard(app: &App, ids: Vec<FileId>) {
    if ids.is_empty() {
        return;
    }
    let removed = app
        .store()
        .write_with(ids, |tx, ids| {
            Box::pin(async move {
                for id in ids {
                    files::remove_unattached(tx, *id).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await;
    if removed.is_err() {
        tracing::warn!("files that nothing names could not be removed now");
    }
}

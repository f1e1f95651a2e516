//! Files: sealed as they come, piece by piece, and opened only in memory.

use safehold_core::id::{CaseId, FileId, VisitId};
use safehold_seal::{FileKey, FileOpener, FileSealer, Sealed, Zeroizing, random};
use safehold_store::{StoreError, files};

use crate::{App, AppError, keys, report::FileNote};

mod clean;
mod kind;

pub use clean::{WorkingCopy, working_copy};
pub use kind::{Family, FileKind};

/// How much sealed content goes into one row.
const ROW_BYTES: usize = 256 * 1024;
/// How much of the beginning is looked at to tell what a file is.
const SNIFF_BYTES: usize = 8 * 1024;

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

/// A file that is coming. If it does not come whole, it is removed by itself later.
pub struct Upload {
    app: App,
    id: FileId,
    key: FileKey,
    sealer: FileSealer,
    head: Vec<u8>,
    waiting: Vec<u8>,
    rows: i64,
    size_bytes: u64,
}

impl Upload {
    /// Begins to take a file.
    ///
    /// # Errors
    /// [`FileError::TooMany`].
    pub async fn begin(app: &App, owner: Owner) -> Result<Self, FileError> {
        let limit = app.rules().files;
        let mut conn = app.store().read().await?;
        let totals = match owner {
            Owner::Draft(visit) => files::totals_of_visit(&mut conn, visit).await?,
            Owner::Case(case) => files::totals_of_case(&mut conn, case).await?,
        };
        drop(conn);
        // After sending, a person can add as many again: new facts come with new files.
        let allowed = match owner {
            Owner::Draft(_) => i64::from(limit),
            Owner::Case(_) => 10 * i64::from(limit),
        };
        if totals.count >= allowed {
            return Err(FileError::TooMany { limit });
        }
        let id = FileId::from_random(random::bytes());
        let key = FileKey::generate();
        let sealer = FileSealer::new(&key, &keys::file(id))?;
        let row = files::FileRow {
            id,
            visit_id: if let Owner::Draft(visit) = owner {
                Some(visit)
            } else {
                None
            },
            case_id: if let Owner::Case(case) = owner {
                Some(case)
            } else {
                None
            },
            size_bytes: 0,
            complete: false,
            created_at: app.now(),
        };
        app.store()
            .write_with(row, |tx, row| {
                Box::pin(async move {
                    files::add(tx, row).await?;
                    Ok::<_, FileError>(())
                })
            })
            .await?;
        Ok(Self {
            app: app.clone(),
            id,
            key,
            sealer,
            head: Vec::new(),
            waiting: Vec::new(),
            rows: 0,
            size_bytes: 0,
        })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// [`FileError::TooLarge`] as soon as it is.
    pub async fn push(&mut self, piece: &[u8]) -> Result<(), FileError> {
        self.size_bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        let limit = self.app.rules().file_bytes;
        if self.size_bytes > limit {
            return Err(FileError::TooLarge { limit });
        }
        let wanted = SNIFF_BYTES.saturating_sub(self.head.len()).min(piece.len());
        self.head
            .extend_from_slice(piece.get(..wanted).unwrap_or_default());
        let sealed = self.sealer.push(piece)?;
        self.waiting.extend_from_slice(&sealed);
        self.store_full_rows().await
    }

    async fn store_full_rows(&mut self) -> Result<(), FileError> {
        while self.waiting.len() >= ROW_BYTES {
            let rest = self.waiting.split_off(ROW_BYTES);
            let row = std::mem::replace(&mut self.waiting, rest);
            self.store_row(row).await?;
        }
        Ok(())
    }

    async fn store_row(&mut self, bytes: Vec<u8>) -> Result<(), FileError> {
        let (id, number) = (self.id, self.rows);
        self.rows += 1;
        self.app
            .store()
            .write_with(Sealed::from_bytes(bytes), move |tx, row| {
                Box::pin(async move {
                    files::add_chunk(tx, id, number, row).await?;
                    Ok::<_, FileError>(())
                })
            })
            .await
    }

    /// All has come: it is durable when this answers.
    ///
    /// # Errors
    /// [`FileError::Empty`] and [`FileError::Kind`].
    pub async fn finish(mut self, name: &str) -> Result<FileNote, FileError> {
        let kind = if self.size_bytes == 0 {
            Err(FileError::Empty)
        } else {
            FileKind::sniff(&self.head).ok_or(FileError::Kind)
        };
        let kind = match kind {
            Ok(kind) => kind,
            Err(refused) => {
                // It must not count among the files that are there.
                self.abandon().await?;
                return Err(refused);
            }
        };
        let sealer = std::mem::replace(
            &mut self.sealer,
            FileSealer::new(&FileKey::generate(), &keys::file(self.id))?,
        );
        let last = sealer.finish()?;
        self.waiting.extend_from_slice(&last);
        self.store_full_rows().await?;
        let row = std::mem::take(&mut self.waiting);
        if !row.is_empty() {
            self.store_row(row).await?;
        }
        let id = self.id;
        self.app
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    files::complete(tx, id).await?;
                    Ok::<_, FileError>(())
                })
            })
            .await?;
        Ok(FileNote::new(
            id,
            kind::safe_name(name, kind),
            kind.mime().to_owned(),
            self.size_bytes,
            self.key.as_key(),
        ))
    }

    /// Removes what has come so far.
    ///
    /// # Errors
    /// [`FileError::App`].
    pub async fn abandon(self) -> Result<(), FileError> {
        remove(&self.app, self.id).await
    }
}

/// Removes a file.
///
/// # Errors
/// [`FileError::App`].
pub async fn remove(app: &App, id: FileId) -> Result<(), FileError> {
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                files::remove(tx, id).await?;
                Ok::<_, FileError>(())
            })
        })
        .await
}

/// Opens a file whole, in memory.
///
/// # Errors
/// [`AppError`] if it is not as it was sealed.
pub(crate) async fn open(app: &App, note: &FileNote) -> Result<Zeroizing<Vec<u8>>, AppError> {
    let key = FileKey::from_key(note.key());
    let mut opener = FileOpener::new(&key, &keys::file(note.id));
    let capacity = usize::try_from(note.size_bytes).unwrap_or(0).saturating_add(1024);
    let mut whole = Zeroizing::new(Vec::with_capacity(capacity));
    let damaged = |_| AppError::Broken("a file is not as it was sealed");
    let mut conn = app.store().read().await?;
    for number in 0.. {
        let Some(row) = files::read_chunk(&mut conn, note.id, number).await? else {
            break;
        };
        whole.extend_from_slice(&opener.push(row.as_bytes()).map_err(damaged)?);
    }
    whole.extend_from_slice(&opener.finish().map_err(damaged)?);
    Ok(whole)
}

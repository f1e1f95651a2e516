//! A file that comes: sealed piece by piece, never whole in memory.

use jiff::SignedDuration;
use safehold_core::id::{FileId, VisitId};
use safehold_seal::{FileKey, FileSealer, Sealed, random};
use safehold_store::{Conn, StoreError, files, visits};

use super::{FileError, FileKind, Owner, discard, kind};
use crate::{App, AppError, keys, report::FileNote};

/// How much sealed content goes into one row.
const ROW_BYTES: usize = 256 * 1024;
/// How much of the beginning is looked at to tell what a file is.
const SNIFF_BYTES: usize = 8 * 1024;
/// So long a file that nothing names yet counts among the others: it may still be coming.
const COMING_HOURS: i64 = 1;

/// A file that is coming.
///
/// It is named by nothing until what it belongs to is stored. If that does not happen, or if it does not come whole,
/// it is removed: at once when this is dropped, and else by itself later.
pub struct Upload {
    app: App,
    owner: Owner,
    id: FileId,
    key: FileKey,
    sealer: FileSealer,
    head: Vec<u8>,
    waiting: Vec<u8>,
    rows: i64,
    size_bytes: u64,
    is_done: bool,
}

impl Upload {
    /// Begins to take a file.
    ///
    /// # Errors
    /// [`FileError::TooMany`]; [`FileError::AlreadySent`] and [`FileError::Gone`] if there is no such draft any more.
    pub async fn begin(app: &App, owner: Owner) -> Result<Self, FileError> {
        let limit = app.rules().files;
        let now = app.now();
        let coming = now
            .saturating_sub(SignedDuration::from_hours(COMING_HOURS))
            .unwrap_or(now);
        let mut conn = app.store().read().await?;
        // After sending, a person can add as many again, ten times: new facts come with new files.
        let (totals, limit) = match owner {
            Owner::Draft(visit) => (files::totals_of_visit(&mut conn, visit, coming).await?, limit),
            Owner::Case(case) => (
                files::totals_of_case(&mut conn, case, coming).await?,
                limit.saturating_mul(10),
            ),
        };
        drop(conn);
        if totals.count >= i64::from(limit) {
            return Err(FileError::TooMany { limit });
        }
        let id = FileId::from_random(random::bytes());
        let key = FileKey::generate();
        let sealer = FileSealer::new(&key, &keys::file(id))?;
        let (visit_id, case_id) = match owner {
            Owner::Draft(visit) => (Some(visit), None),
            Owner::Case(case) => (None, Some(case)),
        };
        let row = files::FileRow {
            id,
            visit_id,
            case_id,
            size_bytes: 0,
            attached: false,
            created_at: now,
        };
        app.store()
            .write_with(row, |tx, row| {
                Box::pin(async move {
                    if let Some(visit) = row.visit_id {
                        still_written(tx, visit, row.created_at).await?;
                    }
                    files::add(tx, row).await?;
                    Ok::<_, FileError>(())
                })
            })
            .await?;
        Ok(Self {
            app: app.clone(),
            owner,
            id,
            key,
            sealer,
            head: Vec::new(),
            waiting: Vec::new(),
            rows: 0,
            size_bytes: 0,
            is_done: false,
        })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// [`FileError::TooLarge`] as soon as it is; [`FileError::AlreadySent`] and [`FileError::Gone`] if that happens
    /// while it comes.
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
        let stored = self
            .app
            .store()
            .write_with(Sealed::from_bytes(bytes), move |tx, row| {
                Box::pin(async move {
                    files::add_chunk(tx, id, number, row).await?;
                    Ok::<_, FileError>(())
                })
            })
            .await;
        match stored {
            Err(FileError::App(AppError::Store(StoreError::ChangedSince | StoreError::Conflict { .. }))) => {
                // Sending a report removes what it does not name.
                if let Owner::Draft(visit) = self.owner {
                    let mut conn = self.app.store().read().await?;
                    still_written(&mut conn, visit, self.app.now()).await?;
                }
                Err(FileError::Gone)
            }
            other => other,
        }
    }

    /// All has come: it is durable when this answers, and stays if what it belongs to is stored.
    ///
    /// # Errors
    /// [`FileError::Empty`] and [`FileError::Kind`], and those of [`Self::push`].
    pub async fn finish(mut self, name: &str) -> Result<FileNote, FileError> {
        if self.size_bytes == 0 {
            return self.refuse(FileError::Empty).await;
        }
        let Some(kind) = FileKind::sniff(&self.head) else {
            return self.refuse(FileError::Kind).await;
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
        self.is_done = true;
        Ok(FileNote::new(
            self.id,
            kind::safe_name(name, kind),
            kind.mime().to_owned(),
            self.size_bytes,
            self.key.as_key(),
        ))
    }

    async fn refuse(self, why: FileError) -> Result<FileNote, FileError> {
        self.abandon().await;
        Err(why)
    }

    /// Removes what has come so far.
    pub async fn abandon(mut self) {
        self.is_done = true;
        discard(&self.app, vec![self.id]).await;
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if self.is_done {
            return;
        }
        // The browser went away in the midst of it. It must not count among the files that are there when it comes
        // back. Without a runtime the program is ending.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let (app, id) = (self.app.clone(), self.id);
            runtime.spawn(async move { discard(&app, vec![id]).await });
        }
    }
}

/// Whether a visit still leads to a draft.
async fn still_written(conn: &mut Conn, visit: VisitId, now: jiff::Timestamp) -> Result<(), FileError> {
    let Some(row) = visits::find(conn, visit).await? else {
        return Err(FileError::Gone);
    };
    if row.case_id.is_some() {
        return Err(FileError::AlreadySent);
    }
    match row.expires_at {
        Some(at) if at > now => Ok(()),
        _ => Err(FileError::Gone),
    }
}

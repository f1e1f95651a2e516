//! A file that is opened: in memory only, whole or piece by piece.

use safehold_seal::{FileKey, FileOpener, Zeroizing};
use safehold_store::files;

use super::{FileKind, WorkingCopy, working_copy};
use crate::{App, AppError, keys, report::FileNote};

/// Which version of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The copy to work with, without place, device and author data.
    WorkingCopy,
    /// As it was sent: kept as evidence.
    Original,
}

/// A file that was opened.
pub struct OpenedFile {
    /// What it is.
    pub kind: FileKind,
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Whether all hidden data was taken out, for certain.
    pub is_clean: bool,
}

/// What is in a file.
pub enum Content {
    /// All of it.
    Whole(Zeroizing<Vec<u8>>),
    /// To be opened as it is sent.
    Pieces(Box<Opening>),
}

impl Content {
    /// All of it, in memory.
    ///
    /// # Errors
    /// [`AppError`] if it is not as it was sealed.
    pub async fn whole(self) -> Result<Zeroizing<Vec<u8>>, AppError> {
        match self {
            Self::Whole(bytes) => Ok(bytes),
            Self::Pieces(opening) => opening.whole().await,
        }
    }
}

/// A file that is opened piece by piece. No connection is held between two pieces.
pub struct Opening {
    app: App,
    id: safehold_core::id::FileId,
    size_bytes: u64,
    opener: Option<FileOpener>,
    number: i64,
}

impl Opening {
    /// Begins at the beginning.
    pub(crate) fn begin(app: &App, note: &FileNote) -> Self {
        Self {
            app: app.clone(),
            id: note.id,
            size_bytes: note.size_bytes,
            opener: Some(FileOpener::new(
                &FileKey::from_key(note.key()),
                &keys::file(note.id),
            )),
            number: 0,
        }
    }

    /// The next piece; nothing after the last.
    ///
    /// # Errors
    /// [`AppError`] if it is not as it was sealed. What came before was.
    pub async fn next(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, AppError> {
        let damaged = |_| AppError::Broken("a file is not as it was sealed");
        while let Some(opener) = &mut self.opener {
            let mut conn = self.app.store().read().await?;
            let row = files::read_chunk(&mut conn, self.id, self.number).await?;
            drop(conn);
            let piece = match row {
                Some(row) => {
                    self.number += 1;
                    opener.push(row.as_bytes()).map_err(damaged)?
                }
                None => match self.opener.take() {
                    Some(opener) => opener.finish().map_err(damaged)?,
                    None => return Ok(None),
                },
            };
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }

    /// All that is left, in memory.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub async fn whole(mut self) -> Result<Zeroizing<Vec<u8>>, AppError> {
        let capacity = usize::try_from(self.size_bytes).unwrap_or(0).saturating_add(1024);
        let mut whole = Zeroizing::new(Vec::with_capacity(capacity));
        while let Some(piece) = self.next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole)
    }
}

/// Opens a file that somebody may open.
///
/// # Errors
/// [`AppError`] if it is not as it was sealed.
pub(crate) async fn open_note(app: &App, note: &FileNote, version: Version) -> Result<OpenedFile, AppError> {
    let kind = FileKind::from_mime(&note.kind).ok_or(AppError::Broken("a file of an unknown kind"))?;
    let bytes = Opening::begin(app, note).whole().await?;
    let (bytes, is_clean) = match version {
        Version::Original => (bytes, false),
        // One at a time or few: a working copy needs the whole file twice.
        Version::WorkingCopy => match app.gate().run(move || working_copy(kind, bytes)).await? {
            WorkingCopy::Clean(bytes) => (bytes, true),
            WorkingCopy::Partly(bytes) | WorkingCopy::AsItCame(bytes) => (bytes, false),
        },
    };
    Ok(OpenedFile {
        kind,
        name: note.name.clone(),
        bytes,
        is_clean,
    })
}

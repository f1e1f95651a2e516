//! Opening a file of a case.

use safehold_core::{
    id::{CaseId, FileId},
    trace::Traced,
};
use safehold_seal::Zeroizing;

use super::{DeskError, Reader, Unlocked, open, unlock};
use crate::{
    App, AppError,
    files::{self, FileKind, WorkingCopy},
    follow, leave_trace,
    report::{FileNote, MessageBody},
    roster::Team,
};

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
    /// Whether hidden data was taken out.
    pub is_clean: bool,
}

/// Opens a file of a case. It is in the trace before it is shown.
///
/// # Errors
/// [`DeskError::NotFound`] if the case is not on this desk or has no such file.
pub async fn open_file(
    app: &App,
    reader: &Reader,
    case: CaseId,
    file: FileId,
    version: Version,
) -> Result<OpenedFile, DeskError> {
    let mut conn = app.store().read().await?;
    let Unlocked { keys, .. } = unlock(&mut conn, reader, case).await?;
    let names = Team::read(&mut conn).await?.names();
    let report = open::content(&mut conn, case, &keys, &names).await?.report;
    let messages = follow::open_messages(&mut conn, case, &keys, &names).await?;
    drop(conn);
    let note = find(&report.files, &messages, file).ok_or(DeskError::NotFound)?;
    let (who, now) = (reader.id, app.now());
    app.store()
        .write(move |tx| {
            Box::pin(leave_trace(
                tx,
                now,
                Some(who),
                Some(case),
                Traced::FileOpened { file },
            ))
        })
        .await?;
    open_note(app, note, version).await
}

async fn open_note(app: &App, note: &FileNote, version: Version) -> Result<OpenedFile, DeskError> {
    let kind = FileKind::from_mime(&note.kind).ok_or(AppError::Broken("a file of an unknown kind"))?;
    let bytes = files::open(app, note).await?;
    let (bytes, is_clean) = match version {
        Version::Original => (bytes, false),
        // One at a time or few: a working copy needs the whole file twice.
        Version::WorkingCopy => match app.gate().run(move || files::working_copy(kind, bytes)).await? {
            WorkingCopy::Clean(bytes) => (bytes, true),
            WorkingCopy::AsItCame(bytes) => (bytes, false),
        },
    };
    Ok(OpenedFile {
        kind,
        name: note.name.clone(),
        bytes,
        is_clean,
    })
}

fn find<'a>(report: &'a [FileNote], messages: &'a [follow::Message], file: FileId) -> Option<&'a FileNote> {
    let sent = messages.iter().flat_map(|message| match &message.body {
        MessageBody::Text { files, .. } => files.as_slice(),
        _ => &[],
    });
    report.iter().chain(sent).find(|note| note.id == file)
}

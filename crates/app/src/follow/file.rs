//! A file that the reporter opens: one that the desk sent them, or one that they sent themselves.

use safehold_core::id::FileId;

use super::{FollowError, open_report, unlock};
use crate::{
    App, AppError,
    files::{self, Content, FileKind, Version},
    messages::open_messages,
    report::{FileNote, Visit},
    roster::Team,
};

/// A file for the reporter.
pub struct FileToKeep {
    /// What it is.
    pub kind: FileKind,
    /// Its name.
    pub name: String,
    /// Its length in bytes, as it was sent.
    pub size_bytes: u64,
    /// What is in it.
    pub content: Content,
    /// Whether the desk sent it.
    pub from_desk: bool,
}

/// Opens a file of the report or of a message. What the desk sent comes without place, device and author data, for
/// it would tell of people of the team; what the person sent comes as they sent it.
///
/// That they look at it is nobody's business, so it leaves no trace.
///
/// # Errors
/// [`FollowError::NoReport`]; [`FollowError::NoFile`] for every file that is not theirs to see, there or not.
pub async fn open_file(app: &App, visit: &Visit, file: FileId) -> Result<FileToKeep, FollowError> {
    let mut conn = app.store().read().await?;
    let (row, keys) = unlock(&mut conn, visit).await?.ok_or(FollowError::NoReport)?;
    let (report, _) = open_report(&mut conn, &row, &keys).await?;
    let names = Team::read(&mut conn).await?.names();
    let messages = open_messages(&mut conn, row.id, &keys, &names).await?;
    drop(conn);
    let own = report.files.iter().map(|note| (note, false));
    let sent = messages
        .iter()
        .flat_map(|message| message.files().iter().map(|note| (note, message.from_desk)));
    let (note, from_desk) = own
        .chain(sent)
        .find(|(note, _)| note.id == file)
        .ok_or(FollowError::NoFile)?;
    open_note(app, note, from_desk).await
}

async fn open_note(app: &App, note: &FileNote, from_desk: bool) -> Result<FileToKeep, FollowError> {
    let (kind, content) = if from_desk {
        let opened = files::open_note(app, note, Version::WorkingCopy).await?;
        (opened.kind, Content::Whole(opened.bytes))
    } else {
        let kind = FileKind::from_mime(&note.kind).ok_or(AppError::Broken("a file of an unknown kind"))?;
        (kind, Content::Pieces(Box::new(files::Opening::begin(app, note))))
    };
    Ok(FileToKeep {
        kind,
        name: note.name.clone(),
        size_bytes: note.size_bytes,
        content,
        from_desk,
    })
}

//! Opening a file of a case.

use safehold_core::{
    id::{CaseId, FileId},
    trace::Traced,
};

use super::{DeskError, Reader, Unlocked, duties, open, unlock};
pub use crate::files::{OpenedFile, Version};
use crate::{
    App, files, leave_trace,
    messages::{Message, open_messages},
    report::FileNote,
    roster::Team,
};

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
    let content = open::content(&mut conn, case, &keys, &names).await?;
    let messages = open_messages(&mut conn, case, &keys, &names).await?;
    drop(conn);
    let outward = duties::entries(&content.history).flat_map(|entry| entry.files);
    let note = find(&content.report.files, &messages, outward, file).ok_or(DeskError::NotFound)?;
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
    Ok(files::open_note(app, note, version).await?)
}

fn find<'a>(
    report: &'a [FileNote],
    messages: &'a [Message],
    outward: impl Iterator<Item = &'a FileNote>,
    file: FileId,
) -> Option<&'a FileNote> {
    let sent = messages.iter().flat_map(Message::files);
    report
        .iter()
        .chain(sent)
        .chain(outward)
        .find(|note| note.id == file)
}

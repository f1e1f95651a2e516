//! Writing to the reporter.

use safehold_core::{
    access::{Area, may_enter},
    form::Facts,
    id::{CaseId, MessageId},
    trace::Traced,
};
use safehold_store::{StoreError, cases};

use super::{DeskError, Reader, Unlocked, open, unlock_for};
pub use crate::messages::new_message_id;
use crate::{
    App, AppError, files,
    follow::{self, Happening},
    leave_trace,
    messages::{Length, NewMessage, check_length, file_ids, is_there},
    notices,
    report::{FileNote, MessageBody},
    roster::Team,
};

impl From<Length> for DeskError {
    fn from(length: Length) -> Self {
        match length {
            Length::Nothing => Self::Empty,
            Length::TooLong => Self::TooLong,
        }
    }
}

/// Sends a message to the reporter. The id comes with the page, so that a second press sends nothing twice. Files that
/// come again with it, or with a message that is not taken, are removed.
///
/// # Errors
/// [`DeskError`].
pub async fn write(
    app: &App,
    reader: &Reader,
    case: CaseId,
    id: MessageId,
    text: String,
    files: Vec<FileNote>,
) -> Result<(), DeskError> {
    let body = MessageBody::Text { text, files };
    let result = write_once(app, reader, case, id, &body).await;
    let before = match &result {
        Ok(()) => return Ok(()),
        // The second press of a button finds the message there, or the case changed by the first.
        Err(DeskError::App(AppError::Store(StoreError::Conflict { .. })) | DeskError::Changed) => {
            is_there(&mut app.store().read().await?, case, id).await?
        }
        Err(_) => false,
    };
    files::discard(app, file_ids(&body)).await;
    if before { Ok(()) } else { result }
}

async fn write_once(
    app: &App,
    reader: &Reader,
    case: CaseId,
    id: MessageId,
    body: &MessageBody,
) -> Result<(), DeskError> {
    if !may_enter(reader.role, Area::Write) {
        return Err(DeskError::Role);
    }
    check_length(body)?;
    let mut conn = app.store().read().await?;
    let Unlocked { mut row, keys } = unlock_for(&mut conn, reader, case, Area::Write).await?;
    let names = Team::read(&mut conn).await?.names();
    let report = open::content(&mut conn, case, &keys, &names).await?.report;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    drop(conn);
    let facts = Facts::of(&form.form, &report.answers);
    let now = app.now();
    let message = NewMessage::seal((case, row.epoch), &keys, id, Some(reader.id), now, body)?;
    let address = match &facts.contact.may_email {
        Some(address) => Some(notices::seal_address(app, address)?),
        None => None,
    };
    row.acknowledged_at = row.acknowledged_at.or(Some(now));
    row.changed_at = now;
    let (who, news) = (reader.id, facts.contact.news);
    app.store()
        .write_with((row, message, address), move |tx, (row, message, address)| {
            Box::pin(async move {
                cases::save(tx, row).await?;
                message.store(tx).await?;
                leave_trace(tx, now, Some(who), Some(case), Traced::WroteToReporter).await?;
                follow::tell_reporter(tx, address.as_ref(), news, Happening::Message, case, now).await?;
                Ok::<_, DeskError>(())
            })
        })
        .await
}

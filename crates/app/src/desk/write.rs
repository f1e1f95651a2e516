//! Writing to the reporter.

use safehold_core::{
    access::{Area, may_enter},
    form::Facts,
    id::{CaseId, MessageId},
    trace::Traced,
};
use safehold_store::{
    StoreError, cases,
    messages::{self, Sender},
};

use super::{DeskError, Reader, Unlocked, open, unlock};
use crate::{
    App, AppError,
    follow::{self, Happening, MOST_CHARACTERS},
    keys, leave_trace, notices,
    report::{FileNote, MessageBody},
    roster::Team,
};

/// An id for a message that is about to be written. It goes with the page.
pub fn new_message_id() -> MessageId {
    MessageId::from_random(safehold_seal::random::bytes())
}

/// Sends a message to the reporter. The id comes with the page, so that a second press sends nothing twice.
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
    if !may_enter(reader.role, Area::Write) {
        return Err(DeskError::Role);
    }
    if text.trim().is_empty() && files.is_empty() {
        return Err(DeskError::Empty);
    }
    if text.chars().count() > MOST_CHARACTERS {
        return Err(DeskError::TooLong);
    }
    let mut conn = app.store().read().await?;
    let Unlocked { mut row, keys } = unlock(&mut conn, reader, case).await?;
    let names = Team::read(&mut conn).await?.names();
    let report = open::content(&mut conn, case, &keys, &names).await?.report;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    drop(conn);
    let facts = Facts::of(&form.form, &report.answers);
    let now = app.now();
    let body = MessageBody::Text { text, files };
    let sealed = keys::seal(keys.of(row.epoch)?, &keys::message(case, id), &body).map_err(AppError::from)?;
    let message = follow::message_row(id, case, now, Sender::Desk, Some(reader.id), row.epoch, sealed);
    let address = match &facts.contact.may_email {
        Some(address) => Some(notices::seal_address(app, address)?),
        None => None,
    };
    row.acknowledged_at = row.acknowledged_at.or(Some(now));
    row.changed_at = now;
    let (who, news) = (reader.id, facts.contact.news);
    let stored = app
        .store()
        .write_with((row, message, address), move |tx, (row, message, address)| {
            Box::pin(async move {
                cases::save(tx, row).await?;
                messages::add(tx, message).await?;
                leave_trace(tx, now, Some(who), Some(case), Traced::WroteToReporter).await?;
                follow::tell_reporter(tx, address.as_ref(), news, Happening::Message, case, now).await?;
                Ok::<_, DeskError>(())
            })
        })
        .await;
    match stored {
        Err(DeskError::App(AppError::Store(StoreError::Conflict { .. }))) => Ok(()),
        // The second press of a button finds the case changed by the first.
        Err(DeskError::Changed) if is_there(app, case, id).await? => Ok(()),
        other => other,
    }
}

async fn is_there(app: &App, case: CaseId, id: MessageId) -> Result<bool, DeskError> {
    let mut conn = app.store().read().await?;
    Ok(messages::list(&mut conn, case)
        .await?
        .iter()
        .any(|message| message.id == id))
}

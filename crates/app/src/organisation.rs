//! The organisation's own details and its statement: content that everybody may read.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    access::{Area, may_enter},
    organisation::Organisation,
    trace::Traced,
};
use safehold_store::{StoreError, settings, statements};

use crate::{App, AppError, desk::Reader, leave_trace};

const ORGANISATION: &str = "organisation";

/// Why the organisation's content was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// The role of who asks does not do this.
    #[error("this role does not change the organisation's content")]
    Role,
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for ContentError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

pub(crate) fn row(organisation: &Organisation, now: Timestamp) -> Result<settings::SettingRow, AppError> {
    let value = serde_json::to_string(organisation).map_err(|_| AppError::Broken("the organisation"))?;
    Ok(settings::SettingRow {
        key: ORGANISATION.to_owned(),
        value,
        changed_at: now,
    })
}

/// The organisation; `None` before the first run.
///
/// # Errors
/// [`AppError`].
pub async fn find(app: &App) -> Result<Option<Arc<Organisation>>, AppError> {
    if let Some(known) = app.known_organisation() {
        return Ok(Some(known));
    }
    let mut conn = app.store().read().await?;
    let Some(row) = settings::find(&mut conn, ORGANISATION).await? else {
        return Ok(None);
    };
    let organisation =
        Organisation::from_json(&row.value).map_err(|_| AppError::Broken("the organisation's details"))?;
    let organisation = Arc::new(organisation);
    app.know_organisation(organisation.clone());
    Ok(Some(organisation))
}

/// Saves the organisation's details.
///
/// # Errors
/// [`ContentError::Role`].
pub async fn save(app: &App, reader: &Reader, organisation: &Organisation) -> Result<(), ContentError> {
    if !may_enter(reader.role, Area::Organisation) {
        return Err(ContentError::Role);
    }
    let (by, now) = (reader.id, app.now());
    app.store()
        .write_with(row(organisation, now)?, move |tx, row| {
            Box::pin(async move {
                settings::put(tx, row).await?;
                let changed = Traced::SettingChanged { key: row.key.clone() };
                leave_trace(tx, now, Some(by), None, changed).await?;
                Ok::<_, ContentError>(())
            })
        })
        .await?;
    app.forget_organisation();
    Ok(())
}

/// All versions of the statement, newest first.
///
/// # Errors
/// [`AppError`].
pub async fn statements(app: &App) -> Result<Vec<statements::StatementRow>, AppError> {
    let mut conn = app.store().read().await?;
    let mut rows = statements::list(&mut conn).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.version));
    Ok(rows)
}

/// Publishes a new version of the statement; older ones stay readable (R1.1a).
///
/// # Errors
/// [`ContentError::Role`].
pub async fn publish(
    app: &App,
    reader: &Reader,
    on: Date,
    title: String,
    markdown: String,
    note: String,
) -> Result<i64, ContentError> {
    if !may_enter(reader.role, Area::Organisation) {
        return Err(ContentError::Role);
    }
    let by = reader.id;
    publish_as(app, Some(by), on, title, markdown, note).await
}

/// Publishes a version while the installation is being made.
///
/// # Errors
/// [`ContentError`].
pub async fn publish_as(
    app: &App,
    by: Option<safehold_core::id::UserId>,
    on: Date,
    title: String,
    markdown: String,
    note: String,
) -> Result<i64, ContentError> {
    let now = app.now();
    app.store()
        .write_with((title, markdown, note), move |tx, (title, markdown, note)| {
            Box::pin(async move {
                let version = statements::find_latest(tx)
                    .await?
                    .map_or(1, |latest| latest.version + 1);
                let row = statements::StatementRow {
                    version,
                    published_on: on,
                    title: title.clone(),
                    markdown: markdown.clone(),
                    note: note.clone(),
                };
                statements::add(tx, &row).await?;
                let changed = Traced::SettingChanged {
                    key: "statement".to_owned(),
                };
                leave_trace(tx, now, by, None, changed).await?;
                Ok::<_, ContentError>(version)
            })
        })
        .await
}

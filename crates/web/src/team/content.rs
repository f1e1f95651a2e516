//! Bringing what the organisation says of itself from the database into the pages.

use std::sync::Arc;

use safehold_app::{App, AppError, organisation};
use safehold_core::statement::Statement;

use crate::state::WebState;

/// Reads the organisation and its statement anew. To be called after they change, at the start, and once in a while
/// where several processes share a database.
///
/// # Errors
/// [`AppError`] if the database does not answer.
pub async fn refresh(state: &WebState, app: &App) -> Result<(), AppError> {
    app.forget_organisation();
    let found = organisation::find(app).await?;
    let statements: Vec<Statement> = organisation::statements(app)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(Statement {
                version: row.version.to_string().parse().ok()?,
                title: row.title,
                published_on: row.published_on,
                changes: row.note,
                body: row.markdown,
            })
        })
        .collect();
    let mut content = state.content.get().as_ref().clone();
    if let Some(organisation) = found {
        content.organisation = organisation;
    }
    if !statements.is_empty() {
        content.statements = Arc::new(statements);
    }
    state.content.set(content);
    Ok(())
}

//! Who can receive reports: public to everybody who writes one, as they may say that one of them is involved.

use safehold_core::{id::UserId, roster::Role};

use crate::{App, AppError, roster::Team};

/// Everybody who can receive reports, with name and role, in the order in which a report looks for its reader.
/// Those who were invited and have not joined yet are among them: they too may be involved.
///
/// # Errors
/// [`AppError`].
pub async fn team(app: &App) -> Result<Vec<(UserId, String, Role)>, AppError> {
    let mut conn = app.store().read().await?;
    let mut members: Vec<_> = Team::read(&mut conn)
        .await?
        .roster
        .members
        .into_iter()
        .filter(|member| member.role.receives_reports())
        .map(|member| (member.id, member.name, member.role))
        .collect();
    members.sort_by(|a, b| (a.2, &a.1, a.0).cmp(&(b.2, &b.1, b.0)));
    Ok(members)
}

//! The safety plan, shown to the person whose it is, if they wish.

use jiff::Timestamp;
use safehold_core::{case::Record, record::Kind};

use super::register;
use crate::{App, AppError, desk::open, follow, report::Visit, roster::Team};

/// A plan that its person wants to see on their page.
pub struct SharedPlan {
    /// When it was last changed.
    pub at: Timestamp,
    /// What it says.
    pub record: Record,
}

/// The plan that the reporter wants to see on their page, if there is one.
///
/// # Errors
/// [`AppError`].
pub async fn of_reporter(app: &App, visit: &Visit) -> Result<Option<SharedPlan>, AppError> {
    let mut conn = app.store().read().await?;
    let Some((row, keys)) = follow::unlock(&mut conn, visit).await? else {
        return Ok(None);
    };
    let names = Team::read(&mut conn).await?.names();
    let content = open::content(&mut conn, row.id, &keys, &names).await?;
    drop(conn);
    let register = register(&content.history);
    // The newest wish counts: a plan that was taken off the page again does not come back by an older one.
    Ok(register
        .items(Kind::SafetyPlan)
        .into_iter()
        .map(|item| item.latest)
        .max_by_key(|plan| plan.at)
        .filter(|plan| plan.entry.record.get("plan_show") == Some("yes"))
        .map(|plan| SharedPlan {
            at: plan.at,
            record: plan.entry.record.clone(),
        }))
}

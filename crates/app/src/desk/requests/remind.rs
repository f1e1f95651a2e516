//! Reminding of requests. It knows ids and times only, and after a restart it finds what is due from the database alone.

use safehold_core::{id::RequestId, rights::reminder_after};
use safehold_store::requests::{self, RemindRow};

use crate::{
    App, AppError,
    notices::{self, Notice},
};

/// How many requests one round looks at.
const ROUND: u32 = 200;

/// Reminds the readers of each request whose time has come, and sets when they are reminded next.
///
/// # Errors
/// [`AppError`]; the next round goes on.
pub(crate) async fn remind(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let hours = &app.rules().hours;
    let due = requests::list_to_remind(&mut app.store().read().await?, now, ROUND).await?;
    for row in due {
        // It is due at the end of a day, which is the beginning of the next.
        let due_on = hours
            .day_of(row.due_at)
            .yesterday()
            .unwrap_or(hours.day_of(row.due_at));
        let next = app.start_of(reminder_after(hours.day_of(now), due_on));
        let id: RequestId = row.id;
        app.store()
            .write_with(row, move |tx, row: &RemindRow| {
                Box::pin(async move {
                    if requests::set_reminder(tx, row, next).await? {
                        for who in requests::list_readers(tx, id).await? {
                            notices::tell_member(tx, who, Notice::Request, None, now).await?;
                        }
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
    }
    Ok(())
}

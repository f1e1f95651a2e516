//! Wiping what is no longer to be there: shelves of sessions that ended or that nobody uses, and cases that were taken
//! from their reader.

use std::{sync::Arc, time::Duration};

use safehold_store::{
    sessions, shelf as stored, trace,
    users::{self, UserState},
};

use super::shelf::Shelf;
use crate::{App, AppError, desk::Reader};

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(15);

/// Looks after shelves until there are none.
pub(super) fn tend(app: &App) {
    let inner = Arc::downgrade(&app.0);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(EVERY).await;
            // The program may have stopped meanwhile: it is not kept alive for this.
            let Some(inner) = inner.upgrade() else { return };
            let app = App(inner);
            if let Err(error) = tidy(&app).await {
                tracing::error!(error.kind = %error, "shelves for searching were not looked after");
            }
            if app.shelves().rest() {
                return;
            }
        }
    });
}

/// One look at all shelves of this process.
///
/// # Errors
/// [`AppError`]; the next look goes on.
pub async fn tidy(app: &App) -> Result<(), AppError> {
    let now = app.now();
    for shelf in app.shelves().list() {
        let idle = now.duration_since(shelf.inside().used_at) >= app.shelves().bounds.idle;
        if idle || !goes_on(app, &shelf).await? {
            app.shelves().wipe(&shelf.session);
        } else {
            sweep(app, &shelf).await?;
        }
    }
    Ok(())
}

async fn goes_on(app: &App, shelf: &Shelf) -> Result<bool, AppError> {
    let mut conn = app.store().read().await?;
    if sessions::find(&mut conn, &shelf.session, app.now())
        .await?
        .is_none()
    {
        return Ok(false);
    }
    let user = users::find(&mut conn, shelf.who).await?;
    Ok(user.is_some_and(|user| user.state == UserState::Active))
}

/// Wipes cases that are no longer the reader's. It needs no secret, so it waits for no search.
async fn sweep(app: &App, shelf: &Shelf) -> Result<(), AppError> {
    let _turn = shelf.turn.lock().await;
    let mut conn = app.store().read().await?;
    let tip = trace::tip(&mut conn).await?.size;
    let swept = {
        let inside = shelf.inside();
        inside.known.is_none() || inside.swept == tip
    };
    if swept {
        return Ok(());
    }
    let held = stored::list_held(&mut conn, shelf.who).await?;
    let mut inside = shelf.inside();
    inside.keep_only(&held);
    inside.swept = tip;
    Ok(())
}

/// What is held in memory for the session of a reader, for those who measure and test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How many cases.
    pub cases: usize,
    /// How many bytes, about.
    pub bytes: usize,
}

/// What is held for searching in this session; nothing if it has no shelf.
pub fn held(app: &App, reader: &Reader) -> Option<Held> {
    let shelf = app.shelves().find(&reader.session)?;
    let inside = shelf.inside();
    Some(Held {
        cases: inside.docs_len(),
        bytes: inside.bytes(),
    })
}

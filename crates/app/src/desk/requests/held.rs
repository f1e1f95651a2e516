//! A request with the key of one of its readers.

use safehold_core::{
    id::{EventId, RequestId, UserId},
    rights::{Entry, View},
};
use safehold_seal::{SymmetricKey, unwrap_key};
use safehold_store::{
    Conn, StoreError,
    requests::{self, EntryRow, HeldRow, RequestRow},
};

use super::{DeskError, Reader};
use crate::{App, AppError, keys};

/// A request that was opened.
pub(super) struct Held {
    pub(super) row: RequestRow,
    pub(super) key: SymmetricKey,
    pub(super) entries: Vec<Entry>,
    pub(super) view: View,
}

/// Opens a request. For whoever has no key to it there is none.
pub(super) async fn find(
    app: &App,
    conn: &mut Conn,
    reader: &Reader,
    id: RequestId,
) -> Result<Held, DeskError> {
    let held = requests::find_for(conn, reader.id, id)
        .await?
        .ok_or(DeskError::NotFound)?;
    unlock(app, conn, reader, held).await
}

pub(super) async fn unlock(
    app: &App,
    conn: &mut Conn,
    reader: &Reader,
    held: HeldRow,
) -> Result<Held, DeskError> {
    let HeldRow { row, key_sealed } = held;
    let key = unwrap_key(&reader.secret, &keys::request_key(row.id, reader.id), &key_sealed)?;
    let entries = requests::list_entries(conn, row.id)
        .await?
        .into_iter()
        .map(|entry| keys::open(&key, &keys::request_entry(row.id, entry.id), &entry.body_sealed))
        .collect::<Result<Vec<Entry>, _>>()
        .map_err(AppError::from)?;
    let view = View::of(&entries, &app.outward().holidays.everywhere())
        .ok_or(AppError::Broken("a request without its beginning"))?;
    Ok(Held {
        row,
        key,
        entries,
        view,
    })
}

/// Seals an entry at its place.
pub(super) fn seal(
    key: &SymmetricKey,
    id: RequestId,
    entry: EventId,
    number: usize,
    body: &Entry,
) -> Result<EntryRow, AppError> {
    Ok(EntryRow {
        id: entry,
        request_id: id,
        number: i64::try_from(number).map_err(|_| AppError::Broken("a request with too many entries"))?,
        body_sealed: keys::seal(key, &keys::request_entry(id, entry), body)?,
    })
}

/// Puts into the clear columns by when a request is answered, and when its readers are reminded next.
pub(super) fn set_times(app: &App, row: &mut RequestRow, view: &View) {
    let now = app.now();
    let hours = &app.rules().hours;
    let due_on = view.due_on();
    row.due_at = due_on.and_then(|on| hours.end_of(on));
    row.remind_at =
        due_on.and_then(|on| app.start_of(safehold_core::rights::reminder_after(hours.day_of(now), on)));
    if view.state == safehold_core::rights::State::Ended {
        row.ended_at = row.ended_at.or(Some(now));
    }
}

/// Whether a notice of a request still tells this member something.
pub(crate) async fn is_open_for(conn: &mut Conn, member: UserId) -> Result<bool, StoreError> {
    requests::is_any_open_for(conn, member).await
}

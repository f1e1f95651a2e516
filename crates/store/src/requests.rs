//! Requests of people about what is kept of them: when they are due, who can open them, and what is sealed in them.
//!
//! As with cases, a person sees a request only through a key of theirs: what lists or finds requests for a person joins
//! the keys.

use jiff::Timestamp;
use safehold_core::id::{EventId, RequestId, UserId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A request, as far as it is in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Which.
    pub id: RequestId,
    /// How often it was changed.
    pub version: i64,
    /// When it was taken down.
    pub made_at: Timestamp,
    /// When it is to be answered; nothing while something is awaited from the person.
    pub due_at: Option<Timestamp>,
    /// When its readers are reminded next.
    pub remind_at: Option<Timestamp>,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
}

/// A request with the key by which one reader opens it.
#[derive(Debug, Clone)]
pub struct HeldRow {
    /// The request.
    pub row: RequestRow,
    /// Its key, wrapped to the reader.
    pub key_sealed: Sealed,
}

/// An entry of a request.
#[derive(Debug, Clone)]
pub struct EntryRow {
    /// Which.
    pub id: EventId,
    /// Of which request.
    pub request_id: RequestId,
    /// Its place among the others, from 0.
    pub number: i64,
    /// What was recorded.
    pub body_sealed: Sealed,
}

/// What one reader found.
#[derive(Debug, Clone)]
pub struct LookRow {
    /// When they were done.
    pub done_at: Option<Timestamp>,
    /// The key, wrapped to them.
    pub key_sealed: Sealed,
    /// What they found.
    pub body_sealed: Sealed,
}

/// A request whose readers are to be reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemindRow {
    /// Which.
    pub id: RequestId,
    /// When it is due.
    pub due_at: Timestamp,
    /// For when the reminder was set.
    pub remind_at: Timestamp,
}

fn read(row: &Row) -> Result<RequestRow, StoreError> {
    Ok(RequestRow {
        id: row.parsed("id")?,
        version: row.int("version")?,
        made_at: row.at("made_at")?,
        due_at: row.maybe_at("due_at")?,
        remind_at: row.maybe_at("remind_at")?,
        ended_at: row.maybe_at("ended_at")?,
    })
}

fn read_held(row: &Row) -> Result<HeldRow, StoreError> {
    Ok(HeldRow {
        row: read(row)?,
        key_sealed: row.sealed("key_sealed")?,
    })
}

/// Those that a reader can open: first those that are open, the next due first, then those that ended.
pub async fn list_for(conn: &mut Conn, reader: UserId, limit: u32) -> Result<Vec<HeldRow>, StoreError> {
    conn.list(
        sql(
            "SELECT r.*, k.key_sealed FROM rights_keys k JOIN rights_requests r ON r.id = k.request_id \
             WHERE k.user_id = $1 ORDER BY CASE WHEN r.ended_at IS NULL THEN 0 ELSE 1 END, \
             CASE WHEN r.due_at IS NULL THEN 1 ELSE 0 END, r.due_at, r.made_at DESC, r.id LIMIT $2",
        )
        .id(reader)
        .int(i64::from(limit)),
        read_held,
    )
    .await
}

/// One that a reader can open.
pub async fn find_for(conn: &mut Conn, reader: UserId, id: RequestId) -> Result<Option<HeldRow>, StoreError> {
    let row = conn
        .find(
            sql(
                "SELECT r.*, k.key_sealed FROM rights_keys k JOIN rights_requests r ON r.id = k.request_id \
                 WHERE k.user_id = $1 AND r.id = $2",
            )
            .id(reader)
            .id(id),
        )
        .await?;
    row.as_ref().map(read_held).transpose()
}

/// Whether one that is open is among those that a reader can open.
pub async fn is_any_open_for(conn: &mut Conn, reader: UserId) -> Result<bool, StoreError> {
    let row = conn
        .find(
            sql(
                "SELECT 1 FROM rights_keys k JOIN rights_requests r ON r.id = k.request_id \
                 WHERE k.user_id = $1 AND r.ended_at IS NULL LIMIT 1",
            )
            .id(reader),
        )
        .await?;
    Ok(row.is_some())
}

/// Adds a request.
///
/// # Errors
/// [`StoreError::Conflict`] if it is there already: its page was sent twice.
pub async fn add(tx: &mut Tx, request: &RequestRow) -> Result<(), StoreError> {
    tx.execute(
        sql(
            "INSERT INTO rights_requests (id, version, made_at, due_at, remind_at, ended_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .id(request.id)
        .int(request.version)
        .at(request.made_at)
        .maybe_at(request.due_at)
        .maybe_at(request.remind_at)
        .maybe_at(request.ended_at),
    )
    .await?;
    Ok(())
}

/// Saves a request that was read before.
///
/// # Errors
/// [`StoreError::ChangedSince`] if somebody else changed it meanwhile.
pub async fn save(tx: &mut Tx, request: &RequestRow) -> Result<(), StoreError> {
    let changed = tx
        .execute(
            sql(
                "UPDATE rights_requests SET version = version + 1, due_at = $3, remind_at = $4, ended_at = $5 \
                 WHERE id = $1 AND version = $2",
            )
            .id(request.id)
            .int(request.version)
            .maybe_at(request.due_at)
            .maybe_at(request.remind_at)
            .maybe_at(request.ended_at),
        )
        .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::ChangedSince)
    }
}

/// Gives a reader the key of a request.
pub async fn add_key(tx: &mut Tx, id: RequestId, reader: UserId, key: &Sealed) -> Result<(), StoreError> {
    tx.execute(
        sql("INSERT INTO rights_keys (request_id, user_id, key_sealed) VALUES ($1, $2, $3)")
            .id(id)
            .id(reader)
            .sealed(key),
    )
    .await?;
    Ok(())
}

/// Who can open a request.
pub async fn list_readers(conn: &mut Conn, id: RequestId) -> Result<Vec<UserId>, StoreError> {
    conn.list(
        sql("SELECT user_id FROM rights_keys WHERE request_id = $1 ORDER BY user_id").id(id),
        |row| row.parsed("user_id"),
    )
    .await
}

/// Takes every key, and what they found, from somebody who left or lost what opens it.
pub async fn remove_keys_of(tx: &mut Tx, reader: UserId) -> Result<(), StoreError> {
    tx.execute(sql("DELETE FROM rights_looks WHERE user_id = $1").id(reader))
        .await?;
    tx.execute(sql("DELETE FROM rights_keys WHERE user_id = $1").id(reader))
        .await?;
    Ok(())
}

/// Whether there is a request that is open, and that nobody but this reader can open.
pub async fn is_last_reader(conn: &mut Conn, reader: UserId) -> Result<bool, StoreError> {
    let row = conn
        .find(
            sql(
                "SELECT 1 FROM rights_keys k JOIN rights_requests r ON r.id = k.request_id \
                 WHERE k.user_id = $1 AND r.ended_at IS NULL AND NOT EXISTS \
                 (SELECT 1 FROM rights_keys o WHERE o.request_id = k.request_id AND o.user_id <> $1) LIMIT 1",
            )
            .id(reader),
        )
        .await?;
    Ok(row.is_some())
}

/// Adds an entry.
///
/// # Errors
/// [`StoreError::Conflict`] if it is there already.
pub async fn add_entry(tx: &mut Tx, entry: &EntryRow) -> Result<(), StoreError> {
    tx.execute(
        sql("INSERT INTO rights_entries (id, request_id, number, body_sealed) VALUES ($1, $2, $3, $4)")
            .id(entry.id)
            .id(entry.request_id)
            .int(entry.number)
            .sealed(&entry.body_sealed),
    )
    .await?;
    Ok(())
}

/// The entries of a request, oldest first.
pub async fn list_entries(conn: &mut Conn, id: RequestId) -> Result<Vec<EntryRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM rights_entries WHERE request_id = $1 ORDER BY number").id(id),
        |row| {
            Ok(EntryRow {
                id: row.parsed("id")?,
                request_id: row.parsed("request_id")?,
                number: row.int("number")?,
                body_sealed: row.sealed("body_sealed")?,
            })
        },
    )
    .await
}

/// What a reader found, if they have begun to look.
pub async fn find_look(
    conn: &mut Conn,
    id: RequestId,
    reader: UserId,
) -> Result<Option<LookRow>, StoreError> {
    let row = conn
        .find(
            sql("SELECT * FROM rights_looks WHERE request_id = $1 AND user_id = $2")
                .id(id)
                .id(reader),
        )
        .await?;
    row.as_ref()
        .map(|row| {
            Ok(LookRow {
                done_at: row.maybe_at("done_at")?,
                key_sealed: row.sealed("key_sealed")?,
                body_sealed: row.sealed("body_sealed")?,
            })
        })
        .transpose()
}

/// Keeps what a reader found, in place of what they had.
pub async fn put_look(tx: &mut Tx, id: RequestId, reader: UserId, look: &LookRow) -> Result<(), StoreError> {
    tx.execute(
        sql(
            "INSERT INTO rights_looks (request_id, user_id, done_at, key_sealed, body_sealed) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (request_id, user_id) DO UPDATE SET \
             done_at = excluded.done_at, key_sealed = excluded.key_sealed, body_sealed = excluded.body_sealed",
        )
        .id(id)
        .id(reader)
        .maybe_at(look.done_at)
        .sealed(&look.key_sealed)
        .sealed(&look.body_sealed),
    )
    .await?;
    Ok(())
}

/// Who has said that they are done with looking, and when.
pub async fn list_done(conn: &mut Conn, id: RequestId) -> Result<Vec<(UserId, Timestamp)>, StoreError> {
    conn.list(
        sql(
            "SELECT user_id, done_at FROM rights_looks WHERE request_id = $1 AND done_at IS NOT NULL \
             ORDER BY user_id",
        )
        .id(id),
        |row| Ok((row.parsed("user_id")?, row.at("done_at")?)),
    )
    .await
}

/// Requests whose readers are to be reminded now.
pub async fn list_to_remind(
    conn: &mut Conn,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<RemindRow>, StoreError> {
    conn.list(
        sql(
            "SELECT id, due_at, remind_at FROM rights_requests WHERE remind_at <= $1 AND due_at IS NOT NULL \
             AND ended_at IS NULL ORDER BY remind_at, id LIMIT $2",
        )
        .at(now)
        .int(i64::from(limit)),
        |row| {
            Ok(RemindRow {
                id: row.parsed("id")?,
                due_at: row.at("due_at")?,
                remind_at: row.at("remind_at")?,
            })
        },
    )
    .await
}

/// Sets when its readers are reminded next; `false` if that was done meanwhile. Whoever has the request before them
/// need not look again for it.
pub async fn set_reminder(tx: &mut Tx, row: &RemindRow, next: Option<Timestamp>) -> Result<bool, StoreError> {
    let changed = tx
        .execute(
            sql("UPDATE rights_requests SET remind_at = $3 WHERE id = $1 AND remind_at = $2")
                .id(row.id)
                .at(row.remind_at)
                .maybe_at(next),
        )
        .await?;
    Ok(changed == 1)
}

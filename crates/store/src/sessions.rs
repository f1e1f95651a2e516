//! Sign-ins at the desk. A row is found by the hash of the cookie, and the key in it opens only with the
//! cookie.

use jiff::Timestamp;
use safehold_core::id::UserId;
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A sign-in.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// The hash of the cookie.
    pub id_hash: [u8; 32],
    /// Whose.
    pub user_id: UserId,
    /// The reader's key under a key that only the cookie holds.
    pub key_sealed: Sealed,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When it was last used, to within what [`touch`] is called for.
    pub seen_at: Timestamp,
    /// When they last proved who they are: as they signed in, or again since then.
    pub proven_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

fn read(row: &Row) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        id_hash: row.hash("id_hash")?,
        user_id: row.parsed("user_id")?,
        key_sealed: row.sealed("key_sealed")?,
        created_at: row.at("created_at")?,
        seen_at: row.at("seen_at")?,
        proven_at: row.at("proven_at")?,
        expires_at: row.at("expires_at")?,
    })
}

/// The session of a cookie, unless it has ended.
pub async fn find(
    conn: &mut Conn,
    id_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<SessionRow>, StoreError> {
    let row = conn
        .find(
            sql("SELECT * FROM sessions WHERE id_hash = $1 AND expires_at > $2")
                .bytes(id_hash)
                .at(now),
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Adds one.
pub async fn add(tx: &mut Tx, session: &SessionRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO sessions (id_hash, user_id, key_sealed, created_at, seen_at, proven_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bytes(&session.id_hash)
        .id(session.user_id)
        .sealed(&session.key_sealed)
        .at(session.created_at)
        .at(session.seen_at)
        .at(session.proven_at)
        .at(session.expires_at),
    )
    .await
}

/// Somebody's, those in use last first.
pub async fn list_of(
    conn: &mut Conn,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<SessionRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM sessions WHERE user_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id_hash")
            .id(user_id)
            .at(now),
        read,
    )
    .await
}

/// Notes that they proved again who they are.
pub async fn prove(tx: &mut Tx, id_hash: &[u8; 32], at: Timestamp) -> Result<(), StoreError> {
    tx.change(
        sql("UPDATE sessions SET proven_at = $2 WHERE id_hash = $1")
            .bytes(id_hash)
            .at(at),
    )
    .await
}

/// Notes that it is in use. Call it once in a while, not for each page: it is a write.
pub async fn touch(
    tx: &mut Tx,
    id_hash: &[u8; 32],
    seen_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    tx.add(
        sql("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE id_hash = $1")
            .bytes(id_hash)
            .at(seen_at)
            .at(expires_at),
    )
    .await
}

/// Ends one.
pub async fn remove(tx: &mut Tx, id_hash: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(tx
        .execute(sql("DELETE FROM sessions WHERE id_hash = $1").bytes(id_hash))
        .await?
        == 1)
}

/// Ends one of this member's. `false` if they have no such.
pub async fn remove_of(tx: &mut Tx, user_id: UserId, id_hash: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(tx
        .execute(
            sql("DELETE FROM sessions WHERE id_hash = $1 AND user_id = $2")
                .bytes(id_hash)
                .id(user_id),
        )
        .await?
        == 1)
}

/// Ends all of somebody's.
pub async fn remove_for(tx: &mut Tx, user_id: UserId) -> Result<u64, StoreError> {
    tx.execute(sql("DELETE FROM sessions WHERE user_id = $1").id(user_id))
        .await
}

/// Removes those that have ended.
pub async fn expire(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(sql("DELETE FROM sessions WHERE expires_at <= $1").at(now))
        .await
}

//! Passkeys of members of the team, and the moments in which one was asked for.

use jiff::Timestamp;
use safehold_core::id::{PasskeyId, UserId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub user_id: UserId,
    /// What it is, under a key of its owner's.
    pub body_sealed: Sealed,
}

/// A passkey was asked for, and the answer is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// The hash of what the page that asks has.
    pub id_hash: [u8; 32],
    /// Who is asked.
    pub user_id: UserId,
    /// What was asked, under a key that only that page has.
    pub body_sealed: Sealed,
    /// Until when an answer is good.
    pub expires_at: Timestamp,
}

fn read(row: &Row) -> Result<PasskeyRow, StoreError> {
    Ok(PasskeyRow {
        id: row.parsed("id")?,
        user_id: row.parsed("user_id")?,
        body_sealed: row.sealed("body_sealed")?,
    })
}

fn read_attempt(row: &Row) -> Result<AttemptRow, StoreError> {
    Ok(AttemptRow {
        id_hash: row.hash("id_hash")?,
        user_id: row.parsed("user_id")?,
        body_sealed: row.sealed("body_sealed")?,
        expires_at: row.at("expires_at")?,
    })
}

/// Somebody's passkeys.
pub async fn list_of(conn: &mut Conn, user_id: UserId) -> Result<Vec<PasskeyRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM passkeys WHERE user_id = $1 ORDER BY id").id(user_id),
        read,
    )
    .await
}

/// Adds one.
pub async fn add(tx: &mut Tx, passkey: &PasskeyRow) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO passkeys (id, user_id, body_sealed) VALUES ($1, $2, $3)")
            .id(passkey.id)
            .id(passkey.user_id)
            .sealed(&passkey.body_sealed),
    )
    .await
}

/// Replaces what a passkey is by what it became when it was used. `false` if it is not any more what was seen: somebody
/// used it meanwhile, or it is gone.
pub async fn replace(tx: &mut Tx, passkey: &PasskeyRow, seen: &Sealed) -> Result<bool, StoreError> {
    let changed = tx
        .execute(
            sql("UPDATE passkeys SET body_sealed = $3 WHERE id = $1 AND user_id = $2 AND body_sealed = $4")
                .id(passkey.id)
                .id(passkey.user_id)
                .sealed(&passkey.body_sealed)
                .sealed(seen),
        )
        .await?;
    Ok(changed == 1)
}

/// Removes one of this member's. `false` if they have no such.
pub async fn remove_of(tx: &mut Tx, user_id: UserId, id: PasskeyId) -> Result<bool, StoreError> {
    let gone = tx
        .execute(
            sql("DELETE FROM passkeys WHERE id = $1 AND user_id = $2")
                .id(id)
                .id(user_id),
        )
        .await?;
    Ok(gone == 1)
}

/// Removes all of somebody's, and forgets what they were asked.
pub async fn remove_for(tx: &mut Tx, user_id: UserId) -> Result<(), StoreError> {
    tx.add(sql("DELETE FROM passkeys WHERE user_id = $1").id(user_id))
        .await?;
    tx.add(sql("DELETE FROM passkey_attempts WHERE user_id = $1").id(user_id))
        .await
}

/// Notes that one was asked for.
pub async fn ask(tx: &mut Tx, attempt: &AttemptRow) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO passkey_attempts (id_hash, user_id, body_sealed, expires_at) VALUES ($1, $2, $3, $4)")
            .bytes(&attempt.id_hash)
            .id(attempt.user_id)
            .sealed(&attempt.body_sealed)
            .at(attempt.expires_at),
    )
    .await
}

/// Takes what was asked, so that nobody answers it a second time; `None` if there is no such, or it is too late.
pub async fn take(tx: &mut Tx, id_hash: &[u8; 32], now: Timestamp) -> Result<Option<AttemptRow>, StoreError> {
    let mut taken = tx
        .change_and_list(
            sql("DELETE FROM passkey_attempts WHERE id_hash = $1 RETURNING *").bytes(id_hash),
            read_attempt,
        )
        .await?;
    Ok(taken.pop().filter(|attempt| attempt.expires_at > now))
}

/// Forgets what was not answered in time.
pub async fn expire(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(sql("DELETE FROM passkey_attempts WHERE expires_at <= $1").at(now))
        .await
}

//! Invitations to join the team: a link is good once, until it expires.

use jiff::Timestamp;
use safehold_core::id::UserId;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::sql,
};

/// An invitation. The link holds the token; only its hash is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// The hash of the token in the link.
    pub token_hash: [u8; 32],
    /// Who is invited.
    pub user_id: UserId,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Adds one.
pub async fn add(tx: &mut Tx, invitation: &InvitationRow) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO invitations (token_hash, user_id, expires_at) VALUES ($1, $2, $3)")
            .bytes(&invitation.token_hash)
            .id(invitation.user_id)
            .at(invitation.expires_at),
    )
    .await
}

/// Whom an invitation is for, if it is good at this time.
pub async fn find(
    conn: &mut Conn,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<UserId>, StoreError> {
    let row = conn
        .find(
            sql("SELECT user_id FROM invitations WHERE token_hash = $1 AND expires_at > $2")
                .bytes(token_hash)
                .at(now),
        )
        .await?;
    row.map(|row| row.parsed("user_id")).transpose()
}

/// Uses it up, and says whom it was for.
pub async fn take(tx: &mut Tx, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<UserId>, StoreError> {
    let user = find(tx, token_hash, now).await?;
    if user.is_some() {
        tx.add(sql("DELETE FROM invitations WHERE token_hash = $1").bytes(token_hash))
            .await?;
    }
    Ok(user)
}

/// Takes back all that were sent to somebody.
pub async fn remove_for(tx: &mut Tx, user_id: UserId) -> Result<u64, StoreError> {
    tx.execute(sql("DELETE FROM invitations WHERE user_id = $1").id(user_id))
        .await
}

/// Removes those that are no longer good.
pub async fn expire(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(sql("DELETE FROM invitations WHERE expires_at <= $1").at(now))
        .await
}

//! Members of the safeguarding team.

use std::fmt::Write;

use jiff::Timestamp;
use safehold_core::{id::UserId, roster::Role};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql, sql_built},
};

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserState {
    /// Asked to join, and has not yet.
    Invited,
    /// Has joined, and waits for a second person to confirm them: nothing is sealed to them yet.
    Joined,
    /// Has joined, and can sign in.
    Active,
    /// Has left; the name stays with what they did.
    Left,
}

/// A member of the team.
#[derive(Debug, Clone)]
pub struct UserRow {
    /// Who.
    pub id: UserId,
    /// In which role.
    pub role: Role,
    /// The name that people know them by.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// The number to call, or nothing.
    pub phone: String,
    /// What keys are wrapped to, once they have joined.
    pub public_key: Option<Vec<u8>>,
    /// Their secrets under their pass phrase, once they have joined.
    pub lock_sealed: Option<Sealed>,
    /// The last time step whose code was used, so that none is used twice.
    pub totp_last_step: Option<i64>,
    /// Whether they can sign in.
    pub state: UserState,
    /// Who invited them last: this person cannot be the second who confirms them.
    pub invited_by_id: Option<UserId>,
    /// When they were invited.
    pub created_at: Timestamp,
}

impl UserState {
    /// The stable name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Joined => "joined",
            Self::Active => "active",
            Self::Left => "left",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Invited, Self::Joined, Self::Active, Self::Left]
            .into_iter()
            .find(|state| state.key() == key)
    }
}

fn read(row: &Row) -> Result<UserRow, StoreError> {
    Ok(UserRow {
        id: row.parsed("id")?,
        role: row.keyed("role", Role::from_key)?,
        name: row.text("name")?,
        email: row.text("email")?,
        phone: row.text("phone")?,
        public_key: row.maybe_bytes("public_key")?,
        lock_sealed: row.maybe_sealed("lock_sealed")?,
        totp_last_step: row.maybe_int("totp_last_step")?,
        state: row.keyed("state", UserState::from_key)?,
        invited_by_id: row.maybe_parsed("invited_by_id")?,
        created_at: row.at("created_at")?,
    })
}

/// Everybody, also those who left, by name.
pub async fn list(conn: &mut Conn) -> Result<Vec<UserRow>, StoreError> {
    conn.list(sql("SELECT * FROM users ORDER BY name, id"), read)
        .await
}

/// How many there are in any state: none means that the installation is new.
pub async fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    conn.number(sql("SELECT COUNT(*) AS number FROM users")).await
}

/// One member.
pub async fn find(conn: &mut Conn, id: UserId) -> Result<Option<UserRow>, StoreError> {
    let row = conn.find(sql("SELECT * FROM users WHERE id = $1").id(id)).await?;
    row.as_ref().map(read).transpose()
}

/// Who has this address, in capitals or not, and has not left.
pub async fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<UserRow>, StoreError> {
    let row = conn
        .find(
            sql("SELECT * FROM users WHERE LOWER(email) = LOWER($1) AND state <> 'left' ORDER BY created_at, id LIMIT 1")
                .text(email),
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Adds a member.
pub async fn add(tx: &mut Tx, user: &UserRow) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO users (id, role, name, email, phone, public_key, lock_sealed, totp_last_step, state, \
             invited_by_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .id(user.id)
        .text(user.role.key())
        .text(&user.name)
        .text(&user.email)
        .text(&user.phone)
        .maybe_bytes(user.public_key.as_deref())
        .maybe_sealed(user.lock_sealed.as_ref())
        .maybe_int(user.totp_last_step)
        .text(user.state.key())
        .maybe_id(user.invited_by_id)
        .at(user.created_at),
    ).await
}

/// Saves what the team list shows: role, name, address, number, state and who invited them. Keys stay with whoever
/// has joined; somebody who left, or is invited anew, holds nothing any more.
pub async fn save(tx: &mut Tx, user: &UserRow) -> Result<(), StoreError> {
    tx.change(
        sql(
            "UPDATE users SET role = $2, name = $3, email = $4, phone = $5, state = $6, invited_by_id = $7, \
             public_key = CASE WHEN $6 IN ('joined', 'active') THEN public_key END, \
             lock_sealed = CASE WHEN $6 IN ('joined', 'active') THEN lock_sealed END, \
             totp_last_step = CASE WHEN $6 IN ('joined', 'active') THEN totp_last_step END WHERE id = $1",
        )
        .id(user.id)
        .text(user.role.key())
        .text(&user.name)
        .text(&user.email)
        .text(&user.phone)
        .text(user.state.key())
        .maybe_id(user.invited_by_id),
    )
    .await
}

/// An invited member joins with keys of their own. They are active at once, or wait to be confirmed.
///
/// # Errors
/// [`StoreError::ChangedSince`] if they have joined already or left.
pub async fn join(
    tx: &mut Tx,
    id: UserId,
    public_key: &[u8],
    lock: &Sealed,
    waits: bool,
) -> Result<(), StoreError> {
    let state = if waits {
        UserState::Joined
    } else {
        UserState::Active
    };
    tx.change(
        sql("UPDATE users SET public_key = $2, lock_sealed = $3, state = $4 \
                 WHERE id = $1 AND state = 'invited'")
        .id(id)
        .bytes(public_key)
        .sealed(lock)
        .text(state.key()),
    )
    .await
}

/// Somebody who waited is confirmed.
///
/// # Errors
/// [`StoreError::ChangedSince`] if they do not wait any more.
pub async fn confirm(tx: &mut Tx, id: UserId) -> Result<(), StoreError> {
    tx.change(sql("UPDATE users SET state = 'active' WHERE id = $1 AND state = 'joined'").id(id))
        .await
}

/// Whether each of these is active and has this very public key.
pub async fn have_keys(conn: &mut Conn, members: &[(UserId, Vec<u8>)]) -> Result<bool, StoreError> {
    let mut text = "SELECT COUNT(*) AS number FROM users WHERE state = 'active' AND (".to_owned();
    for place in 0..members.len() {
        let or = if place == 0 { "" } else { " OR " };
        // Writing to a string cannot go wrong.
        let _ = write!(
            text,
            "{or}(id = ${} AND public_key = ${})",
            place * 2 + 1,
            place * 2 + 2
        );
    }
    text.push(')');
    let statement = members.iter().fold(sql_built(text), |statement, (id, key)| {
        statement.id(id).bytes(key)
    });
    let found = conn.number(statement).await?;
    Ok(usize::try_from(found) == Ok(members.len()))
}

/// Replaces a member's lock: a new pass phrase, or a recovery code that was used.
pub async fn set_lock(tx: &mut Tx, id: UserId, lock: &Sealed) -> Result<(), StoreError> {
    tx.change(
        sql("UPDATE users SET lock_sealed = $2 WHERE id = $1")
            .id(id)
            .sealed(lock),
    )
    .await
}

/// A member who lost what they sign in with has other keys from now on.
///
/// # Errors
/// [`StoreError::ChangedSince`] if they are not active any more.
pub async fn replace_keys(
    tx: &mut Tx,
    id: UserId,
    public_key: &[u8],
    lock: &Sealed,
) -> Result<(), StoreError> {
    tx.change(
        sql(
            "UPDATE users SET public_key = $2, lock_sealed = $3, totp_last_step = NULL \
             WHERE id = $1 AND state = 'active'",
        )
        .id(id)
        .bytes(public_key)
        .sealed(lock),
    )
    .await
}

/// Uses up the code of a time step. `false` if it, or a later one, was used before.
pub async fn use_totp_step(tx: &mut Tx, id: UserId, step: i64) -> Result<bool, StoreError> {
    let changed = tx
        .execute(
            sql("UPDATE users SET totp_last_step = $2 \
                 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)")
            .id(id)
            .int(step),
        )
        .await?;
    Ok(changed == 1)
}

//! Getting in again with the recovery key, changing that key, who is told of each use, and emergency access.

use jiff::Timestamp;
use safehold_core::{
    id::{AskId, CaseId, GrantId, NoteId, UserId},
    recipients::Standing,
    reference::Reference,
};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
    wraps::{self, Holder},
};

/// Somebody who asks for a new pass phrase.
#[derive(Debug, Clone)]
pub struct AskRow {
    /// Which.
    pub id: AskId,
    /// Who they say they are.
    pub user_id: UserId,
    /// The public key that they would have.
    pub public_key: Vec<u8>,
    /// The lock that they would have.
    pub lock_sealed: Sealed,
    /// When they asked.
    pub asked_at: Timestamp,
    /// Until when it waits.
    pub expires_at: Timestamp,
}

fn read_ask(row: &Row) -> Result<AskRow, StoreError> {
    Ok(AskRow {
        id: row.parsed("id")?,
        user_id: row.parsed("user_id")?,
        public_key: row.bytes("public_key")?,
        lock_sealed: row.sealed("lock_sealed")?,
        asked_at: row.at("asked_at")?,
        expires_at: row.at("expires_at")?,
    })
}

/// Adds an ask.
pub async fn add_ask(tx: &mut Tx, ask: &AskRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO recovery_asks (id, user_id, public_key, lock_sealed, asked_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .id(ask.id)
        .id(ask.user_id)
        .bytes(&ask.public_key)
        .sealed(&ask.lock_sealed)
        .at(ask.asked_at)
        .at(ask.expires_at),
    )
    .await
}

/// Those that wait, oldest first. There are few: see the limit of whoever adds them.
pub async fn list_asks(conn: &mut Conn, now: Timestamp) -> Result<Vec<AskRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM recovery_asks WHERE expires_at > $1 ORDER BY asked_at, id").at(now),
        read_ask,
    )
    .await
}

/// Removes one. `false` if it is not there any more.
pub async fn remove_ask(tx: &mut Tx, id: AskId) -> Result<bool, StoreError> {
    let removed = tx
        .execute(sql("DELETE FROM recovery_asks WHERE id = $1").id(id))
        .await?;
    Ok(removed == 1)
}

/// Removes all of a member.
pub async fn remove_asks_of(tx: &mut Tx, user_id: UserId) -> Result<(), StoreError> {
    tx.add(sql("DELETE FROM recovery_asks WHERE user_id = $1").id(user_id))
        .await
}

/// Removes those that nobody granted in time.
pub async fn expire_asks(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    tx.add(sql("DELETE FROM recovery_asks WHERE expires_at <= $1").at(now))
        .await
}

/// Notes what a member holds, before it is taken from them because they lost their key.
pub async fn note_held(tx: &mut Tx, user_id: UserId) -> Result<(), StoreError> {
    tx.add(
        sql("INSERT INTO recovery_held (user_id, case_id, standing) \
             SELECT $1, w.case_id, MIN(w.standing) FROM key_wraps w WHERE w.holder = $1 GROUP BY w.case_id \
             ON CONFLICT (user_id, case_id) DO UPDATE SET standing = excluded.standing")
        .id(user_id),
    )
    .await
}

/// How a member held a case before their key was lost.
pub async fn find_held(
    conn: &mut Conn,
    user_id: UserId,
    case_id: CaseId,
) -> Result<Option<Standing>, StoreError> {
    let row = conn
        .find(
            sql("SELECT standing FROM recovery_held WHERE user_id = $1 AND case_id = $2")
                .id(user_id)
                .id(case_id),
        )
        .await?;
    row.map(|row| row.keyed("standing", wraps::standing)).transpose()
}

/// It was given back, or must not be.
pub async fn remove_held(tx: &mut Tx, user_id: UserId, case_id: CaseId) -> Result<(), StoreError> {
    tx.add(
        sql("DELETE FROM recovery_held WHERE user_id = $1 AND case_id = $2")
            .id(user_id)
            .id(case_id),
    )
    .await
}

/// Nothing of what they held waits for them any more: they left, or are excluded from all of it.
pub async fn remove_all_held(tx: &mut Tx, user_id: UserId) -> Result<(), StoreError> {
    tx.add(sql("DELETE FROM recovery_held WHERE user_id = $1").id(user_id))
        .await
}

/// Replaces a wrap: the same key of the case, to another key of the same holder.
pub async fn rewrap(
    tx: &mut Tx,
    case_id: CaseId,
    epoch: i64,
    holder: Holder,
    wrap: &Sealed,
) -> Result<(), StoreError> {
    tx.add(
        sql("UPDATE key_wraps SET wrap_sealed = $4 WHERE case_id = $1 AND epoch = $2 AND holder = $3")
            .id(case_id)
            .int(epoch)
            .id(holder)
            .sealed(wrap),
    )
    .await
}

/// A change of the recovery key under way.
#[derive(Debug, Clone)]
pub struct ChangeRow {
    /// The new public key.
    pub public_key: Vec<u8>,
    /// Who will hold shares, as JSON.
    pub holders: String,
    /// The secret key of before, sealed to the new one.
    pub before_sealed: Sealed,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// Since when the new key is in force.
    pub switched_at: Option<Timestamp>,
}

/// The change under way, if there is one.
pub async fn find_change(conn: &mut Conn) -> Result<Option<ChangeRow>, StoreError> {
    let row = conn
        .find(sql("SELECT * FROM recovery_changes WHERE id = 1"))
        .await?;
    row.map(|row| {
        Ok(ChangeRow {
            public_key: row.bytes("public_key")?,
            holders: row.text("holders")?,
            before_sealed: row.sealed("before_sealed")?,
            begun_at: row.at("begun_at")?,
            switched_at: row.maybe_at("switched_at")?,
        })
    })
    .transpose()
}

/// Puts a change in the place of one that was begun and never came into force.
///
/// # Errors
/// [`StoreError::Conflict`] while another is being carried out.
pub async fn put_change(tx: &mut Tx, change: &ChangeRow) -> Result<(), StoreError> {
    tx.execute(sql("DELETE FROM recovery_changes WHERE switched_at IS NULL"))
        .await?;
    tx.add(
        sql(
            "INSERT INTO recovery_changes (id, public_key, holders, before_sealed, begun_at, switched_at) \
             VALUES (1, $1, $2, $3, $4, $5)",
        )
        .bytes(&change.public_key)
        .text(&change.holders)
        .sealed(&change.before_sealed)
        .at(change.begun_at)
        .maybe_at(change.switched_at),
    )
    .await
}

/// The new key is in force from now on.
///
/// # Errors
/// [`StoreError::ChangedSince`] if another change was begun meanwhile.
pub async fn switch_change(tx: &mut Tx, public_key: &[u8], at: Timestamp) -> Result<(), StoreError> {
    tx.change(
        sql("UPDATE recovery_changes SET switched_at = $2 WHERE public_key = $1 AND switched_at IS NULL")
            .bytes(public_key)
            .at(at),
    )
    .await
}

/// The change is carried out, or was given up.
pub async fn remove_change(tx: &mut Tx, public_key: &[u8]) -> Result<(), StoreError> {
    tx.add(sql("DELETE FROM recovery_changes WHERE public_key = $1").bytes(public_key))
        .await
}

/// Something that one of those who are told has not seen yet.
#[derive(Debug, Clone)]
pub struct NoteRow {
    /// What it is called: the same for everybody who is told of it.
    pub id: NoteId,
    /// Who is told.
    pub user_id: UserId,
    /// What happened: a stable key.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody for somebody outside of the team.
    pub by_id: Option<UserId>,
    /// Whom it is about.
    pub about_id: Option<UserId>,
    /// Which case it is about. Nobody who is excluded from it is told.
    pub case_id: Option<CaseId>,
    /// Until when it lasts.
    pub until_at: Option<Timestamp>,
    /// The key of the reason, wrapped to who is told.
    pub key_sealed: Sealed,
    /// The reason.
    pub why_sealed: Sealed,
}

/// Adds notes.
pub async fn add_notes(tx: &mut Tx, notes: &[NoteRow]) -> Result<(), StoreError> {
    for note in notes {
        tx.add(
            sql(
                "INSERT INTO recovery_notes (id, user_id, kind, at, by_id, about_id, case_id, until_at, \
                 key_sealed, why_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .id(note.id)
            .id(note.user_id)
            .text(&note.kind)
            .at(note.at)
            .maybe_id(note.by_id)
            .maybe_id(note.about_id)
            .maybe_id(note.case_id)
            .maybe_at(note.until_at)
            .sealed(&note.key_sealed)
            .sealed(&note.why_sealed),
        )
        .await?;
    }
    Ok(())
}

/// What somebody has not seen yet, newest first, with the reference of the case where there is one.
pub async fn list_notes(
    conn: &mut Conn,
    user_id: UserId,
    limit: u32,
) -> Result<Vec<(NoteRow, Option<Reference>)>, StoreError> {
    conn.list(
        sql(
            "SELECT n.*, c.reference FROM recovery_notes n LEFT JOIN cases c ON c.id = n.case_id \
             WHERE n.user_id = $1 ORDER BY n.at DESC, n.id LIMIT $2",
        )
        .id(user_id)
        .int(i64::from(limit)),
        |row| {
            let note = NoteRow {
                id: row.parsed("id")?,
                user_id: row.parsed("user_id")?,
                kind: row.text("kind")?,
                at: row.at("at")?,
                by_id: row.maybe_parsed("by_id")?,
                about_id: row.maybe_parsed("about_id")?,
                case_id: row.maybe_parsed("case_id")?,
                until_at: row.maybe_at("until_at")?,
                key_sealed: row.sealed("key_sealed")?,
                why_sealed: row.sealed("why_sealed")?,
            };
            Ok((note, row.maybe_parsed("reference")?))
        },
    )
    .await
}

/// They have seen it.
pub async fn remove_note(tx: &mut Tx, user_id: UserId, id: NoteId) -> Result<bool, StoreError> {
    let removed = tx
        .execute(
            sql("DELETE FROM recovery_notes WHERE user_id = $1 AND id = $2")
                .id(user_id)
                .id(id),
        )
        .await?;
    Ok(removed == 1)
}

/// Whoever is excluded from a case is told nothing of it any more.
pub async fn remove_notes_of_case(tx: &mut Tx, user_id: UserId, case_id: CaseId) -> Result<(), StoreError> {
    tx.add(
        sql("DELETE FROM recovery_notes WHERE user_id = $1 AND case_id = $2")
            .id(user_id)
            .id(case_id),
    )
    .await
}

/// Emergency access to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// Which.
    pub id: GrantId,
    /// To which case.
    pub case_id: CaseId,
    /// Who has it.
    pub user_id: UserId,
    /// Since when.
    pub from_at: Timestamp,
    /// Until when.
    pub until_at: Timestamp,
    /// Whether they held a key on standby before, and keep that.
    pub had_standby: bool,
}

/// A case by what people call it, whoever may read it: for whoever holds the recovery key.
pub async fn find_case_by_reference(
    conn: &mut Conn,
    reference: &Reference,
) -> Result<Option<CaseId>, StoreError> {
    let row = conn
        .find(sql("SELECT id FROM cases WHERE reference = $1").id(reference))
        .await?;
    row.map(|row| row.parsed("id")).transpose()
}

/// Adds emergency access.
pub async fn add_grant(tx: &mut Tx, grant: &GrantRow) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO emergency_grants (id, case_id, user_id, from_at, until_at, had_standby) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .id(grant.id)
        .id(grant.case_id)
        .id(grant.user_id)
        .at(grant.from_at)
        .at(grant.until_at)
        .flag(grant.had_standby),
    )
    .await
}

/// Emergency access whose time is over and that still stands.
pub async fn list_grants_over(
    conn: &mut Conn,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<GrantRow>, StoreError> {
    conn.list(
        sql("SELECT * FROM emergency_grants WHERE ended_at IS NULL AND until_at <= $1 ORDER BY until_at, id LIMIT $2")
            .at(now)
            .int(i64::from(limit)),
        |row| {
            Ok(GrantRow {
                id: row.parsed("id")?,
                case_id: row.parsed("case_id")?,
                user_id: row.parsed("user_id")?,
                from_at: row.at("from_at")?,
                until_at: row.at("until_at")?,
                had_standby: row.flag("had_standby")?,
            })
        },
    )
    .await
}

/// It has ended. `false` if it had before.
pub async fn end_grant(tx: &mut Tx, id: GrantId, at: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .execute(
            sql("UPDATE emergency_grants SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
                .id(id)
                .at(at),
        )
        .await?;
    Ok(changed == 1)
}

/// Until when this member has emergency access to a case, if that is why they hold its key.
pub async fn find_grant_end(
    conn: &mut Conn,
    user_id: UserId,
    case_id: CaseId,
) -> Result<Option<Timestamp>, StoreError> {
    let row = conn
        .find(
            sql("SELECT MAX(until_at) AS until_at FROM emergency_grants \
                 WHERE case_id = $1 AND user_id = $2 AND ended_at IS NULL")
            .id(case_id)
            .id(user_id),
        )
        .await?;
    row.map_or(Ok(None), |row| row.maybe_at("until_at"))
}

/// Cases to which this member has emergency access now: which, what people call it, and until when.
pub async fn list_grants_of(
    conn: &mut Conn,
    user_id: UserId,
) -> Result<Vec<(CaseId, Reference, Timestamp)>, StoreError> {
    conn.list(
        sql("SELECT g.case_id, c.reference, g.until_at FROM emergency_grants g JOIN cases c ON c.id = g.case_id \
             WHERE g.user_id = $1 AND g.ended_at IS NULL ORDER BY g.until_at, g.id")
            .id(user_id),
        |row| {
            Ok((
                row.parsed("case_id")?,
                row.parsed("reference")?,
                row.at("until_at")?,
            ))
        },
    )
    .await
}

/// Whether somebody's emergency access to a case has ended, and the case has had no new key since. Who keeps their
/// key on standby is not counted: they hold it anyway.
pub async fn needs_new_key(conn: &mut Conn, case_id: CaseId) -> Result<bool, StoreError> {
    let number = conn
        .number(
            sql("SELECT COUNT(*) AS number FROM emergency_grants \
                 WHERE case_id = $1 AND ended_at IS NOT NULL AND renewed_at IS NULL AND had_standby = 0")
            .id(case_id),
        )
        .await?;
    Ok(number > 0)
}

/// The case has a new key.
pub async fn note_new_key(tx: &mut Tx, case_id: CaseId, at: Timestamp) -> Result<(), StoreError> {
    tx.add(
        sql("UPDATE emergency_grants SET renewed_at = $2 \
             WHERE case_id = $1 AND ended_at IS NOT NULL AND renewed_at IS NULL")
        .id(case_id)
        .at(at),
    )
    .await
}

//! Both databases have the same tables and columns, and no place for text that is not sealed, but those
//! listed.

use std::collections::BTreeSet;

use sqlx::{AnyConnection, Row};

use crate::database::{Database, on_both};

/// Text that is in clear, and why.
const CLEAR_TEXT: &[(&str, &str)] = &[
    ("absences.from_on", "a day"),
    ("absences.id", "an id"),
    ("absences.until_on", "a day"),
    ("absences.user_id", "an id"),
    ("case_dues.case_id", "an id"),
    ("case_dues.entry_id", "an id"),
    ("case_dues.owner_id", "an id"),
    ("case_ends.case_id", "an id"),
    ("cases.asked_to_close_id", "an id"),
    ("cases.form_digest", "the digest of a published form"),
    ("cases.id", "an id"),
    ("cases.owner_id", "an id"),
    ("cases.reference", "random letters"),
    ("cases.state", "a key of core"),
    ("drafts.visit_id", "an id"),
    ("duty_dues.case_id", "an id"),
    ("duty_dues.id", "a random id"),
    ("emergency_grants.case_id", "an id"),
    ("emergency_grants.id", "an id"),
    ("emergency_grants.user_id", "an id"),
    ("end_counts.answer", "a key of core"),
    ("end_counts.quarter", "a quarter"),
    ("end_counts.question", "a key of core"),
    ("end_waiting.id", "a random id"),
    ("erased_cases.case_id", "the random id of a case that is gone"),
    ("erased_counts.kind", "the id of a kind of report"),
    ("erased_counts.month", "a month"),
    ("erased_counts.outcome", "a key of core"),
    ("events.actor_id", "an id"),
    ("events.case_id", "an id"),
    ("events.id", "an id"),
    ("events.kind", "a key of core"),
    ("file_chunks.file_id", "an id"),
    ("files.case_id", "an id"),
    ("files.id", "an id"),
    ("files.visit_id", "an id"),
    ("forms.digest", "the digest of a published form"),
    ("forms.schema", "a published form"),
    ("forms.version", "a published form"),
    ("forms.words", "a published form"),
    ("invitations.user_id", "an id"),
    ("jobs.case_id", "an id"),
    ("jobs.dedupe", "kinds and ids"),
    ("jobs.id", "an id"),
    ("jobs.kind", "a kind"),
    ("jobs.last_error", "a kind of error"),
    ("jobs.payload", "ids"),
    ("jobs.state", "waiting, running or failed"),
    ("key_wraps.case_id", "an id"),
    ("key_wraps.holder", "an id, reporter or recovery"),
    ("key_wraps.standing", "active or standby"),
    ("messages.author_id", "an id"),
    ("messages.case_id", "an id"),
    ("messages.id", "an id"),
    ("messages.sender", "reporter or desk"),
    ("recovery_asks.id", "an id"),
    ("recovery_asks.user_id", "an id"),
    (
        "recovery_changes.holders",
        "who keeps shares: the organisation's own, as in settings",
    ),
    ("recovery_held.case_id", "an id"),
    ("recovery_held.standing", "active or standby"),
    ("recovery_held.user_id", "an id"),
    ("recovery_notes.about_id", "an id"),
    ("recovery_notes.by_id", "an id"),
    ("recovery_notes.case_id", "an id"),
    ("recovery_notes.id", "an id"),
    ("recovery_notes.kind", "a key of core"),
    ("recovery_notes.user_id", "an id"),
    ("passkey_attempts.user_id", "an id"),
    ("passkeys.id", "an id"),
    ("passkeys.user_id", "an id"),
    ("reminders.case_id", "an id"),
    ("reminders.duty", "which duty, and the time that it was due"),
    ("reports.case_id", "an id"),
    ("reviews.case_id", "an id"),
    ("reviews.id", "an id"),
    ("reviews.reviewer_id", "an id"),
    ("rights_entries.id", "an id"),
    ("rights_entries.request_id", "an id"),
    ("rights_keys.request_id", "an id"),
    ("rights_keys.user_id", "an id"),
    ("rights_looks.request_id", "an id"),
    ("rights_looks.user_id", "an id"),
    ("rights_requests.id", "an id"),
    ("sessions.user_id", "an id"),
    ("settings.key", "the name of a setting"),
    (
        "settings.value",
        "the organisation's own, published or not about any person who reports",
    ),
    ("statements.markdown", "published"),
    ("statements.note", "published"),
    ("statements.published_on", "a day"),
    ("statements.title", "published"),
    ("taken_down.by_id", "an id"),
    ("taken_down.case_id", "an id"),
    ("trace_entries.case_id", "an id"),
    ("trace_entries.leaf", "ids and kinds"),
    ("users.email", "a member of the team: mail must reach them"),
    ("users.id", "an id"),
    ("users.invited_by_id", "an id"),
    (
        "users.name",
        "a member of the team: reports are checked against it",
    ),
    ("users.phone", "a member of the team"),
    ("users.role", "a key of core"),
    ("users.state", "invited, joined, active or left"),
    ("visits.case_id", "an id"),
    ("visits.form_digest", "the digest of a published form"),
    ("visits.id", "an id"),
];

/// Bytes that are no ciphertext.
const CLEAR_BYTES: &[(&str, &str)] = &[
    ("invitations.token_hash", "a hash of random bytes"),
    (
        "pattern_halves.place",
        "derived from the key of a case: who does not hold it can't tell which",
    ),
    ("recovery_asks.public_key", "public"),
    ("recovery_changes.public_key", "public"),
    ("passkey_attempts.id_hash", "a hash of random bytes"),
    (
        "reports.digest",
        "a digest of ciphertext, which the receipt signs",
    ),
    ("sessions.id_hash", "a hash of random bytes"),
    ("trace_entries.leaf_hash", "a hash of what is in clear beside it"),
    ("trace_frontier.hashes", "hashes of those"),
    ("trace_heads.root", "a hash of those"),
    ("trace_heads.signature", "a signature"),
    ("users.public_key", "public"),
    ("visits.lookup", "derived from the words by a slow function"),
];

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    name: String,
    kind: &'static str,
    nullable: bool,
}

async fn columns(db: &Database) -> BTreeSet<Column> {
    let mut connection = db.connect().await;
    let found = if db.is_sqlite() {
        of_sqlite(&mut connection).await
    } else {
        of_postgres(&mut connection).await
    };
    found
        .into_iter()
        .filter(|(table, ..)| table != "_sqlx_migrations")
        .map(|(table, column, kind, nullable)| Column {
            name: format!("{table}.{column}"),
            kind: match kind.to_lowercase().as_str() {
                "text" => "text",
                "integer" | "bigint" => "number",
                "blob" | "bytea" => "bytes",
                other => panic!("{table}.{column} is of type {other}"),
            },
            nullable,
        })
        .collect()
}

async fn of_sqlite(connection: &mut AnyConnection) -> Vec<(String, String, String, bool)> {
    let sql = "SELECT m.name AS tables, c.name AS columns, c.type AS kind, c.\"notnull\" AS needed \
               FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'";
    let rows = sqlx::query(sql).fetch_all(connection).await.unwrap();
    rows.iter()
        .map(|row| (row.get(0), row.get(1), row.get(2), row.get::<i64, _>(3) == 0))
        .collect()
}

async fn of_postgres(connection: &mut AnyConnection) -> Vec<(String, String, String, bool)> {
    let sql = "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text \
               FROM information_schema.columns WHERE table_schema = 'public'";
    let rows = sqlx::query(sql).fetch_all(connection).await.unwrap();
    rows.iter()
        .map(|row| {
            (
                row.get(0),
                row.get(1),
                row.get(2),
                row.get::<String, _>(3) == "YES",
            )
        })
        .collect()
}

#[tokio::test]
async fn both_databases_have_the_same_columns() {
    let sqlite = columns(&Database::sqlite().await).await;
    let postgres = columns(&Database::postgres().await).await;
    assert!(sqlite.len() > 90);
    assert_eq!(sqlite, postgres);
}

on_both![
    every_column_is_sealed_a_number_or_listed,
    every_migration_has_the_same_number_on_both,
];

async fn every_column_is_sealed_a_number_or_listed(db: Database) {
    let columns = columns(&db).await;
    for column in &columns {
        let is_sealed = column.name.ends_with("_sealed");
        let listed = |list: &[(&str, &str)]| list.iter().any(|(name, _)| *name == column.name);
        match column.kind {
            "text" => assert!(listed(CLEAR_TEXT), "{} holds text in clear", column.name),
            "bytes" => assert!(
                is_sealed || listed(CLEAR_BYTES),
                "{} is not said to be sealed",
                column.name
            ),
            _ => assert!(!is_sealed, "{} cannot hold ciphertext", column.name),
        }
    }
    for (name, _) in CLEAR_TEXT.iter().chain(CLEAR_BYTES) {
        assert!(
            columns.iter().any(|column| column.name == *name),
            "{name} is listed but is not there"
        );
    }
}

async fn every_migration_has_the_same_number_on_both(db: Database) {
    let number = db.number("SELECT COUNT(*) FROM _sqlx_migrations").await;
    for folder in ["sqlite", "postgres"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(folder);
        assert_eq!(
            i64::try_from(std::fs::read_dir(folder).unwrap().count()),
            Ok(number)
        );
    }
}

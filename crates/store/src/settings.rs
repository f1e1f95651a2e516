//! The organisation's own settings, in clear: nothing of any report is in them.

use jiff::Timestamp;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql},
};

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingRow {
    /// Its name.
    pub key: String,
    /// JSON.
    pub value: String,
    /// When it was last put.
    pub changed_at: Timestamp,
}

fn read(row: &Row) -> Result<SettingRow, StoreError> {
    Ok(SettingRow {
        key: row.text("key")?,
        value: row.text("value")?,
        changed_at: row.at("changed_at")?,
    })
}

/// All settings, by name.
pub async fn list(conn: &mut Conn) -> Result<Vec<SettingRow>, StoreError> {
    conn.list(
        sql("SELECT key, value, changed_at FROM settings ORDER BY key"),
        read,
    )
    .await
}

/// One setting.
pub async fn find(conn: &mut Conn, key: &str) -> Result<Option<SettingRow>, StoreError> {
    let row = conn
        .find(sql("SELECT key, value, changed_at FROM settings WHERE key = $1").text(key))
        .await?;
    row.as_ref().map(read).transpose()
}

/// Sets it, whether or not it was there.
pub async fn put(tx: &mut Tx, setting: &SettingRow) -> Result<(), StoreError> {
    let SettingRow {
        key,
        value,
        changed_at,
    } = setting;
    tx.add(
        sql(
            "INSERT INTO settings (key, value, changed_at) VALUES ($1, $2, $3) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        )
        .text(key)
        .text(value)
        .at(*changed_at),
    )
    .await
}

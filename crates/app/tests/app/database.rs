//! What lies in the database, past everything that guards it.

use safehold_core::id::{CaseId, UserId};
use safehold_testkit::app::TestApp;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

/// Changes something behind the program's back.
pub async fn tamper(test: &TestApp, sql: &str) -> u64 {
    let mut conn = AnyConnection::connect(&test.url).await.unwrap();
    let changed = sqlx::query(AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    changed.rows_affected()
}

/// One column of text.
pub async fn column(test: &TestApp, sql: &str) -> Vec<String> {
    let mut conn = AnyConnection::connect(&test.url).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

/// One column of bytes.
pub async fn bytes(test: &TestApp, sql: &str) -> Vec<Vec<u8>> {
    let mut conn = AnyConnection::connect(&test.url).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    rows.iter().map(|row| row.get::<Vec<u8>, _>(0)).collect()
}

/// The payloads of waiting jobs for this member.
pub async fn jobs_to(test: &TestApp, member: UserId) -> Vec<String> {
    let mut payloads = column(test, "SELECT payload FROM jobs ORDER BY run_at, id").await;
    payloads.retain(|payload| payload.contains(&member.to_string()));
    payloads
}

/// The notices of a kind that wait for this member.
pub async fn notices(test: &TestApp, member: UserId, notice: &str) -> usize {
    let notice = format!("\"{notice}\"");
    let jobs = jobs_to(test, member).await;
    jobs.iter().filter(|payload| payload.contains(&notice)).count()
}

/// Whether somebody has a key of any epoch to a case.
pub async fn has_wrap(test: &TestApp, case: CaseId, member: UserId) -> bool {
    let holders = column(
        test,
        &format!("SELECT holder FROM key_wraps WHERE case_id = '{case}'"),
    )
    .await;
    holders.contains(&member.to_string())
}

/// How many rows a table has.
pub async fn count(test: &TestApp, table: &str) -> usize {
    column(test, &format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}")).await[0]
        .parse()
        .unwrap()
}

//! What somebody who distrusts the program tries: with old keys, with a copy of the database, with every
//! combination of people, by every role. Each test runs on a SQLite file and on a PostgreSQL server.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod combinations;
mod copies;
mod journey;
mod roles;

/// Runs each test on both databases.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $name() {
                    super::$name(safehold_testkit::app::TestApp::sqlite().await).await;
                }
            )*
        }
        mod postgres {
            $(
                #[tokio::test]
                async fn $name() {
                    super::$name(safehold_testkit::app::TestApp::postgres().await).await;
                }
            )*
        }
    };
}
pub(crate) use on_both;

/// One column of bytes, past everything that guards it.
pub(crate) async fn bytes(test: &safehold_testkit::app::TestApp, sql: &str) -> Vec<Vec<u8>> {
    use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
    let mut conn = AnyConnection::connect(&test.url).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    rows.iter().map(|row| row.get::<Vec<u8>, _>(0)).collect()
}

/// One column of text.
pub(crate) async fn column(test: &safehold_testkit::app::TestApp, sql: &str) -> Vec<String> {
    use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
    let mut conn = AnyConnection::connect(&test.url).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

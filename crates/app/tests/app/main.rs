//! What people do, from end to end, without any page: each test runs on a SQLite file and on a PostgreSQL server.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod database;
mod looks;

mod conflict;
mod crash;
mod desk;
mod files;
mod property;
mod recovery;
mod report;
mod sign_in;
mod team;
mod trace;
mod watch;

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

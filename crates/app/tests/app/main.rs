//! What people do, from end to end, without any page: each test runs on a SQLite file and on a PostgreSQL server.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

// What tests share: what lies in the database, and how a case looks to somebody.
mod database;
mod looks;

// The reporter's side.
mod clean;
mod ends;
mod files;
mod journey;
mod leave;
mod loose_files;
mod person;
mod report;
mod reviews;

// The desk's side.
mod desk;
mod duties;
mod emergency;
mod export;
mod let_in;
mod passkeys;
mod pattern;
mod record;
mod recovery;
mod requests;
mod retention;
mod roles;
mod search;
mod sessions;
mod shares;
mod sign_in;
mod stay_away;
mod take_down;
mod team;
mod trace;
mod undelivered;
mod visit;
mod watch;

// The promises: what is wrong in whatever way is alike; for whoever is excluded there is no case; a copy or an old
// key opens nothing; what was acknowledged stays.
mod alike;
mod combinations;
mod confirm;
mod conflict;
mod copies;
mod crash;
mod marks;
mod property;

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

//! A fresh database for each test, on either server.

use std::path::PathBuf;

use safehold_store::{Conn, Store, StoreConfig};
use safehold_testkit::postgres::Postgres;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use tempfile::TempDir;

/// An empty database with a store open on it.
pub struct Database {
    pub store: Store,
    pub url: String,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Server(Postgres),
}

/// Makes of each function two tests, one for each database. One that is left out is reported as dead code.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::database::Database::sqlite().await).await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::database::Database::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both;

impl Database {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // A name that an address has to escape.
        let url = format!(
            "sqlite://{}",
            folder.path().join("safe hold%41?.sqlite").display()
        )
        .replace('?', "");
        Self {
            store: open(&url).await,
            url,
            place: Place::Folder(folder),
        }
    }

    pub async fn postgres() -> Self {
        let server = Postgres::fresh().await;
        let url = server.url().to_owned();
        Self {
            store: open(&url).await,
            url,
            place: Place::Server(server),
        }
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    /// The folder of a SQLite database.
    pub fn folder(&self) -> PathBuf {
        match &self.place {
            Place::Folder(folder) => folder.path().to_owned(),
            Place::Server(server) => panic!("{} is no file", server.url()),
        }
    }

    pub async fn read(&self) -> Conn {
        self.store.read().await.unwrap()
    }

    /// Runs SQL behind the store's back.
    pub async fn tamper(&self, sql: &str) {
        let mut connection = self.connect().await;
        connection.execute(AssertSqlSafe(sql)).await.unwrap();
        connection.close().await.unwrap();
    }

    pub async fn connect(&self) -> AnyConnection {
        let url = match &self.place {
            Place::Folder(_) => self.url.replace('%', "%25").replace(' ', "%20"),
            Place::Server(_) => self.url.clone(),
        };
        AnyConnection::connect(&url).await.unwrap()
    }

    /// One number, read behind the store's back.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut connection = self.connect().await;
        let number = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        number
    }
}

pub async fn open(url: &str) -> Store {
    Store::open(&StoreConfig::new(url)).await.unwrap()
}

/// A change whose errors are the store's own.
macro_rules! write {
    ($store:expr, |$tx:ident| $body:expr) => {
        $store
            .write(move |$tx: &mut safehold_store::Tx| {
                Box::pin(async move { Ok::<_, safehold_store::StoreError>($body) })
            })
            .await
    };
    ($store:expr, $given:expr, |$tx:ident, $name:pat_param| $body:expr) => {
        $store
            .write_with($given, |$tx, $name| {
                Box::pin(async move { Ok::<_, safehold_store::StoreError>($body) })
            })
            .await
    };
}
pub(crate) use write;

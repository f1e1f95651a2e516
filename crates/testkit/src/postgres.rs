//! A PostgreSQL database of its own for each test.
//!
//! `./test` starts one server for the whole run and names it in `SAFEHOLD_TEST_POSTGRES_URL`. Without it, the
//! first test starts a throwaway server, the others share it, and it stops by itself half a minute after the last.

use std::{
    fs::File,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::SystemTime,
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::{runtime, sync::OnceCell};

/// The shell script beside this crate's manifest, which `./test` uses too.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/postgres.sh");

static SERVER: OnceCell<Server> = OnceCell::const_new();
static COUNT: AtomicU32 = AtomicU32::new(0);

/// An empty database on a real server, dropped with this value.
#[derive(Debug)]
pub struct Postgres {
    url: String,
    server_url: String,
    name: String,
}

/// The server that this process uses. The lease is held until the process ends.
#[derive(Debug)]
struct Server {
    url: String,
    _lease: Option<File>,
}

impl Postgres {
    /// Makes an empty database.
    pub async fn fresh() -> Self {
        let server_url = SERVER.get_or_init(|| async { Server::find() }).await.url.clone();
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        // A process id returns, and a test that was killed left its database behind.
        run(
            &server_url,
            &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        )
        .await;
        run(&server_url, &format!("CREATE DATABASE {name}")).await;
        let (server, _) = server_url.rsplit_once('/').expect("an address with a database");
        Self {
            url: format!("{server}/{name}"),
            name,
            server_url,
        }
    }

    /// Its address, as in the configuration.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let server_url = std::mem::take(&mut self.server_url);
        // `drop` can't wait inside the test's own runtime.
        let dropped = std::thread::spawn(move || {
            runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime")
                .block_on(run(&server_url, &sql));
        });
        // A panic while a failed test unwinds would hide that failure.
        let _ = dropped.join();
    }
}

impl Server {
    fn find() -> Self {
        #[expect(clippy::disallowed_methods, reason = "./test hands over its server like this")]
        let given = std::env::var("SAFEHOLD_TEST_POSTGRES_URL");
        match given {
            Ok(url) => Self { url, _lease: None },
            Err(_) => Self::throwaway(),
        }
    }

    fn throwaway() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the folder must be the same for every test process"
        )]
        let folder = std::env::temp_dir().join("safehold-testkit-postgres");
        std::fs::create_dir_all(&folder).expect("a folder for the server");
        let lease = lease(&folder);
        let output = script("start", &folder).output().expect("bash");
        assert!(
            output.status.success(),
            "no PostgreSQL for tests: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let url = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        // In a session of its own, so that it outlives this test and doesn't hold its output open.
        Command::new("setsid")
            .args(["--fork", "bash", SCRIPT, "watch"])
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("setsid");
        Self {
            url,
            _lease: Some(lease),
        }
    }
}

/// Taken before the server is looked for: while anyone holds it, the server isn't stopped.
fn lease(folder: &Path) -> File {
    let lease = File::options()
        .append(true)
        .create(true)
        .open(folder.join("lease"))
        .expect("a lease on the server");
    lease.lock_shared().expect("a lease on the server");
    #[expect(
        clippy::disallowed_methods,
        reason = "the script compares it with the real time"
    )]
    lease
        .set_modified(SystemTime::now())
        .expect("a lease on the server");
    lease
}

fn script(verb: &str, folder: &Path) -> Command {
    let mut command = Command::new("bash");
    command.args([SCRIPT, verb]).arg(folder).stdin(Stdio::null());
    command
}

async fn run(server_url: &str, sql: &str) {
    let mut connection = PgConnection::connect(server_url)
        .await
        .expect("the PostgreSQL server for tests");
    connection.execute(AssertSqlSafe(sql)).await.expect(sql);
    let _ = connection.close().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_database_is_empty_and_dropped() {
        let first = Postgres::fresh().await;
        let second = Postgres::fresh().await;
        run(first.url(), "CREATE TABLE marks (mark TEXT)").await;
        // It would fail on a database that had the table.
        run(second.url(), "CREATE TABLE marks (mark TEXT)").await;
        let url = first.url().to_owned();
        drop(first);
        assert!(PgConnection::connect(&url).await.is_err());
    }
}

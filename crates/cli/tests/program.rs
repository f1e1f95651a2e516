//! The real program as an operator meets it: it starts, keeps what it acknowledged, and can be checked.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use safehold::{
    config::{self, Config, Flags},
    wiring,
};
use safehold_app::{follow, report};
use safehold_seal::LockParams;
use safehold_testkit::postgres::Postgres;

struct Running {
    process: Child,
    address: String,
    printed: String,
}

impl Running {
    fn start(command: &str, data: &Path, more: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_safehold"))
            .args([command, "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next().expect("a first line").unwrap();
        let address = first
            .strip_prefix("Safehold answers at http://")
            .expect("the address")
            .to_owned();
        let mut printed = String::new();
        let end = if command == "demo" {
            "SAFEHOLD-RECOVERY-1"
        } else {
            "/setup?token="
        };
        for line in lines {
            let line = line.unwrap();
            printed.push_str(&line);
            printed.push('\n');
            if line.contains(end) {
                break;
            }
        }
        Self {
            process,
            address,
            printed,
        }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn signal(&mut self, signal: &str) -> Option<i32> {
        let sent = Command::new("kill")
            .args([signal, &self.process.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn safehold(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_safehold"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn config(data: &Path) -> Config {
    config::load(&Flags {
        data: Some(data.to_owned()),
        ..Flags::default()
    })
    .unwrap()
}

/// The words that the demonstration printed for this report.
fn words<'a>(printed: &'a str, what: &str) -> &'a str {
    let mut lines = printed.lines().skip_while(|line| !line.contains(what));
    lines.next().expect("the report");
    lines.next().expect("its words").trim()
}

#[test]
fn the_demonstration_starts_ends_when_told_and_starts_again_with_the_same_people() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Running::start("demo", folder.path(), &[]);
    assert!(first.get("/").starts_with("HTTP/1.1 200"));
    assert!(first.get("/ask").contains("01632 960101"));
    assert_eq!(first.signal("-TERM"), Some(0));
    let mut second = Running::start("demo", folder.path(), &[]);
    let what = "a report that nobody has opened yet";
    assert_eq!(words(&second.printed, what), words(&first.printed, what));
    // A process that is killed leaves nothing that keeps the next from starting.
    second.signal("-KILL");
    let third = Running::start("demo", folder.path(), &[]);
    assert!(third.get("/").starts_with("HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_runs_on_postgres_too() {
    let database = Postgres::fresh().await;
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start("demo", folder.path(), &["--database", database.url()]);
    assert!(running.get("/").starts_with("HTTP/1.1 200"));
}

#[test]
fn the_running_program_has_its_database_durable() {
    let folder = tempfile::tempdir().unwrap();
    let _running = Running::start("demo", folder.path(), &[]);
    let output = safehold(folder.path(), &["check"]);
    let said = text(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.to_lowercase().contains("journal wal") && said.contains("durable: yes"),
        "{said}"
    );
    assert!(said.contains("trace: whole"), "{said}");
}

#[test]
fn an_empty_place_is_set_up_by_a_link_and_its_key_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start("serve", folder.path(), &[]);
    let link = running
        .printed
        .split("/setup?token=")
        .nth(1)
        .expect("a link")
        .trim()
        .to_owned();
    assert!(
        running
            .get(&format!("/setup?token={link}"))
            .starts_with("HTTP/1.1 200")
    );
    assert!(running.get("/setup?token=guess").starts_with("HTTP/1.1 404"));
    assert!(running.get("/report/start").starts_with("HTTP/1.1 503"));
    let key = folder.path().join("installation.key");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    running.signal("-TERM");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let output = safehold(folder.path(), &["check"]);
    assert!(
        !output.status.success() && text(&output).contains("can be read by others"),
        "{}",
        text(&output)
    );
}

#[test]
fn a_database_in_use_does_not_start_without_its_key() {
    let folder = tempfile::tempdir().unwrap();
    Running::start("demo", folder.path(), &[]).signal("-TERM");
    fs::remove_file(folder.path().join("installation.key")).unwrap();
    let output = safehold(folder.path(), &["check"]);
    assert!(
        !output.status.success() && text(&output).contains("put it back"),
        "{}",
        text(&output)
    );
    assert!(!folder.path().join("installation.key").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_verified_and_a_changed_one_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start("demo", folder.path(), &[]);
    running.signal("-TERM");
    let program = wiring::program(&config(folder.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let words = words(&running.printed, "a report with an answer to read");
    let visit = report::come_back(&program.app, words).await.unwrap();
    let receipt = follow::open(&program.app, &visit).await.unwrap().unwrap().receipt;
    let key = program.app.verify_key().to_string();
    program.app.store().quiesce().await;
    let file = folder.path().join("receipt.txt");
    fs::write(&file, &receipt).unwrap();
    let name = file.to_str().unwrap();
    let here = safehold(folder.path(), &["verify-receipt", name]);
    assert!(
        here.status.success() && text(&here).starts_with("Good"),
        "{}",
        text(&here)
    );
    let elsewhere = safehold(Path::new("/nowhere"), &["verify-receipt", name, "--key", &key]);
    assert!(elsewhere.status.success(), "{}", text(&elsewhere));
    let year = receipt.find("received: 2").expect("a year") + "received: ".len();
    let mut changed = receipt.clone();
    changed.replace_range(year..=year, "3");
    fs::write(&file, changed).unwrap();
    let refused = safehold(folder.path(), &["verify-receipt", name]);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_is_proved_whole_and_a_changed_entry_is_named() {
    let folder = tempfile::tempdir().unwrap();
    Running::start("demo", folder.path(), &[]).signal("-TERM");
    let whole = safehold(folder.path(), &["audit", "verify"]);
    assert!(
        whole.status.success() && text(&whole).starts_with("Whole:"),
        "{}",
        text(&whole)
    );
    let head = safehold(folder.path(), &["audit", "head"]);
    let file = folder.path().join("head.txt");
    fs::write(&file, &head.stdout).unwrap();
    let name = file.to_str().unwrap().to_owned();
    let holds = safehold(folder.path(), &["audit", "check-head", &name]);
    assert!(
        holds.status.success() && text(&holds).starts_with("Good"),
        "{}",
        text(&holds)
    );

    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", folder.path().join("safehold.db").display());
    let mut conn = <sqlx::AnyConnection as sqlx::Connection>::connect(&url)
        .await
        .unwrap();
    sqlx::query("UPDATE trace_entries SET leaf = '{}' WHERE seq = 5")
        .execute(&mut conn)
        .await
        .unwrap();
    sqlx::Connection::close(conn).await.unwrap();
    let broken = safehold(folder.path(), &["audit", "verify"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(
        text(&broken).contains("entry 5 is the first"),
        "{}",
        text(&broken)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_while_running_is_put_back_and_words_open_it() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start("demo", folder.path(), &[]);
    let copy = folder.path().join("copy.db");
    let made = safehold(folder.path(), &["backup", copy.to_str().unwrap()]);
    assert!(made.status.success(), "{}", text(&made));

    let elsewhere = tempfile::tempdir().unwrap();
    let early = safehold(elsewhere.path(), &["restore", copy.to_str().unwrap()]);
    assert!(
        !early.status.success() && text(&early).contains("key file"),
        "{}",
        text(&early)
    );
    fs::copy(
        folder.path().join("installation.key"),
        elsewhere.path().join("installation.key"),
    )
    .unwrap();
    let restored = safehold(elsewhere.path(), &["restore", copy.to_str().unwrap()]);
    assert!(
        restored.status.success() && text(&restored).starts_with("Restored"),
        "{}",
        text(&restored)
    );
    let twice = safehold(elsewhere.path(), &["restore", copy.to_str().unwrap()]);
    assert!(
        !twice.status.success(),
        "a database that is there is not written over"
    );

    let program = wiring::program(&config(elsewhere.path()), LockParams::weak_for_tests())
        .await
        .unwrap();
    let words = words(&running.printed, "a report with an answer to read");
    let visit = report::come_back(&program.app, words).await.unwrap();
    let followed = follow::open(&program.app, &visit).await.unwrap().unwrap();
    assert!(!followed.messages.is_empty());
    program.app.store().quiesce().await;
}

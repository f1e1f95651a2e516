//! The real program as an operator meets it: it starts, keeps what it acknowledged, and can be checked.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod copies;
mod crash;
mod erased;
mod export;
mod flood;
mod marks;
mod proof;
mod recover;
mod start;
mod together;

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use safehold::config::{self, Config, Flags};
use safehold_app::{App, SecretString, desk::Reader, sign_in};

pub(crate) struct Running {
    process: Child,
    address: String,
    pub(crate) printed: String,
}

impl Running {
    pub(crate) fn start(command: &str, data: &Path, more: &[&str]) -> Self {
        Self::start_in(command, data, more, &[])
    }

    /// With settings from the environment. What it logs is added to `program.log` in its folder.
    pub(crate) fn start_in(command: &str, data: &Path, more: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_safehold"));
        program.envs(environment.iter().copied());
        Self::start_as(program, command, data, more)
    }

    /// On a system that lets it have only so many open files.
    pub(crate) fn start_with_files(files: u32, command: &str, data: &Path) -> Self {
        let mut shell = Command::new("bash");
        shell.args(["-c", &format!("ulimit -n {files} && exec \"$0\" \"$@\"")]);
        shell.arg(env!("CARGO_BIN_EXE_safehold"));
        Self::start_as(shell, command, data, &[])
    }

    fn start_as(mut program: Command, command: &str, data: &Path, more: &[&str]) -> Self {
        let log = File::options()
            .create(true)
            .append(true)
            .open(data.join("program.log"))
            .unwrap();
        let mut process = program
            .args([command, "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(log)
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

    /// Where it answers: a host and a port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    pub(crate) fn get(&self, path: &str) -> String {
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

    pub(crate) fn signal(&mut self, signal: &str) -> Option<i32> {
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

pub(crate) fn safehold(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_safehold"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap()
}

pub(crate) fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

pub(crate) fn config(data: &Path) -> Config {
    config_on(data, None)
}

/// The configuration with this database, or the usual one.
pub(crate) fn config_on(data: &Path, database: Option<&str>) -> Config {
    config::load(&Flags {
        data: Some(data.to_owned()),
        database: database.map(str::to_owned),
        ..Flags::default()
    })
    .unwrap()
}

/// What the demonstration printed after this label for the person with this address.
pub(crate) fn of_person<'a>(printed: &'a str, email: &str, label: &str) -> &'a str {
    let mut lines = printed.lines().skip_while(|line| !line.contains(email));
    let found = lines.find_map(|line| line.trim().strip_prefix(label));
    found.expect("a line with that label").trim_start_matches(": ")
}

/// Signs in with what was printed.
pub(crate) async fn signed_in(app: &App, printed: &str, email: &str) -> Reader {
    let pass = SecretString::from(of_person(printed, email, "pass phrase"));
    let code = of_person(printed, email, "code now");
    let cookie = sign_in::sign_in(app, email, pass, code).await.unwrap();
    let session = sign_in::resume(app, &cookie.expose()).await.unwrap();
    session.unwrap().reader
}

/// A number that the database has, past everything that guards it.
pub(crate) async fn number(data: &Path, sql: &str) -> i64 {
    let mut conn = open(data).await;
    let (number,) = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .fetch_one(&mut conn)
        .await
        .unwrap();
    sqlx::Connection::close(conn).await.unwrap();
    number
}

pub(crate) async fn open(data: &Path) -> sqlx::AnyConnection {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", data.join("safehold.db").display());
    <sqlx::AnyConnection as sqlx::Connection>::connect(&url)
        .await
        .unwrap()
}

/// The command with this on its standard input.
pub(crate) fn fed(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_safehold"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    process.wait_with_output().unwrap()
}

/// The words that the demonstration printed for this report.
pub(crate) fn words<'a>(printed: &'a str, what: &str) -> &'a str {
    let mut lines = printed.lines().skip_while(|line| !line.contains(what));
    lines.next().expect("the report");
    lines.next().expect("its words").trim()
}

//! A real SMTP server on loopback: another process, which keeps every mail and can be told to refuse.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use serde::Deserialize;
use tempfile::TempDir;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/smtp_sink.py");

/// The server; it ends with this value.
#[derive(Debug)]
pub struct SmtpServer {
    folder: TempDir,
    process: Child,
    port: u16,
}

/// A mail as it arrived.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    /// The sender in the envelope.
    pub from: String,
    /// The recipients in the envelope.
    pub to: Vec<String>,
    /// Whether it came over TLS.
    pub tls: bool,
    /// Its headers, decoded, in their order.
    pub headers: Vec<(String, String)>,
    /// Its text, decoded.
    pub text: String,
    /// The whole source, for searching it.
    pub raw: String,
}

impl Mail {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The subject, or nothing.
    pub fn subject(&self) -> &str {
        self.header("Subject").unwrap_or_default()
    }
}

impl SmtpServer {
    /// Starts a server without TLS.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a server that takes mail only after STARTTLS; see [`Self::ca_file`].
    pub fn start_with_tls() -> Self {
        Self::start_with(&["--starttls"])
    }

    fn start_with(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for mails");
        let mut process = Command::new(python())
            .arg(SCRIPT)
            .arg(folder.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("its first line");
        let port = line
            .trim()
            .strip_prefix("listening 127.0.0.1:")
            .and_then(|port| port.parse().ok())
            .expect("the SMTP server for tests (Debian: python3-aiosmtpd)");
        Self {
            folder,
            process,
            port,
        }
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The certificate to trust, in PEM, when started with TLS.
    pub fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Answers every recipient with this, such as `451 4.3.0 Try again later`, until [`Self::accept`].
    pub fn refuse(&self, reply: &str) {
        fs::write(self.folder.path().join("refuse"), reply).expect("the folder for mails");
    }

    /// Takes mail again.
    pub fn accept(&self) {
        let _ = fs::remove_file(self.folder.path().join("refuse"));
    }

    /// How many recipients were refused so far.
    pub fn refused(&self) -> usize {
        fs::read_to_string(self.folder.path().join("refused")).map_or(0, |lines| lines.lines().count())
    }

    /// The mails that were accepted, in their order. A mail is here before the sender hears "accepted".
    pub fn mails(&self) -> Vec<Mail> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.folder.path())
            .expect("the folder for mails")
            .map(|entry| entry.expect("the folder for mails").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .collect();
        files.sort();
        files
            .iter()
            .map(|path| serde_json::from_slice(&fs::read(path).expect("a mail")).expect("a mail"))
            .collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        // It has nothing to save, and may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A Python that has `aiosmtpd`: the one that `./test` found, else the first that does.
fn python() -> String {
    #[expect(clippy::disallowed_methods, reason = "./test hands over its Python like this")]
    if let Ok(found) = std::env::var("SAFEHOLD_TEST_PYTHON") {
        return found;
    }
    ["python3", "/usr/bin/python3"]
        .into_iter()
        .find(|python| {
            Command::new(python)
                .args(["-c", "import aiosmtpd"])
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        })
        .expect("a Python with aiosmtpd (Debian: python3-aiosmtpd)")
        .to_owned()
}

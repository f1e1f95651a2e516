//! A wrong configuration is told with the key, the value and what is allowed, and the page names every key.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{fs, process::Command};

use safehold::config::{self, Flags, Written, WrittenSmtp};

fn message(toml: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safehold.toml");
    fs::write(&file, toml).unwrap();
    let flags = Flags {
        config: Some(file),
        ..Flags::default()
    };
    config::load(&flags).unwrap_err().to_string()
}

#[test]
fn a_wrong_configuration_names_key_value_and_what_is_allowed() {
    let cases = [
        (
            r#"listen = "here""#,
            "`listen` is `here`; allowed is an address and a port, such as 127.0.0.1:8080",
        ),
        (
            r#"base_url = "safe.example""#,
            "`base_url` is `safe.example`; allowed is an address that begins with https:// (or http:// for a trial)",
        ),
        (
            r#"language = "tlh""#,
            "`language` is `tlh`; allowed is en-GB (or en-XA and ar-XB for tests)",
        ),
        (
            r#"log = "loud""#,
            "`log` is `loud`; allowed is error, warn, info or debug",
        ),
        (
            r#"database = "mysql://root:secret@db""#,
            "`database` is `(not shown)`; allowed is sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME",
        ),
        (
            "[rules]\nzone = \"Mars\"",
            "`rules.zone` is `Mars`; allowed is a time zone name such as Europe/London",
        ),
        (
            "[smtp]\nhost = \"mail.example\"\ntls = \"none\"\nfrom = \"a@b.example\"",
            "`smtp.tls` is `none`; allowed is wrapped or starttls; none is only for a server on this machine",
        ),
        (
            "contacts = \"/nowhere/contacts.toml\"",
            "`contacts` is `/nowhere/contacts.toml`; allowed is a file that is there",
        ),
    ];
    for (toml, expected) in cases {
        assert_eq!(message(toml), expected);
    }
}

#[test]
fn an_unknown_key_and_a_wrong_shape_are_named() {
    let unknown = message("lisen = \"127.0.0.1:80\"");
    assert!(
        unknown.contains("there is no key `lisen`") && unknown.contains("listen"),
        "{unknown}"
    );
    let shape = message("[rules]\ndraft_days = \"many\"");
    assert!(
        shape.contains("`rules.draft_days` is") && shape.contains("many"),
        "{shape}"
    );
}

#[test]
fn the_program_ends_with_code_two_and_the_message() {
    let output = Command::new(env!("CARGO_BIN_EXE_safehold"))
        .args(["check", "--listen", "here"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("`listen` is `here`"));
}

#[test]
fn every_key_is_on_the_page() {
    let mut written = Written {
        smtp: Some(WrittenSmtp::default()),
        ..Written::default()
    };
    written.form.schema = Some("x".into());
    written.form.words = Some("x".into());
    written.contacts = Some("x".into());
    if let Some(smtp) = &mut written.smtp {
        smtp.password_file = Some("x".into());
        smtp.ca_file = Some("x".into());
    }
    let page = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/configuration.md"
    ))
    .unwrap();
    let mut missing = Vec::new();
    keys("", &serde_json::to_value(&written).unwrap(), &mut |key| {
        if !page.contains(&format!("`{key}")) {
            missing.push(key.to_owned());
        }
    });
    assert!(
        missing.is_empty(),
        "docs/configuration.md does not name {missing:?}"
    );
}

fn keys(prefix: &str, value: &serde_json::Value, found: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                let key = if prefix.is_empty() {
                    name.clone()
                } else {
                    format!("{prefix}.{name}")
                };
                keys(&key, value, found);
            }
        }
        _ => found(prefix),
    }
}

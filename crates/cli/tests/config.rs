//! A wrong configuration is told with the key, the value and what is allowed, and the page names every key.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Output},
};

use safehold::config::{self, Flags, Written, WrittenSmtp};

/// The program with this file and this environment, and nothing else of this machine's.
fn check(file: &Path, environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_safehold"))
        .args(["check", "--data", "/nowhere/safehold", "--config"])
        .arg(file)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty(), "{output:?}");
    said.strip_prefix("safehold: ").unwrap().to_owned()
}

fn message(toml: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safehold.toml");
    fs::write(&file, toml).unwrap();
    refused(&check(&file, &[]))
}

#[test]
fn a_wrong_configuration_names_key_value_and_what_is_allowed_and_ends_with_code_two() {
    let base_url = "https:// (or http:// for a trial) and a host name, without a path";
    let cases = [
        (
            r#"listen = "here""#,
            "`listen` is `here`; allowed is an address and a port, such as 127.0.0.1:8080",
        ),
        (
            r#"base_url = "safe.example""#,
            &format!("`base_url` is `safe.example`; allowed is {base_url}"),
        ),
        (
            r#"base_url = "https://""#,
            &format!("`base_url` is `https://`; allowed is {base_url}"),
        ),
        (
            r#"base_url = "https://example.org/safe""#,
            &format!("`base_url` is `https://example.org/safe`; allowed is {base_url}"),
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
            "contacts = \"/nowhere/contacts.toml\"",
            "`contacts` is `/nowhere/contacts.toml`; allowed is a file that is there",
        ),
        (
            "[form]\nschema = \"/nowhere/form.toml\"",
            "`form.schema` is `/nowhere/form.toml`; allowed is a file that is there",
        ),
    ];
    for (toml, expected) in cases {
        assert_eq!(message(toml), expected);
    }
}

#[test]
fn a_wrong_rule_names_key_value_and_what_is_allowed() {
    let cases = [
        (
            "zone = \"Mars\"",
            "`rules.zone` is `Mars`; allowed is a time zone name such as Europe/London",
        ),
        (
            "draft_days = 90",
            "`rules.draft_days` is `90`; allowed is a number of days from 1 to 30",
        ),
        (
            "desk_idle_minutes = 1",
            "`rules.desk_idle_minutes` is `1`; allowed is minutes from 5 to 240",
        ),
        (
            "working_days = [\"monday\"]",
            "`rules.working_days` is `monday`; allowed is a list of mon, tue, wed, thu, fri, sat and sun",
        ),
        (
            "works_until = \"08:00:00\"",
            "`rules.works_until` is `08:00:00`; allowed is a time later than rules.works_from",
        ),
    ];
    for (toml, expected) in cases {
        assert_eq!(message(&format!("[rules]\n{toml}")), expected);
    }
}

#[test]
fn a_wrong_mail_setting_names_key_value_and_what_is_allowed() {
    let good = [("host", "mail.example"), ("from", "messages@b.example")];
    let cases = [
        (
            ("tls", "none"),
            "`smtp.tls` is `none`; allowed is wrapped or starttls; none is only for a server on this machine",
        ),
        (
            ("tls", "ssl"),
            "`smtp.tls` is `ssl`; allowed is wrapped, starttls, or none for a server on this machine",
        ),
        (
            ("host", ""),
            "`smtp.host` is ``; allowed is the name of a mail server",
        ),
        (
            ("from", "messages@"),
            "`smtp.from` is `messages@`; allowed is the address that mail comes from, such as messages@example.org",
        ),
        (
            ("user", "us"),
            "`smtp.password_file` is ``; allowed is a file with the password of smtp.user",
        ),
        (
            ("ca_file", "/nowhere/ca.pem"),
            "`smtp.ca_file` is `/nowhere/ca.pem`; allowed is a file that is there",
        ),
    ];
    for ((key, value), expected) in cases {
        let mut toml = format!("[smtp]\n{key} = \"{value}\"\n");
        for (other, value) in good.iter().filter(|(other, _)| *other != key) {
            writeln!(toml, "{other} = \"{value}\"").unwrap();
        }
        assert_eq!(message(&toml), expected);
    }
}

#[test]
fn an_unknown_key_and_a_wrong_type_are_named_with_what_is_allowed() {
    let unknown = message("lisen = \"127.0.0.1:80\"");
    assert!(
        unknown.contains("there is no key `lisen`; keys here are listen, base_url"),
        "{unknown}"
    );
    let cases = [
        ("listen = 8080", "`listen` is `8080`; allowed is text in quotes"),
        (
            "behind_proxy = \"sometimes\"",
            "`behind_proxy` is `sometimes`; allowed is true or false",
        ),
        (
            "[rules]\ndraft_days = \"many\"",
            "`rules.draft_days` is `many`; allowed is a whole number from 0 to 65535",
        ),
        (
            "[rules]\nworking_days = \"mon\"",
            "`rules.working_days` is `mon`; allowed is a list in square brackets",
        ),
        (
            "[smtp]\nport = 99999",
            "`smtp.port` is `99999`; allowed is a whole number from 0 to 65535",
        ),
    ];
    for (toml, expected) in cases {
        let said = message(toml);
        assert!(said.ends_with(expected), "{said}");
    }
}

#[test]
fn what_is_no_toml_is_told_with_the_file_and_the_place() {
    let said = message("listen = ");
    assert!(
        said.contains("safehold.toml: ") && said.contains("line 1"),
        "{said}"
    );
}

#[test]
fn a_file_that_was_named_has_to_be_there() {
    let said = refused(&check(Path::new("/nowhere/safehold.toml"), &[]));
    assert_eq!(said, "there is no configuration file /nowhere/safehold.toml");
}

#[test]
fn environment_wins_over_the_file_and_a_flag_over_both() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safehold.toml");
    fs::write(&file, "listen = \"file\"\n[smtp]\nhost = \"\"").unwrap();
    let said = refused(&check(&file, &[("SAFEHOLD_LISTEN", "environment")]));
    assert!(said.starts_with("`listen` is `environment`"), "{said}");
    let said = refused(&check(
        &file,
        &[
            ("SAFEHOLD_LISTEN", "127.0.0.1:0"),
            ("SAFEHOLD_SMTP__HOST", "localhost"),
            ("SAFEHOLD_SMTP__TLS", "perhaps"),
        ],
    ));
    assert!(said.starts_with("`smtp.tls` is `perhaps`"), "{said}");
    let flags = Flags {
        config: Some(file),
        listen: Some("flag".to_owned()),
        ..Flags::default()
    };
    let said = config::load(&flags).unwrap_err().to_string();
    assert!(said.starts_with("`listen` is `flag`"), "{said}");
}

#[test]
fn the_password_of_a_database_is_in_no_message() {
    let folder = tempfile::tempdir().unwrap();
    for address in [
        "postgres://user:hush-hush@127.0.0.1:1/none",
        "postgres://user:p#hush-hush@127.0.0.1:1/none",
        "postgres://user:hush-hush@127.0.0.1:port/none",
        "mysql://user:hush-hush@127.0.0.1/none",
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_safehold"))
            .args(["check", "--database", address, "--data"])
            .arg(folder.path())
            .env_clear()
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && !said.contains("hush"), "{said}");
    }
}

#[test]
fn a_command_that_looks_at_an_installation_makes_none_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("mistyped");
    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    for command in [
        &["check"][..],
        &["audit", "verify"],
        &["audit", "head"],
        &["backup", copy],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_safehold"))
            .args(command)
            .arg("--data")
            .arg(&data)
            .env_clear()
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
        assert!(said.contains("there is no database at"), "{command:?}: {said}");
        assert!(!data.exists() && !Path::new(copy).exists(), "{command:?}");
    }
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

//! A wrong configuration is told with the key, the value and what is allowed, and the page names every key.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Output},
};

use figment::{
    Figment,
    providers::{Format, Toml},
};
use safehold::config::{self, Flags, Written, WrittenSmtp};
use safehold_core::{
    case::Level,
    settings::{Settings, TargetSetting},
};

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
        (
            "[duties]\nbank_holidays = \"/nowhere/days.json\"",
            "`duties.bank_holidays` is `/nowhere/days.json`; allowed is a file that is there",
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
            "working_days = []",
            "`rules.working_days` is `[]`; allowed is a list with at least one of mon, tue, wed, thu, fri, sat and sun",
        ),
        (
            "bank_holidays = \"wales\"",
            "`rules.bank_holidays` is `wales`; allowed is england-and-wales, scotland, northern-ireland or none",
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
            ("SAFEHOLD_SMTP__USER", "\"12345\""),
            ("SAFEHOLD_RULES__WORKING_DAYS", "[\"mon\", \"tue\"]"),
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

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
    fs::read_to_string(path).unwrap()
}

/// Every key, also those that have no value unless somebody gives one.
fn everything() -> Written {
    let file = || Some("x".into());
    let mut written = Written {
        smtp: Some(WrittenSmtp {
            password_file: file(),
            ca_file: file(),
            ..WrittenSmtp::default()
        }),
        contacts: file(),
        ..Written::default()
    };
    written.duties.rules = file();
    written.duties.bank_holidays = file();
    written.retention.schedule = file();
    written.form.schema = file();
    written.form.words = file();
    let target = TargetSetting {
        opened: String::new(),
        contact: String::new(),
        decision: String::new(),
    };
    written.rules.targets.insert("LEVEL".to_owned(), target);
    written
}

#[test]
fn every_key_is_on_the_page_with_its_built_in_value() {
    let page = page();
    let mut missing = Vec::new();
    keys(
        "",
        &serde_json::to_value(everything()).unwrap(),
        &mut |key, value| {
            let row = page
                .lines()
                .find(|line| line.starts_with(&format!("| `{key}` |")));
            let built_in = match value {
                serde_json::Value::String(text) if text.is_empty() || text == "x" => String::new(),
                serde_json::Value::String(text) => format!("| `{text}` |"),
                serde_json::Value::Array(list) => match list.first().and_then(serde_json::Value::as_str) {
                    Some(first) => format!("| `{first}`"),
                    None => String::new(),
                },
                other => format!("| `{other}`"),
            };
            if row.is_none_or(|row| !row.contains(&built_in)) {
                missing.push(format!("{key} {built_in}"));
            }
        },
    );
    assert!(
        missing.is_empty(),
        "docs/configuration.md lacks a row, or the built-in value, for {missing:?}"
    );
}

#[test]
fn the_example_on_the_page_can_be_used_and_has_every_key() {
    let page = page();
    let example = page.split("```toml\n").nth(1).unwrap();
    let example = example.split("```").next().unwrap();
    let written: Written = Figment::from(Toml::string(example)).extract().unwrap();
    written.rules.check().unwrap();
    let shown = serde_json::to_value(&written).unwrap();
    let mut missing = Vec::new();
    keys("", &serde_json::to_value(everything()).unwrap(), &mut |key, _| {
        let pointer = format!("/{}", key.replace("LEVEL", "high").replace('.', "/"));
        let name = key.rsplit('.').next().unwrap();
        let is_written = example
            .lines()
            .any(|line| line.starts_with(&format!("{name} = ")));
        if shown.pointer(&pointer).is_none() || !is_written {
            missing.push(key.to_owned());
        }
    });
    assert!(missing.is_empty(), "the example lacks {missing:?}");
}

#[test]
fn the_proposed_targets_on_the_page_are_those_of_the_program() {
    let page = page();
    let mut settings = Settings::default();
    let levels = ["immediate", "high", "medium", "low", "good_practice", "advice"];
    for level in levels {
        let row = page
            .lines()
            .rfind(|line| line.starts_with(&format!("| `{level}` |")))
            .unwrap();
        let cells: Vec<_> = row
            .split('|')
            .map(|cell| cell.trim().trim_matches('`').to_owned())
            .collect();
        let [_, _, opened, contact, decision, _] = cells.try_into().unwrap();
        let target = TargetSetting {
            opened,
            contact,
            decision,
        };
        settings.targets.insert(level.to_owned(), target);
    }
    let (shown, built_in) = (settings.check().unwrap(), Settings::default().check().unwrap());
    for level in levels {
        let level = Level::from_key(level).unwrap();
        assert_eq!(shown.targets(level), built_in.targets(level));
    }
}

#[test]
fn every_flag_and_command_is_on_the_page() {
    let page = page();
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_safehold"))
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let (general, audit) = (help(&["--help"]), help(&["audit", "--help"]));
    let flags = general
        .lines()
        .map(str::trim_start)
        .filter_map(|line| line.strip_prefix("--"));
    for flag in flags.filter_map(|line| line.split(' ').next()) {
        assert!(page.contains(&format!("`--{flag}`")), "--{flag}");
    }
    let commands = |help: &str| -> Vec<String> {
        let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let lines = lines
            .take_while(|line| !line.is_empty())
            .filter(|line| !line.starts_with("   "));
        lines
            .filter_map(|line| line.split_whitespace().next())
            .map(str::to_owned)
            .collect()
    };
    let parts = commands(&audit)
        .into_iter()
        .map(|command| format!("audit {command}"));
    let all: Vec<_> = commands(&general).into_iter().chain(parts).collect();
    assert!(all.len() > 10, "{all:?}");
    for command in all
        .iter()
        .filter(|command| !command.ends_with("help") && *command != "audit")
    {
        assert!(page.contains(&format!("`safehold {command}")), "{command}");
    }
}

fn keys(prefix: &str, value: &serde_json::Value, found: &mut impl FnMut(&str, &serde_json::Value)) {
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
        _ => found(prefix, value),
    }
}

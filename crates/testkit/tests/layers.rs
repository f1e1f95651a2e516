//! The folders are the architecture: no crate may use another that ARCHITECTURE.md doesn't let it.
#![cfg(test)]

use std::{collections::BTreeSet, process::Command};

use serde::Deserialize;

/// Each of our crates, those of ours that it may use, and crates from outside that it must never use.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    (
        "core",
        &[],
        &[
            "tokio",
            "futures-util",
            "sqlx",
            "axum",
            "http",
            "lettre",
            "age",
            "hpke",
            "getrandom",
            "argon2",
            "tracing",
        ],
    ),
    (
        "text",
        &["core"],
        &["tokio", "sqlx", "axum", "http", "age", "hpke", "getrandom"],
    ),
    (
        "seal",
        &["core"],
        &["tokio", "sqlx", "axum", "http", "lettre", "tracing"],
    ),
    (
        "store",
        &["core", "seal"],
        &[
            "axum",
            "http",
            "age",
            "age-core",
            "hpke",
            "argon2",
            "chacha20poly1305",
            "lettre",
        ],
    ),
    (
        "documents",
        &["core", "text"],
        &[
            "tokio",
            "sqlx",
            "axum",
            "http",
            "askama",
            "age",
            "hpke",
            "getrandom",
            "lettre",
            "tracing",
        ],
    ),
    (
        "app",
        &["core", "seal", "store", "documents"],
        &[
            "axum", "http", "askama", "sqlx", "lettre", "age", "hpke", "cookie",
        ],
    ),
    ("jobs", &["core", "app", "text"], &["axum", "sqlx", "age", "hpke"]),
    (
        "web",
        &["core", "app", "text"],
        &["sqlx", "age", "hpke", "argon2", "lettre"],
    ),
    (
        "cli",
        &["core", "text", "seal", "store", "documents", "app", "jobs", "web"],
        &["sqlx", "age", "hpke", "lettre"],
    ),
    (
        "testkit",
        &["core", "text", "seal", "store", "app", "jobs", "web"],
        &[],
    ),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// Nothing for an ordinary one, else `dev` or `build`.
    kind: Option<String>,
    path: Option<String>,
}

fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice::<Metadata>(&output.stdout)
        .unwrap()
        .packages
}

/// `safehold-core` is `core`; the program itself is `safehold`, in crates/cli.
fn folder(package: &str) -> &str {
    if package == "safehold" {
        "cli"
    } else {
        package.strip_prefix("safehold-").unwrap_or(package)
    }
}

#[test]
fn no_crate_uses_one_that_it_may_not() {
    let mut wrong = Vec::new();
    for package in packages() {
        let name = folder(&package.name);
        let Some((_, may, never)) = LAYERS.iter().find(|(layer, ..)| *layer == name) else {
            wrong.push(format!(
                "{name} is in no layer: add it to this table and to ARCHITECTURE.md"
            ));
            continue;
        };
        for dependency in &package.dependencies {
            let used = folder(&dependency.name);
            let for_tests = dependency.kind.as_deref() == Some("dev");
            if dependency.path.is_some() {
                let allowed = may.contains(&used) || (for_tests && used == "testkit");
                if !allowed {
                    wrong.push(format!("{name} must not use {used}"));
                }
            } else if !for_tests && never.contains(&used) {
                wrong.push(format!("{name} must never use {used}"));
            } else if !for_tests && used == "tempfile" && name != "testkit" {
                wrong.push(format!("{name} may use tempfile in its tests only"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_layer_has_its_crate() {
    let found = packages();
    let found: BTreeSet<_> = found.iter().map(|package| folder(&package.name)).collect();
    let named: BTreeSet<_> = LAYERS.iter().map(|(layer, ..)| *layer).collect();
    assert_eq!(found, named);
}

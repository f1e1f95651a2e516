//! The pages that say what is done are complete, and name tests that exist: docs/requirements.md, docs/asvs.md,
//! docs/threat-model.md.
#![cfg(test)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Every requirement that was read out of the statement. None may vanish from the page.
const ALL: &str = "
    R0.1 R0.2 R0.3 R0.4 R0.5 R0.6 R0.7 R0.8 R0.9 R0.10 R0.11 R0.12 R0.13 R0.14
    R1.1a R1.1b R1.1c R1.1d R1.2a R1.2b R1.3
    R2.1a R2.1b R2.1c R2.2 R2.3a R2.3b R2.3c R2.3d R2.3e R2.3f R2.4a R2.4b R2.5 R2.5h R2.6
    R3.1a R3.1b R3.1c R3.2a R3.2b R3.2c R3.2d R3.3a R3.3b R3.3c R3.3d R3.3e R3.4a R3.4b R3.4c R3.4d
    R3.5a R3.5b R3.5c R3.5d R3.6a R3.6b R3.6h R3.7a R3.7b R3.8a R3.8b R3.8c R3.8d R3.8h R3.9a R3.9b
    R4.1a R4.1b R4.1c R4.1d
    R4.2a R4.2b R4.2c R4.2d R4.2e R4.2f R4.2g R4.2h R4.2i R4.2j R4.2k R4.2l R4.2m R4.2n
    R4.3a R4.3b R4.3c R4.3d R4.3e R4.3f
    R5.1a R5.1b R5.1c R5.1d R5.2a R5.2b R5.2c R5.2d R5.2e R5.2h
    R6.1a R6.1b R6.1c R6.2a R6.2b R6.2c R6.3a R6.3b R6.3c R6.3d R6.4a R6.4b R6.4c R6.4d
    R6.5a R6.5b R6.5c R6.5d
    RA RB RC RD RE
";

/// Requirements that nothing but people can meet. No other may be marked so.
const OF_PEOPLE: &[&str] = &["R0.14", "R2.5h", "R3.6h", "R3.8h", "R4.2n", "R5.2h"];

struct Row {
    id: String,
    place: String,
    tests: Vec<String>,
    state: String,
    issue: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

fn rows() -> Vec<Row> {
    let page = fs::read_to_string(root().join("docs/requirements.md")).unwrap();
    page.lines()
        .filter(|line| line.starts_with("| R"))
        .map(|line| {
            let cells: Vec<_> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
            let [id, what, place, tests, state, issue] = cells[..] else {
                panic!("six cells are needed: {line}");
            };
            assert!(!what.is_empty(), "{id} says nothing");
            Row {
                id: id.to_owned(),
                place: place.to_owned(),
                tests: tests
                    .split([';', '`'])
                    .map(str::trim)
                    .filter(|test| !matches!(*test, "" | "–" | ","))
                    .map(str::to_owned)
                    .collect(),
                state: state.to_owned(),
                issue: issue.to_owned(),
            }
        })
        .collect()
}

/// Everything in the files of these kinds beneath a folder, without what is built or installed there.
fn read_all(folder: &Path, ending: &str, into: &mut String) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "node_modules" && name != "target" && name != "out" {
                read_all(&path, ending, into);
            }
        } else if name.ends_with(ending) {
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_requirement_is_on_the_page_once() {
    let listed: Vec<_> = rows().into_iter().map(|row| row.id).collect();
    let all: Vec<_> = ALL.split_whitespace().collect();
    let missing: Vec<_> = all
        .iter()
        .filter(|id| !listed.iter().any(|found| found == *id))
        .collect();
    assert!(missing.is_empty(), "missing in docs/requirements.md: {missing:?}");
    let unique: BTreeSet<_> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len(), "one is there twice");
    assert_eq!(
        listed.len(),
        all.len(),
        "one is there that this test doesn't know"
    );
}

/// The sources of all tests.
struct Tests {
    rust: String,
    browser: String,
}

impl Tests {
    fn read() -> Self {
        let mut tests = Self {
            rust: String::new(),
            browser: String::new(),
        };
        read_all(&root().join("crates"), ".rs", &mut tests.rust);
        read_all(&root().join("e2e"), ".mjs", &mut tests.browser);
        tests
    }

    /// Whether there is a test function, or a test of the browser, of this name.
    fn has(&self, name: &str) -> bool {
        self.rust.contains(&format!("fn {name}("))
            || ["'", "\"", "`"]
                .iter()
                .any(|quote| self.browser.contains(&format!("{quote}{name}{quote}")))
    }
}

/// What is set in `code` in a cell.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn what_is_marked_done_names_tests_that_exist() {
    let all = Tests::read();
    let mut wrong = Vec::new();
    for Row {
        id,
        place,
        tests,
        state,
        issue,
    } in rows()
    {
        for test in tests.iter().filter(|test| !all.has(test)) {
            wrong.push(format!("{id}: no test is called {test}"));
        }
        match state.as_str() {
            "done" | "partly" => {
                if tests.is_empty() {
                    wrong.push(format!("{id} is {state} and names no test"));
                }
                if place == "–" {
                    wrong.push(format!("{id} is {state} and names no place"));
                }
            }
            "not yet" => {}
            "people" if OF_PEOPLE.contains(&id.as_str()) => continue,
            _ => wrong.push(format!(
                "{id}: the state is done, partly, not yet or people, and not {state:?}"
            )),
        }
        if issue.parse::<u32>().is_err() {
            wrong.push(format!("{id}: which issue brings it?"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The numbers that a row of docs/asvs.md is about: `6.2.1`, or `6.6.1–6.6.3`.
fn numbers(cell: &str) -> Vec<String> {
    let Some((first, last)) = cell.split_once('–') else {
        return vec![cell.to_owned()];
    };
    let (section, from) = first.rsplit_once('.').unwrap();
    let to = last.strip_prefix(&format!("{section}.")).expect(cell);
    let (from, to): (u32, u32) = (from.parse().unwrap(), to.parse().unwrap());
    (from..=to).map(|number| format!("{section}.{number}")).collect()
}

#[test]
fn the_page_on_asvs_is_complete_and_cites_what_exists() {
    let all: Vec<_> = include_str!("asvs-5.0-level-2.txt").split_whitespace().collect();
    let tests = Tests::read();
    let page = fs::read_to_string(root().join("docs/asvs.md")).unwrap();
    let mut listed = Vec::new();
    let mut wrong = Vec::new();
    for line in page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| No."))
    {
        let cells: Vec<_> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [id, _level, _what, answer, state] = cells[..] else {
            panic!("five cells are needed: {line}")
        };
        listed.extend(numbers(id));
        let cited = || code(answer).any(|name| tests.has(name) || root().join(name).exists());
        match state {
            "met" if !cited() => wrong.push(format!("{id} is met, and names no file or test that exists")),
            "met" | "open" | "differs" | "n/a" => {}
            _ => wrong.push(format!(
                "{id}: the state is met, open, differs or n/a, and not {state:?}"
            )),
        }
    }
    let missing: Vec<_> = all
        .iter()
        .filter(|id| !listed.iter().any(|found| found == *id))
        .collect();
    assert!(missing.is_empty(), "missing in docs/asvs.md: {missing:?}");
    assert_eq!(
        listed.len(),
        all.len(),
        "one is there twice, or isn't in the standard"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_threat_model_names_tests_that_exist() {
    let tests = Tests::read();
    let page = fs::read_to_string(root().join("docs/threat-model.md")).unwrap();
    let (_, threats) = page.split_once("## Threats and controls").unwrap();
    let (threats, _) = threats.split_once("## What is in clear").unwrap();
    let known = ["public page", "body", "file", "wrap", "lock"];
    let wrong: Vec<_> = threats
        .lines()
        .filter_map(|line| line.trim_end_matches('|').rsplit_once('|'))
        .flat_map(|(_, shown_by)| code(shown_by))
        .filter(|name| !known.contains(name) && !tests.has(name) && !root().join(name).exists())
        .collect();
    assert!(wrong.is_empty(), "no such test: {wrong:?}");
}

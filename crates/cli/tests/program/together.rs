//! Two first starts on one empty place at the same moment: both serve the same installation.

use std::{fs, path::Path, thread};

use safehold_testkit::postgres::Postgres;

use crate::{Running, safehold, text, words};

/// Starts a command twice at the same moment.
fn both(command: &str, data: &Path, more: &[&str]) -> [Running; 2] {
    thread::scope(|scope| {
        let other = scope.spawn(|| Running::start(command, data, more));
        let one = Running::start(command, data, more);
        [one, other.join().unwrap()]
    })
}

/// Each serves the page to set it up, and there is one whole key file.
fn serve_the_same(data: &Path, more: &[&str]) {
    let running = both("serve", data, more);
    for program in &running {
        let (_, token) = program.printed.split_once("/setup?token=").expect("a link");
        let page = program.get(&format!("/setup?token={}", token.trim()));
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    }
    let names: Vec<_> = fs::read_dir(data)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("key"))
        .collect();
    assert_eq!(names, ["installation.key"]);
    let mut check = vec!["check"];
    check.extend(more);
    let checked = safehold(data, &check);
    assert!(checked.status.success(), "{}", text(&checked));
}

#[test]
fn two_first_starts_at_once_serve_one_installation() {
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        serve_the_same(folder.path(), &[]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_first_starts_at_once_on_postgres_serve_one_installation() {
    let database = Postgres::fresh().await;
    let folder = tempfile::tempdir().unwrap();
    serve_the_same(folder.path(), &["--database", database.url()]);
}

#[test]
fn two_demonstrations_that_start_at_once_show_the_same_people() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = both("demo", folder.path(), &[]);
    let what = "a report that nobody has opened yet";
    assert_eq!(words(&one.printed, what), words(&other.printed, what));
    for program in [&one, &other] {
        assert!(program.get("/ask").contains("01632 960101"));
    }
}

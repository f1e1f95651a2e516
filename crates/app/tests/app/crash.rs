//! A process that is killed while people send reports loses none that it acknowledged.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use safehold_app::{
    App,
    report::{self, Visit},
};
use safehold_testkit::app::{CONCERN, TestApp};

use crate::looks::opened;

const URL: &str = "SAFEHOLD_TEST_APP_CRASH_URL";
const KEYS: &str = "SAFEHOLD_TEST_APP_CRASH_KEYS";
const ENOUGH: usize = 60;

#[tokio::test]
async fn a_killed_process_loses_no_report_that_it_acknowledged() {
    let mut test = TestApp::sqlite().await;
    let [lead, ..] = test.usual_team().await;
    test.app.store().quiesce().await;
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::the_process_that_is_killed", "--nocapture"])
        .env(URL, &test.url)
        .env(KEYS, test.keys_text())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let Ok(line) = line else { break };
        // A line that was cut by the kill is no acknowledgement.
        let Some(case) = line
            .strip_prefix("acknowledged ")
            .and_then(|rest| rest.strip_suffix('.'))
        else {
            continue;
        };
        acknowledged.push(case.parse().unwrap());
        if acknowledged.len() == ENOUGH {
            // SIGKILL: nothing in it can end in order.
            child.kill().unwrap();
        }
    }
    let status = child.wait().unwrap();
    assert!(!status.success(), "it was not killed in the midst of it");
    assert!(acknowledged.len() >= ENOUGH);

    let app = test.again().await;
    let there = cases(&app, &lead).await;
    for case in &acknowledged {
        assert!(there.contains(case), "{case} was acknowledged and is lost");
    }
    // What was under way is there wholly or not at all.
    for case in &there {
        let begun = safehold_app::desk::open(&app, &lead, *case).await;
        assert!(begun.is_ok(), "{case} does not open");
    }
    let version = safehold_app::desk::find(&app, &lead, acknowledged[0])
        .await
        .unwrap()
        .version;
    let record = safehold_testkit::app::owned(&[("no_conflict", "yes")]);
    let begin = safehold_core::case::Action::Begin;
    safehold_app::desk::act(&app, &lead, acknowledged[0], begin, &record, version)
        .await
        .unwrap();
    let case = opened(&app, &lead, acknowledged[0]).await;
    assert!(case.report.answers.get("what_happened").is_some());
    let checked = safehold_app::trace::verify(&app).await.unwrap();
    assert!(
        matches!(
            checked,
            safehold_app::trace::Checked::Entries(safehold_store::trace::Verification::Whole { .. })
        ),
        "{checked:?}"
    );
}

async fn cases(app: &App, lead: &safehold_app::desk::Reader) -> Vec<safehold_core::id::CaseId> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let filter = safehold_app::desk::CaseFilter::default();
        let page = safehold_app::desk::list(app, lead, &filter, after, 200)
            .await
            .unwrap();
        all.extend(page.cases.iter().map(|line| line.id));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Not a test of its own: what the test above starts as another process, and kills.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed() {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test above hands over its database like this"
    )]
    let (Ok(url), Ok(keys)) = (std::env::var(URL), std::env::var(KEYS)) else {
        return;
    };
    let test = TestApp::with_keys(&url, &keys).await;
    let answers = test.answers(CONCERN).await;
    let senders: Vec<_> = (0..8)
        .map(|_| {
            let (app, answers) = (test.app.clone(), answers.clone());
            tokio::spawn(async move {
                for _ in 0..125 {
                    let visit = Visit::begin();
                    let answers = answers.clone();
                    report::change(&app, &visit, move |draft| draft.answers = answers.clone())
                        .await
                        .unwrap();
                    let sent = report::submit(&app, &visit).await.unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "acknowledged {}.", sent.case).unwrap();
                    out.flush().unwrap();
                }
            })
        })
        .collect();
    for sender in senders {
        sender.await.unwrap();
    }
}

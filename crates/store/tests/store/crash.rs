//! A process that is killed loses nothing that it acknowledged.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use safehold_core::recipients::Standing;
use safehold_store::{Conn, StoreError, cases, reports, trace, visits, wraps, wraps::Holder};

use crate::{
    database::{Database, on_both, open},
    rows::*,
};

const URL: &str = "SAFEHOLD_TEST_CRASH_URL";
const WRITES: u32 = 1_000;

on_both![a_killed_process_loses_nothing_it_acknowledged,];

async fn a_killed_process_loses_nothing_it_acknowledged(db: Database) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::the_process_that_is_killed", "--nocapture"])
        .env(URL, &db.url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut acknowledged = vec![];
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let Ok(line) = line else { break };
        // A line that was cut by the kill is no acknowledgement.
        let Some(number) = line
            .strip_prefix("acknowledged ")
            .and_then(|rest| rest.strip_suffix('.'))
        else {
            continue;
        };
        acknowledged.push(number.parse::<u32>().unwrap());
        if acknowledged.len() == 500 {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(
        acknowledged.len() >= 500,
        "only {} were acknowledged",
        acknowledged.len()
    );

    let again = open(&db.url).await;
    let mut conn = again.read().await.unwrap();
    for number in &acknowledged {
        assert!(
            is_whole(&mut conn, *number).await,
            "{number} was acknowledged and is lost"
        );
    }
    // What was under way is there wholly or not at all.
    let mut kept = 0;
    for number in 0..WRITES {
        if visits::find(&mut conn, visit_id(number)).await.unwrap().is_some() {
            assert!(is_whole(&mut conn, number).await, "{number} is there by half");
            kept += 1;
        }
    }
    let whole = trace::verify(&mut conn).await.unwrap();
    assert!(
        matches!(whole, trace::Verification::Whole { size, .. } if size == kept),
        "{whole:?}, {kept}"
    );
    drop(conn);
    again.quiesce().await;
}

async fn is_whole(conn: &mut Conn, number: u32) -> bool {
    let visit = visits::find(conn, visit_id(number)).await.unwrap();
    visit.is_some_and(|visit| visit.case_id == Some(case_id(number)))
        && reports::find(conn, case_id(number)).await.unwrap().is_some()
        && wraps::list(conn, case_id(number), 1).await.unwrap().len() == 2
}

/// Run by the test above in a process of its own; by itself it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed() {
    #[expect(
        clippy::disallowed_methods,
        reason = "how the test tells its own child what to do"
    )]
    let Ok(url) = std::env::var(URL) else { return };
    let store = open(&url).await;
    let writers = (0..32).map(|writer| {
        let store = store.clone();
        tokio::spawn(async move {
            for number in (writer..WRITES).step_by(32) {
                store.write(move |tx| Box::pin(submit(tx, number))).await.unwrap();
                let line = format!("acknowledged {number}.\n");
                std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
}

async fn submit(tx: &mut safehold_store::Tx, number: u32) -> Result<(), StoreError> {
    visits::add(tx, &visit(number)).await?;
    cases::add(tx, &case(number)).await?;
    reports::add(tx, &report(number)).await?;
    let wraps = [
        wrap(number, Holder::Recovery, Standing::Standby),
        wrap(number, Holder::Reporter, Standing::Active),
    ];
    wraps::add_all(tx, &wraps).await?;
    trace::append(tx, at(0), Some(case_id(number)), "received").await?;
    visits::submit(tx, visit_id(number), 1, case_id(number), at(1)).await
}

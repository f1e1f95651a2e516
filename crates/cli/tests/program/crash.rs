//! kill -9 while people send reports: none that was acknowledged is lost, and each opens with its words and at the
//! desk.

use std::{
    collections::BTreeMap,
    net::Ipv4Addr,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use safehold::wiring;
use safehold_app::{
    App,
    desk::{self, CaseFilter, CaseOpened, Reader},
    follow, report,
};
use safehold_core::{case::Action, form::Answers, id::CaseId};
use safehold_seal::LockParams;
use safehold_testkit::{
    browser::{Browser, Reads},
    postgres::Postgres,
};
use tokio::task::JoinSet;

use crate::{Running, config_on, safehold, signed_in, text};

/// So many people report at the same time.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn a_program_killed_amid_a_thousand_reports_loses_none_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    killed_amid(folder.path(), None, 1_000, 300).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_on_postgres_killed_amid_reports_loses_none_that_it_acknowledged() {
    let database = Postgres::fresh().await;
    let folder = tempfile::tempdir().unwrap();
    killed_amid(folder.path(), Some(database.url()), 200, 60).await;
}

/// A report that the program said it has.
struct Acknowledged {
    account: String,
    words: String,
    cookie: String,
}

/// Begins so many reports, and kills the program when it has acknowledged enough of them.
async fn killed_amid(folder: &Path, database: Option<&str>, all: usize, enough: usize) {
    let more: Vec<&str> = database.into_iter().flat_map(|url| ["--database", url]).collect();
    let mut running = Running::start("demo", folder, &more);
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let begun = Arc::new(AtomicUsize::new(0));
    let mut people = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (acknowledged, begun) = (Arc::clone(&acknowledged), Arc::clone(&begun));
        let address = running.address().to_owned();
        people.spawn(async move {
            loop {
                let number = begun.fetch_add(1, Ordering::Relaxed);
                if number >= all {
                    return;
                }
                // Once the program is gone, nobody gets an answer.
                let Ok(report) = reported(&address, number).await else {
                    return;
                };
                acknowledged.lock().unwrap().push(report);
            }
        });
    }
    let count = || acknowledged.lock().unwrap().len();
    while count() < enough && !people.is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    running.signal("-KILL");
    people.join_all().await;
    assert!(count() >= enough, "only {} were acknowledged", count());
    assert!(
        begun.load(Ordering::Relaxed) < all,
        "it was not killed in the midst of it"
    );
    let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());

    // It starts again by itself, and for the person nothing has happened.
    let mut again = Running::start("demo", folder, &more);
    for report in acknowledged.iter().rev().take(10) {
        let mut browser = Browser::new(again.address());
        let came = browser
            .post("/return", &[("words", &report.words)])
            .await
            .unwrap();
        assert_eq!(came.to().unwrap(), "/follow");
        assert!(
            browser
                .get("/follow/answers")
                .await
                .unwrap()
                .body
                .contains(&report.account)
        );
        let mut kept = Browser::new(again.address()).with("Cookie", &report.cookie);
        assert!(
            kept.get("/follow/answers")
                .await
                .unwrap()
                .body
                .contains(&report.account)
        );
    }
    let printed = again.printed.clone();
    again.signal("-TERM");
    let mut check = vec!["check"];
    check.extend(&more);
    let checked = safehold(folder, &check);
    assert!(
        checked.status.success() && text(&checked).contains("trace: whole"),
        "{}",
        text(&checked)
    );

    let program = wiring::program(&config_on(folder, database), LockParams::weak_for_tests())
        .await
        .unwrap();
    all_are_there(&program.app, &printed, &acknowledged).await;
    program.app.store().quiesce().await;
}

/// Somebody writes, takes their words and sends.
async fn reported(address: &str, number: usize) -> std::io::Result<Acknowledged> {
    let account = format!("What happened to number {number} of many.");
    // Each from a place of their own: the pace of one place is not what is looked at here.
    let [high, low] = u16::try_from(number).unwrap().to_be_bytes();
    let from = Ipv4Addr::new(127, 91, high, low);
    let mut browser = Browser::new(address).from(from.into());
    browser.write(&account, Reads::Nothing).await?;
    let words = browser.words().await?;
    browser.press_send().await?;
    Ok(Acknowledged {
        account,
        words,
        cookie: browser.cookie().unwrap_or_default().to_owned(),
    })
}

/// Each opens with its words, and each is read at the desk. What was under way is there wholly or not at all.
async fn all_are_there(app: &App, printed: &str, acknowledged: &[Acknowledged]) {
    let lead = Arc::new(signed_in(app, printed, "marisol@riverbank.example").await);
    let desk = on_the_desk(app, &lead).await;
    for case in desk.values() {
        let opened = desk::open(app, &lead, *case).await;
        assert!(opened.is_ok(), "a case does not open");
    }
    let mut checks = JoinSet::new();
    for report in acknowledged {
        let (app, lead) = (app.clone(), Arc::clone(&lead));
        let (account, words) = (report.account.clone(), report.words.clone());
        let desk = desk.clone();
        checks.spawn(async move {
            let visit = report::come_back(&app, &words).await.expect(&account);
            let followed = follow::open(&app, &visit).await.unwrap().expect(&account);
            assert_eq!(told(&followed.report.answers), Some(account.as_str()));
            let case = *desk.get(&followed.reference.to_string()).expect(&account);
            let version = desk::find(&app, &lead, case).await.unwrap().version;
            let begin = [("no_conflict".to_owned(), "yes".to_owned())];
            desk::act(&app, &lead, case, Action::Begin, &begin, version)
                .await
                .expect(&account);
            match desk::open(&app, &lead, case).await.unwrap() {
                CaseOpened::Full(opened) => assert_eq!(told(&opened.report.answers), Some(account.as_str())),
                CaseOpened::Before(_) => unreachable!("it was begun with"),
            }
        });
    }
    // A check that panicked makes this panic too.
    checks.join_all().await;
}

fn told(answers: &Answers) -> Option<&str> {
    answers.get("what_happened")?.text()
}

/// Every case of this reader, by its number.
async fn on_the_desk(app: &App, reader: &Reader) -> BTreeMap<String, CaseId> {
    let mut all = BTreeMap::new();
    let mut after = None;
    loop {
        let page = desk::list(app, reader, &CaseFilter::default(), after, 200)
            .await
            .unwrap();
        all.extend(
            page.cases
                .iter()
                .map(|line| (line.reference.to_string(), line.id)),
        );
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

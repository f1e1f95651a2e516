//! Many requests at once at the real program: nobody who reports is turned away, memory stays bounded, and nothing
//! of an address is stored or logged.

use std::{fs, net::IpAddr, path::Path};

use safehold_testkit::{
    browser::Browser,
    flood::{Flood, Source},
};
use tokio::{net::TcpSocket, task::JoinSet};

use crate::Running;

/// So many connections make the flood.
const CONNECTIONS: usize = 96;
/// Where the flood comes from, and where the person does. Nothing else here has an address like these.
const FLOOD: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 73, 2, 201));
const PERSON: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 81, 3, 202));
/// In KiB, in a build for tests: what a program that holds each request of a flood would soon be beyond.
const MOST_MEMORY: u64 = 300 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn thirty_people_behind_one_address_report_at_once_and_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start("demo", folder.path(), &[]);
    let mut people = JoinSet::new();
    for number in 0..30 {
        let address = running.address().to_owned();
        people.spawn(async move {
            let mut browser = Browser::new(&address).from(PERSON);
            let sent = browser.report(&format!("What number {number} saw.")).await;
            sent.unwrap()
        });
    }
    let sent = people.join_all().await;
    assert_eq!(sent.len(), 30);
    for report in sent {
        let mut elsewhere = Browser::new(running.address()).from(PERSON);
        let came = elsewhere
            .post("/return", &[("words", &report.words)])
            .await
            .unwrap();
        assert_eq!(came.to().unwrap(), "/follow");
        let page = elsewhere.get("/follow").await.unwrap();
        assert!(page.body.contains(&report.number), "{}", report.number);
    }
    nothing_of_an_address(folder.path());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_report_goes_through_a_flood_from_one_address() {
    through(Source::One(FLOOD), false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_report_goes_through_a_flood_from_many_addresses() {
    through(Source::Many(200), false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_report_goes_through_a_flood_that_makes_addresses_up() {
    through(Source::Forwarded(FLOOD), false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_report_goes_through_a_flood_that_comes_by_a_proxy() {
    through(Source::Forwarded(FLOOD), true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_connections_from_one_address_keep_nobody_outside() {
    let folder = tempfile::tempdir().unwrap();
    // Fewer than somebody opens who wants to keep everybody else outside.
    let running = Running::start_with_files(300, "demo", folder.path());
    let mut silent = Vec::new();
    for _ in 0..600 {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((FLOOD, 0).into()).unwrap();
        let connection = socket.connect(running.address().parse().unwrap()).await;
        silent.push(connection.unwrap());
    }
    let mut browser = Browser::new(running.address()).from(PERSON);
    let sent = browser.report("What an honest person saw.").await.unwrap();
    assert!(!sent.number.is_empty());
    drop(silent);
}

/// While a flood goes on, somebody elsewhere reports, and somebody comes back with words.
async fn through(source: Source, behind_proxy: bool) {
    let folder = tempfile::tempdir().unwrap();
    let environment = [
        (
            "SAFEHOLD_BEHIND_PROXY",
            if behind_proxy { "true" } else { "false" },
        ),
        ("SAFEHOLD_LOG", "debug"),
    ];
    let running = Running::start_in("demo", folder.path(), &[], &environment);
    let flood = Flood::start(running.address(), source, CONNECTIONS);
    while flood.counts().answered < 50 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let person = || {
        let browser = Browser::new(running.address());
        if behind_proxy {
            // The proxy is where the flood comes from, too; it adds who came to it.
            browser
                .from(FLOOD)
                .with("X-Forwarded-For", "10.0.0.1, 203.0.113.202")
        } else {
            browser.from(PERSON)
        }
    };
    let sent = person().report("What an honest person saw.").await.unwrap();
    let mut again = person();
    let came = again.post("/return", &[("words", &sent.words)]).await.unwrap();
    assert_eq!(came.to().unwrap(), "/follow");
    let page = again.get("/follow").await.unwrap();
    assert!(page.body.contains(&sent.number));
    let counts = flood.stop().await;
    assert!(counts.answered > 50, "there was no flood: {counts:?}");
    let memory = memory(running.id());
    assert!(memory < MOST_MEMORY, "{memory} KiB: {counts:?}");
    nothing_of_an_address(folder.path());
}

/// The most memory that a process has had, in KiB.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Neither in the database and its log of changes, nor in what the program logs.
fn nothing_of_an_address(data: &Path) {
    let mut searched = Vec::new();
    for entry in fs::read_dir(data).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).to_lowercase();
        for part in [
            "127.73.",
            "127.81.",
            "198.51.",
            "203.0.113.",
            "10.0.0.1",
            "7f4902c9",
            "7f5103ca",
            "cb0071ca",
        ] {
            assert!(!text.contains(part), "{part} is in {name}");
        }
        searched.push(name);
    }
    for name in ["safehold.db", "safehold.db-wal", "program.log"] {
        assert!(searched.iter().any(|found| found == name), "{searched:?}");
    }
}

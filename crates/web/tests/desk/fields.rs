//! What each role sees of a case: the table in docs/access.md, tried by real requests.

use std::{collections::BTreeMap, fs};

use safehold_core::roster::Role;

use crate::{
    app::{HARM, TestSite, Visitor, new_site},
    retention::{id_of, step},
    team::{first_case, join, lead},
};

/// The columns of the table, each with what is looked for.
const THINGS: [(&str, &str); 8] = [
    ("that it is there", "Case "),
    ("name", "MARKname"),
    ("account", "MARKaccount"),
    ("reporter's message", "MARKmessage"),
    ("our message", "MARKanswer"),
    ("reason for the level", "MARKlevel"),
    ("note", "MARKnote"),
    ("who reads it", "MARKshare"),
];

/// The rows of the table: who sees what.
fn documented() -> BTreeMap<String, Vec<bool>> {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.md")).unwrap();
    let (_, table) = page.split_once("## What each role sees of a case").unwrap();
    let rows = table.lines().filter(|line| line.starts_with('|'));
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    let mut rows = rows.map(cells);
    let heading = rows.next().unwrap();
    let things: Vec<_> = THINGS.iter().map(|(thing, _)| (*thing).to_owned()).collect();
    assert_eq!(heading[1..], things, "the columns of the table");
    rows.skip(1)
        .map(|mut row| {
            let who = row.remove(0);
            let sees = row
                .iter()
                .map(|cell| {
                    assert!(["yes", "–"].contains(&cell.as_str()), "{who}: {cell}");
                    cell == "yes"
                })
                .collect();
            (who, sees)
        })
        .collect()
}

/// Which of the things are on any page of the case that somebody can ask for.
async fn sees(visitor: &mut Visitor, pages: &[String]) -> Vec<bool> {
    let mut all = String::new();
    for page in pages {
        let answer = visitor.get(page).await;
        if answer.status.is_success() {
            all.push_str(answer.main());
        }
    }
    THINGS.iter().map(|(_, mark)| all.contains(mark)).collect()
}

async fn reported(site: &TestSite) -> Visitor {
    let mut visitor = site.visitor();
    let pages: Vec<(&str, &[(&str, &str)])> = HARM
        .iter()
        .map(|(page, fields)| match *page {
            "your_name" => (*page, &[("name", "MARKname")][..]),
            "what_happened" => (*page, &[("what_happened", "MARKaccount")][..]),
            _ => (*page, *fields),
        })
        .collect();
    visitor.go_through(&pages).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    visitor
}

#[tokio::test]
async fn each_role_sees_of_a_case_what_the_table_says() {
    let site = new_site().await;
    let mut reporter = reported(&site).await;
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    let pages: Vec<String> = [
        "",
        "/keep",
        "/record",
        "/chronology",
        "/duties",
        "/write",
        "/do/note",
    ]
    .iter()
    .map(|path| format!("{case}{path}"))
    .collect();
    let mut found = BTreeMap::new();
    let before = sees(&mut desk, &pages[..1]).await;
    found.insert(
        "Lead, before declaring that there is no conflict".to_owned(),
        before,
    );

    let version = desk.get(&case).await.hidden("version");
    let begin = [("version", version.as_str()), ("no_conflict", "yes")];
    desk.post(&format!("{case}/do/begin"), &begin).await.to();
    let take_on = [
        ("level", "medium"),
        ("level_reason", "MARKlevel"),
        ("wishes", "x"),
        ("consent", "x"),
        ("safe_now", "safe"),
    ];
    step(&mut desk, &format!("{case}/do/take_on"), &take_on)
        .await
        .to();
    step(&mut desk, &format!("{case}/do/note"), &[("note", "MARKnote")])
        .await
        .to();
    let message = desk.get(&format!("{case}/write")).await.hidden("message");
    let fields = [("message", message.as_str()), ("text", "MARKanswer")];
    desk.post_files(&format!("{case}/write"), &fields, &[]).await.to();
    let message = reporter.get("/follow/message").await.hidden("message");
    let fields = [("message", message.as_str()), ("text", "MARKmessage")];
    reporter.post_files("/follow/message", &fields, &[]).await.to();
    let mut helper = join(&site, Role::Caseworker, "Cas Worker", 2).await;
    let share = [
        ("who", id_of(&site, "Cas Worker").await),
        ("why", "MARKshare".to_owned()),
    ];
    let share: Vec<_> = share
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    step(&mut desk, &format!("{case}/share"), &share).await.to();

    found.insert(
        "Lead or alternate who has it".to_owned(),
        sees(&mut desk, &pages).await,
    );
    found.insert(
        "Caseworker with whom it is shared".to_owned(),
        sees(&mut helper, &pages).await,
    );
    let others = [
        (Role::Alternate, "Alt Ernate", "Lead or alternate who has it not"),
        (
            Role::Sponsor,
            "Spo Nsor",
            "Sponsor, or independent recipient, who has it not",
        ),
        (Role::University, "Uni Vale", "University, who has it not"),
        (
            Role::Caseworker,
            "Cas Other",
            "Caseworker with whom it is not shared",
        ),
        (Role::Administrator, "Ada Min", "Administrator"),
    ];
    for (index, (role, name, row)) in others.into_iter().enumerate() {
        let mut visitor = join(&site, role, name, 3 + index).await;
        let mut all = pages.clone();
        all.extend([
            "/desk".to_owned(),
            "/desk/retention".to_owned(),
            "/desk/team".to_owned(),
        ]);
        found.insert(row.to_owned(), sees(&mut visitor, &all).await);
    }
    let own = ["/follow".to_owned(), "/follow/answers".to_owned()];
    found.insert(
        "The person who told us, with their words".to_owned(),
        sees(&mut reporter, &own).await,
    );
    found.insert("Anybody else".to_owned(), sees(&mut site.visitor(), &pages).await);
    assert_eq!(found, documented());
}

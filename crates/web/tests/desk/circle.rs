//! Who can read a case, and that for everybody else it does not exist.

use axum::http::StatusCode;
use safehold_core::roster::Role;

use crate::{
    app::{Answer, TestSite, Visitor, new_site},
    team::{first_case, join, lead, opened, report},
};

/// Every address of a case, each with whether it is posted to.
fn addresses(case: &str, file: &str) -> Vec<(bool, String)> {
    let mut all = Vec::new();
    for path in [
        "",
        "/write",
        "/share",
        "/exclude",
        "/conflict",
        "/do/note",
        "/do/begin",
    ] {
        all.push((false, format!("{case}{path}")));
        if !path.is_empty() {
            all.push((true, format!("{case}{path}")));
        }
    }
    for path in ["", "/show", "/original"] {
        all.push((false, format!("{case}/file/{file}{path}")));
    }
    all.push((true, format!("{case}/file/{file}/original")));
    all
}

async fn ask(desk: &mut Visitor, posts: bool, path: &str) -> Answer {
    if !posts {
        return desk.get(path).await;
    }
    let fields = [("version", "1"), ("note", "x"), ("why", "x"), ("text", "x")];
    desk.post(path, &fields).await
}

/// All that an answer tells: status, headers and page.
fn all(answer: &Answer) -> (StatusCode, Vec<String>, String) {
    let headers = answer.headers.iter().map(|header| format!("{header:?}"));
    (answer.status, headers.collect(), answer.body.clone())
}

/// Each address of the case is answered as one that nobody has, after the same work at the database.
async fn sees_nothing(site: &TestSite, desk: &mut Visitor, case: &str) {
    let random = "/desk/case/00000000000040008000000000000000";
    let file = "11111111111141118111111111111111";
    for ((posts, real), (_, other)) in addresses(case, file).iter().zip(addresses(random, file)) {
        let begun = site.app.store().statements();
        let mine = ask(desk, *posts, real).await;
        let between = site.app.store().statements();
        let none = ask(desk, *posts, &other).await;
        let ended = site.app.store().statements();
        assert_eq!(mine.status, StatusCode::NOT_FOUND, "{real}: {}", mine.main());
        assert_eq!(all(&mine), all(&none), "{real}");
        assert_eq!(between - begun, ended - between, "{real}");
    }
    desk.get("/desk").await.lacks(case);
}

async fn one_case() -> (TestSite, Visitor, String) {
    let site = new_site().await;
    let (desk, case) = opened(&site).await;
    (site, desk, case)
}

#[tokio::test]
async fn a_case_of_others_is_like_one_that_never_was() {
    let (site, _, case) = one_case().await;
    let mut caseworker = join(&site, Role::University, "Noor Vale", 2).await;
    sees_nothing(&site, &mut caseworker, &case).await;
}

#[tokio::test]
async fn sharing_opens_a_case_and_excluding_ends_it_as_if_it_never_was() {
    let (site, mut desk, case) = one_case().await;
    let mut noor = join(&site, Role::University, "Noor Vale", 2).await;
    let form = desk.get(&format!("{case}/share")).await;
    let (before, _) = form.body.split_once("Noor Vale").unwrap();
    let id = before
        .rsplit("value=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();

    let empty = desk
        .post(&format!("{case}/share"), &[("why", "Please help")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.has("Choose somebody").has("Please help");
    desk.post(&format!("{case}/share"), &[("who", &id), ("why", "Please help")])
        .await
        .to();
    noor.get(&case).await.has("They shouted at me").has("Please help");

    let kept = desk.post(&format!("{case}/exclude"), &[("who", &id)]).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    kept.has("Write a reason").has("checked");
    desk.post(&format!("{case}/exclude"), &[("who", &id), ("why", "A friend")])
        .await
        .to();
    sees_nothing(&site, &mut noor, &case).await;
    desk.get(&case).await.has("Somebody was excluded");
}

#[tokio::test]
async fn a_lead_with_a_conflict_lets_go_and_the_next_takes_over() {
    let site = new_site().await;
    report(&site).await;
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    desk.get(&format!("{case}/conflict"))
        .await
        .has("Thank you for saying so");
    let to = desk
        .post(&format!("{case}/conflict"), &[("why", "My neighbour")])
        .await
        .to()
        .to_owned();
    assert_eq!(to, "/desk?done=conflict");
    desk.get(&to).await.has("not on your desk any more");
    sees_nothing(&site, &mut desk, &case).await;
}

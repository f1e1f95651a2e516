//! `/desk/search`.

use axum::http::StatusCode;
use safehold_core::roster::Role;

use crate::{
    app::{Answer, TestSite, Visitor, new_site},
    team::{first_case, join, lead, opened, report},
};

/// Searches as the form does, and looks at what was found once everything is looked through.
async fn search(desk: &mut Visitor, fields: &[(&str, &str)]) -> Answer {
    let to = desk.post("/desk/search", fields).await.to().to_owned();
    loop {
        let page = desk.get(&to).await;
        assert_eq!(page.status, StatusCode::OK);
        if !page.body.contains("Looked through") {
            return page;
        }
    }
}

async fn with_case() -> (TestSite, Visitor, String) {
    let site = new_site().await;
    let (desk, case) = opened(&site).await;
    (site, desk, case)
}

#[tokio::test]
async fn what_was_looked_for_is_shown_marked_and_stands_in_no_address() {
    let (_site, mut desk, case) = with_case().await;
    desk.get("/desk").await.has("href=\"/desk/search\"");
    desk.get("/desk/search")
        .await
        .has("Search your cases")
        .has("What happens when you search")
        .lacks("[search-")
        .lacks("{$");
    let sent = desk.post("/desk/search", &[("q", "shouting")]).await;
    assert_eq!(sent.to(), "/desk/search?n=1");
    search(&mut desk, &[("q", "shouting")])
        .await
        .has("1 case found")
        .has("<mark>shouted</mark>")
        .has(&format!("href=\"{case}\""))
        .has("In the report: ")
        .has("value=\"shouting\"")
        .lacks("[search-")
        .lacks("[q-");
    // Back in the list of searches of this session.
    desk.get("/desk/search?n=1").await.has("<mark>shouted</mark>");
}

#[tokio::test]
async fn a_search_without_words_says_so_and_keeps_what_was_typed() {
    let (_site, mut desk, _) = with_case().await;
    let long = "heron ".repeat(50);
    for (typed, message) in [
        ("  ", "Type what you are looking for."),
        ("?!", "Type at least one letter or digit."),
        (long.as_str(), "Use at most 200 letters and signs."),
    ] {
        let answer = desk
            .post(
                "/desk/search",
                &[("q", typed), ("only", "person"), ("order", "newest")],
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer
            .has(message)
            .has("href=\"#f-q\"")
            .has(&format!("value=\"{typed}\""))
            .has("<option value=\"person\" selected>")
            .has("<option value=\"newest\" selected>");
    }
    // What narrows and is not known narrows nothing.
    search(
        &mut desk,
        &[("q", "shouted"), ("only", "x"), ("level", "x"), ("which", "x")],
    )
    .await
    .has("1 case found");
}

#[tokio::test]
async fn where_nothing_is_found_it_says_what_to_try() {
    let (_site, mut desk, _) = with_case().await;
    search(&mut desk, &[("q", "shuoted")])
        .await
        .has("No case found")
        .has("Did you mean one of these?")
        .has("name=\"q\" value=\"shouted\"")
        .has("another spelling");
    search(&mut desk, &[("q", "shouted"), ("which", "closed")])
        .await
        .has("No case found")
        .has("<option value=\"closed\" selected>");
    desk.get("/desk/search?n=77")
        .await
        .has("That search is no longer kept");
}

#[tokio::test]
async fn a_search_is_kept_for_the_session_that_made_it_alone() {
    let (site, mut desk, _) = with_case().await;
    search(&mut desk, &[("q", "shouted")]).await.has("<mark>");
    let mut other = lead(&site, 2).await;
    other
        .get("/desk/search?n=1")
        .await
        .has("That search is no longer kept")
        .lacks("shouted");
    let token = desk.get("/desk/search").await.hidden("csrf");
    desk.post("/desk/sign-out", &[("csrf", &token)]).await;
    let ended = desk.get("/desk/search?n=1").await;
    assert!(ended.to().starts_with("/desk/sign-in"));
    let mut again = lead(&site, 3).await;
    again.get("/desk/search?n=1").await.lacks("shouted");
}

#[tokio::test]
async fn whoever_may_not_open_a_case_finds_nothing_of_it() {
    let (site, _desk, _) = with_case().await;
    let mut caseworker = join(&site, Role::Caseworker, "Cas Worker", 2).await;
    search(&mut caseworker, &[("q", "shouted")])
        .await
        .has("No case found")
        .lacks("<mark>")
        .lacks("not in this")
        .lacks("Did you mean");
    let mut keeper = join(&site, Role::Administrator, "Ada Min", 3).await;
    let refused = keeper.get("/desk/search").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let refused = keeper.post("/desk/search", &[("q", "shouted")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_case_that_nobody_has_begun_with_is_counted_and_not_shown() {
    let site = new_site().await;
    report(&site).await;
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    search(&mut desk, &[("q", "shouted")])
        .await
        .has("No case found")
        .has("1 new case is not in this")
        .lacks(&case);
}

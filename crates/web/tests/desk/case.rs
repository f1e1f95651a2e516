//! `/desk/case/{id}`.

use axum::http::StatusCode;

use crate::{
    app::new_site,
    team::{first_case, lead, opened, report},
};

#[tokio::test]
async fn a_new_report_shows_names_and_nothing_else_until_a_conflict_is_ruled_out() {
    let site = new_site().await;
    report(&site).await;
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    let page = desk.get(&case).await;
    page.has("Before you open it")
        .has("<li>Ash</li>")
        .has("I have no conflict")
        .has("I have a conflict")
        .lacks("They shouted at me");
    let refused = desk.get(&format!("{case}/do/note")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.lacks("They shouted at me");
}

#[tokio::test]
async fn what_the_person_wants_comes_before_the_account_and_all_else() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let page = desk.get(&case).await;
    let mut at = 0;
    for part in [
        "id=\"danger\"",
        "id=\"wishes\"",
        "id=\"must-not\"",
        "id=\"consent\"",
        "id=\"contact\"",
        "id=\"access\"",
        "id=\"fear\"",
        "id=\"safe\"",
        "id=\"account\"",
        "They shouted at me.",
        "id=\"answers\"",
        "id=\"messages\"",
        "id=\"history\"",
        "id=\"readers\"",
        "id=\"trace\"",
        "id=\"actions\"",
    ] {
        let found = page.body[at..].find(part);
        at += found.unwrap_or_else(|| panic!("{part} is not where it belongs"));
    }
    assert!(!page.body.contains("[desk-"), "a word is missing");
    page.lacks("{$")
        .has("Opened, with no conflict")
        .has("Marisol Penhale");
    assert!(page.body.contains("<title>Work - "), "the tab is neutral");
}

#[tokio::test]
async fn the_list_says_where_each_case_stands() {
    let site = new_site().await;
    let (mut desk, _) = opened(&site).await;
    desk.get("/desk")
        .await
        .has("Being looked at")
        .has("With Marisol Penhale")
        .has("1 case");
    desk.get("/desk?show=mine").await.has("1 case");
    desk.get("/desk?show=closed")
        .await
        .has("Nothing is waiting here")
        .lacks("/desk/case/");
    site.wait_days(9);
    let mut desk = lead(&site, 2).await;
    desk.get("/desk")
        .await
        .has("Late.<")
        .has("Write to the reporter: was due");
    let broken = desk.get("/desk?after=nonsense").await;
    assert_eq!(broken.status, StatusCode::OK);
}

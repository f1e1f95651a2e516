//! Stopping with words, and deleting what was written.

use axum::http::StatusCode;

use crate::app::{HARM, new_site};

#[tokio::test]
async fn stopping_keeps_the_page_and_gives_words() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..8]).await;
    let answer = visitor
        .answer(
            "what_happened",
            &[("what_happened", "Half a sentence"), ("go", "stop")],
        )
        .await;
    assert_eq!(answer.to(), "/report/words");
    let page = visitor.get("/report/words").await;
    page.has("until 8 December 2026").has("It has not been sent.");
    let words = page
        .body
        .split_once("translate=\"no\">")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0
        .trim()
        .to_owned();
    assert_eq!(words.split_whitespace().count(), 7);
    visitor.get("/report/what_happened").await.has("Half a sentence");
    visitor.get("/report/words").await.has(&words);
    // A press without the token changes nothing, and the words are still there.
    let token = std::mem::take(&mut visitor.token);
    visitor
        .post("/report/words", &[])
        .await
        .has(&words)
        .has("Please press the button again.");
    visitor.token = token;
    assert_eq!(visitor.post("/report/words", &[]).await.to(), "/report/words");
    visitor
        .get("/report/words")
        .await
        .lacks(&words)
        .has("They are not shown again.");
}

#[tokio::test]
async fn an_empty_page_can_be_stopped_at_even_on_the_first() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    let answer = visitor.answer("danger", &[("go", "stop")]).await;
    assert_eq!(answer.to(), "/report/words");
    visitor.get("/report/words").await.has("Your seven words");
}

#[tokio::test]
async fn without_anything_begun_there_are_no_words() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    assert_eq!(visitor.get("/report/words").await.to(), "/report/start");
    assert_eq!(visitor.get("/report/forget").await.to(), "/report/start");
    assert_eq!(visitor.get("/report/check").await.to(), "/report/start");
    assert_eq!(visitor.get("/report/receipt.txt").await.to(), "/report/start");
}

#[tokio::test]
async fn a_draft_can_be_deleted() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..2]).await;
    let before = visitor.cookie.clone();
    visitor.get("/report/forget").await.has("Delete what you wrote?");
    let answer = visitor.post("/report/forget", &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.has("It is deleted");
    assert!(visitor.cookie.is_none());
    visitor.cookie = before;
    let gone = visitor.get("/report/kind").await;
    assert_eq!(gone.status, StatusCode::GONE);
    gone.has("We could not find what you wrote");
}

#[tokio::test]
async fn another_report_can_be_begun_on_the_same_device() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..2]).await;
    visitor
        .get("/report/start")
        .await
        .has("You have begun something on this device.");
    assert_eq!(visitor.post("/report/another", &[]).await.to(), "/report/1");
    assert!(visitor.cookie.is_none());
}

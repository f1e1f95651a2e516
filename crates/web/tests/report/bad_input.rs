//! Forged, old, broken and oversized requests: a clear page, and nothing lost.

use axum::http::StatusCode;

use crate::app::{HARM, new_site};

#[tokio::test]
async fn a_missing_or_wrong_token_shows_the_page_again_with_all_that_was_typed() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..8]).await;
    let mut stranger = site.visitor();
    stranger.go_through(&HARM[..1]).await;
    for token in ["", "wrong", &stranger.token.clone()] {
        visitor.token = token.to_owned();
        let answer = visitor
            .post("/report/what_happened", &[("what_happened", "All of it, kept.")])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        answer
            .has("All of it, kept.")
            .has("Please press the button again.");
    }
    // The page that came back has the right token, so the second press does it.
    visitor
        .post("/report/what_happened", &[("what_happened", "All of it, kept.")])
        .await
        .to();
    visitor.get("/report/check").await.has("All of it, kept.");
    visitor.token.clear();
    let answer = visitor.post("/report/send", &[]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    answer.has("Please press the button again.");
}

#[tokio::test]
async fn an_expired_draft_or_a_lost_cookie_keeps_the_page_and_begins_anew() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..8]).await;
    let mut without_cookie = visitor.clone();
    without_cookie.cookie = None;
    site.wait_days(15);
    for mut visitor in [visitor, without_cookie] {
        let answer = visitor
            .post("/report/what_happened", &[("what_happened", "Still here.")])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer
            .has("Still here.")
            .has("We could not find what you wrote on the pages before.");
        let answer = visitor
            .post(
                "/report/what_happened",
                &[("begin", "yes"), ("what_happened", "Still here.")],
            )
            .await;
        assert_eq!(answer.to(), "/report/1");
        visitor.go_through(&HARM[..8]).await;
        visitor.get("/report/what_happened").await.has("Still here.");
    }
}

#[tokio::test]
async fn who_comes_with_the_cookie_of_a_draft_that_is_gone_can_begin() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..3]).await;
    site.wait_days(15);
    assert_eq!(visitor.get("/report/kind").await.status, StatusCode::GONE);
    visitor.get("/report/start").await.has("href=\"/report/1\"");
    assert_eq!(visitor.get("/report/1").await.status, StatusCode::OK);
    let old = visitor.cookie.clone();
    visitor.post("/report/1", &[("danger", "no")]).await.to();
    assert_ne!(visitor.cookie, old);
    visitor.get("/report/kind").await.lacks(" checked");
}

#[tokio::test]
async fn what_is_not_text_is_pointed_at() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..8]).await;
    visitor.get("/report/what_happened").await;
    let body = format!("csrf={}&what_happened=before%FF%FE%00after", visitor.token);
    let answer = visitor
        .post_raw(
            "/report/what_happened",
            "application/x-www-form-urlencoded",
            body.into_bytes(),
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("beforeafter").has("we took them out");
}

#[tokio::test]
async fn markup_is_shown_as_it_was_typed() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..8]).await;
    visitor
        .answer(
            "what_happened",
            &[("what_happened", "<script>alert(1)</script></textarea>")],
        )
        .await
        .to();
    visitor.get("/report/what_happened").await.lacks("<script>alert");
    visitor
        .get("/report/check")
        .await
        .lacks("<script>alert")
        .has("alert(1)");
}

#[tokio::test]
async fn a_body_that_is_too_large_gets_a_clear_page() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..8]).await;
    let body = format!("csrf={}&what_happened={}", visitor.token, "a".repeat(600 * 1024));
    let answer = visitor
        .post_raw(
            "/report/what_happened",
            "application/x-www-form-urlencoded",
            body.into_bytes(),
        )
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    answer.has("That is more than we can take at once");
}

#[tokio::test]
async fn private_pages_are_neither_kept_nor_compressed() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    for path in [
        "/report/start",
        "/report/sent",
        "/follow",
        "/follow/answers",
        "/return",
        "/report/receipt.txt",
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("content-encoding"), "", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_cookie_that_is_not_ours_is_as_good_as_none() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.cookie = Some("visit=nonsense".to_owned());
    assert_eq!(visitor.get("/report/kind").await.to(), "/report/start");
    assert_eq!(visitor.get("/report/danger").await.status, StatusCode::OK);
    visitor.post("/report/danger", &[("danger", "no")]).await.to();
}

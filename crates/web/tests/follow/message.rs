//! Messages and files that are added.

use axum::http::StatusCode;

use crate::{app::multipart, sent};

#[tokio::test]
async fn a_message_is_sent_once_however_often_it_is_pressed() {
    let (_site, mut visitor) = sent().await;
    let id = visitor.get("/follow").await.hidden("id");
    for _ in 0..2 {
        let answer = visitor
            .post_files(
                "/follow/message",
                &[("id", &id), ("text", "One more thing.\r\nAnd another.")],
                &[("note.txt", b"a note")],
            )
            .await;
        assert_eq!(answer.to(), "/follow?d=message");
    }
    let page = visitor.get("/follow?d=message").await;
    page.has("Your message was sent.")
        .has("One more thing.<br>And another.")
        .has("note.txt");
    assert_eq!(page.body.matches("One more thing.").count(), 1);
}

#[tokio::test]
async fn what_cannot_be_sent_is_kept_on_the_page() {
    let (_site, mut visitor) = sent().await;
    let answer = visitor
        .post_files("/follow/message", &[("text", "   ")], &[])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("Please write something first").has("href=\"#f-text\"");
    let long = "a".repeat(20_001);
    let answer = visitor
        .post_files("/follow/message", &[("text", &long)], &[("note.txt", b"a note")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("This has 20001 characters").has(&long);
    let token = std::mem::replace(&mut visitor.token, "wrong".to_owned());
    let answer = visitor
        .post_files("/follow/message", &[("text", "Kept words")], &[])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    answer.has("Kept words").has("Please press the button again.");
    let mut body = multipart(&token, &[("text", "Whole words")], &[("half.txt", &[b'a'; 4000])]);
    body.truncate(body.len() - 2000);
    let answer = visitor
        .post_raw("/follow/message", "multipart/form-data; boundary=XX", body)
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    answer.has("Whole words").has("This did not arrive whole.");
    let answer = visitor
        .post_raw("/follow/message", "text/plain", b"x".to_vec())
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    visitor
        .get("/follow")
        .await
        .lacks("Whole words")
        .lacks("Earlier messages");
}

#[tokio::test]
async fn bad_files_do_not_hold_up_words_and_good_files() {
    let (_site, mut visitor) = sent().await;
    let answer = visitor
        .post_files(
            "/follow/message",
            &[("text", "See these.")],
            &[("good.txt", b"good"), ("run.exe", b"MZ\x90\0\x03\0\0\0")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("run.exe")
        .has("Your message was sent, but some files could not be taken.")
        .has("See these.")
        .has("good.txt");
}

//! Messages and files that are added.

use axum::http::StatusCode;

use crate::{app::multipart, sent, stored_files};

#[tokio::test]
async fn a_message_is_sent_once_however_often_it_is_pressed() {
    let (site, mut visitor) = sent().await;
    let id = visitor.get("/follow").await.hidden("id");
    for _ in 0..3 {
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
    page.has("Your message was sent. The answer comes here.")
        .has("One more thing.<br>And another.")
        .has("note.txt");
    assert_eq!(page.body.matches("One more thing.").count(), 1);
    assert_eq!(page.body.matches("note.txt").count(), 1);
    assert_eq!(stored_files(&site, &visitor).await, 1);
}

#[tokio::test]
async fn a_press_that_breaks_off_takes_nothing_from_the_next() {
    let (site, mut visitor) = sent().await;
    let id = visitor.get("/follow").await.hidden("id");
    let fields = [("id", id.as_str()), ("text", "All of my words")];
    let files: [(&str, &[u8]); 2] = [("whole.txt", b"whole"), ("half.txt", &[b'h'; 4000])];
    // The browser breaks off the first request when the button is pressed again.
    let mut body = multipart(&visitor.token, &fields, &files);
    body.truncate(body.len() - 2000);
    let answer = visitor
        .post_raw("/follow/message", "multipart/form-data; boundary=XX", body)
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    answer.has("All of my words").has("choose the files again");
    assert_eq!(answer.hidden("id"), id);
    assert_eq!(stored_files(&site, &visitor).await, 0);
    visitor.post_files("/follow/message", &fields, &files).await.to();
    let page = visitor.get("/follow").await;
    assert_eq!(page.body.matches("All of my words").count(), 1);
    page.has("whole.txt").has("half.txt");
    assert_eq!(stored_files(&site, &visitor).await, 2);
}

#[tokio::test]
async fn more_files_than_one_message_takes_are_named() {
    let (site, mut visitor) = sent().await;
    let names: Vec<String> = (1..=11).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"x".as_slice()))
        .collect();
    let answer = visitor
        .post_files("/follow/message", &[("text", "Many.")], &files)
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("11.txt” is one file too many: there can be 10")
        .has("Your message was sent, but some files could not be taken.");
    assert_eq!(stored_files(&site, &visitor).await, 10);
}

#[tokio::test]
async fn what_cannot_be_sent_is_kept_on_the_page() {
    let (site, mut visitor) = sent().await;
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
    assert_eq!(stored_files(&site, &visitor).await, 0);
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

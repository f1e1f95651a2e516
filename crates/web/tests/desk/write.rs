//! `/desk/case/{id}/write`, and files.

use axum::http::StatusCode;

use safehold_testkit::store::files;

use crate::{
    app::{TestSite, new_site},
    team::opened,
};

/// How many files are stored for the case at this address, those that nothing names too.
async fn stored_files(site: &TestSite, case: &str) -> i64 {
    let id = case.rsplit('/').next().unwrap().parse().unwrap();
    let mut conn = site.app.store().read().await.unwrap();
    let all = files::totals_of_case(&mut conn, id, jiff::Timestamp::UNIX_EPOCH).await;
    all.unwrap().count
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

#[tokio::test]
async fn a_message_with_a_file_is_sent_once_and_the_file_is_served_as_data() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/write");
    let message = desk.get(&path).await.hidden("message");
    let fields = [
        ("message", message.as_str()),
        ("text", "Thank you for telling us."),
    ];
    for _ in 0..3 {
        desk.post_files(&path, &fields, &[("a \"b\".png", PNG)])
            .await
            .to();
    }
    let page = desk.get(&case).await;
    assert_eq!(page.body.matches("Thank you for telling us.").count(), 1);
    assert_eq!(
        stored_files(&site, &case).await,
        1,
        "also of those that nothing names"
    );
    let (_, rest) = page.body.split_once("/file/").unwrap();
    let file = format!("{case}/file/{}", rest.split(['"', '/']).next().unwrap());

    let text = desk.get(&format!("{file}/show")).await;
    assert_eq!(text.status, StatusCode::OK);
    text.has(&format!("<img class=\"shown\" src=\"{file}\""));
    let policy = text.header("content-security-policy");
    assert!(policy.contains("media-src 'self'") && policy.contains("default-src 'none'"));
    desk.get(&format!("{file}/original"))
        .await
        .has("It may hold the place");
}

#[tokio::test]
async fn a_text_file_comes_as_something_to_keep_and_nothing_that_runs() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/write");
    let message = desk.get(&path).await.hidden("message");
    let fields = [("message", message.as_str()), ("text", "Here.")];
    desk.post_files(&path, &fields, &[("note.html", b"plain <b>words</b>")])
        .await
        .to();
    let page = desk.get(&case).await;
    let (_, rest) = page.body.split_once("/file/").unwrap();
    let file = format!("{case}/file/{}", rest.split(['"', '/']).next().unwrap());
    let copy = desk.get(&file).await;
    assert_eq!(copy.header("content-type"), "text/plain");
    assert_eq!(copy.header("x-content-type-options"), "nosniff");
    assert_eq!(copy.header("cache-control"), "no-store");
    assert!(copy.header("content-security-policy").contains("sandbox"));
    assert_eq!(
        copy.header("content-disposition"),
        "attachment; filename*=UTF-8''note.txt"
    );
    desk.get(&format!("{file}/show"))
        .await
        .has("plain &#60;b&#62;words&#60;/b&#62;");
    let original = desk.post(&format!("{file}/original"), &[]).await;
    assert_eq!(original.status, StatusCode::OK);
    assert_eq!(original.body, "plain <b>words</b>");
}

#[tokio::test]
async fn a_message_that_is_not_taken_keeps_its_words() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/write");
    let message = desk.get(&path).await.hidden("message");
    let empty = desk.post_files(&path, &[("message", &message)], &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.has("Write something, or choose a file");
    assert_eq!(empty.hidden("message"), message);

    let fields = [("message", message.as_str()), ("text", "My words")];
    let odd = desk
        .post_files(
            &path,
            &fields,
            &[("good.txt", b"good"), ("a.exe", b"MZ\x90\0\x03\0\0\0")],
        )
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(stored_files(&site, &case).await, 0);
    odd.has("a.exe")
        .has("of a kind that we do not take")
        .has("My words");
    let long = "x".repeat(20_001);
    let answer = desk
        .post_files(&path, &[("message", &message), ("text", &long)], &[])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("up to 20,000 characters").has(&long);

    desk.token = String::new();
    let page = desk
        .post_files(&path, &fields, &[("a.txt", b"secret file")])
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.has("My words");
    desk.get(&case).await.lacks("a.txt").lacks("My words");
    assert_eq!(stored_files(&site, &case).await, 0);
}

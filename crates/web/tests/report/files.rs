//! Files: good ones are kept, bad ones named with the reason.

use axum::http::StatusCode;
use safehold_core::settings::Settings;
use safehold_text::Lang;

use axum::{
    body::{Body, Bytes},
    http::{Request, header},
};
use futures_util::{StreamExt, stream};
use safehold_app::report::{self, Visit};
use tokio::sync::oneshot;
use tower::ServiceExt;

use crate::app::{HARM, TestSite, Visitor, multipart, site_with};

async fn begun() -> (TestSite, Visitor) {
    let settings = Settings {
        file_bytes: 100 * 1024,
        files: 3,
        ..Settings::default()
    };
    let site = site_with(Lang::En, settings).await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor
        .get("/report/files")
        .await
        .has("Up to 3 files, each up to 100 KB")
        .has("enctype=\"multipart/form-data\"");
    (site, visitor)
}

#[tokio::test]
async fn good_files_are_kept_described_and_taken_out() {
    let (_site, mut visitor) = begun().await;
    let answer = visitor
        .post_files(
            "/report/files/files",
            &[("go", "add")],
            &[("a.txt", b"one"), ("b.txt", b"two")],
        )
        .await;
    let list = answer.to().to_owned();
    visitor.get(&list).await.has("a.txt, 1 KB").has("b.txt, 1 KB");
    let about = format!("{list}/2/1");
    visitor
        .get(&about)
        .await
        .has("What is it?")
        .has("May others see it?");
    let answer = visitor
        .post(
            &about,
            &[("file_about", "A note from Kit"), ("file_share", "ask_first")],
        )
        .await;
    assert_eq!(answer.to(), list);
    visitor.get(&list).await.has("What is it? A note from Kit");
    // Taking out the first leaves what was said of the second with the second, however often it is pressed.
    for _ in 0..2 {
        visitor
            .post_files("/report/files/files", &[("of", "2"), ("remove", "1")], &[])
            .await
            .to();
    }
    let page = visitor.get(&list).await;
    page.has("b.txt").has("A note from Kit").lacks("a.txt");
    let check = visitor.get("/report/check").await;
    check.has("b.txt<br>What is it? A note from Kit");
    visitor.post("/report/send", &[]).await.to();
    visitor
        .get("/follow/answers")
        .await
        .has("b.txt<br>What is it? A note from Kit");
}

#[tokio::test]
async fn each_bad_file_is_named_and_the_good_ones_stay() {
    let (_site, mut visitor) = begun().await;
    let large = vec![b'a'; 150 * 1024];
    let answer = visitor
        .post_files(
            "/report/files/files",
            &[("go", "add")],
            &[
                ("large.txt", &large),
                ("good.txt", b"good"),
                ("run.exe", b"MZ\x90\0\x03\0\0\0"),
                ("empty.txt", b""),
                ("<i>.txt", b"\0\0"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("large.txt” is larger than 100 KB")
        .has("run.exe” is not a picture")
        .has("empty.txt” has nothing in it")
        .has("good.txt, 1 KB")
        .lacks("<i>");
    let answer = visitor
        .post_files(
            "/report/files/files",
            &[],
            &[("2.txt", b"2"), ("3.txt", b"3"), ("4.txt", b"4")],
        )
        .await;
    answer
        .has("4.txt” is one file too many: there can be 3.")
        .has("3.txt, 1 KB");
}

#[tokio::test]
async fn a_body_without_the_token_stores_nothing() {
    let (_site, mut visitor) = begun().await;
    let right = std::mem::replace(&mut visitor.token, "wrong".to_owned());
    let answer = visitor
        .post_files("/report/files/files", &[], &[("a.txt", b"one")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    answer.has("Please press the button again.");
    // The token after the file is too late.
    let body = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\none\r\n--XX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{right}\r\n--XX--\r\n"
    );
    let answer = visitor
        .post_raw(
            "/report/files/files",
            "multipart/form-data; boundary=XX",
            body.into_bytes(),
        )
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    visitor.get("/report/files").await.lacks("a.txt");
}

#[tokio::test]
async fn a_cut_or_wrong_body_loses_nothing_that_came_whole() {
    let (_site, mut visitor) = begun().await;
    let token = visitor.token.clone();
    let mut body = multipart(
        &token,
        &[],
        &[("whole.txt", b"whole"), ("half.txt", &[b'h'; 5000])],
    );
    body.truncate(body.len() - 3000);
    let answer = visitor
        .post_raw("/report/files/files", "multipart/form-data; boundary=XX", body)
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    answer
        .has("The files did not arrive whole.")
        .has("whole.txt, 1 KB")
        .lacks("half.txt");
    for kind in [
        "multipart/form-data",
        "text/plain",
        "multipart/form-data; boundary=YY",
    ] {
        let body = multipart(&token, &[], &[("a.txt", b"a")]);
        let answer = visitor.post_raw("/report/files/files", kind, body).await;
        assert!(answer.status.is_client_error(), "{kind}");
        answer.has("whole.txt, 1 KB");
    }
    visitor.get("/report/check").await.has("They shouted at me.");
}

#[tokio::test]
async fn more_than_all_files_together_may_be_gets_a_clear_page() {
    let (_site, mut visitor) = begun().await;
    let piece = vec![b'a'; 90 * 1024];
    let many: Vec<(&str, &[u8])> = ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]
        .iter()
        .map(|name| (*name, piece.as_slice()))
        .collect();
    let answer = visitor.post_files("/report/files/files", &[], &many).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    answer.has("more than we can take at once").has("3.txt, 90 KB");
}

#[tokio::test]
async fn going_on_without_a_file_and_reloading_work() {
    let (_site, mut visitor) = begun().await;
    let answer = visitor.post_files("/report/files/files", &[], &[]).await;
    visitor.get(answer.to()).await.has("How may we reach you?");
    visitor.get("/report/files").await;
    let answer = visitor
        .post_files("/report/files/files", &[("go", "stop")], &[])
        .await;
    assert_eq!(answer.to(), "/report/words");
    assert_eq!(visitor.get("/report/files/files").await.to(), "/report/files");
}

#[tokio::test]
async fn who_would_tell_it_in_a_file_is_reminded_of_it() {
    let (_site, mut visitor) = begun().await;
    visitor
        .go_through(&[
            ("what_happened", &[("what_happened-instead", "in_a_file")]),
            ("enough", &[("enough", "send")]),
        ])
        .await;
    visitor
        .get("/report/check")
        .await
        .has("You said that you would add a file.");
}

#[tokio::test]
async fn files_for_a_report_that_was_sent_in_another_window_are_said_to_be_missing() {
    let (_site, mut visitor) = begun().await;
    let mut other = visitor.clone();
    other.get("/report/check").await;
    other.post("/report/send", &[]).await.to();
    let answer = visitor
        .post_files("/report/files/files", &[("go", "add")], &[("late.txt", b"late")])
        .await;
    assert_eq!(answer.to(), "/follow?d=late");
    let page = visitor.get("/follow?d=late").await;
    page.has("The files are not with it yet. Please add them here.")
        .has("action=\"/follow/message\"");
    // Whoever chose none misses none.
    let answer = visitor
        .post_files("/report/files/files", &[("go", "add")], &[])
        .await;
    assert_eq!(answer.to(), "/follow");
    visitor.get("/follow").await.lacks("not with it yet");
}

#[tokio::test]
async fn a_file_that_is_on_its_way_while_the_report_is_sent_is_said_to_be_missing() {
    let (site, mut visitor) = begun().await;
    let content = vec![b'a'; 60_000];
    let body = multipart(&visitor.token, &[("go", "add")], &[("late.txt", &content)]);
    let mut head = Bytes::from(body);
    let tail = head.split_off(30_000);
    let (reached, at_half) = oneshot::channel();
    let (go_on, sent) = oneshot::channel::<()>();
    let pieces = stream::once(async move { Ok::<_, std::io::Error>(head) }).chain(stream::once(async move {
        reached.send(()).unwrap();
        sent.await.unwrap();
        Ok(tail)
    }));
    let cookie = visitor.cookie.clone().unwrap();
    let request = Request::post("/report/files/files")
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .body(Body::from_stream(pieces))
        .unwrap();
    let answer = tokio::spawn(site.router.clone().oneshot(request));
    at_half.await.unwrap();
    let visit = Visit::from_token(cookie.split_once('=').unwrap().1).unwrap();
    report::submit(&site.app, &visit).await.unwrap();
    go_on.send(()).unwrap();
    let answer = answer.await.unwrap().unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/follow?d=late");
    visitor
        .get("/follow?d=late")
        .await
        .has("The files are not with it yet.")
        .lacks("late.txt");
    visitor
        .get("/follow/answers")
        .await
        .has("They shouted at me.")
        .lacks("late.txt");
}

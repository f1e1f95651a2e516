//! What comes over a wire that no browser would send: nothing hides in it, and no second request is read out of it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]
#![allow(dead_code, reason = "the helper is shared with other tests")]

#[path = "report/app.rs"]
mod app;

use std::{
    io::Write,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{body::Body, http::Request};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tower::ServiceExt;

use crate::app::new_site;

/// All that the server answers to these bytes until it closes the connection, or until the client has said that it
/// sends no more.
async fn answers(address: SocketAddr, bytes: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    // Saying too early that no more comes may end the connection before the answer.
    while !answer.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => break,
            Ok(read) => answer.extend_from_slice(&part[..read]),
        }
    }
    // Whichever side ends it first, all that was answered is here.
    let _ = stream.shutdown().await;
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn serving() -> (app::TestSite, SocketAddr) {
    let site = new_site().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = site
        .router
        .clone()
        .into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    (site, address)
}

/// A second request that stands in what some parser might take for the first one's body.
const HIDDEN: &str = "GET /privacy HTTP/1.1\r\nHost: a.example\r\n\r\n";

#[tokio::test]
async fn two_plain_requests_get_two_answers_so_that_a_second_one_would_show() {
    let (_site, address) = serving().await;
    let answer = answers(address, &format!("{HIDDEN}{HIDDEN}")).await;
    assert_eq!(answer.matches("HTTP/1.1 200").count(), 2, "{answer}");
}

#[tokio::test]
async fn a_request_whose_length_is_in_doubt_is_refused_or_the_last_of_its_connection() {
    let (_site, address) = serving().await;
    let chunked = format!("0\r\n\r\n{HIDDEN}");
    let refused = [
        // Two lengths.
        (
            format!(
                "Content-Length: 0\r\nContent-Length: {}\r\n\r\n{HIDDEN}",
                HIDDEN.len()
            ),
            "400",
        ),
        (
            format!("Content-Length: 0, {}\r\n\r\n{HIDDEN}", HIDDEN.len()),
            "400",
        ),
        ("Content-Length: +1\r\n\r\nx".to_owned(), "400"),
        ("Content-Length: -1\r\n\r\nx".to_owned(), "400"),
        // Chunks that are not the last encoding, or are not called so.
        (
            format!("Transfer-Encoding: chunked, identity\r\n\r\n{chunked}"),
            "400",
        ),
        (format!("Transfer-Encoding: xchunked\r\n\r\n{chunked}"), "400"),
        // A name with a space, a line that is folded.
        (
            format!("Transfer-Encoding : chunked\r\nContent-Length: 3\r\n\r\n{chunked}"),
            "400",
        ),
        (
            format!("X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n{chunked}"),
            "400",
        ),
    ];
    for (rest, status) in refused {
        let answer = answers(
            address,
            &format!("POST /leave HTTP/1.1\r\nHost: a.example\r\n{rest}"),
        )
        .await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{rest:?}: {answer}"
        );
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{rest:?}: {answer}");
    }
    // A length and chunks (RFC 9112, 6.3): chunks win, and the connection ends, so the rest is nobody's request.
    for rest in [
        format!(
            "Content-Length: {}\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}",
            chunked.len()
        ),
        format!(
            "Transfer-Encoding: chunked\r\nContent-Length: {}\r\n\r\n{chunked}",
            chunked.len()
        ),
    ] {
        let answer = answers(
            address,
            &format!("POST /leave HTTP/1.1\r\nHost: a.example\r\n{rest}"),
        )
        .await;
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{rest:?}: {answer}");
    }
    let old = answers(
        address,
        &format!("POST /leave HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}"),
    )
    .await;
    assert!(old.contains(" 400 ") && !old.contains(" 200 "), "{old}");
}

#[tokio::test]
async fn a_header_that_a_proxy_may_write_changes_no_address_in_a_page() {
    let (_site, address) = serving().await;
    let plain = answers(address, "GET /nowhere HTTP/1.1\r\nHost: a.example\r\n\r\n").await;
    let forged = answers(
        address,
        "GET /nowhere HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\n\
         Forwarded: host=evil.example\r\nX-Original-URL: /desk\r\nX-HTTP-Method-Override: POST\r\n\r\n",
    )
    .await;
    let body = |answer: &str| answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    assert_eq!(body(&plain), body(&forged));
    assert!(!forged.contains("evil.example"));
}

/// What was logged while this lasts.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_refusal_is_logged_by_its_kind_alone() {
    let site = new_site().await;
    let logged = Logged::default();
    let writer = logged.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .without_time()
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let mut visitor = site.visitor();
    let case = "/desk/case/00000000000040008000000000000000";
    let fields = [
        ("email", "markmail@riverbank.example"),
        ("pass", "MARKpass"),
        ("code", "123456"),
    ];
    visitor.post("/desk/sign-in", &fields).await;
    let elsewhere = Request::post(format!("{case}/do/note"))
        .header("sec-fetch-site", "cross-site")
        .header("x-forwarded-for", "192.0.2.77")
        .header("user-agent", "MARKagent")
        .body(Body::from("note=MARKnote"))
        .unwrap();
    site.router.clone().oneshot(elsewhere).await.unwrap();
    let wrong = Request::put("/help?MARKquery").body(Body::empty()).unwrap();
    site.router.clone().oneshot(wrong).await.unwrap();
    // What does not exist for somebody is no event: a line for it could be told from the lack of one.
    visitor.get(case).await;
    visitor.get("/nowhere-MARKpath").await;
    drop(guard);
    let text = String::from_utf8(logged.0.lock().unwrap().clone()).unwrap();
    let kinds: Vec<_> = text
        .lines()
        .filter_map(|line| line.split_once("refusal.kind=\"")?.1.split('"').next())
        .collect();
    assert_eq!(kinds[..2], ["sign-in", "another-site"], "{text}");
    assert!(kinds.contains(&"method"), "{text}");
    assert_eq!(text.lines().count(), kinds.len(), "{text}");
    for mark in ["mark", "192.0.2.77", "0000", "/desk", "riverbank"] {
        assert!(!text.to_lowercase().contains(mark), "{mark}: {text}");
    }
}

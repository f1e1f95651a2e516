//! `/leave`.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};

use crate::{Answer, send, state};

async fn leave(method: Method, from: &str) -> Answer {
    let mut request = Request::builder().method(method).uri("/leave");
    if !from.is_empty() {
        request = request.header("sec-fetch-site", from);
    }
    send(state(), request.body(Body::empty()).unwrap()).await
}

fn cleared(answer: &Answer) -> Vec<&str> {
    let values = answer.headers.get_all("set-cookie").iter();
    values
        .map(|value| value.to_str().unwrap().split('=').next().unwrap())
        .collect()
}

#[tokio::test]
async fn the_link_leads_to_the_harmless_site_and_ends_the_visit() {
    let answer = leave(Method::GET, "same-origin").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "https://www.bbc.co.uk/weather");
    assert_eq!(cleared(&answer), ["visit", "desk", "__Host-visit", "__Host-desk"]);
    for value in answer.headers.get_all("set-cookie") {
        assert!(value.to_str().unwrap().contains("Max-Age=0"));
    }
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_script_gets_no_other_site_to_load() {
    let answer = leave(Method::POST, "same-origin").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("location"), "");
    assert_eq!(cleared(&answer).len(), 4);
    assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
}

#[tokio::test]
async fn the_link_waits_for_no_cache_to_be_emptied() {
    assert_eq!(
        leave(Method::GET, "same-origin").await.header("clear-site-data"),
        ""
    );
}

#[tokio::test]
async fn an_old_browser_and_a_typed_address_end_the_visit_too() {
    assert_eq!(cleared(&leave(Method::GET, "").await).len(), 4);
    assert_eq!(cleared(&leave(Method::GET, "none").await).len(), 4);
}

#[tokio::test]
async fn another_site_ends_nobodys_visit() {
    for method in [Method::GET, Method::POST] {
        let answer = leave(method, "cross-site").await;
        assert!(cleared(&answer).is_empty());
        assert_eq!(answer.header("clear-site-data"), "");
    }
}

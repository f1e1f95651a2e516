//! Pages for what is not there or not right.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use safehold_web::problem::Problem;

use crate::{get, send, state};

#[tokio::test]
async fn an_unknown_address_gets_our_page() {
    for path in [
        "/nothing",
        "/statement/9.9",
        "/statement/x",
        "/help/more",
        "/.env",
        "/static/x",
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let html = answer.text();
        assert!(html.contains("<h1>We do not have this page</h1>"), "{path}");
        assert!(
            html.contains("href=\"/ask\"") && html.contains("tel:01632960101"),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'")
        );
    }
}

#[tokio::test]
async fn a_method_that_is_not_ours_gets_our_page() {
    let answer = send(state(), Request::post("/help").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        answer
            .text()
            .contains("<h1>That is not how this page is used</h1>")
    );
}

#[tokio::test]
async fn a_fault_of_ours_is_calm_and_has_a_reference_but_no_cause() {
    let error = std::io::Error::other("secret cause");
    let Problem::Server(reference) = Problem::server(&error) else {
        panic!("not a server problem")
    };
    assert!(reference.parse::<safehold_core::reference::Reference>().is_ok());
    let Problem::Server(other) = Problem::panicked() else {
        panic!("not a server problem")
    };
    assert_ne!(reference, other);
}

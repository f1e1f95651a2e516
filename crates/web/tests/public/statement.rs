//! `/statement`.

use std::sync::Arc;

use axum::http::StatusCode;
use safehold_core::statement::Statement;

use crate::{get, get_from, state};

#[tokio::test]
async fn it_shows_version_date_history_and_numbered_paragraphs() {
    let answer = get("/statement").await;
    let html = answer.text();
    assert!(html.contains("Version 1.1, 1 September 2026"));
    assert!(html.contains("<p id=\"p4.2\"><a class=\"para-number\" href=\"#p4.2\">4.2</a> "));
    assert!(html.contains("href=\"/statement/1.0\"") && html.contains("10 March 2025"));
    assert!(html.contains("Paragraphs that changed: 1.2"));
    for link in ["values", "commitments", "safety-tips", "anti-racism"] {
        assert!(
            html.contains(&format!("https://riverbank.example/{link}\"")),
            "{link}"
        );
    }
    assert!(html.contains("We last looked at this link on 2 November 2026."));
}

#[tokio::test]
async fn an_older_version_stays_readable_and_says_what_it_is() {
    let answer = get("/statement/1.0").await;
    assert_eq!(answer.status, StatusCode::OK);
    let html = answer.text();
    assert!(html.contains("This is an older version. Version 1.1"));
    assert!(html.contains("href=\"/statement\"") && html.contains("id=\"p2.4\""));
    assert!(!html.contains("id=\"p6.4\""));
    let newest = get("/statement/1.1").await;
    assert!(!newest.text().contains("This is an older version"));
}

#[tokio::test]
async fn a_script_in_the_statement_does_nothing() {
    let state = state();
    let mut content = (*state.content.get()).clone();
    let text = "+++\ntitle = \"<b>T</b>\"\nversion = \"2\"\npublished_on = \"2026-10-01\"\n+++\n\
        1.1 <script>alert(1)</script> [x](javascript:alert(1))\n\n<iframe src=\"https://x.example\"></iframe>\n";
    content.statements = Arc::new(vec![Statement::parse(text).unwrap()]);
    state.content.set(content);
    let answer = get_from(state, "/statement").await;
    let html = answer.text();
    for bad in ["<script>", "<iframe", "javascript:", "<b>T"] {
        assert!(!html.contains(bad), "{bad}");
    }
    assert!(html.contains("&lt;script&gt;"));
}

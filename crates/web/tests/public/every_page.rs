//! What each page must and must not do.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use safehold_text::Lang;

use crate::{Answer, PAGES, get, get_compressed, get_from, send, state};

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap() + from.len();
    &text[start..start + text[start..].find(to).unwrap()]
}

/// Values of `src`, and of `href` in a `link`: what a browser loads by itself.
fn loaded(html: &str) -> Vec<&str> {
    let mut found: Vec<&str> = html
        .split("src=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    for link in html.split("<link").skip(1) {
        found.push(between(link, "href=\"", "\""));
    }
    found
}

fn is_closed(answer: &Answer) {
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!answer.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn each_is_there_and_keeps_to_itself() {
    for path in PAGES {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        is_closed(&answer);
        let html = answer.text();
        for url in loaded(html) {
            assert!(
                url.starts_with("/static/") || url.starts_with("data:image/svg+xml,"),
                "{path} loads {url}"
            );
        }
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert!(
            !html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick"),
            "{path}"
        );
        assert!(!html.contains("<script>"), "{path}");
    }
}

#[tokio::test]
async fn titles_say_nothing_that_others_should_not_see() {
    for path in PAGES {
        let answer = get(path).await;
        let title = between(answer.text(), "<title>", "</title>").to_lowercase();
        assert!(title.ends_with(" - riverbank"), "{title}");
        for word in [
            "safe", "harm", "abuse", "report", "help", "concern", "danger", "racis",
        ] {
            assert!(!title.contains(word), "{path} is called {title}");
        }
    }
}

#[tokio::test]
async fn each_has_the_way_out_the_same_navigation_and_the_leads() {
    for path in PAGES {
        let answer = get(path).await;
        let html = answer.text();
        assert!(html.contains("<a href=\"/leave\""), "{path}");
        let nav = between(html, "<nav class=\"site-nav\"", "</nav>");
        let places: Vec<_> = nav
            .split("href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert_eq!(places, ["/", "/help", "/ask", "/return"], "{path}");
        assert!(nav.contains(">Report or ask</a>"), "{path}");
        let footer = between(html, "<footer", "</footer>");
        assert!(
            footer.contains("tel:01632960101") && footer.contains("tel:01632960102"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn each_word_exists_and_gets_its_arguments() {
    for path in PAGES {
        let answer = get(path).await;
        let html = answer.text();
        for prefix in ["[common-", "[public-", "[contact-", "[category-", "{$"] {
            assert!(
                !html.contains(prefix),
                "{path} lacks {}",
                &html[html.find(prefix).unwrap()..][..40]
            );
        }
        assert!(
            !html.contains('!') || html.matches('!').count() == html.matches("<!DOCTYPE").count(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn each_word_goes_through_the_texts() {
    let mut pseudo = state();
    pseudo.lang = Lang::PseudoRtl;
    for path in PAGES {
        let answer = get_from(pseudo.clone(), path).await;
        let html = answer.text();
        assert!(html.contains("<html lang=\"ar-XB\" dir=\"rtl\""), "{path}");
        let main = between(html, "<main", "</main>");
        let heading = between(main, "<h1>", "</h1>");
        assert!(
            heading.contains('\u{27e6}') || path == "/statement",
            "{path}: {heading}"
        );
        // Links in longer texts survive what happens to their words.
        assert!(!html.contains("href=\"#\""), "{path}");
    }
}

#[tokio::test]
async fn a_head_request_gets_the_headers_alone() {
    for path in PAGES {
        let answer = send(state(), Request::head(path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.is_empty());
        is_closed(&answer);
    }
}

#[tokio::test]
async fn each_stays_within_its_budget_of_bytes() {
    for coding in ["br", "gzip"] {
        for path in PAGES {
            let html = get_compressed(path, coding).await;
            assert_eq!(html.header("content-encoding"), coding, "{path}");
            assert!(html.header("vary").contains("accept-encoding"), "{path}");
            let page = html.body.len();
            assert!(page <= 6 * 1024, "{path} has {page} bytes with {coding}");

            let plain = get(path).await;
            let mut all = page;
            let files: Vec<_> = loaded(plain.text())
                .into_iter()
                .filter(|url| url.starts_with('/'))
                .collect();
            assert_eq!(files.len(), 2, "{path}: a page, a stylesheet, a script");
            for file in files {
                let answer = get_compressed(file, coding).await;
                assert_eq!(answer.header("content-encoding"), coding, "{file}");
                all += answer.body.len();
            }
            assert!(
                all <= 20 * 1024,
                "{path} and its files have {all} bytes with {coding}"
            );
        }
    }
}

#[tokio::test]
async fn static_files_are_kept_for_ever_under_a_name_of_their_content() {
    let page = get("/").await;
    for file in loaded(page.text()).into_iter().filter(|url| url.starts_with('/')) {
        let answer = get(file).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header("cache-control").contains("immutable"));
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("content-encoding"), "");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        if file.ends_with("js") {
            assert!(answer.body.len() < 1536);
        }
    }
    assert_eq!(get("/static/safehold.css").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/static/..%2fCargo.toml").await.status, StatusCode::NOT_FOUND);
}

//! Every page of the built-in form.

use axum::http::StatusCode;
use safehold_core::form::{Form, PageKind};
use safehold_text::Lang;

use crate::app::{new_site, site_with};

#[tokio::test]
async fn every_page_of_the_form_opens_with_its_words() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    let first = visitor.get("/report/danger").await;
    visitor.token = first.hidden("csrf");
    visitor.post("/report/danger", &[("danger", "no")]).await;
    let form = Form::built_in().unwrap();
    let mut longest = (0, String::new());
    for page in &form.pages {
        let mut paths = vec![format!("/report/{}", page.id)];
        if page.kind == PageKind::Repeat {
            let group = page.questions[0].group().unwrap();
            for inner in &group.pages {
                paths.push(format!("/report/{}/1/{}", page.id, inner.id));
            }
        }
        for path in paths {
            let answer = visitor.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
            assert_eq!(answer.body.matches("<h1").count(), 1, "{path}: {}", answer.main());
            for bad in [
                "[q-",
                "[page-",
                "[form-",
                "[report-",
                "[note-",
                "[section-",
                "[common-",
                "{$",
                "{ $",
            ] {
                answer.lacks(bad);
            }
            assert!(
                !answer.main().replace("<!", "").contains('!'),
                "{path}: {}",
                answer.main()
            );
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.header("content-encoding"), "");
            let title = answer
                .body
                .split_once("<title>")
                .unwrap()
                .1
                .split_once("</title>")
                .unwrap()
                .0;
            assert!(
                title.starts_with("Part ") && title.ends_with(" - Riverbank"),
                "{title}"
            );
            for address in answer.main().split("\"/report/").skip(1) {
                let part = address.split(['"', '/', '?']).next().unwrap();
                let neutral = ["start", "check", "forget"].contains(&part) || part.parse::<u32>().is_ok();
                assert!(neutral, "{path} leads to {part}");
            }
            if page.kind != PageKind::End {
                answer.has("value=\"stop\"").has(">Continue<");
            }
            if answer.body.len() > longest.0 {
                longest = (answer.body.len(), path.clone());
            }
        }
    }
    println!("the longest page is {longest:?}");
    assert!(longest.0 < 24 * 1024, "{longest:?}");
}

#[tokio::test]
async fn pages_are_shown_in_a_language_from_right_to_left() {
    let site = site_with(Lang::PseudoRtl, safehold_core::settings::Settings::default()).await;
    let mut visitor = site.visitor();
    let answer = visitor.get("/report/danger").await;
    answer.has("dir=\"rtl\"");
    for path in [
        "/report/start",
        "/return",
        "/check",
        "/paper",
        "/paper/2",
        "/paper/short",
        "/paper/easy",
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.main().contains('\u{27e6}'), "{path}");
    }
}

#[tokio::test]
async fn pages_around_the_form_have_all_their_words() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    for path in [
        "/report/start",
        "/return",
        "/check",
        "/paper",
        "/paper/2",
        "/paper/short",
        "/paper/easy",
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(visitor.cookie.is_none(), "{path} sets a cookie");
        for bad in [
            "[q-",
            "[page-",
            "[form-",
            "[report-",
            "[note-",
            "[section-",
            "{$",
            "{ $",
        ] {
            answer.lacks(bad);
        }
    }
}

//! Files that the reporter opens: those of the desk and their own, and nobody else's.

use axum::http::StatusCode;
use safehold_app::{
    desk::{self, CaseFilter, Which},
    files::{Owner, Upload},
};
use safehold_core::case::Action;

use crate::{
    app::{HARM, TestSite, Visitor, new_site},
    case_of, sent,
};

/// The lead begins with the case, and writes with these files.
async fn answered(site: &TestSite, visitor: &Visitor, files: &[(&str, &[u8])]) {
    let lead = site.reader(1).await;
    let case = case_of(site, visitor).await;
    let list = desk::list(
        &site.app,
        &lead,
        &CaseFilter {
            which: Which::Live,
            ..CaseFilter::default()
        },
        None,
        10,
    )
    .await
    .unwrap();
    assert!(list.cases.iter().any(|line| line.id == case));
    let version = desk::find(&site.app, &lead, case).await.unwrap().version;
    let fields = [("no_conflict".to_owned(), "yes".to_owned())];
    desk::act(&site.app, &lead, case, Action::Begin, &fields, version)
        .await
        .unwrap();
    let mut notes = Vec::new();
    for (name, bytes) in files {
        let mut upload = Upload::begin(&site.app, Owner::Case(case)).await.unwrap();
        upload.push(bytes).await.unwrap();
        notes.push(upload.finish(name).await.unwrap());
    }
    let words = "Here is what we agreed.".to_owned();
    desk::write(&site.app, &lead, case, desk::new_message_id(), words, notes)
        .await
        .unwrap();
}

/// The addresses of the files on a page, each without `/show`.
fn files(body: &str) -> Vec<String> {
    body.match_indices("href=\"/follow/file/")
        .map(|(at, _)| {
            let address = body[at + 6..].split('"').next().unwrap();
            address.strip_suffix("/show").unwrap().to_owned()
        })
        .collect()
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

#[tokio::test]
async fn a_file_from_the_team_is_shown_on_a_page_and_saved_as_data() {
    let (site, mut visitor) = sent().await;
    answered(
        &site,
        &visitor,
        &[
            ("our <plan>.html", b"On <b>Monday</b>\nwe talk".as_slice()),
            ("map.png", PNG),
        ],
    )
    .await;
    let page = visitor.get("/follow").await;
    page.has("our plan.txt")
        .has("Text, 1 KB")
        .has("map.png")
        .has("Picture, 1 KB");
    let found = files(&page.body);
    assert_eq!(found.len(), 2);

    let shown = visitor.get(&format!("{}/show", found[0])).await;
    shown
        .has("On &#60;b&#62;Monday&#60;/b&#62;<br>we talk")
        .has("From the team")
        .has("it stays on this device")
        .has(&format!("href=\"{}\" download", found[0]));
    let saved = visitor.get(&found[0]).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert_eq!(saved.body, "On <b>Monday</b>\nwe talk");
    assert_eq!(saved.header("content-type"), "text/plain");
    assert_eq!(saved.header("x-content-type-options"), "nosniff");
    assert_eq!(saved.header("cache-control"), "no-store");
    assert_eq!(
        saved.header("content-security-policy"),
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    );
    assert_eq!(
        saved.header("content-disposition"),
        "attachment; filename*=UTF-8''our%20plan.txt"
    );

    let shown = visitor.get(&format!("{}/show", found[1])).await;
    shown.has(&format!("<img class=\"shown\" src=\"{}\"", found[1]));
    let policy = shown.header("content-security-policy");
    assert!(policy.contains("media-src 'self'") && policy.contains("default-src 'none'"));
}

#[tokio::test]
async fn ones_own_files_come_back_as_they_were_sent() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/files").await;
    let long = "It was raining.\n".repeat(40_000);
    visitor
        .post_files(
            "/report/files/files",
            &[("go", "add")],
            &[("rain.txt", long.as_bytes())],
        )
        .await
        .to();
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    let page = visitor.get("/follow/answers").await;
    page.has("Your files").has("rain.txt");
    let found = files(&page.body);
    let saved = visitor.get(&found[0]).await;
    assert_eq!(saved.header("content-length"), long.len().to_string());
    assert!(saved.body == long);
    visitor
        .get(&format!("{}/show", found[0]))
        .await
        .has("From you, as you sent it")
        .has("It was raining.<br>It was raining.");
    // Without the visit there is nothing to see, and the way back is shown.
    assert_eq!(site.visitor().get(&found[0]).await.to(), "/return");
}

#[tokio::test]
async fn a_file_of_another_person_is_not_there() {
    let (site, mut visitor) = sent().await;
    answered(&site, &visitor, &[("plan.txt", b"For them alone.")]).await;
    let found = files(&visitor.get("/follow").await.body);
    visitor.get(&found[0]).await.has("For them alone.");

    let mut other = site.visitor();
    other.go_through(HARM).await;
    other.get("/report/check").await;
    other.post("/report/send", &[]).await.to();
    let never = "/follow/file/11111111111141118111111111111111";
    for end in ["", "/show"] {
        let theirs = other.get(&format!("{}{end}", found[0])).await;
        let unknown = other.get(&format!("{never}{end}")).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
        assert_eq!((theirs.status, &theirs.body), (unknown.status, &unknown.body));
        let odd = other.get(&format!("/follow/file/x{end}")).await;
        assert_eq!((odd.status, &odd.body), (unknown.status, &unknown.body));
    }
    // Nor for somebody who is still writing.
    let mut writing = site.visitor();
    writing.go_through(&HARM[..2]).await;
    assert_eq!(writing.get(&found[0]).await.to(), "/report/start");
}

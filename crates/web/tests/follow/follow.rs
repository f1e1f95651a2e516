//! The page itself, the answers as sent, and leaving.

use axum::http::StatusCode;
use safehold_app::desk::{self, CaseFilter, CaseOpened, Which};
use safehold_core::case::Action;

use crate::sent;

#[tokio::test]
async fn it_says_how_things_stand_and_what_comes_next() {
    let (_site, mut visitor) = sent().await;
    let page = visitor.get("/follow").await;
    page.has("It has arrived. Nobody has opened it yet.")
        .has("Somebody opens it by 5pm on 25 November 2026.")
        .has("Your seven words")
        .has("safehold receipt v1")
        .has("/follow/change/confidential");
    let title = page
        .body
        .split_once("<title>")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0;
    assert_eq!(title, "Messages - Riverbank");
    for bad in ["[follow-", "[report-", "[common-", "{$", "{ $"] {
        page.lacks(bad);
    }
}

#[tokio::test]
async fn what_is_late_is_said_and_a_person_named_to_turn_to() {
    let (site, mut visitor) = sent().await;
    visitor
        .get("/follow")
        .await
        .lacks("We are sorry")
        .lacks("Ways to talk to a person");
    site.wait_days(2);
    let page = visitor.get("/follow").await;
    page.has("Somebody was to open it by 5pm on 25 November 2026, and nobody has yet.")
        .lacks("Somebody opens it by")
        .has("By 5pm on 26 November 2026 you hear from a person")
        .has("href=\"/ask\">Ways to talk to a person");
    site.wait_days(10);
    let page = visitor.get("/follow").await;
    page.has("We were to write to you by 5pm on 26 November 2026, and have not yet.")
        .has("We were to decide by 5pm on 1 December 2026 what will be done, and have not yet.");
}

#[tokio::test]
async fn the_proof_is_there_with_the_page_that_checks_it() {
    let (_site, mut visitor) = sent().await;
    let page = visitor.get("/follow").await;
    let main = page.main();
    assert!(main.contains("href=\"/report/receipt.txt\"") && main.contains("href=\"/check\""));
    let receipt = visitor.get("/report/receipt.txt").await;
    assert!(
        page.body
            .contains(&receipt.body.lines().next().unwrap().to_owned())
    );
    let mut stranger = visitor.clone();
    stranger.cookie = None;
    let number = page.body.split_once("Number ").unwrap().1[..9].to_owned();
    stranger
        .post("/check", &[("receipt", &receipt.body)])
        .await
        .has("This receipt is from us")
        .has(&number)
        .lacks("They shouted at me");
}

#[tokio::test]
async fn an_answer_of_the_desk_comes_first_while_it_is_new() {
    let (site, mut visitor) = sent().await;
    let lead = site.reader(1).await;
    let filter = CaseFilter {
        which: Which::Live,
        ..CaseFilter::default()
    };
    let list = desk::list(&site.app, &lead, &filter, None, 10).await.unwrap();
    let case = list.cases[0].id;
    let version = desk::find(&site.app, &lead, case).await.unwrap().version;
    desk::act(
        &site.app,
        &lead,
        case,
        Action::Begin,
        &[("no_conflict".to_owned(), "yes".to_owned())],
        version,
    )
    .await
    .unwrap();
    assert!(matches!(
        desk::open(&site.app, &lead, case).await.unwrap(),
        CaseOpened::Full(_)
    ));
    desk::write(
        &site.app,
        &lead,
        case,
        desk::new_message_id(),
        "Thank you, Ash.\nWe start today.".to_owned(),
        Vec::new(),
    )
    .await
    .unwrap();
    let page = visitor.get("/follow").await;
    page.has("New for you")
        .has("Marisol Penhale")
        .has("Thank you, Ash.<br>We start today.");
    assert!(page.body.find("New for you").unwrap() < page.body.find("How it stands").unwrap());
    let page = visitor.get("/follow").await;
    page.lacks("New for you")
        .has("Earlier messages")
        .has("Thank you, Ash.");
    page.has("A lead has opened it.");
}

#[tokio::test]
async fn answers_are_shown_under_the_questions_that_were_asked() {
    let (_site, mut visitor) = sent().await;
    let page = visitor.get("/follow/answers").await;
    page.has("In your own words, what do you know happened?")
        .has("They shouted at me.")
        .lacks(">Change<")
        .lacks("You can leave it so");
    let (said, left_out) = page.body.split_once("Questions that you left out").unwrap();
    assert!(said.contains("They shouted at me.") && !said.contains("When did it happen?"));
    assert!(left_out.contains("When did it happen?"));
}

#[tokio::test]
async fn an_old_report_shows_the_questions_that_it_was_asked() {
    let (site, visitor) = sent().await;
    let newer = site.with_words("q-what_happened", "What can you tell us?").await;
    let mut visitor = visitor.at(&newer);
    let page = visitor.get("/follow/answers").await;
    page.has("In your own words, what do you know happened?")
        .has("They shouted at me.");
}

#[tokio::test]
async fn leaving_takes_the_visit_off_the_device_and_words_bring_it_back() {
    let (_site, mut visitor) = sent().await;
    let page = visitor.get("/follow").await;
    let words = page
        .body
        .split_once("translate=\"no\">")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0
        .to_owned();
    let answer = visitor.post("/follow/leave", &[]).await;
    assert_eq!(answer.to(), "/");
    assert!(answer.header("clear-site-data").contains("cache"));
    assert!(visitor.cookie.is_none());
    assert_eq!(visitor.get("/follow").await.to(), "/return");
    assert_eq!(visitor.get("/follow/answers").await.to(), "/return");
    let answer = visitor.post("/return", &[("words", &words)]).await;
    assert_eq!(answer.to(), "/follow");
    visitor.get("/follow").await.has("How it stands");
}

#[tokio::test]
async fn without_a_report_there_is_nothing_to_follow() {
    let site = crate::new_site().await;
    let mut visitor = site.visitor();
    for path in ["/follow", "/follow/answers", "/follow/change/wishes"] {
        assert_eq!(visitor.get(path).await.to(), "/return", "{path}");
    }
    visitor.go_through(&crate::HARM[..2]).await;
    assert_eq!(visitor.get("/follow").await.to(), "/report/start");
    visitor.cookie = None;
    visitor
        .post_files("/follow/message", &[("text", "x")], &[])
        .await
        .to();
    let (_site, mut visitor) = sent().await;
    assert_eq!(
        visitor.get("/follow/change/nothing").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(visitor.get("/follow/message").await.to(), "/follow");
}

//! Looking it through, and sending it.

use axum::http::StatusCode;
use safehold_core::roster::Role;

use crate::app::{HARM, new_site};

#[tokio::test]
async fn it_says_who_will_read_it_and_by_when() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    let check = visitor.get("/report/check").await;
    check
        .has("<strong>Marisol Penhale</strong>, designated safeguarding lead")
        .has("Somebody opens it by 5pm on 25 November 2026.")
        .has("By 5pm on 26 November 2026 you hear from a person")
        .has("They shouted at me.")
        .has("Left out.");
    assert_eq!(check.body.matches("<h1").count(), 1);
}

#[tokio::test]
async fn a_change_comes_back_to_it_unless_it_brings_up_something_new() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/check").await.has("href=\"/report/4?c=\"");
    visitor.get("/report/about_whom?c=").await;
    let answer = visitor
        .post("/report/about_whom?c=", &[("about_whom", "saw")])
        .await;
    let to = answer.to().to_owned();
    assert!(to.ends_with("?c=29") || to.contains("?c="), "{to}");
    visitor.get(&to).await.has("Does the person affected know");
    let to = visitor.post(&to, &[("they_know", "no")]).await.to().to_owned();
    visitor.get(&to).await.has("When did you notice it");
    assert_eq!(visitor.post(&to, &[]).await.to(), "/report/check");
    visitor.get("/report/what_happened?c=").await;
    let answer = visitor
        .post("/report/what_happened?c=", &[("what_happened", "Otherwise.")])
        .await;
    assert_eq!(answer.to(), "/report/check");
    visitor.get("/report/check").await.has("Otherwise.");
}

#[tokio::test]
async fn what_is_missing_is_said_and_nothing_is_sent() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..4]).await;
    let check = visitor.get("/report/check").await;
    check
        .has("One more answer is needed")
        .has("This still needs an answer.")
        .lacks(">Send</button>");
    let answer = visitor.post("/report/send", &[]).await;
    answer.has("One more answer is needed");
    assert_eq!(visitor.get("/report/sent").await.to(), "/report/start");
}

#[tokio::test]
async fn sending_twice_makes_one_report() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/check").await;
    let mut other_tab = visitor.clone();
    assert_eq!(visitor.post("/report/send", &[]).await.to(), "/report/sent");
    assert_eq!(other_tab.post("/report/send", &[]).await.to(), "/report/sent");
    let number = |body: &str| body.split_once("Its number is ").unwrap().1[..9].to_owned();
    let first = visitor.get("/report/sent").await;
    let second = other_tab.get("/report/sent").await;
    assert_eq!(number(&first.body), number(&second.body));
    // The pages of the form now lead to what was sent.
    assert_eq!(visitor.get("/report/kind").await.to(), "/follow");
    assert_eq!(visitor.get("/report/check").await.to(), "/follow");
    assert_eq!(visitor.get("/report/send").await.to(), "/report/check");
}

#[tokio::test]
async fn words_typed_in_another_tab_after_sending_are_not_lost() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/check").await;
    let mut other_tab = visitor.clone();
    visitor.post("/report/send", &[]).await;
    let answer = other_tab
        .post("/report/what_said", &[("what_said", "They said leave.")])
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.has("They said leave.").has("action=\"/follow/message\"");
    let id = answer.hidden("id");
    let sent = other_tab
        .post_files(
            "/follow/message",
            &[("id", &id), ("text", "They said leave.")],
            &[],
        )
        .await;
    assert_eq!(sent.to(), "/follow?d=message");
    assert_eq!(
        other_tab.post("/report/enough", &[("enough", "more")]).await.to(),
        "/follow"
    );
}

#[tokio::test]
async fn somebody_of_the_team_who_is_mentioned_is_asked_about() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..8]).await;
    visitor
        .go_through(&[(
            "what_happened",
            &[("what_happened", "It was marisol PENHALE who shouted.")],
        )])
        .await;
    let check = visitor.get("/report/check").await;
    check.has("You mention Marisol Penhale, designated safeguarding lead. Is it about them?");
    let answer = visitor.post("/report/send", &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("Please say whether it is about Marisol Penhale.");
    let lead = site.member(Role::Lead);
    let name = format!("about-{lead}");
    assert_eq!(
        visitor.post("/report/send", &[(&name, "yes")]).await.to(),
        "/report/check"
    );
    let check = visitor.get("/report/check").await;
    check.has("<strong>Tunde Ashgrove</strong>").lacks("You mention");
    assert_eq!(visitor.post("/report/send", &[]).await.to(), "/report/sent");
}

#[tokio::test]
async fn a_mere_mention_does_not_keep_anybody_away() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..8]).await;
    visitor
        .go_through(&[(
            "what_happened",
            &[("what_happened", "I told Marisol Penhale about it.")],
        )])
        .await;
    visitor.get("/report/check").await;
    let name = format!("about-{}", site.member(Role::Lead));
    assert_eq!(
        visitor.post("/report/send", &[(&name, "no")]).await.to(),
        "/report/sent"
    );
}

#[tokio::test]
async fn who_would_rather_not_say_keeps_that_when_a_mention_is_added() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..7]).await;
    visitor
        .go_through(&[
            ("team_involved", &[("team_involved", "rather_not_say")]),
            ("what_happened", &[("what_happened", "Ines Marlowe was there.")]),
        ])
        .await;
    let check = visitor.get("/report/check").await;
    check.has("<strong>Ines Marlowe</strong>, independent recipient");
    let name = format!("about-{}", site.member(Role::Sponsor));
    visitor.post("/report/send", &[(&name, "yes")]).await.to();
    // The leads are still left out, so nobody is left.
    visitor
        .get("/report/check")
        .await
        .has("This cannot be read by anyone here");
}

#[tokio::test]
async fn when_nobody_is_left_others_are_shown_and_the_draft_is_kept() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..7]).await;
    let team: Vec<String> = [Role::Lead, Role::Alternate, Role::Sponsor]
        .map(|role| site.member(role))
        .into();
    let fields: Vec<(&str, &str)> = team.iter().map(|id| ("team_involved", id.as_str())).collect();
    visitor.answer("team_involved", &fields).await.to();
    visitor.go_through(&[HARM[8]]).await;
    let check = visitor.get("/report/check").await;
    check
        .has("This cannot be read by anyone here")
        .has("University of Exampleton")
        .has("Protect")
        .has("kept for 14 days")
        .lacks(">Send</button>");
    let answer = visitor.post("/report/send", &[]).await;
    answer.has("This cannot be read by anyone here");
    visitor
        .get("/report/what_happened")
        .await
        .has("They shouted at me.");
}

#[tokio::test]
async fn the_page_after_sending_has_number_times_words_and_proof() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await;
    let sent = visitor.get("/report/sent").await;
    sent.has("Its number is ")
        .has("It came at 10am on 24 November 2026.")
        .has("Your seven words")
        .has("safehold receipt v1")
        .has("do not print this page");
    let words = sent
        .body
        .split_once("translate=\"no\">")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0
        .to_owned();
    assert_eq!(words.split_whitespace().count(), 7);
    // They are shown until the person has them, and then no more.
    visitor.get("/report/sent").await.has(words.trim());
    assert_eq!(visitor.post("/report/words", &[]).await.to(), "/report/sent");
    visitor
        .get("/report/sent")
        .await
        .lacks(words.trim())
        .has("You said that you have written");
    let receipt = visitor.get("/report/receipt.txt").await;
    assert_eq!(
        receipt.header("content-disposition"),
        "attachment; filename=\"receipt.txt\""
    );
    assert_eq!(receipt.header("content-type"), "text/plain; charset=utf-8");
    assert!(receipt.body.starts_with("safehold receipt v1"));
    assert_eq!(receipt.header("cache-control"), "no-store");
}

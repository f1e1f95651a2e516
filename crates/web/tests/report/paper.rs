//! The forms on paper.

use axum::http::StatusCode;
use safehold_core::form::{Form, Question};

use crate::app::new_site;

#[tokio::test]
async fn the_whole_form_is_on_paper() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    let first = visitor.get("/paper").await;
    let second = visitor.get("/paper/2").await;
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
    assert!(visitor.cookie.is_none());
    let both = first.body.clone() + &second.body;
    let form = Form::built_in().unwrap();
    let asked: Vec<&Question> = form
        .all_pages()
        .flat_map(|page| &page.questions)
        .filter(|question| !["enough", "go_on"].contains(&question.id.as_str()))
        .filter(|question| !question.id.starts_with("told_"))
        .collect();
    // Each has its number, but for the lines about each who was told.
    assert!(asked.len() > 60);
    for (place, question) in asked.iter().enumerate() {
        let number = format!("<p class=\"question\"><b>{}</b> ", place + 1);
        let is_in = [first.body.contains(&number), second.body.contains(&number)];
        assert!(is_in[0] != is_in[1], "{number} {} {is_in:?}", question.id);
    }
    let next = format!("<b>{}</b> ", asked.len() + 1);
    assert!(!both.contains(&next), "{next}");
    first
        .has("What happened")
        .has("href=\"/paper/2\"")
        .lacks("<textarea")
        .lacks("<input");
    second
        .has("class=\"fill\"")
        .has("href=\"/paper\"")
        .lacks("<textarea")
        .lacks("<input");
}

#[tokio::test]
async fn paper_does_not_speak_of_screens() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    for path in ["/paper", "/paper/2", "/paper/short", "/paper/easy"] {
        let answer = visitor.get(path).await;
        let main = answer.main();
        for word in [
            "this page",
            "on this page",
            "your seven words open it",
            "one by one",
        ] {
            assert!(!main.contains(word), "{path}: {word}");
        }
    }
}

#[tokio::test]
async fn conditions_are_said_by_number_and_only_where_they_are_easy_to_say() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    let first = visitor.get("/paper").await;
    let second = visitor.get("/paper/2").await;
    let both = first.body + &second.body;
    assert!(both.contains("Leave this out if you ticked “Me” or “I would rather not say” in question"));
    for only in both.split("class=\"only\">").skip(1) {
        let only = only.split("</p>").next().unwrap();
        assert!(only.matches('“').count() <= 3, "{only}");
    }
}

#[tokio::test]
async fn the_short_form_asks_what_matters_most() {
    let site = new_site().await;
    let answer = site.visitor().get("/paper/short").await;
    answer
        .has("Is anyone in danger right now?")
        .has("In your own words, what do you know happened?")
        .has("What must not happen?")
        .has("Is this about any of these people")
        .has("Marisol Penhale: designated safeguarding lead")
        .has("How may we reach you?")
        .lacks("class=\"only\"");
}

#[tokio::test]
async fn easy_read_says_each_option_in_easy_words() {
    let site = new_site().await;
    let answer = site.visitor().get("/paper/easy").await;
    answer
        .has("What happened?")
        .has("I do not want to say")
        .has("Doctors and nurses")
        .has("Marisol Penhale")
        .lacks("I would rather not say")
        .lacks("[easy-");
    assert_eq!(
        answer.body.matches("class=\"step").count(),
        answer.body.matches("<svg class=\"picture\"").count()
    );
}

#[tokio::test]
async fn a_form_on_paper_is_light_enough_for_an_old_phone() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    // Sizes before compression; the browser tests weigh what is sent.
    for (path, most) in [
        ("/paper", 28),
        ("/paper/2", 28),
        ("/paper/short", 12),
        ("/paper/easy", 16),
    ] {
        let answer = visitor.get(path).await;
        assert!(answer.body.len() < most * 1024, "{path}: {}", answer.body.len());
    }
}

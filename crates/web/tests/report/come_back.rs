//! Coming back with words.

use axum::http::StatusCode;

use crate::app::{HARM, TestSite, Visitor, new_site};

async fn stopped() -> (TestSite, Visitor, Vec<String>) {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..4]).await;
    let page = visitor.get("/report/words").await;
    let words = page
        .body
        .split_once("translate=\"no\">")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0
        .to_owned();
    (
        site,
        visitor,
        words.split_whitespace().map(str::to_owned).collect(),
    )
}

#[tokio::test]
async fn another_device_goes_on_where_the_first_stopped() {
    let (site, _, words) = stopped().await;
    let mut other = site.visitor();
    other.get("/return").await.has("Your seven words");
    let typed = format!("  {}, {}. ", words[0].to_uppercase(), words[1..].join("  "));
    let answer = other.post("/return", &[("words", &typed)]).await;
    let to = answer.to().to_owned();
    assert!(answer.header("set-cookie").starts_with("visit="));
    other.get(&to).await.has("Who is this about?");
    other.get("/report/your_name").await.has("value=\"Ash\"");
}

#[tokio::test]
async fn a_small_slip_is_forgiven_or_offered() {
    let (site, _, mut words) = stopped().await;
    let mut other = site.visitor();
    // A word that is far from all others is told apart, with what was typed kept.
    let right = std::mem::replace(&mut words[2], "qqqqqqqqq".to_owned());
    let answer = other.post("/return", &[("words", &words.join(" "))]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("qqqqqqqqq").has("Word 3 is not one that we give.");
    let typed = words.join(" ");
    let answer = other
        .post(
            "/return",
            &[("words", &typed), ("position", "3"), ("pick", &right)],
        )
        .await;
    answer.to();
    // Two letters changed places.
    let mut slip = right.clone();
    let last = slip.pop().unwrap();
    let before = slip.pop().unwrap();
    slip.push(last);
    slip.push(before);
    words[2] = slip;
    let answer = site
        .visitor()
        .post("/return", &[("words", &words.join("-"))])
        .await;
    assert!(
        answer.status == StatusCode::SEE_OTHER || answer.body.contains(&words[2]),
        "{}",
        answer.main()
    );
}

#[tokio::test]
async fn words_that_open_nothing_get_one_answer() {
    let (site, _, words) = stopped().await;
    let mut other = site.visitor();
    let mut wrong = words.clone();
    wrong.swap(0, 1);
    let never = "acid acorn acre acts afar affix aged";
    let first = other.post("/return", &[("words", never)]).await;
    let second = other.post("/return", &[("words", &wrong.join(" "))]).await;
    // A draft whose time is over is answered like words that were never given.
    site.wait_days(15);
    let third = other.post("/return", &[("words", &words.join(" "))]).await;
    for answer in [&first, &second, &third] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.has("These words open nothing.");
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    let answer = other.post("/return", &[("words", "acid acorn")]).await;
    answer.has("We found 2 words here.").has("acid acorn");
    other.post("/return", &[]).await.has("We found no words here.");
    other
        .post("/return", &[("words", &"word ".repeat(900))])
        .await
        .has("There should be seven.");
}

#[tokio::test]
async fn words_that_open_nothing_are_one_page_and_one_cost_whyever_they_do() {
    let (site, mut visitor, words) = stopped().await;
    let never = "abacus abdomen abdominal abide abiding ability ablaze".to_owned();
    let deleted = words.join(" ");
    visitor.get("/report/forget").await;
    visitor.post("/report/forget", &[]).await;
    let mut other = site.visitor();
    other.go_through(&HARM[..4]).await;
    let page = other.get("/report/words").await;
    let (_, rest) = page.body.split_once("translate=\"no\">").unwrap();
    let expired = rest.split('<').next().unwrap().trim().to_owned();
    site.wait_days(40);
    let mut answers = Vec::new();
    for typed in [&never, &deleted, &expired] {
        let before = (site.app.derivations(), site.app.store().statements());
        let answer = site.visitor().post("/return", &[("words", typed)]).await;
        let cost = (
            site.app.derivations() - before.0,
            site.app.store().statements() - before.1,
        );
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let headers: Vec<_> = answer
            .headers
            .iter()
            // These words are longer or shorter than those.
            .filter(|(name, _)| *name != "content-length")
            .map(|header| format!("{header:?}"))
            .collect();
        let page = answer.body.replace(typed.as_str(), "TYPED");
        assert!(page.contains("TYPED"), "what was typed is kept");
        answers.push((page, headers, cost));
    }
    assert_eq!(answers[0].2, (1, 1));
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

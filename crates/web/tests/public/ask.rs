//! `/ask`.

use crate::get;

#[tokio::test]
async fn a_person_can_be_reached_before_any_form_is_offered() {
    let answer = get("/ask").await;
    let html = answer.text();
    let form = html.find("/report/start").unwrap();
    for before in [
        "tel:01632960101",
        "mailto:marisol@riverbank.example",
        "You are not alone",
        "Call 999",
    ] {
        assert!(html.find(before).unwrap() < form, "{before}");
    }
    assert!(html.contains("href=\"/return\"") && html.contains("href=\"/paper\""));
    assert!(!html.contains("<form"));
}

#[tokio::test]
async fn the_hours_are_honest_and_the_childrens_route_is_shown() {
    let answer = get("/ask").await;
    let html = answer.text();
    assert!(html.contains("Nobody reads them at night"));
    assert!(html.contains("tel:01632960103") && html.contains("https://riverbank.example/children"));
}

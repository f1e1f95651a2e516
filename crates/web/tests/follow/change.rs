//! Changed wishes, agreement taken back, confidential, withdrawal.

use axum::http::StatusCode;

use crate::{
    app::{HARM, new_site},
    sent,
};

#[tokio::test]
async fn wishes_are_changed_and_shown_for_the_next_change() {
    let (_site, mut visitor) = sent().await;
    let page = visitor.get("/follow/change/wishes").await;
    let id = page.hidden("id");
    let fields = [
        ("id", id.as_str()),
        ("wishes", "An apology"),
        ("must_not", "No police"),
    ];
    for _ in 0..2 {
        assert_eq!(
            visitor.post("/follow/change/wishes", &fields).await.to(),
            "/follow?d=wishes"
        );
    }
    let page = visitor.get("/follow?d=wishes").await;
    page.has("We have your new wishes.")
        .has("To happen: An apology")
        .has("Must not happen: No police");
    assert_eq!(page.body.matches("An apology").count(), 1);
    visitor
        .get("/follow/change/wishes")
        .await
        .has("An apology")
        .has("No police");
    let answer = visitor.post("/follow/change/wishes", &[("wishes", " ")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let long = "b".repeat(20_001);
    let answer = visitor
        .post("/follow/change/wishes", &[("wishes", "A"), ("must_not", &long)])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has(&long).has("href=\"#f-must_not\"");
}

#[tokio::test]
async fn agreement_is_taken_back() {
    let (_site, mut visitor) = sent().await;
    visitor
        .get("/follow/change/consent")
        .await
        .has("Take back an agreement to share");
    assert_eq!(
        visitor
            .post("/follow/change/consent", &[("with", "The council")])
            .await
            .to(),
        "/follow?d=consent"
    );
    visitor
        .get("/follow")
        .await
        .has("Agreement to share was taken back")
        .has("The council");
}

#[tokio::test]
async fn what_was_agreed_to_is_shown_where_it_can_be_taken_back() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor
        .go_through(&[("confidentiality", &[("confidentiality", "yes")])])
        .await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    visitor
        .get("/follow/change/consent")
        .await
        .has("What you said before")
        .has("Have you talked with those involved about who may know?");
    visitor
        .get("/follow/change/wishes")
        .await
        .lacks("What you said before</h2>");
}

#[tokio::test]
async fn named_becomes_confidential_once() {
    let (_site, mut visitor) = sent().await;
    visitor
        .get("/follow/change/confidential")
        .await
        .has("Make it confidential");
    assert_eq!(
        visitor.post("/follow/change/confidential", &[]).await.to(),
        "/follow?d=confidential"
    );
    visitor
        .get("/follow")
        .await
        .lacks("/follow/change/confidential")
        .has("Named became confidential");
    assert_eq!(visitor.get("/follow/change/confidential").await.to(), "/follow");
}

#[tokio::test]
async fn withdrawal_is_asked_for_and_a_token_needed() {
    let (_site, mut visitor) = sent().await;
    visitor
        .get("/follow/change/withdraw")
        .await
        .has("You do not need to give a reason.");
    let token = std::mem::take(&mut visitor.token);
    let answer = visitor
        .post("/follow/change/withdraw", &[("text", "I changed my mind")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    answer
        .has("I changed my mind")
        .has("Please press the button again.");
    visitor.token = token;
    assert_eq!(
        visitor
            .post("/follow/change/withdraw", &[("text", "")])
            .await
            .to(),
        "/follow?d=withdraw"
    );
    visitor.get("/follow").await.has("Asked to take the report back");
}

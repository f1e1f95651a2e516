//! Where answers lead: each way through the form, to its end.

use axum::http::StatusCode;

use crate::app::{HARM, new_site};

type Page<'a> = (&'a str, &'a [(&'a str, &'a str)]);

/// Answers up to a page, sends, and gives the number of pages.
async fn send_after(pages: &[Page<'_>]) -> String {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(pages).await;
    let check = visitor.get("/report/check").await;
    check.has("Look at your answers").has(">Send</button>");
    assert_eq!(visitor.post("/report/send", &[]).await.to(), "/report/sent");
    let sent = visitor.get("/report/sent").await;
    sent.has("Thank you. It has arrived.");
    check.body
}

#[tokio::test]
async fn named_confidential_and_anonymous_reports_are_sent() {
    send_after(HARM).await;
    let mut confidential = HARM.to_vec();
    confidential[2] = ("identity", &[("identity", "confidential")]);
    confidential[3] = ("your_name", &[("name-instead", "rather_not_say")]);
    let check = send_after(&confidential).await;
    assert!(check.contains("I would rather not say") && check.contains("you hear from a person"));
    let mut anonymous = HARM.to_vec();
    anonymous[2] = ("identity", &[("identity", "anonymous")]);
    anonymous[3] = ("follow_up", &[("follow_up", "yes")]);
    let check = send_after(&anonymous).await;
    assert!(check.contains("You can read it with your seven words."));
}

#[tokio::test]
async fn advice_needs_three_answers() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    let to = visitor
        .go_through(&[
            ("danger", &[("danger", "no")]),
            ("kind", &[("kind", "advice")]),
            ("under_18", &[]),
            ("team_involved", &[]),
            ("ask", &[("ask", "What should I do?")]),
        ])
        .await;
    let page = visitor.get(&to).await;
    page.has("How may we reach you?");
    assert_eq!(visitor.post(&to, &[]).await.to(), "/report/check");
    visitor.get("/report/check").await;
    assert_eq!(visitor.post("/report/send", &[]).await.to(), "/report/sent");
}

#[tokio::test]
async fn a_near_miss_and_good_practice_are_short() {
    let check = send_after(&[
        ("danger", &[("danger", "no")]),
        ("kind", &[("kind", "near_miss")]),
        ("under_18", &[("under_18", "no")]),
        ("team_involved", &[("team_involved", "none")]),
        ("what_happened", &[("what_happened", "The ramp was loose.")]),
        ("learning", &[("went_well", "Kit saw it.")]),
    ])
    .await;
    assert!(check.contains("Kit saw it.") && !check.contains("How do you want to tell us?"));
    let check = send_after(&[
        ("danger", &[("danger", "no")]),
        ("kind", &[("kind", "good_practice")]),
        ("what_happened", &[("what_happened", "Everyone was heard.")]),
    ])
    .await;
    assert!(!check.contains("under 18") && !check.contains("someone close to them"));
}

#[tokio::test]
async fn danger_shows_999_and_never_ends_the_way() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    let to = visitor.go_through(&[("danger", &[("danger", "not_sure")])]).await;
    let page = visitor.get(&to).await;
    page.has("href=\"tel:999\"")
        .has("press 55")
        .has("18000")
        .has("999bsl")
        .has("18001")
        .has("tel:01632960101");
    let to = visitor.post(&to, &[]).await.to().to_owned();
    visitor
        .get(&to)
        .await
        .has("Have the emergency services been called?");
    assert_eq!(
        visitor.post(&to, &[("emergency_called", "cannot")]).await.to(),
        "/report/4"
    );
}

#[tokio::test]
async fn what_is_not_ours_is_signposted_and_can_be_told_all_the_same() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..5]).await;
    let to = visitor
        .go_through(&[("your_role", &[]), ("related", &[("related", "no")])])
        .await;
    let page = visitor.get(&to).await;
    page.has("Someone under 18 is or may be harmed")
        .has("/help?n=1#list");
    let to = visitor
        .post(&to, &[("stop_checks", "child")])
        .await
        .to()
        .to_owned();
    let page = visitor.get(&to).await;
    page.has("Please tell us, if you feel able to").has("tel:999");
    let to = visitor.post(&to, &[]).await.to().to_owned();
    // Elsewhere: nothing is sent.
    let to_end = visitor.post(&to, &[("go_on", "leave")]).await.to().to_owned();
    let page = visitor.get(&to_end).await;
    page.has("Nothing was sent.")
        .has("/report/forget")
        .lacks(">Continue<");
    assert_eq!(visitor.get("/report/check").await.to(), to_end);
    assert_eq!(visitor.post("/report/send", &[]).await.to(), to_end);
    // And on all the same.
    let to = visitor.post(&to, &[("go_on", "tell")]).await.to().to_owned();
    visitor.get(&to).await.has("under 18");
}

#[tokio::test]
async fn somebody_under_18_has_a_route_of_their_own() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..6]).await;
    let to = visitor.go_through(&[("under_18", &[("under_18", "yes")])]).await;
    let page = visitor.get(&to).await;
    page.has("tel:01632960103")
        .has("0800 1111")
        .has("https://riverbank.example/children");
    let to = visitor.post(&to, &[]).await.to().to_owned();
    visitor.get(&to).await.has("someone close to them");
}

#[tokio::test]
async fn enough_is_enough() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    let to = visitor.go_through(&[("enough", &[("enough", "send")])]).await;
    assert_eq!(to, "/report/check");
    let to = visitor.go_through(&[("enough", &[("enough", "more")])]).await;
    visitor.get(&to).await.has("When did it happen?");
}

#[tokio::test]
async fn a_page_that_does_not_exist_is_not_there() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(&HARM[..1]).await;
    for path in [
        "/report/nowhere",
        "/report/0",
        "/report/9999",
        "/report/people/3/person",
        "/report/kind/1/1",
        "/report/people/x/1",
    ] {
        let status = visitor.get(path).await.status;
        assert!(
            status == StatusCode::NOT_FOUND || status == StatusCode::BAD_REQUEST,
            "{path} {status}"
        );
    }
}

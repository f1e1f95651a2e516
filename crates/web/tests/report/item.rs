//! People, one after the other.

use axum::http::StatusCode;

use crate::app::{HARM, TestSite, Visitor, new_site};

async fn begun() -> (TestSite, Visitor) {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    (site, visitor)
}

#[tokio::test]
async fn people_are_added_changed_and_taken_out() {
    let (_site, mut visitor) = begun().await;
    let list = visitor.get("/report/people").await;
    list.has("None added yet.").has("Add a person");
    let answer = visitor
        .answer(
            "people/1/person",
            &[("person_role", "concern"), ("person_name", "Kit")],
        )
        .await;
    let to = answer.to().to_owned();
    visitor.get(&to).await.has("Power and safety");
    let answer = visitor
        .post(
            &to,
            &[("person_power", "yes"), ("person_power-yes", "leads the group")],
        )
        .await;
    let list_at = answer.to().to_owned();
    let page = visitor.get(&list_at).await;
    page.has("Person 1")
        .has("Kit")
        .has("Yes: leads the group")
        .has("Person 1</span></a>");
    visitor
        .answer("people/2/person", &[("person_name", "Sky")])
        .await
        .to();
    let page = visitor.get(&list_at).await;
    page.has("Sky");
    visitor
        .answer(
            "people/1/person",
            &[("person_role", "witness"), ("person_name", "Kit B")],
        )
        .await
        .to();
    visitor
        .get("/report/check")
        .await
        .has("Kit B")
        .lacks("leads the group");
    visitor.get(&list_at).await;
    for _ in 0..2 {
        visitor.post(&list_at, &[("remove", "1"), ("of", "2")]).await.to();
    }
    visitor.get(&list_at).await.has("Sky").lacks("Kit B");
    let to = visitor.post(&list_at, &[]).await.to().to_owned();
    visitor.get(&to).await.has("Which of these comes nearest?");
}

#[tokio::test]
async fn two_tabs_add_two_people_and_a_second_press_adds_none() {
    let (_site, mut visitor) = begun().await;
    visitor.get("/report/people/1/person").await;
    let mut other = visitor.clone();
    visitor
        .post("/report/people/1/person", &[("person_name", "Kit")])
        .await
        .to();
    visitor
        .post("/report/people/1/person", &[("person_name", "Kit")])
        .await
        .to();
    let list = visitor.get("/report/people").await;
    assert_eq!(list.body.matches("Kit").count(), 1);
    // The other tab was opened when there was nobody yet.
    other
        .post("/report/people/2/person", &[("person_name", "Sky")])
        .await
        .to();
    let list = visitor.get("/report/people").await;
    list.has("Kit").has("Sky");
}

#[tokio::test]
async fn an_empty_person_is_none_and_errors_keep_what_was_typed() {
    let (_site, mut visitor) = begun().await;
    visitor.answer("people/1/person", &[]).await.to();
    visitor.get("/report/people").await.has("None added yet.");
    let long = "a".repeat(300);
    let answer = visitor
        .answer(
            "people/1/person",
            &[("person_name", &long), ("person_role", "helper")],
        )
        .await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.main()
    );
    answer.has(&long).has("value=\"helper\" checked");
    let token = std::mem::take(&mut visitor.token);
    let answer = visitor
        .post("/report/people/1/person", &[("person_name", "Kit")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    answer.has("value=\"Kit\"");
    visitor.token = token;
    let answer = visitor
        .post(
            "/report/people/1/person",
            &[("person_name", "Kit"), ("go", "stop")],
        )
        .await;
    assert_eq!(answer.to(), "/report/words");
    visitor.get("/report/people").await.has("Kit");
}

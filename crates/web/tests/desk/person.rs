//! The desk's pages on the person's side: questions, what is shown to them, reviews, and what people said at the end.

use axum::http::StatusCode;
use safehold_core::roster::Role;

use crate::{
    app::{TestSite, Visitor, new_site},
    team::{first_case, join, lead, opened, report},
};

const LEARN: &[(&str, &str)] = &[
    ("why_no_protection", "Nobody was hurt."),
    ("second_check", "Agreed."),
];

/// Posts a form as the page has it now.
async fn enter(desk: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> crate::app::Answer {
    let page = desk.get(path).await;
    let kept: Vec<(&str, String)> = ["version", "about"]
        .into_iter()
        .filter(|name| page.body.contains(&format!("name=\"{name}\" value=\"")))
        .map(|name| (name, page.hidden(name)))
        .collect();
    let mut all: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend_from_slice(fields);
    desk.post(path.split('?').next().unwrap(), &all).await
}

fn link(answer: &crate::app::Answer, part: &str) -> String {
    let (_, rest) = answer.has(part).body.split_once(part).unwrap();
    format!("{part}{}", rest.split('"').next().unwrap())
}

/// A report that the lead decided on, with who sent it.
async fn decided(site: &TestSite) -> (Visitor, Visitor, String) {
    let person = report(site).await;
    let mut desk = lead(site, 1).await;
    let case = first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    desk.post(
        &format!("{case}/do/begin"),
        &[("version", &version), ("no_conflict", "yes")],
    )
    .await
    .to();
    enter(&mut desk, &format!("{case}/do/learn_only"), LEARN)
        .await
        .to();
    (person, desk, case)
}

#[tokio::test]
async fn a_question_needs_its_words_and_its_day_or_the_reason_why_it_is_not_asked() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/record/ask");
    let answer = enter(&mut desk, &path, &[("ask_step", "meeting"), ("ask_safe", "yes")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("href=\"#f-ask_words\"")
        .has("href=\"#f-ask_by\"")
        .has("value=\"meeting\" checked");
    let answer = enter(
        &mut desk,
        &path,
        &[("ask_step", "meeting"), ("ask_safe", "not_safe")],
    )
    .await;
    answer
        .has("href=\"#f-ask_why_not\"")
        .lacks("href=\"#f-ask_words\"");
    let fields = [
        ("ask_step", "meeting"),
        ("ask_safe", "yes"),
        ("ask_words", "May we <meet>?"),
        ("ask_by-day", "27"),
        ("ask_by-month", "11"),
        ("ask_by-year", "2026"),
    ];
    enter(&mut desk, &path, &fields).await.to();
    desk.get(&format!("{case}/record"))
        .await
        .has("May we &#60;meet&#62;?")
        .has("No answer yet")
        .has("by 27 November 2026")
        .lacks("[record-")
        .lacks("[desk-");
    desk.get(&case).await.has("Ask the person before a step");
}

#[tokio::test]
async fn a_copy_for_the_person_begins_with_the_entry_and_needs_every_check() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let decision = [
        ("decision", "Speak with the <group>."),
        ("reasons", "It was asked for."),
        ("persons_view", "Not to be copied."),
        ("followed", "yes"),
        ("consent", "Given."),
    ];
    enter(&mut desk, &format!("{case}/record/decision"), &{
        let mut all = decision.to_vec();
        all.extend([
            ("check_on-day", "1"),
            ("check_on-month", "12"),
            ("check_on-year", "2026"),
        ]);
        all
    })
    .await
    .to();
    let record = desk.get(&format!("{case}/record")).await;
    let show = link(&record, &format!("{case}/record/shown?about="));
    let form = desk.get(&show).await;
    let (_, typed) = form.body.split_once("<textarea").unwrap();
    assert!(typed.contains("Speak with the &#60;group&#62;.") && !typed.contains("Not to be copied"));
    let half = [("shown_words", "We <speak>."), ("shown_checked", "safe")];
    let answer = enter(&mut desk, &show, &half).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("href=\"#f-shown_checked\"").has("We &#60;speak&#62;.");
    let whole = [
        ("shown_words", "We <speak>."),
        ("shown_checked", "others"),
        ("shown_checked", "safe"),
        ("shown_checked", "plain"),
    ];
    enter(&mut desk, &show, &whole).await.to();
    desk.get(&format!("{case}/record"))
        .await
        .has("Shown to the person 1")
        .has("We &#60;speak&#62;.");
    // Without an entry that it is a copy of there is no such form.
    let answer = desk.get(&format!("{case}/record/shown")).await;
    assert_ne!(answer.status, StatusCode::OK);
    let answer = desk.get(&format!("{case}/record/review")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_review_comes_to_who_looks_and_to_nobody_else() {
    let site = new_site().await;
    let (mut person, mut desk, case) = decided(&site).await;
    let mut second = join(&site, Role::Alternate, "Quill Marsh", 2).await;
    let everybody_else: Vec<String> = [Role::Alternate, Role::Sponsor]
        .map(|role| site.member(role))
        .into();
    let page = person.get("/follow/review").await;
    let id = page.hidden("id");
    let mut fields = vec![
        ("id", id.as_str()),
        ("about", "They did <not> hear me."),
        ("quiet", "yes"),
    ];
    fields.extend(everybody_else.iter().map(|one| ("not", one.as_str())));
    person.post("/follow/review", &fields).await.to();
    // Whoever decided sees neither the case on a list of reviews, nor that there is one.
    desk.get("/desk").await.lacks("review waits for you");
    desk.get("/desk/reviews").await.has("No review waits for you.");
    desk.get(&case).await.lacks("asked for a review");
    let path = format!("{case}/review/{id}");
    assert_eq!(desk.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        desk.post(&path, &[("review_result", "stands"), ("review_words", "x")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    second
        .get("/desk")
        .await
        .has("1 review waits for you.")
        .has("href=\"/desk/reviews\"");
    second.get("/desk/reviews").await.has(&path);
    let form = second.get(&path).await;
    form.has("They did &#60;not&#62; hear me.")
        .has("Those who decided do not know of this yet")
        .lacks("[desk-");
    let answer = second
        .post(&path, &[("review_result", "stands"), ("review_notes", "<Mine>")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("href=\"#f-review_words\"")
        .has("value=\"stands\" checked")
        .has("&#60;Mine&#62;");
    let fields = [
        ("review_result", "stands"),
        ("review_words", "I would do the same."),
    ];
    assert_eq!(
        second.post(&path, &fields).await.to(),
        format!("{case}?done=review")
    );
    person
        .get("/follow")
        .await
        .has("They would decide the same.")
        .has("I would do the same.");
    desk.get(&format!("{case}/record"))
        .await
        .has("They did &#60;not&#62; hear me.")
        .has("I would do the same.");
}

#[tokio::test]
async fn what_people_said_at_the_end_is_for_those_who_see_numbers() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk/ended")
        .await
        .has("Nothing can be shown yet.")
        .lacks("[desk-");
    let mut caseworker = join(&site, Role::Caseworker, "Cas Worker", 2).await;
    assert_eq!(caseworker.get("/desk/ended").await.status, StatusCode::FORBIDDEN);
}

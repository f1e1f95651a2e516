//! What the pages show: suggestions, drafts, what is late, and what the reporter sees.

use axum::http::StatusCode;
use safehold_core::duties::DutyRules;

use super::{SENT, decide, form, record};
use crate::{
    app::{HARM, TestSite, Visitor, new_site},
    team::{first_case, lead, opened},
};

/// A case whose report says more than usual.
async fn case_with(site: &TestSite, more: &[(&str, &[(&str, &str)])]) -> (Visitor, String) {
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.go_through(more).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    let mut desk = lead(site, 1).await;
    let case = first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    desk.post(
        &format!("{case}/do/begin"),
        &[("version", &version), ("no_conflict", "yes")],
    )
    .await
    .to();
    (desk, case)
}

#[tokio::test]
async fn the_page_suggests_bodies_says_why_and_that_nothing_is_sent() {
    let site = new_site().await;
    let more: &[(&str, &[(&str, &str)])] = &[
        ("enough", &[("enough", "more")]),
        ("categories", &[("categories", "slavery")]),
    ];
    let (mut desk, case) = case_with(&site, more).await;
    desk.get(&case)
        .await
        .has(&format!("href=\"{case}/duties\""))
        .has("things are open with bodies outside");
    let page = desk.get(&format!("{case}/duties")).await;
    page.has("Safehold sends nothing to anybody")
        .has("National Referral Mechanism")
        .has("The report: ")
        .has("Modern slavery")
        .has("Say where the person affected is")
        .has("Your organisation has not compared these rules with the law yet");
    page.lacks("[duty-").lacks("{$");

    let path = format!("{case}/duties");
    let (entry, version) = (page.hidden("entry"), page.hidden("version"));
    let fields = [
        ("entry", entry.as_str()),
        ("version", &version),
        ("place", "scotland"),
        ("says", "data_breach"),
    ];
    desk.post(&path, &fields).await.to();
    let page = desk.get(&format!("{path}?done=look")).await;
    page.has("The council&#39;s adult protection team (Scotland)")
        .has("You ticked: Personal information was lost")
        .has("Recorded.");
    page.lacks("adult safeguarding team (Wales)");
    // Each body has a page, also one that nothing raises, and says what it rests on.
    for body in &DutyRules::built_in().unwrap().bodies {
        let page = desk.get(&format!("{path}/{}", body.id)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", body.id);
        page.has("Who decides")
            .lacks("[duty-")
            .lacks("[desk-")
            .lacks("{$");
    }
    assert_eq!(
        desk.get(&format!("{path}/nobody")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        desk.get(&form(&case, "look")).await.status,
        StatusCode::NOT_FOUND,
        "the look has its own form"
    );
}

#[tokio::test]
async fn a_draft_holds_what_the_body_needs_and_no_name_that_was_given_in_confidence() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let draft = desk.get(&format!("{case}/duties/police/draft")).await;
    draft
        .has("They shouted at me.")
        .has("Ash")
        .has("Safehold sends nothing to anybody");
    draft.has("contenteditable=\"true\"").lacks("[duty-").lacks("{$");
    // The funder learns what happened, and of whom nothing.
    let draft = desk.get(&format!("{case}/duties/contract_party/draft")).await;
    draft.has("They shouted at me.").lacks("Who is affected");
    assert!(!draft.main().contains("Ash"), "{}", draft.main());
    assert_eq!(
        desk.get(&format!("{case}/duties/nobody/draft")).await.status,
        StatusCode::NOT_FOUND
    );

    let site = new_site().await;
    let mut visitor = site.visitor();
    let confidential: Vec<(&str, &[(&str, &str)])> = HARM
        .iter()
        .map(|(page, fields)| match *page {
            "identity" => ("identity", &[("identity", "confidential")][..]),
            _ => (*page, *fields),
        })
        .collect();
    visitor.go_through(&confidential).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    let begin = [("version", version.as_str()), ("no_conflict", "yes")];
    desk.post(&format!("{case}/do/begin"), &begin).await.to();
    let draft = desk.get(&format!("{case}/duties/police/draft")).await;
    draft.has("The lead holds the name");
    assert!(!draft.main().contains("Ash"), "{}", draft.main());
}

#[tokio::test]
async fn the_reporter_sees_it_only_in_the_words_that_the_lead_chose_to_send() {
    let site = new_site().await;
    let mut reporter = crate::team::report(&site).await;
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    let begin = [("version", version.as_str()), ("no_conflict", "yes")];
    desk.post(&format!("{case}/do/begin"), &begin).await.to();
    decide(&mut desk, &case).await;
    let path = form(&case, "sent");
    desk.get(&path).await.has("On 24 November 2026 we told: Police");
    record(&mut desk, &path, &["sent_on"], &SENT, &[]).await.to();
    reporter
        .get("/follow")
        .await
        .lacks("Kept &#60;message&#62;")
        .lacks("we told: Police");
    let mut shown = SENT.to_vec();
    shown[5] = ("show", "yes");
    record(&mut desk, &path, &["sent_on"], &shown, &[]).await.to();
    reporter
        .get("/follow")
        .await
        .has("Kept &#60;message&#62;")
        .lacks("Kept &#60;what&#62;");
}

#[tokio::test]
async fn what_is_late_stands_on_the_list_and_by_date_and_the_end_of_the_holidays_is_told() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    desk.get("/desk/duties")
        .await
        .has("Nothing is due")
        .has("Bank holidays are known until 31 December 2028");
    decide(&mut desk, &case).await;
    desk.get("/desk/duties")
        .await
        .has(&format!("{case}/duties"))
        .lacks("class=\"late\"");
    desk.get("/desk")
        .await
        .lacks("should have been told")
        .lacks("Bank holidays");
    site.wait_days(2);
    let mut desk = lead(&site, 2).await;
    desk.get("/desk")
        .await
        .has("One body outside should have been told")
        .has("href=\"/desk/duties\"");
    let due = desk.get("/desk/duties").await;
    due.has("class=\"late\"");
    assert!(
        !due.main().contains("olice"),
        "which body it is stands in the case only"
    );
    desk.get(&case).await.has("was due");
    // Three months before the list ends the desk says so, and after it as well.
    site.wait_days(700);
    let mut desk = lead(&site, 3).await;
    desk.get("/desk")
        .await
        .has("Bank holidays are known until 31 December 2028");
    site.wait_days(100);
    let mut desk = lead(&site, 4).await;
    desk.get("/desk")
        .await
        .has("The list of bank holidays ended on 31 December 2028");
}

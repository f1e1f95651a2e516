//! Mail that did not arrive.

use axum::http::StatusCode;
use safehold_app::queue;
use safehold_core::roster::Role;

use crate::{
    app::{TestSite, Visitor, new_site},
    team::{join, lead, opened, report},
};

/// Gives up every mail that is due.
async fn nothing_arrives(site: &TestSite, error: &str) {
    for errand in queue::take_due(&site.app).await.unwrap() {
        queue::give_up(&site.app, errand.job, error.to_owned())
            .await
            .unwrap();
    }
}

async fn arrived(site: &TestSite) {
    for errand in queue::take_due(&site.app).await.unwrap() {
        queue::done(&site.app, errand.job).await.unwrap();
    }
}

/// A report whose notice to the lead was lost; the lead's browser.
async fn lost(site: &TestSite, error: &str) -> Visitor {
    arrived(site).await;
    report(site).await;
    nothing_arrives(site, error).await;
    lead(site, 1).await
}

/// Where the form of the first mail is sent.
fn form(body: &str) -> String {
    let (_, rest) = body.split_once("action=\"/desk/mail/").unwrap();
    format!("/desk/mail/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn a_lost_mail_is_told_in_plain_words_without_an_address() {
    let site = new_site().await;
    let mut desk = lost(&site, "smtp-550").await;
    desk.get("/desk").await.has("href=\"/desk/mail\"");
    let page = desk.get("/desk/mail").await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("To Marisol Penhale, designated lead")
        .has("A new report:")
        .has("nobody gets mail at this address (550)")
        .has("Tried once")
        .has("/desk/case/");
    let main = page.main();
    assert!(!main.contains("marisol@") && !main.contains("smtp-"), "{main}");
}

#[tokio::test]
async fn a_lost_mail_is_tried_again_or_let_go() {
    let site = new_site().await;
    let mut desk = lost(&site, "connect").await;
    let page = desk.get("/desk/mail").await;
    page.has("The mail server did not answer.");
    let form = form(&page.body);
    let to = desk.post(&form, &[("do", "again")]).await.to().to_owned();
    desk.get(&to).await.has("tried again").has("There is none.");
    // The second press, and an address that never was, are answered alike.
    let again = desk.post(&form, &[("do", "again")]).await.to().to_owned();
    let never = desk
        .post("/desk/mail/00000000000040008000000000000000", &[("do", "again")])
        .await
        .to()
        .to_owned();
    assert_eq!(
        (again.as_str(), never.as_str()),
        ("/desk/mail?done=gone", "/desk/mail?done=gone")
    );

    nothing_arrives(&site, "timeout").await;
    desk.get("/desk/mail").await.has(&form);
    desk.post(&form, &[("do", "stop")]).await.to();
    desk.get("/desk/mail").await.lacks(&form);
    assert!(queue::take_due(&site.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn all_lost_mails_are_tried_again_at_once() {
    let site = new_site().await;
    arrived(&site).await;
    report(&site).await;
    report(&site).await;
    nothing_arrives(&site, "mail-not-set-up").await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk/mail").await.has("Try all of them again");
    desk.post("/desk/mail", &[]).await.to();
    desk.get("/desk/mail").await.has("There is none.");
    assert_eq!(queue::take_due(&site.app).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_form_that_says_nothing_or_lacks_its_token_does_nothing() {
    let site = new_site().await;
    let mut desk = lost(&site, "smtp-550").await;
    let form = form(&desk.get("/desk/mail").await.body);
    for fields in [[("do", "")], [("do", "everything")]] {
        let answer = desk.post(&form, &fields).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
    }
    desk.token = "wrong".to_owned();
    let answer = desk.post(&form, &[("do", "stop")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    desk.get("/desk/mail").await.has(&form);
}

#[tokio::test]
async fn who_does_not_have_the_case_does_not_learn_of_its_mail() {
    let site = new_site().await;
    let mut alternate = join(&site, Role::Alternate, "Tunde Ashgrove", 2).await;
    let mut desk = lost(&site, "smtp-550").await;
    let form = form(&desk.get("/desk/mail").await.body);
    alternate.get("/desk/mail").await.has("There is none.");
    alternate.get("/desk").await.lacks("/desk/mail");
    for what in ["again", "stop"] {
        let answer = alternate.post(&form, &[("do", what)]).await;
        let never = alternate
            .post("/desk/mail/00000000000040008000000000000000", &[("do", what)])
            .await;
        assert_eq!(answer.to(), never.to(), "{what}");
    }
    desk.get("/desk/mail").await.has(&form);
}

#[tokio::test]
async fn one_visit_to_a_case_and_its_forms_is_one_entry_in_the_trace() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    for path in ["", "/do/note", "/do/take_on", "/share", "/exclude", "/write", ""] {
        desk.get(&format!("{case}{path}")).await;
    }
    desk.post(&format!("{case}/do/note"), &[("note", "")]).await;
    let page = desk.get(&case).await;
    let (_, trace) = page.body.split_once("id=\"trace\"").unwrap();
    let (trace, _) = trace.split_once("</details>").unwrap();
    assert_eq!(trace.matches("Opened, Marisol").count(), 1, "{trace}");
}

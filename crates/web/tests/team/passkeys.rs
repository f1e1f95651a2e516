//! `/desk/account/passkeys` and `/desk/sign-in/passkey`, with a device in software.

use axum::http::StatusCode;
use safehold_core::roster::Role;
use safehold_testkit::passkey::Device;

use crate::{
    app::{Answer, BASE_URL, TestSite, Visitor, new_site},
    team::{PASS, join, lead},
};

const EMAIL: &str = "marisol@riverbank.example";

/// The site with another public address.
async fn site_at(base_url: &str) -> TestSite {
    let mut test = new_site().await;
    test.site.base_url = base_url.into();
    test.router = safehold_web::site(test.site.clone());
    test
}

/// What the page asks of the browser.
fn asked(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("data-ask=\"").unwrap();
    let options = rest.split('"').next().unwrap();
    options.replace("&#34;", "\"").replace("&quot;", "\"")
}

/// Adds a passkey of this name.
async fn add(desk: &mut Visitor, device: &mut Device, label: &str) -> Answer {
    let page = desk.post("/desk/account/passkeys", &[("label", label)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.main());
    page.lacks("[passkey-").has("Make the passkey");
    let answer = device.create(&asked(&page)).await;
    let ticket = page.hidden("pass_ticket");
    desk.post(
        "/desk/account/passkeys/add",
        &[
            ("label", label),
            ("pass_ticket", &ticket),
            ("pass_answer", &answer),
        ],
    )
    .await
}

/// The pass phrase, and the way that the button says.
async fn begin(site: &TestSite, email: &str, pass: &str, more: &[(&str, &str)]) -> (Visitor, Answer) {
    let mut visitor = site.visitor();
    let mut fields = vec![("email", email), ("pass", pass), ("code", ""), ("way", "passkey")];
    fields.extend_from_slice(more);
    let page = visitor.post("/desk/sign-in", &fields).await;
    (visitor, page)
}

async fn finish(visitor: &mut Visitor, page: &Answer, answer: &str, more: &[(&str, &str)]) -> Answer {
    let (ticket, email, to) = (
        page.hidden("pass_ticket"),
        page.hidden("email"),
        page.hidden("to"),
    );
    let mut fields = vec![
        ("email", email.as_str()),
        ("to", to.as_str()),
        ("pass_ticket", ticket.as_str()),
        ("pass_answer", answer),
    ];
    fields.extend_from_slice(more);
    visitor.post("/desk/sign-in/passkey", &fields).await
}

#[tokio::test]
async fn somebody_adds_a_passkey_signs_in_with_it_and_removes_it() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    desk.get("/desk/account").await.has("/desk/account/passkeys");
    desk.get("/desk/account/passkeys")
        .await
        .has("You have no passkeys yet")
        .lacks("[passkey-")
        .lacks("[desk-");
    let mut phone = Device::new(BASE_URL);
    let added = add(&mut desk, &mut phone, "My <phone>").await;
    assert_eq!(added.to(), "/desk/account/passkeys?done=added");
    let page = desk.get("/desk/account/passkeys?done=added").await;
    page.has("My &#60;phone&#62;")
        .has("Added on 24 November 2026")
        .has("Not used yet")
        .has("The passkey was added");

    let (mut visitor, page) = begin(&site, EMAIL, PASS, &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.headers.get("set-cookie").is_none(), "half of it is nothing");
    page.has(&format!("data-passkey=\"{BASE_URL}\""))
        .lacks(PASS)
        .lacks("[passkey-");
    let answer = phone.get(&asked(&page)).await;
    assert_eq!(finish(&mut visitor, &page, &answer, &[]).await.to(), "/desk");
    visitor.get("/desk").await.has("Nothing is waiting here");

    let page = desk.get("/desk/account/passkeys").await;
    page.has("Last used on 24 November 2026");
    let (_, rest) = page.body.split_once("name=\"passkey\" value=\"").unwrap();
    let id = rest.split('"').next().unwrap().to_owned();
    let other = join(&site, Role::Caseworker, "Bo Reed", 2).await;
    let theirs = other
        .clone()
        .post("/desk/account/passkeys/remove", &[("passkey", &id)])
        .await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let nothing = other
        .clone()
        .post("/desk/account/passkeys/remove", &[("passkey", "nothing")])
        .await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    let gone = desk
        .post("/desk/account/passkeys/remove", &[("passkey", &id)])
        .await;
    assert_eq!(gone.to(), "/desk/account/passkeys?done=removed");
    desk.get("/desk/account/passkeys?done=removed")
        .await
        .has("The passkey was removed")
        .has("You have no passkeys yet");
    desk.get("/desk/team/changes")
        .await
        .has("Marisol Penhale added a passkey of their own")
        .has("Marisol Penhale removed a passkey of their own")
        .lacks("[team-");
}

#[tokio::test]
async fn until_the_pass_phrase_is_right_every_answer_is_the_same() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    add(&mut desk, &mut Device::new(BASE_URL), "Phone").await.to();
    let mut pages = Vec::new();
    for (email, pass) in [
        (EMAIL, "another phrase"),
        ("tunde@riverbank.example", "another phrase"),
        // They have none, and are refused like whoever does not know the pass phrase.
        ("tunde@riverbank.example", PASS),
        ("nobody@riverbank.example", PASS),
        ("marisol@elsewhere.example", ""),
    ] {
        let (_, page) = begin(&site, email, pass, &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.has(&format!("value=\"{email}\""))
            .lacks("data-ask")
            .lacks("[passkey-");
        pages.push(page.body.replace(&format!("value=\"{email}\""), ""));
    }
    pages.dedup();
    assert_eq!(pages.len(), 1);
    // The page before it says nothing of anybody.
    let page = site.visitor().get("/desk/sign-in").await;
    page.has("Use a passkey instead of a code").has("name=\"code\"");
}

#[tokio::test]
async fn an_answer_that_does_not_fit_begins_anew_and_keeps_what_was_typed() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let mut phone = Device::new(BASE_URL);
    add(&mut desk, &mut phone, "Phone").await.to();
    let typed = [
        ("to", "/desk/case/00ff/do/note"),
        ("kept.note", "What was said on Tuesday"),
    ];
    let (mut visitor, page) = begin(&site, EMAIL, PASS, &typed).await;
    assert_eq!(page.hidden("kept.note"), "What was said on Tuesday");
    let kept = [("kept.note", "What was said on Tuesday")];
    let elsewhere = phone
        .at("https://safe.riverbank.example.net")
        .get(&asked(&page))
        .await;
    for answer in [elsewhere.as_str(), ""] {
        let again = finish(&mut visitor, &page, answer, &kept).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        again
            .has("That passkey did not sign you in")
            .has(&format!("value=\"{EMAIL}\""))
            .lacks("[passkey-");
        assert_eq!(again.hidden("kept.note"), "What was said on Tuesday");
        assert_eq!(again.hidden("to"), "/desk/case/00ff/do/note");
        assert!(visitor.cookie.is_none());
    }
    // And with one that fits they look at what they typed, and send it.
    let (mut visitor, page) = begin(&site, EMAIL, PASS, &typed).await;
    let answer = phone.get(&asked(&page)).await;
    let done = finish(&mut visitor, &page, &answer, &kept).await;
    assert_eq!(done.status, StatusCode::OK);
    done.has("What was said on Tuesday");
    assert!(visitor.cookie.is_some());
}

#[tokio::test]
async fn adding_asks_who_one_is_and_says_what_is_wrong_beside_the_name() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let long = "x".repeat(61);
    let page = desk.post("/desk/account/passkeys", &[("label", &long)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Use at most 60 letters")
        .has(&format!("value=\"{long}\""));
    let page = desk.post("/desk/account/passkeys", &[("label", "Phone")]).await;
    let ticket = page.hidden("pass_ticket");
    for answer in ["", "nonsense"] {
        let again = desk
            .post(
                "/desk/account/passkeys/add",
                &[
                    ("label", "Phone"),
                    ("pass_ticket", &ticket),
                    ("pass_answer", answer),
                ],
            )
            .await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        again
            .has("The passkey was not added")
            .has("value=\"Phone\"")
            .lacks("[passkey-");
    }
    let mut phone = Device::new(BASE_URL);
    add(&mut desk, &mut phone, "Phone").await.to();
    let page = desk.get("/desk/account/passkeys").await;
    let (_, rest) = page.body.split_once("name=\"passkey\" value=\"").unwrap();
    let id = rest.split('"').next().unwrap().to_owned();

    site.wait_minutes(16);
    let asked = desk.post("/desk/account/passkeys", &[("label", "Key")]).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked.has("Is it still you?");
    assert_eq!(asked.hidden("kept.label"), "Key");
    let proven = desk
        .post(
            "/desk/prove",
            &[
                ("to", "/desk/account/passkeys"),
                ("kept.label", "Key"),
                ("pass", PASS),
            ],
        )
        .await;
    assert_eq!(proven.status, StatusCode::OK);
    desk.post("/desk/account/passkeys", &[("label", "Key"), ("again", "1")])
        .await
        .has("value=\"Key\"");
    site.wait_minutes(16);
    let removed = desk
        .post("/desk/account/passkeys/remove", &[("passkey", &id)])
        .await;
    assert_eq!(removed.to(), "/desk/prove?to=/desk/account/passkeys");
    desk.get("/desk/account/passkeys").await.has("Phone");
}

#[tokio::test]
async fn where_browsers_offer_none_the_page_says_so_and_codes_work() {
    for address in ["http://192.0.2.7:8080", "http://duskgytldkxiuqc6.onion"] {
        let site = site_at(address).await;
        let mut desk = lead(&site, 1).await;
        let page = desk.get("/desk/account/passkeys").await;
        page.has("Passkeys don’t work at the address of this site")
            .has(address)
            .lacks("name=\"label\"");
        let refused = desk.post("/desk/account/passkeys", &[("label", "Phone")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let page = site.visitor().get("/desk/sign-in").await;
        page.lacks("data-passkey").has("name=\"code\"");
        let (_, page) = begin(&site, EMAIL, PASS, &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let (mut visitor, page) = begin(&site, EMAIL, PASS, &[]).await;
        let refused = finish(&mut visitor, &page, "", &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn only_pages_that_ask_for_a_passkey_load_its_script() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let script = "/static/passkey-";
    for page in ["/", "/report/start", "/help"] {
        site.visitor().get(page).await.lacks(script);
    }
    for page in ["/desk", "/desk/account", "/desk/account/passkeys"] {
        desk.get(page).await.lacks(script);
    }
    site.visitor().get("/desk/sign-in").await.has(script);
    desk.post("/desk/account/passkeys", &[]).await.has(script);
}

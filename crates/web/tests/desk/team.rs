//! People of the team who sign in over HTTP, and a report that they may or may not read.

use safehold_app::{SecretString, team};
use safehold_core::{id::UserId, roster::Role};
use safehold_testkit::{
    seal::totp,
    store::{StoreError, users},
};

use crate::app::{HARM, TestSite, Visitor, confirm, shown};

/// The pass phrase of everybody in these tests.
pub const PASS: &str = "seven quiet herons over the reeds";

/// The lead, signed in in a browser, with the nth recovery code (0 is used up).
pub async fn lead(site: &TestSite, code: usize) -> Visitor {
    let code = site.recovery_codes[code].clone();
    sign_in(site, "marisol@riverbank.example", &code).await
}

/// Signs in in a browser.
pub async fn sign_in(site: &TestSite, email: &str, code: &str) -> Visitor {
    let mut visitor = site.visitor();
    let answer = visitor
        .post(
            "/desk/sign-in",
            &[("email", email), ("pass", PASS), ("code", code)],
        )
        .await;
    answer.to();
    visitor.get("/desk/account").await;
    visitor
}

/// Somebody new in the team, signed in. `by` is the lead's recovery code.
pub async fn join(site: &TestSite, role: Role, name: &str, by: usize) -> Visitor {
    let lead = site.reader(by).await;
    let email = format!("{}@riverbank.example", name.to_lowercase().replace(' ', "-"));
    let new = team::NewMember {
        role,
        name: name.to_owned(),
        email: email.clone(),
        phone: String::new(),
    };
    let token = shown(team::invite(&site.app, &lead, new).await.unwrap());
    let secret = totp::new_secret();
    let code = totp::code_at(&secret, site.app.now().as_second()).unwrap();
    let typed = totp::typed_secret(&secret);
    let joined = team::join(&site.app, &token, SecretString::from(PASS), &typed, &code)
        .await
        .unwrap();
    if joined.waits {
        confirm(&site.app, &email).await;
    }
    sign_in(site, &email, &joined.recovery_codes[0]).await
}

/// Everybody's name and id.
pub async fn members(site: &TestSite) -> Vec<(String, String)> {
    let members = team::list(&site.app).await.unwrap();
    members
        .into_iter()
        .map(|member| (member.name, member.id.to_string()))
        .collect()
}

/// Somebody has left, past everything that it takes.
pub async fn leave_by_themselves(site: &TestSite, member: &str) {
    let id: UserId = member.parse().unwrap();
    site.app
        .store()
        .write(move |tx| {
            Box::pin(async move {
                let mut row = users::find(tx, id).await?.ok_or(StoreError::ChangedSince)?;
                row.state = users::UserState::Left;
                users::save(tx, &row).await
            })
        })
        .await
        .unwrap();
}

/// A report is sent; the answer is who sent it.
pub async fn report(site: &TestSite) -> Visitor {
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    visitor.get("/report/check").await;
    visitor.post("/report/send", &[]).await.to();
    visitor
}

/// The address of the first case on a desk.
pub async fn first_case(desk: &mut Visitor) -> String {
    let list = desk.get("/desk").await;
    let (_, rest) = list.body.split_once("/desk/case/").unwrap();
    format!("/desk/case/{}", rest.split('"').next().unwrap())
}

/// A case that the lead has opened; the lead's browser, and its address.
pub async fn opened(site: &TestSite) -> (Visitor, String) {
    report(site).await;
    let mut desk = lead(site, 1).await;
    let case = first_case(&mut desk).await;
    let page = desk.get(&case).await;
    let version = page.hidden("version");
    desk.post(
        &format!("{case}/do/begin"),
        &[("version", &version), ("no_conflict", "yes")],
    )
    .await
    .to();
    (desk, case)
}

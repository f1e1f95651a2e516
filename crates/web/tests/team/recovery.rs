//! The recovery key on the web: its holders, changing it, who asks to be let in again, and emergency access.

use axum::http::StatusCode;
use safehold_core::roster::Role;
use safehold_testkit::seal::totp;

use crate::{
    app::{TestSite, Visitor, new_site},
    team::{self, join, lead},
};

const NEW_PASS: &str = "copper lanterns drift over wet slates";
const WHY: &str = "Nobody answers the telephone.";
const HOLDERS: &str = "Petra Loom\r\nAmos Reedbank\r\nCelia Hallow\r\n";

/// What stands on the papers that a page shows.
fn papers(body: &str, prefix: &str) -> Vec<String> {
    body.split(prefix)
        .skip(1)
        .map(|rest| format!("{prefix}{}", rest.split('<').next().unwrap()))
        .collect()
}

/// Splits the key among three, of whom two are needed.
async fn split(site: &TestSite, desk: &mut Visitor) -> Vec<String> {
    let fields = [
        ("recovery_kind", "shares"),
        ("recovery_holders", HOLDERS),
        ("recovery_needed", "2"),
        ("why", "Three keep it now."),
        ("pass_share_1", site.recovery_key.as_str()),
    ];
    desk.get("/desk/recovery/change").await;
    let page = desk.post("/desk/recovery/change", &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    let shares = papers(&page.body, "SAFEHOLD-SHARE-1 ");
    assert_eq!(shares.len(), 3);
    page.has("Share 2 of 3 for Amos Reedbank").lacks("[recovery-");
    let typed = [("pass_share_1", shares[0].as_str()), ("pass_share_2", &shares[2])];
    let done = desk.post("/desk/recovery/confirm", &typed).await;
    assert_eq!(done.to(), "/desk/recovery?done=changed");
    shares
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "from the first page to the last, with all that can be wrong"
)]
async fn a_new_key_is_made_shown_once_and_typed_in() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let page = desk.get("/desk/recovery").await;
    page.has("One person keeps the whole key")
        .has("Nobody asks")
        .has("Nothing so far")
        .lacks("[recovery-");
    desk.get("/desk/recovery/change")
        .await
        .has("The present key")
        .lacks("[recovery-");
    // Each wrong field is said beside it, and everything stays typed.
    let key = site.recovery_key.as_str();
    let good = [
        ("recovery_kind", "shares"),
        ("recovery_holders", HOLDERS),
        ("recovery_needed", "2"),
        ("why", WHY),
        ("pass_share_1", key),
    ];
    let slip = key.replacen("-1 ", "-1 Z", 1);
    for (name, value, said) in [
        ("recovery_kind", "", "Choose how it is to be kept"),
        ("recovery_holders", "Petra Loom", "two to nine different names"),
        ("recovery_needed", "7", "Write a number from 2 to 5"),
        ("why", "  ", "Write why, in up to 4,000 letters"),
        ("pass_share_1", "", "Type the recovery key"),
        ("pass_share_1", slip.as_str(), "It has 57 letters and digits"),
    ] {
        let fields = good.map(|(field, typed)| (field, if field == name { value } else { typed }));
        let bad = desk.post("/desk/recovery/change", &fields).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        bad.has(said).has("Petra Loom").lacks("[recovery-");
        bad.has(&format!("href=\"#f-{name}\""));
        if name != "pass_share_1" {
            bad.has(key);
        }
        if name != "why" {
            bad.has(WHY);
        }
    }
    let made = desk.post("/desk/recovery/change", &good).await;
    let shares = papers(&made.body, "SAFEHOLD-SHARE-1 ");
    desk.get("/desk/recovery")
        .await
        .has("It is not in force until it is typed in");
    let page = desk.get("/desk/recovery/confirm").await;
    page.has("name=\"pass_share_2\"")
        .lacks(&shares[0])
        .lacks("[recovery-");
    let one = [("pass_share_1", shares[0].as_str())];
    let few = desk.post("/desk/recovery/confirm", &one).await;
    assert_eq!(few.status, StatusCode::UNPROCESSABLE_ENTITY);
    few.has("2 shares are needed, and 1 were typed").has(&shares[0]);
    let twice = [("pass_share_1", shares[0].as_str()), ("pass_share_2", &shares[0])];
    desk.post("/desk/recovery/confirm", &twice)
        .await
        .has("the same as another one");
    let both = [("pass_share_1", shares[0].as_str()), ("pass_share_2", &shares[1])];
    assert_eq!(
        desk.post("/desk/recovery/confirm", &both).await.to(),
        "/desk/recovery?done=changed"
    );
    desk.get("/desk/recovery?done=changed")
        .await
        .has("It is split among 3 holders. 2 of them must come together")
        .has("Celia Hallow")
        .has("A new recovery key is in force")
        .lacks(&shares[0][20..40])
        .lacks("[recovery-");
    desk.get("/desk/recovery/confirm")
        .await
        .has("No new key was begun");
    let late = desk.post("/desk/recovery/confirm", &both).await;
    assert!(late.status.is_client_error());
    // The others are told, and mark it as seen.
    let mut second = join(&site, Role::Sponsor, "Una Millrace", 2).await;
    desk.post(
        "/desk/recovery/change",
        &good.map(|(name, value)| match name {
            "pass_share_1" => (name, shares[0].as_str()),
            _ => (name, value),
        }),
    )
    .await
    .has("2 shares are needed");
    let mut again = good.to_vec();
    again[4] = ("pass_share_1", &shares[2]);
    again.push(("pass_share_2", &shares[1]));
    assert_eq!(
        desk.post("/desk/recovery/change", &again).await.status,
        StatusCode::OK
    );
    second
        .get("/desk")
        .await
        .has("The recovery key was used, or something about it changed");
    let page = second.get("/desk/recovery").await;
    page.has("A new recovery key was begun")
        .has(WHY)
        .lacks("[recovery-");
    let note = page.hidden("note");
    assert_eq!(
        second.post("/desk/recovery/seen", &[("note", &note)]).await.to(),
        "/desk/recovery?done=seen"
    );
    let gone = second.post("/desk/recovery/seen", &[("note", &note)]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(
        second
            .post("/desk/recovery/confirm", &[("do", "give-up")])
            .await
            .to(),
        "/desk/recovery?done=given-up"
    );
}

#[tokio::test]
async fn whoever_lost_everything_asks_and_is_let_in_again() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let shares = split(&site, &mut desk).await;
    site.visitor().get("/desk/sign-in").await.has("/desk/lost");
    let mut lost = site.visitor();
    let page = lost.get("/desk/lost").await;
    page.has("You can&#39;t sign in any more")
        .lacks("[recovery-")
        .lacks("[team-");
    let secret = page.hidden("secret");
    let code = totp::code_at(&totp::parse_typed(&secret).unwrap(), site.app.now().as_second()).unwrap();
    let good = [
        ("email", "tunde@riverbank.example"),
        ("pass", NEW_PASS),
        ("pass_again", NEW_PASS),
        ("secret", secret.as_str()),
        ("code", code.as_str()),
    ];
    for (name, value, said) in [
        ("email", "tunde", "Write an e-mail address"),
        ("pass", "password1", "The two are not the same"),
        ("code", "000000", "This code does not fit"),
    ] {
        let fields = good.map(|(field, typed)| (field, if field == name { value } else { typed }));
        let bad = lost.post("/desk/lost", &fields).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        bad.has(said).lacks(NEW_PASS).lacks("[recovery-");
        assert_eq!(bad.hidden("secret"), secret);
    }
    let asked = lost.post("/desk/lost", &good).await;
    assert_eq!(asked.status, StatusCode::OK);
    asked.has("We have noted it").has("7 days").lacks("[recovery-");
    let (_, rest) = asked.body.split_once("card secret\">").unwrap();
    let letters = rest.split('<').next().unwrap().to_owned();
    // The page for nobody is the same but for what is random.
    let nobody = good.map(|(field, typed)| {
        (
            field,
            if field == "email" {
                "nobody@riverbank.example"
            } else {
                typed
            },
        )
    });
    let other = site.visitor().post("/desk/lost", &nobody).await;
    assert_eq!(other.status, StatusCode::OK);
    assert_eq!(other.body.len(), asked.body.len());

    desk.get("/desk")
        .await
        .has("Somebody asks to be let in again")
        .lacks("[recovery-");
    let page = desk.get("/desk/recovery").await;
    page.has("Tunde Ashgrove asked");
    let (_, rest) = page.body.split_once("/desk/recovery/ask/").unwrap();
    let address = format!("/desk/recovery/ask/{}", rest.split('"').next().unwrap());
    let page = desk.get(&address).await;
    page.has(&letters)
        .has("tunde@riverbank.example")
        .has("name=\"pass_share_2\"")
        .lacks("[recovery-");
    let wrong = [
        ("why", ""),
        ("pass_share_1", shares[0].as_str()),
        ("pass_share_2", "0123"),
    ];
    let bad = desk.post(&address, &wrong).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.has("Write why")
        .has("It has 4 letters and digits")
        .has(&shares[0]);
    // A screen that was left open is not enough to come here; whoever types shares is not asked once more.
    site.wait_minutes(16);
    assert_eq!(desk.get(&address).await.to(), format!("/desk/prove?to={address}"));
    let right = [
        ("why", WHY),
        ("pass_share_1", shares[0].as_str()),
        ("pass_share_2", &shares[1]),
    ];
    let done = desk.post(&address, &right).await;
    assert_eq!(done.status, StatusCode::OK);
    done.has("Tunde Ashgrove is let in again")
        .has("make new ones")
        .lacks("[recovery-");
    assert_eq!(desk.get(&address).await.status, StatusCode::NOT_FOUND);
    let (_, rest) = asked.body.split_once("keep-list\"><li>").unwrap();
    let recovery_code = rest.split('<').next().unwrap();
    let mut back = site.visitor();
    let fields = [
        ("email", "tunde@riverbank.example"),
        ("pass", NEW_PASS),
        ("code", recovery_code),
    ];
    assert_eq!(back.post("/desk/sign-in", &fields).await.to(), "/desk");
    // The independent recipient sees that it was done, and why.
    let mut ines = join(&site, Role::Sponsor, "Una Millrace", 2).await;
    ines.get("/desk/recovery")
        .await
        .has("Tunde Ashgrove was let in again")
        .lacks("[recovery-");
}

#[tokio::test]
async fn what_was_asked_in_ones_name_is_put_aside_by_oneself_or_a_lead() {
    let site = new_site().await;
    let ask = async || {
        let mut visitor = site.visitor();
        let secret = visitor.get("/desk/lost").await.hidden("secret");
        let code = totp::code_at(&totp::parse_typed(&secret).unwrap(), site.app.now().as_second()).unwrap();
        let fields = [
            ("email", "una-millrace@riverbank.example"),
            ("pass", NEW_PASS),
            ("pass_again", NEW_PASS),
            ("secret", secret.as_str()),
            ("code", code.as_str()),
        ];
        visitor.post("/desk/lost", &fields).await.has("We have noted it");
    };
    let mut una = join(&site, Role::Caseworker, "Una Millrace", 1).await;
    ask().await;
    una.get("/desk")
        .await
        .has("Somebody asked for a new pass phrase in your name");
    let page = una.get("/desk/account/asked").await;
    page.has("Somebody said that you lost your pass phrase")
        .lacks("[recovery-");
    let id = page.hidden("ask");
    let mut desk = lead(&site, 2).await;
    let other = desk.post("/desk/account/asked", &[("ask", &id)]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "not in the lead's name");
    una.post("/desk/account/asked", &[("ask", &id)]).await.to();
    una.get("/desk/account/asked")
        .await
        .has("Nothing was asked in your name");
    ask().await;
    let page = desk.get("/desk/recovery").await;
    let (_, rest) = page.body.split_once("/desk/recovery/ask/").unwrap();
    let address = format!("/desk/recovery/ask/{}", rest.split('"').next().unwrap());
    // For whoever is not told of the recovery key, it is no page.
    assert_eq!(una.get(&address).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        desk.post(&address, &[("do", "drop")]).await.to(),
        "/desk/recovery?done=dropped"
    );
    desk.get("/desk/recovery").await.has("Nobody asks");
}

#[tokio::test]
async fn a_holder_without_a_sign_in_looks_whether_their_share_is_whole() {
    let site = new_site().await;
    let mut desk = lead(&site, 1).await;
    let not_yet = site.visitor().post("/desk/share", &[("pass_share", "x")]).await;
    not_yet.has("There are no shares in use here");
    let shares = split(&site, &mut desk).await;
    let mut holder = site.visitor();
    holder
        .get("/desk/share")
        .await
        .has("Do you still have your share?")
        .lacks("[recovery-");
    let typed = shares[1].to_lowercase().replace('-', " ");
    let found = holder.post("/desk/share", &[("pass_share", &typed)]).await;
    assert_eq!(found.status, StatusCode::OK);
    found
        .has("It is share 2 of 3")
        .lacks("[recovery-")
        .lacks(&shares[1])
        .lacks("Amos");
    let wrong = holder
        .post("/desk/share", &[("pass_share", &shares[1][..40])])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .has("letters and digits after its beginning")
        .lacks(&shares[1][20..40]);
    desk.get("/desk/recovery")
        .await
        .has("Looked at")
        .has("Has not looked since it was made");
    site.wait_days(366);
    let mut desk = lead(&site, 2).await;
    desk.get("/desk").await.has("have not looked for their shares");
    desk.get("/desk/recovery")
        .await
        .has("more than a year ago")
        .lacks("[recovery-");
}

#[tokio::test]
async fn one_case_is_opened_in_an_emergency_and_nothing_else_is_told() {
    let site = new_site().await;
    let (mut desk, case) = team::opened(&site).await;
    let shares = split(&site, &mut desk).await;
    let page = desk.get("/desk").await;
    let (_, rest) = page.body.split_once(&format!("{case}\">")).unwrap();
    let number = rest.split('<').next().unwrap().to_owned();
    let mut uni = join(&site, Role::University, "Uni Vale", 2).await;
    uni.get("/desk").await.has("/desk/emergency").lacks(&number);
    uni.get("/desk/emergency")
        .await
        .has("Call the people first")
        .lacks("[emergency-")
        .lacks("[recovery-");
    let good = [
        ("reference", number.as_str()),
        ("hours", "3"),
        ("why", WHY),
        ("pass_share_1", shares[2].as_str()),
        ("pass_share_2", shares[0].as_str()),
    ];
    for (name, value, said) in [
        ("why", " ", "Write why"),
        ("hours", "73", "Write a number from 1 to 72"),
        ("hours", "soon", "Write a number from 1 to 72"),
        (
            "reference",
            "0000-0000",
            "Nothing can be opened under this number",
        ),
        ("reference", "", "Nothing can be opened under this number"),
        ("pass_share_2", "", "2 shares are needed"),
    ] {
        let fields = good.map(|(field, typed)| (field, if field == name { value } else { typed }));
        let bad = uni.post("/desk/emergency", &fields).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        bad.has(said)
            .has(&shares[2])
            .has(&format!("href=\"#f-{name}\""))
            .lacks("[emergency-");
        bad.lacks("They shouted at me");
    }
    assert_eq!(uni.post("/desk/emergency", &good).await.to(), case);
    uni.get(&case).await.has("They shouted at me").lacks("[recovery-");
    uni.get("/desk")
        .await
        .has(&format!("You have emergency access to case {number} until"));
    let twice = uni.post("/desk/emergency", &good).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    twice.has("on your desk already").has(&case);
    let page = desk.get("/desk/recovery").await;
    page.has("Uni Vale got emergency access to a case")
        .has(&format!("Case {number}"))
        .has(WHY);
    desk.get(&case)
        .await
        .has("Got emergency access until")
        .lacks("[recovery-");
    // A caseworker and whoever keeps lists get no such page.
    for (role, name, by) in [
        (Role::Caseworker, "Cas Worker", 3),
        (Role::Administrator, "Ada Min", 4),
    ] {
        let mut other = join(&site, role, name, by).await;
        assert_eq!(other.get("/desk/emergency").await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            other.post("/desk/emergency", &good).await.status,
            StatusCode::FORBIDDEN
        );
    }
    let mut nobody = site.visitor();
    assert!(
        nobody
            .get("/desk/emergency")
            .await
            .to()
            .starts_with("/desk/sign-in")
    );
    // What was typed is carried through signing in, but no share is.
    let carried = nobody.post("/desk/emergency", &good).await;
    assert_eq!(carried.status, StatusCode::FORBIDDEN);
    carried.has(&number).lacks(&shares[2]).lacks(&shares[0]);
}

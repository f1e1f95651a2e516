//! `/desk/case/{id}/exclusion` with its forms, `/desk/exclusions` and `/desk/sign-ups`; and on a case the people of the
//! university and who holds the lead with partners.

use axum::http::StatusCode;
use safehold_core::roster::Role;

use crate::{
    app::{Answer, TestSite, Visitor, new_site},
    team::{join, lead, members, opened},
};

/// A whole proposal for people and activities that nobody knows.
const PROPOSAL: [(&str, &str); 25] = [
    ("stay_name", "Samuel <Quarrywood>"),
    ("stay_names", "Sam Q"),
    ("stay_reach", "sam.q@example.org"),
    ("stay_raised", "no"),
    ("stay_pattern", "In three sessions."),
    ("stay_tried", "Called in twice."),
    ("stay_group", "not_asked"),
    ("stay_group_how", "It was not safe."),
    ("stay_manager", "not_asked"),
    ("stay_manager_view", "They are involved."),
    ("stay_reasons", "It goes on, MARKreasons."),
    ("stay_other", "Another group."),
    ("stay_power", "They run the venue."),
    ("stay_from", "all"),
    ("stay_until", "review"),
    ("stay_review_on-day", "15"),
    ("stay_review_on-month", "1"),
    ("stay_review_on-year", "2027"),
    ("stay_way_back", "A talk with the two of us."),
    ("stay_told", "By phone."),
    ("stay_hears_name", "The trustees' chair"),
    ("check_on-day", "26"),
    ("check_on-month", "11"),
    ("check_on-year", "2026"),
    ("stay_told_group", ""),
];

/// Sends a form of the record as the page gives it, with these fields.
async fn enter(desk: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> Answer {
    let page = desk.get(path).await;
    let hidden: Vec<_> = ["version", "about", "corrects"]
        .iter()
        .map(|name| (*name, page.hidden(name)))
        .collect();
    let mut all: Vec<(&str, &str)> = hidden
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    all.extend(fields);
    desk.post(path.split('?').next().unwrap(), &all).await
}

/// The address on a page that has this in it.
fn link(answer: &Answer, part: &str) -> String {
    let (before, after) = answer.body.split_once(part).unwrap();
    let start = before.rsplit("href=\"").next().unwrap();
    format!("{start}{part}{}", after.split('"').next().unwrap()).replace("&#38;", "&")
}

/// A proposal of the lead, and somebody else who can open its case.
async fn proposed(site: &TestSite) -> (Visitor, Visitor, String) {
    let (mut desk, case) = opened(site).await;
    let second = join(site, Role::Alternate, "Noor Vale", 2).await;
    let everybody = members(site).await;
    let (_, id) = everybody.iter().find(|(name, _)| name == "Noor Vale").unwrap();
    desk.post(&format!("{case}/share"), &[("who", id), ("why", "A second look")])
        .await
        .to();
    let to = enter(&mut desk, &format!("{case}/record/stay_away"), &PROPOSAL).await;
    assert_eq!(to.to(), format!("{case}/exclusion?done=stay_away"));
    (desk, second, case)
}

const CONFIRM: [(&str, &str); 2] = [("stay_check", "confirm"), ("stay_check_why", "I read it.")];

async fn in_force(site: &TestSite) -> (Visitor, Visitor, String) {
    let (desk, mut second, case) = proposed(site).await;
    let page = second.get(&format!("{case}/exclusion")).await;
    site.wait_minutes(1);
    enter(&mut second, &link(&page, "/record/stay_away_check?"), &CONFIRM)
        .await
        .to();
    (desk, second, case)
}

fn no_holes(answer: &Answer) {
    answer
        .lacks("[stay-")
        .lacks("[record-")
        .lacks("[desk-")
        .lacks("{$");
}

#[tokio::test]
async fn one_person_proposes_and_another_confirms() {
    let site = new_site().await;
    let (mut desk, mut second, case) = proposed(&site).await;
    let mine = desk.get(&format!("{case}/exclusion?done=stay_away")).await;
    mine.has("An exclusion was proposed")
        .has("Samuel &#60;Quarrywood&#62; (decision 1)")
        .has("Waits for a second person")
        .has("somebody else looks at it")
        .lacks("/record/stay_away_check");
    no_holes(&mine);
    desk.get(&case)
        .await
        .has("waits for a second person")
        .has("/exclusion");
    // The way round the page is no way either.
    let page = second.get(&format!("{case}/exclusion")).await;
    let check = link(&page, "/record/stay_away_check?");
    let alone = desk.get(&check).await;
    assert_eq!(alone.status, StatusCode::FORBIDDEN);
    site.wait_minutes(1);
    let form = second.get(&check).await;
    form.has("MARKreasons").has("name=\"stay_check\"");
    no_holes(&form);
    let missing = enter(&mut second, &check, &[("stay_check_why", "Kept <words>")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    missing.has("href=\"#f-stay_check\"").has("Kept &#60;words&#62;");
    enter(&mut second, &check, &CONFIRM).await.to();
    let page = desk.get(&format!("{case}/exclusion")).await;
    page.has("In force").has("15 January 2027").has("I read it.");
    no_holes(&page);
    desk.get(&case)
        .await
        .has("An exclusion from activities is in force");
    let list = desk.get("/desk/exclusions").await;
    list.has("Samuel &#60;Quarrywood&#62;")
        .has("In force")
        .lacks("MARKreasons");
    no_holes(&list);
    desk.get("/desk")
        .await
        .has("/desk/exclusions")
        .has("/desk/sign-ups");
    // The reminder leads to the page on which it stands.
    let record = desk.get(&format!("{case}/record")).await;
    record.has(&format!("{case}/exclusion#e-"));
    no_holes(&record);
    site.wait_days(60);
    let mut desk = lead(&site, 3).await;
    desk.get("/desk/exclusions").await.has("Late");
}

#[tokio::test]
async fn to_send_away_whoever_raised_it_is_warned_of() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/record/stay_away");
    let form = desk.get(&path).await;
    form.lacks("stay_raised_reason").has("Who was asked");
    no_holes(&form);
    let raised: Vec<_> = PROPOSAL
        .iter()
        .map(|(name, value)| (*name, if *name == "stay_raised" { "yes" } else { value }))
        .collect();
    let warned = enter(&mut desk, &path, &raised).await;
    assert_eq!(warned.status, StatusCode::UNPROCESSABLE_ENTITY);
    warned
        .has("may be reprisal")
        .has("name=\"stay_raised_reason\"")
        .has("MARKreasons");
    let mut reasoned = raised.clone();
    reasoned.push(("stay_raised_reason", "Both were heard."));
    enter(&mut desk, &path, &reasoned).await.to();
    let page = desk.get(&format!("{case}/exclusion")).await;
    page.has("Both were heard.");
    no_holes(&page);
}

#[tokio::test]
async fn whoever_proposes_hears_no_appeal_and_a_day_that_has_passed_is_told() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/record/stay_away");
    for (field, value, said) in [
        ("stay_hears_name", "Marisol Penhale", "had a part in the decision"),
        ("stay_review_on-year", "2025", "this day has passed"),
        ("stay_until", "day", "f-stay_ends_on"),
    ] {
        let wrong: Vec<_> = PROPOSAL
            .iter()
            .map(|(name, kept)| (*name, if *name == field { value } else { kept }))
            .collect();
        let answer = enter(&mut desk, &path, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        answer.has(said).has("MARKreasons");
        no_holes(&answer);
    }
    desk.get(&format!("{case}/exclusion")).await.lacks("MARKreasons");
}

#[tokio::test]
async fn an_appeal_is_answered_by_somebody_who_had_no_part_and_ends_it() {
    let site = new_site().await;
    let (mut desk, mut second, case) = in_force(&site).await;
    let third = join(&site, Role::Alternate, "Bo Lanternfield", 4).await;
    let everybody = members(&site).await;
    let (_, id) = everybody
        .iter()
        .find(|(name, _)| name == "Bo Lanternfield")
        .unwrap();
    desk.post(&format!("{case}/share"), &[("who", id), ("why", "An appeal")])
        .await
        .to();
    let page = desk.get(&format!("{case}/exclusion")).await;
    let appeal = link(&page, "/record/stay_away_appeal?");
    let fields = [
        ("stay_appeal_on-day", "24"),
        ("stay_appeal_on-month", "11"),
        ("stay_appeal_on-year", "2026"),
        ("stay_appeal_from", "person"),
        ("stay_appeal_words", "I was not <heard>."),
        ("stay_hears", id.as_str()),
        ("stay_answer_by-day", "8"),
        ("stay_answer_by-month", "12"),
        ("stay_answer_by-year", "2026"),
    ];
    let missing = enter(&mut desk, &appeal, &fields[..5]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    missing
        .has("I was not &#60;heard&#62;.")
        .has("href=\"#f-stay_answer_by\"");
    enter(&mut desk, &appeal, &fields).await.to();
    for visitor in [&mut desk, &mut second] {
        let page = visitor.get(&format!("{case}/exclusion")).await;
        page.has("1 appeal waits for an answer")
            .lacks("/record/stay_away_ruling");
    }
    let mut third = third;
    let page = third.get(&format!("{case}/exclusion")).await;
    let ruling = link(&page, "/record/stay_away_ruling?");
    assert_eq!(desk.get(&ruling).await.status, StatusCode::FORBIDDEN);
    let form = third.get(&ruling).await;
    form.has("I was not &#60;heard&#62;.");
    no_holes(&form);
    let missing = enter(&mut third, &ruling, &[("stay_ruling_why", "Kept <words>")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    missing.has("Kept &#60;words&#62;").has("href=\"#f-stay_ruling\"");
    site.wait_minutes(1);
    let ended = [
        ("stay_ruling", "ended"),
        ("stay_ruling_why", "They were not heard."),
        ("stay_ruling_told", "By phone."),
    ];
    enter(&mut third, &ruling, &ended).await.to();
    let page = desk.get(&format!("{case}/exclusion")).await;
    page.has("Ended").lacks("/record/stay_away_review");
    no_holes(&page);
    desk.get("/desk/exclusions").await.lacks("Quarrywood");
    // A page from before says so, and keeps what was typed.
    let late = third
        .post(
            ruling.split('?').next().unwrap(),
            &[
                ("about", ruling.split('=').next_back().unwrap()),
                ("version", "1"),
                ("stay_ruling_why", "Kept <late>"),
            ],
        )
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.has("Kept &#60;late&#62;");
}

#[tokio::test]
async fn a_review_says_why_and_when_next() {
    let site = new_site().await;
    let (mut desk, mut second, case) = in_force(&site).await;
    let page = second.get(&format!("{case}/exclusion")).await;
    let review = link(&page, "/record/stay_away_review?");
    let mut fields = vec![
        ("stay_review", "longer"),
        ("stay_review_why", "Kept <words>"),
        ("stay_review_told", "By letter."),
    ];
    let missing = enter(&mut second, &review, &fields).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    missing
        .has("href=\"#f-stay_new_review_on\"")
        .has("Kept &#60;words&#62;");
    fields.extend([
        ("stay_new_review_on-day", "15"),
        ("stay_new_review_on-month", "4"),
        ("stay_new_review_on-year", "2027"),
    ]);
    // Alone, whoever proposed it makes it no longer, and what they typed is kept.
    let alone = enter(&mut desk, &review, &fields).await;
    assert_eq!(alone.status, StatusCode::FORBIDDEN);
    alone.has("Kept &#60;words&#62;");
    site.wait_minutes(1);
    enter(&mut second, &review, &fields).await.to();
    let page = desk.get(&format!("{case}/exclusion")).await;
    page.has("To be looked at by 15 April 2027");
    no_holes(&page);
}

#[tokio::test]
async fn a_look_at_sign_ups_says_who_may_be_meant_and_keeps_nothing() {
    let site = new_site().await;
    let (mut desk, _, _) = in_force(&site).await;
    let form = desk.get("/desk/sign-ups").await;
    form.has("name=\"names\"");
    no_holes(&form);
    let list = "Name,Mail\nRobin <Example>,r@example.org\nQuarrywod; Samuel\n";
    let found = desk.post("/desk/sign-ups", &[("names", list)]).await;
    assert_eq!(found.status, StatusCode::OK);
    found
        .has("1 line may mean somebody who is to stay away")
        .has("Line 3: Quarrywod, Samuel")
        .has("Check before you do anything")
        .has("All our activities")
        .has("A talk with the two of us.")
        .has("Robin &#60;Example&#62;")
        // Why somebody is to stay away is told in the case and not here.
        .lacks("MARKreasons");
    no_holes(&found);
    let nobody = desk.post("/desk/sign-ups", &[("names", "Robin Example")]).await;
    nobody.has("We looked at 1 line").lacks("Quarrywood");
    no_holes(&nobody);
    desk.get("/desk/sign-ups").await.lacks("Robin");
    let empty = desk.post("/desk/sign-ups", &[("names", " \n ,, \n")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.has("href=\"#f-names\"");
    let long = "Robin Example\n".repeat(2001);
    let much = desk.post("/desk/sign-ups", &[("names", &long)]).await;
    assert_eq!(much.status, StatusCode::UNPROCESSABLE_ENTITY);
    much.has("2000 lines").has("Robin Example");
    no_holes(&much);
}

#[tokio::test]
async fn whoever_may_not_know_is_answered_as_if_there_was_nothing() {
    let site = new_site().await;
    let (mut desk, mut second, case) = in_force(&site).await;
    let page = second.get(&format!("{case}/exclusion")).await;
    let review = link(&page, "/record/stay_away_review?");
    let found = async |visitor: &mut Visitor| {
        visitor
            .post("/desk/sign-ups", &[("names", "Samuel Quarrywood")])
            .await
    };
    found(&mut second).await.has("1 line may mean");
    let everybody = members(&site).await;
    let (_, id) = everybody.iter().find(|(name, _)| name == "Noor Vale").unwrap();
    desk.post(&format!("{case}/exclude"), &[("who", id), ("why", "A friend")])
        .await
        .to();
    // Excluded: no case, no line, no match.
    for path in [format!("{case}/exclusion"), review.clone()] {
        let mine = second.get(&path).await;
        let other = path.replace(&case, "/desk/case/00000000000040008000000000000000");
        let none = second.get(&other).await;
        assert_eq!(mine.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(mine.body, none.body, "{path}");
    }
    second.get("/desk/exclusions").await.lacks("Quarrywood");
    found(&mut second).await.lacks("may mean").lacks("Quarrywood (");
    // Who only helps in the case reads it, and looks across no cases.
    let mut helper = join(&site, Role::Caseworker, "Bo Lanternfield", 4).await;
    let everybody = members(&site).await;
    let (_, id) = everybody
        .iter()
        .find(|(name, _)| name == "Bo Lanternfield")
        .unwrap();
    desk.post(&format!("{case}/share"), &[("who", id), ("why", "Helps")])
        .await
        .to();
    let page = helper.get(&format!("{case}/exclusion")).await;
    page.has("In force")
        .lacks("/record/stay_away")
        .lacks("/desk/sign-ups");
    assert_eq!(helper.get("/desk/exclusions").await.status, StatusCode::FORBIDDEN);
    assert_eq!(found(&mut helper).await.status, StatusCode::FORBIDDEN);
    assert_eq!(helper.get(&review).await.status, StatusCode::FORBIDDEN);
    helper.get("/desk").await.lacks("/desk/exclusions");
    let mut nobody = site.visitor();
    for path in ["/desk/exclusions", "/desk/sign-ups", &format!("{case}/exclusion")] {
        let answer = nobody.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.to().starts_with("/desk/sign-in"), "{path}");
    }
}

#[tokio::test]
async fn people_of_the_university_and_the_lead_with_partners_stand_at_the_head_of_a_case() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/record/university");
    let not_yet = [("university_who", "student"), ("university_told", "not_yet")];
    enter(&mut desk, &path, &not_yet).await.to();
    let page = desk.get(&case).await;
    page.has("A student of the university is in this case")
        .has("has not been told yet");
    no_holes(&page);
    let duties = desk.get(&format!("{case}/duties")).await;
    duties.has("Host university");
    no_holes(&duties);
    // Due on the same day, so it is late on the next.
    site.wait_days(1);
    let mut desk = lead(&site, 3).await;
    desk.get(&format!("{case}/record")).await.has("Late");
    let partner = [
        ("partner_name", "The <Mill>"),
        ("partner_is", "host"),
        ("partner_lead", "not_agreed"),
        ("partner_ours", "Listen."),
        ("partner_theirs", "Keep the place safe."),
    ];
    let path = format!("{case}/record/partners");
    let missing = enter(&mut desk, &path, &partner).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    missing
        .has("The &#60;Mill&#62;")
        .has("href=\"#f-partner_lead_more\"");
    let mut all = partner.to_vec();
    all.push(("partner_lead_more", "On Friday."));
    enter(&mut desk, &path, &all).await.to();
    let page = desk.get(&case).await;
    page.has("Who holds the lead is not agreed with The &#60;Mill&#62; yet.");
    no_holes(&page);
    no_holes(&desk.get(&format!("{case}/record")).await);
}

//! `/help`.

use std::sync::Arc;

use jiff::civil::date;
use safehold_web::state::{Content, WebState};

use crate::{get, get_from, state};

fn with_contacts(change: impl FnOnce(&mut Vec<safehold_core::contacts::HelpContact>)) -> WebState {
    let state = state();
    let mut content: Content = (*state.content.get()).clone();
    let mut contacts = (*content.contacts).clone();
    change(&mut contacts);
    content.contacts = Arc::new(contacts);
    state.content.set(content);
    state
}

#[tokio::test]
async fn the_emergency_services_come_first_with_all_their_routes() {
    let answer = get("/help").await;
    let html = answer.text();
    let others = html.find("Samaritans").unwrap();
    for first in [
        "tel:999",
        "press 55",
        "18000",
        "text the word register to 999",
        "https://999bsl.co.uk",
    ] {
        assert!(html.find(first).unwrap() < others, "{first}");
    }
}

#[tokio::test]
async fn the_whole_list_is_there_without_asking() {
    let contacts = state().content.get().contacts.clone();
    let answer = get("/help").await;
    let html = answer.text();
    assert_eq!(html.matches("class=\"contact\"").count(), contacts.len());
    // While none is checked, saying it once is enough.
    assert!(html.contains("We have not checked these numbers yet"));
    assert_eq!(html.matches("Not yet checked<").count(), 0);
}

#[tokio::test]
async fn a_filter_shortens_it_and_leaves_no_words_in_the_address() {
    let page = get("/help").await;
    let form = page
        .text()
        .split("<form")
        .nth(1)
        .unwrap()
        .split("</form>")
        .next()
        .unwrap();
    for value in form
        .split("value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
    {
        assert!(value.chars().all(|char| char.is_ascii_digit()), "{value}");
    }

    let answer = get("/help?n=6&a=4&c=1&o=1").await;
    let html = answer.text();
    assert!(
        html.contains("Domestic Abuse and Forced Marriage Helpline"),
        "Scotland's own"
    );
    assert!(!html.contains("Live Fear Free") && !html.contains("Crimestoppers"));
    assert!(
        html.contains("contacts fit.") && html.contains("<details class=\"govuk-details no-print\" open")
    );
    assert!(html.contains("<option value=\"6\" selected>"));
}

#[tokio::test]
async fn nonsense_in_the_address_still_gives_numbers() {
    for query in ["n=99", "n=-1&o=maybe", "%ff%fe", "n", "&&&", "l=../../x"] {
        let answer = get(&format!("/help?{query}")).await;
        assert!(answer.text().contains("116 123"), "{query}");
    }
}

#[tokio::test]
async fn nothing_found_says_so_kindly() {
    let answer = get("/help?n=20&g=11").await;
    assert!(
        answer.text().contains("Nobody on our list fits all of that")
            || answer.text().contains("One contact")
    );
}

#[tokio::test]
async fn a_stale_contact_is_marked_and_a_fresh_one_too() {
    let state = with_contacts(|contacts| {
        contacts.truncate(3);
        contacts[1].last_checked = Some(date(2026, 1, 5));
        contacts[1].next_check = Some(date(2026, 7, 5));
        contacts[2].last_checked = Some(date(2026, 11, 2));
        contacts[2].next_check = Some(date(2027, 5, 2));
    });
    let answer = get_from(state, "/help").await;
    let html = answer.text();
    assert!(html.contains("govuk-tag--wait\">Not yet checked<"));
    assert!(html.contains("govuk-tag--wait\">Last checked 5 January 2026: please check the number<"));
    assert!(html.contains("govuk-tag\">Checked 2 November 2026<"));
}

#[tokio::test]
async fn what_the_organisation_writes_is_escaped() {
    let state = with_contacts(|contacts| {
        contacts[1].name = "<script>alert(1)</script>".into();
        contacts[1].channels[0].value = "1\"><img src=x>".into();
    });
    let answer = get_from(state, "/help").await;
    assert!(!answer.text().contains("<script>") && !answer.text().contains("<img"));
}

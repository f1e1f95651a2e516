//! Each kind of question, with good and bad input.

use axum::http::StatusCode;

use crate::app::{HARM, Visitor, new_site};

async fn begun() -> (crate::app::TestSite, Visitor) {
    let site = new_site().await;
    let mut visitor = site.visitor();
    visitor.go_through(HARM).await;
    (site, visitor)
}

#[tokio::test]
async fn nothing_is_stored_and_no_cookie_set_before_the_first_answer() {
    let site = new_site().await;
    let mut visitor = site.visitor();
    for path in ["/report/start", "/report/danger", "/report/1"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(visitor.cookie.is_none(), "{path}");
    }
    let answer = visitor.post("/report/danger", &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(visitor.cookie.is_none(), "an answer with an error begins nothing");
    // Other pages lead to where it begins.
    assert_eq!(visitor.get("/report/kind").await.to(), "/report/start");
    let answer = visitor.post("/report/danger", &[("danger", "no")]).await;
    assert_eq!(answer.to(), "/report/4");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("visit=") && cookie.contains("HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Expires"));
}

#[tokio::test]
async fn a_missing_answer_is_pointed_at_gently_and_in_two_places() {
    let (_site, mut visitor) = begun().await;
    let answer = visitor.answer("kind", &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("<title>Please check: Part ")
        .has("href=\"#f-kind\"")
        .has("id=\"f-kind\"")
        .has("id=\"f-kind-error\"");
    assert_eq!(answer.body.matches("Please choose at least one.").count(), 2);
}

#[tokio::test]
async fn all_that_was_typed_is_kept_when_one_field_has_an_error() {
    let (_site, mut visitor) = begun().await;
    let long = "é".repeat(20_003);
    let answer = visitor
        .answer(
            "what_happened",
            &[("what_happened", &long), ("what_happened-instead", "in_a_file")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has(&long)
        .has("3 characters longer")
        .has("href=\"#f-what_happened\"")
        .has("value=\"in_a_file\" checked");

    let answer = visitor
        .answer(
            "contact",
            &[
                ("contact", "phone"),
                ("contact", "email"),
                ("contact-email", "ash@example.org"),
                ("contact-letter", "<b>1 Quay</b>"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("href=\"#f-contact-phone\"")
        .has("id=\"f-contact-phone\"")
        .has("Please write the phone number")
        .has("ash@example.org")
        .has("value=\"email\" checked");
    answer.lacks("<b>1 Quay");
    assert!(answer.body.contains("1 Quay"), "{}", answer.main());

    let answer = visitor
        .answer(
            "when",
            &[
                ("when_happened-about", "one evening"),
                ("when_happened-day", "31"),
                ("when_happened-month", "February"),
                ("when_happened-year", "2026"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("value=\"one evening\"")
        .has("value=\"February\"")
        .has("href=\"#f-when_happened-day\"")
        .has("id=\"f-when_happened-day\"");

    let answer = visitor
        .answer(
            "impact",
            &[
                ("impact", "feelings"),
                ("impact", "rather_not_say"),
                ("impact_more", "words"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("one answer that does not go with the others")
        .has("words");
    let answer = visitor.answer("hate", &[("hate", "invented")]).await;
    answer.has("This choice is no longer on the list.");
}

#[tokio::test]
async fn good_answers_of_each_kind_are_kept_and_shown_again() {
    let (_site, mut visitor) = begun().await;
    visitor
        .go_through(&[
            (
                "when",
                &[
                    ("when_happened-about", "around Easter"),
                    ("when_happened-month", "4"),
                    ("when_happened-year", "2026"),
                ],
            ),
            ("where", &[("where", "other"), ("where-other", "the boathouse")]),
            ("discrimination", &[("discrimination", "yes")]),
            (
                "characteristics",
                &[
                    ("characteristics", "race"),
                    ("characteristics", "other"),
                    ("characteristics-other", "accent"),
                ],
            ),
            (
                "may_speak",
                &[("may_speak-affected", "yes"), ("may_speak-concern", "no")],
            ),
            ("must_not", &[("must_not-instead", "rather_tell")]),
            (
                "activity",
                &[("activity", "Rowing"), ("activity-instead", "not_sure")],
            ),
        ])
        .await;
    let page = visitor.get("/report/when").await;
    page.has("value=\"around Easter\"").has("value=\"2026\"");
    let page = visitor.get("/report/where").await;
    page.has("value=\"other\" checked").has("the boathouse");
    let page = visitor.get("/report/may_speak").await;
    assert_eq!(page.body.matches(" checked").count(), 2);
    let check = visitor.get("/report/check").await;
    check
        .has("around Easter<br>April 2026")
        .has("Somewhere else: the boathouse")
        .has("Something else: accent")
        .has("The person affected Yes")
        .has("The person whose behaviour this is about No")
        .has("I would rather tell a person")
        .has("Rowing<br>I am not sure");
}

#[tokio::test]
async fn a_page_can_be_left_out_and_a_part_skipped() {
    let (_site, mut visitor) = begun().await;
    visitor.get("/report/what_think").await.has("value=\"skip\"");
    let answer = visitor
        .post("/report/what_think", &[("what_think", "no"), ("go", "skip")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    visitor
        .get("/report/check")
        .await
        .lacks("<dd class=\"govuk-summary-list__value\">no</dd>");
    visitor.get("/report/kind").await.lacks("value=\"skip\"");
    let answer = visitor
        .answer("impact", &[("impact", "body"), ("go", "section")])
        .await;
    let next = visitor.get(answer.to()).await;
    next.has("Who may know");
    visitor.get("/report/check").await.has("Body and health");
    // What is required can't be skipped by hand.
    let answer = visitor.post("/report/kind", &[("go", "skip")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    visitor.get("/report/check").await.has("A worry");
}

#[tokio::test]
async fn the_back_link_leads_through_what_was_asked() {
    let (_site, mut visitor) = begun().await;
    let page = visitor.get("/report/kind").await;
    page.has("class=\"govuk-back-link\" href=\"/report/1\"");
    let page = visitor.get("/report/1").await;
    page.has("class=\"govuk-back-link\" href=\"/report/start\"");
    let page = visitor.get("/report/kind?c=").await;
    page.has("class=\"govuk-back-link\" href=\"/report/check\"");
}

#[tokio::test]
async fn a_member_of_the_team_can_be_named_with_their_role() {
    let (site, mut visitor) = begun().await;
    let page = visitor.get("/report/team_involved").await;
    page.has("Marisol Penhale")
        .has("Tunde Ashgrove")
        .has("Ines Marlowe")
        .has("independent recipient");
    let lead = site.member(safehold_core::roster::Role::Lead);
    visitor
        .answer("team_involved", &[("team_involved", &lead)])
        .await
        .to();
    let check = visitor.get("/report/check").await;
    check.has("<strong>Tunde Ashgrove</strong>, alternate safeguarding lead");
}

#[tokio::test]
async fn words_beside_an_answer_that_is_not_chosen_are_neither_lost_nor_used() {
    let (_site, mut visitor) = begun().await;
    let answer = visitor
        .answer(
            "contact",
            &[("contact", "messages"), ("contact-phone", "01632 960999")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("value=\"01632 960999\"")
        .has("href=\"#f-contact-phone\"")
        .has("the answer above it is not chosen");
    let answer = visitor.answer("where", &[("where-other", "the boathouse")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("the boathouse");
    // Another answer has taken its place, so what stands beside the old one goes.
    visitor
        .answer("where", &[("where", "phone"), ("where-other", "the boathouse")])
        .await
        .to();
    visitor.get("/report/check").await.lacks("the boathouse");
}

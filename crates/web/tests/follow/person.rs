//! The person's side: steps, questions, what they see of the record, what they ask for, a review, and the end.

use axum::http::StatusCode;
use safehold_app::desk::{self, Reader, record::Place};
use safehold_core::{
    case::Action,
    id::{CaseId, EventId},
    record::Kind,
    roster::Role,
};

use crate::{
    app::{TestSite, Visitor},
    case_of, sent,
};

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// A report that the lead began with, and the lead.
struct Begun {
    site: TestSite,
    visitor: Visitor,
    lead: Reader,
    case: CaseId,
}

impl Begun {
    async fn new() -> Self {
        let (site, visitor) = sent().await;
        let lead = site.reader(1).await;
        let case = case_of(&site, &visitor).await;
        let begun = Self {
            site,
            visitor,
            lead,
            case,
        };
        begun.act(Action::Begin, &[("no_conflict", "yes")]).await;
        begun
    }

    async fn version(&self) -> i64 {
        desk::find(&self.site.app, &self.lead, self.case)
            .await
            .unwrap()
            .version
    }

    async fn act(&self, action: Action, fields: &[(&str, &str)]) {
        let version = self.version().await;
        desk::act(
            &self.site.app,
            &self.lead,
            self.case,
            action,
            &owned(fields),
            version,
        )
        .await
        .unwrap();
    }

    async fn record(&self, kind: Kind, about: Option<EventId>, fields: &[(&str, &str)]) -> EventId {
        let place = Place {
            about,
            corrects: None,
            seen_version: self.version().await,
        };
        desk::record::enter(&self.site.app, &self.lead, self.case, kind, place, &owned(fields))
            .await
            .unwrap()
    }

    async fn ask(&self) -> EventId {
        let fields = [
            ("ask_step", "speak"),
            ("ask_safe", "yes"),
            ("ask_words", "May we <talk> to them?"),
            ("ask_by", "2026-11-27"),
        ];
        self.record(Kind::Ask, None, &fields).await
    }

    async fn to_end(&self) {
        self.act(
            Action::LearnOnly,
            &[
                ("why_no_protection", "Nobody was hurt."),
                ("second_check", "Agreed."),
            ],
        )
        .await;
        self.act(
            Action::AskToClose,
            &[
                ("outcome", "fully"),
                ("outcome_notes", "Done."),
                ("why_no_prevention", "It cannot come again."),
                ("told_person", "yes"),
                ("said_sorry", "yes"),
                ("external_decisions", "None."),
                ("candour", "Told."),
            ],
        )
        .await;
    }
}

const DECISION: &[(&str, &str)] = &[
    ("decision", "Speak with the group."),
    ("reasons", "It was asked for."),
    ("persons_view", "Agrees."),
    ("followed", "yes"),
    ("consent", "Given."),
    ("check_on", "2026-12-01"),
];
const SHOWN: &[(&str, &str)] = &[
    ("shown_words", "We speak with the <group>."),
    ("shown_checked", "others"),
    ("shown_checked", "safe"),
    ("shown_checked", "plain"),
];

fn has_all_words(page: &crate::app::Answer) {
    for bad in [
        "[follow-",
        "[end-",
        "[report-",
        "[common-",
        "[contact-",
        "{$",
        "{ $",
    ] {
        page.lacks(bad);
    }
}

#[tokio::test]
async fn each_step_is_there_with_its_day_and_who_has_it() {
    let mut begun = Begun::new().await;
    let page = begun.visitor.get("/follow").await;
    page.has("It is with the designated safeguarding lead.")
        .has("Your report came.")
        .has("A lead opened it.")
        .has("<strong>24 November 2026</strong>");
    has_all_words(&page);
    let pause = [
        ("asked_by", "Police"),
        ("reason", "They ask."),
        ("stays_in_place", "A call."),
        ("review_on", "2026-11-27"),
    ];
    begun.act(Action::Pause, &pause).await;
    begun
        .visitor
        .get("/follow")
        .await
        .has("The work waits, because the police or another body asked us to.")
        .has("On 27 November 2026 we look whether we still have to wait.")
        .lacks("Police");
    begun.site.wait_days(4);
    begun
        .visitor
        .get("/follow")
        .await
        .has("We were to look on 27 November 2026");
}

#[tokio::test]
async fn a_question_is_answered_on_a_page_of_its_own() {
    let mut begun = Begun::new().await;
    let ask = begun.ask().await;
    let path = format!("/follow/asked/{ask}");
    let page = begun.visitor.get("/follow").await;
    page.has("We would like to ask you")
        .has("May we &#60;talk&#62; to them?")
        .has(&path);
    let page = begun.visitor.get(&path).await;
    page.has("talking to the person whose behaviour you told us of")
        .has("27 November 2026");
    has_all_words(&page);
    let id = page.hidden("id");
    let words = "Only with <me> there.";
    let answer = begun
        .visitor
        .post(&path, &[("id", &id), ("answer_words", words)])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("href=\"#f-answer_says\"")
        .has("Only with &#60;me&#62; there.");
    let long = "b".repeat(20_001);
    let fields = [
        ("id", id.as_str()),
        ("answer_says", "no"),
        ("answer_words", &long),
    ];
    let answer = begun.visitor.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has(&long).has("value=\"no\" checked");
    let token = std::mem::take(&mut begun.visitor.token);
    let fields = [
        ("id", id.as_str()),
        ("answer_says", "not_yet"),
        ("answer_words", words),
    ];
    let answer = begun.visitor.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    answer
        .has("Only with &#60;me&#62; there.")
        .has("value=\"not_yet\" checked");
    begun.visitor.token = token;
    for _ in 0..2 {
        assert_eq!(begun.visitor.post(&path, &fields).await.to(), "/follow?d=asked");
    }
    let page = begun.visitor.get("/follow?d=asked").await;
    page.has("We have your answer.")
        .has("What we asked you")
        .lacks("We would like to ask you");
    let page = begun.visitor.get(&path).await;
    assert_eq!(page.body.matches("Only with &#60;me&#62; there.").count(), 1);
    for other in ["11111111111141118111111111111111", "x"] {
        let answer = begun.visitor.get(&format!("/follow/asked/{other}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_is_shown_of_the_record_can_be_agreed_with_or_corrected() {
    let mut begun = Begun::new().await;
    begun.visitor.get("/follow").await.lacks("/follow/about");
    begun
        .visitor
        .get("/follow/about")
        .await
        .has("Nothing is here yet.");
    let decision = begun.record(Kind::Decision, None, DECISION).await;
    let shown = begun.record(Kind::Shown, Some(decision), SHOWN).await;
    begun.visitor.get("/follow").await.has("href=\"/follow/about\"");
    let list = begun.visitor.get("/follow/about").await;
    list.has("A decision").has("We speak with the &#60;group&#62;.");
    has_all_words(&list);
    let path = format!("/follow/about/{shown}");
    let page = begun.visitor.get(&path).await;
    has_all_words(&page);
    let id = page.hidden("id");
    let answer = begun
        .visitor
        .post(&path, &[("id", &id), ("comment_says", "comment")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("href=\"#f-comment_words\"")
        .has("value=\"comment\" checked");
    let fields = [
        ("id", id.as_str()),
        ("comment_says", "not_what_i_said"),
        ("comment_words", "The tutor."),
    ];
    assert_eq!(begun.visitor.post(&path, &fields).await.to(), "/follow?d=comment");
    begun
        .visitor
        .get("/follow/about")
        .await
        .has("what I said, or not how it was")
        .has("The tutor.");
    let answer = begun.visitor.get(&format!("/follow/about/{decision}")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_copy_is_asked_for_at_any_time_and_opening_again_once_it_is_closed() {
    let mut begun = Begun::new().await;
    let page = begun.visitor.get("/follow").await;
    page.has("/follow/request/copy").lacks("/follow/request/reopen");
    assert_eq!(
        begun.visitor.get("/follow/request/reopen").await.to(),
        "/follow#asked"
    );
    assert_eq!(
        begun.visitor.get("/follow/request/other").await.status,
        StatusCode::NOT_FOUND
    );
    let page = begun.visitor.get("/follow/request/copy").await;
    page.has("within one month");
    has_all_words(&page);
    let id = page.hidden("id");
    let long = "b".repeat(20_001);
    let answer = begun
        .visitor
        .post("/follow/request/copy", &[("id", &id), ("request_words", &long)])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has(&long);
    for _ in 0..2 {
        let to = begun.visitor.post("/follow/request/copy", &[("id", &id)]).await;
        assert!(to.to().starts_with("/follow"));
    }
    let page = begun.visitor.get("/follow").await;
    page.has("On 24 November 2026 you asked for a copy of what we hold about you.")
        .has("You have an answer by 24 December 2026.")
        .lacks("/follow/request/copy");
    begun.site.wait_days(31);
    begun
        .visitor
        .get("/follow")
        .await
        .has("You were to have an answer by 24 December 2026.");
}

#[tokio::test]
async fn the_questions_at_the_end_are_optional_and_say_what_goes_where() {
    let mut begun = Begun::new().await;
    let wish = [
        ("outcome_wanted", "That it <stops>."),
        ("outcome_from", "own_words"),
    ];
    let wanted = begun.record(Kind::Outcome, None, &wish).await;
    let checked = [("outcome_when", "end"), ("outcome_result", "fully")];
    begun.record(Kind::OutcomeCheck, Some(wanted), &checked).await;
    assert_eq!(begun.visitor.get("/follow/end").await.to(), "/follow");
    begun.to_end().await;
    begun.visitor.get("/follow").await.has("href=\"/follow/end\"");
    let page = begun.visitor.get("/follow/end").await;
    page.has("kept apart from your report")
        .has("These go to the people who dealt with your report")
        .has("That it &#60;stops&#62;.");
    has_all_words(&page);
    let answer = begun.visitor.post("/follow/end", &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("Please choose something");
    let name = format!("w-{wanted}");
    let answer = begun
        .visitor
        .post(
            "/follow/end",
            &[("safer", "yes"), (&name, "x"), ("again", "maybe")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has(&format!("href=\"#f-{name}\""))
        .has("href=\"#f-again\"")
        .has("value=\"yes\" checked");
    for _ in 0..2 {
        let answer = begun
            .visitor
            .post("/follow/end", &[("safer", "partly"), (&name, "partly")])
            .await;
        assert_eq!(answer.to(), "/follow?d=end");
    }
    begun
        .visitor
        .get("/follow?d=end")
        .await
        .has("Thank you for your answers.")
        .lacks("href=\"/follow/end\"");
    begun
        .visitor
        .get("/follow/end")
        .await
        .has("We have your answers.")
        .lacks("<form method=\"post\" action=\"/follow/end\"");
}

#[tokio::test]
async fn a_review_is_asked_for_and_where_nobody_is_free_the_page_says_who_else_can_look() {
    let mut begun = Begun::new().await;
    begun
        .visitor
        .get("/follow")
        .await
        .lacks("href=\"/follow/review\"");
    begun
        .visitor
        .get("/follow/review")
        .await
        .has("Nothing is decided yet.");
    begun
        .act(
            Action::LearnOnly,
            &[
                ("why_no_protection", "Nobody was hurt."),
                ("second_check", "Agreed."),
            ],
        )
        .await;
    begun.visitor.get("/follow").await.has("href=\"/follow/review\"");
    let page = begun.visitor.get("/follow/review").await;
    page.has("Information Commissioner").has("Ombudsman");
    has_all_words(&page);
    let id = page.hidden("id");
    let everybody: Vec<String> = [Role::Alternate, Role::Sponsor]
        .map(|role| begun.site.member(role))
        .into();
    let mut fields = vec![("id", id.as_str()), ("about", "They did <not> hear me.")];
    fields.extend(everybody.iter().map(|one| ("not", one.as_str())));
    let answer = begun.visitor.post("/follow/review", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("They did &#60;not&#62; hear me.")
        .has("href=\"#f-not\"")
        .has("Information Commissioner");
    let long = "b".repeat(20_001);
    let answer = begun
        .visitor
        .post("/follow/review", &[("id", &id), ("about", &long)])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has(&long).has("href=\"#f-about\"");
    let fields = [
        ("id", id.as_str()),
        ("about", "They did not hear me."),
        ("quiet", "yes"),
    ];
    for _ in 0..2 {
        assert_eq!(
            begun.visitor.post("/follow/review", &fields).await.to(),
            "/follow?d=review"
        );
    }
    begun
        .visitor
        .get("/follow/review")
        .await
        .has("The alternate safeguarding lead looks at it")
        .has("are not told that you asked until it is answered")
        .lacks("action=\"/follow/review\"");
}

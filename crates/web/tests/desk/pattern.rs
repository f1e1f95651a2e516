//! `/desk/case/{id}/pattern` and its forms.

use axum::http::StatusCode;
use safehold_core::roster::Role;

use crate::{
    app::{Answer, TestSite, Visitor, new_site},
    retention::id_of,
    team::{PASS, first_case, join, lead, opened, report},
};

/// Two cases that the lead has opened; the lead's browser, and their addresses and numbers.
struct Two {
    site: TestSite,
    lead: Visitor,
    one: String,
    other: String,
    one_number: String,
    other_number: String,
}

async fn number(desk: &mut Visitor, case: &str) -> String {
    let page = desk.get(case).await;
    let (_, rest) = page.main().split_once("<h1").unwrap();
    let (heading, _) = rest.split_once("</h1>").unwrap();
    let number = heading.split_whitespace().last().unwrap();
    number.trim_end_matches('.').to_owned()
}

async fn begin(desk: &mut Visitor, case: &str) {
    let version = desk.get(case).await.hidden("version");
    let fields = [("version", version.as_str()), ("no_conflict", "yes")];
    desk.post(&format!("{case}/do/begin"), &fields).await.to();
}

async fn two() -> Two {
    let site = new_site().await;
    let (mut lead, one) = opened(&site).await;
    site.wait_minutes(5);
    report(&site).await;
    let list = lead.get("/desk").await;
    let other = list
        .body
        .split("/desk/case/")
        .skip(1)
        .map(|rest| format!("/desk/case/{}", rest.split('"').next().unwrap()))
        .find(|case| *case != one)
        .unwrap();
    begin(&mut lead, &other).await;
    let one_number = number(&mut lead, &one).await;
    let other_number = number(&mut lead, &other).await;
    assert_ne!(one_number, other_number);
    Two {
        site,
        lead,
        one,
        other,
        one_number,
        other_number,
    }
}

const WHY: &str = "Quillon shouted in both, they say.";

impl Two {
    async fn link(&mut self) -> Answer {
        let to = format!("{}/pattern/link", self.one);
        let fields = [
            ("with", self.other_number.as_str()),
            ("ties", "person"),
            ("ties", "group"),
            ("why", WHY),
        ];
        self.lead.post(&to, &fields).await
    }

    async fn share(&mut self, case: &str, name: &str) {
        let who = id_of(&self.site, name).await;
        let fields = [("who", who.as_str()), ("why", "Helps.")];
        self.lead.post(&format!("{case}/share"), &fields).await.to();
    }
}

#[tokio::test]
async fn a_lead_links_two_cases_sees_them_together_and_ends_the_link() {
    let mut two = two().await;
    let pattern = format!("{}/pattern", two.one);
    two.lead
        .get(&two.one)
        .await
        .has(&format!("href=\"{pattern}\""))
        .lacks("Linked with");
    two.lead
        .get(&pattern)
        .await
        .has("linked with no other case")
        .lacks("What happened when")
        .lacks("Taken together");
    let form = two.lead.get(&format!("{pattern}/link")).await;
    form.has("The same person")
        .has("Only those who may open both cases can read it");
    assert_eq!(two.link().await.to(), format!("{pattern}?done=link"));

    let together = two.lead.get(&format!("{pattern}?done=link")).await;
    together
        .has("They are linked")
        .has(&two.other_number)
        .has("The same person, The same group of people")
        .has(WHY)
        .has("Linked by")
        .has("Taken together")
        .has("returns in 1 other case")
        .has("The program changes no level")
        .has("/do/set_level")
        .has("<table")
        .has("It was told to us");
    // Nobody's account is here.
    together.lacks("They shouted at me");
    let other = format!("{}/pattern", two.other);
    two.lead.get(&other).await.has(&two.one_number).has(WHY);
    two.lead.get(&two.one).await.has("Linked with 1 case");
    for page in ["do/set_level", "record/first_look"] {
        two.lead
            .get(&format!("{}/{page}", two.one))
            .await
            .has("It is linked with other cases that you may open");
    }

    let id = two.other.rsplit('/').next().unwrap().to_owned();
    let unlink = format!("{pattern}/unlink/{id}");
    two.lead.get(&unlink).await.has(WHY).has(&two.other_number);
    let empty = two.lead.post(&unlink, &[("why", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.has("Write why, in a few words.").has("href=\"#f-why\"");
    let done = two.lead.post(&unlink, &[("why", "Another Quillon.")]).await;
    assert_eq!(done.to(), format!("{pattern}?done=unlink"));
    two.lead
        .get(&pattern)
        .await
        .has("Links that were ended")
        .has("Another Quillon.")
        .has(WHY)
        .lacks("Taken together");
    two.lead.get(&two.one).await.lacks("Linked with");
    assert_eq!(two.lead.get(&unlink).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        two.lead.post(&unlink, &[("why", "x")]).await.status,
        StatusCode::NOT_FOUND
    );
    two.lead
        .get(&format!("{}/record/first_look", two.one))
        .await
        .lacks("It is linked with other cases");
}

#[tokio::test]
async fn bad_input_keeps_everything_and_names_each_field() {
    let mut two = two().await;
    let to = format!("{}/pattern/link", two.one);
    let empty = two.lead.post(&to, &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty
        .has("Give the number of at least one other case.")
        .has("Choose what they have in common.")
        .has("Write why, in a few words.")
        .has("href=\"#f-with\"")
        .has("href=\"#f-ties\"")
        .has("href=\"#f-why\"");
    let own = two.one_number.clone();
    let long = "w".repeat(5_001);
    for (with, ties, why, said) in [
        (
            "0000-0000",
            "person",
            "Kept <words>",
            "At least one of these numbers",
        ),
        (
            "\u{202e}?",
            "person",
            "Kept <words>",
            "At least one of these numbers",
        ),
        (own.as_str(), "person", "Kept <words>", "of this case itself"),
        (
            two.other_number.as_str(),
            "enemy",
            "Kept <words>",
            "from the list",
        ),
        (
            two.other_number.as_str(),
            "place",
            long.as_str(),
            "no more than 5,000",
        ),
    ] {
        let answer = two
            .lead
            .post(&to, &[("with", with), ("ties", ties), ("why", why)])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{with}");
        answer.has(said).has("aria-invalid=\"true\"");
        answer.has(&format!("value=\"{with}\""));
        answer.has(&why.replace('<', "&#60;").replace('>', "&#62;"));
        if ties == "place" {
            answer.has("value=\"place\" checked");
        }
    }
    two.lead
        .get(&format!("{}/pattern", two.one))
        .await
        .has("linked with no other case");
}

#[tokio::test]
async fn a_form_can_begin_with_what_an_address_says() {
    let mut two = two().await;
    let number = &two.other_number;
    let form = two
        .lead
        .get(&format!("{}/pattern/link?with={number}&tie=place", two.one))
        .await;
    form.has(&format!("value=\"{number}\""))
        .has("value=\"place\" checked");
}

#[tokio::test]
async fn whoever_may_open_one_of_two_finds_no_sign_of_the_other() {
    let mut two = two().await;
    let mut second = join(&two.site, Role::Alternate, "Bea Alder", 2).await;
    let mut helper = join(&two.site, Role::Caseworker, "Cas Worker", 3).await;
    let one = two.one.clone();
    two.share(&one, "Bea Alder").await;
    two.share(&one, "Cas Worker").await;
    let pages = [
        "",
        "/pattern",
        "/record",
        "/record/contact",
        "/chronology",
        "/export",
        "/keep",
    ];
    let mut before = Vec::new();
    for page in pages {
        // Once, so that the trace has it.
        second.get(&format!("{one}{page}")).await;
        before.push(second.get(&format!("{one}{page}")).await);
    }
    assert!(two.link().await.to().ends_with("done=link"));
    for (page, before) in pages.iter().zip(&before) {
        let after = second.get(&format!("{one}{page}")).await;
        assert_eq!(after.status, before.status, "{page}");
        assert_eq!(after.main(), before.main(), "{page}");
        after.lacks(&two.other_number).lacks(WHY);
    }
    for who in [&mut second, &mut helper] {
        let list = who.get("/desk").await;
        list.lacks(&two.other_number).lacks("Linked with");
        let id = two.other.rsplit('/').next().unwrap();
        let unlink = who.get(&format!("{one}/pattern/unlink/{id}")).await;
        let nothing = who
            .get(&format!("{one}/pattern/unlink/11111111111141118111111111111111"))
            .await;
        assert_eq!((unlink.status, unlink.body), (nothing.status, nothing.body));
    }
    let mut tell = async |number: &str| {
        let fields = [("with", number), ("ties", "person"), ("why", "Tried.")];
        let answer = second.post(&format!("{one}/pattern/link"), &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.body.replace(number, "NUMBER")
    };
    let other_number = two.other_number.clone();
    assert_eq!(tell(&other_number).await, tell("0000-0000").await);
    // A caseworker makes no link at all.
    for path in ["/pattern/link", "/pattern"] {
        let page = helper.get(&format!("{one}{path}")).await;
        page.lacks("Link with another case");
    }
    let tried = helper
        .post(&format!("{one}/pattern/link"), &[("with", &other_number)])
        .await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_copy_of_a_case_file_names_no_other_case() {
    let mut two = two().await;
    two.link().await.to();
    let export = format!("{}/export", two.one);
    two.lead
        .get(&export)
        .await
        .lacks(&two.other_number)
        .lacks("Quillon");
    let fields = [("purpose", "For the university"), ("pass", PASS)];
    let copy = two.lead.post(&export, &fields).await.to().to_owned();
    let copy = copy.split(['?', '#']).next().unwrap().to_owned();
    let archive = two
        .lead
        .post(&copy, &[("document", "archive"), ("pass", PASS)])
        .await;
    assert_eq!(archive.status, StatusCode::OK, "{}", archive.body);
    archive
        .has(&two.one_number)
        .lacks(&two.other_number)
        .lacks("Quillon")
        .lacks("\"linked\"");
    let id = two.other.rsplit('/').next().unwrap();
    archive.lacks(id);
}

#[tokio::test]
async fn before_a_case_is_begun_there_is_only_the_question_of_conflict() {
    let site = new_site().await;
    report(&site).await;
    let mut desk = lead(&site, 1).await;
    let case = first_case(&mut desk).await;
    for path in ["pattern", "pattern/link"] {
        assert_eq!(desk.get(&format!("{case}/{path}")).await.to(), case);
    }
}

#[tokio::test]
async fn what_returns_is_suggested_linked_or_said_to_be_something_else() {
    let mut two = two().await;
    // Both tests' reports give the same name: the page shows it, and what to do about it.
    let returns = format!("{}/pattern/returns", two.one);
    two.lead.get(&format!("{}/pattern", two.one)).await.has(&returns);
    let page = two.lead.get(&returns).await;
    page.has("A person:").has(&two.other_number).has("Not the same");
    page.has(&format!("/pattern/link?with={}&amp;tie=person", two.other_number));
    let apart = format!("{}/pattern/apart", two.one);
    let fields = ["case", "what", "one", "other"].map(|name| (name, page.hidden(name)));
    let sent: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    for bad in ["case", "what"] {
        let wrong: Vec<_> = sent
            .iter()
            .map(|(name, value)| (*name, if *name == bad { "x" } else { *value }))
            .collect();
        assert_eq!(two.lead.post(&apart, &wrong).await.status, StatusCode::NOT_FOUND);
    }
    let done = two.lead.post(&apart, &sent).await;
    assert_eq!(done.to(), format!("{returns}?done=apart"));
    two.lead
        .get(&format!("{returns}?done=apart"))
        .await
        .has("They are not suggested again")
        .lacks("Not the same");
    let other = format!("{}/pattern/returns", two.other);
    two.lead.get(&other).await.lacks("Not the same");
}

#[tokio::test]
async fn words_are_looked_for_and_stand_in_no_address() {
    let mut two = two().await;
    let returns = format!("{}/pattern/returns", two.one);
    for (words, said) in [
        (" ", "Type what you are looking for."),
        ("…", "Type at least one letter"),
        (&"x".repeat(201), "Use at most 200"),
    ] {
        let answer = two.lead.post(&returns, &[("words", words)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer
            .has(said)
            .has("href=\"#f-words\"")
            .has(&format!("value=\"{words}\""));
    }
    let found = two.lead.post(&returns, &[("words", "shouted")]).await;
    let to = found.to().to_owned();
    assert!(
        to.starts_with(&format!("{returns}?look=")) && !to.contains("shouted"),
        "{to}"
    );
    let found = two.lead.get(to.split('#').next().unwrap()).await;
    found
        .has("<mark>shouted</mark>")
        .has(&two.other_number)
        .has(&format!("/pattern/link?with={}\"", two.other_number))
        .has("value=\"shouted\"");
    two.lead
        .get(&format!("{returns}?look=9999"))
        .await
        .has("no longer kept");
    let nothing = two
        .lead
        .post(&returns, &[("words", "xylophone")])
        .await
        .to()
        .to_owned();
    two.lead
        .get(nothing.split('#').next().unwrap())
        .await
        .has("Found in no other case that you may open");
}

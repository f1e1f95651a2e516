//! `/desk/case/{id}/record`, its forms, and `/desk/case/{id}/chronology`.

use axum::http::StatusCode;
use safehold_core::{
    case::FieldKind,
    record::{Caution, Kind},
};

use crate::{
    app::{TestSite, Visitor, new_site},
    forms::{borrowed, send},
    team::{lead, opened, report},
};

const TASK: [(&str, &str); 8] = [
    ("task_what", "Put a <rail> on the ramp."),
    ("task_for", "prevent_repeat"),
    ("task_owner_name", "Somebody from the venue"),
    ("task_due_on-day", "1"),
    ("task_due_on-month", "12"),
    ("task_due_on-year", "2026"),
    ("who_bears", "team"),
    ("asked_person", "agrees"),
];

/// Fields of a kind with something in each that must be there, but for this one; days are of the coming week.
fn filled(kind: Kind, without: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for field in kind
        .fields()
        .iter()
        .filter(|field| field.required && field.id != without)
    {
        let mut put =
            |name: &str, value: &str| fields.push((format!("{}{name}", field.id), value.to_owned()));
        match field.kind {
            FieldKind::Text | FieldKind::Long => put("", "Kept <words>"),
            FieldKind::Choice(list) => put("", list[0]),
            FieldKind::Date => {
                put("-day", "27");
                put("-month", "nov");
                put("-year", "2026");
            }
            FieldKind::AllOf(_) | FieldKind::Reader | FieldKind::Categories => {}
        }
    }
    fields
}

/// Posts a form of the record as it is now.
async fn enter(desk: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> crate::app::Answer {
    send(desk, path, &["version", "about", "corrects"], fields).await
}

/// The link on a page that ends like this.
fn link(answer: &crate::app::Answer, part: &str) -> String {
    let (_, rest) = answer.has(part).body.split_once(part).unwrap();
    format!("{part}{}", rest.split('"').next().unwrap())
}

async fn with_task(site: &TestSite) -> (Visitor, String) {
    let (mut desk, case) = opened(site).await;
    enter(&mut desk, &format!("{case}/record/task"), &TASK).await.to();
    (desk, case)
}

#[tokio::test]
async fn every_form_of_the_record_names_what_is_missing_and_keeps_the_rest() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    for kind in Kind::ALL
        .iter()
        .filter(|kind| kind.has_form() && !kind.needs_subject())
    {
        let path = format!("{case}/record/{}", kind.key());
        let page = desk.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", kind.key());
        page.lacks("[desk-").lacks("[record-").lacks("{$");
        for missing in kind.fields().iter().filter(|field| field.required) {
            let fields = filled(*kind, missing.id);
            let mut fields = borrowed(&fields);
            if matches!(missing.kind, FieldKind::Date) {
                let day = format!("{}-day", missing.id);
                fields.push((&day, "31"));
                let answer = enter(&mut desk, &path, &fields).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", missing.id);
                answer
                    .has(&format!("href=\"#f-{}\"", missing.id))
                    .has("value=\"31\"");
                continue;
            }
            let answer = enter(&mut desk, &path, &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", missing.id);
            answer
                .has(&format!("href=\"#f-{}\"", missing.id))
                .lacks("[desk-")
                .lacks("[record-");
            if fields.iter().any(|(_, value)| value.contains("Kept")) {
                answer.has("Kept &#60;words&#62;");
            }
            assert!(!Caution::is_reason(missing.id));
        }
    }
    desk.get(&format!("{case}/record")).await.lacks("Kept");
}

#[tokio::test]
async fn an_entry_is_shown_corrected_and_answered_on_the_record() {
    let site = new_site().await;
    let (mut desk, case) = with_task(&site).await;
    let record = desk.get(&format!("{case}/record")).await;
    record
        .has("Action 1")
        .has("Put a &#60;rail&#62; on the ramp.")
        .has("by 1 December 2026")
        .has("To do")
        .lacks("[record-")
        .lacks("[desk-");
    let correct = link(&record, &format!("{case}/record/task?corrects="));
    let form = desk.get(&correct).await;
    form.has("Put a &#60;rail&#62; on the ramp.").has("value=\"12\"");
    let mut better = TASK;
    better[0].1 = "Put two rails on the ramp.";
    enter(&mut desk, &correct, &better).await.to();
    let record = desk.get(&format!("{case}/record")).await;
    record
        .has("Put two rails on the ramp.")
        .has("Earlier wording")
        .lacks("Action 2");
    let result = link(&record, &format!("{case}/record/task_result?about="));
    desk.get(&result).await.has("Put two rails on the ramp.");
    let answer = enter(&mut desk, &result, &[("task_result", "not_done")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("href=\"#f-task_notes\"");
    enter(&mut desk, &result, &[("task_result", "done")]).await.to();
    desk.get(&format!("{case}/record"))
        .await
        .has("Done")
        .lacks("by 1 December 2026");
    desk.get(&case).await.has("There are 3 entries in the record");
}

#[tokio::test]
async fn a_late_action_is_marked_on_the_desk_and_on_the_case() {
    let site = new_site().await;
    let (mut desk, case) = with_task(&site).await;
    desk.get("/desk").await.lacks("late in the record");
    site.wait_days(8);
    let mut desk = {
        drop(desk);
        lead(&site, 3).await
    };
    desk.get("/desk").await.has("1 thing late in the record");
    desk.get(&case).await.has("Action 1").has("Late");
}

#[tokio::test]
async fn work_for_the_person_who_was_targeted_is_warned_of_on_a_page() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/record/task");
    desk.get(&path)
        .await
        .lacks("burden_reason")
        .has("Who has to do something, or give something up");
    let mut theirs = TASK.to_vec();
    theirs.retain(|(name, _)| *name != "who_bears");
    theirs.push(("who_bears", "affected"));
    let answer = enter(&mut desk, &path, &theirs).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("Please stop and think")
        .has("They have carried enough")
        .has("name=\"burden_reason\"")
        .has("Put a &#60;rail&#62; on the ramp.");
    theirs.push(("burden_reason", "They want to show it themselves."));
    enter(&mut desk, &path, &theirs).await.to();
    desk.get(&format!("{case}/record"))
        .await
        .has("They want to show it themselves.");
}

#[tokio::test]
async fn an_unsafe_contact_is_warned_of_on_a_page() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/record/contact");
    let mut contact = vec![
        ("contact_state", "planned"),
        ("contact_with", "reporter"),
        ("contact_way", "letter"),
        ("contact_on-day", "26"),
        ("contact_on-month", "11"),
        ("contact_on-year", "2026"),
        ("contact_time_safe", "no"),
        ("contact_word", "none"),
    ];
    let answer = enter(&mut desk, &path, &contact).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("They did not choose this way of being reached")
        .has("This may not be a time that is safe for them")
        .has("I have checked, because…")
        .has("href=\"#f-contact_reason\"");
    contact.push(("contact_reason", "They asked for it on Monday."));
    enter(&mut desk, &path, &contact).await.to();
    let record = desk.get(&format!("{case}/record")).await;
    record
        .has("They asked for it on Monday.")
        .has("by 26 November 2026");
    let made = link(&record, &format!("{case}/record/contact?about="));
    let form = desk.get(&made).await;
    form.has("Contact 1");
}

#[tokio::test]
async fn what_they_want_begins_with_their_own_words_and_never_changes_the_report() {
    let site = new_site().await;
    let mut person = site.visitor();
    person.go_through(crate::app::HARM).await;
    person.get("/report/check").await;
    person.post("/report/send", &[]).await.to();
    person.get("/follow/change/wishes").await;
    person
        .post(
            "/follow/change/wishes",
            &[
                ("wishes", "That it <stops>."),
                ("must_not", "Nobody tells my host."),
            ],
        )
        .await
        .to();
    let mut desk = lead(&site, 1).await;
    let case = crate::team::first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    desk.post(
        &format!("{case}/do/begin"),
        &[("version", &version), ("no_conflict", "yes")],
    )
    .await
    .to();
    desk.get(&format!("{case}/record"))
        .await
        .has("Nobody has recorded yet what the person wants.");
    let path = format!("{case}/record/outcome");
    desk.get(&path).await.has("That it &#60;stops&#62;.</textarea>");
    let fields = [
        ("outcome_wanted", "That the shouting stops."),
        ("outcome_from", "understood"),
    ];
    enter(&mut desk, &path, &fields).await.to();
    desk.get(&format!("{case}/record"))
        .await
        .has("That the shouting stops.")
        .has("That it &#60;stops&#62;.")
        .lacks("Nobody has recorded yet what the person wants.");
    // The second one does not begin with the first.
    desk.get(&path).await.lacks("&#60;stops&#62;.</textarea>");
}

#[tokio::test]
async fn the_case_in_the_order_of_time_makes_itself() {
    let site = new_site().await;
    let (mut desk, case) = with_task(&site).await;
    let fields = [
        ("called_with", "A volunteer"),
        ("called_on-day", "20"),
        ("called_on-month", "11"),
        ("called_on-year", "2026"),
        ("called_facts", "Talked over somebody."),
        ("called_pattern", "no"),
    ];
    enter(&mut desk, &format!("{case}/record/conversation"), &fields)
        .await
        .to();
    let page = desk.get(&format!("{case}/chronology")).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("20 November 2026")
        .has("written down")
        .lacks("[record-")
        .lacks("[desk-");
    let at = |text: &str| page.body.find(text).unwrap();
    assert!(
        at("Talked over somebody.") < at("Put a &#60;rail&#62;"),
        "by the day on which it was"
    );
}

#[tokio::test]
async fn what_is_not_there_and_what_may_not_be_is_refused_with_the_reason() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    for (path, status) in [
        (format!("{case}/record/nothing"), StatusCode::NOT_FOUND),
        (format!("{case}/record/task?about=x"), StatusCode::NOT_FOUND),
        (format!("{case}/record/task_result"), StatusCode::CONFLICT),
        (
            format!("{case}/record/task_result?about={}", "0".repeat(32)),
            StatusCode::CONFLICT,
        ),
    ] {
        assert_eq!(desk.get(&path).await.status, status, "{path}");
    }
    let fields: Vec<_> = filled(Kind::Decision, "");
    let fields = borrowed(&fields);
    enter(&mut desk, &format!("{case}/record/decision"), &fields)
        .await
        .to();
    let record = desk.get(&format!("{case}/record")).await;
    record.has("1 decision waits for a look by somebody else");
    let own = link(&record, &format!("{case}/record/second_check?about="));
    let refused = desk.get(&own).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.has("nobody checks their own");
}

#[tokio::test]
async fn closing_without_an_action_against_a_repeat_asks_for_the_reason() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/do/give_advice");
    let version = desk.get(&path).await.hidden("version");
    desk.post(
        &path,
        &[("version", &version), ("question", "Whether."), ("advice", "No.")],
    )
    .await
    .to();
    let path = format!("{case}/do/ask_to_close");
    let page = desk.get(&path).await;
    page.has("There is no action yet so that it does not happen again.");
    let version = page.hidden("version");
    let mut fields = vec![
        ("version", version.as_str()),
        ("outcome", "fully"),
        ("outcome_notes", "Kept <words>"),
        ("external_decisions", "None."),
        ("told_person", "yes"),
        ("said_sorry", "not_due"),
        ("candour", "Told."),
    ];
    let answer = desk.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("href=\"#f-why_no_prevention\"")
        .has("Kept &#60;words&#62;");
    fields.push(("why_no_prevention", "It was a question."));
    desk.post(&path, &fields).await.to();
}

#[tokio::test]
async fn the_person_sees_their_safety_plan_if_they_wish() {
    let site = new_site().await;
    let mut person = report(&site).await;
    let mut desk = lead(&site, 1).await;
    let case = crate::team::first_case(&mut desk).await;
    let version = desk.get(&case).await.hidden("version");
    desk.post(
        &format!("{case}/do/begin"),
        &[("version", &version), ("no_conflict", "yes")],
    )
    .await
    .to();
    person.get("/follow").await.lacks("/follow/plan");
    assert_eq!(person.get("/follow/plan").await.to(), "/follow");
    let plan = [
        ("plan_words", "I leave by the <side> door."),
        ("plan_show", "yes"),
    ];
    enter(&mut desk, &format!("{case}/record/safety_plan"), &plan)
        .await
        .to();
    person.get("/follow").await.has("/follow/plan");
    person
        .get("/follow/plan")
        .await
        .has("I leave by the &#60;side&#62; door.")
        .lacks("Do they want to see it")
        .lacks("[record-");
}

const LOOK: [(&str, &str); 8] = [
    ("look_unsafe", "person"),
    ("look_child", "no"),
    ("look_related", "yes"),
    ("look_racism", "no"),
    ("look_others", "no"),
    ("look_consent", "agrees"),
    ("look_capacity", "no_doubt"),
    ("look_crime", "no"),
];

#[tokio::test]
async fn a_first_look_stands_beside_what_was_said_and_suggests_a_level() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/record/first_look");
    desk.get(&path)
        .await
        .has("What they told us")
        .has("Suggested level")
        .has("They tell of harm, or of a worry that there is harm.");
    let asked = enter(&mut desk, &path, &LOOK).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    asked.has("href=\"#f-look_unsafe_why\"");
    let mut fields = LOOK.to_vec();
    fields.extend([
        ("look_unsafe_why", "They live with the person of concern."),
        ("look_categories", "domestic"),
        ("look_categories", "physical"),
    ]);
    enter(&mut desk, &path, &fields).await.to();
    desk.get(&format!("{case}/record"))
        .await
        .has("They live with the person of concern.")
        .has("<dd>Domestic</dd>")
        .has("<dd>Physical</dd>");
    desk.get(&format!("{case}/do/set_level"))
        .await
        .has("Level 2: high")
        .has("The first look says that somebody is not safe now.");
}

#[tokio::test]
async fn a_doubt_about_capacity_names_the_decision_and_an_invented_category_is_refused() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/record/first_look");
    let mut fields = LOOK.to_vec();
    fields.retain(|(name, _)| !["look_unsafe", "look_capacity"].contains(name));
    fields.extend([
        ("look_unsafe", "nobody"),
        ("look_capacity", "doubt"),
        ("look_categories", "Not a key <b>"),
    ]);
    let asked = enter(&mut desk, &path, &fields).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    asked
        .has("href=\"#f-look_capacity_decision\"")
        .has("href=\"#f-look_categories\"");
}

#[tokio::test]
async fn every_answer_names_what_is_missing_and_keeps_the_rest() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    for (kind, of, also) in [
        (Kind::OutcomeCheck, Kind::Outcome, &[][..]),
        (
            Kind::TaskResult,
            Kind::Task,
            &[("task_owner_name", "The venue")][..],
        ),
        (Kind::ReprisalCheck, Kind::Reprisal, &[][..]),
    ] {
        let fields = filled(of, "");
        let mut fields = borrowed(&fields);
        fields.extend(also);
        enter(&mut desk, &format!("{case}/record/{}", of.key()), &fields)
            .await
            .to();
        let record = desk.get(&format!("{case}/record")).await;
        let path = link(&record, &format!("{case}/record/{}?about=", kind.key()));
        // The entry that it answers stands above.
        desk.get(&path).await.has(" 1</h2>");
        for missing in kind.fields().iter().filter(|field| field.required) {
            let mut fields = filled(kind, missing.id);
            // Words in a field that may be left out.
            let free = kind.fields().iter().find(|field| !field.required).unwrap();
            fields.push((free.id.to_owned(), "More <words>".to_owned()));
            let fields = borrowed(&fields);
            let answer = enter(&mut desk, &path, &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", missing.id);
            answer
                .has(&format!("href=\"#f-{}\"", missing.id))
                .has("More &#60;words&#62;")
                .lacks("[desk-")
                .lacks("[record-");
        }
    }
}

//! `/desk/case/{id}/do/{action}`.

use axum::http::StatusCode;
use safehold_core::case::{Action, FieldKind};

use crate::{
    app::new_site,
    team::{lead, opened},
};

const TAKE_ON: [(&str, &str); 5] = [
    ("level", "medium"),
    ("level_reason", "Harm happened."),
    ("wishes", "To be heard."),
    ("consent", "Leads only."),
    ("safe_now", "mostly"),
];

#[tokio::test]
async fn every_form_names_what_is_missing_and_keeps_the_rest() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    for action in [
        Action::GiveAdvice,
        Action::Signpost,
        Action::TakeOn,
        Action::Transfer,
        Action::LearnOnly,
        Action::Pause,
        Action::SetLevel,
        Action::Note,
    ] {
        let path = format!("{case}/do/{}", action.key());
        let page = desk.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", action.key());
        let version = page.hidden("version");
        // All but the last field that is required are filled in.
        let required: Vec<_> = action.fields().iter().filter(|field| field.required).collect();
        let (missing, others) = required.split_last().unwrap();
        let mut fields = vec![("version", version.as_str())];
        for one in others {
            match one.kind {
                FieldKind::Text | FieldKind::Long => fields.push((one.id, "Kept <words>")),
                FieldKind::Choice(list) => fields.push((one.id, list[0])),
                FieldKind::AllOf(list) => fields.extend(list.iter().map(|tick| (one.id, *tick))),
                FieldKind::Date | FieldKind::Reader | FieldKind::Categories => {}
            }
        }
        let answer = desk.post(&path, &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            action.key()
        );
        answer.has(&format!("href=\"#f-{}\"", missing.id));
        answer.lacks("[desk-").lacks("{$");
        if others.iter().any(|field| matches!(field.kind, FieldKind::Long)) {
            assert!(answer.body.contains("Kept &#60;words&#62;"), "{}", action.key());
        }
    }
}

#[tokio::test]
async fn a_case_is_taken_on_and_what_was_recorded_is_in_its_history() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/do/take_on");
    let form = desk.get(&path).await;
    form.has("What they said").has("What must not happen");
    let version = form.hidden("version");
    let mut fields = TAKE_ON.to_vec();
    fields.push(("version", &version));
    assert_eq!(
        desk.post(&path, &fields).await.to(),
        format!("{case}?done=take_on")
    );
    desk.get(&case)
        .await
        .has("Level 3: medium")
        .has("Harm happened.")
        .has("Mostly safe");
}

#[tokio::test]
async fn a_day_is_read_and_a_wrong_one_is_kept() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/do/pause");
    let version = desk.get(&path).await.hidden("version");
    let mut fields = vec![
        ("version", version.as_str()),
        ("asked_by", "Police"),
        ("reason", "They ask."),
        ("stays_in_place", "All."),
        ("review_on-day", "31"),
        ("review_on-month", "2"),
        ("review_on-year", "2027"),
    ];
    let answer = desk.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("value=\"31\"").has("href=\"#f-review_on\"");
    fields[5].1 = "dec";
    fields[6].1 = "2026";
    desk.post(&path, &fields).await.to();
    desk.get(&case).await.has("Paused").has("31 December 2026");
}

#[tokio::test]
async fn a_changed_case_keeps_the_note_and_says_so() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/do/note");
    let version = desk.get(&path).await.hidden("version");
    let mut other = lead(&site, 2).await;
    let fields = [("version", version.as_str()), ("note", "First note")];
    other.post(&path, &fields).await.to();
    let answer = desk
        .post(&path, &[("version", &version), ("note", "Second note")])
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer
        .has("Somebody changed this case since you looked")
        .has("Second note");
    let newer = answer.hidden("version");
    assert_ne!(newer, version);
    desk.post(&path, &[("version", &newer), ("note", "Second note")])
        .await
        .to();
    desk.get(&case).await.has("First note").has("Second note");
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_the_reason_and_what_was_typed() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let version = desk.get(&format!("{case}/do/note")).await.hidden("version");
    let fields = [("version", version.as_str()), ("reason", "My reason for it")];
    let answer = desk.post(&format!("{case}/do/resume"), &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.has("The case is not paused").has("My reason for it");
    let unknown = desk.get(&format!("{case}/do/delete")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn chosen_contacts_are_written_down_once() {
    let site = new_site().await;
    let (mut desk, case) = opened(&site).await;
    let path = format!("{case}/do/signpost");
    let form = desk.get(&path).await;
    form.has("name=\"offer\"").has("value=\"samaritans\"");
    let version = form.hidden("version");
    let fields = [("version", version.as_str()), ("offer", "samaritans")];
    let answer = desk.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has("Samaritans: 116 123</textarea>");
    let version = answer.hidden("version");
    let mut fields = vec![
        ("version", version.as_str()),
        ("why_unrelated", "It is about a neighbour."),
        ("stop_checks", "danger"),
        ("stop_checks", "child"),
        ("stop_checks", "others"),
        ("stop_checks", "serious_crime"),
        ("contacts_offered", "Samaritans: 116 123"),
    ];
    let answer = desk.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .has("Did they want help to reach them")
        .has("Samaritans: 116 123</textarea>");
    fields.push(("help_to_reach", "wanted"));
    assert_eq!(desk.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
    desk.get(&case)
        .await
        .has("Samaritans: 116 123")
        .has("Did they want help to reach them");
}

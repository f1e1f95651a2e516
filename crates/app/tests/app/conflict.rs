//! For somebody who is named in a report, or declares a conflict, the case does not exist.

use safehold_app::{
    desk::{self, CircleError, DeskError},
    follow,
    report::{self, MessageBody, SubmitError, VisitState},
};
use safehold_core::{
    id::CaseId,
    recipients::{CannotRead, Standing},
    roster::Role,
};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::{column, has_wrap, jobs_to},
    looks::{every_door, listed, opened, text, texts},
    on_both,
};

on_both![
    for_a_lead_who_is_named_the_case_does_not_exist,
    a_person_of_concern_with_the_name_of_a_lead_counts_as_that_lead,
    somebody_who_would_rather_not_say_reaches_neither_lead,
    a_lead_who_joins_later_gets_no_key_where_no_lead_was_wanted,
    a_person_of_concern_who_joins_the_team_later_gets_no_key,
    a_reader_who_is_excluded_later_cannot_use_the_old_key,
    a_reader_declares_a_conflict_and_the_next_goes_on,
    the_last_who_could_act_cannot_be_excluded,
    a_message_that_crosses_an_exclusion_is_not_under_the_old_key,
    a_report_that_names_everybody_is_not_sent_and_its_draft_is_kept,
    sharing_reaches_a_caseworker_and_nobody_who_may_not_read,
];

async fn for_a_lead_who_is_named_the_case_does_not_exist(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let before = jobs_to(&test, lead.id).await;
    let named = lead.id.to_string();
    let fields = concern_with(&[("team_involved", &named)]);
    let (visit, case) = test.report(&fields).await;
    follow::send(&test.app, &visit, follow::new_message_id(), text("More."))
        .await
        .unwrap();

    let nothing = CaseId::from_random([9; 16]);
    let guess = every_door(&test.app, &lead, nothing, sponsor.id).await;
    assert_eq!(every_door(&test.app, &lead, case, sponsor.id).await, guess);
    assert_eq!(guess[0], "[] of 0");
    assert_eq!(guess[2], "NotFound");
    assert_eq!(jobs_to(&test, lead.id).await, before);
    assert!(!has_wrap(&test, case, lead.id).await);

    // It stays so while others work on it, and when its mail is given up.
    assert_eq!(listed(&test.app, &alternate).await, [case]);
    test.begin(&alternate, case).await;
    crate::database::tamper(
        &test,
        "UPDATE jobs SET state = 'failed' WHERE case_id IS NOT NULL",
    )
    .await;
    assert_eq!(every_door(&test.app, &lead, case, sponsor.id).await, guess);
    let seen = safehold_app::health::given_up(&test.app, &alternate)
        .await
        .unwrap();
    assert!(!seen.is_empty(), "its readers see mail that was given up");
    let refused = desk::share(&test.app, &alternate, case, lead.id, "Why not".into()).await;
    assert!(matches!(
        refused,
        Err(CircleError::CannotRead(CannotRead::Excluded))
    ));
    assert!(!has_wrap(&test, case, lead.id).await);
    // Nothing in clear beside it says who is excluded.
    let leaves = column(
        &test,
        &format!("SELECT leaf FROM trace_entries WHERE case_id = '{case}'"),
    )
    .await;
    assert!(leaves.iter().all(|leaf| !leaf.contains(&named)), "{leaves:?}");
}

async fn a_person_of_concern_with_the_name_of_a_lead_counts_as_that_lead(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let case = about(&test, "marisol  PENHALE").await;
    assert!(listed(&test.app, &lead).await.is_empty());
    assert!(!has_wrap(&test, case, lead.id).await);
    assert_eq!(listed(&test.app, &alternate).await, [case]);
}

async fn a_person_of_concern_who_joins_the_team_later_gets_no_key(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let case = about(&test, "Ottoline Fernsby").await;
    let new = test.join(&lead, Role::Alternate, "Ottoline Fernsby").await;
    let other = test.join(&lead, Role::Alternate, "Barnaby Thrupp").await;
    desk::open(&test.app, &lead, case).await.unwrap();
    assert!(!has_wrap(&test, case, new.id).await);
    assert!(has_wrap(&test, case, other.id).await);
}

/// A report with this person of concern.
async fn about(test: &TestApp, name: &'static str) -> CaseId {
    let visit = test.draft(CONCERN).await;
    report::change(&test.app, &visit, |draft| {
        let person = serde_json::json!({
            "person_name": { "t": { "t": name } },
            "person_role": { "c": { "o": "concern" } },
        });
        let person = serde_json::from_value(person).unwrap();
        draft.answers.set_item("people", 0, person);
    })
    .await
    .unwrap();
    let sent = report::submit(&test.app, &visit).await;
    sent.unwrap().case
}

const RATHER_NOT_SAY: (&str, &str) = ("team_involved", "rather_not_say");

async fn somebody_who_would_rather_not_say_reaches_neither_lead(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (_, case) = test.report(&concern_with(&[RATHER_NOT_SAY])).await;
    assert_eq!(listed(&test.app, &sponsor).await, [case]);
    for either in [&lead, &alternate] {
        assert!(listed(&test.app, either).await.is_empty());
        assert!(!has_wrap(&test, case, either.id).await);
    }
}

async fn a_lead_who_joins_later_gets_no_key_where_no_lead_was_wanted(mut test: TestApp) {
    let [lead, _, sponsor, _] = test.usual_team().await;
    let (_, case) = test.report(&concern_with(&[RATHER_NOT_SAY])).await;
    test.begin(&sponsor, case).await;
    let new = test.join(&lead, Role::Alternate, "Ottoline Fernsby").await;
    opened(&test.app, &sponsor, case).await;
    assert!(!has_wrap(&test, case, new.id).await, "no lead was wanted");
}

async fn a_reader_who_is_excluded_later_cannot_use_the_old_key(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    desk::share(&test.app, &lead, case, alternate.id, "Helps.".into())
        .await
        .unwrap();
    desk::share(&test.app, &lead, case, caseworker.id, "Helps.".into())
        .await
        .unwrap();
    opened(&test.app, &alternate, case).await;
    let old = column(&test, &wraps_of(case, alternate.id)).await;
    assert_eq!(old, ["1"]);

    desk::exclude(&test.app, &lead, case, alternate.id, "Close to it.".into())
        .await
        .unwrap();
    let nothing = CaseId::from_random([9; 16]);
    assert_eq!(
        every_door(&test.app, &alternate, case, sponsor.id).await,
        every_door(&test.app, &alternate, nothing, sponsor.id).await
    );
    let jobs = jobs_to(&test, alternate.id).await;
    follow::send(&test.app, &visit, follow::new_message_id(), text("New."))
        .await
        .unwrap();
    test.tick();
    desk::write(
        &test.app,
        &lead,
        case,
        desk::new_message_id(),
        "Answer.".into(),
        vec![],
    )
    .await
    .unwrap();
    // Whatever they kept of the old key, it is not the key of what comes now.
    let epochs = column(
        &test,
        &format!("SELECT CAST(epoch AS TEXT) FROM messages WHERE case_id = '{case}'"),
    )
    .await;
    assert_eq!(epochs, ["2", "2"]);
    assert!(column(&test, &wraps_of(case, alternate.id)).await.is_empty());
    assert_eq!(jobs_to(&test, alternate.id).await, jobs);

    let followed = follow::open(&test.app, &visit).await.unwrap().unwrap();
    assert_eq!(texts(&followed.messages), ["New.", "Answer."]);
    for other in [&lead, &caseworker] {
        assert_eq!(
            texts(&opened(&test.app, other, case).await.messages),
            ["New.", "Answer."]
        );
    }
    // Opening it gives the sponsor what is missing and the excluded nothing.
    assert!(has_wrap(&test, case, sponsor.id).await);
    assert!(!has_wrap(&test, case, alternate.id).await);
}

fn wraps_of(case: CaseId, member: safehold_core::id::UserId) -> String {
    format!("SELECT CAST(epoch AS TEXT) FROM key_wraps WHERE case_id = '{case}' AND holder = '{member}'")
}

async fn a_reader_declares_a_conflict_and_the_next_goes_on(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    desk::declare_conflict(&test.app, &lead, case, "I know them.".into())
        .await
        .unwrap();
    assert!(listed(&test.app, &lead).await.is_empty());
    assert!(!has_wrap(&test, case, lead.id).await);
    assert_eq!(listed(&test.app, &alternate).await, [case]);
    assert_eq!(
        crate::database::notices(&test, alternate.id, "brought_to_you").await,
        1
    );
    test.begin(&alternate, case).await;
    follow::send(&test.app, &visit, follow::new_message_id(), text("Hello."))
        .await
        .unwrap();
    // And once more, so that a third key begins.
    desk::declare_conflict(&test.app, &alternate, case, "Me too.".into())
        .await
        .unwrap();
    let case_of_sponsor = opened(&test.app, &sponsor, case).await;
    assert_eq!(texts(&case_of_sponsor.messages), ["Hello."]);
    assert_eq!(case_of_sponsor.row.owner_id, Some(sponsor.id));
    let readers: Vec<_> = case_of_sponsor
        .readers
        .iter()
        .map(|(id, _, _, standing)| (*id, *standing))
        .collect();
    assert_eq!(readers, [(sponsor.id, Standing::Active)]);
    follow::send(
        &test.app,
        &visit,
        follow::new_message_id(),
        MessageBody::Confidential,
    )
    .await
    .unwrap();
    assert_eq!(
        follow::open(&test.app, &visit)
            .await
            .unwrap()
            .unwrap()
            .messages
            .len(),
        2
    );
}

async fn the_last_who_could_act_cannot_be_excluded(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let fields = [
        ("team_involved", lead.id.to_string()),
        ("team_involved", alternate.id.to_string()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, id)| (*name, id.as_str())).collect();
    let (_, case) = test.report(&concern_with(&fields)).await;
    test.begin(&sponsor, case).await;
    desk::share(&test.app, &sponsor, case, caseworker.id, "Helps.".into())
        .await
        .unwrap();
    let refused = desk::declare_conflict(&test.app, &sponsor, case, "Me too.".into()).await;
    assert!(matches!(refused, Err(CircleError::NobodyLeft(_))), "{refused:?}");
    assert_eq!(opened(&test.app, &sponsor, case).await.row.epoch, 1);
    let refused = desk::exclude(&test.app, &caseworker, case, sponsor.id, "No.".into()).await;
    assert!(
        matches!(refused, Err(CircleError::Desk(DeskError::Role))),
        "{refused:?}"
    );
    // A caseworker can step back.
    desk::declare_conflict(&test.app, &caseworker, case, "I know them.".into())
        .await
        .unwrap();
    assert!(listed(&test.app, &caseworker).await.is_empty());
}

async fn a_message_that_crosses_an_exclusion_is_not_under_the_old_key(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    // Another process on the same database.
    let other = test.again().await;
    for _ in 0..6 {
        let (visit, case) = test.report(CONCERN).await;
        test.begin(&lead, case).await;
        desk::share(&test.app, &lead, case, alternate.id, "Helps.".into())
            .await
            .unwrap();
        let messages = async {
            for _ in 0..6 {
                follow::send(&test.app, &visit, follow::new_message_id(), text("Crossing."))
                    .await
                    .unwrap();
            }
        };
        let exclude = async {
            while desk::exclude(&other, &lead, case, alternate.id, "Close to it.".into())
                .await
                .is_err()
            {}
        };
        tokio::join!(messages, exclude);
        // In the order of the trace, nothing that came after the key changed is under the old one.
        let leaves = column(
            &test,
            &format!("SELECT leaf FROM trace_entries WHERE case_id = '{case}' ORDER BY seq"),
        )
        .await;
        let changed = leaves
            .iter()
            .position(|leaf| leaf.contains("key_changed"))
            .unwrap();
        let after = leaves[changed..]
            .iter()
            .filter(|leaf| leaf.contains("reporter_added"))
            .count();
        let epochs = column(
            &test,
            &format!("SELECT CAST(epoch AS TEXT) FROM messages WHERE case_id = '{case}'"),
        )
        .await;
        assert_eq!(
            epochs.iter().filter(|epoch| *epoch == "2").count(),
            after,
            "{leaves:?}"
        );
    }
}

async fn a_report_that_names_everybody_is_not_sent_and_its_draft_is_kept(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let ids = [&lead, &alternate, &sponsor].map(|reader| reader.id.to_string());
    let fields: Vec<_> = ids.iter().map(|id| ("team_involved", id.as_str())).collect();
    let visit = test.draft(&concern_with(&fields)).await;
    let check = report::check(&test.app, &visit).await.unwrap();
    assert_eq!(check.goes_to, None);
    let refused = report::submit(&test.app, &visit).await;
    assert!(matches!(refused, Err(SubmitError::NobodyLeft(_))));
    let Some(VisitState::Draft(draft)) = report::load(&test.app, &visit).await.unwrap() else {
        panic!("the draft is gone");
    };
    assert!(draft.body.answers.get("what_happened").is_some());
    assert_eq!(crate::database::count(&test, "cases").await, 0);
}

async fn sharing_reaches_a_caseworker_and_nobody_who_may_not_read(mut test: TestApp) {
    let [lead, _, _, caseworker] = test.usual_team().await;
    let administrator = test.join(&lead, Role::Administrator, "Ada Millrace").await;
    let new = safehold_app::team::NewMember {
        role: Role::Caseworker,
        name: "Not Joined".into(),
        email: "notyet@riverbank.example".into(),
        phone: String::new(),
    };
    safehold_app::team::invite(&test.app, &lead, new).await.unwrap();
    let members = safehold_app::team::list(&test.app).await.unwrap();
    let not_joined = members
        .iter()
        .find(|member| member.name == "Not Joined")
        .unwrap()
        .id;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;

    let refused = desk::share(&test.app, &lead, case, administrator.id, String::new()).await;
    assert!(matches!(refused, Err(CircleError::CannotRead(CannotRead::Role))));
    let refused = desk::share(&test.app, &lead, case, not_joined, String::new()).await;
    assert!(matches!(refused, Err(CircleError::CannotRead(CannotRead::NoKey))));
    let nobody = safehold_core::id::UserId::from_random([3; 16]);
    let refused = desk::share(&test.app, &lead, case, nobody, String::new()).await;
    assert!(matches!(refused, Err(CircleError::NoMember)));
    let listing = desk::list(&test.app, &administrator, &desk::CaseFilter::default(), None, 10).await;
    assert!(matches!(listing, Err(DeskError::Role)));

    desk::share(&test.app, &lead, case, caseworker.id, "Walks with them.".into())
        .await
        .unwrap();
    follow::send(&test.app, &visit, follow::new_message_id(), text("Hello Bo."))
        .await
        .unwrap();
    assert_eq!(
        texts(&opened(&test.app, &caseworker, case).await.messages),
        ["Hello Bo."]
    );
    assert_eq!(crate::database::notices(&test, caseworker.id, "shared").await, 1);
    assert_eq!(
        crate::database::notices(&test, caseworker.id, "reporter_wrote").await,
        1
    );
    let refused = desk::share(&test.app, &caseworker, case, nobody, String::new()).await;
    assert!(matches!(refused, Err(CircleError::Desk(DeskError::Role))));
}

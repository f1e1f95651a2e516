//! From the first word to a closed case, as the reporter sees it.

use safehold_app::{
    desk, follow,
    report::{self, ChangeError, ComeBackError, MessageBody, VisitState, WordsShown},
    watch,
};
use safehold_core::{
    case::{Action, State},
    form::Identity,
};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::on_both;

on_both![
    a_reporter_changes_their_wishes_and_sees_their_case_decided_and_closed,
    a_change_in_another_tab_after_sending_says_so_and_changes_nothing,
    words_that_open_nothing_are_answered_alike,
];

fn words(shown: WordsShown) -> String {
    match shown {
        WordsShown::Show(words) => words.to_string(),
        WordsShown::Kept => panic!("words that were never shown are kept"),
    }
}

async fn a_reporter_changes_their_wishes_and_sees_their_case_decided_and_closed(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let visit = test.draft(&concern_with(&[("identity", "named")])).await;
    let words = words(report::words(&test.app, &visit).await.unwrap());
    // They go on elsewhere, with nothing but the words.
    let visit = report::come_back(&test.app, &words).await.unwrap();
    let case = report::submit(&test.app, &visit).await.unwrap().case;
    let followed = follow::open(&test.app, &visit).await.unwrap().unwrap();
    assert_eq!(followed.state, State::Received);
    assert_eq!(followed.identity, Identity::Named);
    assert!(followed.due_open_at.is_some() && followed.opened_at.is_none());
    test.begin(&lead, case).await;
    for body in [
        MessageBody::Wishes {
            wishes: "An apology.".to_owned(),
            must_not: "Tell the group.".to_owned(),
        },
        MessageBody::Confidential,
        MessageBody::ConsentWithdrawn { with: String::new() },
    ] {
        follow::send(&test.app, &visit, follow::new_message_id(), body)
            .await
            .unwrap();
    }
    let desk::CaseOpened::Full(opened) = desk::open(&test.app, &lead, case).await.unwrap() else {
        panic!("it was begun with");
    };
    let wishes = Some(("An apology.".to_owned(), "Tell the group.".to_owned()));
    assert_eq!(opened.wishes, wishes);
    assert_eq!(opened.identity, Identity::Confidential);
    desk::write(
        &test.app,
        &lead,
        case,
        desk::new_message_id(),
        "We heard you.".into(),
        vec![],
    )
    .await
    .unwrap();
    let learn = [
        ("why_no_protection", "Nobody was hurt."),
        ("second_check", "Agreed."),
    ];
    test.act(&lead, case, Action::LearnOnly, &learn).await.unwrap();
    let ask = [
        ("outcome", "fully"),
        ("outcome_notes", "Done."),
        ("why_no_prevention", "Nothing like it can come again."),
        ("told_person", "yes"),
        ("said_sorry", "yes"),
        ("external_decisions", "None."),
        ("candour", "Told."),
    ];
    test.act(&lead, case, Action::AskToClose, &ask).await.unwrap();
    let check = [
        ("checked", "wishes"),
        ("checked", "safety"),
        ("checked", "external"),
        ("checked", "prevent_repeat"),
        ("checked", "told"),
        ("check_notes", "All there."),
    ];
    test.act(&alternate, case, Action::Close, &check).await.unwrap();
    let again = report::come_back(&test.app, &words).await.unwrap();
    let followed = follow::open(&test.app, &again).await.unwrap().unwrap();
    assert_eq!(followed.state, State::Closed);
    assert!(followed.closed_at.is_some() && followed.opened_at.is_some());
    assert_eq!(followed.wishes, wishes);
    assert_eq!(followed.identity, Identity::Confidential);
    // It is still there to be followed long after drafts would have expired.
    test.clock.advance(jiff::SignedDuration::from_hours(24 * 100));
    watch::round(&test.app).await.unwrap();
    assert!(report::come_back(&test.app, &words).await.is_ok());
}

async fn a_change_in_another_tab_after_sending_says_so_and_changes_nothing(mut test: TestApp) {
    test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    let other = test.answers(&concern_with(&[("what_happened", "Later.")])).await;
    let refused = report::change(&test.app, &visit, |draft| draft.answers = other.clone()).await;
    assert!(matches!(refused, Err(ChangeError::AlreadySent(sent)) if sent == case));
    let refused = report::forget(&test.app, &visit).await;
    assert!(matches!(refused, Err(ChangeError::AlreadySent(sent)) if sent == case));
    assert!(matches!(
        report::load(&test.app, &visit).await.unwrap(),
        Some(VisitState::Sent(sent)) if sent == case
    ));
    let followed = follow::open(&test.app, &visit).await.unwrap().unwrap();
    let account = followed.report.answers.get("what_happened");
    assert!(
        account
            .and_then(|answer| answer.text())
            .is_some_and(|text| text != "Later.")
    );
}

async fn words_that_open_nothing_are_answered_alike(mut test: TestApp) {
    test.usual_team().await;
    // Never given; given to a draft that was deleted; given to one that expired.
    let never = safehold_seal::Words::generate().expose().to_string();
    let deleted = test.draft(CONCERN).await;
    let of_deleted = words(report::words(&test.app, &deleted).await.unwrap());
    report::forget(&test.app, &deleted).await.unwrap();
    let expired = test.draft(CONCERN).await;
    let of_expired = words(report::words(&test.app, &expired).await.unwrap());
    test.clock.advance(jiff::SignedDuration::from_hours(24 * 15));
    for words in [never, of_deleted, of_expired] {
        let refused = report::come_back(&test.app, &words).await;
        assert!(matches!(refused, Err(ComeBackError::Unknown)));
    }
}

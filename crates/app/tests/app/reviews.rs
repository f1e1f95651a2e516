//! A review goes to somebody who had no part in it, with the keys that the person's words open.

use std::collections::BTreeSet;

use safehold_app::{
    desk::{self, AnswerError, DeskError, Reader},
    follow::{self, ReviewAsk, ReviewError},
    report::Visit,
    watch,
};
use safehold_core::{
    case::{Action, State},
    id::{CaseId, EventId},
    roster::Role,
    trace::Traced,
};
use safehold_testkit::app::{CONCERN, TestApp, concern_with, owned};

use crate::{
    database::{has_wrap, notices},
    desk::{ASK_TO_CLOSE, CLOSE, LEARN},
    looks::opened,
    on_both,
};

on_both![
    it_goes_to_somebody_who_had_no_part_and_is_answered_in_words,
    a_closed_case_is_opened_again_by_who_looked,
    what_is_asked_quietly_is_known_to_the_reviewer_alone_until_it_is_answered,
    nobody_is_asked_who_is_involved_or_unwanted,
    where_nobody_is_free_nothing_changes,
    a_late_review_reminds_the_reviewer_after_a_restart,
    a_reviewer_who_steps_back_leaves_the_way_free_for_another,
    a_review_is_nobody_elses_to_see_or_answer,
];

fn ask(about: &str) -> ReviewAsk {
    ReviewAsk {
        about: about.to_owned(),
        not_whom: BTreeSet::new(),
        quiet: false,
    }
}

async fn asked(test: &TestApp, visit: &Visit, ask: &ReviewAsk) -> EventId {
    let id = follow::new_entry_id();
    follow::ask_for_review(&test.app, visit, id, ask).await.unwrap();
    id
}

/// A case that the lead decided on.
async fn decided(test: &TestApp, lead: &Reader) -> (Visit, CaseId) {
    let (visit, case) = test.report(CONCERN).await;
    test.begin(lead, case).await;
    test.act(lead, case, Action::LearnOnly, LEARN).await.unwrap();
    (visit, case)
}

const ANSWER: &[(&str, &str)] = &[
    ("review_result", "again"),
    ("review_words", "Nobody had asked you about the second time."),
];

async fn it_goes_to_somebody_who_had_no_part_and_is_answered_in_words(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let refused = follow::ask_for_review(&test.app, &visit, follow::new_entry_id(), &ask("x")).await;
    assert!(matches!(refused, Err(ReviewError::NotYet)), "{refused:?}");
    test.act(&lead, case, Action::LearnOnly, LEARN).await.unwrap();
    let review = asked(&test, &visit, &ask("They did not hear me.")).await;
    // A second press, or a second page, asks for nothing twice.
    asked(&test, &visit, &ask("Again.")).await;
    assert_eq!(notices(&test, alternate.id, "brought_to_you").await, 1);
    assert_eq!(notices(&test, lead.id, "reporter_wrote").await, 1);
    let how = follow::reviewing(&test.app, &visit).await.unwrap();
    let open = how.open.unwrap();
    assert_eq!((open.role, open.told), (Some(Role::Alternate), true));
    assert_eq!(open.due_at.to_string(), "2026-12-08T17:00:00Z");
    let waiting = desk::waiting(&test.app, &alternate).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].id), (1, review));
    let seen = opened(&test.app, &alternate, case).await.reviews;
    assert!(seen[0].is_mine && seen[0].about == "They did not hear me.");
    let input = owned(&[
        ("review_result", "stands"),
        ("review_words", "I would do the same."),
    ]);
    for _ in 0..2 {
        desk::answer(&test.app, &alternate, case, review, &input)
            .await
            .unwrap();
    }
    assert!(desk::waiting(&test.app, &alternate).await.unwrap().is_empty());
    let side = follow::open(&test.app, &visit).await.unwrap().unwrap().side;
    assert_eq!(side.reviewed.len(), 1);
    assert_eq!(side.reviewed[0].words, "I would do the same.");
    // The next one goes to somebody else again.
    asked(&test, &visit, &ask("Please look once more.")).await;
    let how = follow::reviewing(&test.app, &visit).await.unwrap();
    assert_eq!(how.open.unwrap().role, Some(Role::Sponsor));
}

async fn a_closed_case_is_opened_again_by_who_looked(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (visit, case) = decided(&test, &lead).await;
    test.act(&lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    test.act(&alternate, case, Action::Close, CLOSE).await.unwrap();
    let review = asked(&test, &visit, &ask("")).await;
    let missing = owned(&[("review_result", "again")]);
    let refused = desk::answer(&test.app, &sponsor, case, review, &missing).await;
    assert!(matches!(refused, Err(AnswerError::Record(_))), "{refused:?}");
    desk::answer(&test.app, &sponsor, case, review, &owned(ANSWER))
        .await
        .unwrap();
    let row = desk::find(&test.app, &sponsor, case).await.unwrap();
    assert_eq!(
        (row.state, row.owner_id, row.closed_at),
        (State::Triage, Some(sponsor.id), None)
    );
    let traced = safehold_app::trace::of_case(&test.app, &sponsor, case)
        .await
        .unwrap();
    let reopened = Traced::Acted {
        action: Action::Reopen,
    };
    assert!(
        traced
            .iter()
            .any(|entry| entry.what == reopened && entry.who == Some(sponsor.id))
    );
    let steps = follow::open(&test.app, &visit).await.unwrap().unwrap().side.steps;
    assert_eq!(steps.last().unwrap().action, Action::Reopen);
}

async fn what_is_asked_quietly_is_known_to_the_reviewer_alone_until_it_is_answered(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (visit, case) = decided(&test, &lead).await;
    let quiet = ReviewAsk {
        quiet: true,
        ..ask("They did not hear me.")
    };
    let review = asked(&test, &visit, &quiet).await;
    assert_eq!(notices(&test, lead.id, "reporter_wrote").await, 0);
    let before = opened(&test.app, &lead, case).await;
    assert!(before.reviews.is_empty());
    assert!(opened(&test.app, &alternate, case).await.reviews[0].is_mine);
    desk::answer(&test.app, &alternate, case, review, &owned(ANSWER))
        .await
        .unwrap();
    let after = opened(&test.app, &lead, case).await;
    assert_eq!(after.reviews.len(), 1);
    assert_eq!(after.history.len(), before.history.len() + 1);
}

async fn nobody_is_asked_who_is_involved_or_unwanted(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (visit, _) = decided(&test, &lead).await;
    let unwanted = ReviewAsk {
        not_whom: [alternate.id].into(),
        ..ask("")
    };
    asked(&test, &visit, &unwanted).await;
    assert_eq!(desk::waiting(&test.app, &sponsor).await.unwrap().len(), 1);
    // The alternate is named in this one, so only the sponsor is left from the beginning.
    let named = concern_with(&[("team_involved", alternate.id.to_string().leak())]);
    let (visit, case) = test.report(&named).await;
    test.begin(&lead, case).await;
    test.act(&lead, case, Action::LearnOnly, LEARN).await.unwrap();
    asked(&test, &visit, &ask("")).await;
    assert!(!has_wrap(&test, case, alternate.id).await);
    assert_eq!(desk::waiting(&test.app, &sponsor).await.unwrap().len(), 2);
}

async fn where_nobody_is_free_nothing_changes(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (visit, case) = decided(&test, &lead).await;
    let all = ReviewAsk {
        not_whom: [alternate.id, sponsor.id].into(),
        ..ask("")
    };
    let version = desk::find(&test.app, &lead, case).await.unwrap().version;
    let refused = follow::ask_for_review(&test.app, &visit, follow::new_entry_id(), &all).await;
    assert!(matches!(refused, Err(ReviewError::NobodyFree)), "{refused:?}");
    let long = ask(&"x".repeat(20_001));
    let refused = follow::ask_for_review(&test.app, &visit, follow::new_entry_id(), &long).await;
    assert!(matches!(refused, Err(ReviewError::TooLong)), "{refused:?}");
    assert_eq!(desk::find(&test.app, &lead, case).await.unwrap().version, version);
    assert!(follow::reviewing(&test.app, &visit).await.unwrap().open.is_none());
}

async fn a_late_review_reminds_the_reviewer_after_a_restart(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let (visit, _) = decided(&test, &lead).await;
    asked(&test, &visit, &ask("")).await;
    test.clock.set("2026-12-08T17:00:00Z");
    let again = test.again().await;
    for _ in 0..2 {
        watch::round(&again).await.unwrap();
    }
    assert_eq!(notices(&test, alternate.id, "due").await, 1);
}

async fn a_reviewer_who_steps_back_leaves_the_way_free_for_another(mut test: TestApp) {
    let [lead, alternate, sponsor, _] = test.usual_team().await;
    let (visit, case) = decided(&test, &lead).await;
    let review = asked(&test, &visit, &ask("")).await;
    desk::declare_conflict(&test.app, &alternate, case, "A friend.".into())
        .await
        .unwrap();
    assert!(desk::waiting(&test.app, &alternate).await.unwrap().is_empty());
    let gone = desk::answer(&test.app, &alternate, case, review, &owned(ANSWER)).await;
    assert!(
        matches!(gone, Err(AnswerError::Desk(DeskError::NotFound))),
        "{gone:?}"
    );
    assert!(follow::reviewing(&test.app, &visit).await.unwrap().open.is_none());
    asked(&test, &visit, &ask("")).await;
    assert_eq!(desk::waiting(&test.app, &sponsor).await.unwrap().len(), 1);
}

async fn a_review_is_nobody_elses_to_see_or_answer(mut test: TestApp) {
    let [lead, _, sponsor, caseworker] = test.usual_team().await;
    let (visit, case) = decided(&test, &lead).await;
    let review = asked(&test, &visit, &ask("Words.")).await;
    for reader in [&lead, &sponsor, &caseworker] {
        let refused = desk::answer(&test.app, reader, case, review, &owned(ANSWER)).await;
        assert!(
            matches!(refused, Err(AnswerError::Desk(DeskError::NotFound))),
            "{refused:?}"
        );
        assert!(desk::waiting(&test.app, reader).await.unwrap().is_empty());
    }
    assert!(!opened(&test.app, &lead, case).await.reviews[0].is_mine);
}

//! How long cases are kept, and erasing them by two.

mod gone;
mod steps;

use jiff::SignedDuration;
use safehold_app::{
    desk::{
        self, Reader,
        retention::{self as kept, RetentionError},
    },
    report::Visit,
};
use safehold_core::{case::Action, id::CaseId, retention::Step};
use safehold_testkit::app::{Fields, TestApp, owned};

use crate::desk::{ASK_TO_CLOSE, CLOSE};

pub(super) const PROPOSE: Fields<'static> = &[("basis", "schedule"), ("reason", "Its time has passed.")];

pub(super) const CHECKS: Fields<'static> = &[
    ("erase_checks", "no_conflict"),
    ("erase_checks", "schedule"),
    ("erase_checks", "hold"),
    ("erase_checks", "rights"),
    ("erase_checks", "for_ever"),
];

pub(super) async fn closed_with(
    test: &TestApp,
    lead: &Reader,
    checker: &Reader,
    fields: Fields<'_>,
) -> (Visit, CaseId) {
    let (visit, case) = test.report(fields).await;
    test.begin(lead, case).await;
    let advice = [("question", "May I?"), ("advice", "You may.")];
    test.act(lead, case, Action::GiveAdvice, &advice).await.unwrap();
    close(test, lead, checker, case).await;
    (visit, case)
}

pub(super) async fn close(test: &TestApp, lead: &Reader, checker: &Reader, case: CaseId) {
    test.act(lead, case, Action::AskToClose, ASK_TO_CLOSE)
        .await
        .unwrap();
    test.act(checker, case, Action::Close, CLOSE).await.unwrap();
}

pub(super) fn years(test: &TestApp, years: i64) {
    test.clock.advance(SignedDuration::from_hours(24 * 366 * years));
}

pub(super) async fn take(
    test: &TestApp,
    by: &Reader,
    case: CaseId,
    step: Step,
    input: Fields<'_>,
) -> Result<(), RetentionError> {
    let version = desk::find(&test.app, by, case)
        .await
        .map_or(-1, |row| row.version);
    kept::take(&test.app, by, case, step, &owned(input), version).await
}

pub(super) async fn on_the_list(test: &TestApp, reader: &Reader) -> Vec<CaseId> {
    let list = kept::list(&test.app, reader).await.unwrap();
    list.into_iter().map(|kept| kept.id).collect()
}

pub(super) async fn erase(test: &TestApp, by: &Reader, second: &Reader, case: CaseId) {
    take(test, by, case, Step::Propose, PROPOSE).await.unwrap();
    let stale = take(test, second, case, Step::Erase, CHECKS).await;
    assert!(matches!(stale, Err(RetentionError::ProveFirst)), "{stale:?}");
    let second = fresh(test, second).await;
    take(test, &second, case, Step::Erase, CHECKS).await.unwrap();
}

/// Somebody who has just signed in again.
pub(super) async fn fresh(test: &TestApp, who: &Reader) -> Reader {
    test.clock.advance(SignedDuration::from_mins(1));
    test.sign_in(&test.entrances[&who.id]).await
}

pub(super) async fn nothing(test: &TestApp, reader: &Reader, case: CaseId) -> Vec<String> {
    let mut seen = vec![format!("{:?}", on_the_list(test, reader).await)];
    seen.push(format!(
        "{:?}",
        kept::find(&test.app, reader, case).await.unwrap_err()
    ));
    seen.push(format!(
        "{:?}",
        kept::certificate(&test.app, reader, case).await.unwrap_err()
    ));
    for step in Step::ALL {
        let result = take(test, reader, case, *step, CHECKS).await;
        seen.push(format!("{:?}", result.unwrap_err()));
    }
    seen
}

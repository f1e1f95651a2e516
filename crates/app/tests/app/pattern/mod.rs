//! Cases that belong together: links, and that nobody who may open only one of two learns of the other.

mod links;
mod property;
mod returns;
mod unseen;

use safehold_app::{
    desk::{
        self, Reader,
        pattern::{self, LinkError, Look},
    },
    trace,
};
use safehold_core::{id::CaseId, pattern::LinkProblem};
use safehold_testkit::app::{Fields, TestApp};

use crate::looks::opened;

pub const WHY: &str = "Quillon is named in both.";

/// A case that this lead began with.
pub async fn begun(test: &TestApp, lead: &Reader, fields: Fields<'_>) -> CaseId {
    let (_, case) = test.report(fields).await;
    test.begin(lead, case).await;
    test.tick();
    case
}

pub async fn share(test: &TestApp, by: &Reader, case: CaseId, with: &Reader) {
    desk::share(&test.app, by, case, with.id, "Helps.".into())
        .await
        .unwrap();
    test.tick();
}

pub async fn number(test: &TestApp, by: &Reader, case: CaseId) -> String {
    desk::find(&test.app, by, case)
        .await
        .unwrap()
        .reference
        .to_string()
}

/// Links two cases by the number of the second.
pub async fn link(test: &TestApp, by: &Reader, case: CaseId, other: CaseId) {
    let number = number(test, by, other).await;
    pattern::link(&test.app, by, case, &[&number], &["person"], WHY)
        .await
        .unwrap();
    test.tick();
}

/// What somebody sees of a case and all that it is linked with.
pub async fn look(test: &TestApp, reader: &Reader, case: CaseId) -> Look {
    pattern::look(&test.app, reader, case)
        .await
        .unwrap()
        .expect("somebody began with it")
}

pub fn linked(look: &Look) -> Vec<CaseId> {
    let standing = look.links.iter().filter(|linked| !linked.ties.is_empty());
    standing.map(|linked| linked.case).collect()
}

pub fn told(look: &Look) -> Vec<CaseId> {
    look.told.iter().map(|told| told.row.id).collect()
}

pub fn problems(result: Result<(), LinkError>) -> Vec<LinkProblem> {
    match result {
        Err(LinkError::Input(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

/// All that a reader can see change in a case, besides its links.
pub async fn everything_else(test: &TestApp, reader: &Reader, case: CaseId) -> String {
    let row = desk::find(&test.app, reader, case).await.unwrap();
    let opened = opened(&test.app, reader, case).await;
    let trace = trace::of_case(&test.app, reader, case).await.unwrap();
    format!(
        "{row:?} {} {} {trace:?}",
        opened.history.len(),
        opened.messages.len()
    )
}

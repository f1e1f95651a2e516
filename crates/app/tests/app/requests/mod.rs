//! What people ask of what is kept of them: its days, its readers, who finds what, and the answer.

mod days;
mod readers;

use safehold_app::{
    App,
    desk::{
        self, Reader,
        requests::{self, New, OpenedRequest, RequestError},
    },
};
use safehold_core::{
    id::{CaseId, RequestId, UserId},
    rights::{Mark, Step},
};
use safehold_testkit::app::{TestApp, concern_with, owned};

pub(super) const FIELDS: &[(&str, &str)] = &[
    ("rights_right", "access"),
    ("rights_who", "Quentin Marlowe"),
    ("rights_names", "Quen Marlow\n???"),
    ("rights_asked_by", "self"),
    ("rights_identity", "known"),
    ("rights_asks", "All of it, please."),
    ("rights_received_on", "2026-11-20"),
];

pub(super) async fn take_down(app: &App, by: &Reader, not_for: &[UserId]) -> RequestId {
    let new = New {
        id: requests::new_id(),
        input: &owned(FIELDS),
        not_for: not_for.iter().copied().collect(),
    };
    requests::take_down(app, by, new).await.unwrap()
}

pub(super) async fn open(app: &App, reader: &Reader, id: RequestId) -> OpenedRequest {
    requests::open(app, reader, id).await.unwrap()
}

pub(super) async fn take(
    app: &App,
    reader: &Reader,
    id: RequestId,
    step: Step,
    fields: &[(&str, &str)],
) -> Result<(), RequestError> {
    let version = open(app, reader, id).await.version;
    requests::take(app, reader, id, step, &owned(fields), version).await
}

pub(super) const ANSWER: &[(&str, &str)] = &[
    ("rights_outcome", "given"),
    ("rights_letter", "Dear Quentin, here it is."),
];

/// A case about Quentin that only the lead can open, and one that the alternate can open too.
pub(super) async fn cases(test: &TestApp, lead: &Reader, alternate: &Reader) -> [CaseId; 2] {
    let (_, own) = test
        .report(&concern_with(&[("what_happened", "Quen Marlow was there.")]))
        .await;
    let (_, shared) = test
        .report(&concern_with(&[(
            "what_happened",
            "Quentin Marlowe kept talking over me. I told Zoë.",
        )]))
        .await;
    let (_, other) = test
        .report(&concern_with(&[("what_happened", "Somebody else.")]))
        .await;
    for case in [own, shared, other] {
        test.begin(lead, case).await;
    }
    desk::share(&test.app, lead, shared, alternate.id, "Two eyes.".into())
        .await
        .unwrap();
    [own, shared]
}

pub(super) async fn found(app: &App, reader: &Reader, id: RequestId) -> Vec<(CaseId, Option<Mark>)> {
    let finding = requests::look(app, reader, id).await.unwrap();
    assert!(finding.progress.is_complete());
    assert_eq!(finding.names, ["Quentin Marlowe", "Quen Marlow"]);
    assert_eq!(finding.unsearched, ["???"]);
    assert!(finding.cases.iter().all(|case| !case.hit.extracts.is_empty()));
    let mut found: Vec<_> = finding
        .cases
        .iter()
        .map(|case| (case.hit.case, case.mark))
        .collect();
    found.sort();
    found
}

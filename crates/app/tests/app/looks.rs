//! How a case looks to somebody, in words that tests compare.

use safehold_app::{
    App, desk,
    desk::{CaseFilter, CaseOpened, OpenedCase, Reader, Version, search},
    health,
    report::MessageBody,
    trace, undelivered,
};
use safehold_core::{
    case::Action,
    id::{CaseId, FileId, UserId},
};
use safehold_testkit::app::owned;

/// Everything that the desk answers to somebody who tries every door of a case.
pub async fn every_door(app: &App, reader: &Reader, case: CaseId, other: UserId) -> Vec<String> {
    let listed = desk::list(app, reader, &CaseFilter::default(), None, 50)
        .await
        .unwrap();
    let lines: Vec<_> = listed.cases.iter().map(|line| line.id.to_string()).collect();
    let error = |error: &dyn std::fmt::Debug| format!("{error:?}");
    let record = owned(&[("no_conflict", "yes")]);
    let file = FileId::from_random([7; 16]);
    vec![
        format!("{lines:?} of {}", listed.total),
        desk::find(app, reader, case)
            .await
            .map_or_else(|e| error(&e), |_| "found".into()),
        desk::open(app, reader, case)
            .await
            .map_or_else(|e| error(&e), |_| "open".into()),
        desk::open_file(app, reader, case, file, Version::Original)
            .await
            .map_or_else(|e| error(&e), |_| "file".into()),
        desk::act(app, reader, case, Action::Begin, &record, 1)
            .await
            .map_or_else(|e| error(&e), |()| "acted".into()),
        desk::act(app, reader, case, Action::Close, &[], 1)
            .await
            .map_or_else(|e| error(&e), |()| "acted".into()),
        desk::write(app, reader, case, desk::new_message_id(), "Hello".into(), vec![])
            .await
            .map_or_else(|e| error(&e), |()| "wrote".into()),
        desk::share(app, reader, case, other, "Why".into())
            .await
            .map_or_else(|e| error(&e), |()| "shared".into()),
        desk::exclude(app, reader, case, other, "Why".into())
            .await
            .map_or_else(|e| error(&e), |()| "excluded".into()),
        desk::declare_conflict(app, reader, case, "Why".into())
            .await
            .map_or_else(|e| error(&e), |()| "declared".into()),
        trace::of_case(app, reader, case)
            .await
            .map_or_else(|e| error(&e), |_| "traced".into()),
        format!("{:?}", health::given_up(app, reader).await.unwrap().len()),
        undelivered::list(app, reader)
            .await
            .map_or_else(|e| error(&e), |mails| format!("{mails:?}")),
        searched(app, reader).await,
    ]
}

/// What a search for a word of the usual report tells, with its numbers.
async fn searched(app: &App, reader: &Reader) -> String {
    let query = search::Query::new("tuesday").unwrap();
    if let Err(error) = search::complete(app, reader).await {
        return format!("{error:?}");
    }
    let found = search::find(app, reader, &query, 1).await.unwrap();
    format!("{} found, {:?}", found.total, found.progress)
}

/// The case, opened in full.
pub async fn opened(app: &App, reader: &Reader, case: CaseId) -> Box<OpenedCase> {
    match desk::open(app, reader, case).await.unwrap() {
        CaseOpened::Full(opened) => opened,
        CaseOpened::Before(_) => panic!("nobody has begun with the case"),
    }
}

/// A text message.
pub fn text(text: &str) -> MessageBody {
    MessageBody::Text {
        text: text.to_owned(),
        files: Vec::new(),
    }
}

/// The texts of messages.
pub fn texts(messages: &[safehold_app::follow::Message]) -> Vec<String> {
    messages
        .iter()
        .map(|message| match &message.body {
            MessageBody::Text { text, .. } => text.clone(),
            _ => String::new(),
        })
        .collect()
}

/// The cases on a desk.
pub async fn listed(app: &App, reader: &Reader) -> Vec<CaseId> {
    let desk = desk::list(app, reader, &CaseFilter::default(), None, 100)
        .await
        .unwrap();
    assert_eq!(desk.total, i64::try_from(desk.cases.len()).unwrap());
    desk.cases.iter().map(|line| line.id).collect()
}

//! Files stay with what names them, and go when nothing does.

use jiff::SignedDuration;
use safehold_app::{
    desk::{self, DeskError, Version},
    files::{FileError, Owner, Upload},
    follow::{self, FollowError},
    report::{self, MessageBody},
    watch,
};
use safehold_testkit::app::{CONCERN, TestApp};

use crate::{
    database::{column, count},
    files::{add, with_draft, with_files},
    looks::opened,
    on_both,
};

on_both![
    what_comes_twice_is_kept_once,
    files_go_with_their_message_or_not_at_all,
    a_draft_that_was_sent_takes_no_more_files,
    what_breaks_off_is_removed_and_what_nothing_names_goes_after_a_day,
    a_file_that_the_draft_no_longer_names_is_removed_with_that_change,
];

async fn what_comes_twice_is_kept_once(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let id = follow::new_message_id();
    for _ in 0..3 {
        let note = add(&test, Owner::Case(case), "a.txt", b"Once.").await.unwrap();
        follow::send(&test.app, &visit, id, with_files(vec![note]))
            .await
            .unwrap();
    }
    assert_eq!(count(&test, "files").await, 1);
    let id = desk::new_message_id();
    for _ in 0..3 {
        let note = add(&test, Owner::Case(case), "b.txt", b"Once too.")
            .await
            .unwrap();
        desk::write(&test.app, &lead, case, id, "See this.".into(), vec![note])
            .await
            .unwrap();
    }
    assert_eq!(count(&test, "files").await, 2);
    let messages = opened(&test.app, &lead, case).await.messages;
    let named: Vec<_> = messages
        .iter()
        .flat_map(follow::Message::files)
        .map(|file| file.id.to_string())
        .collect();
    let mut kept = column(&test, "SELECT id FROM files WHERE attached = 1").await;
    assert_eq!((messages.len(), named.len(), kept.len()), (2, 2, 2));
    kept.retain(|file| !named.contains(file));
    assert!(kept.is_empty(), "kept and named by nothing: {kept:?}");
    // The same at the same moment.
    let id = follow::new_message_id();
    let mut notes = Vec::new();
    for name in ["c.txt", "c.txt"] {
        notes.push(add(&test, Owner::Case(case), name, b"At once.").await.unwrap());
    }
    let (second, first) = (notes.pop().unwrap(), notes.pop().unwrap());
    let (one, two) = tokio::join!(
        follow::send(&test.app, &visit, id, with_files(vec![first])),
        follow::send(&test.app, &visit, id, with_files(vec![second])),
    );
    one.unwrap();
    two.unwrap();
    assert_eq!(count(&test, "files").await, 3);
    assert_eq!(opened(&test.app, &lead, case).await.messages.len(), 3);
}

async fn files_go_with_their_message_or_not_at_all(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    let (_, other) = test.report(CONCERN).await;
    test.begin(&lead, case).await;
    let too_long = "a".repeat(follow::MOST_CHARACTERS + 1);
    let note = add(&test, Owner::Case(case), "a.txt", b"With too much.")
        .await
        .unwrap();
    let body = MessageBody::Text {
        text: too_long.clone(),
        files: vec![note],
    };
    let refused = follow::send(&test.app, &visit, follow::new_message_id(), body).await;
    assert!(matches!(refused, Err(FollowError::TooLong)));
    let note = add(&test, Owner::Case(case), "b.txt", b"With too much.")
        .await
        .unwrap();
    let refused = desk::write(
        &test.app,
        &lead,
        case,
        desk::new_message_id(),
        too_long,
        vec![note],
    )
    .await;
    assert!(matches!(refused, Err(DeskError::TooLong)));
    assert_eq!(count(&test, "files").await, 0);
    assert_eq!(count(&test, "file_chunks").await, 0);
    // A file of another case cannot be made part of a message, and stays where it is.
    let note = add(&test, Owner::Case(other), "c.txt", b"Of another.")
        .await
        .unwrap();
    let foreign = with_files(vec![note.clone()]);
    assert!(
        follow::send(&test.app, &visit, follow::new_message_id(), foreign)
            .await
            .is_err()
    );
    assert!(opened(&test.app, &lead, case).await.messages.is_empty());
    // An id of a message in another case is no reason to believe that this one was sent.
    let taken = follow::new_message_id();
    let body = || with_files(Vec::new());
    follow::send(&test.app, &visit, taken, body()).await.unwrap();
    let (stranger, _) = test.report(CONCERN).await;
    assert!(follow::send(&test.app, &stranger, taken, body()).await.is_err());
}

async fn a_draft_that_was_sent_takes_no_more_files(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let owner = Owner::Draft(visit.id);
    let kept = with_draft(&test, &visit, "kept.txt", b"In time.").await;
    // One is on its way while it is sent, one has come and is in no draft yet.
    let mut coming = Upload::begin(&test.app, owner).await.unwrap();
    coming.push(b"Half of it").await.unwrap();
    let loose = add(&test, owner, "loose.txt", b"A moment late.").await.unwrap();
    let case = report::submit(&test.app, &visit).await.unwrap().case;
    let late = coming.finish("late.txt").await.err();
    assert!(matches!(late, Some(FileError::AlreadySent)), "{late:?}");
    let refused = Upload::begin(&test.app, owner).await.err();
    assert!(matches!(refused, Some(FileError::AlreadySent)), "{refused:?}");
    let refused = report::change(&test.app, &visit, |draft| draft.files.push(loose.clone())).await;
    assert!(matches!(refused.err(), Some(report::ChangeError::AlreadySent(id)) if id == case));
    assert_eq!(column(&test, "SELECT id FROM files").await, [kept.to_string()]);
    // It goes with a message instead.
    let note = add(&test, Owner::Case(case), "late.txt", b"All of it.")
        .await
        .unwrap();
    let late = note.id;
    follow::send(
        &test.app,
        &visit,
        follow::new_message_id(),
        with_files(vec![note]),
    )
    .await
    .unwrap();
    test.begin(&lead, case).await;
    for file in [kept, late] {
        desk::open_file(&test.app, &lead, case, file, Version::WorkingCopy)
            .await
            .unwrap();
    }
    // A draft that is gone takes none either.
    let visit = test.draft(CONCERN).await;
    let mut coming = Upload::begin(&test.app, Owner::Draft(visit.id)).await.unwrap();
    report::forget(&test.app, &visit).await.unwrap();
    coming.push(b"Half of it").await.unwrap();
    let gone = coming.finish("gone.txt").await.err();
    assert!(matches!(gone, Some(FileError::Gone)), "{gone:?}");
    let refused = Upload::begin(&test.app, Owner::Draft(visit.id)).await.err();
    assert!(matches!(refused, Some(FileError::Gone)), "{refused:?}");
}

async fn what_breaks_off_is_removed_and_what_nothing_names_goes_after_a_day(mut test: TestApp) {
    test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    let mut coming = follow::upload(&test.app, &visit).await.unwrap();
    coming.push(&vec![b'a'; 300_000]).await.unwrap();
    assert_eq!(count(&test, "files").await, 1);
    drop(coming);
    // It is removed beside what goes on here: when that is done it is for the system to say.
    while count(&test, "files").await > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(count(&test, "file_chunks").await, 0);

    let loose = add(&test, Owner::Case(case), "loose.txt", b"Of nothing.")
        .await
        .unwrap();
    let note = add(&test, Owner::Case(case), "kept.txt", b"Of a message.")
        .await
        .unwrap();
    let kept = note.id;
    follow::send(
        &test.app,
        &visit,
        follow::new_message_id(),
        with_files(vec![note]),
    )
    .await
    .unwrap();
    test.clock.advance(SignedDuration::from_hours(23));
    watch::round(&test.app).await.unwrap();
    assert_eq!(count(&test, "files").await, 2, "it may still be coming");
    test.clock.advance(SignedDuration::from_hours(2));
    watch::round(&test.app).await.unwrap();
    assert_eq!(column(&test, "SELECT id FROM files").await, [kept.to_string()]);
    drop(loose);
}

async fn a_file_that_the_draft_no_longer_names_is_removed_with_that_change(mut test: TestApp) {
    test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let first = with_draft(&test, &visit, "1.txt", b"First.").await;
    let second = with_draft(&test, &visit, "2.txt", b"Second.").await;
    report::change(&test.app, &visit, move |draft| {
        draft.files.retain(|file| file.id != first);
    })
    .await
    .unwrap();
    assert_eq!(column(&test, "SELECT id FROM files").await, [second.to_string()]);
    // Files that were cut off long ago are no reason to refuse another.
    for _ in 0..9 {
        add(&test, Owner::Draft(visit.id), "cut.txt", b"Of nothing.")
            .await
            .unwrap();
    }
    let refused = Upload::begin(&test.app, Owner::Draft(visit.id)).await;
    assert!(matches!(refused.err(), Some(FileError::TooMany { limit: 10 })));
    test.clock.advance(SignedDuration::from_hours(2));
    let upload = Upload::begin(&test.app, Owner::Draft(visit.id)).await.unwrap();
    upload.abandon().await;
}

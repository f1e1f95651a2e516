//! Files: sealed as they come, and without hidden data for readers.

use jiff::SignedDuration;
use safehold_app::{
    desk::{self, DeskError, Reader, Version},
    files::{Content, FileError, Owner, Upload},
    follow::{self, FollowError},
    report::{self, FileNote, MessageBody, Visit},
    watch,
};
use safehold_core::id::{CaseId, FileId};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{
    database::{column, count},
    looks::opened,
    on_both,
};

on_both![
    a_picture_loses_its_place_in_the_working_copy_and_the_original_is_kept,
    a_pdf_loses_its_author,
    what_is_no_kind_that_is_taken_is_refused_and_gone,
    a_file_that_is_too_large_is_refused,
    as_many_files_as_were_said_and_no_more,
    a_file_in_a_message_opens_on_the_desk_and_nowhere_else,
    a_file_of_many_pieces_comes_back_as_it_was,
    a_reporter_opens_what_was_sent_to_them_and_what_they_sent,
    a_file_is_nobody_elses_and_what_nothing_names_is_nobodys,
    what_comes_twice_is_kept_once,
    files_go_with_their_message_or_not_at_all,
    a_draft_that_was_sent_takes_no_more_files,
    what_breaks_off_is_removed_and_what_nothing_names_goes_after_a_day,
    a_file_that_the_draft_no_longer_names_is_removed_with_that_change,
];

async fn add(test: &TestApp, owner: Owner, name: &str, bytes: &[u8]) -> Result<FileNote, FileError> {
    let mut upload = Upload::begin(&test.app, owner).await?;
    for piece in bytes.chunks(1000) {
        upload.push(piece).await?;
    }
    upload.finish(name).await
}

async fn with_draft(test: &TestApp, visit: &Visit, name: &str, bytes: &[u8]) -> FileId {
    let note = add(test, Owner::Draft(visit.id), name, bytes).await.unwrap();
    let id = note.id;
    report::change(&test.app, visit, move |draft| draft.files.push(note.clone()))
        .await
        .unwrap();
    id
}

/// A JPEG with a segment of EXIF that holds a position, one of XMP, and a comment.
fn picture() -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    let mut segment = |marker: u8, content: &[u8]| {
        bytes.extend([0xff, marker]);
        bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        bytes.extend(content);
    };
    segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    // A TIFF whose one entry (0x8825) points to a GPS directory with the latitude's reference.
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0".to_vec();
    exif.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0GPS-51.4545");
    segment(0xe1, &exif);
    segment(
        0xe1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Author Wren</x:xmpmeta>",
    );
    segment(0xfe, b"taken by Wren");
    segment(0xdb, &[0; 65]);
    segment(0xc0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    segment(0xda, &[1, 1, 0, 0, 63, 0]);
    bytes.extend([0x12, 0x34, 0xff, 0xd9]);
    bytes
}

fn has(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|window| window == what.as_bytes())
}

async fn a_picture_loses_its_place_in_the_working_copy_and_the_original_is_kept(mut test: TestApp) {
    let [lead, alternate, ..] = test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let original = picture();
    let file = with_draft(&test, &visit, "C:\\Users\\wren\\me.jpeg", &original).await;
    let case = report::submit(&test.app, &visit, report::Channel::Web, None)
        .await
        .unwrap()
        .case;
    let kept = desk::open_file(&test.app, &lead, case, file, Version::Original)
        .await
        .unwrap();
    assert_eq!(kept.bytes.as_slice(), original);
    assert!(!kept.is_clean);
    assert_eq!(kept.name, "me.jpg");
    let copy = desk::open_file(&test.app, &lead, case, file, Version::WorkingCopy)
        .await
        .unwrap();
    assert!(copy.is_clean);
    assert_eq!(copy.kind.mime(), "image/jpeg");
    for hidden in ["Exif", "GPS", "Wren", "xmpmeta"] {
        assert!(has(&original, hidden) && !has(&copy.bytes, hidden), "{hidden}");
    }
    assert!(has(&copy.bytes, "JFIF"));
    assert!(
        copy.bytes.ends_with(&[0x12, 0x34, 0xff, 0xd9]),
        "the picture itself is there"
    );
    let refused = desk::open_file(&test.app, &alternate, case, file, Version::WorkingCopy).await;
    assert!(matches!(refused.err(), Some(DeskError::NotFound)));
    let entries = safehold_app::trace::of_case(&test.app, &lead, case)
        .await
        .unwrap();
    let shown = entries
        .iter()
        .filter(|entry| entry.what == safehold_core::trace::Traced::FileOpened { file });
    assert_eq!(shown.count(), 2);
}

/// A PDF of one empty page with an author and metadata.
fn pdf() -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for object in [
        "1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R>>\nendobj\n",
        "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n",
        "4 0 obj\n<</Author(Wren Oakbarrow)/Title(Mine)>>\nendobj\n",
        "5 0 obj\n<</Type/Metadata/Subtype/XML/Length 13>>\nstream\n<x>Wren 2</x>\n\nendstream\nendobj\n",
    ] {
        places.push(bytes.len());
        bytes.extend(object.as_bytes());
    }
    let start = bytes.len();
    bytes.extend(b"xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    bytes.extend(
        format!("trailer\n<</Size 6/Root 1 0 R/Info 4 0 R>>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    bytes
}

async fn a_pdf_loses_its_author(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let original = pdf();
    let file = with_draft(&test, &visit, "letter.pdf", &original).await;
    let case = report::submit(&test.app, &visit, report::Channel::Web, None)
        .await
        .unwrap()
        .case;
    let copy = desk::open_file(&test.app, &lead, case, file, Version::WorkingCopy)
        .await
        .unwrap();
    assert!(copy.is_clean);
    assert!(copy.bytes.starts_with(b"%PDF-"));
    for hidden in ["Wren", "Author", "Mine", "Metadata"] {
        assert!(has(&original, hidden) && !has(&copy.bytes, hidden), "{hidden}");
    }
    assert!(has(&copy.bytes, "MediaBox"));
    let kept = desk::open_file(&test.app, &lead, case, file, Version::Original)
        .await
        .unwrap();
    assert_eq!(kept.bytes.as_slice(), original);
}

async fn what_is_no_kind_that_is_taken_is_refused_and_gone(mut test: TestApp) {
    test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let owner = Owner::Draft(visit.id);
    let wrong: [&[u8]; 5] = [
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff",
        b"\x7fELF\x02\x01\x01\0",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"PK\x03\x04\x14\0\0\0",
        b"\0\0\0\0\0\0",
    ];
    for bytes in wrong {
        let refused = add(&test, owner, "harmless.jpg", bytes).await;
        assert!(matches!(refused.err(), Some(FileError::Kind)), "{bytes:?}");
    }
    let refused = add(&test, owner, "empty.txt", b"").await;
    assert!(matches!(refused.err(), Some(FileError::Empty)));
    assert_eq!(count(&test, "files").await, 0);
    assert_eq!(count(&test, "file_chunks").await, 0);
}

async fn a_file_that_is_too_large_is_refused(mut test: TestApp) {
    test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let mut upload = Upload::begin(&test.app, Owner::Draft(visit.id)).await.unwrap();
    let piece = vec![b'a'; 4 * 1024 * 1024];
    for _ in 0..5 {
        upload.push(&piece).await.unwrap();
    }
    let refused = upload.push(b"a").await;
    assert!(matches!(refused, Err(FileError::TooLarge { limit }) if limit == 20 * 1024 * 1024));
    upload.abandon().await;
    assert_eq!(count(&test, "file_chunks").await, 0);
}

async fn as_many_files_as_were_said_and_no_more(mut test: TestApp) {
    test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let owner = Owner::Draft(visit.id);
    for number in 0..10 {
        with_draft(&test, &visit, &format!("{number}.txt"), b"Some words.").await;
    }
    let refused = add(&test, owner, "more.txt", b"Some words.").await;
    assert!(matches!(refused.err(), Some(FileError::TooMany { limit: 10 })));
    report::forget(&test.app, &visit).await.unwrap();
    assert_eq!(count(&test, "files").await, 0, "files go with their draft");
    assert_eq!(count(&test, "file_chunks").await, 0);
}

async fn a_file_in_a_message_opens_on_the_desk_and_nowhere_else(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    let (_, other) = test.report(&concern_with(&[])).await;
    test.begin(&lead, case).await;
    let mut upload = follow::upload(&test.app, &visit).await.unwrap();
    upload.push(b"It was raining.").await.unwrap();
    let note = upload.finish("notes").await.unwrap();
    let file = note.id;
    let body = MessageBody::Text {
        text: String::new(),
        files: vec![note],
    };
    follow::send(&test.app, &visit, follow::new_message_id(), body)
        .await
        .unwrap();
    let shown = desk::open_file(&test.app, &lead, case, file, Version::WorkingCopy)
        .await
        .unwrap();
    assert_eq!(shown.bytes.as_slice(), b"It was raining.");
    assert_eq!(shown.name, "notes.txt");
    // It belongs to this case and to no other.
    let refused = desk::open_file(&test.app, &lead, other, file, Version::WorkingCopy).await;
    assert!(matches!(refused.err(), Some(DeskError::NotFound)));
    assert_eq!(opened(&test.app, &lead, case).await.messages.len(), 1);
}

async fn a_file_of_many_pieces_comes_back_as_it_was(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let line = "Line by line, and MARKfileQX in each of them.\n";
    let long = line.repeat(1_200_000 / line.len());
    let file = with_draft(&test, &visit, "long.txt", long.as_bytes()).await;
    let case = report::submit(&test.app, &visit, report::Channel::Web, None)
        .await
        .unwrap()
        .case;
    let kept = desk::open_file(&test.app, &lead, case, file, Version::Original)
        .await
        .unwrap();
    assert!(kept.bytes.as_slice() == long.as_bytes());
    assert!(count(&test, "file_chunks").await > 4);
    // A piece that was changed, or put in another's place, is noticed.
    let sql = "UPDATE file_chunks SET number = 1000 - number WHERE number IN (1, 2)";
    assert_eq!(crate::database::tamper(&test, sql).await, 2);
    let sql = "UPDATE file_chunks SET number = number - 997 WHERE number IN (999, 998)";
    assert_eq!(crate::database::tamper(&test, sql).await, 2);
    let broken = desk::open_file(&test.app, &lead, case, file, Version::Original).await;
    assert!(broken.is_err());
}

/// A message from the desk with one file.
async fn send_from_desk(test: &TestApp, lead: &Reader, case: CaseId, name: &str, bytes: &[u8]) -> FileId {
    let note = add(test, Owner::Case(case), name, bytes).await.unwrap();
    let id = note.id;
    desk::write(
        &test.app,
        lead,
        case,
        desk::new_message_id(),
        "See this.".into(),
        vec![note],
    )
    .await
    .unwrap();
    id
}

fn with_files(files: Vec<FileNote>) -> MessageBody {
    MessageBody::Text {
        text: "See this.".to_owned(),
        files,
    }
}

async fn a_reporter_opens_what_was_sent_to_them_and_what_they_sent(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let visit = test.draft(CONCERN).await;
    let line = "It was raining, and MARKownQX was there.\n";
    let long = line.repeat(600_000 / line.len());
    let with_report = with_draft(&test, &visit, "rain.txt", long.as_bytes()).await;
    let case = report::submit(&test.app, &visit, report::Channel::Web, None)
        .await
        .unwrap()
        .case;
    test.begin(&lead, case).await;
    let original = picture();
    let note = add(&test, Owner::Case(case), "mine.jpg", &original)
        .await
        .unwrap();
    let with_message = note.id;
    follow::send(
        &test.app,
        &visit,
        follow::new_message_id(),
        with_files(vec![note]),
    )
    .await
    .unwrap();
    let from_desk = send_from_desk(&test, &lead, case, "plan.jpg", &original).await;

    // What they sent comes as they sent it, piece by piece.
    let mut opened = follow::open_file(&test.app, &visit, with_report).await.unwrap();
    assert_eq!(
        (opened.name.as_str(), opened.kind.mime()),
        ("rain.txt", "text/plain")
    );
    assert!(!opened.from_desk && opened.size_bytes == long.len() as u64);
    let Content::Pieces(pieces) = &mut opened.content else {
        panic!("it is held whole in memory")
    };
    let mut came = Vec::new();
    let mut number = 0;
    while let Some(piece) = pieces.next().await.unwrap() {
        came.extend_from_slice(&piece);
        number += 1;
    }
    assert!(came == long.as_bytes() && number > 1, "{number} pieces");
    let opened = follow::open_file(&test.app, &visit, with_message).await.unwrap();
    assert_eq!(*opened.content.whole().await.unwrap(), original);
    // What the team sent tells nothing of the team.
    let opened = follow::open_file(&test.app, &visit, from_desk).await.unwrap();
    assert!(opened.from_desk);
    let copy = opened.content.whole().await.unwrap();
    assert!(has(&original, "Wren") && !has(&copy, "Wren") && has(&copy, "JFIF"));
    // Nobody is told that they looked.
    let entries = safehold_app::trace::of_case(&test.app, &lead, case)
        .await
        .unwrap();
    assert!(
        !entries
            .iter()
            .any(|entry| matches!(entry.what, safehold_core::trace::Traced::FileOpened { .. }))
    );
    // A piece that was changed ends it before its end.
    let sql = format!("DELETE FROM file_chunks WHERE file_id = '{with_report}' AND number = 1");
    assert_eq!(crate::database::tamper(&test, &sql).await, 1);
    let opened = follow::open_file(&test.app, &visit, with_report).await.unwrap();
    assert!(opened.content.whole().await.is_err());
}

async fn a_file_is_nobody_elses_and_what_nothing_names_is_nobodys(mut test: TestApp) {
    let [lead, ..] = test.usual_team().await;
    let (visit, case) = test.report(CONCERN).await;
    let (other, _) = test.report(&concern_with(&[])).await;
    test.begin(&lead, case).await;
    let file = send_from_desk(&test, &lead, case, "for-them.txt", b"For them alone.").await;
    assert!(follow::open_file(&test.app, &visit, file).await.is_ok());
    // Came for this case, but no message names it: it is not theirs to see, nor the desk's.
    let loose = add(&test, Owner::Case(case), "loose.txt", b"For the desk alone.")
        .await
        .unwrap()
        .id;
    let never = FileId::from_random([7; 16]);
    for (visit, file, what) in [
        (&other, file, "of another"),
        (&other, never, "never was"),
        (&visit, never, "never was"),
        (&visit, loose, "named by nothing"),
    ] {
        let refused = follow::open_file(&test.app, visit, file).await.err();
        assert!(
            matches!(refused, Some(FollowError::NoFile)),
            "{what}: {refused:?}"
        );
    }
    let refused = desk::open_file(&test.app, &lead, case, loose, Version::Original).await;
    assert!(matches!(refused.err(), Some(DeskError::NotFound)));
    for visit in [Visit::begin(), test.draft(CONCERN).await] {
        let refused = follow::open_file(&test.app, &visit, file).await.err();
        assert!(matches!(refused, Some(FollowError::NoReport)), "{refused:?}");
    }
}

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
        .flat_map(|message| message.files())
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
    let case = report::submit(&test.app, &visit, report::Channel::Web, None)
        .await
        .unwrap()
        .case;
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
    coming.push(&[b'a'; 300_000]).await.unwrap();
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

//! Files: sealed as they come, and without hidden data for readers.

use safehold_app::{
    desk::{self, DeskError, Reader, Version},
    files::{Content, FileError, Owner, Upload},
    follow::{self, FollowError},
    report::{self, FileNote, MessageBody, Visit},
};
use safehold_core::id::{CaseId, FileId};
use safehold_testkit::app::{CONCERN, TestApp, concern_with};

use crate::{database::count, looks::opened, on_both};

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
];

/// A file that came whole, and that nothing names yet.
pub async fn add(test: &TestApp, owner: Owner, name: &str, bytes: &[u8]) -> Result<FileNote, FileError> {
    let mut upload = Upload::begin(&test.app, owner).await?;
    for piece in bytes.chunks(1000) {
        upload.push(piece).await?;
    }
    upload.finish(name).await
}

/// A file of a draft.
pub async fn with_draft(test: &TestApp, visit: &Visit, name: &str, bytes: &[u8]) -> FileId {
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
    let case = report::submit(&test.app, &visit).await.unwrap().case;
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
    let case = report::submit(&test.app, &visit).await.unwrap().case;
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
    let case = report::submit(&test.app, &visit).await.unwrap().case;
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

/// A message with these files.
pub fn with_files(files: Vec<FileNote>) -> MessageBody {
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
    let case = report::submit(&test.app, &visit).await.unwrap().case;
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

//! Drafts, words, and what becomes of them.

use safehold_store::{
    StoreError, cases, files,
    visits::{self, DraftChange},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

fn change(version: i64) -> DraftChange {
    DraftChange {
        id: visit_id(1),
        version,
        draft_sealed: sealed("newer"),
        form_digest: "form 2".to_owned(),
        at: at(5),
        expires_at: at(500),
    }
}

on_both![
    two_tabs_do_not_save_over_each_other,
    words_lead_to_a_visit_and_are_kept_only_until_they_are_written_down,
    a_double_press_makes_one_report,
    a_draft_goes_with_its_files_when_its_time_is_over,
];

async fn two_tabs_do_not_save_over_each_other(db: Database) {
    write!(db.store, |tx| {
        visits::add(tx, &visit(1)).await?;
        visits::set_warned(tx, visit_id(1), at(1)).await?;
    })
    .unwrap();
    assert_eq!(
        write!(db.store, |tx| visits::save_draft(tx, &change(1)).await?),
        Ok(2)
    );
    assert_eq!(
        write!(db.store, |tx| visits::save_draft(tx, &change(1)).await?),
        Err(StoreError::ChangedSince)
    );
    let found = visits::find(&mut db.read().await, visit_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.draft_sealed.unwrap().as_bytes(), b"newer");
    assert_eq!(
        (found.version, found.updated_at, found.expires_at, found.warned_at),
        (2, at(5), Some(at(500)), None)
    );
    assert_eq!(found.form_digest.as_deref(), Some("form 2"));
}

async fn words_lead_to_a_visit_and_are_kept_only_until_they_are_written_down(db: Database) {
    write!(db.store, |tx| {
        visits::add(tx, &visit(1)).await?;
        visits::add(tx, &visit(2)).await?;
        visits::set_words(tx, visit_id(1), &hash(1), &sealed("key"), &sealed("words")).await?;
    })
    .unwrap();
    let again = async |id, lookup: [u8; 32]| {
        write!(db.store, |tx| {
            visits::set_words(tx, id, &lookup, &sealed("key"), &sealed("words")).await?;
        })
    };
    assert_eq!(again(visit_id(1), hash(2)).await, Err(StoreError::ChangedSince));
    assert_eq!(
        again(visit_id(2), hash(1)).await,
        Err(StoreError::Conflict {
            constraint: "visits.lookup".to_owned()
        })
    );
    let found = visits::find_by_lookup(&mut db.read().await, &hash(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.id, visit_id(1));
    assert_eq!(found.words_sealed.unwrap().as_bytes(), b"words");
    write!(db.store, |tx| visits::forget_words(tx, visit_id(1)).await?).unwrap();
    let mut conn = db.read().await;
    let found = visits::find_by_lookup(&mut conn, &hash(1))
        .await
        .unwrap()
        .unwrap();
    assert!(found.words_sealed.is_none());
    assert_eq!(found.key_sealed.unwrap().as_bytes(), b"key");
    assert!(
        visits::find_by_lookup(&mut conn, &hash(3))
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_double_press_makes_one_report(db: Database) {
    write!(db.store, |tx| visits::add(tx, &visit(1)).await?).unwrap();
    let submit = |number: u32| {
        db.store.write(move |tx| {
            Box::pin(async move {
                cases::add(tx, &case(number)).await?;
                visits::submit(tx, visit_id(1), 1, case_id(number), at(9)).await
            })
        })
    };
    let (first, second) = tokio::join!(submit(1), submit(2));
    assert_eq!(
        [&first, &second].iter().filter(|result| result.is_ok()).count(),
        1
    );
    assert!([first, second].contains(&Err(StoreError::ChangedSince)));
    assert_eq!(db.number("SELECT COUNT(*) FROM cases").await, 1);
    let mut conn = db.read().await;
    let found = visits::find(&mut conn, visit_id(1)).await.unwrap().unwrap();
    let case = found.case_id.unwrap();
    assert!(found.draft_sealed.is_none() && found.expires_at.is_none() && found.form_digest.is_none());
    assert_eq!(
        visits::find_by_case(&mut conn, case).await.unwrap().unwrap().id,
        visit_id(1)
    );
    drop(conn);
    assert_eq!(
        write!(db.store, |tx| visits::save_draft(tx, &change(2)).await?),
        Err(StoreError::ChangedSince)
    );
    assert_eq!(
        write!(db.store, |tx| visits::remove_draft(tx, visit_id(1)).await?),
        Ok(false)
    );
}

async fn a_draft_goes_with_its_files_when_its_time_is_over(db: Database) {
    write!(db.store, |tx| {
        for number in 1..=4 {
            let mut visit = visit(number);
            visit.expires_at = Some(at(i64::from(number)));
            visits::add(tx, &visit).await?;
            files::add(tx, &file(number, Some(number), None)).await?;
            files::add_chunk(tx, file_id(number), 0, &sealed("chunk")).await?;
        }
        cases::add(tx, &case(1)).await?;
        visits::submit(tx, visit_id(1), 1, case_id(1), at(1)).await?;
    })
    .unwrap();
    assert_eq!(
        write!(db.store, |tx| visits::expire_due(tx, at(3), 1).await?),
        Ok(1)
    );
    assert_eq!(
        write!(db.store, |tx| visits::expire_due(tx, at(3), 9).await?),
        Ok(1)
    );
    assert_eq!(
        write!(db.store, |tx| visits::expire_due(tx, at(3), 9).await?),
        Ok(0)
    );
    let mut conn = db.read().await;
    for (number, is_there) in [(1, true), (2, false), (3, false), (4, true)] {
        assert_eq!(
            visits::find(&mut conn, visit_id(number)).await.unwrap().is_some(),
            is_there
        );
    }
    drop(conn);
    assert_eq!(db.number("SELECT COUNT(*) FROM file_chunks").await, 2);
    assert_eq!(
        write!(db.store, |tx| visits::remove_draft(tx, visit_id(4)).await?),
        Ok(true)
    );
    assert_eq!(db.number("SELECT COUNT(*) FROM files").await, 1);
}

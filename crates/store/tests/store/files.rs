//! Files in chunks.

use safehold_store::{
    StoreError, cases,
    files::{self, FileTotals},
    visits,
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![
    a_file_comes_and_goes_in_chunks,
    the_files_of_a_draft_become_those_of_its_case,
    what_nothing_names_is_removed_after_a_while,
    only_what_is_named_stays_and_counts_for_good,
];

async fn a_file_comes_and_goes_in_chunks(db: Database) {
    write!(db.store, |tx| {
        visits::add(tx, &visit(1)).await?;
        files::add(tx, &file(1, Some(1), None)).await?;
    })
    .unwrap();
    for (number, text) in [(0, "first"), (1, "second")] {
        write!(db.store, |tx| files::add_chunk(
            tx,
            file_id(1),
            number,
            &sealed(text)
        )
        .await?)
        .unwrap();
    }
    write!(db.store, |tx| files::attach_to_visit(tx, file_id(1), visit_id(1))
        .await?)
    .unwrap();
    let mut conn = db.read().await;
    let found = files::find(&mut conn, file_id(1)).await.unwrap().unwrap();
    assert_eq!(
        (found.size_bytes, found.attached, found.visit_id),
        (11, true, Some(visit_id(1)))
    );
    let mut chunks = vec![];
    while let Some(chunk) = files::read_chunk(&mut conn, file_id(1), i64::try_from(chunks.len()).unwrap())
        .await
        .unwrap()
    {
        chunks.push(chunk.into_bytes());
    }
    assert_eq!(chunks, [b"first".to_vec(), b"second".to_vec()]);
    drop(conn);

    assert_eq!(
        write!(db.store, |tx| files::add_chunk(
            tx,
            file_id(1),
            2,
            &sealed("late")
        )
        .await?),
        Err(StoreError::ChangedSince)
    );
    assert_eq!(
        write!(db.store, |tx| files::remove(tx, file_id(1)).await?),
        Ok(true)
    );
    assert_eq!(db.number("SELECT COUNT(*) FROM file_chunks").await, 0);
}

async fn the_files_of_a_draft_become_those_of_its_case(db: Database) {
    write!(db.store, |tx| {
        visits::add(tx, &visit(1)).await?;
        for number in 1..=3 {
            files::add(tx, &file(number, Some(1), None)).await?;
            files::add_chunk(tx, file_id(number), 0, &sealed("1234")).await?;
        }
        files::attach_to_visit(tx, file_id(1), visit_id(1)).await?;
        files::attach_to_visit(tx, file_id(3), visit_id(1)).await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    assert_eq!(
        files::totals_of_visit(&mut conn, visit_id(1), at(0)).await,
        Ok(FileTotals {
            count: 3,
            size_bytes: 12
        })
    );
    assert_eq!(
        files::totals_of_visit(&mut conn, visit_id(2), at(0)).await,
        Ok(FileTotals::default())
    );
    assert_eq!(
        files::list_of_visit(&mut conn, visit_id(1)).await.unwrap().len(),
        3
    );
    drop(conn);

    let moved = write!(db.store, |tx| {
        cases::add(tx, &case(1)).await?;
        files::move_to_case(tx, visit_id(1), case_id(1)).await?
    });
    assert_eq!(moved, Ok(2));
    let mut conn = db.read().await;
    let listed = files::list_of_case(&mut conn, case_id(1)).await.unwrap();
    assert_eq!(
        listed.iter().map(|file| file.id).collect::<Vec<_>>(),
        [file_id(1), file_id(3)]
    );
    assert_eq!(
        files::totals_of_case(&mut conn, case_id(1), at(0)).await,
        Ok(FileTotals {
            count: 2,
            size_bytes: 8
        })
    );
    assert_eq!(files::list_of_visit(&mut conn, visit_id(1)).await, Ok(vec![]));
}

async fn what_nothing_names_is_removed_after_a_while(db: Database) {
    write!(db.store, |tx| {
        visits::add(tx, &visit(1)).await?;
        for number in 1..=3 {
            files::add(tx, &file(number, Some(1), None)).await?;
        }
        files::attach_to_visit(tx, file_id(1), visit_id(1)).await?;
    })
    .unwrap();
    assert_eq!(
        write!(db.store, |tx| files::expire_unattached(tx, at(3), 10).await?),
        Ok(1)
    );
    assert_eq!(
        files::list_of_visit(&mut db.read().await, visit_id(1))
            .await
            .unwrap()
            .len(),
        2
    );
}

async fn only_what_is_named_stays_and_counts_for_good(db: Database) {
    write!(db.store, |tx| {
        visits::add(tx, &visit(1)).await?;
        cases::add(tx, &case(1)).await?;
        for number in 1..=3 {
            files::add(tx, &file(number, Some(1), None)).await?;
            files::add(tx, &file(number + 3, None, Some(1))).await?;
        }
    })
    .unwrap();
    // A file is named by what it came for, and by nothing else.
    let not_theirs = Ok(false);
    assert_eq!(
        write!(db.store, |tx| files::attach_to_visit(tx, file_id(4), visit_id(1))
            .await?),
        not_theirs
    );
    assert_eq!(
        write!(db.store, |tx| files::attach_to_visit(tx, file_id(1), visit_id(2))
            .await?),
        not_theirs
    );
    assert_eq!(
        write!(db.store, |tx| files::attach_to_case(tx, file_id(1), case_id(1))
            .await?),
        not_theirs
    );
    assert_eq!(
        write!(db.store, |tx| files::attach_to_case(tx, file_id(4), case_id(2))
            .await?),
        not_theirs
    );
    write!(db.store, |tx| {
        files::attach_to_visit(tx, file_id(1), visit_id(1)).await?;
        files::attach_to_case(tx, file_id(4), case_id(1)).await?;
    })
    .unwrap();
    // The first two of each are older than the time that is asked for: of these, only what is named counts.
    let mut conn = db.read().await;
    for (of_visit, of_case, count) in [(0, 0, 3), (3, 6, 2), (100, 100, 1)] {
        let totals = files::totals_of_visit(&mut conn, visit_id(1), at(of_visit)).await;
        assert_eq!(totals.unwrap().count, count, "since {of_visit}");
        let totals = files::totals_of_case(&mut conn, case_id(1), at(of_case)).await;
        assert_eq!(totals.unwrap().count, count, "since {of_case}");
    }
    drop(conn);
    for (number, goes) in [(1, false), (2, true), (4, false), (5, true)] {
        let removed = write!(db.store, |tx| files::remove_unattached(tx, file_id(number))
            .await?);
        assert_eq!(removed, Ok(goes), "{number}");
    }
}

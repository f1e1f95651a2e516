//! Cases, and that nobody sees one without a key.

use safehold_core::id::EventId;
use safehold_core::{
    case::{Level, State},
    recipients::Standing,
};
use safehold_store::{
    StoreError,
    cases::{self, CaseFilter, CaseRow, Which},
    events::{self, EventRow},
    files, reminders, reports, users, visits,
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

fn ids(listed: &[cases::ListedCase]) -> Vec<safehold_core::id::CaseId> {
    listed.iter().map(|listed| listed.case.id).collect()
}

on_both![
    a_case_reads_back_as_it_was_saved,
    a_case_that_somebody_else_saved_is_not_saved_over,
    a_reference_that_is_taken_is_named,
    without_an_active_key_to_it_a_case_does_not_exist,
    a_list_is_paged_and_filtered,
    a_case_goes_with_all_that_hangs_on_it,
    a_report_is_sealed_anew_under_a_new_key,
];

async fn a_case_reads_back_as_it_was_saved(db: Database) {
    write!(db.store, |tx| {
        users::add(tx, &user(1)).await?;
        cases::add(tx, &case(1)).await?;
        wraps::add_all(tx, &[wrap(1, Holder::User(user_id(1)), Standing::Active)]).await?;
    })
    .unwrap();
    let found = cases::find_for(&mut db.read().await, user_id(1), case_id(1))
        .await
        .unwrap();
    assert_eq!(found, Some(case(1)));

    let mut full = case(1);
    full.state = State::ClosingReview;
    full.level = Some(Level::High);
    full.urgent = true;
    full.owner_id = Some(user_id(1));
    full.asked_to_close_id = Some(user_id(1));
    full.opened_at = Some(at(11));
    full.acknowledged_at = Some(at(12));
    full.decided_at = Some(at(13));
    full.paused_at = Some(at(14));
    full.closed_at = Some(at(15));
    full.due_open_at = None;
    full.due_contact_at = Some(at(16));
    full.due_decision_at = Some(at(17));
    full.review_at = Some(at(18));
    full.changed_at = at(19);
    full.version = write!(db.store, full.clone(), |tx, full| cases::save(tx, full).await?).unwrap();
    assert_eq!(full.version, 2);
    let mut conn = db.read().await;
    let found = cases::find_by_reference_for(&mut conn, user_id(1), &full.reference)
        .await
        .unwrap();
    assert_eq!(found, Some(full));
}

async fn a_case_that_somebody_else_saved_is_not_saved_over(db: Database) {
    write!(db.store, |tx| cases::add(tx, &case(1)).await?).unwrap();
    assert_eq!(write!(db.store, |tx| cases::save(tx, &case(1)).await?), Ok(2));
    assert_eq!(
        write!(db.store, |tx| cases::save(tx, &case(1)).await?),
        Err(StoreError::ChangedSince)
    );
}

async fn a_reference_that_is_taken_is_named(db: Database) {
    write!(db.store, |tx| cases::add(tx, &case(1)).await?).unwrap();
    let mut second = case(2);
    second.reference = case(1).reference;
    assert_eq!(
        write!(db.store, second, |tx, second| cases::add(tx, second).await?),
        Err(StoreError::Conflict {
            constraint: "cases.reference".to_owned()
        })
    );
    assert_eq!(
        write!(db.store, |tx| cases::add(
            tx,
            &CaseRow {
                id: case_id(1),
                ..case(2)
            }
        )
        .await?),
        Err(StoreError::Conflict {
            constraint: "cases.key".to_owned()
        })
    );
    assert_eq!(
        write!(db.store, |tx| reports::add(tx, &report(5)).await?),
        Err(StoreError::Conflict {
            constraint: "foreign key".to_owned()
        })
    );
    assert_eq!(
        write!(db.store, |tx| {
            let wraps = [
                wrap(1, Holder::Recovery, Standing::Standby),
                wrap(1, Holder::Recovery, Standing::Active),
            ];
            wraps::add_all(tx, &wraps).await?;
        }),
        Err(StoreError::Conflict {
            constraint: "key_wraps.key".to_owned()
        })
    );
}

async fn without_an_active_key_to_it_a_case_does_not_exist(db: Database) {
    write!(db.store, |tx| {
        for number in 1..=4 {
            cases::add(tx, &case(number)).await?;
        }
        let mut newer = wrap(3, Holder::User(user_id(2)), Standing::Active);
        newer.epoch = 2;
        wraps::add_all(
            tx,
            &[
                wrap(1, Holder::User(user_id(1)), Standing::Active),
                wrap(1, Holder::User(user_id(2)), Standing::Standby),
                wrap(1, Holder::Recovery, Standing::Active),
                wrap(1, Holder::Reporter, Standing::Active),
                wrap(2, Holder::User(user_id(2)), Standing::Active),
                // Excluded later: the case has a new key, and only reader 2 has it.
                wrap(3, Holder::User(user_id(1)), Standing::Active),
                newer,
            ],
        )
        .await?;
        let mut third = case(3);
        third.epoch = 2;
        cases::save(tx, &third).await?;
    })
    .unwrap();

    let mut conn = db.read().await;
    let all = CaseFilter::default();
    let seen = [
        (1, vec![case_id(1)]),
        (2, vec![case_id(3), case_id(2)]),
        (3, vec![]),
    ];
    for (reader, expected) in seen {
        let reader = user_id(reader);
        let listed = cases::list_for(&mut conn, reader, &all, None, 50).await.unwrap();
        assert_eq!(ids(&listed), expected);
        assert_eq!(
            cases::count_for(&mut conn, reader, &all).await.unwrap(),
            i64::try_from(expected.len()).unwrap()
        );
        for number in 1..=5 {
            let is_theirs = expected.contains(&case_id(number));
            let by_id = cases::find_for(&mut conn, reader, case_id(number)).await.unwrap();
            let reference = case(number).reference;
            let by_reference = cases::find_by_reference_for(&mut conn, reader, &reference)
                .await
                .unwrap();
            assert_eq!((by_id.is_some(), by_reference.is_some()), (is_theirs, is_theirs));
        }
    }
}

async fn a_list_is_paged_and_filtered(db: Database) {
    write!(db.store, |tx| {
        users::add(tx, &user(1)).await?;
        for number in 1..=7 {
            let mut case = case(number);
            // Two that came in the same millisecond are both shown, once.
            case.received_at = at(i64::from(number / 2));
            if number > 4 {
                // What waits to be erased is among the closed ones.
                case.state = if number == 5 {
                    State::Retained
                } else {
                    State::Closed
                };
                case.closed_at = Some(at(9));
                case.owner_id = Some(user_id(1));
            }
            cases::add(tx, &case).await?;
            wraps::add_all(tx, &[wrap(number, Holder::User(user_id(1)), Standing::Active)]).await?;
        }
    })
    .unwrap();
    let mut conn = db.read().await;
    let mut pages = vec![];
    let mut after = None;
    loop {
        let page = cases::list_for(&mut conn, user_id(1), &CaseFilter::default(), after, 3)
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.case.received_at, last.case.id));
        pages.extend(ids(&page));
    }
    assert_eq!(pages, [7, 6, 5, 4, 3, 2, 1].map(case_id));

    let filters = [
        (
            CaseFilter {
                which: Which::Live,
                ..CaseFilter::default()
            },
            4,
        ),
        (
            CaseFilter {
                which: Which::Closed,
                ..CaseFilter::default()
            },
            3,
        ),
        (
            CaseFilter {
                state: Some(State::Received),
                ..CaseFilter::default()
            },
            4,
        ),
        (
            CaseFilter {
                owner: Some(user_id(1)),
                ..CaseFilter::default()
            },
            3,
        ),
        (
            CaseFilter {
                owner: Some(user_id(1)),
                which: Which::Live,
                state: None,
            },
            0,
        ),
    ];
    for (filter, expected) in filters {
        assert_eq!(
            cases::count_for(&mut conn, user_id(1), &filter).await.unwrap(),
            expected
        );
        let listed = cases::list_for(&mut conn, user_id(1), &filter, None, 50)
            .await
            .unwrap();
        assert_eq!(i64::try_from(listed.len()), Ok(expected));
    }
}

async fn a_case_goes_with_all_that_hangs_on_it(db: Database) {
    write!(db.store, |tx| {
        cases::add(tx, &case(1)).await?;
        reports::add(tx, &report(1)).await?;
        wraps::add_all(tx, &[wrap(1, Holder::Recovery, Standing::Active)]).await?;
        visits::add(tx, &visit(1)).await?;
        visits::submit(tx, visit_id(1), 1, case_id(1), at(1)).await?;
        files::add(tx, &file(1, None, Some(1))).await?;
        files::add_chunk(tx, file_id(1), 0, &sealed("chunk")).await?;
        let mut job = job(1);
        job.case_id = Some(case_id(1));
        safehold_store::jobs::enqueue(tx, &job).await?;
        reminders::add(tx, case_id(1), "open", at(1)).await?;
        events::add(
            tx,
            &EventRow {
                id: EventId::from_random([1; 16]),
                case_id: case_id(1),
                at: at(1),
                actor_id: None,
                kind: "note".to_owned(),
                epoch: 1,
                body_sealed: Some(sealed("note")),
            },
        )
        .await?;
        safehold_store::trace::append(tx, at(1), Some(case_id(1)), "received").await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    assert_eq!(
        cases::find_for_reporter(&mut conn, visit_id(1)).await.unwrap(),
        Some(case(1))
    );
    assert_eq!(events::list(&mut conn, case_id(1)).await.unwrap()[0].kind, "note");
    drop(conn);
    assert_eq!(
        write!(db.store, |tx| safehold_store::erasure::erase_again(
            tx,
            case_id(1)
        )
        .await?),
        Ok(true)
    );
    for table in [
        "cases",
        "reports",
        "key_wraps",
        "visits",
        "files",
        "file_chunks",
        "jobs",
        "events",
        "reminders",
    ] {
        assert_eq!(
            db.number(&format!("SELECT COUNT(*) FROM {table}")).await,
            0,
            "{table}"
        );
    }
    assert_eq!(db.number("SELECT COUNT(*) FROM trace_entries").await, 1);
}

async fn a_report_is_sealed_anew_under_a_new_key(db: Database) {
    write!(db.store, |tx| {
        cases::add(tx, &case(1)).await?;
        reports::add(tx, &report(1)).await?;
        reports::reseal(tx, case_id(1), 2, &sealed("again")).await?;
    })
    .unwrap();
    let found = reports::find(&mut db.read().await, case_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.epoch, found.body_sealed.as_bytes(), found.digest),
        (2, b"again".as_slice(), hash(9))
    );
    assert_eq!(
        write!(db.store, |tx| reports::reseal(
            tx,
            case_id(2),
            2,
            &sealed("again")
        )
        .await?),
        Err(StoreError::ChangedSince)
    );
}

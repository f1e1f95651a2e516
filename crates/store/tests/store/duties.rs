//! Clocks of duties outward.

use safehold_core::{id::DutyId, recipients::Standing};
use safehold_store::{
    cases,
    duties::{self, DutyDue},
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![
    a_clock_is_set_moved_and_stopped,
    half_of_the_time_and_all_that_is_late_are_found_page_by_page,
    clocks_are_seen_by_readers_of_their_case_only,
];

fn due(number: u8, case: u32, set: i64, due: i64) -> DutyDue {
    DutyDue {
        id: DutyId::from_random([number; 16]),
        case_id: case_id(case),
        set_at: at(set),
        due_at: at(due),
    }
}

async fn a_clock_is_set_moved_and_stopped(db: Database) {
    write!(db.store, |tx| {
        cases::add(tx, &case(1)).await?;
        duties::set(tx, &due(1, 1, 10, 20)).await?;
        duties::set(tx, &due(2, 1, 10, 30)).await?;
        duties::set(tx, &due(1, 1, 11, 40)).await?;
    })
    .unwrap();
    let list = async || {
        duties::list_of_case(&mut db.read().await, case_id(1))
            .await
            .unwrap()
    };
    assert_eq!(list().await, [due(2, 1, 10, 30), due(1, 1, 11, 40)]);
    for stopped in [true, false] {
        assert_eq!(
            write!(db.store, |tx| duties::stop(tx, due(1, 1, 0, 0).id).await?),
            Ok(stopped)
        );
    }
    assert_eq!(list().await, [due(2, 1, 10, 30)]);
    write!(db.store, |tx| safehold_store::erasure::erase_again(
        tx,
        case_id(1)
    )
    .await?)
    .unwrap();
    assert_eq!(db.number("SELECT COUNT(*) FROM duty_dues").await, 0);
}

async fn half_of_the_time_and_all_that_is_late_are_found_page_by_page(db: Database) {
    write!(db.store, |tx| {
        cases::add(tx, &case(1)).await?;
        for due in [
            due(1, 1, 100, 200),
            due(2, 1, 100, 120),
            due(3, 1, 100, 120),
            due(4, 1, 100, 100),
        ] {
            duties::set(tx, &due).await?;
        }
    })
    .unwrap();
    let mut conn = db.read().await;
    for (now, wanted) in [
        (99, 0),
        (100, 1),
        (109, 1),
        (110, 3),
        (149, 3),
        (150, 4),
        (999, 4),
    ] {
        let found = duties::list_for_reconciling(&mut conn, at(now), None, 9)
            .await
            .unwrap();
        assert_eq!(found.len(), wanted, "at {now}");
    }
    let mut pages = Vec::new();
    let mut last = None;
    loop {
        let page = duties::list_for_reconciling(&mut conn, at(999), last.as_ref(), 1)
            .await
            .unwrap();
        let Some(one) = page.first() else { break };
        pages.push(one.id);
        last = Some(*one);
    }
    let wanted: Vec<_> = [4u8, 2, 3, 1]
        .iter()
        .map(|number| due(*number, 1, 0, 0).id)
        .collect();
    assert_eq!(pages, wanted);
}

async fn clocks_are_seen_by_readers_of_their_case_only(db: Database) {
    write!(db.store, |tx| {
        for number in 1..=3 {
            cases::add(tx, &case(number)).await?;
        }
        wraps::add_all(
            tx,
            &[
                wrap(1, Holder::User(user_id(1)), Standing::Active),
                wrap(2, Holder::User(user_id(1)), Standing::Standby),
                wrap(3, Holder::User(user_id(1)), Standing::Active),
                wrap(2, Holder::User(user_id(2)), Standing::Active),
            ],
        )
        .await?;
        for due in [
            due(1, 1, 10, 30),
            due(2, 2, 10, 15),
            due(3, 3, 10, 20),
            due(4, 3, 10, 40),
        ] {
            duties::set(tx, &due).await?;
        }
    })
    .unwrap();
    let mut conn = db.read().await;
    let seen = duties::list_for(&mut conn, user_id(1), 9).await.unwrap();
    let seen: Vec<_> = seen.iter().map(|line| (line.case_id, line.due_at)).collect();
    assert_eq!(
        seen,
        [(case_id(3), at(20)), (case_id(1), at(30)), (case_id(3), at(40))],
        "what is on standby is not seen"
    );
    for (reader, now, late) in [(1, 20, 0), (1, 31, 2), (1, 99, 3), (2, 99, 1), (3, 99, 0)] {
        let count = duties::count_late_for(&mut conn, user_id(reader), at(now)).await;
        assert_eq!(count, Ok(late), "{reader} at {now}");
    }
    let next = duties::next_of(&mut conn, &[case_id(1), case_id(3)])
        .await
        .unwrap();
    assert_eq!(next.len(), 2);
    let next = duties::next_of(&mut conn, &[case_id(3)]).await.unwrap();
    assert_eq!(next.get(&case_id(3)), Some(&at(20)));
    assert!(duties::next_of(&mut conn, &[]).await.unwrap().is_empty());
}

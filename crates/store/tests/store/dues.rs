//! What is due by the records of cases.

use safehold_core::{id::EventId, recipients::Standing};
use safehold_store::{
    cases, dues,
    dues::DueRow,
    users,
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![
    what_was_reminded_of_and_is_still_due_is_not_reminded_of_again,
    only_who_holds_a_key_is_told_what_is_due,
    what_is_counted_for_a_desk_is_on_that_desk,
];

fn due(case: u32, entry: u8, day: i64, owner: Option<u32>) -> DueRow {
    DueRow {
        entry_id: EventId::from_random([entry; 16]),
        due_at: at(day),
        case_id: case_id(case),
        owner_id: owner.map(user_id),
    }
}

async fn two_cases(db: &Database) {
    write!(db.store, |tx| {
        users::add(tx, &user(1)).await?;
        users::add(tx, &user(2)).await?;
        for number in 1..=2 {
            cases::add(tx, &case(number)).await?;
        }
        wraps::add_all(
            tx,
            &[
                wrap(1, Holder::User(user_id(1)), Standing::Active),
                wrap(2, Holder::User(user_id(1)), Standing::Standby),
                wrap(2, Holder::User(user_id(2)), Standing::Active),
            ],
        )
        .await?;
    })
    .unwrap();
}

async fn what_was_reminded_of_and_is_still_due_is_not_reminded_of_again(db: Database) {
    two_cases(&db).await;
    let first = due(1, 1, 100, Some(1));
    let second = due(1, 2, 200, None);
    write!(db.store, |tx| dues::replace(tx, case_id(1), &[first, second])
        .await?)
    .unwrap();
    let mut conn = db.read().await;
    let waiting = async |conn: &mut safehold_store::Conn| {
        dues::list_overdue_for_reconciling(conn, at(150), 10)
            .await
            .unwrap()
    };
    assert_eq!(waiting(&mut conn).await, [first]);
    assert!(dues::is_any_due(&mut conn, case_id(1), at(100)).await.unwrap());
    assert!(!dues::is_any_due(&mut conn, case_id(1), at(99)).await.unwrap());
    drop(conn);
    let marked = write!(db.store, |tx| (
        dues::mark_reminded(tx, &first, at(150)).await?,
        dues::mark_reminded(tx, &first, at(150)).await?
    ))
    .unwrap();
    assert_eq!(marked, (true, false));
    // The second is done, a third is set: the first stays reminded of.
    let third = due(1, 3, 120, None);
    write!(db.store, |tx| dues::replace(tx, case_id(1), &[first, third])
        .await?)
    .unwrap();
    let mut conn = db.read().await;
    assert_eq!(dues::list(&mut conn, case_id(1)).await.unwrap(), [first, third]);
    assert_eq!(waiting(&mut conn).await, [third]);
    drop(conn);
    // Given to somebody else, it is new to them.
    let given = due(1, 1, 100, Some(2));
    write!(db.store, |tx| dues::replace(tx, case_id(1), &[given]).await?).unwrap();
    let mut conn = db.read().await;
    assert_eq!(waiting(&mut conn).await, [given]);
}

async fn only_who_holds_a_key_is_told_what_is_due(db: Database) {
    two_cases(&db).await;
    let one = due(1, 1, 100, Some(2));
    let two = due(2, 2, 100, Some(1));
    write!(db.store, |tx| {
        dues::replace(tx, case_id(1), &[one]).await?;
        dues::replace(tx, case_id(2), &[two]).await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    // The owner of what is due is no reader by that: a key on standby, or none, shows nothing.
    assert_eq!(
        dues::list_for(&mut conn, user_id(1), at(101), 10).await.unwrap(),
        [one]
    );
    assert_eq!(
        dues::list_for(&mut conn, user_id(2), at(101), 10).await.unwrap(),
        [two]
    );
    assert!(
        dues::list_for(&mut conn, user_id(1), at(100), 10)
            .await
            .unwrap()
            .is_empty()
    );
    let anything = [(1, vec![case_id(1)]), (2, vec![case_id(2)]), (3, vec![])];
    for (reader, cases) in anything {
        assert_eq!(dues::cases_for(&mut conn, user_id(reader)).await.unwrap(), cases);
    }
    let load = cases::load::list_for(&mut conn, user_id(2)).await.unwrap();
    assert_eq!(load.iter().map(|load| load.cases).sum::<i64>(), 1);
    assert!(
        cases::load::list_for(&mut conn, user_id(3))
            .await
            .unwrap()
            .is_empty()
    );
}

async fn what_is_counted_for_a_desk_is_on_that_desk(db: Database) {
    two_cases(&db).await;
    let one = due(1, 1, 100, Some(1));
    let two = due(2, 2, 100, Some(1));
    write!(db.store, |tx| {
        dues::replace(tx, case_id(1), &[one]).await?;
        dues::replace(tx, case_id(2), &[two]).await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    // What they are to do in a case that is not on their desk is not told to them.
    assert_eq!(
        dues::list_owned(&mut conn, user_id(1), at(101), 10)
            .await
            .unwrap(),
        [one]
    );
    let both = [case_id(1), case_id(2)];
    let count = async |conn: &mut safehold_store::Conn, reader, before| {
        dues::count_in(conn, user_id(reader), &both, at(before))
            .await
            .unwrap()
    };
    assert_eq!(count(&mut conn, 1, 101).await, [(case_id(1), 1)]);
    assert_eq!(count(&mut conn, 2, 101).await, [(case_id(2), 1)]);
    assert_eq!(count(&mut conn, 1, 100).await, []);
    assert!(
        dues::count_in(&mut conn, user_id(1), &[], at(101))
            .await
            .unwrap()
            .is_empty()
    );
}

//! What jobs compare with what should be.

use std::collections::BTreeMap;

use safehold_core::recipients::Standing;
use safehold_store::{
    cases::{
        self,
        reconciling::{self, Duty},
    },
    reminders,
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![
    what_is_overdue_is_listed_with_holders_and_nothing_else,
    a_reminder_goes_out_once
];

async fn what_is_overdue_is_listed_with_holders_and_nothing_else(db: Database) {
    write!(db.store, |tx| {
        for number in 1..=3 {
            cases::add(tx, &case(number)).await?;
        }
        let mut opened = case(2);
        opened.opened_at = Some(at(1));
        opened.review_at = Some(at(50));
        cases::save(tx, &opened).await?;
        let mut closed = case(3);
        closed.closed_at = Some(at(2));
        cases::save(tx, &closed).await?;
        wraps::add_all(
            tx,
            &[
                wrap(1, Holder::User(user_id(1)), Standing::Active),
                wrap(1, Holder::User(user_id(2)), Standing::Standby),
                wrap(1, Holder::Reporter, Standing::Active),
                wrap(1, Holder::Recovery, Standing::Standby),
            ],
        )
        .await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    let overdue = async |conn: &mut safehold_store::Conn, duty, now| {
        let cases = reconciling::list_overdue_for_reconciling(conn, duty, at(now), 50)
            .await
            .unwrap();
        cases.into_iter().map(|case| case.id).collect::<Vec<_>>()
    };
    assert_eq!(overdue(&mut conn, Duty::Open, 999).await, []);
    assert_eq!(overdue(&mut conn, Duty::Open, 1_000).await, [case_id(1)]);
    assert_eq!(overdue(&mut conn, Duty::Contact, 2_000).await.len(), 2);
    assert_eq!(overdue(&mut conn, Duty::Decision, 3_000).await.len(), 2);
    assert_eq!(overdue(&mut conn, Duty::Review, 3_000).await, [case_id(2)]);
    let case = reconciling::find_for_reconciling(&mut conn, case_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        case.holders,
        BTreeMap::from([(user_id(1), Standing::Active), (user_id(2), Standing::Standby)])
    );
    assert_eq!(
        reconciling::list_closed_for_reconciling(&mut conn, at(3), 9)
            .await
            .unwrap(),
        [case_id(3)]
    );
    assert_eq!(
        reconciling::list_closed_for_reconciling(&mut conn, at(2), 9)
            .await
            .unwrap(),
        []
    );
}

async fn a_reminder_goes_out_once(db: Database) {
    write!(db.store, |tx| cases::add(tx, &case(1)).await?).unwrap();
    for (duty, is_new) in [("open", true), ("open", false), ("decision", true)] {
        assert_eq!(
            write!(db.store, |tx| reminders::add(tx, case_id(1), duty, at(1)).await?),
            Ok(is_new)
        );
    }
    let mut conn = db.read().await;
    assert_eq!(reminders::is_sent(&mut conn, case_id(1), "open").await, Ok(true));
    assert_eq!(
        reminders::is_sent(&mut conn, case_id(1), "review").await,
        Ok(false)
    );
}

//! Messages between the reporter and the desk.

use safehold_core::{
    id::{EventId, MessageId},
    recipients::Standing,
};
use safehold_store::{
    cases::{self, CaseFilter},
    events::{self, EventRow},
    messages::{self, MessageRow, Sender},
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![
    messages_are_kept_in_order_and_unseen_ones_are_counted,
    what_is_added_in_one_millisecond_stays_in_its_order,
];

async fn messages_are_kept_in_order_and_unseen_ones_are_counted(db: Database) {
    let message = |number: u8, sender| MessageRow {
        id: MessageId::from_random([number; 16]),
        case_id: case_id(1),
        sent_at: at(i64::from(number)),
        sender,
        author_id: None,
        epoch: 1,
        body_sealed: sealed("message"),
        seen_at: None,
    };
    let rows = vec![
        message(3, Sender::Reporter),
        message(1, Sender::Reporter),
        message(2, Sender::Desk),
    ];
    write!(db.store, rows, |tx, rows| {
        cases::add(tx, &case(1)).await?;
        wraps::add_all(tx, &[wrap(1, Holder::User(user_id(1)), Standing::Active)]).await?;
        for row in rows {
            messages::add(tx, row).await?;
        }
    })
    .unwrap();
    let mut conn = db.read().await;
    let listed = messages::list(&mut conn, case_id(1)).await.unwrap();
    // What was written first comes first, whatever a clock said.
    assert_eq!(
        listed.iter().map(|row| row.sent_at).collect::<Vec<_>>(),
        [3, 1, 2].map(at)
    );
    assert_eq!(listed[2].body_sealed.as_bytes(), b"message");
    let all = CaseFilter::default();
    assert_eq!(
        cases::list_for(&mut conn, user_id(1), &all, None, 1)
            .await
            .unwrap()[0]
            .unseen_messages,
        2
    );
    drop(conn);

    let seen = write!(db.store, |tx| messages::mark_seen(
        tx,
        case_id(1),
        Sender::Reporter,
        at(9)
    )
    .await?);
    assert_eq!(seen, Ok(2));
    let mut conn = db.read().await;
    assert_eq!(
        messages::count_unseen(&mut conn, case_id(1), Sender::Reporter).await,
        Ok(0)
    );
    assert_eq!(
        messages::count_unseen(&mut conn, case_id(1), Sender::Desk).await,
        Ok(1)
    );
    assert_eq!(
        messages::list(&mut conn, case_id(1)).await.unwrap()[0].seen_at,
        Some(at(9))
    );
}

async fn what_is_added_in_one_millisecond_stays_in_its_order(db: Database) {
    // Ids that would come in another order, in two changes and among those of another case.
    let ids = [9_u8, 3, 7, 1, 8, 2];
    let message = |id: u8, case: u32| MessageRow {
        id: MessageId::from_random([id; 16]),
        case_id: case_id(case),
        sent_at: at(5),
        sender: Sender::Reporter,
        author_id: None,
        epoch: 1,
        body_sealed: sealed("message"),
        seen_at: None,
    };
    let event = |id: u8, case: u32| EventRow {
        id: EventId::from_random([id; 16]),
        case_id: case_id(case),
        at: at(5),
        actor_id: None,
        kind: "acted".to_owned(),
        epoch: 1,
        body_sealed: None,
    };
    write!(db.store, |tx| {
        cases::add(tx, &case(1)).await?;
        cases::add(tx, &case(2)).await?;
    })
    .unwrap();
    for half in ids.chunks(3) {
        let rows: Vec<_> = half
            .iter()
            .flat_map(|id| {
                [
                    (message(*id, 1), event(*id, 1)),
                    (message(id + 10, 2), event(id + 10, 2)),
                ]
            })
            .collect();
        write!(db.store, rows, |tx, rows| {
            for (message, event) in rows {
                messages::add(tx, message).await?;
                events::add(tx, event).await?;
            }
        })
        .unwrap();
    }
    let mut conn = db.read().await;
    for (case, plus) in [(1, 0), (2, 10)] {
        let messages = messages::list(&mut conn, case_id(case)).await.unwrap();
        let expected = ids.map(|id| MessageId::from_random([id + plus; 16]));
        assert_eq!(messages.iter().map(|row| row.id).collect::<Vec<_>>(), expected);
        let events = events::list(&mut conn, case_id(case)).await.unwrap();
        let expected = ids.map(|id| EventId::from_random([id + plus; 16]));
        assert_eq!(events.iter().map(|row| row.id).collect::<Vec<_>>(), expected);
    }
}

//! Messages between the reporter and the desk.

use safehold_core::{id::MessageId, recipients::Standing};
use safehold_store::{
    cases::{self, CaseFilter},
    messages::{self, MessageRow, Sender},
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![messages_are_kept_in_order_and_unseen_ones_are_counted];

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
    assert_eq!(
        listed.iter().map(|row| row.sent_at).collect::<Vec<_>>(),
        [1, 2, 3].map(at)
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

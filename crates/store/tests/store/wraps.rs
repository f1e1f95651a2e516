//! Keys of cases, and who holds them.

use safehold_core::recipients::Standing;
use safehold_store::{
    cases,
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![the_standing_of_a_key_can_change_and_keys_can_be_taken];

async fn the_standing_of_a_key_can_change_and_keys_can_be_taken(db: Database) {
    let lead = Holder::User(user_id(1));
    write!(db.store, |tx| {
        cases::add(tx, &case(1)).await?;
        let mut older = wrap(1, lead, Standing::Standby);
        older.wrap_sealed = sealed("older");
        let mut newer = wrap(1, lead, Standing::Standby);
        newer.epoch = 2;
        wraps::add_all(tx, &[older, newer, wrap(1, Holder::Reporter, Standing::Active)]).await?;
        wraps::add_all(tx, &[]).await?;
    })
    .unwrap();
    assert_eq!(
        write!(db.store, |tx| wraps::set_standing(
            tx,
            case_id(1),
            lead,
            Standing::Active,
            at(5)
        )
        .await?),
        Ok(true)
    );
    assert_eq!(
        write!(db.store, |tx| wraps::set_standing(
            tx,
            case_id(1),
            lead,
            Standing::Active,
            at(6)
        )
        .await?),
        Ok(false)
    );
    let mut conn = db.read().await;
    let held = wraps::list_of(&mut conn, case_id(1), lead).await.unwrap();
    assert_eq!(
        held.iter()
            .map(|wrap| (wrap.epoch, wrap.standing, wrap.since_at))
            .collect::<Vec<_>>(),
        [(2, Standing::Active, at(5)), (1, Standing::Active, at(5))]
    );
    assert_eq!(
        wraps::find(&mut conn, case_id(1), 1, lead)
            .await
            .unwrap()
            .unwrap()
            .wrap_sealed
            .as_bytes(),
        b"older"
    );
    assert_eq!(wraps::list(&mut conn, case_id(1), 1).await.unwrap().len(), 2);
    assert_eq!(
        wraps::list_holders(&mut conn, case_id(1), 1).await.unwrap(),
        [(lead, Standing::Active), (Holder::Reporter, Standing::Active)]
    );
    let first = wraps::list_held(&mut conn, lead, None, 1).await.unwrap();
    let second = wraps::list_held(&mut conn, lead, Some((first[0].case_id, first[0].epoch)), 9)
        .await
        .unwrap();
    assert_eq!((first[0].epoch, second[0].epoch, second.len()), (1, 2, 1));
    drop(conn);
    assert_eq!(
        write!(db.store, |tx| wraps::remove_of(tx, case_id(1), lead).await?),
        Ok(2)
    );
    assert_eq!(
        write!(db.store, |tx| wraps::remove_all_of(tx, Holder::Reporter).await?),
        Ok(1)
    );
}

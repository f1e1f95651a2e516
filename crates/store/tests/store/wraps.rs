//! Keys of cases, and who holds them.

use safehold_core::{recipients::Standing, roster::Role};
use safehold_store::{
    cases,
    users::{self, UserState},
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![
    the_standing_of_a_key_can_change_and_keys_can_be_taken,
    a_case_that_only_one_person_could_act_on_is_found,
];

async fn a_case_that_only_one_person_could_act_on_is_found(db: Database) {
    fn holder(number: u32) -> Holder {
        Holder::User(user_id(number))
    }
    let mut caseworker = user(2);
    caseworker.role = Role::Caseworker;
    let mut waits = user(3);
    waits.state = UserState::Joined;
    write!(db.store, (caseworker, waits), |tx, (caseworker, waits)| {
        for user in [&user(1), caseworker, waits, &user(4)] {
            users::add(tx, user).await?;
        }
        for number in 1..=3 {
            cases::add(tx, &case(number)).await?;
        }
        let keys = [
            // Nobody else can act on the first: a caseworker decides nothing, and whoever waits cannot sign in.
            wrap(1, holder(1), Standing::Standby),
            wrap(1, holder(2), Standing::Active),
            wrap(1, holder(3), Standing::Active),
            wrap(1, Holder::Recovery, Standing::Standby),
            wrap(2, holder(1), Standing::Active),
            wrap(2, holder(4), Standing::Standby),
            wrap(3, Holder::Recovery, Standing::Standby),
        ];
        wraps::add_all(tx, &keys).await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    for (number, alone) in [(1, vec![case_id(1)]), (2, vec![]), (4, vec![])] {
        let found = wraps::list_without_other_reader(&mut conn, user_id(number))
            .await
            .unwrap();
        assert_eq!(found, alone, "{number}");
    }
    assert_eq!(wraps::count_without_reader(&mut conn).await, Ok(1), "the third");
    drop(conn);
    // A key of an older epoch opens nothing of what comes.
    write!(db.store, |tx| {
        let mut row = case(2);
        row.epoch = 2;
        cases::save(tx, &row).await?;
        let mut newer = wrap(2, holder(1), Standing::Active);
        newer.epoch = 2;
        wraps::add_all(tx, &[newer]).await?;
    })
    .unwrap();
    let found = wraps::list_without_other_reader(&mut db.read().await, user_id(1)).await;
    assert_eq!(found.unwrap(), [case_id(1), case_id(2)]);
}

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

//! Members of the team, their invitations, sessions and times away.

use jiff::civil::date;
use safehold_core::{id::AbsenceId, roster::Role};
use safehold_store::{
    StoreError,
    absences::{self, AbsenceRow},
    invitations::{self, InvitationRow},
    sessions::{self, SessionRow},
    users::{self, UserRow, UserState},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![
    somebody_is_invited_joins_and_leaves,
    two_members_do_not_share_an_address_until_one_leaves,
    a_sign_in_code_is_used_once,
    an_invitation_is_good_once_until_it_expires,
    a_session_ends,
    times_away_are_ones_own,
];

#[expect(clippy::too_many_lines, reason = "from being invited to having left")]
async fn somebody_is_invited_joins_and_leaves(db: Database) {
    let mut invited = user(1);
    invited.state = UserState::Invited;
    invited.public_key = None;
    invited.lock_sealed = None;
    write!(db.store, invited.clone(), |tx, invited| users::add(tx, invited)
        .await?)
    .unwrap();
    assert_eq!(users::count(&mut db.read().await).await, Ok(1));
    write!(db.store, |tx| users::join(
        tx,
        user_id(1),
        b"public",
        &sealed("lock"),
        true
    )
    .await?)
    .unwrap();
    assert_eq!(
        write!(db.store, |tx| users::join(
            tx,
            user_id(1),
            b"other",
            &sealed("lock"),
            false
        )
        .await?),
        Err(StoreError::ChangedSince)
    );
    let found = users::find_by_email(&mut db.read().await, "ROBIN1@example.ORG")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.state, found.public_key.as_deref()),
        (UserState::Joined, Some(b"public".as_slice()))
    );
    assert_eq!(found.role, Role::Lead);
    let with_key = |key: &[u8]| vec![(user_id(1), key.to_vec())];
    assert_eq!(
        users::have_keys(&mut db.read().await, &with_key(b"public")).await,
        Ok(false),
        "nothing is sealed to somebody who waits"
    );
    write!(db.store, |tx| users::confirm(tx, user_id(1)).await?).unwrap();
    assert_eq!(
        write!(db.store, |tx| users::confirm(tx, user_id(1)).await?),
        Err(StoreError::ChangedSince),
        "once"
    );
    for (keys, is_so) in [
        (with_key(b"public"), true),
        (with_key(b"other"), false),
        (
            [with_key(b"public"), vec![(user_id(2), b"public".to_vec())]].concat(),
            false,
        ),
    ] {
        assert_eq!(users::have_keys(&mut db.read().await, &keys).await, Ok(is_so));
    }
    write!(db.store, |tx| users::set_lock(
        tx,
        user_id(1),
        &sealed("other lock")
    )
    .await?)
    .unwrap();
    let found = users::find(&mut db.read().await, user_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.lock_sealed.as_ref().unwrap().as_bytes(), b"other lock");

    let mut left = found;
    left.state = UserState::Left;
    left.role = Role::Caseworker;
    write!(db.store, left, |tx, left| users::save(tx, left).await?).unwrap();
    let mut conn = db.read().await;
    assert!(
        users::find_by_email(&mut conn, "robin1@example.org")
            .await
            .unwrap()
            .is_none()
    );
    let found = users::find(&mut conn, user_id(1)).await.unwrap().unwrap();
    assert_eq!((found.state, found.role), (UserState::Left, Role::Caseworker));
    assert!(
        found.public_key.is_none() && found.lock_sealed.is_none() && found.totp_last_step.is_none(),
        "somebody who left holds something"
    );
    assert_eq!(users::list(&mut conn).await.unwrap().len(), 1);
    drop(conn);
    assert_eq!(
        write!(db.store, |tx| users::save(tx, &user(2)).await?),
        Err(StoreError::ChangedSince)
    );
    assert!(
        write!(db.store, |tx| users::set_lock(tx, user_id(1), &sealed("lock"))
            .await?)
        .is_err(),
        "the database itself holds that they hold nothing"
    );
}

async fn two_members_do_not_share_an_address_until_one_leaves(db: Database) {
    let same = || UserRow {
        email: "Robin1@Example.org".to_owned(),
        ..user(2)
    };
    write!(db.store, |tx| users::add(tx, &user(1)).await?).unwrap();
    assert_eq!(
        write!(db.store, same(), |tx, same| users::add(tx, same).await?),
        Err(StoreError::Conflict {
            constraint: "users.email".to_owned()
        })
    );
    write!(db.store, same(), |tx, same| {
        users::save(
            tx,
            &UserRow {
                state: UserState::Left,
                ..user(1)
            },
        )
        .await?;
        users::add(tx, same).await?;
    })
    .unwrap();
    let found = users::find_by_email(&mut db.read().await, "robin1@example.org")
        .await
        .unwrap();
    assert_eq!(found.unwrap().id, user_id(2));
}

async fn a_sign_in_code_is_used_once(db: Database) {
    write!(db.store, |tx| users::add(tx, &user(1)).await?).unwrap();
    for (step, is_new) in [(7, true), (7, false), (6, false), (8, true)] {
        assert_eq!(
            write!(db.store, |tx| users::use_totp_step(tx, user_id(1), step).await?),
            Ok(is_new)
        );
    }
}

async fn an_invitation_is_good_once_until_it_expires(db: Database) {
    write!(db.store, |tx| {
        users::add(tx, &user(1)).await?;
        for number in 1..=3 {
            invitations::add(
                tx,
                &InvitationRow {
                    token_hash: hash(number),
                    user_id: user_id(1),
                    expires_at: at(i64::from(number) * 10),
                },
            )
            .await?;
        }
    })
    .unwrap();
    let mut conn = db.read().await;
    assert_eq!(
        invitations::find(&mut conn, &hash(1), at(9)).await,
        Ok(Some(user_id(1)))
    );
    assert_eq!(invitations::find(&mut conn, &hash(1), at(10)).await, Ok(None));
    drop(conn);
    let take = async |number| {
        write!(db.store, |tx| invitations::take(tx, &hash(number), at(15))
            .await?)
        .unwrap()
    };
    assert_eq!(take(1).await, None);
    assert_eq!(take(2).await, Some(user_id(1)));
    assert_eq!(take(2).await, None);
    assert_eq!(
        write!(db.store, |tx| invitations::expire(tx, at(15)).await?),
        Ok(1)
    );
    assert_eq!(
        write!(db.store, |tx| invitations::remove_for(tx, user_id(1)).await?),
        Ok(1)
    );
}

async fn a_session_ends(db: Database) {
    let session = |number: u8, user: u32| SessionRow {
        id_hash: hash(number),
        user_id: user_id(user),
        key_sealed: sealed("key"),
        created_at: at(0),
        seen_at: at(0),
        proven_at: at(0),
        expires_at: at(10),
    };
    let rows = vec![session(1, 1), session(2, 1), session(3, 2), session(4, 2)];
    write!(db.store, rows, |tx, rows| {
        users::add(tx, &user(1)).await?;
        users::add(tx, &user(2)).await?;
        for row in rows {
            sessions::add(tx, row).await?;
        }
        sessions::touch(tx, &hash(1), at(5), at(20)).await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    let found = sessions::find(&mut conn, &hash(1), at(19))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.seen_at, found.user_id, found.key_sealed.as_bytes()),
        (at(5), user_id(1), b"key".as_slice())
    );
    assert!(
        sessions::find(&mut conn, &hash(1), at(20))
            .await
            .unwrap()
            .is_none()
    );
    drop(conn);
    write!(db.store, |tx| sessions::prove(tx, &hash(2), at(4)).await?).unwrap();
    let mut conn = db.read().await;
    let own: Vec<_> = sessions::list_of(&mut conn, user_id(1), at(9))
        .await
        .unwrap()
        .iter()
        .map(|session| (session.id_hash, session.proven_at))
        .collect();
    assert_eq!(own, [(hash(1), at(0)), (hash(2), at(4))]);
    drop(conn);
    for (number, was_theirs) in [(3, false), (2, true), (2, false)] {
        let removed = write!(db.store, |tx| sessions::remove_of(tx, user_id(1), &hash(number))
            .await?);
        assert_eq!(removed, Ok(was_theirs));
    }
    assert_eq!(write!(db.store, |tx| sessions::expire(tx, at(10)).await?), Ok(2));
    assert_eq!(
        write!(db.store, |tx| sessions::remove(tx, &hash(3)).await?),
        Ok(false)
    );
    assert_eq!(
        write!(db.store, |tx| sessions::remove_for(tx, user_id(1)).await?),
        Ok(1)
    );
}

async fn times_away_are_ones_own(db: Database) {
    let absence = AbsenceRow {
        id: AbsenceId::from_random([1; 16]),
        user_id: user_id(1),
        from_on: date(2026, 12, 24),
        until_on: date(2027, 1, 3),
    };
    let id = absence.id;
    write!(db.store, absence.clone(), |tx, absence| {
        users::add(tx, &user(1)).await?;
        absences::add(tx, absence).await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    assert_eq!(absences::list(&mut conn).await, Ok(vec![absence.clone()]));
    assert_eq!(absences::list_of(&mut conn, user_id(2)).await, Ok(vec![]));
    assert_eq!(absences::list_of(&mut conn, user_id(1)).await, Ok(vec![absence]));
    drop(conn);
    assert_eq!(
        write!(db.store, |tx| absences::remove(tx, user_id(2), id).await?),
        Ok(false)
    );
    assert_eq!(
        write!(db.store, |tx| absences::remove(tx, user_id(1), id).await?),
        Ok(true)
    );
}

//! The queue.

use safehold_core::recipients::Standing;
use safehold_store::{
    cases,
    jobs::{self, JobState},
    wraps::{self, Holder},
};

use crate::{
    database::{Database, on_both, open, write},
    rows::*,
};

on_both![
    one_job_is_added_while_its_like_is_there,
    a_job_is_taken_once_and_again_after_its_lease,
    two_processes_never_take_the_same_job,
    a_job_that_was_given_up_is_shown_to_who_may_know_of_it,
];

async fn one_job_is_added_while_its_like_is_there(db: Database) {
    let with = |number, dedupe: Option<&str>| {
        let mut job = job(number);
        job.dedupe = dedupe.map(str::to_owned);
        job
    };
    let given = vec![
        with(1, Some("a")),
        with(2, Some("a")),
        with(3, Some("b")),
        with(4, None),
        with(5, None),
    ];
    write!(db.store, given, |tx, given| {
        for job in given {
            jobs::enqueue(tx, job).await?;
        }
    })
    .unwrap();
    let has = async |number: u32| {
        db.number(&format!(
            "SELECT COUNT(*) FROM jobs WHERE id = '{}'",
            job_id(number)
        ))
        .await
            == 1
    };
    for (number, is_there) in [(1, true), (2, false), (3, true), (4, true), (5, true)] {
        assert_eq!(has(number).await, is_there, "{number}");
    }
    write!(db.store, |tx| jobs::complete(tx, job_id(1)).await?).unwrap();
    write!(db.store, with(2, Some("a")), |tx, job| jobs::enqueue(tx, job)
        .await?)
    .unwrap();
    assert!(has(2).await && !has(1).await);
}

async fn a_job_is_taken_once_and_again_after_its_lease(db: Database) {
    write!(db.store, |tx| {
        for number in 1..=3 {
            let mut job = job(number);
            job.run_at = at(i64::from(number) * 10);
            job.body_sealed = Some(sealed("body"));
            jobs::enqueue(tx, &job).await?;
        }
    })
    .unwrap();
    assert_eq!(jobs::find_next_time(&mut db.read().await).await, Ok(Some(at(10))));
    let claim = async |now, until, limit| {
        let jobs = write!(db.store, |tx| jobs::claim_due(tx, at(now), at(until), limit)
            .await?)
        .unwrap();
        jobs.into_iter()
            .map(|job| (job.id, job.attempts))
            .collect::<Vec<_>>()
    };
    assert_eq!(claim(9, 100, 9).await, []);
    assert_eq!(claim(25, 100, 1).await, [(job_id(1), 1)]);
    assert_eq!(claim(25, 101, 9).await, [(job_id(2), 1)]);
    assert_eq!(jobs::find_next_time(&mut db.read().await).await, Ok(Some(at(30))));
    // The runner died.
    assert_eq!(claim(100, 200, 9).await, [(job_id(1), 2), (job_id(3), 1)]);
    write!(db.store, |tx| {
        jobs::complete(tx, job_id(1)).await?;
        jobs::retry(tx, job_id(2), at(300), "no answer").await?;
        jobs::give_up(tx, job_id(3), "refused").await?;
    })
    .unwrap();
    assert_eq!(claim(299, 400, 9).await, []);
    assert_eq!(
        jobs::find_next_time(&mut db.read().await).await,
        Ok(Some(at(300)))
    );
    assert_eq!(claim(300, 400, 9).await, [(job_id(2), 2)]);
}

async fn two_processes_never_take_the_same_job(db: Database) {
    write!(db.store, |tx| {
        for number in 0..40 {
            jobs::enqueue(tx, &job(number)).await?;
        }
    })
    .unwrap();
    let other = open(&db.url).await;
    let mut taken = vec![];
    for _ in 0..10 {
        let claim = |store: safehold_store::Store| async move {
            write!(store, |tx| jobs::claim_due(tx, at(1), at(99), 2).await?).unwrap()
        };
        let (first, second) = tokio::join!(claim(db.store.clone()), claim(other.clone()));
        taken.extend(first.into_iter().chain(second).map(|job| job.id));
    }
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), 40);
    other.quiesce().await;
}

async fn a_job_that_was_given_up_is_shown_to_who_may_know_of_it(db: Database) {
    write!(db.store, |tx| {
        cases::add(tx, &case(1)).await?;
        wraps::add_all(
            tx,
            &[
                wrap(1, Holder::User(user_id(1)), Standing::Active),
                wrap(1, Holder::User(user_id(2)), Standing::Standby),
            ],
        )
        .await?;
        for number in 1..=3 {
            let mut job = job(number);
            job.case_id = (number == 1).then(|| case_id(1));
            jobs::enqueue(tx, &job).await?;
        }
        jobs::give_up(tx, job_id(1), "refused").await?;
        jobs::give_up(tx, job_id(2), "refused").await?;
    })
    .unwrap();
    let mut conn = db.read().await;
    let seen = jobs::list_failed_for(&mut conn, user_id(1)).await.unwrap();
    assert_eq!(
        seen.iter().map(|job| job.id).collect::<Vec<_>>(),
        [job_id(1), job_id(2)]
    );
    assert_eq!(
        (seen[0].state, seen[0].last_error.as_deref()),
        (JobState::Failed, Some("refused"))
    );
    let seen = jobs::list_failed_for(&mut conn, user_id(2)).await.unwrap();
    assert_eq!(seen.iter().map(|job| job.id).collect::<Vec<_>>(), [job_id(2)]);
}

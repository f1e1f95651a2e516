//! Whatever is linked, ended and excluded in whatever order: nobody who cannot open a case now ever sees any sign of it
//! from another.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use safehold_app::desk::{self, DeskError, Reader, pattern};
use safehold_core::{id::CaseId, roster::Role};
use safehold_testkit::app::{CONCERN, TestApp};

use super::{begun, everything_else, look};

#[derive(Debug, Clone)]
enum Deed {
    Link(Index, Index, Index),
    Unlink(Index, Index, Index),
    Exclude(Index, Index),
    Share(Index, Index),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        5 => any::<(Index, Index, Index)>().prop_map(|(by, one, other)| Deed::Link(by, one, other)),
        2 => any::<(Index, Index, Index)>().prop_map(|(by, one, other)| Deed::Unlink(by, one, other)),
        2 => any::<(Index, Index)>().prop_map(|(who, case)| Deed::Exclude(who, case)),
        2 => any::<(Index, Index)>().prop_map(|(with, case)| Deed::Share(with, case)),
    ];
    prop::collection::vec(deed, 4..12)
}

#[test]
fn nobody_sees_any_sign_of_a_case_that_they_cannot_open() {
    tell(5, false);
}

/// Fewer stories: each needs a database of its own on the server.
#[test]
fn on_postgres_nobody_sees_any_sign_of_it_either() {
    tell(3, true);
}

fn tell(stories: u32, on_postgres: bool) {
    let config = ProptestConfig {
        cases: stories,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let told = TestRunner::new(config).run(&deeds(), |deeds| {
        runtime.block_on(async {
            let test = if on_postgres {
                TestApp::postgres().await
            } else {
                TestApp::sqlite().await
            };
            play(test, &deeds).await;
        });
        Ok(())
    });
    if let Err(error) = told {
        panic!("{error}");
    }
}

fn pair(one: CaseId, other: CaseId) -> (CaseId, CaseId) {
    (one.min(other), one.max(other))
}

async fn can_open(test: &TestApp, reader: &Reader, case: CaseId) -> bool {
    desk::find(&test.app, reader, case).await.is_ok()
}

async fn play(mut test: TestApp, deeds: &[Deed]) {
    let team = test
        .team(&[
            (Role::Lead, "Person Zero"),
            (Role::Alternate, "Person One"),
            (Role::Alternate, "Person Two"),
            (Role::Caseworker, "Person Three"),
        ])
        .await;
    let lead = &team[0];
    let mut cases = Vec::new();
    for _ in 0..4 {
        cases.push(begun(&test, lead, CONCERN).await);
    }
    let mut standing = BTreeSet::new();
    for deed in deeds {
        test.tick();
        let before = quiet(&test, &team, &cases).await;
        match deed {
            Deed::Link(by, one, other) | Deed::Unlink(by, one, other) => {
                let (by, one, other) = (by.get(&team), *one.get(&cases), *other.get(&cases));
                let may = one != other
                    && by.role != Role::Caseworker
                    && can_open(&test, by, one).await
                    && can_open(&test, by, other).await;
                let done = if matches!(deed, Deed::Link(..)) {
                    let number = desk::find(&test.app, lead, other)
                        .await
                        .unwrap()
                        .reference
                        .to_string();
                    let done = pattern::link(&test.app, by, one, &[&number], &["person"], "Why.").await;
                    assert_eq!(done.is_ok(), may, "{done:?}");
                    done.is_ok().then(|| standing.insert(pair(one, other)))
                } else {
                    let done = pattern::unlink(&test.app, by, one, other, "Why.").await;
                    assert_eq!(
                        done.is_ok(),
                        may && standing.contains(&pair(one, other)),
                        "{done:?}"
                    );
                    done.is_ok().then(|| standing.remove(&pair(one, other)))
                };
                // Whatever they can open, nothing else in any case changed for anybody.
                if done.is_some() {
                    assert_eq!(quiet(&test, &team, &cases).await, before);
                }
            }
            // The lead stays, so that somebody sees everything.
            Deed::Exclude(who, case) => {
                let who = who.get(&team[1..]);
                let _ = desk::exclude(&test.app, lead, *case.get(&cases), who.id, "Why.".into()).await;
            }
            Deed::Share(with, case) => {
                let with = with.get(&team[1..]);
                let _ = desk::share(&test.app, lead, *case.get(&cases), with.id, "Why.".into()).await;
            }
        }
        check(&test, &team, &cases, &standing).await;
    }
}

/// What each reader can tell of each case besides its links.
async fn quiet(test: &TestApp, team: &[Reader], cases: &[CaseId]) -> BTreeMap<(usize, usize), String> {
    let mut seen = BTreeMap::new();
    // The first look of a visit is in the trace; it is there before anything is compared.
    for reader in team {
        for case in cases {
            if can_open(test, reader, *case).await {
                desk::open(&test.app, reader, *case).await.unwrap();
            }
        }
    }
    for (who, reader) in team.iter().enumerate() {
        for (which, case) in cases.iter().enumerate() {
            if can_open(test, reader, *case).await {
                seen.insert((who, which), everything_else(test, reader, *case).await);
            }
        }
    }
    seen
}

async fn check(test: &TestApp, team: &[Reader], cases: &[CaseId], standing: &BTreeSet<(CaseId, CaseId)>) {
    for reader in team {
        let mut open = BTreeSet::new();
        for case in cases {
            if can_open(test, reader, *case).await {
                open.insert(*case);
            }
        }
        for case in cases {
            if !open.contains(case) {
                let seen = pattern::look(&test.app, reader, *case).await;
                assert!(matches!(seen.map(|_| ()), Err(DeskError::NotFound)));
                continue;
            }
            let seen = look(test, reader, *case).await;
            let links: BTreeSet<CaseId> = seen
                .links
                .iter()
                .filter(|linked| !linked.ties.is_empty())
                .map(|linked| linked.case)
                .collect();
            let wanted: BTreeSet<CaseId> = open
                .iter()
                .copied()
                .filter(|other| standing.contains(&pair(*case, *other)))
                .collect();
            assert_eq!(links, wanted);
            assert!(seen.links.iter().all(|linked| open.contains(&linked.case)));
            // Those that are shown are those that can be reached through cases that are open, and no others.
            let mut reached = BTreeSet::from([*case]);
            loop {
                let more: BTreeSet<CaseId> = open
                    .iter()
                    .copied()
                    .filter(|other| reached.iter().any(|one| standing.contains(&pair(*one, *other))))
                    .collect();
                if more.is_subset(&reached) {
                    break;
                }
                reached.extend(more);
            }
            let told: BTreeSet<CaseId> = seen.told.iter().map(|told| told.row.id).collect();
            assert_eq!(told, reached);
            let count = pattern::count(&test.app, reader, *case).await.unwrap();
            assert_eq!(count.links, wanted.len());
        }
    }
}

//! For every team, every absence and every set of named people, and whatever is done afterwards: nobody who is
//! excluded has a key, sees the case or is told of it, and somebody can act.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use safehold_app::{
    desk::{self, Reader},
    follow,
    report::{self, SubmitError, Visit, VisitState},
    team,
};
use safehold_core::{
    id::{CaseId, UserId},
    roster::Role,
};
use safehold_testkit::app::{TestApp, concern_with};

use crate::{
    database::{count, has_wrap, jobs_to},
    looks::{listed, text},
};

#[derive(Debug, Clone)]
enum Deed {
    Exclude(Index, Index),
    Declare(Index),
    Share(Index, Index),
    ReporterWrites,
}

#[derive(Debug, Clone)]
struct Story {
    roles: Vec<Role>,
    away: Vec<bool>,
    involved: Vec<bool>,
    rather_not_say: bool,
    urgent: bool,
    deeds: Vec<Deed>,
}

fn story() -> impl Strategy<Value = Story> {
    let deed = prop_oneof![
        3 => any::<(Index, Index)>().prop_map(|(by, who)| Deed::Exclude(by, who)),
        2 => any::<Index>().prop_map(Deed::Declare),
        2 => any::<(Index, Index)>().prop_map(|(by, with)| Deed::Share(by, with)),
        1 => Just(Deed::ReporterWrites),
    ];
    (
        prop::collection::vec(prop::sample::select(Role::ALL.to_vec()), 0..5),
        prop::collection::vec(any::<bool>(), 5),
        prop::collection::vec(prop::bool::weighted(0.4), 5),
        prop::bool::weighted(0.2),
        any::<bool>(),
        prop::collection::vec(deed, 0..7),
    )
        .prop_map(|(roles, away, involved, rather_not_say, urgent, deeds)| Story {
            roles,
            away,
            involved,
            rather_not_say,
            urgent,
            deeds,
        })
}

#[test]
fn nobody_who_is_excluded_ever_learns_of_a_case_and_somebody_can_act() {
    tell(24, &Where::Sqlite);
}

/// Fewer stories: each needs a database of its own on the server.
#[test]
fn on_postgres_nobody_who_is_excluded_ever_learns_of_a_case_either() {
    tell(12, &Where::Postgres);
}

#[derive(Debug)]
enum Where {
    Sqlite,
    Postgres,
}

/// Plays so many stories.
fn tell(stories: u32, place: &Where) {
    let config = ProptestConfig {
        cases: stories,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let told = TestRunner::new(config).run(&story(), |story| {
        runtime.block_on(async {
            let test = match place {
                Where::Sqlite => TestApp::sqlite().await,
                Where::Postgres => TestApp::postgres().await,
            };
            play(test, &story).await;
        });
        Ok(())
    });
    if let Err(error) = told {
        panic!("{error}");
    }
}

async fn play(mut test: TestApp, story: &Story) {
    let mut people = vec![(Role::Lead, "Person Zero")];
    let names = ["Person One", "Person Two", "Person Three", "Person Four"];
    people.extend(story.roles.iter().copied().zip(names));
    let team = test.team(&people).await;
    let day = "2026-11-24".parse().unwrap();
    for (member, _) in team.iter().zip(&story.away).filter(|(_, away)| **away) {
        team::add_absence(&test.app, member, member.id, day, day)
            .await
            .unwrap();
    }
    // What waits for whoever is excluded may not grow from then on.
    let mut told = BTreeMap::new();
    for member in &team {
        told.insert(member.id, jobs_to(&test, member.id).await);
    }

    // Only those who can receive reports are offered as being involved.
    let mut excluded: BTreeSet<UserId> = team
        .iter()
        .zip(&story.involved)
        .filter(|(member, involved)| **involved && member.role.receives_reports())
        .map(|(member, _)| member.id)
        .collect();
    let ids: Vec<String> = excluded.iter().map(ToString::to_string).collect();
    let mut fields = vec![("danger", if story.urgent { "yes" } else { "no" })];
    if story.rather_not_say {
        fields.push(("team_involved", "rather_not_say"));
        excluded = team
            .iter()
            .filter(|member| member.role.is_lead())
            .map(|member| member.id)
            .collect();
    } else if !ids.is_empty() {
        fields.extend(ids.iter().map(|id| ("team_involved", id.as_str())));
    }
    let able = |excluded: &BTreeSet<UserId>| {
        team.iter()
            .any(|member| member.role.receives_reports() && !excluded.contains(&member.id))
    };
    let visit = test.draft(&concern_with(&fields)).await;
    let case = match report::submit(&test.app, &visit).await {
        Ok(sent) => sent.case,
        Err(SubmitError::NobodyLeft(_)) => {
            assert!(
                !able(&excluded),
                "somebody could act, and the report was not sent"
            );
            let kept = report::load(&test.app, &visit).await.unwrap();
            assert!(matches!(kept, Some(VisitState::Draft(_))), "the draft is gone");
            assert_eq!(count(&test, "cases").await, 0);
            return;
        }
        Err(error) => panic!("{error:?}"),
    };
    assert!(able(&excluded), "nobody could act, and the report was sent");
    check(&test, &team, case, &excluded, &told).await;
    for deed in &story.deeds {
        let before = excluded.clone();
        do_deed(&test, &team, case, &visit, deed, &mut excluded).await;
        for member in excluded.difference(&before) {
            told.insert(*member, jobs_to(&test, *member).await);
        }
        check(&test, &team, case, &excluded, &told).await;
        assert!(
            follow::open(&test.app, &visit).await.unwrap().is_some(),
            "the reporter is shut out"
        );
    }
}

/// Does one thing, and notes who is excluded by it.
async fn do_deed(
    test: &TestApp,
    team: &[Reader],
    case: CaseId,
    visit: &Visit,
    deed: &Deed,
    excluded: &mut BTreeSet<UserId>,
) {
    match deed {
        Deed::Exclude(by, who) => {
            let (by, who) = (by.get(team), who.get(team));
            let can = listed_by(test, by).await.contains(&case);
            if desk::exclude(&test.app, by, case, who.id, "Close to it.".into())
                .await
                .is_ok()
            {
                assert!(can, "somebody excluded without the case on their desk");
                excluded.insert(who.id);
            }
        }
        Deed::Declare(by) => {
            let by = by.get(team);
            if desk::declare_conflict(&test.app, by, case, "Mine.".into())
                .await
                .is_ok()
            {
                excluded.insert(by.id);
            }
        }
        Deed::Share(by, with) => {
            let (by, with) = (by.get(team), with.get(team));
            let shared = desk::share(&test.app, by, case, with.id, "Helps.".into()).await;
            assert!(
                shared.is_err() || !excluded.contains(&with.id),
                "shared with somebody excluded"
            );
        }
        Deed::ReporterWrites => {
            follow::send(&test.app, visit, follow::new_message_id(), text("More."))
                .await
                .unwrap();
        }
    }
}

async fn listed_by(test: &TestApp, reader: &Reader) -> Vec<CaseId> {
    if !reader.role.holds_keys() {
        return Vec::new();
    }
    listed(&test.app, reader).await
}

async fn check(
    test: &TestApp,
    team: &[Reader],
    case: CaseId,
    excluded: &BTreeSet<UserId>,
    told: &BTreeMap<UserId, Vec<String>>,
) {
    let mut able = 0;
    for member in team {
        let lists = listed_by(test, member).await.contains(&case);
        let opens = desk::open(&test.app, member, case).await.is_ok();
        assert_eq!(lists, opens, "{member:?}");
        if excluded.contains(&member.id) {
            assert!(!opens, "{member:?} is excluded and opens it");
            assert!(
                !has_wrap(test, case, member.id).await,
                "{member:?} is excluded and has a key"
            );
            assert_eq!(
                jobs_to(test, member.id).await,
                told[&member.id],
                "{member:?} is told of it"
            );
        }
        if opens && member.role.receives_reports() {
            able += 1;
        }
    }
    assert!(able > 0, "nobody can act");
}

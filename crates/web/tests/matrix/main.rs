//! The table of `core::access` asked cell by cell with real requests: for each thing, each role, and what may be done with
//! it, once where the condition is met and once where it is not. What is allowed works. What is not is answered like what
//! does not exist, and changes nothing.
//!
//! That the table itself says what it should is for people to read: it stands in `docs/access.md`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what a test needs and does not find ends the test"
)]

mod cases;
mod probes;
mod site;

use axum::http::StatusCode;
use safehold_core::{
    access::{May, Part, Party, TABLE, Thing, cell, may_with},
    id::CaseId,
    roster::Role,
};
use safehold_testkit::app::TestApp;

use crate::{
    cases::Tie,
    probes::{Probe, Way, probes},
    site::{Answer, Scene},
};

#[tokio::test]
async fn each_cell_is_as_the_table_says_on_sqlite() {
    each_cell(TestApp::sqlite().await).await;
}

#[tokio::test]
async fn each_cell_is_as_the_table_says_on_postgres() {
    each_cell(TestApp::postgres().await).await;
}

/// Each thing is asked for by something, or it is said why not; so a thing that comes later brings its requests.
#[test]
fn each_cell_of_a_role_is_asked_for_or_named_here() {
    for (thing, cells) in TABLE {
        for may in May::ALL {
            let is_granted = Party::ALL
                .iter()
                .zip(cells)
                .any(|(party, cell)| *party != Party::Reporter && cell.iter().any(|grant| grant.may == may));
            let is_asked = !probes(thing, may).is_empty();
            let why = elsewhere(thing, may);
            assert!(
                !is_granted || is_asked || why.is_some(),
                "{thing:?} {may:?} is granted, and nothing asks for it"
            );
            assert!(
                !is_asked || why.is_none(),
                "{thing:?} {may:?} is asked for, and said to be elsewhere"
            );
        }
    }
}

/// Why a cell is not asked for here.
fn elsewhere(thing: Thing, may: May) -> Option<&'static str> {
    match (thing, may) {
        _ if thing.is_to_come() => Some("nothing of it is in the program yet"),
        (Thing::Organisation, May::Read) => Some("public: everybody reads it"),
        (Thing::Audit, _) => Some("no page shows it but that of a case, where it is read with the case"),
        (Thing::Copies, May::Approve) => Some("takes a layer that somebody made: tests/desk/export.rs"),
        _ => None,
    }
}

/// Asks for every cell.
async fn each_cell(test: TestApp) {
    let mut scene = Scene::new(test).await;
    let mut asked = 0;
    for (thing, _) in TABLE {
        for may in May::ALL {
            for probe in probes(thing, may) {
                for role in Role::ALL {
                    asked += one(&mut scene, thing, may, probe, role).await;
                }
            }
        }
    }
    assert!(asked > 250, "only {asked} cells were asked for");
}

/// Asks for one cell, under each condition that this role can meet or miss.
async fn one(scene: &mut Scene, thing: Thing, may: May, probe: &Probe, role: Role) -> usize {
    if probe.at.is_none() {
        // Not about a case: the role alone decides.
        let wanted = may_with(role, Part::InCharge, thing, may);
        let answer = scene.ask(role, probe, None).await;
        if wanted {
            works(&answer, probe, role, thing);
        } else {
            refused(&answer, probe, role, thing);
        }
        return 1;
    }
    let mut asked = 1;
    absent(scene, probe, role, thing).await;
    for tie in [Tie::Shared, Tie::InCharge] {
        let part = match tie {
            Tie::InCharge => Part::InCharge,
            Tie::Shared if role.is_lead() => Part::InCharge,
            Tie::Shared => Part::Beside,
        };
        let Some(case) = scene.case(role, tie, probe.at.unwrap_or_default()).await else {
            continue;
        };
        asked += 1;
        let wanted = may_with(role, part, thing, may);
        let before = scene.stands(case).await;
        let answer = scene.ask(role, probe, Some(case)).await;
        if wanted {
            works(&answer, probe, role, thing);
            if probe.way == Way::Send {
                assert_ne!(
                    scene.stands(case).await,
                    before,
                    "{role:?} {thing:?} {}: nothing changed",
                    probe.path
                );
            }
        } else {
            refused(&answer, probe, role, thing);
            assert_eq!(
                scene.stands(case).await,
                before,
                "{role:?} {thing:?} {}: it changed",
                probe.path
            );
        }
    }
    asked
}

/// Where the condition is not met there is no such case: the answer is that to a number that nobody has.
async fn absent(scene: &mut Scene, probe: &Probe, role: Role, thing: Thing) {
    let case = scene.others_case(role, probe.at.unwrap_or_default()).await;
    let before = scene.stands(case).await;
    let answer = scene.ask(role, probe, Some(case)).await;
    let invented = CaseId::from_random([0x42; 16]);
    let none = scene.ask(role, probe, Some(invented)).await;
    refused(&answer, probe, role, thing);
    assert_eq!(answer.status, none.status, "{role:?} {thing:?} {}", probe.path);
    assert_eq!(
        answer.body.replace(&case.to_string(), "–"),
        none.body.replace(&invented.to_string(), "–"),
        "{role:?} {thing:?} {}: it is told from what does not exist",
        probe.path
    );
    assert_eq!(
        scene.stands(case).await,
        before,
        "{role:?} {thing:?} {}: it changed",
        probe.path
    );
}

#[track_caller]
fn works(answer: &Answer, probe: &Probe, role: Role, thing: Thing) {
    let wanted = match probe.way {
        Way::Look | Way::Make => StatusCode::OK,
        Way::Send => StatusCode::SEE_OTHER,
    };
    assert_eq!(
        answer.status,
        wanted,
        "{role:?} {thing:?} {}: {}",
        probe.path,
        answer.main()
    );
    assert!(
        !answer.to.starts_with("/desk/sign-in"),
        "{role:?} is not signed in"
    );
    if !probe.shows.is_empty() {
        assert!(
            answer.body.contains(probe.shows),
            "{role:?} {thing:?} {}: no {} in {}",
            probe.path,
            probe.shows,
            answer.main()
        );
    }
}

#[track_caller]
fn refused(answer: &Answer, probe: &Probe, role: Role, thing: Thing) {
    assert!(
        matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN),
        "{role:?} {thing:?} {} was answered {}: {}",
        probe.path,
        answer.status,
        answer.main()
    );
    for mark in cases::MARKS {
        assert!(
            !answer.body.contains(mark),
            "{role:?} {thing:?} {} shows {mark}",
            probe.path
        );
    }
}

/// A role to which the table gives nothing of cases is never given one, whoever asks.
#[tokio::test]
async fn nobody_can_share_with_a_role_that_holds_no_key() {
    let scene = Scene::new(TestApp::sqlite().await).await;
    for role in Role::ALL.into_iter().filter(|role| !role.holds_keys()) {
        assert!(cell(Party::Role(role), Thing::Notes).is_empty());
        assert!(
            scene.case(role, Tie::Shared, cases::At::Begun).await.is_none(),
            "{role:?}"
        );
    }
}

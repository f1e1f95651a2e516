//! Each combination of who is named, how, and who is away: for whoever is excluded nothing tells of the case.

use std::collections::BTreeSet;

use safehold_app::{
    desk::{self, CaseFilter, Reader, Version},
    follow, health,
    report::{self, MessageBody, SubmitError, VisitState},
    team, trace,
};
use safehold_core::{
    case::Action,
    id::{CaseId, FileId, UserId},
    roster::Role,
};
use safehold_testkit::app::{TestApp, concern_with, owned};

use crate::{database::column, on_both};

on_both![whoever_is_named_in_whatever_way_learns_nothing_and_somebody_can_act];

/// How the reporter says who is involved.
#[derive(Debug, Clone, Copy)]
enum Said {
    /// They tick the names.
    Ticked,
    /// They name them as a person of concern.
    Named,
    /// They tick that they would rather not say, and name nobody.
    RatherNot,
}

async fn whoever_is_named_in_whatever_way_learns_nothing_and_somebody_can_act(mut test: TestApp) {
    let [lead, alternate, sponsor, caseworker] = test.usual_team().await;
    let receivers = [&lead, &alternate, &sponsor];
    let everybody = [&lead, &alternate, &sponsor, &caseworker];
    // Nobody is away, the lead, both leads, all three: each on a day of its own.
    let absences = [0b000, 0b001, 0b011, 0b111_usize];
    for away in absences {
        let day = format!("2026-12-{:02}", away + 1).parse().unwrap();
        for reader in chosen(&receivers, away) {
            team::add_absence(&test.app, reader, reader.id, day, day)
                .await
                .unwrap();
        }
    }
    for away in absences {
        test.clock.set(&format!("2026-12-{:02}T10:00:00Z", away + 1));
        let ways = (0..8_usize)
            .flat_map(|who| [(Said::Ticked, who), (Said::Named, who)])
            .chain([(Said::RatherNot, 0)]);
        for (said, who) in ways {
            let involved = chosen(&receivers, who);
            let excluded: BTreeSet<UserId> = match said {
                Said::RatherNot => [lead.id, alternate.id].into(),
                Said::Ticked | Said::Named => involved.iter().map(|reader| reader.id).collect(),
            };
            one(&test, &everybody, said, &involved, &excluded).await;
        }
    }
}

/// Those of a list whose bit is set.
fn chosen<'a>(readers: &[&'a Reader], bits: usize) -> Vec<&'a Reader> {
    readers
        .iter()
        .enumerate()
        .filter(|(at, _)| bits & (1 << at) != 0)
        .map(|(_, reader)| *reader)
        .collect()
}

async fn one(
    test: &TestApp,
    everybody: &[&Reader; 4],
    said: Said,
    involved: &[&Reader],
    excluded: &BTreeSet<UserId>,
) {
    let mut before = Vec::new();
    for reader in everybody {
        before.push(sees(test, reader).await);
    }
    let ids: Vec<String> = involved.iter().map(|reader| reader.id.to_string()).collect();
    let fields: Vec<_> = match said {
        Said::Ticked if ids.is_empty() => Vec::new(),
        Said::Ticked => ids.iter().map(|id| ("team_involved", id.as_str())).collect(),
        Said::Named => Vec::new(),
        Said::RatherNot => vec![("team_involved", "rather_not_say")],
    };
    let visit = test.draft(&concern_with(&fields)).await;
    if matches!(said, Said::Named) {
        let names: Vec<_> = involved.iter().map(|reader| reader.name.to_uppercase()).collect();
        report::change(&test.app, &visit, |draft| {
            for (at, name) in names.iter().enumerate() {
                let person = serde_json::json!({
                    "person_name": { "t": { "t": name } },
                    "person_role": { "c": { "o": "concern" } },
                });
                let person = serde_json::from_value(person).unwrap();
                draft.answers.set_item("people", at, person);
            }
        })
        .await
        .unwrap();
    }
    let case = match report::submit(&test.app, &visit).await {
        Ok(sent) => sent.case,
        Err(SubmitError::NobodyLeft(_)) => {
            assert_eq!(involved.len(), 3, "somebody could act: {said:?} {excluded:?}");
            let kept = report::load(&test.app, &visit).await.unwrap();
            assert!(matches!(kept, Some(VisitState::Draft(_))), "the draft is gone");
            return;
        }
        Err(error) => panic!("{error:?}"),
    };
    let body = MessageBody::Text {
        text: "More.".to_owned(),
        files: Vec::new(),
    };
    follow::send(&test.app, &visit, follow::new_message_id(), body)
        .await
        .unwrap();
    let mut able = 0;
    for (reader, before) in everybody.iter().zip(before) {
        if excluded.contains(&reader.id) {
            assert_eq!(sees(test, reader).await, before, "{said:?} {reader:?}");
            let nothing = CaseId::from_random([9; 16]);
            assert_eq!(
                tries(test, reader, case, everybody[2].id).await,
                tries(test, reader, nothing, everybody[2].id).await,
                "{said:?} {reader:?}"
            );
        } else if reader.role != Role::Caseworker && desk::open(&test.app, reader, case).await.is_ok() {
            able += 1;
        }
    }
    assert!(able > 0, "nobody can act: {said:?} {excluded:?}");
}

/// Everything that somebody's desk and mail show of itself.
async fn sees(test: &TestApp, reader: &Reader) -> String {
    let desk = desk::list(&test.app, reader, &CaseFilter::default(), None, 1000)
        .await
        .unwrap();
    let lines: Vec<_> = desk
        .cases
        .iter()
        .map(|line| format!("{} {} {}", line.id, line.reference, line.unseen_messages))
        .collect();
    let given_up = health::given_up(&test.app, reader).await.unwrap().len();
    let mut jobs = column(test, "SELECT payload FROM jobs ORDER BY id").await;
    jobs.retain(|payload| payload.contains(&reader.id.to_string()));
    let holder = reader.id;
    let wraps = column(
        test,
        &format!("SELECT case_id FROM key_wraps WHERE holder = '{holder}' ORDER BY case_id"),
    )
    .await;
    format!(
        "{lines:?} of {}, {given_up} given up, {jobs:?}, {wraps:?}",
        desk.total
    )
}

/// Every door of a case, and what is answered at it.
async fn tries(test: &TestApp, reader: &Reader, case: CaseId, other: UserId) -> Vec<String> {
    let app = &test.app;
    let file = FileId::from_random([7; 16]);
    let mut answers = vec![
        desk::find(app, reader, case).await.map(drop).map_err(said),
        desk::open(app, reader, case).await.map(drop).map_err(said),
        desk::open_file(app, reader, case, file, Version::Original)
            .await
            .map(drop)
            .map_err(said),
        desk::write(
            app,
            reader,
            case,
            desk::new_message_id(),
            "Hello".into(),
            Vec::new(),
        )
        .await
        .map_err(said),
        desk::share(app, reader, case, other, "Why".into())
            .await
            .map_err(said),
        desk::exclude(app, reader, case, other, "Why".into())
            .await
            .map_err(said),
        desk::declare_conflict(app, reader, case, "Why".into())
            .await
            .map_err(said),
        trace::of_case(app, reader, case).await.map(drop).map_err(said),
    ];
    let record = owned(&[("no_conflict", "yes")]);
    for action in Action::ALL {
        answers.push(
            desk::act(app, reader, case, *action, &record, 1)
                .await
                .map_err(said),
        );
    }
    answers
        .into_iter()
        .map(|answer| answer.expect_err("a door was open"))
        .collect()
}

fn said(error: impl std::fmt::Debug + std::fmt::Display) -> String {
    format!("{error:?} {error}")
}

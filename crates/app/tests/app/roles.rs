//! Each role at each action, on a case to which they have a key.

use safehold_app::desk::{self, ActError, DeskError};
use safehold_core::{
    access::{Part, may_act_with},
    case::{Action, Field, FieldKind, Refusal, State},
    roster::Role,
};
use safehold_testkit::app::{CONCERN, TestApp};

use crate::on_both;

on_both![the_app_refuses_what_the_rules_refuse_and_says_the_same_reason];

async fn the_app_refuses_what_the_rules_refuse_and_says_the_same_reason(mut test: TestApp) {
    let team = test
        .team(&[
            (Role::Lead, "Marisol Penhale"),
            (Role::Alternate, "Tunde Ashgrove"),
            (Role::Sponsor, "Imelda Quillfeather"),
            (Role::University, "Perpetua Reedmace"),
            (Role::Caseworker, "Bo Lanternfield"),
            (Role::Administrator, "Ada Millrace"),
        ])
        .await;
    let lead = &team[0];
    let (_, case) = test.report(CONCERN).await;
    test.begin(lead, case).await;
    for other in &team[1..5] {
        desk::share(&test.app, lead, case, other.id, "Helps.".into())
            .await
            .unwrap();
    }
    for state in [State::Triage, State::LearningOnly] {
        let row = desk::find(&test.app, lead, case).await.unwrap();
        assert_eq!(row.state, state);
        for reader in &team {
            for action in Action::ALL {
                let whole = filled(*action);
                let refused = desk::act(&test.app, reader, case, *action, &whole[1..], row.version).await;
                let refused = refused.expect_err("a record lacks a field");
                if reader.role == Role::Administrator {
                    assert!(matches!(refused, ActError::Desk(DeskError::NotFound)));
                    continue;
                }
                assert!(
                    matches!(refused, ActError::Record(_)),
                    "{:?} {action:?}",
                    reader.role
                );
                let Some(refusal) = refusal(reader.role, *action, state) else {
                    continue;
                };
                let refused = desk::act(&test.app, reader, case, *action, &whole, row.version).await;
                assert!(
                    matches!(refused, Err(ActError::Refused(said)) if said == refusal),
                    "{:?} {action:?}: {refused:?}",
                    reader.role
                );
            }
        }
        assert_eq!(
            desk::find(&test.app, lead, case).await.unwrap(),
            row,
            "something changed"
        );
        if state == State::Triage {
            test.act(lead, case, Action::TakeOn, &[])
                .await
                .expect_err("no record");
            let learn = filled(Action::LearnOnly);
            desk::act(&test.app, lead, case, Action::LearnOnly, &learn, row.version)
                .await
                .unwrap();
        }
    }
}

/// What the rules say, in the order in which they are asked.
fn refusal(role: Role, action: Action, state: State) -> Option<Refusal> {
    // It was shared with them: only leads do everything in it.
    let part = if role.is_lead() {
        Part::InCharge
    } else {
        Part::Beside
    };
    if !may_act_with(role, part, action) {
        Some(Refusal::Role { action, role })
    } else if !action.from_states().contains(&state) {
        Some(Refusal::WrongState { action, state })
    } else if action == Action::Resume {
        Some(Refusal::NotPaused)
    } else {
        None
    }
}

/// A record with something in each field.
fn filled(action: Action) -> Vec<(String, String)> {
    let values = |field: &Field| match field.kind {
        FieldKind::Text | FieldKind::Long => vec!["Something."],
        FieldKind::Date => vec!["2026-12-01"],
        FieldKind::Choice(choices) => vec![choices[0]],
        FieldKind::AllOf(checks) => checks.to_vec(),
        FieldKind::Reader | FieldKind::Categories => Vec::new(),
    };
    let mut fields: Vec<_> = action.fields().iter().collect();
    // The first is left out to see that its absence is noticed, so it has to be a required one.
    fields.sort_by_key(|field| !field.required);
    fields
        .into_iter()
        .flat_map(|field| {
            values(field)
                .into_iter()
                .map(|value| (field.id.to_owned(), value.to_owned()))
        })
        .collect()
}

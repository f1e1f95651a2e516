//! Nobody who is named ever gets a key, and somebody who is not can always act.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;
use safehold_core::{
    id::UserId,
    recipients::{NobodyLeft, Recipients, Standing, TeamConflict},
    roster::{Absence, Member, Role, Roster},
};

fn user(number: u8) -> UserId {
    UserId::from_random([number; 16])
}

fn member(number: u8, role: Role, away: bool) -> Member {
    let absences = if away {
        vec![Absence {
            from_on: date(2026, 11, 1),
            until_on: date(2026, 11, 30),
        }]
    } else {
        Vec::new()
    };
    Member {
        id: user(number),
        role,
        name: format!("Person Number{number}"),
        has_key: true,
        absences,
    }
}

const TODAY: jiff::civil::Date = date(2026, 11, 24);

fn team() -> Roster {
    Roster {
        members: vec![
            member(1, Role::Lead, false),
            member(2, Role::Alternate, false),
            member(3, Role::Sponsor, false),
            member(4, Role::University, false),
            member(5, Role::Caseworker, false),
            member(6, Role::Administrator, false),
        ],
    }
}

fn conflict(involved: &[u8]) -> TeamConflict {
    TeamConflict {
        involved: involved.iter().map(|number| user(*number)).collect(),
        rather_not_say: false,
    }
}

#[test]
fn a_report_finds_the_first_who_is_free_of_conflict() {
    let cases: [(&[u8], u8); 5] = [(&[], 1), (&[1], 2), (&[1, 2], 3), (&[2], 1), (&[1, 2, 3], 4)];
    for (involved, addressee) in cases {
        let chosen = Recipients::choose(&team(), &conflict(involved), TODAY).unwrap();
        assert_eq!(chosen.addressee(), user(addressee), "{involved:?}");
    }
    assert_eq!(
        Recipients::choose(&team(), &conflict(&[1, 2, 3, 4]), TODAY),
        Err(NobodyLeft)
    );
}

#[test]
fn a_lead_named_in_the_report_gets_no_key() {
    let chosen = Recipients::choose(&team(), &conflict(&[1]), TODAY).unwrap();
    assert!(chosen.readers().iter().all(|(id, _)| *id != user(1)));
}

#[test]
fn somebody_who_would_rather_not_say_reaches_neither_lead() {
    let unsaid = TeamConflict {
        rather_not_say: true,
        ..TeamConflict::default()
    };
    let chosen = Recipients::choose(&team(), &unsaid, TODAY).unwrap();
    assert_eq!(chosen.readers(), [(user(3), Standing::Active)]);
}

#[test]
fn cover_is_followed_with_no_gap() {
    let mut roster = team();
    roster.members[0] = member(1, Role::Lead, true);
    let chosen = Recipients::choose(&roster, &conflict(&[]), TODAY).unwrap();
    assert_eq!(chosen.addressee(), user(2));
    assert!(chosen.readers().contains(&(user(1), Standing::Standby)));
    // If everybody is away, somebody still gets it.
    roster.members = vec![member(1, Role::Lead, true), member(2, Role::Alternate, true)];
    assert_eq!(
        Recipients::choose(&roster, &conflict(&[]), TODAY)
            .unwrap()
            .addressee(),
        user(1)
    );
}

#[test]
fn excluding_the_last_reader_brings_in_another_or_is_refused() {
    let mut chosen = Recipients::choose(&team(), &conflict(&[1, 2]), TODAY).unwrap();
    chosen.exclude(user(3), &team(), TODAY).unwrap();
    assert_eq!(chosen.readers(), [(user(4), Standing::Active)]);
    let before = chosen.clone();
    assert_eq!(chosen.exclude(user(4), &team(), TODAY), Err(NobodyLeft));
    assert_eq!(chosen, before);
}

fn rosters() -> impl Strategy<Value = Roster> {
    let roles = prop::sample::select(Role::ALL.to_vec());
    prop::collection::vec((roles, any::<bool>(), any::<bool>()), 0..9).prop_map(|people| Roster {
        members: people
            .into_iter()
            .zip(1u8..)
            .map(|((role, away, has_key), number)| Member {
                has_key,
                ..member(number, role, away)
            })
            .collect(),
    })
}

proptest! {
    /// For every team, absence and set of named people, and whatever is shared and excluded afterwards.
    #[test]
    fn nobody_named_is_ever_a_recipient(
        roster in rosters(),
        involved in prop::collection::btree_set(1u8..10, 0..9),
        rather_not_say in any::<bool>(),
        later in prop::collection::vec((any::<bool>(), 1u8..10), 0..12),
    ) {
        let conflict = TeamConflict { involved: involved.iter().map(|number| user(*number)).collect(), rather_not_say };
        let mut gone: BTreeSet<UserId> = conflict.involved.clone();
        if rather_not_say {
            gone.extend(roster.members.iter().filter(|member| member.role.is_lead()).map(|member| member.id));
        }
        let could_act = |gone: &BTreeSet<UserId>| {
            roster.members.iter().any(|m| m.has_key && m.role.receives_reports() && !gone.contains(&m.id))
        };
        let Ok(mut recipients) = Recipients::choose(&roster, &conflict, TODAY) else {
            prop_assert!(!could_act(&gone));
            return Ok(());
        };
        let check = |recipients: &Recipients, gone: &BTreeSet<UserId>| {
            let ids: Vec<_> = recipients.readers().iter().map(|(id, _)| *id).collect();
            let unique: BTreeSet<_> = ids.iter().copied().collect();
            ids.len() == unique.len()
                && unique.is_disjoint(gone)
                && recipients.readers().contains(&(recipients.addressee(), Standing::Active))
                && ids.iter().all(|id| roster.find(*id).is_some_and(|m| m.has_key && m.role != Role::Administrator))
                && roster.find(recipients.addressee()).is_some_and(|m| m.role.receives_reports())
        };
        prop_assert!(check(&recipients, &gone));
        for (share, number) in later {
            if share {
                if let Some(member) = roster.find(user(number)) {
                    let shared = recipients.share_with(member, Standing::Active);
                    prop_assert!(shared.is_err() || !gone.contains(&member.id));
                }
            } else if recipients.exclude(user(number), &roster, TODAY).is_ok() {
                gone.insert(user(number));
            } else {
                let mut would_be_gone = gone.clone();
                would_be_gone.insert(user(number));
                prop_assert!(!could_act(&would_be_gone));
            }
            prop_assert!(check(&recipients, &gone));
        }
    }
}

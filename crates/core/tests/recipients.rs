//! Nobody who is named ever gets a key, and somebody who is not can always act.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;
use safehold_core::{
    id::UserId,
    recipients::{CannotRead, NobodyLeft, Recipients, Standing, TeamConflict},
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

#[test]
fn the_wish_not_to_say_which_lead_outlives_the_last_reader() {
    let unsaid = TeamConflict {
        rather_not_say: true,
        ..TeamConflict::default()
    };
    let mut chosen = Recipients::choose(&team(), &unsaid, TODAY).unwrap();
    // The independent recipient steps back: the university comes in, and neither lead does.
    chosen.exclude(user(3), &team(), TODAY).unwrap();
    assert_eq!(chosen.readers(), [(user(4), Standing::Active)]);
    // Without it nobody is left, though two leads are there and a third joins.
    let mut roster = team();
    roster.members.retain(|member| member.role != Role::University);
    roster.members.push(member(7, Role::Lead, false));
    let mut chosen = Recipients::choose(&roster, &unsaid, TODAY).unwrap();
    let before = chosen.clone();
    assert_eq!(chosen.exclude(user(3), &roster, TODAY), Err(NobodyLeft));
    assert_eq!(chosen, before);
    // Nor is it shared with a lead who joined after the report, or taken up again for one.
    let late = member(8, Role::Alternate, false);
    assert_eq!(
        chosen.share_with(&late, Standing::Active),
        Err(CannotRead::Excluded)
    );
    roster.members.push(late);
    let readers = vec![(user(3), Standing::Active), (user(8), Standing::Standby)];
    let again = Recipients::restore(user(3), readers, &unsaid, &roster).unwrap();
    assert_eq!(again.readers(), [(user(3), Standing::Active)]);
    // A second independent recipient can take over.
    roster.members.push(member(9, Role::Sponsor, false));
    chosen.exclude(user(3), &roster, TODAY).unwrap();
    assert_eq!(chosen.readers(), [(user(9), Standing::Active)]);
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
        joined in rosters(),
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
        // `check` sees the team as it was.
        prop_assert!(check(&recipients, &gone));
        // Others join later, under numbers of their own: what the reporter said holds for them too.
        let mut roster = roster.clone();
        for newcomer in &joined.members {
            let number = 20 + u8::try_from(roster.members.len()).unwrap();
            roster.members.push(Member { id: user(number), ..newcomer.clone() });
        }
        if rather_not_say {
            gone.extend(roster.members.iter().filter(|member| member.role.is_lead()).map(|member| member.id));
        }
        let could_act = |gone: &BTreeSet<UserId>| {
            roster.members.iter().any(|m| m.has_key && m.role.receives_reports() && !gone.contains(&m.id))
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
        let numbers: Vec<u8> = (1..10).chain(20..40).collect();
        for (share, number) in later {
            let number = numbers[usize::from(number) * 3 % numbers.len()];
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

//! Who looks again at what was decided, when the person asks for it: somebody who had no part in it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    deadline::Working,
    id::UserId,
    recipients::TeamConflict,
    roster::{Member, Roster},
};

/// The working time until a review is answered.
pub const ANSWERED_IN: Working = Working::Days(10);

/// The reviewer: whoever can receive reports, is not involved, had no part in the case, and is not one of those whom
/// the person would rather not have. Somebody who is here comes before somebody who is away, then the order in which a
/// report looks for its reader.
pub fn choose<'a>(
    roster: &'a Roster,
    conflict: &TeamConflict,
    had_part: &BTreeSet<UserId>,
    not_whom: &BTreeSet<UserId>,
    on: Date,
) -> Option<&'a Member> {
    free(roster, conflict, had_part)
        .into_iter()
        .filter(|member| !not_whom.contains(&member.id))
        .min_by_key(|member| (member.is_away(on), member.role, member.id))
}

/// All who could be asked.
pub fn free<'a>(roster: &'a Roster, conflict: &TeamConflict, had_part: &BTreeSet<UserId>) -> Vec<&'a Member> {
    let excluded = conflict.excluded(roster);
    roster
        .receivers()
        .into_iter()
        .filter(|member| !excluded.contains(&member.id) && !had_part.contains(&member.id))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Absence, Role};

    fn user(number: u8) -> UserId {
        UserId::from_random([number; 16])
    }

    fn roster() -> Roster {
        let member = |number, role| Member {
            id: user(number),
            role,
            name: format!("Person Number{number}"),
            has_key: number != 5,
            absences: Vec::new(),
        };
        Roster {
            members: vec![
                member(4, Role::University),
                member(1, Role::Lead),
                member(2, Role::Alternate),
                member(3, Role::Sponsor),
                member(5, Role::Alternate),
                member(6, Role::Caseworker),
            ],
        }
    }

    fn set(numbers: &[u8]) -> BTreeSet<UserId> {
        numbers.iter().map(|number| user(*number)).collect()
    }

    #[test]
    fn whoever_had_a_part_is_involved_or_unwanted_is_never_the_reviewer() {
        let on: Date = "2026-11-24".parse().unwrap();
        let mut team = roster();
        let none = TeamConflict::default();
        let chosen = |team: &Roster, conflict: &TeamConflict, part: &[u8], not: &[u8]| {
            choose(team, conflict, &set(part), &set(not), on).map(|member| member.id)
        };
        assert_eq!(chosen(&team, &none, &[1], &[]), Some(user(2)));
        assert_eq!(chosen(&team, &none, &[1], &[2]), Some(user(3)));
        assert_eq!(chosen(&team, &none, &[1, 2], &[3]), Some(user(4)));
        // Neither somebody without a key nor a caseworker is left to ask.
        assert_eq!(chosen(&team, &none, &[1, 2, 3, 4], &[]), None);
        let shy = TeamConflict {
            involved: set(&[3]),
            rather_not_say: true,
        };
        assert_eq!(chosen(&team, &shy, &[], &[]), Some(user(4)));
        team.members[2].absences.push(Absence {
            from_on: on,
            until_on: on,
        });
        assert_eq!(chosen(&team, &none, &[1], &[]), Some(user(3)));
        assert_eq!(chosen(&team, &none, &[1, 3, 4], &[]), Some(user(2)));
    }
}

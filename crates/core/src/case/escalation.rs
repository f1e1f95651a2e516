//! What happens when nobody opens a report in time (R4.2m).

use jiff::Timestamp;

use crate::{
    deadline::{Working, WorkingHours},
    id::UserId,
    recipients::Standing,
    roster::Roster,
};

/// Between two stages passes at least this much working time, so that a reminder can be acted on.
const BETWEEN_STAGES: Working = Working::Hours(2);

/// What is due for a report that nobody has opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escalation {
    /// Nothing yet.
    Wait,
    /// Remind the person on whose desk it lies.
    Remind(UserId),
    /// Bring it to one more person, who has a key on standby.
    BringTo(UserId),
    /// Everybody who may read it has it.
    Exhausted,
}

/// Decides what is due. `readers` are the holders of a key: somebody who is excluded is not among them, so
/// nothing can come to them from here. `has_reminded` says whether the first reminder went out.
///
/// The order is: remind, then the alternate, then the sponsor (Statement 4.2(4), domain reference 6.2).
pub fn escalation(
    due_open_at: Timestamp,
    readers: &[(UserId, Standing)],
    roster: &Roster,
    hours: &WorkingHours,
    has_reminded: bool,
    now: Timestamp,
) -> Escalation {
    if now < due_open_at {
        return Escalation::Wait;
    }
    let active: Vec<UserId> = readers
        .iter()
        .filter(|(_, standing)| *standing == Standing::Active)
        .map(|(id, _)| *id)
        .collect();
    if !has_reminded && let Some(first) = active.first() {
        return Escalation::Remind(*first);
    }
    let mut waited = hours.after(due_open_at, BETWEEN_STAGES);
    // One stage for each person who has it besides the first.
    for _ in active.iter().skip(1) {
        waited = hours.after(waited, BETWEEN_STAGES);
    }
    let today = hours.day_of(now);
    let mut waiting: Vec<_> = readers
        .iter()
        .filter(|(_, standing)| *standing == Standing::Standby)
        .filter_map(|(id, _)| roster.find(*id))
        .filter(|member| member.role.receives_reports())
        .collect();
    waiting.sort_by_key(|member| (member.is_away(today), member.role, member.id));
    match waiting.first() {
        None => Escalation::Exhausted,
        Some(_) if now < waited => Escalation::Wait,
        Some(member) => Escalation::BringTo(member.id),
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::roster::{Member, Role};

    fn user(number: u8) -> UserId {
        UserId::from_random([number; 16])
    }

    fn roster() -> Roster {
        let member = |number, role| Member {
            id: user(number),
            role,
            name: format!("Person Number{number}"),
            has_key: true,
            absences: Vec::new(),
        };
        Roster {
            members: vec![
                member(3, Role::Sponsor),
                member(2, Role::Alternate),
                member(1, Role::Lead),
            ],
        }
    }

    #[test]
    fn first_a_reminder_then_the_alternate_then_the_sponsor() {
        use Standing::{Active, Standby};
        let hours = WorkingHours::office(TimeZone::UTC);
        let at = |text: &str| -> Timestamp { format!("2026-11-24T{text}:00Z").parse().unwrap() };
        let due = at("10:00");
        let ask = |readers: &[(UserId, Standing)], reminded, now| {
            escalation(due, readers, &roster(), &hours, reminded, now)
        };
        let fresh = [(user(1), Active), (user(3), Standby), (user(2), Standby)];
        assert_eq!(ask(&fresh, false, at("09:59")), Escalation::Wait);
        assert_eq!(ask(&fresh, false, at("10:00")), Escalation::Remind(user(1)));
        assert_eq!(ask(&fresh, true, at("11:59")), Escalation::Wait);
        assert_eq!(ask(&fresh, true, at("12:00")), Escalation::BringTo(user(2)));
        let second = [(user(1), Active), (user(3), Standby), (user(2), Active)];
        assert_eq!(ask(&second, true, at("13:59")), Escalation::Wait);
        assert_eq!(ask(&second, true, at("14:00")), Escalation::BringTo(user(3)));
        let all = [(user(1), Active), (user(3), Active), (user(2), Active)];
        assert_eq!(ask(&all, true, at("16:59")), Escalation::Exhausted);
    }
}

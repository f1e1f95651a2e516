//! Chasing: who is reminded of a clock, and when. It knows ids and times only, and after a restart it finds what is
//! due from the database alone.

use jiff::{SignedDuration, Timestamp};
use safehold_core::{
    deadline::{Working, WorkingHours},
    id::{CaseId, UserId},
    recipients::Standing,
    roster::Roster,
};
use safehold_store::{
    cases::reconciling::{self, CaseTimes},
    duties::{self, DutyDue},
    reminders,
};

use crate::{
    App, AppError,
    notices::{self, Notice},
    roster::Team,
    watch,
};

/// How many clocks are read at a time.
const PAGE: u32 = 500;
/// A clock that runs shorter than this is not reminded of before it is due: somebody has just set it.
const SHORT: SignedDuration = SignedDuration::from_hours(8);
/// On how many working days after it was due somebody is reminded again.
const MOST_DAYS: u32 = 10;

/// What a reminder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Half of the time is up.
    Half,
    /// It is due.
    Due,
    /// It has been due for so many working days.
    Late(u32),
}

/// Where a clock stands now, if somebody is to be reminded at all.
fn stage(due: &DutyDue, hours: &WorkingHours, now: Timestamp) -> Option<Stage> {
    if now < due.due_at {
        let is_long = due.due_at.duration_since(due.set_at) >= SHORT;
        return is_long.then_some(Stage::Half);
    }
    let days = (1..=MOST_DAYS)
        .take_while(|days| hours.after(due.due_at, Working::Days(*days - 1)) <= now)
        .last();
    Some(days.map_or(Stage::Due, Stage::Late))
}

/// Reminds of every clock that is half up or late: first whoever answers for the case, and from the first working day
/// after it was due every lead who reads it.
///
/// # Errors
/// [`AppError`]; the next round goes on.
pub(crate) async fn chase(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let mut last: Option<DutyDue> = None;
    loop {
        let mut conn = app.store().read().await?;
        let page = duties::list_for_reconciling(&mut conn, now, last.as_ref(), PAGE).await?;
        let Some(end) = page.last().copied() else {
            return Ok(());
        };
        last = Some(end);
        let team = Team::read(&mut conn).await?;
        let mut remind = Vec::new();
        for due in page {
            let Some(stage) = stage(&due, &app.rules().hours, now) else {
                continue;
            };
            let Some(case) = reconciling::find_for_reconciling(&mut conn, due.case_id).await? else {
                continue;
            };
            let key = key(&due, stage);
            let who = whom(&case, stage, &team.roster);
            if !who.is_empty() && !reminders::is_sent(&mut conn, due.case_id, &key).await? {
                remind.push((due.case_id, key, who));
            }
        }
        drop(conn);
        for (case, key, who) in remind {
            remind_of(app, case, key, who, now).await?;
        }
    }
}

/// What this reminder is known by: the random id of the clock, the time that it showed, and how late it is.
fn key(due: &DutyDue, stage: Stage) -> String {
    let stage = match stage {
        Stage::Half => "half".to_owned(),
        Stage::Due => "0".to_owned(),
        Stage::Late(days) => days.to_string(),
    };
    format!("duty:{}:{}:{stage}", due.id, due.due_at.as_millisecond())
}

fn whom(case: &CaseTimes, stage: Stage, roster: &Roster) -> Vec<UserId> {
    let leads = case
        .holders
        .iter()
        .filter(|(_, standing)| **standing == Standing::Active)
        .filter_map(|(id, _)| roster.find(*id))
        .filter(|member| member.role.receives_reports())
        .map(|member| member.id);
    match stage {
        Stage::Half | Stage::Due => watch::responsible(case).into_iter().collect(),
        Stage::Late(_) => leads.collect(),
    }
}

async fn remind_of(
    app: &App,
    case: CaseId,
    key: String,
    who: Vec<UserId>,
    now: Timestamp,
) -> Result<(), AppError> {
    app.store()
        .write_with((key, who), move |tx, (key, who)| {
            Box::pin(async move {
                if reminders::add(tx, case, key, now).await? {
                    for who in who {
                        notices::tell_member(tx, *who, Notice::Outward, Some(case), now).await?;
                    }
                }
                Ok::<_, AppError>(())
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use safehold_core::id::DutyId;

    use super::*;

    #[test]
    fn a_clock_is_chased_at_half_when_due_and_on_ten_working_days_after() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let due = |set: &str, due: &str| DutyDue {
            id: DutyId::from_random([1; 16]),
            case_id: CaseId::from_random([2; 16]),
            set_at: at(set),
            due_at: at(due),
        };
        let hours = WorkingHours::office(TimeZone::UTC);
        let long = due("2026-11-24T09:00:00Z", "2026-11-26T17:00:00Z");
        let cases = [
            ("2026-11-25T13:00:00Z", Some(Stage::Half)),
            ("2026-11-26T16:59:00Z", Some(Stage::Half)),
            ("2026-11-26T17:00:00Z", Some(Stage::Due)),
            ("2026-11-27T16:59:00Z", Some(Stage::Due)),
            ("2026-11-27T17:00:00Z", Some(Stage::Late(1))),
            // Nobody is reminded because of a weekend.
            ("2026-11-29T23:00:00Z", Some(Stage::Late(1))),
            ("2026-11-30T17:00:00Z", Some(Stage::Late(2))),
            ("2027-03-01T12:00:00Z", Some(Stage::Late(10))),
        ];
        for (now, wanted) in cases {
            assert_eq!(stage(&long, &hours, at(now)), wanted, "{now}");
        }
        let short = due("2026-11-24T09:00:00Z", "2026-11-24T16:59:00Z");
        assert_eq!(stage(&short, &hours, at("2026-11-24T13:00:00Z")), None);
        // It has the rest of the working day on which it was due, and no more.
        for (now, wanted) in [
            ("2026-11-24T16:59:30Z", Stage::Due),
            ("2026-11-24T17:00:00Z", Stage::Late(1)),
        ] {
            assert_eq!(stage(&short, &hours, at(now)), Some(wanted), "{now}");
        }
    }
}

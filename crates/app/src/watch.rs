//! Watching: comparing what is with what should be, and putting it right. Every function here can run again at any
//! time, and after a restart it finds what is due from the database alone.

use jiff::{SignedDuration, Timestamp};
use safehold_core::{
    case::{Escalation, State, escalation},
    id::{CaseId, UserId},
    recipients::Standing,
    trace::Traced,
};
use safehold_store::{
    cases::reconciling::{self, CaseTimes, Duty},
    dues, duties, files, invitations, jobs, passkeys, reminders, reviews, sessions,
    users::{self, UserState},
    visits,
    wraps::{self, Holder},
};

use crate::{
    App, AppError,
    desk::{chase, requests},
    emergency, erased, leave_trace,
    notices::{self, MEMBER_JOB, Notice},
    recovery,
    roster::Team,
};

/// How many rows one round looks at.
const ROUND: u32 = 500;
/// A file that nothing names after this time never came whole, or what it belonged to was not stored.
const UPLOAD_HOURS: i64 = 24;

/// One round: late reports, cover, reminders, and what has expired.
///
/// # Errors
/// [`AppError`]; what was done so far stays, and the next round goes on.
pub async fn round(app: &App) -> Result<(), AppError> {
    unopened(app).await?;
    due(app, Duty::Contact).await?;
    due(app, Duty::Decision).await?;
    due(app, Duty::Review).await?;
    due_by_record(app).await?;
    chase(app).await?;
    reviews_due(app).await?;
    requests::remind(app).await?;
    expire(app).await?;
    emergency::end_what_is_over(app).await?;
    recovery::expire(app).await?;
    recovery::remind(app).await?;
    // Once it is written there is nothing to do until the next erasure; what keeps it from being written keeps
    // nothing else.
    if let Err(error) = erased::write_out(app).await {
        tracing::error!(error.kind = %error, "the list of what was erased was not written");
    }
    Ok(())
}

/// Reports that nobody has opened in time: remind, then the alternate, then the sponsor (R4.2m).
async fn unopened(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let mut conn = app.store().read().await?;
    let cases = reconciling::list_overdue_for_reconciling(&mut conn, Duty::Open, now, ROUND).await?;
    if cases.is_empty() {
        return Ok(());
    }
    let team = Team::read(&mut conn).await?;
    let mut next = Vec::new();
    for case in cases {
        let Some(due) = case.due_open_at else { continue };
        let readers: Vec<_> = case
            .holders
            .iter()
            .map(|(id, standing)| (*id, *standing))
            .collect();
        let reminded = reminders::is_sent(&mut conn, case.id, UNOPENED).await?;
        next.push((
            case.id,
            escalation(due, &readers, &team.roster, &app.rules().hours, reminded, now),
        ));
    }
    drop(conn);
    for (case, step) in next {
        match step {
            Escalation::Wait | Escalation::Exhausted => {}
            Escalation::Remind(who) => remind(app, case, who, now).await?,
            Escalation::BringTo(who) => bring_to(app, case, who, now).await?,
        }
    }
    Ok(())
}

const UNOPENED: &str = "open";

async fn remind(app: &App, case: CaseId, who: UserId, now: Timestamp) -> Result<(), AppError> {
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                if reminders::add(tx, case, UNOPENED, now).await? {
                    notices::tell_member(tx, who, Notice::Unopened, Some(case), now).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await
}

async fn bring_to(app: &App, case: CaseId, who: UserId, now: Timestamp) -> Result<(), AppError> {
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                if wraps::set_standing(tx, case, Holder::User(who), Standing::Active, now).await? {
                    leave_trace(tx, now, None, Some(case), Traced::Escalated { to: who }).await?;
                    notices::tell_member(tx, who, Notice::BroughtToYou, Some(case), now).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await
}

/// Duties whose time has come: one reminder each to whoever answers for the case.
async fn due(app: &App, duty: Duty) -> Result<(), AppError> {
    let now = app.now();
    let mut conn = app.store().read().await?;
    let cases = reconciling::list_overdue_for_reconciling(&mut conn, duty, now, ROUND).await?;
    let mut remind = Vec::new();
    for case in cases {
        // Before it is opened, the first duty stands for all.
        if case.opened_at.is_none() || (case.paused_at.is_some() && duty != Duty::Review) {
            continue;
        }
        let key = format!("{duty:?}:{}", when(&case, duty).as_millisecond());
        if let Some(who) = responsible(&case)
            && !reminders::is_sent(&mut conn, case.id, &key).await?
        {
            remind.push((case.id, who, key));
        }
    }
    drop(conn);
    for (case, who, key) in remind {
        app.store()
            .write_with(key, move |tx, key| {
                Box::pin(async move {
                    if reminders::add(tx, case, key, now).await? {
                        notices::tell_member(tx, who, Notice::Due, Some(case), now).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
    }
    Ok(())
}

/// What is due by the records of cases: one reminder each, to whoever is to do it, or else to whoever answers for the
/// case. It goes on after closing, as reprisal often comes later.
async fn due_by_record(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let mut conn = app.store().read().await?;
    let mut remind = Vec::new();
    for due in dues::list_overdue_for_reconciling(&mut conn, now, ROUND).await? {
        let Some(case) = reconciling::find_for_reconciling(&mut conn, due.case_id).await? else {
            continue;
        };
        // Somebody who no longer reads the case is told nothing of it.
        let owner = due
            .owner_id
            .filter(|who| case.holders.get(who) == Some(&Standing::Active));
        remind.push((due, owner.or_else(|| responsible(&case))));
    }
    drop(conn);
    for (due, who) in remind {
        app.store()
            .write(move |tx| {
                Box::pin(async move {
                    if dues::mark_reminded(tx, &due, now).await?
                        && let Some(who) = who
                    {
                        notices::tell_member(tx, who, Notice::Due, Some(due.case_id), now).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
    }
    Ok(())
}

/// Reviews that are late: one reminder each, to whoever is to look, and to nobody else.
async fn reviews_due(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let mut conn = app.store().read().await?;
    let late = reviews::list_overdue_for_reconciling(&mut conn, now, ROUND).await?;
    drop(conn);
    for review in late {
        app.store()
            .write(move |tx| {
                Box::pin(async move {
                    if reviews::mark_reminded(tx, review.id, now).await?
                        && let Some(who) = review.reviewer_id
                    {
                        notices::tell_member(tx, who, Notice::Due, Some(review.case_id), now).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
    }
    Ok(())
}

fn when(case: &CaseTimes, duty: Duty) -> Timestamp {
    let at = match duty {
        Duty::Open => case.due_open_at,
        Duty::Contact => case.due_contact_at,
        Duty::Decision => case.due_decision_at,
        Duty::Review => case.review_at,
    };
    at.unwrap_or(case.received_at)
}

pub(crate) fn responsible(case: &CaseTimes) -> Option<UserId> {
    let active = |id: &UserId| case.holders.get(id) == Some(&Standing::Active);
    case.owner_id
        .filter(active)
        .or_else(|| case.holders.keys().find(|id| active(id)).copied())
}

/// What has come to its end: drafts, sessions, invitations, and files that nothing names.
async fn expire(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let stale = now
        .saturating_sub(SignedDuration::from_hours(UPLOAD_HOURS))
        .unwrap_or(now);
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                visits::expire_due(tx, now, ROUND).await?;
                sessions::expire(tx, now).await?;
                invitations::expire(tx, now).await?;
                passkeys::expire(tx, now).await?;
                files::expire_unattached(tx, stale, ROUND).await?;
                Ok::<_, AppError>(())
            })
        })
        .await
}

/// Whether a notice to a member still matters: they hold the case on their desk, and what it tells is still so.
///
/// # Errors
/// [`AppError`].
pub async fn still_matters(
    app: &App,
    job: &jobs::JobRow,
    to: UserId,
    notice: Notice,
) -> Result<bool, AppError> {
    debug_assert_eq!(job.kind, MEMBER_JOB);
    let mut conn = app.store().read().await?;
    let Some(case) = job.case_id else {
        let member = users::find(&mut conn, to).await?;
        let has_request = requests::is_open_for(&mut conn, to).await?;
        return Ok(member.is_some_and(|member| match notice {
            Notice::Request => member.state == UserState::Active && has_request,
            Notice::Invited => member.state == UserState::Invited,
            Notice::Confirmed | Notice::TeamChanged | Notice::Recovery => member.state == UserState::Active,
            _ => true,
        }));
    };
    let Some(case) = reconciling::find_for_reconciling(&mut conn, case).await? else {
        return Ok(false);
    };
    let holds = case.holders.get(&to) == Some(&Standing::Active);
    Ok(holds
        && match notice {
            Notice::NewReport | Notice::Unopened | Notice::BroughtToYou => {
                case.opened_at.is_none() || notice == Notice::BroughtToYou
            }
            Notice::Shared | Notice::ReporterWrote | Notice::Given => {
                case.closed_at.is_none() || notice == Notice::ReporterWrote
            }
            Notice::Due => {
                case.closed_at.is_none()
                    || dues::is_any_due(&mut conn, case.id, app.now()).await?
                    || reviews::is_open_for(&mut conn, to, case.id).await?
            }
            Notice::Outward => !duties::list_of_case(&mut conn, case.id).await?.is_empty(),
            Notice::CheckAsked => matches!(case.state, State::ClosingReview | State::Retained),
            Notice::Invited
            | Notice::Confirmed
            | Notice::TeamChanged
            | Notice::Request
            | Notice::Recovery => true,
        })
}

//! The queue of notices, as its runner works it off.

use jiff::{SignedDuration, Timestamp};
use safehold_core::id::{JobId, UserId};
use safehold_store::{
    jobs::{self, JobRow},
    users::{self, UserState},
};

use crate::{
    App, AppError,
    notices::{self, MEMBER_JOB, MemberNotice, Notice, REPORTER_JOB},
    team, watch,
};

/// A runner that takes jobs and never comes back loses them after this time.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// How many jobs are taken at a time.
const AT_A_TIME: u32 = 20;

/// Somebody to write to.
pub struct Errand {
    /// The job; it goes when the mail is sent.
    pub job: JobId,
    /// How often it was tried before.
    pub attempts: i64,
    /// The address.
    pub address: String,
    /// What it is about.
    pub about: About,
    /// The secret part of the link, if it is an invitation.
    pub token: Option<team::InvitationToken>,
}

/// What a mail is about. It never says more than that there is something to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A member of the team has something to look at.
    Member(Notice),
    /// A reporter has something to read.
    Reporter,
}

/// Takes what is due. Notices that do not matter any more are dropped on the way.
///
/// # Errors
/// [`AppError`].
pub async fn take_due(app: &App) -> Result<Vec<Errand>, AppError> {
    let now = app.now();
    let until = now.saturating_add(LEASE).unwrap_or(now);
    let jobs = app
        .store()
        .write(move |tx| {
            Box::pin(async move { Ok::<_, AppError>(jobs::claim_due(tx, now, until, AT_A_TIME).await?) })
        })
        .await?;
    let mut errands = Vec::new();
    for job in jobs {
        let id = job.id;
        match errand(app, job).await {
            Ok(Some(errand)) => errands.push(errand),
            Ok(None) => done(app, id).await?,
            Err(AppError::Store(error)) => return Err(error.into()),
            // One that cannot be read must not hold up the others.
            Err(_) => give_up(app, id, "unreadable".to_owned()).await?,
        }
    }
    Ok(errands)
}

async fn errand(app: &App, job: JobRow) -> Result<Option<Errand>, AppError> {
    let mut token = None;
    let found = match job.kind.as_str() {
        MEMBER_JOB => {
            let notice: MemberNotice =
                serde_json::from_str(&job.payload).map_err(|_| AppError::Broken("a notice in the queue"))?;
            if notice.notice == Notice::Invited {
                let Some(good) = invitation(app, &job).await? else {
                    return Ok(None);
                };
                token = Some(good);
            }
            if watch::still_matters(app, &job, notice.to, notice.notice).await? {
                member_address(app, notice.to)
                    .await?
                    .map(|address| (address, About::Member(notice.notice)))
            } else {
                None
            }
        }
        REPORTER_JOB => match &job.body_sealed {
            Some(sealed) => Some((notices::open_address(app, sealed)?, About::Reporter)),
            None => None,
        },
        _ => return Err(AppError::Broken("a job of an unknown kind")),
    };
    Ok(found.map(|(address, about)| Errand {
        job: job.id,
        attempts: job.attempts,
        address,
        about,
        token,
    }))
}

/// The link of an invitation that can still be taken up: one that was replaced by a newer is not sent.
async fn invitation(app: &App, job: &JobRow) -> Result<Option<team::InvitationToken>, AppError> {
    let Some(sealed) = &job.body_sealed else {
        return Ok(None);
    };
    let token = team::open_token(app, sealed)?;
    let mut conn = app.store().read().await?;
    Ok(team::still_good(&mut conn, &token, app.now())
        .await?
        .then_some(token))
}

async fn member_address(app: &App, id: UserId) -> Result<Option<String>, AppError> {
    let mut conn = app.store().read().await?;
    let row = users::find(&mut conn, id)
        .await?
        .filter(|row| row.state != UserState::Left);
    Ok(row.map(|row| row.email))
}

/// It is done.
///
/// # Errors
/// [`AppError`].
pub async fn done(app: &App, job: JobId) -> Result<(), AppError> {
    app.store()
        .write(move |tx| Box::pin(async move { Ok::<_, AppError>(jobs::complete(tx, job).await?) }))
        .await
}

/// It is to be tried again.
///
/// # Errors
/// [`AppError`].
pub async fn again(app: &App, job: JobId, at: Timestamp, error: String) -> Result<(), AppError> {
    app.store()
        .write_with(error, move |tx, error| {
            Box::pin(async move { Ok::<_, AppError>(jobs::retry(tx, job, at, error).await?) })
        })
        .await
}

/// It is not tried again by itself, and the desk shows it.
///
/// # Errors
/// [`AppError`].
pub async fn give_up(app: &App, job: JobId, error: String) -> Result<(), AppError> {
    app.store()
        .write_with(error, move |tx, error| {
            Box::pin(async move { Ok::<_, AppError>(jobs::give_up(tx, job, error).await?) })
        })
        .await
}

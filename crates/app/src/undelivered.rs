//! Mail that did not arrive: what a member of the team sees of it, and what they can do.
//!
//! A mail belongs to a case or to none. Those about a case exist only for whoever has it on their desk, so that
//! nobody learns of a case by a mail that was lost.

use jiff::Timestamp;
use safehold_core::{
    access::{Area, may_enter},
    form::Facts,
    id::{CaseId, JobId},
    reference::Reference,
    roster::Role,
    trace::Traced,
};
use safehold_seal::Sealed;
use safehold_store::{
    Conn, cases,
    jobs::{self, JobRow},
    users,
};

use crate::{
    App, AppError,
    desk::{self, DeskError, Reader},
    leave_trace,
    notices::{self, MEMBER_JOB, MemberNotice, Notice, REPORTER_JOB},
    roster::Team,
};

/// To whom a mail should have gone. Its address is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// A member of the team, or somebody invited to it: their name and role.
    Member(String, Role),
    /// Somebody who is not in the team any more.
    Nobody,
    /// The reporter of the case.
    Reporter,
}

/// A mail that is not tried again by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// Which.
    pub id: JobId,
    /// To whom.
    pub to: To,
    /// What a member was to be told; nothing for a reporter.
    pub notice: Option<Notice>,
    /// The case that it is about.
    pub case: Option<(CaseId, Reference)>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was tried last.
    pub at: Timestamp,
    /// The kind of the last error; never an address.
    pub error: String,
    /// Whether it can be tried again. The link of an invitation was forgotten when it was given up: a new
    /// invitation has a new one.
    pub may_try: bool,
}

/// What came of trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It is in the queue.
    Queued,
    /// It must not be sent: the reporter did not say that mail is safe. It is off the list.
    NotSafe,
    /// It was an invitation: a new one has a new link.
    NeedsNewLink,
    /// It is on nobody's list, or not on this reader's.
    Gone,
}

fn may(reader: &Reader) -> Result<(), DeskError> {
    if may_enter(reader.role, Area::Health) {
        Ok(())
    } else {
        Err(DeskError::Role)
    }
}

/// The mails that did not arrive, as far as this reader may know of them, oldest first.
///
/// # Errors
/// [`DeskError::Role`] for those who do not look after mail.
pub async fn list(app: &App, reader: &Reader) -> Result<Vec<Undelivered>, DeskError> {
    may(reader)?;
    let mut conn = app.store().read().await?;
    let rows = jobs::list_failed_for(&mut conn, reader.id).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(read(&mut conn, reader, row).await?);
    }
    Ok(found)
}

async fn read(conn: &mut Conn, reader: &Reader, row: JobRow) -> Result<Undelivered, AppError> {
    let notice: Option<MemberNotice> = if row.kind == MEMBER_JOB {
        serde_json::from_str(&row.payload).ok()
    } else {
        None
    };
    let to = match &notice {
        Some(notice) => users::find(conn, notice.to)
            .await?
            .map_or(To::Nobody, |user| To::Member(user.name, user.role)),
        None if row.kind == REPORTER_JOB => To::Reporter,
        None => To::Nobody,
    };
    let case = match row.case_id {
        Some(case) => cases::find_for(conn, reader.id, case)
            .await?
            .map(|found| (case, found.reference)),
        None => None,
    };
    let notice = notice.map(|notice| notice.notice);
    Ok(Undelivered {
        id: row.id,
        to,
        may_try: notice != Some(Notice::Invited),
        notice,
        case,
        attempts: row.attempts,
        at: row.run_at,
        error: row.last_error.unwrap_or_default(),
    })
}

/// Puts a mail in the queue again. A reporter's address was forgotten when it was given up, so it is taken from the
/// report once more, and only if the report says that mail is safe.
///
/// # Errors
/// [`DeskError`].
pub async fn try_again(app: &App, reader: &Reader, job: JobId) -> Result<Again, DeskError> {
    may(reader)?;
    let mut conn = app.store().read().await?;
    let Some(row) = jobs::find_failed_for(&mut conn, reader.id, job).await? else {
        return Ok(Again::Gone);
    };
    if !read(&mut conn, reader, row.clone()).await?.may_try {
        return Ok(Again::NeedsNewLink);
    }
    let mut address = None;
    if let (REPORTER_JOB, Some(case)) = (row.kind.as_str(), row.case_id) {
        address = safe_address(app, &mut conn, reader, case).await?;
        if address.is_none() {
            drop(conn);
            let _ = settle(app, reader, &row, None).await?;
            return Ok(Again::NotSafe);
        }
    }
    drop(conn);
    let then = Then { address };
    settle(app, reader, &row, Some(then)).await
}

/// Takes a mail off the list: it is not sent any more.
///
/// # Errors
/// [`DeskError`].
pub async fn let_go(app: &App, reader: &Reader, job: JobId) -> Result<(), DeskError> {
    may(reader)?;
    let mut conn = app.store().read().await?;
    let row = jobs::find_failed_for(&mut conn, reader.id, job).await?;
    drop(conn);
    if let Some(row) = row {
        settle(app, reader, &row, None).await?;
    }
    Ok(())
}

/// What a mail needs to be sent again.
struct Then {
    address: Option<Sealed>,
}

/// Where the reporter may be written to, sealed for the queue.
async fn safe_address(
    app: &App,
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
) -> Result<Option<Sealed>, DeskError> {
    let unlocked = desk::unlock(conn, reader, case).await?;
    let names = Team::read(conn).await?.names();
    let report = desk::content(conn, case, &unlocked.keys, &names).await?.report;
    let form = app.asked_form(conn, &unlocked.row.form_digest).await?;
    let facts = Facts::of(&form.form, &report.answers);
    match &facts.contact.may_email {
        Some(address) => Ok(Some(notices::seal_address(app, address)?)),
        None => Ok(None),
    }
}

/// Ends the failure, with its entry in the trace. Looked up once more inside the change, so that two who press at
/// once do it once, and somebody who was excluded in between does nothing.
async fn settle(app: &App, reader: &Reader, row: &JobRow, then: Option<Then>) -> Result<Again, DeskError> {
    let (who, now, job, case) = (reader.id, app.now(), row.id, row.case_id);
    app.store()
        .write_with(then, move |tx, then| {
            Box::pin(async move {
                if jobs::find_failed_for(tx, who, job).await?.is_none() {
                    return Ok(Again::Gone);
                }
                let what = Traced::MailSettled {
                    again: then.is_some(),
                };
                leave_trace(tx, now, Some(who), case, what).await?;
                match then {
                    Some(then) => jobs::revive(tx, job, now, then.address.as_ref()).await?,
                    None => jobs::complete(tx, job).await?,
                }
                Ok::<_, DeskError>(Again::Queued)
            })
        })
        .await
}

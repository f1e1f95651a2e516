//! Telling people that there is something to read, and never what (R-rule T21).
//!
//! A notice is a job in the queue, stored in the same transaction as what it tells of. Whether it still matters is
//! looked at again when it is sent.

use jiff::Timestamp;
use safehold_core::id::{CaseId, JobId, UserId};
use safehold_seal::{Sealed, random};
use safehold_store::{Tx, jobs};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, keys};

/// The kind of the job that writes to a member of the team.
pub const MEMBER_JOB: &str = "notify_member";
/// The kind of the job that writes to a reporter.
pub const REPORTER_JOB: &str = "notify_reporter";

/// What a member of the team is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// A report came.
    NewReport,
    /// Nobody has opened a report in time.
    Unopened,
    /// A case was brought to them, because it was late or for cover.
    BroughtToYou,
    /// A case was shared with them.
    Shared,
    /// The reporter wrote.
    ReporterWrote,
    /// A case waits for their check.
    CheckAsked,
    /// A target time is near or past.
    Due,
    /// A body outside is to be told, or asked again.
    Outward,
    /// Something in a case was given to them to do.
    Given,
    /// They are invited to join. The link that they need is sealed in the job, and goes with it.
    Invited,
    /// A second person has confirmed them: they can sign in.
    Confirmed,
    /// The team changed, or somebody waits to be confirmed.
    TeamChanged,
    /// A request about what is kept of somebody came, waits for a check, or is due.
    Request,
    /// The recovery key was used or asked for, or its holders are to be asked whether they have their shares.
    Recovery,
}

/// The payload of a job that writes to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberNotice {
    /// To whom.
    pub to: UserId,
    /// What.
    pub notice: Notice,
}

/// Queues a notice to a member of the team: one per event and person.
pub(crate) async fn tell_member(
    tx: &mut Tx,
    to: UserId,
    notice: Notice,
    case: Option<CaseId>,
    at: Timestamp,
) -> Result<(), AppError> {
    let payload =
        serde_json::to_string(&MemberNotice { to, notice }).map_err(|_| AppError::Broken("a notice"))?;
    // While one notice of a kind waits, another for the same case would say nothing more.
    let dedupe = match case {
        Some(case) => Some(format!("{MEMBER_JOB}:{notice:?}:{to}:{case}")),
        None if matches!(notice, Notice::TeamChanged | Notice::Request | Notice::Recovery) => {
            Some(format!("{MEMBER_JOB}:{notice:?}:{to}"))
        }
        None => None,
    };
    enqueue(tx, MEMBER_JOB, payload, None, dedupe, case, at).await
}

/// Queues an invitation with the secret part of its link, which is sealed under the installation's own key and goes
/// when the mail is sent or given up.
pub(crate) async fn tell_invited(
    tx: &mut Tx,
    to: UserId,
    token: &Sealed,
    at: Timestamp,
) -> Result<(), AppError> {
    let notice = Notice::Invited;
    let payload =
        serde_json::to_string(&MemberNotice { to, notice }).map_err(|_| AppError::Broken("a notice"))?;
    enqueue(tx, MEMBER_JOB, payload, Some(token.clone()), None, None, at).await
}

/// Queues a notice to the reporter. The address is sealed under the installation's own key, which is not in the
/// database, and goes when the mail is sent.
pub(crate) async fn tell_reporter(
    tx: &mut Tx,
    address: &Sealed,
    case: CaseId,
    at: Timestamp,
) -> Result<(), AppError> {
    let dedupe = Some(format!("{REPORTER_JOB}:{case}"));
    enqueue(
        tx,
        REPORTER_JOB,
        "{}".to_owned(),
        Some(address.clone()),
        dedupe,
        Some(case),
        at,
    )
    .await
}

/// Seals a reporter's address for the queue.
pub(crate) fn seal_address(app: &App, address: &str) -> Result<Sealed, AppError> {
    Ok(keys::seal(app.keys().sealing(), &keys::notice(), &address)?)
}

/// Opens a reporter's address when the mail is sent.
///
/// # Errors
/// [`AppError`] if it was sealed by another installation.
pub fn open_address(app: &App, sealed: &Sealed) -> Result<String, AppError> {
    Ok(keys::open(app.keys().sealing(), &keys::notice(), sealed)?)
}

async fn enqueue(
    tx: &mut Tx,
    kind: &str,
    payload: String,
    body_sealed: Option<Sealed>,
    dedupe: Option<String>,
    case_id: Option<CaseId>,
    run_at: Timestamp,
) -> Result<(), AppError> {
    let job = jobs::NewJob {
        id: JobId::from_random(random::bytes()),
        kind: kind.to_owned(),
        payload,
        body_sealed,
        dedupe,
        run_at,
        case_id,
    };
    jobs::enqueue(tx, &job).await?;
    Ok(())
}

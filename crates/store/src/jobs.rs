//! The queue: a job is added in the same commit as the change that causes it, and is removed when it is done.

use jiff::Timestamp;
use safehold_core::id::{CaseId, JobId, UserId};
use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, sql, sql_built},
};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// To be run at its time.
    Waiting,
    /// Taken by a runner, until its lease ends.
    Running,
    /// Given up, for somebody to look at.
    Failed,
}

/// A job to add.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Which.
    pub id: JobId,
    /// Its stable name.
    pub kind: String,
    /// JSON that holds ids only.
    pub payload: String,
    /// What more it needs, sealed.
    pub body_sealed: Option<Sealed>,
    /// While a job with this text is there, no other is added.
    pub dedupe: Option<String>,
    /// When to run it.
    pub run_at: Timestamp,
    /// The case it belongs to: it goes with it, and only its readers see it fail.
    pub case_id: Option<CaseId>,
}

/// A job in the queue.
#[derive(Debug, Clone)]
pub struct JobRow {
    /// Which.
    pub id: JobId,
    /// Its stable name.
    pub kind: String,
    /// JSON that holds ids only.
    pub payload: String,
    /// What more it needs, sealed.
    pub body_sealed: Option<Sealed>,
    /// See [`NewJob::dedupe`].
    pub dedupe: Option<String>,
    /// When to run it.
    pub run_at: Timestamp,
    /// How often it was taken.
    pub attempts: i64,
    /// Where it stands.
    pub state: JobState,
    /// Until when its runner has it.
    pub locked_until: Option<Timestamp>,
    /// Why it did not run last time: a kind of error, never what was written.
    pub last_error: Option<String>,
    /// The case it belongs to.
    pub case_id: Option<CaseId>,
}

impl JobState {
    /// The stable name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Failed => "failed",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Waiting, Self::Running, Self::Failed]
            .into_iter()
            .find(|state| state.key() == key)
    }
}

fn read(row: &Row) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        id: row.parsed("id")?,
        kind: row.text("kind")?,
        payload: row.text("payload")?,
        body_sealed: row.maybe_sealed("body_sealed")?,
        dedupe: row.maybe_text("dedupe")?,
        run_at: row.at("run_at")?,
        attempts: row.int("attempts")?,
        state: row.keyed("state", JobState::from_key)?,
        locked_until: row.maybe_at("locked_until")?,
        last_error: row.maybe_text("last_error")?,
        case_id: row.maybe_parsed("case_id")?,
    })
}

/// Adds a job, unless one with the same dedupe text is there.
pub async fn enqueue(tx: &mut Tx, job: &NewJob) -> Result<(), StoreError> {
    tx.add(
        sql(
            "INSERT INTO jobs (id, kind, payload, body_sealed, dedupe, run_at, attempts, state, case_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, 0, 'waiting', $7) ON CONFLICT (dedupe) DO NOTHING",
        )
        .id(job.id)
        .text(&job.kind)
        .text(&job.payload)
        .maybe_sealed(job.body_sealed.as_ref())
        .maybe_text(job.dedupe.as_deref())
        .at(job.run_at)
        .maybe_id(job.case_id),
    )
    .await
}

/// Takes jobs whose time has come, and those whose runner has not come back by the end of its lease.
pub async fn claim_due(
    tx: &mut Tx,
    now: Timestamp,
    locked_until: Timestamp,
    limit: u32,
) -> Result<Vec<JobRow>, StoreError> {
    let mut jobs = tx
        .change_and_list(
            sql(
                "UPDATE jobs SET state = 'running', attempts = attempts + 1, locked_until = $2 WHERE id IN \
                 (SELECT id FROM jobs WHERE (state = 'waiting' AND run_at <= $1) \
                 OR (state = 'running' AND locked_until <= $1) ORDER BY run_at, id LIMIT $3) RETURNING *",
            )
            .at(now)
            .at(locked_until)
            .int(i64::from(limit)),
            read,
        )
        .await?;
    jobs.sort_by_key(|job| (job.run_at, job.id));
    Ok(jobs)
}

/// When the next job is to be looked at, so that a runner can sleep until then.
pub async fn find_next_time(conn: &mut Conn) -> Result<Option<Timestamp>, StoreError> {
    let row = conn
        .find(sql(
            "SELECT MIN(CASE WHEN state = 'running' THEN locked_until ELSE run_at END) AS next_at \
                   FROM jobs WHERE state IN ('waiting', 'running')",
        ))
        .await?;
    row.map_or(Ok(None), |row| row.maybe_at("next_at"))
}

/// It is done, and goes. In the commit with what the job changed, nothing is done twice.
pub async fn complete(tx: &mut Tx, id: JobId) -> Result<(), StoreError> {
    tx.add(sql("DELETE FROM jobs WHERE id = $1").id(id)).await
}

/// It is to be tried again at this time.
pub async fn retry(tx: &mut Tx, id: JobId, run_at: Timestamp, error: &str) -> Result<(), StoreError> {
    tx.add(
        sql("UPDATE jobs SET state = 'waiting', run_at = $2, locked_until = NULL, last_error = $3 WHERE id = $1")
            .id(id)
            .at(run_at)
            .text(error),
    ).await
}

/// It will not be tried again by itself. It stays, for somebody to look at, without what was sealed with it, and the
/// next of its kind is not held up by it.
pub async fn give_up(tx: &mut Tx, id: JobId, error: &str) -> Result<(), StoreError> {
    tx.add(
        sql("UPDATE jobs SET state = 'failed', locked_until = NULL, last_error = $2, dedupe = NULL, body_sealed = NULL \
             WHERE id = $1")
            .id(id)
            .text(error),
    )
    .await
}

/// Which failed jobs a reader may know of: those without a case, and those of cases on their desk.
const FAILED_FOR: &str = "SELECT j.* FROM jobs j WHERE j.state = 'failed' AND (j.case_id IS NULL OR EXISTS \
     (SELECT 1 FROM cases c JOIN key_wraps w ON w.case_id = c.id AND w.epoch = c.epoch \
     WHERE c.id = j.case_id AND w.holder = $1 AND w.standing = 'active'))";

/// Jobs that were given up: those without a case, and those of cases on this reader's desk.
pub async fn list_failed_for(conn: &mut Conn, reader: UserId) -> Result<Vec<JobRow>, StoreError> {
    let text = format!("{FAILED_FOR} ORDER BY j.run_at, j.id LIMIT 200");
    conn.list(sql_built(text).id(reader), read).await
}

/// A job that was given up, if this reader may know of it.
pub async fn find_failed_for(
    conn: &mut Conn,
    reader: UserId,
    id: JobId,
) -> Result<Option<JobRow>, StoreError> {
    let text = format!("{FAILED_FOR} AND j.id = $2");
    let row = conn.find(sql_built(text).id(reader).id(id)).await?;
    row.as_ref().map(read).transpose()
}

/// A job that was given up is to be run after all, as if for the first time, with what it needs sealed anew.
pub async fn revive(
    tx: &mut Tx,
    id: JobId,
    run_at: Timestamp,
    body_sealed: Option<&Sealed>,
) -> Result<(), StoreError> {
    tx.add(
        sql("UPDATE jobs SET state = 'waiting', run_at = $2, attempts = 0, last_error = NULL, body_sealed = $3 \
             WHERE id = $1 AND state = 'failed'")
            .id(id)
            .at(run_at)
            .maybe_sealed(body_sealed),
    )
    .await
}

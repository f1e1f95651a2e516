//! When showing a case needs a new entry in the trace, and when one that stands there says it already.
//!
//! Nothing of a case is shown that the trace does not tell of. One visit is one entry: going on from the case to a
//! form and back, or looking again after an action, adds none.

use jiff::{SignedDuration, Timestamp};
use safehold_core::{
    id::CaseId,
    trace::{TraceEntry, Traced},
};
use safehold_store::{Conn, trace};

use super::Reader;
use crate::AppError;

/// How long an entry stands for what is shown after it.
const VISIT: SignedDuration = SignedDuration::from_mins(30);
/// How far back it is looked for.
const FAR: u32 = 50;

/// Whether the trace says that this reader opened this case: since they signed in, not long ago, and with nothing
/// new in it since then but what they did themselves.
pub(super) async fn is_traced(
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
    now: Timestamp,
) -> Result<bool, AppError> {
    newest_is(conn, reader, case, now, |what| *what == Traced::Opened).await
}

async fn newest_is(
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
    now: Timestamp,
    is_shown: impl Fn(&Traced) -> bool + Send,
) -> Result<bool, AppError> {
    for row in trace::list_newest_of_case(conn, case, FAR).await? {
        let entry: TraceEntry =
            serde_json::from_str(&row.leaf).map_err(|_| AppError::Broken("a trace entry"))?;
        let is_mine = entry.who == Some(reader.id);
        if is_mine && is_shown(&entry.what) {
            return Ok(row.at >= reader.since && now.duration_since(row.at) < VISIT);
        }
        if !is_mine && !only_reads(&entry.what) {
            return Ok(false);
        }
    }
    Ok(false)
}

/// Whether the trace says that lines of this case were shown to this reader, or the whole of it, since they signed in,
/// not long ago, and with nothing new in it since then.
pub(super) async fn is_traced_as_found(
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
    now: Timestamp,
) -> Result<bool, AppError> {
    newest_is(conn, reader, case, now, |what| {
        matches!(what, Traced::Opened | Traced::Found)
    })
    .await
}

/// Whether it added nothing that could be read. What is not known here counts as an addition.
pub(super) fn only_reads(what: &Traced) -> bool {
    matches!(
        what,
        Traced::Opened
            | Traced::Found
            | Traced::FileOpened { .. }
            | Traced::ReporterReturned
            | Traced::Exported
    )
}

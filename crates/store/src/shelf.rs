//! Many cases of one reader at a time, for looking through all that they may open.
//!
//! Each statement begins with the reader's keys, as every list for a person does: what is not on their desk now, with
//! the present key of its case, is in no answer, whoever asks for it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use safehold_core::{
    case::State,
    id::{CaseId, UserId},
};

use crate::{
    cases::{self, CaseRow},
    conn::Conn,
    error::StoreError,
    events::{self, EventRow},
    messages::{self, MessageRow},
    reports::{self, ReportRow},
    statement::{Row, Statement, sql, sql_built},
    wraps::{self, Holder, WrapRow},
};

/// The most cases that are asked for at a time.
pub const MOST: usize = 500;

/// A case on a reader's desk, by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub id: CaseId,
    /// In which state.
    pub state: State,
    /// When it came.
    pub received_at: Timestamp,
}

/// All that is sealed in a case but its files, with the keys of its reader.
#[derive(Debug)]
pub struct SealedCase {
    /// Where it stands.
    pub row: CaseRow,
    /// The reader's keys to it.
    pub wraps: Vec<WrapRow>,
    /// The report.
    pub report: Option<ReportRow>,
    /// What happened, oldest first.
    pub events: Vec<EventRow>,
    /// Messages, oldest first.
    pub messages: Vec<MessageRow>,
}

/// All cases on a reader's desk, newest first.
pub async fn list_held(conn: &mut Conn, reader: UserId) -> Result<Vec<Held>, StoreError> {
    conn.list(
        sql(
            "SELECT c.id, c.state, c.received_at FROM key_wraps w CROSS JOIN cases c \
             WHERE w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 AND w.standing = 'active' \
             ORDER BY c.received_at DESC, c.id DESC",
        )
        .id(reader),
        |row| {
            Ok(Held {
                id: row.parsed("id")?,
                state: row.keyed("state", State::from_key)?,
                received_at: row.at("received_at")?,
            })
        },
    )
    .await
}

/// What is sealed in these cases, of those that are on the reader's desk. At most [`MOST`] are answered.
pub async fn open_many(
    conn: &mut Conn,
    reader: UserId,
    ids: &[CaseId],
) -> Result<Vec<SealedCase>, StoreError> {
    let ids = ids.get(..MOST).unwrap_or(ids);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = conn
        .list(of_cases("c.*", "", "", reader, ids), cases::read)
        .await?;
    let held: Vec<CaseId> = rows.iter().map(|row| row.id).collect();
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let mut wraps = grouped(
        conn.list(
            of_cases(
                "o.*",
                "JOIN key_wraps o ON o.case_id = c.id AND o.holder = w.holder",
                "ORDER BY o.epoch DESC",
                reader,
                &held,
            ),
            wraps::read,
        )
        .await?,
        |wrap| wrap.case_id,
    );
    let mut reports = grouped(
        conn.list(
            of_cases("o.*", "JOIN reports o ON o.case_id = c.id", "", reader, &held),
            reports::read,
        )
        .await?,
        |report| report.case_id,
    );
    let mut events = grouped(
        conn.list(
            of_cases(
                "o.*",
                "JOIN events o ON o.case_id = c.id",
                "ORDER BY o.number, o.at, o.id",
                reader,
                &held,
            ),
            events::read,
        )
        .await?,
        |event| event.case_id,
    );
    let mut messages = grouped(
        conn.list(
            of_cases(
                "o.*",
                "JOIN messages o ON o.case_id = c.id",
                "ORDER BY o.number, o.sent_at, o.id",
                reader,
                &held,
            ),
            messages::read,
        )
        .await?,
        |message| message.case_id,
    );
    Ok(rows
        .into_iter()
        .map(|row| {
            let id = row.id;
            SealedCase {
                row,
                wraps: wraps.remove(&id).unwrap_or_default(),
                report: reports.remove(&id).unwrap_or_default().pop(),
                events: events.remove(&id).unwrap_or_default(),
                messages: messages.remove(&id).unwrap_or_default(),
            }
        })
        // A key that was taken between two of the questions.
        .filter(|case| case.wraps.iter().any(|wrap| wrap.epoch == case.row.epoch))
        .collect())
}

fn grouped<T>(rows: Vec<T>, of: impl Fn(&T) -> CaseId) -> BTreeMap<CaseId, Vec<T>> {
    let mut by_case: BTreeMap<CaseId, Vec<T>> = BTreeMap::new();
    for row in rows {
        by_case.entry(of(&row)).or_default().push(row);
    }
    by_case
}

fn of_cases(columns: &str, join: &str, order: &str, reader: UserId, ids: &[CaseId]) -> Statement {
    let places: Vec<_> = (2..2 + ids.len()).map(|place| format!("${place}")).collect();
    let text = format!(
        "SELECT {columns} FROM cases c JOIN key_wraps w ON w.case_id = c.id AND w.epoch = c.epoch {join} \
         WHERE w.holder = $1 AND w.standing = 'active' AND c.id IN ({}) {order}",
        places.join(", ")
    );
    ids.iter()
        .fold(sql_built(text).id(Holder::User(reader)), |statement, id| {
            statement.id(id)
        })
}

/// A change that is in the trace: of which case, and its entry as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The number of the entry.
    pub seq: u64,
    /// The case.
    pub case_id: CaseId,
    /// The entry.
    pub leaf: String,
}

/// Entries of the trace that belong to a case, after this number, in order: every change of a case leaves one, in the
/// transaction of the change, so that what was read before is known to be old by it. They are for comparing with what
/// a reader has, and not for showing: cases of others are among them.
pub async fn list_changed(conn: &mut Conn, after: u64, limit: u32) -> Result<Vec<Changed>, StoreError> {
    conn.list(
        sql(
            "SELECT seq, case_id, leaf FROM trace_entries WHERE seq > $1 AND case_id IS NOT NULL \
             ORDER BY seq LIMIT $2",
        )
        .int(i64::try_from(after).unwrap_or(i64::MAX))
        .int(i64::from(limit)),
        |row: &Row| {
            Ok(Changed {
                seq: row.count("seq")?,
                case_id: row.parsed("case_id")?,
                leaf: row.text("leaf")?,
            })
        },
    )
    .await
}

//! Cases, as far as they are in clear: where they stand and when what is due.
//!
//! A person sees a case only through a key of theirs: every function that lists or finds cases for a person
//! joins the wraps. What jobs need to reconcile is in [`reconciling`], and holds ids, times and holders only.

pub mod load;
pub mod reconciling;

use jiff::Timestamp;
use safehold_core::{
    case::{Level, State},
    id::{CaseId, UserId, VisitId},
    reference::Reference,
};

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::{Row, Statement, sql},
};

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Which.
    pub id: CaseId,
    /// What people call it.
    pub reference: Reference,
    /// Where it stands.
    pub state: State,
    /// How soon it is looked at, once somebody set that.
    pub level: Option<Level>,
    /// Whether the report spoke of danger now.
    pub urgent: bool,
    /// Who answers for it.
    pub owner_id: Option<UserId>,
    /// Who asked for it to be closed, while that is being checked.
    pub asked_to_close_id: Option<UserId>,
    /// Which of its keys new content is sealed under.
    pub epoch: i64,
    /// The form that it was reported with.
    pub form_digest: String,
    /// When it came.
    pub received_at: Timestamp,
    /// When it was first opened.
    pub opened_at: Option<Timestamp>,
    /// When the reporter was first answered.
    pub acknowledged_at: Option<Timestamp>,
    /// When it was first decided on.
    pub decided_at: Option<Timestamp>,
    /// Since when work on it waits for another body.
    pub paused_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// By when it is to be opened.
    pub due_open_at: Option<Timestamp>,
    /// By when the reporter is to be answered.
    pub due_contact_at: Option<Timestamp>,
    /// By when it is to be decided on.
    pub due_decision_at: Option<Timestamp>,
    /// When it is to be looked at again.
    pub review_at: Option<Timestamp>,
    /// When anything in it last changed.
    pub changed_at: Timestamp,
    /// Goes up by one with each [`save`].
    pub version: i64,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCase {
    /// The case.
    pub case: CaseRow,
    /// How many messages of the reporter nobody at the desk has seen.
    pub unseen_messages: i64,
}

/// Which of a reader's cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// All.
    #[default]
    All,
    /// Those that are worked on.
    Live,
    /// Those that are closed.
    Closed,
}

/// Narrows a list of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CaseFilter {
    /// Worked on, or closed.
    pub which: Which,
    /// In this state only.
    pub state: Option<State>,
    /// That this member answers for.
    pub owner: Option<UserId>,
}

/// Where the page before ended: the time and the id of its last case.
pub type After = (Timestamp, CaseId);

pub(crate) fn read(row: &Row) -> Result<CaseRow, StoreError> {
    Ok(CaseRow {
        id: row.parsed("id")?,
        reference: row.parsed("reference")?,
        state: row.keyed("state", State::from_key)?,
        level: match row.maybe_int("level")? {
            Some(number) => Some(Level::from_number(number).ok_or_else(|| StoreError::unreadable("level"))?),
            None => None,
        },
        urgent: row.flag("urgent")?,
        owner_id: row.maybe_parsed("owner_id")?,
        asked_to_close_id: row.maybe_parsed("asked_to_close_id")?,
        epoch: row.int("epoch")?,
        form_digest: row.text("form_digest")?,
        received_at: row.at("received_at")?,
        opened_at: row.maybe_at("opened_at")?,
        acknowledged_at: row.maybe_at("acknowledged_at")?,
        decided_at: row.maybe_at("decided_at")?,
        paused_at: row.maybe_at("paused_at")?,
        closed_at: row.maybe_at("closed_at")?,
        due_open_at: row.maybe_at("due_open_at")?,
        due_contact_at: row.maybe_at("due_contact_at")?,
        due_decision_at: row.maybe_at("due_decision_at")?,
        review_at: row.maybe_at("review_at")?,
        changed_at: row.at("changed_at")?,
        version: row.int("version")?,
    })
}

/// A page of a reader's cases, newest first.
pub async fn list_for(
    conn: &mut Conn,
    reader: UserId,
    filter: &CaseFilter,
    after: Option<After>,
    limit: u32,
) -> Result<Vec<ListedCase>, StoreError> {
    let select = match filter.which {
        Which::All => LIST,
        Which::Live => LIST_LIVE,
        Which::Closed => LIST_CLOSED,
    };
    let (at, id) = after.map_or((i64::MAX, String::new()), |(at, id)| {
        (at.as_millisecond(), id.to_string())
    });
    conn.list(
        filtered(select, reader, filter)
            .int(at)
            .text(id)
            .int(i64::from(limit)),
        |row| {
            Ok(ListedCase {
                case: read(row)?,
                unseen_messages: row.int("unseen")?,
            })
        },
    )
    .await
}

/// How many cases a reader has.
pub async fn count_for(conn: &mut Conn, reader: UserId, filter: &CaseFilter) -> Result<i64, StoreError> {
    let select = match filter.which {
        Which::All => COUNT,
        Which::Live => COUNT_LIVE,
        Which::Closed => COUNT_CLOSED,
    };
    conn.number(filtered(select, reader, filter)).await
}

// `CROSS JOIN` makes SQLite begin with the reader's keys, so that the time a list takes tells nothing of
// cases that the reader has no key to.
macro_rules! readers_cases {
    ($columns:literal, $which:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM key_wraps w CROSS JOIN cases c \
             WHERE w.case_id = c.id AND w.epoch = c.epoch AND w.holder = $1 AND w.standing = 'active' \
             AND ($2 = '' OR c.state = $2) AND ($3 = '' OR c.owner_id = $3)",
            $which,
            $rest
        )
    };
}

macro_rules! list_of_cases {
    ($which:literal) => {
        readers_cases!(
            "c.*, (SELECT COUNT(*) FROM messages m WHERE m.case_id = c.id AND m.sender = 'reporter' \
             AND m.seen_at IS NULL) AS unseen",
            $which,
            " AND (c.received_at, c.id) < ($4, $5) ORDER BY c.received_at DESC, c.id DESC LIMIT $6"
        )
    };
}

const LIST: &str = list_of_cases!("");
const LIST_LIVE: &str = list_of_cases!(" AND c.closed_at IS NULL");
const LIST_CLOSED: &str = list_of_cases!(" AND c.closed_at IS NOT NULL");
const COUNT: &str = readers_cases!("COUNT(*) AS number", "", "");
const COUNT_LIVE: &str = readers_cases!("COUNT(*) AS number", " AND c.closed_at IS NULL", "");
const COUNT_CLOSED: &str = readers_cases!("COUNT(*) AS number", " AND c.closed_at IS NOT NULL", "");

fn filtered(select: &'static str, reader: UserId, filter: &CaseFilter) -> Statement {
    sql(select)
        .id(reader)
        .text(filter.state.map(State::key).unwrap_or_default())
        .text(filter.owner.map(|id| id.to_string()).unwrap_or_default())
}

/// A case, if it is on this reader's desk.
pub async fn find_for(conn: &mut Conn, reader: UserId, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
    let row = conn.find(sql(readers_case!("c.id")).id(reader).id(id)).await?;
    row.as_ref().map(read).transpose()
}

/// With which form a case was reported, by its digest. Whoever asks holds a key to it, on their desk or not.
pub async fn find_form_digest(conn: &mut Conn, id: CaseId) -> Result<Option<String>, StoreError> {
    let row = conn
        .find(sql("SELECT form_digest FROM cases WHERE id = $1").id(id))
        .await?;
    row.map(|row| row.text("form_digest")).transpose()
}

/// A case by what people call it, if it is on this reader's desk.
pub async fn find_by_reference_for(
    conn: &mut Conn,
    reader: UserId,
    reference: &Reference,
) -> Result<Option<CaseRow>, StoreError> {
    let row = conn
        .find(sql(readers_case!("c.reference")).id(reader).id(reference))
        .await?;
    row.as_ref().map(read).transpose()
}

macro_rules! readers_case {
    ($by:literal) => {
        concat!(
            "SELECT c.* FROM cases c JOIN key_wraps w ON w.case_id = c.id AND w.epoch = c.epoch \
             WHERE w.holder = $1 AND w.standing = 'active' AND ",
            $by,
            " = $2"
        )
    };
}
use readers_case;

/// The case that a visit became.
pub async fn find_for_reporter(conn: &mut Conn, visit_id: VisitId) -> Result<Option<CaseRow>, StoreError> {
    let row = conn
        .find(sql("SELECT c.* FROM cases c JOIN visits v ON v.case_id = c.id WHERE v.id = $1").id(visit_id))
        .await?;
    row.as_ref().map(read).transpose()
}

/// Adds a case.
///
/// # Errors
/// [`StoreError::Conflict`] with `cases.reference` if the reference is taken: draw another.
pub async fn add(tx: &mut Tx, case: &CaseRow) -> Result<(), StoreError> {
    let statement = sql("INSERT INTO cases (id, version, reference, state, level, urgent, owner_id, \
         asked_to_close_id, epoch, opened_at, acknowledged_at, decided_at, paused_at, closed_at, due_open_at, \
         due_contact_at, due_decision_at, review_at, changed_at, form_digest, received_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)")
    .id(case.id)
    .int(case.version)
    .id(&case.reference);
    tx.add(
        changing(statement, case)
            .text(&case.form_digest)
            .at(case.received_at),
    )
    .await
}

/// Saves all of a case that can change, if nobody else did since it was read; answers its new version.
///
/// # Errors
/// [`StoreError::ChangedSince`] otherwise.
pub async fn save(tx: &mut Tx, case: &CaseRow) -> Result<i64, StoreError> {
    let statement = sql(
        "UPDATE cases SET version = version + 1, state = $3, level = $4, urgent = $5, \
         owner_id = $6, asked_to_close_id = $7, epoch = $8, opened_at = $9, acknowledged_at = $10, \
         decided_at = $11, paused_at = $12, closed_at = $13, due_open_at = $14, due_contact_at = $15, \
         due_decision_at = $16, review_at = $17, changed_at = $18 WHERE id = $1 AND version = $2",
    )
    .id(case.id)
    .int(case.version);
    tx.change(changing(statement, case)).await?;
    Ok(case.version + 1)
}

fn changing(statement: Statement, case: &CaseRow) -> Statement {
    statement
        .text(case.state.key())
        .maybe_int(case.level.map(Level::number))
        .flag(case.urgent)
        .maybe_id(case.owner_id)
        .maybe_id(case.asked_to_close_id)
        .int(case.epoch)
        .maybe_at(case.opened_at)
        .maybe_at(case.acknowledged_at)
        .maybe_at(case.decided_at)
        .maybe_at(case.paused_at)
        .maybe_at(case.closed_at)
        .maybe_at(case.due_open_at)
        .maybe_at(case.due_contact_at)
        .maybe_at(case.due_decision_at)
        .maybe_at(case.review_at)
        .at(case.changed_at)
}

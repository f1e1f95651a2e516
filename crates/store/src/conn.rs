//! A connection for reading, and the transaction that a change runs in.

use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use futures_util::TryStreamExt;
use sqlx::{Any, AnyConnection, Either, Executor, pool::PoolConnection};

use crate::{
    dialect::Dialect,
    error::{Fault, StoreError},
    statement::{Row, Statement},
    trace::Frontier,
};

/// A connection to read with. It goes back to its pool when dropped.
pub struct Conn {
    link: Link,
    dialect: Dialect,
    state: State,
    ran: Ran,
}

/// How many statements were run on the connections of one store.
#[derive(Clone, Default)]
pub(crate) struct Ran(Arc<AtomicU64>);

impl Ran {
    fn add(&self, statements: usize) {
        let statements = u64::try_from(statements).unwrap_or(u64::MAX);
        self.0.fetch_add(statements, Ordering::Relaxed);
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A change under way. Only [`crate::Store::write`] makes one.
///
/// Once a statement has not succeeded, nothing more can be done in it and nothing of it will be kept,
/// whatever the change answers: PostgreSQL has it so, and SQLite behaves alike here.
pub struct Tx {
    conn: Conn,
}

enum Link {
    Pooled(PoolConnection<Any>),
    Own(AnyConnection),
}

/// What a connection remembers during one batch of changes.
#[derive(Default)]
struct State {
    in_transaction: bool,
    /// The first error in the present change.
    failed: Option<StoreError>,
    /// Statements that wait for the next trip to the database.
    later: Vec<Later>,
    /// Where among them the present change begins, while nothing but reading has left of it.
    unsent_from: Option<usize>,
    /// The trace as it will be at the commit; `None` until a change in this batch appends to it.
    frontier: Option<Frontier>,
}

/// A statement whose result the change does not wait for.
struct Later {
    statement: Statement,
    expect: Expect,
}

impl Later {
    fn of_writer(statement: Statement) -> Self {
        Self {
            statement,
            expect: Expect::Savepoint,
        }
    }
}

/// What must be true of a statement that was put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    /// That the database takes it.
    Success,
    /// That it changes one row: else somebody else did so first, and the change is undone as
    /// [`StoreError::ChangedSince`].
    OneRow,
    /// It belongs to the writer: that it does not succeed ends the batch and not the change.
    Savepoint,
}

/// The most statements that are put off.
const MOST_LATER: usize = 40;

impl Conn {
    pub(crate) fn pooled(connection: PoolConnection<Any>, dialect: Dialect, ran: Ran) -> Self {
        Self {
            link: Link::Pooled(connection),
            dialect,
            state: State::default(),
            ran,
        }
    }

    pub(crate) fn own(connection: AnyConnection, dialect: Dialect, ran: Ran) -> Self {
        Self {
            link: Link::Own(connection),
            dialect,
            state: State::default(),
            ran,
        }
    }

    /// The connection, if it belongs to no pool.
    pub(crate) fn into_own(self) -> Option<AnyConnection> {
        match self.link {
            Link::Own(connection) => Some(connection),
            Link::Pooled(_) => None,
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn raw(&mut self) -> &mut AnyConnection {
        match &mut self.link {
            Link::Pooled(connection) => connection,
            Link::Own(connection) => connection,
        }
    }

    /// Runs a statement; says how many rows it changed.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<u64, StoreError> {
        self.flush().await?;
        self.state.unsent_from = None;
        self.ran.add(1);
        let result = self.raw().execute(statement.into_query()).await;
        self.seen(result).map(|done| done.rows_affected())
    }

    /// The first row, if there is one.
    pub(crate) async fn find(&mut self, statement: Statement) -> Result<Option<Row>, StoreError> {
        self.flush().await?;
        self.ran.add(1);
        let result = self.raw().fetch_optional(statement.into_query()).await;
        self.seen(result).map(|row| row.map(Row))
    }

    /// All rows. The statement has a limit, or a case cannot have many.
    pub(crate) async fn list<T: Send>(
        &mut self,
        statement: Statement,
        read: impl Fn(&Row) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError> {
        self.flush().await?;
        self.ran.add(1);
        let result: Result<Vec<Row>, _> = self
            .raw()
            .fetch(statement.into_query())
            .map_ok(Row)
            .try_collect()
            .await;
        self.seen(result)?.iter().map(read).collect()
    }

    /// All rows that a statement changed.
    pub(crate) async fn change_and_list<T: Send>(
        &mut self,
        statement: Statement,
        read: impl Fn(&Row) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError> {
        self.state.unsent_from = None;
        self.list(statement, read).await
    }

    /// One number.
    pub(crate) async fn number(&mut self, statement: Statement) -> Result<i64, StoreError> {
        self.find(statement).await?.map_or(Ok(0), |row| row.int("number"))
    }

    /// Runs what was put off. Nothing runs in a change after a statement that did not succeed.
    ///
    /// On SQLite all of it goes to the connection's thread as one text: the way there and back takes longer
    /// than most statements.
    async fn flush(&mut self) -> Result<(), StoreError> {
        if self.state.failed.is_some() {
            let fault = Fault::new("an earlier statement of this change did not succeed");
            return Err(StoreError::Other(fault));
        }
        let later = std::mem::take(&mut self.state.later);
        if later.is_empty() {
            return Ok(());
        }
        // What goes may be only what the writer put there before the change.
        self.state.unsent_from = self
            .state
            .unsent_from
            .and_then(|from| (from == later.len()).then_some(0));
        let expected: Vec<_> = later.iter().map(|later| later.expect).collect();
        self.ran.add(expected.len());
        let statements = later.into_iter().map(|later| later.statement);
        let mut changed = Vec::with_capacity(expected.len());
        let result = match self.dialect {
            Dialect::Sqlite => self.run_joined(statements, &mut changed).await,
            Dialect::Postgres => self.run_each(statements, &mut changed).await,
        };
        let error = match result {
            Ok(()) => {
                let late = expected
                    .iter()
                    .zip(&changed)
                    .any(|(expect, rows)| *expect == Expect::OneRow && *rows != 1);
                late.then_some(StoreError::ChangedSince)
            }
            // The statement that did not succeed is the one after the last that did.
            Err(error) => match (expected.get(changed.len()), StoreError::from(error)) {
                (Some(Expect::Savepoint), StoreError::Other(fault)) => Some(StoreError::Unavailable(fault)),
                (_, error) => Some(error),
            },
        };
        match error {
            None => Ok(()),
            Some(error) => {
                self.state.failed = Some(error.clone());
                Err(error)
            }
        }
    }

    async fn run_joined(
        &mut self,
        statements: impl Iterator<Item = Statement> + Send,
        changed: &mut Vec<u64>,
    ) -> Result<(), sqlx::Error> {
        let query = Statement::joined(statements).into_query();
        let mut results = self.raw().fetch_many(query);
        while let Some(result) = results.try_next().await? {
            if let Either::Left(done) = result {
                changed.push(done.rows_affected());
            }
        }
        Ok(())
    }

    async fn run_each(
        &mut self,
        statements: impl Iterator<Item = Statement> + Send,
        changed: &mut Vec<u64>,
    ) -> Result<(), sqlx::Error> {
        for statement in statements {
            changed.push(self.raw().execute(statement.into_query()).await?.rows_affected());
        }
        Ok(())
    }

    fn seen<T>(&mut self, result: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        result.map_err(|error| {
            let error = StoreError::from(error);
            if self.state.in_transaction {
                self.state.failed.get_or_insert_with(|| error.clone());
            }
            error
        })
    }

    pub(crate) fn frontier(&self) -> Option<&Frontier> {
        self.state.frontier.as_ref()
    }
}

impl Tx {
    pub(crate) fn new(conn: Conn) -> Self {
        Self { conn }
    }

    pub(crate) fn into_conn(self) -> Conn {
        self.conn
    }

    pub(crate) fn set_frontier(&mut self, frontier: Option<Frontier>) {
        self.state.frontier = frontier;
    }

    /// Puts a statement off until the change asks the database something, or ends. An error in it is then
    /// what the change ends with.
    pub(crate) async fn later(&mut self, statement: Statement, expect: Expect) -> Result<(), StoreError> {
        if self.state.later.len() >= MOST_LATER {
            self.flush().await?;
        }
        self.state.later.push(Later { statement, expect });
        Ok(())
    }

    /// Adds what a change adds: see [`Tx::later`].
    pub(crate) async fn add(&mut self, statement: Statement) -> Result<(), StoreError> {
        self.later(statement, Expect::Success).await
    }

    /// Changes one row, if it is still there to change: see [`Tx::later`].
    pub(crate) async fn change(&mut self, statement: Statement) -> Result<(), StoreError> {
        self.later(statement, Expect::OneRow).await
    }

    /// Sends what was put off.
    pub(crate) async fn send_later(&mut self) -> Result<(), StoreError> {
        self.flush().await
    }

    /// Begins a batch, with these statements.
    pub(crate) fn begin_batch(&mut self, statements: impl IntoIterator<Item = Statement>) {
        let later = statements.into_iter().map(|statement| Later {
            statement,
            expect: Expect::Savepoint,
        });
        self.state = State {
            in_transaction: true,
            later: later.collect(),
            ..State::default()
        };
    }

    /// Begins a change, with a savepoint if what it does may have to be undone by itself.
    pub(crate) fn begin_change(&mut self, savepoint: Option<Statement>) {
        self.state.unsent_from = Some(self.state.later.len());
        self.state.later.extend(savepoint.map(Later::of_writer));
    }

    /// Ends a change that is kept, with what releases its savepoint.
    pub(crate) fn end_change(&mut self, release: Option<Statement>) {
        self.state.unsent_from = None;
        self.state.later.extend(release.map(Later::of_writer));
    }

    /// Forgets what is left of a change that is not kept: the error in it, and what was put off. Answers
    /// whether it may have changed something in the database, which has to be undone there.
    pub(crate) fn drop_change(&mut self) -> bool {
        let failed = self.state.failed.take().is_some();
        let Some(from) = self.state.unsent_from.take() else {
            self.state.later.clear();
            return true;
        };
        self.state.later.truncate(from);
        failed
    }

    /// The error that ended the present change.
    pub(crate) fn failed(&self) -> Option<&StoreError> {
        self.state.failed.as_ref()
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl std::fmt::Debug for Conn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Conn({:?})", self.dialect)
    }
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tx({:?})", self.dialect)
    }
}

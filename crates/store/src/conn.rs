//! A connection for reading, and the transaction that a change runs in.

use std::ops::{Deref, DerefMut};

use futures_util::TryStreamExt;
use sqlx::{Any, AnyConnection, Executor, pool::PoolConnection};

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
}

/// A change under way. Only [`crate::Store::write`] makes one.
///
/// Once a statement has not succeeded, nothing more can be done in it and nothing of it will be kept, whatever the
/// change answers: PostgreSQL has it so, and SQLite behaves alike here.
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
    /// The trace as it will be at the commit; `None` until a change in this batch appends to it.
    frontier: Option<Frontier>,
}

impl Conn {
    pub(crate) fn pooled(connection: PoolConnection<Any>, dialect: Dialect) -> Self {
        Self {
            link: Link::Pooled(connection),
            dialect,
            state: State::default(),
        }
    }

    pub(crate) fn own(connection: AnyConnection, dialect: Dialect) -> Self {
        Self {
            link: Link::Own(connection),
            dialect,
            state: State::default(),
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
        self.check()?;
        let result = self.raw().execute(statement.0).await;
        self.seen(result).map(|done| done.rows_affected())
    }

    /// The first row, if there is one.
    pub(crate) async fn find(&mut self, statement: Statement) -> Result<Option<Row>, StoreError> {
        self.check()?;
        let result = self.raw().fetch_optional(statement.0).await;
        self.seen(result).map(|row| row.map(Row))
    }

    /// All rows. The statement has a limit, or a case cannot have many.
    pub(crate) async fn list<T>(
        &mut self,
        statement: Statement,
        read: impl Fn(&Row) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError>
    where
        T: Send,
    {
        self.check()?;
        let result: Result<Vec<Row>, _> = self.raw().fetch(statement.0).map_ok(Row).try_collect().await;
        self.seen(result)?.iter().map(read).collect()
    }

    /// One number.
    pub(crate) async fn number(&mut self, statement: Statement) -> Result<i64, StoreError> {
        self.find(statement).await?.map_or(Ok(0), |row| row.int("number"))
    }

    fn check(&self) -> Result<(), StoreError> {
        match &self.state.failed {
            Some(_) => Err(StoreError::Other(Fault::new(
                "an earlier statement of this change did not succeed",
            ))),
            None => Ok(()),
        }
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

    /// The error that ended the present change, taken so that the next can begin.
    pub(crate) fn take_failed(&mut self) -> Option<StoreError> {
        self.state.failed.take()
    }

    pub(crate) fn begin_batch(&mut self) {
        self.state = State {
            in_transaction: true,
            ..State::default()
        };
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

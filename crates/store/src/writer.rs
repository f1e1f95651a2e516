//! The one writer of a process: it takes every change that waits, runs them in one transaction, commits once,
//! and only then answers.
//!
//! A disk takes a few hundred flushes a second, and a flush is what makes a change durable. Shared flushes
//! let thousands of changes a second be durable, each as good as if it had been alone.
//!
//! A change that does not succeed must take back what it did, and nothing else. Most of those have only read
//! by then. If one has not, the batch is rolled back and runs again with each change in a savepoint.
//! Savepoints in every batch would copy each page that each change touches.

use std::{io, panic::AssertUnwindSafe, thread, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{AnyConnection, Executor};
use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot},
    time::{Instant, sleep, timeout},
};

use crate::{
    conn::{Conn, Tx},
    error::{Fault, StoreError},
    statement::sql,
    store::{self, Address},
    trace,
};

/// How many changes may wait. Each holds its own data already, so this bounds the queue and not the memory;
/// further callers wait for a place.
pub(crate) const QUEUE: usize = 256;

/// The most changes in one commit.
const MOST: usize = 256;

/// No change is added to a batch that has taken this long, so that the first in it does not wait for the
/// last.
const LONGEST: Duration = Duration::from_millis(25);

/// A single change that takes longer is given up, since all others wait for it. Changes talk to nothing but
/// the database.
const PATIENCE: Duration = Duration::from_secs(30);

/// When nothing has come for so long, the database is tidied.
const IDLE: Duration = Duration::from_secs(5);

/// How often a batch is run anew after a deadlock or a lost connection.
const ATTEMPTS: u32 = 4;

/// A change in the queue.
pub(crate) trait Change: Send {
    /// Runs it, again if need be, and keeps its result. Answers whether it should be kept.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, bool>;
    /// Replaces its result.
    fn fail(&mut self, error: StoreError);
    /// Tells the caller.
    fn answer(self: Box<Self>);
}

/// A change with what it works on.
pub(crate) struct Work<A, F, T, E> {
    pub(crate) given: A,
    pub(crate) run: F,
    pub(crate) result: Option<Result<T, E>>,
    pub(crate) caller: oneshot::Sender<Result<T, E>>,
}

impl<A, F, T, E> Change for Work<A, F, T, E>
where
    A: Send + Sync,
    F: for<'t> Fn(&'t mut Tx, &'t A) -> BoxFuture<'t, Result<T, E>> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let result = (self.run)(tx, &self.given).await;
            let keep = result.is_ok();
            self.result = Some(result);
            keep
        })
    }

    fn fail(&mut self, error: StoreError) {
        self.result = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>) {
        if let Some(result) = self.result {
            // A caller that has gone (a person closed the page) changes nothing about the change.
            let _ = self.caller.send(result);
        }
    }
}

/// How a batch ended, if not well.
enum Ended {
    /// It was rolled back for a change that has to be undone, and is to run again with savepoints.
    Undone,
    /// It can be run anew: nothing of it was committed.
    Again(StoreError),
    /// It cannot: the commit itself did not succeed.
    Lost(StoreError),
}

pub(crate) struct Writer {
    address: Address,
    queue: mpsc::Receiver<Box<dyn Change>>,
    tx: Option<Tx>,
}

impl Writer {
    pub(crate) fn new(
        address: Address,
        connection: AnyConnection,
        queue: mpsc::Receiver<Box<dyn Change>>,
    ) -> Self {
        let tx = Tx::new(Conn::own(connection, address.dialect, address.ran.clone()));
        Self {
            address,
            queue,
            tx: Some(tx),
        }
    }

    /// Starts it on a thread of its own, inside the present Tokio runtime; answers with what tells of its
    /// end.
    ///
    /// It goes back and forth with SQLite's thread for each change, and among a runtime's other tasks each of
    /// these ways would take several times as long.
    pub(crate) fn start(self) -> io::Result<oneshot::Receiver<()>> {
        let (ended, end) = oneshot::channel();
        let runtime = Handle::current();
        thread::Builder::new()
            .name("safehold-writer".to_owned())
            .spawn(move || {
                runtime.block_on(self.run());
                let _ = ended.send(());
            })?;
        Ok(end)
    }

    /// Works until the store is closed and the queue is empty.
    async fn run(mut self) {
        let mut is_tidy = true;
        loop {
            let first = match timeout(IDLE, self.queue.recv()).await {
                Ok(Some(first)) => first,
                Ok(None) => break,
                Err(_) if is_tidy => match self.queue.recv().await {
                    Some(first) => first,
                    None => break,
                },
                Err(_) => {
                    self.tidy().await;
                    is_tidy = true;
                    continue;
                }
            };
            self.commit(vec![first]).await;
            is_tidy = false;
        }
        if let Some(tx) = self.tx.take() {
            tx.close().await;
        }
    }

    async fn tidy(&mut self) {
        let Some(mut tx) = self.tx.take() else { return };
        tx.begin_batch([]);
        for statement in self.address.dialect.idle() {
            if let Err(error) = tx.execute(sql(statement)).await {
                // The next change makes a new connection.
                tracing::warn!(error = %Chain(&error), "The database could not be tidied");
                return;
            }
        }
        self.tx = Some(tx);
    }

    async fn commit(&mut self, mut batch: Vec<Box<dyn Change>>) {
        let mut attempt = 0;
        let mut savepoints = false;
        let lost = loop {
            match self.attempt(&mut batch, savepoints).await {
                Ok(()) => break None,
                Err(Ended::Undone) => savepoints = true,
                Err(Ended::Again(error)) => {
                    attempt += 1;
                    tracing::warn!(attempt, error = %Chain(&error), "A batch of changes has to run again");
                    if attempt == ATTEMPTS {
                        break Some(error);
                    }
                    sleep(Duration::from_millis(10 << attempt)).await;
                }
                Err(Ended::Lost(error)) => {
                    tracing::error!(error = %Chain(&error), "A batch of changes was not committed");
                    break Some(error);
                }
            }
        };
        for mut change in batch {
            if let Some(error) = &lost {
                change.fail(error.clone());
            }
            change.answer();
        }
    }

    /// Runs a batch, taking in more while it works, and commits it. The connection goes if anything goes
    /// wrong with the batch as a whole; the next attempt makes a new one.
    async fn attempt(&mut self, batch: &mut Vec<Box<dyn Change>>, savepoints: bool) -> Result<(), Ended> {
        let mut tx = match self.tx.take() {
            Some(tx) => tx,
            None => connect(&self.address).await.map_err(Ended::Again)?,
        };
        tx.begin_batch(
            self.address
                .dialect
                .begin()
                .iter()
                .map(|statement| sql(statement)),
        );
        let began = Instant::now();
        let mut next = 0;
        loop {
            if let Some(change) = batch.get_mut(next) {
                match one(&mut tx, change.as_mut(), savepoints).await? {
                    After::GoOn => next += 1,
                    After::Undo => {
                        tx.execute(sql("ROLLBACK")).await.map_err(Ended::Again)?;
                        self.tx = Some(tx);
                        return if batch.len() == 1 {
                            Ok(())
                        } else {
                            Err(Ended::Undone)
                        };
                    }
                    After::GaveUp => {
                        // Its statement may still be under way on this connection, so the others start
                        // afresh.
                        batch.remove(next).answer();
                        return if batch.is_empty() {
                            Ok(())
                        } else {
                            Err(Ended::Again(gave_up()))
                        };
                    }
                }
            } else if batch.len() < MOST && began.elapsed() < LONGEST {
                match self.queue.try_recv() {
                    Ok(change) => batch.push(change),
                    Err(_) => break,
                }
            } else {
                break;
            }
        }
        trace::flush(&mut tx).await.map_err(Ended::Again)?;
        tx.send_later().await.map_err(Ended::Again)?;
        tx.execute(sql("COMMIT")).await.map_err(Ended::Lost)?;
        self.tx = Some(tx);
        Ok(())
    }
}

async fn connect(address: &Address) -> Result<Tx, StoreError> {
    let connection = store::connect(address).await?;
    Ok(Tx::new(Conn::own(
        connection,
        address.dialect,
        address.ran.clone(),
    )))
}

/// What is to be done after a change has run.
enum After {
    /// The next.
    GoOn,
    /// It is not kept, and what it did can only be undone with the whole batch.
    Undo,
    /// It panicked or took too long.
    GaveUp,
}

async fn one(tx: &mut Tx, change: &mut dyn Change, savepoint: bool) -> Result<After, Ended> {
    let frontier = tx.frontier().cloned();
    tx.begin_change(savepoint.then(|| sql("SAVEPOINT one")));
    let run = AssertUnwindSafe(timeout(PATIENCE, run(tx, change)))
        .catch_unwind()
        .await;
    let Ok(Ok(keep)) = run else {
        tracing::error!("A change panicked or took too long");
        change.fail(gave_up());
        return Ok(After::GaveUp);
    };
    match tx.failed() {
        Some(error @ StoreError::Unavailable(_)) => return Err(Ended::Again(error.clone())),
        // An error in what was put off, or one that it passed over: there is nothing to commit.
        Some(error) if keep => change.fail(error.clone()),
        None if keep => {
            tx.end_change(savepoint.then(|| sql("RELEASE SAVEPOINT one")));
            return Ok(After::GoOn);
        }
        _ => {}
    }
    tx.set_frontier(frontier);
    if !tx.drop_change() {
        return Ok(After::GoOn);
    }
    if !savepoint {
        return Ok(After::Undo);
    }
    tx.execute(sql("ROLLBACK TO SAVEPOINT one"))
        .await
        .map_err(Ended::Again)?;
    tx.execute(sql("RELEASE SAVEPOINT one"))
        .await
        .map_err(Ended::Again)?;
    Ok(After::GoOn)
}

/// Runs a change to its very end; says whether it wants to be kept.
async fn run(tx: &mut Tx, change: &mut dyn Change) -> bool {
    let keep = change.run(tx).await;
    if keep {
        // An error stays with the transaction.
        let _ = tx.send_later().await;
    }
    keep
}

fn gave_up() -> StoreError {
    StoreError::Other(Fault::new("the change panicked or took too long"))
}

impl Tx {
    /// Closes the connection in an orderly way, so that SQLite tidies its write-ahead log.
    async fn close(self) {
        self.into_conn().close().await;
    }
}

/// An error with its sources, on one line.
struct Chain<'a>(&'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

/// Only for what has no parameters: settings of a connection.
pub(crate) async fn set(connection: &mut AnyConnection, text: &'static str) -> Result<(), StoreError> {
    connection.execute(sql(text).into_query()).await?;
    Ok(())
}

//! Opening a database, reading from it, and handing changes to its writer.

use std::{
    fs::OpenOptions,
    io,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::future::BoxFuture;
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, any::AnyConnectOptions, any::AnyPoolOptions};
use tokio::{
    sync::{mpsc, oneshot},
    time::sleep,
};

use crate::{
    conn::{Conn, Ran, Tx},
    dialect::{self, Dialect},
    error::{BackupError, Fault, OpenError, StoreError},
    migrate,
    statement::sql,
    writer::{self, Change, QUEUE, Work, Writer},
};

/// Where the database is.
#[derive(Clone)]
pub struct StoreConfig {
    /// `sqlite://path/to/file` or `postgres://user@host/database`.
    pub url: String,
    /// The most connections for reading at a time.
    pub readers: u32,
}

/// How a database keeps what it acknowledges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durability {
    /// SQLite: what `PRAGMA journal_mode` says. PostgreSQL: `wal`.
    pub journal_mode: String,
    /// SQLite: `off`, `normal`, `full` or `extra`. PostgreSQL: what `synchronous_commit` says.
    pub synchronous: String,
    /// Whether the database waits for the disk at all. PostgreSQL: what `fsync` says.
    pub waits_for_disk: bool,
}

/// An open database: a pool of connections to read with, and one writer.
///
/// Clones share both. The writer stops when the last clone is dropped, or by [`Store::quiesce`].
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    address: Address,
    readers: AnyPool,
    queue: Mutex<Option<mpsc::Sender<Box<dyn Change>>>>,
    writer: tokio::sync::Mutex<Option<oneshot::Receiver<()>>>,
}

/// What is needed to connect.
#[derive(Clone)]
pub(crate) struct Address {
    pub(crate) dialect: Dialect,
    pub(crate) ran: Ran,
    options: AnyConnectOptions,
}

impl StoreConfig {
    /// A database with the usual number of readers.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            readers: 4,
        }
    }
}

impl Store {
    /// Opens a database, makes it if it is a SQLite file that is missing (readable by nobody else), and
    /// brings it up to date. Must be called inside a Tokio runtime, which then also runs the writer.
    pub async fn open(config: &StoreConfig) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let address = Address::read(&config.url)?;
        let mut connection = connect_patiently(&address).await.map_err(OpenError::Connect)?;
        migrate::run(&mut connection, address.dialect)
            .await
            .map_err(OpenError::Migrate)?;

        let mut conn = Conn::own(connection, address.dialect, address.ran.clone());
        let durability = Durability::of(&mut conn).await.map_err(OpenError::Connect)?;
        if !durability.is_durable() {
            let Durability {
                journal_mode,
                synchronous,
                ..
            } = durability;
            return Err(OpenError::NotDurable {
                journal_mode,
                synchronous,
            });
        }
        let Some(connection) = conn.into_own() else {
            return Err(OpenError::Connect(StoreError::closed()));
        };

        let readers = readers(&address, config.readers);
        let (sender, receiver) = mpsc::channel(QUEUE);
        let writer = Writer::new(address.clone(), connection, receiver);
        let writer = writer.start().map_err(OpenError::Thread)?;
        Ok(Self {
            inner: Arc::new(Inner {
                address,
                readers,
                queue: Mutex::new(Some(sender)),
                writer: tokio::sync::Mutex::new(Some(writer)),
            }),
        })
    }

    /// A connection to read with. Hold it for a short time: there are only a few.
    ///
    /// Each statement sees all that was committed before it.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        let connection = self.inner.readers.acquire().await?;
        let Address { dialect, ran, .. } = &self.inner.address;
        Ok(Conn::pooled(connection, *dialect, ran.clone()))
    }

    /// Changes something, all of it or nothing, and answers when it is durable.
    ///
    /// The change runs inside the writer, in one transaction with others that wait: it sees what those before
    /// it did, nothing runs beside it, and an error undoes its own work only. It may run more than once
    /// (after a deadlock or a lost connection), so it clones what it consumes, or see [`Store::write_with`].
    /// It must not wait for anything but the database, and once a statement did not succeed, no later one of
    /// this change will.
    ///
    /// If the caller goes away, a change that was queued still happens, wholly.
    ///
    /// ```ignore
    /// let id = store.write(move |tx| {
    ///     let case = case.clone();
    ///     Box::pin(async move {
    ///         cases::add(tx, &case).await?;
    ///         Ok::<_, SubmitReportError>(case.id)
    ///     })
    /// }).await?;
    /// ```
    pub async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.queue(change, |tx, change: &F| change(tx)).await
    }

    /// As [`Store::write`], with what the change works on lent to it, so that nothing needs to be cloned.
    ///
    /// ```ignore
    /// store.write_with((case, report), |tx, (case, report)| Box::pin(async move {
    ///     cases::add(tx, case).await?;
    ///     reports::add(tx, report).await?;
    ///     Ok::<_, SubmitReportError>(())
    /// })).await?;
    /// ```
    pub async fn write_with<A, T, E, F>(&self, given: A, change: F) -> Result<T, E>
    where
        A: Send + Sync + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t A) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.queue(given, change).await
    }

    async fn queue<A, F, T, E>(&self, given: A, run: F) -> Result<T, E>
    where
        Work<A, F, T, E>: Change + 'static,
        E: From<StoreError>,
    {
        let (caller, answer) = oneshot::channel();
        let work = Work {
            given,
            run,
            result: None,
            caller,
        };
        let sender = self.sender().ok_or_else(StoreError::closed)?;
        sender
            .send(Box::new(work))
            .await
            .map_err(|_| StoreError::closed())?;
        drop(sender);
        answer.await.map_err(|_| StoreError::closed())?
    }

    fn sender(&self) -> Option<mpsc::Sender<Box<dyn Change>>> {
        self.inner
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes no more changes, commits those that wait, and closes every connection. Reading ends too.
    pub async fn quiesce(&self) {
        drop(
            self.inner
                .queue
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        if let Some(writer) = self.inner.writer.lock().await.take()
            && writer.await.is_err()
        {
            tracing::error!("The writer of the database panicked");
        }
        self.inner.readers.close().await;
    }

    /// How the connection that commits keeps what it acknowledges, asked of that very connection.
    pub async fn durability(&self) -> Result<Durability, StoreError> {
        self.write(|tx| Box::pin(Durability::of(tx))).await
    }

    /// Writes a whole, compact copy of a SQLite database to a new file that nobody else can read, while
    /// everything goes on.
    pub async fn backup_to(&self, path: &Path) -> Result<(), BackupError> {
        if self.inner.address.dialect == Dialect::Postgres {
            return Err(BackupError::Postgres);
        }
        make_private(path).map_err(BackupError::File)?;
        let path = path
            .to_str()
            .ok_or_else(|| BackupError::File(io::ErrorKind::InvalidFilename.into()))?;
        let connection = connect(&self.inner.address).await.map_err(BackupError::Store)?;
        let mut conn = Conn::own(connection, Dialect::Sqlite, self.inner.address.ran.clone());
        let copied = conn.execute(sql("VACUUM INTO $1").text(path)).await;
        conn.close().await;
        copied.map(drop).map_err(BackupError::Store)
    }

    /// How many statements were run since the store was opened: tests compare what has to be the same work.
    pub fn statements(&self) -> u64 {
        self.inner.address.ran.count()
    }

    /// Whether this is SQLite, so that [`Store::backup_to`] can be offered.
    pub fn is_sqlite(&self) -> bool {
        self.inner.address.dialect == Dialect::Sqlite
    }
}

impl Durability {
    /// Asks a connection.
    pub async fn of(conn: &mut Conn) -> Result<Self, StoreError> {
        if conn.dialect() == Dialect::Postgres {
            let row = conn
                .find(sql(
                    "SELECT current_setting('synchronous_commit') AS synchronous, \
                           current_setting('fsync') AS waits",
                ))
                .await?
                .ok_or_else(|| StoreError::unreadable("synchronous"))?;
            return Ok(Self {
                journal_mode: "wal".to_owned(),
                synchronous: row.text("synchronous")?,
                waits_for_disk: row.text("waits")? == "on",
            });
        }
        let journal = conn.find(sql("PRAGMA journal_mode")).await?;
        let journal = journal.ok_or_else(|| StoreError::unreadable("journal_mode"))?;
        let synchronous = conn.find(sql("PRAGMA synchronous")).await?;
        let synchronous = synchronous
            .ok_or_else(|| StoreError::unreadable("synchronous"))?
            .int("synchronous")?;
        Ok(Self {
            journal_mode: journal.text("journal_mode")?,
            synchronous: match synchronous {
                0 => "off",
                1 => "normal",
                2 => "full",
                _ => "extra",
            }
            .to_owned(),
            waits_for_disk: synchronous > 0,
        })
    }

    /// Whether what was acknowledged outlives a loss of power. The setting `fsync` of a PostgreSQL server is
    /// its operator's, and is looked at separately.
    pub fn is_durable(&self) -> bool {
        self.journal_mode == "wal" && !matches!(self.synchronous.as_str(), "off" | "normal" | "local")
    }
}

impl Address {
    fn read(url: &str) -> Result<Self, OpenError> {
        let dialect = Dialect::of(url)?;
        let url = match dialect {
            Dialect::Postgres => url.to_owned(),
            Dialect::Sqlite => {
                let file = dialect::sqlite_file(url)?;
                match make_private(&file) {
                    Ok(()) => {}
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(OpenError::File(error)),
                }
                dialect::sqlite_url(&file)
            }
        };
        let options = url
            .parse::<AnyConnectOptions>()
            .map_err(|error| OpenError::Connect(error.into()))?;
        Ok(Self {
            dialect,
            ran: Ran::default(),
            options,
        })
    }
}

/// Makes an empty file that only its owner can read. SQLite gives its companions the same permissions.
fn make_private(path: &Path) -> io::Result<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map(drop)
}

/// A connection that may write.
pub(crate) async fn connect(address: &Address) -> Result<AnyConnection, StoreError> {
    let mut connection = address.options.connect().await?;
    for setting in address.dialect.settings(true) {
        writer::set(&mut connection, setting).await?;
    }
    Ok(connection)
}

/// Two processes that open a new SQLite file at once see each other's lock while it is made.
async fn connect_patiently(address: &Address) -> Result<AnyConnection, StoreError> {
    for attempt in 0..4 {
        match connect(address).await {
            Err(StoreError::Unavailable(_)) if address.dialect == Dialect::Sqlite => {
                sleep(Duration::from_millis(20 << attempt)).await;
            }
            result => return result,
        }
    }
    connect(address).await
}

fn readers(address: &Address, most: u32) -> AnyPool {
    let dialect = address.dialect;
    AnyPoolOptions::new()
        .max_connections(most.max(1))
        .acquire_timeout(Duration::from_secs(10))
        .idle_timeout(Duration::from_mins(5))
        // SQLite is in this process: asking whether it is still there would only cost time.
        .test_before_acquire(dialect == Dialect::Postgres)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for setting in dialect.settings(false) {
                    sqlx::query(setting).execute(&mut *connection).await?;
                }
                Ok(())
            })
        })
        .connect_lazy_with(address.options.clone())
}

impl Conn {
    /// Closes a connection that belongs to no pool.
    pub(crate) async fn close(self) {
        if let Some(connection) = self.into_own()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(error = %Fault::from_driver(&error), "A database connection did not close well");
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({:?})", self.inner.address.dialect)
    }
}

impl std::fmt::Debug for StoreConfig {
    /// Without the address, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoreConfig {{ readers: {} }}", self.readers)
    }
}

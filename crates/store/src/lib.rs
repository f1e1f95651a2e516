//! One set of repositories over SQLite and PostgreSQL.
//!
//! - [`Store`] opens a database, hands out connections for reading, and queues changes to one writer that commits
//!   many of them at once.
//! - The modules named for tables hold free functions: those that read take `&mut Conn`, those that change take
//!   `&mut Tx`, and a `&mut Tx` can be passed wherever a `&mut Conn` is asked for.
//! - What differs between the two databases is in `dialect.rs`, and nowhere else.
//!
//! Free text reaches this crate only as [`safehold_seal::Sealed`]; nothing here can open it.

mod conn;
mod dialect;
mod error;
mod migrate;
mod statement;
mod store;
mod writer;

pub mod absences;
pub mod cases;
pub mod dues;
pub mod duties;
pub mod ends;
pub mod erasure;
pub mod events;
pub mod files;
pub mod forms;
pub mod invitations;
pub mod jobs;
pub mod messages;
pub mod passkeys;
pub mod patterns;
pub mod recovery;
pub mod reminders;
pub mod reports;
pub mod requests;
pub mod reviews;
pub mod sessions;
pub mod settings;
pub mod shelf;
pub mod statements;
pub mod taken_down;
pub mod trace;
pub mod users;
pub mod visits;
pub mod wraps;

pub use conn::{Conn, Tx};
pub use error::{BackupError, Fault, OpenError, StoreError};
pub use store::{Durability, Store, StoreConfig};

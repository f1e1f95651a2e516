//! The desk: what a member of the team sees and does.
//!
//! Everything begins with [`unlock`]: without a key in active standing a case does not exist for a reader.

mod act;
mod circle;
pub mod duties;
pub mod export;
mod file;
mod list;
mod open;
pub mod record;
pub mod retention;
mod visit;
mod write;

use safehold_core::{
    id::{CaseId, UserId},
    roster::Role,
};
use safehold_seal::{OpenError, ReaderSecret};
use safehold_store::{
    Conn, StoreError, cases,
    wraps::{self, Holder},
};

pub use act::{ActError, act};
pub use circle::{CircleError, declare_conflict, exclude, share};
pub use file::{OpenedFile, Version, open_file};
pub use list::{CaseLine, Desk, list};
pub use open::{BeforeOpening, CaseOpened, Entry, OpenedCase, open};
pub use write::{new_message_id, write};

pub use safehold_store::cases::{After, CaseFilter, CaseRow, Which};

pub(crate) use circle::wraps_for;
pub(crate) use duties::chase;
pub(crate) use open::{conflict, content};

use crate::{App, AppError, keys::CaseKeys};

/// Lets an error that has a variant `Desk` for a [`DeskError`] be made by `?` from all that a [`DeskError`] is made
/// from.
macro_rules! from_what_desk_errors_hold {
    ($error:ident) => {
        impl From<safehold_store::StoreError> for $error {
            fn from(error: safehold_store::StoreError) -> Self {
                Self::Desk(error.into())
            }
        }

        impl From<$crate::AppError> for $error {
            fn from(error: $crate::AppError) -> Self {
                Self::Desk(error.into())
            }
        }

        impl From<safehold_seal::OpenError> for $error {
            fn from(error: safehold_seal::OpenError) -> Self {
                Self::Desk(error.into())
            }
        }
    };
}
pub(crate) use from_what_desk_errors_hold;

/// Somebody who is signed in, with their key.
pub struct Reader {
    /// Who.
    pub id: UserId,
    /// In which role.
    pub role: Role,
    /// By which name.
    pub name: String,
    /// Since when they are signed in.
    pub(crate) since: jiff::Timestamp,
    /// When they last proved who they are (see [`crate::sessions`]).
    pub(crate) proven_at: jiff::Timestamp,
    pub(crate) secret: ReaderSecret,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("id", &self.id)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// Why something at the desk was not done.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is no such case for this reader. It is the same whether it does not exist or is not theirs.
    #[error("there is no such case on this desk")]
    NotFound,
    /// Their role does not do this.
    #[error("this role does not do this")]
    Role,
    /// Somebody changed the case meanwhile. What was typed is kept.
    #[error("the case changed since it was shown")]
    Changed,
    /// The text is empty.
    #[error("nothing was written")]
    Empty,
    /// The text is too long.
    #[error("the text is too long")]
    TooLong,
    /// Anything else.
    #[error(transparent)]
    App(AppError),
}

impl From<AppError> for DeskError {
    /// The database may answer late, when the next step of an action asks it something.
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => error.into(),
            other => Self::App(other),
        }
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::ChangedSince => Self::Changed,
            other => Self::App(AppError::Store(other)),
        }
    }
}

impl From<OpenError> for DeskError {
    fn from(error: OpenError) -> Self {
        Self::App(error.into())
    }
}

/// A case with the keys of one of its readers.
pub(crate) struct Unlocked {
    pub(crate) row: CaseRow,
    pub(crate) keys: CaseKeys,
}

pub(crate) async fn unlock(conn: &mut Conn, reader: &Reader, case: CaseId) -> Result<Unlocked, DeskError> {
    let row = cases::find_for(conn, reader.id, case)
        .await?
        .ok_or(DeskError::NotFound)?;
    let wraps = wraps::list_of(conn, case, Holder::User(reader.id)).await?;
    let keys = CaseKeys::unwrap(case, &reader.secret, &wraps)?;
    Ok(Unlocked { row, keys })
}

/// A case on this reader's desk by where it stands, without opening anything that is sealed.
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk, for whatever reason.
pub async fn find(app: &App, reader: &Reader, case: CaseId) -> Result<CaseRow, DeskError> {
    let mut conn = app.store().read().await?;
    cases::find_for(&mut conn, reader.id, case)
        .await?
        .ok_or(DeskError::NotFound)
}

//! The desk: what a member of the team sees and does.
//!
//! Everything begins with [`unlock`]: without a key in active standing a case does not exist for a reader.

mod act;
mod circle;
pub mod duties;
mod ended;
pub mod export;
mod file;
mod list;
mod open;
pub mod pattern;
pub mod record;
mod renew;
pub mod requests;
pub mod retention;
mod review;
pub mod search;
pub mod stay_away;
mod visit;
mod write;

use safehold_core::{
    access::{self, Area, Part},
    id::{CaseId, UserId},
    recipients::Standing,
    roster::Role,
};
use safehold_seal::{OpenError, ReaderSecret};
use safehold_store::{
    Conn, StoreError, cases, users,
    wraps::{self, Holder},
};

pub use act::{ActError, act};
pub use circle::{CircleError, declare_conflict, exclude, share};
pub use ended::{Quarter, ended};
pub use file::{OpenedFile, Version, open_file};
pub use list::{CaseLine, Desk, list};
pub use open::{BeforeOpening, CaseOpened, Entry, OpenedCase, open};
pub use review::{AnswerError, ReviewAsked, ReviewLine, answer, waiting};
pub use write::{new_message_id, write};

pub use safehold_store::cases::{After, CaseFilter, CaseRow, Which};

pub(crate) use circle::{recipients, wraps_for};
pub(crate) use duties::chase;
pub(crate) use open::{Content, conflict, content};

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
    /// By what their session is known: what is kept in memory for it goes with it.
    pub(crate) session: [u8; 32],
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
    Ok(unlock_read(row, &wraps, &reader.secret)?)
}

/// The same for a case and its keys that were read together, by a statement that begins with the reader's keys.
pub(crate) fn unlock_read(
    row: CaseRow,
    wraps: &[wraps::WrapRow],
    secret: &ReaderSecret,
) -> Result<Unlocked, OpenError> {
    let keys = CaseKeys::unwrap(row.id, secret, wraps)?;
    Ok(Unlocked { row, keys })
}

/// How far a case is this reader's.
pub(crate) async fn part_in(conn: &mut Conn, reader: &Reader, row: &CaseRow) -> Result<Part, StoreError> {
    // What only reads, or leads anyway, need not ask who else has it.
    let mut on_desks_of = Vec::new();
    if reader.role.receives_reports() && !reader.role.is_lead() {
        let members = users::list(conn).await?;
        on_desks_of = wraps::list_holders(conn, row.id, row.epoch)
            .await?
            .into_iter()
            .filter_map(|(holder, standing)| match (holder, standing) {
                (Holder::User(id), Standing::Active) => {
                    let member = members.iter().find(|member| member.id == id)?;
                    (member.state == users::UserState::Active).then_some((id, member.role))
                }
                _ => None,
            })
            .collect();
    }
    Ok(access::part(reader.id, reader.role, row.owner_id, &on_desks_of))
}

/// The same as [`unlock`], for those who may do in this case what an area is for.
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk, and [`DeskError::Role`] for one that is, to somebody who
/// only reads it.
pub(crate) async fn unlock_for(
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
    area: Area,
) -> Result<Unlocked, DeskError> {
    let unlocked = unlock(conn, reader, case).await?;
    let part = part_in(conn, reader, &unlocked.row).await?;
    if access::may_enter_with(reader.role, part, area) {
        Ok(unlocked)
    } else {
        Err(DeskError::Role)
    }
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

//! Keeping the team: invitations, joining, being confirmed, times away and leaving.
//!
//! Nobody makes a reader alone. Whoever is invited gets their link by mail, which whoever invites does not see, and
//! waits, once they have joined, until a second person has confirmed them (decision 0021). Until then they have no key
//! to which anything could be sealed. Every change is told to the others who may confirm, and is in the trace.

mod authenticator;
mod away;
mod changes;
mod confirm;
mod invite;
mod join;
mod leave;

use safehold_core::{
    access::{Area, may_enter},
    id::{AbsenceId, UserId},
    roster::{Absence, Role},
    trace::{TeamStep, Traced},
};
use safehold_seal::random;
use safehold_store::{
    StoreError, Tx, absences, trace as trace_store,
    users::{self, UserRow},
};

pub use safehold_store::users::UserState;

pub use authenticator::{NewTotp, new_totp, same_totp};
pub use away::{add_absence, remove_absence};
pub use changes::{TeamChange, changed_lately, changes};
pub(crate) use confirm::confirm_by_recovery;
pub use confirm::{confirm, may_confirm};
pub use invite::{INVITATION_DAYS, InvitationToken, Link, invite, invite_again};
pub(crate) use invite::{open_token, still_good};
pub(crate) use join::credentials;
pub use join::{Joined, Joining, join, joining};
pub use leave::leave;

use crate::{
    App, AppError,
    desk::Reader,
    leave_trace,
    notices::{self, Notice},
    sessions,
};

/// A member as the team page shows them.
pub struct TeamMember {
    /// Who.
    pub id: UserId,
    /// In which role.
    pub role: Role,
    /// By which name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// The number to call.
    pub phone: String,
    /// Invited, waiting to be confirmed, active or gone.
    pub state: UserState,
    /// Who invited them last.
    pub invited_by: Option<UserId>,
    /// Times away.
    pub absences: Vec<(AbsenceId, Absence)>,
}

/// Somebody to invite.
pub struct NewMember {
    /// In which role.
    pub role: Role,
    /// By which name.
    pub name: String,
    /// Where mail goes; they sign in with it.
    pub email: String,
    /// The number to call, or nothing.
    pub phone: String,
}

/// Why the team was not changed.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// The role of who asks does not do this.
    #[error("this role does not keep the team")]
    Role,
    /// A name is missing.
    #[error("a name is missing")]
    Name,
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    Email,
    /// Somebody has this address already.
    #[error("somebody has this address already")]
    EmailTaken,
    /// The invitation has ended, or was used.
    #[error("the invitation is not good any more")]
    Invitation,
    /// The pass phrase is too weak: why, as keys of messages.
    #[error("the pass phrase is too weak")]
    Weak(Vec<String>),
    /// The code does not fit the secret.
    #[error("the code does not fit")]
    Code,
    /// There is no such member.
    #[error("there is no such member")]
    NoMember,
    /// Nobody could receive reports any more.
    #[error("nobody could receive reports any more")]
    LastReceiver,
    /// Whoever asks proved too long ago who they are.
    #[error("who asks has to prove who they are once more")]
    ProveFirst,
    /// Whoever asks would be the only one left who can confirm others, and could then let in whomever they like.
    #[error("nobody else would be left who can confirm others")]
    OnlyYou,
    /// Somebody else has to confirm this person: not who invited them, nor they themselves.
    #[error("somebody else has to confirm this person")]
    SecondPerson,
    /// A case would be left that nobody else may read.
    #[error("a case would be left without a reader")]
    OnlyReader,
    /// The last day is before the first.
    #[error("the last day is before the first")]
    Days,
    /// Anything else.
    #[error(transparent)]
    App(AppError),
}

impl From<AppError> for TeamError {
    /// The database may answer late, when the next step of an action asks it something.
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => error.into(),
            other => Self::App(other),
        }
    }
}

impl From<StoreError> for TeamError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { constraint } if constraint == "users.email" => Self::EmailTaken,
            other => Self::App(AppError::Store(other)),
        }
    }
}

fn may_keep_team(reader: &Reader) -> Result<(), TeamError> {
    if may_enter(reader.role, Area::Team) {
        Ok(())
    } else {
        Err(TeamError::Role)
    }
}

/// Changes of the team need a proof that is not old: a screen that was left open must not be enough (ASVS 7.5.3).
fn is_proven(app: &App, reader: &Reader) -> Result<(), TeamError> {
    if sessions::is_proven(app, reader) {
        Ok(())
    } else {
        Err(TeamError::ProveFirst)
    }
}

/// Everybody, by role.
///
/// # Errors
/// [`TeamError`].
pub async fn list(app: &App) -> Result<Vec<TeamMember>, TeamError> {
    let mut conn = app.store().read().await?;
    let away = absences::list(&mut conn).await?;
    let mut members: Vec<_> = users::list(&mut conn)
        .await?
        .into_iter()
        .map(|row| TeamMember {
            absences: away
                .iter()
                .filter(|absence| absence.user_id == row.id)
                .map(|absence| {
                    (
                        absence.id,
                        Absence {
                            from_on: absence.from_on,
                            until_on: absence.until_on,
                        },
                    )
                })
                .collect(),
            id: row.id,
            role: row.role,
            name: row.name,
            email: row.email,
            phone: row.phone,
            state: row.state,
            invited_by: row.invited_by_id,
        })
        .collect();
    members.sort_by(|a, b| {
        (a.state == UserState::Left, a.role, &a.name).cmp(&(b.state == UserState::Left, b.role, &b.name))
    });
    Ok(members)
}

pub(crate) fn new_row(app: &App, new: &NewMember, state: UserState) -> Result<UserRow, TeamError> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(TeamError::Name);
    }
    let email = new.email.trim().to_lowercase();
    if !is_address(&email) {
        return Err(TeamError::Email);
    }
    Ok(UserRow {
        id: UserId::from_random(random::bytes()),
        role: new.role,
        name: name.to_owned(),
        email,
        phone: new.phone.trim().to_owned(),
        public_key: None,
        lock_sealed: None,
        totp_last_step: None,
        state,
        invited_by_id: None,
        created_at: app.now(),
    })
}

/// Enough to catch a slip; whether mail arrives shows when it is sent.
fn is_address(text: &str) -> bool {
    text.len() <= 254
        && !text.chars().any(|char| char.is_whitespace() || char.is_control())
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.contains('@')
        })
}

/// Somebody in the team, as the database has them now.
async fn member(tx: &mut Tx, id: UserId) -> Result<UserRow, TeamError> {
    users::find(tx, id).await?.ok_or(TeamError::NoMember)
}

/// Begins a change of the team: nothing is sealed to anybody, and nobody else changes it, until the commit.
async fn hold(tx: &mut Tx) -> Result<(), TeamError> {
    Ok(trace_store::hold(tx).await?)
}

/// Leaves a trace of a change and tells the others who may confirm, so that none goes unseen.
pub(crate) async fn note(
    tx: &mut Tx,
    by: Option<UserId>,
    row: &UserRow,
    step: TeamStep,
    now: jiff::Timestamp,
) -> Result<(), AppError> {
    let (member, role) = (row.id, row.role);
    leave_trace(tx, now, by, None, Traced::TeamChanged { member, role, step }).await?;
    for other in users::list(tx).await? {
        if other.state == UserState::Active
            && Some(other.id) != by
            && other.id != member
            && may_enter(other.role, Area::Confirm)
        {
            notices::tell_member(tx, other.id, Notice::TeamChanged, None, now).await?;
        }
    }
    Ok(())
}

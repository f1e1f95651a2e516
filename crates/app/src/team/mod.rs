//! Keeping the team: invitations, joining, roles, times away and leaving.

use jiff::{SignedDuration, Timestamp, civil::Date};
use safehold_core::{
    access::{Area, may_enter},
    id::{AbsenceId, UserId},
    roster::{Absence, Role},
    trace::Traced,
};
use safehold_seal::{
    Lock, ReaderKeys, Sealed, SecretString, UserSecrets, Zeroizing, lock::new_recovery_codes, random, totp,
};
use safehold_store::{
    StoreError, Tx, absences, invitations, sessions,
    users::{self, UserRow},
};

pub use safehold_store::users::UserState;

use crate::{
    App, AppError, cover,
    desk::Reader,
    leave_trace,
    notices::{self, Notice},
    sign_in,
};

mod authenticator;

pub use authenticator::{NewTotp, new_totp, same_totp};

/// How long an invitation is good, in days.
pub const INVITATION_DAYS: i64 = 7;
/// How many recovery codes somebody gets.
const RECOVERY_CODES: usize = 8;

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
    /// Invited, active or gone.
    pub state: UserState,
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
        })
        .collect();
    members.sort_by(|a, b| {
        (a.state == UserState::Left, a.role, &a.name).cmp(&(b.state == UserState::Left, b.role, &b.name))
    });
    Ok(members)
}

/// The secret part of an invitation's link.
pub type InvitationToken = Zeroizing<String>;

/// Invites somebody. The answer is the secret part of the link that they join with.
///
/// # Errors
/// [`TeamError`].
pub async fn invite(app: &App, reader: &Reader, new: NewMember) -> Result<InvitationToken, TeamError> {
    may_keep_team(reader)?;
    let by = reader.id;
    let row = new_row(app, &new, UserState::Invited)?;
    let (token, hash) = new_token();
    let now = app.now();
    let expires_at = now
        .saturating_add(SignedDuration::from_hours(24 * INVITATION_DAYS))
        .unwrap_or(now);
    app.store()
        .write_with(row, move |tx, row| {
            Box::pin(async move {
                let id = add_or_take_back(tx, row).await?;
                let invitation = invitations::InvitationRow {
                    token_hash: hash,
                    user_id: id,
                    expires_at,
                };
                invitations::add(tx, &invitation).await?;
                leave_trace(tx, now, Some(by), None, Traced::TeamChanged { member: id }).await?;
                notices::tell_member(tx, id, Notice::Invited, None, now).await?;
                Ok::<_, TeamError>(())
            })
        })
        .await?;
    Ok(token)
}

/// Somebody who left and comes back is who they were: whatever they are excluded from stays shut.
async fn add_or_take_back(tx: &mut Tx, new: &UserRow) -> Result<UserId, TeamError> {
    let known = users::list(tx)
        .await?
        .into_iter()
        .filter(|row| row.email == new.email)
        .max_by_key(|row| (row.state != UserState::Left, row.created_at));
    let Some(mut known) = known else {
        users::add(tx, new).await?;
        return Ok(new.id);
    };
    if known.state != UserState::Left {
        return Err(TeamError::EmailTaken);
    }
    known.role = new.role;
    known.name.clone_from(&new.name);
    known.phone.clone_from(&new.phone);
    known.state = UserState::Invited;
    users::save(tx, &known).await?;
    Ok(known.id)
}

fn new_token() -> (InvitationToken, [u8; 32]) {
    let cookie = safehold_seal::SessionCookie::generate();
    (cookie.expose(), cookie.id_hash())
}

fn token_hash(token: &str) -> Result<[u8; 32], TeamError> {
    safehold_seal::SessionCookie::parse(token)
        .map(|cookie| cookie.id_hash())
        .map_err(|_| TeamError::Invitation)
}

/// A link anew, for somebody who has not joined yet or has lost what they sign in with. In the second case their old
/// key goes: cases must be shared with them again.
///
/// # Errors
/// [`TeamError`].
pub async fn invite_again(app: &App, reader: &Reader, member: UserId) -> Result<InvitationToken, TeamError> {
    may_keep_team(reader)?;
    let by = reader.id;
    let (token, hash) = new_token();
    let now = app.now();
    let today = app.rules().hours.day_of(now);
    let expires_at = now
        .saturating_add(SignedDuration::from_hours(24 * INVITATION_DAYS))
        .unwrap_or(now);
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                let mut row = users::find(tx, member).await?.ok_or(TeamError::NoMember)?;
                if row.state == UserState::Active {
                    keep_a_receiver(tx, member).await?;
                    cover::take_keys(tx, member, today, now).await?;
                }
                row.state = UserState::Invited;
                users::save(tx, &row).await?;
                sessions::remove_for(tx, member).await?;
                invitations::remove_for(tx, member).await?;
                let invitation = invitations::InvitationRow {
                    token_hash: hash,
                    user_id: member,
                    expires_at,
                };
                invitations::add(tx, &invitation).await?;
                leave_trace(tx, now, Some(by), None, Traced::TeamChanged { member })
                    .await
                    .map_err(TeamError::from)
            })
        })
        .await?;
    Ok(token)
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

/// What somebody needs to join: their name, and a secret for their authenticator app.
pub struct Joining {
    /// Their name.
    pub name: String,
    /// Their address, with which they will sign in.
    pub email: String,
}

/// Whom an invitation is for.
///
/// # Errors
/// [`TeamError::Invitation`].
pub async fn joining(app: &App, token: &str) -> Result<Joining, TeamError> {
    let hash = token_hash(token)?;
    let mut conn = app.store().read().await?;
    let id = invitations::find(&mut conn, &hash, app.now())
        .await?
        .ok_or(TeamError::Invitation)?;
    let row = users::find(&mut conn, id).await?.ok_or(TeamError::Invitation)?;
    Ok(Joining {
        name: row.name,
        email: row.email,
    })
}

/// What somebody chose to sign in with, checked and closed.
pub(crate) struct Credentials {
    pub(crate) public: Vec<u8>,
    pub(crate) lock: Sealed,
    pub(crate) recovery_codes: Vec<String>,
}

/// Checks what somebody chose, makes their key and closes their lock.
pub(crate) async fn credentials(
    app: &App,
    pass: SecretString,
    about_them: &[&str],
    typed_secret: &str,
    code: &str,
) -> Result<Credentials, TeamError> {
    let problems = sign_in::pass_problems(&pass, about_them);
    if !problems.is_empty() {
        return Err(TeamError::Weak(problems));
    }
    let totp_secret = totp::parse_typed(typed_secret).ok_or(TeamError::Code)?;
    if totp::check(&totp_secret, code, app.now().as_second(), None).is_none() {
        return Err(TeamError::Code);
    }
    let params = app.lock_params();
    let made = app
        .gate()
        .run(move || {
            let (public, reader) = ReaderKeys::generate();
            let recovery_codes = new_recovery_codes(RECOVERY_CODES);
            let secrets = UserSecrets {
                reader,
                totp_secret,
                recovery_codes: recovery_codes.clone(),
            };
            let lock = Lock::close(&pass, &secrets, params);
            lock.map(|lock| Credentials {
                public: public.as_bytes().to_vec(),
                lock,
                recovery_codes,
            })
        })
        .await?;
    made.map_err(|_| AppError::Broken("a lock could not be closed").into())
}

/// Joins the team. The answer are recovery codes, to be shown once.
///
/// # Errors
/// [`TeamError`].
pub async fn join(
    app: &App,
    token: &str,
    pass: SecretString,
    typed_secret: &str,
    code: &str,
) -> Result<Vec<String>, TeamError> {
    let who = joining(app, token).await?;
    let made = credentials(app, pass, &[&who.name, &who.email], typed_secret, code).await?;
    let hash = token_hash(token)?;
    let now = app.now();
    let codes = made.recovery_codes.clone();
    app.store()
        .write_with(made, move |tx, made| {
            Box::pin(async move {
                let id = invitations::take(tx, &hash, now)
                    .await?
                    .ok_or(TeamError::Invitation)?;
                users::join(tx, id, &made.public, &made.lock).await?;
                leave_trace(tx, now, Some(id), None, Traced::TeamChanged { member: id }).await?;
                Ok::<_, TeamError>(())
            })
        })
        .await?;
    Ok(codes)
}

/// Whether reports would still have a reader without this member.
async fn keep_a_receiver(tx: &mut Tx, without: UserId) -> Result<(), TeamError> {
    let left = users::list(tx)
        .await?
        .into_iter()
        .any(|row| row.id != without && row.state == UserState::Active && row.role.receives_reports());
    if left {
        Ok(())
    } else {
        Err(TeamError::LastReceiver)
    }
}

/// Somebody leaves: their sessions end and every key of theirs goes. What they did stays on record.
///
/// # Errors
/// [`TeamError::LastReceiver`].
pub async fn leave(app: &App, reader: &Reader, member: UserId) -> Result<(), TeamError> {
    may_keep_team(reader)?;
    let (by, now) = (reader.id, app.now());
    let today = app.rules().hours.day_of(now);
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                keep_a_receiver(tx, member).await?;
                let mut row = users::find(tx, member).await?.ok_or(TeamError::NoMember)?;
                row.state = UserState::Left;
                users::save(tx, &row).await?;
                sessions::remove_for(tx, member).await?;
                invitations::remove_for(tx, member).await?;
                cover::take_keys(tx, member, today, now).await?;
                leave_trace(tx, now, Some(by), None, Traced::TeamChanged { member }).await?;
                Ok::<_, TeamError>(())
            })
        })
        .await
}

/// Notes a time away, so that new reports follow cover (R4.2k). Everybody notes their own; those who keep the team
/// note anybody's.
///
/// # Errors
/// [`TeamError`].
pub async fn add_absence(
    app: &App,
    reader: &Reader,
    member: UserId,
    from_on: Date,
    until_on: Date,
) -> Result<(), TeamError> {
    if member != reader.id {
        may_keep_team(reader)?;
    }
    if until_on < from_on {
        return Err(TeamError::Days);
    }
    let (by, now) = (reader.id, app.now());
    let row = absences::AbsenceRow {
        id: AbsenceId::from_random(random::bytes()),
        user_id: member,
        from_on,
        until_on,
    };
    app.store()
        .write_with(row, move |tx, row| {
            Box::pin(async move {
                absences::add(tx, row).await?;
                leave_trace(tx, now, Some(by), None, Traced::TeamChanged { member }).await?;
                Ok::<_, TeamError>(())
            })
        })
        .await
}

/// Takes a time away back.
///
/// # Errors
/// [`TeamError`].
pub async fn remove_absence(
    app: &App,
    reader: &Reader,
    member: UserId,
    absence: AbsenceId,
) -> Result<(), TeamError> {
    if member != reader.id {
        may_keep_team(reader)?;
    }
    let (by, now): (UserId, Timestamp) = (reader.id, app.now());
    app.store()
        .write(move |tx| {
            Box::pin(async move {
                absences::remove(tx, member, absence).await?;
                leave_trace(tx, now, Some(by), None, Traced::TeamChanged { member }).await?;
                Ok::<_, TeamError>(())
            })
        })
        .await
}

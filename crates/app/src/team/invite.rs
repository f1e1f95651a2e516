//! Inviting somebody. The link goes to them and nobody else.

use jiff::{SignedDuration, Timestamp};
use safehold_core::{id::UserId, trace::TeamStep};
use safehold_seal::{Sealed, SessionCookie, Zeroizing};
use safehold_store::{
    Conn, Tx, invitations, passkeys, recovery, sessions,
    users::{self, UserRow},
};

use super::{
    NewMember, TeamError, UserState, hold, is_proven,
    leave::{keep_a_confirmer, keep_a_receiver},
    may_keep_team, member, new_row, note,
};
use crate::{App, AppError, cover, desk::Reader, keys, notices};

/// How long an invitation is good, in days.
pub const INVITATION_DAYS: i64 = 7;

/// The secret part of an invitation's link.
pub type InvitationToken = Zeroizing<String>;

/// How an invitation's link reaches the person.
#[derive(Debug, PartialEq, Eq)]
pub enum Link {
    /// By mail to their address. Nobody else sees it: whoever keeps the team could else join in their place.
    Mailed,
    /// No mail server is configured, so the secret part of the link is answered once, to be handed over. That somebody
    /// else confirms whoever joins is all that then stands against an invented member.
    Shown(InvitationToken),
}

/// A new invitation, before it is stored.
struct Fresh {
    token: InvitationToken,
    hash: [u8; 32],
    expires_at: Timestamp,
    /// For the queue, if there is a mail server.
    sealed: Option<Sealed>,
}

impl Fresh {
    fn new(app: &App) -> Result<Self, AppError> {
        let cookie = SessionCookie::generate();
        let (token, hash) = (cookie.expose(), cookie.id_hash());
        let now = app.now();
        let sealed = app
            .sends_mail()
            .then(|| keys::seal(app.keys().sealing(), &keys::invitation(), &token.as_str()))
            .transpose()?;
        Ok(Self {
            token,
            hash,
            expires_at: now
                .saturating_add(SignedDuration::from_hours(24 * INVITATION_DAYS))
                .unwrap_or(now),
            sealed,
        })
    }

    fn link(token: InvitationToken, sealed: Option<&Sealed>) -> Link {
        match sealed {
            Some(_) => Link::Mailed,
            None => Link::Shown(token),
        }
    }
}

/// Opens the secret part of a link when the mail is sent.
pub(crate) fn open_token(app: &App, sealed: &Sealed) -> Result<InvitationToken, AppError> {
    let token: String = keys::open(app.keys().sealing(), &keys::invitation(), sealed)?;
    Ok(Zeroizing::new(token))
}

/// Whether an invitation can still be taken up.
pub(crate) async fn still_good(conn: &mut Conn, token: &str, now: Timestamp) -> Result<bool, AppError> {
    match token_hash(token) {
        Ok(hash) => Ok(invitations::find(conn, &hash, now).await?.is_some()),
        Err(_) => Ok(false),
    }
}

pub(super) fn token_hash(token: &str) -> Result<[u8; 32], TeamError> {
    SessionCookie::parse(token)
        .map(|cookie| cookie.id_hash())
        .map_err(|_| TeamError::Invitation)
}

/// Invites somebody.
///
/// # Errors
/// [`TeamError`].
pub async fn invite(app: &App, reader: &Reader, new: NewMember) -> Result<Link, TeamError> {
    may_keep_team(reader)?;
    is_proven(app, reader)?;
    let by = reader.id;
    let row = UserRow {
        invited_by_id: Some(by),
        ..new_row(app, &new, UserState::Invited)?
    };
    let fresh = Fresh::new(app)?;
    let (token, sealed) = (fresh.token.clone(), fresh.sealed.clone());
    let now = app.now();
    app.store()
        .write_with((row, fresh), move |tx, (row, fresh)| {
            Box::pin(async move {
                hold(tx).await?;
                let row = add_or_take_back(tx, row).await?;
                send(tx, row.id, fresh, now).await?;
                note(tx, Some(by), &row, TeamStep::Invited, now).await?;
                Ok::<_, TeamError>(())
            })
        })
        .await?;
    Ok(Fresh::link(token, sealed.as_ref()))
}

async fn send(tx: &mut Tx, to: UserId, fresh: &Fresh, now: Timestamp) -> Result<(), TeamError> {
    let invitation = invitations::InvitationRow {
        token_hash: fresh.hash,
        user_id: to,
        expires_at: fresh.expires_at,
    };
    invitations::add(tx, &invitation).await?;
    if let Some(sealed) = &fresh.sealed {
        notices::tell_invited(tx, to, sealed, now).await?;
    }
    Ok(())
}

/// Somebody who left and comes back is who they were: whatever they are excluded from stays shut.
async fn add_or_take_back(tx: &mut Tx, new: &UserRow) -> Result<UserRow, TeamError> {
    let known = users::list(tx)
        .await?
        .into_iter()
        .filter(|row| row.email == new.email)
        .max_by_key(|row| (row.state != UserState::Left, row.created_at));
    let Some(known) = known else {
        users::add(tx, new).await?;
        return Ok(new.clone());
    };
    if known.state != UserState::Left {
        return Err(TeamError::EmailTaken);
    }
    let back = UserRow {
        id: known.id,
        created_at: known.created_at,
        ..new.clone()
    };
    users::save(tx, &back).await?;
    Ok(back)
}

/// A link anew, for somebody who has not joined yet or has lost what they sign in with. In the second case their old
/// key goes: cases must be shared with them again.
///
/// # Errors
/// [`TeamError`].
pub async fn invite_again(app: &App, reader: &Reader, who: UserId) -> Result<Link, TeamError> {
    may_keep_team(reader)?;
    is_proven(app, reader)?;
    let by = reader.id;
    let fresh = Fresh::new(app)?;
    let (token, sealed) = (fresh.token.clone(), fresh.sealed.clone());
    let now = app.now();
    let today = app.rules().hours.day_of(now);
    app.store()
        .write_with(fresh, move |tx, fresh| {
            Box::pin(async move {
                hold(tx).await?;
                let mut row = member(tx, who).await?;
                if row.state == UserState::Left {
                    return Err(TeamError::NoMember);
                }
                if row.state == UserState::Active {
                    keep_a_receiver(tx, who).await?;
                    // A link that is mailed reaches only the person themselves. One that is shown could be used by
                    // whoever sees it, with nobody left to notice.
                    if fresh.sealed.is_none() {
                        keep_a_confirmer(tx, &row, by).await?;
                    }
                    // What the recovery key gives back to them when they have joined anew.
                    recovery::note_held(tx, who).await?;
                    cover::take_keys(tx, who, today, now).await?;
                }
                row.state = UserState::Invited;
                row.invited_by_id = Some(by);
                users::save(tx, &row).await?;
                sessions::remove_for(tx, who).await?;
                passkeys::remove_for(tx, who).await?;
                recovery::remove_asks_of(tx, who).await?;
                invitations::remove_for(tx, who).await?;
                send(tx, who, fresh, now).await?;
                note(tx, Some(by), &row, TeamStep::InvitedAgain, now).await?;
                Ok(())
            })
        })
        .await?;
    Ok(Fresh::link(token, sealed.as_ref()))
}

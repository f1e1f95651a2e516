//! Who can read a case: sharing it, and excluding somebody from it.
//!
//! Excluding takes every key of that person away and begins a new one: what comes from then on is sealed under a
//! key that they never had.

use jiff::Timestamp;
use safehold_core::{
    access::{Area, may_enter},
    id::{CaseId, EventId, UserId},
    recipients::{CannotRead, NobodyLeft, Recipients, Standing, TeamConflict},
    trace::Traced,
};
use safehold_seal::{ReaderPublic, ReplyPublic, random};
use safehold_store::{
    cases::{self, CaseRow},
    events, recovery as stored_recovery, taken_down,
    wraps::{self, Holder, WrapRow},
};

use super::{DeskError, Reader, Unlocked, open, unlock, unlock_for};
use crate::{
    App, AppError,
    keys::{self, CaseKeys},
    leave_trace,
    notices::{self, Notice},
    recovery::still_wrapped_to,
    report::EventBody,
    roster::{self, Team},
    setup,
};

/// Why the readers of a case were not changed.
#[derive(Debug, thiserror::Error)]
pub enum CircleError {
    /// This person may not read it.
    #[error(transparent)]
    CannotRead(#[from] CannotRead),
    /// Nobody would be left who could act.
    #[error(transparent)]
    NobodyLeft(#[from] NobodyLeft),
    /// There is no such person.
    #[error("there is no such member")]
    NoMember,
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(CircleError);

/// The recipients of a stored case.
pub(crate) fn recipients(
    row: &CaseRow,
    holders: &[(Holder, Standing)],
    conflict: &TeamConflict,
    team: &Team,
) -> Option<Recipients> {
    let readers: Vec<_> = holders
        .iter()
        .filter_map(|(holder, standing)| match holder {
            Holder::User(id) => Some((*id, *standing)),
            Holder::Reporter | Holder::Recovery => None,
        })
        .collect();
    let active = readers
        .iter()
        .find(|(_, standing)| *standing == Standing::Active)
        .map(|(id, _)| *id);
    let addressee = row.owner_id.or(active)?;
    Recipients::restore(addressee, readers, conflict, &team.roster).ok()
}

/// All keys of a case, wrapped to one more reader.
pub(crate) fn wraps_for(
    team: &Team,
    keys: &CaseKeys,
    case: CaseId,
    reader: UserId,
    standing: Standing,
    now: Timestamp,
) -> Result<Vec<WrapRow>, AppError> {
    let holder = Holder::User(reader);
    let public = team.public_key(reader)?;
    keys.epochs()
        .map(|(epoch, _)| wrap_row(keys, case, epoch, holder, standing, public, now))
        .collect()
}

pub(super) fn wrap_row(
    keys: &CaseKeys,
    case_id: CaseId,
    epoch: i64,
    holder: Holder,
    standing: Standing,
    public: &ReaderPublic,
    since_at: Timestamp,
) -> Result<WrapRow, AppError> {
    let wrap_sealed = keys.wrap_to(epoch, holder, public)?;
    Ok(WrapRow {
        case_id,
        epoch,
        holder,
        standing,
        wrap_sealed,
        since_at,
    })
}

fn event(
    keys: &CaseKeys,
    row: &CaseRow,
    actor: UserId,
    kind: &str,
    body: &EventBody,
    now: Timestamp,
) -> Result<events::EventRow, AppError> {
    let id = EventId::from_random(random::bytes());
    Ok(events::EventRow {
        id,
        case_id: row.id,
        at: now,
        actor_id: Some(actor),
        kind: kind.to_owned(),
        epoch: row.epoch,
        body_sealed: Some(keys::seal(keys.of(row.epoch)?, &keys::event(row.id, id), body)?),
    })
}

/// Shares a case: with a caseworker, or to hand it to another lead.
///
/// # Errors
/// [`CircleError::CannotRead`], above all for somebody who is excluded.
pub async fn share(
    app: &App,
    reader: &Reader,
    case: CaseId,
    with: UserId,
    why: String,
) -> Result<(), CircleError> {
    if !may_enter(reader.role, Area::Share) {
        return Err(DeskError::Role.into());
    }
    let mut conn = app.store().read().await?;
    let Unlocked { row, keys } = unlock_for(&mut conn, reader, case, Area::Share).await?;
    let team = Team::read(&mut conn).await?;
    let content = open::content(&mut conn, case, &keys, &team.names()).await?;
    let holders = wraps::list_holders(&mut conn, case, row.epoch).await?;
    let conflict = open::conflict(app, &mut conn, &row.form_digest, &content, &team).await?;
    drop(conn);

    let member = team.roster.find(with).ok_or(CircleError::NoMember)?;
    let mut recipients = recipients(&row, &holders, &conflict, &team).ok_or(DeskError::NotFound)?;
    let had = recipients.standing(with);
    recipients.share_with(member, Standing::Active)?;
    let now = app.now();
    let new = match had {
        Some(_) => Vec::new(),
        None => wraps_for(&team, &keys, case, with, Standing::Active, now)?,
    };
    let event = event(
        &keys,
        &row,
        reader.id,
        "shared",
        &EventBody::Shared { with, why },
        now,
    )?;
    let who = reader.id;
    let sealed_to = team.keys_of(&new);
    app.store()
        .write_with(
            (row, event, new, sealed_to),
            move |tx, (row, event, new, keys)| {
                Box::pin(async move {
                    // The case is saved too, so that a change of its key in between is noticed.
                    leave_trace(tx, now, Some(who), Some(case), Traced::Shared { with }).await?;
                    roster::still_theirs(tx, keys).await?;
                    cases::save(tx, row).await?;
                    if new.is_empty() {
                        wraps::set_standing(tx, case, Holder::User(with), Standing::Active, now).await?;
                    } else {
                        wraps::add_all(tx, new).await?;
                    }
                    events::add(tx, event).await?;
                    notices::tell_member(tx, with, Notice::Shared, Some(case), now).await?;
                    Ok::<_, CircleError>(())
                })
            },
        )
        .await
}

/// Declares a conflict of one's own: from now on the case does not exist for this reader.
///
/// # Errors
/// [`CircleError::NobodyLeft`] if nobody else could act.
pub async fn declare_conflict(
    app: &App,
    reader: &Reader,
    case: CaseId,
    why: String,
) -> Result<(), CircleError> {
    change_key(app, reader, case, reader.id, why).await
}

/// Excludes somebody else.
///
/// # Errors
/// [`CircleError`].
pub async fn exclude(
    app: &App,
    reader: &Reader,
    case: CaseId,
    who: UserId,
    why: String,
) -> Result<(), CircleError> {
    if !may_enter(reader.role, Area::Exclude) {
        return Err(DeskError::Role.into());
    }
    unlock_for(&mut app.store().read().await?, reader, case, Area::Exclude).await?;
    change_key(app, reader, case, who, why).await
}

async fn change_key(
    app: &App,
    reader: &Reader,
    case: CaseId,
    who: UserId,
    why: String,
) -> Result<(), CircleError> {
    let mut conn = app.store().read().await?;
    let Unlocked { mut row, mut keys } = unlock(&mut conn, reader, case).await?;
    let team = Team::read(&mut conn).await?;
    let content = open::content(&mut conn, case, &keys, &team.names()).await?;
    let holders = wraps::list_holders(&mut conn, case, row.epoch).await?;
    let recovery = setup::recovery_public(&mut conn).await?;
    let conflict = open::conflict(app, &mut conn, &row.form_digest, &content, &team).await?;
    drop(conn);

    let now = app.now();
    let before = recipients(&row, &holders, &conflict, &team).ok_or(DeskError::NotFound)?;
    let mut after = before.clone();
    after.exclude(who, &team.roster, app.rules().hours.day_of(now))?;

    let old: Vec<i64> = keys.epochs().map(|(epoch, _)| epoch).collect();
    let epoch = keys.renew();
    let mut new = Vec::new();
    for (id, standing) in after.readers() {
        let public = team.public_key(*id)?;
        let holder = Holder::User(*id);
        let missing = if before.standing(*id).is_none() {
            old.as_slice()
        } else {
            &[]
        };
        for epoch in missing.iter().copied().chain([epoch]) {
            new.push(wrap_row(&keys, case, epoch, holder, *standing, public, now)?);
        }
    }
    if let Some(recovery) = &recovery {
        new.push(wrap_row(
            &keys,
            case,
            epoch,
            Holder::Recovery,
            Standing::Standby,
            recovery,
            now,
        )?);
    }
    let reply = ReplyPublic::from_bytes(&content.report.reply_key).map_err(AppError::from)?;
    new.push(WrapRow {
        case_id: case,
        epoch,
        holder: Holder::Reporter,
        standing: Standing::Active,
        wrap_sealed: keys.wrap_to_reporter(epoch, &reply).map_err(AppError::from)?,
        since_at: now,
    });

    row.epoch = epoch;
    row.changed_at = now;
    if row.owner_id == Some(who) {
        row.owner_id = Some(after.addressee());
    }
    if row.asked_to_close_id == Some(who) {
        row.asked_to_close_id = row.owner_id;
    }
    let body = EventBody::Excluded {
        excluded: after.excluded().clone(),
        why,
    };
    let event = event(&keys, &row, reader.id, "excluded", &body, now)?;
    let told: Vec<UserId> = after
        .readers()
        .iter()
        .filter(|(id, standing)| {
            *standing == Standing::Active && before.standing(*id) != Some(Standing::Active)
        })
        .map(|(id, _)| *id)
        .collect();
    let by = reader.id;
    let sealed_to = team.keys_of(&new);
    let given = (row, event, new, told, sealed_to, recovery);
    app.store()
        .write_with(given, move |tx, (row, event, new, told, keys, recovery)| {
            Box::pin(async move {
                leave_trace(tx, now, Some(by), Some(case), Traced::KeyChanged).await?;
                roster::still_theirs(tx, keys).await?;
                still_wrapped_to(tx, recovery.as_ref()).await?;
                cases::save(tx, row).await?;
                stored_recovery::remove_notes_of_case(tx, who, case).await?;
                stored_recovery::remove_held(tx, who, case).await?;
                wraps::remove_of(tx, case, Holder::User(who)).await?;
                taken_down::remove_of(tx, case, who).await?;
                wraps::add_all(tx, new).await?;
                for id in told {
                    wraps::set_standing(tx, case, Holder::User(*id), Standing::Active, now).await?;
                    notices::tell_member(tx, *id, Notice::BroughtToYou, Some(case), now).await?;
                }
                events::add(tx, event).await?;
                Ok::<_, CircleError>(())
            })
        })
        .await
}

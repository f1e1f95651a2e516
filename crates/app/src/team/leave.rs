//! Leaving the team. No case is left behind on nobody's desk, and none is left that nobody can open if the person who
//! leaves can still hand it over.

use safehold_core::{
    access::{Area, may_enter},
    id::{CaseId, UserId},
    recipients::{Recipients, Standing},
    trace::TeamStep,
};
use safehold_store::{
    StoreError, Tx, cases, invitations, passkeys, recovery as stored_recovery, requests, sessions,
    users::{self, UserRow},
    wraps::{self, Holder, WrapRow},
};

use super::{TeamError, UserState, hold, is_proven, may_keep_team, member, note};
use crate::{
    App, AppError, cover,
    desk::{self, Reader},
    keys::CaseKeys,
    recovery,
    roster::Team,
};

/// How often handing over is begun again because cases changed meanwhile.
const TRIES: usize = 5;

/// Whether reports would still have a reader without this member.
pub(super) async fn keep_a_receiver(tx: &mut Tx, without: UserId) -> Result<(), TeamError> {
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

/// Nobody becomes the only one who can confirm others by taking out the rest: they could then let in whomever they
/// like. This looks at the team alone, so that the answer tells nothing of any case.
pub(super) async fn keep_a_confirmer(tx: &mut Tx, without: &UserRow, by: UserId) -> Result<(), TeamError> {
    if without.id == by || without.state != UserState::Active || !may_enter(without.role, Area::Confirm) {
        return Ok(());
    }
    let left = users::list(tx).await?.into_iter().any(|row| {
        row.id != without.id
            && row.id != by
            && row.state == UserState::Active
            && may_enter(row.role, Area::Confirm)
    });
    if left { Ok(()) } else { Err(TeamError::OnlyYou) }
}

/// Somebody leaves: their sessions end and every key of theirs goes. What they did stays on record.
///
/// Whoever leaves by themselves hands over first: cases that only they can open get keys for those who may read them.
/// Whoever is taken out by somebody else cannot. What only they could open then waits for the recovery key, and the
/// answer is the same as ever: else it would tell of a case.
///
/// # Errors
/// [`TeamError::LastReceiver`], [`TeamError::OnlyYou`], or [`TeamError::OnlyReader`] to somebody who leaves by
/// themselves and is the last who may read a case.
pub async fn leave(app: &App, reader: &Reader, who: UserId) -> Result<(), TeamError> {
    if who != reader.id {
        may_keep_team(reader)?;
    }
    is_proven(app, reader)?;
    if who != reader.id {
        return go(app, reader.id, who, HandedOver::default()).await;
    }
    for _ in 0..TRIES {
        let handed_over = hand_over(app, reader).await?;
        match go(app, reader.id, who, handed_over).await {
            Err(TeamError::App(AppError::Store(StoreError::ChangedSince))) => {}
            other => return other,
        }
    }
    Err(TeamError::App(AppError::Store(StoreError::ChangedSince)))
}

/// Keys for others to cases that only one person could open.
#[derive(Default)]
struct HandedOver {
    is_own: bool,
    cases: Vec<(CaseId, i64, recovery::Missing)>,
}

async fn hand_over(app: &App, reader: &Reader) -> Result<HandedOver, TeamError> {
    let now = app.now();
    let today = app.rules().hours.day_of(now);
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    let names = team.names();
    let mut handed_over = HandedOver {
        is_own: true,
        cases: Vec::new(),
    };
    for case in wraps::list_without_other_reader(&mut conn, reader.id).await? {
        let held = wraps::list_of(&mut conn, case, Holder::User(reader.id)).await?;
        let keys = CaseKeys::unwrap(case, &reader.secret, &held).map_err(AppError::from)?;
        let (Some(form), Some(epoch)) = (
            cases::find_form_digest(&mut conn, case).await?,
            held.first().map(|wrap| wrap.epoch),
        ) else {
            continue;
        };
        let content = desk::content(&mut conn, case, &keys, &names).await?;
        let mut conflict = desk::conflict(app, &mut conn, &form, &content, &team).await?;
        conflict.involved.insert(reader.id);
        let chosen = Recipients::choose(&team.roster, &conflict, today).map_err(|_| TeamError::OnlyReader)?;
        let mut new: Vec<WrapRow> = Vec::new();
        for (id, _) in chosen.readers() {
            new.extend(desk::wraps_for(&team, &keys, case, *id, Standing::Standby, now)?);
        }
        handed_over
            .cases
            .push((case, epoch, recovery::Missing::new(&team, new)));
    }
    Ok(handed_over)
}

async fn go(app: &App, by: UserId, who: UserId, handed_over: HandedOver) -> Result<(), TeamError> {
    let now = app.now();
    let today = app.rules().hours.day_of(now);
    app.store()
        .write_with(handed_over, move |tx, handed_over| {
            Box::pin(async move {
                hold(tx).await?;
                let mut row = member(tx, who).await?;
                if row.state == UserState::Left {
                    return Err(TeamError::NoMember);
                }
                keep_a_receiver(tx, who).await?;
                keep_a_confirmer(tx, &row, by).await?;
                for (case, epoch, missing) in &handed_over.cases {
                    recovery::add_to_unchanged(tx, *case, *epoch, missing).await?;
                }
                // A report that came meanwhile, or a reader who went: begin again.
                if handed_over.is_own && !wraps::list_without_other_reader(tx, who).await?.is_empty() {
                    return Err(StoreError::ChangedSince.into());
                }
                // Nothing is handed over of requests: their readers give them to others while they can.
                if handed_over.is_own && requests::is_last_reader(tx, who).await? {
                    return Err(TeamError::OnlyReader);
                }
                row.state = UserState::Left;
                users::save(tx, &row).await?;
                sessions::remove_for(tx, who).await?;
                passkeys::remove_for(tx, who).await?;
                invitations::remove_for(tx, who).await?;
                cover::take_keys(tx, who, today, now).await?;
                stored_recovery::remove_all_held(tx, who).await?;
                stored_recovery::remove_asks_of(tx, who).await?;
                note(tx, Some(by), &row, TeamStep::Left, now).await?;
                Ok(())
            })
        })
        .await
}

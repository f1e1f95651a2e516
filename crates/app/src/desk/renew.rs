//! A new key for a case whose key somebody had for some hours only.
//!
//! Taking a key away does not stop somebody who copied it. From the next opening on, what comes is sealed under a key
//! that they never had. What they read, or copied, while they had it stays read.

use safehold_core::{id::CaseId, recipients::Standing, trace::Traced};
use safehold_seal::ReplyPublic;
use safehold_store::{
    StoreError, cases, recovery as stored,
    wraps::{self, Holder, WrapRow},
};

use super::{DeskError, Reader, Unlocked, circle::wrap_row, open, unlock};
use crate::{
    App, AppError, leave_trace,
    recovery::still_wrapped_to,
    roster::{self, Team},
    setup,
};

/// Makes a new key if one is due. If the case, or the team, changes meanwhile, the next opening makes it.
pub(super) async fn if_due(app: &App, reader: &Reader, case: CaseId) -> Result<(), DeskError> {
    let mut conn = app.store().read().await?;
    if !stored::needs_new_key(&mut conn, case).await? {
        return Ok(());
    }
    let Unlocked { mut row, mut keys } = unlock(&mut conn, reader, case).await?;
    let team = Team::read(&mut conn).await?;
    let content = open::content(&mut conn, case, &keys, &team.names()).await?;
    let conflict = open::conflict(app, &mut conn, &row.form_digest, &content, &team).await?;
    let holders = wraps::list_holders(&mut conn, case, row.epoch).await?;
    let recovery = setup::recovery_public(&mut conn).await?;
    drop(conn);

    let now = app.now();
    let epoch = keys.renew();
    let mut new = Vec::new();
    for (holder, standing) in holders {
        let Holder::User(id) = holder else { continue };
        let role = team.roster.find(id).map(|member| member.role);
        if let Some(public) = team.public_keys.get(&id)
            && role.is_some_and(|role| !conflict.shuts_out(id, role))
        {
            new.push(wrap_row(&keys, case, epoch, holder, standing, public, now)?);
        }
    }
    if let Some(recovery) = &recovery {
        let (holder, standing) = (Holder::Recovery, Standing::Standby);
        new.push(wrap_row(&keys, case, epoch, holder, standing, recovery, now)?);
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
    let (by, sealed_to) = (reader.id, team.keys_of(&new));
    let made = app
        .store()
        .write_with(
            (row, new, sealed_to, recovery),
            move |tx, (row, new, keys, recovery)| {
                Box::pin(async move {
                    leave_trace(tx, now, Some(by), Some(case), Traced::KeyChanged).await?;
                    roster::still_theirs(tx, keys).await?;
                    still_wrapped_to(tx, recovery.as_ref()).await?;
                    cases::save(tx, row).await?;
                    wraps::add_all(tx, new).await?;
                    stored::note_new_key(tx, case, now).await?;
                    Ok::<_, AppError>(())
                })
            },
        )
        .await;
    match made {
        Ok(()) | Err(AppError::Store(StoreError::ChangedSince)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

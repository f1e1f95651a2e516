//! Putting a layer, and the second person's check of it.

use jiff::Timestamp;
use safehold_core::{
    access::{Area, may_enter},
    id::{CaseId, EventId, FileId, UserId},
    recipients::Standing,
    trace::Traced,
};
use safehold_documents::Layer;
use safehold_seal::random;
use safehold_store::{
    cases::{self, CaseRow},
    events, files,
    wraps::{self, Holder},
};

use super::{
    LayerError, MOST_IN_A_LINE, MOST_PASSAGES, admit,
    body::CopyStep,
    layers::{LayerState, LayerView, layers},
};
use crate::{
    App, AppError,
    desk::{DeskError, Reader, Unlocked, open, unlock},
    follow::MOST_CHARACTERS,
    keys, leave_trace,
    notices::{self, Notice},
    report::EventBody,
    roster::Team,
};

/// Makes a layer, or changes one. `seen` is the one that is changed, with the number of the version on the page.
/// A changed layer waits for a check again.
///
/// # Errors
/// [`LayerError`]; nothing has changed then.
pub async fn put_layer(
    app: &App,
    reader: &Reader,
    case: CaseId,
    seen: Option<(EventId, u32)>,
    content: Layer,
) -> Result<EventId, LayerError> {
    admit(reader)?;
    check_content(&content)?;
    let mut conn = app.store().read().await?;
    let unlocked = unlock(&mut conn, reader, case).await?;
    let team = Team::read(&mut conn).await?;
    let history = open::content(&mut conn, case, &unlocked.keys, &team.names())
        .await?
        .history;
    let holders = wraps::list_holders(&mut conn, case, unlocked.row.epoch).await?;
    drop(conn);
    let version = match seen {
        None => 1,
        Some((id, seen)) => find(&history, id, seen)?.version.saturating_add(1),
    };
    let layer = seen.map(|(id, _)| id);
    let step = CopyStep::LayerPut {
        layer,
        version,
        content,
    };
    // Whoever could check it is told, once while the notice waits.
    let told = holders
        .into_iter()
        .filter_map(|(holder, standing)| match holder {
            Holder::User(id) if standing == Standing::Active && id != reader.id => Some(id),
            Holder::User(_) | Holder::Reporter | Holder::Recovery => None,
        })
        .filter(|id| {
            let member = team.roster.find(*id);
            member.is_some_and(|member| may_enter(member.role, Area::Export))
        })
        .collect();
    let id = record(app, reader, unlocked, &step, Traced::Entered, told).await?;
    Ok(layer.unwrap_or(id))
}

fn check_content(content: &Layer) -> Result<(), LayerError> {
    let name = content.name.trim();
    if name.is_empty() || name.chars().count() > MOST_IN_A_LINE {
        return Err(LayerError::Name);
    }
    if content.why.trim().is_empty() || content.why.chars().count() > MOST_CHARACTERS {
        return Err(LayerError::Why);
    }
    if content.passages.is_empty() {
        return Err(LayerError::Nothing);
    }
    if content.passages.len() > MOST_PASSAGES {
        return Err(LayerError::TooMuch);
    }
    Ok(())
}

fn find(history: &[crate::desk::Entry], id: EventId, seen: u32) -> Result<LayerView, LayerError> {
    let layer = layers(history)
        .into_iter()
        .find(|layer| layer.id == id)
        .ok_or(DeskError::NotFound)?;
    if layer.version == seen {
        Ok(layer)
    } else {
        Err(DeskError::Changed.into())
    }
}

/// A second person agrees to a layer, or sends it back saying why.
///
/// # Errors
/// [`LayerError::Own`] for whoever made it or changed it since it was last agreed to.
pub async fn check_layer(
    app: &App,
    reader: &Reader,
    case: CaseId,
    seen: (EventId, u32),
    agreed: bool,
    why: String,
) -> Result<(), LayerError> {
    admit(reader)?;
    if why.chars().count() > MOST_CHARACTERS || (!agreed && why.trim().is_empty()) {
        return Err(LayerError::Why);
    }
    let mut conn = app.store().read().await?;
    let unlocked = unlock(&mut conn, reader, case).await?;
    let names = Team::read(&mut conn).await?.names();
    let history = open::content(&mut conn, case, &unlocked.keys, &names)
        .await?
        .history;
    drop(conn);
    let (id, version) = seen;
    let layer = find(&history, id, version)?;
    if layer.state != LayerState::Waiting {
        return Err(LayerError::NotWaiting);
    }
    if layer.makers.contains(&reader.id) {
        return Err(LayerError::Own);
    }
    let step = CopyStep::LayerChecked {
        layer: id,
        version,
        agreed,
        why,
    };
    record(app, reader, unlocked, &step, Traced::Entered, Vec::new()).await?;
    Ok(())
}

/// Saves a step with its trace and notices. The case is saved too, so that a change of its key in between is noticed.
pub(super) async fn record(
    app: &App,
    reader: &Reader,
    unlocked: Unlocked,
    step: &CopyStep,
    traced: Traced,
    told: Vec<UserId>,
) -> Result<EventId, DeskError> {
    let now = app.now();
    let Unlocked { mut row, keys } = unlocked;
    let (case, who) = (row.id, reader.id);
    let id = EventId::from_random(random::bytes());
    // A file is kept once something names it: in the transaction of what does.
    let files = match step {
        CopyStep::Made { copy } => vec![copy.pdf.id, copy.archive.id],
        CopyStep::LayerPut { .. } | CopyStep::LayerChecked { .. } => Vec::new(),
    };
    let body = EventBody::Copied { about: step.clone() };
    let key = keys.of(row.epoch)?;
    let event = events::EventRow {
        id,
        case_id: case,
        at: now,
        actor_id: Some(who),
        kind: "copied".to_owned(),
        epoch: row.epoch,
        body_sealed: Some(keys::seal(key, &keys::event(case, id), &body).map_err(AppError::from)?),
    };
    row.changed_at = now;
    let package = Package {
        row,
        event,
        traced,
        told,
        files,
    };
    app.store()
        .write_with(package, move |tx, package| Box::pin(save(tx, package, who, now)))
        .await?;
    Ok(id)
}

struct Package {
    row: CaseRow,
    event: events::EventRow,
    traced: Traced,
    told: Vec<UserId>,
    files: Vec<FileId>,
}

async fn save(
    tx: &mut safehold_store::Tx,
    package: &Package,
    who: UserId,
    now: Timestamp,
) -> Result<(), DeskError> {
    let case = package.row.id;
    cases::save(tx, &package.row).await?;
    for file in &package.files {
        files::attach_to_case(tx, *file, case).await?;
    }
    events::add(tx, &package.event).await?;
    leave_trace(tx, now, Some(who), Some(case), package.traced.clone()).await?;
    for to in &package.told {
        notices::tell_member(tx, *to, Notice::CheckAsked, Some(case), now).await?;
    }
    Ok(())
}

//! Taking an action on a case: allowed by `core`, recorded sealed, saved with trace and notices at once.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use safehold_core::{
    case::{Action, Level, Record, RecordError, Refusal, Step, step},
    form::Facts,
    id::{CaseId, EventId, UserId},
    recipients::{Recipients, Standing},
    trace::Traced,
};
use safehold_seal::{Sealed, random};
use safehold_store::{
    cases::{self, CaseRow},
    events, wraps,
};

use super::{DeskError, Reader, Unlocked, circle, duties, open, part_in, unlock};
use crate::{
    App, AppError, follow,
    follow::Happening,
    keys::{self, CaseKeys},
    leave_trace,
    notices::{self, Notice},
    report::EventBody,
    roster::{self, Team},
};

/// Why an action was not taken. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// Fields need another look.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The rules do not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(ActError);

/// Everything that an action stores.
struct Package {
    row: CaseRow,
    event: events::EventRow,
    action: Action,
    actor: UserId,
    /// A check was asked of them; the wraps that they need and do not have yet.
    checker: Option<(UserId, Vec<wraps::WrapRow>)>,
    sealed_to: roster::SealedTo,
    address: Option<Sealed>,
    facts: Facts,
    happening: Happening,
}

/// Takes an action. `seen_version` is the version of the case on the page that the person acted from.
///
/// # Errors
/// [`ActError`]; nothing has changed then.
pub async fn act(
    app: &App,
    reader: &Reader,
    case: CaseId,
    action: Action,
    input: &[(String, String)],
    seen_version: i64,
) -> Result<(), ActError> {
    let mut conn = app.store().read().await.map_err(DeskError::from)?;
    let Unlocked { mut row, keys } = unlock(&mut conn, reader, case).await?;
    let team = Team::read(&mut conn).await?;
    let content = open::content(&mut conn, case, &keys, &team.names()).await?;
    let holders = wraps::list_holders(&mut conn, case, row.epoch).await?;
    let form = app.asked_form(&mut conn, &row.form_digest).await?;
    let part = part_in(&mut conn, reader, &row).await?;
    let conflict = open::conflict(app, &mut conn, &row.form_digest, &content, &team).await?;
    drop(conn);

    let record = Record::read(action.fields(), input)?;
    let answers = &content.report.answers;
    let open_duties = duties::of(app, &form.form, answers, row.level, &content.history)
        .open
        .len();
    let view = open::view(&row, &content.history, open_duties, (reader.id, part));
    let taken = step(&view, reader.id, reader.role, action, &record)?;
    if row.version != seen_version {
        return Err(DeskError::Changed.into());
    }
    let now = app.now();
    let facts = Facts::of(&form.form, &content.report.answers);
    let from = row.state;
    let counts_from = content.report.counts_from(app, row.received_at);
    apply(app, &mut row, &taken, action, &record, (now, counts_from));
    let recipients = circle::recipients(&row, &holders, &conflict, &team);
    let checker = match (action, recipients) {
        (Action::AskToClose, Some(recipients)) => {
            let mut had_part = open::deciders(&content.history);
            had_part.insert(reader.id);
            find_checker(app, &team, recipients, &keys, &row, &had_part, now)?
        }
        _ => None,
    };
    let id = EventId::from_random(random::bytes());
    let body = EventBody::Acted { action, from, record };
    let event = events::EventRow {
        id,
        case_id: case,
        at: now,
        actor_id: Some(reader.id),
        kind: action.key().to_owned(),
        epoch: row.epoch,
        body_sealed: Some(
            keys::seal(keys.of(row.epoch)?, &keys::event(case, id), &body).map_err(AppError::from)?,
        ),
    };
    let address = match &facts.contact.may_email {
        Some(address) => Some(notices::seal_address(app, address)?),
        None => None,
    };
    let package = Package {
        row,
        event,
        action,
        actor: reader.id,
        sealed_to: checker
            .as_ref()
            .map(|(_, new)| team.keys_of(new))
            .unwrap_or_default(),
        checker,
        address,
        facts,
        happening: happening(action),
    };
    app.store()
        .write_with(package, move |tx, package| Box::pin(save(tx, package, now)))
        .await
}

async fn save(tx: &mut safehold_store::Tx, package: &Package, now: Timestamp) -> Result<(), ActError> {
    let case = package.row.id;
    cases::save(tx, &package.row).await?;
    events::add(tx, &package.event).await?;
    let acted = Traced::Acted {
        action: package.action,
    };
    leave_trace(tx, now, Some(package.actor), Some(case), acted).await?;
    roster::still_theirs(tx, &package.sealed_to).await?;
    if let Some((checker, new_wraps)) = &package.checker {
        give_to_checker(tx, case, package.actor, *checker, new_wraps, now).await?;
    }
    if changes_for_reporter(package.action) {
        let news = package.facts.contact.news;
        follow::tell_reporter(tx, package.address.as_ref(), news, package.happening, case, now).await?;
    }
    Ok(())
}

/// Brings a case to whoever is to check something in it, with the keys that they do not have yet.
pub(super) async fn give_to_checker(
    tx: &mut safehold_store::Tx,
    case: CaseId,
    asking: UserId,
    checker: UserId,
    new_wraps: &[wraps::WrapRow],
    now: Timestamp,
) -> Result<(), AppError> {
    if new_wraps.is_empty() {
        wraps::set_standing(tx, case, wraps::Holder::User(checker), Standing::Active, now).await?;
    } else {
        wraps::add_all(tx, new_wraps).await?;
    }
    leave_trace(
        tx,
        now,
        Some(asking),
        Some(case),
        Traced::Shared { with: checker },
    )
    .await?;
    notices::tell_member(tx, checker, Notice::CheckAsked, Some(case), now).await
}

/// Whether the reporter's page shows anything new after it.
fn changes_for_reporter(action: Action) -> bool {
    match action {
        Action::Note | Action::SetLevel | Action::SendBack | Action::AskToClose => false,
        Action::Begin
        | Action::GiveAdvice
        | Action::Signpost
        | Action::TakeOn
        | Action::Transfer
        | Action::LearnOnly
        | Action::Plan
        | Action::Monitor
        | Action::Close
        | Action::Reopen
        | Action::Pause
        | Action::Resume => true,
    }
}

fn happening(action: Action) -> Happening {
    match action {
        Action::Close => Happening::Finished,
        Action::GiveAdvice | Action::Signpost | Action::TakeOn | Action::Transfer | Action::LearnOnly => {
            Happening::Decision
        }
        Action::Begin
        | Action::Plan
        | Action::Monitor
        | Action::AskToClose
        | Action::SendBack
        | Action::Reopen
        | Action::Pause
        | Action::Resume
        | Action::SetLevel
        | Action::Note => Happening::Step,
    }
}

/// `now`, and from when target times count.
fn apply(
    app: &App,
    row: &mut CaseRow,
    taken: &Step,
    action: Action,
    record: &Record,
    (now, counts_from): (Timestamp, Timestamp),
) {
    row.state = taken.state;
    row.owner_id = taken.owner;
    row.asked_to_close_id = taken.asked_to_close.map(|(who, _)| who);
    row.paused_at = if taken.is_paused {
        row.paused_at.or(Some(now))
    } else {
        None
    };
    row.changed_at = now;
    if let Some(level) = taken.level {
        set_level(app, row, level, counts_from);
    }
    if let Some(on) = record.get("review_on").and_then(|on| on.parse::<Date>().ok()) {
        row.review_at = app.start_of(on);
    }
    match action {
        Action::Begin => row.opened_at = row.opened_at.or(Some(now)),
        Action::GiveAdvice | Action::Signpost | Action::TakeOn | Action::Transfer | Action::LearnOnly => {
            row.decided_at = row.decided_at.or(Some(now));
        }
        Action::Close => {
            row.closed_at = Some(now);
            row.review_at = None;
        }
        Action::Reopen => row.closed_at = None,
        Action::Plan
        | Action::Monitor
        | Action::AskToClose
        | Action::SendBack
        | Action::Pause
        | Action::Resume
        | Action::SetLevel
        | Action::Note => {}
    }
}

/// A new level moves what is due, counted from when the report came.
fn set_level(app: &App, row: &mut CaseRow, level: Level, counts_from: Timestamp) {
    let targets = app.rules().targets(level);
    let hours = &app.rules().hours;
    row.level = Some(level);
    row.urgent = level == Level::Immediate;
    if row.due_contact_at.is_some() {
        row.due_contact_at = Some(hours.after(counts_from, targets.contact));
    }
    row.due_decision_at = targets
        .decision
        .map(|decision| hours.after(counts_from, decision));
}

/// Somebody who had no part in it so far, for the check before closing: a lead in active standing does already;
/// else the next who holds a key on standby; else somebody who may be given one.
pub(super) fn find_checker(
    app: &App,
    team: &Team,
    mut recipients: Recipients,
    keys: &CaseKeys,
    row: &CaseRow,
    had_part: &BTreeSet<UserId>,
    now: Timestamp,
) -> Result<Option<(UserId, Vec<wraps::WrapRow>)>, AppError> {
    let today = app.rules().hours.day_of(now);
    let mut able: Vec<_> = team
        .roster
        .receivers()
        .into_iter()
        .filter(|member| !had_part.contains(&member.id) && Some(member.id) != row.owner_id)
        .filter(|member| !recipients.excluded().contains(&member.id))
        .collect();
    able.sort_by_key(|member| {
        (
            recipients.standing(member.id) != Some(Standing::Active),
            member.is_away(today),
            member.role,
            member.id,
        )
    });
    let Some(member) = able.first() else {
        return Ok(None);
    };
    if recipients.standing(member.id).is_some() {
        return Ok(Some((member.id, Vec::new())));
    }
    if recipients.share_with(member, Standing::Active).is_err() {
        return Ok(None);
    }
    let new = circle::wraps_for(team, keys, row.id, member.id, Standing::Active, now)?;
    Ok(Some((member.id, new)))
}

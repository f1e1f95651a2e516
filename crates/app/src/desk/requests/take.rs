//! Taking a request down, and each step after it: read and checked by `core`, sealed, and saved with its trace, its
//! times and its notices in one transaction.

use std::collections::BTreeSet;

use jiff::civil::Date;
use safehold_core::{
    access::{Area, may_enter},
    case::{Record, RecordError, RecordProblem},
    id::{EventId, RequestId, UserId},
    rights::{Entry, Refusal, Step, View, may},
    trace::Traced,
};
use safehold_seal::{Sealed, SymmetricKey, random, wrap_key};
use safehold_store::{
    StoreError,
    requests::{self, EntryRow, RequestRow},
};

use super::{DeskError, Reader, RequestError, SomebodyElse, admit, held};
use crate::{
    App, AppError, keys, leave_trace,
    notices::{self, Notice},
    roster::{self, SealedTo, Team},
};

/// A request that somebody takes down.
pub struct New<'a> {
    /// Its id, which came with the page: a second press takes nothing down twice.
    pub id: RequestId,
    /// What was typed.
    pub input: &'a [(String, String)],
    /// Who of the team is not to know of it.
    pub not_for: BTreeSet<UserId>,
}

/// An id for a page on which a request is taken down.
pub fn new_id() -> RequestId {
    RequestId::from_random(random::bytes())
}

/// Everybody else who would be able to read a request that this reader takes down now.
///
/// # Errors
/// [`DeskError::Role`] for a role without requests.
pub async fn could_read(app: &App, reader: &Reader) -> Result<Vec<SomebodyElse>, DeskError> {
    admit(reader)?;
    let team = Team::read(&mut app.store().read().await?).await?;
    Ok(able(&team, reader.id, &BTreeSet::new()))
}

fn able(team: &Team, without: UserId, not_for: &BTreeSet<UserId>) -> Vec<SomebodyElse> {
    team.roster
        .members
        .iter()
        .filter(|member| member.has_key && may_enter(member.role, Area::Requests))
        .filter(|member| member.id != without && !not_for.contains(&member.id))
        .map(|member| SomebodyElse {
            id: member.id,
            name: member.name.clone(),
        })
        .collect()
}

/// The day of a step cannot be still to come.
fn check_day(step: Step, record: &Record, today: Date) -> Result<Option<Date>, RequestError> {
    let Some(field) = step.day() else { return Ok(None) };
    let day: Option<Date> = record.get(field).and_then(|day| day.parse().ok());
    match day {
        Some(day) if day > today => Err(RequestError::ToCome(field)),
        day => Ok(day),
    }
}

fn wrap(team: &Team, id: RequestId, who: UserId, key: &SymmetricKey) -> Result<(UserId, Sealed), AppError> {
    let sealed =
        wrap_key(team.public_key(who)?, &keys::request_key(id, who), key).map_err(keys::BodyError::from)?;
    Ok((who, sealed))
}

fn sealed_to(team: &Team, wraps: &[(UserId, Sealed)]) -> SealedTo {
    wraps
        .iter()
        .filter_map(|(id, _)| Some((*id, team.public_keys.get(id)?.as_bytes().to_vec())))
        .collect()
}

/// Takes a request down. Everybody whose role has requests gets its key, but those who are not to know of it: whoever is
/// chosen so, and whoever is named as the person.
///
/// # Errors
/// [`RequestError`]; nothing was taken down then.
pub async fn take_down(app: &App, reader: &Reader, new: New<'_>) -> Result<RequestId, RequestError> {
    admit(reader)?;
    let record = Record::read(Step::TakeDown.fields(), new.input)?;
    let now = app.now();
    check_day(Step::TakeDown, &record, app.rules().hours.day_of(now))?;
    let mut conn = app.store().read().await?;
    let team = Team::read(&mut conn).await?;
    let is_there = requests::find_for(&mut conn, reader.id, new.id).await?.is_some();
    drop(conn);
    if is_there {
        return Ok(new.id);
    }
    let mut not_for = new.not_for;
    for field in ["rights_who", "rights_names"] {
        not_for.extend(team.roster.named_in(record.get(field).unwrap_or_default()));
    }
    if not_for.contains(&reader.id) {
        return Err(RequestError::Yourself);
    }
    let entry = Entry {
        at: now,
        by: reader.id,
        step: Step::TakeDown,
        record,
        not_for: not_for.clone(),
    };
    let view = View::of(std::slice::from_ref(&entry), &app.outward().holidays.everywhere())
        .ok_or(AppError::Broken("a request without its beginning"))?;
    let mut row = RequestRow {
        id: new.id,
        version: 1,
        made_at: now,
        due_at: None,
        remind_at: None,
        ended_at: None,
    };
    held::set_times(app, &mut row, &view);
    let key = SymmetricKey::generate();
    let first = held::seal(&key, new.id, EventId::from_random(random::bytes()), 0, &entry)?;
    let others = able(&team, reader.id, &not_for);
    let wraps = std::iter::once(reader.id)
        .chain(others.iter().map(|other| other.id))
        .map(|who| wrap(&team, new.id, who, &key))
        .collect::<Result<Vec<_>, _>>()?;
    let (who, id) = (reader.id, new.id);
    let package = (row, first, sealed_to(&team, &wraps), wraps);
    let done = app
        .store()
        .write_with(package, move |tx, (row, first, sealed_to, wraps)| {
            Box::pin(async move {
                // First, because it keeps every other change out until the commit.
                leave_trace(tx, now, Some(who), None, Traced::Requested).await?;
                roster::still_theirs(tx, sealed_to).await?;
                requests::add(tx, row).await?;
                requests::add_entry(tx, first).await?;
                for (reader, key) in wraps {
                    requests::add_key(tx, id, *reader, key).await?;
                    if *reader != who {
                        notices::tell_member(tx, *reader, Notice::Request, None, now).await?;
                    }
                }
                Ok::<_, RequestError>(id)
            })
        })
        .await;
    match done {
        // The second press of a button, in the same moment as the first.
        Err(RequestError::Desk(DeskError::App(AppError::Store(StoreError::Conflict { .. })))) => Ok(id),
        done => done,
    }
}

/// What a step saves.
struct Package {
    row: RequestRow,
    entry: EntryRow,
    given: Vec<(UserId, Sealed)>,
    sealed_to: SealedTo,
    told: Vec<UserId>,
}

/// Takes a step. `seen_version` is the version of the request on the page.
///
/// # Errors
/// [`RequestError`]; nothing has changed then.
pub async fn take(
    app: &App,
    reader: &Reader,
    id: RequestId,
    step: Step,
    input: &[(String, String)],
    seen_version: i64,
) -> Result<(), RequestError> {
    admit(reader)?;
    let mut conn = app.store().read().await?;
    let held = held::find(app, &mut conn, reader, id).await?;
    let team = Team::read(&mut conn).await?;
    let readers = requests::list_readers(&mut conn, id).await?;
    drop(conn);
    may(&held.view, reader.id, reader.role, step)?;
    let record = read(step, input)?;
    let now = app.now();
    let day = check_day(step, &record, app.rules().hours.day_of(now))?;
    if step == Step::Extend && day.is_some_and(|day| day > held.view.clock.first_on) {
        return Err(Refusal::TooLateToExtend.into());
    }
    if held.row.version != seen_version {
        return Err(DeskError::Changed.into());
    }
    let mut given = Vec::new();
    if step == Step::Give {
        let to = record
            .get("rights_reader")
            .and_then(|to| to.parse::<UserId>().ok());
        let could = able(&team, reader.id, &held.view.not_for);
        let to = to.filter(|to| !readers.contains(to) && could.iter().any(|other| other.id == *to));
        let Some(to) = to else {
            return Err(RecordError(vec![("rights_reader", RecordProblem::UnknownChoice)]).into());
        };
        given.push(wrap(&team, id, to, &held.key)?);
    }
    // What somebody is to look at, they are told of.
    let told = match step {
        Step::Give => given.iter().map(|(to, _)| *to).collect(),
        Step::Answer | Step::Agree | Step::SendBack => {
            readers.into_iter().filter(|other| *other != reader.id).collect()
        }
        _ => Vec::new(),
    };
    let entry = Entry {
        at: now,
        by: reader.id,
        step,
        record,
        not_for: BTreeSet::new(),
    };
    let number = held.entries.len();
    let sealed = held::seal(
        &held.key,
        id,
        EventId::from_random(random::bytes()),
        number,
        &entry,
    )?;
    let mut row = held.row;
    let entries: Vec<Entry> = held.entries.into_iter().chain([entry]).collect();
    let view = View::of(&entries, &app.outward().holidays.everywhere())
        .ok_or(AppError::Broken("a request without its beginning"))?;
    held::set_times(app, &mut row, &view);
    let package = Package {
        row,
        entry: sealed,
        sealed_to: sealed_to(&team, &given),
        given,
        told,
    };
    let who = reader.id;
    app.store()
        .write_with(package, move |tx, package| {
            Box::pin(async move {
                leave_trace(tx, now, Some(who), None, Traced::Requested).await?;
                roster::still_theirs(tx, &package.sealed_to).await?;
                requests::save(tx, &package.row).await?;
                requests::add_entry(tx, &package.entry).await?;
                for (to, key) in &package.given {
                    requests::add_key(tx, id, *to, key).await?;
                }
                for to in &package.told {
                    notices::tell_member(tx, *to, Notice::Request, None, now).await?;
                }
                Ok::<_, RequestError>(())
            })
        })
        .await
}

/// Reads the fields of a step. What holds something back says on what ground, and why (Article 12(4)).
fn read(step: Step, input: &[(String, String)]) -> Result<Record, RecordError> {
    let (record, mut problems) = Record::read_some(step.fields(), input);
    if step == Step::Answer && matches!(record.get("rights_outcome"), Some("in_part" | "refused")) {
        for field in ["rights_ground", "rights_ground_why"] {
            if record.get(field).is_none() && !problems.iter().any(|(id, _)| *id == field) {
                problems.push((field, RecordProblem::Missing));
            }
        }
    }
    if problems.is_empty() {
        Ok(record)
    } else {
        Err(RecordError(problems))
    }
}

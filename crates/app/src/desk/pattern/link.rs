//! Linking cases, ending a link, and saying that two names are not of the same person or place. Each is a new entry,
//! and takes nothing away.

use safehold_core::{
    access::{Area, may_enter},
    case::State,
    id::CaseId,
    pattern::{LinkProblem, MOST_AT_ONCE, NewLink, What, Why},
    reference::Reference,
    trace::Traced,
};
use safehold_store::{
    Conn, StoreError,
    cases::{self, CaseRow},
};

use super::{
    super::{DeskError, Reader, Unlocked, unlock, unlock_for},
    Linked, Noted,
    body::Body,
    halves::{self, Others, Said, Side},
    linked, standing,
};
use crate::{App, AppError, leave_trace, roster::Team};

/// The most characters of a name that is set apart.
const MOST_OF_A_NAME: usize = 2_000;
/// How often somebody else may be first.
const ATTEMPTS: usize = 5;

/// Why cases were not linked. What was typed is kept.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Fields need another look.
    #[error("{} fields need another look", .0.len())]
    Input(Vec<LinkProblem>),
    /// Anything else.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

crate::desk::from_what_desk_errors_hold!(LinkError);

fn admit(reader: &Reader) -> Result<(), DeskError> {
    if may_enter(reader.role, Area::Patterns) {
        Ok(())
    } else {
        Err(DeskError::Role)
    }
}

/// A case that this reader may link with others; nothing if nobody has begun with it.
///
/// # Errors
/// [`DeskError::NotFound`] for a case that is not on this desk, [`DeskError::Role`] if they only read it.
pub async fn open_to_link(app: &App, reader: &Reader, case: CaseId) -> Result<Option<CaseRow>, DeskError> {
    admit(reader)?;
    let mut conn = app.store().read().await?;
    match begun(&mut conn, reader, case).await {
        Ok(own) => Ok(Some(own.row)),
        Err(DeskError::NotFound) if unlock(&mut conn, reader, case).await.is_ok() => Ok(None),
        Err(error) => Err(error),
    }
}

/// A link that may be ended.
pub struct Linking {
    /// The case from which it is looked at.
    pub row: CaseRow,
    /// The other case.
    pub linked: Linked,
}

/// A link that this reader may end.
///
/// # Errors
/// [`DeskError::NotFound`] if there is no such link for this reader.
pub async fn open_to_unlink(
    app: &App,
    reader: &Reader,
    case: CaseId,
    other: CaseId,
) -> Result<Linking, DeskError> {
    admit(reader)?;
    let mut conn = app.store().read().await?;
    let own = unlock_for(&mut conn, reader, case, Area::Patterns).await?;
    let mut others = Others::default();
    let said = halves::read(&mut conn, reader, case, &own.keys, &mut others).await?;
    let team = Team::read(&mut conn).await?;
    linked(&said, &others, &team)
        .into_iter()
        .find(|linked| linked.case == other && !linked.ties.is_empty())
        .map(|linked| Linking { row: own.row, linked })
        .ok_or(DeskError::NotFound)
}

/// Links a case with others, whose numbers were typed or chosen: one or several in each text. Both halves of all links
/// are kept, or none. A link that is there already, with the same words, is not made again.
///
/// # Errors
/// [`LinkError`]; nothing has changed then.
pub async fn link(
    app: &App,
    reader: &Reader,
    case: CaseId,
    with: &[&str],
    ties: &[&str],
    why: &str,
) -> Result<(), LinkError> {
    admit(reader)?;
    let read = NewLink::read(ties.iter().copied(), why);
    let mut conn = app.store().read().await?;
    begun(&mut conn, reader, case).await?;
    let mut problems = Vec::new();
    let found = named(&mut conn, reader, case, with, &mut problems).await?;
    drop(conn);
    let link = match read {
        Ok(link) if problems.is_empty() => link,
        Ok(_) => return Err(LinkError::Input(problems)),
        Err(more) => {
            problems.extend(more);
            return Err(LinkError::Input(problems));
        }
    };
    let said = Noted::Linked {
        ties: link.ties,
        why: link.why,
    };
    Ok(say(app, reader, case, &found, &said).await?)
}

/// Ends a link. That it was there, and why it is no longer, is kept.
///
/// # Errors
/// [`DeskError::NotFound`] if there is no such link for this reader.
pub async fn unlink(
    app: &App,
    reader: &Reader,
    case: CaseId,
    other: CaseId,
    why: &str,
) -> Result<(), LinkError> {
    admit(reader)?;
    let mut conn = app.store().read().await?;
    let own = unlock_for(&mut conn, reader, case, Area::Patterns).await?;
    let mut others = Others::default();
    let said = halves::read(&mut conn, reader, case, &own.keys, &mut others).await?;
    drop(conn);
    if !standing(&said).contains_key(&other) {
        return Err(DeskError::NotFound.into());
    }
    let why = Why::read(why).map_err(|problem| LinkError::Input(vec![problem]))?;
    Ok(say(app, reader, case, &[other], &Noted::Unlinked { why }).await?)
}

/// Says that two names in two cases, as they are compared, are not of the same person or place, so that nobody is
/// shown them again.
///
/// # Errors
/// [`DeskError::NotFound`] if one of the cases is not on this desk.
pub async fn set_apart(
    app: &App,
    reader: &Reader,
    case: CaseId,
    other: CaseId,
    what: What,
    mut names: [String; 2],
) -> Result<(), DeskError> {
    admit(reader)?;
    for name in &names {
        if name.trim().is_empty() {
            return Err(DeskError::Empty);
        }
        if name.chars().count() > MOST_OF_A_NAME {
            return Err(DeskError::TooLong);
        }
    }
    names.sort();
    say(app, reader, case, &[other], &Noted::Apart { what, names }).await
}

/// The case itself, if somebody has begun with it.
async fn begun(conn: &mut Conn, reader: &Reader, case: CaseId) -> Result<Unlocked, DeskError> {
    let own = unlock_for(conn, reader, case, Area::Patterns).await?;
    if own.row.state == State::Received {
        return Err(DeskError::NotFound);
    }
    Ok(own)
}

/// The cases that were named, each once.
async fn named(
    conn: &mut Conn,
    reader: &Reader,
    case: CaseId,
    with: &[&str],
    problems: &mut Vec<LinkProblem>,
) -> Result<Vec<CaseId>, DeskError> {
    let typed: Vec<&str> = with.iter().flat_map(|text| numbers(text)).collect();
    if typed.is_empty() {
        problems.push(LinkProblem::NoCase);
    }
    if typed.len() > MOST_AT_ONCE {
        problems.push(LinkProblem::TooManyCases);
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for number in typed {
        let row = match number.parse::<Reference>() {
            Ok(reference) => cases::find_by_reference_for(conn, reader.id, &reference).await?,
            Err(_) => None,
        };
        let problem = match row {
            None => LinkProblem::UnknownCase,
            Some(row) if row.id == case => LinkProblem::SameCase,
            Some(row) if row.state == State::Received => LinkProblem::NotBegun,
            Some(row) => {
                if !found.contains(&row.id) {
                    found.push(row.id);
                }
                continue;
            }
        };
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    Ok(found)
}

/// Numbers of cases as people write several of them. A number may have a space in it.
fn numbers(text: &str) -> Vec<&str> {
    text.split([',', ';', '\n', '\r'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .flat_map(|piece| {
            if piece.parse::<Reference>().is_ok() {
                vec![piece]
            } else {
                piece.split_whitespace().collect()
            }
        })
        .collect()
}

/// Says the same of a case and each of these others, in one transaction.
async fn say(
    app: &App,
    reader: &Reader,
    case: CaseId,
    others: &[CaseId],
    what: &Noted,
) -> Result<(), DeskError> {
    for _ in 0..ATTEMPTS {
        match say_once(app, reader, case, others, what).await {
            // Somebody else was first at a place, or a key was changed: it is looked at anew.
            Err(DeskError::Changed | DeskError::App(AppError::Store(StoreError::Conflict { .. }))) => {}
            done => return done,
        }
    }
    Err(DeskError::Changed)
}

/// Whether the same was said last: a button that was pressed twice.
fn is_said(said: &[Said], other: CaseId, what: &Noted) -> bool {
    let mut before = said
        .iter()
        .rev()
        .filter(|said| said.other == other)
        .map(|said| &said.body.what);
    match what {
        Noted::Apart { .. } => before.any(|before| before == what),
        Noted::Linked { .. } | Noted::Unlinked { .. } => {
            before.find(|before| !matches!(before, Noted::Apart { .. })) == Some(what)
        }
    }
}

async fn say_once(
    app: &App,
    reader: &Reader,
    case: CaseId,
    with: &[CaseId],
    what: &Noted,
) -> Result<(), DeskError> {
    let mut conn = app.store().read().await?;
    let own = begun(&mut conn, reader, case).await?;
    let mut others = Others::default();
    let said = halves::read(&mut conn, reader, case, &own.keys, &mut others).await?;
    let now = app.now();
    let body = Body {
        at: now,
        by: reader.id,
        what: what.clone(),
    };
    let mut new = Vec::new();
    let mut opened = vec![(case, own.row.epoch)];
    let mut next = halves::count(&mut conn, own.keys.of(own.row.epoch)?).await?;
    for other in with {
        if is_said(&said, *other, what) {
            continue;
        }
        let Some(found) = others.find(&mut conn, reader, *other).await? else {
            return Err(DeskError::NotFound);
        };
        let number = halves::count(&mut conn, found.keys.of(found.row.epoch)?).await?;
        let pair = halves::pair(&Side::new(&own, next)?, &Side::new(found, number)?, &body)?;
        next += 1;
        opened.push((*other, found.row.epoch));
        new.extend(pair);
    }
    drop(conn);
    if new.is_empty() {
        return Ok(());
    }
    let who = reader.id;
    app.store()
        .write_with((opened, new), move |tx, (opened, new)| {
            Box::pin(async move {
                // First, because it keeps every other change out until the commit. It names no case.
                leave_trace(tx, now, Some(who), None, Traced::Linked).await?;
                halves::add(tx, who, opened, new).await
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(numbers("K7QP-3M2X"), ["K7QP-3M2X"]);
        assert_eq!(numbers(" k7qp 3m2x , A111-2222;"), ["k7qp 3m2x", "A111-2222"]);
        assert_eq!(
            numbers("K7QP-3M2X A111-2222\r\nx"),
            ["K7QP-3M2X", "A111-2222", "x"]
        );
        assert!(numbers(" , \n").is_empty());
    }
}

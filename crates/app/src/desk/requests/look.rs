//! Finding the person in what this reader may open, and what they say of each case. It is sealed to them alone: others
//! see only that they are done.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use safehold_core::{
    access::{Area, may_enter},
    case::State,
    id::{CaseId, RequestId, UserId},
    reference::Reference,
    rights::Mark,
    trace::Traced,
};
use safehold_seal::{SymmetricKey, unwrap_key, wrap_key};
use safehold_store::{
    Conn, cases,
    requests::{self, LookRow},
};
use serde::{Deserialize, Serialize};

use super::{DeskError, Reader, admit, held};
use crate::{
    App, AppError,
    desk::{
        export::{self, CopyView, LayerState},
        open, search, unlock,
    },
    keys, leave_trace,
    roster::Team,
};

/// So long somebody waits until all of their cases were looked through. After that the page says how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
/// The most pages of cases that are looked at for one name.
const MOST_PAGES: usize = 10;

/// What is sealed of a look.
#[derive(Default, Serialize, Deserialize)]
struct Body {
    #[serde(default)]
    marks: BTreeMap<CaseId, Mark>,
}

/// A case in which one of the names stands.
pub struct FoundCase {
    /// Which, and where in it.
    pub hit: search::Hit,
    /// By which of the names it was found.
    pub names: Vec<String>,
    /// What this reader said of it.
    pub mark: Option<Mark>,
}

/// What was found in what this reader may open.
pub struct Finding {
    /// The names that were looked for.
    pub names: Vec<String>,
    /// Those that can't be looked for, because they are too long or have no letter in them.
    pub unsearched: Vec<String>,
    /// The cases, each once.
    pub cases: Vec<FoundCase>,
    /// How many cases were looked through.
    pub progress: search::Progress,
    /// Whether more was found than is shown for one of the names.
    pub is_cut: bool,
    /// Whether this reader said that they are done.
    pub is_done: bool,
}

/// A case that this reader says is about the person, with what was made of it for a request.
pub struct LookedInto {
    /// Which.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// How many layers wait for a second person.
    pub layers_waiting: usize,
    /// How many layers were agreed to.
    pub layers_agreed: usize,
    /// The copies that were made for this request, newest first.
    pub copies: Vec<CopyView>,
}

async fn read(conn: &mut Conn, reader: &Reader, id: RequestId) -> Result<(Body, bool), DeskError> {
    let Some(row) = requests::find_look(conn, id, reader.id).await? else {
        return Ok((Body::default(), false));
    };
    let key = unwrap_key(
        &reader.secret,
        &keys::request_look_key(id, reader.id),
        &row.key_sealed,
    )?;
    let body =
        keys::open(&key, &keys::request_look(id, reader.id), &row.body_sealed).map_err(AppError::from)?;
    Ok((body, row.done_at.is_some()))
}

fn seal(reader: &Reader, who: UserId, id: RequestId, body: &Body) -> Result<LookRow, AppError> {
    let key = SymmetricKey::generate();
    let public = reader.secret.public();
    Ok(LookRow {
        done_at: None,
        key_sealed: wrap_key(&public, &keys::request_look_key(id, who), &key)
            .map_err(keys::BodyError::from)?,
        body_sealed: keys::seal(&key, &keys::request_look(id, who), body)?,
    })
}

/// Looks for the person of a request, by every name that was given, in everything that this reader may open. Nothing is
/// shown until all of it was looked through: [`Finding::progress`] says how far that is.
///
/// # Errors
/// [`DeskError::NotFound`] for a request that this reader has no key to.
pub async fn look(app: &App, reader: &Reader, id: RequestId) -> Result<Finding, DeskError> {
    admit(reader)?;
    let mut conn = app.store().read().await?;
    let held = held::find(app, &mut conn, reader, id).await?;
    let (body, is_done) = read(&mut conn, reader, id).await?;
    drop(conn);
    let given = held.view.names().into_iter().map(str::to_owned);
    let (names, unsearched): (Vec<String>, Vec<String>) =
        given.partition(|name| search::Query::new(name).is_ok());
    let progress = match tokio::time::timeout(PATIENCE, search::complete(app, reader)).await {
        Ok(complete) => complete?,
        // It goes on by itself.
        Err(_) => search::begin(app, reader).await?,
    };
    let mut cases: Vec<FoundCase> = Vec::new();
    let mut is_cut = false;
    if !progress.is_complete() {
        return Ok(Finding {
            names,
            unsearched,
            cases,
            progress,
            is_cut,
            is_done,
        });
    }
    for name in &names {
        let Ok(query) = search::Query::new(name) else {
            continue;
        };
        let mut page = 1;
        loop {
            let found = search::find(app, reader, &query, page).await?;
            for hit in found.hits {
                match cases.iter_mut().find(|case| case.hit.case == hit.case) {
                    Some(known) => {
                        known.hit.extracts.extend(hit.extracts);
                        known.names.push(name.clone());
                    }
                    None => cases.push(FoundCase {
                        mark: body.marks.get(&hit.case).copied(),
                        names: vec![name.clone()],
                        hit,
                    }),
                }
            }
            if page >= found.pages {
                break;
            }
            if page >= MOST_PAGES {
                is_cut = true;
                break;
            }
            page += 1;
        }
    }
    Ok(Finding {
        names,
        unsearched,
        cases,
        progress,
        is_cut,
        is_done,
    })
}

/// Keeps what this reader says of cases, beside what they said before, and whether they are done. Cases that are not on
/// their desk are left out.
///
/// # Errors
/// [`DeskError::NotFound`] for a request that this reader has no key to.
pub async fn mark(
    app: &App,
    reader: &Reader,
    id: RequestId,
    marks: &[(CaseId, Mark)],
    is_done: bool,
) -> Result<(), DeskError> {
    admit(reader)?;
    let (who, now) = (reader.id, app.now());
    let mut conn = app.store().read().await?;
    held::find(app, &mut conn, reader, id).await?;
    let (mut body, _) = read(&mut conn, reader, id).await?;
    for (case, mark) in marks {
        if cases::find_for(&mut conn, who, *case).await?.is_some() {
            body.marks.insert(*case, *mark);
        }
    }
    drop(conn);
    let mut look = seal(reader, who, id, &body)?;
    look.done_at = is_done.then_some(now);
    app.store()
        .write_with(look, move |tx, look| {
            Box::pin(async move {
                leave_trace(tx, now, Some(who), None, Traced::Requested).await?;
                // Their key may have gone meanwhile.
                if requests::find_for(tx, who, id).await?.is_none() {
                    return Err(DeskError::NotFound);
                }
                requests::put_look(tx, id, who, look).await?;
                Ok(())
            })
        })
        .await
}

/// The cases that this reader said are about the person and can open now, with the copies that were made for the
/// request. Which cases others have is not in it.
///
/// # Errors
/// [`DeskError::NotFound`] for a request that this reader has no key to.
pub async fn released_from(app: &App, reader: &Reader, id: RequestId) -> Result<Vec<LookedInto>, DeskError> {
    admit(reader)?;
    let mut conn = app.store().read().await?;
    held::find(app, &mut conn, reader, id).await?;
    let (body, _) = read(&mut conn, reader, id).await?;
    if !may_enter(reader.role, Area::Export) {
        return Ok(Vec::new());
    }
    let names = Team::read(&mut conn).await?.names();
    let about: BTreeSet<CaseId> = body
        .marks
        .into_iter()
        .filter_map(|(case, mark)| (mark == Mark::About).then_some(case))
        .collect();
    let mut found = Vec::new();
    for case in about {
        let unlocked = match unlock(&mut conn, reader, case).await {
            Ok(unlocked) if unlocked.row.state != State::Received => unlocked,
            Ok(_) | Err(DeskError::NotFound) => continue,
            Err(error) => return Err(error),
        };
        let history = open::content(&mut conn, case, &unlocked.keys, &names)
            .await?
            .history;
        let layers = export::layers(&history);
        let count =
            |wanted: fn(&LayerState) -> bool| layers.iter().filter(|layer| wanted(&layer.state)).count();
        found.push(LookedInto {
            case,
            reference: unlocked.row.reference,
            layers_waiting: count(|state| matches!(state, LayerState::Waiting)),
            layers_agreed: count(|state| matches!(state, LayerState::Agreed { .. })),
            copies: export::copies(&history)
                .into_iter()
                .filter(|copy| copy.note.request == Some(id))
                .collect(),
        });
    }
    Ok(found)
}

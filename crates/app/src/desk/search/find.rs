//! Searching: what is on the shelf says which cases it is, and each of those is opened anew before it is shown.

use std::{cmp::Reverse, sync::Arc, time::Duration};

use safehold_core::{
    access::{Area, may_enter},
    id::CaseId,
    trace::Traced,
};

use super::{
    Found, Hit, Order, PER_PAGE, Progress, Query,
    doc::Doc,
    extract, fill, gather, near,
    query::{self, Term},
    shelf::{Shelf, Stage},
    tidy,
};
use crate::{
    App, AppError,
    desk::{DeskError, Reader, Which, visit},
    leave_trace,
    roster::Team,
};

/// So long a search waits for cases to be opened, before it shows what it has.
const PATIENCE: Duration = Duration::from_millis(40);

fn admit(reader: &Reader) -> Result<(), DeskError> {
    if may_enter(reader.role, Area::Cases) {
        Ok(())
    } else {
        Err(DeskError::Role)
    }
}

/// The shelf of this reader's session, up to date as far as it is filled.
pub(super) async fn shelf_of(app: &App, reader: &Reader) -> Result<Arc<Shelf>, DeskError> {
    admit(reader)?;
    let (shelf, must_tend) = app.shelves().of(reader.session, reader.id, app.now());
    if must_tend {
        tidy::tend(app);
    }
    let opener = fill::Opener::of(reader);
    fill::refresh(app, &shelf, &opener).await?;
    fill::begin(app, &shelf, opener);
    Ok(shelf)
}

/// Begins to open cases for a search, so that they are there when somebody has typed what they look for.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn begin(app: &App, reader: &Reader) -> Result<Progress, DeskError> {
    let shelf = shelf_of(app, reader).await?;
    wait(&shelf).await?;
    Ok(shelf.progress())
}

pub(super) async fn wait(shelf: &Shelf) -> Result<(), DeskError> {
    // That time is up is no error: then there is less so far.
    let _ = tokio::time::timeout(PATIENCE, shelf.settled()).await;
    failed(shelf)
}

fn failed(shelf: &Shelf) -> Result<(), DeskError> {
    match shelf.stage() {
        Stage::Failed => Err(AppError::Broken("a shelf for searching could not be filled").into()),
        Stage::New | Stage::Filling | Stage::Done => Ok(()),
    }
}

/// Waits until everything was looked through that can be: for what has to be complete, such as all that is held about
/// somebody. With 10,000 cases it takes some seconds.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn complete(app: &App, reader: &Reader) -> Result<Progress, DeskError> {
    let shelf = shelf_of(app, reader).await?;
    loop {
        shelf.settled().await;
        failed(&shelf)?;
        // More may have come to be wanted in the moment of the end.
        if !shelf.has_work() {
            return Ok(shelf.progress());
        }
        tokio::task::yield_now().await;
    }
}

/// Keeps what was looked for in the session's own memory, so that it stands in no address. The answer is its number.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn keep(app: &App, reader: &Reader, query: Query) -> Result<u32, DeskError> {
    let shelf = shelf_of(app, reader).await?;
    let number = shelf.inside().keep(query);
    Ok(number)
}

/// What was looked for under a number in this session. Nothing if it is no longer kept.
pub fn kept(app: &App, reader: &Reader, number: u32) -> Option<Query> {
    app.shelves().find(&reader.session)?.inside().kept(number)
}

/// Looks for something in every case on the reader's desk that somebody has begun with, and shows a page of what was
/// found. `page` counts from 1. What is shown of a case is in its trace first, once for each visit.
///
/// The first search of a session shows what it has found within a moment, and goes on by itself: see
/// [`Found::progress`].
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub async fn find(app: &App, reader: &Reader, query: &Query, page: usize) -> Result<Found, DeskError> {
    let shelf = shelf_of(app, reader).await?;
    wait(&shelf).await?;
    let progress = shelf.progress();
    let (docs, wanted) = (shelf.docs(), query.clone());
    let (ranked, near) = tokio::task::spawn_blocking(move || {
        let terms = query::terms(&wanted.typed);
        let ranked = rank(&wanted, &terms, &docs);
        let near = if ranked.is_empty() && progress.is_complete() {
            near::near(&terms, &docs)
        } else {
            Vec::new()
        };
        (ranked, near)
    })
    .await
    .map_err(|_| AppError::Task)?;

    let total = ranked.len();
    let pages = total.div_ceil(PER_PAGE).max(1);
    let page = page.clamp(1, pages);
    let on_page: Vec<CaseId> = ranked
        .iter()
        .skip((page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .copied()
        .collect();
    let hits = open_hits(app, reader, query, &on_page).await?;
    let shown: Vec<CaseId> = hits
        .iter()
        .filter(|hit| !hit.extracts.is_empty())
        .map(|hit| hit.case)
        .collect();
    trace_shown(app, reader, &shown).await?;
    Ok(Found {
        // Those that went or changed in this very moment.
        total: total - (on_page.len() - hits.len()),
        hits,
        page,
        pages,
        progress,
        near,
    })
}

/// Cases in which everything stands, in the order in which they are shown.
fn rank(query: &Query, terms: &[Term], docs: &[(CaseId, Arc<Doc>)]) -> Vec<CaseId> {
    let mut ranked: Vec<_> = docs
        .iter()
        .filter(|(_, doc)| is_within(query, doc))
        .filter_map(|(id, doc)| Some((query::score(terms, doc, query.only)?, doc.received_at, *id)))
        .collect();
    match query.order {
        Order::Best => ranked.sort_by_key(|(score, at, id)| Reverse((*score, *at, *id))),
        Order::Newest => ranked.sort_by_key(|(_, at, id)| Reverse((*at, *id))),
    }
    ranked.into_iter().map(|(.., id)| id).collect()
}

fn is_within(query: &Query, doc: &Doc) -> bool {
    let is_closed = !doc.state.is_live();
    let which = match query.which {
        Which::All => true,
        Which::Live => !is_closed,
        Which::Closed => is_closed,
    };
    which
        && query.state.is_none_or(|state| doc.state == state)
        && query.level.is_none_or(|level| doc.level == Some(level))
        && query.category.as_deref().is_none_or(|key| doc.has_category(key))
}

/// Opens the cases of a page anew, with the keys of now.
async fn open_hits(app: &App, reader: &Reader, query: &Query, ids: &[CaseId]) -> Result<Vec<Hit>, DeskError> {
    let (typed, only) = (query.typed.clone(), query.only);
    let opened = fill::read(app, &fill::Opener::of(reader), ids, move |opened| {
        let terms = query::terms(&typed);
        let number = opened.row.reference.to_string();
        let labels = opened.form.map(|form| form.words).unwrap_or_default();
        let lines = match &opened.content {
            Some((report, messages, history)) => {
                let pieces = gather::pieces(report, messages, history, &labels);
                extract::extracts(&terms, &number, &pieces, only)
            }
            None => extract::extracts(&terms, &number, &[], only),
        };
        lines.map(|(extracts, more)| Hit {
            case: opened.row.id,
            reference: opened.row.reference,
            state: opened.row.state,
            level: opened.row.level,
            owner: opened.row.owner_id,
            owner_name: None,
            received_at: opened.row.received_at,
            extracts,
            more,
        })
    })
    .await?;
    let mut conn = app.store().read().await?;
    let names = Team::read(&mut conn).await?.names();
    drop(conn);
    let mut hits: Vec<Hit> = opened.read.into_iter().filter_map(|(_, hit)| hit).collect();
    for hit in &mut hits {
        hit.owner_name = hit.owner.and_then(|id| names.get(&id).cloned());
    }
    hits.sort_by_key(|hit| ids.iter().position(|id| *id == hit.case));
    Ok(hits)
}

/// Notes in the trace of each of these cases that something of it is shown among what was found, unless it says so
/// already for this visit. Call it before anything is shown.
///
/// # Errors
/// [`AppError`].
pub async fn trace_shown(app: &App, reader: &Reader, cases: &[CaseId]) -> Result<(), AppError> {
    let (who, now) = (reader.id, app.now());
    let mut conn = app.store().read().await?;
    let mut new = Vec::new();
    for case in cases {
        if !visit::is_traced_as_found(&mut conn, reader, *case, now).await? {
            new.push(*case);
        }
    }
    drop(conn);
    if new.is_empty() {
        return Ok(());
    }
    app.store()
        .write_with(new, move |tx, new| {
            Box::pin(async move {
                for case in &*new {
                    leave_trace(tx, now, Some(who), Some(*case), Traced::Found).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await
}
